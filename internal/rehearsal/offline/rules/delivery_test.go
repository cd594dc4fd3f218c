package rules

import (
	"strings"
	"testing"
)

func TestStreams_Refuse(t *testing.T) {
	processors := func(list ...any) func(*Resource) {
		return set("extendedS3Configuration.processingConfiguration.processors", list)
	}
	unpartitioned := both(set(toBucket+"dynamicPartitioningConfiguration", nil), set(toBucket+"prefix", "logs/"))
	refuses(t, map[string]refusal{
		"a destination of fiction": {streamType, set("destination", "tape"), nil,
			"destination | InvalidArgumentException: destination is tape; it must be one of extended_s3, opensearchserverless, opensearch, elasticsearch, redshift, splunk, http_endpoint, snowflake, iceberg"},
		"another destination's settings": {streamType, set("destination", "splunk"), nil,
			"splunkConfiguration | InvalidArgumentException: splunkConfiguration is missing; it says how to deliver to splunk\nextendedS3Configuration | InvalidArgumentException: the stream goes to splunk; drop extendedS3Configuration"},
		"small buffers": {streamType, set(toBucket+"bufferingSize", 5.0), nil,
			"extendedS3Configuration.bufferingSize | InvalidArgumentException: bufferingSize is 5; it must be at least 64 where records are partitioned or converted"},
		"small buffers without partitions": {streamType, both(set(toBucket+"bufferingSize", 5.0), unpartitioned), nil, ""},
		"a compressed conversion": {streamType, both(unpartitioned, set(toBucket+"dataFormatConversionConfiguration", object{
			"schemaConfiguration": object{"databaseName": "audit", "tableName": "t", "roleArn": delivererARN},
		})), has(tableType, set("name", "t")), "extendedS3Configuration.compressionFormat | InvalidArgumentException: converted records are compressed by their format; set compressionFormat to UNCOMPRESSED"},
		"a long buffer": {streamType, set(toBucket+"bufferingInterval", 901.0), nil,
			"extendedS3Configuration.bufferingInterval | InvalidArgumentException: extendedS3Configuration.bufferingInterval is 901; it must be 0 to 900"},
		"an unknown compression": {streamType, set(toBucket+"compressionFormat", "LZ4"), nil,
			"extendedS3Configuration.compressionFormat | InvalidArgumentException: extendedS3Configuration.compressionFormat is LZ4; it must be one of UNCOMPRESSED, GZIP, ZIP, Snappy, HADOOP_SNAPPY"},
		"expressions without a prefix for errors": {streamType, set(toBucket+"errorOutputPrefix", nil), nil,
			"extendedS3Configuration.errorOutputPrefix | InvalidArgumentException: a prefix with expressions needs errorOutputPrefix too"},
		"a prefix for errors without their kind": {streamType, set(toBucket+"errorOutputPrefix", "errors/!{timestamp:yyyy}/"), nil,
			"extendedS3Configuration.errorOutputPrefix | InvalidArgumentException: an error prefix with expressions must have !{firehose:error-output-type} among them"},
		"the kind of an error where there is none": {streamType, set(toBucket+"prefix", "!{partitionKeyFromQuery:account}/!{firehose:error-output-type}/"), nil,
			"extendedS3Configuration.prefix | InvalidArgumentException: the expression !{firehose:error-output-type} has no place here"},
		"an expression that is not closed": {streamType, set(toBucket+"prefix", "!{partitionKeyFromQuery:account}/!{timestamp:yyyy"), nil,
			`extendedS3Configuration.prefix | InvalidArgumentException: "!{partitionKeyFromQuery:account}/!{timestamp:yyyy" has an expression that is not closed or has no namespace; write such as !{timestamp:yyyy/MM/dd}`},
		"a key that no query computes": {streamType, set(toBucket+"prefix", "!{partitionKeyFromQuery:owner}/"), nil,
			"extendedS3Configuration.prefix | InvalidArgumentException: !{partitionKeyFromQuery:owner} is not among the keys of the processor MetadataExtraction"},
		"a key of a function that is not there": {streamType, set(toBucket+"prefix", "!{partitionKeyFromLambda:owner}/"), nil,
			"extendedS3Configuration.prefix | InvalidArgumentException: !{partitionKeyFromLambda:owner} needs a processor of type Lambda"},
		"partitions without a key": {streamType, set(toBucket+"prefix", "logs/"), nil,
			"extendedS3Configuration.prefix | InvalidArgumentException: dynamic partitioning needs a key in the prefix, such as !{partitionKeyFromQuery:account}"},
		"a key without partitions": {streamType, set(toBucket+"dynamicPartitioningConfiguration", nil), nil,
			"extendedS3Configuration.prefix | InvalidArgumentException: !{partitionKeyFromQuery:account} needs dynamic partitioning; enable it"},
		"a processor of fiction": {streamType, both(unpartitioned, processors(processor("Translation"))), nil,
			`extendedS3Configuration.processingConfiguration.processors[0].type | InvalidArgumentException: extendedS3Configuration.processingConfiguration.processors[0].type is "Translation"; it must be one of RecordDeAggregation, Decompression, CloudWatchLogProcessing, Lambda, MetadataExtraction, AppendDelimiterToRecord`},
		"a processor without its parameter": {streamType, both(unpartitioned, processors(processor("Decompression"))), nil,
			"extendedS3Configuration.processingConfiguration.processors[0].parameters | InvalidArgumentException: the processor Decompression needs the parameter CompressionFormat"},
		"a processor with another's parameter": {streamType, both(unpartitioned, processors(processor("Decompression", "CompressionFormat", "GZIP", "Delimiter", ","))), nil,
			"extendedS3Configuration.processingConfiguration.processors[0].parameters | InvalidArgumentException: the processor Decompression has no parameter Delimiter"},
		"a processor with a wrong parameter": {streamType, both(unpartitioned, processors(processor("Decompression", "CompressionFormat", "ZIP"))), nil,
			`extendedS3Configuration.processingConfiguration.processors[0].parameters | InvalidArgumentException: CompressionFormat is "ZIP", which the processor Decompression does not take`},
		"processing of what is packed": {streamType, both(unpartitioned, processors(processor("CloudWatchLogProcessing", "DataMessageExtraction", "true"))), nil,
			"extendedS3Configuration.processingConfiguration.processors[0].type | InvalidArgumentException: CloudWatchLogProcessing reads what Decompression has unpacked; put that processor before it"},
		"processing without processors": {streamType, both(unpartitioned, processors()), nil,
			"extendedS3Configuration.processingConfiguration.processors | InvalidArgumentException: processing is enabled without a processor; add one or switch it off"},
		"a log without a stream": {streamType, set(toBucket+"cloudwatchLoggingOptions", object{"enabled": true, "logGroupName": "/trail"}), nil,
			"extendedS3Configuration.cloudwatchLoggingOptions.logStreamName | InvalidArgumentException: extendedS3Configuration.cloudwatchLoggingOptions.logStreamName is missing; errors are logged somewhere"},
		"a log stream that is not there": {streamType, nil, lacks(logStreamType),
			`extendedS3Configuration.cloudwatchLoggingOptions.logStreamName | InvalidArgumentException: the log stream "delivery" does not exist in /trail; create it first, and let this depend on it`},
		"a bucket that is not there": {streamType, set(toBucket+"bucketArn", "arn:aws:s3:::nowhere"), nil,
			`extendedS3Configuration.bucketArn | NoSuchBucket: the bucket "arn:aws:s3:::nowhere" does not exist; create it first and pass its output, so that it is created before this`},
		"a role that Firehose may not use": {streamType, set(toBucket+"roleArn", roleARN), nil,
			"extendedS3Configuration.roleArn | InvalidArgumentException: access denied, the trust policy of role worker does not let firehose.amazonaws.com assume it; add the service as a principal"},
		"a key of one's own without its kind": {streamType, set("serverSideEncryption", object{"enabled": true, "keyArn": logKeyARN}), nil,
			"serverSideEncryption.keyType | InvalidArgumentException: a key of one's own is CUSTOMER_MANAGED_CMK; set keyType"},
		"a kind without its key": {streamType, set("serverSideEncryption", object{"enabled": true, "keyType": "CUSTOMER_MANAGED_CMK"}), nil,
			"serverSideEncryption.keyArn | InvalidArgumentException: CUSTOMER_MANAGED_CMK needs the ARN of the key"},
		"a key that signs": {streamType, set("serverSideEncryption.keyArn", signerARN), nil,
			"serverSideEncryption.keyArn | InvalidKeyUsageException: the key arn:aws:kms:eu-test-1:111122223333:key/44444444 is of spec RSA_4096 for SIGN_VERIFY; name a symmetric key that encrypts"},
		"a stream twice": {streamType, set("name", "logs"), nil,
			`name | ResourceInUseException: the delivery stream "logs" exists already; choose another name`},
		"a collection": {streamType, toSearch("https://abc.eu-test-1.aoss.amazonaws.com"), nil, ""},
		"a collection that is not there": {streamType, toSearch("https://xyz.eu-test-1.aoss.amazonaws.com"), nil,
			"opensearchserverlessConfiguration.collectionEndpoint | InvalidArgumentException: there is no collection with the endpoint https://xyz.eu-test-1.aoss.amazonaws.com; pass the output of one in this region"},
	})
}

// toSearch makes a stream to a collection.
func toSearch(endpoint string) func(*Resource) {
	return func(r *Resource) {
		r.Inputs = object{"name": "search", "destination": "opensearchserverless", "opensearchserverlessConfiguration": object{
			"collectionEndpoint": endpoint, "indexName": "logs", "roleArn": delivererARN, "s3BackupMode": "FailedDocumentsOnly",
			"s3Configuration": object{"bucketArn": "arn:aws:s3:::" + resultBucketID, "roleArn": delivererARN, "prefix": "failed/"},
		}}
	}
}

func TestQueues_Refuse(t *testing.T) {
	refuses(t, map[string]refusal{
		"a FIFO queue by name": {queueType, set("name", "a.fifo"), nil,
			`name | InvalidAttributeValue: the name "a.fifo" and fifoQueue disagree; a FIFO queue's name ends in .fifo, and no other's does`},
		"15 days": {queueType, set("messageRetentionSeconds", 1296000.0), nil,
			"messageRetentionSeconds | InvalidAttributeValue: messageRetentionSeconds is 1.296e+06; it must be 60 to 1.2096e+06"},
		"two encryptions": {queueType, set("sqsManagedSseEnabled", true), nil,
			"sqsManagedSseEnabled | InvalidAttributeValue: a queue is encrypted by a key of KMS or by SQS; drop sqsManagedSseEnabled"},
		"no attempt": {queueType, text("redrivePolicy", ":5", ":0"), nil,
			`redrivePolicy | InvalidAttributeValue: maxReceiveCount is "0"; it must be 1 to 1000`},
		"dead letters to nowhere": {queueType, text("redrivePolicy", ":dead", ":nowhere"), nil,
			`redrivePolicy | AWS.SimpleQueueService.NonExistentQueue: the queue "arn:aws:sqs:eu-test-1:111122223333:nowhere" does not exist; create it first and pass its output, so that it is created before this`},
		"dead letters in a FIFO queue": {queueType, nil, where(queueType, deadQueueURL, set("fifoQueue", true)),
			"redrivePolicy | InvalidAttributeValue: the dead-letter queue of a FIFO queue is a FIFO queue, and of no other"},
		"a queue twice": {queueType, set("name", "dead"), nil,
			`name | QueueAlreadyExists: the queue "dead" exists already; choose another name`},
		"a policy of no queue": {queuePolicyType, set("queueUrl", deadQueueURL+"2"), nil,
			`queueUrl | AWS.SimpleQueueService.NonExistentQueue: the queue "https://sqs.eu-test-1.amazonaws.com/111122223333/dead2" does not exist; create it first and pass its output, so that it is created before this`},
		"a policy of another queue": {queuePolicyType, text("policy", ":dead", ":other"), nil,
			`policy | InvalidAttributeValue: Statement[0] is about "arn:aws:sqs:eu-test-1:111122223333:other", which is not the queue arn:aws:sqs:eu-test-1:111122223333:dead; name the queue`},
		"two policies of a queue": {queuePolicyType, nil, has(queuePolicyType),
			`queueUrl | InvalidAttributeValue: queue "https://sqs.eu-test-1.amazonaws.com/111122223333/dead" has a policy from another resource, and each would overwrite the other; keep one`},
	})
}

func TestDocuments_Refuse(t *testing.T) {
	refuses(t, map[string]refusal{
		"a name of AWS's": {ssmDocumentType, set("name", "AWS-RunShellScript"), nil,
			`name | ValidationException: the name "AWS-RunShellScript" begins as AWS's own documents do; choose another`},
		"a kind of fiction": {ssmDocumentType, set("documentType", "Novel"), nil,
			"documentType | ValidationException: documentType is Novel; it must be one of Command, Policy, Automation, Session, Package, ApplicationConfiguration, ApplicationConfigurationSchema, DeploymentStrategy, ChangeCalendar, Automation.ChangeTemplate, ProblemAnalysis, ProblemAnalysisTemplate, CloudFormation, ConformancePackTemplate, QuickSetup"},
		"content that is no JSON": {ssmDocumentType, set("content", "schemaVersion: 1.0"), nil,
			"content | InvalidDocumentContent: the document cannot be read as JSON: invalid character 's' looking for beginning of value"},
		"a session of another schema": {ssmDocumentType, text("content", `"1.0"`, `"2.2"`), nil,
			`content | InvalidDocumentSchemaVersion: schemaVersion is "2.2"; a document of this type has 1.0`},
		"a session of fiction": {ssmDocumentType, text("content", "Standard_Stream", "Dream"), nil,
			`content | InvalidDocumentContent: sessionType is "Dream"; it must be one of Standard_Stream, InteractiveCommands, NonInteractiveCommands, Port`},
		"a session told what it does not know": {ssmDocumentType, text("content", "runAsEnabled", "recorded"), nil,
			"content | InvalidDocumentContent: inputs.recorded is nothing that a session can be told"},
		"a session told in the wrong words": {ssmDocumentType, text("content", `"runAsEnabled":false`, `"runAsEnabled":"no"`), nil,
			"content | InvalidDocumentContent: inputs.runAsEnabled must be true or false"},
		"an idle time of two hours": {ssmDocumentType, text("content", `"20"`, `"120"`), nil,
			"content | InvalidDocumentContent: inputs.idleSessionTimeout must be a text that matches |[1-9]|[1-5][0-9]|60"},
		"a stream to no log": {ssmDocumentType, text("content", `"cloudWatchLogGroupName":"/sessions",`, ""), nil,
			"content | InvalidDocumentContent: inputs.cloudWatchStreamingEnabled needs inputs.cloudWatchLogGroupName"},
		"a command of another schema": {ssmDocumentType, both(set("documentType", "Command"), set("content", `{"schemaVersion":"0.3"}`)), nil,
			`content | InvalidDocumentSchemaVersion: schemaVersion is "0.3"; a document of this type has 2.2 or 2.0 or 1.2`},
		"a command in YAML": {ssmDocumentType, both(set("documentType", "Command"), both(set("documentFormat", "YAML"), set("content", "schemaVersion: '2.2'\n"))), nil, ""},
		"a document twice": {ssmDocumentType, nil, has(ssmDocumentType),
			`name | DocumentAlreadyExists: the document "SSM-SessionManagerRunShell" exists already; choose another name`},
		"inventory to nowhere": {dataSyncType, set("s3Destination.bucketName", "nowhere"), nil,
			`s3Destination.bucketName | NoSuchBucket: the bucket "nowhere" does not exist; create it first and pass its output, so that it is created before this`},
		"inventory to another region": {dataSyncType, set("s3Destination.region", away), nil,
			"s3Destination.region | ValidationException: the bucket inventory is in eu-test-1, not in eu-test-2"},
		"inventory where another account's goes": {dataSyncType, nil, where(bucketPolicyType, "inventory", text("policy", "accountid=111122223333", "accountid=333333333333")),
			"s3Destination.bucketName | ResourceDataSyncInvalidConfigurationException: the policy of bucket inventory does not let ssm.amazonaws.com s3:PutObject on arn:aws:s3:::inventory/inventory/AWS:InstanceInformation/accountid=111122223333/region=eu-test-1/resourcetype=ManagedInstanceInventory/i-1.json for account 111122223333; add the statement, and let this depend on the bucket policy"},
		"inventory to a closed bucket": {dataSyncType, nil, where(bucketPolicyType, "inventory", text("policy", "s3:GetBucketAcl", "s3:GetBucketCors")),
			"s3Destination.bucketName | ResourceDataSyncInvalidConfigurationException: the policy of bucket inventory does not let ssm.amazonaws.com s3:GetBucketAcl on arn:aws:s3:::inventory for account 111122223333; add the statement, and let this depend on the bucket policy"},
		"a sync twice": {dataSyncType, nil, has(dataSyncType),
			`name | ResourceDataSyncAlreadyExistsException: a sync named "gxp-inventory" exists already; choose another name`},
		"a sixth sync": {dataSyncType, nil, func(m memory) memory {
			for _, name := range strings.Fields("a b c d e") {
				m = has(dataSyncType, set("name", name), func(r *Resource) { r.URN = "urn:" + name })(m)
			}
			return m
		}, " | ResourceDataSyncCountExceededException: the account would have 6 syncs in eu-test-1, the limit is 5; drop one"},
	})
}

func TestEventRules_Refuse(t *testing.T) {
	refuses(t, map[string]refusal{
		"a rule without trigger": {eventRuleType, set("eventPattern", nil), nil,
			"eventPattern | ValidationException: parameter(s) EventPattern or ScheduleExpression must be specified; set one"},
		"a pattern that is no JSON": {eventRuleType, set("eventPattern", "source=aws.s3"), nil,
			"eventPattern | InvalidEventPatternException: event pattern is not valid. Reason: it is no JSON object: invalid character 's' looking for beginning of value"},
		"a pattern without a list": {eventRuleType, set("eventPattern", `{"source":"aws.s3"}`), nil,
			`eventPattern | InvalidEventPatternException: event pattern is not valid. Reason: "source" must be an object or an array`},
		"a pattern of nothing": {eventRuleType, set("eventPattern", `{"source":[]}`), nil,
			`eventPattern | InvalidEventPatternException: event pattern is not valid. Reason: "source" matches nothing: its list is empty`},
		"a pattern of everything": {eventRuleType, set("eventPattern", `{}`), nil,
			"eventPattern | InvalidEventPatternException: event pattern is not valid. Reason: empty event pattern is not allowed; match the source"},
		"one hours": {eventRuleType, set("scheduleExpression", "rate(1 hours)"), nil,
			`scheduleExpression | ValidationException: parameter ScheduleExpression is not valid: "rate(1 hours)": the unit of a rate is singular for 1 and plural for more`},
		"a moment": {eventRuleType, set("scheduleExpression", "at(2026-01-01T00:00:00)"), nil,
			`scheduleExpression | ValidationException: parameter ScheduleExpression is not valid: "at(2026-01-01T00:00:00)": it must begin with rate( or cron(`},
		"a schedule on another bus": {eventRuleType, both(set("scheduleExpression", "rate(1 hour)"), set("eventBusName", "hub")), nil,
			"scheduleExpression | ValidationException: ScheduleExpression is supported only on the default event bus; use EventBridge Scheduler"},
		"a rule on no bus": {eventRuleType, set("eventBusName", "nothing"), nil,
			`eventBusName | ResourceNotFoundException: the event bus "nothing" does not exist; create it first and pass its output, so that it is created before this`},
		"a rule twice": {eventRuleType, both(set("name", "nightly"), set("eventBusName", "default")), nil,
			`name | ResourceAlreadyExistsException: the rule "nightly" exists from another resource, and each would overwrite the other; choose another name`},
		"a target of no rule": {eventTargetType, set("rule", "nothing"), nil,
			`rule | ResourceNotFoundException: the rule "nothing" does not exist; create it first and pass its output, so that it is created before this`},
		"a target of a rule on another bus": {eventTargetType, set("eventBusName", "hub"), nil,
			"rule | ResourceNotFoundException: rule nightly does not exist on EventBus hub, but on default; name its bus"},
		"a stream without a role": {eventTargetType, set("roleArn", nil), nil,
			"roleArn | ValidationException: RoleArn is required for target arn:aws:firehose:eu-test-1:111122223333:deliverystream/logs; name a role that trusts events.amazonaws.com"},
		"a topic that is not there": {eventTargetType, set("arn", topicARN+"2"), nil,
			`arn | NotFound: the topic "arn:aws:sns:eu-test-1:111122223333:alerts2" does not exist; create it first and pass its output, so that it is created before this`},
		"a role that EventBridge may not use": {eventTargetType, set("roleArn", roleARN), nil,
			"roleArn | ValidationException: access denied, the trust policy of role worker does not let events.amazonaws.com assume it; add the service as a principal"},
		"input in words": {eventTargetType, set("input", "hello"), nil,
			"input | ValidationException: input is not JSON; a text is written in quotation marks"},
		"two inputs": {eventTargetType, set("inputPath", "$.detail"), nil,
			"inputPath | ValidationException: input and inputPath exclude each other; keep one"},
		"a target twice": {eventTargetType, set("eventBusName", "default"), has(eventTargetType, set("eventBusName", "default")),
			`targetId | ConcurrentModificationException: the target "stream" of the rule exists from another resource, and each would overwrite the other; choose another id`},
		"a sixth target": {eventTargetType, nil, func(m memory) memory {
			for _, id := range strings.Fields("a b c d e") {
				m = has(eventTargetType, set("targetId", id), func(r *Resource) { r.URN = "urn:" + id })(m)
			}
			return m
		}, "rule | LimitExceededException: the rule would have 6 targets, the limit is 5; add a rule"},
	})
}

func TestObjects_RefuseHalfALock(t *testing.T) {
	refuses(t, map[string]refusal{
		"a hold":          {objectType, set("objectLockLegalHoldStatus", "ON"), nil, ""},
		"a hold for ever": {objectType, set("objectLockLegalHoldStatus", "FOREVER"), nil, "objectLockLegalHoldStatus | InvalidArgument: objectLockLegalHoldStatus is FOREVER; it must be one of ON, OFF"},
		"a lock without an end": {objectType, set("objectLockMode", "COMPLIANCE"), nil,
			"objectLockRetainUntilDate | InvalidArgument: objectLockMode needs objectLockRetainUntilDate; set both or neither"},
	})
}
