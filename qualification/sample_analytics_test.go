package qualification_test

import (
	"encoding/json"
	"strings"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/mutation"
	"github.com/gxp-landing-zone/gxp-landing-zone/logging/analytics"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

const (
	workgroups = "aws:athena/workgroup:Workgroup"
	tables     = "aws:glue/catalogTable:CatalogTable"
	schedules  = "aws:scheduler/schedule:Schedule"
	roles      = "aws:iam/role:Role"
	answersARN = "arn:aws:s3:::b-analytics-results"
)

// analytics is how auditors ask: a workgroup, one for the reviews, a table, the
// bucket of the answers, a role and the schedules.
func (b *builder) analytics() {
	const in, account = "logging:Analytics", "444455556666"
	key := b.key(in, "analytics", "log-archive", account, "eu-test-1", `{"Sid":"Uses","Effect":"Allow",
		"Principal":{"AWS":"arn:aws:iam::444455556666:root"},"Action":["kms:Decrypt","kms:GenerateDataKey"],"Resource":"*",
		"Condition":{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::444455556666:role/gxp-audit-query*"}}}`)
	b.answers(in, key)
	workgroup := func(name, physical, location string, enforced bool) {
		b.add(in, workgroups, name, "log-archive", physical, object{
			"name": physical, "state": "ENABLED", "forceDestroy": false,
			"configuration": object{
				"enforceWorkgroupConfiguration": enforced, "publishCloudwatchMetricsEnabled": true, "bytesScannedCutoffPerQuery": 1e11,
				"resultConfiguration": object{
					"outputLocation": "s3://b-analytics-results/" + location, "expectedBucketOwner": account,
					"encryptionConfiguration": object{"encryptionOption": "SSE_KMS", "kmsKeyArn": key},
				},
			},
		})
	}
	workgroup("analytics", "gxp-audit", "queries/", true)
	workgroup("analytics-exports", "gxp-audit-exports", "exports/", false)
	b.add(in, tables, "analytics-cloudtrail", "log-archive", "cloudtrail", object{
		"name": "cloudtrail", "databaseName": "gxp_audit",
		"partitionKeys": []any{object{"name": "account", "type": "string"}, object{"name": "day", "type": "string"}},
		"parameters": object{
			"projection.enabled": "true", "projection.account.type": "injected", "projection.day.type": "date",
			"storage.location.template": "s3://b-archive/AWSLogs/${account}/${day}/",
		},
	})
	b.add(in, roles, "analytics", "log-archive", "gxp-audit-query", object{
		"name": "gxp-audit-query", "assumeRolePolicy": auditTrust,
	})
	for _, review := range analytics.Reviews() {
		b.add(in, schedules, "analytics-"+review.Query.Name, "log-archive", "gxp-audit-"+review.Query.Name, object{
			"name": "gxp-audit-" + review.Query.Name, "state": "ENABLED", "scheduleExpression": "cron(0 3 ? * MON *)",
			"target": object{
				"arn":     "arn:aws:scheduler:::aws-sdk:athena:startQueryExecution",
				"roleArn": "arn:aws:iam::444455556666:role/gxp-audit-query-exports", "input": reviewInput(review.Query.Name, key),
				"deadLetterConfig": object{"arn": "arn:aws:sqs:eu-test-1:444455556666:failed"},
			},
		})
	}
}

const auditTrust = `{"Version":"2012-10-17","Statement":[{"Sid":"Auditors","Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole",
	"Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-abcdefghij"},
	"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_GxpAuditor_*"}}}]}`

func reviewInput(query, key string) string {
	text, err := json.Marshal(object{
		"QueryString": "SELECT 1", "WorkGroup": "gxp-audit-exports",
		"ResultConfiguration": object{
			"OutputLocation": "s3://b-analytics-results/exports/" + query + "/", "ExpectedBucketOwner": "444455556666",
			"EncryptionConfiguration": object{"EncryptionOption": "SSE_KMS", "KmsKey": key},
		},
	})
	if err != nil {
		panic(err) // text and objects alone
	}
	return string(text)
}

// answers are the bucket of the answers, without a lock, and the copies of those
// that are evidence.
func (b *builder) answers(in, key string) {
	const name = "analytics-results"
	before := len(b.resources)
	b.bucket(in, name, "log-archive", key, "")
	kept := b.resources[:before]
	for _, r := range b.resources[before:] {
		switch r.Type {
		case lock, logs:
			continue
		case "aws:s3/bucketV2:BucketV2":
			r.Inputs["objectLockEnabled"] = false
		case policies:
			r.Inputs["policy"] = answersPolicy("", "")
		}
		kept = append(kept, r)
	}
	b.resources = kept
	b.add(in, ageing, name, "log-archive", "b-"+name, object{
		"bucket": "b-" + name, "rules": []any{object{"id": "expire", "status": "Enabled", "expiration": object{"days": 30.0}}},
	})
	to := func(evidence string) object {
		return object{
			"status": "Enabled", "filter": object{"prefix": "exports/"},
			"deleteMarkerReplication": object{"status": "Disabled"},
			"sourceSelectionCriteria": object{"sseKmsEncryptedObjects": object{"status": "Enabled"}},
			"destination":             object{"bucket": "arn:aws:s3:::b-" + evidence, "metrics": object{"status": "Enabled"}},
		}
	}
	b.add(in, copies, "analytics", "log-archive", "b-"+name, object{
		"bucket": "b-" + name, "rules": []any{to("archive-evidence"), to("archive-replica-evidence")},
	})
}

// answersPolicy is the policy of the bucket of the answers, with a part of it
// replaced.
func answersPolicy(from, to string) string {
	return strings.Replace(`{"Version":"2012-10-17","Statement":[
		{"Sid":"TLS","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["`+answersARN+`","`+answersARN+`/*"],
		 "Condition":{"Bool":{"aws:SecureTransport":"false"}}},
		{"Sid":"Organization","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["`+answersARN+`","`+answersARN+`/*"],
		 "Condition":{"StringNotEqualsIfExists":{"aws:PrincipalOrgID":"o-abcdefghij"},"BoolIfExists":{"aws:PrincipalIsAWSService":"false"}}},
		{"Sid":"Roles","Effect":"Deny","Principal":"*","Action":["s3:GetObject*","s3:PutObject*","s3:DeleteObject*"],"Resource":"`+answersARN+`/*",
		 "Condition":{"ArnNotLike":{"aws:PrincipalArn":["arn:aws:iam::444455556666:role/gxp-audit-query*"]},
		 "BoolIfExists":{"aws:PrincipalIsAWSService":"false"}}},
		{"Sid":"Key","Effect":"Deny","Principal":"*","Action":"s3:PutObject","Resource":"`+answersARN+`/*",
		 "Condition":{"Null":{"s3:x-amz-server-side-encryption-aws-kms-key-id":"false"},
		 "StringNotEquals":{"s3:x-amz-server-side-encryption-aws-kms-key-id":"arn:aws:kms:eu-test-1:444455556666:key/analytics"}}}]}`, from, to, 1)
}

var (
	onWorkgroup = mutation.Named(workgroups, "analytics")
	onExports   = mutation.Named(workgroups, "analytics-exports")
	onTable     = mutation.OfType(tables)
	onReview    = mutation.Named(schedules, "analytics-root-use")
	onAnswers   = func(t string) mutation.Where { return mutation.Named(t, "analytics-results") }
	onEvidences = mutation.Named(copies, "analytics")
	onAuditRole = mutation.Named(roles, "analytics")
)

var analyticsSettings = []setting{
	{"GXP-ANA-001", onWorkgroup, "configuration.resultConfiguration.encryptionConfiguration.encryptionOption", "SSE_S3", ""},
	{"GXP-ANA-001", onExports, "configuration.resultConfiguration.encryptionConfiguration.kmsKeyArn", "alias/aws/s3", ""},
	{"GXP-ANA-001", onWorkgroup, "configuration.resultConfiguration.expectedBucketOwner", "", ""},
	{"GXP-ANA-001", onWorkgroup, "configuration.enforceWorkgroupConfiguration", false, qualification.Pass},
	{"GXP-ANA-001", onReview, "target.input", strings.ReplaceAll(reviewInput("root-use", "key"), "SSE_KMS", "SSE_S3"), qualification.Pass},
	{"GXP-ANA-001", onReview, "target.input", strings.ReplaceAll(reviewInput("root-use", "key"), "b-analytics-results", "elsewhere"), qualification.Pass},
	{"GXP-ANA-002", onWorkgroup, "configuration.bytesScannedCutoffPerQuery", 1e15, ""},
	{"GXP-ANA-002", onExports, "configuration.bytesScannedCutoffPerQuery", 0.0, ""},
	{"GXP-ANA-002", onWorkgroup, "configuration.publishCloudwatchMetricsEnabled", false, qualification.Pass},
	{"GXP-ANA-002", onWorkgroup, "forceDestroy", true, qualification.Pass},
	{"GXP-ANA-003", onTable, `parameters["projection.enabled"]`, "false", ""},
	{"GXP-ANA-003", onTable, `parameters["projection.day.type"]`, nil, ""},
	{"GXP-ANA-003", onTable, `parameters["storage.location.template"]`, "s3://b-archive/AWSLogs/${account}/", ""},
	{"GXP-ANA-004", onAnswers(policies), "policy", allowsAll, ""},
	{"GXP-ANA-004", onAnswers(policies), "policy", answersPolicy("role/gxp-audit-query*", "role/*"), ""},
	{"GXP-ANA-004", onAnswers(policies), "policy", answersPolicy(`"s3:GetObject*",`, ""), ""},
	{"GXP-ANA-004", onAnswers(policies), "policy", answersPolicy(`"s3:PutObject","Resource"`, `"s3:GetObject","Resource"`), ""},
	{"GXP-ANA-004", onAnswers(sse), "rules[0].applyServerSideEncryptionByDefault.kmsMasterKeyId", "alias/aws/s3", ""},
	{"GXP-ANA-005", onReview, "state", "DISABLED", qualification.Pass},
	{"GXP-ANA-005", onReview, "target.deadLetterConfig.arn", "", ""},
	{"GXP-ANA-005", onReview, "target.input", reviewInput("sign-ins", "key"), ""},
	{"GXP-ANA-005", onReview, "target.arn", "arn:aws:scheduler:::aws-sdk:athena:stopQueryExecution", ""},
	{"GXP-ANA-006", onEvidences, "rules[0].status", "Disabled", ""},
	{"GXP-ANA-006", onEvidences, "rules[0].filter.prefix", "exports/root-use/", ""},
	{"GXP-ANA-006", onEvidences, "rules[1].destination.bucket", "arn:aws:s3:::b-archive-access-logs", ""},
	{"GXP-ANA-006", onEvidences, "rules[1].destination.bucket", "arn:aws:s3:::b-archive-evidence", ""},
	{"GXP-ANA-006", onEvidences, "rules[0].deleteMarkerReplication.status", "Enabled", ""},
	{"GXP-ANA-007", onAuditRole, "assumeRolePolicy", strings.ReplaceAll(auditTrust, "GxpAuditor", "GxpDeveloper"), ""},
	{"GXP-ANA-007", onAuditRole, "assumeRolePolicy", strings.ReplaceAll(auditTrust, `"AWS":"*"`, `"Service":"ec2.amazonaws.com"`), ""},
	{"GXP-ANA-007", onAuditRole, "assumeRolePolicy", strings.ReplaceAll(auditTrust, "aws-reserved/sso.amazonaws.com/*/", ""), ""},
}
