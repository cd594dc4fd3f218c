package logging

import (
	"errors"
	"fmt"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/bucket"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
)

const accessLogsType = "gxp:logging:AccessLogs"

// AccessLogsArgs configures an [AccessLogs]. Every field is required unless it
// says otherwise.
type AccessLogsArgs struct {
	// Account holds the landings, in their region.
	Account account.Account

	// NamePrefix begins the name of the bucket.
	NamePrefix string

	// OrganizationID is the organization whose principals may come near.
	OrganizationID pulumi.StringInput

	// ColdAfterDays is after how many days logs move to a storage class that is
	// cheaper and still read at once. Optional: 0 moves none.
	ColdAfterDays int
}

// AccessLogs receives the access logs of the landings of a region in which the
// account has no [Archive]: S3 delivers them within an account and region alone.
type AccessLogs struct {
	pulumi.ResourceState

	// Bucket is what the landings name.
	Bucket *bucket.Bucket
}

// NewAccessLogs creates an AccessLogs in args.Account.
func NewAccessLogs(
	ctx *pulumi.Context, name string, args *AccessLogsArgs, opts ...pulumi.ResourceOption,
) (*AccessLogs, error) {
	if err := args.validate(); err != nil {
		return nil, fmt.Errorf("access logs %s: %w", name, err)
	}
	l := &AccessLogs{}
	opts = append(slices.Clip(opts), pulumi.Provider(args.Account.Provider))
	if err := ctx.RegisterComponentResource(accessLogsType, name, l, opts...); err != nil {
		return nil, err
	}
	prefix, region := args.NamePrefix, args.Account.Region
	// No policy of the bucket names the audit account: nobody reads there by policy.
	ids := partyIDs{organization: args.OrganizationID, archive: args.Account.ID, audit: args.Account.ID}
	var err error
	l.Bucket, err = bucket.New(ctx, name, bucket.Args{
		Bucket:        LandingLogsBucket(prefix, region),
		ColdAfterDays: args.ColdAfterDays,
		Policy: ids.rendered(func(ids parties) []policy.Statement {
			return deliveredAccessLogs(LandingLogsBucket(prefix, region), landingBuckets(prefix, region), ids)
		}),
	}, pulumi.Parent(l))
	if err != nil {
		return nil, fmt.Errorf("access logs %s: %w", name, err)
	}
	return l, ctx.RegisterResourceOutputs(l, pulumi.Map{"bucket": l.Bucket.Bucket})
}

func (a *AccessLogsArgs) validate() error {
	switch {
	case a == nil:
		return errors.New("args are required")
	case a.Account.Provider == nil:
		return errors.New("account has no provider")
	case a.NamePrefix == "":
		return errors.New("namePrefix is required")
	case a.OrganizationID == nil:
		return errors.New("organizationID is required")
	}
	return nil
}

// landingBuckets are the names of the landings that there may be in a region.
func landingBuckets(prefix, region string) []string {
	return []string{
		LandingBucket(prefix, region), NetworkLandingBucket(prefix, region),
		ServiceLandingBucket(prefix, region), BalancerLandingBucket(prefix, region),
	}
}

// deliveredAccessLogs let S3 write the access logs of buckets of the account into
// one of its own.
func deliveredAccessLogs(name string, of []string, ids parties) []policy.Statement {
	var sources policy.Strings
	for _, source := range of {
		sources = append(sources, bucket.ARN(source))
	}
	delivery := policy.Statement{
		Sid:       "S3WritesAccessLogs",
		Effect:    policy.Allow,
		Principal: policy.Service("logging.s3.amazonaws.com"),
		Action:    policy.Strings{"s3:PutObject"},
		Resource:  policy.Strings{bucket.ARN(name) + "/*"},
		Condition: policy.Condition{
			"ArnEquals":    {"aws:SourceArn": sources},
			"StringEquals": {"aws:SourceAccount": {ids.archive}},
		},
	}
	return append([]policy.Statement{delivery, writtenByServices(name)}, closed(name, ids)...)
}
