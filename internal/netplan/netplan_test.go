package netplan

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
)

const home, second = "eu-central-1", "eu-west-1"

// network is one with everything that a plan tells apart: segments of each
// classification, one that is in one region alone, and a connection in one
// region.
func network() config.Network {
	return config.Network{
		Range: "10.64.0.0/12",
		Regions: []config.NetworkRegion{
			{Region: home, Range: "10.64.0.0/14", PerimeterRange: "10.67.0.0/22", Zones: []string{home + "a", home + "b", home + "c"}},
			{Region: second, Range: "10.68.0.0/14", PerimeterRange: "10.71.0.0/22", Zones: []string{second + "a", second + "b"}},
		},
		Segments: []config.Segment{
			{
				Name: "gxp", Classification: config.SegmentGxP, Reaches: []string{"shared"}, Internet: true, OnPremises: true,
				Ranges:          map[string]string{home: "10.64.0.0/17", second: "10.68.0.0/17"},
				DedicatedRanges: map[string]string{home: "10.66.0.0/17", second: "10.70.0.0/17"},
			},
			{
				Name: "sensitive", Classification: config.SegmentGxP, Reaches: []string{"shared"},
				Ranges: map[string]string{home: "10.65.0.0/18"},
			},
			{
				Name: "nongxp", Classification: config.SegmentNonGxP, Internet: true,
				Ranges: map[string]string{home: "10.65.128.0/17", second: "10.69.128.0/17"},
			},
			{
				Name: "shared", Classification: config.SegmentShared, Reaches: []string{"nongxp"}, OnPremises: true,
				Ranges: map[string]string{home: "10.65.64.0/18", second: "10.69.64.0/18"},
			},
		},
		OnPremises: config.OnPremises{
			Ranges: []string{"172.20.0.0/14"},
			VPNs:   []config.VPN{{Name: "headquarters", Region: home, Address: "198.51.100.10", ASN: 65000}},
		},
		DedicatedVPCs: []config.DedicatedVPC{
			{Name: "mes", Account: "mes-prod", Segment: "gxp", Region: home, Range: "10.66.0.0/24"},
			{Name: "lims", Account: "lims-prod", Segment: "gxp", Region: second, Range: "10.70.0.0/24"},
		},
	}
}

func plan(t testing.TB, c config.Network) *Plan {
	t.Helper()
	p, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// at returns a segment of the plan.
func at(t *testing.T, p *Plan, name, region string) Segment {
	t.Helper()
	s, _, ok := p.segment(Place{name, region})
	if !ok {
		t.Fatalf("%s is not in %s", name, region)
	}
	return s
}

func TestNew_PlansEveryRegion(t *testing.T) {
	p := plan(t, network())
	if p.Range.String() != "10.64.0.0/12" || len(p.Regions) != 2 || fmt.Sprint(p.OnPremises) != "[172.20.0.0/14]" {
		t.Fatalf("range %s, %d regions, on-premises %s", p.Range, len(p.Regions), p.OnPremises)
	}
	for i, want := range []struct {
		block, perimeter string
		asn              int
		hybrid           bool
		segments         string
	}{
		{"10.64.0.0/14", "10.67.0.0/22", 64512, true, "gxp sensitive nongxp shared"},
		{"10.68.0.0/14", "10.71.0.0/22", 64513, false, "gxp nongxp shared"},
	} {
		r := p.Regions[i]
		var names []string
		for _, s := range r.Segments {
			names = append(names, s.Name)
		}
		if r.Block.String() != want.block || r.Perimeter.String() != want.perimeter || r.ASN != want.asn ||
			r.Hybrid != want.hybrid || strings.Join(names, " ") != want.segments {
			t.Errorf("%s: block %s, perimeter %s, number %d, hybrid %t, segments %s", r.Region, r.Block, r.Perimeter, r.ASN, r.Hybrid, names)
		}
		// Two zones keep the way out alive; a third costs as much as the first.
		if !slices.Equal(r.PerimeterZones, r.Zones[:2]) || len(r.PerimeterSubnets.Public) != 2 {
			t.Errorf("%s: the perimeter is in %s with %d public subnets", r.Region, r.PerimeterZones, len(r.PerimeterSubnets.Public))
		}
		for _, s := range r.Segments {
			if len(s.Subnets.Private) != len(r.Zones) {
				t.Errorf("%s in %s has %d private subnets in %d zones", s.Name, r.Region, len(s.Subnets.Private), len(r.Zones))
			}
		}
	}
}

func TestNew_JoinsARegionByDirectConnectToo(t *testing.T) {
	c := network()
	c.OnPremises.VPNs = nil
	c.OnPremises.DirectConnects = []config.DirectConnect{{Region: second}}
	p := plan(t, c)
	if p.Regions[0].Hybrid || !p.Regions[1].Hybrid {
		t.Errorf("joined: %t in %s, %t in %s", p.Regions[0].Hybrid, home, p.Regions[1].Hybrid, second)
	}
}

func TestPeers_AreMutualAndOfTheRegion(t *testing.T) {
	p := plan(t, network())
	for place, want := range map[Place]string{
		{"gxp", home}:       "shared",
		{"sensitive", home}: "shared",
		{"nongxp", home}:    "shared",
		{"shared", home}:    "gxp nongxp sensitive",
		{"gxp", second}:     "shared",
		{"shared", second}:  "gxp nongxp",
	} {
		if got := strings.Join(at(t, p, place.Name, place.Region).Peers, " "); got != want {
			t.Errorf("%s exchanges traffic with %q, want %q", place, got, want)
		}
	}
}

func TestRemote_IsTheSameSegmentElsewhere(t *testing.T) {
	p := plan(t, network())
	for place, want := range map[Place]string{
		{"gxp", home}:       "map[eu-west-1:[10.68.0.0/17 10.70.0.0/17]]",
		{"gxp", second}:     "map[eu-central-1:[10.64.0.0/17 10.66.0.0/17]]",
		{"nongxp", second}:  "map[eu-central-1:[10.65.128.0/17]]",
		{"sensitive", home}: "map[]",
	} {
		if got := fmt.Sprint(at(t, p, place.Name, place.Region).Remote); got != want {
			t.Errorf("%s: %s, want %s", place, got, want)
		}
	}
	c := network()
	c.Regions = c.Regions[:1]
	if got := at(t, plan(t, c), "gxp", home).Remote; len(got) != 0 {
		t.Errorf("in a region without a network there is %s", got)
	}
}

func TestDedicatedVPCs_AreInTheirSegmentAndRegion(t *testing.T) {
	p := plan(t, network())
	for place, want := range map[Place]string{{"gxp", home}: "mes", {"gxp", second}: "lims", {"shared", home}: ""} {
		var names []string
		for _, v := range at(t, p, place.Name, place.Region).VPCs {
			names = append(names, v.Name)
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%s has %q, want %q", place, got, want)
		}
	}
	if s := at(t, p, "gxp", home); s.Dedicated != netip.MustParsePrefix("10.66.0.0/17") {
		t.Errorf("dedicated VPCs take their ranges from %s", s.Dedicated)
	}
	if s := at(t, p, "shared", home); s.Dedicated.IsValid() {
		t.Errorf("a segment without dedicated VPCs has %s for them", s.Dedicated)
	}
}

// The whole matrix, so that a way that opens is seen: one line for each place
// that traffic comes from, with all that it may exchange traffic with.
func TestAllowed_IsTheMatrixThatIsConfigured(t *testing.T) {
	p := plan(t, network())
	want := `gxp in eu-central-1: gxp in eu-central-1, shared in eu-central-1, gxp in eu-west-1, internet, on-premises
sensitive in eu-central-1: sensitive in eu-central-1, shared in eu-central-1
nongxp in eu-central-1: nongxp in eu-central-1, shared in eu-central-1, nongxp in eu-west-1, internet
shared in eu-central-1: gxp in eu-central-1, sensitive in eu-central-1, nongxp in eu-central-1, shared in eu-central-1, shared in eu-west-1, on-premises
gxp in eu-west-1: gxp in eu-central-1, gxp in eu-west-1, shared in eu-west-1, internet
nongxp in eu-west-1: nongxp in eu-central-1, nongxp in eu-west-1, shared in eu-west-1, internet
shared in eu-west-1: shared in eu-central-1, gxp in eu-west-1, nongxp in eu-west-1, shared in eu-west-1
internet: 
on-premises: gxp in eu-central-1, shared in eu-central-1
`
	if got := matrix(p); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func matrix(p *Plan) string {
	var b strings.Builder
	for _, from := range p.Places() {
		var reached []string
		for _, to := range p.Places() {
			if p.Allowed(from, to) {
				reached = append(reached, to.String())
			}
		}
		fmt.Fprintf(&b, "%s: %s\n", from, strings.Join(reached, ", "))
	}
	return b.String()
}

func TestAllowed_IsSymmetricButForTheInternet(t *testing.T) {
	p := plan(t, network())
	for _, from := range p.Places() {
		for _, to := range p.Places() {
			if from.Name == Internet || to.Name == Internet {
				continue
			}
			if p.Allowed(from, to) != p.Allowed(to, from) {
				t.Errorf("%s and %s: %t one way, %t the other", from, to, p.Allowed(from, to), p.Allowed(to, from))
			}
		}
	}
}

func TestAllowed_SaysNoToPlacesThatThereAreNot(t *testing.T) {
	p := plan(t, network())
	gxp := Place{"gxp", home}
	for _, other := range []Place{{"gxp", "eu-north-1"}, {"sensitive", second}, {"nothing", home}, {"shared", second}} {
		if p.Allowed(gxp, other) || p.Allowed(other, gxp) {
			t.Errorf("%s exchanges traffic with %s", gxp, other)
		}
	}
	if p.Allowed(Place{Name: Internet}, gxp) {
		t.Error("the internet comes in")
	}
}

// The example is what companies begin with.
func TestExample_KeepsGxPAndOthersApart(t *testing.T) {
	cfg, err := config.Load("../../Pulumi.prod.yaml")
	if err != nil {
		t.Fatal(err)
	}
	p := plan(t, cfg.LandingZone.Network)
	class := map[string]string{}
	for _, s := range cfg.LandingZone.Network.Segments {
		class[s.Name] = s.Classification
	}
	pairs := 0
	for _, from := range p.Places() {
		for _, to := range p.Places() {
			if class[from.Name] == config.SegmentGxP && class[to.Name] == config.SegmentNonGxP {
				pairs++
				if p.Allowed(from, to) || p.Allowed(to, from) {
					t.Errorf("%s and %s reach each other", from, to)
				}
			}
		}
	}
	if pairs < 6 {
		t.Errorf("only %d pairs were looked at", pairs)
	}
}

func TestPlaces_LeaveOutTheCompanyWhereItIsNotJoined(t *testing.T) {
	c := network()
	c.OnPremises = config.OnPremises{}
	places := plan(t, c).Places()
	if slices.Contains(places, Place{Name: OnPremises}) || !slices.Contains(places, Place{Name: Internet}) || len(places) != 8 {
		t.Errorf("places %s", places)
	}
}

func TestNew_RefusesWhatCannotBePlanned(t *testing.T) {
	for want, change := range map[string]func(*config.Network){
		"range: is not an IPv4 block such as 10.64.0.0/16":                     func(c *config.Network) { c.Range = "all" },
		"on-premises there: is not an IPv4 block such as 10.64.0.0/16":         func(c *config.Network) { c.OnPremises.Ranges = []string{"there"} },
		"eu-central-1: range: is not an IPv4 block such as 10.64.0.0/16":       func(c *config.Network) { c.Regions[0].Range = "" },
		"eu-central-1: perimeter: is not an IPv4 block such as 10.64.0.0/16":   func(c *config.Network) { c.Regions[0].PerimeterRange = "" },
		"eu-central-1: segment gxp: is not an IPv4 block such as 10.64.0.0/16": func(c *config.Network) { c.Segments[0].Ranges[home] = "" },
		"eu-central-1: segment gxp: dedicated: is not an IPv4 block such as 10.64.0.0/16": func(c *config.Network) {
			c.Segments[0].DedicatedRanges[home] = ""
		},
		"eu-central-1: segment gxp: in eu-west-1: is not an IPv4 block such as 10.64.0.0/16": func(c *config.Network) {
			c.Segments[0].Ranges[second] = ""
		},
		"eu-central-1: perimeter: has no room for public, firewall, transit and endpoint subnets in 2 zones: want /23 or larger": func(c *config.Network) {
			c.Regions[0].PerimeterRange = "10.67.0.0/24"
		},
		"eu-central-1: segment gxp: has no room for private, isolated and transit subnets in 3 zones: want /23 or larger": func(c *config.Network) {
			c.Segments[0].Ranges[home] = "10.64.0.0/24"
		},
	} {
		c := network()
		change(&c)
		if p, err := New(c); err == nil || err.Error() != want {
			t.Errorf("New() = %v, %v, want %s", p, err, want)
		}
	}
}
