package stack

import (
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/asset"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/landingzone"
	"github.com/gxp-landing-zone/gxp-landing-zone/logging"
	"github.com/gxp-landing-zone/gxp-landing-zone/monitoring"
)

// receivers are what the baseline of every account sends to.
type receivers struct {
	landings *landings
	hub      *monitoring.EventHub

	// ready is what the accounts wait for before they send.
	ready []pulumi.Resource
}

// receive creates what the accounts deliver their configuration, logs and events
// to, and the way from there into the archives.
func receive(
	ctx *pulumi.Context, c *config.Config, o *landingzone.Organization, archives []*logging.Archive,
) (*receivers, error) {
	landings, err := land(ctx, c, o, archives)
	if err != nil {
		return nil, err
	}
	if err := landings.collect(ctx, c, o, archives); err != nil {
		return nil, err
	}
	ready, err := sources(ctx, c, o, landings)
	if err != nil {
		return nil, err
	}
	hub, err := monitoring.NewEventHub(ctx, "events", &monitoring.EventHubArgs{
		Account:        o.Audit,
		OrganizationID: o.OrganizationID,
	})
	return &receivers{landings, hub, ready}, err
}

// baseline puts into every account what every account has. It waits for the code
// of its functions, and for what log groups are sent to. It returns what
// guardrails wait for: nothing, where configuration switches it off.
func baseline(
	ctx *pulumi.Context, c *config.Config, o *landingzone.Organization, r *receivers, published []pulumi.Resource,
) ([]pulumi.Resource, error) {
	if !c.LandingZone.Baseline.Enabled {
		return nil, nil
	}
	after := slices.Concat(r.landings.config.Ready, r.hub.Ready, r.ready, published)
	regions := homeFirst(c.LandingZone.Regions)
	settings, err := baselineSettings(c, o, r)
	if err != nil {
		return nil, err
	}
	var units []landingzone.BaselineUnit
	for _, unit := range config.BaselineUnits() {
		units = append(units, landingzone.BaselineUnit{Key: unit.Key, ID: o.UnitIDs[unit.Path]})
	}
	b, err := landingzone.NewBaseline(ctx, "baseline", &landingzone.BaselineArgs{
		Management:       o.Management,
		Core:             everyCore(c, o, regions),
		Regions:          regions,
		Units:            units,
		Settings:         settings,
		FailureTolerance: c.LandingZone.Baseline.FailureTolerance,
		Activation:       o.Activation,
		After:            after,
	})
	if err != nil {
		return nil, err
	}
	return b.Deployed, nil
}

func baselineSettings(
	c *config.Config, o *landingzone.Organization, r *receivers,
) (landingzone.BaselineSettings, error) {
	code, err := asset.Find("baseline-settings")
	if err != nil {
		return landingzone.BaselineSettings{}, err
	}
	zone := c.LandingZone
	shortest, longest := c.VaultRetention()
	grace := 0
	if zone.Backup.AcceptIrreversible {
		grace = zone.Backup.ChangeableForDays
	}
	return landingzone.BaselineSettings{
		OrganizationID:     o.OrganizationID,
		AuditAccountID:     o.Audit.ID,
		AccessRole:         zone.Organization.AccessRole,
		ExternalID:         zone.Organization.NamePrefix + "-qualification",
		Home:               zone.Regions.Home,
		LandingBucket:      r.landings.config.Bucket,
		LandingKeyARN:      r.landings.config.KeyARN,
		LogArchiveID:       o.LogArchive.ID,
		LogDestination:     logDestination(c),
		TrailLogGroup:      trailLogGroup(c),
		InventoryPrefix:    inventoryPrefix(c),
		Sessions:           c.Logging.Collects(config.SourceSessions),
		EventBusARN:        r.hub.BusARN,
		AssetsPrefix:       landingzone.AssetsPrefix(zone.Organization.NamePrefix),
		Code:               code.Key(),
		Recorder:           zone.Baseline.Recorder,
		RemoveDefaultVPC:   zone.Baseline.RemoveDefaultVPC,
		LogRetentionDays:   zone.Baseline.LogRetentionDays,
		Passwords:          zone.Identity.PasswordPolicy,
		Contacts:           zone.Contacts,
		VaultMinimumDays:   shortest,
		VaultMaximumDays:   longest,
		VaultLockGraceDays: grace,
	}, nil
}

// everyCore returns management and every core account in every region.
func everyCore(c *config.Config, o *landingzone.Organization, regions []string) []account.Account {
	keys := []string{config.KeyManagement}
	for _, core := range c.LandingZone.CoreAccounts.All() {
		keys = append(keys, core.Key)
	}
	var all []account.Account
	for _, region := range regions {
		for _, key := range keys {
			all = append(all, o.In(key, region))
		}
	}
	return all
}

// conformance evaluates the regulatory rules in every account. One account
// without a recorder fails a whole pack, so the baseline comes first.
func conformance(ctx *pulumi.Context, c *config.Config, o *landingzone.Organization, baseline []pulumi.Resource) error {
	if !c.Monitoring.ConformancePacks {
		return nil
	}
	_, err := monitoring.NewConformance(ctx, "conformance", &monitoring.ConformanceArgs{
		Account: o.Management,
		After:   slices.Concat(o.Delegated("config-multiaccountsetup.amazonaws.com"), baseline),
	})
	return err
}
