package catalog

import (
	"errors"
	"fmt"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/servicecatalog"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
)

const sharingType = "gxp:catalog:Sharing"

// SharingArgs configures [Sharing]. Every field is required.
type SharingArgs struct {
	// Account is the management account: the one that can let Service Catalog
	// share within the organization.
	Account account.Account
}

// Sharing lets portfolios be shared with organizational units.
type Sharing struct {
	pulumi.ResourceState
}

// NewSharing creates Sharing in args.Account.
func NewSharing(
	ctx *pulumi.Context, name string, args *SharingArgs, opts ...pulumi.ResourceOption,
) (*Sharing, error) {
	switch {
	case args == nil:
		return nil, fmt.Errorf("sharing %s: %w", name, errors.New("args are required"))
	case args.Account.Provider == nil:
		return nil, fmt.Errorf("sharing %s: %w", name, errors.New("account has no provider"))
	}
	s := &Sharing{}
	opts = append(slices.Clip(opts), pulumi.Provider(args.Account.Provider))
	if err := ctx.RegisterComponentResource(sharingType, name, s, opts...); err != nil {
		return nil, err
	}
	_, err := servicecatalog.NewOrganizationsAccess(ctx, name, &servicecatalog.OrganizationsAccessArgs{
		Enabled: pulumi.Bool(true),
	}, pulumi.Parent(s))
	if err != nil {
		return nil, fmt.Errorf("sharing %s: %w", name, err)
	}
	return s, ctx.RegisterResourceOutputs(s, pulumi.Map{})
}
