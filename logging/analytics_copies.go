package logging

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
)

// copyExports copies the answers of the reviews into the evidence of every
// archive, under the keys that they have. Deletions are not copied. The evidence
// buckets own what is put into them, so the copies belong to their account.
func (a *Analytics) copyExports(
	ctx *pulumi.Context, name string, args *AnalyticsArgs, child pulumi.ResourceOption,
) (*s3.BucketReplicationConfig, error) {
	role, permissions, err := a.createCopiesRole(ctx, name+"-copies", args, child)
	if err != nil {
		return nil, fmt.Errorf("role: %w", err)
	}
	after := []pulumi.Resource{a.results.Versioning, permissions}
	var rules s3.BucketReplicationConfigRuleArray
	for i, archive := range args.Archives {
		rule := everythingTo(copyRule(archive), i+1, archive.Evidence, archive.KeyARN)
		rule.Filter = &s3.BucketReplicationConfigRuleFilterArgs{Prefix: pulumi.String(AuditExports)}
		rules = append(rules, rule)
		after = append(after, archive.Evidence.Versioning, archive.Evidence.Policy)
	}
	return s3.NewBucketReplicationConfig(ctx, name, &s3.BucketReplicationConfigArgs{
		Bucket: a.results.ID(),
		Role:   role.Arn,
		Rules:  rules,
	}, child, pulumi.Protect(true), pulumi.DependsOn(after))
}

// copyRule is the id of the rule that copies into an archive.
func copyRule(to *Archive) string { return "exports-" + to.Region() }

func (a *Analytics) createCopiesRole(
	ctx *pulumi.Context, name string, args *AnalyticsArgs, child pulumi.ResourceOption,
) (*iam.Role, *iam.RolePolicy, error) {
	role, err := iam.NewRole(ctx, name, &iam.RoleArgs{
		Name:        pulumi.String(AuditCopiesRole),
		Description: pulumi.String("Lets S3 copy the answers of the periodic review into the evidence."),
		AssumeRolePolicy: pulumi.All(args.Account.ID, a.results.Arn).ApplyT(func(known []any) (string, error) {
			return policy.JSON(collectionTrust(known[0].(string), []string{known[1].(string)}))
		}).(pulumi.StringOutput),
	}, child)
	if err != nil {
		return nil, nil, err
	}
	var to, toKeys pulumi.StringArray
	for _, archive := range args.Archives {
		to, toKeys = append(to, archive.Evidence.Arn), append(toKeys, archive.KeyARN)
	}
	permissions, err := iam.NewRolePolicy(ctx, name, &iam.RolePolicyArgs{
		Name: pulumi.String("replicate"),
		Role: role.Name,
		Policy: pulumi.All(a.results.Arn, a.KeyARN, to.ToStringArrayOutput(), toKeys.ToStringArrayOutput()).
			ApplyT(func(known []any) (string, error) {
				return policy.JSON(exportCopyStatements(copying{
					from: []string{known[0].(string)}, fromKeys: []string{known[1].(string)},
					to: known[2].([]string), toKeys: known[3].([]string),
				})...)
			}).(pulumi.StringOutput),
	}, child)
	return role, permissions, err
}

// exportCopyStatements are those of any replication, narrowed to the answers of
// reviews: what else is in the two buckets is none of the role's business.
func exportCopyStatements(c copying) []policy.Statement {
	statements := replicationStatements(c)
	for i, s := range statements {
		switch s.Sid {
		case "ReadsVersions":
			statements[i].Resource = exportObjects(c.from)
		case "WritesCopies":
			statements[i].Resource = exportObjects(c.to)
		}
	}
	return statements
}

func exportObjects(buckets []string) policy.Strings {
	var arns policy.Strings
	for _, b := range buckets {
		arns = append(arns, b+"/"+AuditExports+"*")
	}
	return arns
}

// createReviewAlarms tell of a review that was not started, failed, was stopped
// for what it would have read, or whose answer did not reach the evidence.
func createReviewAlarms(ctx *pulumi.Context, name string, args *AnalyticsArgs, child pulumi.ResourceOption) error {
	ended := func(state string) map[string]string {
		return map[string]string{"WorkGroup": AuditExportsWorkgroup, "QueryState": state, "QueryType": "DML"}
	}
	alarms := []reviewAlarm{
		{"review-failed", "review-failed", "AWS/Athena", "TotalExecutionTime", "SampleCount", ended("FAILED")},
		{"review-canceled", "review-canceled",
			"AWS/Athena", "TotalExecutionTime", "SampleCount", ended("CANCELED")},
		{"review-not-started", "review-not-started",
			"AWS/SQS", "ApproximateNumberOfMessagesVisible", "Maximum", map[string]string{"QueueName": reviewFailures}},
	}
	for _, archive := range args.Archives {
		alarms = append(alarms, reviewAlarm{"review-not-copied-" + archive.Region(),
			"review-not-copied", "AWS/S3", "OperationsFailedReplication", "Sum",
			map[string]string{
				"SourceBucket":      AuditResultsBucket(args.NamePrefix, args.Account.Region),
				"DestinationBucket": archive.evidenceName,
				"RuleId":            copyRule(archive),
			}})
	}
	for _, alarm := range alarms {
		if err := alarm.create(ctx, name+"-"+alarm.key, args.TopicARN, child); err != nil {
			return fmt.Errorf("alarm %s: %w", alarm.key, err)
		}
	}
	return nil
}

// reviewAlarm is raised by one event.
type reviewAlarm struct {
	key, control                 string
	namespace, metric, statistic string
	dimensions                   map[string]string
}

func (r reviewAlarm) create(ctx *pulumi.Context, name string, topic pulumi.StringInput, child pulumi.ResourceOption) error {
	const seconds = 300
	_, err := cloudwatch.NewMetricAlarm(ctx, name, &cloudwatch.MetricAlarmArgs{
		Name:               pulumi.String("gxp-audit-" + r.key),
		AlarmDescription:   pulumi.String(alarmDescription(r.control)),
		Namespace:          pulumi.String(r.namespace),
		MetricName:         pulumi.String(r.metric),
		Dimensions:         pulumi.ToStringMap(r.dimensions),
		Statistic:          pulumi.String(r.statistic),
		Period:             pulumi.Int(seconds),
		EvaluationPeriods:  pulumi.Int(1),
		Threshold:          pulumi.Float64(1),
		ComparisonOperator: pulumi.String("GreaterThanOrEqualToThreshold"),
		// Nothing to report is the normal state, not a gap in the data.
		TreatMissingData: pulumi.String("notBreaching"),
		AlarmActions:     pulumi.Array{topic},
	}, child)
	return err
}
