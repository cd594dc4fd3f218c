package stack

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/landingzone"
	"github.com/gxp-landing-zone/gxp-landing-zone/logging"
)

// search creates what recent log events are searched in, of the home region.
func search(ctx *pulumi.Context, c *config.Config, o *landingzone.Organization, l *landings) error {
	settings := c.Logging.Search
	if !settings.Enabled {
		return nil
	}
	_, err := logging.NewSearch(ctx, "search", &logging.SearchArgs{
		Account:        o.LogArchive,
		OrganizationID: o.OrganizationID,
		From:           l.services[c.LandingZone.Regions.Home],
		Name:           settings.Name,
		Standby:        settings.Standby,
	})
	return err
}
