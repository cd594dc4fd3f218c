package qualification

// The types that records are sent on by.
const (
	deliveryType          = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"
	destinationType       = "aws:cloudwatch/logDestination:LogDestination"
	destinationPolicyType = "aws:cloudwatch/logDestinationPolicy:LogDestinationPolicy"
	eventRuleType         = "aws:cloudwatch/eventRule:EventRule"
	eventTargetType       = "aws:cloudwatch/eventTarget:EventTarget"
	rolePolicyType        = "aws:iam/rolePolicy:RolePolicy"
	roleAttachmentType    = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
)

// The parameters by which the baseline of every account is told what to send.
const (
	sendsLogs      = "parameters.LogDestination"
	sendsInventory = "parameters.InventoryBucket"
	sendsSessions  = "parameters.Sessions"
)

var (
	destinations = every(destinationType).in("logging")

	// deliveries are the streams that write to a landing. One that feeds
	// something else beside it holds no record.
	deliveries = every(deliveryType).in("logging").where(func(_ *Graph, r *Resource) bool {
		return r.Component() != "gxp:logging:Search"
	})

	findingStreams = deliveries.where(func(_ *Graph, r *Resource) bool { return r.Component() == "gxp:logging:Findings" })

	// guardedBuckets are those of the archive, and those that records land in.
	guardedBuckets = every(bucketType).where(func(_ *Graph, r *Resource) bool {
		return isLanding(r) || r.Component() == "gxp:logging:Archive"
	})

	recordsManagers = every(roleType).where(func(_ *Graph, r *Resource) bool {
		return r.Component() == "gxp:logging:RecordsManager"
	})

	// trailsOfEndpoints are the trails of a network that keys or secrets are
	// reached through.
	trailsOfEndpoints = trails.where(func(g *Graph, _ *Resource) bool { return len(observedServices(g)) > 0 })
)

var streamControls = []DesignControl{
	{
		Control: preventive("GXP-STR-001", "What the log groups of every account and region receive is sent to the log archive",
			"What stays where it was logged can be removed by those whom it accuses.",
			"ARCH-P4", "ARCH-S1", "ARCH-S8", "CFR-11.10(e)", "A11-9"),
		Judge: judge(sending(sendsLogs, destinationType), optional,
			templateAt("templateBody").satisfies(subscribesEverything), leadsToDestinations),
	},
	{
		Control: preventive("GXP-STR-002", "Accounts of the organization, and no others, send log groups to the archive",
			"Lines from a stranger are false records, which are then locked for years.",
			"ARCH-P4", "CFR-11.10(d)", "CFR-11.10(h)", "A11-5"),
		Judge: judge(destinations, optional,
			property("targetArn").refersTo(deliveryType, decompresses), property("roleArn").refersTo(roleType),
			admitsSubscriptions),
	},
	{
		Control: preventive("GXP-STR-003", "Sessions on servers are recorded in every account that sends its log groups",
			"Who works on a server without a record can change a validated system unseen.",
			"ARCH-P4", "ARCH-S8", "CFR-11.10(e)", "A11-9", "A11-12"),
		Judge: judge(sending(sendsLogs, ""), optional,
			property(sendsSessions).is("true"), templateAt("templateBody").satisfies(recordsSessions)),
	},
	{
		Control: preventive("GXP-STR-004", "Inventories of servers are sent to a bucket of their own region in the log archive",
			"Without what was installed when, nobody can show on what a system ran while it made a record.",
			"ARCH-S8", "CFR-11.10(k)", "A11-4", "A11-10"),
		Judge: judge(sending(sendsInventory, ""), optional, leadsToInventories, templateAt("templateBody").satisfies(sendsInventories)),
	},
	{
		Control: preventive("GXP-STR-005", "What is delivered lands as compressed, encrypted lines in a dated folder from which it is archived",
			"Records that run into each other, or lie where nobody collects them, are not there when they are asked for.",
			"ARCH-P4", "ARCH-P8", "ARCH-S8", "CFR-11.10(c)", "CFR-11.30", "A11-7.1", "A11-17"),
		Judge: judge(deliveries, optional, deliversLines, landsWhereCollected, landsInFolders),
	},
	{
		Control: detective("GXP-STR-006", "A delivery that fails is logged, and what it could not deliver is kept",
			"A delivery that fails unseen is a gap that nobody closes.",
			"ARCH-P4", "CFR-11.10(e)", "A11-13"),
		Judge: judge(deliveries, optional,
			property(toBucket+"cloudwatchLoggingOptions.enabled").is(true),
			property(toBucket+"cloudwatchLoggingOptions.logGroupName").refersTo(logGroupType),
			property(toBucket+"cloudwatchLoggingOptions.logStreamName").isSet(),
			property(toBucket+"errorOutputPrefix").isSet()),
	},
	{
		Control: preventive("GXP-STR-007", "Every finding of Security Hub is sent to the archive, each time that it changes",
			"Security Hub forgets a finding after 90 days, and with it that somebody knew.",
			"ARCH-P6", "ARCH-S13", "CFR-11.10(e)", "A11-9", "A11-13"),
		Judge: judge(findingStreams, optional, isFedByFindings),
	},
	{
		Control: preventive("GXP-STR-008", "Known roles and services alone put objects among records, whatever rights others have",
			"A false record that an administrator puts beside the true ones is locked like them.",
			"ARCH-P4", "ARCH-P9", "CFR-11.10(a)", "CFR-11.10(e)", "CFR-11.10(g)", "A11-12"),
		Judge: judge(guardedBuckets, noRecords, with(bucketPolicyType, "bucket", policyAt("policy").satisfies(knowsItsWriters))),
	},
	{
		Control: preventive("GXP-STR-009", "Records are held beyond their retention by data stewards, under a role that can do nothing else",
			"A hold that anybody can lift protects a disputed record from nobody.",
			"ARCH-P9", "ARCH-P10", "CFR-11.10(c)", "CFR-11.10(g)", "A11-2", "A11-17"),
		Judge: judge(recordsManagers, mandatory("nobody can hold a record beyond its retention",
			"create the role, logging.NewRecordsManager, in the log archive account"),
			policyAt("assumeRolePolicy").satisfies(admitsStewardsAlone),
			with(rolePolicyType, "role", policyAt("policy").satisfies(holdsAlone)), hasNoOtherRights),
	},
	{
		Control: detective("GXP-STR-010", "Calls for keys and secrets that an endpoint of the network refuses are recorded",
			"Who brings credentials of another company into the network leaves no other trace.",
			"ARCH-P4", "ARCH-P7", "ARCH-S12", "CFR-11.10(e)", "CFR-11.300", "A11-12"),
		Judge: judge(trailsOfEndpoints, optional, recordsRefusals),
	},
}
