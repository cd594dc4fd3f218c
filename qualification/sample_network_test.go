package qualification_test

import (
	"fmt"
	"strings"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/mutation"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

// testRegion is a region of a network that is written by hand.
type testRegion struct {
	name, provider string

	// octet is the second one of all addresses.
	octet int

	// perimeter, firewall and vpn say what the region has.
	perimeter, firewall, vpn bool
	segments                 []testSegment
}

// testSegment is a segment in a region: its third octet is 16 times its place.
type testSegment struct{ name, class, reaches string }

// sampleRegions is the network of the sample: one region with everything, and
// one with a segment of the same name and nothing else.
func sampleRegions() []testRegion {
	return []testRegion{
		{name: "eu-test-1", provider: "network", octet: 64, perimeter: true, firewall: true, vpn: true, segments: []testSegment{
			{"prod", "gxp", "internet on-premises shared"}, {"shared", "shared", "prod"},
		}},
		{name: "eu-test-2", provider: "network-replica", octet: 65, segments: []testSegment{{"prod", "gxp", "none"}}},
	}
}

const (
	whole      = "10.64.0.0/12"
	onPremises = "192.168.0.0/16"
	anywhere   = "0.0.0.0/0"

	flowFields = "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} " +
		"${bytes} ${start} ${end} ${action} ${log-status} ${vpc-id} ${subnet-id} ${instance-id} ${tcp-flags} ${type} " +
		"${pkt-srcaddr} ${pkt-dstaddr} ${region} ${az-id} ${sublocation-type} ${sublocation-id} ${pkt-src-aws-service} " +
		"${pkt-dst-aws-service} ${flow-direction} ${traffic-path} ${reject-reason}"
)

// endpointPolicy lets the organization use what is its own, and read what
// belongs to AWS.
func endpointPolicy(region string) string {
	return `{"Version":"2012-10-17","Statement":[
		{"Sid":"Own","Effect":"Allow","Principal":"*","Action":"*","Resource":"*",
		 "Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-abcdefghij","aws:ResourceOrgID":"o-abcdefghij"}}},
		{"Sid":"AWS","Effect":"Allow","Principal":"*","Action":"s3:GetObject",
		 "Resource":"arn:aws:s3:::prod-` + region + `-starport-layer-bucket/*"}]}`
}

func (r testRegion) block(third, bits int) string {
	return fmt.Sprintf("10.%d.%d.0/%d", r.octet, third, bits)
}

// vpcBlock is the range of the segment at a place of the list.
func (r testRegion) vpcBlock(segment string) string {
	for i, s := range r.segments {
		if s.name == segment {
			return r.block(16*(i+1), 20)
		}
	}
	return ""
}

// network adds a network, as the components register one.
func (b *builder) network(regions []testRegion) {
	for _, r := range regions {
		b.landingBucket("logging:NetworkLanding", "network-logs-"+r.name, r.archive(), r.name,
			strings.NewReplacer("b-landing", "b-network-logs-"+r.name, "config.amazonaws.com", "delivery.logs.amazonaws.com").
				Replace(landingPolicy("", "")))
		b.net("TransitGateway", "ec2transitgateway/transitGateway", "hub-"+r.name, r, object{
			"autoAcceptSharedAttachments": "disable", "defaultRouteTableAssociation": "disable", "defaultRouteTablePropagation": "disable",
		})
		b.net("ResolverQueryLogConfig", "route53/resolverQueryLogConfig", "queries-"+r.name, r,
			object{"name": "queries-" + r.name, "destinationArn": "arn:aws:s3:::b-network-logs-" + r.name})
		b.names(r)
		if r.perimeter {
			b.perimeter(r)
		}
		if r.vpn {
			b.vpn(r)
		}
		for i := range r.segments {
			b.segment(r, i)
		}
	}
	for i, r := range regions {
		for _, s := range r.segments {
			b.segmentRoutes(regions, i, s)
		}
	}
	if len(regions) > 1 {
		b.peering(regions[0], regions[1])
	}
	b.addresses(regions)
}

// archive is the provider of the log archive account in the region.
func (r testRegion) archive() string { return strings.Replace(r.provider, "network", "log-archive", 1) }

// ouARN begins the ARNs of units.
const ouARN = "arn:aws:organizations::111122223333:ou/o-abcdefghij/"

// unitARN is the ARN of the unit that uses a segment.
func unitARN(segment string) string {
	return ouARN + map[string]string{"prod": "ou-abcd-33333332", "shared": "ou-abcd-33333335"}[segment]
}

// rules adds a group of firewall rules.
func (b *builder) rules(r testRegion, name, text string) {
	b.net("RuleGroup", "networkfirewall/ruleGroup", name, r, object{"type": "STATEFUL", "ruleGroup": object{
		"ruleVariables":       object{"ipSets": []any{object{"key": "HOME_NET", "ipSet": object{"definitions": []any{whole}}}}},
		"rulesSource":         object{"rulesString": text},
		"statefulRuleOptions": object{"ruleOrder": "STRICT_ORDER"},
	}})
}

const (
	segmentRules = "pass ip 10.64.16.0/20 any -> 10.64.32.0/20 any (msg:\"prod to shared\"; sid:1; rev:1;)\n" +
		"# names\npass tls [10.64.16.0/20, 10.65.16.0/20] any -> !$HOME_NET 443 (msg:\"a name\"; flow:to_server; sid:2; rev:1;)\n"
	floorRules = "drop udp any any -> any any (msg:\"rest\"; sid:3; rev:1;)\ndrop icmp any any -> any any (msg:\"rest\"; sid:4; rev:1;)\n"
)

// names adds the filter of names: nothing but what is allowed, where there is no
// firewall.
func (b *builder) names(r testRegion) {
	group := "names-" + r.name
	b.net("ResolverFirewallRuleGroup", "route53/resolverFirewallRuleGroup", group, r, object{"name": group})
	add := func(key string, priority float64, action, list string) {
		b.net("ResolverFirewallRule", "route53/resolverFirewallRule", key+"-"+r.name, r, object{
			"firewallRuleGroupId": id("ResolverFirewallRuleGroup", group), "priority": priority, "action": action, "firewallDomainListId": list,
		})
	}
	add("bad", 100, "BLOCK", "rslvr-fdl-0123456789abcdef")
	if r.firewall {
		return
	}
	for key, domain := range map[string]string{"allowed": "*.example.com", "rest": "*"} {
		b.net("ResolverFirewallDomainList", "route53/resolverFirewallDomainList", key+"-"+r.name, r, object{"domains": []any{domain}})
	}
	add("allowed", 200, "ALLOW", id("ResolverFirewallDomainList", "allowed-"+r.name))
	add("rest", 300, "BLOCK", id("ResolverFirewallDomainList", "rest-"+r.name))
}

// zone adds the zone of an endpoint, in every VPC of the region.
func (b *builder) zone(r testRegion, name string) {
	service := "kms." + r.name + ".amazonaws.com"
	b.net("Zone", "route53/zone", name, r, object{"name": service, "vpcs": []any{object{"vpcId": id("Vpc", name)}}})
	b.net("Record", "route53/record", name, r, object{
		"zoneId": id("Zone", name), "name": service, "type": "A",
		"aliases": []any{object{"name": id("VpcEndpoint", name+"-kms") + "-x.kms.vpce.amazonaws.com", "zoneId": "Z1"}},
	})
	for _, s := range r.segments {
		b.net("ZoneAssociation", "route53/zoneAssociation", name+"-"+s.name, r,
			object{"zoneId": id("Zone", name), "vpcId": id("Vpc", s.name+"-"+r.name)})
	}
	b.net("ResolverRule", "route53/resolverRule", name, r, object{
		"domainName": "corp.example.com", "ruleType": "FORWARD", "targetIps": []any{object{"ip": "192.168.0.53"}},
	})
}

// net adds a resource of the network with an id that is its name.
func (b *builder) net(variant, module, name string, r testRegion, inputs object) {
	b.add("landingzone:Network", "aws:"+module+":"+variant, name, r.provider, strings.ToLower(variant)+"/"+name, inputs)
}

func id(variant, name string) string { return strings.ToLower(variant) + "/" + name }

// vpc adds a VPC, its subnets, each with a table of its own, and what every VPC
// has.
func (b *builder) vpc(r testRegion, name, segment, class, block string, subnets map[string]string) {
	labels := object{"gxp:segment": segment, "gxp:segment-class": class, "gxp:inspection": fmt.Sprint(r.firewall)}
	b.net("Vpc", "ec2/vpc", name, r, object{"cidrBlock": block, "tags": labels, "enableDnsSupport": true})
	of := id("Vpc", name)
	b.resources[len(b.resources)-1].Outputs = object{"arn": "arn:aws:ec2:" + r.name + ":888899990000:vpc/" + name}
	for _, kind := range []string{"public", "firewall", "private", "isolated", "transit", "endpoints"} {
		block, there := subnets[kind]
		if !there {
			continue
		}
		n := name + "-" + kind
		b.net("Subnet", "ec2/subnet", n, r, object{
			"vpcId": of, "cidrBlock": block, "mapPublicIpOnLaunch": kind == "public", "availabilityZone": r.name + "a",
			"assignIpv6AddressOnCreation": false,
			"tags":                        object{"gxp:tier": kind},
		})
		b.net("RouteTable", "ec2/routeTable", n, r, object{"vpcId": of})
		b.net("RouteTableAssociation", "ec2/routeTableAssociation", n, r,
			object{"subnetId": id("Subnet", n), "routeTableId": id("RouteTable", n)})
	}
	b.net("DefaultSecurityGroup", "ec2/defaultSecurityGroup", name, r, object{"vpcId": of, "ingress": []any{}, "egress": []any{}})
	b.net("FlowLog", "ec2/flowLog", name, r, object{
		"vpcId": of, "trafficType": "ALL", "logDestinationType": "s3", "maxAggregationInterval": 60.0,
		"logDestination": "arn:aws:s3:::b-network-logs-" + r.name, "logFormat": flowFields,
	})
	b.net("ResolverQueryLogConfigAssociation", "route53/resolverQueryLogConfigAssociation", name, r,
		object{"resourceId": of, "resolverQueryLogConfigId": id("ResolverQueryLogConfig", "queries-"+r.name)})
	b.net("ResolverFirewallConfig", "route53/resolverFirewallConfig", name, r, object{"resourceId": of, "firewallFailOpen": "DISABLED"})
	b.net("ResolverFirewallRuleGroupAssociation", "route53/resolverFirewallRuleGroupAssociation", name, r,
		object{"vpcId": of, "firewallRuleGroupId": id("ResolverFirewallRuleGroup", "names-"+r.name), "mutationProtection": "ENABLED", "priority": 101.0})
	b.net("VpcAttachment", "ec2transitgateway/vpcAttachment", name, r, object{
		"vpcId": of, "transitGatewayId": id("TransitGateway", "hub-"+r.name), "subnetIds": []any{id("Subnet", name+"-transit")},
		"applianceModeSupport": "enable", "tags": labels,
		"transitGatewayDefaultRouteTableAssociation": false, "transitGatewayDefaultRouteTablePropagation": false,
	})
}

// route adds a route to the table of a subnet.
func (b *builder) route(r testRegion, subnet, to, property, target string) {
	b.net("Route", "ec2/route", subnet+"-"+to, r,
		object{"routeTableId": id("RouteTable", subnet), "destinationCidrBlock": to, property: target})
}

// hubTable adds a table of the transit gateway and the associations with it.
func (b *builder) hubTable(r testRegion, name string, tags object, attachments ...string) {
	b.net("RouteTable", "ec2transitgateway/routeTable", name, r,
		object{"transitGatewayId": id("TransitGateway", "hub-"+r.name), "tags": tags})
	b.resources[len(b.resources)-1].ID = "hubtable/" + name
	for i, attachment := range attachments {
		b.net("RouteTableAssociation", "ec2transitgateway/routeTableAssociation", fmt.Sprint(name, "-", i+1), r,
			object{"transitGatewayAttachmentId": attachment, "transitGatewayRouteTableId": "hubtable/" + name})
	}
}

// hubRoute adds a route of the transit gateway; without an attachment, one that
// ends there.
func (b *builder) hubRoute(r testRegion, table, to, attachment string) {
	inputs := object{"transitGatewayRouteTableId": "hubtable/" + table, "destinationCidrBlock": to}
	if attachment == "" {
		inputs["blackhole"] = true
	} else {
		inputs["transitGatewayAttachmentId"] = attachment
	}
	b.net("Route", "ec2transitgateway/route", table+"-"+to, r, inputs)
}

func tagsOf(segment, class, reaches string) object {
	return object{"gxp:segment": segment, "gxp:segment-class": class, "gxp:reaches": reaches}
}

func (b *builder) perimeter(r testRegion) {
	name := "perimeter-" + r.name
	hub, endpoint := id("TransitGateway", "hub-"+r.name), "vpce-"+r.name
	b.vpc(r, name, "perimeter", "none", r.block(0, 20), map[string]string{
		"public": r.block(0, 28), "firewall": r.block(1, 28), "transit": r.block(2, 28), "endpoints": r.block(8, 21),
	})
	b.net("InternetGateway", "ec2/internetGateway", name, r, object{"vpcId": id("Vpc", name)})
	b.net("NatGateway", "ec2/natGateway", name, r, object{"subnetId": id("Subnet", name+"-public"), "allocationId": "eipalloc-1"})
	b.net("VpcBlockPublicAccessExclusion", "ec2/vpcBlockPublicAccessExclusion", name, r,
		object{"vpcId": id("Vpc", name), "internetGatewayExclusionMode": "allow-egress"})
	b.net("VpcEndpoint", "ec2/vpcEndpoint", name+"-kms", r, object{
		"vpcId": id("Vpc", name), "serviceName": "com.amazonaws." + r.name + ".kms", "vpcEndpointType": "Interface", "policy": endpointPolicy(r.name),
		"securityGroupIds": []any{id("SecurityGroup", name)},
	})
	b.net("SecurityGroup", "ec2/securityGroup", name, r, object{"vpcId": id("Vpc", name)})
	b.net("SecurityGroupIngressRule", "vpc/securityGroupIngressRule", name, r, object{
		"securityGroupId": id("SecurityGroup", name), "cidrIpv4": whole, "ipProtocol": "tcp", "fromPort": 443.0, "toPort": 443.0,
	})
	b.zone(r, name)
	b.route(r, name+"-public", anywhere, "gatewayId", id("InternetGateway", name))
	b.route(r, name+"-firewall", anywhere, "natGatewayId", id("NatGateway", name))
	b.route(r, name+"-firewall", whole, "transitGatewayId", hub)
	b.route(r, name+"-firewall", onPremises, "transitGatewayId", hub)
	b.route(r, name+"-endpoints", whole, "transitGatewayId", hub)
	if r.firewall {
		b.firewall(r, name, endpoint)
		b.route(r, name+"-transit", anywhere, "vpcEndpointId", endpoint)
		b.route(r, name+"-public", whole, "vpcEndpointId", endpoint)
	} else {
		b.route(r, name+"-transit", anywhere, "natGatewayId", id("NatGateway", name))
		b.route(r, name+"-public", whole, "transitGatewayId", hub)
	}
	b.hubTable(r, name, tagsOf("perimeter", "none", "none"), id("VpcAttachment", name))
	for _, s := range r.segments {
		b.hubRoute(r, name, r.vpcBlock(s.name), id("VpcAttachment", s.name+"-"+r.name))
	}
	if r.vpn {
		b.hubRoute(r, name, onPremises, "tgw-attach-vpn")
	}
}

func (b *builder) firewall(r testRegion, vpc, endpoint string) {
	b.rules(r, vpc+"-segments", segmentRules)
	b.rules(r, vpc+"-floor", floorRules)
	b.net("FirewallPolicy", "networkfirewall/firewallPolicy", vpc, r, object{"firewallPolicy": object{
		"statefulDefaultActions": []any{"aws:drop_established", "aws:alert_established"},
		"statefulEngineOptions":  object{"ruleOrder": "STRICT_ORDER", "streamExceptionPolicy": "DROP"},
		"statefulRuleGroupReferences": []any{
			object{"priority": 100.0, "resourceArn": id("RuleGroup", vpc+"-segments")},
			object{"priority": 200.0, "resourceArn": id("RuleGroup", vpc+"-floor")},
		},
		"statelessDefaultActions":         []any{"aws:forward_to_sfe"},
		"statelessFragmentDefaultActions": []any{"aws:forward_to_sfe"},
	}})
	b.net("Firewall", "networkfirewall/firewall", vpc, r, object{
		"vpcId": id("Vpc", vpc), "firewallPolicyArn": id("FirewallPolicy", vpc), "deleteProtection": true,
		"subnetMappings": []any{object{"subnetId": id("Subnet", vpc+"-firewall")}},
	})
	b.resources[len(b.resources)-1].Outputs = object{"firewallStatuses": []any{object{"syncStates": []any{object{
		"attachments": []any{object{"endpointId": endpoint, "subnetId": id("Subnet", vpc+"-firewall")}},
	}}}}}
	destination := func(kind string) object {
		return object{"logType": kind, "logDestinationType": "S3", "logDestination": object{"bucketName": "b-network-logs-" + r.name}}
	}
	b.net("LoggingConfiguration", "networkfirewall/loggingConfiguration", vpc, r, object{
		"firewallArn":          id("Firewall", vpc),
		"loggingConfiguration": object{"logDestinationConfigs": []any{destination("ALERT"), destination("FLOW")}},
	})
}

func (b *builder) vpn(r testRegion) {
	inputs := object{"transitGatewayId": id("TransitGateway", "hub-"+r.name), "type": "ipsec.1", "customerGatewayId": "cgw-1",
		"presharedKeyStorage": "SecretsManager"}
	for _, tunnel := range []string{"tunnel1", "tunnel2"} {
		inputs[tunnel+"IkeVersions"] = []any{"ikev2"}
		for _, phase := range []string{"Phase1", "Phase2"} {
			inputs[tunnel+phase+"EncryptionAlgorithms"] = []any{"AES256-GCM-16"}
			inputs[tunnel+phase+"IntegrityAlgorithms"] = []any{"SHA2-384"}
			inputs[tunnel+phase+"DhGroupNumbers"] = []any{20.0}
		}
	}
	b.net("VpnConnection", "ec2/vpnConnection", "vpn-"+r.name, r, inputs)
	b.resources[len(b.resources)-1].Outputs = object{"transitGatewayAttachmentId": "tgw-attach-vpn"}
	b.hubTable(r, "on-premises-"+r.name, tagsOf("on-premises", "none", "none"), "tgw-attach-vpn")
	b.hubRoute(r, "on-premises-"+r.name, whole, "")
	for _, s := range r.segments {
		if strings.Contains(s.reaches, "on-premises") {
			b.hubRoute(r, "on-premises-"+r.name, r.vpcBlock(s.name), r.inspecting(s.name))
		}
	}
}

// inspecting is the attachment that traffic to a segment takes: that of the
// perimeter, if a firewall is there.
func (r testRegion) inspecting(segment string) string {
	if r.firewall {
		return id("VpcAttachment", "perimeter-"+r.name)
	}
	return id("VpcAttachment", segment+"-"+r.name)
}

func (b *builder) segment(r testRegion, i int) {
	s := r.segments[i]
	name, hub, first := s.name+"-"+r.name, id("TransitGateway", "hub-"+r.name), 16*(i+1)
	b.vpc(r, name, s.name, s.class, r.block(first, 20), map[string]string{
		"private": r.block(first, 21), "isolated": r.block(first+8, 22), "transit": r.block(first+15, 28),
	})
	for _, service := range []string{"s3", "dynamodb"} {
		b.net("VpcEndpoint", "ec2/vpcEndpoint", name+"-"+service, r, object{
			"vpcId": id("Vpc", name), "serviceName": "com.amazonaws." + r.name + "." + service, "vpcEndpointType": "Gateway",
			"policy":        endpointPolicy(r.name),
			"routeTableIds": []any{id("RouteTable", name+"-private"), id("RouteTable", name+"-isolated")},
		})
	}
	b.route(r, name+"-private", anywhere, "transitGatewayId", hub)
	b.route(r, name+"-isolated", whole, "transitGatewayId", hub)
	b.net("NetworkAcl", "ec2/networkAcl", name, r, object{
		"vpcId": id("Vpc", name), "subnetIds": []any{id("Subnet", name+"-private"), id("Subnet", name+"-isolated")},
		"ingress": []any{
			object{"ruleNo": 10.0, "action": "deny", "protocol": "6", "cidrBlock": anywhere, "fromPort": 22.0, "toPort": 22.0},
			object{"ruleNo": 1000.0, "action": "allow", "protocol": "-1", "cidrBlock": anywhere, "fromPort": 0.0, "toPort": 0.0},
		},
	})
	b.net("ResourceAssociation", "ram/resourceAssociation", name, r, object{
		"resourceShareArn": id("ResourceShare", name), "resourceArn": id("Subnet", name+"-private"),
	})
	b.net("ResourceShare", "ram/resourceShare", name, r, object{"name": name, "allowExternalPrincipals": false})
	b.net("PrincipalAssociation", "ram/principalAssociation", name, r, object{
		"resourceShareArn": id("ResourceShare", name),
		"principal":        unitARN(s.name),
	})
}

// segmentRoutes add the table that decides where a segment reaches.
func (b *builder) segmentRoutes(regions []testRegion, at int, s testSegment) {
	r := regions[at]
	name, perimeter := s.name+"-"+r.name, id("VpcAttachment", "perimeter-"+r.name)
	b.hubTable(r, name, tagsOf(s.name, s.class, s.reaches), id("VpcAttachment", name))
	b.hubRoute(r, name, whole, "")
	if r.perimeter {
		b.hubRoute(r, name, r.block(0, 20), perimeter)
	}
	for _, place := range strings.Fields(s.reaches) {
		switch place {
		case "none":
		case "internet":
			b.hubRoute(r, name, anywhere, perimeter)
		case "on-premises":
			to := "tgw-attach-vpn"
			if r.firewall {
				to = perimeter
			}
			b.hubRoute(r, name, onPremises, to)
		default:
			b.hubRoute(r, name, r.vpcBlock(place), r.inspecting(place))
		}
	}
	for i, other := range regions {
		if block := other.vpcBlock(s.name); i != at && block != "" {
			b.hubRoute(r, name, block, peeringID)
		}
	}
}

var peeringID = id("PeeringAttachment", "peering")

func (b *builder) peering(one, other testRegion) {
	b.net("PeeringAttachment", "ec2transitgateway/peeringAttachment", "peering", one, object{
		"transitGatewayId":     id("TransitGateway", "hub-"+one.name),
		"peerTransitGatewayId": id("TransitGateway", "hub-"+other.name), "peerRegion": other.name,
	})
	b.net("PeeringAttachmentAccepter", "ec2transitgateway/peeringAttachmentAccepter", "peering", other,
		object{"transitGatewayAttachmentId": peeringID})
	b.resources[len(b.resources)-1].ID = peeringID
	for _, r := range []testRegion{one, other} {
		b.hubTable(r, "peering-"+r.name, tagsOf("peering", "none", "none"), peeringID)
		b.hubRoute(r, "peering-"+r.name, whole, "")
		for _, s := range r.segments {
			b.hubRoute(r, "peering-"+r.name, r.vpcBlock(s.name), id("VpcAttachment", s.name+"-"+r.name))
		}
	}
}

func (b *builder) addresses(regions []testRegion) {
	home := regions[0]
	b.net("VpcIpam", "ec2/vpcIpam", "addresses", home, object{"tier": "advanced"})
	for _, r := range regions {
		b.net("VpcIpamPool", "ec2/vpcIpamPool", "pool-"+r.name, home, object{"locale": r.name, "addressFamily": "ipv4"})
		b.net("VpcIpamPoolCidr", "ec2/vpcIpamPoolCidr", "pool-"+r.name, home,
			object{"ipamPoolId": id("VpcIpamPool", "pool-"+r.name), "cidr": r.block(0, 16)})
	}
}

// networkOf is a graph of a network alone.
func networkOf(regions []testRegion) *qualification.Graph {
	b := &builder{}
	for _, r := range regions {
		b.provider(r.provider, "888899990000", r.name)
		b.provider(r.archive(), "444455556666", r.name)
	}
	b.network(regions)
	return qualification.NewGraph(b.resources)
}

func inNetwork(variant, module, name string) mutation.Where {
	return mutation.Named("aws:"+module+":"+variant, name)
}

var (
	onProdTable   = inNetwork("RouteTable", "ec2transitgateway/routeTable", "prod-eu-test-1")
	onShared      = inNetwork("Vpc", "ec2/vpc", "shared-eu-test-1")
	onHub         = inNetwork("TransitGateway", "ec2transitgateway/transitGateway", "hub-eu-test-1")
	onPolicy      = mutation.OfType("aws:networkfirewall/firewallPolicy:FirewallPolicy")
	onFirewallLog = mutation.OfType("aws:networkfirewall/loggingConfiguration:LoggingConfiguration")
	onFlowLog     = inNetwork("FlowLog", "ec2/flowLog", "prod-eu-test-1")
	onDefault     = inNetwork("DefaultSecurityGroup", "ec2/defaultSecurityGroup", "prod-eu-test-1")
	onS3          = inNetwork("VpcEndpoint", "ec2/vpcEndpoint", "prod-eu-test-1-s3")
	onKMS         = inNetwork("VpcEndpoint", "ec2/vpcEndpoint", "perimeter-eu-test-1-kms")
	onRules       = inNetwork("RuleGroup", "networkfirewall/ruleGroup", "perimeter-eu-test-1-segments")
	onFloor       = inNetwork("RuleGroup", "networkfirewall/ruleGroup", "perimeter-eu-test-1-floor")
	onExclusion   = mutation.OfType("aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion")
	onVPN         = mutation.OfType("aws:ec2/vpnConnection:VpnConnection")
)

// halfPolicy confines principals and not resources.
const halfPolicy = `{"Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*",
	"Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-abcdefghij"}}}}`

var networkSettings = []setting{
	{"GXP-NET-001", onProdTable, `tags["gxp:reaches"]`, "internet shared", ""},
	{"GXP-NET-001", onProdTable, `tags["gxp:reaches"]`, "internet on-premises shared web", ""},
	{"GXP-NET-001", inNetwork("Route", "ec2transitgateway/route", "perimeter-eu-test-1-"+onPremises), "destinationCidrBlock", "172.30.0.0/16",
		qualification.NotYetKnown},
	{"GXP-NET-002", onShared, `tags["gxp:segment-class"]`, "nongxp", ""},
	{"GXP-NET-003", onHub, "autoAcceptSharedAttachments", "enable", ""},
	{"GXP-NET-003", onHub, "defaultRouteTableAssociation", "enable", ""},
	{"GXP-NET-003", onHub, "defaultRouteTablePropagation", "enable", ""},
	{"GXP-NET-004", inNetwork("RouteTableAssociation", "ec2transitgateway/routeTableAssociation", "prod-eu-test-1-1"),
		"transitGatewayRouteTableId", "hubtable/shared-eu-test-1", qualification.NotYetKnown},
	{"GXP-NET-005", inNetwork("Subnet", "ec2/subnet", "prod-eu-test-1-private"), "mapPublicIpOnLaunch", true, qualification.Pass},
	{"GXP-NET-005", inNetwork("NatGateway", "ec2/natGateway", "perimeter-eu-test-1"), "subnetId", "subnet/prod-eu-test-1-private", ""},
	{"GXP-NET-006", inNetwork("VpcAttachment", "ec2transitgateway/vpcAttachment", "perimeter-eu-test-1"), "applianceModeSupport", "disable", ""},
	{"GXP-NET-007", onPolicy, "firewallPolicy.statefulEngineOptions.ruleOrder", "DEFAULT_ACTION_ORDER", ""},
	{"GXP-NET-007", onPolicy, "firewallPolicy.statefulDefaultActions", []any{"aws:alert_established"}, ""},
	{"GXP-NET-007", onPolicy, "firewallPolicy.statelessDefaultActions", []any{"aws:pass"}, ""},
	{"GXP-NET-008", onFirewallLog, "loggingConfiguration.logDestinationConfigs[1].logType", "TLS", ""},
	{"GXP-NET-008", onFirewallLog, "loggingConfiguration.logDestinationConfigs[0].logDestination.bucketName", "elsewhere", ""},
	{"GXP-NET-009", mutation.OfType("aws:networkfirewall/firewall:Firewall"), "deleteProtection", false, ""},
	{"GXP-NET-010", onFlowLog, "trafficType", "REJECT", ""},
	{"GXP-NET-010", onFlowLog, "logDestinationType", "cloud-watch-logs", ""},
	{"GXP-NET-010", onFlowLog, "logDestination", "arn:aws:s3:::b-archive", ""},
	{"GXP-NET-010", onFlowLog, "logFormat", "${srcaddr} ${dstaddr}", ""},
	{"GXP-NET-010", onFlowLog, "maxAggregationInterval", 600.0, ""},
	{"GXP-NET-011", onDefault, "ingress", []any{object{"protocol": "-1", "self": true}}, qualification.Pass},
	{"GXP-NET-011", onDefault, "egress", []any{object{"protocol": "-1", "cidrBlocks": []any{anywhere}}}, qualification.Pass},
	{"GXP-NET-012", onS3, "policy", allowsAll, ""},
	{"GXP-NET-013", onS3, "policy", halfPolicy, ""},
	{"GXP-NET-014", onS3, "serviceName", "com.amazonaws.eu-test-1.sts", ""},
	{"GXP-NET-014", onS3, "routeTableIds", []any{"routetable/prod-eu-test-1-private"}, ""},
	{"GXP-NET-015", inNetwork("ResolverQueryLogConfigAssociation", "route53/resolverQueryLogConfigAssociation", "prod-eu-test-1"),
		"resourceId", "vpc/other", ""},
	{"GXP-NET-015", inNetwork("ResolverQueryLogConfig", "route53/resolverQueryLogConfig", "queries-eu-test-1"),
		"destinationArn", "arn:aws:s3:::elsewhere", ""},
	{"GXP-NET-016", inNetwork("ResolverFirewallConfig", "route53/resolverFirewallConfig", "prod-eu-test-1"), "firewallFailOpen", "ENABLED", ""},
	{"GXP-NET-016", inNetwork("ResolverFirewallRuleGroupAssociation", "route53/resolverFirewallRuleGroupAssociation", "prod-eu-test-1"),
		"mutationProtection", "DISABLED", ""},
	{"GXP-NET-017", inNetwork("ResourceShare", "ram/resourceShare", "prod-eu-test-1"), "allowExternalPrincipals", true, ""},
	{"GXP-NET-017", inNetwork("PrincipalAssociation", "ram/principalAssociation", "prod-eu-test-1"), "principal", "444455556666", ""},
	{"GXP-NET-017", inNetwork("PrincipalAssociation", "ram/principalAssociation", "prod-eu-test-1"), "principal",
		"arn:aws:organizations::111122223333:organization/o-abcdefghij", ""},
	{"GXP-NET-018", onExclusion, "internetGatewayExclusionMode", "allow-bidirectional", ""},
	{"GXP-NET-018", onExclusion, "vpcId", "vpc/prod-eu-test-1", ""},
	{"GXP-NET-019", onShared, "cidrBlock", "10.64.16.0/22", qualification.NotYetKnown},
	{"GXP-NET-020", onShared, "cidrBlock", "10.79.0.0/20", qualification.NotYetKnown},
	{"GXP-NET-020", inNetwork("VpcIpamPool", "ec2/vpcIpamPool", "pool-eu-test-2"), "locale", "eu-test-1", ""},
	{"GXP-NET-021", onVPN, "presharedKeyStorage", "Standard", ""},
	{"GXP-NET-021", onVPN, "tunnel1IkeVersions", []any{"ikev1", "ikev2"}, ""},
	{"GXP-NET-021", onVPN, "tunnel2Phase2EncryptionAlgorithms", []any{"AES128"}, ""},
	{"GXP-NET-021", onVPN, "tunnel1Phase1DhGroupNumbers", []any{2.0}, ""},
	{"GXP-NET-004", inNetwork("VpcAttachment", "ec2transitgateway/vpcAttachment", "prod-eu-test-1"),
		"transitGatewayDefaultRouteTableAssociation", true, ""},
	{"GXP-NET-013", onKMS, "policy", halfPolicy, ""},
	{"GXP-NET-017", inNetwork("PrincipalAssociation", "ram/principalAssociation", "prod-eu-test-1"), "principal", unitARN("shared"), ""},
	{"GXP-NET-017", inNetwork("PrincipalAssociation", "ram/principalAssociation", "prod-eu-test-1"), "principal", ouARN + "ou-abcd-33333331", ""},
	{"GXP-NET-017", inNetwork("ResourceAssociation", "ram/resourceAssociation", "prod-eu-test-1"), "resourceArn", "subnet/prod-eu-test-1-transit", ""},
	{"GXP-NET-017", inNetwork("ResourceAssociation", "ram/resourceAssociation", "prod-eu-test-1"), "resourceArn",
		"subnet/perimeter-eu-test-1-endpoints", ""},
	{"GXP-NET-017", inNetwork("ResourceAssociation", "ram/resourceAssociation", "prod-eu-test-1"), "resourceArn", "subnet/shared-eu-test-1-private", ""},
	{"GXP-NET-023", onPolicy, "firewallPolicy.statefulEngineOptions.streamExceptionPolicy", "CONTINUE", ""},
	{"GXP-NET-023", onPolicy, "firewallPolicy.statefulRuleGroupReferences[1].resourceArn", "arn:aws:network-firewall:::stranger", ""},
	{"GXP-NET-023", onRules, "ruleGroup.rulesSource.rulesString", "pass ip any any -> any any (sid:1;)\n", ""},
	{"GXP-NET-023", onRules, "ruleGroup.rulesSource.rulesString", "pass ip 10.64.0.0/12 any <> [0.0.0.0/0] any (sid:1;)\n" +
		"pass ip 0.0.0.0/1 any -> $ANYWHERE any (sid:2;)\n", ""},
	{"GXP-NET-023", onFloor, "ruleGroup.rulesSource.rulesString", "drop udp any any -> any any (content:\"x\"; sid:1;)\n", ""},
	{"GXP-NET-024", mutation.OfType("aws:networkfirewall/firewall:Firewall"), "subnetMappings", []any{}, ""},
	{"GXP-NET-025", inNetwork("Subnet", "ec2/subnet", "prod-eu-test-1-private"), "assignIpv6AddressOnCreation", true, qualification.Pass},
	{"GXP-NET-026", inNetwork("Route", "ec2/route", "prod-eu-test-1-isolated-"+whole), "destinationCidrBlock", anywhere, qualification.NotYetKnown},
	{"GXP-NET-027", inNetwork("RouteTableAssociation", "ec2transitgateway/routeTableAssociation", "prod-eu-test-1-1"),
		"transitGatewayAttachmentId", "tgw-attach-stranger", qualification.NotYetKnown},
	{"GXP-NET-028", onKMS, "vpcEndpointType", "GatewayLoadBalancer", qualification.Pass},
	{"GXP-NET-028", onKMS, "serviceName", "com.amazonaws.vpce.eu-test-1.vpce-svc-1", ""},
	{"GXP-NET-029", inNetwork("ResolverFirewallRule", "route53/resolverFirewallRule", "bad-eu-test-1"), "action", "ALERT", ""},
	{"GXP-NET-029", inNetwork("ResolverFirewallRuleGroupAssociation", "route53/resolverFirewallRuleGroupAssociation", "prod-eu-test-1"),
		"firewallRuleGroupId", "rslvr-frg-1", ""},
	{"GXP-NET-029", inNetwork("ResolverFirewallRule", "route53/resolverFirewallRule", "bad-eu-test-2"), "priority", 250.0, ""},
	{"GXP-NET-029", inNetwork("ResolverFirewallRule", "route53/resolverFirewallRule", "rest-eu-test-2"), "action", "ALLOW", ""},
	{"GXP-NET-030", onShared, "enableDnsSupport", false, qualification.Pass},
	{"GXP-NET-030", inNetwork("ResolverRule", "route53/resolverRule", "perimeter-eu-test-1"), "domainName", "amazonaws.com", ""},
	{"GXP-NET-030", inNetwork("ResolverRule", "route53/resolverRule", "perimeter-eu-test-1"), "targetIps[0].ip", "8.8.8.8", ""},
	{"GXP-NET-030", inNetwork("Record", "route53/record", "perimeter-eu-test-1"), "aliases[0].name", "elsewhere.example.com", ""},
	{"GXP-NET-030", inNetwork("ZoneAssociation", "route53/zoneAssociation", "perimeter-eu-test-1-prod"), "vpcId", "vpc/other", ""},
	{"GXP-NET-031", inNetwork("NetworkAcl", "ec2/networkAcl", "prod-eu-test-1"), "ingress[0].action", "allow", ""},
	{"GXP-NET-032", inNetwork("SecurityGroupIngressRule", "vpc/securityGroupIngressRule", "perimeter-eu-test-1"), "cidrIpv4", anywhere, ""},
	{"GXP-NET-032", inNetwork("SecurityGroupIngressRule", "vpc/securityGroupIngressRule", "perimeter-eu-test-1"), "toPort", 65535.0, ""},
	{"GXP-NET-032", onKMS, "securityGroupIds", []any{}, ""},
	{"GXP-NET-022", inNetwork("RouteTable", "ec2transitgateway/routeTable", "peering-eu-test-2"), `tags["gxp:segment"]`, "prod", ""},
	{"GXP-NET-022", inNetwork("RouteTableAssociation", "ec2transitgateway/routeTableAssociation", "peering-eu-test-2-1"),
		"transitGatewayAttachmentId", "vpcattachment/prod-eu-test-2", qualification.NotYetKnown},
}
