package landingzone

import (
	"slices"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/duty"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
)

// guarded are the units whose resources resource control policies guard. What
// is in a retired account is guarded too: its principals are shut out already,
// others are not.
var guarded = append(slices.Clone(everywhere), config.UnitSuspended)

// perimeterGuardrails keep what is not the organization's out.
var perimeterGuardrails = []guardrail{
	{
		Control: prevents("GXP-RCP-001", "Only the organization and AWS services reach the organization's resources",
			"A resource policy that is too wide opens the resource to the world; this closes it again.",
			"ARCH-P7", "ARCH-P10", "CFR-11.10(d)", "CFR-11.30", "A11-12"),
		sid: "OrganizationOnly", units: guarded,
		deny: func(l Limits, _ string) policy.Statement {
			return policy.Statement{
				Action: append(everyAction(l.ResourceServices), "sts:AssumeRole"), Resource: anything,
				Condition: merge(
					policy.Condition{
						// A caller without an organization has no such key, and
						// is denied too.
						"StringNotEqualsIfExists": {"aws:PrincipalOrgID": {l.OrganizationID}},
						// AWS's services act under no organization.
						"BoolIfExists": {"aws:PrincipalIsAWSService": {"false"}},
					}, trusted("StringNotEqualsIfExists", "aws:PrincipalAccount", l)),
			}
		},
	},
	{
		Control: prevents("GXP-RCP-002", "AWS services reach the organization's resources on behalf of the organization alone",
			"A service that anyone can use can be made to act for a stranger on what it has access to.",
			"ARCH-P7", "ARCH-P10", "CFR-11.10(d)", "CFR-11.30", "A11-12"),
		sid: "ServicesActForUs", units: guarded,
		deny: func(l Limits, _ string) policy.Statement {
			return policy.Statement{
				Action: append(everyAction(l.ResourceServices), "sts:AssumeRole"), Resource: anything,
				Condition: merge(
					policy.Condition{
						"StringNotEqualsIfExists": {"aws:SourceOrgID": {l.OrganizationID}},
						"Bool":                    {"aws:PrincipalIsAWSService": {"true"}},
						// Some calls of services are made for no account.
						"Null": {"aws:SourceAccount": {"false"}},
					}, trusted("StringNotEqualsIfExists", "aws:SourceAccount", l)),
			}
		},
	},
	{
		Control: prevents("GXP-RCP-003", "The organization's resources are reached over TLS alone",
			"What travels in the clear can be read and changed on the way.",
			"ARCH-P8", "CFR-11.10(c)", "CFR-11.30", "A11-5"),
		sid: "TLSOnly", units: guarded,
		deny: func(l Limits, _ string) policy.Statement {
			return policy.Statement{
				Action: append(everyAction(l.ResourceServices), "sts:*"), Resource: anything,
				Condition: policy.Condition{"BoolIfExists": {"aws:SecureTransport": {"false"}}},
			}
		},
	},
}

// trusted adds the partners' accounts to the values of a condition, where there
// are any.
func trusted(operator, key string, l Limits) policy.Condition {
	if len(l.TrustedAccounts) == 0 {
		return nil
	}
	return policy.Condition{operator: {key: l.TrustedAccounts}}
}

// recorders is where the buckets of records are, and may have a copy.
var recorders = []string{config.UnitSecurity, config.UnitInfrastructure, config.UnitPolicyStaging}

// resourceGuardrails protect the landing zone's keys and buckets from everyone,
// the management account included, which no service control policy binds.
var resourceGuardrails = []guardrail{
	{
		Control: prevents("GXP-RCP-010", "The landing zone's keys cannot be disabled or deleted, whoever asks",
			"Service control policies bind neither the management account nor strangers.",
			"ARCH-P8", "CFR-11.10(c)", "A11-7.1", "A11-17"),
		sid: "KeysStayWhoeverAsks", units: guarded,
		deny: func(Limits, string) policy.Statement {
			return policy.Statement{Action: destroysKeys, Resource: anything, Condition: ourKeys}
		},
	},
	{
		Control: prevents("GXP-RCP-011", "Only the program decides who may use the landing zone's keys, whoever asks",
			"Service control policies bind neither the management account nor strangers.",
			"ARCH-P8", "ARCH-P10", "CFR-11.10(d)", "A11-12"),
		sid: "KeyPoliciesStayWhoeverAsks", units: guarded,
		deny: func(l Limits, unit string) policy.Statement {
			return policy.Statement{
				Action: policy.Strings{"kms:PutKeyPolicy"}, Resource: anything, Condition: except(l.builders(unit), ourKeys),
			}
		},
	},
	{
		Control: prevents("GXP-RCP-012", "Records cannot be destroyed, nor their locks lifted, whoever asks",
			"Service control policies bind neither the management account nor strangers.",
			"ARCH-P4", "ARCH-P9", "CFR-11.10(c)", "CFR-11.10(e)", "A11-7.1", "A11-17"),
		sid: "RecordsStayWhoeverAsks", units: recorders,
		deny: func(l Limits, unit string) policy.Statement {
			return policy.Statement{Action: destroying(unit), Resource: recordBuckets(l)}
		},
	},
	{
		Control: prevents("GXP-RCP-013", "Only the program changes the settings of the buckets that hold records, whoever asks",
			"Service control policies bind neither the management account nor strangers.",
			"ARCH-P4", "ARCH-P9", "CFR-11.10(c)", "CFR-11.10(d)", "A11-7.1", "A11-10"),
		sid: "RecordBucketsKeepTheirSettingsWhoeverAsks", units: recorders,
		deny: func(l Limits, unit string) policy.Statement {
			return policy.Statement{Action: weakensRecords, Resource: recordBuckets(l), Condition: except(recordBuilders(l, unit))}
		},
	},
	{
		Control: prevents("GXP-RCP-014", "Only the records manager holds records, and releases them, whoever asks",
			"Service control policies bind neither the management account nor strangers.",
			"ARCH-P4", "ARCH-P9", "CFR-11.10(c)", "A11-7.1", "A11-17"),
		sid: "RecordsManagerHoldsWhoeverAsks", units: []string{config.UnitSecurity},
		deny: func(l Limits, _ string) policy.Statement {
			return policy.Statement{
				Action: policy.Strings{holdsRecord}, Resource: recordBuckets(l),
				Condition: except(l.role(config.KeyLogArchive, duty.RecordsManagerRole)),
			}
		},
	},
}
