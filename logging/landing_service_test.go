package logging

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/pulumitest"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

const encryptionType = "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2"

func TestServiceLandings_AreProtectedBucketsWithoutALock(t *testing.T) {
	graph := renderStreams(t)
	for name, algorithm := range map[string]string{"service-logs": "aws:kms", "balancer-logs": "AES256"} {
		bucket := pulumitest.Find(t, graph, "aws:s3/bucketV2:BucketV2", name)
		assert.Equal(t, "acme-"+name+"-eu-test-1", bucket.Inputs["bucket"])
		assert.Equal(t, false, bucket.Inputs["objectLockEnabled"])
		assert.True(t, bucket.Protect && bucket.RetainOnDelete, name)
		rules := pulumitest.Find(t, graph, encryptionType, name).Inputs["rules"].([]any)
		byDefault := rules[0].(map[string]any)["applyServerSideEncryptionByDefault"].(map[string]any)
		assert.Equal(t, algorithm, byDefault["sseAlgorithm"], name)
		aged := pulumitest.Find(t, graph, lifecycleType, name).Inputs["rules"].([]any)[0].(map[string]any)
		assert.Equal(t, map[string]any{"days": float64(serviceLandingDays)}, aged["expiration"], name)
	}
	assert.Empty(t, graph.OfType(lockType))
}

func TestServiceLandings_AcceptEachSourceInItsOwnFolder(t *testing.T) {
	graph := renderStreams(t)
	for file, r := range map[string]*qualification.Resource{
		"service-landing":     pulumitest.Find(t, graph, policyType, "service-logs"),
		"service-landing-key": pulumitest.Find(t, graph, "aws:kms/key:Key", "service-logs"),
		"balancer-landing":    pulumitest.Find(t, graph, policyType, "balancer-logs"),
	} {
		t.Run(file, func(t *testing.T) {
			pulumitest.Golden(t, file+".json", pulumitest.Indented(t, r.Inputs["policy"].(string)))
		})
	}
	document, err := qualification.ParseDocument(pulumitest.Find(t, graph, policyType, "service-logs").Inputs["policy"].(string))
	require.NoError(t, err)
	writers := 0
	for _, s := range document.Statements {
		if !s.Allows() || !s.Covers("s3:PutObject") {
			continue
		}
		writers++
		assert.False(t, s.On("arn:aws:s3:::acme-service-logs-eu-test-1/log-events/file"), "%s: the stream's own role needs no Allow here", s.Sid)
		assert.False(t, s.On("arn:aws:s3:::acme-service-logs-eu-test-1/elsewhere"), s.Sid)
	}
	assert.Equal(t, 2, writers)
}

// renderStreams registers the landings of services of a region, with what
// delivers to them.
func renderStreams(t *testing.T) *qualification.Graph {
	t.Helper()
	return pulumitest.Render(t, func(ctx *pulumi.Context) error {
		log, err := pulumitest.Account(ctx, "log-archive", "222233334444", pulumitest.Region)
		if err != nil {
			return err
		}
		audit, err := pulumitest.Account(ctx, "audit", "333344445555", pulumitest.Region)
		if err != nil {
			return err
		}
		args := &LandingArgs{
			Account: log, NamePrefix: "acme",
			OrganizationID: pulumi.String("o-exampleorgid"), AuditAccountID: pulumi.String("333344445555"),
		}
		landing, err := NewServiceLanding(ctx, "service-logs", args)
		if err != nil {
			return err
		}
		if _, err := NewBalancerLanding(ctx, "balancer-logs", args); err != nil {
			return err
		}
		_, err = NewLogStream(ctx, "log-stream", &LogStreamArgs{Account: log, OrganizationID: args.OrganizationID, To: landing})
		if err != nil {
			return err
		}
		if _, err := NewFindings(ctx, "findings", &FindingsArgs{Account: audit, To: landing}); err != nil {
			return err
		}
		_, err = NewRecordsManager(ctx, "records-manager", &RecordsManagerArgs{
			Account: log, OrganizationID: args.OrganizationID, NamePrefix: "acme",
		})
		return err
	})
}
