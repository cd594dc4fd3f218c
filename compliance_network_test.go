package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/mutation"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

func init() { sabotages = append(sabotages, networkSabotages...) }

const (
	vpcType            = "aws:ec2/vpc:Vpc"
	subnetType         = "aws:ec2/subnet:Subnet"
	routeTableType     = "aws:ec2/routeTable:RouteTable"
	routeType          = "aws:ec2/route:Route"
	natGatewayType     = "aws:ec2/natGateway:NatGateway"
	internetGateType   = "aws:ec2/internetGateway:InternetGateway"
	endpointType       = "aws:ec2/vpcEndpoint:VpcEndpoint"
	flowLogType        = "aws:ec2/flowLog:FlowLog"
	exclusionType      = "aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion"
	vpnType            = "aws:ec2/vpnConnection:VpnConnection"
	hubType            = "aws:ec2transitgateway/transitGateway:TransitGateway"
	hubTableType       = "aws:ec2transitgateway/routeTable:RouteTable"
	hubRouteType       = "aws:ec2transitgateway/route:Route"
	hubAssociationType = "aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation"
	hubPropagationType = "aws:ec2transitgateway/routeTablePropagation:RouteTablePropagation"
	vpcAttachmentType  = "aws:ec2transitgateway/vpcAttachment:VpcAttachment"
	firewallType       = "aws:networkfirewall/firewall:Firewall"
	firewallPolicyType = "aws:networkfirewall/firewallPolicy:FirewallPolicy"
	firewallLogType    = "aws:networkfirewall/loggingConfiguration:LoggingConfiguration"
	queryLogType       = "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig"
	queryLogJoinType   = "aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation"
	nameFirewallType   = "aws:route53/resolverFirewallConfig:ResolverFirewallConfig"
	nameFirewallJoin   = "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation"
	shareType          = "aws:ram/resourceShare:ResourceShare"
	sharePrincipalType = "aws:ram/principalAssociation:PrincipalAssociation"

	segmentTag = `tags["gxp:segment"]`
	classTag   = `tags["gxp:segment-class"]`
	reachesTag = `tags["gxp:reaches"]`

	anyPrincipal = `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}`
)

// having picks the resources of a type whose property has the value.
func having(resourceType, path string, value any) mutation.Where {
	return func(r *qualification.Resource) bool { return r.Type == resourceType && r.Get(path).Is(value) }
}

// endpointOf picks the endpoints of a service.
func endpointOf(service string) mutation.Where {
	return func(r *qualification.Resource) bool {
		name, _ := r.Get("serviceName").Text()
		return r.Type == endpointType && strings.HasSuffix(name, "."+service)
	}
}

// sharedSegments are everything that says to be of a shared segment.
func sharedSegments(r *qualification.Resource) bool { return r.Get(classTag).Is("shared") }

var (
	anyVPC       = mutation.OfType(vpcType)
	anyHub       = mutation.OfType(hubType)
	anyHubRoute  = mutation.OfType(hubRouteType)
	perimeterVPC = having(vpcType, segmentTag, "perimeter")
	gxpTables    = having(hubTableType, classTag, "gxp")
	ownFirewall  = mutation.OfType(firewallType)
	firewallRule = mutation.OfType(firewallPolicyType)
	flowLogs     = mutation.OfType(flowLogType)
	vpns         = mutation.OfType(vpnType)
)

var networkSabotages = []sabotage{
	{"GXP-NET-001", "a way out that is missing", having(hubRouteType, "destinationCidrBlock", "0.0.0.0/0"), nil,
		mutation.OfType(hubTableType)},
	{"GXP-NET-001", "a segment that declares what is not there", gxpTables, mutation.Set(reachesTag, "elsewhere"), nil},
	{"GXP-NET-001", "a segment that declares nothing", gxpTables, mutation.Remove(reachesTag), nil},
	{"GXP-NET-002", "a shared segment that is not GxP after all", sharedSegments, mutation.Set(classTag, "nongxp"), anyHubRoute},
	{"GXP-NET-002", "a segment of no class", gxpTables, mutation.Remove(classTag), nil},
	{"GXP-NET-003", "attachments that nobody accepts", anyHub, mutation.Set("autoAcceptSharedAttachments", "enable"), nil},
	{"GXP-NET-003", "a table that everything is in", anyHub, mutation.Set("defaultRouteTableAssociation", "enable"), nil},
	{"GXP-NET-003", "routes that announce themselves", anyHub, mutation.Remove("defaultRouteTablePropagation"), nil},
	{"GXP-NET-004", "attachments without a table", mutation.OfType(hubAssociationType), nil, mutation.OfType(vpcAttachmentType)},
	{"GXP-NET-004", "an attachment in the table of another segment", gxpTables, mutation.Set(segmentTag, "another"), nil},
	{"GXP-NET-005", "subnets that give out public addresses", having(subnetType, "mapPublicIpOnLaunch", false),
		mutation.Set("mapPublicIpOnLaunch", true), nil},
	{"GXP-NET-006", "answers that come to the other endpoint", having(vpcAttachmentType, segmentTag, "perimeter"),
		mutation.Set("applianceModeSupport", "disable"), nil},
	{"GXP-NET-007", "a firewall that lets pass what nobody thought of", firewallRule,
		mutation.Set("firewallPolicy.statefulDefaultActions", []any{"aws:alert_established"}), nil},
	{"GXP-NET-007", "a firewall that decides in an order of its own", firewallRule,
		mutation.Remove("firewallPolicy.statefulEngineOptions"), nil},
	{"GXP-NET-007", "a firewall that does not look", firewallRule,
		mutation.Set("firewallPolicy.statelessDefaultActions", []any{"aws:pass"}), nil},
	{"GXP-NET-008", "a firewall that tells nobody", mutation.OfType(firewallLogType), nil, ownFirewall},
	{"GXP-NET-008", "alerts that stay in the account", mutation.OfType(firewallLogType),
		mutation.Set("loggingConfiguration.logDestinationConfigs[0].logDestinationType", "CloudWatchLogs"), nil},
	{"GXP-NET-009", "a firewall that can be deleted", ownFirewall, mutation.Set("deleteProtection", false), nil},
	{"GXP-NET-010", "a VPC without flow log", flowLogs, nil, anyVPC},
	{"GXP-NET-010", "a record of refusals alone", flowLogs, mutation.Set("trafficType", "REJECT"), nil},
	{"GXP-NET-010", "a record without the fields that count", flowLogs, mutation.Remove("logFormat"), nil},
	{"GXP-NET-010", "a record for ten minutes at a time", flowLogs, mutation.Set("maxAggregationInterval", 600.0), nil},
	{"GXP-NET-011", "a default group that lets everything in", mutation.OfType("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"),
		mutation.Set("ingress", []any{map[string]any{"protocol": "-1", "self": true}}), nil},
	{"GXP-NET-012", "an endpoint for everybody", mutation.OfType(endpointType), mutation.Set("policy", anyPrincipal), nil},
	{"GXP-NET-012", "an endpoint without policy", endpointOf("s3"), mutation.Remove("policy"), nil},
	{"GXP-NET-013", "an endpoint to the buckets of strangers", endpointOf("s3"), mutation.Set("policy", anyPrincipal), nil},
	{"GXP-NET-014", "a table of records that is reached by the internet", endpointOf("dynamodb"), nil, anyVPC},
	{"GXP-NET-015", "a VPC that asks unheard", mutation.OfType(queryLogJoinType), nil, anyVPC},
	{"GXP-NET-015", "questions that are recorded elsewhere", mutation.OfType(queryLogType),
		mutation.Set("destinationArn", "arn:aws:s3:::elsewhere"), nil},
	{"GXP-NET-016", "a filter that opens when it fails", mutation.OfType(nameFirewallType), mutation.Set("firewallFailOpen", "ENABLED"), nil},
	{"GXP-NET-016", "a filter that can be taken off", mutation.OfType(nameFirewallJoin), mutation.Set("mutationProtection", "DISABLED"), nil},
	{"GXP-NET-016", "a VPC without filter", mutation.OfType(nameFirewallJoin), nil, anyVPC},
	{"GXP-NET-017", "a share for strangers", mutation.OfType(shareType), mutation.Set("allowExternalPrincipals", true), nil},
	{"GXP-NET-017", "a share with an account", mutation.OfType(sharePrincipalType), mutation.Set("principal", "111122223333"), nil},
	{"GXP-NET-018", "a perimeter that the internet may enter", mutation.OfType(exclusionType),
		mutation.Set("internetGatewayExclusionMode", "allow-bidirectional"), nil},
	{"GXP-NET-018", "a perimeter that is blocked", mutation.OfType(exclusionType), nil, perimeterVPC},
	{"GXP-NET-019", "two VPCs with the same addresses", perimeterVPC, mutation.Set("cidrBlock", "10.0.0.0/8"), nil},
	{"GXP-NET-020", "a VPC from no pool", mutation.OfType("aws:ec2/vpcIpamPoolCidr:VpcIpamPoolCidr"), nil, anyVPC},
	{"GXP-NET-021", "a VPN with the old protocol", vpns, mutation.Set("tunnel1IkeVersions", []any{"ikev1", "ikev2"}), nil},
	{"GXP-NET-021", "a VPN whose key is in the state", vpns, mutation.Set("tunnel1PresharedKey", "written-in-plain-text"), nil},
	{"GXP-NET-021", "a VPN whose keys are not kept apart", vpns, mutation.Remove("presharedKeyStorage"), nil},
	{"GXP-NET-021", "a VPN with a weak group", vpns, mutation.Set("tunnel2Phase1DhGroupNumbers", []any{2.0}), nil},
	{"GXP-NET-022", "another region in the table of a segment", having(hubTableType, segmentTag, "peering"),
		mutation.Set(segmentTag, "another"), nil},

	{"GXP-NET-004", "an attachment that is put into a default table", mutation.OfType(vpcAttachmentType),
		mutation.Set("transitGatewayDefaultRouteTableAssociation", true), nil},
	{"GXP-NET-006", "a firewall that is taken away", ownFirewall, nil, func(r *qualification.Resource) bool {
		return perimeterVPC(r) && r.Get(`tags["gxp:inspection"]`).Is("true")
	}},
	{"GXP-NET-010", "a record in the bucket of another region", having(flowLogType, "logDestination", "arn:aws:s3:::meridian-gxp-network-logs-eu-central-1"),
		mutation.Set("logDestination", "arn:aws:s3:::meridian-gxp-network-logs-eu-west-1"), nil},
	{"GXP-NET-010", "a record in a folder", flowLogs, mutation.Set("logDestination", "arn:aws:s3:::meridian-gxp-network-logs-eu-central-1/x/"), nil},
	{"GXP-NET-013", "images that are put anywhere", endpointOf("ecr.dkr"), mutation.Set("policy", anyPrincipal), nil},
	{"GXP-NET-013", "events for strangers", endpointOf("events"), mutation.Set("policy", anyPrincipal), nil},
	{"GXP-NET-017", "a share with all units of workloads", mutation.OfType(sharePrincipalType), shareWithWorkloads, nil},
	{"GXP-NET-017", "a share with a unit of a stranger", mutation.OfType(sharePrincipalType),
		mutation.Set("principal", "arn:aws:organizations::999999999999:ou/o-stranger123/ou-abcd-12345678"), nil},
	{"GXP-NET-023", "a rule that lets everything pass", mutation.OfType(ruleGroupType),
		mutation.Set("ruleGroup.rulesSource.rulesString", "pass ip any any -> any any (sid:1; rev:1;)\n"), nil},
	{"GXP-NET-023", "a rule between GxP and the rest", mutation.OfType(ruleGroupType),
		mutation.Set("ruleGroup.rulesSource.rulesString", "pass ip 10.64.0.0/17 any <> 10.65.128.0/17 any (sid:1; rev:1;)\n"), nil},
	{"GXP-NET-023", "stateless rules", firewallRule,
		mutation.Set("firewallPolicy.statelessRuleGroupReferences", []any{map[string]any{"priority": 1.0, "resourceArn": "arn:x"}}), nil},
	{"GXP-NET-023", "rules of a stranger", firewallRule,
		mutation.Set("firewallPolicy.statefulRuleGroupReferences[0].resourceArn", "arn:aws:network-firewall:eu-central-1:999999999999:stateful-rulegroup/x"), nil},
	{"GXP-NET-023", "refusals that are alerts", firewallRule,
		mutation.Set("firewallPolicy.statefulRuleGroupReferences[3].override", map[string]any{"action": "DROP_TO_ALERT"}), nil},
	{"GXP-NET-023", "a floor that is not the last", mutation.Named(ruleGroupType, "hub-eu-central-1-floor"),
		mutation.Set("ruleGroup.rulesSource.rulesString", "drop udp any any -> any any (sid:1;)\n"), nil},
	{"GXP-NET-024", "a firewall in one zone", ownFirewall, func(r *qualification.Resource) error {
		r.Inputs["subnetMappings"] = r.Inputs["subnetMappings"].([]any)[:1]
		return nil
	}, nil},
	{"GXP-NET-025", "subnets with other addresses", mutation.OfType(subnetType), mutation.Set("assignIpv6AddressOnCreation", true), nil},
	{"GXP-NET-025", "a route of the transit gateway for all of IPv6", mutation.OfType(hubRouteType), mutation.Set("destinationCidrBlock", "::/0"), nil},
	{"GXP-NET-026", "isolated subnets with a way out", isolatedRoutes, mutation.Set("destinationCidrBlock", "0.0.0.0/0"), nil},
	{"GXP-NET-027", "an attachment of a stranger", mutation.OfType(hubAssociationType),
		mutation.Set("transitGatewayAttachmentId", "tgw-attach-0aaaaaaaaaaaaaaaa"), nil},
	{"GXP-NET-028", "an endpoint of a stranger's service", mutation.OfType(endpointType),
		mutation.Set("serviceName", "com.amazonaws.vpce.eu-central-1.vpce-svc-0123"), nil},
	{"GXP-NET-029", "a filter that only watches", mutation.OfType(nameRuleType), mutation.Set("action", "ALERT"), nil},
	{"GXP-NET-029", "a filter without rules", mutation.OfType(nameRuleType), nil, mutation.OfType("aws:route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup")},
	{"GXP-NET-029", "a list that allows everything", mutation.Named(nameListType, "hub-eu-west-1-allowed"), mutation.Set("domains", []any{"*"}), nil},
	{"GXP-NET-029", "a filter of another group", mutation.OfType(nameFirewallJoin), mutation.Set("firewallRuleGroupId", "rslvr-frg-elsewhere"), nil},
	{"GXP-NET-030", "a VPC that asks nobody", anyVPC, mutation.Set("enableDnsSupport", false), nil},
	{"GXP-NET-030", "all names to a stranger", mutation.OfType(forwardType), mutation.Set("domainName", "."), nil},
	{"GXP-NET-030", "names to a server of a stranger", mutation.OfType(forwardType), mutation.Set("targetIps[0].ip", "8.8.8.8"), nil},
	{"GXP-NET-030", "a name of a service that leads elsewhere", endpointRecords, mutation.Set("aliases[0].name", "elsewhere.example.com"), nil},
	{"GXP-NET-030", "a zone that a VPC does not know", mutation.OfType("aws:route53/zoneAssociation:ZoneAssociation"), nil, serviceZones},
	{"GXP-NET-031", "segments without access list", mutation.OfType(accessListType), nil, having(vpcType, classTag, "gxp")},
	{"GXP-NET-031", "an access list that refuses nothing", mutation.OfType(accessListType), mutation.Set("ingress[0].action", "allow"), nil},
	{"GXP-NET-032", "endpoints for the whole world", mutation.OfType(ingressRuleType), mutation.Set("cidrIpv4", "0.0.0.0/0"), nil},
	{"GXP-NET-032", "endpoints without a group", having(endpointType, "vpcEndpointType", "Interface"), mutation.Remove("securityGroupIds"), nil},
}

const (
	ruleGroupType   = "aws:networkfirewall/ruleGroup:RuleGroup"
	nameRuleType    = "aws:route53/resolverFirewallRule:ResolverFirewallRule"
	nameListType    = "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList"
	forwardType     = "aws:route53/resolverRule:ResolverRule"
	accessListType  = "aws:ec2/networkAcl:NetworkAcl"
	ingressRuleType = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
)

// isolatedRoutes are the routes of the isolated subnets.
func isolatedRoutes(r *qualification.Resource) bool {
	return r.Type == routeType && strings.Contains(r.Name(), "-isolated-")
}

// serviceZones are the zones of services of AWS.
func serviceZones(r *qualification.Resource) bool {
	name, _ := r.Get("name").Text()
	return r.Type == "aws:route53/zone:Zone" && strings.HasSuffix(name, ".amazonaws.com")
}

// endpointRecords are the names of the endpoints.
func endpointRecords(r *qualification.Resource) bool {
	return r.Type == "aws:route53/record:Record" && strings.HasPrefix(r.Name(), "hub-")
}

// shareWithWorkloads shares with the unit above all others.
func shareWithWorkloads(r *qualification.Resource) error {
	r.Inputs["principal"] = "arn:aws:organizations::111122223333:ou/o-jcv10zxi9o/ou-2gud-x2r8nurj"
	return nil
}

// addition is a resource that somebody adds to the network, and the controls
// that must notice.
type addition struct {
	controls []string
	what     string

	// like is the type of resource that is added, made with the inputs.
	like   string
	inputs func(*testing.T, *qualification.Graph) map[string]any
}

var additions = []addition{
	{[]string{"GXP-NET-001", "GXP-NET-002"}, "a route from GxP to where nothing is GxP", hubRouteType,
		func(t *testing.T, g *qualification.Graph) map[string]any {
			to := first(t, g, having(vpcType, classTag, "nongxp"))
			return routeTo(t, g, to, to.Get("cidrBlock"))
		}},
	{[]string{"GXP-NET-006"}, "a route past the firewall", hubRouteType,
		func(t *testing.T, g *qualification.Graph) map[string]any {
			to := first(t, g, having(vpcType, classTag, "shared"))
			subnet := first(t, g, having(subnetType, "vpcId", to.ID))
			return routeTo(t, g, to, subnet.Get("cidrBlock"))
		}},
	{[]string{"GXP-NET-004"}, "routes that are announced", hubPropagationType,
		func(t *testing.T, g *qualification.Graph) map[string]any {
			return map[string]any{
				"transitGatewayRouteTableId": first(t, g, gxpTables).ID,
				"transitGatewayAttachmentId": first(t, g, mutation.OfType(vpcAttachmentType)).ID,
			}
		}},
	{[]string{"GXP-NET-028"}, "a peering of VPCs", "aws:ec2/vpcPeeringConnection:VpcPeeringConnection",
		func(t *testing.T, g *qualification.Graph) map[string]any {
			return map[string]any{"vpcId": first(t, g, having(vpcType, classTag, "gxp")).ID, "peerVpcId": "vpc-stranger"}
		}},
	{[]string{"GXP-NET-028"}, "a gateway for a VPN", "aws:ec2/vpnGateway:VpnGateway",
		func(t *testing.T, g *qualification.Graph) map[string]any {
			return map[string]any{"vpcId": first(t, g, having(vpcType, classTag, "gxp")).ID}
		}},
	{[]string{"GXP-NET-025"}, "addresses of IPv6", "aws:ec2/vpcIpv6CidrBlockAssociation:VpcIpv6CidrBlockAssociation",
		func(t *testing.T, g *qualification.Graph) map[string]any {
			return map[string]any{"vpcId": first(t, g, having(vpcType, classTag, "gxp")).ID}
		}},
	{[]string{"GXP-NET-030"}, "a zone in front of a service", "aws:route53/zone:Zone",
		func(t *testing.T, g *qualification.Graph) map[string]any {
			return map[string]any{
				"name": "s3.eu-central-1.amazonaws.com",
				"vpcs": []any{map[string]any{"vpcId": first(t, g, having(vpcType, classTag, "gxp")).ID}},
			}
		}},
	{[]string{"GXP-NET-030"}, "settings that name another server", "aws:ec2/vpcDhcpOptions:VpcDhcpOptions",
		func(*testing.T, *qualification.Graph) map[string]any {
			return map[string]any{"domainNameServers": []any{"8.8.8.8"}}
		}},
	{[]string{"GXP-NET-005"}, "a NAT gateway in a segment", natGatewayType,
		func(t *testing.T, g *qualification.Graph) map[string]any {
			segment := first(t, g, having(vpcType, classTag, "gxp"))
			return map[string]any{"subnetId": first(t, g, having(subnetType, "vpcId", segment.ID)).ID}
		}},
	{[]string{"GXP-NET-005"}, "a route from a segment to the internet", routeType,
		func(t *testing.T, g *qualification.Graph) map[string]any {
			segment := first(t, g, having(vpcType, classTag, "gxp"))
			return map[string]any{
				"routeTableId":         first(t, g, having(routeTableType, "vpcId", segment.ID)).ID,
				"destinationCidrBlock": "198.51.100.0/24", "gatewayId": first(t, g, mutation.OfType(internetGateType)).ID,
			}
		}},
	{[]string{"GXP-NET-018"}, "a segment that the block leaves out", exclusionType,
		func(t *testing.T, g *qualification.Graph) map[string]any {
			return map[string]any{
				"vpcId": first(t, g, having(vpcType, classTag, "gxp")).ID, "internetGatewayExclusionMode": "allow-egress",
			}
		}},
}

// routeTo are the inputs of a route in the table of a GxP segment of the same
// region, straight to a VPC.
func routeTo(t *testing.T, g *qualification.Graph, vpc *qualification.Resource, block qualification.Value) map[string]any {
	t.Helper()
	destination, _ := block.Text()
	table := first(t, g, func(r *qualification.Resource) bool { return gxpTables(r) && r.Provider == vpc.Provider })
	return map[string]any{
		"transitGatewayRouteTableId": table.ID,
		"transitGatewayAttachmentId": first(t, g, having(vpcAttachmentType, "vpcId", vpc.ID)).ID,
		"destinationCidrBlock":       destination,
	}
}

// first is the first resource of the graph that is picked.
func first(t *testing.T, g *qualification.Graph, where mutation.Where) *qualification.Resource {
	t.Helper()
	i := slices.IndexFunc(g.Resources, where)
	if i < 0 {
		t.Fatal("the graph has no such resource")
	}
	return g.Resources[i]
}

func TestNetwork_NoticesWhatIsAdded(t *testing.T) {
	g := production(t)
	for _, a := range additions {
		t.Run(a.what, func(t *testing.T) {
			home := first(t, g, gxpTables)
			added := &qualification.Resource{
				URN:  "urn:pulumi:prod::gxp-landing-zone::" + a.like + "::added",
				Type: a.like, Custom: true, ID: "added", Provider: home.Provider, Inputs: a.inputs(t, g),
			}
			report := qualification.Check(qualification.NewGraph(slices.Concat(g.Resources, []*qualification.Resource{added})),
				qualification.DesignControls())
			for _, id := range a.controls {
				result, found := report.Result(id)
				if !found || result.Verdict != qualification.Fail {
					t.Errorf("%s: verdict %q, want fail", id, result.Verdict)
				}
				if !slices.ContainsFunc(result.Findings, func(f qualification.Finding) bool { return f.Resource == added.URN }) {
					t.Errorf("%s: no finding names what was added: %+v", id, result.Findings)
				}
			}
		})
	}
}
