package landingzone

import (
	"errors"
	"fmt"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/asset"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/bucket"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
)

const assetsType = "gxp:landingzone:Assets"

// AssetsPrefix begins the name of every bucket of function code.
func AssetsPrefix(prefix string) string { return prefix + "-assets" }

// AssetsBucket is the name of the bucket of function code in a region.
func AssetsBucket(prefix, region string) string { return AssetsPrefix(prefix) + "-" + region }

// AssetsArgs configures [Assets]. Every field is required.
type AssetsArgs struct {
	// Account holds the code. Lambda reads it from its own region alone.
	Account account.Account

	// NamePrefix begins the name of the bucket.
	NamePrefix string

	// OrganizationID is the organization whose accounts may read.
	OrganizationID pulumi.StringInput

	// Functions are the functions whose code is published.
	Functions []asset.Function
}

// Assets is the code of the landing zone's functions in one region, readable by
// every account of the organization. Code that was once published stays.
type Assets struct {
	pulumi.ResourceState

	// Published is what a function's stack waits for.
	Published []pulumi.Resource
}

// NewAssets creates Assets in args.Account.
func NewAssets(ctx *pulumi.Context, name string, args *AssetsArgs, opts ...pulumi.ResourceOption) (*Assets, error) {
	if err := args.validate(); err != nil {
		return nil, fmt.Errorf("assets %s: %w", name, err)
	}
	a := &Assets{}
	opts = append(slices.Clip(opts), pulumi.Provider(args.Account.Provider))
	if err := ctx.RegisterComponentResource(assetsType, name, a, opts...); err != nil {
		return nil, err
	}
	child := pulumi.Parent(a)

	physical := AssetsBucket(args.NamePrefix, args.Account.Region)
	store, err := bucket.New(ctx, name, bucket.Args{
		ColdAfterDays: bucket.UsualColdDays,
		Bucket:        physical,
		// With a key of the company's own, every account would need to decrypt
		// with it, to read what is no secret.
		Policy: args.OrganizationID.ToStringOutput().ApplyT(func(organization string) (string, error) {
			return policy.JSON(assetsStatements(physical, organization)...)
		}).(pulumi.StringOutput),
	}, child)
	if err != nil {
		return nil, fmt.Errorf("assets %s: %w", name, err)
	}
	a.Published = []pulumi.Resource{store.Policy}
	for _, f := range args.Functions {
		object, err := s3.NewBucketObjectv2(ctx, name+"-"+f.Name, &s3.BucketObjectv2Args{
			Bucket:      store.ID(),
			Key:         pulumi.String(f.Key()),
			Source:      pulumi.NewFileAsset(f.Path()),
			SourceHash:  pulumi.String(f.Digest),
			ContentType: pulumi.String("application/zip"),
		}, child, pulumi.RetainOnDelete(true), pulumi.DependsOn([]pulumi.Resource{store.Versioning, store.Policy}))
		if err != nil {
			return nil, fmt.Errorf("assets %s: %s: %w", name, f.Name, err)
		}
		a.Published = append(a.Published, object)
	}
	return a, ctx.RegisterResourceOutputs(a, pulumi.Map{})
}

func (a *AssetsArgs) validate() error {
	switch {
	case a == nil:
		return errors.New("args are required")
	case a.Account.Provider == nil:
		return errors.New("account has no provider")
	case a.NamePrefix == "":
		return errors.New("namePrefix is required")
	case a.OrganizationID == nil:
		return errors.New("organizationID is required")
	case len(a.Functions) == 0:
		return errors.New("functions are required")
	}
	return nil
}

// assetsStatements let every account of the organization read.
func assetsStatements(name, organization string) []policy.Statement {
	all := policy.Strings{"s3:*"}
	return []policy.Statement{
		policy.RequireTLS(all, bucket.Resources(name)...),
		policy.RequireOrganization(organization, all, bucket.Resources(name)...),
		{
			Sid:       "AccountsRead",
			Effect:    policy.Allow,
			Principal: policy.AWS("*"),
			Action:    policy.Strings{"s3:GetObject", "s3:GetObjectVersion"},
			Resource:  policy.Strings{bucket.ARN(name) + "/*"},
			Condition: policy.Condition{"StringEquals": {"aws:PrincipalOrgID": {organization}}},
		},
	}
}
