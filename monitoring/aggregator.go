package monitoring

import (
	"errors"
	"fmt"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cfg"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
)

const aggregatorType = "gxp:monitoring:Aggregator"

// AggregatorArgs configures an [Aggregator]. Every field is required unless it
// says otherwise.
type AggregatorArgs struct {
	// Account administers Config for the organization.
	Account account.Account

	// After is what the aggregator waits for: the registration of Account as
	// delegated administrator. Optional.
	After []pulumi.Resource
}

// Aggregator shows the configuration and compliance of every account and region
// in one place.
type Aggregator struct {
	pulumi.ResourceState

	// ARN is the aggregator's ARN.
	ARN pulumi.StringOutput `pulumi:"arn"`
}

// NewAggregator creates an Aggregator in args.Account.
func NewAggregator(
	ctx *pulumi.Context, name string, args *AggregatorArgs, opts ...pulumi.ResourceOption,
) (*Aggregator, error) {
	if err := args.validate(); err != nil {
		return nil, fmt.Errorf("aggregator %s: %w", name, err)
	}
	a := &Aggregator{}
	opts = append(slices.Clip(opts), pulumi.Provider(args.Account.Provider))
	if err := ctx.RegisterComponentResource(aggregatorType, name, a, opts...); err != nil {
		return nil, err
	}
	child := pulumi.Parent(a)

	trust, err := policy.JSON(policy.Statement{
		Sid:       "ConfigAggregates",
		Effect:    policy.Allow,
		Principal: policy.Service("config.amazonaws.com"),
		Action:    policy.Strings{"sts:AssumeRole"},
	})
	if err != nil {
		return nil, fmt.Errorf("aggregator %s: %w", name, err)
	}
	role, err := iam.NewRole(ctx, name, &iam.RoleArgs{
		Name:             pulumi.String("gxp-config-aggregator"),
		Description:      pulumi.String("Lets Config list the accounts of the organization."),
		AssumeRolePolicy: pulumi.String(trust),
	}, child)
	if err != nil {
		return nil, fmt.Errorf("aggregator %s: role: %w", name, err)
	}
	// What AWS's policy AWSConfigRoleForOrganizations allows, as a policy of the
	// role itself: it says what it does, and an emulator takes it.
	reads, err := policy.JSON(policy.Statement{
		Sid:    "ReadsOrganization",
		Effect: policy.Allow,
		Action: policy.Strings{
			"organizations:DescribeOrganization", "organizations:ListAWSServiceAccessForOrganization",
			"organizations:ListAccounts", "organizations:ListDelegatedAdministrators",
		},
		Resource: policy.Strings{"*"},
	})
	if err != nil {
		return nil, fmt.Errorf("aggregator %s: %w", name, err)
	}
	permissions, err := iam.NewRolePolicy(ctx, name, &iam.RolePolicyArgs{
		Name:   pulumi.String("read-organization"),
		Role:   role.Name,
		Policy: pulumi.String(reads),
	}, child)
	if err != nil {
		return nil, fmt.Errorf("aggregator %s: role: %w", name, err)
	}
	aggregator, err := cfg.NewConfigurationAggregator(ctx, name, &cfg.ConfigurationAggregatorArgs{
		Name: pulumi.String("gxp-organization"),
		OrganizationAggregationSource: &cfg.ConfigurationAggregatorOrganizationAggregationSourceArgs{
			AllRegions: pulumi.Bool(true),
			RoleArn:    role.Arn,
		},
	}, child, pulumi.DependsOn(append([]pulumi.Resource{permissions}, args.After...)))
	if err != nil {
		return nil, fmt.Errorf("aggregator %s: %w", name, err)
	}

	a.ARN = aggregator.Arn
	return a, ctx.RegisterResourceOutputs(a, pulumi.Map{"arn": a.ARN})
}

func (a *AggregatorArgs) validate() error {
	switch {
	case a == nil:
		return errors.New("args are required")
	case a.Account.Provider == nil:
		return errors.New("account has no provider")
	}
	return nil
}
