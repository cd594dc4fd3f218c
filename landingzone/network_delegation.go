package landingzone

import (
	"errors"
	"fmt"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ram"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
)

const networkDelegationType = "gxp:landingzone:NetworkDelegation"

// NetworkDelegationArgs configures a [NetworkDelegation]. Every field is
// required.
type NetworkDelegationArgs struct {
	// Management owns the organization.
	Management account.Account

	// NetworkAccountID is the account that the network belongs to.
	NetworkAccountID pulumi.StringInput

	// Sharing lets accounts share with units of the organization.
	Sharing bool

	// AddressManagement makes the network account IPAM's administrator.
	AddressManagement bool
}

// NetworkDelegation is what the management account alone can permit before the
// network account can build a network for everybody.
type NetworkDelegation struct {
	pulumi.ResourceState

	// Ready is what the network has to wait for.
	Ready []pulumi.Resource
}

// NewNetworkDelegation creates a NetworkDelegation in args.Management.
func NewNetworkDelegation(
	ctx *pulumi.Context, name string, args *NetworkDelegationArgs, opts ...pulumi.ResourceOption,
) (*NetworkDelegation, error) {
	switch {
	case args == nil:
		return nil, fmt.Errorf("network delegation %s: %w", name, errors.New("args are required"))
	case args.Management.Provider == nil:
		return nil, fmt.Errorf("network delegation %s: %w", name, errors.New("management has no provider"))
	case args.NetworkAccountID == nil:
		return nil, fmt.Errorf("network delegation %s: %w", name, errors.New("networkAccountID is required"))
	}
	d := &NetworkDelegation{}
	opts = append(slices.Clip(opts), pulumi.Provider(args.Management.Provider))
	if err := ctx.RegisterComponentResource(networkDelegationType, name, d, opts...); err != nil {
		return nil, err
	}
	child := pulumi.Parent(d)
	if args.Sharing {
		// Trusted access to the service is not enough: this makes its role.
		sharing, err := ram.NewSharingWithOrganization(ctx, name, nil, child, pulumi.RetainOnDelete(true))
		if err != nil {
			return nil, fmt.Errorf("network delegation %s: sharing: %w", name, err)
		}
		d.Ready = append(d.Ready, sharing)
	}
	if args.AddressManagement {
		admin, err := ec2.NewVpcIpamOrganizationAdminAccount(ctx, name, &ec2.VpcIpamOrganizationAdminAccountArgs{
			DelegatedAdminAccountId: args.NetworkAccountID,
		}, child)
		if err != nil {
			return nil, fmt.Errorf("network delegation %s: addresses: %w", name, err)
		}
		d.Ready = append(d.Ready, admin)
	}
	return d, ctx.RegisterResourceOutputs(d, pulumi.Map{})
}
