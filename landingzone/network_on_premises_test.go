package landingzone

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/pulumitest"
)

const vpnType = "aws:ec2/vpnConnection:VpnConnection"

func TestOnPremises_HasTwoTunnelsWithStrongAlgorithmsAlone(t *testing.T) {
	graph := renderNetwork(t, networkChange{})
	router := pulumitest.Find(t, graph, "aws:ec2/customerGateway:CustomerGateway", "on-premises-eu-test-1")
	assert.Equal(t, "198.51.100.10 65000", fmt.Sprint(router.Inputs["ipAddress"], " ", router.Inputs["bgpAsn"]))
	vpn := pulumitest.Find(t, graph, vpnType, "on-premises-eu-test-1")
	assert.Equal(t, router.ID, vpn.Inputs["customerGatewayId"])
	assert.Equal(t, "hub-eu-test-1", called(t, graph, vpn.Get("transitGatewayId")))
	assert.Equal(t, "SecretsManager", vpn.Inputs["presharedKeyStorage"], "the keys stay out of the state")
	for _, tunnel := range []string{"tunnel1", "tunnel2"} {
		assert.Equal(t, []any{"ikev2"}, vpn.Inputs[tunnel+"IkeVersions"])
		for _, phase := range []string{"Phase1", "Phase2"} {
			assert.Equal(t, []any{20.0, 21.0}, vpn.Inputs[tunnel+phase+"DhGroupNumbers"], tunnel+phase)
			assert.Equal(t, []any{"AES256-GCM-16"}, vpn.Inputs[tunnel+phase+"EncryptionAlgorithms"], tunnel+phase)
			assert.Equal(t, []any{"SHA2-384", "SHA2-512"}, vpn.Inputs[tunnel+phase+"IntegrityAlgorithms"], tunnel+phase)
		}
	}
	assert.Empty(t, graph.OfType("aws:directconnect/gatewayAssociation:GatewayAssociation"))
}

func TestOnPremises_IsJoinedByDirectConnectAlike(t *testing.T) {
	const gateway = "01234567-89ab-cdef-0123-456789abcdef"
	graph := renderNetwork(t, networkChange{network: func(c *config.Network) {
		c.OnPremises.VPNs = nil
		c.OnPremises.DirectConnects = []config.DirectConnect{{GatewayID: gateway, Region: inspecting}}
	}})
	joined := pulumitest.Find(t, graph, "aws:directconnect/gatewayAssociation:GatewayAssociation", "on-premises-eu-test-1")
	assert.Equal(t, gateway, joined.Inputs["dxGatewayId"])
	assert.Equal(t, "hub-eu-test-1", called(t, graph, joined.Get("associatedGatewayId")))
	assert.Equal(t, []any{"10.64.0.0/14"}, joined.Inputs["allowedPrefixes"], "the region alone is announced")
	assert.Empty(t, graph.OfType(vpnType, "aws:ec2/customerGateway:CustomerGateway"))

	associated := pulumitest.Find(t, graph, hubAssociationType, "on-premises-eu-test-1")
	assert.Equal(t, "on-premises-eu-test-1", called(t, graph, associated.Get("transitGatewayRouteTableId")))
	back := pulumitest.Find(t, graph, hubRouteType, "on-premises-eu-test-1-172-20-0-0-14")
	assert.Equal(t, associated.Inputs["transitGatewayAttachmentId"], back.Inputs["transitGatewayAttachmentId"], "there and back by the same way")
	assert.Equal(t, []string{
		"10.64.0.0/12 to blackhole", "10.64.0.0/17 to hub-eu-test-1", "10.65.64.0/18 to hub-eu-test-1", "10.66.0.0/24 to hub-eu-test-1",
		"10.67.0.0/22 to hub-eu-test-1",
	}, hubRoutes(t, graph, "on-premises-eu-test-1"))
}

func TestNetwork_KnowsNoCompanyWhereThereIsNoConnection(t *testing.T) {
	graph := renderNetwork(t, networkChange{network: func(c *config.Network) { c.OnPremises.VPNs = nil }})
	assert.NotContains(t, namesOf(graph, hubTableType, ""), "on-premises-eu-test-1")
	for _, r := range graph.OfType(hubRouteType, vpcRouteType) {
		assert.NotContains(t, []any{"172.20.0.0/14"}, r.Inputs["destinationCidrBlock"], r.URN)
	}
	table := pulumitest.Find(t, graph, hubTableType, "segment-prod-eu-test-1")
	assert.Equal(t, "internet shared", text(t, table.Get(`tags["gxp:reaches"]`)))
}
