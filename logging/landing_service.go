package logging

import (
	"fmt"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

const (
	serviceLandingType  = "gxp:logging:ServiceLanding"
	balancerLandingType = "gxp:logging:BalancerLanding"
)

// serviceLandingDays is how long logs of services stay where they landed.
const serviceLandingDays = 90

// ServiceLanding is where a region's log groups, findings and inventories land,
// of every account. It is not locked: a [Collection] copies what lands into the
// locked archive.
type ServiceLanding struct {
	pulumi.ResourceState

	// Bucket is the name of the bucket.
	Bucket pulumi.StringOutput `pulumi:"bucket"`

	// BucketARN is the ARN of the bucket.
	BucketARN pulumi.StringOutput `pulumi:"bucketArn"`

	// KeyARN is the key that encrypts it.
	KeyARN pulumi.StringOutput `pulumi:"keyArn"`

	// Ready is what a delivery has to wait for.
	Ready []pulumi.Resource

	landed landed
}

// NewServiceLanding creates a ServiceLanding in args.Account.
func NewServiceLanding(
	ctx *pulumi.Context, name string, args *LandingArgs, opts ...pulumi.ResourceOption,
) (*ServiceLanding, error) {
	if err := args.validate(); err != nil {
		return nil, fmt.Errorf("service landing %s: %w", name, err)
	}
	l := &ServiceLanding{}
	opts = append(slices.Clip(opts), pulumi.Provider(args.Account.Provider))
	if err := ctx.RegisterComponentResource(serviceLandingType, name, l, opts...); err != nil {
		return nil, err
	}
	var err error
	l.landed, l.Ready, err = createLanding(ctx, name, landingSettings{
		bucket: ServiceLandingBucket(args.NamePrefix, args.Account.Region), days: serviceLandingDays, accessLogs: args.AccessLogs,
		alias: "gxp-service-logs", description: "Encrypts log groups, findings and inventories on their way into the archive.",
		keyPolicy: args.document(serviceLandingKeyStatements), bucketPolicy: args.document(serviceLandingStatements),
	}, pulumi.Parent(l))
	if err != nil {
		return nil, fmt.Errorf("service landing %s: %w", name, err)
	}
	l.Bucket = l.landed.bucket.Bucket
	l.BucketARN = l.landed.bucket.Arn
	l.KeyARN = l.landed.keyARN.ToStringOutput()
	return l, ctx.RegisterResourceOutputs(l, pulumi.Map{
		"bucket": l.Bucket, "bucketArn": l.BucketARN, "keyArn": l.KeyARN,
	})
}

// BalancerLanding is where load balancers of a region deliver their access logs,
// of every account. Load balancers write to no bucket with a key of one's own, so
// this one has S3's; and so has what is copied into the archive, because S3
// encrypts a copy in the same way as what it copies.
type BalancerLanding struct {
	pulumi.ResourceState

	// Bucket is the name of the bucket.
	Bucket pulumi.StringOutput `pulumi:"bucket"`

	// Ready is what a delivery has to wait for.
	Ready []pulumi.Resource

	landed landed
}

// NewBalancerLanding creates a BalancerLanding in args.Account.
func NewBalancerLanding(
	ctx *pulumi.Context, name string, args *LandingArgs, opts ...pulumi.ResourceOption,
) (*BalancerLanding, error) {
	if err := args.validate(); err != nil {
		return nil, fmt.Errorf("balancer landing %s: %w", name, err)
	}
	l := &BalancerLanding{}
	opts = append(slices.Clip(opts), pulumi.Provider(args.Account.Provider))
	if err := ctx.RegisterComponentResource(balancerLandingType, name, l, opts...); err != nil {
		return nil, err
	}
	var err error
	l.landed, l.Ready, err = createLanding(ctx, name, landingSettings{
		bucket: BalancerLandingBucket(args.NamePrefix, args.Account.Region), days: serviceLandingDays, accessLogs: args.AccessLogs,
		bucketPolicy: args.document(balancerLandingStatements),
	}, pulumi.Parent(l))
	if err != nil {
		return nil, fmt.Errorf("balancer landing %s: %w", name, err)
	}
	l.Bucket = l.landed.bucket.Bucket
	return l, ctx.RegisterResourceOutputs(l, pulumi.Map{"bucket": l.Bucket})
}
