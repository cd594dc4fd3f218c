package landingzone

import (
	"errors"
	"fmt"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudformation"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
)

const baselineType = "gxp:landingzone:Baseline"

// The stacks of the baseline in each account, and the StackSets that make them.
const (
	globalStack   = "gxp-baseline-global"
	regionalStack = "gxp-baseline-regional"
)

// BaselineArgs configures a [Baseline]. Every field is required unless it says
// otherwise.
type BaselineArgs struct {
	// Management owns the StackSets.
	Management account.Account

	// Core are management and the core accounts in every governed region:
	// StackSets never deploy to management, and the core accounts need the
	// baseline before any StackSet works.
	Core []account.Account

	// Regions are the governed regions; the first is home.
	Regions []string

	// Units are the units of workload accounts. What lies in them is included.
	Units []BaselineUnit

	// Settings are what the templates are told.
	Settings BaselineSettings

	// FailureTolerance is in how many accounts of a region an operation may
	// fail before it stops: at least 1.
	FailureTolerance int

	// Activation runs before the first StackSet is made. Optional.
	Activation *pulumi.ResourceHookBinding

	// After is what the baseline of an account delivers to or reads from, and
	// CloudFormation tries when it makes it. Optional.
	After []pulumi.Resource
}

// BaselineUnit is an organizational unit that gets the baseline.
type BaselineUnit struct {
	// Key is the unit's part of logical names.
	Key string

	// ID is the unit's id.
	ID pulumi.StringInput
}

// Baseline is what every account has: a record of its configuration, the
// forwarding of its events, a locked backup vault, roles and settings. An
// account that is new in one of the units gets it by itself.
type Baseline struct {
	pulumi.ResourceState

	// Deployed is what must be there before a guardrail binds the accounts: a
	// guardrail that is attached earlier keeps the baseline out.
	Deployed []pulumi.Resource
}

// NewBaseline creates a Baseline from args.Management.
func NewBaseline(
	ctx *pulumi.Context, name string, args *BaselineArgs, opts ...pulumi.ResourceOption,
) (*Baseline, error) {
	if err := args.validate(); err != nil {
		return nil, fmt.Errorf("baseline %s: %w", name, err)
	}
	b := &Baseline{}
	opts = append(slices.Clip(opts), pulumi.Provider(args.Management.Provider))
	if err := ctx.RegisterComponentResource(baselineType, name, b, opts...); err != nil {
		return nil, err
	}
	child := pulumi.Parent(b)

	for _, core := range args.Core {
		created, err := newCoreBaseline(ctx, coreName(name, core, args.Regions[0]), core, args, child)
		if err != nil {
			return nil, fmt.Errorf("baseline %s: %w", name, err)
		}
		b.Deployed = append(b.Deployed, created.stacks...)
	}
	for _, set := range args.stackSets() {
		instances, err := set.create(ctx, name+"-"+set.key, args, child)
		if err != nil {
			return nil, fmt.Errorf("baseline %s: %s: %w", name, set.stack, err)
		}
		b.Deployed = append(b.Deployed, instances...)
	}
	return b, ctx.RegisterResourceOutputs(b, pulumi.Map{})
}

func (a *BaselineArgs) validate() error {
	switch {
	case a == nil:
		return errors.New("args are required")
	case a.Management.Provider == nil:
		return errors.New("management has no provider")
	case len(a.Regions) == 0:
		return errors.New("regions are required")
	case len(a.Units) == 0:
		return errors.New("units are required")
	case a.FailureTolerance < 1:
		return fmt.Errorf("failureTolerance is %d, must be at least 1", a.FailureTolerance)
	}
	for _, core := range a.Core {
		if core.Provider == nil {
			return fmt.Errorf("core account %s in %s has no provider", core.Key, core.Region)
		}
	}
	for _, unit := range a.Units {
		if unit.Key == "" || unit.ID == nil {
			return errors.New("a unit lacks its key or id")
		}
	}
	return a.Settings.validate()
}

// stackSet is one of the StackSets of the baseline.
type stackSet struct {
	key, stack, description, template string
	parameters                        pulumi.StringMap
	regions                           []string
}

func (a *BaselineArgs) stackSets() []stackSet {
	return []stackSet{
		{
			"global", globalStack, "What every workload account has once: boundary and roles.",
			globalTemplate, a.Settings.global(), a.Regions[:1],
		},
		{
			"regional", regionalStack, "What every workload account has in each governed region.",
			regionalTemplate, a.Settings.regional(true), a.Regions,
		},
	}
}

// create registers the StackSet and, for each region, its instances in the
// units. AWS fills in a role for administration that the provider takes for a
// change, and an instance whose preferences change is looked for in the wrong
// place: both are ignored.
func (s stackSet) create(
	ctx *pulumi.Context, name string, args *BaselineArgs, child pulumi.ResourceOption,
) ([]pulumi.Resource, error) {
	keep := []pulumi.ResourceOption{
		child, pulumi.Protect(true), pulumi.RetainOnDelete(true),
		pulumi.Timeouts(&pulumi.CustomTimeouts{Create: "2h", Update: "2h", Delete: "2h"}),
	}
	options := append(slices.Clip(keep), pulumi.IgnoreChanges([]string{"administrationRoleArn"}), pulumi.DependsOn(args.After))
	if args.Activation != nil {
		options = append(options, pulumi.ResourceHooks(args.Activation))
	}
	set, err := cloudformation.NewStackSet(ctx, name, &cloudformation.StackSetArgs{
		Name:            pulumi.String(s.stack),
		Description:     pulumi.String(s.description),
		PermissionModel: pulumi.String("SERVICE_MANAGED"),
		CallAs:          pulumi.String("SELF"),
		AutoDeployment: &cloudformation.StackSetAutoDeploymentArgs{
			Enabled:                      pulumi.Bool(true),
			RetainStacksOnAccountRemoval: pulumi.Bool(true),
		},
		// Without it a second operation is refused while one is under way.
		ManagedExecution: &cloudformation.StackSetManagedExecutionArgs{Active: pulumi.Bool(true)},
		Capabilities:     pulumi.ToStringArray([]string{"CAPABILITY_NAMED_IAM"}),
		OperationPreferences: &cloudformation.StackSetOperationPreferencesArgs{
			FailureToleranceCount: pulumi.Int(args.FailureTolerance),
			MaxConcurrentCount:    pulumi.Int(args.FailureTolerance + 1),
			RegionConcurrencyType: pulumi.String("PARALLEL"),
		},
		Parameters:   s.parameters,
		TemplateBody: pulumi.String(s.template),
	}, options...)
	if err != nil {
		return nil, err
	}
	units := pulumi.StringArray{}
	for _, unit := range args.Units {
		units = append(units, unit.ID)
	}
	var instances []pulumi.Resource
	for _, region := range s.regions {
		created, err := cloudformation.NewStackSetInstance(ctx, name+"-"+region, &cloudformation.StackSetInstanceArgs{
			StackSetName: set.Name,
			Region:       pulumi.String(region),
			CallAs:       pulumi.String("SELF"),
			RetainStack:  pulumi.Bool(true),
			DeploymentTargets: &cloudformation.StackSetInstanceDeploymentTargetsArgs{
				OrganizationalUnitIds: units,
			},
			OperationPreferences: &cloudformation.StackSetInstanceOperationPreferencesArgs{
				ConcurrencyMode:       pulumi.String("SOFT_FAILURE_TOLERANCE"),
				FailureToleranceCount: pulumi.Int(args.FailureTolerance),
				MaxConcurrentCount:    pulumi.Int(args.FailureTolerance + 1),
				RegionConcurrencyType: pulumi.String("PARALLEL"),
			},
		}, append(slices.Clip(keep), pulumi.IgnoreChanges([]string{"parameterOverrides", "operationPreferences"}))...)
		if err != nil {
			return nil, fmt.Errorf("instances in %s: %w", region, err)
		}
		instances = append(instances, created)
	}
	return instances, nil
}
