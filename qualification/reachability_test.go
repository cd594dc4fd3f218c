package qualification_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/mutation"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

// reached prints who reaches whom: "a@1 > b@1" with an answer, "a@1 -> b@1"
// without, and a * where some packet passes no firewall. The perimeter, which
// everybody reaches, is left out.
func reached(g *qualification.Graph) []string {
	var all []string
	for _, p := range g.Reachability().Paths {
		if p.From.Name == "perimeter" || p.To.Name == "perimeter" {
			continue
		}
		line := short(p.From) + " -> " + short(p.To)
		if p.Answered {
			line = short(p.From) + " > " + short(p.To)
		}
		if !p.Inspected {
			line += " *"
		}
		all = append(all, line)
	}
	return all
}

func short(p qualification.Place) string {
	return strings.TrimSuffix(p.Name+"@"+strings.TrimPrefix(p.Region, "eu-test-"), "@")
}

// sampleReach is who reaches whom in the sample.
var sampleReach = []string{
	"on-premises > prod@1",
	"prod@1 > internet",
	"prod@1 > on-premises",
	"prod@1 > prod@2 *",
	"prod@1 > shared@1",
	"prod@2 > prod@1 *",
	"shared@1 > prod@1",
}

// change makes another graph of one.
type change func(*testing.T, *qualification.Graph) *qualification.Graph

func with(build func(b *builder, home testRegion)) change {
	return func(_ *testing.T, g *qualification.Graph) *qualification.Graph {
		b := &builder{}
		build(b, sampleRegions()[0])
		return qualification.NewGraph(slices.Concat(g.Resources, b.resources))
	}
}

func without(where mutation.Where) change {
	return func(t *testing.T, g *qualification.Graph) *qualification.Graph {
		t.Helper()
		broken, _, err := mutation.Drop(g, where)
		if err != nil {
			t.Fatal(err)
		}
		return broken
	}
}

func changing(where mutation.Where, mutations ...mutation.Mutation) change {
	return func(t *testing.T, g *qualification.Graph) *qualification.Graph {
		t.Helper()
		for _, m := range mutations {
			broken, _, err := mutation.Apply(g, where, m)
			if err != nil {
				t.Fatal(err)
			}
			g = broken
		}
		return g
	}
}

func hubRouteNamed(name string) mutation.Where {
	return inNetwork("Route", "ec2transitgateway/route", name)
}

func routeNamed(name string) mutation.Where { return inNetwork("Route", "ec2/route", name) }

const (
	perimeterJoint = "vpcattachment/perimeter-eu-test-1"
	sharedJoint    = "vpcattachment/shared-eu-test-1"
	sharedToProd   = "shared-eu-test-1-10.64.16.0/20"
	prodToShared   = "prod-eu-test-1-10.64.32.0/20"
)

// pairedVPCs peers the VPCs of prod and shared directly, with routes that are
// more specific than those to the transit gateway.
func pairedVPCs(b *builder, r testRegion) {
	b.net("VpcPeeringConnection", "ec2/vpcPeeringConnection", "direct", r,
		object{"vpcId": "vpc/prod-eu-test-1", "peerVpcId": "vpc/shared-eu-test-1"})
	b.route(r, "prod-eu-test-1-private", "10.64.32.0/20", "vpcPeeringConnectionId", "vpcpeeringconnection/direct")
	b.route(r, "shared-eu-test-1-private", "10.64.16.0/20", "vpcPeeringConnectionId", "vpcpeeringconnection/direct")
}

func ownGateway(b *builder, r testRegion) {
	b.net("InternetGateway", "ec2/internetGateway", "own", r, object{"vpcId": "vpc/shared-eu-test-1"})
	b.route(r, "shared-eu-test-1-isolated", "8.0.0.0/8", "gatewayId", "internetgateway/own")
}

func TestReachability_FollowsTheRoutes(t *testing.T) {
	tests := map[string]struct {
		changes    []change
		gone, more []string
	}{
		"as it is": {nil, nil, nil},
		"a default route is a way to the company's network too": {
			[]change{with(func(b *builder, r testRegion) { b.hubRoute(r, "shared-eu-test-1", anywhere, perimeterJoint) })},
			nil, []string{"shared@1 -> on-premises", "shared@1 > internet"},
		},
		"a packet to a black hole is lost, and so is an answer": {
			[]change{changing(hubRouteNamed(prodToShared), mutation.Set("blackhole", true))},
			[]string{"prod@1 > shared@1", "shared@1 > prod@1"}, []string{"shared@1 -> prod@1"},
		},
		"a black hole for a part leaves the rest": {
			[]change{with(func(b *builder, r testRegion) { b.hubRoute(r, "prod-eu-test-1", "10.64.32.0/21", "") })}, nil, nil,
		},
		"a narrower route goes around the firewall": {
			[]change{with(func(b *builder, r testRegion) { b.hubRoute(r, "prod-eu-test-1", "10.64.40.0/22", sharedJoint) })},
			[]string{"prod@1 > shared@1", "shared@1 > prod@1"}, []string{"prod@1 > shared@1 *", "shared@1 > prod@1 *"},
		},
		"an answer that goes around the firewall is not inspected": {
			[]change{changing(hubRouteNamed(sharedToProd), mutation.Set("transitGatewayAttachmentId", "vpcattachment/prod-eu-test-1"))},
			[]string{"prod@1 > shared@1", "shared@1 > prod@1"}, []string{"prod@1 > shared@1 *", "shared@1 > prod@1 *"},
		},
		"a peering of VPCs is a way": {
			[]change{with(pairedVPCs)},
			[]string{"prod@1 > shared@1", "shared@1 > prod@1"}, []string{"prod@1 > shared@1 *", "shared@1 > prod@1 *"},
		},
		"a gateway of one's own opens both ways": {
			[]change{with(ownGateway)}, nil, []string{"internet > shared@1 *", "shared@1 > internet *"},
		},
		"an internet gateway knows no addresses of other VPCs": {
			[]change{changing(routeNamed("perimeter-eu-test-1-firewall-"+anywhere), mutation.Remove("natGatewayId"),
				mutation.Set("gatewayId", "internetgateway/perimeter-eu-test-1"))},
			[]string{"prod@1 > internet"}, nil,
		},
		"the answer from the internet has to find back": {
			[]change{without(routeNamed("perimeter-eu-test-1-public-" + whole))},
			[]string{"prod@1 > internet"}, []string{"prod@1 -> internet"},
		},
		"a written route goes before one that is announced": {
			[]change{with(func(b *builder, r testRegion) {
				b.net("RouteTablePropagation", "ec2transitgateway/routeTablePropagation", "p", r, object{
					"transitGatewayAttachmentId": sharedJoint, "transitGatewayRouteTableId": "hubtable/prod-eu-test-1"})
			})}, nil, nil,
		},
		"what is announced is a way": {
			[]change{without(hubRouteNamed(prodToShared)), with(func(b *builder, r testRegion) {
				b.net("RouteTablePropagation", "ec2transitgateway/routeTablePropagation", "p", r, object{
					"transitGatewayAttachmentId": sharedJoint, "transitGatewayRouteTableId": "hubtable/prod-eu-test-1"})
			})},
			[]string{"prod@1 > shared@1", "shared@1 > prod@1"}, []string{"prod@1 > shared@1 *", "shared@1 > prod@1 *"},
		},
		"a peering that nobody accepted carries nothing": {
			[]change{without(mutation.OfType("aws:ec2transitgateway/peeringAttachmentAccepter:PeeringAttachmentAccepter"))},
			[]string{"prod@1 > prod@2 *", "prod@2 > prod@1 *"}, nil,
		},
		"both ends of a peering are one": {
			[]change{
				changing(mutation.OfType("aws:ec2transitgateway/peeringAttachmentAccepter:PeeringAttachmentAccepter"),
					func(r *qualification.Resource) error {
						r.ID = "tgw-attach-other-end"
						return nil
					}),
				changing(func(r *qualification.Resource) bool {
					return strings.HasSuffix(r.Provider, "::network-replica::id") && r.Get("transitGatewayAttachmentId").Is(peeringID) &&
						r.Type != "aws:ec2transitgateway/peeringAttachmentAccepter:PeeringAttachmentAccepter"
				}, mutation.Set("transitGatewayAttachmentId", "tgw-attach-other-end")),
			}, nil, nil,
		},
		"an attachment without a table leads nowhere": {
			[]change{without(inNetwork("RouteTableAssociation", "ec2transitgateway/routeTableAssociation", "shared-eu-test-1-1"))},
			[]string{"prod@1 > shared@1", "shared@1 > prod@1"}, []string{"prod@1 -> shared@1"},
		},
		"a packet that goes in circles arrives nowhere": {
			[]change{changing(hubRouteNamed("perimeter-eu-test-1-10.64.32.0/20"), mutation.Set("transitGatewayAttachmentId", perimeterJoint))},
			[]string{"prod@1 > shared@1", "shared@1 > prod@1"}, []string{"shared@1 -> prod@1"},
		},
		"a subnet without a table of its own has the main one": {
			[]change{without(inNetwork("RouteTableAssociation", "ec2/routeTableAssociation", "prod-eu-test-1-private"))},
			[]string{"on-premises > prod@1", "prod@1 > internet", "prod@1 > on-premises"}, []string{"on-premises -> prod@1"},
		},
		"a route in the table itself counts": {
			[]change{without(routeNamed("perimeter-eu-test-1-transit-" + anywhere)),
				changing(inNetwork("RouteTable", "ec2/routeTable", "perimeter-eu-test-1-transit"),
					mutation.Set("routes", []any{object{"cidrBlock": anywhere, "vpcEndpointId": "vpce-eu-test-1"}}))},
			nil, nil,
		},
		"before a firewall is made, its endpoint is known by what it depends on": {
			[]change{
				changing(mutation.OfType("aws:networkfirewall/firewall:Firewall"), func(r *qualification.Resource) error {
					r.Outputs = nil
					return nil
				}),
				changing(func(r *qualification.Resource) bool {
					return !r.Get("vpcEndpointId").Absent() && r.Type == "aws:ec2/route:Route"
				},
					mutation.Unknown("vpcEndpointId"), func(r *qualification.Resource) error {
						r.PropertyDependencies = map[string][]string{"vpcEndpointId": {
							urnStart + "gxp:landingzone:Network$aws:networkfirewall/firewall:Firewall::perimeter-eu-test-1"}}
						return nil
					}),
			}, nil, nil,
		},
		"a VPC that is only admitted is part of the segment that it is tagged with": {
			[]change{with(func(b *builder, r testRegion) {
				b.net("VpcAttachmentAccepter", "ec2transitgateway/vpcAttachmentAccepter", "guest", r,
					object{"transitGatewayAttachmentId": "tgw-attach-guest", "tags": object{"gxp:segment": "guest"}})
				b.hubTable(r, "guest", tagsOf("guest", "nongxp", "prod"), "tgw-attach-guest")
				b.hubRoute(r, "guest", "10.64.16.0/20", "vpcattachment/prod-eu-test-1")
				b.hubRoute(r, "prod-eu-test-1", "10.64.128.0/20", "tgw-attach-guest")
			})},
			nil, []string{"guest@1 > prod@1 *", "prod@1 > guest@1 *"},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			g := networkOf(sampleRegions())
			for _, c := range tt.changes {
				g = c(t, g)
			}
			want := slices.DeleteFunc(slices.Clone(sampleReach), func(line string) bool { return slices.Contains(tt.gone, line) })
			want = slices.Sorted(slices.Values(slices.Concat(want, tt.more)))
			if diff := cmp.Diff(want, slices.Sorted(slices.Values(reached(g)))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if open := g.Reachability().Open; len(open) > 0 {
				t.Errorf("is not all known: %+v", open)
			}
		})
	}
}

func TestReachability_NeedsNoFirewall(t *testing.T) {
	regions := sampleRegions()
	regions[0].firewall = false
	var want []string
	for _, line := range sampleReach {
		want = append(want, strings.TrimSuffix(line, " *")+" *")
	}
	if diff := cmp.Diff(want, reached(networkOf(regions))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestReachability_IsOpenAboutWhatItCannotFollow(t *testing.T) {
	unknown := qualification.Unknown{}
	for name, c := range map[string]change{
		"a destination":                changing(hubRouteNamed(prodToShared), mutation.Unknown("destinationCidrBlock")),
		"an attachment":                changing(hubRouteNamed(prodToShared), mutation.Unknown("transitGatewayAttachmentId")),
		"whether it is the end":        changing(hubRouteNamed("prod-eu-test-1-"+whole), mutation.Unknown("blackhole")),
		"the table of a route":         changing(hubRouteNamed(prodToShared), mutation.Unknown("transitGatewayRouteTableId")),
		"the gateway of a route":       changing(routeNamed("prod-eu-test-1-private-"+anywhere), mutation.Unknown("transitGatewayId")),
		"the range of a subnet":        changing(inNetwork("Subnet", "ec2/subnet", "prod-eu-test-1-private"), mutation.Unknown("cidrBlock")),
		"the range of a VPC":           changing(inNetwork("Vpc", "ec2/vpc", "prod-eu-test-1"), mutation.Unknown("cidrBlock")),
		"the segment of a VPC":         changing(inNetwork("Vpc", "ec2/vpc", "prod-eu-test-1"), mutation.Unknown(`tags["gxp:segment"]`)),
		"the table of a subnet":        changing(inNetwork("RouteTableAssociation", "ec2/routeTableAssociation", "prod-eu-test-1-private"), mutation.Unknown("routeTableId")),
		"the VPC of a table":           changing(inNetwork("RouteTable", "ec2/routeTable", "prod-eu-test-1-private"), mutation.Unknown("vpcId")),
		"an association":               changing(inNetwork("RouteTableAssociation", "ec2transitgateway/routeTableAssociation", "prod-eu-test-1-1"), mutation.Unknown("transitGatewayAttachmentId")),
		"the VPC of an attachment":     changing(inNetwork("VpcAttachment", "ec2transitgateway/vpcAttachment", "prod-eu-test-1"), mutation.Unknown("vpcId")),
		"the subnets of an attachment": changing(inNetwork("VpcAttachment", "ec2transitgateway/vpcAttachment", "prod-eu-test-1"), mutation.Unknown("subnetIds")),
		"a machine on the way": with(func(b *builder, r testRegion) {
			b.route(r, "prod-eu-test-1-private", "10.64.32.0/24", "networkInterfaceId", "eni-1")
		}),
		"a list of destinations": with(func(b *builder, r testRegion) {
			b.net("Route", "ec2/route", "list", r, object{"routeTableId": "routetable/prod-eu-test-1-private",
				"destinationPrefixListId": "pl-1", "natGatewayId": unknown})
		}),
		"what a VPN announces": with(func(b *builder, r testRegion) {
			b.net("RouteTablePropagation", "ec2transitgateway/routeTablePropagation", "p", r, object{
				"transitGatewayAttachmentId": "tgw-attach-vpn", "transitGatewayRouteTableId": "hubtable/prod-eu-test-1"})
		}),
		"an attachment of nobody": with(func(b *builder, r testRegion) {
			b.hubRoute(r, "prod-eu-test-1", "10.64.200.0/24", "tgw-attach-0123")
		}),
	} {
		t.Run(name, func(t *testing.T) {
			g := c(t, networkOf(sampleRegions()))
			if len(g.Reachability().Open) == 0 {
				t.Error("nothing is open")
			}
			result, _ := check(g).Result("GXP-NET-001")
			if result.Verdict == qualification.Pass {
				t.Error("the segmentation passes")
			}
		})
	}
}

func TestReachability_SaysHow(t *testing.T) {
	g := with(func(b *builder, r testRegion) { b.hubRoute(r, "shared-eu-test-1", "10.65.16.0/20", peeringID) })(t, networkOf(sampleRegions()))
	path, found := g.Reachability().Between(qualification.Place{Name: "shared", Region: "eu-test-1"}, qualification.Place{Name: "prod", Region: "eu-test-2"})
	want := []string{"RouteTable shared-eu-test-1-private", "RouteTable shared-eu-test-1", "RouteTable peering-eu-test-2", "RouteTable prod-eu-test-2-transit"}
	if diff := cmp.Diff(want, path.Hops); !found || diff != "" {
		t.Errorf("hops (-want +got):\n%s", diff)
	}
	if !strings.HasSuffix(path.Route, "::shared-eu-test-1-10.65.16.0/20") {
		t.Errorf("the route is %s, want the one that was added", path.Route)
	}
	if _, found := g.Reachability().Between(qualification.Place{Name: "internet"}, path.To); found {
		t.Error("the internet reaches a segment")
	}
}
