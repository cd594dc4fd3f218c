package landingzone

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/pulumitest"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

const (
	accountType = "aws:organizations/account:Account"
	unitType    = "aws:organizations/organizationalUnit:OrganizationalUnit"
	contactType = "aws:account/alternativeContact:AlternativeContact"
)

func TestOrganization_NeverClosesOrReplacesAnAccount(t *testing.T) {
	for _, r := range pulumitest.OfType(t, renderOrganization(t, nil), accountType) {
		assert.True(t, r.Protect, "%s is protected", r.URN)
		assert.True(t, r.RetainOnDelete, "%s is retained", r.URN)
		assert.Equal(t, false, r.Inputs["closeOnDeletion"], r.URN)
	}
}

func TestOrganization_PlacesAccountsByEnvironmentAndPractice(t *testing.T) {
	graph := renderOrganization(t, nil)
	for account, unit := range map[string]string{
		"organization-log-archive":  "organization-security",
		"organization-network":      "organization-infrastructure",
		"organization-mes-prod":     "organization-workloads-gxp-prod",
		"organization-mes-val":      "organization-workloads-gxp-validation",
		"organization-intranet":     "organization-workloads-nongxp",
		"organization-old-lims":     "organization-suspended",
		"organization-data-science": "organization-sandbox",
	} {
		placed := pulumitest.Find(t, graph, accountType, account)
		assert.Equal(t, pulumitest.Find(t, graph, unitType, unit).ID, placed.Inputs["parentId"], account)
	}
}

func TestOrganization_TagsAccountsWithWhoAnswersForThem(t *testing.T) {
	tags := pulumitest.Find(t, renderOrganization(t, nil), accountType, "organization-mes-prod").Inputs["tags"]
	assert.Equal(t, map[string]any{
		"gxp:owner": "MES team", "gxp:environment": "production", "gxp:classification": "GMP",
		"gxp:data-classification": "confidential", "gxp:record-class": "gmp-batch", "gxp:cost-centre": "CC-1",
		"gxp:requirement-set": "1",
	}, tags)
}

func TestOrganization_GivesEveryAccountThreeContacts(t *testing.T) {
	graph := renderOrganization(t, nil)
	accounts := len(pulumitest.OfType(t, graph, accountType)) + 1 // and management
	assert.Len(t, pulumitest.OfType(t, graph, contactType), 3*accounts)
	management := pulumitest.Find(t, graph, contactType, "organization-management-security")
	assert.NotContains(t, management.Inputs, "accountId", "the caller's own account is not named")
}

func TestOrganization_CreatesNoMoreAccountsAtOnceThanTheQuota(t *testing.T) {
	graph := renderOrganization(t, func(c *config.LandingZone) { c.Quotas.AccountCreations = 3 })
	depth := map[string]int{}
	width := map[int]int{}
	for _, r := range pulumitest.OfType(t, graph, accountType) {
		for _, dependency := range r.Dependencies {
			if strings.Contains(dependency, accountType+"::") {
				depth[r.URN] = depth[dependency] + 1
			}
		}
		width[depth[r.URN]]++
	}
	assert.Greater(t, len(width), 1)
	for generation, accounts := range width {
		assert.LessOrEqual(t, accounts, 3, "generation %d", generation)
	}
}

func TestOrganization_RegistersDelegatedAdministratorsOneAfterTheOther(t *testing.T) {
	graph := renderOrganization(t, nil)
	delegations := pulumitest.OfType(t, graph, "aws:organizations/delegatedAdministrator:DelegatedAdministrator")
	require.Len(t, delegations, 3)
	first := 0
	for _, r := range delegations {
		if !slices.ContainsFunc(r.Dependencies, func(d string) bool { return strings.Contains(d, "DelegatedAdministrator::") }) {
			first++
		}
	}
	assert.Equal(t, 1, first, "all but one wait for another")
}

func TestOrganization_ConnectsCoreAccountsAloneHoweverManyWorkloadsThereAre(t *testing.T) {
	few := pulumitest.OfType(t, renderOrganization(t, nil), "pulumi:providers:aws")
	many := pulumitest.OfType(t, renderOrganization(t, func(c *config.LandingZone) {
		for i := range 50 {
			extra := c.Accounts[0]
			extra.Name, extra.Email = fmt.Sprintf("extra-%d", i), fmt.Sprintf("extra-%d@example.com", i)
			c.Accounts = append(c.Accounts, extra)
		}
	}), "pulumi:providers:aws")
	assert.Len(t, many, len(few))
	assert.Len(t, few, 7)
}

func TestOrganization_PointsEveryProviderAtTheEmulator(t *testing.T) {
	graph := pulumitest.Render(t, func(ctx *pulumi.Context) error {
		args := organizationArgs(nil)
		args.Endpoint = "http://127.0.0.1:5555"
		_, err := NewOrganization(ctx, "organization", args)
		return err
	})
	for _, r := range pulumitest.OfType(t, graph, "pulumi:providers:aws") {
		endpoints := fmt.Sprint(r.Inputs["endpoints"])
		assert.Contains(t, endpoints, "organizations", r.URN)
		assert.Contains(t, endpoints, "http://127.0.0.1:5555", r.URN)
		assert.NotContains(t, endpoints, "amazonaws.com", r.URN)
	}
}

func TestOrganization_ImportsWhatItAdopts(t *testing.T) {
	graph := renderOrganization(t, func(c *config.LandingZone) {
		c.Organization.Adopt = &config.Adoption{
			OrganizationID:      "o-exampleorgid",
			OrganizationalUnits: map[string]string{"Workloads/GxP-Prod": "ou-abcd-12345678"},
		}
		c.Accounts[0].ID = "444455556666"
	})
	assert.Equal(t, "o-exampleorgid", pulumitest.OfType(t, graph, "aws:organizations/organization:Organization")[0].ImportID)
	assert.Equal(t, "ou-abcd-12345678", pulumitest.Find(t, graph, unitType, "organization-workloads-gxp-prod").ImportID)
	assert.Equal(t, "444455556666", pulumitest.Find(t, graph, accountType, "organization-mes-prod").ImportID)
	assert.Empty(t, pulumitest.Find(t, graph, accountType, "organization-mes-val").ImportID)
}

func TestMissing_ExplainsRetirement(t *testing.T) {
	c := organizationArgs(nil).Config
	deployed := map[string]any{"management": "1", "log-archive": "2", "mes-prod": "3", "gone": "4", "lost": "5"}
	err := missing(deployed, c)
	require.ErrorContains(t, err, "account gone (4) was deployed")
	assert.ErrorContains(t, err, "account lost (5) was deployed")
	assert.ErrorContains(t, err, "retired: true")
	assert.NotContains(t, err.Error(), "mes-prod")
	assert.NoError(t, missing(nil, c), "nothing was deployed before the first update")
}

func TestOrganizationArgs_Rejects(t *testing.T) {
	tests := map[string]struct {
		change func(*OrganizationArgs)
		want   string
	}{
		"no config":          {func(a *OrganizationArgs) { a.Config = nil }, "config is required"},
		"no record class":    {func(a *OrganizationArgs) { a.RecordClass = "" }, "recordClass is required"},
		"no requirement set": {func(a *OrganizationArgs) { a.RequirementSet = "" }, "requirementSet is required"},
		"no operations":      {func(a *OrganizationArgs) { a.Operations = nil }, "operations are required"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			args := organizationArgs(nil)
			tt.change(args)
			assert.EqualError(t, args.validate(), tt.want)
		})
	}
	assert.EqualError(t, (*OrganizationArgs)(nil).validate(), "args are required")
}

// unreached fails the test when an operation is called: mocks run no hooks.
type unreached struct{}

func (unreached) AccountReady(context.Context, string, string) error {
	return fmt.Errorf("a hook ran under mocks")
}
func (unreached) ActivateStackSets(context.Context) error {
	return fmt.Errorf("a hook ran under mocks")
}

func renderOrganization(t *testing.T, change func(*config.LandingZone)) *qualification.Graph {
	t.Helper()
	return pulumitest.Render(t, func(ctx *pulumi.Context) error {
		_, err := NewOrganization(ctx, "organization", organizationArgs(change))
		return err
	})
}

// organizationArgs returns a small organization with one account of each kind.
func organizationArgs(change func(*config.LandingZone)) *OrganizationArgs {
	workload := func(name, environment, gxp string) config.Account {
		return config.Account{
			Name: name, Email: name + "@example.com", Owner: "MES team", Environment: environment, GxP: gxp,
			RecordClass: "gmp-batch", DataClassification: "confidential", CostCentre: "CC-1",
		}
	}
	retired := workload("old-lims", "production", "GMP")
	retired.Retired = true
	core := func(name string) config.CoreAccount {
		return config.CoreAccount{Name: name, Email: name + "@example.com"}
	}
	contact := config.Contact{Name: "Team", Title: "Team", Email: "team@example.com", Phone: "+41 00 000 00 00"}
	c := &config.LandingZone{
		Organization: config.Organization{
			ManagementAccountID: "111122223333", NamePrefix: "acme", AccessRole: "OrganizationAccountAccessRole",
			TrustedAccess: []string{
				"config.amazonaws.com", "config-multiaccountsetup.amazonaws.com", "servicecatalog.amazonaws.com", "account.amazonaws.com"},
			PolicyTypes: []string{"SERVICE_CONTROL_POLICY"},
			DelegatedAdministrators: []string{
				"config.amazonaws.com", "config-multiaccountsetup.amazonaws.com", "servicecatalog.amazonaws.com"},
			ActivateStackSets: true,
		},
		Regions: config.Regions{Home: pulumitest.Region, Governed: []string{pulumitest.Region, "eu-test-2"}},
		CoreAccounts: config.CoreAccounts{
			LogArchive: core("log-archive"), Audit: core("audit"), Network: core("network"),
			SharedServices: core("shared-services"), Backup: core("backup"),
		},
		Accounts: []config.Account{
			workload("mes-prod", "production", "GMP"), workload("mes-val", "validation", "GMP"),
			workload("intranet", "production", "none"), workload("data-science", "sandbox", "none"), retired,
		},
		Contacts: config.Contacts{Billing: contact, Operations: contact, Security: contact},
		Platform: config.Platform{Owner: "Platform team", CostCentre: "CC-0"},
		Quotas:   config.Quotas{Accounts: 50, AccountCreations: 4},
	}
	if change != nil {
		change(c)
	}
	return &OrganizationArgs{
		Config: c, ReplicaRegion: "eu-test-2", RecordClass: "gmp-batch", RequirementSet: "1", Operations: unreached{},
	}
}
