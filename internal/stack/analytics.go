package stack

import (
	"maps"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/landingzone"
	"github.com/gxp-landing-zone/gxp-landing-zone/logging"
)

// globalRegion is where services without a region record their calls, whether
// it is governed or not.
const globalRegion = "us-east-1"

// auditAnalytics creates what auditors ask the archives with. The answers of the
// periodic review go into the evidence of each of them.
func auditAnalytics(
	ctx *pulumi.Context, c *config.Config, o *landingzone.Organization, archives []*logging.Archive, t *topics,
) (*logging.Analytics, error) {
	s := c.Logging.Analytics
	if !s.Enabled {
		return nil, nil
	}
	return logging.NewAnalytics(ctx, "analytics", &logging.AnalyticsArgs{
		Account:        o.Audit,
		NamePrefix:     c.LandingZone.Organization.NamePrefix,
		Archives:       archives,
		OrganizationID: o.OrganizationID,
		Regions:        recordingRegions(c.LandingZone.Regions),
		Firewalls:      firewalls(c.LandingZone.Network),
		Since:          s.Since,
		ScanLimitGB:    s.ScanLimitGB,
		Reviews:        s.Reviews,
		Accounts:       everyAccountID(o),
		TopicARN:       t.audit.TopicARN,
	})
}

// everyAccountID are the ids of all accounts of the organization, its management
// account among them.
func everyAccountID(o *landingzone.Organization) pulumi.StringArray {
	var accounts pulumi.StringArray
	for _, name := range slices.Sorted(maps.Keys(o.AccountIDs)) {
		accounts = append(accounts, o.AccountIDs[name])
	}
	return accounts
}

// recordingRegions are those that records come from.
func recordingRegions(r config.Regions) []string {
	regions := homeFirst(r)
	if !slices.Contains(regions, globalRegion) {
		regions = append(regions, globalRegion)
	}
	return regions
}

// firewalls are the names of the network firewalls.
func firewalls(n config.Network) []string {
	var names []string
	for _, r := range n.Regions {
		if n.Enabled && r.Inspection {
			names = append(names, "gxp-hub-"+r.Region)
		}
	}
	return names
}
