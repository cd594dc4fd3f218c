package rules

import (
	"strings"
	"testing"
)

func TestBuckets_Refuse(t *testing.T) {
	public := `{"Version":"2012-10-17","Statement":[{"Sid":"All","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::landing/*"}]}`
	rule := func(changes ...func(*Resource)) func(*Resource) {
		return set("rules", []any{replicationRule(changes...)})
	}
	move := func(days float64, class string) func(*Resource) {
		return set("rules", []any{object{"id": "a", "status": "Enabled", "expiration": object{"days": 100.0},
			"transitions": []any{object{"days": days, "storageClass": class}}}})
	}
	encryption := func(algorithm string, key any) func(*Resource) {
		return set("rules", []any{object{"applyServerSideEncryptionByDefault": object{"sseAlgorithm": algorithm, "kmsMasterKeyId": key}}})
	}
	refuses(t, map[string]refusal{
		"a name of two characters": {bucketType, set("bucket", "ab"), nil,
			`bucket | InvalidBucketName: "ab" is not a valid bucket name: it must have 3 to 63 characters`},
		"a name of 64 characters": {bucketType, set("bucket", strings.Repeat("a", 64)), nil,
			`bucket | InvalidBucketName: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" is not a valid bucket name: it must have 3 to 63 characters`},
		"a name in capitals": {bucketType, set("bucket", "Evidence"), nil,
			`bucket | InvalidBucketName: "Evidence" is not a valid bucket name: use a-z, 0-9, hyphen and dot, with a letter or digit at both ends`},
		"a name that ends in a hyphen": {bucketType, set("bucket", "evidence-"), nil,
			`bucket | InvalidBucketName: "evidence-" is not a valid bucket name: use a-z, 0-9, hyphen and dot, with a letter or digit at both ends`},
		"a name with two dots": {bucketType, set("bucket", "a..b"), nil,
			`bucket | InvalidBucketName: "a..b" is not a valid bucket name: two dots may not stand side by side`},
		"a name like an address": {bucketType, set("bucket", "192.0.2.1"), nil,
			`bucket | InvalidBucketName: "192.0.2.1" is not a valid bucket name: it must not look like an IP address`},
		"a name with AWS's prefix": {bucketType, set("bucket", "xn--evidence"), nil,
			`bucket | InvalidBucketName: "xn--evidence" is not a valid bucket name: AWS reserves the prefix xn--`},
		"a name with AWS's suffix": {bucketType, set("bucket", "evidence-s3alias"), nil,
			`bucket | InvalidBucketName: "evidence-s3alias" is not a valid bucket name: AWS reserves the suffix -s3alias`},
		"a name that is taken, even elsewhere": {bucketType, both(set("bucket", "records"), in(management, away)), nil,
			`bucket | BucketAlreadyExists: the name "records" is taken: bucket names are unique in all of AWS; choose another`},
		"a name and a prefix": {bucketType, set("bucketPrefix", "e"), nil,
			"bucketPrefix | InvalidArgument: bucket and bucketPrefix exclude each other; keep one"},
		"a malformed policy": {bucketPolicyType, set("policy", "{"), nil,
			"policy | MalformedPolicy: the policy is not valid JSON: the text ends too early"},
		"a policy of 21 KB": {bucketPolicyType, set("policy", strings.Repeat(" ", 21000)+strings.ReplaceAll(public, "Allow", "Deny")), nil,
			"policy | MalformedPolicy: the bucket policy is 21144 characters long, the limit is 20480; shorten it or split it"},
		"a policy of no bucket": {bucketPolicyType, both(set("bucket", "nowhere"), set("policy", strings.ReplaceAll(public, "landing", "nowhere"))), nil,
			`bucket | NoSuchBucket: the bucket "nowhere" does not exist; create it first and pass its output, so that it is created before this`},
		"a policy about another bucket": {bucketPolicyType, set("policy", strings.ReplaceAll(public, "landing", "records")), nil,
			`policy | MalformedPolicy: policy has invalid resource "arn:aws:s3:::records/*": it lies outside the bucket "landing"; name only the bucket and its objects`},
		"a second policy": {bucketPolicyType, nil, has(bucketPolicyType),
			`bucket | OperationAborted: bucket "landing" has such a configuration from another resource, and each would overwrite the other; keep one`},
		"a public policy where that is blocked": {bucketPolicyType, set("policy", public), has(publicAccessType, set("bucket", "landing")),
			"policy | AccessDenied: the policy is public and public policies are blocked by the BlockPublicPolicy setting: Statement[0] allows everybody; add a condition such as aws:PrincipalOrgID"},
		"an unknown versioning": {versioningType, set("versioningConfiguration.status", "On"), lacks("x"),
			"versioningConfiguration.status | InvalidArgument: versioningConfiguration.status is On; it must be one of Enabled, Suspended, Disabled"},
		"a suspended version under lock": {versioningType, set("versioningConfiguration.status", "Suspended"), nil,
			"versioningConfiguration.status | InvalidBucketState: an Object Lock configuration is present on this bucket, so the versioning state cannot be changed; set it to Enabled"},
		"versions of no bucket": {versioningType, set("bucket", "nowhere"), nil,
			`bucket | NoSuchBucket: the bucket "nowhere" does not exist; create it first and pass its output, so that it is created before this`},
		"an unknown algorithm": {encryptionType, encryption("aes", nil), nil,
			"rules[0].applyServerSideEncryptionByDefault.sseAlgorithm | InvalidArgument: rules[0].applyServerSideEncryptionByDefault.sseAlgorithm is aes; it must be one of AES256, aws:kms, aws:kms:dsse"},
		"a key with AES256": {encryptionType, encryption("AES256", keyARN), nil,
			"rules[0].applyServerSideEncryptionByDefault.kmsMasterKeyId | InvalidArgument: a KMS key has no place with AES256; set sseAlgorithm to aws:kms"},
		"a key that does not exist": {encryptionType, encryption("aws:kms", "arn:aws:kms:eu-test-1:222222222222:key/99999999"), nil,
			`rules[0].applyServerSideEncryptionByDefault.kmsMasterKeyId | NotFoundException: the key "arn:aws:kms:eu-test-1:222222222222:key/99999999" does not exist; create it first and pass its output, so that it is created before this`},
		"an alias that does not exist": {encryptionType, encryption("aws:kms", "alias/nothing"), nil,
			`rules[0].applyServerSideEncryptionByDefault.kmsMasterKeyId | NotFoundException: the key alias "alias/nothing" does not exist; create it first and pass its output, so that it is created before this`},
		"an unknown ownership": {ownershipType, set("rule.objectOwnership", "Me"), nil,
			"rule.objectOwnership | InvalidArgument: rule.objectOwnership is Me; it must be one of BucketOwnerEnforced, BucketOwnerPreferred, ObjectWriter"},
		"an unknown lock mode": {objectLockType, set("rule.defaultRetention.mode", "STRICT"), nil,
			"rule.defaultRetention.mode | InvalidArgument: rule.defaultRetention.mode is STRICT; it must be one of COMPLIANCE, GOVERNANCE"},
		"a lock without mode": {objectLockType, set("rule.defaultRetention.mode", nil), nil,
			"rule.defaultRetention.mode | InvalidArgument: rule.defaultRetention.mode is missing; choose COMPLIANCE or GOVERNANCE"},
		"days and years": {objectLockType, set("rule.defaultRetention.days", 1.0), nil,
			"rule.defaultRetention.years | InvalidArgument: rule.defaultRetention.days and rule.defaultRetention.years exclude each other; keep one"},
		"neither days nor years": {objectLockType, set("rule.defaultRetention.years", nil), nil,
			"rule.defaultRetention.days | InvalidArgument: none of rule.defaultRetention.days, rule.defaultRetention.years is set; set one"},
		"no year at all": {objectLockType, set("rule.defaultRetention.years", 0.0), nil,
			"rule.defaultRetention.years | InvalidArgument: rule.defaultRetention.years is 0; it must be 1 to 100"},
		"a lock on a bucket without": {objectLockType, set("bucket", "landing"), nil,
			`bucket | InvalidBucketState: Object Lock is not enabled on bucket "landing"; set objectLockEnabled on the bucket, which is possible at its creation only`},
		"a lock on a bucket with suspended versions": {objectLockType, nil, has(versioningType, set("versioningConfiguration.status", "Suspended")),
			`bucket | InvalidBucketState: versioning must be 'Enabled' on bucket "records" to apply an Object Lock configuration; enable its versioning first`},
		"replication from a bucket without versions": {replicationType, set("bucket", "landing"), nil,
			`bucket | InvalidRequest: versioning must be 'Enabled' on the bucket to apply a replication configuration; enable it on "landing" and let this depend on it`},
		"replication to a bucket without versions": {replicationType, rule(set("destination.bucket", "arn:aws:s3:::landing")), nil,
			`rules[0].destination.bucket | InvalidRequest: the destination bucket must have versioning enabled; enable it on "landing" and let this depend on it`},
		"replication to nothing": {replicationType, rule(set("destination.bucket", "arn:aws:s3:::nowhere")), nil,
			`rules[0].destination.bucket | NoSuchBucket: the bucket "arn:aws:s3:::nowhere" does not exist; create it first and pass its output, so that it is created before this`},
		"replication to a name": {replicationType, rule(set("destination.bucket", "replica")), nil,
			`rules[0].destination.bucket | InvalidArgument: rules[0].destination.bucket is "replica"; it must be the ARN of a bucket`},
		"replication to itself": {replicationType, rule(set("destination.bucket", "arn:aws:s3:::records")), nil,
			"rules[0].destination.bucket | InvalidRequest: the destination is the source bucket itself; choose another bucket"},
		"replication by a role that does not exist": {replicationType, set("role", "arn:aws:iam::222222222222:role/nobody"), nil,
			`role | NoSuchEntity: the role "arn:aws:iam::222222222222:role/nobody" does not exist; create it first and pass its output, so that it is created before this`},
		"replication by a role that S3 may not use": {replicationType, nil, where(roleType, "replicator", set("assumeRolePolicy", strings.ReplaceAll(trustDocument, "s3.", "ec2."))),
			"role | InvalidRequest: access denied, the trust policy of role replicator does not let s3.amazonaws.com assume it; add the service as a principal"},
		"a filter without delete markers": {replicationType, rule(set("deleteMarkerReplication", nil)), nil,
			"rules[0].deleteMarkerReplication | InvalidRequest: a rule with a filter must say what happens to delete markers; add deleteMarkerReplication"},
		"a filter and a prefix": {replicationType, rule(set("prefix", "a")), nil,
			"rules[0].prefix | InvalidRequest: filter and prefix exclude each other; put the prefix into the filter"},
		"encrypted objects without a key": {replicationType, rule(set("destination.encryptionConfiguration", nil)), nil,
			"rules[0].destination.encryptionConfiguration | InvalidRequest: replicating objects encrypted with KMS needs a key at the destination; set replicaKmsKeyId"},
		"two rules of one id": {replicationType, set("rules", []any{replicationRule(), replicationRule()}), nil,
			`rules[1].id | InvalidArgument: rules[1].id is "all", which another element has too; make it unique`},
		"no rule": {replicationType, set("rules", []any{}), nil,
			"rules | InvalidArgument: rules has 0 elements; it must have 1 to 1000"},
		"logs to nothing": {loggingType, set("targetBucket", "nowhere"), nil,
			`targetBucket | NoSuchBucket: the bucket "nowhere" does not exist; create it first and pass its output, so that it is created before this`},
		"logs to a locked bucket": {loggingType, set("targetBucket", "records"), nil,
			"targetBucket | InvalidTargetBucketForLogging: a bucket with Object Lock cannot receive server access logs; log to a bucket without it"},
		"logs to another region": {loggingType, set("targetBucket", "replica"), nil,
			"targetBucket | InvalidTargetBucketForLogging: the target bucket must belong to the same account and region as the bucket to be logged; make one beside it"},
		"an unknown storage class": {lifecycleType, move(90, "COLD"), nil,
			"rules[0].transitions[0].storageClass | InvalidArgument: rules[0].transitions[0].storageClass is COLD; it must be one of DEEP_ARCHIVE, GLACIER, GLACIER_IR, INTELLIGENT_TIERING, ONEZONE_IA, STANDARD_IA"},
		"an early move to infrequent access": {lifecycleType, move(29, "STANDARD_IA"), nil,
			"rules[0].transitions[0].days | InvalidArgument: 'Days' in Transition action must be greater than or equal to 30 for storageClass STANDARD_IA"},
		"a move after the end": {lifecycleType, move(100, "GLACIER"), nil,
			"rules[0].transitions[0].days | InvalidArgument: objects would move to GLACIER after 100 days but expire after 100; let them expire later"},
		"an unknown status of a rule": {lifecycleType, set("rules", []any{object{"id": "a", "status": "on"}}), nil,
			"rules[0].status | InvalidArgument: rules[0].status is on; it must be one of Enabled, Disabled"},
		"an object without a key": {objectType, set("key", ""), nil,
			"key | InvalidArgument: key is 0 characters long; it must have 1 to 1024"},
		"an object with two contents": {objectType, set("contentBase64", "aGVsbG8="), nil,
			"contentBase64 | InvalidArgument: content and contentBase64 exclude each other; keep one"},
		"an object in no bucket": {objectType, set("bucket", "nowhere"), nil,
			`bucket | NoSuchBucket: the bucket "nowhere" does not exist; create it first and pass its output, so that it is created before this`},
	})
}

func TestBuckets_AcceptPoliciesForEverybodyOnCondition(t *testing.T) {
	r := valid(bucketPolicyType)
	r.Inputs["policy"] = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject",
		"Resource":"arn:aws:s3:::landing/*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-exampleorg1"}}}]}`
	world := has(publicAccessType, set("bucket", "landing"))(landingZone())
	if got := append(Static(r), Against(r, world)...); len(got) > 0 {
		t.Errorf("refused: %v", got)
	}
}

func TestBuckets_LeaveControlTowersAlone(t *testing.T) {
	r := valid(publicAccessType)
	r.Inputs["bucket"] = "aws-controltower-logs-111122223333-eu-test-1"
	if got := Against(r, landingZone()); len(got) > 0 {
		t.Errorf("refused: %v", got)
	}
}

func TestBuckets_SeeVersioningWhereverItIsSet(t *testing.T) {
	r := valid(replicationType)
	r.Inputs["bucket"] = "landing"
	world := where(bucketType, "landing", set("versionings", []any{object{"enabled": true}}))(landingZone())
	if got := Against(r, world); len(got) > 0 {
		t.Errorf("refused: %v", got)
	}
}
