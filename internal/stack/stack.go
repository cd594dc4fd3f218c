// Package stack composes the landing zone: it hands the outputs of each package
// to the next, in the order in which things come to life.
package stack

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/bucket"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/landingzone"
	"github.com/gxp-landing-zone/gxp-landing-zone/logging"
	"github.com/gxp-landing-zone/gxp-landing-zone/monitoring"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

// Program returns the Pulumi program of the landing zone that c describes. It
// is a function of c alone; operations makes the calls that no resource can.
func Program(c *config.Config, operations landingzone.Operations) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		if err := refuseLoss(ctx, c); err != nil {
			return err
		}
		_, recordClass := c.LongestRetention()
		organization, err := landingzone.NewOrganization(ctx, "organization", &landingzone.OrganizationArgs{
			Config:         &c.LandingZone,
			ReplicaRegion:  c.Logging.Archive.ReplicaRegion,
			RecordClass:    recordClass,
			RequirementSet: qualification.RequirementSetVersion(),
			Endpoint:       c.GxP.Endpoint,
			Operations:     operations,
		})
		if err != nil {
			return err
		}
		if err := protection(ctx, c, organization); err != nil {
			return err
		}
		archives, err := archives(ctx, c, organization)
		if err != nil {
			return err
		}
		archive := archives[0]
		logGroup, err := trail(ctx, c, organization, archive)
		if err != nil {
			return err
		}
		topics, err := detection(ctx, c, organization, logGroup)
		if err != nil {
			return err
		}
		receivers, err := receive(ctx, c, organization, archives)
		if err != nil {
			return err
		}
		published, err := publish(ctx, c, organization)
		if err != nil {
			return err
		}
		if err := examination(ctx, c, organization, archives, receivers.landings, topics, published); err != nil {
			return err
		}
		baseline, err := baseline(ctx, c, organization, receivers, published)
		if err != nil {
			return err
		}
		if err := conformance(ctx, c, organization, baseline); err != nil {
			return err
		}
		if err := identity(ctx, c, organization, baseline...); err != nil {
			return err
		}
		if err := guardrails(ctx, c, organization, baseline); err != nil {
			return err
		}
		joined, err := network(ctx, c, organization, receivers.landings.network)
		if err != nil {
			return err
		}
		if err := certificates(ctx, c, organization); err != nil {
			return err
		}
		if err := backups(ctx, c, organization, baseline...); err != nil {
			return err
		}
		portfolio, err := products(ctx, c, organization)
		if err != nil {
			return err
		}
		export(ctx, c, organization, archive, topics, portfolio, joined)
		return nil
	}
}

// archives creates the locked archive and, with a second governed region, its
// second copy. The archive that the trail delivers to is the first.
func archives(ctx *pulumi.Context, c *config.Config, o *landingzone.Organization) ([]*logging.Archive, error) {
	_, err := logging.NewRecordsManager(ctx, "records-manager", &logging.RecordsManagerArgs{
		Account:        o.LogArchive,
		OrganizationID: o.OrganizationID,
		NamePrefix:     c.LandingZone.Organization.NamePrefix,
	})
	if err != nil {
		return nil, err
	}
	archive, err := logging.NewArchive(ctx, "archive", archiveArgs(c, o, o.LogArchive, trailSource(c)))
	if err != nil || c.Logging.Archive.ReplicaRegion == "" {
		return []*logging.Archive{archive}, err
	}
	copied := archiveArgs(c, o, o.LogArchiveReplica, nil)
	if c.Logging.Archive.ReplicaAccount == config.KeyBackup {
		copied.Account = o.In(config.KeyBackup, c.Logging.Archive.ReplicaRegion)
		copied.SourceAccountID = o.LogArchive.ID
	}
	replica, err := logging.NewArchive(ctx, "archive-replica", copied)
	if err != nil {
		return nil, err
	}
	_, err = logging.NewReplication(ctx, "archive", &logging.ReplicationArgs{From: archive, To: replica})
	return []*logging.Archive{archive, replica}, err
}

func archiveArgs(
	c *config.Config, o *landingzone.Organization, in account.Account, trail *logging.TrailSource,
) *logging.ArchiveArgs {
	return &logging.ArchiveArgs{
		Account:        in,
		NamePrefix:     c.LandingZone.Organization.NamePrefix,
		Lock:           bucket.Lock{Mode: c.Logging.Archive.Mode, Years: c.Logging.Archive.RetentionYears},
		OrganizationID: o.OrganizationID,
		AuditAccountID: o.Audit.ID,
		ColdAfterDays:  c.Logging.Archive.ColdAfterDays,
		Trail:          trail,
	}
}

// trailSource identifies the trail of this program. Under Control Tower there
// is none: Control Tower's own records the organization.
func trailSource(c *config.Config) *logging.TrailSource {
	organization := c.LandingZone.Organization
	if organization.ControlTower {
		return nil
	}
	return &logging.TrailSource{
		ARN: logging.TrailARN(
			organization.NamePrefix, c.LandingZone.Regions.Home, organization.ManagementAccountID),
		ManagementAccountID: organization.ManagementAccountID,
	}
}

// trail creates the organization trail and returns the log group in which the
// trail can be searched.
func trail(
	ctx *pulumi.Context, c *config.Config, o *landingzone.Organization, archive *logging.Archive,
) (pulumi.StringInput, error) {
	if c.LandingZone.Organization.ControlTower {
		return pulumi.String(c.Monitoring.TrailLogGroup), nil
	}
	trail, err := logging.NewTrail(ctx, "trail", &logging.TrailArgs{
		Account:             o.Management,
		NamePrefix:          c.LandingZone.Organization.NamePrefix,
		ManagementAccountID: c.LandingZone.Organization.ManagementAccountID,
		OrganizationID:      o.OrganizationID,
		Archive:             archive,
		DataEventBuckets:    c.Logging.Trail.DataEventBuckets,
		NetworkEvents:       c.Logging.Trail.NetworkEvents,
		Insights:            c.Logging.Trail.Insights,
		RetentionDays:       c.Logging.Trail.LogGroupRetentionDays,
	})
	if err != nil {
		return nil, err
	}
	return trail.LogGroup, nil
}

// topics are where notifications of an account are published.
type topics struct {
	audit, management *monitoring.Notifications
}

// detection creates what watches the organization and tells people.
func detection(
	ctx *pulumi.Context, c *config.Config, o *landingzone.Organization, logGroup pulumi.StringInput,
) (*topics, error) {
	audit, err := monitoring.NewNotifications(ctx, "notifications", &monitoring.NotificationsArgs{
		Account: o.Audit,
		Emails:  c.Monitoring.NotificationEmails,
	})
	if err != nil {
		return nil, err
	}
	// An alarm publishes within its own account, and the trail's log group is
	// in management.
	management, err := monitoring.NewNotifications(ctx, "notifications-management", &monitoring.NotificationsArgs{
		Account: o.Management,
		Emails:  c.Monitoring.NotificationEmails,
	})
	if err != nil {
		return nil, err
	}
	_, err = monitoring.NewAlarms(ctx, "alarms", &monitoring.AlarmsArgs{
		Account:  o.Management,
		LogGroup: logGroup,
		TopicARN: management.TopicARN,
	})
	if err != nil {
		return nil, err
	}
	if c.Monitoring.Aggregator {
		_, err := monitoring.NewAggregator(ctx, "aggregator", &monitoring.AggregatorArgs{
			Account: o.Audit,
			After:   o.Delegated("config.amazonaws.com"),
		})
		if err != nil {
			return nil, err
		}
	}
	return &topics{audit, management}, nil
}
