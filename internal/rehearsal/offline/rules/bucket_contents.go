package rules

import (
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal/offline/rules/policydoc"
)

const (
	objectLockType  = "aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2"
	replicationType = "aws:s3/bucketReplicationConfig:BucketReplicationConfig"
	loggingType     = "aws:s3/bucketLoggingV2:BucketLoggingV2"
	lifecycleType   = "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2"
	objectType      = "aws:s3/bucketObjectv2:BucketObjectv2"
)

var storageClasses = []any{
	"DEEP_ARCHIVE", "GLACIER", "GLACIER_IR", "INTELLIGENT_TIERING", "ONEZONE_IA", "STANDARD_IA",
}

var bucketContentRows = map[string]row{
	objectLockType: {
		static: []check{
			oneOf("objectLockEnabled", "Enabled"),
			oneOf("rule.defaultRetention.mode", "COMPLIANCE", "GOVERNANCE"),
			between("rule.defaultRetention.days", 1, 36500), between("rule.defaultRetention.years", 1, 100),
			retention,
		},
		against: []check{ofBucket, onlyOnePerBucket, bucketCanBeLocked},
	},
	replicationType: {
		static: []check{
			count("rules", 1, 1000), unique("rules[].id"), oneOf("rules[].status", "Enabled", "Disabled"),
			oneOf("rules[].sourceSelectionCriteria.sseKmsEncryptedObjects.status", "Enabled", "Disabled"),
			oneOf("rules[].deleteMarkerReplication.status", "Enabled", "Disabled"),
			pattern("rules[].destination.bucket", `arn:aws:s3:::.+`, "the ARN of a bucket"), replicationSchema,
		},
		against: []check{
			ofBucket, onlyOnePerBucket, refers("role", roles), assumable("role", "s3.amazonaws.com", "InvalidRequest"),
			refers("rules[].destination.bucket", buckets),
			refersKey("rules[].destination.encryptionConfiguration.replicaKmsKeyId"),
			bothVersioned,
		},
	},
	loggingType: {
		static:  []check{length("targetPrefix", 0, 800)},
		against: []check{ofBucket, onlyOnePerBucket, refers("targetBucket", buckets), logTarget},
	},
	lifecycleType: {
		static: []check{
			count("rules", 1, 1000), unique("rules[].id"), length("rules[].id", 1, 255),
			oneOf("rules[].status", "Enabled", "Disabled"),
			oneOf("rules[].transitions[].storageClass", storageClasses...),
			oneOf("rules[].noncurrentVersionTransitions[].storageClass", storageClasses...),
			lifecycleDays,
		},
		against: []check{ofBucket, onlyOnePerBucket},
	},
	objectType: {
		static: []check{
			length("key", 1, 1024), atMostOne("source", "content", "contentBase64"), oneOf("objectLockLegalHoldStatus", "ON", "OFF"),
			oneOf("objectLockMode", "COMPLIANCE", "GOVERNANCE"), together("objectLockMode", "objectLockRetainUntilDate"),
		},
		against: []check{ofBucket, refersKey("kmsKeyId")},
	},
}

func retention(s *scope) {
	if s.presence("rule.defaultRetention") != present {
		return
	}
	exactlyOne("rule.defaultRetention.days", "rule.defaultRetention.years")(s)
	needs("rule.defaultRetention.mode", "choose COMPLIANCE or GOVERNANCE")(s)
}

// versioned reports whether a bucket keeps versions. Object Lock at creation
// switches versioning on.
func (s *scope) versioned(bucket Resource) bool {
	name := bucket.text("bucket")
	if r, ok := s.configuration(versioningType, name); ok {
		return r.text("versioningConfiguration.status") == "Enabled" || r.presence("versioningConfiguration.status") == unknown
	}
	for _, inline := range bucket.objects("versionings[]") {
		if inline.flag("enabled") {
			return true
		}
	}
	return bucket.flag("objectLockEnabled")
}

func bucketCanBeLocked(s *scope) {
	bucket, ok := s.find(s.text("bucket"), buckets)
	if !ok {
		return
	}
	if !bucket.flag("objectLockEnabled") && bucket.presence("objectLockEnabled") != unknown {
		s.fail("bucket", "InvalidBucketState", "Object Lock is not enabled on bucket %q; set objectLockEnabled on the bucket, "+
			"which is possible at its creation only", bucket.text("bucket"))
		return
	}
	if !s.versioned(bucket) {
		s.fail("bucket", "InvalidBucketState", "versioning must be 'Enabled' on bucket %q to apply an Object Lock "+
			"configuration; enable its versioning first", bucket.text("bucket"))
	}
}

// replicationSchema checks what S3 asks of a rule that has a filter.
func replicationSchema(s *scope) {
	for at, rule := range s.objects("rules[]") {
		if rule.presence("filter") == present && rule.presence("deleteMarkerReplication") == absent {
			s.fail(at+".deleteMarkerReplication", "InvalidRequest", "a rule with a filter must say what happens to delete "+
				"markers; add deleteMarkerReplication")
		}
		if rule.presence("filter") == present && rule.presence("prefix") == present {
			s.fail(at+".prefix", "InvalidRequest", "filter and prefix exclude each other; put the prefix into the filter")
		}
		if rule.text("sourceSelectionCriteria.sseKmsEncryptedObjects.status") == "Enabled" &&
			rule.presence("destination.encryptionConfiguration.replicaKmsKeyId") == absent {
			s.fail(at+".destination.encryptionConfiguration", "InvalidRequest", "replicating objects encrypted with KMS needs a "+
				"key at the destination; set replicaKmsKeyId")
		}
	}
}

func bothVersioned(s *scope) {
	source, ok := s.find(s.text("bucket"), buckets)
	if ok && !s.versioned(source) {
		s.fail("bucket", "InvalidRequest", "versioning must be 'Enabled' on the bucket to apply a replication configuration; "+
			"enable it on %q and let this depend on it", source.text("bucket"))
	}
	for at, ref := range s.texts("rules[].destination.bucket") {
		destination, ok := s.find(ref, buckets)
		if !ok {
			continue
		}
		if !s.versioned(destination) {
			s.fail(at, "InvalidRequest", "the destination bucket must have versioning enabled; enable it on %q and let this "+
				"depend on it", destination.text("bucket"))
		}
		if destination.text("bucket") == source.text("bucket") {
			s.fail(at, "InvalidRequest", "the destination is the source bucket itself; choose another bucket")
		}
	}
}

func logTarget(s *scope) {
	bucket, found := s.find(s.text("bucket"), buckets)
	sink, ok := s.find(s.text("targetBucket"), buckets)
	if !ok {
		return
	}
	if sink.flag("objectLockEnabled") {
		s.fail("targetBucket", "InvalidTargetBucketForLogging", "a bucket with Object Lock cannot receive server access "+
			"logs; log to a bucket without it")
	}
	if found && (bucket.AccountID != sink.AccountID || bucket.Region != sink.Region) {
		s.fail("targetBucket", "InvalidTargetBucketForLogging", "the target bucket must belong to the same account and region "+
			"as the bucket to be logged; make one beside it")
	}
}

func lifecycleDays(s *scope) {
	infrequent := map[string]bool{"STANDARD_IA": true, "ONEZONE_IA": true}
	for within, rule := range s.objects("rules[]") {
		expires, limited := rule.number("expiration.days")
		for at, move := range rule.objects("transitions[]") {
			at = within + "." + at
			days, ok := move.number("days")
			class := move.text("storageClass")
			if ok && infrequent[class] && days < 30 {
				s.reject(at+".days", "'Days' in Transition action must be greater than or equal to 30 for storageClass %s", class)
			}
			if ok && limited && days >= expires {
				s.reject(at+".days", "objects would move to %s after %v days but expire after %v; let them expire later", class,
					days, expires)
			}
		}
	}
}

// letsService reports whether the policy of a bucket, which may be nil,
// lets a service do something to a resource of it.
func letsService(doc *policydoc.Document, service, action, resource string, context map[string]string) bool {
	return doc != nil && doc.Allows(policydoc.Request{Service: service, Action: action, Resource: resource, Context: context})
}
