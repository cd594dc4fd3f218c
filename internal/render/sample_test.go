package render_test

import (
	"errors"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	awsec2 "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/kms"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/networkfirewall"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/organizations"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/sns"
	"github.com/pulumi/pulumi-awsx/sdk/v2/go/awsx/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal/offline"
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
	return network(ctx, home)
}

// remoteVPC is what the sample reads of a VPC of awsx. The SDK's own type takes
// no resource of which only the id is known.
type remoteVPC struct {
	pulumi.ResourceState

	VPCID            pulumi.StringOutput      `pulumi:"vpcId"`
	PrivateSubnetIDs pulumi.StringArrayOutput `pulumi:"privateSubnetIds"`
	RouteTables      pulumi.ArrayOutput       `pulumi:"routeTables"`
	NatGateways      pulumi.ArrayOutput       `pulumi:"natGateways"`
}

// network makes a VPC with subnets that are named and placed by hand, and sends
// what leaves an isolated one to its NAT gateway.
func network(ctx *pulumi.Context, home *aws.Provider) error {
	owner, err := sns.NewTopic(ctx, "network", nil, pulumi.Provider(home))
	if err != nil {
		return err
	}
	spec := func(kind ec2.SubnetType, name string, blocks ...string) ec2.SubnetSpecArgs {
		return ec2.SubnetSpecArgs{Type: kind, Name: &name, CidrBlocks: blocks}
	}
	strategy := ec2.SubnetAllocationStrategyAuto
	vpc := &remoteVPC{}
	err = ctx.RegisterRemoteComponentResource(offline.VPCType, "hub", &ec2.VpcArgs{
		AvailabilityZoneNames: []string{"eu-central-1a", "eu-central-1b"},
		CidrBlock:             pulumi.StringRef("10.8.0.0/16"), SubnetStrategy: &strategy,
		NatGateways: &ec2.NatGatewayConfigurationArgs{Strategy: ec2.NatGatewayStrategySingle},
		Tags:        pulumi.StringMap{"contact": owner.Name},
		SubnetSpecs: []ec2.SubnetSpecArgs{
			spec(ec2.SubnetTypeIsolated, "transit", "10.8.0.0/24", "10.8.10.0/24"),
			spec(ec2.SubnetTypePrivate, "private", "10.8.1.0/24", "10.8.11.0/24"),
			spec(ec2.SubnetTypePublic, "edge", "10.8.2.0/24", "10.8.12.0/24"),
		},
	}, vpc, pulumi.Providers(home), pulumi.Version("2.22.0"))
	if err != nil {
		return err
	}
	_, err = awsec2.NewRoute(ctx, "transit-out", &awsec2.RouteArgs{
		RouteTableId:         idAt(vpc.RouteTables, 2),
		DestinationCidrBlock: pulumi.String("0.0.0.0/0"),
		NatGatewayId:         idAt(vpc.NatGateways, 0),
	}, pulumi.Provider(home))
	if err != nil {
		return err
	}
	ctx.Export("subnets", vpc.PrivateSubnetIDs)
	return inspection(ctx, home, vpc)
}

// inspection puts a firewall into the private subnets, and sends what comes
// from the first zone to the endpoint there.
func inspection(ctx *pulumi.Context, home *aws.Provider, vpc *remoteVPC) error {
	policy, err := networkfirewall.NewFirewallPolicy(ctx, "inspection", &networkfirewall.FirewallPolicyArgs{
		FirewallPolicy: networkfirewall.FirewallPolicyFirewallPolicyArgs{
			StatelessDefaultActions:         pulumi.StringArray{pulumi.String("aws:forward_to_sfe")},
			StatelessFragmentDefaultActions: pulumi.StringArray{pulumi.String("aws:forward_to_sfe")},
		},
	}, pulumi.Provider(home))
	if err != nil {
		return err
	}
	subnets := networkfirewall.FirewallSubnetMappingArray{}
	for z := range 2 {
		subnets = append(subnets, networkfirewall.FirewallSubnetMappingArgs{SubnetId: vpc.PrivateSubnetIDs.Index(pulumi.Int(z))})
	}
	firewall, err := networkfirewall.NewFirewall(ctx, "inspection", &networkfirewall.FirewallArgs{
		FirewallPolicyArn: policy.Arn, VpcId: vpc.VPCID, SubnetMappings: subnets,
	}, pulumi.Provider(home))
	if err != nil {
		return err
	}
	endpoint := firewall.FirewallStatuses.ApplyT(func(all []networkfirewall.FirewallFirewallStatus) (string, error) {
		for _, state := range all[0].SyncStates {
			if *state.AvailabilityZone == "eu-central-1a" {
				return *state.Attachments[0].EndpointId, nil
			}
		}
		return "", errors.New("no endpoint in the first zone")
	}).(pulumi.StringOutput)
	_, err = awsec2.NewRoute(ctx, "transit-in", &awsec2.RouteArgs{
		RouteTableId:         idAt(vpc.RouteTables, 2),
		DestinationCidrBlock: pulumi.String("10.9.0.0/16"),
		VpcEndpointId:        endpoint,
	}, pulumi.Provider(home))
	return err
}

// idAt is the id of a resource in an output of a remote component.
func idAt(resources pulumi.ArrayOutput, i int) pulumi.StringOutput {
	return resources.ApplyT(func(all []any) pulumi.IDOutput {
		return all[i].(pulumi.CustomResource).ID()
	}).(pulumi.IDOutput).ToStringOutput()
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
