package rules

import (
	"iter"
	"maps"
	"slices"
	"strings"
)

// memory is a world of a test.
type memory []Resource

func (m memory) Find(typ, id string) (Resource, bool) {
	for _, r := range m {
		if r.Type == typ && r.text("id") == id {
			return r, true
		}
	}
	return Resource{}, false
}

func (m memory) All(typ string) iter.Seq[Resource] {
	return func(yield func(Resource) bool) {
		for _, r := range m {
			if r.Type == typ && !yield(r) {
				return
			}
		}
	}
}

// lacks removes every resource of a type.
func lacks(typ string) func(memory) memory {
	return func(m memory) memory {
		return slices.DeleteFunc(m, func(r Resource) bool { return r.Type == typ })
	}
}

// has adds a resource of a type, valid but for the given changes.
func has(typ string, changes ...func(*Resource)) func(memory) memory {
	return func(m memory) memory {
		r := valid(typ)
		r.URN = "urn:other"
		for _, change := range changes {
			change(&r)
		}
		return append(m, r)
	}
}

// where changes the resource of a type that has the id.
func where(typ, id string, changes ...func(*Resource)) func(memory) memory {
	return func(m memory) memory {
		for i := range m {
			if m[i].Type == typ && m[i].text("id") == id {
				for _, change := range changes {
					change(&m[i])
				}
			}
		}
		return m
	}
}

// set changes one input; nil removes it.
func set(path string, value any) func(*Resource) {
	return func(r *Resource) {
		at := r.Inputs
		keys := strings.Split(path, ".")
		for _, key := range keys[:len(keys)-1] {
			inner, _ := at[key].(map[string]any)
			inner = maps.Clone(inner)
			if inner == nil {
				inner = map[string]any{}
			}
			at[key] = inner
			at = inner
		}
		if value == nil {
			delete(at, keys[len(keys)-1])
			return
		}
		at[keys[len(keys)-1]] = value
	}
}

// in says where the provider is.
func in(account, region string) func(*Resource) {
	return func(r *Resource) { r.AccountID, r.Region = account, region }
}

type object = map[string]any

const (
	management = "111122223333"
	archive    = "222222222222"
	home       = "eu-test-1"
	away       = "eu-test-2"
	orgID      = "o-exampleorg1"
	unit       = "ou-ex01-workload"
	trailARN   = "arn:aws:cloudtrail:eu-test-1:111122223333:trail/records"
	keyARN     = "arn:aws:kms:eu-test-1:222222222222:key/11111111"
	logKeyARN  = "arn:aws:kms:eu-test-1:111122223333:key/33333333"
	topicARN   = "arn:aws:sns:eu-test-1:111122223333:alerts"
	roleARN    = "arn:aws:iam::111122223333:role/worker"
)

// worlds are what the valid resources of a file of their own refer to.
var worlds = []func() memory{
	protectionWorld, baselineWorld, networkWorld, logsWorld,
}

// landingZone returns a small world in which every valid resource is accepted.
func landingZone() memory {
	world := foundations()
	for _, more := range worlds {
		world = append(world, more()...)
	}
	return world
}

func foundations() memory {
	at := func(typ, id, account, region string, inputs object) Resource {
		inputs["id"] = id
		return Resource{Type: typ, URN: "urn:" + typ + "::" + id, Inputs: inputs, AccountID: account, Region: region}
	}
	return memory{
		at(organizationType, orgID, management, home, object{
			"masterAccountId": management, "masterAccountEmail": "management@example.com", "featureSet": "ALL",
			"roots":              []any{object{"id": "r-ex01"}},
			"enabledPolicyTypes": []any{serviceControl, resourceControl, "TAG_POLICY"},
			"awsServiceAccessPrincipals": []any{
				"account.amazonaws.com", trailService, configService, "config-multiaccountsetup.amazonaws.com",
				"servicecatalog.amazonaws.com", "backup.amazonaws.com", rootService, stackSetService, ramService,
			},
		}),
		at(unitType, unit, management, home, object{"name": "Workloads", "parentId": "r-ex01"}),
		at(accountType, archive, management, home, object{"name": "log-archive", "email": "log-archive@example.com"}),
		at(organizationPolicyType, "p-guardrail", management, home, object{"name": "Guardrail", "type": serviceControl}),
		at(bucketType, "records", archive, home, object{
			"bucket": "records", "arn": "arn:aws:s3:::records", "objectLockEnabled": true,
		}),
		at(bucketPolicyType, "records", archive, home, object{"bucket": "records", "policy": bucketDocument}),
		at(bucketType, "landing", archive, home, object{"bucket": "landing", "arn": "arn:aws:s3:::landing"}),
		at(bucketType, "replica", archive, away, object{"bucket": "replica", "arn": "arn:aws:s3:::replica"}),
		at(versioningType, "replica", archive, away, object{
			"bucket": "replica", "versioningConfiguration": object{"status": "Enabled"},
		}),
		at(bucketType, "templates", management, home, object{"bucket": "templates", "arn": "arn:aws:s3:::templates"}),
		at(objectType, "v1.yaml", management, home, object{"bucket": "templates", "key": "v1.yaml"}),
		at(keyType, "11111111", archive, home, object{"keyId": "11111111", "arn": keyARN, "policy": keyDocumentText}),
		at(keyType, "33333333", management, home, object{"keyId": "33333333", "arn": logKeyARN, "policy": logKeyDocument}),
		at(keyType, "22222222", archive, away, object{
			"keyId": "22222222", "arn": "arn:aws:kms:eu-test-2:222222222222:key/22222222",
		}),
		at(keyAliasType, "alias/records", archive, home, object{
			"name": "alias/records", "targetKeyId": "11111111", "targetKeyArn": keyARN,
		}),
		at(logGroupType, "/trail", management, home, object{
			"name": "/trail", "arn": "arn:aws:logs:eu-test-1:111122223333:log-group:/trail",
		}),
		at(roleType, "worker", management, "", object{"name": "worker", "arn": roleARN, "assumeRolePolicy": trustDocument}),
		at(roleType, "replicator", archive, "", object{
			"name": "replicator", "arn": "arn:aws:iam::222222222222:role/replicator", "assumeRolePolicy": trustDocument,
		}),
		at(managedPolicyType, "arn:aws:iam::111122223333:policy/reader", management, "", object{
			"name": "reader", "arn": "arn:aws:iam::111122223333:policy/reader",
		}),
		at(topicType, topicARN, management, home, object{"name": "alerts", "arn": topicARN}),
		at(portfolioType, "port-1", management, home, object{"name": "GxP"}),
		at(productType, "prod-1", management, home, object{"name": "Bucket"}),
		at(productAssociationType, "en:port-1:prod-1", management, home, object{"portfolioId": "port-1", "productId": "prod-1"}),
		at(productType, "prod-2", management, home, object{"name": "Table"}),
	}
}

const (
	bucketDocument = `{"Version":"2012-10-17","Statement":[
		{"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:GetBucketAcl",
		 "Resource":"arn:aws:s3:::records","Condition":{"StringEquals":{"aws:SourceArn":"` + trailARN + `"}}},
		{"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:PutObject",
		 "Resource":["arn:aws:s3:::records/AWSLogs/111122223333/*","arn:aws:s3:::records/AWSLogs/o-exampleorg1/*"],
		 "Condition":{"StringEquals":{"aws:SourceArn":"` + trailARN + `","s3:x-amz-acl":"bucket-owner-full-control"}}},
		{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::records","arn:aws:s3:::records/*"],
		 "Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}`

	keyDocumentText = `{"Version":"2012-10-17","Statement":[
		{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::222222222222:root"},"Action":"kms:*","Resource":"*"},
		{"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"kms:GenerateDataKey*","Resource":"*",
		 "Condition":{"StringEquals":{"aws:SourceArn":"` + trailARN + `"},
		 "StringLike":{"kms:EncryptionContext:aws:cloudtrail:arn":"arn:aws:cloudtrail:*:111122223333:trail/*"}}},
		{"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"kms:DescribeKey","Resource":"*"}]}`

	logKeyDocument = `{"Version":"2012-10-17","Statement":[
		{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:*","Resource":"*"},
		{"Effect":"Allow","Principal":{"Service":"logs.eu-test-1.amazonaws.com"},
		 "Action":["kms:Encrypt*","kms:Decrypt*","kms:GenerateDataKey*"],"Resource":"*",
		 "Condition":{"ArnLike":{"kms:EncryptionContext:aws:logs:arn":"arn:aws:logs:eu-test-1:111122223333:log-group:*"}}}]}`

	trustDocument = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":
		["cloudtrail.amazonaws.com","config.amazonaws.com","s3.amazonaws.com"]},"Action":"sts:AssumeRole"}]}`

	identityDocument = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}`

	topicDocumentText = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"cloudwatch.amazonaws.com"},
		"Action":"sns:Publish","Resource":"` + topicARN + `"}]}`

	guardrail = `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"cloudtrail:StopLogging","Resource":"*"}]}`

	pack = "Parameters:\n  Days: {Type: String}\nResources:\n  Encrypted:\n    Type: AWS::Config::ConfigRule\n" +
		"    Properties:\n      ConfigRuleName: !Ref Days\n"
)
