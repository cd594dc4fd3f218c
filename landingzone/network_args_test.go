package landingzone

import (
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/netplan"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/pulumitest"
)

func TestHubArgs_Rejects(t *testing.T) {
	args := func() *HubArgs {
		return hubArgs(account.Account{Provider: &aws.Provider{}}, &netplan.Plan{},
			netplan.Region{NetworkRegion: config.NetworkRegion{Region: inspecting}}, &config.Network{})
	}
	tests := map[string]struct {
		change func(*HubArgs)
		want   string
	}{
		"no provider":        {func(a *HubArgs) { a.Account.Provider = nil }, "account has no provider"},
		"no region":          {func(a *HubArgs) { a.Region.Region = "" }, "region is required"},
		"no network":         {func(a *HubArgs) { a.Network = nil }, "network is required"},
		"no organization":    {func(a *HubArgs) { a.OrganizationID = nil }, "organizationID is required"},
		"no bucket":          {func(a *HubArgs) { a.Logs.Bucket = nil }, "logs are required"},
		"no ARN of a bucket": {func(a *HubArgs) { a.Logs.BucketARN = nil }, "logs are required"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			a := args()
			tt.change(a)
			assert.EqualError(t, a.validate(), tt.want)
		})
	}
	assert.EqualError(t, (*HubArgs)(nil).validate(), "args are required")
	assert.NoError(t, args().validate())
}

func TestSegmentArgs_Rejects(t *testing.T) {
	args := func() *SegmentArgs {
		return &SegmentArgs{
			Account: account.Account{Provider: &aws.Provider{}}, Hub: &Hub{},
			Segment: netplan.Segment{Segment: config.Segment{Name: "prod"}},
		}
	}
	tests := map[string]struct {
		change func(*SegmentArgs)
		want   string
	}{
		"no provider": {func(a *SegmentArgs) { a.Account.Provider = nil }, "account has no provider"},
		"no segment":  {func(a *SegmentArgs) { a.Segment.Name = "" }, "segment is required"},
		"no hub":      {func(a *SegmentArgs) { a.Hub = nil }, "hub is required"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			a := args()
			tt.change(a)
			assert.EqualError(t, a.validate(), tt.want)
		})
	}
	assert.EqualError(t, (*SegmentArgs)(nil).validate(), "args are required")
	assert.NoError(t, args().validate())
}

// What is missing is refused before anything is registered.
func TestNetworkArgs_AreRefusedByName(t *testing.T) {
	here := account.Account{Provider: &aws.Provider{}}
	hub := &Hub{}
	tests := map[string]struct {
		create func(*pulumi.Context) error
		want   string
	}{
		"a hub of nothing": {func(ctx *pulumi.Context) error { _, err := NewHub(ctx, "n", nil); return err }, "hub n: args are required"},
		"a segment of nothing": {func(ctx *pulumi.Context) error { _, err := NewSegment(ctx, "n", nil); return err },
			"segment n: args are required"},
		"addresses of nothing": {func(ctx *pulumi.Context) error { _, err := NewAddresses(ctx, "n", nil); return err },
			"addresses n: args are required"},
		"addresses of nobody": {func(ctx *pulumi.Context) error {
			_, err := NewAddresses(ctx, "n", &AddressesArgs{Plan: &netplan.Plan{}})
			return err
		}, "addresses n: account has no provider"},
		"addresses without a plan": {func(ctx *pulumi.Context) error {
			_, err := NewAddresses(ctx, "n", &AddressesArgs{Account: here})
			return err
		}, "addresses n: plan is required"},
		"a delegation of nothing": {func(ctx *pulumi.Context) error { _, err := NewNetworkDelegation(ctx, "n", nil); return err },
			"network delegation n: args are required"},
		"a delegation by nobody": {func(ctx *pulumi.Context) error {
			_, err := NewNetworkDelegation(ctx, "n", &NetworkDelegationArgs{NetworkAccountID: pulumi.String("555566667777")})
			return err
		}, "network delegation n: management has no provider"},
		"a delegation to nobody": {func(ctx *pulumi.Context) error {
			_, err := NewNetworkDelegation(ctx, "n", &NetworkDelegationArgs{Management: here})
			return err
		}, "network delegation n: networkAccountID is required"},
		"a peering of nothing": {func(ctx *pulumi.Context) error { _, err := NewPeering(ctx, "n", nil); return err },
			"peering n: from and to are required"},
		"a peering with nobody": {func(ctx *pulumi.Context) error { _, err := NewPeering(ctx, "n", &PeeringArgs{From: hub}); return err },
			"peering n: from and to are required"},
		"a peering of nobody": {func(ctx *pulumi.Context) error { _, err := NewPeering(ctx, "n", &PeeringArgs{To: hub}); return err },
			"peering n: from and to are required"},
		"a company without a hub": {func(ctx *pulumi.Context) error {
			_, err := NewOnPremises(ctx, "n", &OnPremisesArgs{VPN: &config.VPN{}})
			return err
		}, "on-premises n: hub is required"},
		"a company of nothing": {func(ctx *pulumi.Context) error { _, err := NewOnPremises(ctx, "n", nil); return err },
			"on-premises n: hub is required"},
		"a company without a connection": {func(ctx *pulumi.Context) error {
			_, err := NewOnPremises(ctx, "n", &OnPremisesArgs{Hub: hub})
			return err
		}, "on-premises n: want either a VPN or a Direct Connect"},
		"a company with two connections": {func(ctx *pulumi.Context) error {
			_, err := NewOnPremises(ctx, "n", &OnPremisesArgs{Hub: hub, VPN: &config.VPN{}, DirectConnect: &config.DirectConnect{}})
			return err
		}, "on-premises n: want either a VPN or a Direct Connect"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var refused error
			graph := pulumitest.Render(t, func(ctx *pulumi.Context) error {
				refused = tt.create(ctx)
				return nil
			})
			assert.EqualError(t, refused, tt.want)
			assert.Len(t, graph.Resources, 1, "the stack alone is registered")
		})
	}
}

func TestShare_RefusesAUnitThatIsNone(t *testing.T) {
	err := networkProblem(t, networkChange{network: func(c *config.Network) { c.Segments[1].Units = []string{"Workloads/Other"} }})
	assert.ErrorContains(t, err, "share segment-sensitive-eu-test-1: there is no unit Workloads/Other")
}
