package logging

import (
	"errors"
	"fmt"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/bucket"
)

const landingType = "gxp:logging:Landing"

// landingDays is how long the history of configuration stays where Config
// delivered it, which shows it in its console from there.
const landingDays = 365

// LandingArgs configures a [Landing], [NetworkLanding], [ServiceLanding] or
// [BalancerLanding]. Every field is required unless it says otherwise.
type LandingArgs struct {
	// Account holds the bucket, in the region of those that deliver.
	Account account.Account

	// NamePrefix begins the name of the bucket.
	NamePrefix string

	// OrganizationID is the organization whose accounts deliver.
	OrganizationID pulumi.StringInput

	// AuditAccountID is the account whose audit-query roles may read, and which
	// delivers findings.
	AuditAccountID pulumi.StringInput

	// AccessLogs receives the access log of the bucket: that of the [Archive] of
	// the same account and region or, where there is none, of an [AccessLogs].
	// Optional.
	AccessLogs *bucket.Bucket

	// Search lets the feed of a [Search] decrypt what has landed with services.
	// Optional.
	Search bool
}

// Landing is where Config delivers the configuration of every account and
// region. Config refuses a bucket with Object Lock, so this one has none: its
// versions and guardrails protect it until a [Collection] has copied what lands
// into the locked archive.
type Landing struct {
	pulumi.ResourceState

	// Bucket is the name of the bucket.
	Bucket pulumi.StringOutput `pulumi:"bucket"`

	// KeyARN is the key that encrypts it.
	KeyARN pulumi.StringOutput `pulumi:"keyArn"`

	// Ready is what a delivery has to wait for.
	Ready []pulumi.Resource

	landed landed
}

// NewLanding creates a Landing in args.Account.
func NewLanding(
	ctx *pulumi.Context, name string, args *LandingArgs, opts ...pulumi.ResourceOption,
) (*Landing, error) {
	if err := args.validate(); err != nil {
		return nil, fmt.Errorf("landing %s: %w", name, err)
	}
	l := &Landing{}
	opts = append(slices.Clip(opts), pulumi.Provider(args.Account.Provider))
	if err := ctx.RegisterComponentResource(landingType, name, l, opts...); err != nil {
		return nil, err
	}
	var err error
	l.landed, l.Ready, err = createLanding(ctx, name, landingSettings{
		bucket: LandingBucket(args.NamePrefix, args.Account.Region), days: landingDays, accessLogs: args.AccessLogs,
		alias: "gxp-config", description: "Encrypts what Config records of every account.",
		keyPolicy: args.document(landingKeyStatements), bucketPolicy: args.document(landingStatements),
	}, pulumi.Parent(l))
	if err != nil {
		return nil, fmt.Errorf("landing %s: %w", name, err)
	}
	l.Bucket = l.landed.bucket.Bucket
	l.KeyARN = l.landed.keyARN.ToStringOutput()
	return l, ctx.RegisterResourceOutputs(l, pulumi.Map{"bucket": l.Bucket, "keyArn": l.KeyARN})
}

func (a *LandingArgs) validate() error {
	if a == nil {
		return errors.New("args are required")
	}
	return wants(a.Account, a.NamePrefix, a.OrganizationID, a.AuditAccountID)
}
