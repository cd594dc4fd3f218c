package render_test

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/kms"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/organizations"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/sns"
	"github.com/pulumi/pulumi-awsx/sdk/v2/go/awsx/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal/offline/offlinetest"
)

// management is the account that the sample's organization belongs to.
const management = "111122223333"

// sample has one of everything that a landing zone does: two providers, one of
// them in an account that the program creates, a component, names that the
// provider gives, dependencies of all kinds, an asset, a remote component and
// the stack's own earlier outputs.
func sample(ctx *pulumi.Context) error {
	if _, err := pulumi.NewStackReference(ctx, "self", &pulumi.StackReferenceArgs{
		Name: pulumi.String(ctx.Organization() + "/" + offlinetest.Project + "/" + offlinetest.Stack),
	}); err != nil {
		return err
	}
	home, err := aws.NewProvider(ctx, "management", &aws.ProviderArgs{
		Region:            pulumi.String("eu-central-1"),
		AllowedAccountIds: pulumi.StringArray{pulumi.String(management)},
		DefaultTags:       aws.ProviderDefaultTagsArgs{Tags: pulumi.StringMap{"owner": pulumi.String("platform")}},
	})
	if err != nil {
		return err
	}
	organization, err := organizations.NewOrganization(ctx, "organization", &organizations.OrganizationArgs{
		FeatureSet: pulumi.String("ALL"),
	}, pulumi.Provider(home), pulumi.Protect(true))
	if err != nil {
		return err
	}
	unit, err := organizations.NewOrganizationalUnit(ctx, "security", &organizations.OrganizationalUnitArgs{
		ParentId: organization.Roots.Index(pulumi.Int(0)).Id().Elem(),
	}, pulumi.Provider(home), pulumi.RetainOnDelete(true))
	if err != nil {
		return err
	}
	member, err := organizations.NewAccount(ctx, "log-archive", &organizations.AccountArgs{
		Name: pulumi.String("log-archive"), Email: pulumi.String("log-archive@example.com"), ParentId: unit.ID(),
		Tags: pulumi.StringMap{"environment": pulumi.String("production")},
	}, pulumi.Provider(home), pulumi.IgnoreChanges([]string{"roleName"}))
	if err != nil {
		return err
	}
	archive, err := aws.NewProvider(ctx, "log-archive", &aws.ProviderArgs{
		Region: pulumi.String("eu-west-1"),
		AssumeRole: aws.ProviderAssumeRoleArgs{
			RoleArn: pulumi.Sprintf("arn:aws:iam::%s:role/OrganizationAccountAccessRole", member.ID()),
		},
		Endpoints: aws.ProviderEndpointArray{aws.ProviderEndpointArgs{S3: pulumi.String("http://localhost:5000")}},
	})
	if err != nil {
		return err
	}
	if _, err := newRecords(ctx, "archive", archive); err != nil {
		return err
	}
	topic, err := sns.NewTopic(ctx, "alerts", nil, pulumi.Provider(home))
	if err != nil {
		return err
	}
	_, err = cloudwatch.NewMetricAlarm(ctx, "root-use", &cloudwatch.MetricAlarmArgs{
		ComparisonOperator: pulumi.String("GreaterThanOrEqualToThreshold"), EvaluationPeriods: pulumi.Int(1),
		MetricName: pulumi.String("RootUse"), Namespace: pulumi.String("Landing"), Period: pulumi.Int(300),
		Statistic: pulumi.String("Sum"), Threshold: pulumi.Float64(1.5),
		AlarmActions: pulumi.Array{topic.Arn},
	}, pulumi.Provider(home), pulumi.DependsOn([]pulumi.Resource{organization}))
	if err != nil {
		return err
	}
	network, err := ec2.NewVpc(ctx, "hub", &ec2.VpcArgs{
		AvailabilityZoneNames: []string{"eu-central-1a", "eu-central-1b"},
	}, pulumi.Providers(home))
	if err != nil {
		return err
	}
	ctx.Export("subnets", network.PrivateSubnetIds)
	return nil
}

// records is a component with children in one account.
type records struct {
	pulumi.ResourceState
}

func newRecords(ctx *pulumi.Context, name string, provider *aws.Provider) (*records, error) {
	r := &records{}
	if err := ctx.RegisterComponentResource("gxp:logging:Records", name, r, pulumi.Provider(provider), pulumi.Protect(true)); err != nil {
		return nil, err
	}
	child := pulumi.Parent(r)
	key, err := kms.NewKey(ctx, name, &kms.KeyArgs{EnableKeyRotation: pulumi.Bool(true)}, child)
	if err != nil {
		return nil, err
	}
	bucket, err := s3.NewBucketV2(ctx, name, &s3.BucketV2Args{ObjectLockEnabled: pulumi.Bool(true)}, child)
	if err != nil {
		return nil, err
	}
	versioning, err := s3.NewBucketVersioningV2(ctx, name, &s3.BucketVersioningV2Args{
		Bucket:                  bucket.Bucket,
		VersioningConfiguration: s3.BucketVersioningV2VersioningConfigurationArgs{Status: pulumi.String("Enabled")},
	}, child)
	if err != nil {
		return nil, err
	}
	_, err = s3.NewBucketServerSideEncryptionConfigurationV2(ctx, name, &s3.BucketServerSideEncryptionConfigurationV2Args{
		Bucket: bucket.Bucket,
		Rules: s3.BucketServerSideEncryptionConfigurationV2RuleArray{s3.BucketServerSideEncryptionConfigurationV2RuleArgs{
			ApplyServerSideEncryptionByDefault: s3.BucketServerSideEncryptionConfigurationV2RuleApplyServerSideEncryptionByDefaultArgs{
				SseAlgorithm: pulumi.String("aws:kms"), KmsMasterKeyId: key.Arn,
			},
		}},
	}, child, pulumi.DependsOn([]pulumi.Resource{versioning}))
	if err != nil {
		return nil, err
	}
	_, err = s3.NewBucketObjectv2(ctx, name+"-readme", &s3.BucketObjectv2Args{
		Bucket: bucket.Bucket, Key: pulumi.String("README"), Source: pulumi.NewStringAsset("Locked records."),
	}, child)
	if err != nil {
		return nil, err
	}
	return r, ctx.RegisterResourceOutputs(r, pulumi.Map{"bucket": bucket.Bucket})
}
