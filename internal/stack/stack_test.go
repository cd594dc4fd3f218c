package stack

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/render"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

// unreached is never called: hooks do not run under mocks.
type unreached struct{}

var errHook = errors.New("a hook ran under mocks")

func (unreached) AccountReady(context.Context, string, string) error { return errHook }
func (unreached) ActivateStackSets(context.Context) error            { return errHook }

func load(t *testing.T, stack string) *config.Config {
	t.Helper()
	c, err := config.Load(filepath.Join("..", "..", "Pulumi."+stack+".yaml"))
	require.NoError(t, err)
	return c
}

func renderStack(t *testing.T, c *config.Config) *qualification.Graph {
	t.Helper()
	graph, err := render.Render(t.Context(), "gxp-landing-zone", "test", Program(c, unreached{}),
		render.Quotas(rehearsal.Granted(c)))
	require.NoError(t, err)
	return graph
}

func TestProgram_TalksToNothingButTheEmulatorWhenThereIsOne(t *testing.T) {
	c := load(t, "emulator")
	require.NotEmpty(t, c.GxP.Endpoint)
	graph := renderStack(t, c)
	endpoints := map[string]map[string]any{}
	providers := 0
	for _, r := range graph.Resources {
		if r.Type == "pulumi:providers:aws" {
			providers++
			endpoints[r.URN] = r.Inputs["endpoints"].([]any)[0].(map[string]any)
		}
	}
	assert.Positive(t, providers)
	for _, r := range graph.Resources {
		if !strings.HasPrefix(r.Type, "aws:") {
			continue
		}
		provider := r.Provider[:strings.LastIndex(r.Provider, "::")]
		service := endpointOf(r.Type)
		assert.Equal(t, c.GxP.Endpoint, endpoints[provider][service], "%s calls %s", r.Type, service)
	}
}

// endpointOf is the provider's name for the service that a type calls, where it
// is not that of the type's module.
func endpointOf(typ string) string {
	module, name, _ := strings.Cut(strings.TrimPrefix(typ, "aws:"), "/")
	switch {
	case module == "cfg":
		return "configservice"
	case module == "kinesis" && strings.HasPrefix(name, "firehose"):
		return "firehose"
	case module == "opensearch" && strings.HasPrefix(name, "serverless"):
		return "opensearchserverless"
	case module == "ebs", module == "ec2transitgateway", module == "vpc":
		return "ec2"
	case module == "route53" && strings.HasPrefix(name, "resolver"):
		return "route53resolver"
	case module == "cloudwatch" && strings.HasPrefix(name, "event"):
		return "events"
	case module == "cloudwatch" && strings.HasPrefix(name, "log"):
		return "logs"
	}
	return module
}

func TestProgram_LeavesToControlTowerWhatItOwns(t *testing.T) {
	c := load(t, "prod")
	c.LandingZone.Organization.ControlTower = true
	for _, r := range renderStack(t, c).Resources {
		assert.NotEqual(t, "aws:cloudtrail/trail:Trail", r.Type)
		if r.Type == "aws:cloudwatch/logMetricFilter:LogMetricFilter" {
			assert.Equal(t, c.Monitoring.TrailLogGroup, r.Inputs["logGroupName"])
		}
		document, _ := r.Inputs["policy"].(string)
		assert.NotContains(t, document, "cloudtrail.amazonaws.com", r.URN)
	}
}

func TestProgram_SwitchesOffWhatConfigurationSwitchesOff(t *testing.T) {
	tests := map[string]struct {
		change func(*config.Config)
		gone   string
	}{
		"no second region": {func(c *config.Config) { c.Logging.Archive.ReplicaRegion = "" }, "gxp:logging:Replication"},
		"no aggregator":    {func(c *config.Config) { c.Monitoring.Aggregator = false }, "gxp:monitoring:Aggregator"},
		"no packs":         {func(c *config.Config) { c.Monitoring.ConformancePacks = false }, "gxp:monitoring:Conformance"},
		"no catalog":       {func(c *config.Config) { c.Catalog.Enabled = false }, "gxp:catalog:Portfolio"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			c := load(t, "prod")
			require.True(t, has(renderStack(t, c), tt.gone), "the example has it")
			tt.change(c)
			assert.False(t, has(renderStack(t, c), tt.gone))
		})
	}
}

func has(g *qualification.Graph, typ string) bool {
	for _, r := range g.Resources {
		if r.Type == typ {
			return true
		}
	}
	return false
}
