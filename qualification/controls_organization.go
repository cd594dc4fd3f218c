package qualification

var (
	organizations = every(organizationType)

	noOrganization = mandatory("there is no organization",
		"create or adopt the organization, landingzone.NewOrganization")
)

var organizationControls = []DesignControl{
	{
		Control: preventive("GXP-ORG-001", "The organization has all features",
			"Without them no policy binds an account and no service works across accounts.",
			"ARCH-P1", "ARCH-S1", "CFR-11.10(d)"),
		Judge: judge(organizations, noOrganization, property("featureSet").check(func(v Value) bool {
			return v.Absent() || v.Is("ALL") // ALL is also what an absent value means
		}, "must be ALL")),
	},
	{
		Control: preventive("GXP-ORG-002", "The services that record and govern work in every account",
			"A service without trusted access leaves each new account out until somebody notices.",
			"ARCH-P5", "ARCH-S1", "ARCH-S10", "ARCH-S12", "A11-10"),
		Judge: judge(organizations, noOrganization, property("awsServiceAccessPrincipals").contains(
			"account.amazonaws.com", "cloudtrail.amazonaws.com", "config.amazonaws.com",
			"config-multiaccountsetup.amazonaws.com", "member.org.stacksets.cloudformation.amazonaws.com")),
	},
	{
		Control: preventive("GXP-ORG-003", "Policies can bind principals, resources and tags of every account",
			"A guardrail of a kind that is not enabled is attached and has no effect.",
			"ARCH-P1", "ARCH-P7", "CFR-11.10(d)", "CFR-11.10(g)"),
		Judge: judge(organizations, noOrganization, property("enabledPolicyTypes").contains(
			"SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY", "TAG_POLICY")),
	},
	{
		Control: preventive("GXP-ORG-004", "The organization and its units outlive the program",
			"Removing them would cut every account off from its guardrails at once.",
			"ARCH-S1", "A11-10"),
		Judge: judge(every(organizationType, unitType), noOrganization, protected, retained),
	},
	{
		Control: preventive("GXP-ORG-005", "Services are administered from member accounts",
			"Every right in the management account, which no policy can bind, endangers the whole organization.",
			"ARCH-P6", "ARCH-P10", "CFR-11.10(d)", "A11-2"),
		Judge: judge(every(delegationType),
			mandatory("no service is administered from a member account",
				"list services under landingzone:organization.delegatedAdministrators"),
			property("accountId").refersTo(accountType)),
	},
}
