package logging

import (
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/pulumitest"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

func TestLanding_IsNotLockedBecauseConfigWouldRefuseIt(t *testing.T) {
	graph := renderLanding(t)
	bucket := pulumitest.Find(t, graph, "aws:s3/bucketV2:BucketV2", "landing")
	assert.Equal(t, "acme-config-eu-test-1", bucket.Inputs["bucket"])
	assert.Equal(t, false, bucket.Inputs["objectLockEnabled"])
	assert.True(t, bucket.Protect && bucket.RetainOnDelete)
	for _, r := range graph.Resources {
		assert.NotEqual(t, lockType, r.Type, r.URN)
	}
	versioning := pulumitest.Find(t, graph, "aws:s3/bucketVersioningV2:BucketVersioningV2", "landing")
	assert.Equal(t, map[string]any{"status": "Enabled"}, versioning.Inputs["versioningConfiguration"])
}

func TestLanding_AcceptsWhatConfigDeliversAsARoleAndAsItself(t *testing.T) {
	graph := renderLanding(t)
	policy := pulumitest.Find(t, graph, policyType, "landing").Inputs["policy"].(string)
	pulumitest.Golden(t, "landing.json", pulumitest.Indented(t, policy))
	key := pulumitest.Find(t, graph, "aws:kms/key:Key", "landing").Inputs["policy"].(string)
	pulumitest.Golden(t, "landing-key.json", pulumitest.Indented(t, key))

	document, err := qualification.ParseDocument(policy)
	assert.NoError(t, err)
	deliveries := 0
	for _, s := range document.Statements {
		if s.Allows() && s.Covers("s3:PutObject") {
			deliveries++
			assert.True(t, s.On("arn:aws:s3:::acme-config-eu-test-1/AWSLogs/444455556666/Config/eu-test-2/file"), s.Sid)
			assert.False(t, s.On("arn:aws:s3:::acme-config-eu-test-1/elsewhere"), s.Sid)
		}
	}
	assert.Equal(t, 2, deliveries, "one statement for the service and one for the recorders' roles")
}

func TestLandingArgs_Rejects(t *testing.T) {
	connected := account.Account{Provider: &aws.Provider{}}
	for want, args := range map[string]*LandingArgs{
		"args are required":          nil,
		"account has no provider":    {},
		"namePrefix is required":     {Account: connected},
		"organizationID is required": {Account: connected, NamePrefix: "acme"},
		"auditAccountID is required": {Account: connected, NamePrefix: "acme", OrganizationID: pulumi.String("o-exampleorgid")},
	} {
		assert.EqualError(t, args.validate(), want)
	}
}

func renderLanding(t *testing.T) *qualification.Graph {
	t.Helper()
	return pulumitest.Render(t, func(ctx *pulumi.Context) error {
		log, err := pulumitest.Account(ctx, "log-archive", "222233334444", pulumitest.Region)
		if err != nil {
			return err
		}
		_, err = NewLanding(ctx, "landing", &LandingArgs{
			Account: log, NamePrefix: "acme", OrganizationID: pulumi.String("o-exampleorgid"), AuditAccountID: pulumi.String("333344445555"),
		})
		return err
	})
}
