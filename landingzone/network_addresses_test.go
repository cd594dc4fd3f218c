package landingzone

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/netplan"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/pulumitest"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

const (
	poolType      = "aws:ec2/vpcIpamPool:VpcIpamPool"
	poolBlockType = "aws:ec2/vpcIpamPoolCidr:VpcIpamPoolCidr"
)

// renderAddresses registers the addresses of the sample network, and returns the
// dedicated pools that there are.
func renderAddresses(t *testing.T, sharing bool) (*qualification.Graph, []string) {
	t.Helper()
	return renderAddressesIn(t, inspecting, sharing)
}

// renderAddressesIn has IPAM in a region.
func renderAddressesIn(t *testing.T, region string, sharing bool) (*qualification.Graph, []string) {
	t.Helper()
	var dedicated []string
	graph := pulumitest.Render(t, func(ctx *pulumi.Context) error {
		plan, err := netplan.New(*sampleNetwork())
		if err != nil {
			return err
		}
		in, err := pulumitest.Account(ctx, "network", "555566667777", region)
		if err != nil {
			return err
		}
		a, err := NewAddresses(ctx, "addresses", &AddressesArgs{Account: in, Plan: plan, UnitARNs: unitARNs(), Sharing: sharing})
		if err != nil {
			return err
		}
		for key, id := range a.DedicatedPools {
			ctx.Export(key, id)
			dedicated = append(dedicated, key)
		}
		return nil
	})
	return graph, dedicated
}

func TestAddresses_ArePooledByRegionAndSegment(t *testing.T) {
	graph, _ := renderAddresses(t, true)
	pools := map[string]*qualification.Resource{}
	for _, r := range graph.OfType(poolType) {
		pools[r.ID] = r
	}
	blocks := map[string]string{}
	for _, r := range graph.OfType(poolBlockType) {
		id := text(t, r.Get("ipamPoolId"))
		require.Empty(t, blocks[id], "%s has one block", id)
		blocks[id] = text(t, r.Get("cidr"))
		assert.True(t, r.Protect, r.URN)
	}
	var got []string
	for id, r := range pools {
		locale, source := "nowhere", "the scope"
		if !r.Get("locale").Absent() {
			locale = text(t, r.Get("locale"))
		}
		if !r.Get("sourceIpamPoolId").Absent() {
			source = pools[text(t, r.Get("sourceIpamPoolId"))].Name()
		}
		got = append(got, fmt.Sprintf("%s %s in %s from %s", r.Name(), blocks[id], locale, source))
		assert.True(t, r.Protect, r.URN)
		assert.Equal(t, "ipv4", r.Inputs["addressFamily"], r.URN)
	}
	slices.Sort(got)
	assert.Equal(t, []string{
		"addresses 10.64.0.0/12 in nowhere from the scope",
		"addresses-eu-test-1 10.64.0.0/14 in eu-test-1 from addresses",
		"addresses-eu-test-2 10.68.0.0/14 in eu-test-2 from addresses",
		"addresses-office-eu-test-1 10.65.128.0/17 in eu-test-1 from addresses-eu-test-1",
		"addresses-office-eu-test-2 10.69.128.0/17 in eu-test-2 from addresses-eu-test-2",
		"addresses-perimeter-eu-test-1 10.67.0.0/22 in eu-test-1 from addresses-eu-test-1",
		"addresses-perimeter-eu-test-2 10.71.0.0/22 in eu-test-2 from addresses-eu-test-2",
		"addresses-prod-eu-test-1 10.64.0.0/17 in eu-test-1 from addresses-eu-test-1",
		"addresses-prod-eu-test-1-dedicated 10.66.0.0/17 in eu-test-1 from addresses-eu-test-1",
		"addresses-prod-eu-test-2 10.68.0.0/17 in eu-test-2 from addresses-eu-test-2",
		"addresses-sensitive-eu-test-1 10.65.0.0/18 in eu-test-1 from addresses-eu-test-1",
		"addresses-shared-eu-test-1 10.65.64.0/18 in eu-test-1 from addresses-eu-test-1",
		"addresses-shared-eu-test-2 10.69.64.0/18 in eu-test-2 from addresses-eu-test-2",
	}, got)
}

func TestAddresses_WaitForTheBlockOfThePoolAbove(t *testing.T) {
	graph, _ := renderAddresses(t, true)
	above := 0
	for _, r := range graph.OfType(poolType) {
		if r.Get("sourceIpamPoolId").Absent() {
			continue
		}
		source := graph.Target(r, "sourceIpamPoolId", poolType)
		require.NotNil(t, source, r.URN)
		block := pulumitest.Find(t, graph, poolBlockType, source.Name())
		assert.Contains(t, r.Dependencies, block.URN, "nothing can be taken from a pool without a block")
		above++
	}
	assert.Equal(t, 12, above)
}

func TestAddresses_RecordWhatIsThereAndGiveOutWhatIsAskedFor(t *testing.T) {
	graph, dedicated := renderAddresses(t, true)
	assert.Equal(t, []string{"prod-eu-test-1"}, dedicated)
	for _, r := range graph.OfType(poolType) {
		gives := strings.HasSuffix(r.Name(), "-dedicated")
		holds := slices.ContainsFunc([]string{"-prod-", "-sensitive-", "-office-", "-shared-", "-perimeter-"}, func(part string) bool {
			return strings.Contains(r.Name(), part)
		})
		assert.Equal(t, holds && !gives, r.Get("autoImport").Is(true), "%s finds VPCs that have a block of it", r.Name())
		if !gives {
			assert.NotContains(t, r.Inputs, "allocationDefaultNetmaskLength", r.Name())
			continue
		}
		assert.Equal(t, "20 24 26", fmt.Sprint(r.Inputs["allocationMinNetmaskLength"], r.Inputs["allocationDefaultNetmaskLength"],
			r.Inputs["allocationMaxNetmaskLength"]), "the shortest prefix is the largest block")
	}
	ipam := pulumitest.Find(t, graph, "aws:ec2/vpcIpam:VpcIpam", "addresses")
	assert.Equal(t, "advanced", ipam.Inputs["tier"], "the free tier keeps no private addresses")
	assert.Equal(t, `[{"regionName":"eu-test-1"},{"regionName":"eu-test-2"}]`, ipam.Get("operatingRegions").String())
}

// AWS demands it, and a network can be in other regions than the home region.
func TestAddresses_AreManagedInTheRegionOfIPAMToo(t *testing.T) {
	graph, _ := renderAddressesIn(t, "eu-test-3", false)
	ipam := pulumitest.Find(t, graph, "aws:ec2/vpcIpam:VpcIpam", "addresses")
	assert.Equal(t, `[{"regionName":"eu-test-1"},{"regionName":"eu-test-2"},{"regionName":"eu-test-3"}]`,
		ipam.Get("operatingRegions").String())
	assert.NotContains(t, namesOf(graph, poolType, ""), "addresses-eu-test-3", "there is nothing to give out")
}

func TestAddresses_ShareDedicatedPoolsWithTheirUnitsAlone(t *testing.T) {
	graph, _ := renderAddresses(t, true)
	require.Len(t, graph.OfType(resourceShareType), 1)
	shared := graph.OfType(resourceShareType)[0]
	assert.Equal(t, false, shared.Inputs["allowExternalPrincipals"])
	assert.ElementsMatch(t, []string{unitARN(config.UnitGxPProd), unitARN(config.UnitPolicyStaging)},
		ofShare(t, graph, shared, "aws:ram/principalAssociation:PrincipalAssociation", "principal"))
	pool := pulumitest.Find(t, graph, poolType, "addresses-prod-eu-test-1-dedicated")
	assert.Equal(t, []string{pool.Outputs["arn"].(string)},
		ofShare(t, graph, shared, "aws:ram/resourceAssociation:ResourceAssociation", "resourceArn"))

	graph, dedicated := renderAddresses(t, false)
	assert.Empty(t, graph.OfType(resourceShareType))
	assert.Equal(t, []string{"prod-eu-test-1"}, dedicated, "the pool is there all the same")
}

func TestNetworkDelegation_PermitsWhatIsSwitchedOn(t *testing.T) {
	const sharingType = "aws:ram/sharingWithOrganization:SharingWithOrganization"
	const adminType = "aws:ec2/vpcIpamOrganizationAdminAccount:VpcIpamOrganizationAdminAccount"
	tests := map[string]struct{ sharing, addresses bool }{
		"both": {true, true}, "sharing alone": {true, false}, "addresses alone": {false, true}, "neither": {false, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			ready := 0
			graph := pulumitest.Render(t, func(ctx *pulumi.Context) error {
				management, err := pulumitest.Account(ctx, "management", "111122223333", inspecting)
				if err != nil {
					return err
				}
				d, err := NewNetworkDelegation(ctx, "network", &NetworkDelegationArgs{
					Management: management, NetworkAccountID: pulumi.String("555566667777"),
					Sharing: tt.sharing, AddressManagement: tt.addresses,
				})
				if err != nil {
					return err
				}
				ready = len(d.Ready)
				return nil
			})
			sharing, admins := graph.OfType(sharingType), graph.OfType(adminType)
			assert.Equal(t, tt.sharing, len(sharing) == 1)
			assert.Equal(t, tt.addresses, len(admins) == 1)
			assert.Equal(t, len(sharing)+len(admins), ready, "the network waits for all of it")
			for _, r := range sharing {
				assert.True(t, r.RetainOnDelete, "AWS cannot switch it off")
			}
			for _, r := range admins {
				assert.Equal(t, "555566667777", r.Inputs["delegatedAdminAccountId"])
				assert.Contains(t, r.Provider, "management")
			}
		})
	}
}
