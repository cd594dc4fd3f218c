// The log-integrity function runs every day in the log-archive account. It
// proves that the audit trail in the archive is what CloudTrail delivered, and
// keeps the signed result as evidence.
package main

import (
	"context"
	"log"
	"os"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/gxp-landing-zone/gxp-landing-zone/logging/integrity/live"
)

func main() {
	handle, err := setUp(context.Background())
	if err != nil {
		// Lambda counts the failure, and the alarm on failures tells.
		log.Fatal(err)
	}
	lambda.Start(handle.Handle)
}

func setUp(ctx context.Context) (*handler, error) {
	s, err := readSettings(os.Getenv)
	if err != nil {
		return nil, err
	}
	c, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return nil, err
	}
	storage := s3.NewFromConfig(c)
	return &handler{
		settings: s,
		store:    live.NewStore(storage, s.archive),
		keys:     live.NewKeys(cloudtrail.NewFromConfig(c)),
		signer:   &signer{client: kms.NewFromConfig(c), key: s.signingKey, algorithm: s.algorithm},
		evidence: &evidence{client: storage, bucket: s.evidence},
		out:      os.Stdout,
		now:      time.Now,
	}, nil
}
