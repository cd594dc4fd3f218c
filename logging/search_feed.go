package logging

import (
	"encoding/json"
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/opensearchingest"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/sqs"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
	"github.com/gxp-landing-zone/gxp-landing-zone/logging/analytics"
)

const (
	// leastUnits and mostUnits are the capacity of the pipeline, each charged by
	// the hour.
	leastUnits, mostUnits = 1, 4

	// noticeSeconds is how long S3's word of a new file waits for the pipeline: as
	// long as AWS keeps it.
	noticeSeconds = 14 * 24 * 3600

	// attempts is how often the pipeline tries to read a file.
	attempts = 5
)

// createFeed creates the pipeline and what tells it of new files.
func (s *Search) createFeed(ctx *pulumi.Context, name string, args *SearchArgs, child pulumi.ResourceOption) error {
	queue, err := createNotices(ctx, name, args, child)
	if err != nil {
		return fmt.Errorf("notices: %w", err)
	}
	role, err := iam.NewRole(ctx, name+"-feed", &iam.RoleArgs{
		Name:        pulumi.String(SearchFeedRole),
		Description: pulumi.String("Brings log events that have landed to where they are searched."),
		AssumeRolePolicy: args.Account.ID.ApplyT(func(id string) (string, error) {
			return policy.JSON(feedTrust(args.Account.Region, id))
		}).(pulumi.StringOutput),
	}, child)
	if err != nil {
		return fmt.Errorf("feed: role: %w", err)
	}
	permissions, err := iam.NewRolePolicy(ctx, name+"-feed", &iam.RolePolicyArgs{
		Name: pulumi.String("feed"),
		Role: role.Name,
		Policy: pulumi.All(args.From.BucketARN, args.From.KeyARN, queue.Arn, s.collection.Arn).
			ApplyT(func(known []any) (string, error) {
				text := func(i int) string { return known[i].(string) }
				return policy.JSON(feedStatements(searchPlace{
					region: args.Account.Region, name: args.Name,
					bucket: text(0), key: text(1), queue: text(2), element: text(3),
				})...)
			}).(pulumi.StringOutput),
	}, child)
	if err != nil {
		return fmt.Errorf("feed: role: %w", err)
	}
	// The name of the group has to begin so, or the pipeline may not write to it.
	trouble, err := cloudwatch.NewLogGroup(ctx, name, &cloudwatch.LogGroupArgs{
		Name:            pulumi.String("/aws/vendedlogs/OpenSearchIngestion/" + searchFeed + "/audit-logs"),
		RetentionInDays: pulumi.Int(troubleDays),
	}, child)
	if err != nil {
		return fmt.Errorf("feed: log group: %w", err)
	}
	_, err = opensearchingest.NewPipeline(ctx, name, &opensearchingest.PipelineArgs{
		PipelineName: pulumi.String(searchFeed),
		MinUnits:     pulumi.Int(leastUnits),
		MaxUnits:     pulumi.Int(mostUnits),
		PipelineConfigurationBody: pulumi.All(queue.Url, role.Arn, s.Endpoint).ApplyT(func(known []any) (string, error) {
			return feedConfiguration(args.Account.Region, known[0].(string), known[1].(string), known[2].(string))
		}).(pulumi.StringOutput),
		LogPublishingOptions: &opensearchingest.PipelineLogPublishingOptionsArgs{
			IsLoggingEnabled:         pulumi.Bool(true),
			CloudwatchLogDestination: &opensearchingest.PipelineLogPublishingOptionsCloudwatchLogDestinationArgs{LogGroup: trouble.Name},
		},
	}, child, pulumi.DependsOn(append([]pulumi.Resource{permissions}, args.From.Ready...)))
	if err != nil {
		return fmt.Errorf("feed: pipeline: %w", err)
	}
	return nil
}

// feedConfiguration says how files become documents: each line of a file is what
// a log group sent at once, and has the messages in it. JSON is YAML, which the
// pipeline takes.
func feedConfiguration(region, queue, role, endpoint string) (string, error) {
	as := object{"region": region, "sts_role_arn": role}
	text, err := json.MarshalIndent(object{
		"version": "2",
		"log-events": object{
			"source": object{"s3": object{
				"notification_type": "sqs", "compression": "gzip", "codec": object{"newline": object{}}, "acknowledgments": true,
				"sqs": object{"queue_url": queue}, "aws": as,
			}},
			"processor": []any{
				object{"parse_json": object{}},
				object{"drop_events": object{"drop_when": `/messageType == "CONTROL_MESSAGE"`}},
				object{"delete_entries": object{"with_keys": []string{"message"}}},
				object{"date": object{"from_time_received": true, "destination": "@timestamp"}},
			},
			"sink": []any{object{"opensearch": object{
				"hosts": []string{endpoint}, "index": "log-events-%{yyyy.MM.dd}",
				"aws": object{
					"region": region, "sts_role_arn": role, "serverless": true,
					"serverless_options": object{"network_policy_name": searchFeed},
				},
			}}},
		},
	}, "", "  ")
	return string(text), err
}

// createNotices has S3 say to a queue that a file of log events has landed.
func createNotices(
	ctx *pulumi.Context, name string, args *SearchArgs, child pulumi.ResourceOption,
) (*sqs.Queue, error) {
	failed, err := sqs.NewQueue(ctx, name+"-failed", &sqs.QueueArgs{
		Name:                    pulumi.String(searchFeed + "-failed"),
		MessageRetentionSeconds: pulumi.Int(noticeSeconds),
		SqsManagedSseEnabled:    pulumi.Bool(true),
	}, child)
	if err != nil {
		return nil, err
	}
	queue, err := sqs.NewQueue(ctx, name, &sqs.QueueArgs{
		Name:                    pulumi.String(searchFeed),
		MessageRetentionSeconds: pulumi.Int(noticeSeconds),
		SqsManagedSseEnabled:    pulumi.Bool(true),
		RedrivePolicy: failed.Arn.ApplyT(func(arn string) (string, error) {
			return marshalled(object{"deadLetterTargetArn": arn, "maxReceiveCount": attempts})
		}).(pulumi.StringOutput),
	}, child)
	if err != nil {
		return nil, err
	}
	admission, err := sqs.NewQueuePolicy(ctx, name, &sqs.QueuePolicyArgs{
		QueueUrl: queue.Url,
		Policy: pulumi.All(args.Account.ID, args.From.BucketARN, queue.Arn).ApplyT(func(known []any) (string, error) {
			return policy.JSON(noticeStatements(known[0].(string), known[1].(string), known[2].(string))...)
		}).(pulumi.StringOutput),
	}, child)
	if err != nil {
		return nil, err
	}
	_, err = s3.NewBucketNotification(ctx, name, &s3.BucketNotificationArgs{
		Bucket: args.From.Bucket,
		Queues: s3.BucketNotificationQueueArray{&s3.BucketNotificationQueueArgs{
			Id: pulumi.String(searchFeed), QueueArn: queue.Arn,
			Events:       pulumi.StringArray{pulumi.String("s3:ObjectCreated:*")},
			FilterPrefix: pulumi.String(analytics.LogEvents + args.Account.Region + "/"),
		}},
	}, child, pulumi.DependsOn([]pulumi.Resource{admission}))
	return queue, err
}

// noticeStatements let S3 send for the landing alone.
func noticeStatements(id, bucketARN, queueARN string) []policy.Statement {
	return []policy.Statement{
		policy.RequireTLS(policy.Strings{"sqs:*"}, queueARN),
		{
			Sid: "LandingNotifies", Effect: policy.Allow, Principal: policy.Service("s3.amazonaws.com"),
			Action: policy.Strings{"sqs:SendMessage"}, Resource: policy.Strings{queueARN},
			Condition: policy.Condition{
				"StringEquals": {"aws:SourceAccount": {id}},
				"ArnEquals":    {"aws:SourceArn": {bucketARN}},
			},
		},
	}
}
