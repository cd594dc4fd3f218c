package qualification_test

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"strings"

	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

// object is an object of the inputs.
type object = map[string]any

// sample is a small landing zone, written by hand, that every control accepts:
// two accounts, two regions, one archive with its copy, one trail.
func sample() *qualification.Graph {
	b := &builder{}
	b.provider("management", "111122223333", "eu-test-1")
	b.provider("log-archive", "444455556666", "eu-test-1")
	b.provider("log-archive-replica", "444455556666", "eu-test-2")
	b.provider("network", "888899990000", "eu-test-1")
	b.provider("network-replica", "888899990000", "eu-test-2")
	b.organization()
	b.archive("archive", "log-archive", "eu-test-1")
	b.archive("archive-replica", "log-archive-replica", "eu-test-2")
	b.replication("archive", "archive-replica")
	b.replication("archive-evidence", "archive-replica-evidence")
	b.trail()
	b.analytics()
	b.dashboards()
	b.search()
	b.monitoring()
	b.integrity()
	b.catalog()
	b.baseline()
	b.streams()
	b.identity()
	b.protection()
	b.guardrails()
	b.network(sampleRegions())
	return qualification.NewGraph(b.resources)
}

type builder struct{ resources []*qualification.Resource }

const urnStart = "urn:pulumi:test::sample::"

// add registers a resource in a component, protected and retained.
func (b *builder) add(component, typ, name, provider, id string, inputs object) {
	r := &qualification.Resource{
		URN: urnStart + typ + "::" + name, Type: typ, Custom: true, ID: id, Inputs: inputs,
		Protect: true, RetainOnDelete: true,
		Provider: urnStart + "pulumi:providers:aws::" + provider + "::id",
	}
	if component != "" {
		r.URN = urnStart + "gxp:" + component + "$" + typ + "::" + name
	}
	b.resources = append(b.resources, r)
}

func tags() object {
	t := object{}
	for _, key := range []string{
		"owner", "environment", "classification", "data-classification", "record-class", "cost-centre", "requirement-set",
	} {
		t["gxp:"+key] = "some " + key
	}
	return t
}

func (b *builder) provider(name, account, region string) {
	b.add("", "pulumi:providers:aws", name, "", "id", object{
		"region": region, "allowedAccountIds": `["` + account + `"]`,
		"defaultTags": `{"tags":{"gxp:owner":"Platform","gxp:environment":"production","gxp:classification":"platform",` +
			`"gxp:data-classification":"confidential","gxp:record-class":"gmp-batch","gxp:cost-centre":"CC-1",` +
			`"gxp:requirement-set":"1.0.0"}}`,
	})
}

func (b *builder) organization() {
	const in = "landingzone:Organization"
	b.add(in, "aws:organizations/organization:Organization", "organization", "management", "o-abcdefghij", object{
		"featureSet": "ALL",
		"awsServiceAccessPrincipals": []any{
			"account.amazonaws.com", "cloudtrail.amazonaws.com", "config.amazonaws.com",
			"config-multiaccountsetup.amazonaws.com", "member.org.stacksets.cloudformation.amazonaws.com",
		},
		"enabledPolicyTypes": []any{"RESOURCE_CONTROL_POLICY", "SERVICE_CONTROL_POLICY", "TAG_POLICY"},
	})
	b.add(in, "aws:organizations/organizationalUnit:OrganizationalUnit", "security", "management", "ou-abcd-11111111",
		object{"name": "Security", "parentId": "r-abcd"})
	labels := tags()
	labels["gxp:record-class"] = "gmp-batch"
	b.add(in, "aws:organizations/account:Account", "log-archive", "management", "444455556666", object{
		"name": "log-archive", "parentId": "ou-abcd-11111111", "closeOnDeletion": false, "tags": labels,
	})
	for _, kind := range []string{"BILLING", "OPERATIONS", "SECURITY"} {
		b.add(in, "aws:account/alternativeContact:AlternativeContact", "log-archive-"+strings.ToLower(kind), "management",
			"444455556666/"+kind, object{
				"accountId": "444455556666", "alternateContactType": kind,
				"emailAddress": "someone@example.com", "phoneNumber": "+49 30 5550 000",
			})
	}
	b.add(in, "aws:organizations/delegatedAdministrator:DelegatedAdministrator", "config", "management",
		"444455556666/config.amazonaws.com", object{"accountId": "444455556666", "servicePrincipal": "config.amazonaws.com"})
}

const trailARN = "arn:aws:cloudtrail:eu-test-1:111122223333:trail/organization"

func (b *builder) key(component, name, provider, account, region string, use string) string {
	arn := keyARN(name, account, region)
	b.add(component, "aws:kms/key:Key", name, provider, name+"-key-id", object{
		"enableKeyRotation": true, "deletionWindowInDays": 30.0,
		"policy": `{"Version":"2012-10-17","Statement":[
			{"Sid":"Administers","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::` + account + `:root"},
			 "Action":["kms:Put*","kms:Disable*","kms:ScheduleKeyDeletion"],"Resource":"*"},` + use + `]}`,
	})
	b.resources[len(b.resources)-1].Outputs = object{"arn": arn}
	return arn
}

func keyARN(name, account, region string) string {
	return "arn:aws:kms:" + region + ":" + account + ":key/" + name
}

const trailUses = `{"Sid":"Uses","Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},
	"Action":"kms:GenerateDataKey*","Resource":"*","Condition":{"StringEquals":{"aws:SourceArn":"` + trailARN + `"}}}`

func (b *builder) archive(name, provider, region string) {
	const in = "logging:Archive"
	key := b.key(in, name, provider, "444455556666", region, trailUses)
	b.bucket(in, name+"-access-logs", provider, "", "")
	b.bucket(in, name, provider, key, name+"-access-logs")
	b.bucket(in, name+"-evidence", provider, key, name+"-access-logs")
}

// bucket adds a bucket and its settings, locked if it has a key.
func (b *builder) bucket(in, name, provider, key, accessLogs string) {
	physical, arn := "b-"+name, "arn:aws:s3:::b-"+name
	add := func(kind, variant string, inputs object) {
		inputs = maps.Clone(inputs)
		inputs["bucket"] = physical
		b.add(in, "aws:s3/"+kind+":"+variant, name, provider, physical, inputs)
	}
	add("bucketV2", "BucketV2", object{"objectLockEnabled": key != "", "lifecycleRules": []any{}})
	b.resources[len(b.resources)-1].Outputs = object{"arn": arn}
	add("bucketVersioningV2", "BucketVersioningV2", object{"versioningConfiguration": object{"status": "Enabled"}})
	encryption := object{"sseAlgorithm": "AES256"}
	if key != "" {
		encryption = object{"sseAlgorithm": "aws:kms", "kmsMasterKeyId": key}
		add("bucketObjectLockConfigurationV2", "BucketObjectLockConfigurationV2", object{
			"rule": object{"defaultRetention": object{"mode": "COMPLIANCE", "years": 10.0}},
		})
		add("bucketLoggingV2", "BucketLoggingV2", object{"targetBucket": "b-" + accessLogs})
	}
	add("bucketServerSideEncryptionConfigurationV2", "BucketServerSideEncryptionConfigurationV2", object{
		"rules": []any{object{"applyServerSideEncryptionByDefault": encryption}},
	})
	add("bucketPublicAccessBlock", "BucketPublicAccessBlock", object{
		"blockPublicAcls": true, "blockPublicPolicy": true, "ignorePublicAcls": true, "restrictPublicBuckets": true,
	})
	add("bucketOwnershipControls", "BucketOwnershipControls", object{"rule": object{"objectOwnership": "BucketOwnerEnforced"}})
	add("bucketPolicy", "BucketPolicy", object{"policy": `{"Version":"2012-10-17","Statement":[
		{"Sid":"TLS","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["` + arn + `","` + arn + `/*"],
		 "Condition":{"Bool":{"aws:SecureTransport":"false"}}},
		{"Sid":"Organization","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["` + arn + `","` + arn + `/*"],
		 "Condition":{"StringNotEqualsIfExists":{"aws:PrincipalOrgID":"o-abcdefghij"},"BoolIfExists":{"aws:PrincipalIsAWSService":"false"}}},
		` + writers(arn) + `,
		{"Sid":"Writes","Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:PutObject",
		 "Resource":"` + arn + `/*","Condition":{"StringEquals":{"aws:SourceArn":"` + trailARN + `"}}}]}`})
}

func (b *builder) replication(from, to string) {
	b.add("logging:Replication", "aws:iam/role:Role", from+"-copies", "log-archive", from+"-copies", object{"name": from + "-copies"})
	b.add("logging:Replication", "aws:s3/bucketReplicationConfig:BucketReplicationConfig", from, "log-archive", "b-"+from, object{
		"bucket": "b-" + from, "role": from + "-copies",
		"rules": []any{object{
			"status": "Enabled", "filter": object{"prefix": ""},
			"deleteMarkerReplication": object{"status": "Disabled"},
			"sourceSelectionCriteria": object{"sseKmsEncryptedObjects": object{"status": "Enabled"}},
			"destination":             object{"bucket": "arn:aws:s3:::b-" + to},
		}},
	})
}

func selector(fields ...object) object {
	list := make([]any, len(fields))
	for i, f := range fields {
		list[i] = f
	}
	return object{"fieldSelectors": list}
}

func (b *builder) trail() {
	const in, group = "logging:Trail", "arn:aws:logs:eu-test-1:111122223333:log-group:/gxp/trail"
	key := b.key(in, "trail", "management", "111122223333", "eu-test-1", `{"Sid":"Uses","Effect":"Allow",
		"Principal":{"Service":"logs.eu-test-1.amazonaws.com"},"Action":["kms:Encrypt","kms:Decrypt"],"Resource":"*",
		"Condition":{"ArnEquals":{"kms:EncryptionContext:aws:logs:arn":"`+group+`"}}}`)
	b.add(in, "aws:cloudwatch/logGroup:LogGroup", "trail", "management", "/gxp/trail", object{"name": "/gxp/trail", "kmsKeyId": key})
	b.resources[len(b.resources)-1].Outputs = object{"arn": group}
	b.add(in, "aws:cloudtrail/trail:Trail", "trail", "management", trailARN, object{
		"name": "organization", "s3BucketName": "b-archive",
		"kmsKeyId":            "arn:aws:kms:eu-test-1:444455556666:key/archive",
		"isOrganizationTrail": true, "isMultiRegionTrail": true, "includeGlobalServiceEvents": true,
		"enableLogFileValidation": true, "enableLogging": true,
		"cloudWatchLogsGroupArn": group + ":*", "cloudWatchLogsRoleArn": "arn:aws:iam::111122223333:role/trail",
		"advancedEventSelectors": []any{
			selector(object{"field": "eventCategory", "equals": []any{"Management"}}),
			selector(
				object{"field": "eventCategory", "equals": []any{"Data"}},
				object{"field": "resources.type", "equals": []any{"AWS::S3::Object"}},
				object{"field": "resources.ARN", "startsWiths": []any{"arn:aws:s3:::b-archive-evidence/", "arn:aws:s3:::gxp-"}}),
			selector(object{"field": "eventCategory", "equals": []any{"NetworkActivity"}},
				object{"field": "eventSource", "equals": []any{"kms.amazonaws.com"}}),
		},
		"insightSelectors": []any{object{"insightType": "ApiCallRateInsight"}},
	})
}

func (b *builder) monitoring() {
	const topic = "arn:aws:sns:eu-test-1:111122223333:notifications"
	key := b.key("monitoring:Notifications", "notifications", "management", "111122223333", "eu-test-1", `{"Sid":"Uses",
		"Effect":"Allow","Principal":{"Service":"cloudwatch.amazonaws.com"},"Action":["kms:Decrypt","kms:GenerateDataKey*"],
		"Resource":"*","Condition":{"StringEquals":{"aws:SourceAccount":"111122223333"}}}`)
	b.add("monitoring:Notifications", "aws:sns/topic:Topic", "notifications", "management", topic, object{"kmsMasterKeyId": key})
	b.add("monitoring:Notifications", "aws:sns/topicPolicy:TopicPolicy", "notifications", "management", topic+"-policy", object{
		"arn": topic,
		"policy": `{"Statement":[{"Sid":"Alarms","Effect":"Allow","Principal":{"Service":"cloudwatch.amazonaws.com"},"Action":"sns:Publish",
			"Resource":"` + topic + `","Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:cloudwatch:eu-test-1:111122223333:alarm:*"}}}]}`,
	})
	b.add("monitoring:Notifications", "aws:sns/topicSubscription:TopicSubscription", "someone", "management", topic+":1",
		object{"topic": topic, "protocol": "email", "endpoint": "someone@example.com"})
	b.add("monitoring:Alarms", "aws:cloudwatch/logMetricFilter:LogMetricFilter", "alarms-root-use", "management", "root-use", object{
		"logGroupName": "/gxp/trail",
		"pattern": `{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && ` +
			`$.eventType != "AwsServiceEvent" }`,
		"metricTransformation": object{"name": "root-use", "namespace": "GxP", "value": "1"},
	})
	b.add("monitoring:Alarms", "aws:cloudwatch/metricAlarm:MetricAlarm", "alarms-root-use", "management", "gxp-root-use", object{
		"metricName": "root-use", "namespace": "GxP", "statistic": "Sum", "evaluationPeriods": 1.0, "threshold": 1.0,
		"comparisonOperator": "GreaterThanOrEqualToThreshold", "alarmActions": []any{topic},
	})
	b.add("monitoring:Aggregator", "aws:cfg/configurationAggregator:ConfigurationAggregator", "aggregator", "log-archive", "all", object{
		"organizationAggregationSource": object{"allRegions": true, "roleArn": "arn:aws:iam::444455556666:role/config"},
	})
}

func (b *builder) catalog() {
	const in, template = "catalog:Portfolio", "Resources: {}\n"
	sum := sha256.Sum256([]byte(template))
	digest := hex.EncodeToString(sum[:])
	b.add(in, "aws:s3/bucketObjectv2:BucketObjectv2", "product", "log-archive", "product/"+digest+".yaml",
		object{"bucket": "templates", "key": "product/" + digest + ".yaml", "content": template})
	b.add(in, "aws:servicecatalog/portfolio:Portfolio", "catalog", "log-archive", "port-1", object{"name": "Catalog"})
	b.add(in, "aws:servicecatalog/product:Product", "product", "log-archive", "prod-1", object{
		"provisioningArtifactParameters": object{
			"type": "CLOUD_FORMATION_TEMPLATE", "description": "sha256:" + digest,
			"templateUrl": "https://templates.s3.eu-test-1.amazonaws.com/product/" + digest + ".yaml",
		},
	})
	b.add(in, "aws:servicecatalog/productPortfolioAssociation:ProductPortfolioAssociation", "product", "log-archive", "assoc-1",
		object{"portfolioId": "port-1", "productId": "prod-1"})
}
