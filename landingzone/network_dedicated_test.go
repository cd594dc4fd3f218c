package landingzone

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/pulumitest"
)

func TestSegment_AdmitsADedicatedVPC(t *testing.T) {
	graph := renderNetwork(t, networkChange{})
	accepted := pulumitest.Find(t, graph, "aws:ec2transitgateway/vpcAttachmentAccepter:VpcAttachmentAccepter", "segment-prod-eu-test-1-mes")
	assert.True(t, accepted.Protect)
	assert.Equal(t, "tgw-attach-0123456789abcdef0", accepted.Inputs["transitGatewayAttachmentId"])
	assert.Equal(t, false, accepted.Inputs["transitGatewayDefaultRouteTableAssociation"])
	assert.Equal(t, false, accepted.Inputs["transitGatewayDefaultRouteTablePropagation"])
	assert.Equal(t, "prod", text(t, accepted.Get(`tags["gxp:segment"]`)))
	assert.Equal(t, "gxp", text(t, accepted.Get(`tags["gxp:segment-class"]`)))

	joined := pulumitest.Find(t, graph, hubAssociationType, "segment-prod-eu-test-1-mes")
	assert.Equal(t, accepted.ID, joined.Inputs["transitGatewayAttachmentId"])
	assert.Equal(t, "segment-prod-eu-test-1", called(t, graph, joined.Get("transitGatewayRouteTableId")),
		"it follows the table of its segment, and no other")
}

// A dedicated VPC is reached from where its segment is, and from nowhere else.
func TestSegment_LeadsToADedicatedVPCFromWhereTheSegmentIsReached(t *testing.T) {
	lead := func(network func(*config.Network)) map[string]string {
		graph := renderNetwork(t, networkChange{network: network})
		found := map[string]string{}
		for _, r := range graph.OfType(hubRouteType) {
			if r.Get("destinationCidrBlock").Is("10.66.0.0/24") {
				found[called(t, graph, r.Get("transitGatewayRouteTableId"))] = called(t, graph, r.Get("transitGatewayAttachmentId"))
			}
		}
		return found
	}
	assert.Equal(t, map[string]string{
		"segment-prod-eu-test-1": "mes", "hub-eu-test-1-perimeter": "mes", "hub-eu-test-1-peering": "mes",
		"segment-shared-eu-test-1": "hub-eu-test-1", "on-premises-eu-test-1": "hub-eu-test-1",
	}, lead(nil))
	assert.Equal(t, map[string]string{
		"segment-prod-eu-test-1": "mes", "hub-eu-test-1-perimeter": "mes", "hub-eu-test-1-peering": "mes",
		"segment-shared-eu-test-1": "mes", "on-premises-eu-test-1": "mes",
	}, lead(func(c *config.Network) { c.Regions[0].Inspection = false }), "straight, where nothing inspects")
	assert.Equal(t, map[string]string{
		"segment-prod-eu-test-1": "mes", "hub-eu-test-1-perimeter": "mes", "hub-eu-test-1-peering": "mes",
		"segment-shared-eu-test-1": "hub-eu-test-1",
	}, lead(func(c *config.Network) { c.Segments[0].OnPremises = false }), "the company reaches what its segment lets it reach")
	assert.Equal(t, map[string]string{
		"segment-prod-eu-test-1": "mes", "hub-eu-test-1-perimeter": "mes", "on-premises-eu-test-1": "hub-eu-test-1",
	}, lead(func(c *config.Network) { c.Regions, c.Segments[0].Reaches = c.Regions[:1], nil }), "no peers and no other region")
}

func TestSegment_RefusesADedicatedVPCWithoutABlock(t *testing.T) {
	err := networkProblem(t, networkChange{network: func(c *config.Network) { c.DedicatedVPCs[0].Range = "10.66.0.1/24" }})
	assert.ErrorContains(t, err, "dedicated VPC mes: range 10.66.0.1/24: begins in the middle of its block")
}
