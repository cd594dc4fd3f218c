package catalog

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/pulumitest"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

const productType = "aws:servicecatalog/product:Product"

func TestPortfolio_PublishesEveryProductUnderItsDigest(t *testing.T) {
	graph := renderPortfolio(t)
	require.NotEmpty(t, products)
	for _, p := range products {
		template, err := p.template()
		require.NoError(t, err)
		digest := sha256.Sum256([]byte(template))
		want := hex.EncodeToString(digest[:])

		object := pulumitest.Find(t, graph, "aws:s3/bucketObjectv2:BucketObjectv2", "catalog-"+p.key)
		assert.Equal(t, p.key+"/"+p.version+"/"+want+".yaml", object.Inputs["key"])
		assert.Equal(t, template, object.Inputs["content"])

		product := pulumitest.Find(t, graph, productType, "catalog-"+p.key)
		artifact := product.Inputs["provisioningArtifactParameters"].(map[string]any)
		assert.Equal(t, "sha256:"+want, artifact["description"])
		assert.Equal(t, "https://acme-products-eu-test-1.s3.eu-test-1.amazonaws.com/"+object.Inputs["key"].(string), artifact["templateUrl"])
		assert.True(t, product.Protect)
		assert.True(t, product.RetainOnDelete)
	}
}

func TestPortfolio_IsSharedWithOneUnitAfterTheOther(t *testing.T) {
	graph := renderPortfolio(t)
	shares := pulumitest.OfType(t, graph, "aws:servicecatalog/portfolioShare:PortfolioShare")
	require.Len(t, shares, 2)
	first := 0
	for _, r := range shares {
		assert.Equal(t, "ORGANIZATIONAL_UNIT", r.Inputs["type"])
		assert.Equal(t, true, r.Inputs["sharePrincipals"])
		if !slices.ContainsFunc(r.Dependencies, func(d string) bool { return strings.Contains(d, "PortfolioShare::") }) {
			first++
			assert.True(t, slices.ContainsFunc(r.Dependencies, func(d string) bool {
				return strings.Contains(d, "ProductPortfolioAssociation::")
			}), "products are in the portfolio before it is shared")
		}
	}
	assert.Equal(t, 1, first)
}

func TestSharing_BelongsToManagement(t *testing.T) {
	graph := pulumitest.Render(t, func(ctx *pulumi.Context) error {
		management, err := pulumitest.Account(ctx, "management", "111122223333", pulumitest.Region)
		if err != nil {
			return err
		}
		_, err = NewSharing(ctx, "catalog", &SharingArgs{Account: management})
		return err
	})
	access := pulumitest.OfType(t, graph, "aws:servicecatalog/organizationsAccess:OrganizationsAccess")[0]
	assert.Contains(t, access.Provider, "::management-")
	assert.Equal(t, true, access.Inputs["enabled"])
}

func TestPortfolioArgs_Rejects(t *testing.T) {
	tests := map[string]struct {
		change func(*PortfolioArgs)
		want   string
	}{
		"no provider":        {func(a *PortfolioArgs) { a.Account.Provider = nil }, "account has no provider"},
		"no name prefix":     {func(a *PortfolioArgs) { a.NamePrefix = "" }, "namePrefix is required"},
		"no organization":    {func(a *PortfolioArgs) { a.OrganizationID = nil }, "organizationID is required"},
		"no title":           {func(a *PortfolioArgs) { a.Title = "" }, "title is required"},
		"no owner":           {func(a *PortfolioArgs) { a.Owner = "" }, "owner is required"},
		"no support address": {func(a *PortfolioArgs) { a.SupportEmail = "" }, "supportEmail is required"},
		"nobody to see it":   {func(a *PortfolioArgs) { a.Units = nil }, "units are required: nobody would see the portfolio"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			args := portfolioArgs(account.Account{Provider: &aws.Provider{}})
			tt.change(args)
			assert.EqualError(t, args.validate(), tt.want)
		})
	}
	assert.EqualError(t, (*PortfolioArgs)(nil).validate(), "args are required")
}

func renderPortfolio(t *testing.T) *qualification.Graph {
	t.Helper()
	return pulumitest.Render(t, func(ctx *pulumi.Context) error {
		shared, err := pulumitest.Account(ctx, "shared-services", "555566667777", pulumitest.Region)
		if err != nil {
			return err
		}
		_, err = NewPortfolio(ctx, "catalog", portfolioArgs(shared))
		return err
	})
}

func portfolioArgs(in account.Account) *PortfolioArgs {
	return &PortfolioArgs{
		Account:        in,
		NamePrefix:     "acme",
		OrganizationID: pulumi.String("o-exampleorgid"),
		Title:          "Building blocks",
		Owner:          "Platform team",
		SupportEmail:   "platform@example.com",
		Units: []Unit{
			{"one", pulumi.String("arn:aws:organizations::111122223333:ou/o-exampleorgid/ou-abcd-11111111")},
			{"two", pulumi.String("arn:aws:organizations::111122223333:ou/o-exampleorgid/ou-abcd-22222222")},
		},
	}
}
