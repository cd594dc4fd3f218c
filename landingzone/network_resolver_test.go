package landingzone

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/pulumitest"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

const (
	nameRuleType         = "aws:route53/resolverFirewallRule:ResolverFirewallRule"
	nameListType         = "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList"
	resolverEndpointType = "aws:route53/resolverEndpoint:ResolverEndpoint"
)

func TestResolver_RecordsQueriesInTheLogArchive(t *testing.T) {
	graph := renderNetwork(t, networkChange{})
	for _, region := range []string{inspecting, filtering} {
		log := pulumitest.Find(t, graph, "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig", "hub-"+region)
		assert.Equal(t, "arn:aws:s3:::logs-"+region, log.Inputs["destinationArn"])
	}
	off := renderNetwork(t, networkChange{network: func(c *config.Network) { c.DNS.QueryLogging = false }})
	assert.Empty(t, off.OfType("aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig",
		"aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation"))
}

// nameRules are the rules about names of a region in their order: what is done,
// and with which list.
func nameRules(t *testing.T, g *qualification.Graph, hub string) []string {
	t.Helper()
	lists := map[string]string{}
	for _, r := range g.OfType(nameListType) {
		lists[r.ID] = strings.TrimPrefix(r.Name(), hub+"-")
	}
	group := pulumitest.Find(t, g, "aws:route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup", hub)
	var rules []string
	for _, r := range g.OfType(nameRuleType) {
		if !r.Get("firewallRuleGroupId").Is(group.ID) {
			continue
		}
		list := text(t, r.Get("firewallDomainListId"))
		if named := lists[list]; named != "" {
			list = named
		}
		answer, _ := r.Get("blockResponse").Text()
		rules = append(rules, strings.TrimSpace(fmt.Sprintf("%s %s %s %s", r.Get("priority"), text(t, r.Get("action")), list, answer)))
	}
	slices.Sort(rules)
	return rules
}

func TestResolver_BlocksBadNamesAndWithoutInspectionAllThatAreNotAllowed(t *testing.T) {
	graph := renderNetwork(t, networkChange{})
	assert.Equal(t, []string{"100 BLOCK rslvr-fdl-0123456789abcdef NXDOMAIN", "200 BLOCK blocked NXDOMAIN"},
		nameRules(t, graph, "hub-eu-test-1"), "the firewall sees which names are reached")
	assert.Equal(t, []string{"200 BLOCK blocked NXDOMAIN", "300 ALLOW allowed", "400 BLOCK rest NXDOMAIN"},
		nameRules(t, graph, "hub-eu-test-2"), "nothing else does")
	for list, want := range map[string][]string{
		"hub-eu-test-1-blocked": {"*.example.net"},
		"hub-eu-test-2-rest":    {"*"},
		"hub-eu-test-2-allowed": {"*.amazonaws.com", "*.corp.example.com", "*.in-addr.arpa", "*.internal", "amazonaws.com",
			"corp.example.com", "updates.example.com"},
	} {
		assert.Equal(t, want, textsOf(t, pulumitest.Find(t, graph, nameListType, list).Get("domains")), list)
	}

	bare := renderNetwork(t, networkChange{network: func(c *config.Network) { c.DNS.BlockedDomains = nil }})
	assert.Equal(t, []string{"100 BLOCK rslvr-fdl-0123456789abcdef NXDOMAIN"}, nameRules(t, bare, "hub-eu-test-1"), "AWS takes no empty list")

	off := renderNetwork(t, networkChange{network: func(c *config.Network) { c.DNS.Firewall = false }})
	assert.Empty(t, off.OfType(nameRuleType, nameListType, "aws:route53/resolverFirewallConfig:ResolverFirewallConfig",
		"aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation"))
}

func TestResolver_AsksTheCompanysNameServersAndAnswersThem(t *testing.T) {
	graph := renderNetwork(t, networkChange{})
	assert.Equal(t, []string{"hub-eu-test-1-inbound", "hub-eu-test-1-outbound"}, namesOf(graph, resolverEndpointType, ""),
		"the company's network is joined to one region")
	for direction, want := range map[string][]string{
		"inbound": {"tcp 172.20.0.0/14", "udp 172.20.0.0/14"},
		"outbound": {
			"tcp 172.20.0.53/32", "tcp 172.21.0.53/32", "udp 172.20.0.53/32", "udp 172.21.0.53/32",
		},
	} {
		name := "hub-eu-test-1-" + direction
		e := pulumitest.Find(t, graph, resolverEndpointType, name)
		assert.Equal(t, strings.ToUpper(direction), e.Inputs["direction"])
		var subnets []string
		for _, at := range e.Get("ipAddresses").Items() {
			subnets = append(subnets, text(t, at.Get("subnetId")))
		}
		assert.ElementsMatch(t, inZones(t, graph, subnetType, "perimeter-eu-test-1", "endpoints"), subnets, direction)
		group := pulumitest.Find(t, graph, "aws:ec2/securityGroup:SecurityGroup", name)
		assert.Equal(t, []string{group.ID}, textsOf(t, e.Get("securityGroupIds")))
		var rules []string
		for _, r := range graph.OfType(groupRuleType, "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule") {
			if r.Get("securityGroupId").Is(group.ID) {
				assert.True(t, r.Get("fromPort").Is(53) && r.Get("toPort").Is(53), r.URN)
				assert.Equal(t, direction == "outbound", strings.Contains(r.Type, "Egress"), r.URN)
				rules = append(rules, text(t, r.Get("ipProtocol"))+" "+text(t, r.Get("cidrIpv4")))
			}
		}
		slices.Sort(rules)
		assert.Equal(t, want, rules, direction)
	}
	rule := pulumitest.Find(t, graph, "aws:route53/resolverRule:ResolverRule", "hub-eu-test-1-corp-example-com")
	assert.Equal(t, "FORWARD", rule.Inputs["ruleType"])
	assert.Equal(t, "corp.example.com", rule.Inputs["domainName"])
	assert.Equal(t, "hub-eu-test-1-outbound", called(t, graph, rule.Get("resolverEndpointId")))
	assert.Equal(t, `[{"ip":"172.20.0.53","port":53},{"ip":"172.21.0.53","port":53}]`, rule.Get("targetIps").String())

	silent := renderNetwork(t, networkChange{network: func(c *config.Network) { c.DNS.Inbound, c.DNS.Forward = nil, nil }})
	assert.Empty(t, silent.OfType(resolverEndpointType, "aws:route53/resolverRule:ResolverRule",
		"aws:route53/resolverRuleAssociation:ResolverRuleAssociation"))
}
