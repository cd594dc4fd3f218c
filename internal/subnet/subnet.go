// Package subnet divides IPv4 blocks among availability zones. It decides where
// every subnet of the network lies; what it answers for a block never changes,
// since a subnet that moves is replaced.
package subnet

import (
	"encoding/binary"
	"fmt"
	"math/bits"
	"net/netip"
)

// smallest is the longest prefix of a subnet that AWS takes.
const smallest = 28

// Parse reads an IPv4 block and demands that it begins at its own first
// address.
func Parse(text string) (netip.Prefix, error) {
	block, err := netip.ParsePrefix(text)
	if err != nil || !block.Addr().Is4() {
		return netip.Prefix{}, fmt.Errorf("is not an IPv4 block such as 10.64.0.0/16")
	}
	if block != block.Masked() {
		return netip.Prefix{}, fmt.Errorf("begins in the middle of its block: write %s", block.Masked())
	}
	return block, nil
}

// Contains says whether inner lies in outer.
func Contains(outer, inner netip.Prefix) bool {
	return outer.Bits() <= inner.Bits() && outer.Contains(inner.Addr())
}

// at returns block number i of the given length in a block.
func at(block netip.Prefix, length, i int) netip.Prefix {
	first := block.Addr().As4()
	var address [4]byte
	binary.BigEndian.PutUint32(address[:], binary.BigEndian.Uint32(first[:])+uint32(i)<<(32-length))
	return netip.PrefixFrom(netip.AddrFrom4(address), length)
}

// zoneLength is the prefix length of one zone's share. A block is always divided
// by a power of two, four at least, so that a third or fourth zone that comes
// later moves nothing.
func zoneLength(block netip.Prefix, zones int) int {
	return block.Bits() + max(2, bits.Len(uint(zones-1)))
}

// Segment holds the subnets of a segment, one of each kind for each zone.
type Segment struct {
	// Private reach other segments, and the internet where the segment may.
	Private []netip.Prefix

	// Isolated reach the organization's network alone.
	Isolated []netip.Prefix

	// Transit hold the transit gateway's interfaces and nothing else.
	Transit []netip.Prefix
}

// OfSegment divides the block of a segment: half of a zone's share is private, a
// quarter isolated, and the last /28 transit. It refuses a block that is too
// small.
func OfSegment(block netip.Prefix, zones int) (Segment, error) {
	share := zoneLength(block, zones)
	if share+2 > smallest-1 {
		return Segment{}, fmt.Errorf("has no room for private, isolated and transit subnets in %d zones: want /%d or larger",
			zones, block.Bits()-(share+2-(smallest-1)))
	}
	var s Segment
	for z := range zones {
		zone := at(block, share, z)
		s.Private = append(s.Private, at(zone, share+1, 0))
		s.Isolated = append(s.Isolated, at(zone, share+2, 2))
		s.Transit = append(s.Transit, last(zone))
	}
	return s, nil
}

// Perimeter holds the subnets of a perimeter, one of each kind for each zone.
type Perimeter struct {
	// Public hold NAT gateways.
	Public []netip.Prefix

	// Firewall hold firewall endpoints.
	Firewall []netip.Prefix

	// Transit hold the transit gateway's interfaces.
	Transit []netip.Prefix

	// Endpoints hold interface endpoints.
	Endpoints []netip.Prefix
}

// OfPerimeter divides the block of a perimeter: half of a zone's share is for
// endpoints, and the last three /28 are for the others. It refuses a block that
// is too small.
func OfPerimeter(block netip.Prefix, zones int) (Perimeter, error) {
	share := zoneLength(block, zones)
	if share > 25 {
		return Perimeter{}, fmt.Errorf("has no room for public, firewall, transit and endpoint subnets in %d zones: want /%d or larger",
			zones, block.Bits()-(share-25))
	}
	var p Perimeter
	count := 1 << (smallest - share)
	for z := range zones {
		zone := at(block, share, z)
		p.Endpoints = append(p.Endpoints, at(zone, share+1, 0))
		p.Public = append(p.Public, at(zone, smallest, count-3))
		p.Firewall = append(p.Firewall, at(zone, smallest, count-2))
		p.Transit = append(p.Transit, at(zone, smallest, count-1))
	}
	return p, nil
}

// last is the last /28 of a block.
func last(block netip.Prefix) netip.Prefix {
	return at(block, smallest, 1<<(smallest-block.Bits())-1)
}

// After is the block of the same size that follows a block. After the last of
// all addresses it is not valid.
func After(block netip.Prefix) netip.Prefix {
	next := binary.BigEndian.Uint32(addressOf(block)) + uint32(1)<<(32-block.Bits())
	if next == 0 {
		return netip.Prefix{}
	}
	return at(netip.PrefixFrom(netip.IPv4Unspecified(), 0), block.Bits(), int(next>>(32-block.Bits())))
}

func addressOf(block netip.Prefix) []byte {
	first := block.Addr().As4()
	return first[:]
}
