package stack

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/render"
	"github.com/gxp-landing-zone/gxp-landing-zone/landingzone"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

func TestIdentity_HasNoSettingThatChangesNothing(t *testing.T) {
	microsoft := config.Directory{
		Type: "microsoftAD", Domain: "corp.example.com", ShortName: "CORP", Edition: "Standard", VPCID: "vpc-12345678",
		SubnetIDs: []string{"subnet-12345678", "subnet-87654321"}, PasswordSecret: "gxp/directory",
	}
	connector := microsoft
	connector.Type, connector.Size, connector.Username = "adConnector", "Small", "connector"
	connector.DNSAddresses = []string{"10.0.0.10"}
	saml := func(name string) *config.SAMLProvider {
		return &config.SAMLProvider{Name: name, Metadata: "<EntityDescriptor>" + strings.Repeat("x", 1000) + "</EntityDescriptor>"}
	}
	tests := map[string]struct {
		before, change func(*config.Identity)
	}{
		"enabled":                        {nil, func(id *config.Identity) { id.Enabled = false }},
		"externalIdentities":             {nil, func(id *config.Identity) { id.ExternalIdentities = false }},
		"mfaClaim":                       {nil, func(id *config.Identity) { id.MFAClaim = false }},
		"permissionsBoundary":            {nil, func(id *config.Identity) { id.PermissionsBoundary = false }},
		"permissionSets.description":     {nil, func(id *config.Identity) { id.PermissionSets[0].Description = "Other" }},
		"permissionSets.sessionHours":    {nil, func(id *config.Identity) { id.PermissionSets[0].SessionHours = 1 }},
		"permissionSets.managedPolicies": {nil, func(id *config.Identity) { id.PermissionSets[0].ManagedPolicies = []string{"SecurityAudit"} }},
		"permissionSets.statements":      {nil, func(id *config.Identity) { id.PermissionSets[0].Statements[0].Actions = []string{"s3:ListBucket"} }},
		"groups.description": {
			func(id *config.Identity) { id.ExternalIdentities = false },
			func(id *config.Identity) { id.Groups[0].Description = "Others" },
		},
		"assignments":            {nil, func(id *config.Identity) { id.Assignments = id.Assignments[1:] }},
		"breakGlassUsers":        {nil, func(id *config.Identity) { id.BreakGlassUsers = nil }},
		"centralRootAccess":      {nil, func(id *config.Identity) { id.CentralRootAccess = false }},
		"passwordPolicy":         {nil, func(id *config.Identity) { id.PasswordPolicy.MaxAgeDays = 60 }},
		"externalAccess":         {nil, func(id *config.Identity) { id.AccessAnalyzer.ExternalAccess = false }},
		"unusedAccess":           {nil, func(id *config.Identity) { id.AccessAnalyzer.UnusedAccess = false }},
		"unusedAfterDays":        {nil, func(id *config.Identity) { id.AccessAnalyzer.UnusedAfterDays = 30 }},
		"directory.type":         {nil, func(id *config.Identity) { id.Directory = microsoft }},
		"directory.edition":      {func(id *config.Identity) { id.Directory = microsoft }, func(id *config.Identity) { id.Directory.Edition = "Enterprise" }},
		"directory.domain":       {func(id *config.Identity) { id.Directory = microsoft }, func(id *config.Identity) { id.Directory.Domain = "ad.example.com" }},
		"directory.shortName":    {func(id *config.Identity) { id.Directory = microsoft }, func(id *config.Identity) { id.Directory.ShortName = "AD" }},
		"directory.vpcId":        {func(id *config.Identity) { id.Directory = microsoft }, func(id *config.Identity) { id.Directory.VPCID = "vpc-87654321" }},
		"directory.size":         {func(id *config.Identity) { id.Directory = connector }, func(id *config.Identity) { id.Directory.Size = "Large" }},
		"directory.username":     {func(id *config.Identity) { id.Directory = connector }, func(id *config.Identity) { id.Directory.Username = "other" }},
		"directory.dnsAddresses": {func(id *config.Identity) { id.Directory = connector }, func(id *config.Identity) { id.Directory.DNSAddresses = []string{"10.0.0.11"} }},
		"saml":                   {nil, func(id *config.Identity) { id.SAML = saml("one") }},
		"saml.name":              {func(id *config.Identity) { id.SAML = saml("one") }, func(id *config.Identity) { id.SAML = saml("two") }},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			c := load(t, "prod")
			c.LandingZone.Accounts = c.LandingZone.Accounts[:2]
			if tt.before != nil {
				tt.before(&c.LandingZone.Identity)
			}
			was := inputs(t, renderAccess(t, c))
			tt.change(&c.LandingZone.Identity)
			assert.NotEqual(t, was, inputs(t, renderAccess(t, c)))
		})
	}
}

// renderAccess renders the organization and who may do what in it, without the
// rest.
func renderAccess(t *testing.T, c *config.Config) *qualification.Graph {
	t.Helper()
	graph, err := render.Render(t.Context(), "gxp-landing-zone", "test", func(ctx *pulumi.Context) error {
		o, err := landingzone.NewOrganization(ctx, "organization", &landingzone.OrganizationArgs{
			Config: &c.LandingZone, RecordClass: "operational", RequirementSet: "1", Operations: unreached{},
		})
		if err != nil {
			return err
		}
		return identity(ctx, c, o)
	})
	require.NoError(t, err)
	return graph
}

// inputs are what a graph would deploy.
func inputs(t *testing.T, g *qualification.Graph) string {
	t.Helper()
	all := map[string]any{}
	for _, r := range g.Resources {
		all[r.URN] = r.Inputs
	}
	text, err := json.Marshal(all)
	require.NoError(t, err)
	return string(text)
}

func TestIdentity_PutsAPasswordPolicyIntoEveryCoreAccount(t *testing.T) {
	policies := renderAccess(t, load(t, "prod")).OfType("aws:iam/accountPasswordPolicy:AccountPasswordPolicy")
	places := map[string]bool{}
	for _, p := range policies {
		places[p.Provider] = true
	}
	assert.Len(t, places, 6)
}

func TestIdentity_LooksForAccessWhereverTheAuditAccountIsConnected(t *testing.T) {
	kinds := func(c *config.Config) (external, unused int) {
		for _, r := range renderAccess(t, c).OfType("aws:accessanalyzer/analyzer:Analyzer") {
			if r.Get("type").Is("ORGANIZATION") {
				external++
			} else {
				unused++
			}
		}
		return external, unused
	}
	c := load(t, "prod")
	external, unused := kinds(c)
	assert.Equal(t, len(c.LandingZone.Regions.Governed), external)
	assert.Equal(t, 1, unused, "IAM has no regions")
	c.LandingZone.Baseline.Enabled = false
	external, _ = kinds(c)
	assert.Equal(t, 1, external, "without the baseline there is no provider elsewhere")
}

func TestIdentity_CostsNoWorkloadAccountMoreThanItsBudget(t *testing.T) {
	c := load(t, "prod")
	graph := renderAccess(t, c)
	rights := map[string]int{}
	for _, r := range graph.OfType("aws:ssoadmin/accountAssignment:AccountAssignment") {
		target, _ := r.Get("targetId").Text()
		rights[target]++
	}
	checked := 0
	for _, a := range c.LandingZone.Accounts {
		for _, r := range graph.OfType("aws:organizations/account:Account") {
			if r.Name() == "organization-"+a.Name {
				assert.LessOrEqual(t, rights[r.ID], 5, a.Name)
				checked++
			}
		}
	}
	assert.Len(t, c.LandingZone.Accounts, checked)
}
