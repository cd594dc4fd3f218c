package qualification_test

import (
	"strings"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/mutation"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

const (
	streamed     = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"
	destined     = "aws:cloudwatch/logDestination:LogDestination"
	destinedBy   = "aws:cloudwatch/logDestinationPolicy:LogDestinationPolicy"
	eventRules   = "aws:cloudwatch/eventRule:EventRule"
	eventTargets = "aws:cloudwatch/eventTarget:EventTarget"
	rolePolicies = "aws:iam/rolePolicy:RolePolicy"
)

// streams adds what sends log groups, findings and inventories to where they
// land, where load balancers deliver, and the role that holds records.
func (b *builder) streams() {
	for region, provider := range map[string]string{"eu-test-1": "log-archive", "eu-test-2": "log-archive-replica"} {
		landing := "service-" + region
		b.landingBucket("logging:ServiceLanding", landing, provider, region, landingPolicyOf(landing, "ssm.amazonaws.com", "inventory"))
		b.delivery("logging:LogStream", "log-stream-"+region, provider, region, "log-events", true)
		b.destination("log-stream-"+region, provider, region)
	}
	b.bucket("logging:BalancerLanding", "balancer", "log-archive", "", "")
	b.resources[len(b.resources)-1].Inputs["policy"] = landingPolicyOf("balancer", "logdelivery.elasticloadbalancing.amazonaws.com", "AWSLogs")
	b.add("logging:BalancerLanding", logs, "balancer", "log-archive", "b-balancer", object{
		"bucket": "b-balancer", "targetBucket": "b-archive-access-logs",
	})
	b.collection("logging:BalancerLanding", "balancer")

	const in = "logging:Findings"
	b.delivery(in, "findings", "log-archive", "eu-test-1", "findings", false)
	b.role(in, "findings-rule", "log-archive")
	b.add(in, eventRules, "findings", "log-archive", "findings", object{
		"name": "findings", "state": "ENABLED",
		"eventPattern": `{"source":["aws.securityhub"],"detail-type":["Security Hub Findings - Imported"]}`,
	})
	b.add(in, eventTargets, "findings", "log-archive", "findings-archive", object{
		"rule": "findings", "arn": streamARN("findings", "eu-test-1"), "roleArn": roleARN("findings-rule"),
	})
	b.recordsManager()
}

func streamARN(name, region string) string {
	return "arn:aws:firehose:" + region + ":444455556666:deliverystream/" + name
}

func roleARN(name string) string { return "arn:aws:iam::444455556666:role/" + name }

func (b *builder) role(in, name, provider string) {
	b.add(in, roles, name, provider, name, object{
		"name": name,
		"assumeRolePolicy": `{"Statement":{"Effect":"Allow","Principal":{"Service":"firehose.amazonaws.com"},"Action":"sts:AssumeRole",
			"Condition":{"StringEquals":{"aws:SourceAccount":"444455556666"}}}}`,
	})
	b.resources[len(b.resources)-1].Outputs = object{"arn": roleARN(name)}
}

// delivery adds a stream to the landing of a region.
func (b *builder) delivery(in, name, provider, region, folder string, compressed bool) {
	group := "/gxp/" + name
	b.add(in, "aws:cloudwatch/logGroup:LogGroup", name, provider, group, object{"name": group})
	b.role(in, name, provider)
	processors := []any{object{"type": "AppendDelimiterToRecord"}}
	if compressed {
		processors = append([]any{object{"type": "Decompression"}}, processors...)
	}
	b.add(in, streamed, name, provider, streamARN(name, region), object{
		"name": name, "destination": "extended_s3", "serverSideEncryption": object{"enabled": true},
		"extendedS3Configuration": object{
			"bucketArn": "arn:aws:s3:::b-service-" + region, "roleArn": roleARN(name),
			"kmsKeyArn": "arn:aws:kms:" + region + ":444455556666:key/service-" + region, "compressionFormat": "GZIP",
			"prefix":                   folder + "/" + region + "/!{timestamp:yyyy/MM/dd}/",
			"errorOutputPrefix":        folder + "-failed/" + region + "/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/",
			"cloudwatchLoggingOptions": object{"enabled": true, "logGroupName": group, "logStreamName": "delivery"},
			"processingConfiguration":  object{"enabled": true, "processors": processors},
		},
	})
}

// destination adds what the log groups of a region are sent to.
func (b *builder) destination(name, provider, region string) {
	const in, named = "logging:LogStream", "log-events"
	arn := "arn:aws:logs:" + region + ":444455556666:destination:" + named
	b.role(in, name+"-destination", provider)
	b.add(in, destined, name, provider, named, object{
		"name": named, "targetArn": streamARN(name, region), "roleArn": roleARN(name + "-destination"),
	})
	b.resources[len(b.resources)-1].Outputs = object{"arn": arn}
	b.add(in, destinedBy, name, provider, named, object{"destinationName": named, "accessPolicy": admission("", "")})
}

// admission is the policy of a destination, with one text in it replaced.
func admission(from, to string) string {
	return strings.Replace(`{"Statement":[{"Sid":"Sends","Effect":"Allow","Principal":"*",
		"Action":["logs:PutAccountPolicy","logs:PutSubscriptionFilter"],"Resource":"*",
		"Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-abcdefghij"}}}]}`, from, to, 1)
}

func (b *builder) recordsManager() {
	const in, name = "logging:RecordsManager", "records-manager"
	b.add(in, roles, name, "log-archive", name, object{"name": name, "assumeRolePolicy": stewards("", "")})
	b.resources[len(b.resources)-1].Outputs = object{"arn": roleARN(name)}
	b.add(in, rolePolicies, name, "log-archive", name+":hold", object{"role": name, "policy": holds("", "")})
}

// stewards is the trust policy of the records manager, with one text in it
// replaced.
func stewards(from, to string) string {
	return strings.Replace(`{"Statement":[{"Sid":"Stewards","Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole",
		"Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-abcdefghij"},
		"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_GxpDataSteward_*"}}}]}`, from, to, 1)
}

// holds is what the records manager may do, with one text in it replaced.
func holds(from, to string) string {
	return strings.Replace(`{"Statement":[{"Sid":"Holds","Effect":"Allow","Action":["s3:GetObjectLegalHold","s3:PutObjectLegalHold"],
		"Resource":"arn:aws:s3:::b-archive/*"}]}`, from, to, 1)
}

var (
	onStream      = mutation.Named(streamed, "log-stream-eu-test-1")
	onDestination = mutation.Named(destined, "log-stream-eu-test-2")
	onAdmission   = mutation.Named(destinedBy, "log-stream-eu-test-2")
	onManager     = mutation.Named(roles, "records-manager")
	onHolding     = mutation.Named(rolePolicies, "records-manager")
)

const toBucket = "extendedS3Configuration."

var streamSettings = []setting{
	{"GXP-STR-001", onSet, "parameters.LogDestination", "elsewhere", ""},
	{"GXP-STR-001", onSet, "templateBody", strings.Replace(baselineTemplate, "AWS::Logs::AccountPolicy", "AWS::Logs::LogGroup", 1), ""},
	{"GXP-STR-001", onSet, "templateBody", strings.Replace(baselineTemplate, `"FilterPattern":""`, `"FilterPattern":"ERROR"`, 1), ""},
	{"GXP-STR-001", onDestination, "name", "other", ""},
	{"GXP-STR-002", onAdmission, "accessPolicy", allowsAll, ""},
	{"GXP-STR-002", onAdmission, "accessPolicy", admission("o-abcdefghij", "o-*"), ""},
	{"GXP-STR-002", onAdmission, "accessPolicy", admission("StringEquals", "StringEqualsIfExists"), ""},
	{"GXP-STR-002", onAdmission, "accessPolicy", admission("logs:PutAccountPolicy", "logs:PutDestination"), ""},
	{"GXP-STR-002", onAdmission, "accessPolicy", admission(`"logs:PutAccountPolicy",`, ""), ""},
	{"GXP-STR-002", onDestination, "targetArn", "arn:aws:firehose:eu-test-2:444455556666:deliverystream/other", ""},
	{"GXP-STR-002", onStream, toBucket + "processingConfiguration.processors", []any{object{"type": "AppendDelimiterToRecord"}}, ""},
	{"GXP-STR-003", onSet, "parameters.Sessions", "false", ""},
	{"GXP-STR-003", onSet, "templateBody", strings.Replace(baselineTemplate, "cloudWatchStreamingEnabled: true", "cloudWatchStreamingEnabled: false", 1), ""},
	{"GXP-STR-004", onSet, "parameters.InventoryBucket", "b-landing", ""},
	{"GXP-STR-004", onSet, "templateBody", strings.Replace(baselineTemplate, "BucketPrefix: inventory", "BucketPrefix: findings", 1), ""},
	{"GXP-STR-005", onStream, "destination", "http_endpoint", ""},
	{"GXP-STR-005", onStream, "serverSideEncryption.enabled", false, ""},
	{"GXP-STR-005", onStream, toBucket + "compressionFormat", "UNCOMPRESSED", ""},
	{"GXP-STR-005", onStream, toBucket + "kmsKeyArn", "alias/aws/s3", ""},
	{"GXP-STR-005", onStream, toBucket + "processingConfiguration.enabled", false, ""},
	{"GXP-STR-005", onStream, toBucket + "processingConfiguration.processors", []any{object{"type": "Decompression"}}, ""},
	{"GXP-STR-005", onStream, toBucket + "bucketArn", "arn:aws:s3:::b-archive", ""},
	{"GXP-STR-005", onStream, toBucket + "bucketArn", "arn:aws:s3:::b-service-eu-test-2", ""},
	{"GXP-STR-005", onStream, toBucket + "roleArn", roleARN("somebody"), ""},
	{"GXP-STR-005", onStream, toBucket + "prefix", "log-events/eu-test-1/", ""},
	{"GXP-STR-005", onStream, toBucket + "prefix", "log-events/!{timestamp:yyyy/MM/dd}/", ""},
	{"GXP-STR-005", onStream, toBucket + "prefix", "elsewhere/eu-test-1/!{timestamp:yyyy/MM/dd}/", ""},
	{"GXP-STR-006", onStream, toBucket + "cloudwatchLoggingOptions.enabled", false, ""},
	{"GXP-STR-006", onStream, toBucket + "cloudwatchLoggingOptions.logGroupName", "nowhere", ""},
	{"GXP-STR-006", onStream, toBucket + "errorOutputPrefix", "", ""},
	{"GXP-STR-007", mutation.OfType(eventRules), "state", "DISABLED", qualification.Pass},
	{"GXP-STR-007", mutation.OfType(eventRules), "eventPattern", `{"source":["aws.guardduty"]}`, ""},
	{"GXP-STR-007", mutation.OfType(eventRules), "eventPattern", `{"source":["aws.securityhub"],"account":["444455556666"]}`, ""},
	{"GXP-STR-007", mutation.OfType(eventTargets), "arn", "arn:aws:sqs:eu-test-1:444455556666:queue", ""},
	{"GXP-STR-007", mutation.OfType(eventTargets), "roleArn", roleARN("somebody"), ""},
	{"GXP-STR-008", onArchive(policies), "policy", allowsAll, ""},
	{"GXP-STR-008", onEvidence(policies), "policy", strings.Replace(landingPolicyOf("archive-evidence", "s3.amazonaws.com", "AWSLogs"),
		"role/writer-*", "role/*", 1), ""},
	{"GXP-STR-008", onLanding(policies), "policy", landingPolicy("/*\",\n\t\t \"Condition\":{\"ArnNotLike\"", "/AWSLogs/*\",\"Condition\":{\"ArnNotLike\""), ""},
	{"GXP-STR-008", onLanding(policies), "policy", landingPolicy(`"ArnNotLike":{`, `"StringEquals":{"s3:x-amz-acl":"private"},"ArnNotLike":{`), ""},
	{"GXP-STR-009", onManager, "assumeRolePolicy", allowsAll, ""},
	{"GXP-STR-009", onManager, "assumeRolePolicy", stewards("GxpDataSteward", "GxpDeveloper"), ""},
	{"GXP-STR-009", onManager, "assumeRolePolicy", stewards("/aws-reserved/sso.amazonaws.com/*", ""), ""},
	{"GXP-STR-009", onManager, "assumeRolePolicy", stewards("o-abcdefghij", "o-elsewhere0"), ""},
	{"GXP-STR-009", onHolding, "policy", holds("s3:GetObjectLegalHold", "s3:GetObject"), ""},
	{"GXP-STR-009", onHolding, "policy", allowsAll, ""},
	{"GXP-STR-010", onTrail, "advancedEventSelectors", []any{
		selector(object{"field": "eventCategory", "equals": []any{"NetworkActivity"}},
			object{"field": "eventSource", "equals": []any{"kms.amazonaws.com"}}, object{"field": "vpcEndpointId", "equals": []any{"vpce-1"}}),
	}, ""},
}
