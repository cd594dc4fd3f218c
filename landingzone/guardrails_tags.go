package landingzone

import (
	"slices"
	"strings"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
)

var (
	// takesTags are the actions that create what holds or processes data and
	// take its tags in the same request.
	takesTags = policy.Strings{
		"dynamodb:CreateTable", "ec2:CreateVolume", "ec2:RunInstances", "elasticfilesystem:CreateFileSystem",
		"lambda:CreateFunction", "rds:CreateDBCluster", "rds:CreateDBInstance", "secretsmanager:CreateSecret",
	}

	// takeTags are what these actions create. They name other resources too,
	// such as the subnet of an instance, which have no tags in the request.
	takeTags = policy.Strings{
		"arn:aws:dynamodb:*:*:table/*", "arn:aws:ec2:*:*:instance/*", "arn:aws:ec2:*:*:volume/*",
		"arn:aws:elasticfilesystem:*:*:*", "arn:aws:lambda:*:*:*", "arn:aws:rds:*:*:*", "arn:aws:secretsmanager:*:*:*",
	}
)

// tagged are the units whose accounts demand tags. PolicyStaging is not among
// them: seven statements more would not fit there under AWS's older quota, and a
// missing tag is an error of the one who creates, not a risk of the roll-out.
var tagged = []string{config.UnitGxPProd, config.UnitSensitive, config.UnitGxPValidation}

// tagGuardrails have one statement for each tag: of several tags in one, a
// request would be denied only when all of them were missing.
var tagGuardrails = func() []guardrail {
	ids := map[string]string{
		"gxp:classification": "150", "gxp:cost-centre": "151", "gxp:data-classification": "152", "gxp:environment": "153",
		"gxp:owner": "154", "gxp:record-class": "155", "gxp:requirement-set": "156",
	}
	var rows []guardrail
	for _, key := range account.Keys() {
		rows = append(rows, guardrail{
			Control: prevents("GXP-SCP-"+ids[key], "What holds or processes data in accounts with GxP systems is created with the tag "+key,
				"Without it nobody can say who answers for the data, what rules it is under or how long it is kept.",
				"ARCH-P7", "ARCH-P9", "CFR-11.10(c)", "A11-4"),
			sid: "CreatedWith" + camel(strings.TrimPrefix(key, "gxp:")), units: tagged,
			unless: func(l Limits, _ string) bool { return !slices.Contains(l.RequiredTags, key) },
			deny: func(l Limits, unit string) policy.Statement {
				return policy.Statement{
					Action: takesTags, Resource: takeTags,
					// What a backup restores has its tags again afterwards.
					Condition: except(append(l.builders(unit), anyAccount(backupRole)), policy.Condition{"Null": {"aws:RequestTag/" + key: {"true"}}}),
				}
			},
		})
	}
	return rows
}()

// camel turns record-class into RecordClass, as Sids are written.
func camel(words string) string {
	var b strings.Builder
	for word := range strings.SplitSeq(words, "-") {
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return b.String()
}
