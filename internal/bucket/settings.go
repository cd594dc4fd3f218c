package bucket

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func (b *Bucket) version(ctx *pulumi.Context, name string, _ Args, keep []pulumi.ResourceOption) (err error) {
	b.Versioning, err = s3.NewBucketVersioningV2(ctx, name, &s3.BucketVersioningV2Args{
		Bucket: b.ID(),
		VersioningConfiguration: &s3.BucketVersioningV2VersioningConfigurationArgs{
			Status: pulumi.String("Enabled"),
		},
	}, keep...)
	return err
}

// lock sets the retention that every new object version gets.
func (b *Bucket) lock(ctx *pulumi.Context, name string, args Args, keep []pulumi.ResourceOption) error {
	if args.Lock == nil {
		return nil
	}
	_, err := s3.NewBucketObjectLockConfigurationV2(ctx, name, &s3.BucketObjectLockConfigurationV2Args{
		Bucket: b.ID(),
		Rule: &s3.BucketObjectLockConfigurationV2RuleArgs{
			DefaultRetention: &s3.BucketObjectLockConfigurationV2RuleDefaultRetentionArgs{
				Mode:  pulumi.String(args.Lock.Mode),
				Years: pulumi.Int(args.Lock.Years),
			},
		},
	}, after(keep, b.Versioning)...)
	return err
}

func (b *Bucket) encrypt(ctx *pulumi.Context, name string, args Args, keep []pulumi.ResourceOption) error {
	byDefault := s3.BucketServerSideEncryptionConfigurationV2RuleApplyServerSideEncryptionByDefaultArgs{
		SseAlgorithm: pulumi.String("AES256"),
	}
	rule := s3.BucketServerSideEncryptionConfigurationV2RuleArgs{ApplyServerSideEncryptionByDefault: &byDefault}
	if args.KeyARN != nil {
		byDefault.SseAlgorithm = pulumi.String("aws:kms")
		byDefault.KmsMasterKeyId = args.KeyARN.ToStringOutput()
		// A bucket key would replace the encryption context that key policies
		// bind CloudTrail to by the bucket's own.
		rule.BucketKeyEnabled = pulumi.Bool(false)
	}
	_, err := s3.NewBucketServerSideEncryptionConfigurationV2(ctx, name,
		&s3.BucketServerSideEncryptionConfigurationV2Args{
			Bucket: b.ID(),
			Rules:  s3.BucketServerSideEncryptionConfigurationV2RuleArray{rule},
		}, keep...)
	return err
}

// restrict closes the bucket to the public, then to foreign ownership, then
// sets its policy: S3 refuses these three at the same time.
func (b *Bucket) restrict(ctx *pulumi.Context, name string, args Args, keep []pulumi.ResourceOption) error {
	private, err := s3.NewBucketPublicAccessBlock(ctx, name, &s3.BucketPublicAccessBlockArgs{
		Bucket:                b.ID(),
		BlockPublicAcls:       pulumi.Bool(true),
		BlockPublicPolicy:     pulumi.Bool(true),
		IgnorePublicAcls:      pulumi.Bool(true),
		RestrictPublicBuckets: pulumi.Bool(true),
	}, keep...)
	if err != nil {
		return fmt.Errorf("public access: %w", err)
	}
	owned, err := s3.NewBucketOwnershipControls(ctx, name, &s3.BucketOwnershipControlsArgs{
		Bucket: b.ID(),
		Rule:   &s3.BucketOwnershipControlsRuleArgs{ObjectOwnership: pulumi.String("BucketOwnerEnforced")},
	}, after(keep, private)...)
	if err != nil {
		return fmt.Errorf("ownership: %w", err)
	}
	b.Policy, err = s3.NewBucketPolicy(ctx, name, &s3.BucketPolicyArgs{
		Bucket: b.ID(),
		Policy: args.Policy,
	}, after(keep, owned)...)
	return err
}

func (b *Bucket) logAccess(ctx *pulumi.Context, name string, args Args, keep []pulumi.ResourceOption) error {
	if args.AccessLogs == nil {
		return nil
	}
	_, err := s3.NewBucketLoggingV2(ctx, name, &s3.BucketLoggingV2Args{
		Bucket:       b.ID(),
		TargetBucket: args.AccessLogs.ID(),
		TargetPrefix: pulumi.String(args.Bucket + "/"),
	}, after(keep, args.AccessLogs.Policy)...)
	return err
}

// age moves objects to cheaper storage, or removes those that are kept elsewhere.
func (b *Bucket) age(ctx *pulumi.Context, name string, args Args, keep []pulumi.ResourceOption) error {
	rules := s3.BucketLifecycleConfigurationV2RuleArray{tier(args.ColdAfterDays)}
	if args.ExpireDays > 0 {
		rules = s3.BucketLifecycleConfigurationV2RuleArray{expire(args.ExpireDays), sweep()}
	}
	_, err := s3.NewBucketLifecycleConfigurationV2(ctx, name, &s3.BucketLifecycleConfigurationV2Args{
		Bucket: b.ID(),
		Rules:  rules,
	}, after(keep, b.Versioning)...)
	return err
}

func tier(days int) *s3.BucketLifecycleConfigurationV2RuleArgs {
	rule := ageing("tier")
	if days > 0 {
		rule.Transitions = s3.BucketLifecycleConfigurationV2RuleTransitionArray{
			&s3.BucketLifecycleConfigurationV2RuleTransitionArgs{
				Days:         pulumi.Int(days),
				StorageClass: pulumi.String("GLACIER_IR"),
			},
		}
	}
	rule.AbortIncompleteMultipartUpload = abandon()
	return rule
}

func expire(days int) *s3.BucketLifecycleConfigurationV2RuleArgs {
	rule := ageing("expire")
	rule.Expiration = &s3.BucketLifecycleConfigurationV2RuleExpirationArgs{Days: pulumi.Int(days)}
	rule.NoncurrentVersionExpiration = &s3.BucketLifecycleConfigurationV2RuleNoncurrentVersionExpirationArgs{
		NoncurrentDays: pulumi.Int(days),
	}
	rule.AbortIncompleteMultipartUpload = abandon()
	return rule
}

// sweep removes the delete markers that expiry leaves behind. S3 takes it in no
// rule that counts days.
func sweep() *s3.BucketLifecycleConfigurationV2RuleArgs {
	rule := ageing("sweep")
	rule.Expiration = &s3.BucketLifecycleConfigurationV2RuleExpirationArgs{ExpiredObjectDeleteMarker: pulumi.Bool(true)}
	return rule
}

func ageing(id string) *s3.BucketLifecycleConfigurationV2RuleArgs {
	return &s3.BucketLifecycleConfigurationV2RuleArgs{
		Id:     pulumi.String(id),
		Status: pulumi.String("Enabled"),
		Filter: &s3.BucketLifecycleConfigurationV2RuleFilterArgs{Prefix: pulumi.String("")},
	}
}

func abandon() *s3.BucketLifecycleConfigurationV2RuleAbortIncompleteMultipartUploadArgs {
	return &s3.BucketLifecycleConfigurationV2RuleAbortIncompleteMultipartUploadArgs{DaysAfterInitiation: pulumi.Int(7)}
}

// after adds dependencies to the options without writing into the caller's.
func after(opts []pulumi.ResourceOption, resources ...pulumi.Resource) []pulumi.ResourceOption {
	return append(opts[:len(opts):len(opts)], pulumi.DependsOn(resources))
}
