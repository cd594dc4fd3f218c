package config

import (
	"regexp"
	"slices"
	"strings"
)

var (
	networkProfiles = []string{ProfileFull, ProfileStandard, ProfileMinimal}

	// What begins with a letter is never taken for an address.
	networkNameSyntax = regexp.MustCompile(`^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$`)
	allowedSyntax     = regexp.MustCompile(`^\.?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$`)
	forwardedSyntax   = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$`)
	domainListSyntax  = regexp.MustCompile(`^rslvr-fdl-[a-z0-9]{8,32}$`)
)

const wantNetworkName = "1 to 20 characters of a-z, 0-9 and hyphen, with a letter first and no hyphen last"

// Limits of what the network is built from.
const (
	minZones, maxZones             = 2, 4
	minNATGateways, maxNATGateways = 1, 2

	// A network access list has twenty rules in each direction, and some are
	// taken.
	maxClosedPorts = 15
	maxPort        = 65535

	// A forwarding rule takes six addresses.
	maxNameServers = 6
)

// network checks the network, unless there is none.
func (v *validator) network() {
	n := v.cfg.LandingZone.Network
	if n.configured() {
		v.networkSettings(n)
		v.networkRanges(n)
		v.segments(n)
		v.firewallRules(n)
		v.networkDNS(n)
		v.onPremises(n)
		v.dedicatedVPCs(n)
	}
	v.accountSegments(n)
}

// configured says whether anything is said about a network. One that is switched
// off is checked as well: it would otherwise fail on the day it is switched on.
func (n Network) configured() bool {
	return n.Enabled || n.Range != "" || len(n.Regions)+len(n.Segments)+len(n.DedicatedVPCs) > 0
}

func (n Network) regionNames() []string {
	var names []string
	for _, r := range n.Regions {
		names = append(names, r.Region)
	}
	return names
}

func (n Network) segmentNames() []string {
	var names []string
	for _, s := range n.Segments {
		names = append(names, s.Name)
	}
	return names
}

func (v *validator) networkSettings(n Network) {
	v.known(networkPath+".profile", n.Profile, networkProfiles)
	if len(n.Regions) == 0 {
		v.problem(networkPath+".regions", "", "must list at least one governed region")
	}
	names := n.regionNames()
	for i, r := range n.Regions {
		path := index(networkPath+".regions", i)
		if v.governed(path+".region", r.Region) {
			v.unique(networkPath+".regions", ".region", names, i)
		}
		v.networkRegion(path, r)
	}
	v.allowedDomains(n)
	if i := slices.IndexFunc(n.Segments, func(s Segment) bool { return s.Internet }); i >= 0 && len(n.AllowedDomains)+len(n.FirewallRules) == 0 {
		v.problem(networkPath+".allowedDomains", "", "must name at least one domain: %s.internet is set, and nothing could be reached",
			index(networkPath+".segments", i))
	}
	v.enforced(n)
	v.closedPorts(n.ClosedPorts)
	v.vpcQuota(n)
}

// enforced checks that something keeps segments to the allowed names wherever
// they reach the internet.
func (v *validator) enforced(n Network) {
	if n.DNS.Firewall || len(n.AllowedDomains) == 0 || !slices.ContainsFunc(n.Segments, func(s Segment) bool { return s.Internet }) {
		return
	}
	for i, r := range n.Regions {
		if !r.Inspection {
			v.problem(networkPath+".allowedDomains", "", "is enforced by nothing in %s: switch on %s.dns.firewall, or %s.inspection",
				r.Region, networkPath, index(networkPath+".regions", i))
		}
	}
}

// vpcQuota checks that AWS has granted the VPCs of a region: those of segments,
// the perimeter, and the default VPC, which goes only when the baseline comes.
func (v *validator) vpcQuota(n Network) {
	q := v.cfg.LandingZone.Quotas.VPCs
	if q < 1 {
		v.problem("landingzone:quotas.vpcs", number10(q), "want a number from 1")
		return
	}
	for _, r := range n.Regions {
		total := 2
		for _, s := range n.Segments {
			if s.Ranges[r.Region] != "" {
				total++
			}
		}
		if total > q {
			v.problem("landingzone:quotas.vpcs", number10(q), "the network account has %d VPCs in %s with the perimeter and the default "+
				"VPC, more than AWS has granted; request an increase of VPCs per Region there in Service Quotas, then raise this value",
				total, r.Region)
		}
	}
}

// governed checks that a region is one that accounts may use.
func (v *validator) governed(path, region string) bool {
	if v.isBad("landingzone:regions.governed") {
		return slices.Contains(regions, region)
	}
	allowed := v.cfg.LandingZone.Regions.Governed
	if slices.Contains(allowed, region) {
		return true
	}
	v.problem(path, quoted(region), "is not governed; %s", oneOf(region, allowed))
	return false
}

// networked checks that a region has a network. value is what the setting holds,
// if it is not the region.
func (v *validator) networked(path, region, value string, n Network) bool {
	allowed := n.regionNames()
	if slices.Contains(allowed, region) {
		return true
	}
	if v.regionsAreRight(n) {
		v.problem(path, value, "is no region of %s.regions; %s", networkPath, oneOf(region, allowed))
	}
	return false
}

// regionsAreRight says whether there is no mistake in the list of regions, which
// may be that the one that is looked for is missing.
func (v *validator) regionsAreRight(n Network) bool {
	for i := range n.Regions {
		if v.isBad(index(networkPath+".regions", i) + ".region") {
			return false
		}
	}
	return len(n.Regions) > 0
}

// unique reports an element of a list of maps whose key an earlier one has.
func (v *validator) unique(path, key string, values []string, i int) {
	if j := slices.Index(values, values[i]); j < i {
		v.problem(index(path, i)+key, quoted(values[i]), "is a duplicate of %s; remove one", index(path, j)+key)
	}
}

func (v *validator) networkRegion(path string, r NetworkRegion) {
	if v.has(path + ".profile") {
		v.known(path+".profile", r.Profile, networkProfiles)
	}
	v.zones(path+".zones", r)
	v.bounded(path+".natGateways", r.NATGateways, minNATGateways, maxNATGateways, ": one, or one in each zone of the perimeter")
	if r.Inspection && r.NATGateways == minNATGateways {
		v.problem(path+".natGateways", number10(r.NATGateways), "want %d with inspection: what came back through the gateway of "+
			"another zone would reach a firewall that has not seen it leave, and be dropped", maxNATGateways)
	}
	v.each(path+".interfaceEndpoints", r.InterfaceEndpoints, endpointNames())
}

func (v *validator) zones(path string, r NetworkRegion) {
	switch got := len(r.Zones); {
	case !slices.Contains(regions, r.Region):
		return // reported at the region
	case got == 0 && !v.has(path):
		v.problem(path, "", "is required in %s, where accounts differ in the zones that they have; "+
			"aws ec2 describe-availability-zones prints them", r.Region)
		return
	case got < minZones || got > maxZones:
		v.problem(path, "", "has %d zones, want %d to %d", got, minZones, maxZones)
	}
	for i, zone := range r.Zones {
		letter, inRegion := strings.CutPrefix(zone, r.Region)
		if !inRegion || len(letter) != 1 || letter[0] < 'a' || letter[0] > 'z' {
			v.problem(index(path, i), quoted(zone), "is no zone of %s; want a name such as %sa", r.Region, r.Region)
			continue
		}
		v.first(path, r.Zones, i)
	}
}

func (v *validator) closedPorts(ports []int) {
	const path = networkPath + ".closedPorts"
	if n := len(ports); n > maxClosedPorts {
		v.problem(path, "", "has %d ports, and a network access list has room for %d", n, maxClosedPorts)
	}
	for i, port := range ports {
		v.bounded(index(path, i), port, 1, maxPort, "")
		if j := slices.Index(ports, port); j < i {
			v.problem(index(path, i), number10(port), "is a duplicate of %s; remove one", index(path, j))
		}
	}
}

func (v *validator) networkDNS(n Network) {
	const path = networkPath + ".dns"
	for region, lists := range sortedMap(n.DNS.ManagedLists) {
		at := member(path+".managedLists", region)
		if !v.networked(at, region, "", n) {
			continue
		}
		for i, id := range lists {
			if v.matches(index(at, i), id, domainListSyntax,
				"the id of a list of domains: rslvr-fdl- and 8 to 32 characters of a-z and 0-9") {
				v.first(at, lists, i)
			}
		}
	}
	for i, name := range n.DNS.BlockedDomains {
		at := index(path+".blockedDomains", i)
		if v.domain(at, name) {
			v.first(path+".blockedDomains", n.DNS.BlockedDomains, i)
			v.blockable(at, name, n)
		}
	}
	for i, region := range n.DNS.Inbound {
		if !v.networked(index(path+".inbound", i), region, quoted(region), n) {
			continue
		}
		if v.first(path+".inbound", n.DNS.Inbound, i); !n.OnPremises.in(region) {
			v.problem(index(path+".inbound", i), quoted(region), "is reached by nobody: %s.onPremises has no connection there", networkPath)
		}
	}
	v.forwardedDomains(path+".forward", n)
}
