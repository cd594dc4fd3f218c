package monitoring

import (
	"errors"
	"fmt"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
)

const (
	alarmsType = "gxp:monitoring:Alarms"

	// namespace holds the metrics that the alarms watch.
	namespace = "GxP/AuditTrail"

	// alarmSeconds is the period in which one event is enough.
	alarmSeconds = 300
)

// AlarmsArgs configures [Alarms]. Every field is required.
type AlarmsArgs struct {
	// Account is the management account, where the trail's log group is.
	Account account.Account

	// LogGroup is the name of the log group that the trail writes to.
	LogGroup pulumi.StringInput

	// TopicARN is the topic, in the same account and region, that is told.
	TopicARN pulumi.StringInput
}

// Alarms watch the audit trail.
type Alarms struct {
	pulumi.ResourceState
}

// NewAlarms creates Alarms in args.Account: one for each row of the table.
func NewAlarms(
	ctx *pulumi.Context, name string, args *AlarmsArgs, opts ...pulumi.ResourceOption,
) (*Alarms, error) {
	if err := args.validate(); err != nil {
		return nil, fmt.Errorf("alarms %s: %w", name, err)
	}
	a := &Alarms{}
	opts = append(slices.Clip(opts), pulumi.Provider(args.Account.Provider))
	if err := ctx.RegisterComponentResource(alarmsType, name, a, opts...); err != nil {
		return nil, err
	}
	for _, row := range alarms {
		if err := row.create(ctx, name+"-"+row.key, args, pulumi.Parent(a)); err != nil {
			return nil, fmt.Errorf("alarms %s: %s: %w", name, row.key, err)
		}
	}
	return a, ctx.RegisterResourceOutputs(a, pulumi.Map{})
}

func (a *AlarmsArgs) validate() error {
	switch {
	case a == nil:
		return errors.New("args are required")
	case a.Account.Provider == nil:
		return errors.New("account has no provider")
	case a.LogGroup == nil:
		return errors.New("logGroup is required")
	case a.TopicARN == nil:
		return errors.New("topicARN is required")
	}
	return nil
}

// create turns matching events into a metric and the metric into an alarm.
func (a alarm) create(ctx *pulumi.Context, name string, args *AlarmsArgs, child pulumi.ResourceOption) error {
	filter, err := cloudwatch.NewLogMetricFilter(ctx, name, &cloudwatch.LogMetricFilterArgs{
		Name:         pulumi.String("gxp-" + a.key),
		LogGroupName: args.LogGroup,
		Pattern:      pulumi.String(a.pattern),
		MetricTransformation: &cloudwatch.LogMetricFilterMetricTransformationArgs{
			Name:      pulumi.String(a.key),
			Namespace: pulumi.String(namespace),
			Value:     pulumi.String("1"),
		},
	}, child)
	if err != nil {
		return fmt.Errorf("metric filter: %w", err)
	}
	_, err = cloudwatch.NewMetricAlarm(ctx, name, &cloudwatch.MetricAlarmArgs{
		Name:               pulumi.String("gxp-" + a.key),
		AlarmDescription:   pulumi.String(a.ID + ": " + a.Title + "."),
		Namespace:          pulumi.String(namespace),
		MetricName:         filter.MetricTransformation.Name(),
		Statistic:          pulumi.String("Sum"),
		Period:             pulumi.Int(alarmSeconds),
		EvaluationPeriods:  pulumi.Int(1),
		Threshold:          pulumi.Float64(1),
		ComparisonOperator: pulumi.String("GreaterThanOrEqualToThreshold"),
		// No event is the normal state, not a gap in the data.
		TreatMissingData: pulumi.String("notBreaching"),
		AlarmActions:     pulumi.Array{args.TopicARN},
	}, child)
	return err
}
