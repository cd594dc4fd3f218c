package stack

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/bucket"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/landingzone"
	"github.com/gxp-landing-zone/gxp-landing-zone/logging"
)

// networkLogs creates what the network delivers its logs to, by region.
func networkLogs(
	ctx *pulumi.Context, c *config.Config, o *landingzone.Organization, archives []*logging.Archive,
) (map[string]*logging.NetworkLanding, error) {
	landings := map[string]*logging.NetworkLanding{}
	if !c.LandingZone.Network.Enabled {
		return landings, nil
	}
	for _, network := range c.LandingZone.Network.Regions {
		landing, err := logging.NewNetworkLanding(ctx, "network-logs-"+network.Region, &logging.LandingArgs{
			Account:        o.In(config.KeyLogArchive, network.Region),
			NamePrefix:     c.LandingZone.Organization.NamePrefix,
			OrganizationID: o.OrganizationID,
			AuditAccountID: o.Audit.ID,
			AccessLogs:     accessLogsIn(network.Region, archives),
		})
		if err != nil {
			return nil, err
		}
		landings[network.Region] = landing
	}
	return landings, nil
}

// accessLogsIn is the bucket of access logs in a region; nil where no archive
// is.
func accessLogsIn(region string, archives []*logging.Archive) *bucket.Bucket {
	for _, archive := range archives {
		if archive.Region() == region {
			return archive.AccessLogs
		}
	}
	return nil
}

// collect copies what lands in any region into the archives. Who delivers waits
// for it: S3 does not copy what landed before.
func collect(
	ctx *pulumi.Context, c *config.Config, o *landingzone.Organization, r *receivers,
	network map[string]*logging.NetworkLanding, archives []*logging.Archive,
) error {
	for _, region := range homeFirst(c.LandingZone.Regions) {
		var from []logging.Source
		if region == c.LandingZone.Regions.Home {
			from = append(from, r.landing)
		}
		if landing := network[region]; landing != nil {
			from = append(from, landing)
		}
		if len(from) == 0 {
			continue
		}
		collection, err := logging.NewCollection(ctx, "collection-"+region, &logging.CollectionArgs{
			Account: o.In(config.KeyLogArchive, region),
			From:    from,
			To:      archives,
		})
		if err != nil {
			return err
		}
		if landing := network[region]; landing != nil {
			landing.Ready = append(landing.Ready, collection.Ready...)
		}
		if region == c.LandingZone.Regions.Home {
			r.landing.Ready = append(r.landing.Ready, collection.Ready...)
		}
	}
	return nil
}
