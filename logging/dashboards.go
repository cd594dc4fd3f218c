package logging

import (
	"errors"
	"fmt"
	"regexp"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/quicksight"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
)

const dashboardsType = "gxp:logging:Dashboards"

// dashboardsID is the id of the data source, the analysis and the dashboard: an
// identity, which links that people have saved contain.
const dashboardsID = "gxp-audit"

// DashboardsArgs configures [Dashboards]. Every field is required.
type DashboardsArgs struct {
	// Account is the audit account, in the region of the analytics, where the
	// company has subscribed to QuickSight.
	Account account.Account

	// Analytics has the tables and the workgroup that the data comes from.
	Analytics *Analytics

	// Archive is the archive that the tables are over.
	Archive *Archive

	// OrganizationID is the organization whose records these are.
	OrganizationID pulumi.StringInput

	// Accounts are the ids of all accounts of the organization.
	Accounts pulumi.StringArrayInput

	// Group is the name of the QuickSight group that is made, whose members may
	// see the dashboard.
	Group string

	// Namespace is the QuickSight namespace that the group is made in.
	Namespace string

	// RefreshTime is when data is read anew every day, in UTC: 00:00 to 23:59.
	RefreshTime string
}

// Dashboards shows auditors the audit trail in QuickSight: activity, denied
// calls, changes, products with their approvals, deletions, sign-ins and
// compliance of the last days. The figures are kept in SPICE, so that looking at
// them asks the archive nothing; they are an overview, and no record.
type Dashboards struct {
	pulumi.ResourceState

	// DashboardARN is the dashboard.
	DashboardARN pulumi.StringOutput `pulumi:"dashboardArn"`

	// GroupARN is the group whose members see it.
	GroupARN pulumi.StringOutput `pulumi:"groupArn"`
}

// NewDashboards creates Dashboards in args.Account.
func NewDashboards(
	ctx *pulumi.Context, name string, args *DashboardsArgs, opts ...pulumi.ResourceOption,
) (*Dashboards, error) {
	if err := args.validate(); err != nil {
		return nil, fmt.Errorf("dashboards %s: %w", name, err)
	}
	d := &Dashboards{}
	opts = append(slices.Clip(opts), pulumi.Provider(args.Account.Provider))
	if err := ctx.RegisterComponentResource(dashboardsType, name, d, opts...); err != nil {
		return nil, err
	}
	own := *args // what the caller does with its args later must not show
	if err := d.create(ctx, name, &own, pulumi.Parent(d)); err != nil {
		return nil, fmt.Errorf("dashboards %s: %w", name, err)
	}
	return d, ctx.RegisterResourceOutputs(d, pulumi.Map{"dashboardArn": d.DashboardARN, "groupArn": d.GroupARN})
}

var refreshSyntax = regexp.MustCompile(`^([01][0-9]|2[0-3]):[0-5][0-9]$`)

func (a *DashboardsArgs) validate() error {
	if a == nil {
		return errors.New("args are required")
	}
	switch {
	case a.Account.Provider == nil:
		return errors.New("account has no provider")
	case a.Analytics == nil:
		return errors.New("analytics is required")
	case a.Archive == nil:
		return errors.New("archive is required")
	case a.OrganizationID == nil:
		return errors.New("organizationID is required")
	case a.Accounts == nil:
		return errors.New("accounts are required")
	case a.Group == "":
		return errors.New("group is required")
	case a.Namespace == "":
		return errors.New("namespace is required")
	case !refreshSyntax.MatchString(a.RefreshTime):
		return fmt.Errorf("refreshTime is %q, must be an hour and a minute such as 05:00", a.RefreshTime)
	}
	return nil
}

func (d *Dashboards) create(ctx *pulumi.Context, name string, args *DashboardsArgs, child pulumi.ResourceOption) error {
	group, err := quicksight.NewGroup(ctx, name, &quicksight.GroupArgs{
		GroupName:   pulumi.String(args.Group),
		Namespace:   pulumi.String(args.Namespace),
		Description: pulumi.String("Auditors, who see the dashboard of the audit trail."),
	}, child)
	if err != nil {
		return fmt.Errorf("group: %w", err)
	}
	d.GroupARN = group.Arn
	described, err := describeDashboards(ctx, name, args, child)
	if err != nil {
		return err
	}
	sets, err := createDataSets(ctx, name, args, group, described, child)
	if err != nil {
		return err
	}
	return d.publish(ctx, name, args, described, sets, child)
}

// publish creates the analysis and the dashboard. QuickSight knows no right to
// look at an analysis without the right to change it, so nobody has one: the
// analysis is for administrators of QuickSight, to begin another from.
func (d *Dashboards) publish(
	ctx *pulumi.Context, name string, args *DashboardsArgs, from *described, sets []*quicksight.DataSet,
	child pulumi.ResourceOption,
) error {
	var ofAnalysis quicksight.AnalysisSourceEntitySourceTemplateDataSetReferenceArray
	var ofDashboard quicksight.DashboardSourceEntitySourceTemplateDataSetReferenceArray
	for i, set := range sets {
		placeholder := pulumi.String(dashboardSets()[i].id())
		ofAnalysis = append(ofAnalysis, &quicksight.AnalysisSourceEntitySourceTemplateDataSetReferenceArgs{
			DataSetArn: set.Arn, DataSetPlaceholder: placeholder,
		})
		ofDashboard = append(ofDashboard, &quicksight.DashboardSourceEntitySourceTemplateDataSetReferenceArgs{
			DataSetArn: set.Arn, DataSetPlaceholder: placeholder,
		})
	}
	after := pulumi.DependsOn([]pulumi.Resource{from.stack})
	_, err := quicksight.NewAnalysis(ctx, name, &quicksight.AnalysisArgs{
		AnalysisId: pulumi.String(dashboardsID),
		Name:       pulumi.String("Audit trail"),
		SourceEntity: &quicksight.AnalysisSourceEntityArgs{SourceTemplate: &quicksight.AnalysisSourceEntitySourceTemplateArgs{
			Arn: from.template, DataSetReferences: ofAnalysis,
		}},
	}, child, after)
	if err != nil {
		return fmt.Errorf("analysis: %w", err)
	}
	dashboard, err := quicksight.NewDashboard(ctx, name, &quicksight.DashboardArgs{
		DashboardId:        pulumi.String(dashboardsID),
		Name:               pulumi.String("Audit trail"),
		VersionDescription: pulumi.String("Template " + from.templateID),
		SourceEntity: &quicksight.DashboardSourceEntityArgs{SourceTemplate: &quicksight.DashboardSourceEntitySourceTemplateArgs{
			Arn: from.template, DataSetReferences: ofDashboard,
		}},
		Permissions: quicksight.DashboardPermissionArray{&quicksight.DashboardPermissionArgs{
			Principal: d.GroupARN, Actions: pulumi.ToStringArray(dashboardViewing),
		}},
	}, child, after)
	if err != nil {
		return fmt.Errorf("dashboard: %w", err)
	}
	d.DashboardARN = dashboard.Arn
	return nil
}

// What QuickSight takes as the right to view is exactly these actions, for each
// kind of asset.
// Source: QuickSight user guide, "Sharing assets programmatically"; Amazon
// QuickSight API reference, "UpdateDashboardPermissions".
var (
	dashboardViewing = []string{"quicksight:DescribeDashboard", "quicksight:ListDashboardVersions", "quicksight:QueryDashboard"}
	dataSetViewing   = []string{
		"quicksight:DescribeDataSet", "quicksight:DescribeDataSetPermissions", "quicksight:DescribeIngestion",
		"quicksight:ListIngestions", "quicksight:PassDataSet",
	}
)
