package qualification

import (
	"net/netip"
	"slices"
)

// maxHops is more than any packet needs that arrives.
const maxHops = 32

// packet is a packet on its way.
type packet struct {
	dst netip.Addr

	// vpc is where its source address belongs. It can leave by an internet
	// gateway of this VPC alone, which knows no other addresses.
	vpc *vpcNode

	trail     []passage
	nats      []*subnetNode
	inspected bool
}

// passage is something that a packet passed.
type passage struct {
	at *Resource

	// route is the one that sent it on; nil where none did.
	route *Resource
	bits  int
}

// end says how the way of a packet ends.
type end int

const (
	delivered end = iota
	stopped
	unread // what comes next cannot be read
)

// outcome is what becomes of a packet.
type outcome struct {
	packet
	end end

	// place, vpc, subnet and joint are where it was delivered.
	place  Place
	vpc    *vpcNode
	subnet *subnetNode
	joint  *joint

	// at is where it was stopped.
	at   *Resource
	open Finding
}

func (p packet) stop(at *Resource) []outcome { return []outcome{{packet: p, end: stopped, at: at}} }

func (p packet) lost(f Finding) []outcome { return []outcome{{packet: p, end: unread, open: f}} }

func (p packet) passed(s passage) packet {
	p.trail = append(slices.Clip(p.trail), s)
	return p
}

// loops reports that the packet comes to a table again, where the same route
// would send it the same way.
func (p packet) loops(at *Resource) bool {
	return len(p.trail) >= maxHops || slices.ContainsFunc(p.trail, func(s passage) bool { return s.at == at })
}

// from is where an answer begins.
func (o outcome) from() (start any, vpc *vpcNode) {
	switch {
	case o.subnet != nil:
		return o.subnet.table, o.vpc
	case o.joint != nil:
		return o.joint, nil
	}
	return nil, nil
}

func (o outcome) lastNAT() *subnetNode {
	if len(o.nats) == 0 {
		return nil
	}
	return o.nats[len(o.nats)-1]
}

// hops are the names of what the packet passed.
func (o outcome) hops() []string {
	var names []string
	for _, s := range o.trail {
		names = append(names, shortType(s.at.Type)+" "+s.at.Name())
	}
	return names
}

// decisive is the URN of the route that lets the packet out of where it began:
// the first one of a transit gateway, which is where segments are kept apart,
// and where there is none, the most specific one of a VPC.
func (o outcome) decisive() string {
	urn, bits := "", -1
	for _, s := range o.trail {
		switch {
		case s.route == nil:
		case s.at.Type == hubTableType:
			return s.route.URN
		case s.bits > bits:
			urn, bits = s.route.URN, s.bits
		}
	}
	return urn
}

// by is the packet with the way that it takes by a table of any kind, or how its
// own way ends there. unread is why the table cannot be read.
func (p packet) by(table *Resource, ways []way, unread *Finding) (packet, way, []outcome) {
	if p.loops(table) {
		return p, way{}, p.stop(table)
	}
	if unread != nil {
		return p, way{}, p.lost(*unread)
	}
	w, found := lookup(ways, p.dst)
	if !found {
		return p, way{}, p.passed(passage{at: table}).stop(table)
	}
	return p.passed(passage{table, w.via, w.to.Bits()}), w, nil
}

// inTable follows a packet from a subnet with the given route table.
func (n *network) inTable(p packet, t *vpcTable) []outcome {
	p, w, ended := p.by(t.res, t.ways, t.unread)
	if ended != nil {
		return ended
	}
	switch w.hop.kind {
	case toLocal:
		return n.arrive(p, t.vpc, t.res)
	case toHub:
		return n.intoHub(p, t.vpc, w.hop.res)
	case toNAT:
		subnet := w.hop.subnets[0]
		p.nats = append(slices.Clip(p.nats), subnet)
		p.vpc = subnet.vpc
		return n.inTable(p.passed(passage{at: w.hop.res}), subnet.table)
	case toFirewall:
		p.inspected = true
		return n.agreed(p, w.hop, func(s *subnetNode) []outcome {
			return n.inTable(p.passed(passage{at: w.hop.res}), s.table)
		})
	case toInternet:
		if p.vpc != t.vpc || !public(p.dst) {
			return p.stop(w.via)
		}
		return []outcome{{packet: p, end: delivered, place: Place{Name: internetPlace}}}
	case toPeer:
		return n.arrive(p, w.hop.vpc, w.via)
	case toOnPremises:
		return []outcome{{packet: p, end: delivered, place: Place{Name: onPremisesPlace}}}
	case toUnread:
		return p.lost(w.hop.open)
	default:
		return p.stop(w.via)
	}
}

// arrive delivers a packet in a VPC.
func (n *network) arrive(p packet, vpc *vpcNode, at *Resource) []outcome {
	for _, s := range vpc.subnets {
		if s.block.Contains(p.dst) {
			return []outcome{{packet: p, end: delivered, place: vpc.place, vpc: vpc, subnet: s}}
		}
	}
	return p.stop(at)
}

// agreed follows all ways that a packet may take. Where it is not known which
// one it does, they have to end alike.
func (n *network) agreed(p packet, h hop, follow func(*subnetNode) []outcome) []outcome {
	var all []outcome
	for _, s := range h.subnets {
		all = append(all, follow(s)...)
	}
	if !h.guessed {
		return all
	}
	if slices.ContainsFunc(all, func(o outcome) bool { return o.end != all[0].end || o.place != all[0].place }) {
		return p.lost(h.open)
	}
	return all
}

// intoHub hands a packet from a VPC to a transit gateway.
func (n *network) intoHub(p packet, vpc *vpcNode, hub *Resource) []outcome {
	var all []outcome
	for _, j := range n.joints {
		if j.vpc == vpc && j.hub == hub {
			all = append(all, n.throughHub(p, j, hub)...)
		}
	}
	switch i := slices.IndexFunc(n.joints, func(j *joint) bool { return j.unread != nil }); {
	case len(all) == 0 && i >= 0:
		return p.lost(*n.joints[i].unread)
	case len(all) == 0:
		return p.stop(hub)
	}
	return all
}

// throughHub follows a packet that came to a transit gateway by an attachment:
// the table that the attachment is associated with decides.
func (n *network) throughHub(p packet, j *joint, hub *Resource) []outcome {
	tables := j.tables[hub]
	if len(tables) == 0 {
		if n.unassociated != nil {
			return p.lost(*n.unassociated)
		}
		return p.stop(hub)
	}
	var all []outcome
	for _, t := range tables {
		all = append(all, n.inHubTable(p, t)...)
	}
	return all
}

func (n *network) inHubTable(p packet, t *hubTable) []outcome {
	p, w, ended := p.by(t.res, t.ways, t.unread)
	if ended != nil {
		return ended
	}
	j := w.hop.joint
	switch {
	case w.hop.kind == toUnread:
		return p.lost(w.hop.open)
	case w.hop.kind == toNowhere:
		return p.stop(w.via)
	case j.far != nil:
		return n.acrossPeering(p, j, t.hub)
	case j.vpc != nil:
		return n.intoVPC(p, j)
	}
	place, known := n.placeOf(j)
	if !known {
		return p.lost(n.unplaced(j))
	}
	return []outcome{{packet: p, end: delivered, place: place, joint: j}}
}

// acrossPeering follows a packet to the other end of a peering.
func (n *network) acrossPeering(p packet, j *joint, hub *Resource) []outcome {
	if !j.accepted {
		return p.stop(j.res)
	}
	if hub == j.hub {
		return n.throughHub(p, j, j.far)
	}
	return n.throughHub(p, j, j.hub)
}

// intoVPC follows a packet into the VPC of an attachment. It may come in by any
// of the subnets that the attachment is in.
func (n *network) intoVPC(p packet, j *joint) []outcome {
	if j.unread != nil {
		return p.lost(*j.unread)
	}
	var all []outcome
	var seen []*vpcTable
	for _, s := range j.subnets {
		if !slices.Contains(seen, s.table) {
			seen = append(seen, s.table)
			all = append(all, n.inTable(p, s.table)...)
		}
	}
	if len(all) == 0 {
		return p.stop(j.res)
	}
	return all
}

// fromStub follows a packet that comes from outside of the graph.
func (n *network) fromStub(p packet, j *joint) []outcome {
	var all []outcome
	for _, hub := range n.hubs {
		if len(j.tables[hub]) > 0 {
			all = append(all, n.throughHub(p, j, hub)...)
		}
	}
	return all
}

// lookup finds the way of the longest prefix; of two that are equally long, the
// one that somebody wrote and not the one that was propagated.
func lookup(ways []way, dst netip.Addr) (way, bool) {
	best, found := way{}, false
	for _, w := range ways {
		if !w.to.Contains(dst) {
			continue
		}
		if !found || w.to.Bits() > best.to.Bits() || w.to.Bits() == best.to.Bits() && best.propagated && !w.propagated {
			best, found = w, true
		}
	}
	return best, found
}
