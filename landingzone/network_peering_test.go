package landingzone

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/pulumitest"
)

func TestPeering_IsAskedForInOneRegionAndAcceptedInTheOther(t *testing.T) {
	graph := renderNetwork(t, networkChange{})
	asked := pulumitest.Find(t, graph, "aws:ec2transitgateway/peeringAttachment:PeeringAttachment", "peering")
	assert.True(t, asked.Protect)
	assert.Contains(t, asked.Provider, "network-"+inspecting)
	assert.Equal(t, filtering, asked.Inputs["peerRegion"])
	assert.Equal(t, "555566667777", asked.Inputs["peerAccountId"])
	assert.Equal(t, "hub-eu-test-1", called(t, graph, asked.Get("transitGatewayId")))
	assert.Equal(t, "hub-eu-test-2", called(t, graph, asked.Get("peerTransitGatewayId")))

	accepted := pulumitest.Find(t, graph, "aws:ec2transitgateway/peeringAttachmentAccepter:PeeringAttachmentAccepter", "peering")
	assert.Contains(t, accepted.Provider, "network-"+filtering)
	assert.Equal(t, asked.ID, accepted.Inputs["transitGatewayAttachmentId"])

	for _, region := range []string{inspecting, filtering} {
		joined := pulumitest.Find(t, graph, hubAssociationType, "peering-"+region)
		assert.Contains(t, joined.Provider, "network-"+region, "a table is joined where it is")
		assert.Equal(t, asked.ID, joined.Inputs["transitGatewayAttachmentId"])
		assert.Equal(t, "hub-"+region+"-peering", called(t, graph, joined.Get("transitGatewayRouteTableId")))
		assert.Contains(t, joined.Dependencies, accepted.URN, "AWS joins nothing before both agree")
	}
	waiting := 0
	for _, r := range graph.OfType(hubRouteType) {
		if r.Get("transitGatewayAttachmentId").Is(asked.ID) {
			assert.Contains(t, r.Dependencies, accepted.URN, r.URN)
			waiting++
		}
	}
	assert.Equal(t, 3+4, waiting)
}

func TestPeering_ReachesTheSameSegmentAlone(t *testing.T) {
	graph := renderNetwork(t, networkChange{network: func(c *config.Network) {
		c.Segments[0].DedicatedRanges[filtering] = "10.70.0.0/17"
	}})
	to := func(table string) (blocks []string) {
		for _, route := range hubRoutes(t, graph, table) {
			if block, found := strings.CutSuffix(route, " to peering"); found {
				blocks = append(blocks, block)
			}
		}
		return blocks
	}
	assert.Equal(t, []string{"10.68.0.0/17", "10.70.0.0/17"}, to("segment-prod-eu-test-1"), "with its dedicated VPCs there")
	assert.Empty(t, to("segment-sensitive-eu-test-1"), "it is in one region alone")
	assert.Equal(t, []string{"10.69.64.0/18"}, to("segment-shared-eu-test-1"))
	assert.Empty(t, to("hub-eu-test-1-perimeter"), "the way out of one region is none of another")
}

func TestNetwork_HasNoPeeringWithOneRegion(t *testing.T) {
	graph := renderNetwork(t, networkChange{network: func(c *config.Network) { c.Regions = c.Regions[:1] }})
	assert.NotContains(t, namesOf(graph, hubTableType, ""), "hub-eu-test-1-peering")
	assert.Equal(t, []string{
		"10.64.0.0/12 to blackhole", "10.64.0.0/17 to hub-eu-test-1", "10.65.0.0/18 to hub-eu-test-1", "10.65.128.0/17 to hub-eu-test-1",
		"10.66.0.0/24 to hub-eu-test-1", "10.67.0.0/22 to hub-eu-test-1", "172.20.0.0/14 to hub-eu-test-1",
	}, hubRoutes(t, graph, "segment-shared-eu-test-1"))
}
