package landingzone

import (
	"errors"
	"fmt"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/directoryservice"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/secretsmanager"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
)

const (
	directoryType    = "gxp:landingzone:Directory"
	samlProviderType = "gxp:landingzone:SAMLProvider"
)

// DirectoryArgs configures a [Directory]. Every field is required.
type DirectoryArgs struct {
	// Account is the shared-services account.
	Account account.Account

	// Config is the validated description, of a type other than none.
	Config config.Directory
}

// Directory is a Microsoft Active Directory that AWS runs, or the way to the
// company's own.
type Directory struct {
	pulumi.ResourceState

	// DirectoryID is the id that AWS gave it, d-....
	DirectoryID pulumi.StringOutput `pulumi:"directoryId"`
}

// NewDirectory creates a [Directory] in args.Account. It holds accounts of
// people, so it is protected and retained.
func NewDirectory(
	ctx *pulumi.Context, name string, args *DirectoryArgs, opts ...pulumi.ResourceOption,
) (*Directory, error) {
	if err := args.validate(); err != nil {
		return nil, fmt.Errorf("directory %s: %w", name, err)
	}
	d := &Directory{}
	opts = append(slices.Clip(opts), pulumi.Provider(args.Account.Provider))
	if err := ctx.RegisterComponentResource(directoryType, name, d, opts...); err != nil {
		return nil, err
	}
	created, err := directoryservice.NewDirectory(ctx, name, directoryArgs(ctx, args),
		pulumi.Parent(d), pulumi.Protect(true), pulumi.RetainOnDelete(true),
		// The password can be changed in AWS alone, and a new one would
		// otherwise replace the directory with everybody in it.
		pulumi.IgnoreChanges([]string{"password"}))
	if err != nil {
		return nil, fmt.Errorf("directory %s: %w", name, err)
	}
	d.DirectoryID = created.ID().ToStringOutput()
	return d, ctx.RegisterResourceOutputs(d, pulumi.Map{"directoryId": d.DirectoryID})
}

func (a *DirectoryArgs) validate() error {
	switch {
	case a == nil:
		return errors.New("args are required")
	case a.Account.Provider == nil:
		return errors.New("account has no provider")
	case a.Config.Type != config.DirectoryMicrosoftAD && a.Config.Type != config.DirectoryADConnector:
		return fmt.Errorf("type %q is no directory", a.Config.Type)
	}
	return nil
}

func directoryArgs(ctx *pulumi.Context, args *DirectoryArgs) *directoryservice.DirectoryArgs {
	c := args.Config
	secret := secretsmanager.LookupSecretVersionOutput(ctx, secretsmanager.LookupSecretVersionOutputArgs{
		SecretId: pulumi.String(c.PasswordSecret),
	}, pulumi.Provider(args.Account.Provider))
	directory := &directoryservice.DirectoryArgs{
		Name:      pulumi.String(c.Domain),
		ShortName: pulumi.String(c.ShortName),
		Password:  secret.SecretString(),
	}
	if c.Type == config.DirectoryMicrosoftAD {
		directory.Type = pulumi.String("MicrosoftAD")
		directory.Edition = pulumi.String(c.Edition)
		directory.VpcSettings = directoryservice.DirectoryVpcSettingsArgs{
			VpcId:     pulumi.String(c.VPCID),
			SubnetIds: pulumi.ToStringArray(sorted(c.SubnetIDs)),
		}
		return directory
	}
	directory.Type = pulumi.String("ADConnector")
	directory.Size = pulumi.String(c.Size)
	directory.ConnectSettings = directoryservice.DirectoryConnectSettingsArgs{
		VpcId:            pulumi.String(c.VPCID),
		SubnetIds:        pulumi.ToStringArray(sorted(c.SubnetIDs)),
		CustomerDnsIps:   pulumi.ToStringArray(sorted(c.DNSAddresses)),
		CustomerUsername: pulumi.String(c.Username),
	}
	return directory
}

// SAMLProviderArgs configures a [SAMLProvider]. Every field is required.
type SAMLProviderArgs struct {
	// Account is where roles may trust the identity provider.
	Account account.Account

	// Config is the validated description.
	Config config.SAMLProvider
}

// SAMLProvider is an external identity provider that IAM roles may trust.
type SAMLProvider struct {
	pulumi.ResourceState

	// ARN is what the trust policies of roles name.
	ARN pulumi.StringOutput `pulumi:"arn"`
}

// NewSAMLProvider creates a [SAMLProvider] in args.Account.
func NewSAMLProvider(
	ctx *pulumi.Context, name string, args *SAMLProviderArgs, opts ...pulumi.ResourceOption,
) (*SAMLProvider, error) {
	switch {
	case args == nil:
		return nil, fmt.Errorf("SAML provider %s: args are required", name)
	case args.Account.Provider == nil:
		return nil, fmt.Errorf("SAML provider %s: account has no provider", name)
	case args.Config.Metadata == "":
		return nil, fmt.Errorf("SAML provider %s: metadata is required", name)
	}
	p := &SAMLProvider{}
	opts = append(slices.Clip(opts), pulumi.Provider(args.Account.Provider))
	if err := ctx.RegisterComponentResource(samlProviderType, name, p, opts...); err != nil {
		return nil, err
	}
	created, err := iam.NewSamlProvider(ctx, name, &iam.SamlProviderArgs{
		Name:                 pulumi.String(args.Config.Name),
		SamlMetadataDocument: pulumi.String(args.Config.Metadata),
	}, pulumi.Parent(p))
	if err != nil {
		return nil, fmt.Errorf("SAML provider %s: %w", name, err)
	}
	p.ARN = created.Arn
	return p, ctx.RegisterResourceOutputs(p, pulumi.Map{"arn": p.ARN})
}
