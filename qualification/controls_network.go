package qualification

var (
	vpcs      = every(vpcType)
	firewalls = every(firewallType)

	// notSegments are what is no segment.
	notSegments = []string{perimeterPlace, peeringTable, onPremisesPlace}

	segmentVPCs = vpcs.where(func(_ *Graph, r *Resource) bool { return !isPerimeter(r) })
)

// peeringTable is the tag of the tables that peerings with other regions are
// associated with.
const peeringTable = "peering"

func isPerimeter(vpc *Resource) bool { return vpc.Get(segmentTag).Is(perimeterPlace) }

// networkControls are about a network that is there: a stack without one is
// none of their business.
var networkControls = []DesignControl{
	{
		Control: preventive("GXP-NET-001", "The routes let every segment exchange traffic with exactly what it declares",
			"A route too many opens a segment to systems that nobody assessed; one too few stops those that were validated together.",
			"ARCH-P1", "ARCH-P7", "ARCH-S1", "CFR-11.10(d)", "CFR-11.30", "A11-12"),
		Judge: judgeSegmentation,
	},
	{
		Control: preventive("GXP-NET-002", "No GxP segment exchanges traffic with one that is not GxP, whatever is declared",
			"A system that was never validated must not be able to alter records, or to answer in place of one that was.",
			"ARCH-P7", "CFR-11.10(a)", "CFR-11.10(d)", "CFR-11.30", "A11-5", "A11-12"),
		Judge: judgeClasses,
	},
	{
		Control: preventive("GXP-NET-003", "Transit gateways accept no attachment by themselves and put none into a default table",
			"With the defaults of AWS, whoever attaches a VPC reaches every other one.",
			"ARCH-P7", "CFR-11.10(d)", "A11-12"),
		Judge: judge(every(hubType), optional,
			property("autoAcceptSharedAttachments").is("disable"),
			property("defaultRouteTableAssociation").is("disable"),
			property("defaultRouteTablePropagation").is("disable")),
	},
	{
		Control: preventive("GXP-NET-004", "Every attachment follows the one table of its own segment, into which nothing is announced",
			"A second table, or a route that an attachment announces by itself, undoes what the first one keeps apart.",
			"ARCH-P7", "CFR-11.10(d)", "A11-12"),
		Judge: judge(every(vpcAttachmentType, vpcAccepterType, vpnConnectionType, directConnectType,
			hubPropagationType, hubDefaultTableType, hubDefaultAnnouncementType), optional, followsOwnTable),
	},
	{
		Control: preventive("GXP-NET-005", "Only the perimeter has a way to the internet",
			"A gateway of its own takes a segment past inspection, name filtering and the records of both.",
			"ARCH-P7", "CFR-11.10(d)", "CFR-11.30", "A11-12"),
		Judge: judge(every(routeTableType, defaultTableType, subnetType, natGatewayType, internetGatewayType, internetJoinType, egressGatewayType),
			optional, staysInside),
	},
	{
		Control: preventive("GXP-NET-006", "Where there is a firewall, all traffic to the internet, on premises and between segments passes it, both ways",
			"What goes around the firewall is neither filtered nor recorded, and an answer that does is dropped.",
			"ARCH-P7", "CFR-11.10(d)", "CFR-11.30", "A11-12"),
		Judge: judgeInspection,
	},
	{
		Control: preventive("GXP-NET-007", "Firewalls drop what no rule lets pass, in the order of the rules",
			"In any other order a broad rule overtakes a narrow one, and what nobody thought of passes.",
			"ARCH-P7", "CFR-11.10(d)", "A11-12"),
		Judge: judge(firewalls, optional, property("firewallPolicyArn").refersTo(firewallPolicyType,
			property("firewallPolicy.statefulEngineOptions.ruleOrder").is("STRICT_ORDER"),
			property("firewallPolicy.statefulDefaultActions").check(dropsByDefault, "must have one of the actions that begin with aws:drop_"),
			property("firewallPolicy.statelessDefaultActions").check(passesNothing, "must be aws:forward_to_sfe or aws:drop"),
			property("firewallPolicy.statelessFragmentDefaultActions").check(passesNothing, "must be aws:forward_to_sfe or aws:drop"))),
	},
	{
		Control: detective("GXP-NET-008", "Firewalls deliver alerts and flows to the log archive",
			"What a firewall refused, and what it let pass, is otherwise known to nobody.",
			"ARCH-P4", "ARCH-S8", "CFR-11.10(e)", "A11-9", "A11-12"),
		Judge: judge(firewalls, optional, with(firewallLoggingType, "firewallArn", logsAlertsAndFlows)),
	},
	{
		Control: preventive("GXP-NET-009", "Firewalls cannot be deleted by mistake",
			"Without it all traffic stops, or somebody routes around where it was.",
			"ARCH-P2", "CFR-11.30", "A11-16"),
		Judge: judge(firewalls, optional, property("deleteProtection").is(true)),
	},
	{
		Control: detective("GXP-NET-010", "All traffic of every VPC is recorded, in full, in the log archive",
			"Without the record nobody can show which systems exchanged data, and an intrusion leaves no trace.",
			"ARCH-P4", "ARCH-S8", "CFR-11.10(e)", "A11-9", "A11-12"),
		Judge: judge(vpcs, optional, with(flowLogType, "vpcId",
			property("trafficType").is("ALL"),
			property("logDestinationType").is("s3"),
			property("logDestination").check(isSomeText, "must be a bucket"), deliversTo("logDestination"),
			property("logFormat").satisfies(hasAllFlowFields, "must have all fields of versions 2 to 5"),
			property("maxAggregationInterval").is(60))),
	},
	{
		Control: preventive("GXP-NET-011", "Default security groups let nothing in and nothing out",
			"Whatever is started without a choice of its own gets this group.",
			"ARCH-P7", "CFR-11.10(d)", "A11-12"),
		Judge: judge(vpcs, optional, with(defaultGroupType, "vpcId",
			property("ingress").check(holdsNothing, "must be empty"), property("egress").check(holdsNothing, "must be empty"), hasNoRules)),
	},
	{
		Control: preventive("GXP-NET-012", "Through the endpoints of AWS services, only principals of the organization act",
			"With credentials of another account, data would leave through the organization's own endpoint.",
			"ARCH-P7", "CFR-11.10(d)", "CFR-11.10(h)", "CFR-11.30", "A11-12"),
		Judge: judge(endpointsWithPolicy, optional, policyAt("policy").satisfies(admitsOwnPrincipals)),
	},
	{
		Control: preventive("GXP-NET-013", "Through the endpoints of services that hold data, only resources of the organization are reached",
			"A bucket of a stranger is as near as one's own, and takes whatever is put into it.",
			"ARCH-P7", "CFR-11.10(c)", "CFR-11.10(d)", "CFR-11.30", "A11-12"),
		Judge: judge(endpointsWithPolicy, optional, reachesOwnResources),
	},
	{
		Control: preventive("GXP-NET-014", "Every subnet of a segment reaches S3 and DynamoDB by gateway endpoints of its VPC",
			"Without them, records take the way to the internet, past the policy that keeps them in the organization.",
			"ARCH-P7", "ARCH-P8", "CFR-11.30", "A11-7.1"),
		Judge: judge(segmentVPCs, optional, hasGatewayEndpoints),
	},
	{
		Control: detective("GXP-NET-015", "Every name that a VPC asks for is recorded in the log archive",
			"Names are how data leaves unseen and how an intruder calls home.",
			"ARCH-P4", "ARCH-S8", "CFR-11.10(e)", "A11-9", "A11-12"),
		Judge: judge(vpcs, optional, with(queryLogJoinType, "resourceId",
			property("resolverQueryLogConfigId").refersTo(queryLogType, deliversTo("destinationArn")))),
	},
	{
		Control: preventive("GXP-NET-016", "DNS Firewall filters the names of every VPC, refuses them when it fails, and cannot be taken off unnoticed",
			"A filter that opens when it is overloaded is opened by overloading it.",
			"ARCH-P7", "CFR-11.10(d)", "CFR-11.30", "A11-12"),
		Judge: judge(vpcs, optional,
			with(nameFirewallJoinType, "vpcId", property("mutationProtection").is("ENABLED")),
			with(nameFirewallConfigType, "resourceId", property("firewallFailOpen").is("DISABLED"))),
	},
	{
		Control: preventive("GXP-NET-017", "Each segment is shared with the units of its own class and segment alone",
			"A share with an account outlives its move to another unit, one with a stranger outlives everything, and one with another "+
				"unit puts systems that nobody validated beside those that were.",
			"ARCH-P7", "CFR-11.10(d)", "CFR-11.10(g)", "A11-12"),
		Judge: judge(every(shareType, sharePrincipalType, shareResourceType), optional, sharesWithUnits),
	},
	{
		Control: preventive("GXP-NET-018", "The block on public access to VPCs leaves out the perimeter alone, and there what comes from inside",
			"The block is what holds when a route, a gateway or an address is added by mistake.",
			"ARCH-P7", "CFR-11.10(d)", "A11-12"),
		Judge: judge(every(blockExclusionType, vpcType).where(func(_ *Graph, r *Resource) bool {
			return r.Type == blockExclusionType || isPerimeter(r)
		}), optional, isExcludedForGoodReason),
	},
	{
		Control: preventive("GXP-NET-019", "No two VPCs have an address in common",
			"Where two have, traffic for one reaches the other, and no route can tell them apart.",
			"ARCH-P1", "ARCH-P7", "CFR-11.10(h)", "A11-10"),
		Judge: judge(vpcs, optional, overlapsNone),
	},
	{
		Control: preventive("GXP-NET-020", "Where addresses are managed, every VPC has its range from a pool of its region",
			"A range that is on no list is given away a second time.",
			"ARCH-S1", "A11-4", "A11-10"),
		Judge: judge(vpcs.where(func(g *Graph, _ *Resource) bool { return len(g.OfType(ipamType)) > 0 }), optional, isFromPool),
	},
	{
		Control: preventive("GXP-NET-021", "Connections to the company's own network are encrypted with current methods alone, by keys that AWS keeps",
			"A router that may choose takes the weakest method that both ends know, and a key in the state is known to all who read it.",
			"ARCH-P8", "CFR-11.30", "A11-12"),
		Judge: judge(every(vpnConnectionType), optional, negotiatesStrongly),
	},
	{
		Control: preventive("GXP-NET-022", "What comes from another region reaches a table of its own in both regions",
			"In the table of a segment, traffic from another region would go wherever the segment does.",
			"ARCH-P2", "ARCH-P7", "CFR-11.10(d)", "A11-12"),
		Judge: judge(every(peeringAttachmentType), optional, followsPeeringTables),
	},
	{
		Control: preventive("GXP-NET-023", "The rules of a firewall let nothing pass from anywhere to anywhere, nor between GxP and other segments",
			"A single broad rule makes the firewall a cable.",
			"ARCH-P7", "CFR-11.10(d)", "CFR-11.30", "A11-12"),
		Judge: judge(firewalls, optional, property("firewallPolicyArn").refersTo(firewallPolicyType, letsPassWhatIsMeant)),
	},
	{
		Control: preventive("GXP-NET-024", "Firewalls are in every zone of their perimeter, and both ways of a connection pass the same one",
			"Traffic of a zone without a firewall is lost, and an answer that comes to another firewall than the request is dropped.",
			"ARCH-P2", "ARCH-P7", "CFR-11.30", "A11-16"),
		Judge: judge(firewalls, optional, hasEveryZone),
	},
	{
		Control: preventive("GXP-NET-025", "The network has no addresses but those of IPv4",
			"Routes of IPv6 lead past everything that is judged by addresses of IPv4.",
			"ARCH-P7", "CFR-11.10(d)", "CFR-11.30", "A11-12"),
		Judge: judge(every(vpcType, subnetType, routeTableType, defaultTableType, routeType, hubRouteType, ipv6BlockType), optional, isOfIPv4Alone),
	},
	{
		Control: preventive("GXP-NET-026", "Isolated subnets lead nowhere but into the network, and subnets of the transit gateway nowhere",
			"Where records are kept, a single route of a table is the way out for all of them.",
			"ARCH-P7", "CFR-11.10(c)", "CFR-11.10(d)", "A11-12"),
		Judge: judge(every(subnetType), optional, leadsWhereItsTierMay),
	},
	{
		Control: preventive("GXP-NET-027", "Transit gateways lead to what this stack attaches or accepts, and to each address once",
			"Behind an attachment that nobody accepted here is whoever made it.",
			"ARCH-P7", "CFR-11.10(d)", "CFR-11.10(h)", "A11-12"),
		Judge: judge(every(hubAssociationType, hubRouteType), optional, leadsToKnown),
	},
	{
		Control: preventive("GXP-NET-028", "VPCs are connected by the transit gateway alone, and reach services of AWS alone by endpoints",
			"A peering, a VPN of its own or an endpoint of a stranger's service is a way that neither table nor firewall knows.",
			"ARCH-P7", "CFR-11.10(d)", "CFR-11.30", "A11-12"),
		Judge: judge(every(append([]string{vpcType, vpcEndpointType}, detours...)...), optional, isNoDetour),
	},
	{
		Control: preventive("GXP-NET-029", "DNS Firewall refuses bad names first, and what is not allowed where no firewall inspects traffic",
			"A filter that only watches, or that allows before it refuses, resolves the name that an intruder calls home by.",
			"ARCH-P7", "CFR-11.10(d)", "CFR-11.30", "A11-12"),
		Judge: judge(vpcs, optional,
			with(nameFirewallJoinType, "vpcId", property("firewallRuleGroupId").refersTo(nameGroupType, filtersNames))),
	},
	{
		Control: preventive("GXP-NET-030", "Names are resolved by AWS, those of its services lead to endpoints of the network, and none of them elsewhere",
			"Whoever answers for the name of a service receives what is sent to the service.",
			"ARCH-P7", "CFR-11.10(d)", "CFR-11.10(h)", "CFR-11.30", "A11-12"),
		Judge: judge(every(vpcType, nameSettingsType, nameSettingsJoin, zoneType, forwardType), optional, resolvesAsDecided),
	},
	{
		Control: preventive("GXP-NET-031", "Every subnet that workloads use is under an access list that refuses the closed ports",
			"It is what holds when a system owner opens a security group to everybody.",
			"ARCH-P7", "CFR-11.10(d)", "A11-12"),
		Judge: judge(segmentVPCs, optional, isListed),
	},
	{
		Control: preventive("GXP-NET-032", "Security groups of the network open single ports to the network and the company's own alone",
			"An endpoint that anybody reaches is one more way into the accounts behind it.",
			"ARCH-P7", "CFR-11.10(d)", "A11-12"),
		Judge: judge(every(securityGroupType, groupRuleType, groupIngressRuleType, vpcEndpointType).where(isOfNetwork), optional, admitsNetworkAlone),
	},
}
