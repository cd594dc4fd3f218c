package qualification

import (
	"fmt"
	"slices"
	"strings"
)

// declaration is what a segment in a region says about itself, by the tags of
// its route table.
type declaration struct {
	place   Place
	table   *Resource
	class   string
	reaches []string
}

// declarations reads what every segment says; the findings are about those that
// cannot be read, or say nothing.
func (g *Graph) declarations() (all []declaration, findings []Finding) {
	n := g.network()
	for _, table := range g.OfType(hubTableType) {
		name := table.Get(segmentTag)
		if text, ok := name.Text(); ok && slices.Contains(notSegments, text) {
			continue
		}
		place, known := n.placeOfResource(table)
		if path, unknown := unknownAmong(table, segmentTag, classTag, reachesTag); unknown || !known {
			findings = append(findings, open(table, path))
			continue
		}
		if !name.Known() {
			findings = append(findings, Finding{
				Resource: table.URN, Property: segmentTag, Problem: "says not which segment it is for",
				Fix: "tag it with gxp:segment, gxp:segment-class and gxp:reaches",
			})
			continue
		}
		d := declaration{place: place, table: table}
		d.class, _ = table.Get(classTag).Text()
		reaches, ok := table.Get(reachesTag).Text()
		if !ok {
			findings = append(findings, Finding{
				Resource: table.URN, Property: reachesTag, Problem: "says not what the segment reaches",
				Fix: "tag it with gxp:reaches, none if it reaches nothing",
			})
			continue
		}
		for _, to := range strings.Fields(reaches) {
			if to != "none" {
				d.reaches = append(d.reaches, to)
			}
		}
		all = append(all, d)
	}
	return all, findings
}

func unknownAmong(r *Resource, paths ...string) (string, bool) {
	for _, path := range paths {
		if r.Get(path).Unknown() {
			return path, true
		}
	}
	return segmentTag, false
}

// expected are the pairs that the declarations say exchange traffic. Other
// regions of a segment are always reached.
func expected(all []declaration) map[pair]*Resource {
	pairs := map[pair]*Resource{}
	for _, d := range all {
		for _, name := range d.reaches {
			switch to := (Place{Name: name}); name {
			case internetPlace:
				pairs[pair{d.place, to}] = d.table
			case onPremisesPlace:
				pairs[pair{d.place, to}] = d.table
				pairs[pair{to, d.place}] = d.table
			default:
				pairs[pair{d.place, Place{name, d.place.Region}}] = d.table
			}
		}
		for _, other := range all {
			if other.place.Name == d.place.Name && other.place != d.place {
				pairs[pair{d.place, other.place}] = d.table
			}
		}
	}
	return pairs
}

// judgeSegmentation compares what the routes do with what is declared.
func judgeSegmentation(g *Graph) Judgement {
	declared, findings := g.declarations()
	j := Judgement{Findings: findings}
	for _, d := range declared {
		j.Subjects = append(j.Subjects, d.table.URN)
	}
	for _, vpc := range g.OfType(vpcType) {
		j.Subjects = append(j.Subjects, vpc.URN)
		j.Findings = append(j.Findings, isAccountedFor(g, vpc, declared)...)
	}
	if len(j.Subjects) == 0 {
		return j
	}
	reach := g.Reachability()
	pairs, unsure := expected(declared), slices.ContainsFunc(findings, func(f Finding) bool { return f.Open })
	for _, path := range reach.Paths {
		silent := unsure && !(speaks(declared, path.From) && speaks(declared, path.To))
		if pairs[pair{path.From, path.To}] == nil && !path.ofPerimeter() && !silent {
			j.Findings = append(j.Findings, undeclared(path))
		}
	}
	if len(reach.Open) == 0 && !unsure {
		j.Findings = append(j.Findings, unreached(reach, pairs)...)
	}
	j.Findings = append(j.Findings, reach.Open...)
	return j
}

// speaks reports that a place says what it reaches, or has no say.
func speaks(declared []declaration, place Place) bool {
	return place.Region == "" || slices.ContainsFunc(declared, func(d declaration) bool { return d.place == place })
}

// ofPerimeter: everybody reaches the endpoints in the perimeter, and what is
// there reaches everybody.
func (p Path) ofPerimeter() bool { return p.From.Name == perimeterPlace || p.To.Name == perimeterPlace }

func undeclared(p Path) Finding {
	how := "exchanges traffic with"
	if !p.Answered {
		how = "sends packets to"
	}
	return Finding{
		Resource: p.Route,
		Problem:  fmt.Sprintf("%s %s %s, which it does not declare: %s", p.From, how, p.To, strings.Join(p.Hops, " > ")),
		Fix:      "take the route away, or declare it in landingzone:network.segments",
	}
}

// unreached are findings about what is declared and does not work.
func unreached(reach *Reachability, pairs map[pair]*Resource) []Finding {
	var findings []Finding
	for _, p := range sortedPairs(pairs) {
		path, delivered := reach.Between(p.from, p.to)
		if path.Answered {
			continue
		}
		problem := fmt.Sprintf("%s declares %s and does not reach it", p.from, p.to)
		at := reach.stops[p]
		if delivered {
			problem = fmt.Sprintf("%s declares %s, and gets no answer from there", p.from, p.to)
			at = reach.stops[pair{p.to, p.from}]
		}
		if at != nil {
			problem += ": packets end at " + shortType(at.Type) + " " + at.Name()
		}
		findings = append(findings, Finding{
			Resource: pairs[p].URN, Problem: problem, Fix: "add the routes of both sides, or declare no more than there is",
		})
	}
	return findings
}

func sortedPairs(pairs map[pair]*Resource) []pair {
	var all []pair
	for p := range pairs {
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b pair) int {
		if c := comparePlaces(a.from, b.from); c != 0 {
			return c
		}
		return comparePlaces(a.to, b.to)
	})
	return all
}

// isAccountedFor holds for a VPC whose segment says what it reaches, and that
// has no addresses of which nobody follows the way.
func isAccountedFor(g *Graph, vpc *Resource, declared []declaration) []Finding {
	for _, path := range []string{"assignGeneratedIpv6CidrBlock", "ipv6CidrBlock", "ipv6IpamPoolId"} {
		if v := vpc.Get(path); v.Unknown() {
			return []Finding{open(vpc, path)}
		} else if !v.Absent() && !v.Is(false) && !v.Is("") {
			return []Finding{{
				Resource: vpc.URN, Property: path, Problem: "gives the VPC addresses of IPv6, whose routes nobody judges",
				Fix: "use IPv4 alone",
			}}
		}
	}
	place, known := g.network().placeOfResource(vpc)
	if !known || isPerimeter(vpc) || speaks(declared, place) || slices.ContainsFunc(g.OfType(hubTableType), cannotSpeak) {
		return nil
	}
	return []Finding{{
		Resource: vpc.URN, Problem: fmt.Sprintf("is in %s, of which no route table says what it reaches", place),
		Fix: "tag the VPC and its transit gateway route table with the same gxp:segment",
	}}
}

// cannotSpeak reports that it is not yet known what a route table says.
func cannotSpeak(table *Resource) bool {
	_, unknown := unknownAmong(table, segmentTag, classTag, reachesTag)
	return unknown
}

// The classes of segments.
const (
	gxpClass    = "gxp"
	nonGxPClass = "nongxp"
	sharedClass = "shared"
)

// judgeClasses keeps GxP segments from others, by what is routed and by what is
// declared.
func judgeClasses(g *Graph) Judgement {
	var j Judgement
	classes := map[Place]string{}
	n := g.network()
	for _, r := range g.OfType(hubTableType, vpcType) {
		if text, ok := r.Get(segmentTag).Text(); ok && slices.Contains(notSegments, text) {
			continue
		}
		j.Subjects = append(j.Subjects, r.URN)
		place, known := n.placeOfResource(r)
		class := r.Get(classTag)
		text, _ := class.Text()
		switch before := classes[place]; {
		case class.Unknown() || !known:
			path, _ := unknownAmong(r, classTag, segmentTag)
			j.Findings = append(j.Findings, open(r, path))
		case !slices.Contains([]string{gxpClass, nonGxPClass, sharedClass}, text):
			j.Findings = append(j.Findings, Finding{
				Resource: r.URN, Property: classTag, Problem: fmt.Sprintf("is %s, must be gxp, nongxp or shared", class),
				Fix: "tag it with the class of its segment",
			})
		case before != "" && before != text:
			j.Findings = append(j.Findings, Finding{
				Resource: r.URN, Property: classTag, Problem: fmt.Sprintf("says that %s is %s, and another resource that it is %s", place, text, before),
				Fix: "tag all of the segment with the same class",
			})
		default:
			classes[place] = text
		}
	}
	if len(j.Subjects) == 0 {
		return j
	}
	j.Findings = append(j.Findings, mixed(g, classes)...)
	j.Findings = append(j.Findings, g.Reachability().Open...)
	return j
}

// mixed are findings about GxP segments that meet others.
func mixed(g *Graph, classes map[Place]string) []Finding {
	var findings []Finding
	apart := func(a, b Place) bool {
		return classes[a] == gxpClass && classes[b] == nonGxPClass || classes[a] == nonGxPClass && classes[b] == gxpClass
	}
	for _, p := range g.Reachability().Paths {
		if apart(p.From, p.To) {
			findings = append(findings, Finding{
				Resource: p.Route,
				Problem:  fmt.Sprintf("lets packets from %s, which is %s, reach %s, which is %s", p.From, classes[p.From], p.To, classes[p.To]),
				Fix:      "take the route away",
			})
		}
	}
	declared, _ := g.declarations()
	for _, d := range declared {
		for _, name := range d.reaches {
			if to := (Place{name, d.place.Region}); apart(d.place, to) {
				findings = append(findings, Finding{
					Resource: d.table.URN, Property: reachesTag,
					Problem: fmt.Sprintf("declares that %s, which is %s, reaches %s, which is %s", d.place, classes[d.place], to, classes[to]),
					Fix:     "take it off landingzone:network.segments",
				})
			}
		}
	}
	return findings
}

// judgeInspection wants every path of a region with a firewall to pass it.
func judgeInspection(g *Graph) Judgement {
	var j Judgement
	n := g.network()
	inspected := map[string]bool{}
	for _, firewall := range g.OfType(firewallType) {
		j.Subjects = append(j.Subjects, firewall.URN)
		region, ok := g.Region(firewall).Text()
		if !ok {
			j.Findings = append(j.Findings, open(firewall, "provider"))
		}
		inspected[region] = true
		j.Findings = append(j.Findings, keepsFlowsTogether(n, firewall)...)
	}
	for _, vpc := range meantToInspect(g) {
		region, _ := g.Region(vpc).Text()
		j.Subjects = append(j.Subjects, vpc.URN)
		j.Findings = append(j.Findings, property(inspectionTag).check(func(Value) bool { return inspected[region] },
			"and there is no firewall in the region")(g, vpc)...)
	}
	if len(j.Subjects) == 0 {
		return j
	}
	reach := g.Reachability()
	for _, p := range reach.Paths {
		here := inspected[p.From.Region] || inspected[p.To.Region]
		if here && !p.Inspected && p.From.Name != p.To.Name && !p.ofPerimeter() {
			j.Findings = append(j.Findings, Finding{
				Resource: n.bypass(p),
				Problem:  fmt.Sprintf("takes packets from %s to %s past the firewall: %s", p.From, p.To, strings.Join(p.Hops, " > ")),
				Fix:      "lead it to the perimeter, and there to the firewall",
			})
		}
	}
	j.Findings = append(j.Findings, reach.Open...)
	return j
}

// meantToInspect are the perimeters that do not say that they have no firewall.
var meantToInspect = vpcs.where(func(_ *Graph, r *Resource) bool { return isPerimeter(r) && !r.Get(inspectionTag).Is("false") })

// bypass is the URN of the route that takes packets past the firewall: where
// they come to the perimeter it is one there, and otherwise the one that does
// not lead them to it.
func (n *network) bypass(p Path) string {
	for _, s := range p.trail {
		if t := n.byTable[s.at]; s.route != nil && t != nil && isPerimeter(t.vpc.res) {
			return s.route.URN
		}
	}
	return p.Route
}

// keepsFlowsTogether holds where packets of a connection always come to the same
// endpoint of a firewall: another one knows nothing of it.
func keepsFlowsTogether(n *network, firewall *Resource) []Finding {
	vpc := n.g.Target(firewall, "vpcId", vpcType)
	if vpc == nil {
		return []Finding{open(firewall, "vpcId")}
	}
	return with(vpcAttachmentType, "vpcId", property("applianceModeSupport").is("enable"))(n.g, vpc)
}
