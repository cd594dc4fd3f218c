package qualification

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
)

// overlapsNone holds for a VPC none of whose addresses another one has.
func overlapsNone(g *Graph, r *Resource) []Finding {
	n := g.network()
	own := n.byVPC[r]
	if len(own.blocks) == 0 {
		return []Finding{open(r, "cidrBlock")}
	}
	var findings []Finding
	for _, other := range n.vpcs {
		if other == own {
			continue
		}
		for _, block := range own.blocks {
			if slices.ContainsFunc(other.blocks, block.Overlaps) {
				findings = append(findings, Finding{
					Resource: r.URN, Property: "cidrBlock", Problem: fmt.Sprintf("%s overlaps %s", block, other.res.Name()),
					Fix: "give it a range of its own",
				})
			}
		}
	}
	return findings
}

// isFromPool holds for a VPC all of whose addresses are in a pool of its region.
func isFromPool(g *Graph, r *Resource) []Finding {
	region := g.Region(r)
	var inRegion []netip.Prefix
	var unknown *Finding
	for _, provision := range g.OfType(ipamPoolBlockType) {
		pool := g.Target(provision, "ipamPoolId", ipamPoolType)
		block, ok := prefix(provision.Get("cidr"))
		switch {
		case pool == nil:
			unknown = new(open(provision, "ipamPoolId"))
		case pool.Get("locale").Unknown():
			unknown = new(open(pool, "locale"))
		case provision.Get("cidr").Unknown():
			unknown = new(open(provision, "cidr"))
		case ok && region.Known() && pool.Get("locale").raw == region.raw:
			inRegion = append(inRegion, block)
		}
	}
	var findings []Finding
	for _, block := range g.network().byVPC[r].blocks {
		inside := func(pool netip.Prefix) bool { return pool.Bits() <= block.Bits() && pool.Contains(block.Addr()) }
		switch {
		case slices.ContainsFunc(inRegion, inside):
		case unknown != nil:
			findings = append(findings, *unknown)
		default:
			findings = append(findings, Finding{
				Resource: r.URN, Property: "cidrBlock", Problem: fmt.Sprintf("%s is in no address pool of its region", block),
				Fix: "provision the range into a pool whose locale is the region",
			})
		}
	}
	if len(g.network().byVPC[r].blocks) == 0 {
		findings = append(findings, open(r, "cidrBlock"))
	}
	return findings
}

// strongMethods are what both tunnels of a VPN may agree on, by the end of the
// property's name.
var strongMethods = []struct {
	setting string
	allowed []any
}{
	{"IkeVersions", []any{"ikev2"}},
	{"Phase1EncryptionAlgorithms", []any{"AES256", "AES256-GCM-16"}},
	{"Phase2EncryptionAlgorithms", []any{"AES256", "AES256-GCM-16"}},
	{"Phase1IntegrityAlgorithms", []any{"SHA2-256", "SHA2-384", "SHA2-512"}},
	{"Phase2IntegrityAlgorithms", []any{"SHA2-256", "SHA2-384", "SHA2-512"}},
	// Below 14 a group has less than 2048 bits, and 22 to 24 have small subgroups.
	{"Phase1DhGroupNumbers", []any{14, 15, 16, 17, 18, 19, 20, 21}},
	{"Phase2DhGroupNumbers", []any{14, 15, 16, 17, 18, 19, 20, 21}},
}

// negotiatesStrongly holds for a VPN both tunnels of which offer nothing weak, and
// whose keys AWS chooses and keeps. Unset, AWS offers all that it knows.
func negotiatesStrongly(g *Graph, r *Resource) []Finding {
	findings := property("presharedKeyStorage").is("SecretsManager")(g, r)
	for _, tunnel := range []string{"tunnel1", "tunnel2"} {
		findings = append(findings, property(tunnel+"PresharedKey").check(Value.Absent, "must not be set: whoever reads the state would have it")(g, r)...)
		for _, method := range strongMethods {
			findings = append(findings, offersOnly(tunnel+method.setting, method.allowed)(g, r)...)
		}
	}
	return findings
}

// offersOnly holds where a list has elements, all of them among the allowed.
func offersOnly(path string, allowed []any) rule {
	isAllowed := func(v Value) bool { return slices.ContainsFunc(allowed, v.Is) }
	return func(g *Graph, r *Resource) []Finding {
		if items := r.Get(path).Items(); slices.ContainsFunc(items, Value.Unknown) {
			return []Finding{open(r, path)}
		}
		return property(path).satisfies(func(v Value) bool {
			return len(v.Items()) > 0 && !slices.ContainsFunc(v.Items(), func(item Value) bool { return !isAllowed(item) })
		}, "must be a list of "+strings.Trim(fmt.Sprint(allowed), "[]"))(g, r)
	}
}
