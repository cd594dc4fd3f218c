package landingzone

import (
	"errors"
	"fmt"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ssoadmin"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
)

const identityType = "gxp:landingzone:Identity"

// IdentityArgs configures [Identity]. Every field is required unless it says
// otherwise.
type IdentityArgs struct {
	// Account is the management account, which alone may give rights in itself.
	Account account.Account

	// Config is the validated description of who may do what.
	Config config.Identity

	// Rights are what the assignments come to.
	Rights []config.AccessRight

	// AccountIDs holds the id of every account by its name.
	AccountIDs map[string]pulumi.StringOutput

	// NamePrefix begins the names of the company's buckets.
	NamePrefix string

	// After is what must exist in the accounts before anybody is let in, such
	// as the permissions boundary. Optional.
	After []pulumi.Resource
}

// Identity is who may do what: permission sets by duty, groups of people, and
// what these may do where.
type Identity struct {
	pulumi.ResourceState

	// InstanceARN is the organization's instance of IAM Identity Center.
	InstanceARN string

	// PermissionSetARNs holds the ARN of every permission set by its name.
	PermissionSetARNs map[string]pulumi.StringOutput `pulumi:"permissionSetArns"`

	// groups holds the id of every group by its name, and attachments what an
	// assignment of a permission set waits for.
	groups      map[string]pulumi.StringInput
	attachments map[string][]pulumi.Resource
}

// NewIdentity creates [Identity] in the instance of IAM Identity Center that the
// management account has. Without one it returns an error that says what to do:
// no API can enable it.
func NewIdentity(
	ctx *pulumi.Context, name string, args *IdentityArgs, opts ...pulumi.ResourceOption,
) (*Identity, error) {
	if err := args.validate(); err != nil {
		return nil, fmt.Errorf("identity %s: %w", name, err)
	}
	center, err := lookUpInstance(ctx, args.Account)
	if err != nil {
		return nil, fmt.Errorf("identity %s: %w", name, err)
	}

	id := &Identity{
		InstanceARN:       center.arn,
		PermissionSetARNs: map[string]pulumi.StringOutput{},
		groups:            map[string]pulumi.StringInput{},
		attachments:       map[string][]pulumi.Resource{},
	}
	opts = append(slices.Clip(opts), pulumi.Provider(args.Account.Provider))
	if err := ctx.RegisterComponentResource(identityType, name, id, opts...); err != nil {
		return nil, err
	}
	child := pulumi.Parent(id)

	if err := id.admitClaims(ctx, name, center, args.Config, child); err != nil {
		return nil, fmt.Errorf("identity %s: access control attributes: %w", name, err)
	}
	for _, set := range allSets(args.Config.PermissionSets) {
		if err := id.createSet(ctx, name+"-"+set.key, center, set, args, child); err != nil {
			return nil, fmt.Errorf("identity %s: permission set %s: %w", name, set.name, err)
		}
	}
	if err := id.findGroups(ctx, name, center, args, child); err != nil {
		return nil, fmt.Errorf("identity %s: %w", name, err)
	}
	if err := id.assign(ctx, name, center, args, child); err != nil {
		return nil, fmt.Errorf("identity %s: %w", name, err)
	}
	return id, ctx.RegisterResourceOutputs(id, pulumi.Map{"permissionSetArns": byKey(id.PermissionSetARNs)})
}

func (a *IdentityArgs) validate() error {
	switch {
	case a == nil:
		return errors.New("args are required")
	case a.Account.Provider == nil:
		return errors.New("account has no provider")
	case a.NamePrefix == "":
		return errors.New("namePrefix is required")
	case len(a.AccountIDs) == 0:
		return errors.New("accountIDs are required")
	}
	return nil
}

// instance is one of IAM Identity Center.
type instance struct{ arn, store string }

func lookUpInstance(ctx *pulumi.Context, in account.Account) (instance, error) {
	found, err := ssoadmin.GetInstances(ctx, pulumi.Provider(in.Provider))
	if err != nil {
		return instance{}, fmt.Errorf("look up the instance of IAM Identity Center: %w", err)
	}
	return onlyInstance(found.Arns, found.IdentityStoreIds, in.Region)
}

// onlyInstance returns the instance that there is.
func onlyInstance(arns, stores []string, region string) (instance, error) {
	switch {
	case len(arns) == 0 || len(stores) == 0:
		return instance{}, fmt.Errorf("IAM Identity Center is not enabled in %s, and no API can enable it for an "+
			"organization: open IAM Identity Center in the console of the management account, choose region %s, and "+
			"enable it with AWS Organizations; then run this again. Until then, landingzone:identity.enabled: false "+
			"builds everything else", region, region)
	case len(arns) > 1 || len(stores) > 1:
		return instance{}, fmt.Errorf("the management account has %d instances of IAM Identity Center in %s, and the "+
			"organization's cannot be told from the others: delete the account instances", len(arns), region)
	}
	return instance{arns[0], stores[0]}, nil
}

// admitClaims lets session tags through that the identity provider sends. The
// attribute that is mapped here names the person in the tags of a session.
func (id *Identity) admitClaims(
	ctx *pulumi.Context, name string, center instance, c config.Identity, child pulumi.ResourceOption,
) error {
	if !c.MFAClaim {
		return nil
	}
	_, err := ssoadmin.NewInstanceAccessControlAttributes(ctx, name, &ssoadmin.InstanceAccessControlAttributesArgs{
		InstanceArn: pulumi.String(center.arn),
		Attributes: ssoadmin.InstanceAccessControlAttributesAttributeArray{
			ssoadmin.InstanceAccessControlAttributesAttributeArgs{
				Key: pulumi.String("GxpUser"),
				Values: ssoadmin.InstanceAccessControlAttributesAttributeValueArray{
					ssoadmin.InstanceAccessControlAttributesAttributeValueArgs{
						Sources: pulumi.StringArray{pulumi.String("${path:userName}")},
					},
				},
			},
		},
	}, child)
	return err
}

func byKey(values map[string]pulumi.StringOutput) pulumi.StringMap {
	all := pulumi.StringMap{}
	for key, value := range values {
		all[key] = value
	}
	return all
}
