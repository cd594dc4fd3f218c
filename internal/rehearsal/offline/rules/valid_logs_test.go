package rules

import "maps"

const (
	delivererARN   = "arn:aws:iam::111122223333:role/deliverer"
	lambdaARN      = "arn:aws:lambda:eu-test-1:111122223333:function:check"
	firehoseARN    = "arn:aws:firehose:eu-test-1:111122223333:deliverystream/logs"
	destinationARN = "arn:aws:logs:eu-test-1:222222222222:destination:central"
	ownDestination = "arn:aws:logs:eu-test-1:111122223333:destination:own"
	deadQueueARN   = "arn:aws:sqs:eu-test-1:111122223333:dead"
	deadQueueURL   = "https://sqs.eu-test-1.amazonaws.com/111122223333/dead"
	quickARN       = "arn:aws:quicksight:eu-test-1:111122223333:"
	signerARN      = "arn:aws:kms:eu-test-1:111122223333:key/44444444"
	resultBucketID = "audit-results"

	deliveryTrust = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":["scheduler.amazonaws.com",
		"firehose.amazonaws.com","logs.amazonaws.com","lambda.amazonaws.com","events.amazonaws.com"]},"Action":"sts:AssumeRole",
		"Condition":{"StringEquals":{"aws:SourceAccount":"111122223333"}}}]}`

	catalogDocument = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::222222222222:root"},
		"Action":"glue:GetTable*","Resource":"arn:aws:glue:eu-test-1:111122223333:*"}]}`

	ownDestinationDocument = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*",
		"Action":["logs:PutSubscriptionFilter","logs:PutAccountPolicy"],"Resource":"` + ownDestination + `",
		"Condition":{"StringEquals":{"aws:PrincipalOrgID":"` + orgID + `"}}}]}`

	destinationDocument = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*",
		"Action":["logs:PutSubscriptionFilter","logs:PutAccountPolicy"],"Resource":"` + destinationARN + `",
		"Condition":{"StringEquals":{"aws:PrincipalOrgID":"` + orgID + `"}}}]}`

	queuePolicyDocument = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},
		"Action":"sqs:SendMessage","Resource":"` + deadQueueARN + `"}]}`

	inventoryDocument = `{"Version":"2012-10-17","Statement":[
		{"Effect":"Allow","Principal":{"Service":"ssm.amazonaws.com"},"Action":"s3:GetBucketAcl","Resource":"arn:aws:s3:::inventory"},
		{"Effect":"Allow","Principal":{"Service":"ssm.amazonaws.com"},"Action":"s3:PutObject",
		 "Resource":"arn:aws:s3:::inventory/inventory/*/accountid=111122223333/*",
		 "Condition":{"StringEquals":{"s3:x-amz-acl":"bucket-owner-full-control","aws:SourceAccount":"111122223333"}}}]}`

	sessionDocument = `{"schemaVersion":"1.0","description":"Sessions","sessionType":"Standard_Stream","inputs":{
		"s3BucketName":"records","s3EncryptionEnabled":true,"cloudWatchLogGroupName":"/sessions","cloudWatchStreamingEnabled":true,
		"kmsKeyId":"","idleSessionTimeout":"20","maxSessionDuration":"480","runAsEnabled":false,"shellProfile":{"linux":"date"}}}`

	athenaCall = `{"QueryString":"SELECT 1","WorkGroup":"audit","QueryExecutionContext":{"Database":"audit"}}`
)

// validLogs are valid resources that collect, keep and read logs.
func validLogs() map[string]object {
	all := map[string]object{
		databaseType: {"name": "gxp_audit", "description": "Records"},
		tableType: {
			"name": "trail", "databaseName": "audit", "tableType": "EXTERNAL_TABLE",
			"partitionKeys": []any{
				object{"name": "account", "type": "string"}, object{"name": "region", "type": "string"}, object{"name": "day", "type": "string"},
			},
			"parameters": object{
				"projection.enabled": "true", "projection.account.type": "injected", "projection.region.type": "enum",
				"projection.region.values": "eu-test-1,eu-test-2", "projection.day.type": "date", "projection.day.format": "yyyy/MM/dd",
				"projection.day.range": "2026/01/01,NOW", "projection.day.interval": "1", "projection.day.interval.unit": "DAYS",
				"storage.location.template": "s3://records/${account}/${region}/${day}/",
			},
			"storageDescriptor": object{
				"location": "s3://records/", "columns": []any{
					object{"name": "eventtime", "type": "string"},
					object{"name": "useridentity", "type": "struct<type:string,sessioncontext:struct<attributes:map<string,string>>>"},
					object{"name": "resources", "type": "array<struct<arn:string,n:decimal(10,2)>>"},
				},
			},
		},
		catalogSettingType: {"dataCatalogEncryptionSettings": object{
			"encryptionAtRest":             object{"catalogEncryptionMode": "SSE-KMS", "sseAwsKmsKeyId": logKeyARN},
			"connectionPasswordEncryption": object{"returnConnectionPasswordEncrypted": true, "awsKmsKeyId": logKeyARN},
		}},
		catalogPolicyType: {"policy": catalogDocument, "enableHybrid": "TRUE"},
		workgroupType: {"name": "gxp-audit", "state": "ENABLED", "configuration": object{
			"bytesScannedCutoffPerQuery": 1e11, "enforceWorkgroupConfiguration": true,
			"engineVersion": object{"selectedEngineVersion": "Athena engine version 3"},
			"resultConfiguration": object{
				"outputLocation": "s3://audit-results/queries/", "expectedBucketOwner": management,
				"encryptionConfiguration": object{"encryptionOption": "SSE_KMS", "kmsKeyArn": logKeyARN},
			},
		}},
		namedQueryType:    {"name": "logins", "database": "audit", "workgroup": "audit", "query": "SELECT 1"},
		scheduleGroupType: {"name": "gxp-reviews"},
		scheduleType: {
			"name": "logins", "groupName": "reviews", "scheduleExpression": "cron(0 5 1 * ? *)", "scheduleExpressionTimezone": "Europe/Berlin",
			"flexibleTimeWindow": object{"mode": "FLEXIBLE", "maximumWindowInMinutes": 15.0}, "kmsKeyArn": logKeyARN,
			"target": object{
				"arn": "arn:aws:scheduler:::aws-sdk:athena:startQueryExecution", "roleArn": delivererARN, "input": athenaCall,
				"retryPolicy":      object{"maximumRetryAttempts": 5.0, "maximumEventAgeInSeconds": 3600.0},
				"deadLetterConfig": object{"arn": deadQueueARN},
			},
		},
		functionType: {
			"name": "integrity", "role": delivererARN, "runtime": "provided.al2023", "handler": "bootstrap", "architectures": []any{"arm64"},
			"code": "archive", "memorySize": 512.0, "timeout": 900.0, "kmsKeyArn": logKeyARN,
			"environment":      object{"variables": object{"BUCKET": "records"}},
			"loggingConfig":    object{"logFormat": "JSON", "applicationLogLevel": "INFO", "systemLogLevel": "WARN", "logGroup": "/trail"},
			"tracingConfig":    object{"mode": "Active"},
			"deadLetterConfig": object{"targetArn": deadQueueARN},
		},
		permissionType: {
			"statementId": "scheduler", "action": "lambda:InvokeFunction", "function": "check", "principal": "events.amazonaws.com",
			"sourceArn": "arn:aws:events:eu-test-1:111122223333:rule/nightly", "sourceAccount": management,
		},
		invokeConfigType: {
			"functionName": "check", "maximumEventAgeInSeconds": 3600.0, "maximumRetryAttempts": 1.0,
			"destinationConfig": object{"onFailure": object{"destination": topicARN}},
		},
		logStreamType:         {"name": "bucket", "logGroupName": "/trail"},
		logDestinationType:    {"name": "gxp-logs", "targetArn": firehoseARN, "roleArn": delivererARN},
		destinationPolicyType: {"destinationName": "own", "accessPolicy": ownDestinationDocument},
		subscriptionFilterType: {
			"name": "all", "logGroup": "/trail", "filterPattern": "", "destinationArn": destinationARN, "roleArn": delivererARN,
		},
		logAccountPolicyType: {
			"policyName": "gxp-logs", "policyType": "SUBSCRIPTION_FILTER_POLICY", "scope": "ALL",
			"policyDocument":    `{"DestinationArn":"` + destinationARN + `","RoleArn":"` + delivererARN + `","FilterPattern":"","Distribution":"Random"}`,
			"selectionCriteria": `LogGroupName NOT IN ["/aws/firehose"]`,
		},
		eventRuleType: {"name": "findings", "eventPattern": `{"source":["aws.securityhub"],"detail":{"severity":{"label":["HIGH"]}}}`},
		eventTargetType: {
			"targetId": "stream", "rule": "nightly", "arn": firehoseARN, "roleArn": delivererARN, "input": `{"a":1}`,
			"retryPolicy": object{"maximumEventAgeInSeconds": 3600.0, "maximumRetryAttempts": 5.0}, "deadLetterConfig": object{"arn": deadQueueARN},
		},
		streamType: {
			"name": "gxp-logs", "destination": "extended_s3",
			"serverSideEncryption": object{"enabled": true, "keyType": "CUSTOMER_MANAGED_CMK", "keyArn": logKeyARN},
			"extendedS3Configuration": object{
				"bucketArn": "arn:aws:s3:::audit-results", "roleArn": delivererARN, "kmsKeyArn": logKeyARN, "bufferingSize": 64.0,
				"bufferingInterval": 300.0, "compressionFormat": "GZIP", "fileExtension": ".json.gz", "customTimeZone": "UTC",
				"prefix":                           "logs/!{partitionKeyFromQuery:account}/!{timestamp:yyyy/MM/dd}/",
				"errorOutputPrefix":                "errors/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/",
				"cloudwatchLoggingOptions":         object{"enabled": true, "logGroupName": "/trail", "logStreamName": "delivery"},
				"dynamicPartitioningConfiguration": object{"enabled": true, "retryDuration": 300.0},
				"processingConfiguration": object{"enabled": true, "processors": []any{
					processor("Decompression", "CompressionFormat", "GZIP"), processor("CloudWatchLogProcessing", "DataMessageExtraction", "false"),
					processor("MetadataExtraction", "MetadataExtractionQuery", "{account: .owner}", "JsonParsingEngine", "JQ-1.6"),
					processor("AppendDelimiterToRecord", "Delimiter", `\n`),
				}},
			},
		},
		queueType: {
			"name": "undelivered", "messageRetentionSeconds": 1209600.0, "kmsMasterKeyId": logKeyARN, "kmsDataKeyReusePeriodSeconds": 300.0,
			"redrivePolicy": `{"deadLetterTargetArn":"` + deadQueueARN + `","maxReceiveCount":5}`,
		},
		queuePolicyType: {"queueUrl": deadQueueURL, "policy": queuePolicyDocument},
		ssmDocumentType: {"name": "SSM-SessionManagerRunShell", "documentType": "Session", "documentFormat": "JSON", "content": sessionDocument},
		dataSyncType: {"name": "gxp-inventory", "s3Destination": object{
			"bucketName": "inventory", "region": home, "prefix": "inventory", "syncFormat": "JsonSerDe", "kmsKeyArn": keyARN,
		}},
		collectionType: {"name": "logs-search", "type": "TIMESERIES", "standbyReplicas": "ENABLED", "description": "Logs"},
		searchSecurityType: {"name": "logs-net", "type": "network", "policy": `[{"Rules":[{"ResourceType":"collection","Resource":["collection/logs*"]},
			{"ResourceType":"dashboard","Resource":["collection/logs*"]}],"AllowFromPublic":false,"SourceVPCEs":["vpce-1"]}]`},
		searchAccessType: {"name": "logs-data", "type": "data", "policy": `[{"Rules":[{"ResourceType":"index","Resource":["index/logs/*"],
			"Permission":["aoss:WriteDocument","aoss:CreateIndex"]},{"ResourceType":"collection","Resource":["collection/logs"],
			"Permission":["aoss:DescribeCollectionItems"]}],"Principal":["` + delivererARN + `"],"Description":"Delivery"}]`},
		searchLifecycleType: {"name": "logs-kept", "type": "retention",
			"policy": `{"Rules":[{"ResourceType":"index","Resource":["index/logs/*"],"MinIndexRetention":"30d"}]}`},
		pipelineType:       {"pipelineName": "feed", "minUnits": 1.0, "maxUnits": 4.0, "pipelineConfigurationBody": `{"version":"2"}`},
		searchEndpointType: {"name": "logs", "vpcId": hubVPC, "subnetIds": []any{hubSubnet}, "securityGroupIds": []any{hubGroup}},
	}
	maps.Copy(all, validDashboards())
	return all
}

// processor is a processor of a stream, with names and values of its parameters.
func processor(kind string, parameters ...string) object {
	list := []any{}
	for i := 0; i+1 < len(parameters); i += 2 {
		list = append(list, object{"parameterName": parameters[i], "parameterValue": parameters[i+1]})
	}
	return object{"type": kind, "parameters": list}
}

// validDashboards are valid resources of QuickSight.
func validDashboards() map[string]object {
	actions := func(names ...string) []any {
		list := []any{}
		for _, name := range names {
			list = append(list, "quicksight:"+name)
		}
		return []any{object{"principal": quickARN + "group/default/auditors", "actions": list}}
	}
	template := func(word string) object {
		return object{"sourceTemplate": object{"arn": quickARN + "template/" + word, "dataSetReferences": []any{
			object{"dataSetArn": quickARN + "dataset/logins", "dataSetPlaceholder": "logins"},
		}}}
	}
	return map[string]object{
		quickAccountType: {
			"accountName": "gxp", "authenticationMethod": "IAM_AND_QUICKSIGHT", "edition": "ENTERPRISE", "notificationEmail": "soc@example.com",
		},
		quickSourceType: {
			"dataSourceId": "audit", "name": "Audit", "type": "ATHENA", "parameters": object{"athena": object{"workGroup": "audit"}},
			"permissions": actions("DescribeDataSource", "DescribeDataSourcePermissions", "PassDataSource"),
		},
		quickSetType: {
			"dataSetId": "roots", "name": "Root use", "importMode": "SPICE",
			"physicalTableMaps": []any{object{"physicalTableMapId": "raw", "customSql": object{
				"dataSourceArn": quickARN + "datasource/archive", "name": "raw", "sqlQuery": "SELECT 1",
				"columns": []any{object{"name": "day", "type": "STRING"}, object{"name": "n", "type": "INTEGER"}},
			}}},
			"logicalTableMaps": []any{object{
				"logicalTableMapId": "shown", "alias": "Shown", "source": object{"physicalTableId": "raw"},
				"dataTransforms": []any{
					object{"castColumnTypeOperation": object{"columnName": "day", "newColumnType": "DATETIME", "format": "yyyy-MM-dd"}},
					object{"renameColumnOperation": object{"columnName": "n", "newColumnName": "Events"}},
					object{"projectOperation": object{"projectedColumns": []any{"day", "Events"}}},
				},
			}},
			"refreshProperties": object{"refreshConfiguration": object{"incrementalRefresh": object{"lookbackWindow": object{
				"columnName": "day", "size": 1.0, "sizeUnit": "DAY",
			}}}},
			"permissions": actions("DescribeDataSet", "DescribeDataSetPermissions", "PassDataSet", "DescribeIngestion", "ListIngestions"),
		},
		quickAnalysisType: {
			"analysisId": "audit", "name": "Audit", "sourceEntity": template("audit"), "recoveryWindowInDays": 7.0,
			"permissions": actions("DescribeAnalysis", "QueryAnalysis"),
		},
		quickDashboardType: {
			"dashboardId": "audit", "name": "Audit", "versionDescription": "1", "sourceEntity": template("audit"),
			"themeArn":    "arn:aws:quicksight::aws:theme/CLASSIC",
			"permissions": actions("DescribeDashboard", "ListDashboardVersions", "QueryDashboard"),
		},
		quickTemplateType: {
			"templateId": "copy", "name": "Copy", "versionDescription": "1",
			"sourceEntity": object{"sourceTemplate": object{"arn": quickARN + "template/audit"}},
		},
		quickThemeType: {
			"themeId": "gxp", "name": "GxP", "baseThemeId": "CLASSIC",
			"configuration": object{"dataColorPalette": object{"colors": []any{"#1F77B4"}}},
		},
		quickFolderType:     {"folderId": "audit", "name": "Audit", "folderType": "SHARED"},
		quickMembershipType: {"folderId": "records", "memberId": "logins", "memberType": "DATASET"},
		quickGroupType:      {"groupName": "inspectors", "namespace": "default"},
		quickMemberType:     {"groupName": "auditors", "memberName": "someone"},
		quickIngestionType:  {"dataSetId": "logins", "ingestionId": "first", "ingestionType": "FULL_REFRESH"},
		quickRefreshType: {"dataSetId": "logins", "scheduleId": "daily", "schedule": object{
			"refreshType": "FULL_REFRESH", "startAfterDateTime": "2026-01-01T00:00:00",
			"scheduleFrequency": object{"interval": "WEEKLY", "timeOfTheDay": "05:00", "timezone": "UTC", "refreshOnDay": object{"dayOfWeek": "MONDAY"}},
		}},
	}
}

// logsWorld is what the valid resources refer to.
func logsWorld() memory {
	at := func(typ, id string, inputs object) Resource {
		inputs["id"] = id
		return Resource{Type: typ, URN: "urn:" + typ + "::" + id, Inputs: inputs, AccountID: management, Region: home}
	}
	elsewhere := func(r Resource) Resource {
		r.AccountID = archive
		return r
	}
	return memory{
		at(roleType, "deliverer", object{"name": "deliverer", "arn": delivererARN, "assumeRolePolicy": deliveryTrust}),
		at(bucketType, resultBucketID, object{"bucket": resultBucketID, "arn": "arn:aws:s3:::" + resultBucketID}),
		elsewhere(at(bucketType, "inventory", object{"bucket": "inventory", "arn": "arn:aws:s3:::inventory"})),
		elsewhere(at(bucketPolicyType, "inventory", object{"bucket": "inventory", "policy": inventoryDocument})),
		at(keyType, "44444444", object{
			"keyId": "44444444", "arn": signerARN, "policy": logKeyDocument, "customerMasterKeySpec": "RSA_4096", "keyUsage": "SIGN_VERIFY",
		}),
		at(databaseType, "111122223333:audit", object{"name": "audit"}),
		at(workgroupType, "audit", object{"name": "audit"}),
		at(scheduleGroupType, "reviews", object{"name": "reviews"}),
		at(functionType, "check", object{"name": "check", "arn": lambdaARN}),
		at(streamType, firehoseARN, object{"name": "logs", "arn": firehoseARN}),
		at(queueType, deadQueueURL, object{"name": "dead", "arn": deadQueueARN, "url": deadQueueURL}),
		at(logStreamType, "delivery", object{"name": "delivery", "logGroupName": "/trail"}),
		elsewhere(at(logDestinationType, "central", object{"name": "central", "arn": destinationARN})),
		elsewhere(at(destinationPolicyType, "central", object{"destinationName": "central", "accessPolicy": destinationDocument})),
		at(logDestinationType, "own", object{"name": "own", "arn": ownDestination}),
		at(eventRuleType, "nightly", object{"name": "nightly", "eventBusName": "default"}),
		at(searchSecurityType, "logs-key", object{"name": "logs-key", "type": "encryption",
			"policy": `{"Rules":[{"ResourceType":"collection","Resource":["collection/logs*"]}],"KmsARN":"` + logKeyARN + `"}`}),
		at(searchEndpointType, "vpce-1", object{"name": "inside"}),
		at(collectionType, "abc", object{"name": "logs", "collectionEndpoint": "https://abc.eu-test-1.aoss.amazonaws.com"}),
		at(quickSourceType, "111122223333/archive", object{"dataSourceId": "archive", "arn": quickARN + "datasource/archive"}),
		at(quickSetType, "111122223333,logins", object{"dataSetId": "logins", "arn": quickARN + "dataset/logins", "importMode": "SPICE"}),
		at(quickSetType, "111122223333,direct", object{"dataSetId": "direct", "arn": quickARN + "dataset/direct", "importMode": "DIRECT_QUERY"}),
		at(quickTemplateType, "111122223333,audit", object{"templateId": "audit", "arn": quickARN + "template/audit"}),
		at(quickFolderType, "111122223333,records", object{"folderId": "records", "arn": quickARN + "folder/records"}),
		at(quickGroupType, "111122223333/default/auditors", object{"groupName": "auditors", "arn": quickARN + "group/default/auditors"}),
	}
}
