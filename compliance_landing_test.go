package main

import "github.com/gxp-landing-zone/gxp-landing-zone/internal/mutation"

func init() { sabotages = append(sabotages, landingSabotages...) }

const lifecycleType = "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2"

var (
	networkLanding = mutation.Named(bucketType, "network-logs-eu-central-1")
	networkPolicy  = mutation.Named(bucketPolicyType, "network-logs-eu-central-1")
	networkCopies  = mutation.Named(replicationType, "network-logs-eu-central-1")
	configCopies   = mutation.Named(replicationType, "landing")
)

var landingSabotages = []sabotage{
	{"GXP-LND-001", "a locked bucket, which nothing is delivered into", networkLanding, mutation.Set("objectLockEnabled", true), nil},
	{"GXP-LND-001", "network logs under a key of AWS", mutation.Named(encryptionType, "network-logs-eu-central-1"),
		mutation.Set("rules[0].applyServerSideEncryptionByDefault.kmsMasterKeyId", "alias/aws/s3"), nil},
	{"GXP-LND-001", "earlier versions that are lost", mutation.Named("aws:s3/bucketVersioningV2:BucketVersioningV2", "network-logs-eu-west-1"),
		mutation.Set("versioningConfiguration.status", "Suspended"), nil},
	{"GXP-LND-001", "strangers among the readers", networkPolicy, mutation.EditStatement("policy", "AuditorsRead", unconditional), nil},
	{"GXP-LND-001", "a landing bucket open to strangers", networkPolicy, mutation.WithoutStatement("policy", "RequireOrganization"), nil},
	{"GXP-LND-002", "logs of strangers", networkPolicy, mutation.EditStatement("policy", "AWSLogDeliveryWrite", unconditional), nil},
	{"GXP-LND-002", "a service that delivers nothing", networkPolicy, mutation.EditStatement("policy", "AWSLogDeliveryWrite",
		func(s mutation.Statement) { s["Principal"] = map[string]any{"Service": "ec2.amazonaws.com"} }), nil},
	{"GXP-LND-002", "logs that are written anywhere", networkPolicy, mutation.EditStatement("policy", "AWSLogDeliveryWrite",
		func(s mutation.Statement) { s["Resource"] = "arn:aws:s3:::meridian-gxp-network-logs-eu-central-1/*" }), nil},
	{"GXP-LND-002", "auditors that delete", networkPolicy, mutation.EditStatement("policy", "AuditorsRead",
		func(s mutation.Statement) {
			s["Action"] = "s3:*Object*"
			delete(s["Condition"].(map[string]any), "ArnLike")
		}), nil},
	{"GXP-LND-003", "network logs that stay where they landed", networkCopies, nil, networkLanding},
	{"GXP-LND-003", "a history of configuration that stays where it landed", configCopies, nil, landing},
	{"GXP-LND-003", "a second copy that is off", networkCopies, mutation.Set("rules[1].status", "Disabled"), nil},
	{"GXP-LND-003", "copies under no key of the archive", networkCopies, mutation.Remove("rules[0].destination.encryptionConfiguration"), nil},
	{"GXP-LND-003", "copies of some accounts", configCopies, mutation.Set("rules[0].filter.prefix", "AWSLogs/1"), nil},
	{"GXP-LND-003", "copying that nobody measures", networkCopies, mutation.Remove("rules[0].destination.metrics"), nil},
	{"GXP-LND-003", "copies in a bucket without a lock", networkCopies,
		mutation.Set("rules[0].destination.bucket", "arn:aws:s3:::meridian-gxp-access-logs-eu-central-1"), mutation.Named(bucketType, "archive-access-logs")},
	{"GXP-LND-003", "both copies in one region", configCopies,
		mutation.Set("rules[1].destination.bucket", "arn:aws:s3:::meridian-gxp-archive-eu-central-1"), nil},
	{"GXP-LND-004", "an expiry that spreads", networkCopies, mutation.Set("rules[1].deleteMarkerReplication.status", "Enabled"), nil},
	{"GXP-LND-005", "network logs that expire without a copy", networkCopies, nil, mutation.Named(lifecycleType, "network-logs-eu-central-1")},
	{"GXP-LND-005", "records that expire in the archive", mutation.Named(lifecycleType, "archive"),
		mutation.Set("rules[0].expiration", map[string]any{"days": 90.0}), nil},

	{"GXP-LND-002", "logs of another organization", networkPolicy, mutation.EditStatement("policy", "AWSLogDeliveryWrite",
		func(s mutation.Statement) {
			s["Condition"] = map[string]any{"StringEquals": map[string]any{"aws:SourceOrgID": "o-stranger00"}}
		}), nil},
	{"GXP-LND-002", "logs of another account", networkPolicy, mutation.EditStatement("policy", "AWSLogDeliveryWrite",
		func(s mutation.Statement) {
			s["Condition"] = map[string]any{"StringEquals": map[string]any{"aws:SourceAccount": "999999999999"}}
		}), nil},
	{"GXP-LND-002", "roles of any name", mutation.Named(bucketPolicyType, "landing"), mutation.EditStatement("policy", "RecordersDeliver",
		func(s mutation.Statement) {
			s["Condition"].(map[string]any)["ArnLike"] = map[string]any{"aws:PrincipalArn": "arn:aws:iam::*:role/*"}
		}), nil},
	{"GXP-LND-002", "an account that opens the bucket", networkPolicy, mutation.AddStatement("policy", mutation.Statement{
		"Sid": "Opens", "Effect": "Allow", "Principal": map[string]any{"AWS": "arn:aws:iam::468112419662:root"},
		"Action": []string{"s3:DeleteBucketPolicy", "s3:PutBucketVersioning"}, "Resource": "*",
	}), nil},
	{"GXP-LND-003", "a rule of the old kind", networkCopies, mutation.Set("rules[0].prefix", "nothing/"), nil},
	{"GXP-LND-003", "a rule without filter", networkCopies, mutation.Remove("rules[0].filter"), nil},
	{"GXP-LND-003", "copies by a stranger", networkCopies, mutation.Set("role", "arn:aws:iam::999999999999:role/x"), nil},
	{"GXP-LND-005", "records that expire by the bucket itself", archive,
		mutation.Set("lifecycleRules", []any{map[string]any{"enabled": true, "expiration": map[string]any{"days": 1.0}}}), nil},
}
