package logging

import "fmt"

// The names below are known before anything exists, because policies in other
// accounts, and the trail and its bucket of each other, need them. They are
// identities: changing one abandons records.

// TrailName is the name of the organization trail.
func TrailName(prefix string) string { return prefix + "-organization-trail" }

// TrailARN is the ARN of the organization trail. It is computed, because the
// trail needs the policies of its bucket and key and these need its ARN.
func TrailARN(prefix, homeRegion, managementAccountID string) string {
	return fmt.Sprintf("arn:aws:cloudtrail:%s:%s:trail/%s", homeRegion, managementAccountID, TrailName(prefix))
}

// RecordsBucket is the name of the locked bucket of audit records in a region.
func RecordsBucket(prefix, region string) string { return prefix + "-archive-" + region }

// EvidenceBucket is the name of the locked bucket of qualification evidence in
// a region.
func EvidenceBucket(prefix, region string) string { return prefix + "-evidence-" + region }

// AccessLogsBucket is the name of the bucket of access logs in a region.
func AccessLogsBucket(prefix, region string) string { return prefix + "-access-logs-" + region }

// LandingBucket is the name of the bucket, in a region, that Config delivers to.
func LandingBucket(prefix, region string) string { return prefix + "-config-" + region }

// NetworkLandingBucket is the name of the bucket, in a region, that the network
// delivers its logs to.
func NetworkLandingBucket(prefix, region string) string { return prefix + "-network-logs-" + region }

// CollectionRole is the name of the role that S3 copies the records of a
// region's landing buckets under. The keys at both ends name it.
func CollectionRole(region string) string { return collectionRoles + region }

const collectionRoles = "gxp-landing-replication-"

// auditReaders matches the roles in the audit account that audit queries run
// under.
func auditReaders(auditAccountID string) string {
	return "arn:aws:iam::" + auditAccountID + ":role/gxp-audit-query*"
}
