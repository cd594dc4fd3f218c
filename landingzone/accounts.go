package landingzone

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/organizations"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
)

// unreadable are the arguments that AWS does not report back, or that would
// replace an account when they differ. An account is identified by its id; none
// of these may ever cause a change.
var unreadable = []string{"roleName", "iamUserAccessToBilling", "email", "name", "closeOnDeletion"}

// member is one account of the organization, whether core or workload.
type member struct {
	key   string
	name  string
	email string
	adopt string
	unit  string
	tags  account.Tags
	role  string
}

// created is an account together with the key it goes by.
type created struct {
	key      string
	resource *organizations.Account
}

// createAccounts creates the accounts, core accounts first, as many at once as
// the quota allows.
func (o *Organization) createAccounts(
	ctx *pulumi.Context, name string, args *OrganizationArgs, hooks *hooks, child pulumi.ResourceOption,
) ([]created, error) {
	o.AccountIDs = map[string]pulumi.StringOutput{config.KeyManagement: o.Management.ID}
	lanes := make([]pulumi.Resource, args.Config.Quotas.AccountCreations)
	var accounts []created
	for i, m := range members(args) {
		opts := []pulumi.ResourceOption{
			child,
			pulumi.Protect(true),
			pulumi.RetainOnDelete(true),
			pulumi.IgnoreChanges(unreadable),
			pulumi.ResourceHooks(hooks.account),
			pulumi.Timeouts(&pulumi.CustomTimeouts{Create: "45m", Update: "20m"}),
		}
		if m.adopt != "" {
			opts = append(opts, pulumi.Import(pulumi.ID(m.adopt)))
		}
		lane := i % len(lanes)
		if lanes[lane] != nil {
			opts = append(opts, pulumi.DependsOn([]pulumi.Resource{lanes[lane]}))
		}
		resource, err := organizations.NewAccount(ctx, name+"-"+m.key, &organizations.AccountArgs{
			Name:                   pulumi.String(m.name),
			Email:                  pulumi.String(m.email),
			ParentId:               o.UnitIDs[m.unit],
			RoleName:               pulumi.String(m.role),
			IamUserAccessToBilling: pulumi.String("ALLOW"),
			CloseOnDeletion:        pulumi.Bool(false),
			Tags:                   m.tags.Inputs(),
		}, opts...)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", m.name, err)
		}
		lanes[lane] = resource
		o.AccountIDs[m.key] = resource.ID().ToStringOutput()
		accounts = append(accounts, created{m.key, resource})
	}
	return accounts, nil
}

// members lists the accounts to create or adopt: the core accounts in their
// fixed order, then the workload accounts in the order of the configuration.
func members(args *OrganizationArgs) []member {
	c := args.Config
	var all []member
	for _, core := range c.CoreAccounts.All() {
		all = append(all, member{
			key: core.Key, name: core.Name, email: core.Email, adopt: core.ID, unit: core.Unit,
			tags: platformTags(args), role: c.Organization.AccessRole,
		})
	}
	for _, workload := range c.Accounts {
		all = append(all, member{
			key: workload.Name, name: workload.Name, email: workload.Email, adopt: workload.ID,
			unit: workload.Unit(), tags: workloadTags(workload, args.RequirementSet), role: c.Organization.AccessRole,
		})
	}
	return all
}

func workloadTags(a config.Account, requirementSet string) account.Tags {
	return account.Tags{
		Owner:              a.Owner,
		Environment:        a.Environment,
		GxP:                a.GxP,
		DataClassification: a.DataClassification,
		RecordClass:        a.RecordClass,
		CostCentre:         a.CostCentre,
		RequirementSet:     requirementSet,
	}
}

// platformTags are the tags of what belongs to no workload. The platform serves
// every good practice, and its records are kept like the longest-kept of them.
func platformTags(args *OrganizationArgs) account.Tags {
	return account.Tags{
		Owner:              args.Config.Platform.Owner,
		Environment:        "production",
		GxP:                "platform",
		DataClassification: "confidential",
		RecordClass:        args.RecordClass,
		CostCentre:         args.Config.Platform.CostCentre,
		RequirementSet:     args.RequirementSet,
	}
}
