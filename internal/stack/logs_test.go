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
	streamType = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"
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
}

func TestProgram_LogsAccessToLandingsWhereTheAccountHasNoArchive(t *testing.T) {
	tests := map[string]func(*config.Config){
		"no copy":                   func(c *config.Config) { c.Logging.Archive.ReplicaRegion = "" },
		"a copy in another account": func(c *config.Config) { c.Logging.Archive.ReplicaAccount = config.KeyBackup },
	}
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			c := withNetwork(t)
			change(c)
			graph := renderStack(t, c)
			logs := pulumitest.Find(t, graph, bucketType, "landing-logs-eu-west-1")
			assert.Equal(t, "meridian-gxp-landing-logs-eu-west-1", logs.Inputs["bucket"])
			assert.Contains(t, logs.Provider, "::log-archive-eu-west-1::")
			for _, landing := range []string{"network-logs-eu-west-1", "service-logs-eu-west-1", "balancer-logs-eu-west-1"} {
				access := pulumitest.Find(t, graph, "aws:s3/bucketLoggingV2:BucketLoggingV2", landing)
				assert.Equal(t, "meridian-gxp-landing-logs-eu-west-1", access.Inputs["targetBucket"], landing)
			}
			for _, r := range pulumitest.OfType(t, graph, bucketType) {
				assert.NotEqual(t, "landing-logs-eu-central-1", r.Name(), "the archive of home has one")
			}
		})
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

func TestProgram_SendsWhatEveryAccountLogs(t *testing.T) {
	graph := renderStack(t, withNetwork(t))
	for _, region := range []string{"eu-central-1", "eu-west-1"} {
		for _, name := range []string{"service-logs-" + region, "balancer-logs-" + region} {
			assert.Contains(t, pulumitest.Find(t, graph, bucketType, name).Provider, "::log-archive-"+region+"::")
			assert.Len(t, pulumitest.Find(t, graph, copiesType, name).Inputs["rules"], 2, name)
		}
		stream := pulumitest.Find(t, graph, streamType, "log-stream-"+region)
		assert.Contains(t, stream.Provider, "::log-archive-"+region+"::")
		copies := pulumitest.Find(t, graph, copiesType, "service-logs-"+region).URN
		assert.True(t, dependsOn(graph, stream, copies), "what is delivered before it is collected is not archived")
	}
	assert.Contains(t, pulumitest.Find(t, graph, streamType, "findings").Provider, "::audit-eu-central-1::")
	assert.Len(t, graph.OfType(streamType), 3)
	told := baselineParameters(t, graph)
	assert.Equal(t, "gxp-log-events", told["LogDestination"])
	assert.Equal(t, "meridian-gxp-service-logs", told["InventoryBucket"])
	assert.Equal(t, "true", told["Sessions"])
}

func TestProgram_MakesOnlyWhatIsCollected(t *testing.T) {
	tests := map[string]struct {
		sources                      []string
		services, balancers, streams int
		told                         map[string]string
	}{
		"nothing":        {nil, 0, 0, 0, map[string]string{"LogDestination": "", "InventoryBucket": "", "Sessions": "false"}},
		"findings":       {[]string{config.SourceFindings}, 1, 0, 1, map[string]string{"LogDestination": "", "InventoryBucket": ""}},
		"inventory":      {[]string{config.SourceInventory}, 2, 0, 0, map[string]string{"InventoryBucket": "meridian-gxp-service-logs"}},
		"load balancers": {[]string{config.SourceLoadBalancers}, 0, 2, 0, map[string]string{"LogDestination": ""}},
		"log groups":     {[]string{config.SourceApplicationLogs}, 2, 0, 2, map[string]string{"LogDestination": "gxp-log-events", "Sessions": "false"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			c := withNetwork(t)
			c.Logging.Sources = tt.sources
			graph := renderStack(t, c)
			count := func(component string) (n int) {
				for _, r := range graph.OfType(bucketType) {
					if r.Component() == component {
						n++
					}
				}
				return n
			}
			assert.Equal(t, tt.services, count("gxp:logging:ServiceLanding"))
			assert.Equal(t, tt.balancers, count("gxp:logging:BalancerLanding"))
			assert.Len(t, graph.OfType(streamType), tt.streams)
			told := baselineParameters(t, graph)
			for parameter, want := range tt.told {
				assert.Equal(t, want, told[parameter], parameter)
			}
		})
	}
}

func TestProgram_KeepsTheSecondCopyInAnotherAccount(t *testing.T) {
	c := withNetwork(t)
	c.Logging.Archive.ReplicaAccount = config.KeyBackup
	graph := renderStack(t, c)
	bucket := pulumitest.Find(t, graph, bucketType, "archive-replica")
	assert.Equal(t, "meridian-gxp-archive-copy-eu-west-1", bucket.Inputs["bucket"])
	assert.Contains(t, bucket.Provider, "::backup-eu-west-1::")
	for _, r := range pulumitest.OfType(t, graph, "aws:s3/bucketLoggingV2:BucketLoggingV2") {
		if strings.HasSuffix(r.Name(), "-logs-eu-west-1") {
			assert.NotContains(t, r.Inputs["targetBucket"], "copy", "%s: S3 logs into a bucket of the same account alone", r.Name())
		}
	}
}

// baselineParameters are what the baseline of workload accounts is told.
func baselineParameters(t *testing.T, graph *qualification.Graph) map[string]any {
	t.Helper()
	return pulumitest.Find(t, graph, "aws:cloudformation/stackSet:StackSet", "baseline-regional").Inputs["parameters"].(map[string]any)
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

func TestProgram_SubscribesNoLogThatTheStreamWouldFeed(t *testing.T) {
	c := withNetwork(t)
	c.Logging.Search.Enabled = true
	graph := renderStack(t, c)
	var feeding []string
	for _, stream := range pulumitest.OfType(t, graph, streamType) {
		to := stream.Inputs["extendedS3Configuration"].(map[string]any)
		feeding = append(feeding, to["cloudwatchLoggingOptions"].(map[string]any)["logGroupName"].(string))
	}
	for _, pipeline := range pulumitest.OfType(t, graph, "aws:opensearchingest/pipeline:Pipeline") {
		to := pipeline.Inputs["logPublishingOptions"].(map[string]any)["cloudwatchLogDestination"].(map[string]any)
		feeding = append(feeding, to["logGroup"].(string))
	}
	require.Len(t, feeding, 4, "a stream in each of two regions, the findings, and the search")
	for _, set := range pulumitest.OfType(t, graph, "aws:cloudformation/stackSet:StackSet") {
		_, selection, found := strings.Cut(set.Inputs["templateBody"].(string), "LogGroupName NOT IN [")
		if !found {
			continue
		}
		selection, _, _ = strings.Cut(selection, "]")
		for _, group := range feeding {
			assert.Contains(t, selection, `"`+group+`"`)
		}
		return
	}
	t.Error("no StackSet subscribes log groups")
}
