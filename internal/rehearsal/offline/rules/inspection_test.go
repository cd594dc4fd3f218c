package rules

import (
	"strings"
	"testing"
)

func TestInspection_Refuses(t *testing.T) {
	const text = "ruleGroup.rulesSource.rulesString"
	const invalid = text + " | InvalidRequestException: stateful rule is invalid, line "
	rules := func(lines ...string) func(*Resource) { return set(text, strings.Join(lines, "\n")) }
	policy := func(path string, value any) func(*Resource) { return set("firewallPolicy."+path, value) }
	groups := func(references ...any) func(*Resource) { return policy("statefulRuleGroupReferences", references) }
	logging := func(configs ...any) func(*Resource) {
		return set("loggingConfiguration.logDestinationConfigs", configs)
	}
	refuses(t, map[string]refusal{
		"a name with an underscore": {ruleGroupType, set("name", "gxp_rules"), nil,
			`name | InvalidRequestException: name is "gxp_rules"; it must be 1 to 128 letters, digits and hyphens`},
		"a rule that is none": {ruleGroupType, rules("let everything pass"), nil,
			invalid + "1: let everything pass is not: action protocol source port -> destination port (options)"},
		"an action that there is not": {ruleGroupType, rules(`block tcp any any -> any any (sid:1;)`), nil,
			invalid + "1: the action block is none of pass, drop, reject, alert"},
		"a rule without sid": {ruleGroupType, rules(`pass tcp any any -> any any (msg:"sid:1;";)`), nil, invalid + "1: the rule has no sid"},
		"a sid twice": {ruleGroupType, rules(`pass tcp any any -> any any (sid:1;)`, ``, `drop tcp any any -> any any (sid:1;)`), nil,
			invalid + "3: the sid 1 is that of line 1 too; make it unique"},
		"an open option": {ruleGroupType, rules(`pass tcp any any -> any any (sid:1)`), nil, invalid + "1: the last option lacks its semicolon"},
		"a keyword that AWS does not take": {ruleGroupType, rules(`pass tcp any any -> any any (iprep:any; sid:1;)`), nil,
			invalid + "1: the keyword iprep is not supported"},
		"a priority among rules in order": {ruleGroupType, rules(`pass tcp any any -> any any (sid:1; priority:1;)`), nil,
			invalid + "1: with STRICT_ORDER the order of the rules is their priority; leave the keyword out"},
		"a variable that nobody defines": {ruleGroupType, rules(`pass tcp $PARTNERS any -> @LIST any (sid:1;)`), nil,
			invalid + "1: the variable $PARTNERS is not defined; add it to ruleVariables\n" +
				invalid + "1: the set @LIST is not defined; add it to referenceSets"},
		"no rules": {ruleGroupType, rules("# none"), nil, text + " | InvalidRequestException: the group has no rule"},
		"more rules than room": {ruleGroupType, set("capacity", 1.0), nil,
			text + " | InsufficientCapacityException: the group has 2 rules and a capacity of 1; a larger capacity replaces the group"},
		"rules in two forms": {ruleGroupType, set("ruleGroup.rulesSource.rulesSourceList", object{"generatedRulesType": "ALLOWLIST", "targetTypes": []any{"TLS_SNI"}, "targets": []any{"a.example"}}), nil,
			"ruleGroup.rulesSource.rulesSourceList | InvalidRequestException: ruleGroup.rulesSource.rulesString and ruleGroup.rulesSource.rulesSourceList exclude each other; keep one"},
		"a stateless group of stateful rules": {ruleGroupType, set("type", "STATELESS"), nil,
			"type | InvalidRequestException: the type STATELESS and the rules disagree; statelessRulesAndCustomActions belong to STATELESS"},
		"a group that exists": {ruleGroupType, set("name", "domains"), nil,
			`name | InvalidRequestException: a resource with the name "domains" already exists; choose another`},

		"a policy without decision": {firewallPolicyType, policy("statelessDefaultActions", []any{"count"}), nil,
			"firewallPolicy.statelessDefaultActions | InvalidRequestException: firewallPolicy.statelessDefaultActions has 0 of aws:pass, aws:drop, aws:forward_to_sfe; it must have one"},
		"an action of AWS that there is not": {firewallPolicyType, policy("statelessDefaultActions", []any{"aws:drop", "aws:log"}), nil,
			"firewallPolicy.statelessDefaultActions | InvalidRequestException: aws:log is none of aws:pass, aws:drop, aws:forward_to_sfe"},
		"drops that exclude each other": {firewallPolicyType, policy("statefulDefaultActions", []any{"aws:drop_strict", "aws:drop_established"}), nil,
			"firewallPolicy.statefulDefaultActions | InvalidRequestException: aws:drop_strict and aws:drop_established exclude each other; keep one"},
		"defaults without order": {firewallPolicyType, both(policy("statefulEngineOptions", nil), groups()), nil,
			"firewallPolicy.statefulDefaultActions | InvalidRequestException: statefulDefaultActions need the rule order STRICT_ORDER"},
		"a group without place": {firewallPolicyType, groups(object{"resourceArn": ruleGroupARN}), nil,
			"firewallPolicy.statefulRuleGroupReferences[0] | InvalidRequestException: with STRICT_ORDER each rule group needs a priority"},
		"a place that is taken": {firewallPolicyType, groups(object{"resourceArn": ruleGroupARN, "priority": 1.0}, object{"resourceArn": ruleGroupARN + "2", "priority": 1.0}), nil,
			"firewallPolicy.statefulRuleGroupReferences[1] | InvalidRequestException: the priority 1 is taken; make it unique"},
		"a group that does not exist": {firewallPolicyType, groups(object{"resourceArn": ruleGroupARN + "2", "priority": 1.0}), nil,
			nowhere("firewallPolicy.statefulRuleGroupReferences[0].resourceArn", "ResourceNotFoundException", "rule group", ruleGroupARN+"2")},
		"a group of another order": {firewallPolicyType, nil, where(ruleGroupType, ruleGroupARN, set("ruleGroup.statefulRuleOptions", nil)),
			"firewallPolicy.statefulRuleGroupReferences[0].resourceArn | InvalidRequestException: the rule group " + ruleGroupARN + " and the policy have different rule orders; give both the same"},
		"a stateless group among stateful ones": {firewallPolicyType, nil, where(ruleGroupType, ruleGroupARN, set("type", "STATELESS")),
			"firewallPolicy.statefulRuleGroupReferences[0].resourceArn | InvalidRequestException: the rule group " + ruleGroupARN + " is stateless; refer to it in statelessRuleGroupReferences"},
		"more capacity than there is": {firewallPolicyType, nil, where(ruleGroupType, ruleGroupARN, set("capacity", 30001.0)),
			"firewallPolicy.statefulRuleGroupReferences | LimitExceededException: the rule groups have a capacity of 30001 together, the limit is 30000; make them smaller"},

		"a firewall without endpoints": {firewallType, set("subnetMappings", []any{}), nil,
			"subnetMappings | InvalidRequestException: subnetMappings is missing; a firewall has an endpoint in a subnet of each zone"},
		"two endpoints in a zone": {firewallType, set("subnetMappings", []any{object{"subnetId": hubSubnet}, object{"subnetId": hubSubnetA2}}), nil,
			"subnetMappings[1].subnetId | InvalidRequestException: subnet-0000000a and subnet-0000000c are both in eu-test-1a; name one subnet for each zone"},
		"a firewall without policy": {firewallType, set("firewallPolicyArn", policyARN+"2"), nil,
			nowhere("firewallPolicyArn", "ResourceNotFoundException", "firewall policy", policyARN+"2")},
		"a log twice": {firewallLoggingType, logging(
			object{"logType": "FLOW", "logDestinationType": "CloudWatchLogs", "logDestination": object{"logGroup": "/a"}},
			object{"logType": "FLOW", "logDestinationType": "CloudWatchLogs", "logDestination": object{"logGroup": "/b"}}), nil,
			`loggingConfiguration.logDestinationConfigs[1].logType | InvalidRequestException: loggingConfiguration.logDestinationConfigs[1].logType is "FLOW", which another element has too; make it unique`},
		"a log without bucket": {firewallLoggingType, logging(object{"logType": "TLS", "logDestinationType": "S3", "logDestination": object{"prefix": "a"}}), nil,
			"loggingConfiguration.logDestinationConfigs[0].logDestination | InvalidRequestException: a destination of S3 needs bucketName"},
		"a second logging": {firewallLoggingType, nil, has(firewallLoggingType),
			`firewallArn | InvalidRequestException: the firewall "` + firewallARN + `" has its logging from another resource, and each would overwrite the other; keep one`},
	})
}
