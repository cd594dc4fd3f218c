package config

import "slices"

const networkPath = "landingzone:network"

// The profiles of a network, from the dearest to the cheapest.
const (
	// ProfileFull inspects traffic and has two NAT gateways and central
	// endpoints.
	ProfileFull = "full"

	// ProfileStandard filters names alone, and has one NAT gateway and central
	// endpoints.
	ProfileStandard = "standard"

	// ProfileMinimal has one NAT gateway and gateway endpoints alone.
	ProfileMinimal = "minimal"
)

// FirstASN is the autonomous system number of the first region's transit
// gateway; each further region has the next.
const FirstASN = 64512

// defaultASN is what AWS suggests for a router that has no number of its own.
const defaultASN = 65000

// serverEndpoints are what a server needs that Systems Manager looks after: its
// own traffic never needs the internet then.
var serverEndpoints = []string{"ec2messages", "kms", "logs", "monitoring", "secretsmanager", "ssm", "ssmmessages", "sts"}

// containerEndpoints are what containers need beside.
var containerEndpoints = []string{"ecr.api", "ecr.dkr", "events"}

func defaultNetwork() Network {
	return Network{
		// What a network costs by the hour is the company's decision, and full
		// costs most.
		Profile: ProfileStandard,
		// Session Manager is the way into a server: it needs no open port, and
		// records what is done.
		ClosedPorts: []int{22, 3389},
		DNS: NetworkDNS{
			// A name that was asked for is often the first trace of an attack.
			QueryLogging: true,
			// Names that are known to be bad are resolved for nobody.
			Firewall: true,
		},
		// Two VPCs with the same addresses can never be joined again.
		AddressManagement: true,
		// Accounts without a network of their own need no routes of their own.
		Sharing: true,
	}
}

// regionZones are, by region, the letters of the zones that an account has, at
// most three. A region that is missing has zones that differ by account; the
// stack file names them.
var regionZones = map[string]string{
	"af-south-1":     "abc",
	"ap-east-1":      "abc",
	"ap-east-2":      "abc",
	"ap-northeast-1": "acd",
	"ap-northeast-2": "abc",
	"ap-northeast-3": "abc",
	"ap-south-1":     "abc",
	"ap-south-2":     "abc",
	"ap-southeast-1": "abc",
	"ap-southeast-2": "abc",
	"ap-southeast-3": "abc",
	"ap-southeast-4": "abc",
	"ap-southeast-5": "abc",
	"ap-southeast-7": "abc",
	"ca-central-1":   "abd",
	"ca-west-1":      "abc",
	"eu-central-1":   "abc",
	"eu-central-2":   "abc",
	"eu-north-1":     "abc",
	"eu-south-1":     "abc",
	"eu-south-2":     "abc",
	"eu-west-1":      "abc",
	"eu-west-2":      "abc",
	"eu-west-3":      "abc",
	"il-central-1":   "abc",
	"me-central-1":   "abc",
	"me-south-1":     "abc",
	"mx-central-1":   "abc",
	"sa-east-1":      "abc",
	"us-east-1":      "abc",
	"us-east-2":      "abc",
	"us-west-2":      "abc",
}

// defaultZones returns the zones of a region that every account has, or nothing
// where accounts differ.
func defaultZones(region string) []string {
	var zones []string
	for _, letter := range regionZones[region] {
		zones = append(zones, region+string(letter))
	}
	return zones
}

// completeNetwork adds the defaults that follow from other settings.
func (c *Config) completeNetwork(has func(path string) bool) {
	n := &c.LandingZone.Network
	if !has(networkPath + ".enabled") {
		n.Enabled = n.Range != ""
	}
	for i := range n.Regions {
		n.Regions[i].complete(index(networkPath+".regions", i), n.Profile, has)
	}
	for i := range n.OnPremises.VPNs {
		if !has(index(networkPath+".onPremises.vpns", i) + ".asn") {
			n.OnPremises.VPNs[i].ASN = defaultASN
		}
	}
	for i := range c.LandingZone.Accounts {
		if a := &c.LandingZone.Accounts[i]; a.Segment == "" {
			a.Segment = c.SegmentOf(*a)
		}
	}
}

// complete adds what follows from the region and its profile.
func (r *NetworkRegion) complete(path, profile string, has func(path string) bool) {
	if !has(path + ".profile") {
		r.Profile = profile
	}
	if !has(path + ".zones") {
		r.Zones = defaultZones(r.Region)
	}
	if !has(path + ".inspection") {
		r.Inspection = r.Profile == ProfileFull
	}
	if !has(path + ".natGateways") {
		r.NATGateways = 1
		if r.Profile == ProfileFull {
			r.NATGateways = 2
		}
	}
	if !has(path + ".interfaceEndpoints") {
		r.InterfaceEndpoints = endpointsOf(r.Profile)
	}
}

// endpointsOf returns the interface endpoints of a profile, sorted.
func endpointsOf(profile string) []string {
	switch profile {
	case ProfileFull:
		all := slices.Concat(serverEndpoints, containerEndpoints)
		slices.Sort(all)
		return all
	case ProfileStandard:
		return slices.Clone(serverEndpoints)
	default:
		return nil
	}
}

// SegmentOf returns the name of the network segment whose subnets an account
// uses: the one that is shared with its unit. It is empty where there is none,
// where there is no network, and for accounts that are retired or in quarantine.
func (c *Config) SegmentOf(a Account) string {
	n := c.LandingZone.Network
	if !n.Enabled || a.Retired || a.Quarantined {
		return ""
	}
	return n.segmentOf(a.Unit())
}

// segmentOf returns the name of the segment that is shared with a unit, or "".
func (n Network) segmentOf(unit string) string {
	for _, s := range n.Segments {
		if slices.Contains(s.Units, unit) {
			return s.Name
		}
	}
	return ""
}
