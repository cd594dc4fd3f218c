package stack

import (
	"maps"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/asset"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/bucket"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/landingzone"
	"github.com/gxp-landing-zone/gxp-landing-zone/logging"
	"github.com/gxp-landing-zone/gxp-landing-zone/monitoring"
)

// checksIntegrity reports whether the archive is verified. Under Control Tower
// it is not: what its trail is called, and which bucket it delivers into, is
// Control Tower's to decide, and the archive of this program has none of it.
func checksIntegrity(c *config.Config) bool {
	return c.Logging.Integrity.Enabled && trailSource(c) != nil
}

// integrityCheck verifies the archive every day, and tells by a topic of the log
// archive account: an alarm publishes within its own account.
func integrityCheck(
	ctx *pulumi.Context, c *config.Config, o *landingzone.Organization, archives []*logging.Archive,
	published []pulumi.Resource,
) error {
	if !checksIntegrity(c) {
		return nil
	}
	notifications, err := monitoring.NewNotifications(ctx, "notifications-log-archive", &monitoring.NotificationsArgs{
		Account: o.LogArchive,
		Emails:  c.Monitoring.NotificationEmails,
	})
	if err != nil {
		return err
	}
	code, err := asset.Find(logging.IntegrityFunction)
	if err != nil {
		return err
	}
	organization, home := c.LandingZone.Organization, c.LandingZone.Regions.Home
	args := &logging.IntegrityCheckArgs{
		Account:             o.LogArchive,
		Archive:             archives[0],
		Lock:                bucket.Lock{Mode: c.Logging.Archive.Mode, Years: c.Logging.Archive.RetentionYears},
		OrganizationID:      o.OrganizationID,
		ManagementAccountID: organization.ManagementAccountID,
		TrailName:           logging.TrailName(organization.NamePrefix),
		Regions:             homeFirst(c.LandingZone.Regions),
		Code:                code,
		CodeBucket:          landingzone.AssetsBucket(organization.NamePrefix, home),
		Published:           published,
		TopicARN:            notifications.TopicARN,
		RetentionDays:       c.Logging.Trail.LogGroupRetentionDays,
	}
	if len(archives) > 1 {
		args.Replica = archives[1]
	}
	args.Accounts, args.Retired = loggingAccounts(c, o)
	_, err = logging.NewIntegrityCheck(ctx, "integrity", args)
	return err
}

// loggingAccounts are the accounts that must log, the management account among
// them, and those that are retired.
func loggingAccounts(c *config.Config, o *landingzone.Organization) (must, retired pulumi.StringArray) {
	gone := map[string]bool{}
	for _, a := range c.LandingZone.Accounts {
		gone[a.Name] = a.Retired
	}
	for _, name := range slices.Sorted(maps.Keys(o.AccountIDs)) {
		if gone[name] {
			retired = append(retired, o.AccountIDs[name])
		} else {
			must = append(must, o.AccountIDs[name])
		}
	}
	return must, retired
}
