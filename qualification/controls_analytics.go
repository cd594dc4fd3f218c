package qualification

const (
	workgroupType = "aws:athena/workgroup:Workgroup"
	crawlerType   = "aws:glue/crawler:Crawler"
	tableType     = "aws:glue/catalogTable:CatalogTable"
	scheduleType  = "aws:scheduler/schedule:Schedule"
)

// answers are the buckets that Athena writes answers to: copies and excerpts of
// records, which can be asked for again.
var answers = every(bucketType).where(func(_ *Graph, r *Resource) bool { return holdsAnswers(r) })

func holdsAnswers(r *Resource) bool { return r.Component() == "gxp:logging:Analytics" }

// auditRoles are the roles that the archive lets in by the beginning of their
// name.
var auditRoles = every(roleType).where(func(_ *Graph, r *Resource) bool { return isAuditRole(r) })

var (
	noAnalytics = mandatory("nothing lets auditors ask the archive", "set logging:analytics.enabled to true")
	noReviews   = mandatory("nothing runs the periodic review of the audit trail", "set logging:analytics.reviews to true")
)

const (
	workgroupSettings = "configuration."
	answerSettings    = workgroupSettings + "resultConfiguration."
)

var analyticsControls = []DesignControl{
	{
		Control: preventive("GXP-ANA-001", "Answers to audit queries are encrypted with a key of the company, whatever a client asks for",
			"An answer has in it what the records have, and whoever queries could otherwise leave it in the clear or in a bucket of somebody else.",
			"ARCH-P8", "ARCH-S14", "CFR-11.10(d)", "CFR-11.30"),
		Judge: judge(every(workgroupType), noAnalytics,
			property(answerSettings+"outputLocation").isSet(), property(answerSettings+"expectedBucketOwner").isSet(),
			property(answerSettings+"encryptionConfiguration.encryptionOption").is("SSE_KMS"),
			property(answerSettings+"encryptionConfiguration.kmsKeyArn").refersTo(keyType), enforcesSettings),
	},
	{
		Control: preventive("GXP-ANA-002", "A query of the archive stops at a limit, and what is read is measured",
			"One careless query over years of records costs thousands and keeps an inspector waiting.",
			"ARCH-S9", "ARCH-S14", "CFR-11.10(b)"),
		Judge: judge(every(workgroupType), noAnalytics,
			property(workgroupSettings+"bytesScannedCutoffPerQuery").satisfies(isScanLimit, "must be from 10 MB to 10 TB"),
			property(workgroupSettings+"publishCloudwatchMetricsEnabled").isNot(false), property("state").isNot("DISABLED"),
			property("forceDestroy").isNot(true), protected),
	},
	{
		Control: detective("GXP-ANA-003", "Every record is found from its key, without a crawler",
			"Records that a crawler has not yet seen are missing from an answer, and nobody notices.",
			"ARCH-S14", "CFR-11.10(b)", "CFR-11.10(e)", "A11-8", "A11-9"),
		Judge: judge(every(tableType).in("logging"), noAnalytics,
			property(`parameters["projection.enabled"]`).is("true"),
			property(`parameters["storage.location.template"]`).isSet(), projectsEveryPartition, isNotCrawled),
	},
	{
		Control: preventive("GXP-ANA-004", "Answers to audit queries are closed to everybody but the audit-query roles",
			"An administrator of the account could otherwise read, from the answers, records that the archive is closed to, or alter an answer before it is evidence.",
			"ARCH-P7", "ARCH-P10", "CFR-11.10(d)", "CFR-11.10(g)", "A11-12"),
		Judge: judge(answers, noAnalytics,
			with(encryptionType, "bucket", encryptsWithOwnKey),
			with(bucketPolicyType, "bucket", policyAt("policy").satisfies(
				keepsOthersOut, confinesEveryone, bindsServices, admitsAuditRolesAlone, refusesOtherKeys))),
	},
	{
		Control: detective("GXP-ANA-005", "The periodic review of the audit trail runs by itself, in full, and a failure to start is kept",
			"A review that somebody has to remember is the first thing to be left out.",
			"ARCH-S14", "CFR-11.10(e)", "A11-9", "A11-11", "A11-12"),
		Judge: judge(every(workgroupType).where(runsReviews), noReviews, runsEveryReview),
	},
	{
		Control: corrective("GXP-ANA-006", "What the periodic review found becomes locked evidence in every archive",
			"Without its result nobody can show that a review took place; in the bucket of the answers it expires.",
			"ARCH-P4", "ARCH-S14", "CFR-11.10(c)", "CFR-11.10(e)", "A11-7.1", "A11-9"),
		Judge: judge(answers.where(func(g *Graph, _ *Resource) bool { return len(every(workgroupType).where(runsReviews)(g)) > 0 }), noReviews,
			with(replicationType, "bucket", eachCopy(copiesReviews), eachCopy(keepsWhatIsDeleted), copiesIntoRegions)),
	},
	{
		Control: preventive("GXP-ANA-007", "Auditors, and schedules of the account itself, are the only ones to query under an audit-query role",
			"The archive is open to these roles, so whoever can assume one reads every record.",
			"ARCH-P7", "ARCH-P10", "CFR-11.10(d)", "CFR-11.10(g)", "A11-12"),
		Judge: judge(auditRoles, noAnalytics,
			policyAt("assumeRolePolicy").satisfies(confinesEveryone, bindsAuditServices, admitsAuditorsAlone)),
	},
}
