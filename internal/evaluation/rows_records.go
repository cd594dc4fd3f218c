package evaluation

import "slices"

// recordRows are about stopping the recording and destroying what it recorded.
func recordRows() []row {
	const trail = "arn:aws:cloudtrail:{region}:{account}:trail/{prefix}-organization-trail"
	const recorder = "arn:aws:config:{region}:{account}:configuration-recorder/default/0123456789abcdef"
	recording := []attack{
		{id: "trail-stop", proves: "GXP-SCP-010", action: "cloudtrail:StopLogging", on: trail},
		{id: "trail-delete", proves: "GXP-SCP-010", action: "cloudtrail:DeleteTrail", on: trail},
		{id: "trail-redirect", proves: "GXP-SCP-010", action: "cloudtrail:UpdateTrail", on: trail},
		{id: "trail-narrow", proves: "GXP-SCP-010", action: "cloudtrail:PutEventSelectors", on: trail},
		{id: "flow-logs-delete", proves: "GXP-SCP-013", action: "ec2:DeleteFlowLogs", on: "arn:aws:ec2:{region}:{account}:vpc-flow-log/fl-0123"},
	}
	config := []attack{
		{id: "recorder-stop", proves: "GXP-SCP-020", action: "config:StopConfigurationRecorder", on: recorder},
		{id: "recorder-delete", proves: "GXP-SCP-020", action: "config:DeleteConfigurationRecorder", on: recorder},
		{id: "recorder-narrow", proves: "GXP-SCP-020", action: "config:PutConfigurationRecorder", on: recorder},
		{id: "delivery-channel-delete", proves: "GXP-SCP-020", action: "config:DeleteDeliveryChannel"},
		{id: "config-retention-shorten", proves: "GXP-SCP-020", action: "config:PutRetentionConfiguration"},
		{id: "config-rule-delete", proves: "GXP-SCP-021", action: "config:DeleteConfigRule", on: "arn:aws:config:{region}:{account}:config-rule/config-rule-0123"},
		{id: "aggregator-delete", proves: "GXP-SCP-021", action: "config:DeleteConfigurationAggregator", on: "arn:aws:config:{region}:{account}:config-aggregator/aggregator-0123"},
		{id: "evaluations-delete", proves: "GXP-SCP-021", action: "config:DeleteEvaluationResults", on: "arn:aws:config:{region}:{account}:config-rule/config-rule-0123"},
		{id: "pack-delete", proves: "GXP-SCP-021", action: "config:DeleteConformancePack", on: "arn:aws:config:{region}:{account}:conformance-pack/gxp/conformance-pack-0123"},
	}
	return slices.Concat(
		denied(recording[:4], everyPlace...), denied(recording[4:], append(slices.Clone(workloadPlaces), "log-archive")...),
		deniedToPeople(recording[4:], "network"),
		deniedToPeople(config, everyPlace...), bucketRows())
}

// bucketRows are about the buckets that hold records. The account that tries is
// the one that holds them, or any other.
func bucketRows() []row {
	var destroys, weakens, releases []attack
	for _, b := range []string{"archive", "evidence", "access-logs", "config", "network-logs", "service-logs", "balancer-logs"} {
		bucket := "arn:aws:s3:::{prefix}-" + b + "-{region}"
		object := bucket + "/AWSLogs/file"
		of := func(id, proves, action, on string) attack {
			return attack{id: b + "-" + id, proves: proves, action: action, on: on}
		}
		destroys = append(destroys,
			of("delete-object", "GXP-SCP-011", "s3:DeleteObject", object),
			of("delete-version", "GXP-SCP-011", "s3:DeleteObjectVersion", object),
			of("delete-bucket", "GXP-SCP-011", "s3:DeleteBucket", bucket),
			of("delete-policy", "GXP-SCP-011", "s3:DeleteBucketPolicy", bucket),
			of("bypass-lock", "GXP-SCP-011", "s3:BypassGovernanceRetention", object),
			of("shorten-retention", "GXP-SCP-011", "s3:PutObjectRetention", object),
		)
		releases = append(releases, of("lift-legal-hold", "GXP-SCP-126", "s3:PutObjectLegalHold", object))
		weakens = append(weakens,
			of("replace-policy", "GXP-SCP-012", "s3:PutBucketPolicy", bucket),
			of("expire", "GXP-SCP-012", "s3:PutLifecycleConfiguration", bucket),
			of("unversion", "GXP-SCP-012", "s3:PutBucketVersioning", bucket),
			of("unlock", "GXP-SCP-012", "s3:PutBucketObjectLockConfiguration", bucket),
			of("open", "GXP-SCP-012", "s3:PutBucketPublicAccessBlock", bucket),
			of("acl", "GXP-SCP-012", "s3:PutBucketAcl", bucket),
			of("ownership", "GXP-SCP-012", "s3:PutBucketOwnershipControls", bucket),
			of("decrypt", "GXP-SCP-012", "s3:PutEncryptionConfiguration", bucket),
			of("redirect-copies", "GXP-SCP-012", "s3:PutReplicationConfiguration", bucket),
			of("unlog", "GXP-SCP-012", "s3:PutBucketLogging", bucket),
		)
	}
	// Objects are the same to all buckets: one of each in every place will do.
	// Where the records manager is, a statement of its own is about holds.
	elsewhere := releases[0]
	elsewhere.proves = "GXP-SCP-011"
	return slices.Concat(
		denied(slices.Concat(destroys, releases), "log-archive"), deniedToPeople(weakens, "log-archive"),
		denied(slices.Concat(destroys[:6], []attack{elsewhere}, weakens[:10]), "Workloads/GxP-Prod", "Workloads/Sensitive", "Sandbox", "PolicyStaging", "network"))
}
