// The baseline-settings function runs in every account and region. It makes the
// settings that CloudFormation has no resource for.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"strconv"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/baselinesettings"
)

func main() {
	handle, err := setUp(context.Background())
	if err != nil {
		// Without an answer CloudFormation would wait until its time is up, so
		// the reason is given to every request instead.
		log.Print(err)
		handle = &baselinesettings.Handler{Settings: baselinesettings.Unavailable(err)}
	}
	lambda.Start(func(ctx context.Context, event json.RawMessage) (string, error) { return handle.Handle(ctx, event) })
}

func setUp(ctx context.Context) (*baselinesettings.Handler, error) {
	days, err := strconv.Atoi(os.Getenv("LOG_RETENTION_DAYS"))
	if err != nil {
		return nil, fmt.Errorf("LOG_RETENTION_DAYS: %w", err)
	}
	c, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return nil, fmt.Errorf("load the configuration of the SDK: %w", err)
	}
	caller, err := sts.NewFromConfig(c).GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
	if err != nil {
		return nil, fmt.Errorf("find out the account: %w", err)
	}
	return &baselinesettings.Handler{
		Settings:         baselinesettings.New(c, aws.ToString(caller.Account)),
		LogRetentionDays: days,
	}, nil
}
