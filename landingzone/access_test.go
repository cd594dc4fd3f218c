package landingzone

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/pulumitest"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/render"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

func TestPasswordPolicy_AlwaysDemandsEveryKindOfCharacter(t *testing.T) {
	graph := renderIn(t, func(ctx *pulumi.Context, in account.Account) error {
		_, err := NewPasswordPolicy(ctx, "password-policy", &PasswordPolicyArgs{
			Account: in, Rule: config.PasswordPolicy{MinimumLength: 16, MaxAgeDays: 60, ReusePrevention: 12}})
		return err
	})
	p := pulumitest.OfType(t, graph, "aws:iam/accountPasswordPolicy:AccountPasswordPolicy")[0].Inputs
	for _, kind := range []string{"Lowercase", "Uppercase"} {
		assert.Equal(t, true, p["require"+kind+"Characters"])
	}
	assert.Equal(t, true, p["requireNumbers"])
	assert.Equal(t, true, p["requireSymbols"])
	assert.Equal(t, []any{16.0, 60.0, 12.0}, []any{p["minimumPasswordLength"], p["maxPasswordAge"], p["passwordReusePrevention"]})
}

func TestAccessAnalysis_LooksForWhatIsAskedFor(t *testing.T) {
	analyzers := func(c config.AccessAnalyzer) string {
		graph := renderIn(t, func(ctx *pulumi.Context, in account.Account) error {
			_, err := NewAccessAnalysis(ctx, "access-analysis", &AccessAnalysisArgs{Account: in, Config: c})
			return err
		})
		var types []string
		for _, r := range graph.OfType("aws:accessanalyzer/analyzer:Analyzer") {
			types = append(types, fmt.Sprint(r.Inputs["type"], " ", r.Get("configuration.unusedAccess.unusedAccessAge")))
		}
		return strings.Join(types, " ")
	}
	assert.Equal(t, "ORGANIZATION not set", analyzers(config.AccessAnalyzer{ExternalAccess: true}))
	assert.Equal(t, "ORGANIZATION_UNUSED_ACCESS 60", analyzers(config.AccessAnalyzer{UnusedAccess: true, UnusedAfterDays: 60}))
	assert.Empty(t, analyzers(config.AccessAnalyzer{}))
}

func TestRootAccess_CentralizesCredentialsAndSessions(t *testing.T) {
	full := pulumitest.Render(t, func(ctx *pulumi.Context) error {
		args := organizationArgs(func(c *config.LandingZone) {
			c.Organization.TrustedAccess = append(c.Organization.TrustedAccess, "iam.amazonaws.com")
		})
		o, err := NewOrganization(ctx, "organization", args)
		if err != nil {
			return err
		}
		_, err = NewRootAccess(ctx, "root-access", &RootAccessArgs{Account: o.Management, After: []pulumi.Resource{o.Resource}})
		return err
	})
	features := pulumitest.OfType(t, full, "aws:iam/organizationsFeatures:OrganizationsFeatures")[0]
	assert.ElementsMatch(t, []any{"RootCredentialsManagement", "RootSessions"}, features.Inputs["enabledFeatures"])
	assert.Contains(t, strings.Join(features.Dependencies, " "), "aws:organizations/organization:Organization::organization")
}

func TestBreakGlass_AdmitsNamedUsersWithAFreshSecondFactor(t *testing.T) {
	graph := renderIn(t, func(ctx *pulumi.Context, in account.Account) error {
		_, err := NewBreakGlass(ctx, "break-glass", &BreakGlassArgs{Account: in, AccountID: "111122223333", Users: []string{"one", "two"}})
		return err
	})
	role := pulumitest.OfType(t, graph, "aws:iam/role:Role")[0]
	assert.Equal(t, "gxp-break-glass", role.Inputs["name"])
	assert.Equal(t, 3600.0, role.Inputs["maxSessionDuration"])
	trust, err := qualification.ParseDocument(role.Inputs["assumeRolePolicy"].(string))
	require.NoError(t, err)
	require.Len(t, trust.Statements, 1)
	users, ok := trust.Statements[0].Condition("aws:PrincipalArn", "ArnEquals")
	assert.True(t, ok)
	assert.Equal(t, []string{"arn:aws:iam::111122223333:user/one", "arn:aws:iam::111122223333:user/two"}, users.Values)
	factor, ok := trust.Statements[0].Condition("aws:MultiFactorAuthPresent", "Bool")
	assert.True(t, ok)
	assert.Equal(t, []string{"true"}, factor.Values)
}

func TestDirectory_IsKeptAndTakesItsPasswordFromASecret(t *testing.T) {
	for typ, settings := range map[string]string{"microsoftAD": "vpcSettings", "adConnector": "connectSettings"} {
		graph := renderIn(t, func(ctx *pulumi.Context, in account.Account) error {
			_, err := NewDirectory(ctx, "directory", &DirectoryArgs{Account: in, Config: config.Directory{
				Type: typ, Domain: "corp.example.com", ShortName: "CORP", Edition: "Standard", Size: "Small", VPCID: "vpc-12345678",
				SubnetIDs: []string{"subnet-2", "subnet-1"}, DNSAddresses: []string{"10.0.0.10"}, Username: "connector", PasswordSecret: "gxp/directory",
			}})
			return err
		})
		d := pulumitest.OfType(t, graph, "aws:directoryservice/directory:Directory")[0]
		assert.True(t, d.Protect && d.RetainOnDelete, "%s is kept", typ)
		assert.NotEmpty(t, d.Inputs["password"], typ)
		assert.Equal(t, []any{"subnet-1", "subnet-2"}, d.Inputs[settings].(map[string]any)["subnetIds"], typ)
	}
}

func TestDirectory_AsksForTheSecretThatIsConfigured(t *testing.T) {
	_, err := render.Render(t.Context(), "gxp-landing-zone", "test", func(ctx *pulumi.Context) error {
		in, err := pulumitest.Account(ctx, "shared-services", "111122223333", pulumitest.Region)
		if err != nil {
			return err
		}
		_, err = NewDirectory(ctx, "directory", &DirectoryArgs{Account: in, Config: config.Directory{Type: "microsoftAD"}})
		return err
	})
	assert.ErrorContains(t, err, "secretId is missing", "without a name there is no secret to ask for")
}

func TestSAMLProvider_HoldsTheMetadata(t *testing.T) {
	metadata := "<EntityDescriptor>" + strings.Repeat("x", 1000) + "</EntityDescriptor>"
	graph := renderIn(t, func(ctx *pulumi.Context, in account.Account) error {
		_, err := NewSAMLProvider(ctx, "saml", &SAMLProviderArgs{Account: in, Config: config.SAMLProvider{Name: "company", Metadata: metadata}})
		return err
	})
	assert.Equal(t, metadata, pulumitest.OfType(t, graph, "aws:iam/samlProvider:SamlProvider")[0].Inputs["samlMetadataDocument"])
}

func TestAccessArgs_RejectWhatIsMissing(t *testing.T) {
	in := account.Account{Provider: &aws.Provider{}}
	_, noRoot := NewRootAccess(nil, "r", nil)
	_, noAnalysis := NewAccessAnalysis(nil, "a", &AccessAnalysisArgs{})
	_, noMetadata := NewSAMLProvider(nil, "s", &SAMLProviderArgs{Account: in})
	tests := map[string]struct {
		got  error
		want string
	}{
		"no password policy args":   {(*PasswordPolicyArgs)(nil).validate(), "args are required"},
		"a policy without a home":   {(&PasswordPolicyArgs{}).validate(), "account has no provider"},
		"a policy without a rule":   {(&PasswordPolicyArgs{Account: in}).validate(), "rule is required"},
		"no root access args":       {noRoot, "root access r: args are required"},
		"analysis without a home":   {noAnalysis, "access analysis a: account has no provider"},
		"a provider of nobody":      {noMetadata, "SAML provider s: metadata is required"},
		"no break glass args":       {(*BreakGlassArgs)(nil).validate(), "args are required"},
		"break glass of no account": {(&BreakGlassArgs{Account: in}).validate(), "accountID is required"},
		"break glass for nobody":    {(&BreakGlassArgs{Account: in, AccountID: "1"}).validate(), "users are required"},
		"no directory":              {(&DirectoryArgs{Account: in, Config: config.Directory{Type: "none"}}).validate(), `type "none" is no directory`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) { assert.EqualError(t, tt.got, tt.want) })
	}
}

// renderIn runs what registers into one test account.
func renderIn(t *testing.T, register func(*pulumi.Context, account.Account) error) *qualification.Graph {
	t.Helper()
	return pulumitest.Render(t, func(ctx *pulumi.Context) error {
		in, err := pulumitest.Account(ctx, "management", "111122223333", pulumitest.Region)
		if err != nil {
			return err
		}
		return register(ctx, in)
	})
}
