package stack

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/catalog"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/netplan"
	"github.com/gxp-landing-zone/gxp-landing-zone/landingzone"
	"github.com/gxp-landing-zone/gxp-landing-zone/logging"
)

// export publishes what people and other stacks need to find.
func export(
	ctx *pulumi.Context, c *config.Config, o *landingzone.Organization, archive *logging.Archive, t *topics,
	portfolio *catalog.Portfolio, joined connected,
) {
	ctx.Export("organizationId", o.OrganizationID)
	accounts := byName(o.AccountIDs)
	accounts[config.KeyManagement] = o.Management.ID
	ctx.Export(landingzone.AccountIDsOutput, accounts)
	ctx.Export("organizationalUnitIds", byName(o.UnitIDs))
	ctx.Export(RetentionOutput, retentionOf(c).output())
	ctx.Export("archiveBucket", archive.RecordsBucket)
	ctx.Export("evidenceBucket", archive.EvidenceBucket)
	ctx.Export("notificationTopics", pulumi.StringMap{
		"audit":      t.audit.TopicARN,
		"management": t.management.TopicARN,
	})
	portfolios := pulumi.StringMap{}
	if portfolio != nil {
		portfolios["gxp-building-blocks"] = portfolio.PortfolioID
	}
	ctx.Export("portfolioIds", portfolios)
	if regions := joined.outputs(); len(regions) > 0 {
		ctx.Export("network", regions)
	}
}

// outputs are, by region, what whoever launches a dedicated VPC has to hand to it:
// the gateway, the organization's range, the bucket of flow logs, and by segment the
// pool that its range comes from. There are none without a network.
func (n connected) outputs() pulumi.Map {
	regions := pulumi.Map{}
	for _, r := range n.regions {
		regions[r.plan.Region] = pulumi.Map{
			"transitGatewayId":  r.hub.TransitGatewayID,
			"range":             pulumi.String(n.plan.Range.String()),
			"flowLogsBucketArn": r.landing.BucketARN,
			"dedicatedPools":    n.dedicatedPools(r.plan),
		}
	}
	return regions
}

// dedicatedPools are the pools of a region's segments. Without address management
// there are none.
func (n connected) dedicatedPools(r netplan.Region) pulumi.StringMap {
	pools := pulumi.StringMap{}
	if n.addresses == nil {
		return pools
	}
	for _, s := range r.Segments {
		if pool, ok := n.addresses.DedicatedPools[s.Name+"-"+r.Region]; ok {
			pools[s.Name] = pool
		}
	}
	return pools
}

func byName(values map[string]pulumi.StringOutput) pulumi.StringMap {
	named := pulumi.StringMap{}
	for name, value := range values {
		named[name] = value
	}
	return named
}
