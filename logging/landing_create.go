package logging

import (
	"errors"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/bucket"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/key"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
)

// landed is a bucket that records land in, and its key; nil where S3's own
// encrypts it.
type landed struct {
	name   string
	bucket *bucket.Bucket
	keyARN pulumi.StringInput
}

// landingSettings are what landings differ in.
type landingSettings struct {
	bucket     string
	days       int
	accessLogs *bucket.Bucket

	// alias, description and keyPolicy are those of the key; without a policy
	// there is no key.
	alias, description string
	keyPolicy          pulumi.StringInput

	bucketPolicy pulumi.StringInput
}

// createLanding creates a bucket that records land in, with a key of its own. It
// is not locked, and has no bucket key, like all buckets of the archive: CloudTrail
// then shows the reading of each object, and not of many at once. What is returned
// last is what a delivery has to wait for.
func createLanding(
	ctx *pulumi.Context, name string, s landingSettings, child pulumi.ResourceOption,
) (landed, []pulumi.Resource, error) {
	l := landed{name: name}
	var ready []pulumi.Resource
	if s.keyPolicy != nil {
		encryption, err := key.New(ctx, name, key.Args{Alias: s.alias, Description: s.description, Policy: s.keyPolicy}, child)
		if err != nil {
			return landed{}, nil, err
		}
		l.keyARN = encryption.Arn
		ready = append(ready, encryption)
	}
	var err error
	l.bucket, err = bucket.New(ctx, name, bucket.Args{
		Bucket:     s.bucket,
		KeyARN:     l.keyARN,
		ExpireDays: s.days,
		AccessLogs: s.accessLogs,
		Policy:     s.bucketPolicy,
	}, child)
	if err != nil {
		return landed{}, nil, err
	}
	return l, append(ready, l.bucket.Policy), nil
}

// parties are the ids that the policies of the archive and of landings name.
type parties struct {
	organization string
	archive      string // the account that holds the archive
	audit        string
	source       string // the account that records are copied from; often the archive's own
}

// partyIDs are those of parties before they are known; without a source it is the
// archive's own account.
type partyIDs struct {
	organization, archive, audit, source pulumi.StringInput
}

// rendered is a policy once the ids of the parties are known. That is later, so
// statements must work on a copy of the arguments: what the caller does with his by
// then must not show in a policy.
func (p partyIDs) rendered(statements func(parties) []policy.Statement) pulumi.StringOutput {
	if p.source == nil {
		p.source = p.archive
	}
	return pulumi.All(p.organization, p.archive, p.audit, p.source).ApplyT(func(ids []any) (string, error) {
		return policy.JSON(statements(parties{
			organization: ids[0].(string),
			archive:      ids[1].(string),
			audit:        ids[2].(string),
			source:       ids[3].(string),
		})...)
	}).(pulumi.StringOutput)
}

// wants is an error that names what a bucket of the log archive was not told.
func wants(in account.Account, prefix string, organization, audit pulumi.StringInput) error {
	switch {
	case in.Provider == nil:
		return errors.New("account has no provider")
	case prefix == "":
		return errors.New("namePrefix is required")
	case organization == nil:
		return errors.New("organizationID is required")
	case audit == nil:
		return errors.New("auditAccountID is required")
	}
	return nil
}
