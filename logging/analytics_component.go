package logging

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/kms"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/bucket"
	"github.com/gxp-landing-zone/gxp-landing-zone/logging/analytics"
)

const analyticsType = "gxp:logging:Analytics"

// AnalyticsArgs configures [Analytics]. Every field is required unless it says
// otherwise.
type AnalyticsArgs struct {
	// Account is the audit account, in the region of the first archive.
	Account account.Account

	// NamePrefix begins the names of the buckets.
	NamePrefix string

	// Archives are all archives. The first is queried; the answers of the reviews
	// are copied into the evidence of each, because S3 does not copy copies.
	Archives []*Archive

	// OrganizationID is the organization whose records these are.
	OrganizationID pulumi.StringInput

	// Regions are those that records come from, us-east-1 among them.
	Regions []string

	// Firewalls are the names of the network firewalls. Optional.
	Firewalls []string

	// Since is the first day of which there are records, as 2006-01-02.
	Since string

	// ScanLimitGB is how many gigabytes one query may read: at least 1. Athena
	// stops one that needs more.
	ScanLimitGB int

	// Reviews runs the queries of the periodic review every week.
	Reviews bool

	// Accounts are the ids of all accounts of the organization, which the reviews
	// look into. Required with Reviews.
	Accounts pulumi.StringArrayInput

	// TopicARN is the topic, in the same account and region, that is told of a
	// review that failed. Required with Reviews.
	TopicARN pulumi.StringInput
}

// Analytics is how auditors ask the archive: tables that Athena finds records
// by without a crawler, the questions as named queries, a role to ask them
// under, and the periodic review, whose answers become evidence.
type Analytics struct {
	pulumi.ResourceState

	// QueryRoleARN is the role that auditors assume.
	QueryRoleARN pulumi.StringOutput `pulumi:"queryRoleArn"`

	// ResultsBucket is the name of the bucket of the answers.
	ResultsBucket pulumi.StringOutput `pulumi:"resultsBucket"`

	// KeyARN is the key that encrypts the answers.
	KeyARN pulumi.StringOutput `pulumi:"keyArn"`

	// Ready is what another reader of the tables has to wait for.
	Ready []pulumi.Resource

	key     *kms.Key
	results *bucket.Bucket
}

// NewAnalytics creates Analytics in args.Account.
func NewAnalytics(
	ctx *pulumi.Context, name string, args *AnalyticsArgs, opts ...pulumi.ResourceOption,
) (*Analytics, error) {
	if err := args.validate(); err != nil {
		return nil, fmt.Errorf("analytics %s: %w", name, err)
	}
	a := &Analytics{}
	opts = append(slices.Clip(opts), pulumi.Provider(args.Account.Provider))
	if err := ctx.RegisterComponentResource(analyticsType, name, a, opts...); err != nil {
		return nil, err
	}
	own := *args // what the caller does with its args later must not show
	for _, step := range []func(*pulumi.Context, string, *AnalyticsArgs, pulumi.ResourceOption) error{
		a.createResults, a.createTables, a.createWorkgroup, a.createQueryRole, a.createReviews,
	} {
		if err := step(ctx, name, &own, pulumi.Parent(a)); err != nil {
			return nil, fmt.Errorf("analytics %s: %w", name, err)
		}
	}
	return a, ctx.RegisterResourceOutputs(a, pulumi.Map{
		"queryRoleArn":  a.QueryRoleARN,
		"resultsBucket": a.ResultsBucket,
		"keyArn":        a.KeyARN,
	})
}

func (a *AnalyticsArgs) validate() error {
	if a == nil {
		return errors.New("args are required")
	}
	switch {
	case a.Account.Provider == nil:
		return errors.New("account has no provider")
	case a.NamePrefix == "":
		return errors.New("namePrefix is required")
	case len(a.Archives) == 0 || slices.Contains(a.Archives, nil):
		return errors.New("archives are required")
	case a.Archives[0].Region() != a.Account.Region:
		return fmt.Errorf("the first archive is in %s, must be in %s like the account", a.Archives[0].Region(), a.Account.Region)
	case a.OrganizationID == nil:
		return errors.New("organizationID is required")
	case a.ScanLimitGB < 1:
		return fmt.Errorf("scanLimitGB is %d, must be at least 1", a.ScanLimitGB)
	}
	if _, err := time.Parse(time.DateOnly, a.Since); err != nil {
		return fmt.Errorf("since is %q, must be a day such as 2026-01-31", a.Since)
	}
	return a.validateReviews()
}

func (a *AnalyticsArgs) validateReviews() error {
	switch {
	case a.Reviews && a.Accounts == nil:
		return errors.New("accounts are required for reviews")
	case a.Reviews && a.TopicARN == nil:
		return errors.New("topicARN is required for reviews")
	}
	return nil
}

// place is where the records are, but for the id of the organization, which is
// known later.
func (a *AnalyticsArgs) place() analytics.Place {
	since, _ := time.Parse(time.DateOnly, a.Since) // validated
	return analytics.Place{
		RecordsBucket:  RecordsBucket(a.NamePrefix, a.Account.Region),
		EvidenceBucket: EvidenceBucket(a.NamePrefix, a.Account.Region),
		Regions:        a.Regions,
		Firewalls:      a.Firewalls,
		Since:          since,
	}
}
