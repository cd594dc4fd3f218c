package offline

import "time"

// streamRows are what carries logs from one account to another, and what waits
// for what could not be carried.
var streamRows = map[string]row{
	"aws:cloudwatch/logStream:LogStream": {
		id:       "{in:name}",
		arn:      "arn:aws:logs:{region}:{account}:log-group:{in:logGroupName}:log-stream:{in:name}",
		autoname: "name",
		within:   "logGroupName",
		replace:  []string{"logGroupName", "name"},
		takes:    time.Second,
	},
	"aws:cloudwatch/logDestination:LogDestination": {
		id:       "{in:name}",
		arn:      "arn:aws:logs:{region}:{account}:destination:{in:name}",
		autoname: "name",
		replace:  []string{"name"},
		tagged:   true,
		takes:    3 * time.Second,
	},
	"aws:cloudwatch/logDestinationPolicy:LogDestinationPolicy": {
		id:      "{in:destinationName}",
		replace: []string{"destinationName"},
		takes:   time.Second,
	},
	"aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": {
		id:       "cwlsf-{digits:10}",
		autoname: "name",
		outputs:  map[string]any{"distribution": "ByLogStream", "roleArn": ""},
		replace:  []string{"logGroup", "name"},
		takes:    2 * time.Second,
	},
	"aws:cloudwatch/logAccountPolicy:LogAccountPolicy": {
		id:      "{in:policyName}",
		outputs: map[string]any{"scope": "ALL"},
		within:  "policyType",
		replace: []string{"policyName", "policyType"},
		takes:   2 * time.Second,
	},
	"aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": {
		id:       "arn:aws:firehose:{region}:{account}:deliverystream/{in:name}",
		arn:      "{id}",
		autoname: "name",
		outputs:  map[string]any{"destinationId": "destinationId-000000000001", "versionId": "1"},
		replace:  []string{"destination", "kinesisSourceConfiguration", "mskSourceConfiguration", "name"},
		tagged:   true,
		takes:    90 * time.Second,
	},
	"aws:sqs/queue:Queue": {
		id:       "https://sqs.{region}.amazonaws.com/{account}/{in:name}",
		arn:      "arn:aws:sqs:{region}:{account}:{in:name}",
		autoname: "name",
		outputs: map[string]any{
			"contentBasedDeduplication":    false,
			"deduplicationScope":           "",
			"delaySeconds":                 0,
			"fifoQueue":                    false,
			"fifoThroughputLimit":          "",
			"kmsDataKeyReusePeriodSeconds": 300,
			"maxMessageSize":               262144,
			"messageRetentionSeconds":      345600,
			"namePrefix":                   "",
			"policy":                       "",
			"receiveWaitTimeSeconds":       0,
			"redriveAllowPolicy":           "",
			"redrivePolicy":                "",
			"url":                          "{id}",
			"visibilityTimeoutSeconds":     30,
		},
		replace: []string{"fifoQueue", "name", "namePrefix"},
		tagged:  true,
		takes:   25 * time.Second,
	},
	"aws:sqs/queuePolicy:QueuePolicy": {
		id:      "{in:queueUrl}",
		replace: []string{"queueUrl"},
		takes:   25 * time.Second,
	},
	"aws:ssm/document:Document": {
		id:       "{in:name}",
		arn:      "arn:aws:ssm:{region}:{account}:document/{in:name}",
		autoname: "name",
		outputs: map[string]any{
			"createdDate": "{epoch}", "defaultVersion": "1", "description": "", "documentFormat": "JSON", "documentVersion": "1",
			"hash": "{hex:64}", "hashType": "Sha256", "latestVersion": "1", "owner": "{account}", "parameters": []any{},
			"platformTypes": []any{"Windows", "Linux", "MacOS"}, "schemaVersion": "1.0", "status": "Active",
		},
		replace: []string{"documentType", "name"},
		tagged:  true,
		takes:   3 * time.Second,
	},
	"aws:ssm/resourceDataSync:ResourceDataSync": {
		id:       "{in:name}",
		autoname: "name",
		replace:  []string{"name", "s3Destination"},
		takes:    5 * time.Second,
	},
}
