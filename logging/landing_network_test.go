package logging

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/pulumitest"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

const lifecycleType = "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2"

func TestNetworkLanding_IsAProtectedBucketWithoutALock(t *testing.T) {
	graph := renderCollection(t)
	bucket := pulumitest.Find(t, graph, "aws:s3/bucketV2:BucketV2", "network-logs")
	assert.Equal(t, "acme-network-logs-eu-test-1", bucket.Inputs["bucket"])
	assert.Equal(t, false, bucket.Inputs["objectLockEnabled"])
	assert.True(t, bucket.Protect && bucket.RetainOnDelete)
	for _, r := range pulumitest.OfType(t, graph, lockType) {
		assert.NotContains(t, r.URN, networkLandingType)
	}
	access := pulumitest.Find(t, graph, "aws:s3/bucketLoggingV2:BucketLoggingV2", "network-logs")
	assert.Equal(t, "acme-access-logs-eu-test-1", access.Inputs["targetBucket"])
	assert.Equal(t, "acme-network-logs-eu-test-1/", access.Inputs["targetPrefix"])
}

func TestNetworkLanding_AcceptsWhatTheOrganizationDelivers(t *testing.T) {
	graph := renderCollection(t)
	policy := pulumitest.Find(t, graph, policyType, "network-logs").Inputs["policy"].(string)
	pulumitest.Golden(t, "network-landing.json", pulumitest.Indented(t, policy))
	key := pulumitest.Find(t, graph, "aws:kms/key:Key", "network-logs").Inputs["policy"].(string)
	pulumitest.Golden(t, "network-landing-key.json", pulumitest.Indented(t, key))

	document, err := qualification.ParseDocument(policy)
	assert.NoError(t, err)
	deliveries := 0
	for _, s := range document.Statements {
		if !s.Allows() || !s.Covers("s3:PutObject") {
			continue
		}
		deliveries++
		assert.Equal(t, "AWSLogDeliveryWrite", s.Sid)
		for _, kind := range []string{"vpcflowlogs/eu-test-1/2030/01/01", "network-firewall/flow/eu-test-1", "vpcdnsquerylogs/vpc-1"} {
			assert.True(t, s.On("arn:aws:s3:::acme-network-logs-eu-test-1/AWSLogs/444455556666/"+kind+"/file"), kind)
		}
		assert.False(t, s.On("arn:aws:s3:::acme-network-logs-eu-test-1/elsewhere"))
	}
	assert.Equal(t, 1, deliveries)
}

func TestLandings_KeepWhatLandedForAWhileAndNoMarkers(t *testing.T) {
	graph := renderCollection(t)
	for name, days := range map[string]float64{"landing": 365, "network-logs": 90} {
		rules := pulumitest.Find(t, graph, lifecycleType, name).Inputs["rules"].([]any)
		if assert.Len(t, rules, 2, name) {
			first, second := rules[0].(map[string]any), rules[1].(map[string]any)
			assert.Equal(t, map[string]any{"days": days}, first["expiration"], name)
			assert.Equal(t, map[string]any{"noncurrentDays": days}, first["noncurrentVersionExpiration"], name)
			assert.Equal(t, map[string]any{"expiredObjectDeleteMarker": true}, second["expiration"], name)
		}
	}
	for _, name := range []string{"archive", "archive-evidence", "archive-access-logs"} {
		for _, rule := range pulumitest.Find(t, graph, lifecycleType, name).Inputs["rules"].([]any) {
			assert.NotContains(t, rule, "expiration", name)
			assert.NotContains(t, rule, "noncurrentVersionExpiration", name)
		}
	}
}
