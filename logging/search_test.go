package logging

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/pulumitest"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

const (
	searchedType     = "aws:opensearch/serverlessCollection:ServerlessCollection"
	searchPolicyType = "aws:opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy"
	pipelineType     = "aws:opensearchingest/pipeline:Pipeline"
)

func TestSearch_IsEncryptedWithItsOwnKeyAndNotPublic(t *testing.T) {
	graph := renderSearch(t)
	collection := pulumitest.Find(t, graph, searchedType, "search")
	assert.Equal(t, "TIMESERIES", collection.Inputs["type"])
	assert.Equal(t, "ENABLED", collection.Inputs["standbyReplicas"])
	encryption := pulumitest.Find(t, graph, searchPolicyType, "search-encryption")
	assert.Contains(t, encryption.PropertyDependencies["policy"], pulumitest.Find(t, graph, "aws:kms/key:Key", "search").URN)
	assert.Contains(t, encryption.Inputs["policy"], `"AWSOwnedKey":false`)
	network := pulumitest.Find(t, graph, searchPolicyType, "search-network")
	assert.Contains(t, collection.Dependencies, encryption.URN)
	assert.Contains(t, collection.Dependencies, network.URN)
	var rules []map[string]any
	require.NoError(t, json.Unmarshal([]byte(network.Inputs["policy"].(string)), &rules))
	require.Len(t, rules, 1)
	assert.Equal(t, false, rules[0]["AllowFromPublic"])
	assert.Equal(t, []any{"application.opensearchservice.amazonaws.com"}, rules[0]["SourceServices"])
}

func TestSearch_IsReadAndWrittenByOneRoleEach(t *testing.T) {
	graph := renderSearch(t)
	for name, document := range map[string]any{
		"search-access":     pulumitest.Find(t, graph, "aws:opensearch/serverlessAccessPolicy:ServerlessAccessPolicy", "search").Inputs["policy"],
		"search-key":        pulumitest.Find(t, graph, "aws:kms/key:Key", "search").Inputs["policy"],
		"search-read-role":  pulumitest.Find(t, graph, "aws:iam/rolePolicy:RolePolicy", "search-read").Inputs["policy"],
		"search-read-trust": pulumitest.Find(t, graph, "aws:iam/role:Role", "search-read").Inputs["assumeRolePolicy"],
		"search-feed-role":  pulumitest.Find(t, graph, "aws:iam/rolePolicy:RolePolicy", "search-feed").Inputs["policy"],
		"search-feed-trust": pulumitest.Find(t, graph, "aws:iam/role:Role", "search-feed").Inputs["assumeRolePolicy"],
		"search-queue":      pulumitest.Find(t, graph, "aws:sqs/queuePolicy:QueuePolicy", "search").Inputs["policy"],
		"search-pipeline":   pulumitest.Find(t, graph, pipelineType, "search").Inputs["pipelineConfigurationBody"],
	} {
		t.Run(name, func(t *testing.T) {
			pulumitest.Golden(t, name+".json", pulumitest.Indented(t, document.(string)))
		})
	}
}

func TestSearch_HearsOfLogEventsAloneAndTouchesNoStream(t *testing.T) {
	graph := renderSearch(t)
	notification := pulumitest.Find(t, graph, "aws:s3/bucketNotification:BucketNotification", "search")
	assert.Equal(t, "acme-service-logs-eu-test-1", notification.Inputs["bucket"])
	queue := notification.Inputs["queues"].([]any)[0].(map[string]any)
	assert.Equal(t, "log-events/eu-test-1/", queue["filterPrefix"])
	for _, r := range graph.Resources {
		if r.Component() == searchType && strings.HasPrefix(r.Type, "aws:") {
			assert.NotContains(t, r.Type, "aws:kinesis/", r.URN)
			assert.NotContains(t, r.Type, "logDestination", r.URN)
			assert.Contains(t, r.Provider, "::log-archive-"+pulumitest.Region+"::", r.URN)
		}
	}
}

func TestServiceLanding_IsDecryptedByTheFeedOnlyWhereItIsSearched(t *testing.T) {
	for search, want := range map[bool]int{true: 1, false: 0} {
		args := &LandingArgs{Account: account.Account{Region: pulumitest.Region}, NamePrefix: "acme", Search: search}
		found := 0
		for _, s := range serviceLandingKeyStatements(args, parties{archive: "222233334444"}) {
			if s.Sid == "SearchDecrypts" {
				found++
				assert.Equal(t, []string{"kms:Decrypt"}, []string(s.Action))
			}
		}
		assert.Equal(t, want, found)
	}
}

func TestSearchArgs_Rejects(t *testing.T) {
	tests := map[string]struct {
		change func(*SearchArgs)
		want   string
	}{
		"no provider":     {func(a *SearchArgs) { a.Account.Provider = nil }, "account has no provider"},
		"no organization": {func(a *SearchArgs) { a.OrganizationID = nil }, "organizationID is required"},
		"no landing":      {func(a *SearchArgs) { a.From = nil }, "from is required"},
		"no name": {func(a *SearchArgs) { a.Name = "Logs" },
			`name is "Logs", must be 3 to 32 of a-z, 0-9 and hyphen, with a letter first`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			args := searchArgs(account.Account{Provider: &aws.Provider{}}, &ServiceLanding{})
			require.NoError(t, args.validate())
			tt.change(args)
			assert.EqualError(t, args.validate(), tt.want)
		})
	}
	assert.EqualError(t, (*SearchArgs)(nil).validate(), "args are required")
}

func renderSearch(t *testing.T) *qualification.Graph {
	t.Helper()
	return pulumitest.Render(t, func(ctx *pulumi.Context) error {
		log, err := pulumitest.Account(ctx, "log-archive", "222233334444", pulumitest.Region)
		if err != nil {
			return err
		}
		landing, err := NewServiceLanding(ctx, "service-logs", &LandingArgs{
			Account: log, NamePrefix: "acme", OrganizationID: pulumi.String("o-exampleorgid"),
			AuditAccountID: pulumi.String(auditID), Search: true,
		})
		if err != nil {
			return err
		}
		_, err = NewSearch(ctx, "search", searchArgs(log, landing))
		return err
	})
}

func searchArgs(in account.Account, from *ServiceLanding) *SearchArgs {
	return &SearchArgs{
		Account: in, OrganizationID: pulumi.String("o-exampleorgid"), From: from, Name: "gxp-logs", Standby: true,
	}
}
