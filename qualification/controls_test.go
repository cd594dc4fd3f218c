package qualification_test

import (
	"fmt"
	"iter"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/mutation"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

// setting is one property of the sample that a control depends on, and values
// that break it. Each control is then tried in five cases: nothing to judge,
// compliant, violated, setting absent, setting unknown.
type setting struct {
	control  string
	where    mutation.Where
	path     string
	violated any

	// absent is the verdict when the property is not set. Default: fail.
	absent qualification.Verdict
}

var (
	onArchive  = func(t string) mutation.Where { return mutation.Named(t, "archive") }
	onEvidence = func(t string) mutation.Where { return mutation.Named(t, "archive-evidence") }
	onTrail    = mutation.OfType("aws:cloudtrail/trail:Trail")
	onKey      = mutation.Named("aws:kms/key:Key", "trail")
	onAccount  = mutation.OfType("aws:organizations/account:Account")
	onProvider = mutation.Named("pulumi:providers:aws", "log-archive")
)

const (
	lock     = "aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2"
	policies = "aws:s3/bucketPolicy:BucketPolicy"
	copies   = "aws:s3/bucketReplicationConfig:BucketReplicationConfig"
	sse      = "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2"
	logs     = "aws:s3/bucketLoggingV2:BucketLoggingV2"

	allowsAll = `{"Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}`
	servesAll = `{"Statement":{"Effect":"Allow","Principal":{"Service":"s3.amazonaws.com"},"Action":"*","Resource":"*"}}`
)

var settings = []setting{
	{"GXP-ORG-001", mutation.OfType("aws:organizations/organization:Organization"), "featureSet", "CONSOLIDATED_BILLING", qualification.Pass},
	{"GXP-ORG-002", mutation.OfType("aws:organizations/organization:Organization"), "awsServiceAccessPrincipals",
		[]any{"cloudtrail.amazonaws.com"}, ""},
	{"GXP-ORG-003", mutation.OfType("aws:organizations/organization:Organization"), "enabledPolicyTypes", []any{"TAG_POLICY"}, ""},
	{"GXP-ORG-005", mutation.OfType("aws:organizations/delegatedAdministrator:DelegatedAdministrator"), "accountId", "111122223333", ""},
	{"GXP-ACC-001", onAccount, "closeOnDeletion", true, qualification.Pass},
	{"GXP-ACC-003", mutation.Named("aws:account/alternativeContact:AlternativeContact", "log-archive-security"), "emailAddress", "", ""},
	{"GXP-ACC-004", onAccount, `tags["gxp:owner"]`, "", ""},
	{"GXP-ACC-005", onAccount, "parentId", "r-abcd", ""},
	{"GXP-PRV-002", onProvider, "allowedAccountIds", `["444455556666","111122223333"]`, ""},
	{"GXP-PRV-003", onProvider, `defaultTags.tags["gxp:record-class"]`, "", ""},
	{"GXP-LOG-001", onEvidence("aws:s3/bucketV2:BucketV2"), "objectLockEnabled", false, ""},
	{"GXP-LOG-002", onArchive(lock), "rule.defaultRetention.mode", "GOVERNANCE", ""},
	{"GXP-LOG-003", onArchive(lock), "rule.defaultRetention.years", 5.0, ""},
	{"GXP-LOG-004", onArchive(policies), "policy", allowsAll, ""},
	{"GXP-LOG-005", onArchive(policies), "policy", servesAll, ""},
	{"GXP-LOG-006", onArchive(sse), "rules[0].applyServerSideEncryptionByDefault.kmsMasterKeyId", "alias/aws/s3", ""},
	{"GXP-LOG-007", onArchive(logs), "targetBucket", "b-archive", ""},
	{"GXP-LOG-007", onLanding(logs), "targetBucket", "b-landing", ""},
	{"GXP-LOG-008", onArchive(copies), "rules[0].status", "Disabled", ""},
	{"GXP-LOG-009", onArchive(copies), "rules[0].deleteMarkerReplication.status", "Enabled", ""},
	{"GXP-S3-001", onArchive(policies), "policy", allowsAll, ""},
	{"GXP-S3-002", onArchive("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"), "blockPublicPolicy", false, ""},
	{"GXP-S3-003", onArchive("aws:s3/bucketVersioningV2:BucketVersioningV2"), "versioningConfiguration.status", "Suspended", ""},
	{"GXP-S3-004", onArchive("aws:s3/bucketOwnershipControls:BucketOwnershipControls"), "rule.objectOwnership", "ObjectWriter", ""},
	{"GXP-S3-005", onArchive(sse), "rules[0].applyServerSideEncryptionByDefault.sseAlgorithm", "none", ""},
	{"GXP-TRL-001", onTrail, "isOrganizationTrail", false, ""},
	{"GXP-TRL-002", onTrail, "isMultiRegionTrail", false, ""},
	{"GXP-TRL-002", onTrail, "includeGlobalServiceEvents", false, qualification.Pass},
	{"GXP-TRL-003", onTrail, "enableLogging", false, qualification.Pass},
	{"GXP-TRL-003", onTrail, "advancedEventSelectors", []any{
		selector(object{"field": "eventCategory", "equals": []any{"Management"}}, object{"field": "readOnly", "equals": []any{"false"}}),
	}, qualification.Pass},
	{"GXP-TRL-004", onTrail, "enableLogFileValidation", false, ""},
	{"GXP-TRL-005", onTrail, "kmsKeyId", "alias/aws/s3", ""},
	{"GXP-TRL-006", onTrail, "s3BucketName", "b-archive-access-logs", ""},
	{"GXP-TRL-007", onTrail, "cloudWatchLogsGroupArn", "arn:aws:logs:eu-test-1:111122223333:log-group:other:*", ""},
	{"GXP-TRL-008", onTrail, "advancedEventSelectors", []any{
		selector(object{"field": "eventCategory", "equals": []any{"Data"}}, object{"field": "resources.type", "equals": []any{"AWS::S3::Object"}},
			object{"field": "resources.ARN", "startsWiths": []any{"arn:aws:s3:::b-archive-evidence/only/"}}),
	}, ""},
	{"GXP-TRL-009", onTrail, "insightSelectors", []any{}, ""},
	{"GXP-KEY-001", onKey, "enableKeyRotation", false, ""},
	{"GXP-KEY-002", onKey, "deletionWindowInDays", 7.0, ""},
	{"GXP-KEY-004", onKey, "policy", allowsAll, ""},
	{"GXP-KEY-005", onKey, "policy", servesAll, ""},
	{"GXP-KEY-006", onKey, "policy", servesAll, ""},
	{"GXP-MON-101", mutation.OfType("aws:cloudwatch/logMetricFilter:LogMetricFilter"), "pattern", `{ $.userIdentity.type = "IAMUser" }`, ""},
	{"GXP-MON-101", mutation.OfType("aws:cloudwatch/logMetricFilter:LogMetricFilter"), "metricTransformation.name", "unwatched", ""},
	{"GXP-MON-101", mutation.OfType("aws:cloudwatch/logMetricFilter:LogMetricFilter"), "logGroupName", "other", ""},
	{"GXP-MON-102", mutation.OfType("aws:cloudwatch/metricAlarm:MetricAlarm"), "alarmActions", []any{}, ""},
	{"GXP-MON-103", mutation.OfType("aws:sns/topic:Topic"), "kmsMasterKeyId", "alias/aws/sns", ""},
	{"GXP-MON-104", mutation.OfType("aws:sns/topicPolicy:TopicPolicy"), "policy", servesAll, ""},
	{"GXP-MON-105", mutation.OfType("aws:cfg/configurationAggregator:ConfigurationAggregator"),
		"organizationAggregationSource.allRegions", false, ""},
	{"GXP-CAT-001", mutation.OfType("aws:s3/bucketObjectv2:BucketObjectv2"), "content", "Resources: {Another: {}}", ""},
	{"GXP-CAT-002", mutation.OfType("aws:servicecatalog/productPortfolioAssociation:ProductPortfolioAssociation"),
		"portfolioId", "port-2", ""},
}

// allSettings are those of every subject.
var allSettings = slices.Concat(settings, baselineSettings, landingSettings, streamSettings, analyticsSettings, dashboardSettings,
	integritySettings, identitySettings, protectionSettings,
	guardrailSettings, networkSettings)

// flag is a resource option that a control depends on, and what takes it away.
type flag struct {
	where  mutation.Where
	breaks mutation.Mutation
}

// flags are the controls that a resource option decides, which is known or not
// there at all.
var flags = map[string]flag{
	"GXP-ORG-004": {mutation.OfType("aws:organizations/organizationalUnit:OrganizationalUnit"), mutation.Abandon},
	"GXP-ACC-002": {onAccount, mutation.Unprotect},
	"GXP-PRV-001": {onTrail, mutation.Unplace},
	"GXP-S3-006":  {onArchive("aws:s3/bucketV2:BucketV2"), mutation.Unprotect},
	"GXP-TRL-010": {onTrail, mutation.Abandon},
	"GXP-KEY-003": {onKey, mutation.Unprotect},
	"GXP-CAT-003": {mutation.OfType("aws:s3/bucketObjectv2:BucketObjectv2"), mutation.Unprotect},
}

// optionalSubjects are the controls whose subject a company may do without.
var optionalSubjects = []string{"GXP-IAM-003", "GXP-IAM-004", "GXP-IAM-006", "GXP-IAM-007", "GXP-IAM-010", "GXP-DAT-003", "GXP-CRT-001", "GXP-CAT-001", "GXP-CAT-002", "GXP-CAT-003",
	"GXP-STR-001", "GXP-STR-002", "GXP-STR-003", "GXP-STR-004", "GXP-STR-005", "GXP-STR-006", "GXP-STR-007", "GXP-STR-010"}

func TestControls_FailOrDoNotApplyWhenThereIsNothingToJudge(t *testing.T) {
	for _, result := range check(qualification.NewGraph(nil)).Results {
		want := qualification.Fail
		if slices.Contains(optionalSubjects, result.ID) || strings.HasPrefix(result.ID, "GXP-NET-") ||
			strings.HasPrefix(result.ID, "GXP-DSH-") || strings.HasPrefix(result.ID, "GXP-SRH-") {
			want = qualification.NotApplicable
		}
		if result.Verdict != want {
			t.Errorf("%s on an empty graph: %s, want %s", result.ID, result.Verdict, want)
		}
	}
}

func TestControls_PassOnACompliantGraph(t *testing.T) {
	report := check(sample())
	if len(report.Results) == 0 {
		t.Fatal("no control was run")
	}
	for _, result := range report.Results {
		if result.Verdict != qualification.Pass || len(result.Subjects) == 0 {
			t.Errorf("%s: %s of %d subjects: %+v", result.ID, result.Verdict, len(result.Subjects), result.Findings)
		}
	}
	if !report.OK() {
		t.Error("OK() = false on a compliant graph")
	}
}

func TestControls_JudgeASetting(t *testing.T) {
	for _, s := range allSettings {
		absent := s.absent
		if absent == "" {
			absent = qualification.Fail
		}
		for name, tt := range map[string]struct {
			mutate mutation.Mutation
			want   qualification.Verdict
		}{
			"violated": {mutation.Set(s.path, s.violated), qualification.Fail},
			"absent":   {mutation.Remove(s.path), absent},
			"unknown":  {mutation.Unknown(s.path), qualification.NotYetKnown},
		} {
			t.Run(s.control+" "+s.path+" "+name, func(t *testing.T) {
				broken, _, err := mutation.Apply(sample(), s.where, tt.mutate)
				if err != nil {
					t.Fatal(err)
				}
				result, _ := check(broken).Result(s.control)
				if result.Verdict != tt.want {
					t.Errorf("%s, want %s: %+v", result.Verdict, tt.want, result.Findings)
				}
			})
		}
	}
}

func TestControls_JudgeAnOption(t *testing.T) {
	for id, f := range flags {
		t.Run(id, func(t *testing.T) {
			broken, urns, err := mutation.Apply(sample(), f.where, f.breaks)
			if err != nil {
				t.Fatal(err)
			}
			result, _ := check(broken).Result(id)
			if result.Verdict != qualification.Fail || result.Findings[0].Resource != urns[0] {
				t.Errorf("%s, want a finding about %s: %+v", result.Verdict, urns[0], result.Findings)
			}
		})
	}
}

func TestControls_LeaveToControlTowerWhatItOwns(t *testing.T) {
	towered, _, err := mutation.Drop(sample(), func(r *qualification.Resource) bool { return r.Component() == "gxp:logging:Trail" })
	if err != nil {
		t.Fatal(err)
	}
	if got := verdicts(towered, "GXP-TRL-"); !slices.Equal(got, []qualification.Verdict{qualification.Fail}) {
		t.Errorf("without a trail and without Control Tower: %v, want that all fail", got)
	}
	towered, _, err = mutation.Apply(towered, mutation.OfType("aws:organizations/organization:Organization"),
		mutation.Set("awsServiceAccessPrincipals", []any{"controltower.amazonaws.com"}))
	if err != nil {
		t.Fatal(err)
	}
	if got := verdicts(towered, "GXP-TRL-"); !slices.Equal(got, []qualification.Verdict{qualification.NotApplicable}) {
		t.Errorf("under Control Tower: %v, want that none applies", got)
	}
	if got := verdicts(towered, "GXP-MON-101"); !slices.Equal(got, []qualification.Verdict{qualification.Pass}) {
		t.Errorf("the alarm on the log group of Control Tower: %v, want that it passes", got)
	}
}

func TestControls_AskForNoCopyWhereThereIsOneRegion(t *testing.T) {
	single, _, err := mutation.Drop(sample(), func(r *qualification.Resource) bool {
		return strings.Contains(r.Name(), "replica") || r.Component() == "gxp:logging:Replication"
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"GXP-LOG-008", "GXP-LOG-009"} {
		if got := verdicts(single, id); !slices.Equal(got, []qualification.Verdict{qualification.NotApplicable}) {
			t.Errorf("%s: %v, want that it does not apply", id, got)
		}
	}
}

// verdicts are the different verdicts of the controls whose id begins so.
func verdicts(g *qualification.Graph, prefix string) []qualification.Verdict {
	var all []qualification.Verdict
	for _, result := range check(g).Results {
		if strings.HasPrefix(result.ID, prefix) && !slices.Contains(all, result.Verdict) {
			all = append(all, result.Verdict)
		}
	}
	return all
}

func TestControls_SurviveInputsOfAnyShape(t *testing.T) {
	strange := []any{"", 7.0, []any{[]any{}, object{}}, object{"a": object{}}}
	tried := 0
	// The network is tried on its own: nothing else refers to it.
	rest, _, err := mutation.Drop(sample(), func(r *qualification.Resource) bool { return r.Component() == "gxp:landingzone:Network" })
	if err != nil {
		t.Fatal(err)
	}
	for _, whole := range []*qualification.Graph{rest, networkOf(sampleRegions())} {
		for _, r := range whole.Resources {
			for path := range paths("", r.Inputs) {
				for _, value := range strange {
					broken, _, err := mutation.Apply(whole, func(o *qualification.Resource) bool { return o == r }, mutation.Set(path, value))
					if err != nil {
						t.Fatal(err)
					}
					check(broken)
					tried++
				}
			}
		}
	}
	if tried < 1000 {
		t.Errorf("only %d shapes were tried", tried)
	}
}

// paths are the paths of everything in the inputs of a resource.
func paths(at string, value any) iter.Seq[string] {
	return func(yield func(string) bool) {
		if at != "" && !yield(at) {
			return
		}
		switch v := value.(type) {
		case object:
			for key, below := range v {
				for path := range paths(strings.TrimPrefix(at+"."+key, "."), below) {
					if strings.ContainsRune(key, ':') {
						path = fmt.Sprintf("%s[%q]", at, key)
					}
					if !yield(path) {
						return
					}
				}
			}
		case []any:
			for i, below := range v {
				for path := range paths(fmt.Sprintf("%s[%d]", at, i), below) {
					if !yield(path) {
						return
					}
				}
			}
		}
	}
}

func TestControls_AreEachTriedWhenBroken(t *testing.T) {
	for _, c := range qualification.DesignControls() {
		_, isFlag := flags[c.ID]
		if !isFlag && !slices.ContainsFunc(allSettings, func(s setting) bool { return s.control == c.ID }) {
			t.Errorf("%s has no row in settings and none in flags: add one that breaks it", c.ID)
		}
	}
}

func TestControls_AreWellDescribed(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range qualification.DesignControls() {
		switch {
		case seen[c.ID]:
			t.Errorf("%s is used twice", c.ID)
		case c.Title == "" || strings.HasPrefix(c.Title, "Ensure") || strings.HasSuffix(c.Title, "."):
			t.Errorf("%s: title %q must state a fact, without a full stop", c.ID, c.Title)
		case c.Rationale == "" || c.Kind == "" || c.Verification == "" || len(c.Requirements) == 0:
			t.Errorf("%s: rationale, kind, verification and requirements are required", c.ID)
		}
		seen[c.ID] = true
	}
	if len(seen) == 0 {
		t.Error("there are no controls")
	}
}

func check(g *qualification.Graph) qualification.Report {
	return qualification.Check(g, qualification.DesignControls())
}

func TestDocumentation_ShowsAControlAsItIs(t *testing.T) {
	page, err := os.ReadFile("../docs/adding-a-control.md")
	if err != nil {
		t.Fatal(err)
	}
	table, err := os.ReadFile("controls_trail.go")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(page), "```go\n")
	shown, _, closed := strings.Cut(rest, "```")
	if !found || !closed || !strings.Contains(string(table), shown) {
		t.Errorf("the page shows a control that is not in controls_trail.go:\n%s", shown)
	}
}
