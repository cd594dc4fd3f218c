package rules

const (
	hubVPC       = "vpc-0000000a"
	closedVPC    = "vpc-0000000b"
	hubSubnet    = "subnet-0000000a"
	hubSubnetB   = "subnet-0000000b"
	hubSubnetA2  = "subnet-0000000c"
	closedSubnet = "subnet-0000000d"
	hubTable     = "rtb-0000000a"
	closedTable  = "rtb-0000000b"
	hubGateway   = "igw-0000000a"
	hubAddress   = "eipalloc-0000000a"
	hubNAT       = "nat-0000000a"
	hubGroup     = "sg-0000000a"
	hubTransit   = "tgw-0000000a"
	awayTransit  = "tgw-0000000b"
	transitTable = "tgw-rtb-0000000a"
	hubAttached  = "tgw-attach-0000000a"
	peered       = "tgw-attach-0000000b"
	unaccepted   = "tgw-attach-0000000c"
	ownPeering   = "tgw-attach-0000000d"
	foreign      = "tgw-attach-0000000e"
	topPool      = "ipam-pool-0000000a"
	regionPool   = "ipam-pool-0000000b"
	segmentPool  = "ipam-pool-0000000c"
	ipamScope    = "ipam-scope-0000000a"
	privateZone  = "Z00000000A"
	publicZone   = "Z00000000B"

	ruleGroupARN   = "arn:aws:network-firewall:eu-test-1:111122223333:stateful-rulegroup/domains"
	policyARN      = "arn:aws:network-firewall:eu-test-1:111122223333:firewall-policy/inspection"
	firewallARN    = "arn:aws:network-firewall:eu-test-1:111122223333:firewall/inspection"
	shareARN       = "arn:aws:ram:eu-test-1:111122223333:resource-share/1"
	subnetARN      = "arn:aws:ec2:eu-test-1:111122223333:subnet/"
	unitARN        = "arn:aws:organizations::111122223333:ou/o-exampleorg1/ou-ex01-workload"
	logs           = "arn:aws:s3:::network-logs"
	endpointAccess = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}`

	suricataText = "# what may pass\n" +
		`pass tls $HOME_NET any -> $EXTERNAL_NET 443 (tls.sni; content:"(a;b)"; msg:"ok"; sid:1; rev:1;)` + "\n" +
		`drop ip [10.0.0.0/8, 192.0.2.0/24] any -> $SITES any (msg:"no"; sid:2; rev:1;)` + "\n"

	deliveryDocument = `{"Version":"2012-10-17","Statement":[
		{"Effect":"Allow","Principal":{"Service":"delivery.logs.amazonaws.com"},"Action":"s3:GetBucketAcl","Resource":"` + logs + `",
		 "Condition":{"StringEquals":{"aws:SourceAccount":"111122223333"}}},
		{"Effect":"Allow","Principal":{"Service":"delivery.logs.amazonaws.com"},"Action":"s3:PutObject",
		 "Resource":"` + logs + `/*/AWSLogs/111122223333/*","Condition":{
		 "StringEquals":{"aws:SourceAccount":"111122223333","s3:x-amz-acl":"bucket-owner-full-control"},
		 "ArnLike":{"aws:SourceArn":"arn:aws:logs:*:111122223333:*"}}}]}`
)

// validNetwork are valid resources of a network.
func validNetwork() map[string]object {
	rule := object{
		"securityGroupId": hubGroup, "ipProtocol": "tcp", "fromPort": 443.0, "toPort": 443.0, "cidrIpv4": "10.0.0.0/8",
		"description": "HTTPS from everywhere inside",
	}
	entry := func(n float64, action string) object {
		return object{"ruleNo": n, "action": action, "protocol": "tcp", "cidrBlock": "0.0.0.0/0", "fromPort": 22.0, "toPort": 22.0}
	}
	return map[string]object{
		vpcType:              {"cidrBlock": "10.10.0.0/16", "ipv4IpamPoolId": segmentPool, "instanceTenancy": "default"},
		subnetType:           {"vpcId": hubVPC, "cidrBlock": "10.8.128.0/20", "availabilityZone": "eu-test-1a"},
		internetGatewayType:  {"vpcId": closedVPC},
		routeTableType:       {"vpcId": hubVPC},
		tableAssociationType: {"subnetId": hubSubnet, "routeTableId": hubTable},
		elasticAddressType:   {"domain": "vpc"},
		natGatewayType:       {"subnetId": hubSubnet, "allocationId": "eipalloc-0000000b"},
		routeType:            {"routeTableId": hubTable, "destinationCidrBlock": "10.0.0.0/8", "transitGatewayId": hubTransit},
		securityGroupType: {"name": "endpoints", "description": "Interface endpoints", "vpcId": hubVPC, "ingress": []any{
			object{"protocol": "tcp", "fromPort": 443.0, "toPort": 443.0, "cidrBlocks": []any{"10.0.0.0/8"}},
		}},
		ingressRuleType:  rule,
		egressRuleType:   {"securityGroupId": hubGroup, "ipProtocol": "-1", "referencedSecurityGroupId": hubGroup},
		defaultGroupType: {"vpcId": hubVPC},
		networkACLType: {"vpcId": hubVPC, "subnetIds": []any{hubSubnet, hubSubnetB}, "ingress": []any{
			entry(100, "deny"), object{"ruleNo": 32766.0, "action": "allow", "protocol": "-1", "cidrBlock": "0.0.0.0/0", "fromPort": 0.0, "toPort": 0.0},
		}, "egress": []any{entry(100, "allow")}},
		endpointType: {
			"vpcId": hubVPC, "serviceName": "com.amazonaws.eu-test-1.ecr.dkr", "vpcEndpointType": "Interface", "privateDnsEnabled": true,
			"subnetIds": []any{hubSubnet, hubSubnetB}, "securityGroupIds": []any{hubGroup}, "policy": endpointAccess,
		},
		exclusionType: {"vpcId": hubVPC, "internetGatewayExclusionMode": "allow-egress"},
		flowLogType: {
			"vpcId": hubVPC, "logDestinationType": "s3", "logDestination": logs + "/flow/", "trafficType": "ALL",
			"maxAggregationInterval": 60.0, "logFormat": "${version} ${vpc-id} ${srcaddr} ${reject-reason}",
			"destinationOptions": object{"fileFormat": "parquet", "perHourPartition": true},
		},
		ipamType: {"operatingRegions": []any{object{"regionName": home}, object{"regionName": away}}, "tier": "advanced"},
		poolType: {
			"addressFamily": "ipv4", "ipamScopeId": ipamScope, "sourceIpamPoolId": regionPool, "locale": home,
			"allocationMinNetmaskLength": 16.0, "allocationDefaultNetmaskLength": 20.0, "allocationMaxNetmaskLength": 23.0,
		},
		poolCidrType:     {"ipamPoolId": "ipam-pool-0000000d", "cidr": "10.11.0.0/16"},
		ipamDelegateType: {"delegatedAdminAccountId": archive},

		transitGatewayType: {"amazonSideAsn": 64600.0, "defaultRouteTableAssociation": "disable", "dnsSupport": "enable"},
		vpcAttachmentType: {
			"vpcId": closedVPC, "transitGatewayId": hubTransit, "subnetIds": []any{closedSubnet}, "applianceModeSupport": "enable",
		},
		attachmentAccepterType: {"transitGatewayAttachmentId": foreign},
		transitTableType:       {"transitGatewayId": hubTransit},
		transitAssociationType: {"transitGatewayRouteTableId": transitTable, "transitGatewayAttachmentId": hubAttached},
		transitRouteType: {
			"transitGatewayRouteTableId": transitTable, "destinationCidrBlock": "10.9.0.0/16", "transitGatewayAttachmentId": peered,
		},
		peeringType:         {"transitGatewayId": "tgw-0000000c", "peerTransitGatewayId": awayTransit, "peerRegion": away, "peerAccountId": management},
		peeringAccepterType: {"transitGatewayAttachmentId": ownPeering},
		customerGatewayType: {"type": "ipsec.1", "ipAddress": "198.51.100.7", "bgpAsn": "65001"},
		vpnType: {
			"type": "ipsec.1", "customerGatewayId": "cgw-0000000a", "transitGatewayId": hubTransit, "tunnel1IkeVersions": []any{"ikev2"},
			"tunnel1InsideCidr": "169.254.20.0/30", "tunnel2InsideCidr": "169.254.20.4/30", "tunnel1PresharedKey": "abcdefgh.1",
			"tunnel1Phase1DhGroupNumbers": []any{20.0},
		},
		directType: {
			"dxGatewayId": "11111111-2222-3333-4444-555555555555", "associatedGatewayId": hubTransit, "allowedPrefixes": []any{"10.64.0.0/12"},
		},

		ruleGroupType: {
			"name": "rules", "type": "STATEFUL", "capacity": 100.0, "ruleGroup": object{
				"statefulRuleOptions": object{"ruleOrder": strictOrder},
				"ruleVariables":       object{"ipSets": []any{object{"key": "SITES", "ipSet": object{"definitions": []any{"10.64.0.0/12"}}}}},
				"rulesSource":         object{"rulesString": suricataText},
			},
		},
		firewallPolicyType: {"name": "policy", "firewallPolicy": object{
			"statelessDefaultActions": []any{"aws:forward_to_sfe"}, "statelessFragmentDefaultActions": []any{"aws:forward_to_sfe", "count"},
			"statefulEngineOptions":  object{"ruleOrder": strictOrder, "streamExceptionPolicy": "REJECT"},
			"statefulDefaultActions": []any{"aws:drop_established", "aws:alert_established"},
			"statefulRuleGroupReferences": []any{
				object{"resourceArn": ruleGroupARN, "priority": 10.0},
				object{"resourceArn": "arn:aws:network-firewall:eu-test-1:aws-managed:stateful-rulegroup/MalwareDomainsStrictOrder", "priority": 20.0},
			},
		}},
		firewallType: {
			"name": "firewall", "vpcId": hubVPC, "firewallPolicyArn": policyARN, "deleteProtection": true,
			"subnetMappings": []any{object{"subnetId": hubSubnet}, object{"subnetId": hubSubnetB}},
		},
		firewallLoggingType: {"firewallArn": firewallARN, "loggingConfiguration": object{"logDestinationConfigs": []any{
			object{"logType": "ALERT", "logDestinationType": "S3", "logDestination": object{"bucketName": "network-logs", "prefix": "firewall"}},
			object{"logType": "FLOW", "logDestinationType": "CloudWatchLogs", "logDestination": object{"logGroup": "/firewall"}},
		}}},

		resourceShareType:   {"name": "segment", "allowExternalPrincipals": false},
		resourceGrantType:   {"resourceShareArn": shareARN, "resourceArn": subnetARN + hubSubnet},
		principalGrantType:  {"resourceShareArn": shareARN, "principal": unitARN},
		organizationSharing: {},

		zoneType:            {"name": "kms.eu-test-1.amazonaws.com", "vpcs": []any{object{"vpcId": hubVPC}}},
		zoneAssociationType: {"zoneId": privateZone, "vpcId": closedVPC},
		queryLogType:        {"name": "queries", "destinationArn": logs + "/names"},
		queryLogUseType:     {"resolverQueryLogConfigId": "rqlc-a", "resourceId": hubVPC},
		nameFirewallType:    {"resourceId": hubVPC, "firewallFailOpen": "DISABLED"},
		domainListType:      {"name": "blocked", "domains": []any{"*.example.net", "bad.example"}},
		nameRuleGroupType:   {"name": "names"},
		nameRuleType: {
			"name": "bad", "firewallRuleGroupId": "rslvr-frg-a", "firewallDomainListId": "rslvr-fdl-a", "priority": 10.0,
			"action": "BLOCK", "blockResponse": "NXDOMAIN",
		},
		nameRuleUseType: {"name": "names", "firewallRuleGroupId": "rslvr-frg-a", "vpcId": hubVPC, "priority": 101.0, "mutationProtection": "ENABLED"},
		resolverEndpointType: {
			"name": "out", "direction": "OUTBOUND", "securityGroupIds": []any{hubGroup},
			"ipAddresses": []any{object{"subnetId": hubSubnet, "ip": "10.8.0.10"}, object{"subnetId": hubSubnetB}},
		},
		resolverRuleType: {
			"name": "corp", "domainName": "corp.example.com", "ruleType": "FORWARD", "resolverEndpointId": "rslvr-out-a",
			"targetIps": []any{object{"ip": "192.0.2.53", "port": 53.0}},
		},
		resolverRuleUseType: {"resolverRuleId": "rslvr-rr-a", "vpcId": hubVPC},
	}
}

// networkWorld is what the valid resources refer to.
func networkWorld() memory {
	at := func(typ, id string, inputs object) Resource {
		inputs["id"] = id
		return Resource{Type: typ, URN: "urn:" + typ + "::" + id, Inputs: inputs, AccountID: management, Region: home}
	}
	there := func(r Resource, account, region string) Resource {
		r.AccountID, r.Region = account, region
		return r
	}
	subnet := func(id, vpc, block, zone string) Resource {
		return at(subnetType, id, object{"vpcId": vpc, "cidrBlock": block, "availabilityZone": zone, "arn": subnetARN + id})
	}
	pool := func(id, above, locale, block string) memory {
		return memory{
			at(poolType, id, object{"ipamScopeId": ipamScope, "sourceIpamPoolId": above, "locale": locale}),
			at(poolCidrType, block+"_"+id, object{"ipamPoolId": id, "cidr": block}),
		}
	}
	world := memory{
		at(vpcType, hubVPC, object{"cidrBlock": "10.8.0.0/16", "enableDnsHostnames": true, "enableDnsSupport": true}),
		at(vpcType, closedVPC, object{"cidrBlock": "10.9.0.0/16", "enableDnsHostnames": false, "enableDnsSupport": true}),
		subnet(hubSubnet, hubVPC, "10.8.0.0/24", "eu-test-1a"), subnet(hubSubnetB, hubVPC, "10.8.1.0/24", "eu-test-1b"),
		subnet(hubSubnetA2, hubVPC, "10.8.2.0/24", "eu-test-1a"), subnet(closedSubnet, closedVPC, "10.9.0.0/24", "eu-test-1a"),
		at(routeTableType, hubTable, object{"vpcId": hubVPC}), at(routeTableType, closedTable, object{"vpcId": closedVPC}),
		at(internetGatewayType, hubGateway, object{"vpcId": hubVPC}),
		at(elasticAddressType, hubAddress, object{}), at(elasticAddressType, "eipalloc-0000000b", object{}),
		at(natGatewayType, hubNAT, object{"allocationId": hubAddress, "subnetId": hubSubnet}),
		at(securityGroupType, hubGroup, object{"name": "hub", "vpcId": hubVPC}),

		at(transitGatewayType, hubTransit, object{}), at(transitGatewayType, "tgw-0000000c", object{}),
		there(at(transitGatewayType, awayTransit, object{}), management, away),
		at(transitTableType, transitTable, object{"transitGatewayId": hubTransit}),
		at(vpcAttachmentType, hubAttached, object{"vpcId": hubVPC, "transitGatewayId": hubTransit}),
		there(at(vpcAttachmentType, foreign, object{"vpcId": "vpc-9", "transitGatewayId": hubTransit}), archive, home),
		at(peeringType, peered, object{"transitGatewayId": hubTransit, "peerTransitGatewayId": awayTransit, "peerRegion": away}),
		at(peeringType, unaccepted, object{"transitGatewayId": hubTransit, "peerTransitGatewayId": "tgw-9", "peerRegion": away}),
		there(at(peeringType, ownPeering, object{"transitGatewayId": awayTransit, "peerTransitGatewayId": "tgw-9", "peerRegion": home}),
			management, away),
		there(at(peeringAccepterType, peered, object{"transitGatewayAttachmentId": peered}), management, away),
		at(customerGatewayType, "cgw-0000000a", object{"ipAddress": "198.51.100.1"}),

		at(ruleGroupType, ruleGroupARN, object{
			"name": "domains", "arn": ruleGroupARN, "type": "STATEFUL", "capacity": 100.0,
			"ruleGroup": object{"statefulRuleOptions": object{"ruleOrder": strictOrder}},
		}),
		at(firewallPolicyType, policyARN, object{"name": "inspection", "arn": policyARN}),
		at(firewallType, firewallARN, object{"name": "inspection", "arn": firewallARN}),
		at(resourceShareType, shareARN, object{"name": "hub", "arn": shareARN}),

		at(zoneType, privateZone, object{"name": "ec2.eu-test-1.amazonaws.com", "vpcs": []any{object{"vpcId": hubVPC}}}),
		at(zoneType, publicZone, object{"name": "example.com"}),
		at(queryLogType, "rqlc-a", object{"name": "all"}), at(nameRuleGroupType, "rslvr-frg-a", object{"name": "all"}),
		at(resolverEndpointType, "rslvr-out-a", object{"direction": "OUTBOUND"}),
		at(resolverEndpointType, "rslvr-in-a", object{"direction": "INBOUND"}),
		at(resolverRuleType, "rslvr-rr-a", object{"domainName": "corp.example.com"}),
		at(resolverRuleType, "rslvr-rr-b", object{"domainName": "corp.example.com."}),

		at(ipamType, "ipam-0000000a", object{
			"privateDefaultScopeId": ipamScope, "operatingRegions": []any{object{"regionName": home}, object{"regionName": away}},
		}),
		at(poolType, "ipam-pool-0000000d", object{"ipamScopeId": ipamScope, "sourceIpamPoolId": regionPool, "locale": home}),
		there(at(bucketType, "network-logs", object{"bucket": "network-logs", "arn": logs}), archive, home),
		there(at(bucketPolicyType, "network-logs", object{"bucket": "network-logs", "policy": deliveryDocument}), archive, home),
	}
	world = append(world, pool(topPool, "", "None", "10.0.0.0/8")...)
	world = append(world, pool(regionPool, topPool, home, "10.8.0.0/13")...)
	return append(world, pool(segmentPool, regionPool, home, "10.10.0.0/16")...)
}
