package qualification

import "strings"

func (n *network) readRoutes() {
	for _, r := range n.g.OfType(routeType) {
		t := n.tableOf(r)
		if t == nil {
			n.cannotRead(r, "routeTableId")
			continue
		}
		n.addRoute(t, r, "", "destinationCidrBlock", "destinationIpv6CidrBlock")
	}
	for _, r := range n.g.OfType(routeTableType, defaultTableType) {
		t, routes := n.byTable[r], r.Get("routes")
		if t == nil {
			continue
		}
		if routes.Unknown() {
			t.cannotRead(r, "routes")
		}
		if announced := r.Get("propagatingVgws"); announced.Unknown() || len(announced.Items()) > 0 {
			t.cannotRead(r, "propagatingVgws")
		}
		for _, item := range routes.Items() {
			n.addRoute(t, r, item.Path()+".", "cidrBlock", "ipv6CidrBlock")
		}
	}
	// What a VPN announces is decided at its other end.
	for _, r := range n.g.OfType(vpnPropagationType) {
		if t := n.tableOf(r); t != nil {
			t.cannotRead(r, "vpnGatewayId")
		} else {
			n.cannotRead(r, "routeTableId")
		}
	}
}

func (n *network) tableOf(route *Resource) *vpcTable {
	for _, candidate := range n.g.targets(route, "routeTableId") {
		if t := n.byTable[candidate]; t != nil {
			return t
		}
	}
	// The main table of a VPC has no resource of its own.
	id := route.Get("routeTableId")
	for _, v := range n.vpcs {
		for _, output := range []string{"mainRouteTableId", "defaultRouteTableId"} {
			if own := v.res.Output(output); own.Known() && own.raw == id.raw {
				return v.main
			}
		}
	}
	return nil
}

func (t *vpcTable) cannotRead(r *Resource, path string) {
	f := open(r, path)
	t.unread = &f
}

// addRoute reads a route that stands at a path of r. IPv6 is none of a walk's
// business: a VPC that has it is a finding of its own.
func (n *network) addRoute(t *vpcTable, r *Resource, at, block, block6 string) {
	destination := r.Get(at + block)
	if destination.Absent() && !r.Get(at+block6).Absent() {
		return
	}
	to, ok := prefix(destination)
	if !ok {
		t.cannotRead(r, at+block)
		return
	}
	t.ways = append(t.ways, way{to: to, via: r, hop: n.hopAt(t.vpc, r, at)})
}

// targets are what a route can lead to, and how it is read.
var targets = []struct {
	property string
	read     func(n *network, r *Resource, path string) (hop, bool)
}{
	{"transitGatewayId", (*network).hubAt},
	{"natGatewayId", (*network).natAt},
	{"vpcEndpointId", (*network).firewallAt},
	{"gatewayId", (*network).gatewayAt},
	{"vpcPeeringConnectionId", nil}, // read with the VPC that it leaves from
	{"networkInterfaceId", nil},
	{"carrierGatewayId", nil},
	{"localGatewayId", nil},
	{"coreNetworkArn", nil},
	{"egressOnlyGatewayId", nil},
}

func (n *network) hopAt(vpc *vpcNode, r *Resource, at string) hop {
	for _, t := range targets {
		path := at + t.property
		if v := r.Get(path); v.Absent() || v.Is("") {
			continue
		}
		switch {
		case t.property == "vpcPeeringConnectionId":
			if h, ok := n.peerAt(vpc, r, path); ok {
				return h
			}
		case t.read != nil:
			if h, ok := t.read(n, r, path); ok {
				return h
			}
		}
		return hop{kind: toUnread, res: r, open: unfollowed(r, path)}
	}
	return hop{kind: toUnread, res: r, open: unfollowed(r, at+"gatewayId")}
}

// unfollowed tells of a route that leads where the graph does not show.
func unfollowed(r *Resource, path string) Finding {
	if r.Get(path).Unknown() {
		return open(r, path)
	}
	return Finding{
		Resource: r.URN, Property: path, Open: true,
		Problem: "leads to what is not in this stack, so that nobody can tell where traffic goes",
		Fix:     "lead it to a gateway, a firewall or an attachment that this stack deploys",
	}
}

func (n *network) hubAt(r *Resource, path string) (hop, bool) {
	hub := n.g.Target(r, path, hubType)
	return hop{kind: toHub, res: hub}, hub != nil
}

func (n *network) natAt(r *Resource, path string) (hop, bool) {
	nat := n.g.Target(r, path, natGatewayType)
	if nat == nil {
		return hop{}, false
	}
	s := n.bySubnet[n.g.Target(nat, "subnetId", subnetType)]
	return hop{kind: toNAT, res: nat, subnets: []*subnetNode{s}}, s != nil
}

// firewallAt finds the endpoint of a firewall by its id, or, before it is made,
// the subnets that it may be in.
func (n *network) firewallAt(r *Resource, path string) (hop, bool) {
	id := r.Get(path)
	for _, firewall := range n.g.OfType(firewallType) {
		for _, a := range endpointsOf(firewall) {
			if endpoint := a.Get("endpointId"); endpoint.Known() && endpoint.raw == id.raw {
				s := n.subnetNamed(a.Get("subnetId"))
				return hop{kind: toFirewall, res: firewall, subnets: []*subnetNode{s}}, s != nil
			}
		}
	}
	if !id.Unknown() {
		return hop{}, false
	}
	for _, urn := range r.PropertyDependencies[topLevel(path)] {
		if firewall := n.g.Resource(urn); firewall != nil && firewall.Type == firewallType {
			h := hop{kind: toFirewall, res: firewall, guessed: true, open: open(r, path)}
			for _, mapping := range firewall.Get("subnetMappings").Items() {
				if s := n.subnetNamed(mapping.Get("subnetId")); s != nil {
					h.subnets = append(h.subnets, s)
				}
			}
			return h, len(h.subnets) > 0
		}
	}
	return hop{}, false
}

func (n *network) subnetNamed(v Value) *subnetNode {
	text, ok := v.Text()
	if !ok {
		return nil
	}
	for _, r := range n.g.indexed().byName[text] {
		if s := n.bySubnet[r]; s != nil {
			return s
		}
	}
	return nil
}

// endpointsOf are the endpoints of a firewall that has been made.
func endpointsOf(firewall *Resource) []Value {
	var all []Value
	for _, status := range listOf(firewall.Output("firewallStatuses")) {
		for _, state := range listOf(status.Get("syncStates")) {
			all = append(all, listOf(state.Get("attachments"))...)
		}
	}
	return all
}

// listOf is the list, or the one element that stands without a list around it.
func listOf(v Value) []Value {
	if _, single := v.raw.(map[string]any); single {
		return []Value{v}
	}
	return v.Items()
}

func (n *network) gatewayAt(r *Resource, path string) (hop, bool) {
	for _, t := range n.g.targets(r, path) {
		switch t.Type {
		case internetGatewayType:
			return hop{kind: toInternet, res: t}, true
		case vpnGatewayType:
			return hop{kind: toOnPremises, res: t}, true
		case vpcEndpointType:
			return hop{kind: toNowhere, res: t}, true
		}
	}
	text, _ := r.Get(path).Text()
	for begins, k := range map[string]kind{
		"local": toLocal, "igw-": toInternet, "vgw-": toOnPremises, "vpce-": toNowhere,
	} {
		if strings.HasPrefix(text, begins) {
			return hop{kind: k, res: r}, true
		}
	}
	return hop{}, false
}

// peerAt is the VPC at the other end of a peering of VPCs.
func (n *network) peerAt(vpc *vpcNode, r *Resource, path string) (hop, bool) {
	peering := n.g.Target(r, path, vpcPeeringType)
	if peering == nil {
		return hop{}, false
	}
	for _, end := range []string{"vpcId", "peerVpcId"} {
		if v := n.byVPC[n.g.Target(peering, end, vpcType)]; v != nil && v != vpc {
			return hop{kind: toPeer, res: peering, vpc: v}, true
		}
	}
	return hop{}, false
}
