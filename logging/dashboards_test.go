package logging

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/pulumitest"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/testtool"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

const (
	quickSetType      = "aws:quicksight/dataSet:DataSet"
	quickRefreshType  = "aws:quicksight/refreshSchedule:RefreshSchedule"
	quickAnalysisType = "aws:quicksight/analysis:Analysis"
	quickBoardType    = "aws:quicksight/dashboard:Dashboard"
	plainStackType    = "aws:cloudformation/stack:Stack"
)

func TestDashboards_AreInTheAuditAccountAlone(t *testing.T) {
	seen := 0
	for _, r := range renderDashboards(t).Resources {
		if strings.HasPrefix(r.Type, "aws:") && r.Component() == dashboardsType {
			seen++
			assert.Contains(t, r.Provider, "::audit-"+pulumitest.Region+"::", r.URN)
		}
	}
	assert.Positive(t, seen)
}

func TestDashboards_AreForTheGroupToLookAtAndForNobodyToChange(t *testing.T) {
	graph := renderDashboards(t)
	group := pulumitest.Find(t, graph, "aws:quicksight/group:Group", "dashboards")
	assert.Equal(t, "gxp-auditors", group.Inputs["groupName"])
	for _, r := range append(pulumitest.OfType(t, graph, quickSetType), pulumitest.OfType(t, graph, quickBoardType)...) {
		permissions := r.Inputs["permissions"].([]any)
		require.Len(t, permissions, 1, r.URN)
		assert.Contains(t, r.PropertyDependencies["permissions"], group.URN, r.URN)
		for _, action := range permissions[0].(map[string]any)["actions"].([]any) {
			assert.Regexp(t, `^quicksight:(Describe|List|Query|PassDataSet)`, action, r.URN)
		}
	}
	assert.NotContains(t, pulumitest.Find(t, graph, quickAnalysisType, "dashboards").Inputs, "permissions")
}

func TestDashboards_AreRefreshedEveryDayFromSPICE(t *testing.T) {
	graph := renderDashboards(t)
	sets := pulumitest.OfType(t, graph, quickSetType)
	assert.Len(t, sets, len(sheets))
	for _, set := range sets {
		assert.Equal(t, "SPICE", set.Inputs["importMode"], set.URN)
		refresh := pulumitest.Find(t, graph, quickRefreshType, set.Name())
		assert.Equal(t, map[string]any{
			"refreshType":       "FULL_REFRESH",
			"scheduleFrequency": map[string]any{"interval": "DAILY", "timeOfTheDay": "05:00", "timezone": "UTC"},
		}, refresh.Inputs["schedule"])
	}
}

func TestDashboards_AskWhatTheColumnsSay(t *testing.T) {
	graph := renderDashboards(t)
	for _, s := range dashboardSets() {
		set := pulumitest.Find(t, graph, quickSetType, "dashboards-"+s.query.Name)
		physical := set.Inputs["physicalTableMaps"].([]any)[0].(map[string]any)["customSql"].(map[string]any)
		assert.Equal(t, "arn:aws:quicksight:eu-test-1:333344445555:datasource/gxp-audit", physical["dataSourceArn"])
		sql := physical["sqlQuery"].(string)
		assert.Contains(t, sql, "IN ('222233334444', '111122223333')", s.query.Name)
		assert.Contains(t, sql, "date_add('day', -31, current_date)", s.query.Name)
		for _, column := range append([]string{s.time, s.figure, s.series}, s.ranks...) {
			assert.Contains(t, s.query.Columns, column, s.query.Name)
		}
		assert.Equal(t, "DATETIME", s.columnType(s.time), s.query.Name)
		for _, column := range s.query.Columns {
			assert.Regexp(t, `(AS |\b)`+column+`\b`, sql, s.query.Name)
		}
	}
}

func TestDashboards_ReadUnderARoleOfTheirOwnInTheWorkgroupOfAuditors(t *testing.T) {
	graph := renderDashboards(t)
	stack := pulumitest.Find(t, graph, plainStackType, "dashboards").Inputs["templateBody"].(string)
	var template struct {
		Resources map[string]struct{ Properties map[string]any }
	}
	require.NoError(t, json.Unmarshal([]byte(stack), &template))
	assert.Equal(t, map[string]any{"AthenaParameters": map[string]any{
		"WorkGroup": "gxp-audit", "RoleArn": map[string]any{"Fn::Sub": "arn:aws:iam::${AWS::AccountId}:role/gxp-audit-query-dashboards"},
	}}, template.Resources["Source"].Properties["DataSourceParameters"])
	assert.NotContains(t, template.Resources["Source"].Properties, "Permissions")
	for name, document := range map[string]any{
		"dashboards-role":  pulumitest.Find(t, graph, "aws:iam/rolePolicy:RolePolicy", "dashboards").Inputs["policy"],
		"dashboards-trust": pulumitest.Find(t, graph, "aws:iam/role:Role", "dashboards").Inputs["assumeRolePolicy"],
	} {
		pulumitest.Golden(t, name+".json", pulumitest.Indented(t, document.(string)))
	}
}

func TestDashboards_AreMadeAnewWhereTheTemplateChanged(t *testing.T) {
	_, id, err := dashboardsStack()
	require.NoError(t, err)
	graph := renderDashboards(t)
	for _, r := range append(pulumitest.OfType(t, graph, quickAnalysisType), pulumitest.OfType(t, graph, quickBoardType)...) {
		source := r.Inputs["sourceEntity"].(map[string]any)["sourceTemplate"].(map[string]any)
		assert.Equal(t, "arn:aws:quicksight:eu-test-1:333344445555:template/"+id, source["arn"])
		assert.Len(t, source["dataSetReferences"], len(sheets))
	}
}

func TestDashboardsStack_IsATemplateThatCloudFormationTakes(t *testing.T) {
	body, _, err := dashboardsStack()
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "dashboards.json")
	require.NoError(t, os.WriteFile(file, []byte(body), 0o600))
	out, err := exec.Command(testtool.Path(t, "cfn-lint"), file).CombinedOutput()
	assert.NoError(t, err, string(out))
}

func TestDashboardsDefinition_RefersToWhatThereIs(t *testing.T) {
	for _, s := range dashboardSets() {
		sheet := s.sheet()
		var ids []string
		for _, visual := range sheet["Visuals"].([]any) {
			for _, chart := range visual.(object) {
				ids = append(ids, chart.(object)["VisualId"].(string))
			}
		}
		assert.Len(t, slices.Compact(slices.Sorted(slices.Values(ids))), 4, s.query.Name)
		elements := sheet["Layouts"].([]any)[0].(object)["Configuration"].(object)["GridLayout"].(object)["Elements"].([]any)
		for _, element := range elements {
			assert.Contains(t, ids, element.(object)["ElementId"], s.query.Name)
		}
		assert.Len(t, elements, 4)
	}
}

func TestDashboardsArgs_Rejects(t *testing.T) {
	tests := map[string]struct {
		change func(*DashboardsArgs)
		want   string
	}{
		"no provider":     {func(a *DashboardsArgs) { a.Account.Provider = nil }, "account has no provider"},
		"no analytics":    {func(a *DashboardsArgs) { a.Analytics = nil }, "analytics is required"},
		"no archive":      {func(a *DashboardsArgs) { a.Archive = nil }, "archive is required"},
		"no organization": {func(a *DashboardsArgs) { a.OrganizationID = nil }, "organizationID is required"},
		"no accounts":     {func(a *DashboardsArgs) { a.Accounts = nil }, "accounts are required"},
		"no group":        {func(a *DashboardsArgs) { a.Group = "" }, "group is required"},
		"no namespace":    {func(a *DashboardsArgs) { a.Namespace = "" }, "namespace is required"},
		"no time": {func(a *DashboardsArgs) { a.RefreshTime = "24:00" },
			`refreshTime is "24:00", must be an hour and a minute such as 05:00`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			args := dashboardsArgs(account.Account{Provider: &aws.Provider{}}, &Archive{}, &Analytics{})
			require.NoError(t, args.validate())
			tt.change(args)
			assert.EqualError(t, args.validate(), tt.want)
		})
	}
	assert.EqualError(t, (*DashboardsArgs)(nil).validate(), "args are required")
}

func renderDashboards(t *testing.T) *qualification.Graph {
	t.Helper()
	return pulumitest.Render(t, func(ctx *pulumi.Context) error {
		audit, err := pulumitest.Account(ctx, "audit", auditID, pulumitest.Region)
		if err != nil {
			return err
		}
		archive, err := createArchive(ctx, "archive", pulumitest.Region)
		if err != nil {
			return err
		}
		analytics, err := NewAnalytics(ctx, "analytics", analyticsArgs(audit, []*Archive{archive}))
		if err != nil {
			return err
		}
		_, err = NewDashboards(ctx, "dashboards", dashboardsArgs(audit, archive, analytics))
		return err
	})
}

func dashboardsArgs(in account.Account, archive *Archive, analytics *Analytics) *DashboardsArgs {
	return &DashboardsArgs{
		Account: in, Analytics: analytics, Archive: archive,
		OrganizationID: pulumi.String("o-exampleorgid"),
		Accounts:       pulumi.StringArray{pulumi.String("222233334444"), pulumi.String("111122223333")},
		Group:          "gxp-auditors", Namespace: "default", RefreshTime: "05:00",
	}
}
