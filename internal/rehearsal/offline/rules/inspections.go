package rules

import (
	"fmt"
	"slices"
	"strings"
)

const (
	ruleGroupType       = "aws:networkfirewall/ruleGroup:RuleGroup"
	firewallPolicyType  = "aws:networkfirewall/firewallPolicy:FirewallPolicy"
	firewallType        = "aws:networkfirewall/firewall:Firewall"
	firewallLoggingType = "aws:networkfirewall/loggingConfiguration:LoggingConfiguration"

	firewallName      = `[a-zA-Z0-9-]{1,128}`
	firewallNameWords = "1 to 128 letters, digits and hyphens"
	strictOrder       = "STRICT_ORDER"

	// policyCapacity is the capacity of all stateful groups of a policy.
	policyCapacity = 30000
)

var (
	ruleGroups = target{
		typ: ruleGroupType, word: "rule group", code: "ResourceNotFoundException", reach: inRegion,
		given: func(ref string) bool { return strings.Contains(ref, ":aws-managed:") },
	}
	firewallPolicies = target{typ: firewallPolicyType, word: "firewall policy", code: "ResourceNotFoundException", reach: inRegion}
	firewalls        = target{typ: firewallType, word: "firewall", code: "ResourceNotFoundException", reach: inRegion}
)

var inspectionRows = map[string]row{
	ruleGroupType: {
		static: []check{
			pattern("name", firewallName, firewallNameWords), oneOf("type", "STATEFUL", "STATELESS"), between("capacity", 1, policyCapacity),
			exactlyOne("rules", "ruleGroup"), length("description", 0, 512),
			oneOf("ruleGroup.statefulRuleOptions.ruleOrder", strictOrder, "DEFAULT_ACTION_ORDER"),
			oneOf("ruleGroup.rulesSource.rulesSourceList.generatedRulesType", "ALLOWLIST", "DENYLIST", "ALERTLIST", "REJECTLIST"),
			oneOf("ruleGroup.rulesSource.rulesSourceList.targetTypes[]", "TLS_SNI", "HTTP_HOST"),
			unique("ruleGroup.rulesSource.rulesSourceList.targets[]"),
			pattern("ruleGroup.rulesSource.rulesSourceList.targets[]", `\.?([A-Za-z0-9_-]{1,63}\.)*[A-Za-z0-9_-]{1,63}`,
				"a domain, with a leading dot for all names below it"),
			oneOf("ruleGroup.rulesSource.statefulRules[].action", "PASS", "DROP", "ALERT", "REJECT"),
			pattern("ruleGroup.ruleVariables.ipSets[].key", `[A-Za-z][A-Za-z0-9_]{0,31}`, "a letter, then letters, digits and _"),
			ipv4Block("ruleGroup.ruleVariables.ipSets[].ipSet.definitions[]", 0, 32), rulesSource, suricataRules,
		},
		against: []check{firewallNameFree},
	},
	firewallPolicyType: {
		static: []check{
			pattern("name", firewallName, firewallNameWords), length("description", 0, 512),
			statelessActions("statelessDefaultActions"), statelessActions("statelessFragmentDefaultActions"),
			oneOf("firewallPolicy.statefulEngineOptions.ruleOrder", strictOrder, "DEFAULT_ACTION_ORDER"),
			oneOf("firewallPolicy.statefulEngineOptions.streamExceptionPolicy", "DROP", "CONTINUE", "REJECT"),
			oneOf("firewallPolicy.statefulDefaultActions[]", "aws:drop_strict", "aws:drop_established", "aws:drop_established_app_layer",
				"aws:drop_established_app_layer_to_server", "aws:alert_established_app_layer_to_server", "aws:alert_strict", "aws:alert_established", "aws:alert_established_app_layer"),
			unique("firewallPolicy.statefulRuleGroupReferences[].resourceArn"), statefulDefaults, priorities,
		},
		against: []check{
			refers("firewallPolicy.statefulRuleGroupReferences[].resourceArn", ruleGroups),
			refers("firewallPolicy.statelessRuleGroupReferences[].resourceArn", ruleGroups), sameOrder, capacityLeft, firewallNameFree,
		},
	},
	firewallType: {
		static: []check{
			pattern("name", firewallName, firewallNameWords), needs("subnetMappings", "a firewall has an endpoint in a subnet of each zone"),
			unique("subnetMappings[].subnetId"), oneOf("subnetMappings[].ipAddressType", "IPV4", "IPV6", "DUALSTACK"),
		},
		against: []check{
			refers("vpcId", vpcs), refers("firewallPolicyArn", firewallPolicies),
			oneSubnetPerZone("subnetMappings[].subnetId", "vpcId", "InvalidRequestException"), firewallNameFree,
		},
	},
	firewallLoggingType: {
		static: []check{
			count("loggingConfiguration.logDestinationConfigs", 1, 3),
			oneOf("loggingConfiguration.logDestinationConfigs[].logType", "FLOW", "ALERT", "TLS"),
			oneOf("loggingConfiguration.logDestinationConfigs[].logDestinationType", "S3", "CloudWatchLogs", "KinesisDataFirehose"),
			unique("loggingConfiguration.logDestinationConfigs[].logType"), logDestinations,
		},
		against: []check{
			refers("firewallArn", firewalls), firewallLogBuckets,
			free(everywhere, "InvalidRequestException", "the firewall %q has its logging from another resource, and each would "+
				"overwrite the other; keep one", "firewallArn"),
		},
	},
}

var firewallNameFree = free(inRegion, "InvalidRequestException", "a resource with the name %q already exists; choose another", "name")

func rulesSource(s *scope) {
	if s.presence("ruleGroup") != present {
		return
	}
	const path = "ruleGroup.rulesSource."
	exactlyOne(path+"rulesString", path+"rulesSourceList", path+"statefulRules", path+"statelessRulesAndCustomActions")(s)
	const stateless = path + "statelessRulesAndCustomActions"
	if kind := s.text("type"); kind != "" && s.presence("ruleGroup.rulesSource") == present &&
		s.presence(stateless) != unknown && (s.presence(stateless) == present) != (kind == "STATELESS") {
		s.reject("type", "the type %s and the rules disagree; statelessRulesAndCustomActions belong to STATELESS", kind)
	}
}

// statelessActions: one action decides, and actions of one's own may come with
// it.
func statelessActions(name string) check {
	path := "firewallPolicy." + name
	return func(s *scope) {
		needs(path, "say what happens with packets that no stateless rule matches")(s)
		for at, list := range typed[[]any](s.Inputs, path) {
			if !settled(list) {
				continue
			}
			deciding := 0
			for _, action := range list {
				switch text := fmt.Sprint(action); {
				case slices.Contains([]string{"aws:pass", "aws:drop", "aws:forward_to_sfe"}, text):
					deciding++
				case strings.HasPrefix(text, "aws:"):
					s.reject(at, "%s is none of aws:pass, aws:drop, aws:forward_to_sfe", shorten(text))
				}
			}
			if deciding != 1 {
				s.reject(at, "%s has %d of aws:pass, aws:drop, aws:forward_to_sfe; it must have one", at, deciding)
			}
		}
	}
}

func strictPolicy(r Resource) bool {
	return r.text("firewallPolicy.statefulEngineOptions.ruleOrder") == strictOrder
}

func strictGroup(r Resource) bool {
	return r.text("ruleGroup.statefulRuleOptions.ruleOrder") == strictOrder
}

// statefulDefaults: only where rules come in order is there something after the
// last one.
func statefulDefaults(s *scope) {
	const path = "firewallPolicy.statefulDefaultActions"
	if s.presence(path) == present && !strictPolicy(s.Resource) && s.presence("firewallPolicy.statefulEngineOptions.ruleOrder") != unknown &&
		s.presence("firewallPolicy.statefulEngineOptions") != unknown {
		s.reject(path, "statefulDefaultActions need the rule order %s", strictOrder)
	}
	var drops []string
	for _, action := range s.texts(path + "[]") {
		if strings.HasPrefix(action, "aws:drop_") {
			drops = append(drops, action)
		}
	}
	if len(drops) > 1 {
		s.reject(path, "%s exclude each other; keep one", strings.Join(drops, " and "))
	}
}

// priorities: with STRICT_ORDER each group has a place of its own, otherwise
// none has.
func priorities(s *scope) {
	order := s.presence("firewallPolicy.statefulEngineOptions.ruleOrder")
	if order == unknown || s.presence("firewallPolicy.statefulEngineOptions") == unknown {
		return
	}
	strict := strictPolicy(s.Resource)
	taken := map[float64]bool{}
	for at, reference := range s.objects("firewallPolicy.statefulRuleGroupReferences[]") {
		n, ok := reference.number("priority")
		switch {
		case strict && reference.presence("priority") == absent:
			s.reject(at, "with %s each rule group needs a priority", strictOrder)
		case !strict && ok:
			s.reject(at, "a priority needs the rule order %s", strictOrder)
		case ok && (n < 1 || n > 65535):
			s.reject(at, "the priority is %v; it must be 1 to 65535", n)
		case ok && taken[n]:
			s.reject(at, "the priority %v is taken; make it unique", n)
		}
		taken[n] = taken[n] || ok
	}
}

// sameOrder: a policy takes stateful groups that were written for its own order.
func sameOrder(s *scope) {
	for at, arn := range s.texts("firewallPolicy.statefulRuleGroupReferences[].resourceArn") {
		group, ok := s.find(arn, ruleGroups)
		switch {
		case !ok:
		case group.text("type") == "STATELESS":
			s.reject(at, "the rule group %s is stateless; refer to it in statelessRuleGroupReferences", arn)
		case strictGroup(group) != strictPolicy(s.Resource):
			s.reject(at, "the rule group %s and the policy have different rule orders; give both the same", arn)
		}
	}
}

func capacityLeft(s *scope) {
	total := 0.0
	for _, arn := range s.texts("firewallPolicy.statefulRuleGroupReferences[].resourceArn") {
		if group, ok := s.find(arn, ruleGroups); ok {
			n, _ := group.number("capacity")
			total += n
		}
	}
	if total > policyCapacity {
		s.fail("firewallPolicy.statefulRuleGroupReferences", "LimitExceededException", "the rule groups have a capacity of %v together, "+
			"the limit is %d; make them smaller", total, policyCapacity)
	}
}

// logDestinations: each kind of destination is named in its own way.
func logDestinations(s *scope) {
	keys := map[string]string{"S3": "bucketName", "CloudWatchLogs": "logGroup", "KinesisDataFirehose": "deliveryStream"}
	for at, config := range s.objects("loggingConfiguration.logDestinationConfigs[]") {
		key, known := keys[config.text("logDestinationType")]
		if known && config.presence("logDestination") != unknown && config.presence("logDestination."+key) == absent {
			s.fail(at+".logDestination", "InvalidRequestException", "a destination of %s needs %s", config.text("logDestinationType"), key)
		}
	}
}

func firewallLogBuckets(s *scope) {
	asked := map[string]bool{}
	for at, config := range s.objects("loggingConfiguration.logDestinationConfigs[]") {
		bucket, prefix := config.text("logDestination.bucketName"), config.text("logDestination.prefix")
		if bucket != "" && !asked[bucket+"/"+prefix] {
			asked[bucket+"/"+prefix] = true
			s.canDeliver(at, bucket, prefix, "InvalidRequestException")
		}
	}
}
