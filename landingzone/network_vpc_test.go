package landingzone

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

const awsxType = "awsx:ec2:Vpc"

// The engine installs the plugin of the version that the program names, and the
// SDK writes what that version reads.
func TestAwsx_IsOfTheVersionOfItsSDK(t *testing.T) {
	module, err := os.ReadFile(filepath.Join("..", "go.mod"))
	require.NoError(t, err)
	required := regexp.MustCompile(`(?m)^\s*github\.com/pulumi/pulumi-awsx/sdk/v2 v(\S+)`).FindSubmatch(module)
	require.NotNil(t, required, "go.mod requires the SDK")
	assert.Equal(t, string(required[1]), awsxVersion)

	graph := renderNetwork(t, networkChange{})
	var versions []any
	for _, r := range graph.OfType("pulumi:providers:awsx") {
		versions = append(versions, r.Inputs["version"])
	}
	assert.Equal(t, []any{awsxVersion}, versions, "every VPC is made by that one")
}

// A remote component inherits no provider: without one it would make the VPC
// with whatever credentials the engine itself has.
func TestAwsx_MakesEveryVPCInTheNetworkAccountOfItsRegion(t *testing.T) {
	graph := renderNetwork(t, networkChange{})
	components := graph.OfType(awsxType)
	require.Len(t, components, 2+4+3)
	made := map[string]int{}
	for _, r := range graph.Resources {
		if !belowVPC(graph, r) {
			continue
		}
		region := "eu-test-1"
		if strings.Contains(r.Name(), "eu-test-2") {
			region = "eu-test-2"
		}
		assert.Contains(t, r.Provider, "::pulumi:providers:aws::network-"+region+"-"+region+"::", r.URN)
		assert.True(t, r.Protect, "%s is protected as its VPC is", r.URN)
		made[r.Type]++
	}
	assert.Equal(t, len(components), made[vpcResourceType])
	assert.Positive(t, made[subnetType])
}

// belowVPC says whether a component of awsx made the resource.
func belowVPC(g *qualification.Graph, r *qualification.Resource) bool {
	for parent := g.Resource(r.Parent); parent != nil; parent = g.Resource(parent.Parent) {
		if parent.Type == awsxType {
			return true
		}
	}
	return false
}

func TestIDAt_RefusesWhatAwsxDidNotMake(t *testing.T) {
	tests := map[string]struct {
		made []any
		want string
	}{
		"too few":        {nil, "awsx made 0 resources where 1 were expected"},
		"something else": {[]any{"rtb-0123"}, "awsx answered with string where a resource was expected"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			err := problemOf(t, func(ctx *pulumi.Context) error {
				made := pulumi.ToOutput(tt.made).ApplyT(func(all any) []any { list, _ := all.([]any); return list }).(pulumi.ArrayOutput)
				ctx.Export("id", idAt(made, 0))
				return nil
			})
			assert.ErrorContains(t, err, tt.want)
		})
	}
}
