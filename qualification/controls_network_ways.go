package qualification

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
)

const (
	// tierTag says what a subnet is for.
	tierTag      = `tags["gxp:tier"]`
	isolatedTier = "isolated"

	ipv6BlockType = "aws:ec2/vpcIpv6CidrBlockAssociation:VpcIpv6CidrBlockAssociation"
)

// ipv6Settings are the inputs by which something gets addresses of IPv6, or a
// way for them. A leading [] stands for the routes of a table.
var ipv6Settings = map[string][]string{
	subnetType: {
		"ipv6CidrBlock", "assignIpv6AddressOnCreation", "ipv6Native", "ipv6IpamPoolId", "enableDns64",
		"enableResourceNameDnsAaaaRecordOnLaunch",
	},
	vpcType:   {"assignGeneratedIpv6CidrBlock", "ipv6CidrBlock", "ipv6IpamPoolId"},
	routeType: {"destinationIpv6CidrBlock"},
}

// isOfIPv4Alone holds for what has no address of IPv6, and no way for one.
func isOfIPv4Alone(_ *Graph, r *Resource) []Finding {
	paths := ipv6Settings[r.Type]
	for _, item := range r.Get("routes").Items() {
		paths = append(slices.Clip(paths), item.Path()+".ipv6CidrBlock")
	}
	var findings []Finding
	for _, path := range paths {
		findings = append(findings, property(path).check(isOff, "must not be set: nobody judges where IPv6 leads")(nil, r)...)
	}
	switch r.Type {
	case ipv6BlockType:
		return []Finding{{Resource: r.URN, Problem: "gives a VPC addresses of IPv6, whose routes nobody judges", Fix: "take it away"}}
	case hubRouteType:
		return property("destinationCidrBlock").check(func(v Value) bool {
			text, _ := v.Text()
			return !strings.Contains(text, "::")
		}, "must be a block of IPv4")(nil, r)
	}
	return findings
}

func isOff(v Value) bool { return v.Absent() || v.Is(false) || v.Is("") }

// private are the blocks that networks of their own are made of.
var private = []netip.Prefix{
	netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"),
	netip.MustParsePrefix("172.16.0.0/12"), netip.MustParsePrefix("192.168.0.0/16"),
}

// ranges are the addresses of the network: what its VPCs have, what its pools
// hold, and what its route tables drop, as far as it is private.
func (n *network) ranges() []netip.Prefix {
	var all []netip.Prefix
	for _, v := range n.vpcs {
		all = append(all, v.blocks...)
	}
	for _, r := range n.g.OfType(ipamPoolBlockType) {
		if block, ok := prefix(r.Get("cidr")); ok {
			all = append(all, block)
		}
	}
	for _, t := range n.byHub {
		for _, w := range t.ways {
			if w.hop.kind == toNowhere && slices.ContainsFunc(n.vpcs, func(v *vpcNode) bool {
				return slices.ContainsFunc(v.blocks, w.to.Overlaps)
			}) {
				all = append(all, w.to)
			}
		}
	}
	return slices.DeleteFunc(all, func(b netip.Prefix) bool { return !inBlocks(private, b) })
}

// company are the addresses behind VPNs and Direct Connect.
func (n *network) company() []netip.Prefix {
	var all []netip.Prefix
	for _, j := range n.joints {
		if place, known := n.placeOf(j); known && j.isStub() && place.Name == onPremisesPlace {
			all = append(all, n.blocksBehind(j)...)
		}
	}
	const largest = 8
	return slices.DeleteFunc(all, func(b netip.Prefix) bool { return b.Bits() < largest })
}

// inBlocks reports that one of the blocks has all of another.
func inBlocks(blocks []netip.Prefix, inner netip.Prefix) bool {
	return slices.ContainsFunc(blocks, func(outer netip.Prefix) bool { return blockCovers(outer, inner) })
}

// leadsWhereItsTierMay holds for a subnet whose table has the ways of its tier:
// none where the transit gateway is, none out of the network where it is
// isolated, and everywhere the same in each zone.
func leadsWhereItsTierMay(g *Graph, r *Resource) []Finding {
	n := g.network()
	s := n.bySubnet[r]
	switch {
	case s == nil:
		return []Finding{open(r, "vpcId")}
	case r.Get(tierTag).Unknown():
		return []Finding{open(r, tierTag)}
	case s.own.unread != nil:
		return []Finding{*s.own.unread}
	}
	findings := property(tierTag).isSet()(g, r)
	for _, w := range s.own.ways {
		problem := ""
		switch {
		case w.hop.kind == toLocal, isPerimeter(s.vpc.res):
		case n.isTransit(s):
			problem = "leads somewhere from " + r.Name() + ", where nothing but the transit gateway is"
		case r.Get(tierTag).Is(isolatedTier) && !inBlocks(n.ranges(), w.to):
			problem = fmt.Sprintf("leads from %s, which is isolated, to %s, which is not of the network", r.Name(), w.to)
		}
		if problem != "" {
			findings = append(findings, Finding{Resource: w.via.URN, Problem: problem, Fix: "take the route away"})
		}
	}
	return append(findings, s.isLikeItsTier()...)
}

// isLikeItsTier holds for a subnet whose table leads to the same blocks as those
// of its tier in other zones.
func (s *subnetNode) isLikeItsTier() []Finding {
	tier := s.res.Get(tierTag)
	for _, other := range s.vpc.subnets {
		if !other.res.Get(tierTag).equals(tier) || tier.Absent() {
			continue
		}
		for _, w := range other.own.ways {
			if !slices.ContainsFunc(s.own.ways, func(own way) bool { return own.to == w.to }) {
				return []Finding{{
					Resource: s.res.URN, Problem: fmt.Sprintf("has no way to %s, which %s has", w.to, other.res.Name()),
					Fix: "give the subnets of a tier the same routes in each zone",
				}}
			}
		}
	}
	return nil
}

// detours are what connects a VPC with something by a way that no control
// follows.
var detours = []string{
	vpcPeeringType, vpnGatewayType, egressGatewayType,
	"aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter",
	"aws:ec2/vpnGatewayAttachment:VpnGatewayAttachment",
	"aws:ec2/carrierGateway:CarrierGateway",
	"aws:ec2/localGatewayRouteTableVpcAssociation:LocalGatewayRouteTableVpcAssociation",
	"aws:ec2/vpcEndpointService:VpcEndpointService",
	"aws:ec2clientvpn/endpoint:Endpoint",
	"aws:ec2transitgateway/connect:Connect",
	"aws:ec2transitgateway/connectPeer:ConnectPeer",
	"aws:ec2transitgateway/instanceConnectEndpoint:InstanceConnectEndpoint",
	"aws:ec2transitgateway/multicastDomain:MulticastDomain",
	"aws:ec2transitgateway/policyTable:PolicyTable",
	"aws:networkmanager/vpcAttachment:VpcAttachment",
	"aws:networkmanager/transitGatewayPeering:TransitGatewayPeering",
	"aws:vpclattice/serviceNetworkVpcAssociation:ServiceNetworkVpcAssociation",
	"aws:vpclattice/resourceGateway:ResourceGateway",
}

// isNoDetour holds for VPCs, and for endpoints of services of AWS. What else
// joins a VPC with something is one.
func isNoDetour(g *Graph, r *Resource) []Finding {
	switch r.Type {
	case vpcType:
		return nil
	case vpcEndpointType:
		service := strings.ReplaceAll("com.amazonaws.{region}.", "{region}", regionText(g, r))
		return all(
			property("vpcEndpointType").check(func(v Value) bool { return v.Absent() || v.Is("Gateway") || v.Is("Interface") },
				"must be Gateway or Interface"),
			property("serviceName").satisfies(func(v Value) bool {
				name, _ := v.Text()
				return strings.HasPrefix(name, service)
			}, "must be a service of AWS in the region"))(g, r)
	}
	return []Finding{{
		Resource: r.URN, Problem: "is a way into or out of a VPC past the transit gateway, which no control follows",
		Fix: "take it away: the ways are those of the transit gateway",
	}}
}

func regionText(g *Graph, r *Resource) string {
	text, _ := g.Region(r).Text()
	return text
}

// leadsToKnown holds for an association or a route to an attachment that this
// stack makes or accepts, and that brings no address of a VPC to another one.
func leadsToKnown(g *Graph, r *Resource) []Finding {
	const at = "transitGatewayAttachmentId"
	n := g.network()
	j := n.jointAt(r, at)
	switch {
	case r.Get("blackhole").Is(true):
		return nil
	case j == nil:
		return []Finding{open(r, at)}
	case !j.isStub():
		return nil
	case !slices.Contains([]string{vpcAccepterType, vpnConnectionType, directConnectType}, j.res.Type):
		return []Finding{{
			Resource: r.URN, Property: at, Problem: fmt.Sprintf("is %s, which this stack neither makes nor accepts", r.Get(at)),
			Fix: "accept the attachment, or take it away",
		}}
	}
	to, ok := prefix(r.Get("destinationCidrBlock"))
	for _, v := range n.vpcs {
		if ok && slices.ContainsFunc(v.blocks, to.Overlaps) {
			return []Finding{{
				Resource: r.URN, Property: "destinationCidrBlock", Problem: fmt.Sprintf("leads addresses of %s elsewhere", v.res.Name()),
				Fix: "lead to an attachment the addresses that are behind it alone",
			}}
		}
	}
	return nil
}
