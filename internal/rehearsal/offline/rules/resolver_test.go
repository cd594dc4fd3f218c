package rules

import (
	"fmt"
	"testing"
)

func TestZones_Refuse(t *testing.T) {
	alias := func(more ...func(*Resource)) func(*Resource) {
		return func(r *Resource) {
			r.Inputs = object{
				"zoneId": privateZone, "name": "ec2.eu-test-1.amazonaws.com", "type": "A",
				"aliases": []any{object{"name": "vpce-1.ec2.eu-test-1.vpce.amazonaws.com", "zoneId": "Z1", "evaluateTargetHealth": false}},
			}
			for _, change := range more {
				change(r)
			}
		}
	}
	refuses(t, map[string]refusal{
		"an alias":                  {dnsRecordType, alias(), nil, ""},
		"an alias with a lifetime":  {dnsRecordType, alias(set("ttl", 60.0)), nil, "records | InvalidInput: ttl needs records; set both or neither"},
		"an alias of a name server": {dnsRecordType, alias(set("type", "NS")), nil, "type | InvalidInput: an alias cannot be of type NS"},
		"an alias into no zone": {dnsRecordType, alias(set("aliases", []any{object{"name": "a.example", "zoneId": "here", "evaluateTargetHealth": false}})), nil,
			`aliases[0].zoneId | InvalidInput: aliases[0].zoneId is "here"; it must be the id of a hosted zone`},
		"a record of another zone": {dnsRecordType, alias(set("name", "kms.eu-test-1.amazonaws.com")), nil,
			"name | InvalidChangeBatch: RRSet with DNS name kms.eu-test-1.amazonaws.com is not permitted in zone ec2.eu-test-1.amazonaws.com"},
		"a zone with spaces": {zoneType, set("name", "kms eu"), nil, `name | InvalidInput: name is "kms eu"; it must be a domain in lower case`},
		"a zone of no VPC":   {zoneType, set("vpcs", []any{object{"vpcId": "vpc-9"}}), nil, nowhere("vpcs[0].vpcId", "InvalidVPCId", "VPC", "vpc-9")},
		"two zones of a name": {zoneType, set("name", "ec2.eu-test-1.amazonaws.com"), nil,
			" | ConflictingDomainExists: the VPC vpc-0000000a has another zone of the name ec2.eu-test-1.amazonaws.com; keep one"},
		"a public zone for a VPC": {zoneAssociationType, set("zoneId", publicZone), nil,
			"zoneId | PublicZoneVPCAssociation: the zone example.com is public; give it a VPC when it is made"},
		"a zone for its own VPC": {zoneAssociationType, set("vpcId", hubVPC), nil,
			"vpcId | ConflictingDomainExists: the VPC vpc-0000000a is among the zone's own vpcs; leave the association out"},
		"an association twice": {zoneAssociationType, nil, has(zoneAssociationType),
			`vpcId | ConflictingDomainExists: the VPC "vpc-0000000b" is associated with the zone already; keep one association`},
		"an association of no zone": {zoneAssociationType, set("zoneId", "Z9"), nil, nowhere("zoneId", "NoSuchHostedZone", "hosted zone", "Z9")},
	})
}

func TestResolver_Refuses(t *testing.T) {
	groups := func(m memory) memory {
		for n := range ruleGroupsQuota {
			group := fmt.Sprint("rslvr-frg-", n)
			m = has(nameRuleGroupType, set("id", group))(m)
			m = has(nameRuleUseType, set("firewallRuleGroupId", group), set("priority", 200.0+float64(n)))(m)
		}
		return m
	}
	refuses(t, map[string]refusal{
		"a destination by name": {queryLogType, set("destinationArn", "network-logs"), nil,
			`destinationArn | ValidationException: destinationArn is "network-logs"; it must be the ARN of a bucket, a log group or a delivery stream`},
		"a name of digits": {queryLogType, set("name", "2026"), nil,
			`name | ValidationException: name is "2026"; it must be letters, digits, spaces, hyphens and underscores, and not digits alone`},
		"a VPC that logs its queries twice": {queryLogUseType, nil, has(queryLogUseType),
			`resourceId | ResourceExistsException: the VPC "vpc-0000000a" has this query log configuration already; keep one association`},
		"a VPC set twice": {nameFirewallType, nil, has(nameFirewallType),
			`resourceId | ResourceExistsException: the VPC "vpc-0000000a" has its DNS Firewall setting from another resource, and each would overwrite the other; keep one`},
		"an open firewall by another word": {nameFirewallType, set("firewallFailOpen", "true"), nil,
			"firewallFailOpen | ValidationException: firewallFailOpen is true; it must be one of ENABLED, DISABLED, USE_LOCAL_RESOURCE_SETTING"},
		"a domain with a leading dot": {domainListType, set("domains", []any{".example.com"}), nil,
			`domains[0] | ValidationException: domains[0] is ".example.com"; it must be a domain, with *. in front for all names below it`},
		"a block without answer": {nameRuleType, set("blockResponse", nil), nil,
			"blockResponse | ValidationException: a rule that blocks needs blockResponse; set NODATA, NXDOMAIN or OVERRIDE"},
		"an answer without block": {nameRuleType, set("action", "ALERT"), nil,
			"blockResponse | ValidationException: blockResponse belongs to the action BLOCK; leave it out"},
		"an override without target": {nameRuleType, both(set("blockResponse", "OVERRIDE"), set("blockOverrideDnsType", "CNAME")), nil,
			"blockOverrideDomain | ValidationException: a response that overrides needs blockOverrideDomain"},
		"a rule's place that is taken": {nameRuleType, nil, has(nameRuleType),
			"priority | ValidationException: the priority 10 is taken in rslvr-frg-a; make it unique"},
		"a rule of no group": {nameRuleType, set("firewallRuleGroupId", "rslvr-frg-9"), nil,
			nowhere("firewallRuleGroupId", "ResourceNotFoundException", "DNS Firewall rule group", "rslvr-frg-9")},
		"a rule group before AWS's own": {nameRuleUseType, set("priority", 100.0), nil,
			"priority | ValidationException: priority is 100; it must be 101 to 9899"},
		"protection by another word": {nameRuleUseType, set("mutationProtection", "ON"), nil,
			"mutationProtection | ValidationException: mutationProtection is ON; it must be one of ENABLED, DISABLED"},
		"a rule group twice": {nameRuleUseType, set("priority", 102.0), has(nameRuleUseType),
			`vpcId | ConflictException: the VPC "vpc-0000000a" has this rule group already; keep one association`},
		"a sixth rule group": {nameRuleUseType, nil, groups,
			"vpcId | LimitExceededException: the VPC would have 6 rule groups, the limit is 5; merge some"},
		"an endpoint with one address": {resolverEndpointType, set("ipAddresses", []any{object{"subnetId": hubSubnet}}), nil,
			"ipAddresses | ValidationException: the endpoint has 1 addresses; it must have 2 to 10"},
		"an endpoint twice in a subnet": {resolverEndpointType, set("ipAddresses", []any{object{"subnetId": hubSubnet}, object{"subnetId": hubSubnet}}), nil,
			`ipAddresses[1].subnetId | ValidationException: ipAddresses[1].subnetId is "subnet-0000000a", which another element has too; make it unique`},
		"an endpoint in two VPCs": {resolverEndpointType, set("ipAddresses", []any{object{"subnetId": hubSubnet}, object{"subnetId": closedSubnet}}), nil,
			"ipAddresses[1].subnetId | ValidationException: the subnet subnet-0000000d is in vpc-0000000b and another one in vpc-0000000a; use subnets of one VPC"},
		"a rule that forwards to nobody": {resolverRuleType, set("targetIps", nil), nil,
			"targetIps | ValidationException: targetIps is missing; a rule that forwards names the servers"},
		"a rule of AWS that forwards": {resolverRuleType, both(set("ruleType", "SYSTEM"), set("resolverEndpointId", nil)), nil,
			"targetIps | ValidationException: a rule of type SYSTEM has no targetIps; leave it out"},
		"a rule that forwards inwards": {resolverRuleType, set("resolverEndpointId", "rslvr-in-a"), nil,
			"resolverEndpointId | ValidationException: the endpoint rslvr-in-a is inbound; forward through an outbound one"},
		"a server that is none": {resolverRuleType, set("targetIps", []any{object{"ip": "dns.example.com"}}), nil,
			`targetIps[0].ip | ValidationException: targetIps[0].ip is "dns.example.com"; it must be the IPv4 address of a host`},
		"two rules for a domain": {resolverRuleUseType, nil, has(resolverRuleUseType, set("resolverRuleId", "rslvr-rr-b")),
			"resolverRuleId | ResourceExistsException: the VPC vpc-0000000a has another rule for corp.example.com; keep one"},
		"a rule twice": {resolverRuleUseType, nil, has(resolverRuleUseType),
			`vpcId | ResourceExistsException: the VPC "vpc-0000000a" has this rule already; keep one association`},
	})
}
