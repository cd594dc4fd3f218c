package runner

import (
	"context"
	"errors"
	"fmt"
	"net/url"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/athena"
)

// attempts is how often a call is made at most. Athena throttles early.
const attempts = 8

// Client returns a client of Athena with the credentials of the environment, as
// the AWS CLI finds them. The region is Athena's; empty, it is the environment's
// too. The endpoint replaces AWS's where it is not empty.
func Client(ctx context.Context, region, endpoint string) (*athena.Client, error) {
	if endpoint != "" {
		u, err := url.Parse(endpoint)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return nil, fmt.Errorf("endpoint %q is not the address of a server", endpoint)
		}
	}
	settings, err := config.LoadDefaultConfig(ctx, config.WithRegion(region), config.WithRetryer(func() aws.Retryer {
		return retry.AddWithMaxAttempts(retry.NewStandard(), attempts)
	}))
	if err != nil {
		return nil, fmt.Errorf("AWS configuration: %w", err)
	}
	if settings.Region == "" {
		return nil, errors.New("no region of Athena: give one, or set AWS_REGION")
	}
	return athena.NewFromConfig(settings, func(o *athena.Options) {
		if endpoint != "" {
			o.BaseEndpoint = aws.String(endpoint)
		}
	}), nil
}
