package logging

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/kinesis"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
)

const (
	// bufferMegabytes and bufferSeconds are when a delivery writes a file: larger
	// files are cheaper to query, and an alarm must not wait for them.
	bufferMegabytes = 64
	bufferSeconds   = 300

	// troubleDays is how long the log of failed deliveries is kept.
	troubleDays = 365
)

// What Firehose does where it delivers. Into a bucket of another account it sends
// an access list with each object, which says that the owner of the bucket has it:
// S3 wants the right to set one for that, also where access lists are disabled.
var (
	deliveryWrites       = policy.Strings{"s3:AbortMultipartUpload", "s3:PutObject"}
	deliveryWritesAbroad = policy.Strings{"s3:AbortMultipartUpload", "s3:PutObject", "s3:PutObjectAcl"}
)

// deliveryArgs describes a delivery of records to a [ServiceLanding].
type deliveryArgs struct {
	stream, role string

	// prefix and failed begin the keys of what is delivered, and of what could not
	// be as it should; a date follows.
	prefix, failed string

	// compressed says that what comes in is compressed, as log groups send it.
	compressed bool

	accountID pulumi.StringInput
	to        *ServiceLanding

	// abroad says that the landing is of another account than the stream.
	abroad bool
}

// delivery is a stream that writes to a bucket, one record a line.
type delivery struct {
	stream *kinesis.FirehoseDeliveryStream
}

func createDelivery(
	ctx *pulumi.Context, name string, args deliveryArgs, child pulumi.ResourceOption,
) (*delivery, error) {
	group, err := cloudwatch.NewLogGroup(ctx, name, &cloudwatch.LogGroupArgs{
		Name:            pulumi.String("/gxp/" + args.stream),
		RetentionInDays: pulumi.Int(troubleDays),
	}, child)
	if err != nil {
		return nil, fmt.Errorf("log group: %w", err)
	}
	trouble, err := cloudwatch.NewLogStream(ctx, name, &cloudwatch.LogStreamArgs{
		Name:         pulumi.String("delivery"),
		LogGroupName: group.Name,
	}, child)
	if err != nil {
		return nil, fmt.Errorf("log stream: %w", err)
	}
	role, permissions, err := createDeliveryRole(ctx, name, args, group, child)
	if err != nil {
		return nil, fmt.Errorf("role: %w", err)
	}
	stream, err := kinesis.NewFirehoseDeliveryStream(ctx, name, &kinesis.FirehoseDeliveryStreamArgs{
		Name:                 pulumi.String(args.stream),
		Destination:          pulumi.String("extended_s3"),
		ServerSideEncryption: &kinesis.FirehoseDeliveryStreamServerSideEncryptionArgs{Enabled: pulumi.Bool(true)},
		ExtendedS3Configuration: &kinesis.FirehoseDeliveryStreamExtendedS3ConfigurationArgs{
			RoleArn:           role.Arn,
			BucketArn:         args.to.BucketARN,
			KmsKeyArn:         args.to.KeyARN,
			Prefix:            pulumi.String(args.prefix + "!{timestamp:yyyy/MM/dd}/"),
			ErrorOutputPrefix: pulumi.String(args.failed + "!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/"),
			BufferingSize:     pulumi.Int(bufferMegabytes),
			BufferingInterval: pulumi.Int(bufferSeconds),
			CompressionFormat: pulumi.String("GZIP"),
			CloudwatchLoggingOptions: &kinesis.FirehoseDeliveryStreamExtendedS3ConfigurationCloudwatchLoggingOptionsArgs{
				Enabled:       pulumi.Bool(true),
				LogGroupName:  group.Name,
				LogStreamName: trouble.Name,
			},
			ProcessingConfiguration: &kinesis.FirehoseDeliveryStreamExtendedS3ConfigurationProcessingConfigurationArgs{
				Enabled:    pulumi.Bool(true),
				Processors: processors(args.compressed),
			},
		},
	}, child, pulumi.DependsOn(append([]pulumi.Resource{permissions}, args.to.Ready...)))
	return &delivery{stream}, err
}

// processors make one line of each record, since the tables over the files take
// a line for a record.
func processors(
	compressed bool,
) kinesis.FirehoseDeliveryStreamExtendedS3ConfigurationProcessingConfigurationProcessorArray {
	type (
		processor = kinesis.FirehoseDeliveryStreamExtendedS3ConfigurationProcessingConfigurationProcessorArgs
		parameter = kinesis.FirehoseDeliveryStreamExtendedS3ConfigurationProcessingConfigurationProcessorParameterArgs
		all       = kinesis.FirehoseDeliveryStreamExtendedS3ConfigurationProcessingConfigurationProcessorArray
		set       = kinesis.FirehoseDeliveryStreamExtendedS3ConfigurationProcessingConfigurationProcessorParameterArray
	)
	var list all
	if compressed {
		list = append(list, &processor{
			Type: pulumi.String("Decompression"),
			Parameters: set{&parameter{
				ParameterName:  pulumi.String("CompressionFormat"),
				ParameterValue: pulumi.String("GZIP"),
			}},
		})
	}
	// Without parameters the delimiter is the end of a line.
	return append(list, &processor{Type: pulumi.String("AppendDelimiterToRecord")})
}

func createDeliveryRole(
	ctx *pulumi.Context, name string, args deliveryArgs, group *cloudwatch.LogGroup, child pulumi.ResourceOption,
) (*iam.Role, *iam.RolePolicy, error) {
	role, err := iam.NewRole(ctx, name, &iam.RoleArgs{
		Name:        pulumi.String(args.role),
		Description: pulumi.String("Lets Firehose deliver to the log archive."),
		AssumeRolePolicy: args.accountID.ToStringOutput().ApplyT(func(id string) (string, error) {
			return policy.JSON(policy.Statement{
				Sid:       "FirehoseDelivers",
				Effect:    policy.Allow,
				Principal: policy.Service("firehose.amazonaws.com"),
				Action:    policy.Strings{"sts:AssumeRole"},
				// AWS documents no condition for this trust: where Firehose says for whom
				// it acts, it has to be this account.
				Condition: policy.Condition{"StringEqualsIfExists": {"aws:SourceAccount": {id}}},
			})
		}).(pulumi.StringOutput),
	}, child)
	if err != nil {
		return nil, nil, err
	}
	prefix, failed, writes := args.prefix, args.failed, deliveryWrites
	if args.abroad {
		writes = deliveryWritesAbroad
	}
	permissions, err := iam.NewRolePolicy(ctx, name, &iam.RolePolicyArgs{
		Name: pulumi.String("deliver"),
		Role: role.Name,
		Policy: pulumi.All(args.to.BucketARN, args.to.KeyARN, group.Arn).ApplyT(func(arns []any) (string, error) {
			bucketARN, keyARN, groupARN := arns[0].(string), arns[1].(string), arns[2].(string)
			return policy.JSON(
				policy.Statement{
					Sid: "LocatesBucket", Effect: policy.Allow,
					Action:   policy.Strings{"s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"},
					Resource: policy.Strings{bucketARN},
				},
				policy.Statement{
					Sid: "Delivers", Effect: policy.Allow,
					Action:   writes,
					Resource: policy.Strings{bucketARN + "/" + prefix + "*", bucketARN + "/" + failed + "*"},
				},
				policy.Statement{
					Sid: "Encrypts", Effect: policy.Allow,
					Action:   policy.Strings{"kms:Decrypt", "kms:GenerateDataKey"},
					Resource: policy.Strings{keyARN},
				},
				policy.Statement{
					Sid: "ReportsTrouble", Effect: policy.Allow,
					Action:   policy.Strings{"logs:PutLogEvents"},
					Resource: policy.Strings{groupARN + ":log-stream:*"},
				},
			)
		}).(pulumi.StringOutput),
	}, child)
	return role, permissions, err
}
