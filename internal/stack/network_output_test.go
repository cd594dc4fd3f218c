package stack

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

func resourcesOf(g *qualification.Graph, typ string) []*qualification.Resource {
	var found []*qualification.Resource
	for _, r := range g.Resources {
		if r.Type == typ {
			found = append(found, r)
		}
	}
	return found
}

// Name servers that are in a segment answer for every segment of their region, and
// need no connection to the company; a router may have a long number.
func TestNetwork_ForwardsToServersInItself(t *testing.T) {
	const ruleType, joinType = "aws:route53/resolverRule:ResolverRule", "aws:route53/resolverRuleAssociation:ResolverRuleAssociation"
	c := load(t, "prod")
	n := &c.LandingZone.Network
	n.DNS.Forward = append(n.DNS.Forward,
		config.ForwardedDomain{Domain: "a-b.example.com", Servers: []string{"10.69.64.10"}},
		config.ForwardedDomain{Domain: "a.b.example.com", Servers: []string{"10.69.64.10", "172.20.0.53"}},
	)
	n.OnPremises.VPNs[0].ASN = 4_200_000_000
	graph := renderStack(t, c)

	rules := map[string]int{}
	for _, r := range resourcesOf(graph, ruleType) {
		rules[r.Inputs["domainName"].(string)+" in "+r.Inputs["name"].(string)]++
	}
	assert.Equal(t, map[string]int{
		"corp.example.com in gxp-corp-example-com": 1,
		"a-b.example.com in gxp-a--b-example-com":  1,
		"a.b.example.com in gxp-a-b-example-com":   2,
	}, rules)
	joined := map[string]int{}
	for _, r := range resourcesOf(graph, joinType) {
		joined[r.Inputs["name"].(string)]++
	}
	assert.Equal(t, map[string]int{
		"gxp-corp-example-com": 2, // gxp-prod and shared, where the company is joined
		"gxp-a--b-example-com": 5, // every segment of the other region
		"gxp-a-b-example-com":  7,
	}, joined)

	routers := resourcesOf(graph, "aws:ec2/customerGateway:CustomerGateway")
	assert.Len(t, routers, 1)
	assert.Equal(t, "4200000000", routers[0].Inputs["bgpAsnExtended"])
	assert.NotContains(t, routers[0].Inputs, "bgpAsn")
}
