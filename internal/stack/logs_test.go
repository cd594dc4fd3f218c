package stack

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/pulumitest"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

const (
	bucketType = "aws:s3/bucketV2:BucketV2"
	copiesType = "aws:s3/bucketReplicationConfig:BucketReplicationConfig"
)

func TestProgram_CollectsWhatLandsInEveryRegionIntoEveryArchive(t *testing.T) {
	graph := renderStack(t, withNetwork(t))
	for _, region := range []string{"eu-central-1", "eu-west-1"} {
		name := "network-logs-" + region
		bucket := pulumitest.Find(t, graph, bucketType, name)
		assert.Equal(t, "meridian-gxp-network-logs-"+region, bucket.Inputs["bucket"])
		assert.Contains(t, bucket.Provider, "::log-archive-"+region+"::")
		assert.Len(t, pulumitest.Find(t, graph, copiesType, name).Inputs["rules"], 2)
		access := pulumitest.Find(t, graph, "aws:s3/bucketLoggingV2:BucketLoggingV2", name)
		assert.Equal(t, "meridian-gxp-access-logs-"+region, access.Inputs["targetBucket"])
	}
	assert.Len(t, pulumitest.Find(t, graph, copiesType, "landing").Inputs["rules"], 2)
}

func TestProgram_CollectsIntoTheOnlyArchiveThereIs(t *testing.T) {
	c := withNetwork(t)
	c.Logging.Archive.ReplicaRegion = ""
	graph := renderStack(t, c)
	for _, name := range []string{"landing", "network-logs-eu-central-1", "network-logs-eu-west-1"} {
		assert.Len(t, pulumitest.Find(t, graph, copiesType, name).Inputs["rules"], 1, name)
	}
	for _, r := range pulumitest.OfType(t, graph, "aws:s3/bucketLoggingV2:BucketLoggingV2") {
		assert.NotEqual(t, "network-logs-eu-west-1", r.Name(), "there is no bucket of access logs in its region")
	}
}

func TestProgram_IsConnectedWhereTheNetworkIsWithoutABaseline(t *testing.T) {
	c := withNetwork(t)
	c.LandingZone.Baseline.Enabled = false
	graph := renderStack(t, c)
	assert.NotNil(t, pulumitest.Find(t, graph, copiesType, "network-logs-eu-west-1"))
	var there []string
	for _, r := range pulumitest.OfType(t, graph, "pulumi:providers:aws") {
		if key, found := strings.CutSuffix(r.Name(), "-eu-west-1"); found {
			there = append(there, key)
		}
	}
	assert.Subset(t, there, []string{config.KeyLogArchive, config.KeyNetwork})
	assert.NotContains(t, there, config.KeySharedServices)
}

func TestProgram_DeliversOnlyAfterWhatLandsIsCollected(t *testing.T) {
	graph := renderStack(t, withNetwork(t))
	copies := pulumitest.Find(t, graph, copiesType, "landing").URN
	waiting := 0
	for _, r := range pulumitest.OfType(t, graph, "aws:cloudformation/stackSetInstance:StackSetInstance") {
		if dependsOn(graph, r, copies) {
			waiting++
		}
	}
	assert.Positive(t, waiting, "no instance of the baseline waits for the collection")
}

// dependsOn reports that a resource waits for another, whatever is in between.
func dependsOn(g *qualification.Graph, r *qualification.Resource, urn string) bool {
	seen := map[string]bool{}
	next := []*qualification.Resource{r}
	for len(next) > 0 {
		r, next = next[0], next[1:]
		for _, dependency := range r.Dependencies {
			if dependency == urn {
				return true
			}
			if found := g.Resource(dependency); found != nil && !seen[dependency] {
				seen[dependency] = true
				next = append(next, found)
			}
		}
	}
	return false
}

func TestProgram_HasNoNetworkLogsWithoutANetwork(t *testing.T) {
	c := load(t, "prod")
	c.LandingZone.Network = config.Network{}
	graph := renderStack(t, c)
	assert.False(t, has(graph, "gxp:logging:NetworkLanding"))
	assert.True(t, has(graph, "gxp:logging:Collection"))
}

// withNetwork is the production example with a network in both regions.
func withNetwork(t *testing.T) *config.Config {
	t.Helper()
	c := load(t, "prod")
	if !c.LandingZone.Network.Enabled {
		c.LandingZone.Network = config.Network{
			Enabled: true, Range: "10.64.0.0/12",
			Regions: []config.NetworkRegion{
				{Region: "eu-central-1", Range: "10.64.0.0/14", PerimeterRange: "10.64.0.0/20"},
				{Region: "eu-west-1", Range: "10.68.0.0/14", PerimeterRange: "10.68.0.0/20"},
			},
		}
	}
	require.Len(t, c.LandingZone.Network.Regions, 2)
	return c
}
