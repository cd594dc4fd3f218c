package landingzone

import "github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"

// ourKeys holds for keys with an alias of the landing zone. ForAnyValue is
// false for a key without an alias, where ForAllValues would be true.
var ourKeys = policy.Condition{"ForAnyValue:StringLike": {"kms:ResourceAliases": {"alias/gxp-*"}}}

var (
	// destroysKeys makes everything under a key unreadable.
	destroysKeys = policy.Strings{
		"kms:DeleteImportedKeyMaterial", "kms:DisableKey", "kms:DisableKeyRotation", "kms:ScheduleKeyDeletion",
	}

	anyKey = policy.Strings{"arn:aws:kms:*:*:key/*"}
)

// keyGuardrails keep the keys of the landing zone. Aliases are what they are
// known by, so nobody may move or remove one.
var keyGuardrails = []guardrail{
	{
		Control: prevents("GXP-SCP-040", "The landing zone's keys cannot be disabled or deleted by anyone",
			"With a key, every record that it encrypted is gone.",
			"ARCH-P8", "CFR-11.10(c)", "CFR-11.30", "A11-7.1", "A11-17"),
		sid: "KeysStay", units: everywhere,
		deny: func(Limits, string) policy.Statement {
			return policy.Statement{Action: destroysKeys, Resource: anyKey, Condition: ourKeys}
		},
	},
	{
		Control: prevents("GXP-SCP-041", "Only the program decides who may use the landing zone's keys",
			"Whoever can change a key's policy can read what it encrypts.",
			"ARCH-P8", "ARCH-P10", "CFR-11.10(d)", "CFR-11.30", "A11-12"),
		sid: "KeyPoliciesStay", units: everywhere,
		deny: func(l Limits, unit string) policy.Statement {
			return policy.Statement{
				Action:   policy.Strings{"kms:PutKeyPolicy", "kms:ReplicateKey", "kms:UpdatePrimaryRegion"},
				Resource: anyKey, Condition: except(l.builders(unit), ourKeys),
			}
		},
	},
	{
		Control: prevents("GXP-SCP-042", "The landing zone's keys keep their names",
			"A key that has lost its name is no longer recognised as one to protect.",
			"ARCH-P8", "CFR-11.10(c)", "A11-10"),
		sid: "KeyAliasesStay", units: everywhere,
		deny: func(l Limits, unit string) policy.Statement {
			return policy.Statement{
				Action:   policy.Strings{"kms:CreateAlias", "kms:DeleteAlias", "kms:UpdateAlias"},
				Resource: policy.Strings{"arn:aws:kms:*:*:alias/gxp-*"}, Condition: except(l.builders(unit)),
			}
		},
	},
	{
		Control: prevents("GXP-SCP-043", "Use of the landing zone's keys is handed on to AWS services alone",
			"A grant lets its holder use the key in spite of the key's policy, and shows in no policy.",
			"ARCH-P8", "ARCH-P10", "CFR-11.10(d)", "A11-12"),
		sid: "KeyGrantsAreForServices", units: everywhere,
		deny: func(Limits, string) policy.Statement {
			return policy.Statement{
				Action: policy.Strings{"kms:CreateGrant"}, Resource: anyKey,
				Condition: merge(ourKeys, policy.Condition{"BoolIfExists": {"kms:GrantIsForAWSResource": {"false"}}}),
			}
		},
	},
}
