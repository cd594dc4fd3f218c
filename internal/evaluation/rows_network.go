package evaluation

import "slices"

// The resources of networks that attacks are about.
const (
	vpc        = "arn:aws:ec2:{region}:{account}:vpc/vpc-0123"
	subnet     = "arn:aws:ec2:{region}:{account}:subnet/subnet-0123"
	routes     = "arn:aws:ec2:{region}:{account}:route-table/rtb-0123"
	hub        = "arn:aws:ec2:{region}:{account}:transit-gateway/tgw-0123"
	hubRoutes  = "arn:aws:ec2:{region}:{account}:transit-gateway-route-table/tgw-rtb-0123"
	attachment = "arn:aws:ec2:{region}:{account}:transit-gateway-attachment/tgw-attach-0123"
	pool       = "arn:aws:ec2::{account}:ipam-pool/ipam-pool-0123"
	gateway    = "arn:aws:ec2:{region}:{account}:internet-gateway/igw-0123"
	address    = "arn:aws:ec2:{region}:{account}:elastic-ip/eipalloc-0123"
	firewall   = "arn:aws:network-firewall:{region}:{account}:firewall/perimeter"
	share      = "arn:aws:ram:{region}:{account}:resource-share/0123"
	zone       = "arn:aws:route53:::hostedzone/Z0123"
	queries    = "arn:aws:route53resolver:{region}:{account}:resolver-query-log-config/rqlc-0123"
	filter     = "arn:aws:route53resolver:{region}:{account}:firewall-rule-group/rslvr-frg-0123"
	filtered   = "arn:aws:route53resolver:{region}:{account}:firewall-rule-group-association/rslvr-frgassoc-0123"
	forwards   = "arn:aws:route53resolver:{region}:{account}:resolver-rule/rslvr-rr-0123"
)

// networkRows are about networks and links of one's own, and about the shared
// network.
func networkRows() []row {
	gateways := []attack{
		{id: "internet-gateway-create", proves: "GXP-SCP-120", action: "ec2:CreateInternetGateway", on: gateway},
		{id: "internet-gateway-attach", proves: "GXP-SCP-120", action: "ec2:AttachInternetGateway", on: vpc},
		{id: "nat-gateway-create", proves: "GXP-SCP-120", action: "ec2:CreateNatGateway", on: "arn:aws:ec2:{region}:{account}:natgateway/nat-0123"},
		{id: "transit-gateway-create", proves: "GXP-SCP-120", action: "ec2:CreateTransitGateway", on: hub},
		{id: "peering-request", proves: "GXP-SCP-120", action: "ec2:CreateVpcPeeringConnection", on: vpc},
		{id: "peering-accept", proves: "GXP-SCP-120", action: "ec2:AcceptVpcPeeringConnection", on: "arn:aws:ec2:{region}:{account}:vpc-peering-connection/pcx-0123"},
		{id: "public-access-exclude", proves: "GXP-SCP-120", action: "ec2:CreateVpcBlockPublicAccessExclusion", on: vpc},
		{id: "address-allocate", proves: "GXP-SCP-120", action: "ec2:AllocateAddress", on: address},
		{id: "address-associate", proves: "GXP-SCP-120", action: "ec2:AssociateAddress", on: address},
		{id: "instance-connect-endpoint-create", proves: "GXP-SCP-120", action: "ec2:CreateInstanceConnectEndpoint", on: subnet},
		{id: "resources-share", proves: "GXP-SCP-121", action: "ram:CreateResourceShare"},
		{id: "share-accept", proves: "GXP-SCP-121", action: "ram:AcceptResourceShareInvitation", on: "arn:aws:ram:{region}:{account}:resource-share-invitation/0123"},
		{id: "share-leave", proves: "GXP-SCP-121", action: "ram:DisassociateResourceShare", on: share},
		{id: "link-create", proves: "GXP-SCP-121", action: "directconnect:CreateConnection", on: "arn:aws:directconnect:{region}:{account}:dxlag/dxlag-0123"},
	}
	return slices.Concat(
		denied(gateways, workloadUnits...),
		// What a product launches leads to the shared network alone.
		rowsOf(launchedGateways(gateways), []string{launchRole}, workloadUnits),
		dedicatedRows(), hubRows())
}

// launchedGateways are the same attacks by the role that launches products.
func launchedGateways(attacks []attack) []attack {
	launched := slices.Clone(attacks)
	for i := range launched {
		launched[i].id = "launched-" + launched[i].id
	}
	return launched
}

// dedicatedRows are about networks that belong to a workload account, and about
// how names are resolved there: products make them, nobody else does.
func dedicatedRows() []row {
	own := []attack{
		{id: "vpc-create", proves: "GXP-SCP-124", action: "ec2:CreateVpc", on: vpc},
		{id: "vpc-change", proves: "GXP-SCP-124", action: "ec2:ModifyVpcAttribute", on: vpc},
		{id: "subnet-create", proves: "GXP-SCP-124", action: "ec2:CreateSubnet", on: subnet},
		{id: "endpoint-create", proves: "GXP-SCP-124", action: "ec2:CreateVpcEndpoint", on: vpc},
		{id: "route-create", proves: "GXP-SCP-124", action: "ec2:CreateRoute", on: routes},
		{id: "route-delete", proves: "GXP-SCP-124", action: "ec2:DeleteRoute", on: routes},
		{id: "route-table-replace", proves: "GXP-SCP-124", action: "ec2:ReplaceRouteTableAssociation", on: routes},
		{id: "route-table-disassociate", proves: "GXP-SCP-124", action: "ec2:DisassociateRouteTable", on: routes},
		{id: "attachment-create", proves: "GXP-SCP-124", action: "ec2:CreateTransitGatewayVpcAttachment", on: attachment},
		{id: "attachment-change", proves: "GXP-SCP-124", action: "ec2:ModifyTransitGatewayVpcAttachment", on: attachment},
		{id: "attachment-delete", proves: "GXP-SCP-124", action: "ec2:DeleteTransitGatewayVpcAttachment", on: attachment},
		{id: "range-take", proves: "GXP-SCP-124", action: "ec2:AllocateIpamPoolCidr", on: pool},
		{id: "range-release", proves: "GXP-SCP-124", action: "ec2:ReleaseIpamPoolAllocation", on: pool},
		{id: "address-plan-create", proves: "GXP-SCP-124", action: "ec2:CreateIpam", on: "arn:aws:ec2::{account}:ipam/ipam-0123"},
	}
	names := []attack{
		{id: "query-log-disassociate", proves: "GXP-SCP-125", action: "route53resolver:DisassociateResolverQueryLogConfig", on: queries},
		{id: "query-log-delete", proves: "GXP-SCP-125", action: "route53resolver:DeleteResolverQueryLogConfig", on: queries},
		{id: "dns-filter-disassociate", proves: "GXP-SCP-125", action: "route53resolver:DisassociateFirewallRuleGroup", on: filtered},
		{id: "dns-filter-demote", proves: "GXP-SCP-125", action: "route53resolver:UpdateFirewallRuleGroupAssociation", on: filtered},
		{id: "dns-filter-open", proves: "GXP-SCP-125", action: "route53resolver:UpdateFirewallConfig", on: "arn:aws:route53resolver:{region}:{account}:firewall-config/rslvr-fc-0123"},
		{id: "forwarding-associate", proves: "GXP-SCP-125", action: "route53resolver:AssociateResolverRule", on: forwards},
		{id: "forwarding-disassociate", proves: "GXP-SCP-125", action: "route53resolver:DisassociateResolverRule", on: forwards},
	}
	unrecorded := []attack{
		{id: "launched-flow-logs-delete", proves: "GXP-SCP-013", action: "ec2:DeleteFlowLogs", on: "arn:aws:ec2:{region}:{account}:vpc-flow-log/fl-0123"},
	}
	everywhere := append(slices.Clone(workloadUnits), "Sandbox")
	return slices.Concat(
		denied(own, workloadUnits...), denied(names, everywhere...),
		allowed(rowsOf(own, []string{launchRole}, workloadUnits)),
		// Whatever launches a network, its traffic has been recorded.
		rowsOf(unrecorded, []string{launchRole}, workloadUnits),
		allowed(rowsOf(names[:2], []string{launchRole}, everywhere)),
		// An experiment may have a network of its own.
		allowed(rowsOf(append(own[:1:1], gatewayOfSandbox), administrators, []string{"Sandbox"})))
}

// gatewayOfSandbox is a way out of an experiment.
var gatewayOfSandbox = attack{id: "sandbox-gateway-create", proves: "GXP-SCP-120", action: "ec2:CreateInternetGateway", on: gateway}

// hubRows are about the network that all share: the program changes it in the
// network account, and nobody else does there or in other accounts of
// Infrastructure.
func hubRows() []row {
	networks := []attack{
		{id: "hub-create", proves: "GXP-SCP-122", action: "ec2:CreateTransitGateway", on: hub},
		{id: "hub-change", proves: "GXP-SCP-122", action: "ec2:ModifyTransitGateway", on: hub},
		{id: "hub-delete", proves: "GXP-SCP-122", action: "ec2:DeleteTransitGateway", on: hub},
		{id: "hub-admit", proves: "GXP-SCP-122", action: "ec2:AcceptTransitGatewayVpcAttachment", on: attachment},
		{id: "hub-associate", proves: "GXP-SCP-122", action: "ec2:AssociateTransitGatewayRouteTable", on: hubRoutes},
		{id: "hub-disassociate", proves: "GXP-SCP-122", action: "ec2:DisassociateTransitGatewayRouteTable", on: hubRoutes},
		{id: "hub-propagate", proves: "GXP-SCP-122", action: "ec2:EnableTransitGatewayRouteTablePropagation", on: hubRoutes},
		{id: "hub-route-create", proves: "GXP-SCP-122", action: "ec2:CreateTransitGatewayRoute", on: hubRoutes},
		{id: "hub-route-replace", proves: "GXP-SCP-122", action: "ec2:ReplaceTransitGatewayRoute", on: hubRoutes},
		{id: "hub-route-delete", proves: "GXP-SCP-122", action: "ec2:DeleteTransitGatewayRoute", on: hubRoutes},
		{id: "shared-vpc-create", proves: "GXP-SCP-122", action: "ec2:CreateVpc", on: vpc},
		{id: "shared-subnet-change", proves: "GXP-SCP-122", action: "ec2:ModifySubnetAttribute", on: subnet},
		{id: "shared-route-create", proves: "GXP-SCP-122", action: "ec2:CreateRoute", on: routes},
		{id: "shared-route-replace", proves: "GXP-SCP-122", action: "ec2:ReplaceRoute", on: routes},
		{id: "shared-gateway-attach", proves: "GXP-SCP-122", action: "ec2:AttachInternetGateway", on: vpc},
		{id: "shared-nat-delete", proves: "GXP-SCP-122", action: "ec2:DeleteNatGateway", on: "arn:aws:ec2:{region}:{account}:natgateway/nat-0123"},
		{id: "shared-endpoint-open", proves: "GXP-SCP-122", action: "ec2:ModifyVpcEndpoint", on: "arn:aws:ec2:{region}:{account}:vpc-endpoint/vpce-0123"},
		{id: "shared-access-list-open", proves: "GXP-SCP-122", action: "ec2:ReplaceNetworkAclEntry", on: "arn:aws:ec2:{region}:{account}:network-acl/acl-0123"},
		{id: "shared-names-redirect", proves: "GXP-SCP-122", action: "ec2:AssociateDhcpOptions", on: vpc},
		{id: "shared-peering-request", proves: "GXP-SCP-122", action: "ec2:CreateVpcPeeringConnection", on: vpc},
		{id: "shared-tunnel-create", proves: "GXP-SCP-122", action: "ec2:CreateVpnConnection", on: "arn:aws:ec2:{region}:{account}:vpn-connection/vpn-0123"},
		{id: "shared-public-access-exclude", proves: "GXP-SCP-122", action: "ec2:CreateVpcBlockPublicAccessExclusion", on: vpc},
		{id: "shared-address-allocate", proves: "GXP-SCP-122", action: "ec2:AllocateAddress", on: address},
		{id: "address-pool-change", proves: "GXP-SCP-122", action: "ec2:ModifyIpamPool", on: pool},
		{id: "address-pool-extend", proves: "GXP-SCP-122", action: "ec2:ProvisionIpamPoolCidr", on: pool},
		{id: "address-pool-delete", proves: "GXP-SCP-122", action: "ec2:DeleteIpamPool", on: pool},
	}
	services := []attack{
		{id: "firewall-delete", proves: "GXP-SCP-123", action: "network-firewall:DeleteFirewall", on: firewall},
		{id: "firewall-policy-exchange", proves: "GXP-SCP-123", action: "network-firewall:AssociateFirewallPolicy", on: firewall},
		{id: "firewall-unlog", proves: "GXP-SCP-123", action: "network-firewall:UpdateLoggingConfiguration", on: firewall},
		{id: "firewall-rules-change", proves: "GXP-SCP-123", action: "network-firewall:UpdateRuleGroup", on: "arn:aws:network-firewall:{region}:{account}:stateful-rulegroup/segments"},
		{id: "share-create", proves: "GXP-SCP-123", action: "ram:CreateResourceShare"},
		{id: "share-extend", proves: "GXP-SCP-123", action: "ram:AssociateResourceShare", on: share},
		{id: "share-end", proves: "GXP-SCP-123", action: "ram:DisassociateResourceShare", on: share},
		{id: "share-open", proves: "GXP-SCP-123", action: "ram:UpdateResourceShare", on: share},
		{id: "zone-associate", proves: "GXP-SCP-123", action: "route53:AssociateVPCWithHostedZone", on: zone},
		{id: "zone-disassociate", proves: "GXP-SCP-123", action: "route53:DisassociateVPCFromHostedZone", on: zone},
		{id: "zone-authorize", proves: "GXP-SCP-123", action: "route53:CreateVPCAssociationAuthorization", on: zone},
		{id: "hub-query-log-disassociate", proves: "GXP-SCP-123", action: "route53resolver:DisassociateResolverQueryLogConfig", on: queries},
		{id: "hub-dns-filter-change", proves: "GXP-SCP-123", action: "route53resolver:UpdateFirewallRule", on: filter},
		{id: "hub-forwarding-create", proves: "GXP-SCP-123", action: "route53resolver:CreateResolverRule", on: forwards},
		{id: "hub-link-associate", proves: "GXP-SCP-123", action: "directconnect:CreateDirectConnectGatewayAssociation",
			on: "arn:aws:directconnect::{account}:dx-gateway/0123"},
	}
	people := []string{administrator, identityCenter}
	program := slices.Concat(networks, services)
	// That the program may is another case than that people may not.
	for i := range program {
		program[i].id = "program-" + program[i].id
	}
	looks := []attack{
		{id: "network-looked-at", proves: "GXP-SCP-122", action: "ec2:SearchTransitGatewayRoutes", on: hubRoutes},
		{id: "network-services-looked-at", proves: "GXP-SCP-123", action: "network-firewall:DescribeFirewall", on: firewall},
	}
	removes := []attack{
		{id: "settings-core-vpc", proves: "GXP-SCP-122", action: "ec2:DeleteVpc", on: vpc},
		{id: "settings-core-gateway", proves: "GXP-SCP-122", action: "ec2:DeleteInternetGateway", on: gateway},
	}
	return slices.Concat(
		rowsOf(slices.Concat(networks, services), people, []string{"network"}),
		// Not even the program has a network in an account that only uses it.
		rowsOf(slices.Concat(networks, services), administrators, []string{"shared-services"}),
		allowed(rowsOf(program, []string{accessRole}, []string{"network"})),
		allowed(rowsOf(looks, people, []string{"network"})),
		allowed(rowsOf(removes, []string{settingsRole}, []string{"network", "shared-services"})))
}
