package qualification

import (
	"strings"
)

// rootUseFilters turn the use of a root user into a metric. One that lost the
// pattern is still known by its name.
var rootUseFilters = every(metricFilterType).where(func(_ *Graph, r *Resource) bool {
	pattern, _ := r.Get("pattern").Text()
	return strings.Contains(pattern, `"Root"`) || strings.HasSuffix(r.Name(), "root-use")
})

var (
	alarms = every(metricAlarmType)
	topics = every(topicType)

	noTopic = mandatory("there is no notification topic", "create one, monitoring.NewNotifications")
)

var monitoringControls = []DesignControl{
	{
		Control: detective("GXP-MON-101", "The alarm on root use sees every account and cannot be missed",
			"A filter on the wrong events, or whose metric no alarm watches, is silent when a root user is used.",
			"ARCH-S11", "ARCH-S13", "CFR-11.300", "A11-12", "A11-13"),
		Judge: judge(rootUseFilters,
			mandatory("nothing looks for the use of a root user", "create the alarms, monitoring.NewAlarms"),
			property("pattern").satisfies(matchesRootUse,
				`must select $.userIdentity.type = "Root" and leave out nothing but what services do`),
			watchesTrail, raisesAlarm),
	},
	{
		Control: detective("GXP-MON-102", "Every alarm notifies somebody",
			"An alarm that only changes colour in a console is seen when it is too late.",
			"ARCH-S9", "ARCH-S11", "ARCH-S13", "A11-13"),
		Judge: judge(alarms, mandatory("there are no alarms", "create the alarms, monitoring.NewAlarms"),
			property("actionsEnabled").isNot(false),
			property("alarmActions[0]").refersTo(topicType, with(subscriptionType, "topic", property("endpoint").isSet()))),
	},
	{
		Control: preventive("GXP-MON-103", "Notifications are encrypted with a key of the company",
			"They name weaknesses before these are repaired.",
			"ARCH-P8", "CFR-11.30"),
		Judge: judge(topics, noTopic, property("kmsMasterKeyId").refersTo(keyType)),
	},
	{
		Control: preventive("GXP-MON-104", "Only the organization's own services publish notifications",
			"Whoever can publish false alarms can hide a true one among them.",
			"CFR-11.10(g)", "CFR-11.10(h)", "A11-12"),
		Judge: judge(topics, noTopic,
			with(topicPolicyType, "arn", policyAt("policy").satisfies(confinesEveryone, bindsServices))),
	},
	{
		Control: detective("GXP-MON-105", "Configuration and compliance of all accounts and regions are seen in one place",
			"What has to be looked up account by account is not looked up.",
			"ARCH-P5", "ARCH-S8", "ARCH-S10", "A11-4", "A11-11"),
		Judge: judge(every(aggregatorType),
			mandatory("nothing gathers the configuration of the accounts", "set monitoring:aggregator to true"),
			property("organizationAggregationSource.allRegions").is(true),
			property("organizationAggregationSource.roleArn").isSet()),
	},
}
