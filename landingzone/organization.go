// Package landingzone builds the organization that everything else lives in:
// its units and accounts, who may administer what, and the ways into each core
// account.
package landingzone

import (
	"errors"
	"fmt"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/organizations"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
)

const organizationType = "gxp:landingzone:Organization"

// OrganizationArgs configures an [Organization]. Every field is required unless
// it says otherwise.
type OrganizationArgs struct {
	// Config is the validated description of the organization.
	Config *config.LandingZone

	// ReplicaRegion is where the log archive keeps its second copy. Optional:
	// without it the log archive is connected in the home region alone.
	ReplicaRegion string

	// RecordClass is the retention class of the landing zone's own records.
	RecordClass string

	// RequirementSet is the version of the requirements being built to.
	RequirementSet string

	// Endpoint is the URL of an AWS emulator. Optional.
	Endpoint string

	// Operations makes the calls that no resource can make.
	Operations Operations
}

// Organization is an AWS organization with its units, its accounts and a
// connection to each core account.
type Organization struct {
	pulumi.ResourceState

	// OrganizationID is the id that policies are bound to, o-....
	OrganizationID pulumi.StringOutput `pulumi:"organizationId"`

	// RootID is the id of the organization's root, r-....
	RootID pulumi.StringOutput

	// UnitIDs holds the id of every organizational unit by its path.
	UnitIDs map[string]pulumi.StringOutput

	// UnitARNs holds the ARN of every organizational unit by its path.
	UnitARNs map[string]pulumi.StringOutput

	// AccountIDs holds the id of every account by its name.
	AccountIDs map[string]pulumi.StringOutput

	// Resource is the organization itself, which what needs its trusted access
	// waits for.
	Resource pulumi.Resource

	// Delegations is what delegated administration of a service waits for, by
	// service principal.
	Delegations map[string]pulumi.Resource

	// Management owns the organization.
	Management account.Account

	// LogArchive keeps the audit records, LogArchiveReplica their second copy.
	// The replica has no provider when there is one governed region.
	LogArchive, LogArchiveReplica account.Account

	// BackupReplica is the backup account where its second vault is. It has no
	// provider when there is none.
	BackupReplica account.Account

	// Audit, Network, SharedServices and Backup are the other core accounts.
	Audit, Network, SharedServices, Backup account.Account

	// Activation lets StackSets work across the organization before the first
	// of them is made, in an adopted organization too. It is nil where
	// configuration switches it off.
	Activation *pulumi.ResourceHookBinding

	connected map[accountRegion]account.Account
}

// NewOrganization creates or adopts the organization, its units and its
// accounts, and connects to the core accounts. It is the one place where
// providers are made.
func NewOrganization(
	ctx *pulumi.Context, name string, args *OrganizationArgs, opts ...pulumi.ResourceOption,
) (*Organization, error) {
	if err := args.validate(); err != nil {
		return nil, fmt.Errorf("organization %s: %w", name, err)
	}

	management, err := connectManagement(ctx, args)
	if err != nil {
		return nil, err
	}
	o := &Organization{Management: management}
	opts = append(slices.Clip(opts), pulumi.Provider(management.Provider))
	if err := ctx.RegisterComponentResource(organizationType, name, o, opts...); err != nil {
		return nil, err
	}
	child := pulumi.Parent(o)

	hooks, err := registerHooks(ctx, args.Operations, args.Config.Organization.AccessRole)
	if err != nil {
		return nil, fmt.Errorf("organization %s: hooks: %w", name, err)
	}
	if args.Config.Organization.ActivateStackSets {
		o.Activation = hooks.stackSet
	}
	organization, err := o.createOrganization(ctx, name, args.Config.Organization, hooks, child)
	if err != nil {
		return nil, fmt.Errorf("organization %s: %w", name, err)
	}
	if err := o.createUnits(ctx, name, organization, args.Config.Organization.Adopt, child); err != nil {
		return nil, fmt.Errorf("organization %s: units: %w", name, err)
	}
	accounts, err := o.createAccounts(ctx, name, args, hooks, child)
	if err != nil {
		return nil, fmt.Errorf("organization %s: accounts: %w", name, err)
	}
	if err := createContacts(ctx, name, args.Config.Contacts, withContacts(args.Config, accounts), child); err != nil {
		return nil, fmt.Errorf("organization %s: contacts: %w", name, err)
	}
	if err := o.delegate(ctx, name, args.Config.Organization.Delegations(), child); err != nil {
		return nil, fmt.Errorf("organization %s: delegated administrators: %w", name, err)
	}
	if err := o.connect(ctx, args); err != nil {
		return nil, err
	}

	return o, ctx.RegisterResourceOutputs(o, pulumi.Map{"organizationId": o.OrganizationID})
}

func (a *OrganizationArgs) validate() error {
	switch {
	case a == nil:
		return errors.New("args are required")
	case a.Config == nil:
		return errors.New("config is required")
	case a.RecordClass == "":
		return errors.New("recordClass is required")
	case a.RequirementSet == "":
		return errors.New("requirementSet is required")
	case a.Operations == nil:
		return errors.New("operations are required")
	}
	return nil
}

// createOrganization creates the organization, or imports the one to adopt.
func (o *Organization) createOrganization(
	ctx *pulumi.Context, name string, c config.Organization, hooks *hooks, child pulumi.ResourceOption,
) (*organizations.Organization, error) {
	opts := []pulumi.ResourceOption{child, pulumi.Protect(true), pulumi.RetainOnDelete(true)}
	if c.ActivateStackSets {
		opts = append(opts, pulumi.ResourceHooks(hooks.organization))
	}
	if c.Adopt != nil {
		opts = append(opts, pulumi.Import(pulumi.ID(c.Adopt.OrganizationID)))
	}
	organization, err := organizations.NewOrganization(ctx, name, &organizations.OrganizationArgs{
		FeatureSet:                 pulumi.String("ALL"),
		AwsServiceAccessPrincipals: pulumi.ToStringArray(sorted(c.TrustedAccess)),
		EnabledPolicyTypes:         pulumi.ToStringArray(sorted(c.PolicyTypes)),
	}, opts...)
	if err != nil {
		return nil, err
	}
	o.OrganizationID = organization.ID().ToStringOutput()
	o.Resource = organization
	return organization, nil
}

// sorted returns the values in the order in which AWS reports sets, so that the
// order in the configuration means nothing.
func sorted(values []string) []string { return slices.Sorted(slices.Values(values)) }
