package config

import (
	"iter"
	"maps"
	"net/netip"
	"slices"
	"strings"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/subnet"
)

// privateBlocks are the addresses that nobody has in the internet: those of RFC
// 1918, and those that providers share (RFC 6598).
var privateBlocks = parsed([]string{"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"})

// Sizes of blocks, as the lengths of prefixes. The smallest segment and the
// smallest perimeter follow from what has to lie in them.
const (
	largestSegment    = 16 // AWS takes no larger VPC
	largestPerimeter  = 20 // more is wasted: no server is ever there
	largestDedicated  = 12
	smallestDedicated = 23

	// What AWS takes for a VPC.
	largestVPC  = 16
	smallestVPC = 28

	// The largest block of public addresses that a company can have.
	largestPublic = 8

	// A security group has sixty rules; each block takes two, for the two
	// protocols of DNS.
	maxOnPremises = 25
)

// specialBlocks are addresses that nobody has anywhere: this network, the host
// itself, its own link, and all from multicast on.
var specialBlocks = parsed([]string{"0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3"})

// testBlocks are addresses that no router in the internet has besides: those of
// protocols, and those for measurements.
var testBlocks = parsed([]string{"192.0.0.0/24", "198.18.0.0/15"})

// inside says whether a block lies in one of some blocks.
func inside(blocks []netip.Prefix, block netip.Prefix) bool {
	return slices.ContainsFunc(blocks, func(p netip.Prefix) bool { return subnet.Contains(p, block) })
}

// touches says whether a block has addresses of one of some blocks.
func touches(blocks []netip.Prefix, block netip.Prefix) bool {
	return slices.ContainsFunc(blocks, block.Overlaps)
}

// taken is a block that something has.
type taken struct {
	path  string
	block netip.Prefix
}

// parsed returns the blocks among texts.
func parsed(texts []string) []netip.Prefix {
	var blocks []netip.Prefix
	for _, text := range texts {
		if block, err := subnet.Parse(text); err == nil {
			blocks = append(blocks, block)
		}
	}
	return blocks
}

// sortedMap yields a map in the order of its keys.
func sortedMap[V any](m map[string]V) iter.Seq2[string, V] {
	return func(yield func(string, V) bool) {
		for _, key := range slices.Sorted(maps.Keys(m)) {
			if !yield(key, m[key]) {
				return
			}
		}
	}
}

// block reads a block of addresses.
func (v *validator) block(path, text string) (netip.Prefix, bool) {
	if v.isBad(path) {
		return netip.Prefix{}, false
	}
	block, err := subnet.Parse(text)
	if err != nil {
		v.problem(path, quoted(text), "%s", err)
	}
	return block, err == nil
}

// within checks that a block lies in another one.
func (v *validator) within(path string, block netip.Prefix, outer taken) bool {
	if subnet.Contains(outer.block, block) {
		return true
	}
	v.problem(path, quoted(block.String()), "lies outside %s (%s)", outer.path, outer.block)
	return false
}

// free checks that nothing else has any of a block, and returns all that is
// taken then.
func (v *validator) free(path string, block netip.Prefix, all []taken) []taken {
	for _, other := range all {
		if other.block.Overlaps(block) {
			v.problem(path, quoted(block.String()), "overlaps %s (%s)", other.path, other.block)
			return all
		}
	}
	return append(all, taken{path, block})
}

// networkRanges checks every block of the network: that it is of a fair size,
// in the one that it is part of, and nobody else's.
func (v *validator) networkRanges(n Network) {
	whole, ok := v.wholeRange(n)
	if !ok {
		return
	}
	of := map[string]taken{}
	var regions, parts []taken
	for i, r := range n.Regions {
		path := index(networkPath+".regions", i)
		block, ok := v.block(path+".range", r.Range)
		if !ok || !v.within(path+".range", block, whole) {
			continue
		}
		regions = v.free(path+".range", block, regions)
		if _, twice := of[r.Region]; twice {
			continue
		}
		region := taken{path + ".range", block}
		of[r.Region] = region
		if perimeter, ok := v.perimeter(path+".perimeterRange", r); ok && v.within(path+".perimeterRange", perimeter, region) {
			parts = v.free(path+".perimeterRange", perimeter, parts)
		}
	}
	for i, s := range n.Segments {
		path := index(networkPath+".segments", i)
		parts = v.segmentRanges(path+".ranges", s.Ranges, n, of, parts, v.segmentBlock)
		v.dedicatedRegions(path+".dedicatedRanges", s, n)
		parts = v.segmentRanges(path+".dedicatedRanges", s.DedicatedRanges, n, of, parts, v.dedicatedBlock)
	}
	v.onPremisesRanges(n, whole)
}

func (v *validator) wholeRange(n Network) (taken, bool) {
	const path = networkPath + ".range"
	if n.Range == "" {
		v.problem(path, "", "is required for a network: the private block that all its addresses come from, such as 10.64.0.0/12")
		return taken{}, false
	}
	block, ok := v.block(path, n.Range)
	if ok && !inside(privateBlocks, block) {
		v.problem(path, quoted(n.Range), "is not private; want a block in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10")
		return taken{}, false
	}
	return taken{path, block}, ok
}

// sized checks that a block is not too large.
func (v *validator) sized(path string, block netip.Prefix, largest int) bool {
	if block.Bits() >= largest {
		return true
	}
	v.problem(path, quoted(block.String()), "is too large: want /%d or smaller", largest)
	return false
}

// zoneCount is how many zones a region's blocks are divided among, where the
// zones themselves are wrong as many as are right.
func zoneCount(r NetworkRegion) int { return min(max(len(r.Zones), minZones), maxZones) }

func (v *validator) perimeter(path string, r NetworkRegion) (netip.Prefix, bool) {
	block, ok := v.block(path, r.PerimeterRange)
	if !ok || !v.sized(path, block, largestPerimeter) {
		return block, false
	}
	if _, err := subnet.OfPerimeter(block, zoneCount(r)); err != nil {
		v.problem(path, quoted(r.PerimeterRange), "%s", err)
		return block, false
	}
	return block, true
}

// segmentRanges checks the blocks of a segment by region, and returns all that
// is taken then. check reads one of them.
func (v *validator) segmentRanges(
	path string, ranges map[string]string, n Network, of map[string]taken, all []taken,
	check func(path, text string, r NetworkRegion) (netip.Prefix, bool),
) []taken {
	for region, text := range sortedMap(ranges) {
		at := member(path, region)
		i := slices.IndexFunc(n.Regions, func(r NetworkRegion) bool { return r.Region == region })
		if i < 0 {
			v.networked(at, region, quoted(text), n)
			continue
		}
		block, ok := check(at, text, n.Regions[i])
		if outer, known := of[region]; ok && known && v.within(at, block, outer) {
			all = v.free(at, block, all)
		}
	}
	return all
}

// dedicatedRegions checks that a segment is where dedicated VPCs are to belong to
// it.
func (v *validator) dedicatedRegions(path string, s Segment, n Network) {
	for region, text := range sortedMap(s.DedicatedRanges) {
		if slices.Contains(n.regionNames(), region) && len(s.Ranges) > 0 && s.Ranges[region] == "" {
			v.problem(member(path, region), quoted(text), "is used by nothing: %s has no range in %s; allowed: %s",
				s.Name, region, strings.Join(slices.Sorted(maps.Keys(s.Ranges)), ", "))
		}
	}
}

func (v *validator) segmentBlock(path, text string, r NetworkRegion) (netip.Prefix, bool) {
	block, ok := v.block(path, text)
	if !ok || !v.sized(path, block, largestSegment) {
		return block, false
	}
	if _, err := subnet.OfSegment(block, zoneCount(r)); err != nil {
		v.problem(path, quoted(text), "%s", err)
		return block, false
	}
	return block, true
}

func (v *validator) dedicatedBlock(path, text string, _ NetworkRegion) (netip.Prefix, bool) {
	block, ok := v.block(path, text)
	if !ok || !v.sized(path, block, largestDedicated) {
		return block, false
	}
	if block.Bits() > smallestDedicated {
		v.problem(path, quoted(text), "is too small: want /%d or larger", smallestDedicated)
		return block, false
	}
	return block, true
}

// onPremisesRanges checks that no address is both here and there, and that every
// one can be there.
func (v *validator) onPremisesRanges(n Network, whole taken) {
	const path = networkPath + ".onPremises.ranges"
	if got := len(n.OnPremises.Ranges); got > maxOnPremises {
		v.problem(path, "", "has %d blocks, and the security group of the resolver has room for %d; put neighbours together", got, maxOnPremises)
	}
	all := []taken{whole}
	for i, text := range n.OnPremises.Ranges {
		at := index(path, i)
		block, ok := v.block(at, text)
		if !ok {
			continue
		}
		all = v.free(at, block, all)
		if !inside(privateBlocks, block) && (block.Bits() < largestPublic || touches(specialBlocks, block)) {
			v.problem(at, quoted(text), "is no network of a company; want a block in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or "+
				"100.64.0.0/10, or public addresses of /%d or smaller, outside of 0.0.0.0/8, 127.0.0.0/8, 169.254.0.0/16 and 224.0.0.0/3",
				largestPublic)
		}
	}
}
