package stack

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/netplan"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/pulumitest"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

const (
	tableType = "aws:ec2transitgateway/routeTable:RouteTable"
	wayType   = "aws:ec2transitgateway/route:Route"
)

func TestProgram_BuildsThePlannedNetworkInTheNetworkAccount(t *testing.T) {
	c := load(t, "prod")
	plan, err := netplan.New(c.LandingZone.Network)
	require.NoError(t, err)
	graph := renderStack(t, c)
	account := pulumitest.Find(t, graph, "aws:organizations/account:Account", "organization-network").ID
	hubs, segments := map[string]bool{}, map[string]bool{}
	for _, r := range plan.Regions {
		hubs["hub-"+r.Region] = true
		for _, s := range r.Segments {
			segments["segment-"+s.Name+"-"+r.Region] = true
			vpc := pulumitest.Find(t, graph, "aws:ec2/vpc:Vpc", s.Name+"-"+r.Region)
			assert.Equal(t, s.Block.String(), vpc.Inputs["cidrBlock"])
			assert.True(t, graph.Region(vpc).Is(r.Region), "%s is in %s", vpc.URN, graph.Region(vpc))
			assert.True(t, graph.AccountID(vpc).Is(account), "%s is in account %s", vpc.URN, graph.AccountID(vpc))
		}
	}
	require.NotEmpty(t, segments)
	for typ, want := range map[string]map[string]bool{"gxp:landingzone:Hub": hubs, "gxp:landingzone:Segment": segments} {
		got := map[string]bool{}
		for _, r := range pulumitest.OfType(t, graph, typ) {
			got[r.Name()] = true
		}
		assert.Equal(t, want, got, typ)
	}
}

func TestProgram_BuildsNothingBeforeTheManagementAccountPermitsIt(t *testing.T) {
	graph := renderStack(t, load(t, "prod"))
	sharing := pulumitest.Find(t, graph, "aws:ram/sharingWithOrganization:SharingWithOrganization", "network")
	admin := pulumitest.Find(t, graph, "aws:ec2/vpcIpamOrganizationAdminAccount:VpcIpamOrganizationAdminAccount", "network")
	assert.Equal(t, sharing.Provider, admin.Provider)
	for _, r := range graph.OfType("aws:ram/resourceShare:ResourceShare") {
		assert.True(t, dependsOn(graph, r, sharing.URN), "%s waits for sharing to be on", r.URN)
	}
	assert.True(t, dependsOn(graph, pulumitest.Find(t, graph, "aws:ec2/vpcIpam:VpcIpam", "addresses"), admin.URN))
}

func TestProgram_SwitchesOffPartsOfTheNetwork(t *testing.T) {
	tests := map[string]struct {
		change func(*config.Network)
		gone   []string
	}{
		"the network": {func(n *config.Network) { n.Enabled = false }, []string{
			"gxp:landingzone:Hub", "gxp:landingzone:Segment", "gxp:landingzone:Addresses", "gxp:landingzone:Peering",
			"gxp:landingzone:OnPremises", "gxp:landingzone:NetworkDelegation",
		}},
		"the record of addresses": {func(n *config.Network) { n.AddressManagement = false }, []string{
			"gxp:landingzone:Addresses", "aws:ec2/vpcIpamOrganizationAdminAccount:VpcIpamOrganizationAdminAccount",
		}},
		"sharing": {func(n *config.Network) { n.Sharing = false }, []string{
			"aws:ram/resourceShare:ResourceShare", "aws:ram/sharingWithOrganization:SharingWithOrganization",
		}},
		"the second region": {func(n *config.Network) { n.Regions = n.Regions[:1] }, []string{"gxp:landingzone:Peering"}},
		"the connection":    {func(n *config.Network) { n.OnPremises.VPNs = nil }, []string{"gxp:landingzone:OnPremises"}},
	}
	before := renderStack(t, load(t, "prod"))
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			c := load(t, "prod")
			tt.change(&c.LandingZone.Network)
			after := renderStack(t, c)
			for _, typ := range tt.gone {
				assert.True(t, has(before, typ), "the example has %s", typ)
				assert.False(t, has(after, typ), typ)
			}
		})
	}
}

func TestProgram_ExcludesThePerimeterOnlyFromABlockThatIsThere(t *testing.T) {
	const exclusion = "aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion"
	tests := map[string]struct {
		policies, staged bool
		want             int
	}{
		"declarative policies": {true, false, 2}, "only tried": {true, true, 0}, "none": {false, false, 0},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			c := load(t, "prod")
			c.LandingZone.Guardrails.DeclarativePolicies, c.LandingZone.Guardrails.Staged = tt.policies, tt.staged
			assert.Len(t, renderStack(t, c).OfType(exclusion), tt.want)
		})
	}
}

func TestProgram_JoinsTheCompanyByTheConnectionOfTheRegion(t *testing.T) {
	c := load(t, "prod")
	c.LandingZone.Network.OnPremises.DirectConnects = []config.DirectConnect{
		{GatewayID: "01234567-89ab-cdef-0123-456789abcdef", Region: "eu-west-1"},
	}
	graph := renderStack(t, c)
	for name, typ := range map[string]string{
		"on-premises-eu-central-1": "aws:ec2/vpnConnection:VpnConnection",
		"on-premises-eu-west-1":    "aws:directconnect/gatewayAssociation:GatewayAssociation",
	} {
		all := pulumitest.OfType(t, graph, typ)
		require.Len(t, all, 1, typ)
		assert.Equal(t, name, all[0].Name())
		assert.True(t, graph.Region(all[0]).Is(strings.TrimPrefix(name, "on-premises-")))
	}
	for _, region := range []string{"eu-central-1", "eu-west-1"} {
		assert.Equal(t, []string{"gxp-prod", "shared"}, ledFrom(t, graph, "on-premises-"+region, region, c),
			"the company reaches the segments that reach it")
	}
}

// ledFrom are the segments of a region that a table of its transit gateway leads
// to, sorted.
func ledFrom(t *testing.T, g *qualification.Graph, table, region string, c *config.Config) []string {
	t.Helper()
	id := pulumitest.Find(t, g, tableType, table).ID
	var found []string
	for _, r := range g.OfType(wayType) {
		for _, s := range c.LandingZone.Network.Segments {
			if r.Get("transitGatewayRouteTableId").Is(id) && r.Get("destinationCidrBlock").Is(s.Ranges[region]) {
				found = append(found, s.Name)
			}
		}
	}
	slices.Sort(found)
	return found
}

// A VPC that is admitted has to be reached by every way by which its segment is:
// from its peers, from other regions, and from the company.
func TestProgram_LeadsToDedicatedVPCsByEveryWayToTheirSegment(t *testing.T) {
	c := load(t, "prod")
	c.LandingZone.Network.DedicatedVPCs = []config.DedicatedVPC{{
		Name: "mes", Account: "mes-prod", Segment: "gxp-prod", Region: "eu-central-1", Range: "10.66.0.0/24",
		AttachmentID: "tgw-attach-0123456789abcdef0",
	}}
	graph := renderStack(t, c)
	tables := map[string]string{}
	for _, r := range graph.OfType(tableType) {
		tables[r.ID] = r.Name()
	}
	leads := func(block string) []string {
		var from []string
		for _, r := range graph.OfType(wayType) {
			if r.Get("destinationCidrBlock").Is(block) && graph.Region(r).Is("eu-central-1") {
				id, _ := r.Get("transitGatewayRouteTableId").Text()
				from = append(from, tables[id])
			}
		}
		slices.Sort(from)
		return from
	}
	assert.Equal(t, []string{
		"hub-eu-central-1-peering", "hub-eu-central-1-perimeter", "on-premises-eu-central-1", "segment-gxp-prod-eu-central-1",
		"segment-shared-eu-central-1",
	}, leads("10.66.0.0/24"))
	assert.Equal(t, leads("10.64.0.0/17"), leads("10.66.0.0/24"), "as to the segment's own VPC, from which there is a way back")
}
