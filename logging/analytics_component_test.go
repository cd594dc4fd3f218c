package logging

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/pulumitest"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/render"
	"github.com/gxp-landing-zone/gxp-landing-zone/logging/analytics"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

const (
	auditID      = "333344445555"
	tableType    = "aws:glue/catalogTable:CatalogTable"
	groupType    = "aws:athena/workgroup:Workgroup"
	questionType = "aws:athena/namedQuery:NamedQuery"
)

func TestAnalytics_IsInTheAuditAccountAlone(t *testing.T) {
	seen := 0
	for _, r := range renderAnalytics(t, nil).Resources {
		if strings.HasPrefix(r.Type, "aws:") && r.Component() == analyticsType {
			seen++
			assert.Contains(t, r.Provider, "::audit-"+pulumitest.Region+"::", r.URN)
		}
	}
	assert.Positive(t, seen)
}

func TestAnalytics_FindsRecordsByProjectionWithoutACrawler(t *testing.T) {
	graph := renderAnalytics(t, nil)
	tables := pulumitest.OfType(t, graph, tableType)
	assert.Len(t, tables, len(analytics.Tables()))
	for _, table := range tables {
		assert.Equal(t, "gxp_audit", table.Inputs["databaseName"])
		assert.Equal(t, "EXTERNAL_TABLE", table.Inputs["tableType"])
		parameters := table.Inputs["parameters"].(map[string]any)
		assert.Equal(t, "true", parameters["projection.enabled"], table.URN)
		for _, k := range table.Inputs["partitionKeys"].([]any) {
			name := k.(map[string]any)["name"].(string)
			assert.Contains(t, parameters, "projection."+name+".type", table.URN)
		}
		assert.NotEmpty(t, table.Inputs["storageDescriptor"].(map[string]any)["columns"], table.URN)
	}
	parameters := pulumitest.Find(t, graph, tableType, "analytics-cloudtrail").Inputs["parameters"].(map[string]any)
	assert.Equal(t, "AWSLogs/o-exampleorgid,AWSLogs", parameters["projection.layout.values"])
	assert.Equal(t, "2026/01/01,NOW", parameters["projection.day.range"])
	assert.Equal(t, "s3://acme-archive-eu-test-1/${layout}/${account}/CloudTrail/${region}/${day}/", parameters["storage.location.template"])
	for _, r := range graph.Resources {
		assert.NotContains(t, r.Type, "rawler")
	}
}

func TestAnalytics_HasNoTableOfFirewallsWhereThereAreNone(t *testing.T) {
	graph := renderAnalytics(t, func(a *AnalyticsArgs) { a.Firewalls = nil })
	assert.Len(t, pulumitest.OfType(t, graph, tableType), len(analytics.Tables())-1)
}

func TestAnalytics_LimitsEncryptsAndKeepsWhatIsAsked(t *testing.T) {
	graph := renderAnalytics(t, nil)
	key := pulumitest.Find(t, graph, "aws:kms/key:Key", "analytics").URN
	for name, want := range map[string]struct {
		enforced bool
		location string
	}{"analytics": {true, "queries/"}, "analytics-exports": {false, "exports/"}} {
		group := pulumitest.Find(t, graph, groupType, name)
		assert.True(t, group.Protect, name)
		assert.Equal(t, false, group.Inputs["forceDestroy"], name)
		configuration := group.Inputs["configuration"].(map[string]any)
		assert.Equal(t, want.enforced, configuration["enforceWorkgroupConfiguration"], name)
		assert.Equal(t, 100.0*(1<<30), configuration["bytesScannedCutoffPerQuery"], name)
		assert.Equal(t, true, configuration["publishCloudwatchMetricsEnabled"], name)
		results := configuration["resultConfiguration"].(map[string]any)
		assert.Equal(t, "s3://acme-audit-results-eu-test-1/"+want.location, results["outputLocation"], name)
		assert.Equal(t, auditID, results["expectedBucketOwner"], name)
		assert.Equal(t, "SSE_KMS", results["encryptionConfiguration"].(map[string]any)["encryptionOption"], name)
		assert.Contains(t, group.PropertyDependencies["configuration"], key, name)
	}
}

func TestAnalytics_OffersEveryQuestionAsSQLThatRuns(t *testing.T) {
	graph := renderAnalytics(t, nil)
	assert.Len(t, pulumitest.OfType(t, graph, questionType), len(analytics.Queries()))
	for _, q := range analytics.Queries() {
		named := pulumitest.Find(t, graph, questionType, "analytics-"+q.Name).Inputs
		want, err := q.Console(auditID)
		require.NoError(t, err)
		assert.Equal(t, want, named["query"], q.Name)
		assert.Equal(t, "gxp-audit", named["workgroup"])
		description := named["description"].(string)
		assert.LessOrEqual(t, len(description), 1024, q.Name)
		for _, requirement := range q.Requirements {
			assert.Contains(t, description, requirement)
		}
	}
}

func TestAnalytics_RefusesAPlaceThatIsNone(t *testing.T) {
	for want, change := range map[string]func(*AnalyticsArgs){
		"us-east-1 is missing": func(a *AnalyticsArgs) { a.Regions = []string{"eu-central-1"} },
		`organization "acme"`:  func(a *AnalyticsArgs) { a.OrganizationID = pulumi.String("acme") },
		"not a region":         func(a *AnalyticsArgs) { a.Regions = []string{"us-east-1", "everywhere"} },
	} {
		_, err := render.Render(t.Context(), "gxp-landing-zone", "test", analyticsProgram(change))
		assert.ErrorContains(t, err, want)
	}
}

func TestAnalyticsArgs_Rejects(t *testing.T) {
	tests := map[string]struct {
		change func(*AnalyticsArgs)
		want   string
	}{
		"no provider":       {func(a *AnalyticsArgs) { a.Account.Provider = nil }, "account has no provider"},
		"no name prefix":    {func(a *AnalyticsArgs) { a.NamePrefix = "" }, "namePrefix is required"},
		"no archive":        {func(a *AnalyticsArgs) { a.Archives = nil }, "archives are required"},
		"an archive is nil": {func(a *AnalyticsArgs) { a.Archives = append(a.Archives, nil) }, "archives are required"},
		"another region": {func(a *AnalyticsArgs) { a.Account.Region = "eu-test-2" },
			"the first archive is in eu-test-1, must be in eu-test-2 like the account"},
		"no organization":  {func(a *AnalyticsArgs) { a.OrganizationID = nil }, "organizationID is required"},
		"no limit":         {func(a *AnalyticsArgs) { a.ScanLimitGB = 0 }, "scanLimitGB is 0, must be at least 1"},
		"no day":           {func(a *AnalyticsArgs) { a.Since = "yesterday" }, `since is "yesterday", must be a day such as 2026-01-31`},
		"no accounts":      {func(a *AnalyticsArgs) { a.Accounts = nil }, "accounts are required for reviews"},
		"nobody to notify": {func(a *AnalyticsArgs) { a.TopicARN = nil }, "topicARN is required for reviews"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			in := account.Account{Provider: &aws.Provider{}, Region: pulumitest.Region}
			args := analyticsArgs(in, []*Archive{{account: in}})
			require.NoError(t, args.validate())
			tt.change(args)
			assert.EqualError(t, args.validate(), tt.want)
		})
	}
	assert.EqualError(t, (*AnalyticsArgs)(nil).validate(), "args are required")
}

func renderAnalytics(t *testing.T, change func(*AnalyticsArgs)) *qualification.Graph {
	t.Helper()
	return pulumitest.Render(t, analyticsProgram(change))
}

func analyticsProgram(change func(*AnalyticsArgs)) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		audit, err := pulumitest.Account(ctx, "audit", auditID, pulumitest.Region)
		if err != nil {
			return err
		}
		archive, err := createArchive(ctx, "archive", pulumitest.Region)
		if err != nil {
			return err
		}
		replica, err := createArchive(ctx, "archive-replica", "eu-test-2")
		if err != nil {
			return err
		}
		args := analyticsArgs(audit, []*Archive{archive, replica})
		if change != nil {
			change(args)
		}
		_, err = NewAnalytics(ctx, "analytics", args)
		return err
	}
}

func analyticsArgs(in account.Account, archives []*Archive) *AnalyticsArgs {
	return &AnalyticsArgs{
		Account:        in,
		NamePrefix:     "acme",
		Archives:       archives,
		OrganizationID: pulumi.String("o-exampleorgid"),
		Regions:        []string{"eu-central-1", "us-east-1"},
		Firewalls:      []string{"gxp-hub-eu-central-1"},
		Since:          "2026-01-01",
		ScanLimitGB:    100,
		Reviews:        true,
		Accounts:       pulumi.StringArray{pulumi.String("222233334444"), pulumi.String("111122223333"), pulumi.String("222233334444")},
		TopicARN:       pulumi.String("arn:aws:sns:eu-test-1:333344445555:gxp-notifications"),
	}
}
