package qualification

import "slices"

// trails are those of the program. Where Control Tower governs, its own trail
// records the organization, and this program has none.
var trails = every(trailType)

var noTrail = mandatory("there is no audit trail",
	"create the organization trail, logging.NewTrail, in the management account").exceptWhere(governedByControlTower)

var trailControls = []DesignControl{
	{
		Control: detective("GXP-TRL-001", "The trail records every account of the organization",
			"An account without a trail is a place where things happen unseen.",
			"ARCH-P4", "ARCH-S8", "ARCH-S12", "CFR-11.10(e)", "A11-9"),
		Judge: judge(trails, noTrail, property("isOrganizationTrail").is(true)),
	},
	{
		Control: detective("GXP-TRL-002", "The trail records every region and the global services",
			"Identities and rights are changed in global services, and intruders prefer regions that nobody uses.",
			"ARCH-S12", "CFR-11.10(e)", "A11-9"),
		Judge: judge(trails, noTrail,
			property("isMultiRegionTrail").is(true), property("includeGlobalServiceEvents").isNot(false)),
	},
	{
		Control: detective("GXP-TRL-003", "The trail is recording every management event",
			"A trail that is switched off, or that leaves events out, is a gap that cannot be closed afterwards.",
			"ARCH-S12", "CFR-11.10(e)", "A11-9", "A11-12"),
		Judge: judge(trails, noTrail, property("enableLogging").isNot(false), recordsManagementEvents),
	},
	{
		Control: detective("GXP-TRL-004", "Altered trail files are detectable",
			"Without signed digests a changed or removed file cannot be told from a genuine one.",
			"ARCH-P4", "ARCH-P9", "CFR-11.10(a)", "CFR-11.10(e)", "A11-17"),
		Judge: judge(trails, noTrail, property("enableLogFileValidation").is(true)),
	},
	{
		Control: preventive("GXP-TRL-005", "Trail files are encrypted with a key of the company",
			"The trail shows how the organization works and who works in it.",
			"ARCH-P8", "CFR-11.30", "A11-7.1"),
		Judge: judge(trails, noTrail, property("kmsKeyId").refersTo(keyType)),
	},
	{
		Control: preventive("GXP-TRL-006", "The trail delivers into a locked bucket of another account",
			"Whoever controls the account that keeps the trail, or an unlocked bucket, can remove what it shows.",
			"ARCH-P4", "ARCH-S8", "CFR-11.10(c)", "CFR-11.10(e)"),
		Judge: judge(trails, noTrail,
			property("s3BucketName").refersTo(bucketType, property("objectLockEnabled").is(true)), inAnotherAccount),
	},
	{
		Control: detective("GXP-TRL-007", "The trail can be searched, in an encrypted log group",
			"Alarms need the events as they happen; the copy is as sensitive as the trail itself.",
			"ARCH-P8", "ARCH-S11", "CFR-11.30", "A11-9"),
		Judge: judge(trails, noTrail,
			property("cloudWatchLogsRoleArn").isSet(),
			property("cloudWatchLogsGroupArn").refersTo(logGroupType, property("kmsKeyId").refersTo(keyType), protected, retained)),
	},
	{
		Control: detective("GXP-TRL-008", "Reads and writes of evidence are recorded",
			"Management events do not show who has read, added or tried to delete an object.",
			"ARCH-P9", "CFR-11.10(e)", "A11-9", "A11-12"),
		Judge: judge(trails, noTrail, recordsEvidence),
	},
	{
		Control: detective("GXP-TRL-009", "Unusual activity is singled out",
			"Among millions of events nobody sees that one call is suddenly made, or refused, a thousand times.",
			"ARCH-P6", "CFR-11.300", "A11-13"),
		Judge: judge(trails, noTrail,
			property("insightSelectors[0].insightType").isOne("ApiCallRateInsight", "ApiErrorRateInsight")),
	},
	{
		Control: preventive("GXP-TRL-010", "The trail outlives the program",
			"A trail that is removed with the code that made it stops recording without anybody deciding so.",
			"CFR-11.10(e)", "A11-9"),
		Judge: judge(trails, noTrail, protected, retained),
	},
}

// governedByControlTower reports that Control Tower may work across the
// organization.
func governedByControlTower(g *Graph) bool {
	return slices.ContainsFunc(g.OfType(organizationType), func(o *Resource) bool {
		return slices.ContainsFunc(o.Get("awsServiceAccessPrincipals").Items(), func(v Value) bool {
			return v.Is("controltower.amazonaws.com")
		})
	})
}
