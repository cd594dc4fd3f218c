package rules

import (
	"maps"
	"slices"
	"testing"
)

// valid returns a new resource of the type that fits into the landing zone.
func valid(typ string) Resource {
	account := management
	if slices.Contains([]string{
		bucketType, bucketPolicyType, versioningType, encryptionType, publicAccessType, ownershipType, objectLockType,
		replicationType, loggingType, lifecycleType, objectType, keyType, keyPolicyType, keyAliasType,
	}, typ) {
		account = archive
	}
	return Resource{
		Type: typ, Name: "new", URN: "urn:new", Inputs: maps.Clone(validInputs()[typ]), AccountID: account, Region: home,
	}
}

// validMore are the valid resources of the services with a file of their own.
var validMore = []func() map[string]object{
	validProtection, validBaseline, validNetwork, validLogs,
}

// validInputs builds anew at each call, so that a test may change what it got.
func validInputs() map[string]object {
	all := foundation()
	for _, more := range validMore {
		maps.Copy(all, more())
	}
	return all
}

func foundation() map[string]object {
	return map[string]object{
		organizationType: {
			"featureSet": "ALL", "enabledPolicyTypes": []any{serviceControl}, "awsServiceAccessPrincipals": []any{trailService},
		},
		accountType:            {"name": "lims", "email": "lims@example.com", "parentId": unit, "roleName": "Access", "iamUserAccessToBilling": "DENY"},
		unitType:               {"name": "GxP-Prod", "parentId": unit},
		delegationType:         {"accountId": archive, "servicePrincipal": configService},
		contactType:            {"accountId": archive, "alternateContactType": "SECURITY", "name": "SOC", "title": "Desk", "emailAddress": "soc@example.com", "phoneNumber": "+49 (0)30 1-2"},
		organizationPolicyType: {"name": "Deny", "content": guardrail},
		policyAttachmentType:   {"policyId": "p-guardrail", "targetId": unit},
		organizationGrantType: {"content": `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"222222222222"},
			"Action":"organizations:List*","Resource":"*"}}`},
		bucketType:       {"bucket": "evidence", "objectLockEnabled": true},
		bucketPolicyType: {"bucket": "landing", "policy": `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::landing/*"}]}`},
		versioningType:   {"bucket": "records", "versioningConfiguration": object{"status": "Enabled"}},
		encryptionType: {"bucket": "records", "rules": []any{object{"applyServerSideEncryptionByDefault": object{
			"sseAlgorithm": "aws:kms", "kmsMasterKeyId": keyARN,
		}}}},
		publicAccessType: {"bucket": "records", "blockPublicPolicy": true},
		ownershipType:    {"bucket": "records", "rule": object{"objectOwnership": "BucketOwnerEnforced"}},
		objectLockType:   {"bucket": "records", "rule": object{"defaultRetention": object{"mode": "COMPLIANCE", "years": 10.0}}},
		replicationType:  {"bucket": "records", "role": "arn:aws:iam::222222222222:role/replicator", "rules": []any{replicationRule()}},
		loggingType:      {"bucket": "records", "targetBucket": "landing", "targetPrefix": "access/"},
		lifecycleType: {"bucket": "records", "rules": []any{object{
			"id": "cold", "status": "Enabled", "expiration": object{"days": 400.0},
			"transitions": []any{object{"days": 90.0, "storageClass": "STANDARD_IA"}},
		}}},
		objectType: {"bucket": "landing", "key": "readme", "content": "hello"},
		trailType: {
			"name": "records", "s3BucketName": "records", "kmsKeyId": keyARN, "isOrganizationTrail": true,
			"isMultiRegionTrail": true, "cloudWatchLogsGroupArn": "arn:aws:logs:eu-test-1:111122223333:log-group:/trail:*",
			"cloudWatchLogsRoleArn": roleARN, "insightSelectors": []any{object{"insightType": "ApiCallRateInsight"}},
			"advancedEventSelectors": []any{object{"fieldSelectors": []any{
				object{"field": "eventCategory", "equals": []any{"Data"}},
				object{"field": "resources.type", "equals": []any{"AWS::S3::Object"}},
			}}},
		},
		keyType:            {"policy": keyDocumentText, "enableKeyRotation": true, "rotationPeriodInDays": 365.0, "deletionWindowInDays": 30.0},
		keyPolicyType:      {"keyId": "11111111", "policy": keyDocumentText},
		keyAliasType:       {"name": "alias/evidence", "targetKeyId": "11111111"},
		logGroupType:       {"name": "/audit", "retentionInDays": 365.0, "kmsKeyId": logKeyARN},
		metricFilterType:   {"name": "root", "logGroupName": "/trail", "pattern": `{ $.a = "{" && $.b != "x" }`, "metricTransformation": object{"name": "RootUse", "namespace": "CIS", "value": "1"}},
		alarmType:          {"name": "root", "comparisonOperator": "GreaterThanOrEqualToThreshold", "evaluationPeriods": 1.0, "metricName": "RootUse", "namespace": "CIS", "period": 300.0, "statistic": "Sum", "treatMissingData": "notBreaching", "alarmActions": []any{topicARN}},
		roleType:           {"name": "reader", "assumeRolePolicy": trustDocument, "managedPolicyArns": []any{"arn:aws:iam::aws:policy/ReadOnlyAccess"}, "permissionsBoundary": "arn:aws:iam::111122223333:policy/reader", "inlinePolicies": []any{object{"name": "a", "policy": identityDocument}}},
		inlinePolicyType:   {"role": "worker", "policy": identityDocument},
		managedPolicyType:  {"name": "writer", "path": "/gxp/", "policy": identityDocument},
		roleAttachmentType: {"role": "worker", "policyArn": "arn:aws:iam::111122223333:policy/reader"},
		topicType:          {"name": "security", "policy": topicDocumentText, "kmsMasterKeyId": "alias/aws/sns"},
		topicPolicyType:    {"arn": topicARN, "policy": topicDocumentText},
		subscriptionType:   {"topic": topicARN, "protocol": "email", "endpoint": "soc@example.com"},
		aggregatorType:     {"name": "all", "organizationAggregationSource": object{"allRegions": true, "roleArn": roleARN}},
		organizationPackType: {
			"name": "gxp", "templateBody": pack,
			"inputParameters": []any{object{"parameterName": "Days", "parameterValue": "90"}},
		},
		packType:               {"name": "gxp", "templateS3Uri": "s3://templates/pack.yaml"},
		portfolioType:          {"name": "Validated", "providerName": "Platform"},
		productType:            {"name": "Queue", "owner": "Platform", "supportEmail": "help@example.com", "provisioningArtifactParameters": object{"templateUrl": "https://templates.s3.eu-test-1.amazonaws.com/v1.yaml"}},
		artifactType:           {"productId": "prod-1", "templateUrl": "https://s3.eu-test-1.amazonaws.com/templates/v1.yaml"},
		productAssociationType: {"portfolioId": "port-1", "productId": "prod-2"},
		constraintType:         {"portfolioId": "port-1", "productId": "prod-1", "type": "LAUNCH", "parameters": `{"LocalRoleName":"worker"}`},
		shareType:              {"portfolioId": "port-1", "type": "ORGANIZATIONAL_UNIT", "principalId": "arn:aws:organizations::111122223333:ou/o-exampleorg1/" + unit},
		principalAccessType:    {"portfolioId": "port-1", "principalType": "IAM_PATTERN", "principalArn": "arn:aws:iam:::role/aws-reserved/sso.amazonaws.com/*/User_*"},
	}
}

func replicationRule(changes ...func(*Resource)) object {
	r := Resource{Inputs: object{
		"id": "all", "status": "Enabled", "filter": object{}, "deleteMarkerReplication": object{"status": "Disabled"},
		"destination": object{
			"bucket":                  "arn:aws:s3:::replica",
			"encryptionConfiguration": object{"replicaKmsKeyId": "arn:aws:kms:eu-test-2:222222222222:key/22222222"},
		},
		"sourceSelectionCriteria": object{"sseKmsEncryptedObjects": object{"status": "Enabled"}},
	}}
	for _, change := range changes {
		change(&r)
	}
	return r.Inputs
}

func TestRules_AcceptWhatAWSAccepts(t *testing.T) {
	for typ := range table {
		t.Run(typ, func(t *testing.T) {
			r := valid(typ)
			if r.Inputs == nil {
				t.Fatal("no valid resource of this type is known; add one to validInputs")
			}
			world := landingZone()
			if typ == organizationType {
				world = nil
			}
			if got := append(Static(r), Against(r, world)...); len(got) > 0 {
				t.Errorf("refused: %v", got)
			}
		})
	}
}

func TestRules_AcceptAnUpdateOfWhatExists(t *testing.T) {
	for typ := range table {
		r := valid(typ)
		world := append(landingZone(), r)
		if typ == organizationType {
			world = memory{r}
		}
		if got := Against(r, world); len(got) > 0 {
			t.Errorf("%s: refused: %v", typ, got)
		}
	}
}

func TestRules_SayNothingAboutUnknownValues(t *testing.T) {
	for typ := range table {
		r := valid(typ)
		for property := range r.Inputs {
			r := valid(typ)
			r.Inputs[property] = Unknown{}
			world := landingZone()
			if typ == organizationType {
				world = nil
			}
			if got := append(Static(r), Against(r, world)...); len(got) > 0 {
				t.Errorf("%s: refused while %s is unknown: %v", typ, property, got)
			}
		}
	}
}

func TestRules_SayNothingAboutUnknownElements(t *testing.T) {
	for typ := range table {
		for property, value := range valid(typ).Inputs {
			if _, ok := value.([]any); !ok {
				continue
			}
			r := valid(typ)
			r.Inputs[property] = []any{Unknown{}}
			world := landingZone()
			if typ == organizationType {
				world = nil
			}
			if got := append(Static(r), Against(r, world)...); len(got) > 0 {
				t.Errorf("%s: refused while an element of %s is unknown: %v", typ, property, got)
			}
		}
	}
}

func TestRules_SayNothingAboutOtherTypes(t *testing.T) {
	r := Resource{Type: "aws:mq/broker:Broker", Inputs: object{"name": ""}, AccountID: management}
	if got := append(Static(r), Against(r, landingZone())...); len(got) > 0 {
		t.Errorf("refused: %v", got)
	}
	if Known(r.Type) || !Known(bucketType) {
		t.Error("Known() does not tell types with rules from those without")
	}
}

func TestRules_ReadPoliciesThatAreObjects(t *testing.T) {
	r := valid(roleType)
	r.Inputs["assumeRolePolicy"] = object{"Version": "2012-10-17"}
	if got := Static(r); len(got) != 1 {
		t.Errorf("Static() = %v, want the missing statement", got)
	}
	r.Inputs["assumeRolePolicy"] = object{"Version": Unknown{}}
	if got := Static(r); len(got) != 0 {
		t.Errorf("Static() = %v, want silence about a policy that is not known yet", got)
	}
}
