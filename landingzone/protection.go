package landingzone

import (
	"errors"
	"fmt"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ebs"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
)

const protectionType = "gxp:landingzone:AccountProtection"

// AccountProtectionArgs configures an [AccountProtection].
type AccountProtectionArgs struct {
	// Account is the account and region to protect.
	Account account.Account

	// OrganizationID is the organization that the account belongs to.
	OrganizationID pulumi.StringInput

	// VolumeKey encrypts volumes with a key of the company instead of AWS's.
	VolumeKey bool

	// BlockPublicBuckets keeps the buckets of the account private. It holds for
	// every region, so it is set in one of them.
	BlockPublicBuckets bool
}

// AccountProtection is what protects data in an account and region although
// nobody thinks of it: new volumes are encrypted, buckets stay private. What
// EC2 lets nobody publish, images and snapshots, the declarative policies of the
// organization decide; a setting of the account would be overridden by them.
type AccountProtection struct {
	pulumi.ResourceState
}

// NewAccountProtection protects args.Account.
func NewAccountProtection(
	ctx *pulumi.Context, name string, args *AccountProtectionArgs, opts ...pulumi.ResourceOption,
) (*AccountProtection, error) {
	if err := args.validate(); err != nil {
		return nil, fmt.Errorf("account protection %s: %w", name, err)
	}
	p := &AccountProtection{}
	opts = append(slices.Clip(opts), pulumi.Provider(args.Account.Provider))
	if err := ctx.RegisterComponentResource(protectionType, name, p, opts...); err != nil {
		return nil, err
	}
	child := pulumi.Parent(p)

	if err := encryptVolumes(ctx, name, args, child); err != nil {
		return nil, fmt.Errorf("account protection %s: volumes: %w", name, err)
	}
	if args.BlockPublicBuckets {
		_, err := s3.NewAccountPublicAccessBlock(ctx, name, &s3.AccountPublicAccessBlockArgs{
			AccountId:             args.Account.ID,
			BlockPublicAcls:       pulumi.Bool(true),
			BlockPublicPolicy:     pulumi.Bool(true),
			IgnorePublicAcls:      pulumi.Bool(true),
			RestrictPublicBuckets: pulumi.Bool(true),
		}, child, pulumi.Protect(true), pulumi.RetainOnDelete(true))
		if err != nil {
			return nil, fmt.Errorf("account protection %s: buckets: %w", name, err)
		}
	}
	return p, ctx.RegisterResourceOutputs(p, pulumi.Map{})
}

func (a *AccountProtectionArgs) validate() error {
	switch {
	case a == nil:
		return errors.New("args are required")
	case a.Account.Provider == nil:
		return errors.New("account has no provider")
	case a.OrganizationID == nil:
		return errors.New("organizationID is required")
	}
	return nil
}

// encryptVolumes is protected and retained: without it the next volume would be
// unencrypted, and nobody would notice.
func encryptVolumes(ctx *pulumi.Context, name string, args *AccountProtectionArgs, child pulumi.ResourceOption) error {
	keep := []pulumi.ResourceOption{child, pulumi.Protect(true), pulumi.RetainOnDelete(true)}
	_, err := ebs.NewEncryptionByDefault(ctx, name, &ebs.EncryptionByDefaultArgs{Enabled: pulumi.Bool(true)}, keep...)
	if err != nil || !args.VolumeKey {
		return err
	}
	volumes, err := volumesPurpose.newKey(ctx, name+"-volumes", args.Account, args.OrganizationID, child)
	if err != nil {
		return err
	}
	_, err = ebs.NewDefaultKmsKey(ctx, name, &ebs.DefaultKmsKeyArgs{KeyArn: volumes.Arn}, keep...)
	return err
}
