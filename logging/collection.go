package logging

import (
	"errors"
	"fmt"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
)

const collectionType = "gxp:logging:Collection"

// CollectionArgs configures a [Collection]. Every field is required unless it
// says otherwise.
type CollectionArgs struct {
	// Account holds the buckets of From, in one region.
	Account account.Account

	// From are the landings of the account and region: at least one.
	From []Source

	// To are all archives. S3 does not copy copies, so each gets its own from
	// where the record landed.
	To []*Archive
}

// Source is a [Landing] or another of the landings.
type Source interface{ source() landed }

func (l *Landing) source() landed         { return l.landed }
func (l *NetworkLanding) source() landed  { return l.landed }
func (l *ServiceLanding) source() landed  { return l.landed }
func (l *BalancerLanding) source() landed { return l.landed }

// Collection copies everything that lands in the buckets of a region into the
// locked archives. Deletions are not copied. An object keeps its name, so the
// archive holds it below AWSLogs, the account that it is about, and the service,
// beside what the trail delivers there under CloudTrail and CloudTrail-Digest.
type Collection struct {
	pulumi.ResourceState

	// Ready is what a delivery has to wait for: what landed before is not
	// copied.
	Ready []pulumi.Resource
}

// NewCollection creates a Collection in args.Account.
func NewCollection(
	ctx *pulumi.Context, name string, args *CollectionArgs, opts ...pulumi.ResourceOption,
) (*Collection, error) {
	if err := args.validate(); err != nil {
		return nil, fmt.Errorf("collection %s: %w", name, err)
	}
	c := &Collection{}
	opts = append(slices.Clip(opts), pulumi.Provider(args.Account.Provider))
	if err := ctx.RegisterComponentResource(collectionType, name, c, opts...); err != nil {
		return nil, err
	}
	child := pulumi.Parent(c)

	role, permissions, err := createCollectionRole(ctx, name, args, child)
	if err != nil {
		return nil, fmt.Errorf("collection %s: role: %w", name, err)
	}
	for _, from := range args.From {
		copied, err := args.collect(ctx, from.source(), role, permissions, child)
		if err != nil {
			return nil, fmt.Errorf("collection %s: %w", name, err)
		}
		c.Ready = append(c.Ready, copied)
	}
	return c, ctx.RegisterResourceOutputs(c, pulumi.Map{})
}

func (a *CollectionArgs) validate() error {
	switch {
	case a == nil:
		return errors.New("args are required")
	case a.Account.Provider == nil:
		return errors.New("account has no provider")
	case len(a.From) == 0:
		return errors.New("from is required")
	case len(a.To) == 0:
		return errors.New("to is required")
	}
	return nil
}

// collect copies one bucket to every archive, each by a rule of its own.
func (a *CollectionArgs) collect(
	ctx *pulumi.Context, from landed, role *iam.Role, permissions *iam.RolePolicy, child pulumi.ResourceOption,
) (*s3.BucketReplicationConfig, error) {
	var rules s3.BucketReplicationConfigRuleArray
	after := []pulumi.Resource{from.bucket.Versioning, permissions}
	for i, to := range a.To {
		rules = append(rules, everythingTo("archive-"+to.account.Region, i+1, to.Records, to.KeyARN))
		after = append(after, to.Records.Versioning)
	}
	return s3.NewBucketReplicationConfig(ctx, from.name, &s3.BucketReplicationConfigArgs{
		Bucket: from.bucket.ID(),
		Role:   role.Arn,
		Rules:  rules,
	}, child, pulumi.Protect(true), pulumi.DependsOn(after))
}

func createCollectionRole(
	ctx *pulumi.Context, name string, args *CollectionArgs, child pulumi.ResourceOption,
) (*iam.Role, *iam.RolePolicy, error) {
	var from, fromKeys, to, toKeys pulumi.StringArray
	for _, source := range args.From {
		from = append(from, source.source().bucket.Arn)
		if keyARN := source.source().keyARN; keyARN != nil {
			fromKeys = append(fromKeys, keyARN)
		}
	}
	for _, archive := range args.To {
		to = append(to, archive.Records.Arn)
		toKeys = append(toKeys, archive.KeyARN)
	}
	role, err := iam.NewRole(ctx, name, &iam.RoleArgs{
		Name:        pulumi.String(CollectionRole(args.Account.Region)),
		Description: pulumi.String("Lets S3 copy what has landed into the locked archive."),
		AssumeRolePolicy: pulumi.All(args.Account.ID, from.ToStringArrayOutput()).ApplyT(func(known []any) (string, error) {
			return policy.JSON(collectionTrust(known[0].(string), known[1].([]string)))
		}).(pulumi.StringOutput),
	}, child)
	if err != nil {
		return nil, nil, err
	}
	permissions, err := iam.NewRolePolicy(ctx, name, &iam.RolePolicyArgs{
		Name: pulumi.String("replicate"),
		Role: role.Name,
		Policy: pulumi.All(
			from.ToStringArrayOutput(), to.ToStringArrayOutput(), fromKeys.ToStringArrayOutput(), toKeys.ToStringArrayOutput(),
		).ApplyT(func(arns []any) (string, error) {
			return policy.JSON(replicationStatements(copying{
				from: arns[0].([]string), to: arns[1].([]string),
				fromKeys: arns[2].([]string), toKeys: arns[3].([]string),
			})...)
		}).(pulumi.StringOutput),
	}, child)
	return role, permissions, err
}

// collectionTrust lets S3 assume the role for the buckets alone. AWS documents
// neither key for replication: where S3 sends one it has to fit, and where it
// does not, a condition without IfExists would end the copying unnoticed.
func collectionTrust(account string, buckets []string) policy.Statement {
	return policy.Statement{
		Sid:       "S3Copies",
		Effect:    policy.Allow,
		Principal: policy.Service("s3.amazonaws.com"),
		Action:    policy.Strings{"sts:AssumeRole"},
		Condition: policy.Condition{
			"StringEqualsIfExists": {"aws:SourceAccount": {account}},
			"ArnEqualsIfExists":    {"aws:SourceArn": buckets},
		},
	}
}
