// Package netplan says what the network of a configuration is to be: where every
// subnet lies and who may reach whom. It decides nothing about AWS; the
// components build what it says, and the controls compare what was built.
package netplan

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/subnet"
)

// Places that are no segment.
const (
	// Internet is everything outside.
	Internet = "internet"

	// OnPremises is the company's own network.
	OnPremises = "on-premises"
)

// perimeterZones is how many zones a perimeter spans: as many as keep the way
// out alive when one fails. Traffic of other zones crosses over.
const perimeterZones = 2

// Plan is the network of a configuration.
type Plan struct {
	// Range is all that the organization uses.
	Range netip.Prefix

	// Regions are in the order of the configuration.
	Regions []Region

	// OnPremises are the blocks of the company's own network; none without a
	// connection to it.
	OnPremises []netip.Prefix
}

// Region is the network of one region.
type Region struct {
	config.NetworkRegion

	// Block is the region's part of the organization's range.
	Block netip.Prefix

	// Perimeter is where the way out, inspection and endpoints are.
	Perimeter netip.Prefix

	// PerimeterSubnets are the subnets of the perimeter, by kind and zone.
	PerimeterSubnets subnet.Perimeter

	// PerimeterZones are the zones that the perimeter spans.
	PerimeterZones []string

	// ASN is the autonomous system number of the transit gateway.
	ASN int

	// Segments are those with a range in the region, in the order of the
	// configuration.
	Segments []Segment

	// Hybrid is true where the company's own network is joined to the region.
	Hybrid bool
}

// Segment is one segment in one region.
type Segment struct {
	config.Segment

	// Block is the range of the segment's VPC.
	Block netip.Prefix

	// Dedicated is the block that dedicated VPCs take theirs from; not valid
	// where there is none.
	Dedicated netip.Prefix

	// Subnets are the subnets of the VPC, by kind and zone.
	Subnets subnet.Segment

	// Peers are the names of the segments that this one exchanges traffic with
	// in the region, sorted, itself not included.
	Peers []string

	// Remote are the blocks of the same segment in other regions, by region.
	Remote map[string][]netip.Prefix

	// VPCs are the dedicated VPCs that were admitted.
	VPCs []config.DedicatedVPC
}

// New returns the plan of a configuration. What it refuses, validation of the
// configuration refuses first.
func New(c config.Network) (*Plan, error) {
	plan := &Plan{}
	var err error
	if plan.Range, err = subnet.Parse(c.Range); err != nil {
		return nil, fmt.Errorf("range: %w", err)
	}
	for _, text := range c.OnPremises.Ranges {
		block, err := subnet.Parse(text)
		if err != nil {
			return nil, fmt.Errorf("on-premises %s: %w", text, err)
		}
		plan.OnPremises = append(plan.OnPremises, block)
	}
	for i, configured := range c.Regions {
		region, err := newRegion(c, configured, config.FirstASN+i)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", configured.Region, err)
		}
		plan.Regions = append(plan.Regions, region)
	}
	return plan, nil
}

func newRegion(c config.Network, configured config.NetworkRegion, asn int) (Region, error) {
	r := Region{NetworkRegion: configured, ASN: asn}
	var err error
	if r.Block, err = subnet.Parse(configured.Range); err != nil {
		return r, fmt.Errorf("range: %w", err)
	}
	if r.Perimeter, err = subnet.Parse(configured.PerimeterRange); err != nil {
		return r, fmt.Errorf("perimeter: %w", err)
	}
	r.PerimeterZones = configured.Zones[:min(perimeterZones, len(configured.Zones))]
	if r.PerimeterSubnets, err = subnet.OfPerimeter(r.Perimeter, len(r.PerimeterZones)); err != nil {
		return r, fmt.Errorf("perimeter: %w", err)
	}
	joined := func(region string) bool { return region == configured.Region }
	r.Hybrid = slices.ContainsFunc(c.OnPremises.VPNs, func(v config.VPN) bool { return joined(v.Region) }) ||
		slices.ContainsFunc(c.OnPremises.DirectConnects, func(d config.DirectConnect) bool { return joined(d.Region) })
	for _, s := range c.Segments {
		if _, here := s.Ranges[configured.Region]; !here {
			continue
		}
		segment, err := newSegment(c, s, configured)
		if err != nil {
			return r, fmt.Errorf("segment %s: %w", s.Name, err)
		}
		r.Segments = append(r.Segments, segment)
	}
	return r, nil
}

func newSegment(c config.Network, configured config.Segment, in config.NetworkRegion) (Segment, error) {
	s := Segment{Segment: configured, Peers: peers(c.Segments, configured.Name, in.Region), Remote: map[string][]netip.Prefix{}}
	var err error
	if s.Block, err = subnet.Parse(configured.Ranges[in.Region]); err != nil {
		return s, err
	}
	if s.Subnets, err = subnet.OfSegment(s.Block, len(in.Zones)); err != nil {
		return s, err
	}
	if text, ok := configured.DedicatedRanges[in.Region]; ok {
		if s.Dedicated, err = subnet.Parse(text); err != nil {
			return s, fmt.Errorf("dedicated: %w", err)
		}
	}
	for _, blocks := range []map[string]string{configured.Ranges, configured.DedicatedRanges} {
		for region, text := range blocks {
			if region == in.Region || !hasRegion(c, region) {
				continue
			}
			block, err := subnet.Parse(text)
			if err != nil {
				return s, fmt.Errorf("in %s: %w", region, err)
			}
			s.Remote[region] = append(s.Remote[region], block)
		}
	}
	for _, v := range c.DedicatedVPCs {
		if v.Segment == configured.Name && v.Region == in.Region {
			s.VPCs = append(s.VPCs, v)
		}
	}
	return s, nil
}

func hasRegion(c config.Network, region string) bool {
	return slices.ContainsFunc(c.Regions, func(r config.NetworkRegion) bool { return r.Region == region })
}

// peers returns the segments that the named one exchanges traffic with in a
// region: those that it reaches and those that reach it.
func peers(segments []config.Segment, name, region string) []string {
	var found []string
	for _, s := range segments {
		if _, here := s.Ranges[region]; !here || s.Name == name {
			continue
		}
		mine := slices.ContainsFunc(segments, func(other config.Segment) bool {
			return other.Name == name && slices.Contains(other.Reaches, s.Name)
		})
		if mine || slices.Contains(s.Reaches, name) {
			found = append(found, s.Name)
		}
	}
	slices.Sort(found)
	return found
}

// Place is a segment in a region, or one of [Internet] and [OnPremises], which
// have no region.
type Place struct{ Name, Region string }

// String returns the place as people read it.
func (p Place) String() string {
	if p.Region == "" {
		return p.Name
	}
	return p.Name + " in " + p.Region
}

// Places returns every place of the plan: segments by region, then the internet
// and, where it is joined, the company's own network.
func (p *Plan) Places() []Place {
	var all []Place
	hybrid := false
	for _, r := range p.Regions {
		for _, s := range r.Segments {
			all = append(all, Place{s.Name, r.Region})
		}
		hybrid = hybrid || r.Hybrid
	}
	all = append(all, Place{Name: Internet})
	if hybrid {
		all = append(all, Place{Name: OnPremises})
	}
	return all
}

// Allowed says whether a segment may exchange traffic with a place. From the
// internet nothing comes in but answers.
func (p *Plan) Allowed(from, to Place) bool {
	a, here, ok := p.segment(from)
	if !ok {
		b, there, segment := p.segment(to)
		return segment && from.Name == OnPremises && there.Hybrid && b.OnPremises
	}
	switch {
	case to.Name == Internet:
		return a.Internet
	case to.Name == OnPremises:
		return here.Hybrid && a.OnPremises
	case to.Name == from.Name:
		_, _, there := p.segment(to)
		return there
	default:
		return to.Region == from.Region && slices.Contains(a.Peers, to.Name)
	}
}

func (p *Plan) segment(at Place) (Segment, Region, bool) {
	for _, r := range p.Regions {
		for _, s := range r.Segments {
			if s.Name == at.Name && r.Region == at.Region {
				return s, r, true
			}
		}
	}
	return Segment{}, Region{}, false
}
