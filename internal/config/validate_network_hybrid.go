package config

import (
	"net/netip"
	"regexp"
	"slices"
	"strings"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/subnet"
)

var (
	gatewayIDSyntax  = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)
	attachmentSyntax = regexp.MustCompile(`^tgw-attach-[0-9a-f]{8,17}$`)
)

// maxASN is the largest number that an autonomous system can have.
const maxASN = 4294967294

// reservedASNs are numbers that AWS takes for no router, with the region that
// AWS itself uses them in, or none where it is all of them.
var reservedASNs = map[int]string{
	7224:  "",
	9059:  "eu-west-1",
	10124: "ap-northeast-1",
	17943: "ap-southeast-1",
	// What stands for a long number where only short ones are understood.
	23456: "",
	65535: "",
}

func (v *validator) onPremises(n Network) {
	const path = networkPath + ".onPremises"
	o := n.OnPremises
	switch {
	case o.joined() && len(o.Ranges) == 0:
		v.problem(path+".ranges", "", "must hold what is used there: no route leads through the connections otherwise")
	case !o.joined() && len(o.Ranges) > 0:
		v.problem(path+".ranges", "", "is joined by nothing; add vpns or directConnects, or remove it")
	}
	var names []string
	for _, vpn := range o.VPNs {
		names = append(names, vpn.Name)
	}
	joined := map[string]string{}
	for i, vpn := range o.VPNs {
		at := index(path+".vpns", i)
		if v.matches(at+".name", vpn.Name, networkNameSyntax, wantNetworkName) {
			v.unique(path+".vpns", ".name", names, i)
		}
		v.networked(at+".region", vpn.Region, quoted(vpn.Region), n)
		v.asn(at+".asn", vpn, n)
		v.publicAddress(at+".address", vpn.Address)
		v.joinedOnce(joined, vpn.Region, at)
	}
	v.directConnects(path+".directConnects", n, joined)
}

// publicAddress checks the address of a router in the internet.
func (v *validator) publicAddress(path, text string) {
	address, err := netip.ParseAddr(text)
	if err == nil && address.Is4() && !inside(slices.Concat(privateBlocks, specialBlocks, testBlocks), netip.PrefixFrom(address, 32)) {
		return
	}
	v.problem(path, quoted(text), "want the public IPv4 address of a router, such as 198.51.100.10")
}

// joinedOnce keeps a region to one connection: the routes to the company lead
// into one, and what came back over another would be dropped by the inspection.
func (v *validator) joinedOnce(joined map[string]string, region, path string) {
	if other := joined[region]; other != "" {
		v.problem(path+".region", quoted(region), "is joined to the company's own network already, by %s; "+
			"a region has one connection, and a vpn two tunnels", other)
		return
	}
	joined[region] = path
}

func (v *validator) asn(path string, vpn VPN, n Network) {
	v.bounded(path, vpn.ASN, 1, maxASN, ", an autonomous system number")
	if last := FirstASN + len(n.Regions) - 1; vpn.ASN >= FirstASN && vpn.ASN <= last {
		v.problem(path, number10(vpn.ASN), "is the number of a transit gateway, which are %d to %d; a router has its own", FirstASN, last)
	}
	if region, reserved := reservedASNs[vpn.ASN]; reserved && (region == "" || region == vpn.Region) {
		v.problem(path, number10(vpn.ASN), "is reserved in %s; want the router's own number, or a private one from 64512 to 65534", vpn.Region)
	}
}

func (v *validator) directConnects(path string, n Network, joined map[string]string) {
	for i, d := range n.OnPremises.DirectConnects {
		at := index(path, i)
		v.networked(at+".region", d.Region, quoted(d.Region), n)
		v.matches(at+".gatewayId", d.GatewayID, gatewayIDSyntax,
			"the id of a Direct Connect gateway: 32 hexadecimal digits in five groups, as the console shows it")
		v.joinedOnce(joined, d.Region, at)
	}
}

func (v *validator) dedicatedVPCs(n Network) {
	const path = networkPath + ".dedicatedVpcs"
	var names, ids []string
	for _, d := range n.DedicatedVPCs {
		names = append(names, d.Name)
		ids = append(ids, d.AttachmentID)
	}
	var all []taken
	for i, d := range n.DedicatedVPCs {
		at := index(path, i)
		if v.matches(at+".name", d.Name, networkNameSyntax, wantNetworkName) {
			v.routeName(at+".name", d.Name)
			v.noRegion(at+".name", d.Name, n)
			v.unique(path, ".name", names, i)
		}
		if v.matches(at+".attachmentId", d.AttachmentID, attachmentSyntax,
			"the id of a transit gateway attachment: tgw-attach- and 8 to 17 hexadecimal digits") {
			v.unique(path, ".attachmentId", ids, i)
		}
		if v.known(at+".segment", d.Segment, n.segmentNames()) {
			v.dedicatedAccount(at, d, n)
			all = v.dedicatedRange(at, d, n, all)
		}
	}
}

// noRegion checks that the name of a dedicated VPC does not end as that of a
// segment in a region does.
func (v *validator) noRegion(path, name string, n Network) {
	for _, region := range n.regionNames() {
		if strings.HasSuffix("-"+name, "-"+region) {
			v.problem(path, quoted(name), "ends with a region, as the name of a segment in %s does; leave it out", region)
		}
	}
}

// dedicatedAccount checks that the account of a dedicated VPC exists and belongs
// to the segment of the VPC.
func (v *validator) dedicatedAccount(path string, d DedicatedVPC, n Network) {
	accounts := v.cfg.LandingZone.Accounts
	i := slices.IndexFunc(accounts, func(a Account) bool { return a.Name == d.Account })
	if i < 0 {
		var names []string
		for _, a := range accounts {
			names = append(names, a.Name)
		}
		v.problem(path+".account", quoted(d.Account), "is no account of landingzone:accounts; %s", oneOf(d.Account, names))
		return
	}
	if accounts[i].Retired {
		v.problem(path+".account", quoted(d.Account), "is retired, and nothing works in it any more; remove the VPC")
		return
	}
	a := accounts[i]
	a.Quarantined = false
	if own := n.segmentOf(a.Unit()); own != d.Segment {
		if own == "" {
			own = "none"
		}
		v.problem(path+".segment", quoted(d.Segment), "is not the segment of account %s, which has %s", d.Account, own)
	}
}

// dedicatedRange checks that the range of a dedicated VPC comes from the block
// that its segment has for that, and returns what is taken then.
func (v *validator) dedicatedRange(path string, d DedicatedVPC, n Network, all []taken) []taken {
	if !v.networked(path+".region", d.Region, quoted(d.Region), n) {
		return all
	}
	s := slices.Index(n.segmentNames(), d.Segment)
	from := member(index(networkPath+".segments", s)+".dedicatedRanges", d.Region)
	text, ok := n.Segments[s].DedicatedRanges[d.Region]
	if !ok {
		v.problem(path+".region", quoted(d.Region), "is a region in which %s has no block for dedicated VPCs; add %s", d.Segment, from)
		return all
	}
	block, ok := v.block(path+".range", d.Range)
	outer, err := subnet.Parse(text)
	if !ok || err != nil || !v.sized(path+".range", block, largestVPC) || !v.within(path+".range", block, taken{from, outer}) {
		return all
	}
	if block.Bits() > smallestVPC {
		v.problem(path+".range", quoted(d.Range), "is too small: want /%d or larger", smallestVPC)
		return all
	}
	return v.free(path+".range", block, all)
}
