package config

import (
	"maps"
	"slices"
	"strings"
)

// The classifications of a segment.
const (
	// SegmentGxP holds GxP systems.
	SegmentGxP = "gxp"

	// SegmentNonGxP holds systems without GxP relevance.
	SegmentNonGxP = "nongxp"

	// SegmentShared holds what systems of both kinds use.
	SegmentShared = "shared"
)

var segmentClasses = []string{SegmentGxP, SegmentNonGxP, SegmentShared}

// reservedNames mean something else in route tables, tags, firewall rules and the
// names of routes.
var reservedNames = []string{"perimeter", "peering", "on-premises", "internet", "any", "none", "own", "itself"}

// routeWords join what the name of a route is made of: with one of them in a
// part, two routes could have the same.
var routeWords = []string{"from", "to"}

// segmentUnits are the units that a segment can be shared with. The accounts of
// Security need no network; those in quarantine and in Suspended get none; and
// what is shared with Workloads would reach all that is below it.
func segmentUnits() []string {
	return unitPaths(func(u Unit) bool { return u.Workloads })
}

func (v *validator) segments(n Network) {
	const path = networkPath + ".segments"
	if len(n.Segments) == 0 {
		v.problem(path, "", "must have at least one segment")
	}
	names, owners := n.segmentNames(), map[string]string{}
	for i, s := range n.Segments {
		at := index(path, i)
		if v.matches(at+".name", s.Name, networkNameSyntax, wantNetworkName) {
			if slices.Contains(reservedNames, s.Name) {
				v.problem(at+".name", quoted(s.Name), "is taken; it means something else than a segment, as %s do",
					strings.Join(reservedNames, ", "))
			}
			v.routeName(at+".name", s.Name)
			v.unique(path, ".name", names, i)
		}
		classified := v.known(at+".classification", s.Classification, segmentClasses)
		v.unitsOf(at+".units", s, classified, owners)
		v.reaches(at+".reaches", s, n)
		if len(s.Ranges) == 0 {
			v.problem(at+".ranges", "", "must have a block in at least one region; allowed: %s", strings.Join(n.regionNames(), ", "))
		}
		if s.OnPremises && !n.OnPremises.joined() {
			v.problem(at+".onPremises", "true", "leads nowhere: %s.onPremises has no connection", networkPath)
		}
	}
}

// routeName checks that the names of routes to a segment or a dedicated VPC can
// be told from those to others.
func (v *validator) routeName(path, name string) {
	for _, word := range strings.Split(name, "-") {
		if slices.Contains(routeWords, word) {
			v.problem(path, quoted(name), "has the word %q, which the names of routes are made with; use another", word)
		}
	}
}

// joined says whether there is a way to the company's own network.
func (o OnPremises) joined() bool { return len(o.VPNs)+len(o.DirectConnects) > 0 }

// in says whether there is a way to the company's own network from a region.
func (o OnPremises) in(region string) bool {
	return slices.ContainsFunc(o.VPNs, func(v VPN) bool { return v.Region == region }) ||
		slices.ContainsFunc(o.DirectConnects, func(d DirectConnect) bool { return d.Region == region })
}

// unitsOf checks the units of a segment. owners are the units of earlier
// segments.
func (v *validator) unitsOf(path string, s Segment, classified bool, owners map[string]string) {
	if len(s.Units) == 0 {
		v.problem(path, "", "must name at least one unit: nobody else uses a segment; allowed: %s", strings.Join(segmentUnits(), ", "))
	}
	for i, unit := range s.Units {
		at := index(path, i)
		if _, exists := UnitAt(unit); exists && !slices.Contains(segmentUnits(), unit) {
			v.problem(at, quoted(unit), "has no use for a segment; allowed: %s", strings.Join(segmentUnits(), ", "))
			continue
		}
		if !v.known(at, unit, segmentUnits()) {
			continue
		}
		if other, ok := owners[unit]; ok {
			v.problem(at, quoted(unit), "has a segment already, by %s; a unit has one", other)
			continue
		}
		owners[unit] = at
		if classified {
			v.fitting(at, unit, s)
		}
	}
}

// fitting checks that a segment has the classification of the accounts in a
// unit. One that mixes them separates nothing.
func (v *validator) fitting(path, unit string, s Segment) {
	practices := placements[unit].gxp
	if len(practices) > 1 {
		return // the unit has accounts of both kinds
	}
	want := SegmentNonGxP
	if practices[0] {
		want = SegmentGxP
	}
	if s.Classification != want {
		v.problem(path, quoted(unit), "has accounts that belong in a segment classified %s, and %s is classified %s",
			want, s.Name, s.Classification)
	}
}

func (v *validator) reaches(path string, s Segment, n Network) {
	names := n.segmentNames()
	for i, name := range s.Reaches {
		at := index(path, i)
		if name == s.Name {
			v.problem(at, quoted(name), "is the segment itself, which always reaches itself; remove it")
			continue
		}
		if !v.known(at, name, slices.DeleteFunc(slices.Clone(names), func(other string) bool { return other == s.Name })) {
			continue
		}
		v.first(path, s.Reaches, i)
		other := n.Segments[slices.Index(names, name)]
		if pair := []string{s.Classification, other.Classification}; slices.Contains(pair, SegmentGxP) && slices.Contains(pair, SegmentNonGxP) {
			v.problem(at, quoted(name), "is classified %s, and %s is %s: GxP systems and others reach each other nowhere; "+
				"put what both need into a segment that is classified shared", other.Classification, s.Name, s.Classification)
			continue
		}
		if len(s.Ranges) > 0 && len(other.Ranges) > 0 && len(inCommon(s, other)) == 0 {
			v.problem(at, quoted(name), "is in no region that %s is in, and segments reach each other within a region alone; "+
				"allowed: segments with a range in %s", s.Name, strings.Join(slices.Sorted(maps.Keys(s.Ranges)), ", "))
		}
	}
}

// inCommon are the regions that two segments are in.
func inCommon(a, b Segment) []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(a.Ranges)), func(region string) bool { return b.Ranges[region] == "" })
}

// accountSegments checks that an account that names its segment is in it.
func (v *validator) accountSegments(n Network) {
	for i, a := range v.cfg.LandingZone.Accounts {
		path := index("landingzone:accounts", i) + ".segment"
		if a.Segment == "" || a.Retired || !v.has(path) || v.isBad(index("landingzone:accounts", i)+".ou") {
			continue
		}
		if len(n.Segments) == 0 {
			v.problem(path, quoted(a.Segment), "is unknown; list it under %s.segments", networkPath)
			continue
		}
		if !v.known(path, a.Segment, n.segmentNames()) {
			continue
		}
		// What counts is where the account goes when its quarantine ends.
		a.Quarantined = false
		switch shared := n.segmentOf(a.Unit()); shared {
		case a.Segment:
		case "":
			v.problem(path, quoted(a.Segment), "is not shared with %s, the account's unit, and no other is; add the unit to the segment, or remove this",
				a.Unit())
		default:
			v.problem(path, quoted(a.Segment), "is not shared with %s, the account's unit, which has %s; write that, or remove this",
				a.Unit(), shared)
		}
	}
}
