package logging

import (
	"fmt"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

const networkLandingType = "gxp:logging:NetworkLanding"

// networkLandingDays is how long the network's logs stay where they landed: long
// enough to look at them without the archive.
const networkLandingDays = 90

// NetworkLanding is where the network of a region delivers the logs of its
// flows, its firewall and its name resolution, for every account. It is not
// locked: a [Collection] copies what lands into the locked archive.
type NetworkLanding struct {
	pulumi.ResourceState

	// Bucket is the name of the bucket.
	Bucket pulumi.StringOutput `pulumi:"bucket"`

	// BucketARN is the ARN of the bucket, which flow logs and query logs name.
	BucketARN pulumi.StringOutput `pulumi:"bucketArn"`

	// KeyARN is the key that encrypts it.
	KeyARN pulumi.StringOutput `pulumi:"keyArn"`

	// Ready is what a delivery has to wait for.
	Ready []pulumi.Resource

	landed landed
}

// NewNetworkLanding creates a NetworkLanding in args.Account, which is in the
// region of the network.
func NewNetworkLanding(
	ctx *pulumi.Context, name string, args *LandingArgs, opts ...pulumi.ResourceOption,
) (*NetworkLanding, error) {
	if err := args.validate(); err != nil {
		return nil, fmt.Errorf("network landing %s: %w", name, err)
	}
	l := &NetworkLanding{}
	opts = append(slices.Clip(opts), pulumi.Provider(args.Account.Provider))
	if err := ctx.RegisterComponentResource(networkLandingType, name, l, opts...); err != nil {
		return nil, err
	}
	var err error
	l.landed, l.Ready, err = createLanding(ctx, name, landingSettings{
		bucket: NetworkLandingBucket(args.NamePrefix, args.Account.Region), days: networkLandingDays, accessLogs: args.AccessLogs,
		alias: "gxp-network-logs", description: "Encrypts the logs of the network.",
		keyPolicy: args.document(networkLandingKeyStatements), bucketPolicy: args.document(networkLandingStatements),
	}, pulumi.Parent(l))
	if err != nil {
		return nil, fmt.Errorf("network landing %s: %w", name, err)
	}
	l.Bucket = l.landed.bucket.Bucket
	l.BucketARN = l.landed.bucket.Arn
	l.KeyARN = l.landed.keyARN.ToStringOutput()
	return l, ctx.RegisterResourceOutputs(l, pulumi.Map{
		"bucket": l.Bucket, "bucketArn": l.BucketARN, "keyArn": l.KeyARN,
	})
}
