package landingzone

import (
	"errors"
	"fmt"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/organizations"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
)

const backupType = "gxp:landingzone:Backup"

// maxBackupPolicySize is how many characters AWS Organizations takes:
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
const maxBackupPolicySize = 10000

// BackupArgs configures a [Backup]. Every field is required unless it says
// otherwise.
type BackupArgs struct {
	// Account is the management account.
	Account account.Account

	// BackupAccountID is the account that holds the central vaults.
	BackupAccountID pulumi.StringInput

	// UnitIDs holds the ids of the organizational units that plans are for, by
	// path.
	UnitIDs map[string]pulumi.StringOutput

	// Regions are those in which resources are backed up. Home comes first.
	Regions []string

	// ReplicaRegion is the second region of copies. Optional: without it there
	// are copies in the home region alone.
	ReplicaRegion string

	// Plans say what is backed up when, and for how long it is kept.
	Plans []BackupPlan

	// CrossAccount copies into the central vaults.
	CrossAccount bool

	// Services are the services that AWS Backup may back up: for backup
	// policies, the settings of the management account rule. Optional: without
	// any, the setting stays as it is.
	Services []string

	// Further is Account in the other governed regions: the choice of services
	// holds for one region. Optional.
	Further []account.Account

	// After is what has to exist before AWS Backup can work: the organization,
	// and what plans rely on in the accounts. Optional.
	After []pulumi.Resource
}

// BackupPlan is what is backed up together.
type BackupPlan struct {
	// Key identifies the plan, and is the value of the tag [BackupTag] by which
	// it finds its resources.
	Key string

	// RecordClass is the retention class of the records.
	RecordClass string

	// ResourceTypes selects resources of these types and the record class, and
	// not by the tag. Optional.
	ResourceTypes []string

	// Rules say when, and how long.
	Rules []BackupRule

	// Units are the paths and keys of the units that the plan is for.
	Units []BackupUnit
}

// BackupUnit is an organizational unit that a plan is for.
type BackupUnit struct {
	// Path identifies the unit, and Key is its part of logical names.
	Path, Key string
}

// BackupRule is one schedule of a plan.
type BackupRule struct {
	// Key identifies the rule in its plan.
	Key string

	// Schedule is a cron expression.
	Schedule string

	// StartMinutes and CompleteMinutes are the windows of a backup.
	StartMinutes, CompleteMinutes int

	// RetentionDays is how long a backup and its copies are kept.
	RetentionDays int

	// ColdDays is after how many days they move to cold storage. Optional: 0
	// is never.
	ColdDays int

	// LocalOnly makes no copies.
	LocalOnly bool
}

// Backup is the organization's backups: what is backed up in which accounts, and
// copied where.
type Backup struct {
	pulumi.ResourceState
}

// NewBackup creates a Backup in args.Account.
func NewBackup(ctx *pulumi.Context, name string, args *BackupArgs, opts ...pulumi.ResourceOption) (*Backup, error) {
	if err := args.validate(); err != nil {
		return nil, fmt.Errorf("backup %s: %w", name, err)
	}
	b := &Backup{}
	opts = append(slices.Clip(opts), pulumi.Provider(args.Account.Provider))
	if err := ctx.RegisterComponentResource(backupType, name, b, opts...); err != nil {
		return nil, err
	}
	child := pulumi.Parent(b)

	if args.CrossAccount {
		if err := allowCopies(ctx, name, args.After, child); err != nil {
			return nil, fmt.Errorf("backup %s: cross-account copies: %w", name, err)
		}
	}
	if err := optIn(ctx, name, args.Services, child); err != nil {
		return nil, fmt.Errorf("backup %s: services: %w", name, err)
	}
	for _, in := range args.Further {
		if err := optIn(ctx, name+"-"+in.Region, args.Services, child, pulumi.Provider(in.Provider)); err != nil {
			return nil, fmt.Errorf("backup %s: services in %s: %w", name, in.Region, err)
		}
	}
	for _, plan := range args.Plans {
		if err := args.createPlan(ctx, name, plan, child); err != nil {
			return nil, fmt.Errorf("backup %s: plan %s: %w", name, plan.Key, err)
		}
	}
	return b, ctx.RegisterResourceOutputs(b, pulumi.Map{})
}

func (a *BackupArgs) validate() error {
	switch {
	case a == nil:
		return errors.New("args are required")
	case a.Account.Provider == nil:
		return errors.New("account has no provider")
	case a.BackupAccountID == nil:
		return errors.New("backupAccountID is required")
	case len(a.Regions) == 0:
		return errors.New("regions are required")
	case a.ReplicaRegion == a.Regions[0]:
		return fmt.Errorf("replicaRegion is %s, which is home", a.ReplicaRegion)
	}
	for _, plan := range a.Plans {
		if err := a.validatePlan(plan); err != nil {
			return fmt.Errorf("plan %s: %w", plan.Key, err)
		}
	}
	return nil
}

func (a *BackupArgs) validatePlan(plan BackupPlan) error {
	switch {
	case plan.Key == "":
		return errors.New("key is required")
	case plan.RecordClass == "":
		return errors.New("recordClass is required")
	case len(plan.Rules) == 0:
		return errors.New("rules are required")
	case len(plan.Units) == 0:
		return errors.New("units are required")
	}
	for _, unit := range plan.Units {
		if _, ok := a.UnitIDs[unit.Path]; !ok {
			return fmt.Errorf("unit %s has no id", unit.Path)
		}
	}
	// Any account id is as long as another, so the size is known before the
	// account exists.
	document, err := a.planDocument(plan, "000000000000")
	if err != nil {
		return err
	}
	if n := len(document); n > maxBackupPolicySize {
		return fmt.Errorf("the backup policy has %d characters, and AWS takes %d; give the plan fewer schedules or split it",
			n, maxBackupPolicySize)
	}
	return nil
}

// createPlan creates the backup policy of a plan, which a row of configuration
// may give up again: what it has backed up stays in the vaults.
func (a *BackupArgs) createPlan(ctx *pulumi.Context, name string, plan BackupPlan, child pulumi.ResourceOption) error {
	args := *a
	document := a.BackupAccountID.ToStringOutput().ApplyT(func(backupAccount string) (string, error) {
		return args.planDocument(plan, backupAccount)
	}).(pulumi.StringOutput)
	created, err := organizations.NewPolicy(ctx, name+"-"+plan.Key, &organizations.PolicyArgs{
		Name:        pulumi.String("gxp-backup-" + plan.Key),
		Description: pulumi.Sprintf("Backs up records of the class %s.", plan.RecordClass),
		Type:        pulumi.String("BACKUP_POLICY"),
		Content:     document,
	}, child, pulumi.DependsOn(a.After))
	if err != nil {
		return err
	}
	for _, unit := range plan.Units {
		_, err := organizations.NewPolicyAttachment(ctx, name+"-"+plan.Key+"-"+unit.Key, &organizations.PolicyAttachmentArgs{
			PolicyId: created.ID(),
			TargetId: a.UnitIDs[unit.Path],
		}, child)
		if err != nil {
			return fmt.Errorf("attach to %s: %w", unit.Path, err)
		}
	}
	return nil
}
