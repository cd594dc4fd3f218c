package logging

import (
	"embed"
	"fmt"
	"strings"
	"sync"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/quicksight"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/logging/analytics"
)

// dashboardDays is how many days the dashboard shows: a month. Each refresh
// reads all of them, and AWS charges for what is read.
const dashboardDays = 31

//go:embed dashboards/*.sql
var dashboardFiles embed.FS

// dashboardSet is a data set of the dashboard: what a query answers, and how its
// sheet shows it.
type dashboardSet struct {
	query *analytics.Query

	// time is the column that is the time, figure the one that is summed.
	time, figure string

	// series divides the figure over time, ranks compares it.
	series string
	ranks  []string
}

// sheets are the data sets in the order of their sheets.
var sheets = []struct {
	file, figure, series string
	ranks                []string
}{
	{"activity", "calls", "account", []string{"who", "service"}},
	{"denied", "calls", "error", []string{"who", "action"}},
	{"changes", "calls", "account", []string{"who", "service"}},
	{"products", "reports", "verdict", []string{"product", "approved_by"}},
	{"deletions", "calls", "result", []string{"who", "action"}},
	{"sign-ins", "sign_ins", "result", []string{"who", "second_factor_used"}},
	{"compliance", "resources", "verdict", []string{"rule_name", "account"}},
}

// dashboardSets reads the data sets from the files that they are embedded from.
var dashboardSets = sync.OnceValue(func() []dashboardSet {
	var all []dashboardSet
	for _, sheet := range sheets {
		text, err := dashboardFiles.ReadFile("dashboards/" + sheet.file + ".sql")
		if err != nil {
			panic(err) // a file that this program was built with
		}
		query, err := analytics.Parse(sheet.file, string(text))
		if err != nil {
			panic(fmt.Errorf("data set %s: %w", sheet.file, err))
		}
		all = append(all, dashboardSet{
			query: query, time: query.Columns[0], figure: sheet.figure, series: sheet.series, ranks: sheet.ranks,
		})
	}
	return all
})

// id is the id of the data set, and what the sheets call it.
func (s dashboardSet) id() string { return dashboardsID + "-" + s.query.Name }

// columnType is the type of a column: its name says what it is.
func (s dashboardSet) columnType(column string) string {
	switch {
	case strings.HasSuffix(column, "_utc"):
		return "DATETIME"
	case column == s.figure, column == "changes", column == "denied":
		return "INTEGER"
	}
	return "STRING"
}

// sql is what Athena runs at each refresh, whenever that is.
func (s dashboardSet) sql(accounts []string) (string, error) {
	period, err := analytics.LastDays(dashboardDays)
	if err != nil {
		return "", err
	}
	return s.query.Render(analytics.Values{"account": accounts}, period)
}

// createDataSets creates the data sets, which the group may read, and when each
// is refreshed.
func createDataSets(
	ctx *pulumi.Context, name string, args *DashboardsArgs, group *quicksight.Group, from *described, child pulumi.ResourceOption,
) ([]*quicksight.DataSet, error) {
	var sets []*quicksight.DataSet
	for _, s := range dashboardSets() {
		var columns quicksight.DataSetPhysicalTableMapCustomSqlColumnArray
		for _, column := range s.query.Columns {
			columns = append(columns, &quicksight.DataSetPhysicalTableMapCustomSqlColumnArgs{
				Name: pulumi.String(column), Type: pulumi.String(s.columnType(column)),
			})
		}
		set, err := quicksight.NewDataSet(ctx, name+"-"+s.query.Name, &quicksight.DataSetArgs{
			DataSetId:  pulumi.String(s.id()),
			Name:       pulumi.String("Audit trail: " + s.query.Title),
			ImportMode: pulumi.String("SPICE"),
			PhysicalTableMaps: quicksight.DataSetPhysicalTableMapArray{&quicksight.DataSetPhysicalTableMapArgs{
				PhysicalTableMapId: pulumi.String(s.query.Name),
				CustomSql: &quicksight.DataSetPhysicalTableMapCustomSqlArgs{
					DataSourceArn: from.source,
					Name:          pulumi.String(s.query.Title),
					SqlQuery:      args.Accounts.ToStringArrayOutput().ApplyT(s.sql).(pulumi.StringOutput),
					Columns:       columns,
				},
			}},
			Permissions: quicksight.DataSetPermissionArray{&quicksight.DataSetPermissionArgs{
				Principal: group.Arn, Actions: pulumi.ToStringArray(dataSetViewing),
			}},
		}, child, pulumi.DependsOn([]pulumi.Resource{from.stack}))
		if err != nil {
			return nil, fmt.Errorf("data set %s: %w", s.query.Name, err)
		}
		_, err = quicksight.NewRefreshSchedule(ctx, name+"-"+s.query.Name, &quicksight.RefreshScheduleArgs{
			DataSetId:  set.DataSetId,
			ScheduleId: pulumi.String("daily"),
			Schedule: &quicksight.RefreshScheduleScheduleArgs{
				RefreshType: pulumi.String("FULL_REFRESH"),
				ScheduleFrequency: &quicksight.RefreshScheduleScheduleScheduleFrequencyArgs{
					Interval: pulumi.String("DAILY"), TimeOfTheDay: pulumi.String(args.RefreshTime), Timezone: pulumi.String("UTC"),
				},
			},
		}, child)
		if err != nil {
			return nil, fmt.Errorf("refresh of %s: %w", s.query.Name, err)
		}
		sets = append(sets, set)
	}
	return sets, nil
}
