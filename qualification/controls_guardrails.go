package qualification

import "fmt"

var (
	// exposed are the units that accounts work in.
	exposed = every(unitType).where(func(g *Graph, r *Resource) bool { return !named(r, "Suspended") })

	ofWorkloads = every(unitType).where(func(g *Graph, r *Resource) bool {
		return within(g, r, "Workloads") || named(r, "PolicyStaging")
	})
	ofGxP = every(unitType).where(func(_ *Graph, r *Resource) bool {
		return named(r, "GxP-Prod") || named(r, "Sensitive") || named(r, "GxP-Validation") || named(r, "PolicyStaging")
	})
	ofGxPProd = every(unitType).where(func(_ *Graph, r *Resource) bool { return named(r, "GxP-Prod") || named(r, "Sensitive") })

	ofInfrastructure = every(unitType).where(func(_ *Graph, r *Resource) bool { return named(r, "Infrastructure") })

	suspended   = every(unitType).where(func(_ *Graph, r *Resource) bool { return named(r, "Suspended") })
	quarantined = every(unitType).where(func(_ *Graph, r *Resource) bool { return named(r, "Quarantine") })

	guardrailPolicies = every(orgPolicyType).where(func(_ *Graph, r *Resource) bool {
		return r.Get("type").Is(serviceControlPolicy) || r.Get("type").Is(resourceControlPolicy)
	})
)

func noUnit(name string) absence {
	return mandatory("there is no organizational unit "+name, "create the units of the design, landingzone.NewOrganization")
}

var guardrailControls = []DesignControl{
	{
		Control: preventive("GXP-GRD-001", "Every account is kept from leaving, from stopping its recording and from destroying records",
			"A unit that a guardrail was not attached to has accounts in which an administrator can undo everything else.",
			"ARCH-P1", "ARCH-P4", "CFR-11.10(d)", "CFR-11.10(e)", "A11-12"),
		Judge: judge(exposed, noUnit("with accounts"), denies(
			"organizations:LeaveOrganization", "cloudtrail:StopLogging", "config:StopConfigurationRecorder",
			"guardduty:DeleteDetector", "securityhub:DisableSecurityHub", "macie2:DisableMacie", "access-analyzer:DeleteAnalyzer",
			"s3:PutObjectRetention", "s3:PutBucketPolicy", "kms:ScheduleKeyDeletion", "kms:PutKeyPolicy", "logs:DeleteLogGroup",
			"events:DeleteRule", "cloudwatch:DeleteAlarms", "iam:UpdateAssumeRolePolicy", "cloudformation:DeleteStack",
			"backup:DeleteBackupVault", "iam:CreateUser", "iam:CreateAccessKey", "s3:PutAccountPublicAccessBlock",
			"ec2:RunInstances", "elasticfilesystem:CreateFileSystem", "rds:CreateDBInstance", "rds:CreateDBCluster")),
	},
	{
		Control: preventive("GXP-GRD-002", "Workload accounts have no network, role or backup outside the design",
			"A gateway, a role without boundary or a deleted backup in one workload endangers all.",
			"ARCH-P7", "ARCH-P10", "CFR-11.10(d)", "A11-7.2", "A11-12"),
		Judge: judge(ofWorkloads, noUnit("for workloads"), denies(
			"ec2:CreateInternetGateway", "ec2:CreateVpcPeeringConnection", "ram:CreateResourceShare", "iam:CreateRole",
			"iam:DeleteRolePermissionsBoundary", "backup:DeleteRecoveryPoint", "ec2:CreateVpc", "ec2:AllocateAddress",
			"ram:DisassociateResourceShare", "route53resolver:DisassociateResolverQueryLogConfig")),
	},
	{
		Control: preventive("GXP-GRD-003", "Accounts with GxP systems create nothing that holds data without its tags",
			"What nobody answers for and no retention is known of cannot be a GxP record.",
			"ARCH-P7", "ARCH-P9", "CFR-11.10(c)", "A11-4"),
		Judge: judge(ofGxP, noUnit("for GxP systems"), denies("dynamodb:CreateTable", "secretsmanager:CreateSecret", "s3:PutObject")),
	},
	{
		Control: preventive("GXP-GRD-004", "In GxP production resources come from approved products alone",
			"What was not launched from the catalog was neither reviewed nor qualified.",
			"ARCH-S2", "ARCH-S4", "ARCH-S5", "CFR-11.10(a)", "CFR-11.10(f)", "A11-10"),
		Judge: judge(ofGxPProd, noUnit("GxP-Prod"), denies("cloudformation:CreateStack", "s3:CreateBucket", "lambda:CreateFunction")),
	},
	{
		Control: preventive("GXP-GRD-005", "Nothing is allowed in retired accounts",
			"What nobody looks after any more is where an intruder stays longest.",
			"CFR-11.10(c)", "CFR-11.10(d)", "A11-10", "A11-12"),
		Judge: judge(suspended, noUnit("Suspended"), shut("everything", func(s Statement) bool { return len(s.Conditions) == 0 })),
	},
	{
		Control: preventive("GXP-GRD-006", "New accounts are shut to people until their baseline is in place",
			"Work that begins before recording, encryption and backup do is work nobody can vouch for.",
			"ARCH-P1", "ARCH-P5", "CFR-11.10(a)", "A11-4", "A11-10"),
		Judge: judge(quarantined, noUnit("Quarantine"), shut("everything but the roles of the baseline", exceptsRolesAlone)),
	},
	{
		Control: preventive("GXP-GRD-007", "Root users are of no use in any account",
			"A root user is bound by no IAM policy and is nobody in particular in the audit trail.",
			"ARCH-P10", "CFR-11.10(d)", "CFR-11.10(g)", "CFR-11.300", "A11-12"),
		Judge: judge(exposed, noUnit("with accounts"), shut("everything to the root user", isRootUser)),
	},
	{
		Control: preventive("GXP-GRD-008", "Resources are reached by the organization alone, over TLS",
			"A resource policy that is too wide opens the resource to the world; this closes it again.",
			"ARCH-P7", "ARCH-P8", "CFR-11.10(d)", "CFR-11.30", "A11-12"),
		Judge: judge(every(unitType), noUnit("with accounts"), perimeter),
	},
	{
		Control: preventive("GXP-GRD-009", "Every guardrail policy is attached",
			"A policy that is attached to nothing protects nothing, and looks as if it did.",
			"ARCH-P1", "CFR-11.10(d)", "A11-10"),
		Judge: judge(guardrailPolicies, noGuardrails, with(orgPolicyAttachmentType, "policyId", property("targetId").isSet())),
	},
	{
		Control: preventive("GXP-GRD-010", "Guardrail policies keep within what AWS takes",
			"A policy that is too long is refused, and with it whatever was to change.",
			"ARCH-P1", "A11-10"),
		Judge: judge(guardrailPolicies, noGuardrails, fits),
	},
	{
		Control: preventive("GXP-GRD-011", "No account can turn EC2's protections off",
			"A setting of the account is gone with one call; a declared one comes back by itself.",
			"ARCH-P1", "ARCH-P8", "CFR-11.10(d)", "CFR-11.30"),
		Judge: judge(ec2Declarations, mandatory("no EC2 settings are declared", "switch landingzone:guardrails.declarativePolicies on").
			exceptWhere(onEmulator), declares("http_tokens", "image_block_public_access", "snapshot_block_public_access"),
			with(orgPolicyAttachmentType, "policyId", property("targetId").isSet())),
	},
	{
		Control: preventive("GXP-GRD-012", "The organization's content trains nobody's artificial intelligence",
			"What AWS keeps to improve its services is a copy that no retention and no access control of the company reaches.",
			"ARCH-P7", "CFR-11.10(d)", "A11-3"),
		Judge: judge(ofPolicyType("AISERVICES_OPT_OUT_POLICY"), mandatory("AWS may learn from the organization's content",
			"switch landingzone:guardrails.aiOptOut on").exceptWhere(onEmulator),
			property("content").check(func(v Value) bool { return contains(v, "optOut") && contains(v, "@@none") },
				"must opt out of every service, for children too"),
			with(orgPolicyAttachmentType, "policyId", property("targetId").isSet())),
	},
	{
		Control: preventive("GXP-GRD-013", "The tags of the landing zone have the same spelling and values everywhere",
			"GMP and gmp are two classifications to a report and to a backup plan.",
			"ARCH-P7", "A11-4"),
		Judge: judge(ofPolicyType("TAG_POLICY"), mandatory("no tag policy", "switch landingzone:guardrails.tagPolicies on"),
			property("content").check(func(v Value) bool {
				return contains(v, "gxp:classification") && contains(v, "gxp:record-class")
			}, "must name the tags of the landing zone"),
			with(orgPolicyAttachmentType, "policyId", property("targetId").isSet())),
	},
	{
		Control: preventive("GXP-GRD-014", "The network that all accounts share is changed by the program alone",
			"One route, share or firewall rule made by hand joins what every other guardrail keeps apart.",
			"ARCH-P7", "ARCH-S1", "CFR-11.10(d)", "CFR-11.30", "A11-10", "A11-12"),
		Judge: judge(ofInfrastructure, noUnit("Infrastructure"), denies(
			"ec2:CreateTransitGatewayRoute", "ec2:AssociateTransitGatewayRouteTable", "ec2:AcceptTransitGatewayVpcAttachment",
			"ec2:CreateRoute", "ec2:AttachInternetGateway", "ec2:CreateVpcBlockPublicAccessExclusion", "ec2:ModifyIpamPool",
			"network-firewall:DeleteFirewall", "network-firewall:UpdateRuleGroup", "ram:AssociateResourceShare",
			"route53:AssociateVPCWithHostedZone", "route53resolver:DisassociateResolverQueryLogConfig",
			"directconnect:CreateDirectConnectGatewayAssociation")),
	},
	{
		Control: preventive("GXP-GRD-015", "Networks reach the internet through the perimeter alone",
			"A gateway that some account has of its own passes every inspection by, and this setting makes it useless.",
			"ARCH-P7", "CFR-11.10(d)", "CFR-11.30", "A11-12"),
		Judge: judge(ofNetworks, mandatory("there is no organizational unit with networks", "create the units of the design, landingzone.NewOrganization").
			exceptWhere(onEmulator), networksAreClosed),
	},
}

var noGuardrails = mandatory("there are no guardrails", "switch landingzone:guardrails on")

// denies holds where service control policies of the unit, or of one it lies
// in, deny each of the actions.
func denies(actions ...string) rule {
	return func(g *Graph, unit *Resource) []Finding {
		statements, findings := boundBy(g, unit, serviceControlPolicy)
		if len(findings) > 0 {
			return findings
		}
		for _, action := range actions {
			if !anyStatement(statements, func(s Statement) bool { return s.restrains(action) }) {
				findings = append(findings, Finding{
					Resource: unit.URN, Problem: fmt.Sprintf("has accounts in which nothing denies %s", action),
					Fix: "attach the guardrails of the design to the unit, or to one it lies in",
				})
			}
		}
		return findings
	}
}

// shut holds where a statement of the unit denies every action to whom it should.
func shut(what string, to func(Statement) bool) rule {
	return func(g *Graph, unit *Resource) []Finding {
		statements, findings := boundBy(g, unit, serviceControlPolicy)
		if len(findings) > 0 || anyStatement(statements, func(s Statement) bool {
			return s.Denies() && s.CoversEvery("*") && s.On("*") && to(s)
		}) {
			return findings
		}
		return []Finding{{
			Resource: unit.URN, Problem: "has accounts in which nothing denies " + what,
			Fix: "attach the guardrails of the design to the unit, or to one it lies in",
		}}
	}
}
