package landingzone

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/pulumitest"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

// The tables of the transit gateways are compared whole: a route too many joins
// what nobody meant to join, and no other test would miss it.
func TestNetwork_HasTheRoutesOfItsPlanAndNoOthers(t *testing.T) {
	graph := renderNetwork(t, networkChange{})
	want := map[string][]string{
		"segment-prod-eu-test-1": {
			"0.0.0.0/0 to hub-eu-test-1", "10.64.0.0/12 to blackhole", "10.65.64.0/18 to hub-eu-test-1",
			"10.66.0.0/24 to mes", "10.67.0.0/22 to hub-eu-test-1", "10.68.0.0/17 to peering", "172.20.0.0/14 to hub-eu-test-1",
		},
		"segment-sensitive-eu-test-1": {
			"10.64.0.0/12 to blackhole", "10.65.64.0/18 to hub-eu-test-1", "10.67.0.0/22 to hub-eu-test-1", "172.20.0.0/14 to blackhole",
		},
		"segment-office-eu-test-1": {
			"0.0.0.0/0 to hub-eu-test-1", "10.64.0.0/12 to blackhole", "10.65.64.0/18 to hub-eu-test-1", "10.67.0.0/22 to hub-eu-test-1",
			"10.69.128.0/17 to peering", "172.20.0.0/14 to blackhole",
		},
		"segment-shared-eu-test-1": {
			"10.64.0.0/12 to blackhole", "10.64.0.0/17 to hub-eu-test-1", "10.65.0.0/18 to hub-eu-test-1", "10.65.128.0/17 to hub-eu-test-1",
			"10.66.0.0/24 to hub-eu-test-1", "10.67.0.0/22 to hub-eu-test-1", "10.69.64.0/18 to peering", "172.20.0.0/14 to hub-eu-test-1",
		},
		"hub-eu-test-1-perimeter": {
			"10.64.0.0/17 to segment-prod-eu-test-1", "10.65.0.0/18 to segment-sensitive-eu-test-1",
			"10.65.128.0/17 to segment-office-eu-test-1", "10.65.64.0/18 to segment-shared-eu-test-1", "10.66.0.0/24 to mes",
			"172.20.0.0/14 to on-premises-eu-test-1",
		},
		"hub-eu-test-1-peering": {
			"10.64.0.0/12 to blackhole", "10.64.0.0/17 to segment-prod-eu-test-1", "10.65.0.0/18 to segment-sensitive-eu-test-1",
			"10.65.128.0/17 to segment-office-eu-test-1", "10.65.64.0/18 to segment-shared-eu-test-1", "10.66.0.0/24 to mes",
		},
		"on-premises-eu-test-1": {
			"10.64.0.0/12 to blackhole", "10.64.0.0/17 to hub-eu-test-1", "10.65.64.0/18 to hub-eu-test-1", "10.66.0.0/24 to hub-eu-test-1",
			"10.67.0.0/22 to hub-eu-test-1",
		},
		"segment-prod-eu-test-2": {
			"0.0.0.0/0 to hub-eu-test-2", "10.64.0.0/12 to blackhole", "10.64.0.0/17 to peering", "10.66.0.0/17 to peering",
			"10.69.64.0/18 to segment-shared-eu-test-2", "10.71.0.0/22 to hub-eu-test-2",
		},
		"segment-office-eu-test-2": {
			"0.0.0.0/0 to hub-eu-test-2", "10.64.0.0/12 to blackhole", "10.65.128.0/17 to peering",
			"10.69.64.0/18 to segment-shared-eu-test-2", "10.71.0.0/22 to hub-eu-test-2",
		},
		"segment-shared-eu-test-2": {
			"10.64.0.0/12 to blackhole", "10.65.64.0/18 to peering", "10.68.0.0/17 to segment-prod-eu-test-2",
			"10.69.128.0/17 to segment-office-eu-test-2", "10.71.0.0/22 to hub-eu-test-2",
		},
		"hub-eu-test-2-perimeter": {
			"10.68.0.0/17 to segment-prod-eu-test-2", "10.69.128.0/17 to segment-office-eu-test-2", "10.69.64.0/18 to segment-shared-eu-test-2",
		},
		"hub-eu-test-2-peering": {
			"10.64.0.0/12 to blackhole", "10.68.0.0/17 to segment-prod-eu-test-2", "10.69.128.0/17 to segment-office-eu-test-2",
			"10.69.64.0/18 to segment-shared-eu-test-2",
		},
	}
	assert.Len(t, graph.OfType(hubTableType), len(want), "there is no table beside these")
	for table, routes := range want {
		assert.Equal(t, routes, hubRoutes(t, graph, table), table)
	}
	assert.Empty(t, graph.OfType("aws:ec2transitgateway/routeTablePropagation:RouteTablePropagation"), "no route announces itself")
}

func TestNetwork_LeadsPeersStraightToEachOtherWhereNothingInspects(t *testing.T) {
	graph := renderNetwork(t, networkChange{network: func(c *config.Network) { c.Regions[0].Inspection = false }})
	assert.Contains(t, hubRoutes(t, graph, "segment-prod-eu-test-1"), "10.65.64.0/18 to segment-shared-eu-test-1")
	assert.Contains(t, hubRoutes(t, graph, "segment-prod-eu-test-1"), "172.20.0.0/14 to on-premises-eu-test-1")
	assert.Contains(t, hubRoutes(t, graph, "segment-shared-eu-test-1"), "10.66.0.0/24 to mes")
	assert.Equal(t, []string{
		"10.64.0.0/12 to blackhole", "10.64.0.0/17 to segment-prod-eu-test-1", "10.65.64.0/18 to segment-shared-eu-test-1",
		"10.66.0.0/24 to mes", "10.67.0.0/22 to hub-eu-test-1",
	}, hubRoutes(t, graph, "on-premises-eu-test-1"))
}

func TestNetwork_PutsEveryAttachmentIntoTheTableOfItsOwn(t *testing.T) {
	graph := renderNetwork(t, networkChange{})
	joined := map[string][]string{}
	for _, r := range graph.OfType(hubAssociationType) {
		of := called(t, graph, r.Get("transitGatewayAttachmentId"))
		joined[of] = append(joined[of], called(t, graph, r.Get("transitGatewayRouteTableId")))
	}
	want := map[string][]string{
		"hub-eu-test-1": {"hub-eu-test-1-perimeter"}, "hub-eu-test-2": {"hub-eu-test-2-perimeter"},
		"on-premises-eu-test-1": {"on-premises-eu-test-1"}, "mes": {"segment-prod-eu-test-1"},
		"peering": {"hub-eu-test-1-peering", "hub-eu-test-2-peering"},
	}
	for _, segment := range namesOf(graph, vpcAttachmentType, "segment-") {
		want[segment] = []string{segment}
	}
	require.Len(t, want, 5+7)
	for of := range joined {
		slices.Sort(joined[of])
	}
	assert.Equal(t, want, joined)
}

func TestNetwork_SaysOnEveryTableWhatItWasMeantToReach(t *testing.T) {
	graph := renderNetwork(t, networkChange{})
	for table, want := range map[string][3]string{
		"segment-prod-eu-test-1":      {"prod", "gxp", "internet on-premises shared"},
		"segment-prod-eu-test-2":      {"prod", "gxp", "internet shared"},
		"segment-sensitive-eu-test-1": {"sensitive", "gxp", "shared"},
		"segment-office-eu-test-2":    {"office", "nongxp", "internet shared"},
		"segment-shared-eu-test-1":    {"shared", "shared", "office on-premises prod sensitive"},
		"segment-shared-eu-test-2":    {"shared", "shared", "office prod"},
		"hub-eu-test-1-perimeter":     {"perimeter", "none", "none"},
		"hub-eu-test-2-peering":       {"peering", "none", "none"},
		"on-premises-eu-test-1":       {"on-premises", "none", "none"},
	} {
		r := pulumitest.Find(t, graph, hubTableType, table)
		got := [3]string{text(t, r.Get(`tags["gxp:segment"]`)), text(t, r.Get(`tags["gxp:segment-class"]`)), text(t, r.Get(`tags["gxp:reaches"]`))}
		assert.Equal(t, want, got, table)
	}
	alone := renderNetwork(t, networkChange{network: func(c *config.Network) { c.Segments[1].Reaches = nil }})
	table := pulumitest.Find(t, alone, hubTableType, "segment-sensitive-eu-test-1")
	assert.Equal(t, "none", text(t, table.Get(`tags["gxp:reaches"]`)), "AWS keeps no empty tag for a control to read")
}

// What the attachments and the VPCs say of themselves has to be what the tables
// say, since controls compare them.
func TestNetwork_SaysOnVPCsAndAttachmentsWhichSegmentTheyAre(t *testing.T) {
	graph := renderNetwork(t, networkChange{})
	for name, want := range map[string][2]string{
		"prod-eu-test-1": {"prod", "gxp"}, "office-eu-test-2": {"office", "nongxp"}, "perimeter-eu-test-1": {"perimeter", "none"},
	} {
		vpc := pulumitest.Find(t, graph, vpcResourceType, name)
		attachment := attachmentOf(t, graph, vpc)
		for _, r := range []*qualification.Resource{vpc, attachment} {
			assert.Equal(t, want, [2]string{text(t, r.Get(`tags["gxp:segment"]`)), text(t, r.Get(`tags["gxp:segment-class"]`))}, r.URN)
		}
	}
}

func TestNetwork_AttachesVPCsByTheirTransitSubnetsAndToNoTable(t *testing.T) {
	graph := renderNetwork(t, networkChange{})
	for _, vpc := range graph.OfType(vpcResourceType) {
		a := attachmentOf(t, graph, vpc)
		assert.ElementsMatch(t, inZones(t, graph, subnetType, vpc.Name(), "transit"), textsOf(t, a.Get("subnetIds")), vpc.Name())
		assert.Equal(t, vpc.Provider, a.Provider)
		assert.True(t, a.Protect, "%s is protected", a.URN)
		mode := "disable"
		if strings.HasPrefix(vpc.Name(), "perimeter-") {
			// A firewall that sees half of a connection drops it.
			mode = "enable"
		}
		assert.Equal(t, mode, a.Inputs["applianceModeSupport"], a.URN)
		assert.Equal(t, false, a.Inputs["transitGatewayDefaultRouteTableAssociation"], a.URN)
		assert.Equal(t, false, a.Inputs["transitGatewayDefaultRouteTablePropagation"], a.URN)
	}
}

// attachmentOf is the only attachment of a VPC.
func attachmentOf(t *testing.T, g *qualification.Graph, vpc *qualification.Resource) *qualification.Resource {
	t.Helper()
	all := slices.DeleteFunc(slices.Clone(g.OfType(vpcAttachmentType)), func(r *qualification.Resource) bool {
		return !r.Get("vpcId").Is(vpc.ID)
	})
	require.Len(t, all, 1, "attachments of %s", vpc.Name())
	return all[0]
}
