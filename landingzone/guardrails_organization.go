package landingzone

import (
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
)

// organizationGuardrails keep the accounts where they are and nobody at work in
// them who should not be.
var organizationGuardrails = []guardrail{
	{
		Control: prevents("GXP-SCP-001", "Accounts stay in the organization",
			"An account that leaves takes its records along and its guardrails off.",
			"ARCH-P1", "ARCH-S1", "CFR-11.10(c)", "A11-10"),
		sid: "MembersStay", units: everywhere,
		deny: func(Limits, string) policy.Statement {
			return policy.Statement{
				Action: policy.Strings{
					"account:CloseAccount", "account:DisableRegion", "account:EnableRegion", "organizations:LeaveOrganization",
				},
				Resource: anything,
			}
		},
	},
	{
		Control: prevents("GXP-SCP-002", "Root users do nothing, except in sessions that management opens centrally",
			"A root user is bound by no IAM policy and is nobody in particular in the audit trail.",
			"ARCH-P10", "CFR-11.10(d)", "CFR-11.10(g)", "CFR-11.300", "A11-12"),
		sid: "RootIsNotUsed", units: everywhere,
		deny: func(Limits, string) policy.Statement {
			return policy.Statement{
				Action: anything, Resource: anything,
				Condition: policy.Condition{
					"ArnLike": {principalARN: {"arn:aws:iam::*:root"}},
					// The key exists in centralized root sessions alone.
					"Null": {"aws:AssumedRoot": {"true"}},
				},
			}
		},
	},
	{
		Control: prevents("GXP-SCP-003", "Nothing is allowed in a retired account",
			"What nobody looks after any more is where an intruder stays longest.",
			"CFR-11.10(c)", "CFR-11.10(d)", "A11-10", "A11-12"),
		sid: "SuspendedIsShut", units: []string{config.UnitSuspended},
		deny: func(Limits, string) policy.Statement {
			return policy.Statement{Action: anything, Resource: anything}
		},
	},
	{
		Control: prevents("GXP-SCP-004", "Only the baseline works in a new account until the account is released from quarantine",
			"Work that begins before recording, encryption and backup do is work nobody can vouch for.",
			"ARCH-P1", "ARCH-P5", "CFR-11.10(a)", "A11-4", "A11-10"),
		sid: "QuarantineUntilBaseline", units: []string{config.UnitQuarantine},
		deny: func(l Limits, unit string) policy.Statement {
			return policy.Statement{
				Action: anything, Resource: anything,
				Condition: except(append(l.baseline(unit), anyAccount(l.AccessRole))),
			}
		},
	},
	{
		Control: prevents("GXP-SCP-005", "Nothing but the access role works in an account that is in no unit",
			"An account that was just created or invited has the guardrails of no unit.",
			"ARCH-P1", "ARCH-S1", "CFR-11.10(d)", "A11-12"),
		sid: "UnplacedIsShut", units: []string{RootUnit},
		unless: func(l Limits, _ string) bool { return !l.QuarantineUnplaced },
		deny: func(l Limits, _ string) policy.Statement {
			exempt := []string{anyAccount(l.AccessRole)}
			if l.ControlTower {
				exempt = append(exempt, anyAccount(controlTowerRole))
			}
			return policy.Statement{
				Action: anything, Resource: anything,
				Condition: except(exempt, policy.Condition{
					"ForAnyValue:StringEquals": {"aws:PrincipalOrgPaths": {l.OrganizationID + "/" + l.RootID + "/"}},
				}),
			}
		},
	},
}
