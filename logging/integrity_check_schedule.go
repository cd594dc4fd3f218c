package logging

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lambda"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/scheduler"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
)

const (
	integrityGroup         = "gxp-integrity"
	integritySchedulerRole = "gxp-integrity-scheduler"

	// integrityTime is daily at 04:15 UTC.
	integrityTime = "cron(15 4 * * ? *)"

	// integrityHours is an hour more than a day, so that runs overlap.
	integrityHours = 25

	// silentHours is after how long without a result somebody is told: more than
	// a day, because no two runs take equally long.
	silentHours = 26

	// momentSeconds is the period in which one event is enough, and hourSeconds
	// the shortest over which CloudWatch looks back more than a day.
	momentSeconds = 300
	hourSeconds   = 3600
)

// createSchedule calls the function every day. What it is called with names the
// accounts: another account changes the schedule and nothing else.
func (a *IntegrityCheckArgs) createSchedule(
	ctx *pulumi.Context, name string, function *lambda.Function, child pulumi.ResourceOption,
) error {
	group, err := scheduler.NewScheduleGroup(ctx, name, &scheduler.ScheduleGroupArgs{
		Name: pulumi.String(integrityGroup),
	}, child)
	if err != nil {
		return fmt.Errorf("group: %w", err)
	}
	role, err := iam.NewRole(ctx, name+"-scheduler", &iam.RoleArgs{
		Name:        pulumi.String(integritySchedulerRole),
		Description: pulumi.String("Lets the schedule call the verification of the audit trail."),
		AssumeRolePolicy: pulumi.All(group.Arn, a.Account.ID).ApplyT(func(v []any) (string, error) {
			return policy.JSON(scheduleAssumesRole(v[0].(string), v[1].(string)))
		}).(pulumi.StringOutput),
	}, child)
	if err != nil {
		return fmt.Errorf("role: %w", err)
	}
	permissions, err := iam.NewRolePolicy(ctx, name+"-scheduler", &iam.RolePolicyArgs{
		Name: pulumi.String("call"),
		Role: role.Name,
		Policy: function.Arn.ApplyT(func(arn string) (string, error) {
			return policy.JSON(scheduleCallsFunction(arn))
		}).(pulumi.StringOutput),
	}, child)
	if err != nil {
		return fmt.Errorf("role: %w", err)
	}
	_, err = scheduler.NewSchedule(ctx, name, &scheduler.ScheduleArgs{
		Name:                       pulumi.String(integrityGroup + "-daily"),
		Description:                pulumi.String("Verifies the audit trail of the last day."),
		GroupName:                  group.Name,
		ScheduleExpression:         pulumi.String(integrityTime),
		ScheduleExpressionTimezone: pulumi.String("UTC"),
		FlexibleTimeWindow:         &scheduler.ScheduleFlexibleTimeWindowArgs{Mode: pulumi.String("OFF")},
		State:                      pulumi.String("ENABLED"),
		Target: &scheduler.ScheduleTargetArgs{
			Arn:     function.Arn,
			RoleArn: role.Arn,
			Input:   integrityEvent(a.Accounts, a.Retired),
			RetryPolicy: &scheduler.ScheduleTargetRetryPolicyArgs{
				MaximumRetryAttempts:     pulumi.Int(0),
				MaximumEventAgeInSeconds: pulumi.Int(integrityWaitSeconds),
			},
		},
	}, child, pulumi.DependsOn([]pulumi.Resource{permissions}))
	return err
}

// integrityEvent is what the function is called with. It has the same bytes
// whatever the order of the accounts.
func integrityEvent(accounts, retired pulumi.StringArray) pulumi.StringOutput {
	return pulumi.All(accounts, retired).ApplyT(func(v []any) (string, error) {
		content, err := json.Marshal(struct {
			Hours    int      `json:"hours"`
			Accounts []string `json:"accounts"`
			Retired  []string `json:"retired"`
		}{integrityHours, ordered(v[0]), ordered(v[1])})
		return string(content), err
	}).(pulumi.StringOutput)
}

// ordered are the ids of a list, sorted; a list even when it is empty.
func ordered(list any) []string {
	ids, _ := list.([]string)
	ids = append([]string{}, ids...)
	slices.Sort(ids)
	return ids
}

// integrityAlarm is something about the verification that somebody must be told.
type integrityAlarm struct {
	// key is the alarm's part of names, and finds its control. It never changes.
	key string

	namespace, metric string
	dimensions        pulumi.StringMap

	// seconds is the period, and periods is how many of them must be bad.
	seconds, periods int
	comparison       string
	threshold        float64

	// missing is what the absence of data means: notBreaching or breaching.
	missing string
}

var integrityAlarms = []integrityAlarm{
	{
		key:       "failed",
		namespace: "AWS/Lambda", metric: "Errors", dimensions: pulumi.StringMap{"FunctionName": pulumi.String(integrityFunctionName)},
		seconds: momentSeconds, periods: 1, comparison: "GreaterThanThreshold", missing: "notBreaching",
	},
	{
		key:       "findings",
		namespace: integrityNamespace, metric: "IntegrityFindings",
		seconds: momentSeconds, periods: 1, comparison: "GreaterThanThreshold", missing: "notBreaching",
	},
	{
		key:       "silent",
		namespace: integrityNamespace, metric: "IntegrityVerified",
		seconds: hourSeconds, periods: silentHours, comparison: "LessThanThreshold", threshold: 1,
		// No result is what the alarm is about.
		missing: "breaching",
	},
}

func createIntegrityAlarms(
	ctx *pulumi.Context, name string, topicARN pulumi.StringInput, child pulumi.ResourceOption,
) error {
	for _, a := range integrityAlarms {
		args := &cloudwatch.MetricAlarmArgs{
			Name:               pulumi.String("gxp-integrity-" + a.key),
			AlarmDescription:   pulumi.String(alarmDescription(a.key)),
			Namespace:          pulumi.String(a.namespace),
			MetricName:         pulumi.String(a.metric),
			Statistic:          pulumi.String("Sum"),
			Period:             pulumi.Int(a.seconds),
			EvaluationPeriods:  pulumi.Int(a.periods),
			Threshold:          pulumi.Float64(a.threshold),
			ComparisonOperator: pulumi.String(a.comparison),
			TreatMissingData:   pulumi.String(a.missing),
			AlarmActions:       pulumi.Array{topicARN},
		}
		if a.dimensions != nil {
			args.Dimensions = a.dimensions
		}
		if _, err := cloudwatch.NewMetricAlarm(ctx, name+"-"+a.key, args, child); err != nil {
			return fmt.Errorf("alarm %s: %w", a.key, err)
		}
	}
	return nil
}
