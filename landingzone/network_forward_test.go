package landingzone

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/netplan"
)

func TestDomainKey_IsOfOneDomain(t *testing.T) {
	seen := map[string]string{}
	for _, domain := range []string{"a-b.example.com", "a.b.example.com", "a--b.example.com", "a.b-example.com"} {
		key := domainKey(domain)
		assert.Empty(t, seen[key], "%s has the key of another", domain)
		seen[key] = domain
	}
	assert.Equal(t, "corp-example-com", domainKey("corp.example.com"), "what is deployed keeps its name")
}

func TestResolverName_FitsAndTellsApart(t *testing.T) {
	assert.Equal(t, "gxp-corp-example-com", resolverName("corp-example-com"))
	long := strings.Repeat("a", 60)
	assert.Equal(t, "gxp-"+long, resolverName(long))
	one, other := resolverName(long+"-one"), resolverName(long+"-other")
	assert.Len(t, one, 64)
	assert.Len(t, other, 64)
	assert.NotEqual(t, one, other)
}

func TestNameServers_AreThoseThatTheRegionReaches(t *testing.T) {
	segment := netplan.Segment{Block: netip.MustParsePrefix("10.64.0.0/17"), VPCs: []config.DedicatedVPC{{Name: "mes", Range: "10.66.0.0/24"}}}
	hub := &Hub{args: &HubArgs{
		OnPremises: []netip.Prefix{netip.MustParsePrefix("172.20.0.0/14")},
		Region:     netplan.Region{Segments: []netplan.Segment{segment}, Hybrid: true},
	}}
	forwarded := config.ForwardedDomain{Servers: []string{"172.20.0.53", "10.64.0.53", "10.66.0.53", "10.68.0.53"}}
	got, err := hub.nameServers(forwarded)
	require.NoError(t, err)
	inside := []nameServer{{"10.64.0.53", false}, {"10.66.0.53", false}}
	assert.Equal(t, append([]nameServer{{"172.20.0.53", true}}, inside...), got)

	hub.args.Region.Hybrid = false
	got, err = hub.nameServers(forwarded)
	require.NoError(t, err)
	assert.Equal(t, inside, got, "the company is not joined here")

	_, err = hub.nameServers(config.ForwardedDomain{Servers: []string{"ns1"}})
	require.Error(t, err)
	hub.args.Region.Segments[0].VPCs[0].Range = "all"
	_, err = hub.nameServers(forwarded)
	require.ErrorContains(t, err, "dedicated VPC mes: range all")
}
