package landingzone

import "github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"

// detectionGuardrails keep what notices and tells.
var detectionGuardrails = []guardrail{
	{
		Control: prevents("GXP-SCP-050", "The landing zone's log groups keep what they hold, and for how long",
			"A shorter retention deletes records as surely as a command does.",
			"ARCH-P4", "ARCH-S8", "CFR-11.10(c)", "CFR-11.10(e)", "A11-9"),
		sid: "LogGroupsStay", units: everywhere,
		deny: func(l Limits, unit string) policy.Statement {
			return policy.Statement{
				Action: policy.Strings{
					"logs:AssociateKmsKey", "logs:Delete*", "logs:DisassociateKmsKey", "logs:PutDataProtectionPolicy",
					"logs:PutMetricFilter", "logs:PutRetentionPolicy", "logs:PutSubscriptionFilter",
				},
				Resource:  policy.Strings{"arn:aws:logs:*:*:log-group:/gxp/*"},
				Condition: except(l.setters(unit)),
			}
		},
	},
	{
		Control: prevents("GXP-SCP-051", "Event rules, alarms and topics of the landing zone keep watching and telling",
			"An alarm without an action, or a topic without subscribers, tells nobody.",
			"ARCH-P6", "ARCH-S9", "ARCH-S11", "ARCH-S13", "A11-13"),
		sid: "DetectionStays", units: everywhere,
		deny: func(l Limits, unit string) policy.Statement {
			return policy.Statement{
				Action: policy.Strings{
					"cloudwatch:DeleteAlarms", "cloudwatch:DisableAlarmActions", "cloudwatch:Put*Alarm", "cloudwatch:SetAlarmState", "events:Delete*", "events:DisableRule",
					"events:PutPermission", "events:PutRule", "events:PutTargets", "events:Remove*", "events:UpdateEventBus",
					"sns:AddPermission", "sns:DeleteTopic", "sns:RemovePermission", "sns:SetSubscriptionAttributes",
					"sns:SetTopicAttributes", "sns:Unsubscribe",
				},
				Resource: policy.Strings{
					"arn:aws:cloudwatch:*:*:alarm:gxp-*", "arn:aws:events:*:*:event-bus/gxp-*", "arn:aws:events:*:*:rule/gxp-*",
					"arn:aws:events:*:*:rule/*/gxp-*", "arn:aws:sns:*:*:gxp-*",
				},
				Condition: except(l.builders(unit)),
			}
		},
	},
	{
		Control: prevents("GXP-SCP-052", "The landing zone's functions run the code that was released, and sessions on servers stay recorded",
			"Whoever can change a function acts with its rights, and who works on a server unrecorded changes a system unseen.",
			"ARCH-P1", "ARCH-P10", "CFR-11.10(d)", "A11-10"),
		sid: "FunctionsStay", units: everywhere,
		deny: func(l Limits, unit string) policy.Statement {
			return policy.Statement{
				Action: policy.Strings{
					"lambda:*Permission", "lambda:CreateFunction", "lambda:Delete*", "lambda:Invoke*", "lambda:Put*",
					"lambda:UpdateFunction*",
					// Nothing else that one can do with the document begins so.
					"ssm:Create*", "ssm:Delete*", "ssm:Update*",
				},
				Resource: policy.Strings{
					"arn:aws:lambda:*:*:function:gxp-*", "arn:aws:ssm:*:*:document/SSM-Sess*",
				},
				Condition: except(l.builders(unit)),
			}
		},
	},
}
