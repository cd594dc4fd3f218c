package landingzone

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/pulumitest"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

const (
	orgPolicyType  = "aws:organizations/policy:Policy"
	attachmentType = "aws:organizations/policyAttachment:PolicyAttachment"
)

func TestGuardrails_AreEachAttachedOnceAndOneAfterTheOther(t *testing.T) {
	graph := renderGuardrails(t, nil)
	policies, attachments := pulumitest.OfType(t, graph, orgPolicyType), pulumitest.OfType(t, graph, attachmentType)
	require.Len(t, attachments, len(policies))
	first := 0
	for _, a := range attachments {
		if !strings.Contains(strings.Join(a.Dependencies, " "), "PolicyAttachment::") {
			first++
			assert.Contains(t, strings.Join(a.Dependencies, " "), "Organization::organization", "the first waits for what is to be in place")
		}
	}
	assert.Equal(t, 1, first, "all but one wait for another")
}

func TestGuardrails_NameTheIDsThatAWSGave(t *testing.T) {
	graph := renderGuardrails(t, nil)
	organization := pulumitest.OfType(t, graph, "aws:organizations/organization:Organization")[0].ID
	archive := pulumitest.Find(t, graph, accountType, "organization-log-archive").ID
	resources := pulumitest.Find(t, graph, orgPolicyType, "guardrails-security-rcp-001").Inputs["content"].(string)
	assert.Contains(t, resources, organization)
	assert.Contains(t, resources, "arn:aws:iam::"+archive+":role/OrganizationAccountAccessRole")
	assert.NotContains(t, resources, strings.Repeat("0", 12))
	unplaced := pulumitest.Find(t, graph, orgPolicyType, "guardrails-root-scp-005").Inputs["content"].(string)
	assert.Contains(t, unplaced, organization+"/r-")
}

func TestGuardrails_GoToPolicyStagingAloneWhenStaged(t *testing.T) {
	graph := renderGuardrails(t, func(a *GuardrailsArgs) { a.Config.Guardrails.Staged = true })
	staging := pulumitest.Find(t, graph, unitType, "organization-policystaging").ID
	kinds := map[any]bool{}
	for _, p := range pulumitest.OfType(t, graph, orgPolicyType) {
		kinds[p.Inputs["type"]] = true
	}
	for _, a := range pulumitest.OfType(t, graph, attachmentType) {
		assert.Equal(t, staging, a.Inputs["targetId"], a.URN)
	}
	assert.Len(t, kinds, 5, "every kind is tried")
}

func TestGuardrails_AreEachSwitchedOffByConfiguration(t *testing.T) {
	tests := map[string]func(*config.Guardrails){
		"SERVICE_CONTROL_POLICY":    func(g *config.Guardrails) { g.ServiceControlPolicies = false },
		"RESOURCE_CONTROL_POLICY":   func(g *config.Guardrails) { g.ResourceControlPolicies = false },
		"DECLARATIVE_POLICY_EC2":    func(g *config.Guardrails) { g.DeclarativePolicies = false },
		"TAG_POLICY":                func(g *config.Guardrails) { g.TagPolicies = false },
		"AISERVICES_OPT_OUT_POLICY": func(g *config.Guardrails) { g.AIOptOut = false },
	}
	for typ, change := range tests {
		t.Run(typ, func(t *testing.T) {
			has := func(change func(*GuardrailsArgs)) bool {
				for _, p := range pulumitest.OfType(t, renderGuardrails(t, change), orgPolicyType) {
					if p.Inputs["type"] == typ {
						return true
					}
				}
				return false
			}
			assert.True(t, has(nil))
			assert.False(t, has(func(a *GuardrailsArgs) { change(&a.Config.Guardrails) }))
		})
	}
}

func TestGuardrails_KeepTheirPoliciesWhenTheCallerReusesItsArgs(t *testing.T) {
	graph := renderGuardrails(t, func(a *GuardrailsArgs) {
		late := a.OrganizationID.ToStringOutput()
		a.OrganizationID = late.ApplyT(func(id string) string { time.Sleep(20 * time.Millisecond); return id }).(pulumi.StringOutput)
	})
	document := pulumitest.Find(t, graph, orgPolicyType, "guardrails-security-scp-001").Inputs["content"]
	assert.Contains(t, document, "arn:aws:s3:::acme-archive-*")
}

func TestSettings_SayWhatTheyDeclare(t *testing.T) {
	for _, s := range settings {
		content, err := json.Marshal(s.content([]string{"gmp-batch", "operational"}))
		require.NoError(t, err)
		pulumitest.Golden(t, "setting-"+s.key+".json", pulumitest.Indented(t, string(content)))
	}
}

func TestGuardrailsArgs_Rejects(t *testing.T) {
	tests := map[string]struct {
		change func(*GuardrailsArgs)
		want   string
	}{
		"no provider":       {func(a *GuardrailsArgs) { a.Account.Provider = nil }, "account has no provider"},
		"no config":         {func(a *GuardrailsArgs) { a.Config = nil }, "config is required"},
		"no organization":   {func(a *GuardrailsArgs) { a.OrganizationID = nil }, "organizationID is required"},
		"no root":           {func(a *GuardrailsArgs) { a.RootID = nil }, "rootID is required"},
		"no record classes": {func(a *GuardrailsArgs) { a.RecordClasses = nil }, "recordClasses are required"},
		"a missing unit":    {func(a *GuardrailsArgs) { delete(a.UnitIDs, config.UnitSandbox) }, "unitIDs lack Sandbox"},
		"a missing account": {func(a *GuardrailsArgs) { delete(a.AccountIDs, config.KeyAudit) }, "accountIDs lack audit"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			args := &GuardrailsArgs{
				Account: account.Account{Provider: &aws.Provider{}}, Config: organizationArgs(nil).Config,
				OrganizationID: pulumi.String("o"), RootID: pulumi.String("r"), RecordClasses: []string{"gmp-batch"},
				UnitIDs: map[string]pulumi.StringOutput{}, AccountIDs: map[string]pulumi.StringOutput{},
			}
			for _, u := range config.Units() {
				args.UnitIDs[u.Path] = pulumi.String("ou").ToStringOutput()
			}
			for _, core := range args.Config.CoreAccounts.All() {
				args.AccountIDs[core.Key] = pulumi.String("1").ToStringOutput()
			}
			tt.change(args)
			assert.EqualError(t, args.validate(), tt.want)
		})
	}
	assert.EqualError(t, (*GuardrailsArgs)(nil).validate(), "args are required")
}

// renderGuardrails renders all guardrails of a small organization, under the
// quotas that every organization has, and changes the args afterwards.
func renderGuardrails(t *testing.T, change func(*GuardrailsArgs)) *qualification.Graph {
	t.Helper()
	return pulumitest.Render(t, func(ctx *pulumi.Context) error {
		organization := organizationArgs(func(c *config.LandingZone) {
			l := realistic(t)
			c.Organization.PolicyTypes = []string{
				"SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY", "TAG_POLICY", "DECLARATIVE_POLICY_EC2", "AISERVICES_OPT_OUT_POLICY",
			}
			c.Quotas.PoliciesPerTarget, c.Quotas.PolicyCharacters = original.PerTarget, original.Characters
			c.Quotas.ResourcePoliciesPerTarget, c.Quotas.ResourcePolicyCharacters = original.PerTarget, original.Characters
			c.Guardrails = config.Guardrails{
				ServiceControlPolicies: true, ResourceControlPolicies: true, DeclarativePolicies: true, TagPolicies: true,
				AIOptOut: true, QuarantineUnplaced: true, GxPServices: l.GxPServices, ResourceServices: l.ResourceServices,
				RequiredTags: []string{"gxp:classification", "gxp:owner", "gxp:record-class"},
			}
		})
		o, err := NewOrganization(ctx, "organization", organization)
		if err != nil {
			return err
		}
		args := &GuardrailsArgs{
			Account: o.Management, Config: organization.Config, OrganizationID: o.OrganizationID, RootID: o.RootID,
			UnitIDs: o.UnitIDs, AccountIDs: o.AccountIDs, RecordClasses: []string{"gmp-batch"}, After: []pulumi.Resource{o.Resource},
		}
		if change != nil {
			change(args)
		}
		if _, err := NewGuardrails(ctx, "guardrails", args); err != nil {
			return err
		}
		args.Config.Organization.NamePrefix, args.Config.Guardrails.RequiredTags = "other", nil
		return nil
	})
}
