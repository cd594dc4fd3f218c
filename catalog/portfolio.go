// Package catalog publishes approved products, which developers launch without
// holding the permissions to create what they contain.
package catalog

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/servicecatalog"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/bucket"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
)

const portfolioType = "gxp:catalog:Portfolio"

// PortfolioArgs configures a [Portfolio]. Every field is required unless it
// says otherwise.
type PortfolioArgs struct {
	// Account holds the portfolio and its templates.
	Account account.Account

	// NamePrefix begins the name of the bucket of templates.
	NamePrefix string

	// OrganizationID is the organization whose principals may read templates.
	OrganizationID pulumi.StringInput

	// Title is what developers see.
	Title string

	// Owner is the team that answers for the products.
	Owner string

	// SupportEmail is printed on every product.
	SupportEmail string

	// Units are the organizational units that see the portfolio.
	Units []Unit

	// After is what sharing waits for. Optional.
	After []pulumi.Resource
}

// Unit is an organizational unit that a portfolio is shared with.
type Unit struct {
	// Key is the unit's part of logical names.
	Key string

	// ARN is the unit's ARN.
	ARN pulumi.StringInput
}

// Portfolio is a set of products and who may see it.
type Portfolio struct {
	pulumi.ResourceState

	// PortfolioID is the portfolio's id.
	PortfolioID pulumi.StringOutput `pulumi:"portfolioId"`
}

// NewPortfolio creates a Portfolio in args.Account.
func NewPortfolio(
	ctx *pulumi.Context, name string, args *PortfolioArgs, opts ...pulumi.ResourceOption,
) (*Portfolio, error) {
	if err := args.validate(); err != nil {
		return nil, fmt.Errorf("portfolio %s: %w", name, err)
	}
	p := &Portfolio{}
	opts = append(slices.Clip(opts), pulumi.Provider(args.Account.Provider))
	if err := ctx.RegisterComponentResource(portfolioType, name, p, opts...); err != nil {
		return nil, err
	}
	child := pulumi.Parent(p)

	portfolio, err := servicecatalog.NewPortfolio(ctx, name, &servicecatalog.PortfolioArgs{
		Name:         pulumi.String(args.Title),
		Description:  pulumi.String("Building blocks that are approved for regulated applications."),
		ProviderName: pulumi.String(args.Owner),
	}, child, pulumi.Protect(true))
	if err != nil {
		return nil, fmt.Errorf("portfolio %s: %w", name, err)
	}
	store, err := createTemplateStore(ctx, name, args, child)
	if err != nil {
		return nil, fmt.Errorf("portfolio %s: templates: %w", name, err)
	}
	var published []pulumi.Resource
	for _, row := range products {
		association, err := row.publish(ctx, name+"-"+row.key, args, store, portfolio, child)
		if err != nil {
			return nil, fmt.Errorf("portfolio %s: product %s: %w", name, row.key, err)
		}
		published = append(published, association)
	}
	if err := share(ctx, name, args, portfolio, published, child); err != nil {
		return nil, fmt.Errorf("portfolio %s: %w", name, err)
	}

	p.PortfolioID = portfolio.ID().ToStringOutput()
	return p, ctx.RegisterResourceOutputs(p, pulumi.Map{"portfolioId": p.PortfolioID})
}

func (a *PortfolioArgs) validate() error {
	switch {
	case a == nil:
		return errors.New("args are required")
	case a.Account.Provider == nil:
		return errors.New("account has no provider")
	case a.NamePrefix == "":
		return errors.New("namePrefix is required")
	case a.OrganizationID == nil:
		return errors.New("organizationID is required")
	case a.Title == "":
		return errors.New("title is required")
	case a.Owner == "":
		return errors.New("owner is required")
	case a.SupportEmail == "":
		return errors.New("supportEmail is required")
	case len(a.Units) == 0:
		return errors.New("units are required: nobody would see the portfolio")
	}
	return nil
}

// createTemplateStore creates the bucket that Service Catalog reads templates
// from when a version is published.
func createTemplateStore(
	ctx *pulumi.Context, name string, args *PortfolioArgs, child pulumi.ResourceOption,
) (*bucket.Bucket, error) {
	bucketName := args.NamePrefix + "-products-" + args.Account.Region
	return bucket.New(ctx, name+"-templates", bucket.Args{
		ColdAfterDays: bucket.UsualColdDays,
		Bucket:        bucketName,
		Policy: args.OrganizationID.ToStringOutput().ApplyT(func(organization string) (string, error) {
			anyS3, resources := policy.Strings{"s3:*"}, bucket.Resources(bucketName)
			return policy.JSON(
				policy.RequireTLS(anyS3, resources...),
				policy.RequireOrganization(organization, anyS3, resources...))
		}).(pulumi.StringOutput),
	}, child)
}

// publish uploads the template under a key that names its content, and makes
// the product that launches it. Service Catalog replaces a product whose first
// version changes, which would cut off everything launched from it.
func (p product) publish(
	ctx *pulumi.Context, name string, args *PortfolioArgs, store *bucket.Bucket,
	portfolio *servicecatalog.Portfolio, child pulumi.ResourceOption,
) (pulumi.Resource, error) {
	template, err := p.template()
	if err != nil {
		return nil, err
	}
	digest := sha256.Sum256([]byte(template))
	key := fmt.Sprintf("%s/%s/%s.yaml", p.key, p.version, hex.EncodeToString(digest[:]))
	keep := []pulumi.ResourceOption{child, pulumi.Protect(true), pulumi.RetainOnDelete(true)}

	object, err := s3.NewBucketObjectv2(ctx, name, &s3.BucketObjectv2Args{
		Bucket:      store.ID(),
		Key:         pulumi.String(key),
		Content:     pulumi.String(template),
		ContentType: pulumi.String("application/yaml"),
	}, append(keep, pulumi.DependsOn([]pulumi.Resource{store.Versioning, store.Policy}))...)
	if err != nil {
		return nil, fmt.Errorf("template: %w", err)
	}
	created, err := servicecatalog.NewProduct(ctx, name, &servicecatalog.ProductArgs{
		Name:         pulumi.String(p.name),
		Description:  pulumi.String(p.description),
		Owner:        pulumi.String(args.Owner),
		SupportEmail: pulumi.String(args.SupportEmail),
		Type:         pulumi.String("CLOUD_FORMATION_TEMPLATE"),
		ProvisioningArtifactParameters: &servicecatalog.ProductProvisioningArtifactParametersArgs{
			Name:        pulumi.String(p.version),
			Description: pulumi.String("sha256:" + hex.EncodeToString(digest[:])),
			Type:        pulumi.String("CLOUD_FORMATION_TEMPLATE"),
			TemplateUrl: pulumi.Sprintf("https://%s.s3.%s.amazonaws.com/%s", store.Bucket, args.Account.Region, object.Key),
		},
	}, append(keep, pulumi.IgnoreChanges([]string{"provisioningArtifactParameters"}))...)
	if err != nil {
		return nil, err
	}
	return servicecatalog.NewProductPortfolioAssociation(ctx, name, &servicecatalog.ProductPortfolioAssociationArgs{
		PortfolioId: portfolio.ID(),
		ProductId:   created.ID(),
	}, child)
}

// share shares the portfolio with one unit after the other: Service Catalog
// refuses a share while another is in progress.
func share(
	ctx *pulumi.Context, name string, args *PortfolioArgs, portfolio *servicecatalog.Portfolio,
	published []pulumi.Resource, child pulumi.ResourceOption,
) error {
	previous := slices.Concat(args.After, published)
	for _, unit := range args.Units {
		shared, err := servicecatalog.NewPortfolioShare(ctx, name+"-"+unit.Key, &servicecatalog.PortfolioShareArgs{
			PortfolioId:     portfolio.ID(),
			Type:            pulumi.String("ORGANIZATIONAL_UNIT"),
			PrincipalId:     unit.ARN,
			SharePrincipals: pulumi.Bool(true),
			ShareTagOptions: pulumi.Bool(true),
		}, child, pulumi.DependsOn(previous))
		if err != nil {
			return fmt.Errorf("share with %s: %w", unit.Key, err)
		}
		previous = []pulumi.Resource{shared}
	}
	return nil
}
