package logging

import (
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/pulumitest"
)

func TestAccessLogs_AreWrittenByS3ForTheLandingsAlone(t *testing.T) {
	graph := pulumitest.Render(t, func(ctx *pulumi.Context) error {
		in, err := pulumitest.Account(ctx, "log-archive", "222233334444", pulumitest.Region)
		if err != nil {
			return err
		}
		_, err = NewAccessLogs(ctx, "landing-logs", &AccessLogsArgs{
			Account: in, NamePrefix: "acme", OrganizationID: pulumi.String("o-exampleorgid"), ColdAfterDays: 90,
		})
		return err
	})
	assert.Equal(t, "acme-landing-logs-eu-test-1", pulumitest.Find(t, graph, "aws:s3/bucketV2:BucketV2", "landing-logs").Inputs["bucket"])
	pulumitest.Golden(t, "landing-logs.json",
		pulumitest.Indented(t, pulumitest.Find(t, graph, policyType, "landing-logs").Inputs["policy"].(string)))
}

func TestAccessLogsArgs_Reject(t *testing.T) {
	connected := account.Account{Provider: &aws.Provider{}}
	for want, args := range map[string]*AccessLogsArgs{
		"args are required":          nil,
		"account has no provider":    {},
		"namePrefix is required":     {Account: connected},
		"organizationID is required": {Account: connected, NamePrefix: "acme"},
	} {
		assert.EqualError(t, args.validate(), want)
	}
}
