package stack

import (
	"maps"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/bucket"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/landingzone"
	"github.com/gxp-landing-zone/gxp-landing-zone/logging"
)

// landings are what is delivered to on the way into the archive, by region. Home
// comes first, and what a region lacks is nil.
type landings struct {
	config   *logging.Landing
	network  map[string]*logging.NetworkLanding
	services map[string]*logging.ServiceLanding
	balancer map[string]*logging.BalancerLanding

	// accessLogs receive those of the landings, by region.
	accessLogs map[string]*bucket.Bucket
}

// land creates the landings of every region.
func land(
	ctx *pulumi.Context, c *config.Config, o *landingzone.Organization, archives []*logging.Archive,
) (*landings, error) {
	ofConfig, err := logging.NewLanding(ctx, "landing", &logging.LandingArgs{
		Account:        o.LogArchive,
		NamePrefix:     c.LandingZone.Organization.NamePrefix,
		OrganizationID: o.OrganizationID,
		AuditAccountID: o.Audit.ID,
		AccessLogs:     archives[0].AccessLogs,
	})
	if err != nil {
		return nil, err
	}
	l := &landings{
		config:   ofConfig,
		network:  map[string]*logging.NetworkLanding{},
		services: map[string]*logging.ServiceLanding{},
		balancer: map[string]*logging.BalancerLanding{},

		accessLogs: map[string]*bucket.Bucket{},
	}
	for _, archive := range archives {
		if in := archive.Account(); in.Key == config.KeyLogArchive {
			l.accessLogs[in.Region] = archive.AccessLogs
		}
	}
	if c.LandingZone.Network.Enabled {
		for _, network := range c.LandingZone.Network.Regions {
			accessLogs, err := l.accessLogsIn(ctx, c, o, network.Region)
			if err != nil {
				return nil, err
			}
			landing, err := logging.NewNetworkLanding(ctx, "network-logs-"+network.Region, &logging.LandingArgs{
				Account:        o.In(config.KeyLogArchive, network.Region),
				NamePrefix:     c.LandingZone.Organization.NamePrefix,
				OrganizationID: o.OrganizationID,
				AuditAccountID: o.Audit.ID,
				AccessLogs:     accessLogs,
			})
			if err != nil {
				return nil, err
			}
			l.network[network.Region] = landing
		}
	}
	for _, region := range homeFirst(c.LandingZone.Regions) {
		if err := l.landServices(ctx, c, o, region); err != nil {
			return nil, err
		}
	}
	return l, nil
}

// landServices creates the landings of services in one region, as far as the
// configuration collects what lands there.
func (l *landings) landServices(
	ctx *pulumi.Context, c *config.Config, o *landingzone.Organization, region string,
) error {
	balancers := c.Logging.Collects(config.SourceLoadBalancers)
	if !balancers && !landsServices(c, region) {
		return nil
	}
	accessLogs, err := l.accessLogsIn(ctx, c, o, region)
	if err != nil {
		return err
	}
	args := &logging.LandingArgs{
		Account:        o.In(config.KeyLogArchive, region),
		NamePrefix:     c.LandingZone.Organization.NamePrefix,
		OrganizationID: o.OrganizationID,
		AuditAccountID: o.Audit.ID,
		AccessLogs:     accessLogs,
		Search:         c.Logging.Search.Enabled && region == c.LandingZone.Regions.Home,
	}
	if landsServices(c, region) {
		if l.services[region], err = logging.NewServiceLanding(ctx, "service-logs-"+region, args); err != nil {
			return err
		}
	}
	if balancers {
		l.balancer[region], err = logging.NewBalancerLanding(ctx, "balancer-logs-"+region, args)
	}
	return err
}

// landsServices reports that something is delivered to the landing of services
// in a region: findings come to home alone.
func landsServices(c *config.Config, region string) bool {
	return c.Logging.Collects(config.SourceApplicationLogs) || c.Logging.Collects(config.SourceInventory) ||
		c.Logging.Collects(config.SourceFindings) && region == c.LandingZone.Regions.Home
}

// accessLogsIn is the bucket of access logs in a region. Where no archive is, the
// landings have one of their own.
func (l *landings) accessLogsIn(
	ctx *pulumi.Context, c *config.Config, o *landingzone.Organization, region string,
) (*bucket.Bucket, error) {
	if known := l.accessLogs[region]; known != nil {
		return known, nil
	}
	created, err := logging.NewAccessLogs(ctx, "landing-logs-"+region, &logging.AccessLogsArgs{
		Account:        o.In(config.KeyLogArchive, region),
		NamePrefix:     c.LandingZone.Organization.NamePrefix,
		OrganizationID: o.OrganizationID,
		ColdAfterDays:  c.Logging.Archive.ColdAfterDays,
	})
	if err != nil {
		return nil, err
	}
	l.accessLogs[region] = created.Bucket
	return created.Bucket, nil
}

// collect copies what lands in any region into the archives. Who delivers waits
// for it: S3 does not copy what landed before.
func (l *landings) collect(
	ctx *pulumi.Context, c *config.Config, o *landingzone.Organization, archives []*logging.Archive,
) error {
	for _, region := range homeFirst(c.LandingZone.Regions) {
		from := l.in(region, c.LandingZone.Regions.Home)
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
		l.awaits(region, c.LandingZone.Regions.Home, collection.Ready)
	}
	return nil
}

// in are the landings of a region.
func (l *landings) in(region, home string) []logging.Source {
	var sources []logging.Source
	if region == home {
		sources = append(sources, l.config)
	}
	if landing := l.network[region]; landing != nil {
		sources = append(sources, landing)
	}
	if landing := l.services[region]; landing != nil {
		sources = append(sources, landing)
	}
	if landing := l.balancer[region]; landing != nil {
		sources = append(sources, landing)
	}
	return sources
}

// awaits makes deliveries to the landings of a region wait for more.
func (l *landings) awaits(region, home string, more []pulumi.Resource) {
	if region == home {
		l.config.Ready = append(l.config.Ready, more...)
	}
	if landing := l.network[region]; landing != nil {
		landing.Ready = append(landing.Ready, more...)
	}
	if landing := l.services[region]; landing != nil {
		landing.Ready = append(landing.Ready, more...)
	}
}

// sources creates what delivers to the landings of services. It returns what the
// accounts wait for before they send.
func sources(
	ctx *pulumi.Context, c *config.Config, o *landingzone.Organization, l *landings,
) ([]pulumi.Resource, error) {
	var ready []pulumi.Resource
	for _, region := range slices.Sorted(maps.Keys(l.services)) {
		ready = append(ready, l.services[region].Ready...)
		if !c.Logging.Collects(config.SourceApplicationLogs) {
			continue
		}
		stream, err := logging.NewLogStream(ctx, "log-stream-"+region, &logging.LogStreamArgs{
			Account:        o.In(config.KeyLogArchive, region),
			OrganizationID: o.OrganizationID,
			To:             l.services[region],
		})
		if err != nil {
			return nil, err
		}
		ready = append(ready, stream.Ready...)
	}
	if !c.Logging.Collects(config.SourceFindings) {
		return ready, nil
	}
	_, err := logging.NewFindings(ctx, "findings", &logging.FindingsArgs{
		Account: o.Audit,
		To:      l.services[c.LandingZone.Regions.Home],
	})
	return ready, err
}

// logDestination is what log groups of every account are sent to.
func logDestination(c *config.Config) string {
	if !c.Logging.Collects(config.SourceApplicationLogs) {
		return ""
	}
	return logging.LogDestination
}

// inventoryPrefix begins the names of the buckets that inventories are sent to.
func inventoryPrefix(c *config.Config) string {
	if !c.Logging.Collects(config.SourceInventory) {
		return ""
	}
	return logging.ServiceLandingPrefix(c.LandingZone.Organization.NamePrefix)
}

// trailLogGroup is the log group of the organization's trail.
func trailLogGroup(c *config.Config) string {
	if c.LandingZone.Organization.ControlTower {
		return c.Monitoring.TrailLogGroup
	}
	return logging.TrailLogGroup(c.LandingZone.Organization.NamePrefix)
}
