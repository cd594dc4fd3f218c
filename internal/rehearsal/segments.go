package rehearsal

import (
	"errors"
	"net/netip"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/subnet"
)

// addedSegment is the name of the segment that a rehearsal adds.
const addedSegment = "rehearsal"

// addedSegmentBits is the size of its blocks, the smallest that a segment takes.
const addedSegmentBits = 23

// WithSegment returns a copy of cfg with a synthetic segment in every region of
// the network, for a unit that has none. The error says why there is no room for
// one.
func WithSegment(cfg *config.Config) (*config.Config, error) {
	network := cfg.LandingZone.Network
	if !network.Enabled {
		return nil, errors.New("a segment was to be added, and there is no network to add it to")
	}
	unit := unitWithoutSegment(network.Segments)
	if unit == "" {
		return nil, errors.New("a segment was to be added, and every unit has one")
	}
	segment := config.Segment{
		Name: addedSegment, Classification: "nongxp", Units: []string{unit}, Ranges: map[string]string{},
	}
	for _, region := range network.Regions {
		block, err := freeBlock(network, region)
		if err != nil {
			return nil, err
		}
		segment.Ranges[region.Region] = block.String()
	}
	added := *cfg
	added.LandingZone.Network.Segments = append(slices.Clone(network.Segments), segment)
	return &added, nil
}

func unitWithoutSegment(segments []config.Segment) string {
	for _, unit := range config.Units() {
		taken := slices.ContainsFunc(segments, func(s config.Segment) bool { return slices.Contains(s.Units, unit.Path) })
		if unit.Workloads && !taken {
			return unit.Path
		}
	}
	return ""
}

// freeBlock finds the first block of a region that nothing uses.
func freeBlock(network config.Network, region config.NetworkRegion) (netip.Prefix, error) {
	used := []string{region.PerimeterRange}
	for _, s := range network.Segments {
		used = append(used, s.Ranges[region.Region], s.DedicatedRanges[region.Region])
	}
	whole, err := subnet.Parse(region.Range)
	if err != nil {
		return netip.Prefix{}, err
	}
	for block := netip.PrefixFrom(whole.Addr(), addedSegmentBits); whole.Contains(block.Addr()); block = subnet.After(block) {
		if !slices.ContainsFunc(used, func(text string) bool {
			other, err := subnet.Parse(text)
			return err == nil && other.Overlaps(block)
		}) {
			return block, nil
		}
	}
	return netip.Prefix{}, errors.New("a segment was to be added, and " + region.Range + " of " + region.Region + " is full")
}

// segmentAdded deploys the configuration with one segment more: only resources
// of that segment are created, and nothing else changes.
func (r *run) segmentAdded(p *Phase, cfg *config.Config) error {
	o, err := r.update(p, cfg)
	if err != nil {
		return err
	}
	if len(o.steps[apitype.OpCreate]) == 0 {
		return errors.New("no resource was created for the added segment")
	}
	var problems []string
	for _, change := range o.changed() {
		op, urn, _ := strings.Cut(change, " ")
		switch {
		case op != string(apitype.OpCreate):
			problems = append(problems, change+" is not a creation")
		case !ofAddedSegment(urn):
			problems = append(problems, change+" belongs to another segment")
		}
	}
	return listed("adding a segment did more than add a segment", problems)
}

// ofAddedSegment says whether a resource belongs to the segment that was added,
// by its logical name.
func ofAddedSegment(urn string) bool {
	return slices.Contains(strings.Split(resource.URN(urn).Name(), "-"), addedSegment)
}
