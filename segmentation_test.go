package main

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/netplan"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/render"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/segmentation"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/stack"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

// variation is the production stack with another network.
func variation(t *testing.T, change func(*config.Network)) (*config.Config, *qualification.Graph) {
	t.Helper()
	c, err := config.Load("Pulumi.prod.yaml")
	if err != nil {
		t.Fatal(err)
	}
	change(&c.LandingZone.Network)
	return c, rendered(t, c)
}

func rendered(t *testing.T, c *config.Config) *qualification.Graph {
	t.Helper()
	g, err := render.Render(t.Context(), "gxp-landing-zone", "prod", stack.Program(c, &rehearsal.Recorder{}),
		render.Quotas(rehearsal.Granted(c)))
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func inProfile(r *config.NetworkRegion, inspection bool, gateways int, endpoints ...string) {
	r.Inspection, r.NATGateways, r.InterfaceEndpoints = inspection, gateways, endpoints
}

// TestSegmentation_IsWhatTheRoutesDo compares two accounts of who may reach whom
// that know nothing of each other: what configuration allows, and where packets
// go by the routes that the program makes of it.
func TestSegmentation_IsWhatTheRoutesDo(t *testing.T) {
	tests := map[string]func(*config.Network){
		"production": func(*config.Network) {},
		"the profile minimal": func(n *config.Network) {
			inProfile(&n.Regions[0], false, 1)
			inProfile(&n.Regions[1], false, 1)
		},
		"inspection everywhere": func(n *config.Network) { inProfile(&n.Regions[1], true, 2, "kms") },
		"one region":            func(n *config.Network) { n.Regions = n.Regions[:1] },
		"the other region":      func(n *config.Network) { n.Regions, n.OnPremises.VPNs, n.DNS.Inbound = n.Regions[1:], nil, nil },
		"no connection":         func(n *config.Network) { n.OnPremises.VPNs, n.DNS.Inbound = nil, nil },
		"a connection without inspection": func(n *config.Network) {
			n.OnPremises.VPNs[0].Region, n.DNS.Inbound = "eu-west-1", []string{"eu-west-1"}
		},
		"segments on their own": func(n *config.Network) {
			for i := range n.Segments {
				n.Segments[i].Reaches, n.Segments[i].Internet, n.Segments[i].OnPremises = nil, false, false
			}
		},
		"a segment in one region": func(n *config.Network) { delete(n.Segments[2].Ranges, "eu-west-1") },
		"a dedicated VPC": func(n *config.Network) {
			n.DedicatedVPCs = []config.DedicatedVPC{{
				Name: "mes", Account: "mes-prod", Segment: "gxp-prod", Region: "eu-central-1", Range: "10.66.0.0/24",
				AttachmentID: "tgw-attach-0123456789abcdef0",
			}}
		},
	}
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			c, g := variation(t, change)
			plan, err := netplan.New(c.LandingZone.Network)
			if err != nil {
				t.Fatal(err)
			}
			want := segmentation.FromPlan(plan)
			for _, difference := range want.Differences(byRoutes(t, g, want.Places)) {
				t.Error(difference)
			}
		})
	}
}

// byRoutes is the matrix of some places, computed from the routes of a graph. It
// fails the test where packets may go to places beside these.
func byRoutes(t *testing.T, g *qualification.Graph, places []segmentation.Place) segmentation.Matrix {
	t.Helper()
	reach := g.Reachability()
	for _, open := range reach.Open {
		t.Errorf("where packets go is open: %+v", open)
	}
	for _, p := range reach.Places {
		if p.Name != "perimeter" && !slices.ContainsFunc(places, func(known segmentation.Place) bool { return at(known) == p }) {
			t.Errorf("the routes know %s, which is not planned", p)
		}
	}
	m := segmentation.Matrix{Places: places}
	for _, from := range places {
		allowed, inspected := make([]bool, len(places)), make([]bool, len(places))
		for j, to := range places {
			path, found := reach.Between(at(from), at(to))
			if found && !path.Answered && to.Segment() {
				t.Errorf("packets from %s come to %s, and no answer comes back", from, to)
			}
			// Within a segment no route is needed.
			allowed[j] = found && path.Answered || from.Segment() && from == to
			inspected[j] = found && path.Inspected
		}
		m.Allowed, m.Inspected = append(m.Allowed, allowed), append(m.Inspected, inspected)
	}
	return m
}

func at(p segmentation.Place) qualification.Place {
	return qualification.Place{Name: p.Name, Region: p.Region}
}

// TestSegmentation_NoticesARouteTooMany shows that the comparison is one: a
// route that nobody planned makes a difference.
func TestSegmentation_NoticesARouteTooMany(t *testing.T) {
	c, g := variation(t, func(*config.Network) {})
	plan, err := netplan.New(c.LandingZone.Network)
	if err != nil {
		t.Fatal(err)
	}
	want := segmentation.FromPlan(plan)
	to := first(t, g, having(vpcType, segmentTag, "nongxp"))
	back := first(t, g, having(vpcType, segmentTag, "gxp-prod"))
	both := []*qualification.Resource{
		addedRoute("there", to.Provider, routeBetween(t, g, "gxp-prod", to)), addedRoute("back", to.Provider, routeBetween(t, g, "nongxp", back)),
	}
	got := byRoutes(t, qualification.NewGraph(slices.Concat(g.Resources, both)), want.Places)
	differences := strings.Join(want.Differences(got), "\n")
	for _, wanted := range []string{"gxp-prod in eu-central-1 to nongxp in eu-central-1 is allowed, want not allowed",
		"nongxp in eu-central-1 to gxp-prod in eu-central-1 is allowed, want not allowed"} {
		if !strings.Contains(differences, wanted) {
			t.Errorf("the differences are\n%s\nwithout %q", differences, wanted)
		}
	}
}

func addedRoute(name, provider string, inputs map[string]any) *qualification.Resource {
	return &qualification.Resource{
		URN: "urn:pulumi:prod::gxp-landing-zone::" + hubRouteType + "::" + name, Type: hubRouteType, Custom: true, ID: name,
		Provider: provider, Inputs: inputs,
	}
}

// routeBetween are the inputs of a route in the table of a segment straight to a
// VPC of its region.
func routeBetween(t *testing.T, g *qualification.Graph, segment string, to *qualification.Resource) map[string]any {
	t.Helper()
	table := first(t, g, func(r *qualification.Resource) bool {
		return having(hubTableType, segmentTag, segment)(r) && r.Provider == to.Provider
	})
	block, _ := to.Get("cidrBlock").Text()
	return map[string]any{
		"transitGatewayRouteTableId": table.ID, "destinationCidrBlock": block,
		"transitGatewayAttachmentId": first(t, g, having(vpcAttachmentType, "vpcId", to.ID)).ID,
	}
}

// TestSegmentation_CostsNothingByAccount shows that an account uses the network
// of its unit as soon as it is there: nothing in the network account is made or
// changed for it.
func TestSegmentation_CostsNothingByAccount(t *testing.T) {
	c, err := config.Load("Pulumi.prod.yaml")
	if err != nil {
		t.Fatal(err)
	}
	more := rendered(t, rehearsal.WithAccounts(c, 3))
	before, after := networkOf(production(t)), networkOf(more)
	if len(before) < 500 {
		t.Fatalf("the network has %d resources only", len(before))
	}
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("the network is another one:\n%s", diff)
	}
	accounts := len(more.OfType("aws:organizations/account:Account")) - len(production(t).OfType("aws:organizations/account:Account"))
	if accounts != 3 {
		t.Errorf("%d accounts were added, want 3", accounts)
	}
}

// networkOf are the inputs of everything that a component of the network holds
// or that is in the network account, by URN.
func networkOf(g *qualification.Graph) map[string]map[string]any {
	found := map[string]map[string]any{}
	for _, r := range g.Resources {
		if strings.Contains(r.Provider, "::pulumi:providers:aws::network-") || slices.Contains(networkComponents, r.Component()) {
			found[r.URN] = maps.Clone(r.Inputs)
		}
	}
	return found
}

// networkComponents are the components that the network is made of.
var networkComponents = []string{
	"gxp:landingzone:Addresses", "gxp:landingzone:Hub", "gxp:landingzone:NetworkDelegation", "gxp:landingzone:OnPremises",
	"gxp:landingzone:Peering", "gxp:landingzone:Segment",
}
