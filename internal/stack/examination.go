package stack

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/landingzone"
	"github.com/gxp-landing-zone/gxp-landing-zone/logging"
)

// examination creates what is done with the archives: they are verified every
// day, asked by auditors, reviewed every week and, where configuration wants it,
// shown in dashboards and searched.
func examination(
	ctx *pulumi.Context, c *config.Config, o *landingzone.Organization, archives []*logging.Archive, l *landings, t *topics,
	published []pulumi.Resource,
) error {
	if err := integrityCheck(ctx, c, o, archives, published); err != nil {
		return err
	}
	analytics, err := auditAnalytics(ctx, c, o, archives, t)
	if err != nil {
		return err
	}
	if err := dashboards(ctx, c, o, archives[0], analytics); err != nil {
		return err
	}
	return search(ctx, c, o, l)
}
