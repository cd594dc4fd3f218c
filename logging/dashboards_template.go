package logging

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudformation"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
	"github.com/gxp-landing-zone/gxp-landing-zone/logging/analytics"
)

// AuditDashboardsRole is what QuickSight reads the archive under. The policies of
// the archive let it in by the beginning of its name.
const AuditDashboardsRole = AuditQueryRole + "-dashboards"

// described is what CloudFormation makes: the data source, and the template that
// analysis and dashboard are made from.
type described struct {
	stack            *cloudformation.Stack
	source, template pulumi.StringOutput
	templateID       string
}

// describeDashboards creates the data source and the template by a stack. The
// provider knows neither a data source with a role of its own, without which
// QuickSight would read the archive under the role that it reads everything
// under, nor the definition of a template.
func describeDashboards(
	ctx *pulumi.Context, name string, args *DashboardsArgs, child pulumi.ResourceOption,
) (*described, error) {
	permissions, err := createDashboardsRole(ctx, name, args, child)
	if err != nil {
		return nil, err
	}
	body, templateID, err := dashboardsStack()
	if err != nil {
		return nil, err
	}
	stack, err := cloudformation.NewStack(ctx, name, &cloudformation.StackArgs{
		Name:         pulumi.String("gxp-audit-dashboards"),
		TemplateBody: pulumi.String(body),
	}, child, pulumi.DependsOn(append([]pulumi.Resource{permissions}, args.Analytics.Ready...)))
	if err != nil {
		return nil, fmt.Errorf("stack: %w", err)
	}
	arn := func(resource string) pulumi.StringOutput {
		return pulumi.Sprintf("arn:aws:quicksight:%s:%s:%s", args.Account.Region, args.Account.ID, resource)
	}
	return &described{
		stack: stack, templateID: templateID,
		source: arn("datasource/" + dashboardsID), template: arn("template/" + templateID),
	}, nil
}

// createDashboardsRole creates the role that QuickSight refreshes data under. It
// asks in the workgroup of the auditors, within its limits.
func createDashboardsRole(
	ctx *pulumi.Context, name string, args *DashboardsArgs, child pulumi.ResourceOption,
) (*iam.RolePolicy, error) {
	role, err := iam.NewRole(ctx, name, &iam.RoleArgs{
		Name:        pulumi.String(AuditDashboardsRole),
		Description: pulumi.String("QuickSight reads the archive under this role, and changes nothing."),
		AssumeRolePolicy: args.Account.ID.ApplyT(func(id string) (string, error) {
			return policy.JSON(policy.Statement{
				Sid: "QuickSightAssumes", Effect: policy.Allow, Principal: policy.Service("quicksight.amazonaws.com"),
				Action: policy.Strings{"sts:AssumeRole"},
				// Whether QuickSight says for which account it asks is not documented;
				// where it does, it has to be this one.
				Condition: policy.Condition{"StringEqualsIfExists": {"aws:SourceAccount": {id}}},
			})
		}).(pulumi.StringOutput),
	}, child)
	if err != nil {
		return nil, fmt.Errorf("role: %w", err)
	}
	a := args.Analytics
	permissions, err := iam.NewRolePolicy(ctx, name, &iam.RolePolicyArgs{
		Name: pulumi.String("query"),
		Role: role.Name,
		Policy: pulumi.All(args.OrganizationID, args.Account.ID, args.Archive.Records.Arn, args.Archive.Evidence.Arn,
			args.Archive.KeyARN, a.results.Arn, a.KeyARN).ApplyT(func(known []any) (string, error) {
			text := func(i int) string { return known[i].(string) }
			return policy.JSON(dashboardsStatements(auditPlace{
				region: args.Account.Region, organization: text(0), audit: text(1),
				records: text(2), evidence: text(3), archiveKey: text(4), results: text(5), resultsKey: text(6),
			})...)
		}).(pulumi.StringOutput),
	}, child)
	if err != nil {
		return nil, fmt.Errorf("role: %w", err)
	}
	return permissions, nil
}

// dashboardsStatements let QuickSight ask in the workgroup of the auditors and
// read the answers.
func dashboardsStatements(p auditPlace) []policy.Statement {
	return append(readStatements(p, auditAnswers),
		policy.Statement{
			Sid: "Asks", Effect: policy.Allow,
			Action: policy.Strings{
				"athena:BatchGetQueryExecution", "athena:GetQueryExecution", "athena:GetQueryResults", "athena:GetQueryResultsStream",
				"athena:GetWorkGroup", "athena:ListQueryExecutions", "athena:StartQueryExecution", "athena:StopQueryExecution",
			},
			Resource: policy.Strings{p.workgroup(analytics.Workgroup)},
		},
		policy.Statement{
			Sid: "LooksAround", Effect: policy.Allow,
			Action: policy.Strings{
				"athena:GetDatabase", "athena:GetDataCatalog", "athena:GetTableMetadata", "athena:ListDatabases", "athena:ListDataCatalogs",
				"athena:ListEngineVersions", "athena:ListTableMetadata", "athena:ListWorkGroups",
			},
			Resource: policy.Strings{"*"},
		},
		policy.Statement{
			Sid: "ReadsAnswers", Effect: policy.Allow,
			Action: policy.Strings{"s3:GetObject"}, Resource: policy.Strings{p.results + "/" + auditAnswers + "*"},
		},
	)
}

// object is an object of JSON.
type object = map[string]any

// stackLimit is how many bytes CloudFormation takes as a template's text.
const stackLimit = 51200

// dashboardsStack returns the template of the stack, and the id of the template
// of QuickSight in it. The id says what is in it: a template that changed is
// another, and what is made from it is made anew.
func dashboardsStack() (body, templateID string, err error) {
	definition := dashboardsDefinition()
	text, err := json.Marshal(definition)
	if err != nil {
		return "", "", fmt.Errorf("definition: %w", err)
	}
	digest := sha256.Sum256(text)
	templateID = dashboardsID + "-" + hex.EncodeToString(digest[:6])
	own := object{"Ref": "AWS::AccountId"}
	whole, err := json.Marshal(object{
		"AWSTemplateFormatVersion": "2010-09-09",
		"Description":              "The source of the audit dashboards, and what they look like.",
		"Resources": object{
			"Source": object{"Type": "AWS::QuickSight::DataSource", "Properties": object{
				"AwsAccountId": own, "DataSourceId": dashboardsID, "Name": "Audit trail", "Type": "ATHENA",
				"DataSourceParameters": object{"AthenaParameters": object{
					"WorkGroup": analytics.Workgroup,
					"RoleArn":   object{"Fn::Sub": "arn:aws:iam::${AWS::AccountId}:role/" + AuditDashboardsRole},
				}},
			}},
			"Template": object{"Type": "AWS::QuickSight::Template", "Properties": object{
				"AwsAccountId": own, "TemplateId": templateID, "Name": "Audit trail", "Definition": definition,
			}},
		},
	})
	if err == nil && len(whole) > stackLimit {
		err = fmt.Errorf("the template has %d bytes, CloudFormation takes %d", len(whole), stackLimit)
	}
	return string(whole), templateID, err
}

// dashboardsDefinition is what analysis and dashboard look like: for each data
// set its columns, and a sheet.
func dashboardsDefinition() object {
	var sets, all []any
	for _, s := range dashboardSets() {
		var columns []any
		for _, column := range s.query.Columns {
			columns = append(columns, object{"Name": column, "DataType": s.columnType(column)})
		}
		sets = append(sets, object{"Placeholder": s.id(), "DataSetSchema": object{"ColumnSchemaList": columns}})
		all = append(all, s.sheet())
	}
	return object{"DataSetConfigurations": sets, "Sheets": all}
}

// gridColumns is how many columns QuickSight divides a sheet into.
const gridColumns = 36

// sheet shows the figure over time, compares it twice, and lists the rows.
func (s dashboardSet) sheet() object {
	visuals := []any{s.line("over-time"), s.bar("rank-1", s.ranks[0]), s.bar("rank-2", s.ranks[1]), s.table("rows")}
	place := func(visual string, column, row, width, height int) any {
		return object{
			"ElementId": s.part(visual), "ElementType": "VISUAL",
			"ColumnIndex": column, "RowIndex": row, "ColumnSpan": width, "RowSpan": height,
		}
	}
	return object{
		"SheetId": s.part("sheet"), "Name": s.query.Title, "Title": s.query.Question, "Description": s.query.Explanation,
		"ContentType": "INTERACTIVE", "Visuals": visuals,
		"Layouts": []any{object{"Configuration": object{"GridLayout": object{"Elements": []any{
			place("over-time", 0, 0, gridColumns, 10),
			place("rank-1", 0, 10, gridColumns/2, 10), place("rank-2", gridColumns/2, 10, gridColumns/2, 10),
			place("rows", 0, 20, gridColumns, 14),
		}}}}},
	}
}

// part is the id of a part of the sheet.
func (s dashboardSet) part(name string) string { return s.query.Name + "-" + name }

func (s dashboardSet) line(visual string) object {
	return object{"LineChartVisual": object{
		"VisualId": s.part(visual), "Title": titled(words(s.figure) + " by day and " + words(s.series)),
		"ChartConfiguration": object{"Type": "LINE", "FieldWells": object{"LineChartAggregatedFieldWells": object{
			"Category": []any{object{"DateDimensionField": object{
				"FieldId": s.part(visual + "-time"), "Column": s.column(s.time), "DateGranularity": "DAY",
			}}},
			"Values": []any{s.sum(visual)},
			"Colors": []any{s.category(visual, s.series)},
		}}},
	}}
}

func (s dashboardSet) bar(visual, by string) object {
	return object{"BarChartVisual": object{
		"VisualId": s.part(visual), "Title": titled(words(s.figure) + " by " + words(by)),
		"ChartConfiguration": object{
			"Orientation": "HORIZONTAL", "BarsArrangement": "CLUSTERED",
			"FieldWells": object{"BarChartAggregatedFieldWells": object{
				"Category": []any{s.category(visual, by)}, "Values": []any{s.sum(visual)},
			}},
			"SortConfiguration": object{"CategorySort": []any{object{"FieldSort": object{
				"FieldId": s.part(visual + "-" + s.figure), "Direction": "DESC",
			}}}},
		},
	}}
}

func (s dashboardSet) table(visual string) object {
	var values []any
	for _, column := range s.query.Columns {
		values = append(values, object{"FieldId": s.part(visual + "-" + column), "Column": s.column(column)})
	}
	return object{"TableVisual": object{
		"VisualId": s.part(visual), "Title": titled(s.query.Title),
		"ChartConfiguration": object{
			"FieldWells": object{"TableUnaggregatedFieldWells": object{"Values": values}},
			"SortConfiguration": object{"RowSort": []any{object{"FieldSort": object{
				"FieldId": s.part(visual + "-" + s.time), "Direction": "DESC",
			}}}},
		},
	}}
}

func (s dashboardSet) column(name string) object {
	return object{"DataSetIdentifier": s.id(), "ColumnName": name}
}

func (s dashboardSet) category(visual, column string) object {
	return object{"CategoricalDimensionField": object{"FieldId": s.part(visual + "-" + column), "Column": s.column(column)}}
}

func (s dashboardSet) sum(visual string) object {
	return object{"NumericalMeasureField": object{
		"FieldId": s.part(visual + "-" + s.figure), "Column": s.column(s.figure),
		"AggregationFunction": object{"SimpleNumericalAggregation": "SUM"},
	}}
}

func titled(text string) object { return object{"FormatText": object{"PlainText": text}} }

// words writes the name of a column for people.
func words(column string) string { return strings.ReplaceAll(column, "_", " ") }
