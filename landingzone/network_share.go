package landingzone

import (
	"fmt"
	"maps"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ram"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
)

// shareArgs describes what is shared with units of the organization. An account
// that joins a unit sees it, without anything being done for the account.
type shareArgs struct {
	title string

	// arns are what is shared, by its part of logical names.
	arns map[string]pulumi.StringInput

	// units are the paths of those that it is shared with.
	units    []string
	unitARNs map[string]pulumi.StringOutput
	after    []pulumi.Resource
}

// share shares resources with units, and with nobody outside the organization.
func share(ctx *pulumi.Context, name string, args shareArgs, child pulumi.ResourceOption) error {
	shared, err := ram.NewResourceShare(ctx, name, &ram.ResourceShareArgs{
		Name:                    pulumi.String(args.title),
		AllowExternalPrincipals: pulumi.Bool(false),
	}, child, pulumi.DependsOn(args.after))
	if err != nil {
		return fmt.Errorf("share %s: %w", name, err)
	}
	for _, key := range slices.Sorted(maps.Keys(args.arns)) {
		_, err := ram.NewResourceAssociation(ctx, name+"-"+key, &ram.ResourceAssociationArgs{
			ResourceShareArn: shared.Arn,
			ResourceArn:      args.arns[key],
		}, child)
		if err != nil {
			return fmt.Errorf("share %s: %s: %w", name, key, err)
		}
	}
	for _, path := range args.units {
		unit, known := config.UnitAt(path)
		if !known {
			return fmt.Errorf("share %s: there is no unit %s", name, path)
		}
		_, err := ram.NewPrincipalAssociation(ctx, name+"-"+unit.Key, &ram.PrincipalAssociationArgs{
			ResourceShareArn: shared.Arn,
			Principal:        args.unitARNs[path],
		}, child)
		if err != nil {
			return fmt.Errorf("share %s: %s: %w", name, path, err)
		}
	}
	return nil
}
