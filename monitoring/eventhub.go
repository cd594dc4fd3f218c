package monitoring

import (
	"errors"
	"fmt"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
)

const eventHubType = "gxp:monitoring:EventHub"

// EventBus is the name of the central event bus. Rules in every account name it.
const EventBus = "gxp-events"

// EventHubArgs configures an [EventHub]. Every field is required.
type EventHubArgs struct {
	// Account receives the events.
	Account account.Account

	// OrganizationID is the organization whose accounts may send.
	OrganizationID pulumi.StringInput
}

// EventHub is the bus on which the events of all accounts and regions arrive.
type EventHub struct {
	pulumi.ResourceState

	// BusARN is the ARN of the bus.
	BusARN pulumi.StringOutput `pulumi:"busArn"`

	// Ready is what a rule that sends to the bus has to wait for.
	Ready []pulumi.Resource
}

// NewEventHub creates an EventHub in args.Account.
func NewEventHub(
	ctx *pulumi.Context, name string, args *EventHubArgs, opts ...pulumi.ResourceOption,
) (*EventHub, error) {
	if err := args.validate(); err != nil {
		return nil, fmt.Errorf("event hub %s: %w", name, err)
	}
	h := &EventHub{}
	opts = append(slices.Clip(opts), pulumi.Provider(args.Account.Provider))
	if err := ctx.RegisterComponentResource(eventHubType, name, h, opts...); err != nil {
		return nil, err
	}
	child := pulumi.Parent(h)

	bus, err := cloudwatch.NewEventBus(ctx, name, &cloudwatch.EventBusArgs{
		Name:        pulumi.String(EventBus),
		Description: pulumi.String("Receives the events of every account of the organization."),
	}, child)
	if err != nil {
		return nil, fmt.Errorf("event hub %s: bus: %w", name, err)
	}
	permission, err := cloudwatch.NewEventBusPolicy(ctx, name, &cloudwatch.EventBusPolicyArgs{
		EventBusName: bus.Name,
		Policy: pulumi.All(bus.Arn, args.OrganizationID).ApplyT(func(v []any) (string, error) {
			return policy.JSON(accountsSend(v[0].(string), v[1].(string)))
		}).(pulumi.StringOutput),
	}, child)
	if err != nil {
		return nil, fmt.Errorf("event hub %s: policy: %w", name, err)
	}

	h.BusARN = bus.Arn
	h.Ready = []pulumi.Resource{permission}
	return h, ctx.RegisterResourceOutputs(h, pulumi.Map{"busArn": h.BusARN})
}

func (a *EventHubArgs) validate() error {
	switch {
	case a == nil:
		return errors.New("args are required")
	case a.Account.Provider == nil:
		return errors.New("account has no provider")
	case a.OrganizationID == nil:
		return errors.New("organizationID is required")
	}
	return nil
}

// accountsSend lets every account of the organization send events.
func accountsSend(busARN, organization string) policy.Statement {
	return policy.Statement{
		Sid:       "AccountsSend",
		Effect:    policy.Allow,
		Principal: policy.AWS("*"),
		Action:    policy.Strings{"events:PutEvents"},
		Resource:  policy.Strings{busARN},
		Condition: policy.Condition{"StringEquals": {"aws:PrincipalOrgID": {organization}}},
	}
}
