package qualification

import (
	"fmt"
	"slices"
	"strings"
)

// unitClasses are the classes of the units whose accounts are all of one kind.
// Others hold accounts of both.
var unitClasses = map[string]string{
	"GxP-Prod": gxpClass, "GxP-Validation": gxpClass, "Sensitive": gxpClass, "NonGxP": nonGxPClass,
	"Sandbox": nonGxPClass, "PolicyStaging": nonGxPClass,
}

// isOwnUnit holds for a principal that is one unit of this organization, below
// which there is no other.
func isOwnUnit(g *Graph, r *Resource) []Finding {
	units := g.OfType(unitType)
	if unit := g.Target(r, "principal", unitType); unit != nil {
		for _, other := range units {
			if g.Target(other, "parentId", unitType) == unit {
				return []Finding{{
					Resource: r.URN, Property: "principal", Problem: fmt.Sprintf("is %s, and with it every unit below", unitName(unit)),
					Fix: "name the units below that use the segment",
				}}
			}
		}
		return nil
	}
	return property("principal").satisfies(func(v Value) bool {
		arn, _ := v.Text()
		parts := strings.SplitN(arn, ":", 6)
		if len(units) > 0 || len(parts) != 6 || parts[0] != "arn" || parts[2] != "organizations" {
			return false
		}
		path := strings.Split(parts[5], "/")
		return len(path) == 3 && path[0] == "ou" && isOwnOrganization(g, path[1])
	}, "must be the ARN of an organizational unit of this organization")(g, r)
}

func unitName(unit *Resource) string {
	name, ok := unit.Get("name").Text()
	if !ok {
		return unit.Name()
	}
	return name
}

// sharesSubnetOfSegment holds for what is shared of the network: no subnet of the
// perimeter, none in which the transit gateway is, and to units of the class of
// the segment alone.
func sharesSubnetOfSegment(g *Graph, r *Resource) []Finding {
	const at = "resourceArn"
	share := g.Target(r, "resourceShareArn", shareType)
	segment, class, findings := g.sharedSegment(r)
	switch {
	case share == nil && r.Get("resourceShareArn").Unknown():
		return []Finding{open(r, "resourceShareArn")}
	case len(findings) > 0 || segment == "":
		return findings
	}
	for _, principal := range g.Linked(share, sharePrincipalType, "resourceShareArn") {
		unit := g.Target(principal, "principal", unitType)
		if unit == nil {
			continue // told by the rule about principals
		}
		if of := unitClasses[unitName(unit)]; of != "" && of != class {
			findings = append(findings, Finding{
				Resource: r.URN, Property: at,
				Problem: fmt.Sprintf("shares %s, which is %s, with %s, which is %s", segment, class, unitName(unit), unitClasses[unitName(unit)]),
				Fix:     "share it with the units of the segment",
			})
		}
		if other := g.otherSegment(unit, segment); other != "" {
			findings = append(findings, Finding{
				Resource: r.URN, Property: at,
				Problem: fmt.Sprintf("shares %s with %s, which has %s", segment, unitName(unit), other),
				Fix:     "share it with the units of the segment: a unit has one",
			})
		}
	}
	return findings
}

// sharedSegment is the segment that a shared subnet or address pool is of, with
// its class; none for what is of no segment.
func (g *Graph) sharedSegment(r *Resource) (segment, class string, findings []Finding) {
	const at = "resourceArn"
	subnet, pool := g.subnetShared(r), g.Target(r, at, ipamPoolType)
	switch v := r.Get(at); {
	case subnet == nil && pool == nil && v.Unknown():
		return "", "", []Finding{open(r, at)}
	case pool != nil:
		return g.segmentOf(r, pool)
	case subnet == nil && g.Target(r, at, hubType) != nil:
		return "", "", nil
	case subnet == nil:
		return "", "", []Finding{{
			Resource: r.URN, Property: at, Problem: fmt.Sprintf("is %s, which is no subnet, address pool or transit gateway of this stack", v),
			Fix: "share what this stack deploys",
		}}
	}
	n := g.network()
	s := n.bySubnet[subnet]
	switch {
	case s == nil:
		return "", "", []Finding{open(subnet, "vpcId")}
	case isPerimeter(s.vpc.res), n.isTransit(s):
		return "", "", []Finding{{
			Resource: r.URN, Property: at, Problem: fmt.Sprintf("shares %s, in which nobody but the network account has business", subnet.Name()),
			Fix: "share the subnets that workloads use",
		}}
	}
	return g.segmentOf(r, s.vpc.res)
}

// subnetShared is the subnet that is shared, whose ARN may be written by hand.
func (g *Graph) subnetShared(r *Resource) *Resource {
	if subnet := g.Target(r, "resourceArn", subnetType); subnet != nil {
		return subnet
	}
	text, _ := r.Get("resourceArn").Text()
	_, id, _ := strings.Cut(text, ":subnet/")
	i := slices.IndexFunc(g.indexed().byName[id], func(c *Resource) bool { return c.Type == subnetType })
	if i < 0 {
		return nil
	}
	return g.indexed().byName[id][i]
}

func (g *Graph) segmentOf(r, tagged *Resource) (segment, class string, findings []Finding) {
	if path, unknown := unknownAmong(tagged, segmentTag, classTag); unknown {
		return "", "", []Finding{open(tagged, path)}
	}
	segment, _ = tagged.Get(segmentTag).Text()
	class, _ = tagged.Get(classTag).Text()
	if segment == "" || class == "" {
		return "", "", []Finding{{
			Resource: r.URN, Property: "resourceArn", Problem: fmt.Sprintf("shares %s, which says not which segment it is of", tagged.Name()),
			Fix: "tag it with gxp:segment and gxp:segment-class",
		}}
	}
	return segment, class, nil
}

// otherSegment is another segment whose subnets are shared with a unit.
func (g *Graph) otherSegment(unit *Resource, segment string) string {
	for _, principal := range g.Linked(unit, sharePrincipalType, "principal") {
		share := g.Target(principal, "resourceShareArn", shareType)
		if share == nil {
			continue
		}
		for _, shared := range g.Linked(share, shareResourceType, "resourceShareArn") {
			if subnet := g.subnetShared(shared); subnet != nil {
				vpc := g.Target(subnet, "vpcId", vpcType)
				if vpc == nil {
					continue
				}
				if name, ok := vpc.Get(segmentTag).Text(); ok && name != segment && !slices.Contains(notSegments, name) {
					return name
				}
			}
		}
	}
	return ""
}
