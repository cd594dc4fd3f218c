package landingzone

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/netplan"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/pulumitest"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/render"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

// The regions of the sample network: traffic is inspected in the first alone.
const (
	inspecting = pulumitest.Region
	filtering  = "eu-test-2"
)

const (
	hubTableType       = "aws:ec2transitgateway/routeTable:RouteTable"
	hubRouteType       = "aws:ec2transitgateway/route:Route"
	hubAssociationType = "aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation"
	vpcAttachmentType  = "aws:ec2transitgateway/vpcAttachment:VpcAttachment"
	vpcResourceType    = "aws:ec2/vpc:Vpc"
	vpcRouteType       = "aws:ec2/route:Route"
	vpcTableType       = "aws:ec2/routeTable:RouteTable"
	subnetType         = "aws:ec2/subnet:Subnet"
	endpointType       = "aws:ec2/vpcEndpoint:VpcEndpoint"
	groupRuleType      = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
	resourceShareType  = "aws:ram/resourceShare:ResourceShare"
)

// sampleNetwork is a network with everything that components tell apart:
// segments of each class, one of them in one region alone, one region that is
// joined to the company's own network, and a VPC of another account.
func sampleNetwork() *config.Network {
	return &config.Network{
		Enabled: true, Range: "10.64.0.0/12", Sharing: true, AddressManagement: true,
		Regions: []config.NetworkRegion{
			{
				Region: inspecting, Range: "10.64.0.0/14", PerimeterRange: "10.67.0.0/22", Zones: zonesOf(inspecting, "abc"),
				Inspection: true, NATGateways: 2, InterfaceEndpoints: []string{"ecr.dkr", "kms"},
			},
			{
				Region: filtering, Range: "10.68.0.0/14", PerimeterRange: "10.71.0.0/22", Zones: zonesOf(filtering, "ab"),
				NATGateways: 1, InterfaceEndpoints: []string{"kms"},
			},
		},
		Segments: []config.Segment{
			{
				Name: "prod", Classification: config.SegmentGxP, Units: []string{config.UnitGxPProd, config.UnitPolicyStaging},
				Reaches: []string{"shared"}, Internet: true, OnPremises: true,
				Ranges:          map[string]string{inspecting: "10.64.0.0/17", filtering: "10.68.0.0/17"},
				DedicatedRanges: map[string]string{inspecting: "10.66.0.0/17"},
			},
			{
				Name: "sensitive", Classification: config.SegmentGxP, Units: []string{config.UnitSensitive}, Reaches: []string{"shared"},
				Ranges: map[string]string{inspecting: "10.65.0.0/18"},
			},
			{
				Name: "office", Classification: config.SegmentNonGxP, Units: []string{config.UnitNonGxP}, Reaches: []string{"shared"},
				Internet: true,
				Ranges:   map[string]string{inspecting: "10.65.128.0/17", filtering: "10.69.128.0/17"},
			},
			{
				Name: "shared", Classification: config.SegmentShared, Units: []string{config.UnitInfrastructure}, OnPremises: true,
				Ranges: map[string]string{inspecting: "10.65.64.0/18", filtering: "10.69.64.0/18"},
			},
		},
		AllowedDomains: []string{".amazonaws.com", "updates.example.com"},
		FirewallRules:  []string{"pass tcp prod -> 203.0.113.40/32 22", "alert udp sensitive -> any 53"},
		ClosedPorts:    []int{22, 3389},
		DNS: config.NetworkDNS{
			QueryLogging: true, Firewall: true,
			ManagedLists:   map[string][]string{inspecting: {"rslvr-fdl-0123456789abcdef"}},
			BlockedDomains: []string{"*.example.net"},
			Inbound:        []string{inspecting},
			Forward:        []config.ForwardedDomain{{Domain: "corp.example.com", Servers: []string{"172.20.0.53", "172.21.0.53"}}},
		},
		OnPremises: config.OnPremises{
			Ranges: []string{"172.20.0.0/14"},
			VPNs:   []config.VPN{{Name: "headquarters", Region: inspecting, Address: "198.51.100.10", ASN: 65000}},
		},
		DedicatedVPCs: []config.DedicatedVPC{{
			Name: "mes", Account: "mes-prod", Segment: "prod", Region: inspecting, Range: "10.66.0.0/24",
			AttachmentID: "tgw-attach-0123456789abcdef0",
		}},
	}
}

func zonesOf(region, letters string) []string {
	var zones []string
	for _, letter := range letters {
		zones = append(zones, region+string(letter))
	}
	return zones
}

// networkChange makes another network of the sample, and other hubs.
type networkChange struct {
	network func(*config.Network)
	hub     func(*HubArgs)
}

// renderNetwork registers the whole sample network as it is after a change.
func renderNetwork(t *testing.T, change networkChange) *qualification.Graph {
	t.Helper()
	return pulumitest.Render(t, func(ctx *pulumi.Context) error { return buildNetwork(ctx, change) })
}

// networkProblem is the error with which the sample network is refused.
func networkProblem(t *testing.T, change networkChange) error {
	t.Helper()
	return problemOf(t, func(ctx *pulumi.Context) error { return buildNetwork(ctx, change) })
}

// problemOf is the error with which a program is refused.
func problemOf(t *testing.T, program pulumi.RunFunc) error {
	t.Helper()
	_, err := render.Render(t.Context(), "gxp-landing-zone", "test", program)
	return err
}

// builder registers a network in the order in which one part needs another.
type builder struct {
	ctx      *pulumi.Context
	c        *config.Network
	plan     *netplan.Plan
	hubs     []*Hub
	segments []map[string]*Segment // by region and name
}

func buildNetwork(ctx *pulumi.Context, change networkChange) error {
	b := &builder{ctx: ctx, c: sampleNetwork()}
	if change.network != nil {
		change.network(b.c)
	}
	var err error
	if b.plan, err = netplan.New(*b.c); err != nil {
		return err
	}
	for _, r := range b.plan.Regions {
		if err := b.region(r, change.hub); err != nil {
			return err
		}
	}
	for _, step := range []func() error{b.peer, b.join, b.admit} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) region(r netplan.Region, change func(*HubArgs)) error {
	in, err := pulumitest.Account(b.ctx, "network-"+r.Region, "555566667777", r.Region)
	if err != nil {
		return err
	}
	args := hubArgs(in, b.plan, r, b.c)
	if change != nil {
		change(args)
	}
	hub, err := NewHub(b.ctx, "hub-"+r.Region, args)
	if err != nil {
		return err
	}
	segments := map[string]*Segment{}
	for _, s := range r.Segments {
		segments[s.Name], err = NewSegment(b.ctx, "segment-"+s.Name+"-"+r.Region, &SegmentArgs{
			Account: in, Segment: s, Hub: hub, UnitARNs: unitARNs(),
		})
		if err != nil {
			return err
		}
	}
	for _, s := range r.Segments {
		for _, peer := range s.Peers {
			if err := segments[s.Name].Reach(b.ctx, segments[peer]); err != nil {
				return err
			}
		}
	}
	b.hubs, b.segments = append(b.hubs, hub), append(b.segments, segments)
	return nil
}

func hubArgs(in account.Account, plan *netplan.Plan, r netplan.Region, c *config.Network) *HubArgs {
	return &HubArgs{
		Account: in, Region: r, Range: plan.Range, OnPremises: plan.OnPremises, Network: c,
		OrganizationID: pulumi.String("o-exampleorgid"), UnitARNs: unitARNs(),
		Logs: NetworkLogs{BucketARN: pulumi.String("arn:aws:s3:::logs-" + r.Region), Bucket: pulumi.String("logs-" + r.Region)},
	}
}

// unitARNs are the ARNs of all units, by path.
func unitARNs() map[string]pulumi.StringOutput {
	arns := map[string]pulumi.StringOutput{}
	for _, u := range config.Units() {
		arns[u.Path] = pulumi.String(unitARN(u.Path)).ToStringOutput()
	}
	return arns
}

func unitARN(path string) string {
	id := strings.NewReplacer("/", "", "-", "").Replace(strings.ToLower(path))
	return "arn:aws:organizations::111122223333:ou/o-exampleorgid/ou-test-unit" + id
}

func (b *builder) peer() error {
	if len(b.hubs) < 2 {
		return nil
	}
	for i, hub := range b.hubs {
		if err := hub.OpenPeering(b.ctx); err != nil {
			return err
		}
		for _, name := range slices.Sorted(maps.Keys(b.segments[i])) {
			if err := b.segments[i][name].JoinPeering(b.ctx); err != nil {
				return err
			}
		}
	}
	peering, err := NewPeering(b.ctx, "peering", &PeeringArgs{From: b.hubs[0], To: b.hubs[1]})
	if err != nil {
		return err
	}
	for i, other := range []string{b.plan.Regions[1].Region, b.plan.Regions[0].Region} {
		for _, name := range slices.Sorted(maps.Keys(b.segments[i])) {
			if err := b.segments[i][name].ReachRegion(b.ctx, peering, other); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *builder) join() error {
	for i, r := range b.plan.Regions {
		if !r.Hybrid {
			continue
		}
		args := &OnPremisesArgs{Hub: b.hubs[i]}
		if len(b.c.OnPremises.VPNs) > 0 {
			args.VPN = &b.c.OnPremises.VPNs[0]
		} else {
			args.DirectConnect = &b.c.OnPremises.DirectConnects[0]
		}
		joined, err := NewOnPremises(b.ctx, "on-premises-"+r.Region, args)
		if err != nil {
			return err
		}
		for _, s := range r.Segments {
			if !s.OnPremises {
				continue
			}
			if err := b.segments[i][s.Name].ReachOnPremises(b.ctx, joined); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *builder) admit() error {
	for i, r := range b.plan.Regions {
		for _, s := range r.Segments {
			var peers []*Segment
			for _, peer := range s.Peers {
				peers = append(peers, b.segments[i][peer])
			}
			for _, v := range s.VPCs {
				if err := b.segments[i][s.Name].Admit(b.ctx, v, peers); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// hubRoutes are the routes of a table of a transit gateway, sorted: where to,
// and by the attachment of what. The table is named after what it belongs to.
func hubRoutes(t *testing.T, g *qualification.Graph, table string) []string {
	t.Helper()
	id := pulumitest.Find(t, g, hubTableType, table).ID
	var routes []string
	for _, r := range g.OfType(hubRouteType) {
		if !r.Get("transitGatewayRouteTableId").Is(id) {
			continue
		}
		to := "blackhole"
		if !r.Get("blackhole").Is(true) {
			to = called(t, g, r.Get("transitGatewayAttachmentId"))
		}
		routes = append(routes, fmt.Sprintf("%s to %s", text(t, r.Get("destinationCidrBlock")), to))
	}
	slices.Sort(routes)
	return routes
}

// attachments are the names of the attachments that are not named after what
// they belong to.
var attachments = map[string]string{"tgw-attach-0123456789abcdef0": "mes"}

// called is the name of the resource, or of the attachment, that has the id.
func called(t *testing.T, g *qualification.Graph, id qualification.Value) string {
	t.Helper()
	want := text(t, id)
	for _, r := range g.Resources {
		switch {
		case r.Type == "aws:ec2/vpnConnection:VpnConnection" && r.Outputs["transitGatewayAttachmentId"] == want:
			return r.Name()
		case attachments[want] != "":
			return attachments[want]
		case r.ID == want && !strings.HasPrefix(r.Type, "pulumi:"):
			return r.Name()
		}
	}
	t.Fatalf("nothing in the graph has the id %s", want)
	return ""
}

// vpcRoutes are the routes that the network adds to the table of one subnet,
// sorted: where to, by which property, and to what.
func vpcRoutes(t *testing.T, g *qualification.Graph, subnet string) []string {
	t.Helper()
	id := pulumitest.Find(t, g, vpcTableType, subnet).ID
	var routes []string
	for _, r := range g.OfType(vpcRouteType) {
		if !r.Get("routeTableId").Is(id) {
			continue
		}
		for _, by := range []string{"gatewayId", "natGatewayId", "transitGatewayId", "vpcEndpointId"} {
			if r.Get(by).Absent() {
				continue
			}
			to := text(t, r.Get(by))
			if by != "vpcEndpointId" {
				to = called(t, g, r.Get(by))
			}
			routes = append(routes, fmt.Sprintf("%s by %s %s", text(t, r.Get("destinationCidrBlock")), by, to))
		}
	}
	slices.Sort(routes)
	return routes
}

// text is a value that has to be a known text.
func text(t *testing.T, v qualification.Value) string {
	t.Helper()
	text, ok := v.Text()
	require.True(t, ok, "%s is %s, not text", v.Path(), v)
	return text
}

// texts of a list, sorted.
func textsOf(t *testing.T, v qualification.Value) []string {
	t.Helper()
	var all []string
	for _, item := range v.Items() {
		all = append(all, text(t, item))
	}
	slices.Sort(all)
	return all
}

// namesOf are the names of the resources of a type that begin as wanted, sorted.
func namesOf(g *qualification.Graph, typ, prefix string) []string {
	var names []string
	for _, r := range g.OfType(typ) {
		if strings.HasPrefix(r.Name(), prefix) {
			names = append(names, r.Name())
		}
	}
	slices.Sort(names)
	return names
}

// inZones are the ids of what awsx made for a tier of a VPC, in each zone.
func inZones(t *testing.T, g *qualification.Graph, typ, vpc string, tiers ...string) []string {
	t.Helper()
	var ids []string
	for _, r := range g.OfType(typ) {
		for _, tier := range tiers {
			if strings.HasPrefix(r.Name(), vpc+"-"+tier+"-") {
				ids = append(ids, r.ID)
			}
		}
	}
	require.NotEmpty(t, ids, "%s has none of %v", vpc, tiers)
	slices.Sort(ids)
	return ids
}
