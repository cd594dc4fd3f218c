package logging

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/scheduler"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/sqs"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
	"github.com/gxp-landing-zone/gxp-landing-zone/logging/analytics"
)

const (
	// reviewHour is when the first review runs on Mondays, in UTC: the records of
	// the week that ended at midnight have been delivered by then.
	reviewHour = 3

	// reviewMinutes lie between two reviews, which Athena then runs one after
	// another.
	reviewMinutes = 4

	// Starting a review is tried again for as long.
	reviewAttempts     = 20
	reviewRetrySeconds = 6 * 60 * 60

	// failureSeconds is how long SQS keeps what could not be started: its
	// longest.
	failureSeconds = 14 * 24 * 60 * 60
)

// Limits on what a schedule may ask. Athena takes a statement, and EventBridge
// Scheduler an input, of as many bytes.
const (
	longestStatement = 262_144
	longestInput     = 256 << 10
)

// createReviews creates what runs the periodic review and makes its answers
// evidence.
func (a *Analytics) createReviews(ctx *pulumi.Context, name string, args *AnalyticsArgs, child pulumi.ResourceOption) error {
	if !args.Reviews {
		return nil
	}
	// A schedule says where its answer goes, below a prefix of its own: in a
	// workgroup that enforces its settings the answers of all reviews would lie in
	// one place, under numbers that Athena explains for 45 days. Instead the role
	// can write below exports/ alone and the bucket refuses any other key.
	workgroup, err := a.newWorkgroup(ctx, name+"-exports", args, workgroupSettings{
		name: AuditExportsWorkgroup, description: "The periodic review, which schedules run.", location: AuditExports,
	}, child)
	if err != nil {
		return err
	}
	role, permissions, err := a.createRole(ctx, name+"-exports", args, roleSettings{
		name: AuditExportsRole, description: "Lets schedules run the periodic review of the audit trail.",
		trust: schedulesTrust, permissions: exportsStatements,
	}, child)
	if err != nil {
		return err
	}
	copied, err := a.copyExports(ctx, name, args, child)
	if err != nil {
		return fmt.Errorf("copies: %w", err)
	}
	failures, err := createFailures(ctx, name, args, child)
	if err != nil {
		return fmt.Errorf("queue of failures: %w", err)
	}
	group, err := scheduler.NewScheduleGroup(ctx, name, &scheduler.ScheduleGroupArgs{Name: pulumi.String(reviewGroup)}, child)
	if err != nil {
		return fmt.Errorf("schedule group: %w", err)
	}
	// The input names workgroup and tables as text.
	after := pulumi.DependsOn(append(slices.Clip(a.Ready), workgroup, permissions, copied))
	for i, review := range analytics.Reviews() {
		if err := a.schedule(ctx, name, args, review, i, group, role, failures, child, after); err != nil {
			return fmt.Errorf("review %s: %w", review.Query.Name, err)
		}
	}
	return createReviewAlarms(ctx, name, args, child)
}

// schedule runs one review every week.
func (a *Analytics) schedule(
	ctx *pulumi.Context, name string, args *AnalyticsArgs, review analytics.Review, position int,
	group *scheduler.ScheduleGroup, role *iam.Role, failures *sqs.Queue, opts ...pulumi.ResourceOption,
) error {
	minutes := position * reviewMinutes
	_, err := scheduler.NewSchedule(ctx, name+"-"+review.Query.Name, &scheduler.ScheduleArgs{
		Name:                       pulumi.String("gxp-audit-" + review.Query.Name),
		Description:                pulumi.String("Periodic review: " + review.Query.Title + "."),
		GroupName:                  group.Name,
		State:                      pulumi.String("ENABLED"),
		ScheduleExpression:         pulumi.Sprintf("cron(%d %d ? * MON *)", minutes%60, reviewHour+minutes/60),
		ScheduleExpressionTimezone: pulumi.String("UTC"),
		FlexibleTimeWindow:         scheduler.ScheduleFlexibleTimeWindowArgs{Mode: pulumi.String("OFF")},
		Target: scheduler.ScheduleTargetArgs{
			Arn:     pulumi.String("arn:aws:scheduler:::aws-sdk:athena:startQueryExecution"),
			RoleArn: role.Arn,
			Input: pulumi.All(args.Accounts, args.Account.ID, a.ResultsBucket, a.KeyARN).ApplyT(func(known []any) (string, error) {
				return reviewInput(review, known[0].([]string), known[1].(string), known[2].(string), known[3].(string))
			}).(pulumi.StringOutput),
			RetryPolicy: scheduler.ScheduleTargetRetryPolicyArgs{
				MaximumRetryAttempts:     pulumi.Int(reviewAttempts),
				MaximumEventAgeInSeconds: pulumi.Int(reviewRetrySeconds),
			},
			DeadLetterConfig: scheduler.ScheduleTargetDeadLetterConfigArgs{Arn: failures.Arn},
		},
	}, opts...)
	return err
}

// reviewInput is the request to Athena that a schedule makes. The token is the
// same for each attempt at one time, so that Athena starts one query however
// often it is asked.
func reviewInput(review analytics.Review, accounts []string, audit, results, keyARN string) (string, error) {
	accounts = slices.Clone(accounts)
	slices.Sort(accounts)
	sql, err := review.SQL(slices.Compact(accounts))
	if err != nil {
		return "", err
	}
	if len(sql) > longestStatement {
		return "", fmt.Errorf("the statement has %d bytes for %d accounts, Athena takes %d", len(sql), len(accounts), longestStatement)
	}
	var input bytes.Buffer
	encoder := json.NewEncoder(&input)
	encoder.SetEscapeHTML(false) // the keyword in the token is recognized as it is
	err = encoder.Encode(map[string]any{
		"QueryString":           sql,
		"WorkGroup":             AuditExportsWorkgroup,
		"QueryExecutionContext": map[string]any{"Catalog": "AwsDataCatalog", "Database": analytics.Database},
		"ClientRequestToken":    "gxp-audit-" + review.Query.Name + "-<aws.scheduler.scheduled-time>",
		"ResultConfiguration": map[string]any{
			"OutputLocation":          "s3://" + results + "/" + AuditExports + review.Query.Name + "/",
			"ExpectedBucketOwner":     audit,
			"EncryptionConfiguration": map[string]any{"EncryptionOption": "SSE_KMS", "KmsKey": keyARN},
		},
	})
	if err != nil {
		return "", err
	}
	text := string(bytes.TrimSpace(input.Bytes()))
	if len(text) > longestInput {
		return "", fmt.Errorf("the input has %d bytes for %d accounts, EventBridge Scheduler takes %d", len(text), len(accounts), longestInput)
	}
	return text, nil
}

// schedulesTrust lets the schedules of the group assume the role.
func schedulesTrust(p auditPlace) []policy.Statement {
	return []policy.Statement{{
		Sid: "SchedulesAssume", Effect: policy.Allow, Principal: policy.Service("scheduler.amazonaws.com"),
		Action: policy.Strings{"sts:AssumeRole"},
		Condition: policy.Condition{
			"StringEquals": {"aws:SourceAccount": {p.audit}},
			"ArnEquals":    {"aws:SourceArn": {fmt.Sprintf("arn:aws:scheduler:%s:%s:schedule-group/%s", p.region, p.audit, reviewGroup)}},
		},
	}}
}

// createFailures creates the queue of the reviews that could not be started.
func createFailures(ctx *pulumi.Context, name string, args *AnalyticsArgs, child pulumi.ResourceOption) (*sqs.Queue, error) {
	queue, err := sqs.NewQueue(ctx, name, &sqs.QueueArgs{
		Name:                    pulumi.String(reviewFailures),
		MessageRetentionSeconds: pulumi.Int(failureSeconds),
		SqsManagedSseEnabled:    pulumi.Bool(true),
	}, child)
	if err != nil {
		return nil, err
	}
	_, err = sqs.NewQueuePolicy(ctx, name, &sqs.QueuePolicyArgs{
		QueueUrl: queue.Url,
		Policy: pulumi.All(args.OrganizationID, queue.Arn).ApplyT(func(known []any) (string, error) {
			organization, arn := known[0].(string), known[1].(string)
			every := policy.Strings{"sqs:*"}
			return policy.JSON(policy.RequireTLS(every, arn), policy.RequireOrganization(organization, every, arn))
		}).(pulumi.StringOutput),
	}, child)
	return queue, err
}
