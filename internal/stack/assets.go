package stack

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/asset"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/landingzone"
)

// publish makes the code of the functions readable where they run: the baseline
// has one in every region, the verification of the archive is at home. It
// returns what they wait for.
func publish(ctx *pulumi.Context, c *config.Config, o *landingzone.Organization) ([]pulumi.Resource, error) {
	var regions []string
	switch {
	case c.LandingZone.Baseline.Enabled:
		regions = homeFirst(c.LandingZone.Regions)
	case checksIntegrity(c):
		regions = []string{c.LandingZone.Regions.Home}
	}
	functions, err := asset.Functions()
	if err != nil {
		return nil, err
	}
	var published []pulumi.Resource
	for _, region := range regions {
		name := "assets"
		if region != c.LandingZone.Regions.Home {
			name += "-" + region
		}
		assets, err := landingzone.NewAssets(ctx, name, &landingzone.AssetsArgs{
			Account:        o.In(config.KeySharedServices, region),
			NamePrefix:     c.LandingZone.Organization.NamePrefix,
			OrganizationID: o.OrganizationID,
			Functions:      functions,
		})
		if err != nil {
			return nil, err
		}
		published = append(published, assets.Published...)
	}
	return published, nil
}
