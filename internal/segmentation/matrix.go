// Package segmentation shows who may reach whom in the network: as a matrix
// that can be read, drawn and compared with another, such as one that was
// computed from routes.
package segmentation

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/netplan"
)

// Place is a segment in a region, or [netplan.Internet] or
// [netplan.OnPremises], which have no region.
type Place struct {
	Name   string `json:"name"`
	Region string `json:"region"`

	// Classification is gxp, nongxp or shared; empty for what is no segment.
	Classification string `json:"classification"`

	// Range is what addresses the place has: blocks, separated by a space.
	// Empty where it cannot be said, as of the internet.
	Range string `json:"range"`
}

// String returns the place as people read it.
func (p Place) String() string { return netplan.Place{Name: p.Name, Region: p.Region}.String() }

// Segment says whether the place is a segment.
func (p Place) Segment() bool { return p.Region != "" }

// Matrix says who may reach whom.
type Matrix struct {
	// Places are the rows and columns.
	Places []Place `json:"places"`

	// Allowed says of a row whether it may begin to talk to a column. Answers
	// always come back.
	Allowed [][]bool `json:"allowed"`

	// Inspected says of what is allowed whether a firewall sees it.
	Inspected [][]bool `json:"inspected"`
}

// FromPlan returns the matrix of a plan.
func FromPlan(plan *netplan.Plan) Matrix {
	m := Matrix{Places: []Place{}, Allowed: [][]bool{}, Inspected: [][]bool{}}
	places := plan.Places()
	inspects := map[string]bool{}
	for _, r := range plan.Regions {
		inspects[r.Region] = r.Inspection
	}
	for _, at := range places {
		m.Places = append(m.Places, described(plan, at))
	}
	for _, from := range places {
		allowed, inspected := make([]bool, len(places)), make([]bool, len(places))
		for j, to := range places {
			allowed[j] = plan.Allowed(from, to)
			inspected[j] = allowed[j] && passesFirewall(from, to, inspects)
		}
		m.Allowed, m.Inspected = append(m.Allowed, allowed), append(m.Inspected, inspected)
	}
	return m
}

// passesFirewall says whether what is allowed between two places passes the
// perimeter of a region that inspects. A segment and its parts in other regions
// are joined without one.
func passesFirewall(from, to netplan.Place, inspects map[string]bool) bool {
	return from.Name != to.Name && (inspects[from.Region] || inspects[to.Region])
}

// described is a place of a plan with what is said of it.
func described(plan *netplan.Plan, at netplan.Place) Place {
	place := Place{Name: at.Name, Region: at.Region}
	if at.Name == netplan.OnPremises && at.Region == "" {
		place.Range = blocks(plan.OnPremises...)
	}
	for _, r := range plan.Regions {
		for _, s := range r.Segments {
			if s.Name == at.Name && r.Region == at.Region {
				place.Classification, place.Range = s.Classification, blocks(s.Block, s.Dedicated)
			}
		}
	}
	return place
}

// blocks writes those of the blocks that there are.
func blocks(all ...netip.Prefix) string {
	var text []string
	for _, block := range all {
		if block.IsValid() {
			text = append(text, block.String())
		}
	}
	return strings.Join(text, " ")
}

// allowed says whether a row may reach a column. What a matrix does not say is
// not allowed.
func (m Matrix) allowed(i, j int) bool { return cell(m.Allowed, i, j) }

// inspected says whether what is allowed passes a firewall.
func (m Matrix) inspected(i, j int) bool { return m.allowed(i, j) && cell(m.Inspected, i, j) }

func cell(rows [][]bool, i, j int) bool { return i < len(rows) && j < len(rows[i]) && rows[i][j] }

// find returns the index of a place by name and region, or -1.
func (m Matrix) find(name, region string) int {
	return slices.IndexFunc(m.Places, func(p Place) bool { return p.Name == name && p.Region == region })
}

// regions are the regions of the places, in their order.
func (m Matrix) regions() []string {
	var all []string
	for _, p := range m.Places {
		if p.Segment() && !slices.Contains(all, p.Region) {
			all = append(all, p.Region)
		}
	}
	return all
}

// segments are the names of the segments, in their order.
func (m Matrix) segments() []string {
	var all []string
	for _, p := range m.Places {
		if p.Segment() && !slices.Contains(all, p.Name) {
			all = append(all, p.Name)
		}
	}
	return all
}

// mixed are the pairs of a GxP and another place that is not that exchange
// traffic, which must not be.
func (m Matrix) mixed() []string {
	var pairs []string
	for i, from := range m.Places {
		for j, to := range m.Places {
			if from.Classification == "gxp" && to.Classification == "nongxp" && (m.allowed(i, j) || m.allowed(j, i)) {
				pairs = append(pairs, from.String()+" and "+to.String())
			}
		}
	}
	return pairs
}
