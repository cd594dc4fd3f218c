package landingzone

import (
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/duty"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
)

// holdsRecord is the one action on a record that somebody may need: to keep it
// beyond its retention, and to release it.
const holdsRecord = "s3:PutObjectLegalHold"

// logGuardrails say who may hold records. What sends them is kept by the
// guardrails of Config and of functions, whose exemptions are the same: a statement
// of its own would take a policy more.
var logGuardrails = []guardrail{
	{
		Control: prevents("GXP-SCP-126", "Only the records manager holds records, and releases them",
			"A hold that anybody can lift protects a disputed record from nobody.",
			"ARCH-P4", "ARCH-P9", "CFR-11.10(c)", "A11-7.1", "A11-17"),
		sid: "RecordsManagerHolds", units: []string{config.UnitSecurity},
		deny: func(l Limits, _ string) policy.Statement {
			return policy.Statement{
				Action: policy.Strings{holdsRecord}, Resource: recordBuckets(l),
				Condition: except(l.role(config.KeyLogArchive, duty.RecordsManagerRole)),
			}
		},
	},
}
