package stack

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/landingzone"
	"github.com/gxp-landing-zone/gxp-landing-zone/logging"
)

// dashboards creates what auditors see of the audit trail in QuickSight, from
// the tables of the analytics.
func dashboards(
	ctx *pulumi.Context, c *config.Config, o *landingzone.Organization, archive *logging.Archive, analytics *logging.Analytics,
) error {
	settings := c.Logging.Dashboards
	if !settings.Enabled {
		return nil
	}
	_, err := logging.NewDashboards(ctx, "dashboards", &logging.DashboardsArgs{
		Account:        o.Audit,
		Analytics:      analytics,
		Archive:        archive,
		OrganizationID: o.OrganizationID,
		Accounts:       everyAccountID(o),
		Group:          settings.Group,
		Namespace:      settings.Namespace,
		RefreshTime:    settings.RefreshTime,
	})
	return err
}
