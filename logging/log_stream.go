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

const logStreamType = "gxp:logging:LogStream"

// streamName is the name of the stream that log groups of a region are written
// by.
const streamName = "gxp-log-events"

// LogStreamArgs configures a [LogStream]. Every field is required.
type LogStreamArgs struct {
	// Account is the log archive account, in the region of the log groups.
	Account account.Account

	// OrganizationID is the organization whose accounts may send.
	OrganizationID pulumi.StringInput

	// To is the landing of the same region.
	To *ServiceLanding
}

// LogStream takes what the log groups of every account in a region receive, and
// writes it to the landing. The baseline of an account subscribes all of its log
// groups, also those that are made later.
type LogStream struct {
	pulumi.ResourceState

	// DestinationARN is what subscriptions name.
	DestinationARN pulumi.StringOutput `pulumi:"destinationArn"`

	// Ready is what a subscription has to wait for.
	Ready []pulumi.Resource
}

// NewLogStream creates a LogStream in args.Account.
func NewLogStream(
	ctx *pulumi.Context, name string, args *LogStreamArgs, opts ...pulumi.ResourceOption,
) (*LogStream, error) {
	if err := args.validate(); err != nil {
		return nil, fmt.Errorf("log stream %s: %w", name, err)
	}
	l := &LogStream{}
	opts = append(slices.Clip(opts), pulumi.Provider(args.Account.Provider))
	if err := ctx.RegisterComponentResource(logStreamType, name, l, opts...); err != nil {
		return nil, err
	}
	child := pulumi.Parent(l)
	region := args.Account.Region
	to, err := createDelivery(ctx, name, deliveryArgs{
		stream: streamName, role: StreamRole(region),
		prefix: analytics.LogEvents + region + "/", failed: failedEvents + region + "/",
		compressed: true, accountID: args.Account.ID, to: args.To,
	}, child)
	if err != nil {
		return nil, fmt.Errorf("log stream %s: %w", name, err)
	}
	if err := l.createDestination(ctx, name, args, to, child); err != nil {
		return nil, fmt.Errorf("log stream %s: destination: %w", name, err)
	}
	return l, ctx.RegisterResourceOutputs(l, pulumi.Map{"destinationArn": l.DestinationARN})
}

func (a *LogStreamArgs) validate() error {
	switch {
	case a == nil:
		return errors.New("args are required")
	case a.Account.Provider == nil:
		return errors.New("account has no provider")
	case a.OrganizationID == nil:
		return errors.New("organizationID is required")
	case a.To == nil:
		return errors.New("to is required")
	}
	return nil
}

// createDestination creates what the log groups of other accounts can name: they
// see no stream of another account.
func (l *LogStream) createDestination(
	ctx *pulumi.Context, name string, args *LogStreamArgs, to *delivery, child pulumi.ResourceOption,
) error {
	sender := name + "-destination"
	role, err := iam.NewRole(ctx, sender, &iam.RoleArgs{
		Name:        pulumi.String("gxp-log-events-" + args.Account.Region),
		Description: pulumi.String("Lets CloudWatch Logs send log groups to the stream."),
		AssumeRolePolicy: args.OrganizationID.ToStringOutput().ApplyT(func(id string) (string, error) {
			return policy.JSON(policy.Statement{
				Sid:       "LogGroupsSend",
				Effect:    policy.Allow,
				Principal: policy.Service("logs.amazonaws.com"),
				Action:    policy.Strings{"sts:AssumeRole"},
				// Where CloudWatch Logs says for whom it sends, it has to be the
				// organization; it does not say so for the test message of a new
				// destination.
				Condition: policy.Condition{"StringEqualsIfExists": {"aws:SourceOrgID": {id}}},
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
	destination, err := cloudwatch.NewLogDestination(ctx, name, &cloudwatch.LogDestinationArgs{
		Name:      pulumi.String(LogDestination),
		RoleArn:   role.Arn,
		TargetArn: to.stream.Arn,
	}, child, pulumi.DependsOn([]pulumi.Resource{permissions}))
	if err != nil {
		return err
	}
	admission, err := cloudwatch.NewLogDestinationPolicy(ctx, name, &cloudwatch.LogDestinationPolicyArgs{
		DestinationName: destination.Name,
		AccessPolicy: pulumi.All(args.OrganizationID, destination.Arn).ApplyT(func(known []any) (string, error) {
			return policy.JSON(policy.Statement{
				Sid:       "OrganizationSends",
				Effect:    policy.Allow,
				Principal: policy.Everyone,
				Action:    policy.Strings{"logs:PutAccountPolicy", "logs:PutSubscriptionFilter"},
				Resource:  policy.Strings{known[1].(string)},
				Condition: policy.Condition{"StringEquals": {"aws:PrincipalOrgID": {known[0].(string)}}},
			})
		}).(pulumi.StringOutput),
	}, child)
	l.DestinationARN = destination.Arn
	l.Ready = []pulumi.Resource{admission}
	return err
}
