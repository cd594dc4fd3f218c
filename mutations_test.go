package main

import (
	"slices"
	"testing"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/mutation"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

// sabotage is one way to break the production stack, and the control that must
// notice.
type sabotage struct {
	control string

	// what is broken, in words.
	what string

	// where is the resource that is broken by mutate, or dropped without one.
	where  mutation.Where
	mutate mutation.Mutation

	// names is the resource that the finding must be about. Default: where.
	names mutation.Where
}

const (
	bucketType       = "aws:s3/bucketV2:BucketV2"
	bucketPolicyType = "aws:s3/bucketPolicy:BucketPolicy"
	lockType         = "aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2"
	encryptionType   = "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2"
	replicationType  = "aws:s3/bucketReplicationConfig:BucketReplicationConfig"
	accountType      = "aws:organizations/account:Account"
	organizationType = "aws:organizations/organization:Organization"
	keyType          = "aws:kms/key:Key"
	providerType     = "pulumi:providers:aws"
)

var (
	trail    = mutation.Named("aws:cloudtrail/trail:Trail", "trail")
	filter   = mutation.Named("aws:cloudwatch/logMetricFilter:LogMetricFilter", "alarms-root-use")
	alarm    = mutation.Named("aws:cloudwatch/metricAlarm:MetricAlarm", "alarms-root-use")
	topic    = mutation.Named("aws:sns/topic:Topic", "notifications-management")
	product  = mutation.Named("aws:servicecatalog/product:Product", "catalog-encrypted-data-bucket")
	template = mutation.Named("aws:s3/bucketObjectv2:BucketObjectv2", "catalog-encrypted-data-bucket")
	archive  = mutation.Named(bucketType, "archive")
	account  = mutation.Named(accountType, "organization-mes-prod")
)

// unconditional takes the conditions of a statement away.
func unconditional(s mutation.Statement) { delete(s, "Condition") }

var sabotages = []sabotage{
	{"GXP-ORG-001", "consolidated billing only", mutation.OfType(organizationType),
		mutation.Set("featureSet", "CONSOLIDATED_BILLING"), nil},
	{"GXP-ORG-002", "no trusted access", mutation.OfType(organizationType), mutation.Remove("awsServiceAccessPrincipals"), nil},
	{"GXP-ORG-003", "no policy types", mutation.OfType(organizationType), mutation.Set("enabledPolicyTypes", []any{"TAG_POLICY"}), nil},
	{"GXP-ORG-004", "an unprotected organization", mutation.OfType(organizationType), mutation.Unprotect, nil},
	{"GXP-ORG-005", "administration by the management account",
		mutation.Named("aws:organizations/delegatedAdministrator:DelegatedAdministrator", "organization-config"),
		mutation.Set("accountId", "111122223333"), nil},

	{"GXP-ACC-001", "an account that is closed", account, mutation.Set("closeOnDeletion", true), nil},
	{"GXP-ACC-002", "an unprotected account", account, mutation.Unprotect, nil},
	{"GXP-ACC-002", "an account that is not retained", account, mutation.Abandon, nil},
	{"GXP-ACC-003", "a missing contact",
		mutation.Named("aws:account/alternativeContact:AlternativeContact", "organization-audit-security"), nil,
		mutation.Named(accountType, "organization-audit")},
	{"GXP-ACC-004", "an account without owner", account, mutation.Remove(`tags["gxp:owner"]`), nil},
	{"GXP-ACC-005", "an account in the root", account, mutation.Set("parentId", "r-ab12"), nil},

	{"GXP-PRV-001", "a resource of the default provider", trail, mutation.Unplace, nil},
	{"GXP-PRV-002", "a provider for any account", mutation.Named(providerType, "audit-eu-central-1"),
		mutation.Remove("allowedAccountIds"), nil},
	{"GXP-PRV-003", "a provider without tags", mutation.Named(providerType, "audit-eu-central-1"),
		mutation.Remove(`defaultTags.tags["gxp:record-class"]`), nil},

	{"GXP-LOG-001", "an archive without Object Lock", archive, mutation.Set("objectLockEnabled", false), nil},
	{"GXP-LOG-001", "evidence without default retention", mutation.Named(lockType, "archive-evidence"), nil,
		mutation.Named(bucketType, "archive-evidence")},
	{"GXP-LOG-002", "governance mode", mutation.Named(lockType, "archive"), mutation.Set("rule.defaultRetention.mode", "GOVERNANCE"), nil},
	{"GXP-LOG-002", "governance mode of the copy", mutation.Named(lockType, "archive-replica"),
		mutation.Set("rule.defaultRetention.mode", "GOVERNANCE"), nil},
	{"GXP-LOG-003", "a retention that is too short", mutation.Named(lockType, "archive"),
		mutation.Set("rule.defaultRetention.years", 24.0), nil},
	{"GXP-LOG-004", "an archive open to strangers", mutation.Named(bucketPolicyType, "archive"),
		mutation.WithoutStatement("policy", "RequireOrganization"), nil},
	{"GXP-LOG-004", "readers from anywhere", mutation.Named(bucketPolicyType, "archive-evidence"),
		mutation.EditStatement("policy", "AuditorsRead", unconditional), nil},
	{"GXP-LOG-005", "a delivery for anyone", mutation.Named(bucketPolicyType, "archive"),
		mutation.EditStatement("policy", "TrailWritesOrganization", unconditional), nil},
	{"GXP-LOG-006", "a key of AWS", mutation.Named(encryptionType, "archive"),
		mutation.Set("rules[0].applyServerSideEncryptionByDefault.sseAlgorithm", "AES256"), nil},
	{"GXP-LOG-007", "no access log", mutation.Named("aws:s3/bucketLoggingV2:BucketLoggingV2", "archive"), nil, archive},
	{"GXP-LOG-007", "no access log where records land", mutation.Named("aws:s3/bucketLoggingV2:BucketLoggingV2", "landing"), nil,
		mutation.Named(bucketType, "landing")},
	{"GXP-LOG-008", "no second copy", mutation.Named(replicationType, "archive"), nil, archive},
	{"GXP-LOG-008", "a copy of some records", mutation.Named(replicationType, "archive"),
		mutation.Set("rules[0].filter.prefix", "AWSLogs/"), nil},
	{"GXP-LOG-008", "a copy in the same region", mutation.Named(replicationType, "archive"),
		mutation.Set("rules[0].destination.bucket", "arn:aws:s3:::meridian-gxp-evidence-eu-central-1"), nil},
	{"GXP-LOG-009", "deletions that spread", mutation.Named(replicationType, "archive-evidence"),
		mutation.Set("rules[0].deleteMarkerReplication.status", "Enabled"), nil},

	{"GXP-S3-001", "no TLS statement", mutation.Named(bucketPolicyType, "archive"), mutation.WithoutStatement("policy", "RequireTLS"), nil},
	{"GXP-S3-001", "TLS for reading alone", mutation.Named(bucketPolicyType, "archive"),
		mutation.EditStatement("policy", "RequireTLS", func(s mutation.Statement) { s["Action"] = "s3:GetObject" }), nil},
	{"GXP-S3-002", "a public bucket", mutation.Named("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "archive"),
		mutation.Set("restrictPublicBuckets", false), nil},
	{"GXP-S3-003", "suspended versioning", mutation.Named("aws:s3/bucketVersioningV2:BucketVersioningV2", "catalog-templates"),
		mutation.Set("versioningConfiguration.status", "Suspended"), nil},
	{"GXP-S3-004", "foreign owners", mutation.Named("aws:s3/bucketOwnershipControls:BucketOwnershipControls", "archive"), nil, archive},
	{"GXP-S3-005", "no encryption", mutation.Named(encryptionType, "catalog-templates"), nil, mutation.Named(bucketType, "catalog-templates")},
	{"GXP-S3-006", "a bucket that is emptied and deleted", archive, mutation.Set("forceDestroy", true), nil},

	{"GXP-TRL-001", "a trail of one account", trail, mutation.Set("isOrganizationTrail", false), nil},
	{"GXP-TRL-002", "a trail of one region", trail, mutation.Set("isMultiRegionTrail", false), nil},
	{"GXP-TRL-002", "a trail without global events", trail, mutation.Set("includeGlobalServiceEvents", false), nil},
	{"GXP-TRL-003", "a trail that is off", trail, mutation.Set("enableLogging", false), nil},
	{"GXP-TRL-003", "a trail of data events alone", trail,
		mutation.Set("advancedEventSelectors[0].fieldSelectors[0].equals", []any{"NetworkActivity"}), nil},
	{"GXP-TRL-004", "no validation", trail, mutation.Set("enableLogFileValidation", false), nil},
	{"GXP-TRL-005", "no key", trail, mutation.Remove("kmsKeyId"), nil},
	{"GXP-TRL-006", "an unlocked bucket", trail, mutation.Set("s3BucketName", "meridian-gxp-access-logs-eu-central-1"),
		mutation.Named(bucketType, "archive-access-logs")},
	{"GXP-TRL-007", "no log group", trail, mutation.Remove("cloudWatchLogsGroupArn"), nil},
	{"GXP-TRL-007", "a log group without key", mutation.Named("aws:cloudwatch/logGroup:LogGroup", "trail"),
		mutation.Remove("kmsKeyId"), nil},
	{"GXP-TRL-008", "no data events", trail, mutation.Set("advancedEventSelectors[1].fieldSelectors[2].startsWiths",
		[]any{"arn:aws:s3:::elsewhere/"}), nil},
	{"GXP-TRL-009", "no insights", trail, mutation.Remove("insightSelectors"), nil},
	{"GXP-TRL-010", "an unprotected trail", trail, mutation.Unprotect, nil},

	{"GXP-KEY-001", "a key that never rotates", mutation.Named(keyType, "archive"), mutation.Set("enableKeyRotation", false), nil},
	{"GXP-KEY-002", "a key that is gone in a week", mutation.Named(keyType, "trail"), mutation.Set("deletionWindowInDays", 7.0), nil},
	{"GXP-KEY-003", "an unprotected key", mutation.Named(keyType, "archive"), mutation.Unprotect, nil},
	{"GXP-KEY-004", "administrators who decrypt", mutation.Named(keyType, "archive"),
		mutation.EditStatement("policy", "AccountAdministers", func(s mutation.Statement) { s["Action"] = "kms:*" }), nil},
	{"GXP-KEY-004", "a service that administers", mutation.Named(keyType, "archive"),
		mutation.EditStatement("policy", "TrailEncrypts", func(s mutation.Statement) {
			s["Action"] = []any{"kms:GenerateDataKey*", "kms:PutKeyPolicy"}
		}), nil},
	{"GXP-KEY-005", "a key for the whole world", mutation.Named(keyType, "archive"),
		mutation.EditStatement("policy", "AuditorsDecrypt", unconditional), nil},
	{"GXP-KEY-005", "a key for any log group", mutation.Named(keyType, "trail"),
		mutation.EditStatement("policy", "LogGroupEncrypts", unconditional), nil},
	{"GXP-KEY-006", "a key that nobody administers", mutation.Named(keyType, "archive"),
		mutation.WithoutStatement("policy", "AccountAdministers"), nil},

	{"GXP-MON-101", "a filter on other users", filter, mutation.Set("pattern", `{ $.userIdentity.type = "IAMUser" }`), nil},
	{"GXP-MON-101", "a filter on some root use", filter,
		mutation.Set("pattern", `{ $.userIdentity.type = "Root" && $.eventName = "ConsoleLogin" }`), nil},
	{"GXP-MON-101", "a filter on another log group", filter, mutation.Set("logGroupName", "/elsewhere"), nil},
	{"GXP-MON-101", "a filter without alarm", alarm, nil, filter},
	{"GXP-MON-101", "an alarm that takes ten events", alarm, mutation.Set("threshold", 10.0), nil},
	{"GXP-MON-102", "an alarm that tells nobody", alarm, mutation.Remove("alarmActions"), nil},
	{"GXP-MON-102", "an alarm that is off", alarm, mutation.Set("actionsEnabled", false), nil},
	{"GXP-MON-102", "a topic without subscribers", mutation.OfType("aws:sns/topicSubscription:TopicSubscription"), nil, topic},
	{"GXP-MON-103", "a topic without key", topic, mutation.Remove("kmsMasterKeyId"), nil},
	{"GXP-MON-104", "a topic for any publisher", mutation.Named("aws:sns/topicPolicy:TopicPolicy", "notifications"),
		mutation.EditStatement("policy", "AlarmsPublish", unconditional), nil},
	{"GXP-MON-105", "an aggregator of one region", mutation.OfType("aws:cfg/configurationAggregator:ConfigurationAggregator"),
		mutation.Set("organizationAggregationSource.allRegions", false), nil},

	{"GXP-CAT-001", "a template that was changed", template, mutation.Set("content", "Resources: {}"), product},
	{"GXP-CAT-001", "a template from elsewhere", product,
		mutation.Set("provisioningArtifactParameters.templateUrl", "https://elsewhere.example.com/template.yaml"), nil},
	{"GXP-CAT-002", "a product in no portfolio",
		mutation.OfType("aws:servicecatalog/productPortfolioAssociation:ProductPortfolioAssociation"), nil, product},
	{"GXP-CAT-003", "a template that is deleted", template, mutation.Abandon, nil},
}

func TestSabotage_IsNoticedByTheControlThatGuardsAgainstIt(t *testing.T) {
	notice(t, production(t), sabotages)
}

// notice tries sabotages on a graph that meets the controls.
func notice(t *testing.T, g *qualification.Graph, sabotages []sabotage) {
	t.Helper()
	for _, s := range sabotages {
		t.Run(s.control+" "+s.what, func(t *testing.T) {
			broken, urns, err := s.apply(g)
			if err != nil {
				t.Fatal(err)
			}
			if s.names != nil {
				urns = named(broken, s.names)
			}
			result, found := qualification.Check(broken, qualification.DesignControls()).Result(s.control)
			if !found || result.Verdict != qualification.Fail {
				t.Fatalf("%s: verdict %q, want fail", s.control, result.Verdict)
			}
			if !slices.ContainsFunc(result.Findings, func(f qualification.Finding) bool { return slices.Contains(urns, f.Resource) }) {
				t.Errorf("no finding names any of %v: %+v", urns, result.Findings)
			}
			for _, f := range result.Findings {
				if f.Problem == "" || f.Fix == "" {
					t.Errorf("a finding without problem or fix: %+v", f)
				}
			}
		})
	}
}

func TestSabotage_TriesEveryControl(t *testing.T) {
	controls := qualification.DesignControls()
	sabotages := slices.Concat(sabotages, optionSabotages)
	for _, c := range controls {
		if c.Withdrawn == "" && !slices.ContainsFunc(sabotages, func(s sabotage) bool { return s.control == c.ID }) {
			t.Errorf("%s %s: no row of sabotages breaks it: add one", c.ID, c.Title)
		}
	}
	for _, s := range sabotages {
		if !slices.ContainsFunc(controls, func(c qualification.DesignControl) bool { return c.ID == s.control }) {
			t.Errorf("%s (%s) is no control", s.control, s.what)
		}
	}
}

func (s sabotage) apply(g *qualification.Graph) (*qualification.Graph, []string, error) {
	if s.mutate == nil {
		return mutation.Drop(g, s.where)
	}
	return mutation.Apply(g, s.where, s.mutate)
}

func named(g *qualification.Graph, where mutation.Where) []string {
	var urns []string
	for _, r := range g.Resources {
		if where(r) {
			urns = append(urns, r.URN)
		}
	}
	return urns
}
