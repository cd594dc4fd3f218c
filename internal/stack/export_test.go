package stack

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/netplan"
	"github.com/gxp-landing-zone/gxp-landing-zone/landingzone"
	"github.com/gxp-landing-zone/gxp-landing-zone/logging"
)

// text is an output that is known.
func text(value string) pulumi.StringOutput { return pulumi.String(value).ToStringOutput() }

func valueOf(t *testing.T, output pulumi.Input) string {
	t.Helper()
	found := make(chan string, 1)
	pulumi.ToOutput(output).ApplyT(func(value any) any {
		found <- value.(string)
		return value
	})
	return <-found
}

func TestOutputs_SayWhatADedicatedVPCNeeds(t *testing.T) {
	plan, err := netplan.New(load(t, "prod").LandingZone.Network)
	require.NoError(t, err)
	n := connected{plan: plan, addresses: &landingzone.Addresses{DedicatedPools: map[string]pulumi.StringOutput{
		"gxp-prod-eu-central-1": text("ipam-pool-1"), "sensitive-eu-central-1": text("ipam-pool-2"),
	}}}
	for _, r := range plan.Regions {
		n.regions = append(n.regions, &built{
			plan: r, hub: &landingzone.Hub{TransitGatewayID: text("tgw-" + r.Region)},
			landing: &logging.NetworkLanding{BucketARN: text("arn:aws:s3:::logs-" + r.Region)},
		})
	}
	outputs := n.outputs()
	require.Len(t, outputs, 2)
	for region, pools := range map[string]map[string]string{
		"eu-central-1": {"gxp-prod": "ipam-pool-1", "sensitive": "ipam-pool-2"}, "eu-west-1": {},
	} {
		of := outputs[region].(pulumi.Map)
		assert.Equal(t, "tgw-"+region, valueOf(t, of["transitGatewayId"]))
		assert.Equal(t, "10.64.0.0/12", valueOf(t, of["range"]))
		assert.Equal(t, "arn:aws:s3:::logs-"+region, valueOf(t, of["flowLogsBucketArn"]))
		got := map[string]string{}
		for segment, pool := range of["dedicatedPools"].(pulumi.StringMap) {
			got[segment] = valueOf(t, pool)
		}
		assert.Equal(t, pools, got, region)
	}
	n.addresses = nil
	assert.Empty(t, n.outputs()["eu-central-1"].(pulumi.Map)["dedicatedPools"], "nothing hands out ranges")
	assert.Empty(t, connected{}.outputs(), "there is no network")
}
