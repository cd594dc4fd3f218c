package qualification

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
)

// segmentTag and its companions are how the network says what it is for.
const (
	segmentTag = `tags["gxp:segment"]`
	classTag   = `tags["gxp:segment-class"]`
	reachesTag = `tags["gxp:reaches"]`

	// inspectionTag says whether a perimeter was meant to have a firewall.
	inspectionTag = `tags["gxp:inspection"]`
)

// network is what moves packets. Reading it decides nothing: what cannot be
// read is kept as a finding, and stops the packets that come to it.
type network struct {
	g      *Graph
	vpcs   []*vpcNode
	hubs   []*Resource
	joints []*joint

	byVPC     map[*Resource]*vpcNode
	bySubnet  map[*Resource]*subnetNode
	byTable   map[*Resource]*vpcTable
	byHub     map[*Resource]*hubTable
	byJoint   map[*Resource]*joint
	byJointID map[string]*joint

	// unread is what cannot be read and belongs to no place in particular.
	unread []Finding

	// unassociated is an association that cannot be read: whatever seems to have
	// none may have this one.
	unassociated *Finding
}

type vpcNode struct {
	res     *Resource
	place   Place
	blocks  []netip.Prefix
	subnets []*subnetNode
	main    *vpcTable
}

func (v *vpcNode) holds(a netip.Addr) bool {
	return slices.ContainsFunc(v.blocks, func(b netip.Prefix) bool { return b.Contains(a) })
}

type subnetNode struct {
	res   *Resource
	vpc   *vpcNode
	block netip.Prefix

	// own is the route table of the subnet, table one with the same routes.
	own, table *vpcTable
}

// vpcTable is a route table of a VPC, with the way to the VPC itself.
type vpcTable struct {
	res    *Resource
	vpc    *vpcNode
	ways   []way
	unread *Finding
}

// hubTable is a route table of a transit gateway.
type hubTable struct {
	res    *Resource
	hub    *Resource
	ways   []way
	unread *Finding
}

// way is one route.
type way struct {
	to         netip.Prefix
	via        *Resource
	hop        hop
	propagated bool
}

// kind says what a route leads to.
type kind int

const (
	toNowhere kind = iota
	toLocal
	toHub
	toNAT
	toFirewall
	toInternet
	toPeer
	toOnPremises
	toJoint
	toUnread
)

type hop struct {
	kind    kind
	res     *Resource
	subnets []*subnetNode
	vpc     *vpcNode
	joint   *joint
	open    Finding

	// guessed is true where the packet takes one of the subnets, and it is not
	// known which.
	guessed bool
}

// joint is an attachment to a transit gateway: a VPC of the graph, a peering of
// two transit gateways, or a stub, behind which is what the graph does not hold.
type joint struct {
	res     *Resource
	id      string
	hub     *Resource
	vpc     *vpcNode
	subnets []*subnetNode
	unread  *Finding

	far      *Resource
	accepted bool

	// outside is true where the company's own network is behind it.
	outside bool

	// tables are those that it is associated with, by transit gateway.
	tables map[*Resource][]*hubTable
}

func (j *joint) isStub() bool { return j.vpc == nil && j.far == nil && j.unread == nil }

func readNetwork(g *Graph) *network {
	n := &network{
		g: g, hubs: g.OfType(hubType),
		byVPC: map[*Resource]*vpcNode{}, bySubnet: map[*Resource]*subnetNode{}, byTable: map[*Resource]*vpcTable{},
		byHub: map[*Resource]*hubTable{}, byJoint: map[*Resource]*joint{}, byJointID: map[string]*joint{},
	}
	n.readVPCs()
	n.readTables()
	n.readSubnets()
	n.readRoutes()
	n.readJoints()
	n.readHubTables()
	n.readHubRoutes()
	n.unify()
	return n
}

// unify lets subnets of a VPC whose tables hold the same routes share one of
// them: a packet cannot tell them apart.
func (n *network) unify() {
	for _, v := range n.vpcs {
		byRoutes := map[string]*vpcTable{}
		for _, s := range v.subnets {
			s.own = s.table
			routes := s.table.fingerprint()
			if byRoutes[routes] == nil {
				byRoutes[routes] = s.table
			}
			s.table = byRoutes[routes]
		}
	}
}

// fingerprint tells tables apart by what they do with a packet.
func (t *vpcTable) fingerprint() string {
	if t.unread != nil {
		return t.res.URN
	}
	lines := make([]string, len(t.ways))
	for i, w := range t.ways {
		lines[i] = w.String()
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// String is the same for ways that do the same.
func (w way) String() string {
	var text strings.Builder
	fmt.Fprint(&text, w.to, " ", w.hop.kind)
	switch {
	case w.hop.kind == toUnread:
		text.WriteString(w.via.URN)
	case w.hop.res != nil && w.hop.kind != toLocal:
		text.WriteString(w.hop.res.URN)
	}
	for _, s := range w.hop.subnets {
		text.WriteString(" " + s.res.URN)
	}
	return text.String()
}

func (n *network) cannotRead(r *Resource, path string) { n.unread = append(n.unread, open(r, path)) }

// prefix reads a block of IPv4 addresses.
func prefix(v Value) (netip.Prefix, bool) {
	text, _ := v.Text()
	p, err := netip.ParsePrefix(text)
	return p.Masked(), err == nil
}

func (n *network) readVPCs() {
	for _, r := range n.g.OfType(vpcType) {
		v := &vpcNode{res: r}
		v.main = &vpcTable{res: r, vpc: v}
		if block, ok := prefix(r.Get("cidrBlock")); ok {
			v.add(block)
		} else if block, ok := prefix(r.Output("cidrBlock")); ok {
			v.add(block)
		} else {
			n.cannotRead(r, "cidrBlock")
		}
		n.byVPC[r] = v
		n.vpcs = append(n.vpcs, v)
		var known bool
		if v.place, known = n.placeOfResource(r); !known {
			n.cannotRead(r, segmentTag)
		}
	}
	for _, r := range n.g.OfType(vpcBlockType) {
		v := n.byVPC[n.g.Target(r, "vpcId", vpcType)]
		if block, ok := prefix(r.Get("cidrBlock")); ok && v != nil {
			v.add(block)
		} else {
			n.cannotRead(r, "cidrBlock")
		}
	}
}

// add gives the VPC a block, and every one of its tables the way to it.
func (v *vpcNode) add(block netip.Prefix) {
	v.blocks = append(v.blocks, block)
	v.main.ways = append(v.main.ways, way{to: block, hop: hop{kind: toLocal}})
}

// placeOfResource is what a resource says that it is part of, by its tag and
// region. What carries no tag is a place of its own.
func (n *network) placeOfResource(r *Resource) (Place, bool) {
	tag, region := r.Get(segmentTag), n.g.Region(r)
	if tag.Unknown() || region.Unknown() {
		return Place{Name: r.Name()}, false
	}
	in, _ := region.Text()
	name, ok := tag.Text()
	if !ok || name == "" {
		name = shortType(r.Type) + " " + r.Name()
	}
	return Place{name, in}, true
}

func (n *network) readTables() {
	for _, r := range n.g.OfType(routeTableType) {
		v := n.byVPC[n.g.Target(r, "vpcId", vpcType)]
		if v == nil {
			n.cannotRead(r, "vpcId")
			continue
		}
		n.byTable[r] = &vpcTable{res: r, vpc: v, ways: slices.Clone(v.main.ways)}
	}
	for _, r := range n.g.OfType(defaultTableType) {
		id := r.Get("defaultRouteTableId")
		i := slices.IndexFunc(n.vpcs, func(v *vpcNode) bool {
			own := v.res.Output("defaultRouteTableId")
			return own.Known() && own.raw == id.raw || slices.Contains(r.PropertyDependencies["defaultRouteTableId"], v.res.URN)
		})
		if i < 0 {
			n.cannotRead(r, "defaultRouteTableId")
			continue
		}
		v := n.vpcs[i]
		v.main.res = r
		n.byTable[r] = v.main
	}
	for _, r := range n.g.OfType(mainAssociationType) {
		v, t := n.byVPC[n.g.Target(r, "vpcId", vpcType)], n.byTable[n.g.Target(r, "routeTableId", routeTableType)]
		if v == nil || t == nil {
			n.cannotRead(r, "routeTableId")
			continue
		}
		v.main = t
	}
}

func (n *network) readSubnets() {
	tableOf := map[*Resource]*vpcTable{}
	for _, r := range n.g.OfType(tableAssociationType) {
		if r.Get("subnetId").Absent() {
			continue
		}
		subnet, t := n.g.Target(r, "subnetId", subnetType), n.byTable[n.g.Target(r, "routeTableId", routeTableType)]
		switch {
		case subnet == nil:
			n.cannotRead(r, "subnetId")
		case t == nil:
			n.cannotRead(r, "routeTableId")
		default:
			tableOf[subnet] = t
		}
	}
	for _, r := range n.g.OfType(subnetType) {
		v := n.byVPC[n.g.Target(r, "vpcId", vpcType)]
		block, ok := prefix(r.Get("cidrBlock"))
		if v == nil || !ok {
			n.cannotRead(r, map[bool]string{true: "vpcId", false: "cidrBlock"}[v == nil])
			continue
		}
		s := &subnetNode{res: r, vpc: v, block: block, table: tableOf[r]}
		if s.table == nil {
			s.table = v.main
		}
		n.bySubnet[r] = s
		v.subnets = append(v.subnets, s)
	}
}

// subnetsAt are the subnets of the graph that a list names; known is false where
// it names others too.
func (n *network) subnetsAt(r *Resource, list Value) (subnets []*subnetNode, known bool) {
	known = list.Known()
	for _, item := range list.Items() {
		text, ok := item.Text()
		i := slices.IndexFunc(n.g.indexed().byName[text], func(c *Resource) bool { return ok && n.bySubnet[c] != nil })
		if i < 0 {
			known = false
			continue
		}
		subnets = append(subnets, n.bySubnet[n.g.indexed().byName[text][i]])
	}
	if known {
		return subnets, true
	}
	// What is not made yet is known by what the list depends on.
	for _, urn := range r.PropertyDependencies[topLevel(list.Path())] {
		if s := n.bySubnet[n.g.Resource(urn)]; s != nil && !slices.Contains(subnets, s) {
			subnets, known = append(subnets, s), true
		}
	}
	return subnets, known
}
