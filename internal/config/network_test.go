package config

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestNetwork_IsSwitchedOnByItsRange(t *testing.T) {
	if n := decodeOK(t, prod(t)).LandingZone.Network; !n.Enabled {
		t.Error("a network with a range is off")
	}
	off := replace(t, prod(t), exampleRange, exampleRange+"    enabled: false\n")
	cfg := decodeOK(t, off)
	if cfg.LandingZone.Network.Enabled {
		t.Error("a network that is switched off is on")
	}
	for _, a := range cfg.LandingZone.Accounts {
		if a.Segment != "" {
			t.Errorf("%s is in %s of a network that is off", a.Name, a.Segment)
		}
	}
	none := decodeOK(t, withoutNetwork(t, prod(t))).LandingZone.Network
	if none.Enabled || len(none.Regions) != 0 {
		t.Errorf("without a network there is %+v", none)
	}
}

func TestNetwork_IsCompletedByTheProfile(t *testing.T) {
	minimal := replace(t, prod(t), "        profile: standard\n", "        profile: minimal\n")
	servers := []string{"ec2messages", "kms", "logs", "monitoring", "secretsmanager", "ssm", "ssmmessages", "sts"}
	for name, tt := range map[string]struct {
		text       string
		region     int
		inspection bool
		gateways   int
		endpoints  []string
	}{
		"full":     {prod(t), 0, true, 2, []string{"ec2messages", "ecr.api", "ecr.dkr", "events", "kms", "logs", "monitoring", "secretsmanager", "ssm", "ssmmessages", "sts"}},
		"standard": {prod(t), 1, false, 1, servers},
		"minimal":  {minimal, 1, false, 1, nil},
		"settings that differ from the profile": {
			replace(t, prod(t), exampleSecond, exampleSecond+"        inspection: true\n        natGateways: 2\n        interfaceEndpoints: [kms]\n"),
			1, true, 2, []string{"kms"},
		},
		"full with less": {
			replace(t, prod(t), exampleHome, exampleHome+"        natGateways: 2\n        interfaceEndpoints: []\n"), 0, true, 2, nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := decodeOK(t, tt.text).LandingZone.Network.Regions[tt.region]
			if r.Inspection != tt.inspection || r.NATGateways != tt.gateways || !slices.Equal(r.InterfaceEndpoints, tt.endpoints) {
				t.Errorf("inspection %t, %d NAT gateways, endpoints %q", r.Inspection, r.NATGateways, r.InterfaceEndpoints)
			}
		})
	}
}

func TestNetwork_TakesItsProfileFromTheNetworkAndZonesFromTheRegion(t *testing.T) {
	n := decodeOK(t, prod(t)).LandingZone.Network
	if n.Regions[0].Profile != ProfileFull || n.Regions[1].Profile != ProfileStandard {
		t.Errorf("profiles %s and %s", n.Regions[0].Profile, n.Regions[1].Profile)
	}
	if want := []string{"eu-central-1a", "eu-central-1b", "eu-central-1c"}; !slices.Equal(n.Regions[0].Zones, want) {
		t.Errorf("zones %q, want %q", n.Regions[0].Zones, want)
	}
	four := replace(t, prod(t), exampleHome, exampleHome+"        zones: [eu-central-1a, eu-central-1b]\n")
	if got := decodeOK(t, four).LandingZone.Network.Regions[0].Zones; len(got) != 2 {
		t.Errorf("zones that are named become %q", got)
	}
	if got := defaults().LandingZone.Network.Profile; got != ProfileStandard {
		t.Errorf("without a profile it is %s", got)
	}
}

func TestNetwork_HasTheDefaultsThatItsReferenceNames(t *testing.T) {
	n := decodeOK(t, prod(t)).LandingZone.Network
	if !slices.Equal(n.ClosedPorts, []int{22, 3389}) || !n.DNS.QueryLogging || !n.DNS.Firewall || !n.AddressManagement || !n.Sharing {
		t.Errorf("got %+v", n)
	}
	if got := n.OnPremises.VPNs[0].ASN; got != 65000 {
		t.Errorf("the router has number %d", got)
	}
	own := replace(t, prod(t), "address: 198.51.100.10}", "address: 198.51.100.10, asn: 64999}")
	if got := decodeOK(t, own).LandingZone.Network.OnPremises.VPNs[0].ASN; got != 64999 {
		t.Errorf("a router with a number of its own has %d", got)
	}
}

func TestZones_AreThoseThatEveryAccountHas(t *testing.T) {
	for region, want := range map[string]string{
		"eu-west-1":      "eu-west-1a eu-west-1b eu-west-1c",
		"ap-northeast-1": "ap-northeast-1a ap-northeast-1c ap-northeast-1d",
		"ca-central-1":   "ca-central-1a ca-central-1b ca-central-1d",
		"us-west-1":      "",
		"mars-north-1":   "",
	} {
		if got := strings.Join(defaultZones(region), " "); got != want {
			t.Errorf("%s: %q, want %q", region, got, want)
		}
	}
	for region, letters := range regionZones {
		if !slices.Contains(regions, region) || len(letters) != 3 || !slices.IsSorted([]byte(letters)) {
			t.Errorf("%s with %q", region, letters)
		}
	}
}

func TestSegmentOf_IsTheOneThatIsSharedWithTheUnit(t *testing.T) {
	cfg := decodeOK(t, prod(t))
	got := map[string]string{}
	for _, a := range cfg.LandingZone.Accounts {
		got[a.Name] = a.Segment
		if a.Segment != cfg.SegmentOf(a) {
			t.Errorf("%s is in %q and its unit in %q", a.Name, a.Segment, cfg.SegmentOf(a))
		}
	}
	for name, want := range map[string]string{
		"mes-prod": "gxp-prod", "mes-validation": "gxp-validation", "website-prod": "nongxp",
		"research-sandbox": "", "lims-legacy": "",
	} {
		if got[name] != want {
			t.Errorf("%s is in %q, want %q", name, got[name], want)
		}
	}
	quarantined := Account{Environment: "production", GxP: "GMP", Quarantined: true}
	if got := cfg.SegmentOf(quarantined); got != "" {
		t.Errorf("an account in quarantine is in %s", got)
	}
	named := replace(t, prod(t), "      owner: Supply Chain\n", "      owner: Supply Chain\n      segment: gxp-prod\n      quarantined: true\n")
	decodeOK(t, named)
}

func TestEndpointServices_AreSortedUniqueAndWellFormed(t *testing.T) {
	names := endpointNames()
	if len(names) < 25 || !slices.IsSorted(names) || len(slices.Compact(slices.Clone(names))) != len(names) {
		t.Errorf("%d services, not sorted or not unique", len(names))
	}
	syntax := regexp.MustCompile(`^[a-z0-9-]+(\.[a-z0-9-]+)?$`)
	zones := map[string]string{}
	for _, e := range endpointServices {
		if !syntax.MatchString(e.Name) || !syntax.MatchString(e.Zone) {
			t.Errorf("%s with the zone %s is malformed", e.Name, e.Zone)
		}
		if other, ok := zones[e.Zone]; ok {
			t.Errorf("%s and %s have the zone %s", other, e.Name, e.Zone)
		}
		zones[e.Zone] = e.Name
	}
	for _, profile := range networkProfiles {
		for _, name := range endpointsOf(profile) {
			if !slices.Contains(names, name) {
				t.Errorf("profile %s has %s, which there is not", profile, name)
			}
		}
	}
}

func TestEndpointServiceNamed_KnowsTheDomain(t *testing.T) {
	for name, want := range map[string]struct {
		domain   string
		wildcard bool
	}{
		"kms":           {"kms.eu-central-1.amazonaws.com", false},
		"ecr.api":       {"api.ecr.eu-central-1.amazonaws.com", false},
		"ecr.dkr":       {"dkr.ecr.eu-central-1.amazonaws.com", true},
		"ecs-telemetry": {"ecs-t.eu-central-1.amazonaws.com", false},
		"monitoring":    {"monitoring.eu-central-1.amazonaws.com", false},
	} {
		e, ok := EndpointServiceNamed(name)
		if !ok || e.PrivateName("eu-central-1") != want.domain || e.Wildcard != want.wildcard {
			t.Errorf("%s: %+v, %t, want %+v", name, e, ok, want)
		}
		if got := e.ServiceName("eu-central-1"); got != "com.amazonaws.eu-central-1."+name {
			t.Errorf("%s is %s", name, got)
		}
	}
	if e, ok := EndpointServiceNamed("s3"); ok {
		t.Errorf("s3 has a gateway endpoint, and is %+v", e)
	}
}

func TestNetwork_MakesSenseToTheProgramAsItIsWrittenOut(t *testing.T) {
	first := decodeOK(t, prod(t))
	values, err := first.Values()
	if err != nil {
		t.Fatal(err)
	}
	second, err := FromStack(values, "")
	if err != nil {
		t.Fatal(err)
	}
	again, err := second.Values()
	if err != nil {
		t.Fatal(err)
	}
	if values[networkPath] != again[networkPath] || values["landingzone:accounts"] != again["landingzone:accounts"] {
		t.Errorf("written out:\n%s\nand again:\n%s", values[networkPath], again[networkPath])
	}
}
