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

func TestSegment_HasItsSubnetsInEveryZone(t *testing.T) {
	graph := renderNetwork(t, networkChange{})
	var got []string
	for _, r := range graph.OfType(subnetType) {
		if strings.HasPrefix(r.Name(), "prod-eu-test-1-") {
			got = append(got, fmt.Sprintf("%s %s %s", strings.TrimPrefix(r.Name(), "prod-eu-test-1-"),
				text(t, r.Get("availabilityZone")), text(t, r.Get("cidrBlock"))))
			assert.Equal(t, false, r.Inputs["mapPublicIpOnLaunch"], r.URN)
		}
	}
	slices.Sort(got)
	assert.Equal(t, []string{
		"isolated-1 eu-test-1a 10.64.16.0/21", "isolated-2 eu-test-1b 10.64.48.0/21", "isolated-3 eu-test-1c 10.64.80.0/21",
		"private-1 eu-test-1a 10.64.0.0/20", "private-2 eu-test-1b 10.64.32.0/20", "private-3 eu-test-1c 10.64.64.0/20",
		"transit-1 eu-test-1a 10.64.31.240/28", "transit-2 eu-test-1b 10.64.63.240/28", "transit-3 eu-test-1c 10.64.95.240/28",
	}, got)
	assert.Equal(t, "10.64.0.0/17", pulumitest.Find(t, graph, vpcResourceType, "prod-eu-test-1").Inputs["cidrBlock"])
	assert.Len(t, namesOf(graph, subnetType, "prod-eu-test-2-"), 3*2, "the other region has two zones")
	assert.Empty(t, namesOf(graph, vpcResourceType, "sensitive-eu-test-2"), "a segment is where it has a range")
}

func TestSegment_LeavesItsSubnetsByTheTransitGatewayAlone(t *testing.T) {
	graph := renderNetwork(t, networkChange{})
	for subnets, want := range map[string][]string{
		"prod-eu-test-1-private":      {"0.0.0.0/0 by transitGatewayId hub-eu-test-1"},
		"prod-eu-test-1-isolated":     {"10.64.0.0/12 by transitGatewayId hub-eu-test-1"},
		"prod-eu-test-1-transit":      nil,
		"sensitive-eu-test-1-private": {"10.64.0.0/12 by transitGatewayId hub-eu-test-1"},
		"shared-eu-test-1-private": {
			"10.64.0.0/12 by transitGatewayId hub-eu-test-1", "172.20.0.0/14 by transitGatewayId hub-eu-test-1"},
		"shared-eu-test-1-isolated": {"10.64.0.0/12 by transitGatewayId hub-eu-test-1"},
		"shared-eu-test-2-private":  {"10.64.0.0/12 by transitGatewayId hub-eu-test-2"},
		"office-eu-test-2-private":  {"0.0.0.0/0 by transitGatewayId hub-eu-test-2"},
	} {
		tables := namesOf(graph, vpcTableType, subnets+"-")
		require.NotEmpty(t, tables, subnets)
		for _, table := range tables {
			assert.Equal(t, want, vpcRoutes(t, graph, table), table)
		}
	}
	for _, r := range graph.OfType("aws:ec2/natGateway:NatGateway") {
		assert.Contains(t, r.Name(), "perimeter-", "a segment has no way out of its own")
	}
}

func TestSegment_ClosesThePortsOfTheConfiguration(t *testing.T) {
	graph := renderNetwork(t, networkChange{network: func(c *config.Network) { c.ClosedPorts = []int{22, 3389, 5985} }})
	list := pulumitest.Find(t, graph, "aws:ec2/networkAcl:NetworkAcl", "segment-prod-eu-test-1")
	var rules []string
	for _, r := range list.Get("ingress").Items() {
		rules = append(rules, fmt.Sprintf("%s %s %s %s %s-%s", r.Get("ruleNo"), r.Get("action"), r.Get("protocol"), r.Get("cidrBlock"),
			r.Get("fromPort"), r.Get("toPort")))
	}
	assert.Equal(t, []string{
		`10 "deny" "6" "0.0.0.0/0" 22-22`, `11 "deny" "6" "0.0.0.0/0" 3389-3389`, `12 "deny" "6" "0.0.0.0/0" 5985-5985`,
		`1000 "allow" "-1" "0.0.0.0/0" 0-0`,
	}, rules)
	assert.Equal(t, inZones(t, graph, subnetType, "prod-eu-test-1", "private", "isolated"), textsOf(t, list.Get("subnetIds")),
		"transit subnets keep the default list, which is open: it would judge what leaves")
	assert.Len(t, list.Get("egress").Items(), 1)
	assert.True(t, list.Get("egress[0].action").Is("allow"))
}

func TestSegment_RecordsEveryFlowOfEveryVPC(t *testing.T) {
	graph := renderNetwork(t, networkChange{})
	logs := graph.OfType("aws:ec2/flowLog:FlowLog")
	require.Len(t, logs, len(graph.OfType(vpcResourceType)))
	for _, log := range logs {
		region := log.Name()[strings.LastIndex(log.Name(), "eu-test-"):]
		assert.Equal(t, "ALL", log.Inputs["trafficType"], log.URN)
		assert.Equal(t, "s3", log.Inputs["logDestinationType"], log.URN)
		assert.Equal(t, "arn:aws:s3:::logs-"+region, log.Inputs["logDestination"], log.URN)
		assert.EqualValues(t, 60, log.Inputs["maxAggregationInterval"], log.URN)
		for _, field := range []string{"${srcaddr}", "${dstaddr}", "${action}", "${flow-direction}", "${traffic-path}", "${reject-reason}"} {
			assert.Contains(t, log.Inputs["logFormat"], field, log.URN)
		}
	}
}

func TestSegment_LeavesTheDefaultSecurityGroupWithoutRules(t *testing.T) {
	graph := renderNetwork(t, networkChange{})
	groups := graph.OfType("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup")
	var of []string
	for _, g := range groups {
		of = append(of, text(t, g.Get("vpcId")))
		assert.NotContains(t, g.Inputs, "ingress", g.URN)
		assert.NotContains(t, g.Inputs, "egress", g.URN)
	}
	var vpcs []string
	for _, vpc := range graph.OfType(vpcResourceType) {
		vpcs = append(vpcs, vpc.ID)
	}
	assert.ElementsMatch(t, vpcs, of)
}

func TestSegment_SharesItsSubnetsWithItsUnits(t *testing.T) {
	graph := renderNetwork(t, networkChange{})
	for segment, units := range map[string][]string{
		"prod": {config.UnitGxPProd, config.UnitPolicyStaging}, "sensitive": {config.UnitSensitive}, "shared": {config.UnitInfrastructure},
	} {
		shared := pulumitest.Find(t, graph, resourceShareType, "segment-"+segment+"-eu-test-1")
		assert.Equal(t, false, shared.Inputs["allowExternalPrincipals"], shared.URN)
		var want, arns []string
		for _, unit := range units {
			want = append(want, unitARN(unit))
		}
		for _, id := range inZones(t, graph, subnetType, segment+"-eu-test-1", "private", "isolated") {
			arns = append(arns, "arn:aws:ec2:eu-test-1:555566667777:subnet/"+id)
		}
		assert.ElementsMatch(t, want, ofShare(t, graph, shared, "aws:ram/principalAssociation:PrincipalAssociation", "principal"))
		assert.ElementsMatch(t, arns, ofShare(t, graph, shared, "aws:ram/resourceAssociation:ResourceAssociation", "resourceArn"),
			"private and isolated subnets, and not those of the transit gateway")
	}
}

func TestNetwork_SharesNothingWhereSharingIsOff(t *testing.T) {
	graph := renderNetwork(t, networkChange{network: func(c *config.Network) { c.Sharing = false }})
	assert.Empty(t, graph.OfType(resourceShareType, "aws:ram/principalAssociation:PrincipalAssociation"))
}

// ofShare are the values of a property of what is associated with a share.
func ofShare(t *testing.T, g *qualification.Graph, share *qualification.Resource, typ, property string) []string {
	t.Helper()
	var found []string
	for _, r := range g.OfType(typ) {
		if r.Get("resourceShareArn").Is(share.ID) {
			found = append(found, text(t, r.Get(property)))
		}
	}
	return found
}

func TestSegment_ReachesS3AndDynamoDBWithoutLeavingAWS(t *testing.T) {
	graph := renderNetwork(t, networkChange{})
	for _, service := range []string{"dynamodb", "s3"} {
		e := pulumitest.Find(t, graph, endpointType, "segment-sensitive-eu-test-1-"+service)
		assert.Equal(t, "Gateway", e.Inputs["vpcEndpointType"])
		assert.Equal(t, "com.amazonaws.eu-test-1."+service, e.Inputs["serviceName"])
		assert.Equal(t, pulumitest.Find(t, graph, vpcResourceType, "sensitive-eu-test-1").ID, e.Inputs["vpcId"])
		assert.Equal(t, inZones(t, graph, vpcTableType, "sensitive-eu-test-1", "private", "isolated"), textsOf(t, e.Get("routeTableIds")))
		assert.Contains(t, e.Inputs["policy"], "o-exampleorgid")
	}
}

func TestSegment_ResolvesNamesAsItsRegionDecided(t *testing.T) {
	graph := renderNetwork(t, networkChange{})
	for typ, property := range map[string]string{
		"aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation":       "resourceId",
		"aws:route53/resolverFirewallConfig:ResolverFirewallConfig":                             "resourceId",
		"aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation": "vpcId",
	} {
		var of []string
		for _, r := range graph.OfType(typ) {
			of = append(of, called(t, graph, r.Get(property)))
		}
		assert.ElementsMatch(t, namesOf(graph, vpcResourceType, ""), of, "%s of every VPC, the perimeter's included", typ)
	}
	for _, r := range graph.OfType("aws:route53/resolverFirewallConfig:ResolverFirewallConfig") {
		assert.Equal(t, "DISABLED", r.Inputs["firewallFailOpen"], r.URN)
	}
	for _, r := range graph.OfType("aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation") {
		assert.Equal(t, "ENABLED", r.Inputs["mutationProtection"], r.URN)
		assert.EqualValues(t, 101, r.Inputs["priority"], r.URN)
	}
	zones := "aws:route53/zoneAssociation:ZoneAssociation"
	assert.Equal(t, []string{"segment-prod-eu-test-1-ecr.dkr", "segment-prod-eu-test-1-kms"}, namesOf(graph, zones, "segment-prod-eu-test-1-"))
	assert.Equal(t, []string{"segment-prod-eu-test-2-kms"}, namesOf(graph, zones, "segment-prod-eu-test-2-"))
	for _, r := range graph.OfType(zones) {
		vpc := called(t, graph, r.Get("vpcId"))
		assert.True(t, strings.HasPrefix(r.Name(), "segment-"+vpc+"-"), "%s is of %s", r.Name(), vpc)
		assert.True(t, strings.HasSuffix(vpc, text(t, r.Get("vpcRegion"))), r.URN)
	}
	var forwarded []string
	for _, r := range graph.OfType("aws:route53/resolverRuleAssociation:ResolverRuleAssociation") {
		forwarded = append(forwarded, called(t, graph, r.Get("vpcId")))
	}
	assert.ElementsMatch(t, []string{"prod-eu-test-1", "shared-eu-test-1"}, forwarded, "only those that reach the company ask its name servers")
}
