package logging

import (
	"errors"
	"fmt"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/bucket"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/key"
)

const landingType = "gxp:logging:Landing"

// landingDays is how long the history of configuration stays where Config
// delivered it, which shows it in its console from there.
const landingDays = 365

// LandingArgs configures a [Landing]. Every field is required unless it says
// otherwise.
type LandingArgs struct {
	// Account holds the bucket.
	Account account.Account

	// NamePrefix begins the name of the bucket.
	NamePrefix string

	// OrganizationID is the organization whose accounts deliver.
	OrganizationID pulumi.StringInput

	// AuditAccountID is the account whose audit-query roles may read.
	AuditAccountID pulumi.StringInput

	// AccessLogs receives the access log of the bucket. Optional.
	AccessLogs *bucket.Bucket
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
	child := pulumi.Parent(l)

	encryption, err := key.New(ctx, name, key.Args{
		Alias:       "gxp-config",
		Description: "Encrypts what Config records of every account.",
		Policy:      args.document(landingKeyStatements),
	}, child)
	if err != nil {
		return nil, fmt.Errorf("landing %s: %w", name, err)
	}
	created, err := bucket.New(ctx, name, bucket.Args{
		Bucket:     LandingBucket(args.NamePrefix, args.Account.Region),
		KeyARN:     encryption.Arn,
		ExpireDays: landingDays,
		AccessLogs: args.AccessLogs,
		Policy:     args.document(landingStatements),
	}, child)
	if err != nil {
		return nil, fmt.Errorf("landing %s: %w", name, err)
	}

	l.Bucket = created.Bucket
	l.KeyARN = encryption.Arn
	l.Ready = []pulumi.Resource{created.Policy, encryption}
	l.landed = landed{name, created, encryption.Arn}
	return l, ctx.RegisterResourceOutputs(l, pulumi.Map{"bucket": l.Bucket, "keyArn": l.KeyARN})
}

func (a *LandingArgs) validate() error {
	switch {
	case a == nil:
		return errors.New("args are required")
	case a.Account.Provider == nil:
		return errors.New("account has no provider")
	case a.NamePrefix == "":
		return errors.New("namePrefix is required")
	case a.OrganizationID == nil:
		return errors.New("organizationID is required")
	case a.AuditAccountID == nil:
		return errors.New("auditAccountID is required")
	}
	return nil
}
