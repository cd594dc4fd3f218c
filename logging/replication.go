package logging

import (
	"errors"
	"fmt"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/bucket"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
)

const replicationType = "gxp:logging:Replication"

// ReplicationRole is the name of the role that S3 copies records under. It is
// fixed because the keys of both archives name it.
const ReplicationRole = "gxp-archive-replication"

// ReplicationArgs configures a [Replication]. Every field is required.
type ReplicationArgs struct {
	// From is the archive that records arrive in.
	From *Archive

	// To is the archive, in another region, that keeps the second copy.
	To *Archive
}

// Replication copies every record of one archive to another. Deletions are not
// copied.
type Replication struct {
	pulumi.ResourceState
}

// NewReplication creates a Replication in the account and region of args.From.
func NewReplication(
	ctx *pulumi.Context, name string, args *ReplicationArgs, opts ...pulumi.ResourceOption,
) (*Replication, error) {
	if err := args.validate(); err != nil {
		return nil, fmt.Errorf("replication %s: %w", name, err)
	}
	r := &Replication{}
	opts = append(slices.Clip(opts), pulumi.Provider(args.From.account.Provider))
	if err := ctx.RegisterComponentResource(replicationType, name, r, opts...); err != nil {
		return nil, err
	}
	child := pulumi.Parent(r)

	role, permissions, err := createReplicationRole(ctx, name, args, child)
	if err != nil {
		return nil, fmt.Errorf("replication %s: role: %w", name, err)
	}
	for _, pair := range []struct {
		key      string
		from, to *bucket.Bucket
	}{
		{name, args.From.Records, args.To.Records},
		{name + "-evidence", args.From.Evidence, args.To.Evidence},
	} {
		_, err := s3.NewBucketReplicationConfig(ctx, pair.key, &s3.BucketReplicationConfigArgs{
			Bucket: pair.from.ID(),
			Role:   role.Arn,
			Rules:  s3.BucketReplicationConfigRuleArray{everythingTo("everything", 1, pair.to, args.To.KeyARN)},
		}, child, pulumi.Protect(true),
			pulumi.DependsOn([]pulumi.Resource{pair.from.Versioning, pair.to.Versioning, permissions}))
		if err != nil {
			return nil, fmt.Errorf("replication %s: %w", pair.key, err)
		}
	}
	return r, ctx.RegisterResourceOutputs(r, pulumi.Map{})
}

func (a *ReplicationArgs) validate() error {
	switch {
	case a == nil:
		return errors.New("args are required")
	case a.From == nil:
		return errors.New("from is required")
	case a.To == nil:
		return errors.New("to is required")
	}
	return nil
}

// everythingTo copies every object, whatever its encryption, within the fifteen
// minutes that S3 commits to, and measures the lag. Rules of one bucket differ in
// id and priority.
func everythingTo(
	id string, priority int, to *bucket.Bucket, keyARN pulumi.StringInput,
) *s3.BucketReplicationConfigRuleArgs {
	const minutes = 15
	return &s3.BucketReplicationConfigRuleArgs{
		Id:       pulumi.String(id),
		Priority: pulumi.Int(priority),
		Status:   pulumi.String("Enabled"),
		Filter:   &s3.BucketReplicationConfigRuleFilterArgs{Prefix: pulumi.String("")},
		DeleteMarkerReplication: &s3.BucketReplicationConfigRuleDeleteMarkerReplicationArgs{
			Status: pulumi.String("Disabled"),
		},
		SourceSelectionCriteria: &s3.BucketReplicationConfigRuleSourceSelectionCriteriaArgs{
			SseKmsEncryptedObjects: &s3.BucketReplicationConfigRuleSourceSelectionCriteriaSseKmsEncryptedObjectsArgs{
				Status: pulumi.String("Enabled"),
			},
		},
		Destination: &s3.BucketReplicationConfigRuleDestinationArgs{
			Bucket: to.Arn,
			EncryptionConfiguration: &s3.BucketReplicationConfigRuleDestinationEncryptionConfigurationArgs{
				ReplicaKmsKeyId: keyARN,
			},
			ReplicationTime: &s3.BucketReplicationConfigRuleDestinationReplicationTimeArgs{
				Status: pulumi.String("Enabled"),
				Time: &s3.BucketReplicationConfigRuleDestinationReplicationTimeTimeArgs{
					Minutes: pulumi.Int(minutes),
				},
			},
			Metrics: &s3.BucketReplicationConfigRuleDestinationMetricsArgs{
				Status: pulumi.String("Enabled"),
				EventThreshold: &s3.BucketReplicationConfigRuleDestinationMetricsEventThresholdArgs{
					Minutes: pulumi.Int(minutes),
				},
			},
		},
	}
}

func createReplicationRole(
	ctx *pulumi.Context, name string, args *ReplicationArgs, child pulumi.ResourceOption,
) (*iam.Role, *iam.RolePolicy, error) {
	trust, err := policy.JSON(policy.Statement{
		Sid:       "S3Copies",
		Effect:    policy.Allow,
		Principal: policy.Service("s3.amazonaws.com"),
		Action:    policy.Strings{"sts:AssumeRole"},
	})
	if err != nil {
		return nil, nil, err
	}
	role, err := iam.NewRole(ctx, name, &iam.RoleArgs{
		Name:             pulumi.String(ReplicationRole),
		Description:      pulumi.String("Lets S3 copy audit records and evidence to the second region."),
		AssumeRolePolicy: pulumi.String(trust),
	}, child)
	if err != nil {
		return nil, nil, err
	}
	permissions, err := iam.NewRolePolicy(ctx, name, &iam.RolePolicyArgs{
		Name: pulumi.String("replicate"),
		Role: role.Name,
		Policy: pulumi.All(
			args.From.Records.Arn, args.From.Evidence.Arn, args.To.Records.Arn, args.To.Evidence.Arn,
			args.From.KeyARN, args.To.KeyARN,
		).ApplyT(func(arns []any) (string, error) {
			return policy.JSON(replicationStatements(copying{
				from:     []string{arns[0].(string), arns[1].(string)},
				to:       []string{arns[2].(string), arns[3].(string)},
				fromKeys: []string{arns[4].(string)},
				toKeys:   []string{arns[5].(string)},
				locks:    true,
			})...)
		}).(pulumi.StringOutput),
	}, child)
	return role, permissions, err
}

// copying is what a role copies from where to where, by ARN. There is no key in
// fromKeys for a bucket that S3 encrypts with its own.
type copying struct {
	from, to, fromKeys, toKeys []string

	// locks says that the buckets in from are locked.
	locks bool
}

// replicationStatements let the role read the versions and tags of the buckets
// that it copies from, with their locks, and write them to those it copies to.
func replicationStatements(c copying) []policy.Statement {
	read := policy.Strings{
		"s3:GetObjectVersionAcl", "s3:GetObjectVersionForReplication", "s3:GetObjectVersionTagging",
	}
	if c.locks {
		read = append(policy.Strings{"s3:GetObjectLegalHold", "s3:GetObjectRetention"}, read...)
	}
	statements := []policy.Statement{
		{
			Sid:      "ReadsConfiguration",
			Effect:   policy.Allow,
			Action:   policy.Strings{"s3:GetReplicationConfiguration", "s3:ListBucket"},
			Resource: c.from,
		},
		{
			Sid:      "ReadsVersions",
			Effect:   policy.Allow,
			Action:   read,
			Resource: objects(c.from),
		},
		{
			Sid:      "WritesCopies",
			Effect:   policy.Allow,
			Action:   policy.Strings{"s3:ReplicateObject", "s3:ReplicateTags"},
			Resource: objects(c.to),
		},
		{
			Sid:      "Encrypts",
			Effect:   policy.Allow,
			Action:   policy.Strings{"kms:Encrypt", "kms:GenerateDataKey"},
			Resource: c.toKeys,
		},
	}
	if len(c.fromKeys) == 0 {
		return statements
	}
	return append(statements, policy.Statement{
		Sid:      "Decrypts",
		Effect:   policy.Allow,
		Action:   policy.Strings{"kms:Decrypt"},
		Resource: c.fromKeys,
	})
}

func objects(buckets []string) policy.Strings {
	var arns policy.Strings
	for _, b := range buckets {
		arns = append(arns, b+"/*")
	}
	return arns
}
