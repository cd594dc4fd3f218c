package landingzone

import "github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"

// byBuilders denies actions to all but the builders of the unit.
func byBuilders(actions ...string) func(Limits, string) policy.Statement {
	return func(l Limits, unit string) policy.Statement {
		return policy.Statement{Action: actions, Resource: anything, Condition: except(l.builders(unit))}
	}
}

// configGuardrails keep the record of configurations.
var configGuardrails = []guardrail{
	{
		Control: prevents("GXP-SCP-020", "The recording of configurations, and the sending of logs, cannot be stopped or redirected",
			"A change that is not recorded cannot be assessed, and a gap cannot be filled afterwards.",
			"ARCH-S8", "ARCH-S10", "CFR-11.10(e)", "A11-10"),
		sid: "ConfigKeepsRecording", units: everywhere,
		deny: byBuilders("config:DeleteConfigurationRecorder", "config:DeleteDeliveryChannel",
			"config:*RetentionConfiguration", "config:DeleteServiceLinked*", "config:PutConfigurationRecorder",
			"config:PutDeliveryChannel", "config:StopConfigurationRecorder",
			"logs:*AccountPolicy"),
	},
	{
		Control: prevents("GXP-SCP-021", "Config rules, packs and aggregation stay as they were designed",
			"Without the rule nothing is non-compliant.",
			"ARCH-P5", "ARCH-S10", "CFR-11.10(a)", "A11-10", "A11-11"),
		sid: "ConfigRulesStay", units: everywhere,
		deny: byBuilders("config:DeleteAggregationAuthorization", "config:DeleteConfigRule",
			"config:DeleteConfigurationAggregator", "config:DeleteConformancePack", "config:DeleteEvaluationResults",
			"config:DeleteOrganization*", "config:DeleteRemediation*", "config:PutConfigRule",
			"config:PutConfigurationAggregator", "config:PutConformancePack", "config:PutRemediation*"),
	},
}

// securityGuardrails keep the services that watch every account.
var securityGuardrails = []guardrail{
	{
		Control: prevents("GXP-SCP-030", "GuardDuty watches every account",
			"An account that leaves the detector's sight is where an attack goes on.",
			"ARCH-P6", "CFR-11.10(d)", "CFR-11.300", "A11-12"),
		sid: "GuardDutyStays", units: everywhere,
		deny: byBuilders("guardduty:CreateFilter", "guardduty:CreateIPSet", "guardduty:CreateTrustedEntitySet",
			"guardduty:DeleteDetector", "guardduty:DeleteMembers", "guardduty:DeletePublishingDestination",
			"guardduty:Disable*", "guardduty:Disassociate*", "guardduty:StopMonitoringMembers", "guardduty:UpdateDetector",
			"guardduty:UpdateFilter", "guardduty:UpdateIPSet", "guardduty:UpdateMemberDetectors",
			"guardduty:UpdateOrganizationConfiguration", "guardduty:UpdatePublishingDestination",
			"guardduty:UpdateTrustedEntitySet"),
	},
	{
		Control: prevents("GXP-SCP-031", "Security Hub gathers the findings of every account",
			"A standard that is off finds nothing.",
			"ARCH-P6", "ARCH-S13", "CFR-11.10(a)", "A11-11"),
		sid: "SecurityHubStays", units: everywhere,
		deny: byBuilders("securityhub:BatchDisableStandards", "securityhub:BatchUpdateStandards*",
			"securityhub:CreateAutomationRule*", "securityhub:DeleteConfigurationPolicy",
			"securityhub:DeleteFindingAggregator", "securityhub:DeleteMembers", "securityhub:Disable*",
			"securityhub:Disassociate*", "securityhub:StartConfigurationPolicyDisassociation",
			"securityhub:UpdateAutomationRule*", "securityhub:UpdateConfigurationPolicy",
			"securityhub:UpdateFindingAggregator", "securityhub:UpdateOrganizationConfiguration",
			"securityhub:UpdateSecurityControl", "securityhub:UpdateSecurityHubConfiguration",
			"securityhub:UpdateStandardsControl"),
	},
	{
		Control: prevents("GXP-SCP-032", "Macie looks for sensitive data in every account",
			"Personal data in the wrong bucket stays there until somebody outside finds it.",
			"ARCH-P6", "ARCH-P7", "CFR-11.30", "A11-12"),
		sid: "MacieStays", units: everywhere,
		deny: byBuilders("macie2:DeleteMember", "macie2:Disable*", "macie2:Disassociate*",
			"macie2:PutClassificationExportConfiguration", "macie2:UpdateMacieSession", "macie2:UpdateMemberSession",
			"macie2:UpdateOrganizationConfiguration"),
	},
	{
		Control: prevents("GXP-SCP-033", "Inspector, Access Analyzer and Detective stay on in every account",
			"Vulnerable software, open access and their history are seen by these alone.",
			"ARCH-P6", "CFR-11.10(d)", "CFR-11.300", "A11-12"),
		sid: "AnalysisStays", units: everywhere,
		deny: byBuilders("access-analyzer:CreateArchiveRule", "access-analyzer:DeleteAnalyzer",
			"access-analyzer:UpdateAnalyzer", "access-analyzer:UpdateArchiveRule", "detective:Delete*", "detective:Disable*",
			"detective:Disassociate*", "detective:Update*", "inspector2:CreateFilter", "inspector2:Disable*",
			"inspector2:Disassociate*", "inspector2:UpdateConfiguration", "inspector2:UpdateFilter",
			"inspector2:UpdateOrganizationConfiguration"),
	},
}
