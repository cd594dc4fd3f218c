package main

import (
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/mutation"
)

func init() { sabotages = append(sabotages, integritySabotages...) }

var (
	verifier      = mutation.Named("aws:lambda/function:Function", "integrity")
	verification  = mutation.Named("aws:scheduler/schedule:Schedule", "integrity")
	verifierRole  = mutation.Named("aws:iam/rolePolicy:RolePolicy", "integrity")
	resultKey     = mutation.Named(keyType, "integrity")
	silenceAlarm  = mutation.Named("aws:cloudwatch/metricAlarm:MetricAlarm", "integrity-silent")
	findingsAlarm = mutation.Named("aws:cloudwatch/metricAlarm:MetricAlarm", "integrity-findings")
	failureAlarm  = mutation.Named("aws:cloudwatch/metricAlarm:MetricAlarm", "integrity-failed")
)

// verifierTold changes what the function is told in its environment.
func verifierTold(name string, value any) mutation.Mutation {
	return mutation.Set("environment.variables."+name, value)
}

var integritySabotages = []sabotage{
	{"GXP-INT-001", "no schedule", verification, nil, verifier},
	{"GXP-INT-001", "a schedule that is off", verification, mutation.Set("state", "DISABLED"), nil},
	{"GXP-INT-001", "a schedule on Mondays", verification, mutation.Set("scheduleExpression", "cron(15 4 ? * MON *)"), nil},
	{"GXP-INT-001", "a schedule of the last hour", verification, mutation.Set("target.input", `{"hours":1}`), nil},
	{"GXP-INT-001", "a function that may not run", verifier, mutation.Set("reservedConcurrentExecutions", 0.0), nil},
	{"GXP-INT-002", "accounts that nobody misses", verification, mutation.Set("target.input", `{"hours":25,"accounts":["111122223333"]}`), nil},
	{"GXP-INT-002", "regions that nobody misses", verifier, verifierTold("EXPECTED_REGIONS", "eu-central-1"), nil},
	{"GXP-INT-002", "any trail", verifier, verifierTold("TRAIL_NAME", ""), nil},
	{"GXP-INT-002", "another bucket", verifier, verifierTold("ARCHIVE_BUCKET", "meridian-gxp-evidence-eu-central-1"),
		mutation.Named(bucketType, "archive-evidence")},
	{"GXP-INT-003", "administrators who sign", resultKey,
		mutation.EditStatement("policy", "IntegrityCheckSigns", unconditional), nil},
	{"GXP-INT-003", "the organization that signs", resultKey,
		mutation.EditStatement("policy", "OrganizationVerifies", func(s mutation.Statement) { s["Action"] = []any{"kms:Verify", "kms:Sign"} }), nil},
	{"GXP-INT-003", "a key that encrypts", verifier, verifierTold("SIGNING_KEY_ID", "alias/gxp-archive"), nil},
	{"GXP-INT-004", "failures that tell nobody", failureAlarm, mutation.Remove("alarmActions"), nil},
	{"GXP-INT-004", "failures of another function", failureAlarm, mutation.Set("dimensions.FunctionName", "another"), verifier},
	{"GXP-INT-004", "findings that are tolerated", findingsAlarm, mutation.Set("threshold", 5.0), nil},
	{"GXP-INT-004", "silence that is no alarm", silenceAlarm, mutation.Set("treatMissingData", "notBreaching"), nil},
	{"GXP-INT-004", "silence of a week", silenceAlarm, mutation.Set("evaluationPeriods", 168.0), nil},
	{"GXP-INT-004", "no alarm on silence", silenceAlarm, nil, verifier},
	{"GXP-INT-005", "a lock of a year", verifier, verifierTold("RETENTION_YEARS", "1"), nil},
	{"GXP-INT-005", "a lock that can be lifted", verifier, verifierTold("LOCK_MODE", "GOVERNANCE"), nil},
	{"GXP-INT-005", "a copy that nobody looks for", verifier, mutation.Remove("environment.variables.REPLICA_BUCKET"), nil},
	{"GXP-INT-006", "results anywhere", verifierRole,
		mutation.EditStatement("policy", "KeepsResults", func(s mutation.Statement) { s["Resource"] = "*" }), nil},
	{"GXP-INT-006", "a verification that deletes", verifierRole,
		mutation.EditStatement("policy", "ReadsTrail", func(s mutation.Statement) { s["Action"] = "s3:*" }), nil},
	{"GXP-INT-006", "rights from elsewhere", verifierRole, mutation.Set("role", "another"),
		mutation.Named("aws:iam/role:Role", "integrity")},
}
