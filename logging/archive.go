// Package logging keeps the organization's audit records: where nobody can
// alter them, for as long as the rules demand, and readable.
package logging

import (
	"errors"
	"fmt"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/kms"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/bucket"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/key"
)

const archiveType = "gxp:logging:Archive"

// ArchiveArgs configures an [Archive]. Every field is required unless it says
// otherwise.
type ArchiveArgs struct {
	// Account holds the archive and should hold nothing else.
	Account account.Account

	// NamePrefix begins the names of the buckets.
	NamePrefix string

	// Lock is how long and how firmly every record is kept.
	Lock bucket.Lock

	// ColdAfterDays is after how many days records move to a storage class that is
	// cheaper and still read at once. Optional: 0 moves none.
	ColdAfterDays int

	// OrganizationID is the organization whose principals may come near.
	OrganizationID pulumi.StringInput

	// AuditAccountID is the account whose audit-query roles may read.
	AuditAccountID pulumi.StringInput

	// SourceAccountID is the account whose records are copied into this archive,
	// where that is another than Account. The buckets of such an archive have
	// names of their own. Optional.
	SourceAccountID pulumi.StringInput

	// Trail is what delivers into the archive. Optional: a second copy, and an
	// archive beside Control Tower's, receive nothing from a trail.
	Trail *TrailSource
}

// TrailSource identifies the organization trail that delivers into an archive.
type TrailSource struct {
	// ARN is the trail's ARN, see [TrailARN].
	ARN string

	// ManagementAccountID is the account that owns the trail.
	ManagementAccountID string
}

// Archive is the locked store of one region: audit records, qualification
// evidence, and the log of who read either.
type Archive struct {
	pulumi.ResourceState

	// RecordsBucket is the name of the bucket of audit records.
	RecordsBucket pulumi.StringOutput `pulumi:"recordsBucket"`

	// EvidenceBucket is the name of the bucket of qualification evidence.
	EvidenceBucket pulumi.StringOutput `pulumi:"evidenceBucket"`

	// KeyARN is the key that encrypts both.
	KeyARN pulumi.StringOutput `pulumi:"keyArn"`

	// Records and Evidence are the buckets, for what has to wait for them.
	Records, Evidence *bucket.Bucket

	// AccessLogs receives the access logs of buckets of the same account and
	// region.
	AccessLogs *bucket.Bucket

	account account.Account
	key     *kms.Key

	// evidenceName is the name of the bucket of evidence, known before it exists.
	evidenceName string
}

// NewArchive creates an Archive in args.Account.
func NewArchive(
	ctx *pulumi.Context, name string, args *ArchiveArgs, opts ...pulumi.ResourceOption,
) (*Archive, error) {
	if err := args.validate(); err != nil {
		return nil, fmt.Errorf("archive %s: %w", name, err)
	}
	a := &Archive{account: args.Account, evidenceName: args.evidenceBucket()}
	opts = append(slices.Clip(opts), pulumi.Provider(args.Account.Provider))
	if err := ctx.RegisterComponentResource(archiveType, name, a, opts...); err != nil {
		return nil, err
	}
	child := pulumi.Parent(a)

	if err := a.createKey(ctx, name, args, child); err != nil {
		return nil, fmt.Errorf("archive %s: %w", name, err)
	}
	if err := a.createBuckets(ctx, name, args, child); err != nil {
		return nil, fmt.Errorf("archive %s: %w", name, err)
	}

	a.RecordsBucket = a.Records.Bucket
	a.EvidenceBucket = a.Evidence.Bucket
	a.KeyARN = a.key.Arn
	return a, ctx.RegisterResourceOutputs(a, pulumi.Map{
		"recordsBucket":  a.RecordsBucket,
		"evidenceBucket": a.EvidenceBucket,
		"keyArn":         a.KeyARN,
	})
}

// Region is the region that the archive is in.
func (a *Archive) Region() string { return a.account.Region }

// Account is the account and region that the archive is in.
func (a *Archive) Account() account.Account { return a.account }

func (a *ArchiveArgs) validate() error {
	if a == nil {
		return errors.New("args are required")
	}
	return wants(a.Account, a.NamePrefix, a.OrganizationID, a.AuditAccountID)
}

func (a *Archive) createKey(ctx *pulumi.Context, name string, args *ArchiveArgs, child pulumi.ResourceOption) error {
	created, err := key.New(ctx, name, key.Args{
		Alias:       "gxp-archive",
		Description: "Encrypts audit records and qualification evidence.",
		Policy:      args.document(archiveKeyStatements),
	}, child)
	a.key = created
	return err
}

func (a *Archive) createBuckets(
	ctx *pulumi.Context, name string, args *ArchiveArgs, child pulumi.ResourceOption,
) error {
	var err error
	a.AccessLogs, err = bucket.New(ctx, name+"-access-logs", bucket.Args{
		Bucket:        args.accessLogsBucket(),
		ColdAfterDays: args.ColdAfterDays,
		Policy:        args.document(accessLogsStatements),
	}, child)
	if err != nil {
		return err
	}
	a.Records, err = bucket.New(ctx, name, bucket.Args{
		Bucket:        args.recordsBucket(),
		KeyARN:        a.key.Arn,
		Lock:          &args.Lock,
		ColdAfterDays: args.ColdAfterDays,
		AccessLogs:    a.AccessLogs,
		Policy:        args.document(recordsStatements),
	}, child)
	if err != nil {
		return err
	}
	a.Evidence, err = bucket.New(ctx, name+"-evidence", bucket.Args{
		Bucket:        args.evidenceBucket(),
		KeyARN:        a.key.Arn,
		Lock:          &args.Lock,
		ColdAfterDays: args.ColdAfterDays,
		AccessLogs:    a.AccessLogs,
		Policy:        args.document(evidenceStatements),
	}, child)
	return err
}
