package segmentation

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/netplan"
)

// network is a network of two regions: the first inspects and is joined to the
// company's own, the second does neither.
func network() config.Network {
	zones := func(region string) []string { return []string{region + "a", region + "b", region + "c"} }
	return config.Network{
		Enabled: true, Range: "10.64.0.0/12", Profile: "full",
		Regions: []config.NetworkRegion{
			{
				Region: "eu-test-1", Range: "10.64.0.0/14", PerimeterRange: "10.67.0.0/22", Zones: zones("eu-test-1"),
				Inspection: true, NATGateways: 2,
			},
			{Region: "eu-test-2", Range: "10.68.0.0/14", PerimeterRange: "10.71.0.0/22", Zones: zones("eu-test-2"), NATGateways: 1},
		},
		Segments: []config.Segment{
			{
				Name: "gxp-prod", Classification: "gxp", Reaches: []string{"shared"}, Internet: true, OnPremises: true,
				Ranges:          map[string]string{"eu-test-1": "10.64.0.0/17", "eu-test-2": "10.68.0.0/17"},
				DedicatedRanges: map[string]string{"eu-test-1": "10.66.0.0/17"},
			},
			{
				Name: "sensitive", Classification: "gxp", Reaches: []string{"shared"},
				Ranges: map[string]string{"eu-test-1": "10.65.0.0/18"},
			},
			{
				Name: "nongxp", Classification: "nongxp", Reaches: []string{"shared"}, Internet: true,
				Ranges: map[string]string{"eu-test-1": "10.65.128.0/17", "eu-test-2": "10.69.128.0/17"},
			},
			{
				Name: "shared", Classification: "shared", Internet: true, OnPremises: true,
				Ranges: map[string]string{"eu-test-1": "10.65.64.0/18", "eu-test-2": "10.69.64.0/18"},
			},
		},
		OnPremises: config.OnPremises{
			Ranges: []string{"172.20.0.0/14"},
			VPNs:   []config.VPN{{Name: "headquarters", Region: "eu-test-1", Address: "198.51.100.10", ASN: 65000}},
		},
	}
}

// sample is the matrix of a network.
func sample(t *testing.T, c config.Network) Matrix {
	t.Helper()
	plan, err := netplan.New(c)
	require.NoError(t, err)
	return FromPlan(plan)
}
