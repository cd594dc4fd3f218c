package config

import (
	"maps"
	"net/netip"
	"slices"
	"strings"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/firewallrule"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/subnet"
)

// What the firewall has room for. The capacity of a rule group can never change.
const (
	// MaxFirewallRules is how many rules a company can add.
	MaxFirewallRules = 1000

	// MaxAllowedDomains is how many names can be allowed.
	MaxAllowedDomains = 1000
)

// firewallRules checks that every rule can be read, is about places that there
// are, and has any effect.
func (v *validator) firewallRules(n Network) {
	const path = networkPath + ".firewallRules"
	if got := len(n.FirewallRules); got > MaxFirewallRules {
		v.problem(path, "", "has %d rules, and the firewall has room for %d", got, MaxFirewallRules)
	}
	known := v.regionsAreRight(n) && !v.isBad(networkPath+".profile")
	if len(n.FirewallRules) > 0 && known &&
		!slices.ContainsFunc(n.Regions, func(r NetworkRegion) bool { return r.Inspection }) {
		v.problem(path, "", "is enforced by nothing: no region of %s.regions has inspection", networkPath)
	}
	seen := map[string]int{}
	for i, text := range n.FirewallRules {
		at := index(path, i)
		rule, err := firewallrule.Parse(text)
		if err != nil {
			v.problem(at, quoted(text), "%s", err)
			continue
		}
		if !v.placesOf(at, text, rule, n) {
			continue
		}
		if j, twice := seen[rule.String()]; twice {
			v.problem(at, quoted(text), "is a duplicate of %s; remove one", index(path, j))
			continue
		}
		seen[rule.String()] = i
		from, to := n.endOf(rule.From), n.endOf(rule.To)
		v.narrow(at, text, from, to, rule)
		v.routed(at, text, rule.Action, from, to, n)
		if known {
			v.inspected(at, text, from, to, n)
		}
	}
}

// placesOf checks that the places that a rule names exist.
func (v *validator) placesOf(path, text string, rule firewallrule.Rule, n Network) bool {
	for _, place := range rule.Names() {
		if place == firewallrule.OnPremises && n.OnPremises.joined() || slices.Contains(n.segmentNames(), place) {
			continue
		}
		if place == firewallrule.OnPremises {
			v.problem(path, quoted(text), "names on-premises, and %s.onPremises has no connection", networkPath)
			return false
		}
		v.problem(path, quoted(text), "names %s, which is no segment; %s", place, oneOf(place, n.segmentNames()))
		return false
	}
	return true
}

// end is what one end of a rule is about.
type end struct {
	// place is the end as the rule has it, whole that it is the organization's
	// range or more.
	place string
	whole bool

	// segments are those that have any of its addresses. onPremises and internet
	// say whether the company's own network or the internet has, beyond that
	// everything is in any.
	segments             []Segment
	onPremises, internet bool

	// regions are those in which it is about anything; none for all of them.
	regions []string
}

// endOf finds out whose addresses a place of a rule has. A block is as good as the
// names of all that have a part of it.
func (n Network) endOf(place string) end {
	e := end{place: place}
	block, isBlock := firewallrule.Block(place)
	switch {
	case place == firewallrule.Any:
		e.whole = true
		return e
	case place == firewallrule.OnPremises:
		e.onPremises, e.regions = true, n.joinedRegions()
		return e
	case !isBlock:
		s := n.Segments[slices.Index(n.segmentNames(), place)]
		e.segments, e.regions = []Segment{s}, slices.Sorted(maps.Keys(s.Ranges))
		return e
	}
	for _, s := range n.Segments {
		if touches(s.blocks(), block) {
			e.segments = append(e.segments, s)
		}
	}
	whole := parsed([]string{n.Range})
	e.onPremises = touches(parsed(n.OnPremises.Ranges), block)
	e.whole = slices.ContainsFunc(whole, func(p netip.Prefix) bool { return subnet.Contains(block, p) })
	e.internet = !e.onPremises && !touches(slices.Concat(whole, privateBlocks), block)
	if !e.internet {
		e.regions = n.regionsOf(block, e.onPremises)
	}
	return e
}

// blocks are all addresses of a segment, in every region.
func (s Segment) blocks() []netip.Prefix {
	return parsed(slices.Concat(slices.Collect(maps.Values(s.Ranges)), slices.Collect(maps.Values(s.DedicatedRanges))))
}

// joinedRegions are the regions with a connection to the company's own network.
func (n Network) joinedRegions() []string {
	return slices.DeleteFunc(n.regionNames(), func(region string) bool { return !n.OnPremises.in(region) })
}

// regionsOf are the regions that have any of a block, and those that reach it
// where it is the company's. Of a block that nobody has nothing is known.
func (n Network) regionsOf(block netip.Prefix, onPremises bool) []string {
	var found []string
	for _, r := range n.Regions {
		if touches(parsed([]string{r.Range}), block) || onPremises && n.OnPremises.in(r.Region) {
			found = append(found, r.Region)
		}
	}
	return found
}

// narrow checks that a rule does not let everything through by blocks that are as
// good as any.
func (v *validator) narrow(path, text string, from, to end, rule firewallrule.Rule) {
	if rule.Action == "pass" && from.whole && to.whole {
		v.problem(path, quoted(text), "would let through what the inspection is there to stop: %s and %s are all of %s.range or more; "+
			"want a segment, on-premises or a smaller block at one end", from.place, to.place, networkPath)
	}
}

// routed checks that what a rule lets through has a route: the firewall opens
// nothing between segments that do not reach each other, nor what a segment has no
// way to. What stays within a segment passes no firewall, whatever the rule does.
func (v *validator) routed(path, text, action string, from, to end, n Network) {
	if len(from.segments) == 1 && len(to.segments) == 1 && from.segments[0].Name == to.segments[0].Name {
		v.problem(path, quoted(text), "has no effect: what stays within %s passes no firewall; security groups decide there", from.segments[0].Name)
		return
	}
	if action != "pass" {
		return
	}
	for _, a := range from.segments {
		for _, b := range to.segments {
			if a.Name != b.Name && !slices.Contains(a.Reaches, b.Name) && !slices.Contains(b.Reaches, a.Name) {
				v.problem(path, quoted(text), "lets through what has no route: %s and %s do not reach each other by %s.segments",
					a.Name, b.Name, networkPath)
				return
			}
		}
	}
	if way := noWay(from, to); way != "" {
		v.problem(path, quoted(text), "lets through what has no route: %s", way)
	}
}

// noWay says why nothing goes between the two ends of a rule of which one is no
// segment, or nothing where it may.
func noWay(from, to end) string {
	switch {
	case from.internet:
		return "from the internet nothing comes in but answers"
	case from.onPremises && to.onPremises:
		return "what stays in the company's own network does not come here"
	case from.onPremises && to.internet:
		return "the company's own network does not reach the internet through this one"
	}
	for _, s := range from.segments {
		if to.internet && !s.Internet {
			return s.Name + " has no internet"
		}
		if to.onPremises && !s.OnPremises {
			return s.Name + " has no onPremises"
		}
	}
	for _, s := range to.segments {
		if from.onPremises && !s.OnPremises {
			return s.Name + " has no onPremises"
		}
	}
	return ""
}

// inspected checks that both ends of a rule meet in a region whose firewall could
// apply it.
func (v *validator) inspected(path, text string, from, to end, n Network) {
	var with []string
	for _, r := range n.Regions {
		if r.Inspection {
			with = append(with, r.Region)
		}
	}
	for _, r := range with {
		if from.in(r) && to.in(r) {
			return
		}
	}
	v.problem(path, quoted(text), "has no effect: no region with inspection has both %s and %s; those with inspection: %s",
		from.place, to.place, strings.Join(with, ", "))
}

// in says whether an end is about anything in a region.
func (e end) in(region string) bool { return len(e.regions) == 0 || slices.Contains(e.regions, region) }
