package rehearsal

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
)

// sampleNetwork is a network of two regions with one segment.
func sampleNetwork() config.Network {
	return config.Network{
		Enabled: true, Range: "10.64.0.0/12",
		Regions: []config.NetworkRegion{
			{Region: "eu-central-1", Range: "10.64.0.0/20", PerimeterRange: "10.64.0.0/22"},
			{Region: "eu-west-1", Range: "10.68.0.0/20", PerimeterRange: "10.68.12.0/22"},
		},
		Segments: []config.Segment{{
			Name: "prod", Classification: config.SegmentGxP, Units: []string{config.UnitInfrastructure, config.UnitGxPProd},
			Ranges:          map[string]string{"eu-central-1": "10.64.6.0/23", "eu-west-1": "10.68.0.0/23"},
			DedicatedRanges: map[string]string{"eu-central-1": "10.64.4.0/23"},
		}},
	}
}

func segmented() *config.Config {
	cfg := sampleConfig()
	cfg.LandingZone.Network = sampleNetwork()
	return cfg
}

func TestWithSegment_FindsRoomInEveryRegion(t *testing.T) {
	cfg := segmented()
	more, err := WithSegment(cfg)
	require.NoError(t, err)

	assert.Len(t, cfg.LandingZone.Network.Segments, 1, "the configuration itself is left alone")
	require.Len(t, more.LandingZone.Network.Segments, 2)
	assert.Equal(t, cfg.LandingZone.Network.Segments[0], more.LandingZone.Network.Segments[0])
	added := more.LandingZone.Network.Segments[1]
	assert.Equal(t, map[string]string{
		"eu-central-1": "10.64.8.0/23", // behind the perimeter, the dedicated VPCs and the segment
		"eu-west-1":    "10.68.2.0/23", // between the segment and the perimeter
	}, added.Ranges)
	assert.Equal(t, "rehearsal", added.Name)
	assert.Equal(t, []string{config.UnitGxPValidation}, added.Units, "the first unit for workloads that has none")
	assert.Empty(t, added.Reaches, "it changes no other segment")
	assert.False(t, added.Internet || added.OnPremises)
	for region, text := range added.Ranges {
		block := netip.MustParsePrefix(text)
		for _, s := range cfg.LandingZone.Network.Segments {
			for _, other := range []string{s.Ranges[region], s.DedicatedRanges[region]} {
				if other != "" {
					assert.False(t, block.Overlaps(netip.MustParsePrefix(other)), "%s is in %s", block, other)
				}
			}
		}
	}
}

func TestWithSegment_NeedsRoom(t *testing.T) {
	tests := map[string]struct {
		change func(*config.Network)
		want   string
	}{
		"no network": {func(n *config.Network) { n.Enabled = false }, "there is no network to add it to"},
		"no unit left": {func(n *config.Network) {
			for _, u := range config.Units() {
				n.Segments[0].Units = append(n.Segments[0].Units, u.Path)
			}
		}, "every unit has one"},
		"no room": {func(n *config.Network) { n.Segments[0].Ranges["eu-west-1"] = "10.68.0.0/20" },
			"10.68.0.0/20 of eu-west-1 is full"},
		"no room for so much": {func(n *config.Network) {
			n.Regions[0].Range, n.Regions[0].PerimeterRange = "10.64.0.0/24", "10.64.0.0/25"
		},
			"10.64.0.0/24 of eu-central-1 is full"},
		"a region that is none": {func(n *config.Network) { n.Regions[0].Range = "10.64.0.1/20" }, "begins in the middle of its block"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			cfg := segmented()
			tt.change(&cfg.LandingZone.Network)
			more, err := WithSegment(cfg)
			assert.ErrorContains(t, err, tt.want)
			assert.Nil(t, more)
		})
	}
}

func TestWithSegment_UsesTheVeryLastBlock(t *testing.T) {
	cfg := segmented()
	cfg.LandingZone.Network.Regions = []config.NetworkRegion{
		{Region: "eu-central-1", Range: "255.255.252.0/22", PerimeterRange: "255.255.252.0/23"},
	}
	more, err := WithSegment(cfg)
	require.NoError(t, err)
	assert.Equal(t, "255.255.254.0/23", more.LandingZone.Network.Segments[1].Ranges["eu-central-1"])

	cfg.LandingZone.Network.Segments[0].Ranges["eu-central-1"] = "255.255.254.0/23"
	_, err = WithSegment(cfg)
	assert.ErrorContains(t, err, "is full", "nothing comes after the last address")
}

func TestAddedSegment_IsFoundInLogicalNames(t *testing.T) {
	const before = "urn:pulumi:prod::p::gxp:landingzone:Segment$aws:ec2/flowLog:FlowLog::"
	for urn, want := range map[string]bool{
		before + "segment-rehearsal-eu-central-1":          true,
		before + "rehearsal-eu-central-1-private-1":        true,
		before + "segment-prod-eu-central-1":               false,
		before + "segment-prod-eu-central-1-to-rehearsal":  true,
		before + "segment-rehearsals-eu-central-1":         false,
		"urn:pulumi:rehearsal::p::aws:sns:Topic::alarm":    false,
		"urn:pulumi:p::rehearsal::aws:sns:Topic::archived": false,
	} {
		assert.Equal(t, want, ofAddedSegment(urn), urn)
	}
}
