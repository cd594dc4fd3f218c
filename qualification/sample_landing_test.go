package qualification_test

import (
	"strings"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/mutation"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

const ageing = "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2"

// collection copies what lands in a bucket into both archives and lets it expire
// where it landed.
func (b *builder) collection(in, from string) {
	to := func(bucket, region string) object {
		return object{
			"status": "Enabled", "filter": object{"prefix": ""}, "prefix": "",
			"deleteMarkerReplication": object{"status": "Disabled"},
			"sourceSelectionCriteria": object{"sseKmsEncryptedObjects": object{"status": "Enabled"}},
			"destination": object{
				"bucket": "arn:aws:s3:::b-" + bucket, "metrics": object{"status": "Enabled"},
				"encryptionConfiguration": object{"replicaKmsKeyId": keyARN(bucket, "444455556666", region)},
			},
		}
	}
	b.add("logging:Collection", "aws:iam/role:Role", from+"-copies", "log-archive", from+"-copies", object{"name": from + "-copies"})
	b.add("logging:Collection", copies, from, "log-archive", "b-"+from, object{
		"bucket": "b-" + from, "role": from + "-copies", "rules": []any{to("archive", "eu-test-1"), to("archive-replica", "eu-test-2")},
	})
	b.add(in, ageing, from, "log-archive", "b-"+from, object{
		"bucket": "b-" + from, "rules": []any{object{"expiration": object{"days": 90.0}}},
	})
}

var onLanding = func(t string) mutation.Where { return mutation.Named(t, "landing") }

// landingPolicy is the policy of the landing bucket of Config, with one text in
// it replaced.
func landingPolicy(from, to string) string {
	return strings.Replace(landingPolicyOf("landing", "config.amazonaws.com", "AWSLogs"), from, to, 1)
}

// landingPolicyOf is the policy of a landing bucket that admits deliveries of a
// service to a folder.
func landingPolicyOf(bucket, service, folder string) string {
	arn := "arn:aws:s3:::b-" + bucket
	return `{"Version":"2012-10-17","Statement":[
		{"Sid":"TLS","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["` + arn + `","` + arn + `/*"],
		 "Condition":{"Bool":{"aws:SecureTransport":"false"}}},
		{"Sid":"Organization","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["` + arn + `","` + arn + `/*"],
		 "Condition":{"StringNotEqualsIfExists":{"aws:PrincipalOrgID":"o-abcdefghij"},"BoolIfExists":{"aws:PrincipalIsAWSService":"false"}}},
		` + writers(arn) + `,
		{"Sid":"Delivers","Effect":"Allow","Principal":{"Service":"` + service + `"},"Action":"s3:PutObject",
		 "Resource":"` + arn + `/` + folder + `/*","Condition":{"StringEquals":{"aws:SourceOrgID":"o-abcdefghij"}}}]}`
}

// writers is the statement that keeps all but one role from putting objects.
func writers(arn string) string {
	return `{"Sid":"Writers","Effect":"Deny","Principal":"*","Action":"s3:PutObject","Resource":"` + arn + `/*",
		 "Condition":{"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::444455556666:role/writer-*"},
		 "BoolIfExists":{"aws:PrincipalIsAWSService":"false"}}}`
}

var landingSettings = []setting{
	{"GXP-LND-001", onLanding("aws:s3/bucketVersioningV2:BucketVersioningV2"), "versioningConfiguration.status", "Suspended", ""},
	{"GXP-LND-001", onLanding(sse), "rules[0].applyServerSideEncryptionByDefault.kmsMasterKeyId", "alias/aws/s3", ""},
	{"GXP-LND-001", onLanding(policies), "policy", servesAll, ""},
	{"GXP-LND-001", onLanding("aws:s3/bucketV2:BucketV2"), "objectLockEnabled", true, qualification.Pass},
	{"GXP-LND-002", onLanding(policies), "policy", landingPolicy("config.amazonaws.com", "ec2.amazonaws.com"), ""},
	{"GXP-LND-002", onLanding(policies), "policy", landingPolicy("/AWSLogs/*", "/*"), ""},
	{"GXP-LND-002", onLanding(policies), "policy", landingPolicy(`o-abcdefghij"}}}]}`, `o-zzzzzzzzzz"}}}]}`), ""},
	{"GXP-LND-002", onLanding(policies), "policy", landingPolicy(`{"StringEquals":{"aws:SourceOrgID":"o-abcdefghij"}}`,
		`{"StringLike":{"aws:SourceOrgID":"o-*"}}`), ""},
	{"GXP-LND-002", onLanding(policies), "policy", landingPolicy(`"aws:SourceOrgID":"o-abcdefghij"`, `"aws:SourceAccount":"999999999999"`), ""},
	{"GXP-LND-002", onLanding(policies), "policy", landingPolicy(`{"Service":"config.amazonaws.com"},"Action":"s3:PutObject",
		 "Resource":"arn:aws:s3:::b-landing/AWSLogs/*","Condition":{"StringEquals":{"aws:SourceOrgID":"o-abcdefghij"}}`,
		`"*","Action":"s3:PutObject","Resource":"arn:aws:s3:::b-landing/AWSLogs/*","Condition":{
		 "StringEquals":{"aws:PrincipalOrgID":"o-abcdefghij"},"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/*"}}`), ""},
	{"GXP-LND-002", onLanding(policies), "policy", landingPolicy(`"aws:SourceOrgID":"o-abcdefghij"`, `"s3:x-amz-acl":"any"`), ""},
	{"GXP-LND-001", mutation.Named(sse, "balancer"), "rules[0].applyServerSideEncryptionByDefault.sseAlgorithm", "aws:kms", ""},
	{"GXP-LND-002", mutation.Named(policies, "service-eu-test-1"), "policy",
		landingPolicyOf("service-eu-test-1", "config.amazonaws.com", "inventory"), ""},
	{"GXP-LND-002", mutation.Named(policies, "service-eu-test-1"), "policy",
		landingPolicyOf("service-eu-test-1", "ssm.amazonaws.com", "AWSLogs"), ""},
	{"GXP-LND-002", mutation.Named(policies, "balancer"), "policy", landingPolicyOf("balancer", "ssm.amazonaws.com", "AWSLogs"), ""},
	{"GXP-LND-003", onLanding(copies), "rules[1].status", "Disabled", ""},
	{"GXP-LND-003", onLanding(copies), "rules[0].destination.encryptionConfiguration.replicaKmsKeyId", "alias/aws/s3", ""},
	{"GXP-LND-003", onLanding(copies), "rules[0].destination.metrics.status", "Disabled", ""},
	{"GXP-LND-003", onLanding(copies), "rules[0].destination.bucket", "arn:aws:s3:::b-archive-access-logs", ""},
	{"GXP-LND-003", onLanding(copies), "rules[1].destination.bucket", "arn:aws:s3:::b-archive", ""},
	{"GXP-LND-003", onLanding(copies), "role", "arn:aws:iam::999999999999:role/copies", ""},
	{"GXP-LND-003", onLanding(copies), "rules[0].prefix", "AWSLogs/1", qualification.Pass},
	{"GXP-LND-003", onLanding(copies), "rules[0].filter.prefix", "AWSLogs/1", qualification.Pass},
	{"GXP-LND-004", onLanding(copies), "rules[1].deleteMarkerReplication.status", "Enabled", ""},
	{"GXP-LND-005", onLanding(ageing), "bucket", "b-archive", ""},
	{"GXP-LND-005", mutation.Named("aws:s3/bucketV2:BucketV2", "archive"), "lifecycleRules",
		[]any{object{"enabled": true, "expiration": object{"days": 1.0}}}, qualification.Pass},
}
