package stack

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/catalog"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/landingzone"
)

// audience lists the organizational units whose developers see the portfolio.
var audience = []string{config.UnitGxPProd, config.UnitSensitive, config.UnitGxPValidation, config.UnitNonGxP}

// products publishes the catalog; nil when configuration switches it off.
func products(ctx *pulumi.Context, c *config.Config, o *landingzone.Organization) (*catalog.Portfolio, error) {
	if !c.Catalog.Enabled {
		return nil, nil
	}
	sharing, err := catalog.NewSharing(ctx, "catalog", &catalog.SharingArgs{Account: o.Management})
	if err != nil {
		return nil, err
	}
	var units []catalog.Unit
	for _, path := range audience {
		unit, _ := config.UnitAt(path)
		units = append(units, catalog.Unit{Key: unit.Key, ARN: o.UnitARNs[path]})
	}
	return catalog.NewPortfolio(ctx, "catalog", &catalog.PortfolioArgs{
		Account:        o.SharedServices,
		NamePrefix:     c.LandingZone.Organization.NamePrefix,
		OrganizationID: o.OrganizationID,
		Title:          "GxP building blocks",
		Owner:          c.LandingZone.Platform.Owner,
		SupportEmail:   c.Catalog.SupportEmail,
		Units:          units,
		After:          append(o.Delegated("servicecatalog.amazonaws.com"), sharing),
	})
}
