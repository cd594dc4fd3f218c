package qualification

import (
	"net/netip"
	"slices"
)

func (n *network) readJoints() {
	for _, r := range n.g.OfType(vpcAttachmentType) {
		j := n.join(r)
		if j.vpc = n.byVPC[n.g.Target(r, "vpcId", vpcType)]; j.vpc == nil {
			j.cannotRead(r, "vpcId")
		}
		var known bool
		if j.subnets, known = n.subnetsAt(r, r.Get("subnetIds")); !known {
			j.cannotRead(r, "subnetIds")
		}
	}
	for _, r := range n.g.OfType(peeringAttachmentType) {
		j := n.join(r)
		if j.far = n.g.Target(r, "peerTransitGatewayId", hubType); j.far == nil {
			j.cannotRead(r, "peerTransitGatewayId")
		}
	}
	for _, r := range n.g.OfType(peeringAccepterType, vpcAccepterType) {
		for _, t := range n.g.targets(r, "transitGatewayAttachmentId") {
			if j := n.byJoint[t]; j != nil && j.res == t {
				j.accepted = true
				n.byJoint[r] = j
				// Both ends go by the id of the attachment.
				n.byJointID[r.ID] = j
			}
		}
		if n.byJoint[r] != nil {
			continue
		}
		if r.Type == peeringAccepterType || r.Get("transitGatewayAttachmentId").Unknown() {
			n.cannotRead(r, "transitGatewayAttachmentId")
			continue
		}
		n.join(r)
	}
	for _, r := range n.g.OfType(vpnConnectionType, directConnectType) {
		if r.Type == vpnConnectionType && r.Get("transitGatewayId").Absent() {
			continue
		}
		n.join(r).outside = true
	}
}

// join adds the attachment that a resource makes.
func (n *network) join(r *Resource) *joint {
	j := &joint{res: r, tables: map[*Resource][]*hubTable{}}
	switch {
	case r.Type == vpcAccepterType:
		j.id, _ = r.Get("transitGatewayAttachmentId").Text()
	case r.Type == vpnConnectionType:
		j.id, _ = r.Output("transitGatewayAttachmentId").Text()
	case r.Type != directConnectType:
		j.id = r.ID
		if j.hub = n.g.Target(r, "transitGatewayId", hubType); j.hub == nil {
			j.cannotRead(r, "transitGatewayId")
		}
	}
	n.joints = append(n.joints, j)
	n.byJoint[r] = j
	if j.id != "" {
		n.byJointID[j.id] = j
	}
	return j
}

func (j *joint) cannotRead(r *Resource, path string) {
	f := open(r, path)
	j.unread = &f
}

// jointAt is the attachment that a property refers to. One that the graph does
// not make is a stub.
func (n *network) jointAt(r *Resource, property string) *joint {
	id, known := r.Get(property).Text()
	if j := n.byJointID[id]; known && j != nil {
		return j
	}
	var found []*joint
	for _, urn := range r.PropertyDependencies[property] {
		if j := n.byJoint[n.g.Resource(urn)]; j != nil && !slices.Contains(found, j) {
			found = append(found, j)
		}
	}
	// The id of a Direct Connect attachment is looked up, and depends on what
	// was asked about.
	if len(found) == 1 && (!known || found[0].id == "") {
		if known {
			n.byJointID[id] = found[0]
		}
		return found[0]
	}
	if !known {
		return nil
	}
	j := &joint{res: r, id: id, tables: map[*Resource][]*hubTable{}}
	n.joints = append(n.joints, j)
	n.byJointID[id] = j
	return j
}

func (n *network) readHubTables() {
	for _, r := range n.g.OfType(hubTableType) {
		t := &hubTable{res: r, hub: n.g.Target(r, "transitGatewayId", hubType)}
		if t.hub == nil {
			n.cannotRead(r, "transitGatewayId")
		}
		n.byHub[r] = t
	}
	for _, r := range n.g.OfType(hubAssociationType) {
		j, t := n.jointAt(r, "transitGatewayAttachmentId"), n.byHub[n.g.Target(r, "transitGatewayRouteTableId", hubTableType)]
		if j == nil || t == nil {
			path := "transitGatewayAttachmentId"
			if j != nil {
				path = "transitGatewayRouteTableId"
			}
			f := open(r, path)
			n.unassociated = &f
			continue
		}
		j.tables[t.hub] = append(j.tables[t.hub], t)
	}
}

func (n *network) readHubRoutes() {
	for _, r := range n.g.OfType(hubRouteType) {
		t := n.byHub[n.g.Target(r, "transitGatewayRouteTableId", hubTableType)]
		if t == nil {
			n.cannotRead(r, "transitGatewayRouteTableId")
			continue
		}
		to, ok := prefix(r.Get("destinationCidrBlock"))
		if !ok {
			t.cannotRead(r, "destinationCidrBlock")
			continue
		}
		t.ways = append(t.ways, way{to: to, via: r, hop: n.hubHopAt(r)})
	}
	for _, r := range n.g.OfType(hubPropagationType) {
		n.propagate(r)
	}
	for _, r := range n.g.OfType(hubPrefixListType) {
		if t := n.byHub[n.g.Target(r, "transitGatewayRouteTableId", hubTableType)]; t != nil {
			t.cannotRead(r, "prefixListId")
		} else {
			n.cannotRead(r, "transitGatewayRouteTableId")
		}
	}
}

func (n *network) hubHopAt(r *Resource) hop {
	const at = "transitGatewayAttachmentId"
	switch blackhole := r.Get("blackhole"); {
	case blackhole.Unknown():
		return hop{kind: toUnread, open: open(r, "blackhole")}
	case blackhole.Is(true):
		return hop{kind: toNowhere}
	}
	if j := n.jointAt(r, at); j != nil {
		return hop{kind: toJoint, joint: j}
	}
	return hop{kind: toUnread, open: open(r, at)}
}

// propagate adds the routes that an attachment announces. What comes from
// outside of AWS is announced there, so nobody can tell here.
func (n *network) propagate(r *Resource) {
	t := n.byHub[n.g.Target(r, "transitGatewayRouteTableId", hubTableType)]
	if t == nil {
		n.cannotRead(r, "transitGatewayRouteTableId")
		return
	}
	j := n.jointAt(r, "transitGatewayAttachmentId")
	if j == nil || j.vpc == nil {
		t.cannotRead(r, "transitGatewayAttachmentId")
		return
	}
	for _, block := range j.vpc.blocks {
		t.ways = append(t.ways, way{to: block, via: r, hop: hop{kind: toJoint, joint: j}, propagated: true})
	}
}

func (t *hubTable) cannotRead(r *Resource, path string) {
	f := open(r, path)
	t.unread = &f
}

// placeOf is what is behind a stub: the company's own network behind a VPN or
// Direct Connect, and otherwise what the attachment, or the table that it is
// associated with, says.
func (n *network) placeOf(j *joint) (Place, bool) {
	if j.outside {
		return Place{Name: onPremisesPlace}, true
	}
	if j.unread != nil {
		return Place{}, false
	}
	if j.res.Type == vpcAccepterType && j.res.Get(segmentTag).Known() {
		return n.placeOfResource(j.res)
	}
	for _, hub := range n.hubs {
		for _, t := range j.tables[hub] {
			if t.res.Get(segmentTag).Is(onPremisesPlace) {
				return Place{Name: onPremisesPlace}, true
			}
			if t.res.Get(segmentTag).Known() {
				return n.placeOfResource(t.res)
			}
		}
	}
	return Place{}, false
}

// unplaced tells of a stub behind which may be anything.
func (n *network) unplaced(j *joint) Finding {
	if j.unread != nil {
		return *j.unread
	}
	return Finding{
		Resource: j.res.URN, Property: "transitGatewayAttachmentId", Open: true,
		Problem: "is an attachment of which nothing says what is behind it",
		Fix:     "associate it with a route table that says so by its tag gxp:segment",
	}
}

// blocksBehind are the addresses that routes say to be behind a stub.
func (n *network) blocksBehind(j *joint) []netip.Prefix {
	var blocks []netip.Prefix
	for _, r := range n.g.OfType(hubTableType) {
		for _, w := range n.byHub[r].ways {
			if w.hop.joint == j {
				blocks = append(blocks, w.to)
			}
		}
	}
	return blocks
}

// reserved are the blocks that are never reached through the internet.
var reserved = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"),
	netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("169.254.0.0/16"), netip.MustParsePrefix("172.16.0.0/12"),
	netip.MustParsePrefix("192.168.0.0/16"), netip.MustParsePrefix("224.0.0.0/3"),
}

func public(a netip.Addr) bool {
	return a.Is4() && !slices.ContainsFunc(reserved, func(p netip.Prefix) bool { return p.Contains(a) })
}

// boundaries are the first addresses of all ranges that something tells from
// others: between two of them, every address has the same way.
func (n *network) boundaries() []netip.Addr {
	set := map[netip.Addr]bool{}
	add := func(p netip.Prefix) {
		if !p.Addr().Is4() {
			return
		}
		set[p.Addr()] = true
		if next := last(p).Next(); next.IsValid() {
			set[next] = true
		}
	}
	if len(n.vpcs)+len(n.joints) > 0 {
		for _, p := range reserved {
			add(p)
		}
	}
	for _, v := range n.vpcs {
		for _, s := range v.subnets {
			add(s.block)
		}
		addWays(add, v.main.ways)
	}
	for _, t := range n.byTable {
		addWays(add, t.ways)
	}
	for _, t := range n.byHub {
		addWays(add, t.ways)
	}
	addresses := make([]netip.Addr, 0, len(set))
	for a := range set {
		addresses = append(addresses, a)
	}
	slices.SortFunc(addresses, netip.Addr.Compare)
	return addresses
}

func addWays(add func(netip.Prefix), ways []way) {
	for _, w := range ways {
		add(w.to)
	}
}

// last is the last address of a block.
func last(p netip.Prefix) netip.Addr {
	bytes := p.Addr().As4()
	for bit := p.Bits(); bit < 32; bit++ {
		bytes[bit/8] |= 1 << (7 - bit%8)
	}
	return netip.AddrFrom4(bytes)
}

// owner is the place that an address belongs to; none where it belongs to
// nobody.
func (n *network) owner(a netip.Addr) Place {
	for _, v := range n.vpcs {
		for _, s := range v.subnets {
			if s.block.Contains(a) {
				return v.place
			}
		}
	}
	if public(a) {
		return Place{Name: internetPlace}
	}
	for _, j := range n.joints {
		behind := func(b netip.Prefix) bool { return b.Contains(a) }
		if place, known := n.placeOf(j); known && j.isStub() && slices.ContainsFunc(n.blocksBehind(j), behind) {
			return place
		}
	}
	return Place{}
}
