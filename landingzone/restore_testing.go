package landingzone

import (
	"errors"
	"fmt"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/backup"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
)

const restoreTestingType = "gxp:landingzone:RestoreTesting"

// RestoreTestingArgs configures a [RestoreTesting]. Every field is required
// unless it says otherwise.
type RestoreTestingArgs struct {
	// Account restores copies, in the region of the vault.
	Account account.Account

	// VaultARN is the vault whose copies are tested.
	VaultARN pulumi.StringInput

	// Schedule is a cron expression.
	Schedule string

	// StartHours is within how long a test must have started.
	StartHours int

	// SelectionDays is how old a copy that is tested may be.
	SelectionDays int

	// ValidationHours is how long what was restored can be examined before it is
	// deleted.
	ValidationHours int

	// ResourceTypes lists what is tested, as AWS Backup calls it.
	ResourceTypes []string

	// After is what has to exist in the account, such as the role that restores.
	// Optional.
	After []pulumi.Resource
}

// RestoreTesting restores copies at regular times, to show that it can be done,
// and removes what was restored.
type RestoreTesting struct {
	pulumi.ResourceState
}

// NewRestoreTesting creates a RestoreTesting in args.Account.
func NewRestoreTesting(
	ctx *pulumi.Context, name string, args *RestoreTestingArgs, opts ...pulumi.ResourceOption,
) (*RestoreTesting, error) {
	if err := args.validate(); err != nil {
		return nil, fmt.Errorf("restore testing %s: %w", name, err)
	}
	t := &RestoreTesting{}
	opts = append(slices.Clip(opts), pulumi.Provider(args.Account.Provider))
	if err := ctx.RegisterComponentResource(restoreTestingType, name, t, opts...); err != nil {
		return nil, err
	}
	child := pulumi.Parent(t)

	plan, err := backup.NewRestoreTestingPlan(ctx, name, &backup.RestoreTestingPlanArgs{
		Name:               pulumi.String("gxp_central"),
		ScheduleExpression: pulumi.String(args.Schedule),
		StartWindowHours:   pulumi.Int(args.StartHours),
		RecoveryPointSelection: backup.RestoreTestingPlanRecoveryPointSelectionArgs{
			// At random, so that over time more than the newest is proven.
			Algorithm:           pulumi.String("RANDOM_WITHIN_WINDOW"),
			IncludeVaults:       pulumi.StringArray{args.VaultARN},
			RecoveryPointTypes:  pulumi.ToStringArray([]string{"SNAPSHOT"}),
			SelectionWindowDays: pulumi.Int(args.SelectionDays),
		},
	}, child, pulumi.Protect(true), pulumi.RetainOnDelete(true))
	if err != nil {
		return nil, fmt.Errorf("restore testing %s: %w", name, err)
	}
	for _, resourceType := range args.ResourceTypes {
		// AWS takes letters, digits and underscores as names.
		_, err := backup.NewRestoreTestingSelection(ctx, name+"-"+resourceType, &backup.RestoreTestingSelectionArgs{
			Name:                   pulumi.String("gxp_" + resourceType),
			RestoreTestingPlanName: plan.Name,
			ProtectedResourceType:  pulumi.String(resourceType),
			ProtectedResourceArns:  pulumi.ToStringArray([]string{"*"}),
			IamRoleArn:             account.RoleARN(args.Account.ID, BackupRole),
			ValidationWindowHours:  pulumi.Int(args.ValidationHours),
		}, child, pulumi.DependsOn(args.After))
		if err != nil {
			return nil, fmt.Errorf("restore testing %s: %s: %w", name, resourceType, err)
		}
	}
	return t, ctx.RegisterResourceOutputs(t, pulumi.Map{})
}

func (a *RestoreTestingArgs) validate() error {
	switch {
	case a == nil:
		return errors.New("args are required")
	case a.Account.Provider == nil:
		return errors.New("account has no provider")
	case a.VaultARN == nil:
		return errors.New("vaultARN is required")
	case a.Schedule == "":
		return errors.New("schedule is required")
	case a.StartHours < 1:
		return errors.New("startHours are required")
	case a.SelectionDays < 1:
		return errors.New("selectionDays are required")
	case a.ValidationHours < 1:
		return errors.New("validationHours are required")
	case len(a.ResourceTypes) == 0:
		return errors.New("resourceTypes are required")
	}
	return nil
}
