package stack

import (
	"maps"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/landingzone"
)

// guardrails attaches the organization policies once after is in place.
func guardrails(ctx *pulumi.Context, c *config.Config, o *landingzone.Organization, after []pulumi.Resource) error {
	_, err := landingzone.NewGuardrails(ctx, "guardrails", &landingzone.GuardrailsArgs{
		Account:        o.Management,
		Config:         &c.LandingZone,
		OrganizationID: o.OrganizationID,
		RootID:         o.RootID,
		UnitIDs:        o.UnitIDs,
		AccountIDs:     o.AccountIDs,
		RecordClasses:  slices.Sorted(maps.Keys(c.Logging.RecordClasses)),
		After:          after,
	})
	return err
}
