package qualification

// The types that the baseline is made of.
const (
	stackType            = "aws:cloudformation/stack:Stack"
	stackSetType         = "aws:cloudformation/stackSet:StackSet"
	stackSetInstanceType = "aws:cloudformation/stackSetInstance:StackSetInstance"
	eventBusType         = "aws:cloudwatch/eventBus:EventBus"
	eventBusPolicyType   = "aws:cloudwatch/eventBusPolicy:EventBusPolicy"
)

var (
	stackSets  = every(stackSetType).in("landingzone")
	instances  = every(stackSetInstanceType).in("landingzone")
	noBaseline = mandatory("there is no baseline, so what an account has depends on who set it up",
		"set landingzone:baseline.enabled to true")
)

// landingBuckets are what Config delivers to. They cannot be locked.
var landingBuckets = every(bucketType).where(func(_ *Graph, r *Resource) bool {
	return r.Component() == "gxp:logging:Landing"
})

var baselineControls = []DesignControl{
	{
		Control: preventive("GXP-BAS-001", "An account that is new in a unit gets the baseline by itself",
			"An account that somebody has to remember is, one day, forgotten.",
			"ARCH-P1", "ARCH-P5", "ARCH-S1", "A11-10"),
		Judge: judge(stackSets, noBaseline,
			property("permissionModel").is("SERVICE_MANAGED"),
			property("autoDeployment.enabled").is(true),
			property("managedExecution.active").is(true)),
	},
	{
		Control: preventive("GXP-BAS-002", "The baseline reaches every account",
			"An account without it is neither recorded nor backed up, and nothing in it is bounded.",
			"ARCH-P1", "ARCH-P5", "ARCH-S1", "ARCH-S10", "CFR-11.10(a)", "A11-4"),
		Judge: judge(accounts, noAccounts, hasBaseline),
	},
	{
		Control: preventive("GXP-BAS-003", "The baseline is in every region that the landing zone works in",
			"What happens in a region without a recorder leaves no history.",
			"ARCH-P2", "ARCH-S10", "CFR-11.10(e)", "A11-9"),
		Judge: judge(stackSets.where(isRegional), noBaseline, isInEveryRegion),
	},
	{
		Control: detective("GXP-BAS-004", "The configuration of every account is recorded and delivered to the log archive",
			"Without a history nobody can show in which state a system was when it made a record.",
			"ARCH-S8", "ARCH-S10", "CFR-11.10(a)", "CFR-11.10(k)", "A11-4", "A11-10"),
		Judge: judge(stackSets.where(isRegional), noBaseline,
			templateAt("templateBody").satisfies(recordsEverything),
			isSwitchedOn, property("parameters.LandingBucket").refersTo(bucketType)),
	},
	{
		Control: preventive("GXP-BAS-005", "What the baseline put into an account outlives its membership and this program",
			"A vault or a recorder that goes with a move between units takes its records with it.",
			"CFR-11.10(c)", "A11-7.1", "A11-10"),
		Judge: judge(stackSets, noBaseline, protected, retained,
			property("autoDeployment.retainStacksOnAccountRemoval").is(true),
			with(stackSetInstanceType, "stackSetName", protected, retained, property("retainStack").is(true))),
	},
	{
		Control: preventive("GXP-BAS-006", "Roles of the baseline are open to those they are for alone",
			"A role that a whole account may assume is a way around every right that was given with care.",
			"ARCH-P10", "CFR-11.10(d)", "CFR-11.10(g)", "A11-12"),
		Judge: judge(stackSets, noBaseline, templateAt("templateBody").satisfies(bindsRoles)),
	},
	{
		Control: preventive("GXP-BAS-007", "Every account and region has a backup vault whose recovery points cannot be deleted early",
			"An attacker, or a mistake, that deletes data deletes its backups too, unless the vault refuses.",
			"CFR-11.10(c)", "A11-7.1", "A11-7.2", "A11-16"),
		Judge: judge(stackSets.where(isRegional), noBaseline, templateAt("templateBody").satisfies(locksVault),
			property("parameters.VaultMinimumDays").isAtLeast(1)),
	},
	{
		Control: preventive("GXP-BAS-008", "A failure in one account keeps the baseline from no other",
			"One suspended account would stop the baseline of all accounts after it.",
			"ARCH-P5", "ARCH-S1", "A11-10", "A11-16"),
		Judge: judge(instances, noBaseline,
			property("operationPreferences.failureToleranceCount").isAtLeast(1),
			property("operationPreferences.concurrencyMode").is("SOFT_FAILURE_TOLERANCE")),
	},
	{
		Control: preventive("GXP-BAS-009", "The landing bucket of Config is versioned, encrypted and closed, and accepts deliveries",
			"Config refuses a locked bucket, and stops recording when it cannot deliver.",
			"ARCH-S8", "ARCH-S10", "CFR-11.10(c)", "CFR-11.30", "A11-7.1"),
		Judge: judge(landingBuckets,
			mandatory("there is nothing for Config to deliver to", "create the landing bucket, logging.NewLanding"),
			property("objectLockEnabled").isNot(true),
			with(versioningType, "bucket", property("versioningConfiguration.status").is("Enabled")),
			with(encryptionType, "bucket", encryptsWithOwnKey),
			with(bucketPolicyType, "bucket", policyAt("policy").satisfies(keepsOthersOut, confinesEveryone, bindsServices))),
	},
	{
		Control: preventive("GXP-BAS-010", "Only accounts of the organization send events to the central bus",
			"A false event from outside can hide a true one, or start a qualification that never was.",
			"CFR-11.10(h)", "A11-5", "A11-12"),
		Judge: judge(every(eventBusType),
			mandatory("there is no central event bus", "create it, monitoring.NewEventHub"),
			with(eventBusPolicyType, "eventBusName", policyAt("policy").satisfies(confinesEveryone, bindsServices))),
	},
	{
		Control: preventive("GXP-BAS-012", "Management and the core accounts have the baseline in every region they are worked in",
			"StackSets never deploy to management, and the accounts that watch all others would go unwatched.",
			"ARCH-P5", "ARCH-S1", "ARCH-S10", "CFR-11.10(e)", "A11-9"),
		Judge: judge(every(awsProviderType), noBaseline, hasRegionalStack),
	},
	{
		Control: preventive("GXP-BAS-011", "Code of functions is published under its own digest",
			"Code that changes under the same name runs unreviewed in every account.",
			"ARCH-S5", "CFR-11.10(a)", "CFR-11.10(k)", "A11-10"),
		Judge: judge(every(objectType).where(func(_ *Graph, r *Resource) bool {
			return r.Component() == "gxp:landingzone:Assets"
		}), noBaseline, namesItsDigest, retained),
	},
}
