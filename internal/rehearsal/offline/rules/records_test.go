package rules

import (
	"strings"
	"testing"
)

func TestRecords_Refuse(t *testing.T) {
	bucketWith := func(old, new string) func(memory) memory {
		return where(bucketPolicyType, "records", set("policy", strings.Replace(bucketDocument, old, new, 1)))
	}
	keyWith := func(old, new string) func(memory) memory {
		return where(keyType, "11111111", set("policy", strings.Replace(keyDocumentText, old, new, 1)))
	}
	selector := func(fields ...any) func(*Resource) {
		return set("advancedEventSelectors", []any{object{"fieldSelectors": fields}})
	}
	refuses(t, map[string]refusal{
		"a trail name with a space": {trailType, set("name", "my trail"), nil,
			`name | InvalidParameterException: name is "my trail"; it must be letters and digits, with single dots, hyphens or underscores between`},
		"a log group without its asterisk": {trailType, set("cloudWatchLogsGroupArn", "arn:aws:logs:eu-test-1:111122223333:log-group:/trail"), nil,
			`cloudWatchLogsGroupArn | InvalidParameterException: cloudWatchLogsGroupArn is "arn:aws:logs:eu-test-1:111122223333:log-group:/trail"; it must be the ARN of a log group followed by :*`},
		"a log group without a role": {trailType, set("cloudWatchLogsRoleArn", nil), nil,
			"cloudWatchLogsRoleArn | InvalidParameterException: cloudWatchLogsGroupArn needs cloudWatchLogsRoleArn; set both or neither"},
		"both kinds of selectors": {trailType, set("eventSelectors", []any{object{"readWriteType": "All"}}), nil,
			"advancedEventSelectors | InvalidParameterException: eventSelectors and advancedEventSelectors exclude each other; keep one"},
		"an unknown insight": {trailType, set("insightSelectors", []any{object{"insightType": "Luck"}}), nil,
			"insightSelectors[0].insightType | InvalidParameterException: insightSelectors[0].insightType is Luck; it must be one of ApiCallRateInsight, ApiErrorRateInsight"},
		"a selector without category": {trailType, selector(object{"field": "readOnly", "equals": []any{"true"}}), nil,
			`advancedEventSelectors[0] | InvalidEventSelectorsException: the selector's eventCategory is ""; it must equal Management, Data or NetworkActivity`},
		"a selector of data without type": {trailType, selector(object{"field": "eventCategory", "equals": []any{"Data"}}), nil,
			"advancedEventSelectors[0] | InvalidEventSelectorsException: a selector of data events needs one resources.type; add it, such as AWS::S3::Object"},
		"all regions without global events": {trailType, set("includeGlobalServiceEvents", false), nil,
			"includeGlobalServiceEvents | InvalidParameterCombinationException: a multi-Region trail must include global service events; set includeGlobalServiceEvents"},
		"a trail to no bucket": {trailType, set("s3BucketName", "nowhere"), nil,
			`s3BucketName | NoSuchBucket: the bucket "nowhere" does not exist; create it first and pass its output, so that it is created before this`},
		"a trail to a bucket without policy": {trailType, set("isOrganizationTrail", false), lacks(bucketPolicyType),
			"s3BucketName | InsufficientS3BucketPolicyException: incorrect S3 bucket policy is detected for bucket \"records\": it does not let cloudtrail.amazonaws.com s3:GetBucketAcl on arn:aws:s3:::records for the trail arn:aws:cloudtrail:eu-test-1:111122223333:trail/records; add the statement, and let the trail depend on the bucket policy\ns3BucketName | InsufficientS3BucketPolicyException: incorrect S3 bucket policy is detected for bucket \"records\": it does not let cloudtrail.amazonaws.com s3:PutObject on arn:aws:s3:::records/AWSLogs/111122223333/* for the trail arn:aws:cloudtrail:eu-test-1:111122223333:trail/records; add the statement, and let the trail depend on the bucket policy"},
		"a bucket that hides its ACL": {trailType, nil, bucketWith("s3:GetBucketAcl", "s3:GetBucketCors"),
			`s3BucketName | InsufficientS3BucketPolicyException: incorrect S3 bucket policy is detected for bucket "records": it does not let cloudtrail.amazonaws.com s3:GetBucketAcl on arn:aws:s3:::records for the trail arn:aws:cloudtrail:eu-test-1:111122223333:trail/records; add the statement, and let the trail depend on the bucket policy`},
		"a bucket closed to the organization": {trailType, nil, bucketWith("AWSLogs/o-exampleorg1", "AWSLogs/o-otherorg111"),
			`s3BucketName | InsufficientS3BucketPolicyException: incorrect S3 bucket policy is detected for bucket "records": it does not let cloudtrail.amazonaws.com s3:PutObject on arn:aws:s3:::records/AWSLogs/o-exampleorg1/* for the trail arn:aws:cloudtrail:eu-test-1:111122223333:trail/records; add the statement, and let the trail depend on the bucket policy`},
		"a bucket open to another trail": {trailType, nil, bucketWith(`"aws:SourceArn":"`+trailARN+`","s3`, `"aws:SourceArn":"arn:aws:cloudtrail:eu-test-1:111122223333:trail/x","s3`),
			"s3BucketName | InsufficientS3BucketPolicyException: incorrect S3 bucket policy is detected for bucket \"records\": it does not let cloudtrail.amazonaws.com s3:PutObject on arn:aws:s3:::records/AWSLogs/111122223333/* for the trail arn:aws:cloudtrail:eu-test-1:111122223333:trail/records; add the statement, and let the trail depend on the bucket policy\ns3BucketName | InsufficientS3BucketPolicyException: incorrect S3 bucket policy is detected for bucket \"records\": it does not let cloudtrail.amazonaws.com s3:PutObject on arn:aws:s3:::records/AWSLogs/o-exampleorg1/* for the trail arn:aws:cloudtrail:eu-test-1:111122223333:trail/records; add the statement, and let the trail depend on the bucket policy"},
		"a bucket that wants organization callers": {trailType, set("isOrganizationTrail", false), bucketWith(`"Bool":{"aws:SecureTransport":"false"}`, `"StringNotEquals":{"aws:PrincipalOrgID":"o-exampleorg1"}`),
			"s3BucketName | InsufficientS3BucketPolicyException: incorrect S3 bucket policy is detected for bucket \"records\": it does not let cloudtrail.amazonaws.com s3:GetBucketAcl on arn:aws:s3:::records for the trail arn:aws:cloudtrail:eu-test-1:111122223333:trail/records; add the statement, and let the trail depend on the bucket policy\ns3BucketName | InsufficientS3BucketPolicyException: incorrect S3 bucket policy is detected for bucket \"records\": it does not let cloudtrail.amazonaws.com s3:PutObject on arn:aws:s3:::records/AWSLogs/111122223333/* for the trail arn:aws:cloudtrail:eu-test-1:111122223333:trail/records; add the statement, and let the trail depend on the bucket policy"},
		"a prefix that the policy does not allow": {trailType, both(set("s3KeyPrefix", "audit"), set("isOrganizationTrail", false)), nil,
			`s3BucketName | InsufficientS3BucketPolicyException: incorrect S3 bucket policy is detected for bucket "records": it does not let cloudtrail.amazonaws.com s3:PutObject on arn:aws:s3:::records/audit/AWSLogs/111122223333/* for the trail arn:aws:cloudtrail:eu-test-1:111122223333:trail/records; add the statement, and let the trail depend on the bucket policy`},
		"a trail with a key that does not exist": {trailType, set("kmsKeyId", "arn:aws:kms:eu-test-1:222222222222:key/99999999"), nil,
			`kmsKeyId | NotFoundException: the key "arn:aws:kms:eu-test-1:222222222222:key/99999999" does not exist; create it first and pass its output, so that it is created before this`},
		"a key in another region than the bucket": {trailType, set("kmsKeyId", "arn:aws:kms:eu-test-2:222222222222:key/22222222"), where(keyType, "22222222", set("policy", keyDocumentText)),
			"kmsKeyId | S3BucketDoesNotExistException: the key is in eu-test-2 and the bucket in eu-test-1; use a key in the bucket's region"},
		"a key closed to the trail": {trailType, nil, keyWith("kms:GenerateDataKey*", "kms:Decrypt"),
			"kmsKeyId | InsufficientEncryptionPolicyException: insufficient permissions to access the KMS key arn:aws:kms:eu-test-1:222222222222:key/11111111: its policy does not let cloudtrail.amazonaws.com kms:GenerateDataKey for the trail arn:aws:cloudtrail:eu-test-1:111122223333:trail/records; add the statement, and let the trail depend on the key policy"},
		"a key that the trail cannot describe": {trailType, nil, keyWith("kms:DescribeKey", "kms:ListGrants"),
			"kmsKeyId | InsufficientEncryptionPolicyException: insufficient permissions to access the KMS key arn:aws:kms:eu-test-1:222222222222:key/11111111: its policy does not let cloudtrail.amazonaws.com kms:DescribeKey for the trail arn:aws:cloudtrail:eu-test-1:111122223333:trail/records; add the statement, and let the trail depend on the key policy"},
		"a key whose own policy resource is closed": {trailType, nil, has(keyPolicyType, set("policy", strings.Replace(keyDocumentText, "kms:DescribeKey", "kms:ListGrants", 1))),
			"kmsKeyId | InsufficientEncryptionPolicyException: insufficient permissions to access the KMS key arn:aws:kms:eu-test-1:222222222222:key/11111111: its policy does not let cloudtrail.amazonaws.com kms:DescribeKey for the trail arn:aws:cloudtrail:eu-test-1:111122223333:trail/records; add the statement, and let the trail depend on the key policy"},
		"a role that CloudTrail may not use": {trailType, nil, where(roleType, "worker", set("assumeRolePolicy", strings.ReplaceAll(trustDocument, "cloudtrail.", "ec2."))),
			"cloudWatchLogsRoleArn | InvalidCloudWatchLogsRoleArnException: access denied, the trust policy of role worker does not let cloudtrail.amazonaws.com assume it; add the service as a principal"},
		"a role of another account": {trailType, set("cloudWatchLogsRoleArn", "arn:aws:iam::222222222222:role/worker"), nil,
			`cloudWatchLogsRoleArn | NoSuchEntity: the role "arn:aws:iam::222222222222:role/worker" does not exist; create it first and pass its output, so that it is created before this`},
		"a log group that does not exist": {trailType, set("cloudWatchLogsGroupArn", "arn:aws:logs:eu-test-1:111122223333:log-group:/nothing:*"), nil,
			`cloudWatchLogsGroupArn | ResourceNotFoundException: the log group "arn:aws:logs:eu-test-1:111122223333:log-group:/nothing:*" does not exist; create it first and pass its output, so that it is created before this`},
		"an organization trail without access": {trailType, nil, where(organizationType, orgID, set("awsServiceAccessPrincipals", []any{"x.amazonaws.com"})),
			"isOrganizationTrail | ConstraintViolationException: SERVICE_ACCESS_NOT_ENABLED: cloudtrail.amazonaws.com has no trusted access; add it to the organization's awsServiceAccessPrincipals"},
		"an organization trail with consolidated billing": {trailType, nil, where(organizationType, orgID, set("featureSet", "CONSOLIDATED_BILLING")),
			"isOrganizationTrail | OrganizationNotInAllFeaturesModeException: an organization trail needs an organization with all features; set its featureSet to ALL"},
		"a trail that exists": {trailType, nil, has(trailType),
			`name | TrailAlreadyExistsException: a trail named "records" exists already; choose another name`},
		"an organization trail without organization": {trailType, nil, lacks(organizationType),
			"isOrganizationTrail | OrganizationsNotInUseException: an organization trail needs an organization; let the trail depend on it"},
		"a key closed to the trail, by its alias": {trailType, set("kmsKeyId", "arn:aws:kms:eu-test-1:222222222222:alias/records"), keyWith("kms:DescribeKey", "kms:ListGrants"),
			"kmsKeyId | InsufficientEncryptionPolicyException: insufficient permissions to access the KMS key arn:aws:kms:eu-test-1:222222222222:key/11111111: its policy does not let cloudtrail.amazonaws.com kms:DescribeKey for the trail arn:aws:cloudtrail:eu-test-1:111122223333:trail/records; add the statement, and let the trail depend on the key policy"},
		"a trail to a bucket that hides its policy in itself": {trailType, set("isOrganizationTrail", false), func(m memory) memory {
			return where(bucketType, "records", set("policy", strings.Replace(bucketDocument, "s3:GetBucketAcl", "s3:GetBucketCors", 1)))(lacks(bucketPolicyType)(m))
		}, `s3BucketName | InsufficientS3BucketPolicyException: incorrect S3 bucket policy is detected for bucket "records": it does not let cloudtrail.amazonaws.com s3:GetBucketAcl on arn:aws:s3:::records for the trail arn:aws:cloudtrail:eu-test-1:111122223333:trail/records; add the statement, and let the trail depend on the bucket policy`},

		"a key policy that is malformed": {keyType, set("policy", "[]"), nil,
			"policy | MalformedPolicyDocumentException: the policy is a list; it must be a JSON object"},
		"a key policy that locks everybody out": {keyType, set("policy", strings.Replace(keyDocumentText, `"kms:*"`, `"kms:Decrypt"`, 1)), nil,
			"policy | MalformedPolicyDocumentException: the new key policy will not allow you to update the key policy in the future; let a principal of account 222222222222 call kms:PutKeyPolicy"},
		"a key policy for another account": {keyPolicyType, set("policy", strings.Replace(keyDocumentText, archive, management, 1)), nil,
			"policy | MalformedPolicyDocumentException: the new key policy will not allow you to update the key policy in the future; let a principal of account 222222222222 call kms:PutKeyPolicy"},
		"a deletion window of six days": {keyType, set("deletionWindowInDays", 6.0), nil,
			"deletionWindowInDays | ValidationException: deletionWindowInDays is 6; it must be 7 to 30"},
		"a rotation period without rotation": {keyType, set("enableKeyRotation", false), nil,
			"rotationPeriodInDays | ValidationException: a rotation period needs rotation; set enableKeyRotation"},
		"rotation of a signing key": {keyType, set("customerMasterKeySpec", "RSA_4096"), nil,
			"enableKeyRotation | UnsupportedOperationException: a key of spec RSA_4096 cannot rotate by itself; leave enableKeyRotation out and rotate it by hand"},
		"an unknown use of a key": {keyType, set("keyUsage", "ENCRYPT"), nil,
			"keyUsage | ValidationException: keyUsage is ENCRYPT; it must be one of ENCRYPT_DECRYPT, SIGN_VERIFY, GENERATE_VERIFY_MAC, KEY_AGREEMENT"},
		"a policy of no key": {keyPolicyType, set("keyId", "99999999"), nil,
			`keyId | NotFoundException: the key "99999999" does not exist; create it first and pass its output, so that it is created before this`},
		"a second policy of a key": {keyPolicyType, nil, has(keyPolicyType),
			`keyId | ConflictException: key "11111111" has a policy from another resource, and each would overwrite the other; keep one`},
		"an alias without its prefix": {keyAliasType, set("name", "evidence"), nil,
			`name | ValidationException: name is "evidence"; it must be alias/ followed by letters, digits, slash, hyphen or underscore`},
		"an alias of AWS's own": {keyAliasType, set("name", "alias/aws/evidence"), nil,
			`name | NotAuthorizedException: "alias/aws/evidence": the prefix alias/aws/ is AWS's own; choose another name`},
		"an alias of nothing": {keyAliasType, set("targetKeyId", "99999999"), nil,
			`targetKeyId | NotFoundException: the key "99999999" does not exist; create it first and pass its output, so that it is created before this`},
		"an alias that exists": {keyAliasType, set("name", "alias/records"), nil,
			`name | AlreadyExistsException: an alias with the name "alias/records" already exists; choose another`},
		"a key of another region by its id": {keyAliasType, in(archive, away), nil,
			`targetKeyId | NotFoundException: the key "11111111" does not exist; create it first and pass its output, so that it is created before this`},

		"a retention that Logs does not know": {logGroupType, set("retentionInDays", 8.0), nil,
			"retentionInDays | InvalidParameterException: retentionInDays is 8; it must be one of 0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653"},
		"a log group name with a space": {logGroupType, set("name", "my logs"), nil,
			`name | InvalidParameterException: name is "my logs"; it must be letters, digits and ._-/#`},
		"a log group name of AWS's own": {logGroupType, set("name", "aws/logs"), nil,
			`name | InvalidParameterException: name is "aws/logs"; names that begin with aws/ are AWS's own, begin it with /aws/ or otherwise`},
		"a key by its id": {logGroupType, set("kmsKeyId", "33333333"), nil,
			`kmsKeyId | InvalidParameterException: kmsKeyId is "33333333"; it must be the ARN of a key, not its id`},
		"a log group that exists": {logGroupType, both(set("name", "/trail"), set("kmsKeyId", nil)), nil,
			`name | ResourceAlreadyExistsException: the log group "/trail" already exists; choose another name`},
		"a key closed to Logs": {logGroupType, nil, where(keyType, "33333333", set("policy", strings.Replace(logKeyDocument, `"kms:Decrypt*",`, "", 1))),
			"kmsKeyId | InvalidParameterException: the specified KMS key does not exist or is not allowed to be used with arn:aws:logs:eu-test-1:111122223333:log-group:/audit: its policy does not let logs.eu-test-1.amazonaws.com kms:Decrypt; add the statement, and let the log group depend on the key policy"},
		"a filter of no log group": {metricFilterType, set("logGroupName", "/nothing"), nil,
			`logGroupName | ResourceNotFoundException: the log group "/nothing" does not exist; create it first and pass its output, so that it is created before this`},
		"a filter of another region's group": {metricFilterType, in(management, away), nil,
			`logGroupName | ResourceNotFoundException: the log group "/trail" does not exist; create it first and pass its output, so that it is created before this`},
		"a pattern that is not closed": {metricFilterType, set("pattern", `{ $.a = "b"`), nil,
			`pattern | InvalidParameterException: invalid metric filter pattern: { and } do not balance in { $.a = "b"`},
		"a single and": {metricFilterType, set("pattern", `{ $.a = "b" & $.c = "d" }`), nil,
			`pattern | InvalidParameterException: invalid metric filter pattern: a single & in { $.a = "b" & $.c = "d" }; write &&`},
		"a filter name with a colon": {metricFilterType, set("name", "a:b"), nil,
			`name | InvalidParameterException: name is "a:b"; it must be without colon and asterisk`},
		"a default value with dimensions": {metricFilterType, both(set("metricTransformation.defaultValue", "0"), set("metricTransformation.dimensions", object{"A": "$.a"})), nil,
			"metricTransformation.dimensions | InvalidParameterException: metricTransformation.defaultValue and metricTransformation.dimensions exclude each other; keep one"},
		"a filter name that is taken": {metricFilterType, nil, has(metricFilterType),
			`name | OperationAbortedException: the log group has a filter named "root" from another resource, and each would overwrite the other; choose another name`},
		"an unknown comparison": {alarmType, set("comparisonOperator", ">="), nil,
			"comparisonOperator | InvalidParameterException: comparisonOperator is >=; it must be one of GreaterThanOrEqualToThreshold, GreaterThanThreshold, LessThanThreshold, LessThanOrEqualToThreshold, LessThanLowerOrGreaterThanUpperThreshold, LessThanLowerThreshold, GreaterThanUpperThreshold"},
		"a period of 45 seconds": {alarmType, set("period", 45.0), nil,
			"period | InvalidParameterException: period is 45; it must be 10, 20, 30 or a multiple of 60 seconds"},
		"no statistic": {alarmType, set("statistic", nil), nil,
			"statistic | InvalidParameterException: none of statistic, extendedStatistic is set; set one"},
		"an unknown statistic": {alarmType, set("statistic", "Mean"), nil,
			"statistic | InvalidParameterException: statistic is Mean; it must be one of SampleCount, Average, Sum, Minimum, Maximum"},
		"an unknown treatment of missing data": {alarmType, set("treatMissingData", "ok"), nil,
			"treatMissingData | InvalidParameterException: treatMissingData is ok; it must be one of breaching, notBreaching, ignore, missing"},
		"more datapoints than periods": {alarmType, set("datapointsToAlarm", 2.0), nil,
			"datapointsToAlarm | InvalidParameterException: datapointsToAlarm is 2, more than the 1 evaluation periods; lower it"},
		"a metric and queries": {alarmType, set("metricQueries", []any{object{"id": "a"}}), nil,
			"metricQueries | InvalidParameterException: metricName and metricQueries exclude each other; keep one"},
		"six actions": {alarmType, set("alarmActions", []any{topicARN, topicARN, topicARN, topicARN, topicARN, topicARN}), nil,
			"alarmActions | InvalidParameterException: alarmActions has 6 elements; it must have 0 to 5"},
		"an alarm to no topic": {alarmType, set("alarmActions", []any{topicARN + "2"}), nil,
			`alarmActions[0] | NotFound: the topic "arn:aws:sns:eu-test-1:111122223333:alerts2" does not exist; create it first and pass its output, so that it is created before this`},
		"an alarm to another region": {alarmType, in(management, away), nil,
			"alarmActions[0] | InvalidParameterException: invalid region eu-test-1 specified, only eu-test-2 is supported; alarm to a topic in the alarm's region"},
		"an alarm name that is taken": {alarmType, nil, has(alarmType),
			`name | ResourceAlreadyExistsException: an alarm named "root" exists from another resource, and each would overwrite the other; choose another name`},
	})
}

func TestRecords_AcceptMoreFiltersUnderAHigherQuota(t *testing.T) {
	world := has(metricFilterType, set("name", "other"))(landingZone())
	r := valid(metricFilterType)
	if got := New(Quotas{MetricFiltersPerLogGroup: 2}).Against(r, world); len(got) > 0 {
		t.Errorf("refused: %v", got)
	}
	const want = "LimitExceededException: the log group would have 2 metric filters, the limit is 1; drop one or merge patterns"
	if got := New(Quotas{MetricFiltersPerLogGroup: 1}).Against(r, world); len(got) != 1 || got[0].Message != want {
		t.Errorf("Against() = %v, want %q", got, want)
	}
}

func TestRecords_FindAKeyByItsAlias(t *testing.T) {
	r := valid(encryptionType)
	r.Inputs["rules"] = []any{object{"applyServerSideEncryptionByDefault": object{
		"sseAlgorithm": "aws:kms", "kmsMasterKeyId": "alias/records",
	}}}
	if got := Against(r, landingZone()); len(got) > 0 {
		t.Errorf("refused: %v", got)
	}
}

func TestKeys_RefuseWhatTheirSpecCannotDo(t *testing.T) {
	signer := func(spec, usage string) func(*Resource) {
		return func(r *Resource) {
			r.Inputs = object{"policy": keyDocumentText, "customerMasterKeySpec": spec, "keyUsage": usage}
		}
	}
	refuses(t, map[string]refusal{
		"a key that signs": {keyType, signer("RSA_4096", "SIGN_VERIFY"), nil, ""},
		"a curve that encrypts": {keyType, signer("ECC_NIST_P256", "ENCRYPT_DECRYPT"), nil,
			"keyUsage | ValidationException: a key of spec ECC_NIST_P256 cannot be used for ENCRYPT_DECRYPT; set keyUsage to SIGN_VERIFY or KEY_AGREEMENT"},
		"a symmetric key that signs": {keyType, signer("SYMMETRIC_DEFAULT", "SIGN_VERIFY"), nil,
			"keyUsage | ValidationException: a key of spec SYMMETRIC_DEFAULT cannot be used for SIGN_VERIFY; set keyUsage to ENCRYPT_DECRYPT"},
	})
}
