package landingzone

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/organizations"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
)

const guardrailsType = "gxp:landingzone:Guardrails"

// GuardrailsArgs configures [GuardrailPolicies]. Every field is required unless it
// says otherwise.
type GuardrailsArgs struct {
	// Account is the management account.
	Account account.Account

	// Config is the validated description of the organization.
	Config *config.LandingZone

	// OrganizationID and RootID are the ids that AWS gave the organization and
	// its root.
	OrganizationID, RootID pulumi.StringInput

	// UnitIDs holds the id of every organizational unit by its path.
	UnitIDs map[string]pulumi.StringOutput

	// AccountIDs holds the ids of the core accounts by their keys.
	AccountIDs map[string]pulumi.StringOutput

	// RecordClasses are the retention classes that a resource can be tagged
	// with.
	RecordClasses []string

	// After is what has to be in the accounts before guardrails are attached.
	// Optional.
	After []pulumi.Resource
}

// GuardrailPolicies are the organization policies that say what no account can
// do.
type GuardrailPolicies struct {
	pulumi.ResourceState

	// PolicyIDs holds the ids of the policies by their keys.
	PolicyIDs pulumi.StringMapOutput `pulumi:"policyIds"`
}

// NewGuardrails composes the guardrails into as few policies as the quotas
// allow and attaches them to the organizational units.
func NewGuardrails(
	ctx *pulumi.Context, name string, args *GuardrailsArgs, opts ...pulumi.ResourceOption,
) (*GuardrailPolicies, error) {
	if err := args.validate(); err != nil {
		return nil, fmt.Errorf("guardrails %s: %w", name, err)
	}
	planned, err := args.plan()
	if err != nil {
		return nil, fmt.Errorf("guardrails %s: %w", name, err)
	}

	g := &GuardrailPolicies{}
	opts = append(slices.Clip(opts), pulumi.Provider(args.Account.Provider))
	if err := ctx.RegisterComponentResource(guardrailsType, name, g, opts...); err != nil {
		return nil, err
	}
	child := pulumi.Parent(g)
	ids := pulumi.StringMap{}
	previous := slices.Clone(args.After)
	for _, p := range planned {
		created, err := organizations.NewPolicy(ctx, name+"-"+p.key, &organizations.PolicyArgs{
			Name:        pulumi.String("gxp-" + p.key),
			Description: pulumi.String(p.description),
			Type:        pulumi.String(p.typ),
			Content:     p.content,
		}, child)
		if err != nil {
			return nil, fmt.Errorf("guardrails %s: %s: %w", name, p.key, err)
		}
		ids[p.key] = created.ID()
		// AWS Organizations serializes its writes and refuses concurrent ones,
		// and what a guardrail forbids has to be in place by then.
		attached, err := organizations.NewPolicyAttachment(ctx, name+"-"+p.key, &organizations.PolicyAttachmentArgs{
			PolicyId: created.ID(),
			TargetId: args.target(p.unit),
		}, child, pulumi.DependsOn(previous))
		if err != nil {
			return nil, fmt.Errorf("guardrails %s: %s: attach: %w", name, p.key, err)
		}
		previous = []pulumi.Resource{attached}
	}
	g.PolicyIDs = ids.ToStringMapOutput()
	return g, ctx.RegisterResourceOutputs(g, pulumi.Map{"policyIds": g.PolicyIDs})
}

func (a *GuardrailsArgs) validate() error {
	switch {
	case a == nil:
		return errors.New("args are required")
	case a.Account.Provider == nil:
		return errors.New("account has no provider")
	case a.Config == nil:
		return errors.New("config is required")
	case a.OrganizationID == nil:
		return errors.New("organizationID is required")
	case a.RootID == nil:
		return errors.New("rootID is required")
	case len(a.RecordClasses) == 0:
		return errors.New("recordClasses are required")
	}
	for _, unit := range config.Units() {
		if _, ok := a.UnitIDs[unit.Path]; !ok {
			return fmt.Errorf("unitIDs lack %s", unit.Path)
		}
	}
	for _, core := range a.Config.CoreAccounts.All() {
		if _, ok := a.AccountIDs[core.Key]; !ok {
			return fmt.Errorf("accountIDs lack %s", core.Key)
		}
	}
	return nil
}

// target is the id of a unit, or of the root.
func (a *GuardrailsArgs) target(unit string) pulumi.StringInput {
	if unit == RootUnit {
		return a.RootID
	}
	return a.UnitIDs[unit]
}

// planned is a policy that is to be created and attached.
type planned struct {
	key, unit, typ, description string
	content                     pulumi.StringInput
}

// plan returns the policies that configuration asks for, in the order in which
// they are attached.
func (a *GuardrailsArgs) plan() ([]planned, error) {
	c := a.Config.Guardrails
	limits := LimitsOf(a.Config)
	var all []planned
	for _, kind := range []struct {
		on       bool
		typ      string
		quota    PolicyQuota
		complete completion
		compose  func(Limits, PolicyQuota, ...string) ([]UnitPolicy, error)
	}{
		{c.ServiceControlPolicies, "SERVICE_CONTROL_POLICY", ServiceControlQuota(a.Config), scpStatement, ServiceControlPolicies},
		{c.ResourceControlPolicies, "RESOURCE_CONTROL_POLICY", ResourceControlQuota(a.Config), rcpStatement, ResourceControlPolicies},
	} {
		if !kind.on {
			continue
		}
		policies, err := kind.compose(limits, kind.quota)
		if err != nil {
			return nil, err
		}
		for _, p := range policies {
			all = append(all, planned{
				key: p.Key, unit: p.Unit, typ: kind.typ, description: describe(p),
				content: a.render(limits, p, kind.complete),
			})
		}
	}
	settings, err := settingPolicies(c, a.RecordClasses)
	if err != nil {
		return nil, err
	}
	all = append(all, settings...)
	if c.Staged {
		all = slices.DeleteFunc(all, func(p planned) bool { return p.unit != config.UnitPolicyStaging })
	}
	return all, nil
}

// describe says what a policy holds, in as many characters as AWS takes.
func describe(p UnitPolicy) string {
	const limit = 512
	text := "Guardrails of " + p.Unit + ": " + strings.Join(p.Sids, ", ")
	if len(text) > limit {
		text = text[:limit-3] + "..."
	}
	return text
}

// render renders a policy once the ids that it names are known. That is later,
// so it works on values that the caller cannot change by then.
func (a *GuardrailsArgs) render(l Limits, p UnitPolicy, complete completion) pulumi.StringOutput {
	inputs := []any{a.OrganizationID, a.RootID}
	for _, core := range l.Core {
		inputs = append(inputs, a.AccountIDs[core.Key])
	}
	return pulumi.All(inputs...).ApplyT(func(ids []any) (string, error) {
		known := l
		known.OrganizationID, known.RootID = ids[0].(string), ids[1].(string)
		known.Core = slices.Clone(l.Core)
		for i := range known.Core {
			known.Core[i].AccountID = ids[2+i].(string)
		}
		return p.render(known, complete)
	}).(pulumi.StringOutput)
}

// LimitsOf returns the limits of a configuration, without the ids that AWS
// gives: in their place are ones of the greatest length.
func LimitsOf(c *config.LandingZone) Limits {
	g := c.Guardrails
	l := Limits{
		NamePrefix: c.Organization.NamePrefix, Home: c.Regions.Home, Regions: slices.Clone(c.Regions.Governed),
		AccessRole: c.Organization.AccessRole, ControlTower: c.Organization.ControlTower,
		QuarantineUnplaced: g.QuarantineUnplaced,
		GxPServices:        slices.Clone(g.GxPServices), NonGxPServices: slices.Clone(g.NonGxPServices),
		RequiredTags: slices.Clone(g.RequiredTags), ResourceServices: slices.Clone(g.ResourceServices),
		TrustedAccounts: slices.Clone(g.TrustedAccounts),
	}
	for _, core := range c.CoreAccounts.All() {
		l.Core = append(l.Core, CoreRole{Key: core.Key, Unit: core.Unit, Role: c.Organization.RoleIn(core.CoreAccount)})
	}
	return l.longest()
}

// controlTowerPolicies are how many service control policies Control Tower
// attaches to a unit at most.
const controlTowerPolicies = 3

// ServiceControlQuota is what a configuration leaves for service control
// policies.
func ServiceControlQuota(c *config.LandingZone) PolicyQuota {
	q := PolicyQuota{PerTarget: c.Quotas.PoliciesPerTarget, Characters: c.Quotas.PolicyCharacters, Reserved: 1}
	if c.Organization.ControlTower {
		q.Reserved += controlTowerPolicies
	}
	return q
}

// ResourceControlQuota is the same for resource control policies.
func ResourceControlQuota(c *config.LandingZone) PolicyQuota {
	return PolicyQuota{
		PerTarget: c.Quotas.ResourcePoliciesPerTarget, Characters: c.Quotas.ResourcePolicyCharacters, Reserved: 1,
	}
}
