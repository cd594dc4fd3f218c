package logging

import (
	"errors"
	"fmt"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudtrail"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/bucket"
)

const trailType = "gxp:logging:Trail"

// TrailArgs configures a [Trail]. Every field is required unless it says
// otherwise.
type TrailArgs struct {
	// Account is the management account in the home region.
	Account account.Account

	// NamePrefix begins the trail's name.
	NamePrefix string

	// ManagementAccountID is the id of Account. It is known from the
	// configuration, and the trail's own policies need it as text.
	ManagementAccountID string

	// OrganizationID is the organization whose accounts are recorded.
	OrganizationID pulumi.StringInput

	// Archive receives the records.
	Archive *Archive

	// DataEventBuckets lists prefixes of the names of buckets whose object
	// reads and writes are recorded, beside the evidence bucket's.
	DataEventBuckets []string

	// NetworkEvents lists services, such as s3.amazonaws.com, whose calls through
	// VPC endpoints are recorded, also those that an endpoint refused. Optional.
	NetworkEvents []string

	// Insights lists the kinds of unusual activity that are recorded. Optional.
	Insights []string

	// RetentionDays is how long the searchable copy is kept: a value that
	// CloudWatch Logs allows.
	RetentionDays int
}

// Trail records every call to AWS in every account and region of the
// organization, into the archive and into a searchable log group.
type Trail struct {
	pulumi.ResourceState

	// ARN is the trail's ARN.
	ARN pulumi.StringOutput `pulumi:"arn"`

	// LogGroup is the name of the searchable log group in the management
	// account.
	LogGroup pulumi.StringOutput `pulumi:"logGroup"`
}

// NewTrail creates a Trail in args.Account.
func NewTrail(
	ctx *pulumi.Context, name string, args *TrailArgs, opts ...pulumi.ResourceOption,
) (*Trail, error) {
	if err := args.validate(); err != nil {
		return nil, fmt.Errorf("trail %s: %w", name, err)
	}
	t := &Trail{}
	opts = append(slices.Clip(opts), pulumi.Provider(args.Account.Provider))
	if err := ctx.RegisterComponentResource(trailType, name, t, opts...); err != nil {
		return nil, err
	}
	child := pulumi.Parent(t)

	logs, err := createTrailLogs(ctx, name, args, child)
	if err != nil {
		return nil, fmt.Errorf("trail %s: log group: %w", name, err)
	}
	retry, err := retryUntilPropagated(ctx, name)
	if err != nil {
		return nil, fmt.Errorf("trail %s: %w", name, err)
	}
	trail, err := cloudtrail.NewTrail(ctx, name, &cloudtrail.TrailArgs{
		Name:                       pulumi.String(TrailName(args.NamePrefix)),
		S3BucketName:               args.Archive.RecordsBucket,
		KmsKeyId:                   args.Archive.KeyARN,
		IsOrganizationTrail:        pulumi.Bool(true),
		IsMultiRegionTrail:         pulumi.Bool(true),
		IncludeGlobalServiceEvents: pulumi.Bool(true),
		EnableLogFileValidation:    pulumi.Bool(true),
		EnableLogging:              pulumi.Bool(true),
		CloudWatchLogsGroupArn:     pulumi.Sprintf("%s:*", logs.group.Arn),
		CloudWatchLogsRoleArn:      logs.role.Arn,
		AdvancedEventSelectors:     eventSelectors(args),
		InsightSelectors:           insightSelectors(args.Insights),
	}, child, pulumi.Protect(true), pulumi.RetainOnDelete(true), retry,
		pulumi.DependsOn([]pulumi.Resource{args.Archive.Records.Policy, logs.permissions}))
	if err != nil {
		return nil, fmt.Errorf("trail %s: %w", name, err)
	}

	t.ARN = trail.Arn
	t.LogGroup = logs.group.Name
	return t, ctx.RegisterResourceOutputs(t, pulumi.Map{"arn": t.ARN, "logGroup": t.LogGroup})
}

func (a *TrailArgs) validate() error {
	switch {
	case a == nil:
		return errors.New("args are required")
	case a.Account.Provider == nil:
		return errors.New("account has no provider")
	case a.NamePrefix == "":
		return errors.New("namePrefix is required")
	case a.ManagementAccountID == "":
		return errors.New("managementAccountID is required")
	case a.OrganizationID == nil:
		return errors.New("organizationID is required")
	case a.Archive == nil:
		return errors.New("archive is required")
	case a.RetentionDays < 1:
		return fmt.Errorf("retentionDays is %d, must be at least 1", a.RetentionDays)
	}
	return nil
}

// eventSelectors record every management event, the object events of the
// evidence bucket and of the GxP buckets, and calls through VPC endpoints. The archive's own buckets are left
// out: each delivery would cause the next.
func eventSelectors(args *TrailArgs) cloudtrail.TrailAdvancedEventSelectorArray {
	prefixes := pulumi.StringArray{
		pulumi.String(bucket.ARN(EvidenceBucket(args.NamePrefix, args.Archive.account.Region)) + "/"),
	}
	for _, prefix := range args.DataEventBuckets {
		prefixes = append(prefixes, pulumi.String(bucket.ARN(prefix)))
	}
	selectors := cloudtrail.TrailAdvancedEventSelectorArray{
		&cloudtrail.TrailAdvancedEventSelectorArgs{
			Name: pulumi.String("Management events"),
			FieldSelectors: cloudtrail.TrailAdvancedEventSelectorFieldSelectorArray{
				equals("eventCategory", "Management"),
			},
		},
		&cloudtrail.TrailAdvancedEventSelectorArgs{
			Name: pulumi.String("Reads and writes of GxP objects"),
			FieldSelectors: cloudtrail.TrailAdvancedEventSelectorFieldSelectorArray{
				equals("eventCategory", "Data"),
				equals("resources.type", "AWS::S3::Object"),
				&cloudtrail.TrailAdvancedEventSelectorFieldSelectorArgs{
					Field:       pulumi.String("resources.ARN"),
					StartsWiths: prefixes,
				},
			},
		},
	}
	// A selector of such events takes one service.
	for _, service := range slices.Sorted(slices.Values(args.NetworkEvents)) {
		selectors = append(selectors, &cloudtrail.TrailAdvancedEventSelectorArgs{
			Name: pulumi.String("Calls through endpoints: " + service),
			FieldSelectors: cloudtrail.TrailAdvancedEventSelectorFieldSelectorArray{
				equals("eventCategory", "NetworkActivity"),
				equals("eventSource", service),
			},
		})
	}
	return selectors
}

func equals(field, value string) *cloudtrail.TrailAdvancedEventSelectorFieldSelectorArgs {
	return &cloudtrail.TrailAdvancedEventSelectorFieldSelectorArgs{
		Field:  pulumi.String(field),
		Equals: pulumi.StringArray{pulumi.String(value)},
	}
}

func insightSelectors(kinds []string) cloudtrail.TrailInsightSelectorArray {
	var selectors cloudtrail.TrailInsightSelectorArray
	for _, kind := range slices.Sorted(slices.Values(kinds)) {
		selectors = append(selectors, &cloudtrail.TrailInsightSelectorArgs{InsightType: pulumi.String(kind)})
	}
	return selectors
}
