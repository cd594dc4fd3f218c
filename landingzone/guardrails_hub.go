package landingzone

import (
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
)

// In the lists below *sociate stands for Associate and Disassociate. None covers
// reading: auditors and the recorder of configurations look at networks too.
var (
	// changesNetworks is everything that makes, changes or removes a network or
	// a way into or out of one.
	changesNetworks = policy.Strings{
		"ec2:*sociate*CidrBlock", "ec2:*sociate*Gateway*", "ec2:*sociateRoute*", "ec2:Accept*Gateway*", "ec2:AcceptVpc*",
		"ec2:AllocateAddress", "ec2:AllocateIpam*", "ec2:AssociateAddress", "ec2:AssociateDhcpOptions",
		"ec2:Attach*Gateway", "ec2:Create*Gateway*", "ec2:CreateClientVpn*", "ec2:CreateDefault*",
		"ec2:CreateDhcpOptions", "ec2:CreateInstanceConnectEndpoint", "ec2:CreateIpam*", "ec2:CreateNetworkAcl*",
		"ec2:CreateRoute*", "ec2:CreateSubnet", "ec2:CreateVp*", "ec2:Delete*Gateway*", "ec2:DeleteDhcpOptions",
		"ec2:DeleteIpam*", "ec2:DeleteNetworkAcl*", "ec2:DeleteRoute*", "ec2:DeleteSubnet", "ec2:DeleteVp*",
		"ec2:DeprovisionIpam*", "ec2:Detach*Gateway", "ec2:Disable*Propagation", "ec2:Enable*Propagation",
		"ec2:Modify*Gateway*", "ec2:ModifyIpam*", "ec2:ModifySubnetAttribute", "ec2:ModifyVp*", "ec2:ProvisionIpam*",
		"ec2:Reject*Gateway*", "ec2:RejectVpc*", "ec2:ReleaseIpam*", "ec2:Replace*Gateway*", "ec2:ReplaceNetworkAcl*",
		"ec2:ReplaceRoute*", "ec2:ReplaceVpn*",
	}

	// changesWays is what decides, beside the networks themselves, who is joined
	// to them, what is let through and how names are resolved.
	changesWays = policy.Strings{
		"directconnect:*sociate*", "directconnect:Accept*", "directconnect:Allocate*", "directconnect:Confirm*",
		"directconnect:Create*", "directconnect:Delete*", "directconnect:Update*", "network-firewall:*sociate*",
		"network-firewall:Create*", "network-firewall:Delete*", "network-firewall:Put*", "network-firewall:Update*",
		"ram:*sociate*", "ram:Accept*", "ram:Create*", "ram:Delete*", "ram:Promote*", "ram:Replace*", "ram:Update*",
		"route53:*sociateVPC*", "route53:CreateVPC*", "route53:DeleteVPC*", "route53resolver:*sociate*",
		"route53resolver:Create*", "route53resolver:Delete*", "route53resolver:Import*", "route53resolver:Put*",
		"route53resolver:Update*",
	}
)

// hubGuardrails keep the shared network, and what a dedicated one takes from it,
// as the program makes them.
var hubGuardrails = []guardrail{
	{
		Control: prevents("GXP-SCP-122", "The network that all accounts share is changed by the program alone",
			"One route, made by hand in the account of the networks, joins what every other guardrail keeps apart.",
			"ARCH-P7", "ARCH-S1", "CFR-11.10(d)", "CFR-11.30", "A11-10", "A11-12"),
		sid: "NetworkIsProgrammed", units: []string{config.UnitInfrastructure},
		deny: func(l Limits, _ string) policy.Statement {
			// The baseline removes the VPC that AWS puts into every account.
			exempt := append(l.access(config.KeyNetwork), anyAccount(settingsRole))
			return policy.Statement{Action: changesNetworks, Resource: anything, Condition: except(exempt)}
		},
	},
	{
		Control: prevents("GXP-SCP-123", "Inspection, sharing, links and resolution of names of the shared network are changed by the program alone",
			"A firewall rule, a share or an associated zone opens the network as surely as a route does.",
			"ARCH-P7", "ARCH-S1", "CFR-11.10(d)", "CFR-11.30", "A11-10", "A11-12"),
		sid: "NetworkServicesAreProgrammed", units: []string{config.UnitInfrastructure},
		deny: func(l Limits, _ string) policy.Statement {
			return policy.Statement{Action: changesWays, Resource: anything, Condition: except(l.access(config.KeyNetwork))}
		},
	},
	{
		Control: prevents("GXP-SCP-124", "A network of an account's own comes from an approved product",
			"The product takes its addresses from the plan, records its traffic and leads nowhere but to the shared network.",
			"ARCH-P7", "ARCH-S2", "CFR-11.10(d)", "CFR-11.30", "A11-12"),
		sid: "NetworksComeFromProducts", units: workloads,
		deny: byLaunches("ec2:*TransitGatewayVpcAttachment", "ec2:*sociateRouteTable", "ec2:AllocateIpam*",
			"ec2:CreateIpam*", "ec2:CreateNetworkAcl*", "ec2:CreateRoute*", "ec2:CreateSubnet", "ec2:CreateVpc",
			"ec2:CreateVpcEndpoint", "ec2:DeleteNetworkAcl*", "ec2:DeleteRoute*", "ec2:ModifySubnetAttribute",
			"ec2:ModifyVpc*", "ec2:ReleaseIpam*", "ec2:ReplaceNetworkAcl*", "ec2:ReplaceRoute*"),
	},
	{
		Control: prevents("GXP-SCP-125", "Names are resolved, filtered and recorded as the shared network does it",
			"A resolver or a filter of one's own answers for names that the shared one refuses, and nobody has a record of it.",
			"ARCH-P7", "ARCH-S8", "CFR-11.10(d)", "CFR-11.10(e)", "A11-12"),
		sid: "NamesAreResolvedCentrally", units: []string{config.UnitWorkloads, config.UnitSandbox, config.UnitPolicyStaging},
		deny: byLaunches("route53resolver:*sociate*", "route53resolver:Create*", "route53resolver:Delete*",
			"route53resolver:Import*", "route53resolver:Put*", "route53resolver:Update*"),
	},
}

// byLaunches denies actions to everybody but the builders and the roles that
// launch approved products.
func byLaunches(actions ...string) func(Limits, string) policy.Statement {
	return func(l Limits, unit string) policy.Statement {
		return policy.Statement{
			Action: actions, Resource: anything, Condition: except(append(l.builders(unit), anyAccount(launchRoles))),
		}
	}
}
