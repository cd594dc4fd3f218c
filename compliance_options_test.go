package main

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/mutation"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/render"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/stack"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

// isOption reports that a control is about what the production stack leaves off.
func isOption(id string) bool {
	return strings.HasPrefix(id, "GXP-DSH-") || strings.HasPrefix(id, "GXP-SRH-")
}

// renderOptions renders the production stack with every option switched on, once
// for all tests.
var renderOptions = sync.OnceValues(func() (*qualification.Graph, error) {
	c, err := config.Load("Pulumi.prod.yaml")
	if err != nil {
		return nil, err
	}
	c.Logging.Dashboards.Enabled, c.Logging.Search.Enabled = true, true
	return render.Render(context.Background(), "gxp-landing-zone", "prod", stack.Program(c, &rehearsal.Recorder{}), render.Quotas(rehearsal.Granted(c)))
})

func withOptions(t *testing.T) *qualification.Graph {
	t.Helper()
	g, err := renderOptions()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestOptions_MeetEveryControl(t *testing.T) {
	for _, result := range qualification.Check(withOptions(t), qualification.DesignControls()).Results {
		if result.Verdict != qualification.Pass {
			t.Errorf("%s %s: %s: %+v", result.ID, result.Title, result.Verdict, result.Findings)
		}
	}
}

func TestOptions_SabotageIsNoticed(t *testing.T) { notice(t, withOptions(t), optionSabotages) }

var (
	board         = mutation.OfType("aws:quicksight/dashboard:Dashboard")
	activity      = mutation.Named("aws:quicksight/dataSet:DataSet", "dashboards-activity")
	analysis      = mutation.OfType("aws:quicksight/analysis:Analysis")
	quickStack    = mutation.Named("aws:cloudformation/stack:Stack", "dashboards")
	searched      = mutation.OfType("aws:opensearch/serverlessCollection:ServerlessCollection")
	searchCipher  = mutation.Named("aws:opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy", "search-encryption")
	searchNetwork = mutation.Named("aws:opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy", "search-network")
	searchAccess  = mutation.OfType("aws:opensearch/serverlessAccessPolicy:ServerlessAccessPolicy")
)

// replaced changes a word in the text of an input.
func replaced(path, from, to string) mutation.Mutation {
	return func(r *qualification.Resource) error {
		text, _ := r.Get(path).Text()
		return mutation.Set(path, strings.Replace(text, from, to, 1))(r)
	}
}

var optionSabotages = []sabotage{
	{"GXP-DSH-001", "a dashboard for everybody with QuickSight", board,
		mutation.Set("permissions[0].principal", "arn:aws:quicksight:eu-central-1:210987654321:namespace/default"), nil},
	{"GXP-DSH-001", "a data set that viewers change", activity,
		mutation.Set("permissions[0].actions", []any{"quicksight:DescribeDataSet", "quicksight:UpdateDataSet"}), nil},
	{"GXP-DSH-001", "a dashboard for nobody", board, mutation.Remove("permissions"), nil},
	{"GXP-DSH-002", "an analysis that somebody owns", analysis,
		mutation.Set("permissions", []any{map[string]any{"actions": []any{"quicksight:UpdateAnalysis"}}}), nil},
	{"GXP-DSH-003", "dashboards that ask without limit", quickStack, replaced("templateBody", `"WorkGroup":"gxp-audit"`, `"WorkGroup":"primary"`), nil},
	{"GXP-DSH-003", "dashboards under the role of QuickSight", quickStack,
		replaced("templateBody", "role/gxp-audit-query-dashboards", "role/service-role/aws-quicksight-service-role-v0"), nil},
	{"GXP-DSH-003", "a source that somebody owns", quickStack, replaced("templateBody", `"DataSourceId":`, `"Permissions":[],"DataSourceId":`), nil},
	{"GXP-DSH-004", "figures from elsewhere", activity, mutation.Set("physicalTableMaps[0].customSql.dataSourceArn",
		"arn:aws:quicksight:eu-central-1:210987654321:datasource/elsewhere"), nil},
	{"GXP-SRH-001", "log events under a key of AWS", searchCipher, replaced("policy", `"AWSOwnedKey":false`, `"AWSOwnedKey":true`), nil},
	{"GXP-SRH-001", "log events without a policy of encryption", searchCipher, nil, searched},
	{"GXP-SRH-002", "a collection for the world", searchNetwork, replaced("policy", `"AllowFromPublic":false`, `"AllowFromPublic":true`), nil},
	{"GXP-SRH-002", "a collection for a service that answers anybody", searchNetwork,
		replaced("policy", "application.opensearchservice", "bedrock"), nil},
	{"GXP-SRH-003", "developers who search", searchAccess, replaced("policy", "gxp-log-search-read", "developer"), nil},
	{"GXP-SRH-003", "auditors who write", searchAccess, replaced("policy", "aoss:ReadDocument", "aoss:WriteDocument"), nil},
	{"GXP-SRH-003", "a collection with another principal", searchAccess,
		replaced("policy", `role/gxp-log-search-feed"`, `role/gxp-log-search-feed","arn:aws:iam::210987654321:root"`), nil},
}

func TestProduction_HasNoOptionThatIsOff(t *testing.T) {
	for _, r := range production(t).Resources {
		for _, service := range []string{"aws:quicksight/", "aws:opensearch/", "aws:opensearchingest/"} {
			if strings.HasPrefix(r.Type, service) {
				t.Errorf("%s is registered, and nobody switched it on", r.URN)
			}
		}
	}
}
