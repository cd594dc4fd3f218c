package qualification_test

import (
	"strings"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/mutation"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

const (
	verifierRole = "arn:aws:iam::444455556666:role/verifier"

	verifierSigns = `{"Sid":"Signs","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::444455556666:root"},"Action":"kms:Sign",
		"Resource":"*","Condition":{"ArnEquals":{"aws:PrincipalArn":"` + verifierRole + `"}}}`

	verifierMay = `{"Version":"2012-10-17","Statement":[
		{"Sid":"Reads","Effect":"Allow","Action":["s3:GetObject","s3:ListBucket"],"Resource":["arn:aws:s3:::b-archive","arn:aws:s3:::b-archive/*"]},
		{"Sid":"Keeps","Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::b-archive-evidence/integrity/*"}]}`

	verifyCall = `{"hours":25,"accounts":["111122223333","444455556666"],"retired":["777788889999"]}`
)

// integrity adds the verification of the archive: function, role, key, schedule,
// alarms and the topic that they tell.
func (b *builder) integrity() {
	const in, arn = "logging:IntegrityCheck", "arn:aws:lambda:eu-test-1:444455556666:function:verifier"
	const topic = "arn:aws:sns:eu-test-1:444455556666:notifications"
	signing := b.key(in, "integrity", "log-archive", "444455556666", "eu-test-1", verifierSigns)
	key := b.resources[len(b.resources)-1]
	key.Inputs["keyUsage"] = "SIGN_VERIFY"
	delete(key.Inputs, "enableKeyRotation")
	b.add(in, "aws:iam/role:Role", "integrity", "log-archive", "verifier", object{
		"name": "verifier", "assumeRolePolicy": `{"Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}`,
	})
	b.resources[len(b.resources)-1].Outputs = object{"arn": verifierRole}
	b.add(in, "aws:iam/rolePolicy:RolePolicy", "integrity", "log-archive", "verifier:verify", object{"role": "verifier", "policy": verifierMay})
	b.add(in, "aws:lambda/function:Function", "integrity", "log-archive", "verifier", object{
		"name": "verifier", "role": verifierRole, "reservedConcurrentExecutions": -1.0,
		"environment": object{"variables": object{
			"ARCHIVE_BUCKET": "b-archive", "EVIDENCE_BUCKET": "b-archive-evidence", "REPLICA_BUCKET": "b-archive-replica",
			"SIGNING_KEY_ID": signing, "TRAIL_NAME": "organization", "EXPECTED_REGIONS": "eu-test-1,eu-test-2",
			"LOCK_MODE": "COMPLIANCE", "RETENTION_YEARS": "10", "METRIC_NAMESPACE": "Verification",
		}},
	})
	b.resources[len(b.resources)-1].Outputs = object{"arn": arn}
	b.add(in, "aws:scheduler/schedule:Schedule", "integrity", "log-archive", "daily", object{
		"name": "daily", "state": "ENABLED", "scheduleExpression": "cron(15 4 * * ? *)",
		"target": object{"arn": arn, "roleArn": "arn:aws:iam::444455556666:role/schedule", "input": verifyCall},
	})

	encryption := b.key("monitoring:Notifications", "notifications-log-archive", "log-archive", "444455556666", "eu-test-1", `{"Sid":"Uses",
		"Effect":"Allow","Principal":{"Service":"cloudwatch.amazonaws.com"},"Action":["kms:Decrypt","kms:GenerateDataKey*"],
		"Resource":"*","Condition":{"StringEquals":{"aws:SourceAccount":"444455556666"}}}`)
	b.add("monitoring:Notifications", "aws:sns/topic:Topic", "notifications-log-archive", "log-archive", topic, object{"kmsMasterKeyId": encryption})
	b.add("monitoring:Notifications", "aws:sns/topicPolicy:TopicPolicy", "notifications-log-archive", "log-archive", topic+"-policy", object{
		"arn": topic,
		"policy": `{"Statement":[{"Sid":"Alarms","Effect":"Allow","Principal":{"Service":"cloudwatch.amazonaws.com"},"Action":"sns:Publish",
			"Resource":"` + topic + `","Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:cloudwatch:eu-test-1:444455556666:alarm:*"}}}]}`,
	})
	b.add("monitoring:Notifications", "aws:sns/topicSubscription:TopicSubscription", "someone-else", "log-archive", topic+":1",
		object{"topic": topic, "protocol": "email", "endpoint": "someone@example.com"})
	alarm := func(name string, inputs object) {
		inputs["statistic"], inputs["actionsEnabled"], inputs["alarmActions"] = "Sum", true, []any{topic}
		b.add(in, "aws:cloudwatch/metricAlarm:MetricAlarm", "integrity-"+name, "log-archive", name, inputs)
	}
	once := func(namespace, metric string) object {
		return object{
			"namespace": namespace, "metricName": metric, "period": 300.0, "evaluationPeriods": 1.0, "threshold": 0.0,
			"comparisonOperator": "GreaterThanThreshold",
		}
	}
	failed := once("AWS/Lambda", "Errors")
	failed["dimensions"] = object{"FunctionName": "verifier"}
	alarm("failed", failed)
	alarm("findings", once("Verification", "IntegrityFindings"))
	alarm("silent", object{
		"namespace": "Verification", "metricName": "IntegrityVerified", "period": 3600.0, "evaluationPeriods": 26.0, "threshold": 1.0,
		"comparisonOperator": "LessThanThreshold", "treatMissingData": "breaching",
	})
}

var (
	onVerifier = func(t string) mutation.Where { return mutation.Named(t, "integrity") }
	onAlarm    = func(name string) mutation.Where {
		return mutation.Named("aws:cloudwatch/metricAlarm:MetricAlarm", "integrity-"+name)
	}
)

const (
	verifierType  = "aws:lambda/function:Function"
	dailyType     = "aws:scheduler/schedule:Schedule"
	verifierRules = "aws:iam/rolePolicy:RolePolicy"
	told          = "environment.variables."
)

var integritySettings = []setting{
	{"GXP-INT-001", onVerifier(verifierType), "reservedConcurrentExecutions", 0.0, qualification.Pass},
	{"GXP-INT-001", onVerifier(dailyType), "state", "DISABLED", qualification.Pass},
	{"GXP-INT-001", onVerifier(dailyType), "scheduleExpression", "cron(15 4 ? * MON *)", ""},
	{"GXP-INT-001", onVerifier(dailyType), "scheduleExpression", "rate(2 days)", ""},
	{"GXP-INT-001", onVerifier(dailyType), "scheduleExpression", "at(2026-11-23T04:15:00)", ""},
	{"GXP-INT-001", onVerifier(dailyType), "target.input", strings.Replace(verifyCall, "25", "6", 1), qualification.Pass},
	{"GXP-INT-001", onVerifier(dailyType), "target.arn", "arn:aws:lambda:eu-test-1:444455556666:function:other", ""},
	{"GXP-INT-002", onVerifier(verifierType), told + "ARCHIVE_BUCKET", "b-archive-evidence", ""},
	{"GXP-INT-002", onVerifier(verifierType), told + "TRAIL_NAME", "other", ""},
	{"GXP-INT-002", onVerifier(verifierType), told + "EXPECTED_REGIONS", "eu-test-1", ""},
	{"GXP-INT-002", onVerifier(dailyType), "target.input", `{"accounts":["111122223333"]}`, ""},
	{"GXP-INT-003", onVerifier(verifierType), told + "SIGNING_KEY_ID", "alias/any", ""},
	{"GXP-INT-003", onVerifier("aws:kms/key:Key"), "keyUsage", "ENCRYPT_DECRYPT", ""},
	{"GXP-INT-003", onVerifier("aws:kms/key:Key"), "policy", strings.Replace(verifierKey(), verifierRole, verifierRole+"2", 1), ""},
	{"GXP-INT-003", onVerifier("aws:kms/key:Key"), "policy", strings.Replace(verifierKey(), `"kms:Sign"`, `["kms:Sign","kms:CreateGrant"]`, 1), ""},
	{"GXP-INT-003", onVerifier("aws:kms/key:Key"), "policy", strings.Replace(verifierKey(), `"kms:Sign"`, `"kms:Verify"`, 1), ""},
	{"GXP-INT-003", onVerifier(verifierType), "role", "arn:aws:iam::444455556666:role/other", ""},
	{"GXP-INT-004", onAlarm("failed"), "alarmActions", []any{}, ""},
	{"GXP-INT-004", onAlarm("failed"), "dimensions.FunctionName", "other", ""},
	{"GXP-INT-004", onAlarm("findings"), "alarmActions", []any{"arn:aws:sns:eu-test-1:444455556666:elsewhere"}, ""},
	{"GXP-INT-004", onAlarm("findings"), "threshold", 10.0, ""},
	{"GXP-INT-004", onAlarm("findings"), "actionsEnabled", false, qualification.Pass},
	{"GXP-INT-004", onAlarm("silent"), "treatMissingData", "missing", ""},
	{"GXP-INT-004", onAlarm("silent"), "evaluationPeriods", 168.0, ""},
	{"GXP-INT-004", onAlarm("silent"), "metricName", "IntegrityFindings", ""},
	{"GXP-INT-004", onVerifier(verifierType), told + "METRIC_NAMESPACE", "Elsewhere", ""},
	{"GXP-INT-005", onVerifier(verifierType), told + "LOCK_MODE", "GOVERNANCE", qualification.Pass},
	{"GXP-INT-005", onVerifier(verifierType), told + "RETENTION_YEARS", "1", ""},
	{"GXP-INT-005", onVerifier(verifierType), told + "REPLICA_BUCKET", "b-archive-evidence", ""},
	{"GXP-INT-006", onVerifier(verifierType), told + "EVIDENCE_BUCKET", "b-archive-access-logs", ""},
	{"GXP-INT-006", onVerifier(verifierRules), "policy", allowsAll, ""},
	{"GXP-INT-006", onVerifier(verifierRules), "policy", strings.Replace(verifierMay, "/integrity/*", "/*", 1), ""},
	{"GXP-INT-006", onVerifier(verifierRules), "policy", strings.Replace(verifierMay, "s3:ListBucket", "s3:DeleteObjectVersion", 1), ""},
	{"GXP-INT-006", onVerifier(verifierRules), "role", "other", ""},
}

// verifierKey is the policy of the key that signs results.
func verifierKey() string {
	b := &builder{}
	b.key("", "integrity", "log-archive", "444455556666", "eu-test-1", verifierSigns)
	return b.resources[0].Inputs["policy"].(string)
}
