package main

import (
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/mutation"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

func init() { sabotages = append(sabotages, analyticsSabotages...) }

var (
	workgroup   = mutation.Named("aws:athena/workgroup:Workgroup", "analytics")
	reviewGroup = mutation.Named("aws:athena/workgroup:Workgroup", "analytics-exports")
	flowTable   = mutation.Named("aws:glue/catalogTable:CatalogTable", "analytics-vpc_flow")
	review      = mutation.Named("aws:scheduler/schedule:Schedule", "analytics-root-use")
	answers     = mutation.Named(bucketPolicyType, "analytics-results")
	reviewsKept = mutation.Named(replicationType, "analytics")
	auditorRole = mutation.Named("aws:iam/role:Role", "analytics")
	exportsRole = mutation.Named("aws:iam/role:Role", "analytics-exports")
)

const answerLocation = "configuration.resultConfiguration."

var analyticsSabotages = []sabotage{
	{"GXP-ANA-001", "answers in the clear", workgroup, mutation.Remove(answerLocation + "encryptionConfiguration"), nil},
	{"GXP-ANA-001", "answers under a key of S3", reviewGroup,
		mutation.Set(answerLocation+"encryptionConfiguration.encryptionOption", "SSE_S3"), nil},
	{"GXP-ANA-001", "auditors who choose where answers go", workgroup,
		mutation.Set("configuration.enforceWorkgroupConfiguration", false), nil},
	{"GXP-ANA-001", "answers in a bucket of somebody else", workgroup, mutation.Remove(answerLocation + "expectedBucketOwner"), nil},
	{"GXP-ANA-001", "a review that goes elsewhere", review, mutation.Set("target.input",
		`{"QueryString":"SELECT 1","WorkGroup":"gxp-audit-exports","ResultConfiguration":{"OutputLocation":"s3://elsewhere/exports/root-use/"}}`), nil},
	{"GXP-ANA-002", "queries without a limit", workgroup, mutation.Remove("configuration.bytesScannedCutoffPerQuery"), nil},
	{"GXP-ANA-002", "a workgroup that is deleted with its history", workgroup, mutation.Set("forceDestroy", true), nil},
	{"GXP-ANA-002", "an unprotected workgroup", reviewGroup, mutation.Unprotect, nil},
	{"GXP-ANA-003", "a table without projection", flowTable, mutation.Set(`parameters["projection.enabled"]`, "false"), nil},
	{"GXP-ANA-003", "days that are not projected", flowTable, mutation.Remove(`parameters["projection.day.type"]`), nil},
	{"GXP-ANA-003", "a template without the account", flowTable,
		mutation.Set(`parameters["storage.location.template"]`, "s3://meridian-gxp-archive-eu-central-1/AWSLogs/${region_key}/${day}/"), nil},
	{"GXP-ANA-004", "answers that administrators read", answers, mutation.WithoutStatement("policy", "AuditQueriesAlone"), nil},
	{"GXP-ANA-004", "answers that are overwritten", answers, mutation.EditStatement("policy", "AuditQueriesAlone",
		func(s mutation.Statement) { s["Action"] = "s3:GetObject*" }), nil},
	{"GXP-ANA-004", "answers for any role", answers, mutation.EditStatement("policy", "AuditQueriesAlone",
		func(s mutation.Statement) {
			s["Condition"] = map[string]any{"ArnNotLike": map[string]any{"aws:PrincipalArn": "arn:aws:iam::*:role/*"}}
		}), nil},
	{"GXP-ANA-004", "answers under any key", answers, mutation.WithoutStatement("policy", "RequireKey"), nil},
	{"GXP-ANA-004", "answers open to strangers", answers, mutation.WithoutStatement("policy", "RequireOrganization"), nil},
	{"GXP-ANA-005", "a review that is off", review, mutation.Set("state", "DISABLED"), nil},
	{"GXP-ANA-005", "a review that is missing", review, nil, reviewGroup},
	{"GXP-ANA-005", "a review that fails unseen", review, mutation.Remove("target.deadLetterConfig"), nil},
	{"GXP-ANA-006", "reviews that expire", reviewsKept, nil, mutation.Named(bucketType, "analytics-results")},
	{"GXP-ANA-006", "some of the reviews", reviewsKept, mutation.Set("rules[0].filter.prefix", "exports/root-use/"), nil},
	{"GXP-ANA-006", "reviews that are copied where nothing is locked", reviewsKept,
		mutation.Set("rules[1].destination.bucket", "arn:aws:s3:::meridian-gxp-access-logs-eu-west-1"),
		func(r *qualification.Resource) bool {
			return mutation.Named(bucketType, "archive-replica-access-logs")(r) || reviewsKept(r)
		}},
	{"GXP-ANA-006", "deletions that spread", reviewsKept, mutation.Set("rules[1].deleteMarkerReplication.status", "Enabled"), nil},
	{"GXP-ANA-007", "developers who query", auditorRole, mutation.EditStatement("assumeRolePolicy", "AuditorsAssume",
		func(s mutation.Statement) {
			s["Condition"] = map[string]any{
				"StringEquals": map[string]any{"aws:PrincipalOrgID": "o-a1b2c3d4e5"},
				"ArnLike":      map[string]any{"aws:PrincipalArn": "arn:aws:iam::*:role/*"},
			}
		}), nil},
	{"GXP-ANA-007", "people from anywhere", auditorRole, mutation.EditStatement("assumeRolePolicy", "AuditorsAssume", unconditional), nil},
	{"GXP-ANA-007", "schedules of others", exportsRole, mutation.EditStatement("assumeRolePolicy", "SchedulesAssume", unconditional), nil},
}
