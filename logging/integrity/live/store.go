// Package live is the archive in S3, and CloudTrail's public keys, for the
// verification of the audit trail.
package live

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/smithy-go"

	"github.com/gxp-landing-zone/gxp-landing-zone/logging/integrity"
)

// Store is a bucket of S3.
//
// It needs s3:ListBucket, s3:GetObject, s3:GetBucketVersioning,
// s3:GetBucketObjectLockConfiguration and s3:GetReplicationConfiguration; and
// s3:GetObjectRetention, without which S3 does not say that an object is locked.
type Store struct {
	client *s3.Client
	bucket string
}

// NewStore returns the bucket with the given name, in the client's region.
func NewStore(client *s3.Client, bucket string) *Store { return &Store{client: client, bucket: bucket} }

// Bucket implements [integrity.Store].
func (s *Store) Bucket() string { return s.bucket }

// Folders implements [integrity.Store].
func (s *Store) Folders(ctx context.Context, prefix string) ([]string, error) {
	var names []string
	pages := s3.NewListObjectsV2Paginator(s.client, &s3.ListObjectsV2Input{
		Bucket: &s.bucket, Prefix: &prefix, Delimiter: aws.String("/"),
	})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, fmt.Errorf("list %s in %s: %w", prefix, s.bucket, err)
		}
		for _, p := range page.CommonPrefixes {
			names = append(names, strings.TrimPrefix(aws.ToString(p.Prefix), prefix))
		}
	}
	return names, nil
}

// List implements [integrity.Store].
func (s *Store) List(ctx context.Context, prefix string, visit func(integrity.Item) error) error {
	pages := s3.NewListObjectsV2Paginator(s.client, &s3.ListObjectsV2Input{Bucket: &s.bucket, Prefix: &prefix})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return fmt.Errorf("list %s in %s: %w", prefix, s.bucket, err)
		}
		for _, o := range page.Contents {
			if err := visit(integrity.Item{Key: aws.ToString(o.Key), Modified: aws.ToTime(o.LastModified)}); err != nil {
				return err
			}
		}
	}
	return nil
}

// Open implements [integrity.Store].
func (s *Store) Open(ctx context.Context, key string) (*integrity.Object, error) {
	got, err := s.client.GetObject(ctx, &s3.GetObjectInput{Bucket: &s.bucket, Key: &key})
	var absent *types.NoSuchKey
	if errors.As(err, &absent) {
		return nil, fmt.Errorf("s3://%s/%s: %w", s.bucket, key, integrity.ErrNotFound)
	}
	if err != nil {
		return nil, err
	}
	metadata := got.Metadata
	if metadata == nil {
		metadata = map[string]string{} // S3 keeps metadata; there are none
	}
	return &integrity.Object{Body: got.Body, Info: integrity.Info{
		Metadata: metadata, Modified: aws.ToTime(got.LastModified),
		LockMode: string(got.ObjectLockMode), RetainUntil: aws.ToTime(got.ObjectLockRetainUntilDate),
		ReplicationStatus: status(got.ReplicationStatus),
	}}, nil
}

// status is the status of a replication by its name of today: S3's objects
// have also been seen with the older one.
func status(s types.ReplicationStatus) string {
	if s == types.ReplicationStatusComplete {
		return string(types.ReplicationStatusCompleted)
	}
	return string(s)
}

const daysPerYear = 365

// State implements [integrity.Store].
func (s *Store) State(ctx context.Context) (integrity.BucketState, error) {
	var state integrity.BucketState
	versioning, err := s.client.GetBucketVersioning(ctx, &s3.GetBucketVersioningInput{Bucket: &s.bucket})
	if err != nil {
		return state, err
	}
	state.Versioning = versioning.Status == types.BucketVersioningStatusEnabled
	lock, err := s.client.GetObjectLockConfiguration(ctx, &s3.GetObjectLockConfigurationInput{Bucket: &s.bucket})
	if err != nil && !coded(err, "ObjectLockConfigurationNotFoundError") {
		return state, err
	}
	if err == nil && lock.ObjectLockConfiguration != nil && lock.ObjectLockConfiguration.Rule != nil {
		if r := lock.ObjectLockConfiguration.Rule.DefaultRetention; r != nil {
			state.LockMode = string(r.Mode)
			state.LockDays = int(aws.ToInt32(r.Days)) + daysPerYear*int(aws.ToInt32(r.Years))
		}
	}
	copies, err := s.client.GetBucketReplication(ctx, &s3.GetBucketReplicationInput{Bucket: &s.bucket})
	if err != nil && !coded(err, "ReplicationConfigurationNotFoundError") {
		return state, err
	}
	if err == nil && copies.ReplicationConfiguration != nil {
		state.Replicas = replicas(copies.ReplicationConfiguration.Rules)
	}
	return state, nil
}

// replicas are the destinations of enabled rules that leave no object out.
func replicas(rules []types.ReplicationRule) []string {
	var names []string
	for _, r := range rules {
		f := r.Filter
		everything := f == nil || f.And == nil && f.Tag == nil && aws.ToString(f.Prefix) == ""
		if r.Status == types.ReplicationRuleStatusEnabled && everything && r.Destination != nil {
			names = append(names, strings.TrimPrefix(aws.ToString(r.Destination.Bucket), "arn:aws:s3:::"))
		}
	}
	return names
}

func coded(err error, code string) bool {
	var api smithy.APIError
	return errors.As(err, &api) && api.ErrorCode() == code
}
