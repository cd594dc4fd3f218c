package qualification

const (
	quickGroupType     = "aws:quicksight/group:Group"
	quickSetType       = "aws:quicksight/dataSet:DataSet"
	quickDashboardType = "aws:quicksight/dashboard:Dashboard"
	quickAnalysisType  = "aws:quicksight/analysis:Analysis"
	plainStackType     = "aws:cloudformation/stack:Stack"

	searchedType       = "aws:opensearch/serverlessCollection:ServerlessCollection"
	searchSecurityType = "aws:opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy"
	searchAccessType   = "aws:opensearch/serverlessAccessPolicy:ServerlessAccessPolicy"
)

// quickStacks are the stacks that make a data source of the dashboards.
var quickStacks = every(plainStackType).where(func(_ *Graph, r *Resource) bool { return r.Component() == "gxp:logging:Dashboards" })

// dashboardControls are about what a company may switch on to look at records:
// dashboards, and the search in log events.
var dashboardControls = []DesignControl{
	{
		Control: preventive("GXP-DSH-001", "The dashboards of the audit trail are for the group of auditors to look at, and for nobody to change",
			"They show what the records have, about everybody; and a figure that somebody may change convinces nobody.",
			"ARCH-P7", "ARCH-S14", "CFR-11.10(d)", "CFR-11.10(g)", "A11-12"),
		Judge: judge(every(quickDashboardType, quickSetType), optional, seenByGroupAlone),
	},
	{
		Control: preventive("GXP-DSH-002", "Nobody is given rights to the analysis, the data source or the template of the dashboards",
			"Whoever may change one of them decides what auditors see; QuickSight has no right to look at them alone.",
			"ARCH-P7", "ARCH-S14", "CFR-11.10(d)", "CFR-11.10(g)", "A11-12"),
		Judge: judge(every(quickAnalysisType), optional,
			property("permissions").check(holdsNothing, "must be empty")),
	},
	{
		Control: preventive("GXP-DSH-003", "The dashboards read the archive in the workgroup of the auditors, under a role of their own",
			"In another workgroup answers lie unencrypted and without limit; under QuickSight's own role everybody with QuickSight could read the archive.",
			"ARCH-P7", "ARCH-P8", "ARCH-S14", "CFR-11.10(d)", "A11-12"),
		Judge: judge(quickStacks, optional, templateAt("templateBody").satisfies(readsInAuditWorkgroup, givesNobodyRights)),
	},
	{
		Control: preventive("GXP-DSH-004", "Every data set of the dashboards comes from their data source",
			"A data set from elsewhere shows as the audit trail what is not.",
			"ARCH-S14", "CFR-11.10(b)", "A11-8"),
		Judge: judge(every(quickSetType), optional,
			property("physicalTableMaps[0].customSql.dataSourceArn").satisfies(isAuditSource, "must be the data source gxp-audit"),
			property("physicalTableMaps").satisfies(isOne, "must have one table")),
	},
	{
		Control: preventive("GXP-SRH-001", "Log events that can be searched are encrypted with a key of the company",
			"Under a key of AWS nobody can show who could read them, or take that away.",
			"ARCH-P8", "CFR-11.10(d)", "CFR-11.30"),
		Judge: judge(every(searchedType), optional, governedBy(searchSecurityType, "encryption",
			property("policy").satisfies(namesKey, "must name a key and not be AWSOwnedKey"), property("policy").refersTo(keyType))),
	},
	{
		Control: preventive("GXP-SRH-002", "The collection of log events is not reached from public networks",
			"With a stolen session a stranger could search the log events of every account from anywhere.",
			"ARCH-P7", "CFR-11.10(d)", "CFR-11.30", "A11-12"),
		Judge: judge(every(searchedType), optional, governedBy(searchSecurityType, "network",
			property("policy").satisfies(isPrivate, "must not have AllowFromPublic, nor services but OpenSearch UI"))),
	},
	{
		Control: preventive("GXP-SRH-003", "The auditors' role searches log events, the feed's role adds them, and no other principal is let in",
			"Whoever can write there can make auditors find what never happened.",
			"ARCH-P7", "ARCH-P10", "CFR-11.10(d)", "CFR-11.10(g)", "A11-12"),
		Judge: judge(every(searchedType), optional, governedBy(searchAccessType, "data",
			property("policy").satisfies(namesTwoRoles, "must let one role read and one write, and nobody else in"))),
	},
}
