package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	kmstypes "github.com/aws/aws-sdk-go-v2/service/kms/types"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go"
)

// evidence is the bucket that results are kept in.
type evidence struct {
	client *s3.Client
	bucket string
}

// Create writes an object, under the condition that there is none. The bucket
// would keep both versions, but a reader would see the later one.
func (e *evidence) Create(ctx context.Context, key string, content []byte) error {
	_, err := e.client.PutObject(ctx, &s3.PutObjectInput{
		Bucket: &e.bucket, Key: &key, Body: bytes.NewReader(content),
		ContentType: aws.String("application/json"), IfNoneMatch: aws.String("*"),
	})
	var api smithy.APIError
	if errors.As(err, &api) && api.ErrorCode() == "PreconditionFailed" {
		return fmt.Errorf("s3://%s/%s is there already and is not overwritten", e.bucket, key)
	}
	return err
}

// signer is a KMS key. Nobody, this function included, can have its private
// part.
type signer struct {
	client         *kms.Client
	key, algorithm string
}

// KeyID implements [integrity.Signer].
func (s *signer) KeyID() string { return s.key }

// Algorithm implements [integrity.Signer].
func (s *signer) Algorithm() string { return s.algorithm }

// Sign implements [integrity.Signer].
func (s *signer) Sign(ctx context.Context, sum []byte) ([]byte, error) {
	signed, err := s.client.Sign(ctx, &kms.SignInput{
		KeyId: &s.key, Message: sum, MessageType: kmstypes.MessageTypeDigest,
		SigningAlgorithm: kmstypes.SigningAlgorithmSpec(s.algorithm),
	})
	if err != nil {
		return nil, err
	}
	return signed.Signature, nil
}
