package stack

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/pulumitest"
)

const verifierType = "aws:lambda/function:Function"

func TestProgram_VerifiesTheArchiveOfEveryAccountThatIsNotRetired(t *testing.T) {
	graph := renderStack(t, load(t, "prod"))
	target := pulumitest.Find(t, graph, "aws:scheduler/schedule:Schedule", "integrity").Inputs["target"].(map[string]any)
	var call struct{ Accounts, Retired []string }
	require.NoError(t, json.Unmarshal([]byte(target["input"].(string)), &call))
	legacy := pulumitest.Find(t, graph, "aws:organizations/account:Account", "organization-lims-legacy")
	assert.Equal(t, []string{legacy.ID}, call.Retired)
	accounts := pulumitest.OfType(t, graph, "aws:organizations/account:Account")
	assert.Len(t, call.Accounts, len(accounts), "all but the retired one, and management, which is not made here")
	assert.NotContains(t, call.Accounts, legacy.ID)
	assert.Contains(t, call.Accounts, "111122223333", "the trail is its own, and it must log as well")

	function := pulumitest.Find(t, graph, verifierType, "integrity")
	object := pulumitest.Find(t, graph, "aws:s3/bucketObjectv2:BucketObjectv2", "assets-log-integrity")
	assert.Equal(t, object.Inputs["key"], function.Inputs["s3Key"])
	assert.Equal(t, object.Inputs["bucket"], function.Inputs["s3Bucket"])
	assert.True(t, dependsOn(graph, function, object.URN), "the code is published first")
	topic := pulumitest.Find(t, graph, "aws:sns/topic:Topic", "notifications-log-archive")
	assert.Contains(t, topic.Provider, "::log-archive-eu-central-1::")
}

func TestProgram_VerifiesTheArchiveWithoutABaselineToo(t *testing.T) {
	c := load(t, "prod")
	c.LandingZone.Baseline.Enabled = false
	graph := renderStack(t, c)
	assert.NotNil(t, pulumitest.Find(t, graph, verifierType, "integrity"))
	for _, r := range pulumitest.OfType(t, graph, "aws:s3/bucketObjectv2:BucketObjectv2") {
		assert.NotContains(t, r.Name(), "assets-eu-west-1", "nothing runs there")
	}
	assert.NotNil(t, pulumitest.Find(t, graph, "aws:s3/bucketObjectv2:BucketObjectv2", "assets-log-integrity"))
}

func TestChecksIntegrity_NotOfWhatControlTowerKeeps(t *testing.T) {
	c := load(t, "prod")
	assert.True(t, checksIntegrity(c))
	c.LandingZone.Organization.ControlTower = true
	assert.False(t, checksIntegrity(c), "the archive has nothing of its trail")
}
