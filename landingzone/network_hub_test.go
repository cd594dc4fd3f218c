package landingzone

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/pulumitest"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

const (
	natGatewayType = "aws:ec2/natGateway:NatGateway"
	exclusionType  = "aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion"
	zoneType       = "aws:route53/zone:Zone"
	recordType     = "aws:route53/record:Record"
)

func TestHub_TakesNobodyInAndGivesNobodyARouteByItself(t *testing.T) {
	graph := renderNetwork(t, networkChange{})
	for i, region := range []string{inspecting, filtering} {
		gateway := pulumitest.Find(t, graph, "aws:ec2transitgateway/transitGateway:TransitGateway", "hub-"+region)
		assert.True(t, gateway.Protect)
		assert.EqualValues(t, config.FirstASN+i, gateway.Inputs["amazonSideAsn"], "each region has a number of its own")
		for _, property := range []string{"autoAcceptSharedAttachments", "defaultRouteTableAssociation", "defaultRouteTablePropagation"} {
			assert.Equal(t, "disable", gateway.Inputs[property], property)
		}
	}
}

func TestHub_HasAPerimeterInTwoZones(t *testing.T) {
	graph := renderNetwork(t, networkChange{})
	assert.Equal(t, "10.67.0.0/22", pulumitest.Find(t, graph, vpcResourceType, "perimeter-eu-test-1").Inputs["cidrBlock"])
	var got []string
	for _, r := range graph.OfType(subnetType) {
		if strings.HasPrefix(r.Name(), "perimeter-eu-test-1-") {
			got = append(got, strings.TrimPrefix(r.Name(), "perimeter-eu-test-1-")+" "+text(t, r.Get("availabilityZone"))+" "+text(t, r.Get("cidrBlock")))
		}
	}
	slices.Sort(got)
	assert.Equal(t, []string{
		"endpoints-1 eu-test-1a 10.67.0.0/25", "endpoints-2 eu-test-1b 10.67.1.0/25",
		"firewall-1 eu-test-1a 10.67.0.224/28", "firewall-2 eu-test-1b 10.67.1.224/28",
		"public-1 eu-test-1a 10.67.0.208/28", "public-2 eu-test-1b 10.67.1.208/28",
		"transit-1 eu-test-1a 10.67.0.240/28", "transit-2 eu-test-1b 10.67.1.240/28",
	}, got)
}

// What comes from the transit gateway passes the firewall of its own zone in
// both directions: a firewall that sees half of a connection drops it.
func TestHub_LeadsEverythingThroughTheFirewallOfItsZone(t *testing.T) {
	graph := renderNetwork(t, networkChange{})
	endpoints := firewallEndpoints(t, graph, "hub-eu-test-1")
	require.Len(t, endpoints, 2)
	for zone, name := range map[string]string{"1": "eu-test-1a", "2": "eu-test-1b"} {
		at := func(tier string) []string { return vpcRoutes(t, graph, "perimeter-eu-test-1-"+tier+"-"+zone) }
		back := []string{"10.64.0.0/12 by transitGatewayId hub-eu-test-1", "172.20.0.0/14 by transitGatewayId hub-eu-test-1"}
		assert.Equal(t, []string{"0.0.0.0/0 by vpcEndpointId " + endpoints[name]}, at("transit"))
		assert.Equal(t, append([]string{"0.0.0.0/0 by natGatewayId perimeter-eu-test-1-" + zone}, back...), at("firewall"))
		assert.Equal(t, []string{
			"0.0.0.0/0 by gatewayId perimeter-eu-test-1", "10.64.0.0/12 by vpcEndpointId " + endpoints[name],
		}, at("public"))
		assert.Equal(t, back, at("endpoints"))
	}
}

// firewallEndpoints are the endpoints of a firewall by zone.
func firewallEndpoints(t *testing.T, g *qualification.Graph, firewall string) map[string]string {
	t.Helper()
	endpoints := map[string]string{}
	wall := pulumitest.Find(t, g, "aws:networkfirewall/firewall:Firewall", firewall)
	for _, status := range wall.Output("firewallStatuses").Items() {
		for _, state := range status.Get("syncStates").Items() {
			endpoints[text(t, state.Get("availabilityZone"))] = text(t, state.Get("attachments[0].endpointId"))
		}
	}
	return endpoints
}

func TestHub_LeadsOutByNATAloneWhereNothingInspects(t *testing.T) {
	graph := renderNetwork(t, networkChange{})
	back := "10.64.0.0/12 by transitGatewayId hub-eu-test-2"
	for _, zone := range []string{"1", "2"} {
		at := func(tier string) []string { return vpcRoutes(t, graph, "perimeter-eu-test-2-"+tier+"-"+zone) }
		assert.Equal(t, []string{"0.0.0.0/0 by natGatewayId perimeter-eu-test-2-1"}, at("transit"), "the only one serves both zones")
		assert.Equal(t, []string{"0.0.0.0/0 by gatewayId perimeter-eu-test-2", back}, at("public"))
		assert.Equal(t, []string{back}, at("endpoints"), "nothing leads to the company's network from a region without one")
	}
	assert.Empty(t, namesOf(graph, "aws:networkfirewall/firewall:Firewall", "hub-eu-test-2"))

	two := renderNetwork(t, networkChange{network: func(c *config.Network) { c.Regions[1].NATGateways = 2 }})
	assert.Len(t, namesOf(two, natGatewayType, "perimeter-eu-test-2-"), 2)
	for _, zone := range []string{"1", "2"} {
		assert.Equal(t, []string{"0.0.0.0/0 by natGatewayId perimeter-eu-test-2-" + zone},
			vpcRoutes(t, two, "perimeter-eu-test-2-transit-"+zone), "each zone has its own")
	}
}

func TestHub_CostsLittleInTheProfileMinimal(t *testing.T) {
	graph := renderNetwork(t, networkChange{network: func(c *config.Network) {
		for i := range c.Regions {
			c.Regions[i].Inspection, c.Regions[i].NATGateways, c.Regions[i].InterfaceEndpoints = false, 1, nil
		}
	}})
	assert.Len(t, graph.OfType(natGatewayType), 2, "one in each region")
	assert.Empty(t, graph.OfType(zoneType, "aws:networkfirewall/firewall:Firewall", "aws:networkfirewall/ruleGroup:RuleGroup"))
	for _, e := range graph.OfType(endpointType) {
		assert.Equal(t, "Gateway", e.Inputs["vpcEndpointType"], "%s costs nothing", e.URN)
	}
	assert.Empty(t, namesOf(graph, "aws:ec2/securityGroup:SecurityGroup", "hub-eu-test-1-endpoints"))
}

func TestHub_ExcludesThePerimeterAloneFromTheBlockOfInternetGateways(t *testing.T) {
	graph := renderNetwork(t, networkChange{hub: func(a *HubArgs) { a.Exclusion = true }})
	assert.Equal(t, []string{"hub-eu-test-1", "hub-eu-test-2"}, namesOf(graph, exclusionType, ""))
	for _, r := range graph.OfType(exclusionType) {
		assert.Contains(t, called(t, graph, r.Get("vpcId")), "perimeter-")
		assert.Equal(t, "allow-egress", r.Inputs["internetGatewayExclusionMode"])
	}
	assert.Empty(t, renderNetwork(t, networkChange{}).OfType(exclusionType), "nothing is blocked that would have to be excluded")
}

func TestHub_ShowsItsGatewayToTheUnitsOfDedicatedVPCs(t *testing.T) {
	graph := renderNetwork(t, networkChange{})
	shared := pulumitest.Find(t, graph, resourceShareType, "hub-eu-test-1")
	assert.Equal(t, false, shared.Inputs["allowExternalPrincipals"])
	assert.ElementsMatch(t, []string{unitARN(config.UnitGxPProd), unitARN(config.UnitPolicyStaging)},
		ofShare(t, graph, shared, "aws:ram/principalAssociation:PrincipalAssociation", "principal"))
	gateway := pulumitest.Find(t, graph, "aws:ec2transitgateway/transitGateway:TransitGateway", "hub-eu-test-1")
	assert.Equal(t, []string{gateway.Outputs["arn"].(string)},
		ofShare(t, graph, shared, "aws:ram/resourceAssociation:ResourceAssociation", "resourceArn"))
	assert.Empty(t, namesOf(graph, resourceShareType, "hub-eu-test-2"), "no segment has dedicated VPCs there")
}

func TestHub_LeadsTheNamesOfServicesToItsEndpoints(t *testing.T) {
	graph := renderNetwork(t, networkChange{})
	group := pulumitest.Find(t, graph, "aws:ec2/securityGroup:SecurityGroup", "hub-eu-test-1-endpoints")
	for service, names := range map[string][]string{
		"kms":     {"kms.eu-test-1.amazonaws.com"},
		"ecr.dkr": {"*.dkr.ecr.eu-test-1.amazonaws.com", "dkr.ecr.eu-test-1.amazonaws.com"},
	} {
		e := pulumitest.Find(t, graph, endpointType, "hub-eu-test-1-"+service)
		assert.Equal(t, "Interface", e.Inputs["vpcEndpointType"])
		assert.Equal(t, "com.amazonaws.eu-test-1."+service, e.Inputs["serviceName"])
		assert.Equal(t, false, e.Inputs["privateDnsEnabled"], "its own name would be known in the perimeter alone")
		assert.Equal(t, inZones(t, graph, subnetType, "perimeter-eu-test-1", "endpoints"), textsOf(t, e.Get("subnetIds")))
		assert.Equal(t, []string{group.ID}, textsOf(t, e.Get("securityGroupIds")))

		zone := pulumitest.Find(t, graph, zoneType, "hub-eu-test-1-"+service)
		assert.Equal(t, names[len(names)-1], zone.Inputs["name"])
		assert.Equal(t, "perimeter-eu-test-1", called(t, graph, zone.Get("vpcs[0].vpcId")), "a private zone needs a VPC from the beginning")
		var got []string
		for _, r := range graph.OfType(recordType) {
			if r.Get("zoneId").Is(zone.ID) {
				got = append(got, text(t, r.Get("name")))
				assert.Equal(t, text(t, e.Output("dnsEntries[0].dnsName")), text(t, r.Get("aliases[0].name")), r.URN)
				assert.Equal(t, text(t, e.Output("dnsEntries[0].hostedZoneId")), text(t, r.Get("aliases[0].zoneId")), r.URN)
			}
		}
		assert.ElementsMatch(t, names, got)
	}
}

func TestHub_LetsTheNetworkAloneToItsEndpoints(t *testing.T) {
	graph := renderNetwork(t, networkChange{})
	for region, want := range map[string][]string{
		inspecting: {"10.64.0.0/12", "172.20.0.0/14"}, filtering: {"10.64.0.0/12"},
	} {
		group := pulumitest.Find(t, graph, "aws:ec2/securityGroup:SecurityGroup", "hub-"+region+"-endpoints")
		assert.NotContains(t, group.Inputs, "egress", "an endpoint begins no connection")
		var blocks []string
		for _, r := range graph.OfType(groupRuleType) {
			if !r.Get("securityGroupId").Is(group.ID) {
				continue
			}
			blocks = append(blocks, text(t, r.Get("cidrIpv4")))
			assert.Equal(t, "tcp 443 443", fmt.Sprintf("%v %v %v", r.Inputs["ipProtocol"], r.Inputs["fromPort"], r.Inputs["toPort"]), r.URN)
		}
		slices.Sort(blocks)
		assert.Equal(t, want, blocks, region)
	}
}

func TestHub_RefusesAnEndpointThatNobodyKnows(t *testing.T) {
	err := networkProblem(t, networkChange{network: func(c *config.Network) { c.Regions[0].InterfaceEndpoints = []string{"teleport"} }})
	assert.ErrorContains(t, err, "hub hub-eu-test-1: endpoint teleport: is not known")
}
