package logging

import (
	"errors"
	"fmt"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
	"github.com/gxp-landing-zone/gxp-landing-zone/logging/analytics"
)

const findingsType = "gxp:logging:Findings"

// findingsPattern matches a finding of Security Hub each time that it changes.
const findingsPattern = `{"detail-type":["Security Hub Findings - Imported"],"source":["aws.securityhub"]}`

// FindingsArgs configures [Findings]. Every field is required.
type FindingsArgs struct {
	// Account is the account that Security Hub reports all findings to, in the
	// region that collects them.
	Account account.Account

	// To is the landing of the same region.
	To *ServiceLanding
}

// Findings keeps every finding of the organization, as often as it changed.
// Security Hub itself forgets a finding after 90 days.
type Findings struct {
	pulumi.ResourceState
}

// NewFindings creates Findings in args.Account.
func NewFindings(
	ctx *pulumi.Context, name string, args *FindingsArgs, opts ...pulumi.ResourceOption,
) (*Findings, error) {
	if err := args.validate(); err != nil {
		return nil, fmt.Errorf("findings %s: %w", name, err)
	}
	f := &Findings{}
	opts = append(slices.Clip(opts), pulumi.Provider(args.Account.Provider))
	if err := ctx.RegisterComponentResource(findingsType, name, f, opts...); err != nil {
		return nil, err
	}
	child := pulumi.Parent(f)
	region := args.Account.Region
	to, err := createDelivery(ctx, name, deliveryArgs{
		stream: "gxp-findings", role: findingsRole,
		prefix: analytics.Findings + region + "/", failed: failedFindings + region + "/",
		accountID: args.Account.ID, to: args.To, abroad: true,
	}, child)
	if err != nil {
		return nil, fmt.Errorf("findings %s: %w", name, err)
	}
	if err := createFindingsRule(ctx, name, args, to, child); err != nil {
		return nil, fmt.Errorf("findings %s: rule: %w", name, err)
	}
	return f, ctx.RegisterResourceOutputs(f, pulumi.Map{})
}

func (a *FindingsArgs) validate() error {
	switch {
	case a == nil:
		return errors.New("args are required")
	case a.Account.Provider == nil:
		return errors.New("account has no provider")
	case a.To == nil:
		return errors.New("to is required")
	}
	return nil
}

func createFindingsRule(
	ctx *pulumi.Context, name string, args *FindingsArgs, to *delivery, child pulumi.ResourceOption,
) error {
	rule, err := cloudwatch.NewEventRule(ctx, name, &cloudwatch.EventRuleArgs{
		Name:         pulumi.String("gxp-findings"),
		Description:  pulumi.String("Keeps every finding of Security Hub, each time that it changes."),
		EventPattern: pulumi.String(findingsPattern),
	}, child)
	if err != nil {
		return err
	}
	sender := name + "-rule"
	role, err := iam.NewRole(ctx, sender, &iam.RoleArgs{
		Name:        pulumi.String("gxp-findings-rule"),
		Description: pulumi.String("Lets EventBridge send findings to the stream."),
		AssumeRolePolicy: pulumi.All(args.Account.ID, rule.Arn).ApplyT(func(known []any) (string, error) {
			return policy.JSON(policy.Statement{
				Sid:       "RuleSends",
				Effect:    policy.Allow,
				Principal: policy.Service("events.amazonaws.com"),
				Action:    policy.Strings{"sts:AssumeRole"},
				Condition: policy.Condition{
					"StringEquals": {"aws:SourceAccount": {known[0].(string)}},
					"ArnEquals":    {"aws:SourceArn": {known[1].(string)}},
				},
			})
		}).(pulumi.StringOutput),
	}, child)
	if err != nil {
		return err
	}
	permissions, err := iam.NewRolePolicy(ctx, sender, &iam.RolePolicyArgs{
		Name: pulumi.String("send"),
		Role: role.Name,
		Policy: to.stream.Arn.ApplyT(func(arn string) (string, error) {
			return policy.JSON(policy.Statement{
				Sid:      "Sends",
				Effect:   policy.Allow,
				Action:   policy.Strings{"firehose:PutRecord", "firehose:PutRecordBatch"},
				Resource: policy.Strings{arn},
			})
		}).(pulumi.StringOutput),
	}, child)
	if err != nil {
		return err
	}
	_, err = cloudwatch.NewEventTarget(ctx, name, &cloudwatch.EventTargetArgs{
		Rule:     rule.Name,
		TargetId: pulumi.String("archive"),
		Arn:      to.stream.Arn,
		RoleArn:  role.Arn,
	}, child, pulumi.DependsOn([]pulumi.Resource{permissions}))
	return err
}
