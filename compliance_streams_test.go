package main

import (
	"strings"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/mutation"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

func init() { sabotages = append(sabotages, streamSabotages...) }

const (
	deliveryType          = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"
	destinationType       = "aws:cloudwatch/logDestination:LogDestination"
	destinationPolicyType = "aws:cloudwatch/logDestinationPolicy:LogDestinationPolicy"

	toBucket = "extendedS3Configuration."
)

var (
	logStream       = mutation.Named(deliveryType, "log-stream-eu-central-1")
	secondAdmission = mutation.Named(destinationPolicyType, "log-stream-eu-west-1")
	secondReceiver  = mutation.Named(destinationType, "log-stream-eu-west-1")

	findingsDelivery = mutation.Named(deliveryType, "findings")
	findingsRule     = mutation.Named("aws:cloudwatch/eventRule:EventRule", "findings")
	findingsTarget   = mutation.Named("aws:cloudwatch/eventTarget:EventTarget", "findings")
	recordsManager   = mutation.Named("aws:iam/role:Role", "records-manager")
	recordsHolding   = mutation.Named("aws:iam/rolePolicy:RolePolicy", "records-manager")
	servicePolicy    = mutation.Named(bucketPolicyType, "service-logs-eu-central-1")
	balancerPolicy   = mutation.Named(bucketPolicyType, "balancer-logs-eu-central-1")
)

// without replaces the first of a text in the template of the baseline.
func without(part, by string) mutation.Mutation {
	return func(r *qualification.Resource) error {
		body, _ := r.Get("templateBody").Text()
		return mutation.Set("templateBody", strings.Replace(body, part, by, 1))(r)
	}
}

// openedTo lets all roles of an account past a denial.
func openedTo(s mutation.Statement) {
	s["Condition"] = map[string]any{"ArnNotLike": map[string]any{"aws:PrincipalArn": "arn:aws:iam::881897638787:role/*"}}
}

var streamSabotages = []sabotage{
	{"GXP-LND-001", "a key that load balancers cannot write under", mutation.Named(encryptionType, "balancer-logs-eu-west-1"),
		mutation.Set("rules[0].applyServerSideEncryptionByDefault.sseAlgorithm", "aws:kms"), nil},
	{"GXP-LND-001", "logs of services under a key of AWS", mutation.Named(encryptionType, "service-logs-eu-west-1"),
		mutation.Set("rules[0].applyServerSideEncryptionByDefault.kmsMasterKeyId", "alias/aws/s3"), nil},
	{"GXP-LND-002", "findings that anybody of the organization delivers", servicePolicy,
		mutation.EditStatement("policy", "FindingsDelivered", func(s mutation.Statement) {
			delete(s["Condition"].(map[string]any), "ArnEquals")
		}), nil},
	{"GXP-LND-002", "inventories of strangers", servicePolicy, mutation.EditStatement("policy", "InventoryDelivered", unconditional), nil},
	{"GXP-LND-002", "inventories among the log events", servicePolicy, mutation.EditStatement("policy", "InventoryDelivered",
		func(s mutation.Statement) { s["Resource"] = "arn:aws:s3:::meridian-gxp-service-logs-eu-central-1/*" }), nil},
	{"GXP-LND-002", "load balancers of strangers", balancerPolicy, mutation.EditStatement("policy", "BalancersDeliver", unconditional), nil},
	{"GXP-LND-002", "a service that is no load balancer", balancerPolicy, mutation.EditStatement("policy", "BalancersDeliver",
		func(s mutation.Statement) { s["Principal"] = map[string]any{"Service": "ssm.amazonaws.com"} }), nil},
	{"GXP-LND-003", "logs of services that stay where they landed", mutation.Named(replicationType, "service-logs-eu-west-1"), nil,
		mutation.Named(bucketType, "service-logs-eu-west-1")},
	{"GXP-LND-003", "logs of load balancers that stay where they landed", mutation.Named(replicationType, "balancer-logs-eu-central-1"), nil,
		mutation.Named(bucketType, "balancer-logs-eu-central-1")},

	{"GXP-STR-001", "a region that sends to nothing", secondReceiver, nil, regionalSet},
	{"GXP-STR-001", "accounts that keep their logs to themselves", regionalSet, mutation.Set("parameters.LogDestination", ""), nil},
	{"GXP-STR-001", "a destination that is called otherwise", regionalSet, mutation.Set("parameters.LogDestination", "elsewhere"), nil},
	{"GXP-STR-001", "errors alone", regionalSet, without(`"FilterPattern":""`, `"FilterPattern":"ERROR"`), nil},
	{"GXP-STR-001", "some log groups", regionalSet, without("SUBSCRIPTION_FILTER_POLICY", "DATA_PROTECTION_POLICY"), nil},
	{"GXP-STR-002", "lines of strangers", secondAdmission, mutation.EditStatement("accessPolicy", "OrganizationSends", unconditional), nil},
	{"GXP-STR-002", "lines of another organization", secondAdmission, mutation.EditStatement("accessPolicy", "OrganizationSends",
		func(s mutation.Statement) {
			s["Condition"] = map[string]any{"StringEquals": map[string]any{"aws:PrincipalOrgID": "o-elsewhere0"}}
		}), nil},
	{"GXP-STR-002", "senders that redirect the stream", secondAdmission, mutation.EditStatement("accessPolicy", "OrganizationSends",
		func(s mutation.Statement) { s["Action"] = "logs:*" }), nil},
	{"GXP-STR-002", "a destination that admits nobody", secondAdmission, nil, secondReceiver},
	{"GXP-STR-002", "lines that stay compressed in themselves", logStream,
		mutation.Set(toBucket+"processingConfiguration.processors", []any{map[string]any{"type": "AppendDelimiterToRecord"}}), nil},
	{"GXP-STR-003", "sessions that nobody records", regionalSet, mutation.Set("parameters.Sessions", "false"), nil},
	{"GXP-STR-003", "sessions that are recorded when they end", regionalSet,
		without("cloudWatchStreamingEnabled: true", "cloudWatchStreamingEnabled: false"), nil},
	{"GXP-STR-004", "accounts without inventory", regionalSet, mutation.Set("parameters.InventoryBucket", ""), nil},
	{"GXP-STR-004", "inventories in a bucket that nobody has", regionalSet, mutation.Set("parameters.InventoryBucket", "meridian-gxp-inventory"), nil},
	{"GXP-STR-004", "a region without a bucket for them", mutation.Named(bucketType, "service-logs-eu-west-1"), nil, regionalSet},
	{"GXP-STR-005", "records that run into each other", findingsDelivery, mutation.Set(toBucket+"processingConfiguration.enabled", false), nil},
	{"GXP-STR-005", "lines in the clear", findingsDelivery, mutation.Remove("serverSideEncryption"), nil},
	{"GXP-STR-005", "lines that are not compressed", logStream, mutation.Set(toBucket+"compressionFormat", "UNCOMPRESSED"), nil},
	{"GXP-STR-005", "no day to find lines by", logStream, mutation.Set(toBucket+"prefix", "log-events/eu-central-1/"), nil},
	{"GXP-STR-005", "lines beside the folders", logStream, mutation.Set(toBucket+"prefix", "other/eu-central-1/!{timestamp:yyyy/MM/dd}/"), nil},
	{"GXP-STR-005", "lines that nobody archives", logStream, mutation.Set(toBucket+"bucketArn", "arn:aws:s3:::meridian-gxp-access-logs-eu-central-1"),
		mutation.Named(bucketType, "archive-access-logs")},
	{"GXP-STR-005", "a landing that nothing copies", mutation.Named(replicationType, "service-logs-eu-central-1"), nil,
		mutation.Named(bucketType, "service-logs-eu-central-1")},
	{"GXP-STR-006", "a failure that nobody sees", findingsDelivery, mutation.Set(toBucket+"cloudwatchLoggingOptions.enabled", false), nil},
	{"GXP-STR-006", "what failed is gone", logStream, mutation.Remove(toBucket + "errorOutputPrefix"), nil},
	{"GXP-STR-007", "findings that are switched off", findingsRule, mutation.Set("state", "DISABLED"), nil},
	{"GXP-STR-007", "findings of one severity", findingsRule, mutation.Set("eventPattern",
		`{"source":["aws.securityhub"],"detail":{"findings":{"Severity":{"Label":["CRITICAL"]}}}}`), nil},
	{"GXP-STR-007", "findings that lead nowhere", findingsTarget, nil, findingsDelivery},
	{"GXP-STR-008", "administrators that write records", mutation.Named(bucketPolicyType, "archive"),
		mutation.WithoutStatement("policy", "ServicesAloneWrite"), nil},
	{"GXP-STR-008", "evidence that anybody of the account writes", mutation.Named(bucketPolicyType, "archive-evidence"),
		mutation.EditStatement("policy", "KnownRolesAloneWrite", openedTo), nil},
	{"GXP-STR-008", "a copy that administrators write into", mutation.Named(bucketPolicyType, "archive-replica"),
		mutation.WithoutStatement("policy", "ServicesAloneWrite"), nil},
	{"GXP-STR-008", "a history of configuration that administrators write", mutation.Named(bucketPolicyType, "landing"),
		mutation.WithoutStatement("policy", "RecordersAloneWrite"), nil},
	{"GXP-STR-008", "log events that administrators write", servicePolicy, mutation.EditStatement("policy", "KnownRolesAloneWrite",
		func(s mutation.Statement) {
			s["Resource"] = "arn:aws:s3:::meridian-gxp-service-logs-eu-central-1/findings/*"
		}), nil},
	{"GXP-STR-008", "logs of load balancers that administrators write", balancerPolicy, mutation.WithoutStatement("policy", "ServicesAloneWrite"), nil},
	{"GXP-STR-009", "holds that anybody of the organization lifts", recordsManager,
		mutation.EditStatement("assumeRolePolicy", "DataStewardsAssume", func(s mutation.Statement) {
			delete(s["Condition"].(map[string]any), "ArnLike")
		}), nil},
	{"GXP-STR-009", "holds that developers lift", recordsManager,
		mutation.EditStatement("assumeRolePolicy", "DataStewardsAssume", func(s mutation.Statement) {
			s["Condition"].(map[string]any)["ArnLike"] = map[string]any{
				"aws:PrincipalArn": "arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_GxpDeveloper_*",
			}
		}), nil},
	{"GXP-STR-009", "a records manager that reads", recordsHolding, mutation.EditStatement("policy", "HoldsRecords",
		func(s mutation.Statement) { s["Action"] = "s3:*" }), nil},
	{"GXP-STR-010", "refusals that leave no trace", trail, func(r *qualification.Resource) error {
		return mutation.Set("advancedEventSelectors", r.Inputs["advancedEventSelectors"].([]any)[:2])(r)
	}, nil},
}
