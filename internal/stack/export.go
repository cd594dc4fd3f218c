package stack

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/catalog"
	"github.com/gxp-landing-zone/gxp-landing-zone/landingzone"
	"github.com/gxp-landing-zone/gxp-landing-zone/logging"
)

// export publishes what people and other stacks need to find.
func export(
	ctx *pulumi.Context, o *landingzone.Organization, archive *logging.Archive, t *topics, portfolio *catalog.Portfolio,
) {
	ctx.Export("organizationId", o.OrganizationID)
	ctx.Export(landingzone.AccountIDsOutput, byName(o.AccountIDs))
	ctx.Export("organizationalUnitIds", byName(o.UnitIDs))
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
}

func byName(values map[string]pulumi.StringOutput) pulumi.StringMap {
	named := pulumi.StringMap{}
	for name, value := range values {
		named[name] = value
	}
	return named
}
