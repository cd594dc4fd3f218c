package stack

import (
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/landingzone"
)

// protection protects every core account, in each region that the program is
// connected to it in.
func protection(ctx *pulumi.Context, c *config.Config, o *landingzone.Organization) error {
	settings, home := c.LandingZone.Protection, c.LandingZone.Regions.Home
	regions := homeFirst(c.LandingZone.Regions)
	for _, in := range everyCore(c, o, regions) {
		if in.Provider == nil {
			continue
		}
		name := "protection-" + in.Key
		if in.Region != home {
			name += "-" + in.Region
		}
		_, err := landingzone.NewAccountProtection(ctx, name, &landingzone.AccountProtectionArgs{
			Account:            in,
			OrganizationID:     o.OrganizationID,
			VolumeKey:          slices.Contains(settings.VolumeKeys, in.Key),
			BlockPublicBuckets: settings.BlockPublicBuckets && in.Region == home,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// certificates creates the certificates of the company's domains.
func certificates(ctx *pulumi.Context, c *config.Config, o *landingzone.Organization) error {
	for _, wanted := range c.LandingZone.Certificates {
		_, err := landingzone.NewCertificate(ctx, "certificate-"+wanted.Account+"-"+wanted.Domain, &landingzone.CertificateArgs{
			Account:          o.In(wanted.Account, c.LandingZone.Regions.Home),
			Domain:           wanted.Domain,
			AlternativeNames: wanted.AlternativeNames,
			HostedZoneID:     wanted.HostedZoneID,
		})
		if err != nil {
			return err
		}
	}
	return nil
}
