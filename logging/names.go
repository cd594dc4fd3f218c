package logging

import "fmt"

// The names below are known before anything exists, because policies in other
// accounts, and the trail and its bucket of each other, need them. They are
// identities: changing one abandons records.

// TrailName is the name of the organization trail.
func TrailName(prefix string) string { return prefix + "-organization-trail" }

// TrailLogGroup is the name of the searchable log group of the trail.
func TrailLogGroup(prefix string) string { return "/gxp/" + TrailName(prefix) }

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

// LandingLogsBucket is the name of the bucket of access logs of the landings of a
// region that has no archive.
func LandingLogsBucket(prefix, region string) string { return prefix + "-landing-logs-" + region }

// LandingBucket is the name of the bucket, in a region, that Config delivers to.
func LandingBucket(prefix, region string) string { return prefix + "-config-" + region }

// NetworkLandingBucket is the name of the bucket, in a region, that the network
// delivers its logs to.
func NetworkLandingBucket(prefix, region string) string { return prefix + "-network-logs-" + region }

// ServiceLandingBucket is the name of the bucket, in a region, that log groups,
// findings and inventories are delivered to.
func ServiceLandingBucket(prefix, region string) string {
	return ServiceLandingPrefix(prefix) + "-" + region
}

// ServiceLandingPrefix begins the names of the buckets of [ServiceLandingBucket].
func ServiceLandingPrefix(prefix string) string { return prefix + "-service-logs" }

// BalancerLandingBucket is the name of the bucket, in a region, that load
// balancers deliver their access logs to.
func BalancerLandingBucket(prefix, region string) string { return prefix + "-balancer-logs-" + region }

// The roles that write into landing buckets. The policies of the buckets name
// them.
const (
	findingsRole = "gxp-findings-delivery"
	streamRoles  = "gxp-log-delivery-"
)

// StreamRole is the name of the role that the log groups of a region are
// delivered under.
func StreamRole(region string) string { return streamRoles + region }

// LogDestination is the name of what log groups of every account send to.
const LogDestination = "gxp-log-events"

// LogDestinationARN is the ARN of the destination of a region, in the log
// archive account.
func LogDestinationARN(region, archiveAccountID string) string {
	return "arn:aws:logs:" + region + ":" + archiveAccountID + ":destination:" + LogDestination
}

// CollectionRole is the name of the role that S3 copies the records of a
// region's landing buckets under. The keys at both ends name it.
func CollectionRole(region string) string { return collectionRoles + region }

const collectionRoles = "gxp-landing-replication-"

// auditReaders matches the roles in the audit account that audit queries run
// under.
func auditReaders(auditAccountID string) string {
	return "arn:aws:iam::" + auditAccountID + ":role/gxp-audit-query*"
}
