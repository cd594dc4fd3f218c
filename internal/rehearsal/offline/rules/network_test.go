package rules

import (
	"fmt"
	"strings"
	"testing"
)

// nowhere is how a reference to nothing is refused.
func nowhere(property, code, word, ref string) string {
	return property + " | " + code + ": the " + word + ` "` + ref + `" does not exist; create it first and pass its output, so that it is created before this`
}

func TestAddresses_Refuse(t *testing.T) {
	const overlap = "cidr | InvalidParameterValue: "
	refuses(t, map[string]refusal{
		"an IPAM that does not work where it is": {ipamType, set("operatingRegions", []any{object{"regionName": away}}), nil,
			"operatingRegions | InvalidParameterValue: the operating regions lack eu-test-1, where the IPAM is; add it"},
		"an IPAM that works nowhere": {ipamType, set("operatingRegions", []any{}), nil,
			"operatingRegions | InvalidParameterValue: operatingRegions is missing; an IPAM works in named regions"},
		"an unknown tier": {ipamType, set("tier", "basic"), nil, "tier | InvalidParameterValue: tier is basic; it must be one of free, advanced"},
		"netmasks exchanged": {poolType, set("allocationMinNetmaskLength", 24.0), nil,
			"allocationMinNetmaskLength | InvalidParameterValue: the shortest netmask, 24, is longer than the longest, 23; exchange them\n" +
				"allocationDefaultNetmaskLength | InvalidParameterValue: the default netmask 20 is not within the bounds; change one"},
		"a pool in no scope": {poolType, set("ipamScopeId", "ipam-scope-9"), nil,
			`ipamScopeId | InvalidIpamScopeId.NotFound: the IPAM scope "ipam-scope-9" does not exist; pass an IPAM's privateDefaultScopeId`},
		"a pool below none": {poolType, set("sourceIpamPoolId", "ipam-pool-9"), nil,
			nowhere("sourceIpamPoolId", "InvalidIpamPoolId.NotFound", "IPAM pool", "ipam-pool-9")},
		"a pool for a region without IPAM": {poolType, both(set("locale", "eu-test-9"), set("sourceIpamPoolId", topPool)), nil,
			"locale | InvalidParameterValue: the IPAM does not operate in eu-test-9; add it to operatingRegions"},
		"a pool for another region than that above": {poolType, set("locale", away), nil,
			"locale | InvalidParameterValue: the pool above is for eu-test-1; write the same locale"},
		"a block that is none": {poolCidrType, set("cidr", "10.11.0.0"), nil,
			overlap + "value (10.11.0.0) for parameter cidr is invalid: this is not a valid CIDR block; write one such as 10.64.0.0/16"},
		"a block outside of the pool above": {poolCidrType, set("cidr", "10.32.0.0/16"), nil,
			overlap + "10.32.0.0/16 does not lie in a block of the pool above; provision that one first, and let this depend on it"},
		"a block that another pool has": {poolCidrType, set("cidr", "10.10.128.0/17"), nil,
			overlap + "10.10.128.0/17 overlaps with 10.10.0.0/16, which a pool beside this one has; choose a block that is free"},
		"a pool's block twice": {poolCidrType, nil, has(poolCidrType),
			overlap + "10.11.0.0/16 overlaps with 10.11.0.0/16, which a pool beside this one has; choose a block that is free\n" +
				`cidr | InvalidParameterValue: the pool has "10.11.0.0/16" already; provision it once`},
		"IPAM of the management account": {ipamDelegateType, set("delegatedAdminAccountId", management), nil,
			"delegatedAdminAccountId | InvalidParameterValue: 111122223333 is the management account, which cannot administer IPAM; name a member"},
		"IPAM of a stranger": {ipamDelegateType, set("delegatedAdminAccountId", "999999999999"), nil,
			"delegatedAdminAccountId | AccountNotFoundException: account 999999999999 is not in the organization; let this depend on the account"},
		"IPAM delegated by a member": {ipamDelegateType, in(archive, home), nil,
			" | AccessDenied: account 222222222222 does not own the organization; delegate in the management account"},
		"a second administrator of IPAM": {ipamDelegateType, nil, has(ipamDelegateType),
			"delegatedAdminAccountId | IpamOrganizationAccountAlreadyExists: the organization has an IPAM administrator from another resource; keep one"},
	})
}

func TestVPCs_Refuse(t *testing.T) {
	refuses(t, map[string]refusal{
		"a VPC too large": {vpcType, set("cidrBlock", "10.0.0.0/8"), nil,
			"cidrBlock | InvalidParameterValue: cidrBlock is 10.0.0.0/8; its prefix length must be /16 to /28"},
		"a VPC that begins in the middle": {vpcType, set("cidrBlock", "10.10.1.0/16"), nil,
			"cidrBlock | InvalidParameterValue: cidrBlock is 10.10.1.0/16, which begins in the middle of its block; write 10.10.0.0/16"},
		"a VPC without a block": {vpcType, both(set("cidrBlock", nil), set("ipv4IpamPoolId", nil)), nil,
			"cidrBlock | MissingParameter: the VPC has neither cidrBlock nor ipv4IpamPoolId; give one"},
		"a VPC outside of its pool": {vpcType, set("cidrBlock", "10.11.0.0/16"), nil,
			"cidrBlock | InvalidParameterValue: 10.11.0.0/16 does not lie in a block of the pool ipam-pool-0000000c; let the VPC depend on the pool's block"},
		"a VPC of another region's pool": {vpcType, in(management, away), nil,
			`ipv4IpamPoolId | InvalidParameterValue: the pool's locale is "eu-test-1" and the VPC is in eu-test-2; use a pool of the region`},
		"a subnet too small": {subnetType, set("cidrBlock", "10.8.128.0/29"), nil,
			"cidrBlock | InvalidParameterValue: cidrBlock is 10.8.128.0/29; its prefix length must be /16 to /28"},
		"a subnet outside of the VPC": {subnetType, set("cidrBlock", "10.7.0.0/24"), nil,
			"cidrBlock | InvalidSubnet.Range: the CIDR 10.7.0.0/24 is invalid: it does not lie in 10.8.0.0/16 of the VPC"},
		"a subnet over another": {subnetType, set("cidrBlock", "10.8.0.0/22"), nil,
			"cidrBlock | InvalidSubnet.Conflict: 10.8.0.0/22 overlaps with 10.8.0.0/24 in vpc-0000000a; choose a block that is free"},
		"a subnet in another region's zone": {subnetType, set("availabilityZone", "eu-test-2a"), nil,
			"availabilityZone | InvalidParameterValue: value (eu-test-2a) for parameter availabilityZone is invalid: it is no zone of eu-test-1"},
		"a second internet gateway": {internetGatewayType, set("vpcId", hubVPC), nil,
			`vpcId | Resource.AlreadyAssociated: the VPC "vpc-0000000a" has an internet gateway already; keep one`},
		"a route table of no VPC": {routeTableType, set("vpcId", "vpc-9"), nil, nowhere("vpcId", "InvalidVpcID.NotFound", "VPC", "vpc-9")},
		"a subnet's second route table": {tableAssociationType, nil, has(tableAssociationType),
			`subnetId | Resource.AlreadyAssociated: the subnet "subnet-0000000a" has a route table already; keep one association`},
		"a route table of another VPC": {tableAssociationType, set("routeTableId", closedTable), nil,
			"subnetId | InvalidParameterValue: route table rtb-0000000b and subnet subnet-0000000a belong to different networks"},
		"a NAT gateway without an address": {natGatewayType, set("allocationId", nil), nil,
			"allocationId | MissingParameter: a public NAT gateway needs allocationId; allocate an address"},
		"a private NAT gateway with one": {natGatewayType, set("connectivityType", "private"), nil,
			"allocationId | InvalidParameterValue: a private NAT gateway has no elastic address; leave allocationId out"},
		"an address that is taken": {natGatewayType, set("allocationId", hubAddress), nil,
			`allocationId | Resource.AlreadyAssociated: the address "eipalloc-0000000a" belongs to another NAT gateway; allocate one more`},
		"an address outside of VPCs": {elasticAddressType, set("domain", "standard"), nil,
			"domain | InvalidParameterValue: domain is standard; it must be one of vpc"},
	})
}

func TestRoutes_Refuse(t *testing.T) {
	refuses(t, map[string]refusal{
		"a route to two ends": {routeType, set("natGatewayId", hubNAT), nil,
			"transitGatewayId | InvalidParameterValue: natGatewayId and transitGatewayId exclude each other; keep one"},
		"a route to nowhere": {routeType, set("transitGatewayId", nil), nil,
			"carrierGatewayId | InvalidParameterValue: none of " + strings.Join(routeTargets, ", ") + " is set; set one"},
		"a route from everywhere": {routeType, set("destinationPrefixListId", "pl-1"), nil,
			"destinationPrefixListId | InvalidParameterValue: destinationCidrBlock and destinationPrefixListId exclude each other; keep one"},
		"a route to a NAT gateway that does not exist": {routeType, both(set("transitGatewayId", nil), set("natGatewayId", "nat-9")), nil,
			nowhere("natGatewayId", "NatGatewayNotFound", "NAT gateway", "nat-9")},
		"an endpoint that is none": {routeType, both(set("transitGatewayId", nil), set("vpcEndpointId", "fw")), nil,
			`vpcEndpointId | InvalidParameterValue: vpcEndpointId is "fw"; it must be the id of an endpoint, vpce-...`},
		"the same destination twice": {routeType, nil, has(routeType),
			`routeTableId | RouteAlreadyExists: the table "rtb-0000000a" has a route to this destination already; keep one`},
		"a route before the attachment": {routeType, nil, lacks(vpcAttachmentType),
			"transitGatewayId | InvalidTransitGatewayID.NotFound: the VPC vpc-0000000a is not attached to tgw-0000000a; let the route depend on the attachment"},
		"a route into the VPC itself": {routeType, set("destinationCidrBlock", "10.8.3.0/24"), nil,
			"destinationCidrBlock | InvalidParameterValue: the destination 10.8.3.0/24 is equal to or more specific than the VPC's block " +
				"10.8.0.0/16; such a route leads to an interface or an endpoint in the VPC alone"},
	})
}

func TestSecurityGroups_Refuse(t *testing.T) {
	entries := func(entries ...object) func(*Resource) {
		list := []any{}
		for _, e := range entries {
			list = append(list, e)
		}
		return set("ingress", list)
	}
	rule := func(n float64) object {
		return object{"ruleNo": n, "action": "deny", "protocol": "tcp", "cidrBlock": "0.0.0.0/0", "fromPort": 22.0, "toPort": 22.0}
	}
	many := []object{}
	for n := range 21 {
		many = append(many, rule(float64(n+1)))
	}
	refuses(t, map[string]refusal{
		"a group named like AWS's own": {securityGroupType, set("name", "sg-hub"), nil,
			`name | InvalidParameterValue: invalid value "sg-hub" for groupName: names that begin with sg- and the name default are AWS's own`},
		"a group that exists": {securityGroupType, set("name", "hub"), nil,
			`name | InvalidGroup.Duplicate: the security group "hub" already exists in the VPC; choose another name`},
		"a description with a quote": {securityGroupType, set("description", "what's in"), nil,
			`description | InvalidParameterValue: description is "what's in"; it must be ` + groupWords},
		"ports exchanged": {securityGroupType, set("ingress", []any{object{"protocol": "tcp", "fromPort": 443.0, "toPort": 80.0}}), nil,
			"ingress[0] | InvalidParameterValue: the ports 443 to 80 are no range from 0 to 65535"},
		"a rule without ports": {ingressRuleType, both(set("fromPort", nil), set("toPort", nil)), nil,
			"fromPort | InvalidParameterValue: a rule of tcp needs fromPort and toPort"},
		"all protocols with a port": {ingressRuleType, set("ipProtocol", "-1"), nil,
			"fromPort | InvalidParameterValue: fromPort is 443, and the protocol is -1, which is all ports; leave it out\n" +
				"toPort | InvalidParameterValue: toPort is 443, and the protocol is -1, which is all ports; leave it out"},
		"a rule about two sources": {ingressRuleType, set("prefixListId", "pl-1"), nil,
			"prefixListId | InvalidParameterValue: cidrIpv4 and prefixListId exclude each other; keep one"},
		"a rule about a group that does not exist": {egressRuleType, set("referencedSecurityGroupId", management+"/sg-9"), nil,
			nowhere("referencedSecurityGroupId", "InvalidGroup.NotFound", "security group", "sg-9")},
		"a rule twice": {ingressRuleType, nil, has(ingressRuleType),
			"securityGroupId | InvalidPermission.Duplicate: the security group has this rule already; keep one"},
		"a default group twice": {defaultGroupType, nil, has(defaultGroupType),
			`vpcId | InvalidGroup.Duplicate: the default security group of "vpc-0000000a" is kept by another resource, and each would overwrite the other; keep one`},
		"a rule number twice": {networkACLType, entries(rule(100), rule(100)), nil,
			"ingress[1].ruleNo | NetworkAclEntryAlreadyExists: the network ACL has a rule 100 in this direction already; number them apart"},
		"a rule number of AWS": {networkACLType, entries(rule(32767)), nil,
			"ingress[0].ruleNo | InvalidParameterValue: ingress[0].ruleNo is 32767; it must be 1 to 32766"},
		"too many rules": {networkACLType, entries(many...), nil,
			"ingress | InvalidParameterValue: ingress has 21 elements; it must have 0 to 20"},
		"a list's rule about all protocols with a port": {networkACLType, entries(object{"ruleNo": 1.0, "action": "allow", "protocol": "-1", "cidrBlock": "0.0.0.0/0", "fromPort": 22.0, "toPort": 22.0}), nil,
			"ingress[0] | InvalidParameterValue: the rule is about every protocol, and then fromPort and toPort are 0"},
		"a list's rule about nobody": {networkACLType, entries(object{"ruleNo": 1.0, "action": "allow", "protocol": "tcp", "fromPort": 22.0, "toPort": 22.0}), nil,
			"ingress[0] | InvalidParameterValue: the rule has 0 of cidrBlock and ipv6CidrBlock; it must have one"},
		"a list for another VPC's subnet": {networkACLType, set("subnetIds", []any{closedSubnet}), nil,
			"subnetIds[0] | InvalidParameterValue: the subnet subnet-0000000d is not in the VPC vpc-0000000a"},
		"a subnet with two lists": {networkACLType, set("subnetIds", []any{hubSubnet}), has(networkACLType, set("id", "acl-1")),
			"subnetIds[0] | Resource.AlreadyAssociated: the subnet subnet-0000000a has the network ACL acl-1 from another resource, and each would take it from the other; keep one"},
	})
}

func TestEndpoints_Refuse(t *testing.T) {
	gateway := func(more ...func(*Resource)) func(*Resource) {
		return func(r *Resource) {
			r.Inputs = object{
				"vpcId": hubVPC, "serviceName": "com.amazonaws.eu-test-1.s3", "vpcEndpointType": "Gateway", "routeTableIds": []any{hubTable},
			}
			for _, change := range more {
				change(r)
			}
		}
	}
	refuses(t, map[string]refusal{
		"a gateway endpoint without route tables": {endpointType, gateway(set("routeTableIds", nil)), nil,
			"routeTableIds | InvalidParameterValue: routeTableIds is missing; a gateway endpoint is reached by route tables"},
		"a gateway endpoint in a subnet": {endpointType, gateway(set("subnetIds", []any{hubSubnet})), nil,
			"subnetIds | InvalidParameterValue: a gateway endpoint has no subnetIds; leave it out"},
		"a gateway endpoint with private names": {endpointType, gateway(set("privateDnsEnabled", true)), nil,
			"privateDnsEnabled | InvalidParameter: a gateway endpoint has no private DNS; leave privateDnsEnabled out"},
		"a gateway endpoint of another service": {endpointType, gateway(set("serviceName", "com.amazonaws.eu-test-1.kms")), nil,
			"vpcEndpointType | InvalidParameter: the service kms has no gateway endpoints; set vpcEndpointType to Interface"},
		"a second way to a service": {endpointType, gateway(), has(endpointType, gateway()),
			"routeTableIds[0] | RouteAlreadyExists: the route table rtb-0000000a has a route to com.amazonaws.eu-test-1.s3 already; keep one endpoint"},
		"an interface endpoint without subnets": {endpointType, set("subnetIds", nil), nil,
			"subnetIds | InvalidParameterValue: subnetIds is missing; an interface endpoint has its addresses in subnets"},
		"an interface endpoint with route tables": {endpointType, set("routeTableIds", []any{hubTable}), nil,
			"routeTableIds | InvalidParameterValue: an interface endpoint has no route tables; leave routeTableIds out"},
		"two subnets of a zone": {endpointType, set("subnetIds", []any{hubSubnet, hubSubnetA2}), nil,
			"subnetIds[1] | DuplicateSubnetsInSameZone: subnet-0000000a and subnet-0000000c are both in eu-test-1a; name one subnet for each zone"},
		"a subnet of another VPC": {endpointType, set("subnetIds", []any{closedSubnet}), nil,
			"subnetIds[0] | InvalidSubnetID.NotFound: the subnet subnet-0000000d is not in the VPC vpc-0000000a"},
		"private names where none are resolved": {endpointType, both(set("vpcId", closedVPC), set("subnetIds", []any{closedSubnet})), nil,
			"privateDnsEnabled | InvalidParameter: enabling private DNS requires both enableDnsSupport and enableDnsHostnames of the VPC vpc-0000000b to be true"},
		"private names twice": {endpointType, nil, has(endpointType),
			"privateDnsEnabled | InvalidParameter: private DNS cannot be enabled because the VPC has the name of com.amazonaws.eu-test-1.ecr.dkr from another endpoint; keep one"},
		"a service of another region": {endpointType, set("serviceName", "com.amazonaws.eu-test-2.kms"), nil,
			`serviceName | InvalidServiceName: the VPC endpoint service "com.amazonaws.eu-test-2.kms" does not exist in eu-test-1; name the service of that region`},
		"an endpoint policy that is no JSON": {endpointType, set("policy", "all"), nil,
			"policy | InvalidPolicyDocument: the policy is not valid JSON: invalid character 'a' looking for beginning of value"},
		"an exclusion of nothing": {exclusionType, set("vpcId", nil), nil,
			"vpcId | InvalidParameterValue: none of vpcId, subnetId is set; set one"},
		"an exclusion of a kind that there is not": {exclusionType, set("internetGatewayExclusionMode", "allow-all"), nil,
			"internetGatewayExclusionMode | InvalidParameterValue: internetGatewayExclusionMode is allow-all; it must be one of allow-bidirectional, allow-egress"},
		"an exclusion twice": {exclusionType, nil, has(exclusionType),
			`vpcId | InvalidParameterValue: "vpc-0000000a" is excluded by another resource already; keep one`},
	})
}

func TestFlowLogs_Refuse(t *testing.T) {
	closed := where(bucketPolicyType, "network-logs", set("policy", bucketDocument))
	denied := func(property, code string) string {
		const words = ": access denied for log destination network-logs: its policy does not let delivery.logs.amazonaws.com %s for account 111122223333; " +
			"add the statement, and let this depend on the bucket policy"
		return property + " | " + code + fmt.Sprintf(words, "s3:GetBucketAcl") + "\n" + property + " | " + code + fmt.Sprintf(words, "s3:PutObject")
	}
	refuses(t, map[string]refusal{
		"a flow log of nothing": {flowLogType, set("vpcId", nil), nil,
			"vpcId | InvalidParameterValue: none of vpcId, subnetId, eniId, transitGatewayId, transitGatewayAttachmentId is set; set one"},
		"a flow log of no traffic": {flowLogType, set("trafficType", nil), nil,
			"trafficType | InvalidParameterValue: trafficType is missing; say whether accepted, rejected or all traffic is recorded"},
		"five minutes": {flowLogType, set("maxAggregationInterval", 300.0), nil,
			"maxAggregationInterval | InvalidParameterValue: maxAggregationInterval is 300; it must be one of 60, 600"},
		"a field that there is not": {flowLogType, set("logFormat", "${srcaddr} ${source}"), nil,
			"logFormat | InvalidParameter: unknown fields provided: ${source}; a format is made of fields such as ${srcaddr}"},
		"a field twice": {flowLogType, set("logFormat", "${srcaddr} ${srcaddr}"), nil,
			"logFormat | InvalidParameter: the field ${srcaddr} is there twice"},
		"a bucket by name": {flowLogType, set("logDestination", "network-logs"), nil,
			`logDestination | InvalidParameter: log destination "network-logs" is invalid for the type "s3"; it must begin with arn:aws:s3:::`},
		"no bucket": {flowLogType, set("logDestination", nil), nil,
			"logDestination | MissingParameter: a flow log to s3 needs the ARN of its destination"},
		"a bucket that does not exist": {flowLogType, set("logDestination", "arn:aws:s3:::nothing/flow"), nil,
			nowhere("logDestination", "NoSuchBucket", "bucket", "nothing")},
		"a bucket that lets nobody in": {flowLogType, nil, closed, denied("logDestination", "LogDestinationPermissionIssueException")},
		"a flow log twice": {flowLogType, nil, has(flowLogType),
			"vpcId | FlowLogAlreadyExists: there is a flow log of vpc-0000000a with the same destination already; keep one"},
		"queries into a bucket that lets nobody in":  {queryLogType, nil, closed, denied("destinationArn", "AccessDenied")},
		"a firewall's log that nobody lets in there": {firewallLoggingType, nil, closed, denied("loggingConfiguration.logDestinationConfigs[0]", "InvalidRequestException")},
	})
}
