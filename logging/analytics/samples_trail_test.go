package analytics_test

// trailEvents is two days in the life of an organization, 9 and 10 November
// 2026, with a record on either side.
func trailEvents() []object {
	alice, malice := person(workload, "GxpDeveloper", "alice@example.com"), person(workload, "GxpDeveloper", "malice@example.com")
	bob := person(shared, "GxpQAApprover", "bob@example.com")
	release := func(account string) object { return assumed(account, "gxp-release", "release-42") }
	emergency := assumed(workload, "gxp-break-glass", "eve")
	const eu, us = "eu-central-1", "us-east-1"
	const records = "acme-archive-eu-central-1"
	var (
		key        = "arn:aws:kms:eu-central-1:333333333333:key/0a1b2c3d-0000-4000-8000-000000000001"
		touchedKey = []object{{"accountId": workload, "type": "AWS::KMS::Key", "ARN": key}}
		scp        = object{"policyId": "p-guardrail1", "targetId": "ou-abcd-workload"}
		set        = "arn:aws:sso:::permissionSet/ssoins-1111/ps-2222"
		batches    = "acme-batch-records"
		data       = func(read bool, key string) object {
			return object{"eventCategory": "Data", "readOnly": read, "requestParameters": object{"bucketName": batches, "key": key},
				"resources": []object{{"type": "AWS::S3::Object", "ARN": "arn:aws:s3:::" + batches + "/" + key},
					{"accountId": workload, "type": "AWS::S3::Bucket", "ARN": "arn:aws:s3:::" + batches}}}
		}
		merge = func(a, b object) object {
			for k, v := range b {
				a[k] = v
			}
			return a
		}
	)
	return []object{
		// On either side of the period. The first is delivered on its first day.
		event("before", "2026-11-08T23:59:59Z", workload, eu, "ec2", "StopInstances", alice, with(object{"instance": "i-0123456789abcdef0"})),
		event("after", "2026-11-11T00:00:00Z", workload, eu, "ec2", "StopInstances", alice, with(object{"instance": "i-0123456789abcdef0"})),
		// Of the last second of the period, delivered on the day after it.
		event("last", "2026-11-10T23:59:59Z", workload, eu, "ec2", "StopInstances", alice, with(object{"instance": "i-0123456789abcdef0"})),

		// Products.
		event("launch", "2026-11-09T08:00:00Z", workload, eu, "servicecatalog", "ProvisionProduct", alice, object{
			"requestParameters": object{"productId": "prod-s3", "provisioningArtifactId": "pa-v1", "provisionedProductName": "batch-records"},
			"responseElements":  object{"recordDetail": object{"provisionedProductId": "pp-1"}}}),
		event("update", "2026-11-10T08:00:00Z", workload, eu, "servicecatalog", "UpdateProvisionedProduct", malice, object{
			"requestParameters": object{"productName": "database", "provisioningArtifactName": "v2", "provisionedProductId": "pp-2"}}),
		event("products-read", "2026-11-09T08:01:00Z", workload, eu, "servicecatalog", "DescribeProduct", alice, object{"readOnly": true,
			"requestParameters": object{"id": "prod-s3"}}),

		// People.
		event("read", "2026-11-09T08:05:00Z", workload, eu, "ec2", "DescribeInstances", alice, object{"readOnly": true}),
		event("terminate", "2026-11-09T08:10:00Z", workload, eu, "ec2", "TerminateInstances", malice, object{
			"requestParameters": object{"instancesSet": object{"items": []object{{"instanceId": "i-0123456789abcdef0"}}}}}),
		event("upper", "2026-11-09T08:20:00Z", workload, eu, "ec2", "StartInstances", person(workload, "GxpOperator", "Alice@Example.com"), nil),

		// Signing in.
		event("sign-in-failed", "2026-11-09T09:00:00Z", workload, us, "signin", "ConsoleLogin", object{
			"type": "IAMUser", "accountId": workload, "principalId": "AIDAEXAMPLE", "userName": "carol"}, object{
			"eventType": "AwsConsoleSignIn", "errorMessage": "Failed authentication", "responseElements": object{"ConsoleLogin": "Failure"},
			"additionalEventData": object{"MFAUsed": "No", "LoginTo": "https://console.aws.amazon.com/", "MobileVersion": "No"}}),
		event("proof-refused", "2026-11-09T09:01:00Z", management, eu, "signin", "CredentialVerification", object{
			"type": "IdentityCenterUser", "accountId": management, "principalId": "dave",
			"onBehalfOf": object{"userId": "user-1", "identityStoreArn": "arn:aws:identitystore::111111111111:identitystore/d-1"}}, object{
			"eventType": "AwsServiceEvent", "serviceEventDetails": object{"CredentialVerification": "Failure"},
			"additionalEventData": object{"CredentialType": "PASSWORD"}}),
		event("proof-accepted", "2026-11-09T09:02:00Z", management, eu, "signin", "CredentialVerification", object{
			"type": "IdentityCenterUser", "accountId": management, "principalId": "dave"}, object{
			"eventType": "AwsServiceEvent", "serviceEventDetails": object{"CredentialVerification": "Success"}}),
		event("sign-in", "2026-11-09T07:55:00Z", workload, us, "signin", "ConsoleLogin", alice, object{
			"eventType": "AwsConsoleSignIn", "responseElements": object{"ConsoleLogin": "Success"}, "additionalEventData": object{"MFAUsed": "No"}}),

		// Root: by hand, by a service in its name, and an event of a service.
		event("root", "2026-11-09T10:00:00Z", workload, us, "signin", "ConsoleLogin", root(workload), object{
			"eventType": "AwsConsoleSignIn", "responseElements": object{"ConsoleLogin": "Success"}, "additionalEventData": object{"MFAUsed": "Yes"}}),
		event("root-service", "2026-11-09T10:01:00Z", workload, eu, "s3", "PutBucketLogging",
			merge(root(workload), object{"invokedBy": "support.amazonaws.com"}), with(object{"bucketName": "other"})),
		event("root-event", "2026-11-09T10:02:00Z", workload, eu, "kms", "RotateKey", root(workload), object{"eventType": "AwsServiceEvent",
			"serviceEventDetails": object{"keyId": key}}),

		// The emergency access, refused, entered and used; and a role whose name
		// only begins like it.
		event("emergency-denied", "2026-11-09T10:59:00Z", management, eu, "sts", "AssumeRole", iamUser(management, "eve"),
			merge(denied(object{"roleArn": "arn:aws:iam::333333333333:role/gxp-break-glass", "roleSessionName": "eve"}), object{"readOnly": true})),
		event("emergency-entered", "2026-11-09T11:00:00Z", management, eu, "sts", "AssumeRole", iamUser(management, "eve"), object{"readOnly": true,
			"requestParameters": object{"roleArn": "arn:aws:iam::333333333333:role/gxp-break-glass", "roleSessionName": "eve"}, "sharedEventID": "shared-1"}),
		event("emergency-used", "2026-11-09T11:05:00Z", workload, eu, "s3", "PutBucketPolicy", emergency, with(object{"bucketName": batches})),
		event("emergency-set", "2026-11-09T11:10:00Z", workload, eu, "ec2", "RebootInstances", person(workload, "GxpBreakGlass", "eve@example.com"), nil),
		event("not-emergency", "2026-11-09T11:06:00Z", management, eu, "sts", "AssumeRole", iamUser(management, "eve"), object{"readOnly": true,
			"requestParameters": object{"roleArn": "arn:aws:iam::333333333333:role/gxp-break-glass-reader", "roleSessionName": "eve"}}),

		// Releases: approved before, and too long ago.
		event("approved", "2026-11-09T12:00:00Z", shared, eu, "codepipeline", "PutApprovalResult", bob, with(object{
			"pipelineName": "landing-zone", "stageName": "Approve", "actionName": "Release", "result": object{"status": "Approved", "summary": "CR-17, tested"}})),
		event("rejected", "2026-11-10T12:00:00Z", shared, eu, "codepipeline", "PutApprovalResult", bob, with(object{
			"pipelineName": "landing-zone", "stageName": "Approve", "actionName": "Release", "result": object{"status": "Rejected", "summary": "=CR-18 lacks a test"}})),
		event("release", "2026-11-09T13:00:00Z", workload, eu, "cloudformation", "UpdateStack", release(workload), with(object{"stackName": "baseline"})),
		event("release-late", "2026-11-10T13:00:00Z", workload, eu, "cloudformation", "UpdateStack", release(workload), with(object{"stackName": "baseline"})),
		event("by-service", "2026-11-09T13:05:00Z", workload, eu, "autoscaling", "SetDesiredCapacity", service("autoscaling.amazonaws.com"), nil),

		// Records.
		event("retention", "2026-11-09T14:00:00Z", archive, eu, "s3", "PutObjectRetention", person(archive, "GxpOperator", "alice@example.com"),
			merge(denied(object{"bucketName": records, "key": "AWSLogs/file"}), object{"eventCategory": "Data"})),
		event("delete", "2026-11-09T14:01:00Z", archive, eu, "s3", "DeleteObject", person(archive, "GxpOperator", "malice@example.com"),
			merge(denied(object{"bucketName": records, "key": "AWSLogs/file"}), object{"eventCategory": "Data"})),
		event("delete-other", "2026-11-09T14:02:00Z", workload, eu, "s3", "DeleteObject", alice, object{"eventCategory": "Data",
			"requestParameters": object{"bucketName": "scratch", "key": "draft.txt"}}),
		event("stop-logging", "2026-11-09T14:03:00Z", management, eu, "cloudtrail", "StopLogging", person(management, "GxpPlatformEngineer", "malice@example.com"),
			denied(object{"name": "acme-organization-trail"})),

		// Sensitive data.
		event("data-read", "2026-11-09T15:00:00Z", workload, eu, "s3", "GetObject", alice, merge(data(true, "lots/4711.csv"), object{
			"vpcEndpointId": "vpce-1", "vpcEndpointAccountId": network, "apiVersion": "2006-03-01",
			"tlsDetails": object{"tlsVersion": "TLSv1.3", "cipherSuite": "TLS_AES_128_GCM_SHA256", "clientProvidedHostHeader": "s3.amazonaws.com"}})),
		event("data-write", "2026-11-09T15:01:00Z", workload, eu, "s3", "PutObject", malice, data(false, "drafts/1.csv")),
		event("data-management", "2026-11-09T15:02:00Z", workload, eu, "s3", "GetBucketAcl", alice, object{"readOnly": true,
			"requestParameters": object{"bucketName": batches}}),

		// Permissions and credentials.
		event("attach", "2026-11-09T16:00:00Z", workload, us, "iam", "AttachRolePolicy", malice, with(object{"roleName": "batch", "policyArn": "arn:aws:iam::aws:policy/AdministratorAccess"})),
		event("iam-read", "2026-11-09T16:00:30Z", workload, us, "iam", "GetRole", malice, object{"readOnly": true, "requestParameters": object{"roleName": "batch"}}),
		event("assign", "2026-11-09T16:01:00Z", management, eu, "sso", "CreateAccountAssignment", release(management), with(object{
			"permissionSetArn": set, "principalType": "GROUP", "principalId": "group-1", "targetId": workload, "targetType": "AWS_ACCOUNT"})),
		event("set-changed", "2026-11-09T16:02:00Z", management, eu, "sso", "UpdatePermissionSet", release(management), with(object{"permissionSetArn": set, "sessionDuration": "PT1H"})),
		event("access-key", "2026-11-09T16:03:00Z", workload, us, "iam", "CreateAccessKey", malice, with(object{"userName": "robot"})),

		// Keys.
		event("decrypt", "2026-11-09T17:00:00Z", workload, eu, "kms", "Decrypt", merge(person(workload, "GxpDeveloper", "alice@example.com"), object{"invokedBy": "s3.amazonaws.com"}), object{
			"readOnly": true, "requestParameters": object{"encryptionContext": object{"aws:s3:arn": "arn:aws:s3:::" + batches}}, "resources": touchedKey}),
		event("decrypt-other", "2026-11-09T17:00:30Z", workload, eu, "kms", "Decrypt", alice, object{"readOnly": true,
			"resources": []object{{"accountId": workload, "type": "AWS::KMS::Key", "ARN": key[:len(key)-1] + "2"}}}),
		event("key-deletion", "2026-11-09T17:01:00Z", workload, eu, "kms", "ScheduleKeyDeletion", malice, merge(denied(object{"keyId": key, "pendingWindowInDays": 7}),
			object{"resources": touchedKey})),

		// Guardrails, accounts, network, instances.
		event("guardrail", "2026-11-09T18:00:00Z", management, us, "organizations", "DetachPolicy", release(management), with(scp)),
		event("config-rule", "2026-11-09T18:01:00Z", workload, eu, "config", "DeleteConfigRule", malice, denied(object{"configRuleName": "gxp-encrypted"})),
		event("organization-read", "2026-11-09T18:02:00Z", management, us, "organizations", "DescribePolicy", release(management), object{"readOnly": true, "requestParameters": scp}),
		event("move", "2026-11-09T18:03:00Z", management, us, "organizations", "MoveAccount", release(management), with(object{
			"accountId": workload, "sourceParentId": "ou-abcd-new", "destinationParentId": "ou-abcd-workload"})),
		event("ingress", "2026-11-09T18:04:00Z", workload, eu, "ec2", "AuthorizeSecurityGroupIngress", malice, with(object{"groupId": "sg-1", "cidrIp": "0.0.0.0/0"})),
		event("session", "2026-11-09T18:05:00Z", workload, eu, "ssm", "StartSession", alice, object{
			"requestParameters": object{"target": "i-0123456789abcdef0", "documentName": "SSM-SessionManagerRunShell"},
			"responseElements":  object{"sessionId": "alice-0a1b"}, "sessionCredentialFromConsole": true}),
		event("session-other", "2026-11-09T18:06:00Z", workload, eu, "ssm", "StartSession", malice, object{
			"requestParameters": object{"target": "i-0fedcba9876543210"}, "responseElements": object{"sessionId": "malice-0a1b"}}),

		// What is near to a question and not what it asks about.
		event("near-key", "2026-11-09T19:00:00Z", workload, eu, "ec2", "CreateVolume", alice, with(object{"keyId": "0a1b2c3d-0000-4000-8000-000000000001"})),
		event("near-set-read", "2026-11-09T19:01:00Z", management, eu, "sso", "DescribePermissionSet", release(management), object{"readOnly": true}),
		event("near-set-other", "2026-11-09T19:02:00Z", management, eu, "sso", "UpdateInstance", release(management), nil),
		event("near-set-elsewhere", "2026-11-09T19:03:00Z", management, eu, "quicksight", "CreateAccountAssignment", release(management), nil),
		event("near-account", "2026-11-09T19:04:00Z", management, us, "billing", "CloseAccount", release(management), nil),
		event("near-data", "2026-11-09T19:05:00Z", workload, eu, "s3-outposts", "GetObject", alice, data(true, "lots/4711.csv")),
		event("near-bucket", "2026-11-09T19:06:00Z", workload, eu, "s3", "GetObject", alice, object{"eventCategory": "Data", "readOnly": true,
			"requestParameters": object{"bucketName": "scratch", "key": "lots/1.csv"}}),
		event("near-session", "2026-11-09T19:07:00Z", workload, eu, "gamelift", "StartSession", alice, nil),
		event("near-instance", "2026-11-09T19:08:00Z", workload, eu, "ssm", "PutInventory", alice, with(object{"instanceId": "i-0123456789abcdef0"})),
		event("near-release", "2026-11-10T02:00:00Z", shared, eu, "codepipeline", "StartPipelineExecution", bob, with(object{"pipelineName": "landing-zone"})),
		event("near-approval", "2026-11-10T12:30:00Z", shared, eu, "codepipeline", "RetryStageExecution", bob, with(object{"result": object{"status": "Approved"}})),
		event("near-approved", "2026-11-10T12:40:00Z", shared, eu, "example", "PutApprovalResult", bob, with(object{"result": object{"status": "Approved"}})),
		event("refused-approval", "2026-11-10T12:45:00Z", shared, eu, "codepipeline", "PutApprovalResult", alice,
			denied(object{"pipelineName": "landing-zone", "result": object{"status": "Approved"}})),
		event("near-product", "2026-11-09T19:09:00Z", workload, eu, "example", "ProvisionProduct", alice, with(object{"productId": "prod-s3"})),
		event("near-key-change", "2026-11-09T19:10:00Z", workload, us, "lambda", "CreateAlias", alice, nil),
		event("near-credential", "2026-11-09T19:11:00Z", workload, us, "rds", "CreateUser", alice, nil),
		event("near-role", "2026-11-09T19:12:00Z", workload, us, "sts", "GetSessionToken", alice, object{"readOnly": true,
			"requestParameters": object{"roleArn": "arn:aws:iam::333333333333:role/batch"}}),
		event("near-assume", "2026-11-09T19:12:30Z", workload, us, "example", "AssumeRole", alice, object{"readOnly": true,
			"requestParameters": object{"roleArn": "arn:aws:iam::333333333333:role/batch"}}),
		event("near-network", "2026-11-09T19:13:00Z", workload, eu, "ec2", "AuthorizeSecurityGroupIngress", alice, object{"readOnly": true}),
		event("near-resource", "2026-11-09T19:14:00Z", workload, eu, "ec2", "DescribeInstanceStatus", alice, object{"readOnly": true,
			"requestParameters": object{"instance": "i-0123456789abcdef0"}}),
		event("near-permission", "2026-11-09T19:15:00Z", workload, us, "iam", "UpdateNothing", alice, object{"readOnly": true}),
		event("near-change", "2026-11-09T19:16:00Z", workload, eu, "sts", "TagSession", alice, nil),
		event("near-robot", "2026-11-09T19:17:00Z", workload, eu, "ec2", "CreateTags", alice, with(object{"tag": "robot"})),

		// A session of a workload that another identity provider vouches for, with
		// everything that a record can have.
		event("web", "2026-11-10T06:00:00Z", workload, us, "sts", "AssumeRoleWithWebIdentity", object{
			"type": "WebIdentityUser", "principalId": "provider:subject", "userName": "subject",
			"sessionContext": object{"ec2RoleDelivery": "2.0", "webIdFederationData": object{
				"federatedProvider": "arn:aws:iam::333333333333:oidc-provider/issuer", "attributes": object{"aud": "sts.amazonaws.com"}}}}, object{
			"readOnly": true, "requestParameters": object{"roleArn": "arn:aws:iam::333333333333:role/batch", "roleSessionName": "job"},
			"edgeDeviceDetails": object{"type": "none"},
			"addendum":          object{"reason": "DELIVERY_DELAY", "updatedFields": "", "originalRequestID": "request-web", "originalEventID": "web"}}),
	}
}
