package qualification

import duties "github.com/gxp-landing-zone/gxp-landing-zone/internal/duty"

var (
	permissionSets  = every(permissionSetType)
	assignments     = every(accountAssignmentType)
	emergencyRoles  = every(roleType).where(func(_ *Graph, r *Resource) bool { return r.Get("name").Is(duties.BreakGlassRole) })
	unusedAnalyzers = every(analyzerType).where(func(_ *Graph, r *Resource) bool { return lookingFor(r, unusedAccess) })

	// externalAnalyzers are what is not known to look for something else.
	externalAnalyzers = every(analyzerType).where(func(_ *Graph, r *Resource) bool { return !lookingFor(r, unusedAccess) })

	noPermissionSets = mandatory("there are no permission sets, so people sign in to each account in its own way",
		"enable IAM Identity Center, and set landingzone:identity.enabled to true")
)

const (
	unusedAccess = "ORGANIZATION_UNUSED_ACCESS"

	// mostUnusedDays is how long unused rights may stay unseen.
	mostUnusedDays = 180
)

func lookingFor(r *Resource, kind string) bool { return r.Get("type").Is(kind) }

var identityControls = []DesignControl{
	{
		Control: preventive("GXP-IAM-001", "No permission set but that for emergencies allows everything",
			"Whoever may do everything can switch off whatever watches him.",
			"ARCH-P10", "CFR-11.10(d)", "CFR-11.10(g)", "A11-12"),
		Judge: judge(permissionSets, noPermissionSets, allowsNotEverything),
	},
	{
		Control: preventive("GXP-IAM-002", "Sessions end with the working day, those for emergencies after an hour",
			"A session that outlives the reason for it is an open door.",
			"ARCH-P10", "CFR-11.10(d)", "CFR-11.200", "A11-12"),
		Judge: judge(permissionSets, noPermissionSets, endsInTime),
	},
	{
		Control: preventive("GXP-IAM-003", "No group holds duties that exclude each other in the same account",
			"Who may both make and approve a change can do either unseen.",
			"ARCH-P10", "CFR-11.10(d)", "CFR-11.10(g)", "A11-2", "A11-12"),
		Judge: judge(assignments, optional, keepsDutiesApart),
	},
	{
		Control: preventive("GXP-IAM-004", "Rights are given to groups, in accounts that are named",
			"A right that one person was given alone is forgotten when the person moves on.",
			"ARCH-P10", "CFR-11.10(d)", "A11-2", "A11-12"),
		Judge: judge(assignments, optional,
			property("principalType").is("GROUP"), property("targetId").isSet(),
			property("permissionSetArn").refersTo(permissionSetType)),
	},
	{
		Control: preventive("GXP-IAM-005", "Permission sets for workloads carry the permissions boundary",
			"Without it a gap in one policy reaches as far as the account does.",
			"ARCH-P10", "CFR-11.10(g)", "A11-12"),
		Judge: judge(workloadSets, noPermissionSets.exceptWhere(onEmulator), with(setBoundaryType, "permissionSetArn",
			property("permissionsBoundary.customerManagedPolicyReference.name").is(duties.Boundary))),
	},
	{
		Control: preventive("GXP-IAM-006", "The role for emergencies demands a second factor",
			"It works when nothing else does, so a stolen password must not be enough for it.",
			"ARCH-P10", "CFR-11.10(d)", "CFR-11.200", "CFR-11.300", "A11-12"),
		Judge: judge(emergencyRoles, optional,
			policyAt("assumeRolePolicy").satisfies(demandsSecondFactor, namesItsUsers),
			property("maxSessionDuration").check(atMostSeconds(emergencySeconds), "must be at most 3600")),
	},
	{
		Control: preventive("GXP-IAM-007", "Permission sets demand the second factor that the identity provider attests",
			"A session without it was opened with a password alone.",
			"ARCH-P10", "CFR-11.200", "CFR-11.300", "A11-12"),
		Judge: judge(claimedSets, optional, with(setInlinePolicyType, "permissionSetArn",
			policyAt("inlinePolicy").satisfies(deniesWithoutClaim))),
	},
	{
		Control: preventive("GXP-IAM-008", "Every core account has a strict password policy",
			"The few users there are exist for emergencies, and their passwords lie unused for long.",
			"CFR-11.200", "CFR-11.300", "A11-12"),
		Judge: judge(every(awsProviderType), mandatory("there is no account",
			"create the core accounts, landingzone.NewOrganization"), hasPasswordPolicy),
	},
	{
		Control: detective("GXP-IAM-009", "Access from outside the organization is found",
			"One policy is enough to open a record to a stranger, and nobody reads all policies.",
			"ARCH-P6", "ARCH-P7", "CFR-11.10(d)", "A11-12"),
		Judge: judge(externalAnalyzers, mandatory("nothing looks for access from outside the organization",
			"set landingzone:identity.accessAnalyzer.externalAccess to true").exceptWhere(onEmulator),
			property("type").is("ORGANIZATION")),
	},
	{
		Control: detective("GXP-IAM-010", "Rights that nobody uses are found",
			"What is not needed is not missed when it is taken away, and not noticed when it is abused.",
			"ARCH-P10", "CFR-11.10(d)", "A11-11", "A11-12"),
		Judge: judge(unusedAnalyzers, optional, property("configuration.unusedAccess.unusedAccessAge").satisfies(
			func(v Value) bool { n, ok := v.Number(); return ok && n >= 1 && n <= mostUnusedDays }, "must be 1 to 180")),
	},
	{
		Control: preventive("GXP-IAM-011", "Root users of member accounts need no credentials",
			"Each root password is a way into an account that no policy of it can close.",
			"ARCH-P10", "CFR-11.10(d)", "CFR-11.300", "A11-12"),
		Judge: judge(every(rootFeaturesType), mandatory("the root users of member accounts are on their own",
			"set landingzone:identity.centralRootAccess to true").exceptWhere(onEmulator),
			property("enabledFeatures").contains("RootCredentialsManagement", "RootSessions")),
	},
	{
		Control: detective("GXP-IAM-012", "The alarm on emergency rights sees every account and cannot be missed",
			"Rights that allow everything are safe only as long as nobody can use them unnoticed.",
			"ARCH-S11", "ARCH-S13", "CFR-11.300", "A11-12", "A11-13"),
		Judge: judge(emergencyFilters, mandatory("nothing looks for the use of emergency rights",
			"create the alarms, monitoring.NewAlarms"),
			property("pattern").satisfies(matchesEmergency, "must select the sessions and the sign-ins of "+duties.BreakGlass+
				" and "+duties.BreakGlassRole+", and join them by || alone"),
			watchesTrail, raisesAlarm),
	},
}
