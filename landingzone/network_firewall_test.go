package landingzone

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/pulumitest"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

const (
	ruleGroupType      = "aws:networkfirewall/ruleGroup:RuleGroup"
	firewallPolicyType = "aws:networkfirewall/firewallPolicy:FirewallPolicy"
)

// inspectingAll inspects in the second region too.
func inspectingAll(c *config.Network) { c.Regions[1].Inspection, c.Regions[1].NATGateways = true, 2 }

func TestFirewall_DropsWhatNoRuleLetsThrough(t *testing.T) {
	graph := renderNetwork(t, networkChange{})
	policy := pulumitest.Find(t, graph, firewallPolicyType, "hub-eu-test-1")
	assert.Equal(t, []string{"aws:alert_established_app_layer_to_server", "aws:drop_established_app_layer_to_server"}, textsOf(t, policy.Get("firewallPolicy.statefulDefaultActions")))
	assert.Equal(t, []string{"aws:forward_to_sfe"}, textsOf(t, policy.Get("firewallPolicy.statelessDefaultActions")))
	assert.Equal(t, []string{"aws:forward_to_sfe"}, textsOf(t, policy.Get("firewallPolicy.statelessFragmentDefaultActions")))
	assert.Equal(t, "STRICT_ORDER", text(t, policy.Get("firewallPolicy.statefulEngineOptions.ruleOrder")))
	assert.Equal(t, "DROP", text(t, policy.Get("firewallPolicy.statefulEngineOptions.streamExceptionPolicy")))
	var order []string
	for i, r := range policy.Get("firewallPolicy.statefulRuleGroupReferences").Items() {
		assert.True(t, r.Get("priority").Is((i+1)*100), "%s", r.Get("priority"))
		order = append(order, strings.TrimPrefix(called(t, graph, r.Get("resourceArn")), "hub-eu-test-1-"))
	}
	assert.Equal(t, []string{"company", "segments", "domains", "floor"}, order, "the company's decisions come first")
}

func TestFirewall_IsInEveryZoneAndCannotBeTakenAway(t *testing.T) {
	graph := renderNetwork(t, networkChange{})
	wall := pulumitest.Find(t, graph, "aws:networkfirewall/firewall:Firewall", "hub-eu-test-1")
	assert.True(t, wall.Protect)
	assert.Equal(t, true, wall.Inputs["deleteProtection"])
	assert.Equal(t, true, wall.Inputs["subnetChangeProtection"])
	assert.Equal(t, "perimeter-eu-test-1", called(t, graph, wall.Get("vpcId")))
	var subnets []string
	for _, m := range wall.Get("subnetMappings").Items() {
		subnets = append(subnets, text(t, m.Get("subnetId")))
	}
	assert.ElementsMatch(t, inZones(t, graph, subnetType, "perimeter-eu-test-1", "firewall"), subnets)
	assert.Equal(t, pulumitest.Find(t, graph, firewallPolicyType, "hub-eu-test-1").Outputs["arn"], wall.Inputs["firewallPolicyArn"])
}

func TestFirewall_RecordsConnectionsAndAlertsInTheLogArchive(t *testing.T) {
	graph := renderNetwork(t, networkChange{})
	logs := pulumitest.Find(t, graph, "aws:networkfirewall/loggingConfiguration:LoggingConfiguration", "hub-eu-test-1")
	assert.Equal(t, "hub-eu-test-1", called(t, graph, logs.Get("firewallArn")))
	var got []string
	for _, d := range logs.Get("loggingConfiguration.logDestinationConfigs").Items() {
		got = append(got, strings.Join([]string{text(t, d.Get("logType")), text(t, d.Get("logDestinationType")), text(t, d.Get("logDestination.bucketName"))}, " "))
	}
	assert.ElementsMatch(t, []string{"ALERT S3 logs-eu-test-1", "FLOW S3 logs-eu-test-1"}, got)
}

// rulesOf are the rules of a group, without the part behind the addresses.
func rulesOf(t *testing.T, g *qualification.Graph, group string) []string {
	t.Helper()
	r := pulumitest.Find(t, g, ruleGroupType, group)
	assert.Equal(t, "STRICT_ORDER", text(t, r.Get("ruleGroup.statefulRuleOptions.ruleOrder")), group)
	assert.Equal(t, "HOME_NET", text(t, r.Get("ruleGroup.ruleVariables.ipSets[0].key")), group)
	assert.Equal(t, []string{"10.64.0.0/12"}, textsOf(t, r.Get("ruleGroup.ruleVariables.ipSets[0].ipSet.definitions")),
		"%s: AWS would take the perimeter for the home network", group)
	var rules []string
	for line := range strings.Lines(text(t, r.Get("ruleGroup.rulesSource.rulesString"))) {
		head, _, _ := strings.Cut(line, " (")
		rules = append(rules, head)
	}
	return rules
}

func TestFirewall_LeavesOutCompanyRulesAboutSegmentsOfOtherRegions(t *testing.T) {
	graph := renderNetwork(t, networkChange{network: inspectingAll})
	assert.Equal(t, []string{
		"pass tcp [10.64.0.0/17,10.66.0.0/17] any -> 203.0.113.40/32 22", "alert udp 10.65.0.0/18 any -> any 53",
	}, rulesOf(t, graph, "hub-eu-test-1-company"))
	assert.Equal(t, []string{"pass tcp 10.68.0.0/17 any -> 203.0.113.40/32 22"}, rulesOf(t, graph, "hub-eu-test-2-company"),
		"sensitive is in the first region alone")

	alone := renderNetwork(t, networkChange{network: func(c *config.Network) {
		inspectingAll(c)
		c.FirewallRules = []string{"alert udp sensitive -> any 53"}
	}})
	assert.Equal(t, []string{"hub-eu-test-2-domains", "hub-eu-test-2-floor", "hub-eu-test-2-segments"},
		namesOf(alone, ruleGroupType, "hub-eu-test-2-"), "AWS takes no group without rules")
}

func TestFirewall_KnowsTheCompanysOwnNetwork(t *testing.T) {
	graph := renderNetwork(t, networkChange{network: func(c *config.Network) {
		c.OnPremises.Ranges = append(c.OnPremises.Ranges, "192.168.0.0/16")
		c.FirewallRules = []string{"drop tcp on-premises -> shared 23"}
	}})
	assert.Equal(t, []string{"drop tcp [172.20.0.0/14,192.168.0.0/16] any -> 10.65.64.0/18 23"}, rulesOf(t, graph, "hub-eu-test-1-company"))
}

func TestFirewall_RefusesARuleThatItCannotRead(t *testing.T) {
	err := networkProblem(t, networkChange{network: func(c *config.Network) { c.FirewallRules = []string{"let everything through"} }})
	assert.ErrorContains(t, err, `firewall rule "let everything through": word 1`)
}

func TestFirewall_LetsPeersTalkAndNobodyElse(t *testing.T) {
	graph := renderNetwork(t, networkChange{network: inspectingAll})
	prod, shared := "[10.64.0.0/17,10.66.0.0/17]", "10.65.64.0/18"
	sensitive, office, company := "10.65.0.0/18", "10.65.128.0/17", "172.20.0.0/14"
	var want []string
	for _, pair := range [][2]string{
		{prod, shared}, {prod, company}, {company, prod}, {sensitive, shared}, {office, shared},
		{shared, office}, {shared, prod}, {shared, sensitive}, {shared, company}, {company, shared},
	} {
		want = append(want, "pass ip "+pair[0]+" any -> "+pair[1]+" any")
	}
	assert.ElementsMatch(t, want, rulesOf(t, graph, "hub-eu-test-1-segments"))
	assert.ElementsMatch(t, []string{
		"pass ip 10.68.0.0/17 any -> 10.69.64.0/18 any", "pass ip 10.69.64.0/18 any -> 10.68.0.0/17 any",
		"pass ip 10.69.128.0/17 any -> 10.69.64.0/18 any", "pass ip 10.69.64.0/18 any -> 10.69.128.0/17 any",
	}, rulesOf(t, graph, "hub-eu-test-2-segments"), "the company's network is not joined to that region")
}

func TestFirewall_LetsAllowedNamesBeReachedByThoseThatMayReachTheInternet(t *testing.T) {
	graph := renderNetwork(t, networkChange{})
	group := pulumitest.Find(t, graph, ruleGroupType, "hub-eu-test-1-domains")
	assert.Equal(t, []string{
		"pass tls $INTERNET_USERS any -> !$HOME_NET 443", "pass http $INTERNET_USERS any -> !$HOME_NET 80",
		"pass tls $INTERNET_USERS any -> !$HOME_NET 443", "pass http $INTERNET_USERS any -> !$HOME_NET 80",
	}, rulesOf(t, graph, "hub-eu-test-1-domains"))
	assert.Equal(t, "INTERNET_USERS", text(t, group.Get("ruleGroup.ruleVariables.ipSets[1].key")))
	assert.Equal(t, []string{"10.64.0.0/17", "10.65.128.0/17", "10.66.0.0/17"},
		textsOf(t, group.Get("ruleGroup.ruleVariables.ipSets[1].ipSet.definitions")), "prod with its dedicated VPCs, and office")
	rules := strings.Split(text(t, group.Get("ruleGroup.rulesSource.rulesString")), "\n")
	assert.Contains(t, rules[0], `tls.sni; dotprefix; content:".amazonaws.com"; endswith;`, "all names below")
	assert.Contains(t, rules[1], `http.host; dotprefix; content:".amazonaws.com"; endswith;`)
	assert.Contains(t, rules[2], `tls.sni; content:"updates.example.com"; startswith; endswith;`, "that name and no other")

	nobody := renderNetwork(t, networkChange{network: func(c *config.Network) {
		for i := range c.Segments {
			c.Segments[i].Internet = false
		}
	}})
	assert.Empty(t, namesOf(nobody, ruleGroupType, "hub-eu-test-1-domains"), "a variable without an address would match everything")
}

func TestFirewall_DropsWhatHasNoConnection(t *testing.T) {
	graph := renderNetwork(t, networkChange{})
	assert.Equal(t, []string{"drop udp any any -> any any", "drop icmp any any -> any any"}, rulesOf(t, graph, "hub-eu-test-1-floor"))
}

func TestFirewall_NamesEveryRuleOnce(t *testing.T) {
	graph := renderNetwork(t, networkChange{})
	seen := map[string]bool{}
	for _, group := range graph.OfType(ruleGroupType) {
		rules := 0
		for line := range strings.Lines(text(t, group.Get("ruleGroup.rulesSource.rulesString"))) {
			_, id, found := strings.Cut(line, "sid:")
			require.True(t, found, line)
			id, _, _ = strings.Cut(id, ";")
			assert.False(t, seen[id], "%s is the id of two rules", id)
			seen[id] = true
			rules++
		}
		capacity, _ := group.Get("capacity").Number()
		assert.LessOrEqual(t, float64(rules), capacity, group.URN)
	}
	assert.Len(t, seen, 2+10+4+2)
}
