// Package bucket creates S3 buckets the only way the landing zone has them:
// private, versioned, encrypted, owned by their account, reached over TLS, and
// locked where they hold records.
package bucket

import (
	"errors"
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// UsualColdDays is after how many days most buckets move objects to a cheaper
// storage class.
const UsualColdDays = 90

// Args configures a bucket. Every field is required unless it says otherwise.
type Args struct {
	// Bucket is the bucket's name. Policies in other accounts name it, so the
	// program chooses it.
	Bucket string

	// KeyARN encrypts the bucket. Optional: without it S3's own key does,
	// which targets of access logging need.
	KeyARN pulumi.StringInput

	// Policy is the bucket policy.
	Policy pulumi.StringInput

	// Lock keeps every object version. Optional.
	Lock *Lock

	// ExpireDays is after how many days S3 removes an object, and after as many
	// again its earlier versions: only where a copy is kept elsewhere. S3 waits
	// with objects whose copy is pending or has failed. Optional: 0 keeps all.
	ExpireDays int

	// ColdAfterDays is after how many days objects move to a cheaper storage class
	// that is still read at once, so that Athena can query them. S3 leaves objects
	// under 128 KB where they are. Optional: 0 moves none.
	ColdAfterDays int

	// AccessLogs is the bucket, in the same region, that receives the access
	// log. Optional: a target of access logging cannot log into itself.
	AccessLogs *Bucket
}

// Lock is how long, and how firmly, every object version is kept.
type Lock struct {
	// Mode is COMPLIANCE, which binds the root user too, or GOVERNANCE.
	Mode string

	// Years is the retention of a new object version: at least 1.
	Years int
}

// Bucket is a bucket and what must exist before it can be used.
type Bucket struct {
	*s3.BucketV2

	// Versioning must be on before the bucket replicates or is replicated to.
	Versioning *s3.BucketVersioningV2

	// Policy must be in place before a service is told to deliver.
	Policy *s3.BucketPolicy
}

// ARN is the ARN of the bucket with the given name.
func ARN(bucket string) string { return "arn:aws:s3:::" + bucket }

// Resources are the ARNs of the bucket with the given name and of its objects.
func Resources(bucket string) []string { return []string{ARN(bucket), ARN(bucket) + "/*"} }

// New registers a bucket. A bucket is protected and outlives its stack: what it
// holds may be a record.
func New(ctx *pulumi.Context, name string, args Args, child pulumi.ResourceOption) (*Bucket, error) {
	if err := args.validate(); err != nil {
		return nil, fmt.Errorf("bucket %s: %w", name, err)
	}
	keep := []pulumi.ResourceOption{child, pulumi.Protect(true), pulumi.RetainOnDelete(true)}
	created, err := s3.NewBucketV2(ctx, name, &s3.BucketV2Args{
		Bucket:            pulumi.String(args.Bucket),
		ObjectLockEnabled: pulumi.Bool(args.Lock != nil),
	}, keep...)
	if err != nil {
		return nil, fmt.Errorf("bucket %s: %w", name, err)
	}
	b := &Bucket{BucketV2: created}
	for _, step := range []func(*pulumi.Context, string, Args, []pulumi.ResourceOption) error{
		b.version, b.lock, b.encrypt, b.restrict, b.logAccess, b.age,
	} {
		if err := step(ctx, name, args, keep); err != nil {
			return nil, fmt.Errorf("bucket %s: %w", name, err)
		}
	}
	return b, nil
}

func (a Args) validate() error {
	switch {
	case a.Bucket == "":
		return errors.New("bucket name is required")
	case a.Policy == nil:
		return errors.New("policy is required")
	case a.Lock != nil && a.Lock.Mode != "COMPLIANCE" && a.Lock.Mode != "GOVERNANCE":
		return fmt.Errorf("lock mode is %q, must be COMPLIANCE or GOVERNANCE", a.Lock.Mode)
	case a.Lock != nil && a.Lock.Years < 1:
		return fmt.Errorf("lock years is %d, must be at least 1", a.Lock.Years)
	case a.ExpireDays < 0:
		return fmt.Errorf("expire days is %d, must be at least 0", a.ExpireDays)
	case a.ColdAfterDays < 0:
		return fmt.Errorf("cold after days is %d, must be at least 0", a.ColdAfterDays)
	case a.ExpireDays > 0 && a.Lock != nil:
		return errors.New("objects of a locked bucket cannot expire")
	}
	return nil
}
