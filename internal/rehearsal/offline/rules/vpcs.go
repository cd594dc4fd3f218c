package rules

import "strings"

const (
	vpcType              = "aws:ec2/vpc:Vpc"
	subnetType           = "aws:ec2/subnet:Subnet"
	internetGatewayType  = "aws:ec2/internetGateway:InternetGateway"
	routeTableType       = "aws:ec2/routeTable:RouteTable"
	tableAssociationType = "aws:ec2/routeTableAssociation:RouteTableAssociation"
	elasticAddressType   = "aws:ec2/eip:Eip"
	natGatewayType       = "aws:ec2/natGateway:NatGateway"
)

var (
	vpcs        = target{typ: vpcType, word: "VPC", code: "InvalidVpcID.NotFound", reach: inRegion}
	subnets     = target{typ: subnetType, word: "subnet", code: "InvalidSubnetID.NotFound", reach: inRegion, tail: ":subnet/"}
	routeTables = target{typ: routeTableType, word: "route table", code: "InvalidRouteTableID.NotFound", reach: inRegion}
	natGateways = target{typ: natGatewayType, word: "NAT gateway", code: "NatGatewayNotFound", reach: inRegion}
	gateways    = target{
		typ: internetGatewayType, word: "internet gateway", code: "InvalidInternetGatewayID.NotFound", reach: inRegion,
		given: func(ref string) bool { return ref == "local" || strings.HasPrefix(ref, "vgw-") },
	}
	elasticAddresses = target{
		typ: elasticAddressType, word: "elastic address", code: "InvalidAllocationID.NotFound", reach: inRegion,
	}
)

var vpcRows = map[string]row{
	vpcType: {
		static: []check{
			ipv4Block("cidrBlock", 16, 28), oneOf("instanceTenancy", "default", "dedicated"),
			atMostOne("cidrBlock", "ipv4NetmaskLength"), between("ipv4NetmaskLength", 16, 28), blockOrPool,
		},
		against: []check{refers("ipv4IpamPoolId", pools), blockFromPool},
	},
	subnetType: {
		static: []check{ipv4Block("cidrBlock", 16, 28), atMostOne("availabilityZone", "availabilityZoneId"), zoneInRegion},
		against: []check{
			refers("vpcId", vpcs), subnetInVPC, disjoint("cidrBlock", "vpcId", "InvalidSubnet.Conflict"),
		},
	},
	internetGatewayType: {
		against: []check{
			refers("vpcId", vpcs),
			free(inRegion, "Resource.AlreadyAssociated", "the VPC %q has an internet gateway already; keep one", "vpcId"),
		},
	},
	routeTableType: {against: []check{refers("vpcId", vpcs)}},
	tableAssociationType: {
		static: []check{exactlyOne("subnetId", "gatewayId")},
		against: []check{
			refers("subnetId", subnets), refers("routeTableId", routeTables), refers("gatewayId", gateways), sameVPC,
			free(inRegion, "Resource.AlreadyAssociated", "the subnet %q has a route table already; keep one association", "subnetId"),
		},
	},
	elasticAddressType: {static: []check{oneOf("domain", "vpc")}},
	natGatewayType: {
		static: []check{oneOf("connectivityType", "public", "private"), natAddress},
		against: []check{
			refers("subnetId", subnets), refers("allocationId", elasticAddresses),
			free(inRegion, "Resource.AlreadyAssociated", "the address %q belongs to another NAT gateway; allocate one more",
				"allocationId"),
		},
	},
}

func blockOrPool(s *scope) {
	if s.presence("cidrBlock") == absent && s.presence("ipv4IpamPoolId") == absent {
		s.fail("cidrBlock", "MissingParameter", "the VPC has neither cidrBlock nor ipv4IpamPoolId; give one")
	}
}

// blockFromPool: a block that a pool of IPAM gives lies in a block of the pool.
func blockFromPool(s *scope) {
	block, ok := parseBlock(s.text("cidrBlock"))
	pool, found := s.find(s.text("ipv4IpamPoolId"), pools)
	if !ok || !found {
		return
	}
	if locale := pool.text("locale"); s.Region != "" && locale != s.Region {
		s.reject("ipv4IpamPoolId", "the pool's locale is %q and the VPC is in %s; use a pool of the region", locale, s.Region)
	}
	for r := range s.world.All(poolCidrType) {
		outer, ok := parseBlock(r.text("cidr"))
		if ok && r.text("ipamPoolId") == pool.text("id") && contains(outer, block) {
			return
		}
	}
	s.reject("cidrBlock", "%s does not lie in a block of the pool %s; let the VPC depend on the pool's block", block, pool.text("id"))
}

// zoneInRegion: the name of a zone begins with that of its region.
func zoneInRegion(s *scope) {
	for at, zone := range s.texts("availabilityZone") {
		if s.Region != "" && !strings.HasPrefix(zone, s.Region) {
			s.reject(at, "value (%s) for parameter availabilityZone is invalid: it is no zone of %s", shorten(zone), s.Region)
		}
	}
}

func subnetInVPC(s *scope) {
	vpc, ok := s.find(s.text("vpcId"), vpcs)
	block, valid := parseBlock(s.text("cidrBlock"))
	outer, known := parseBlock(vpc.text("cidrBlock"))
	if ok && valid && known && !contains(outer, block) {
		s.fail("cidrBlock", "InvalidSubnet.Range", "the CIDR %s is invalid: it does not lie in %s of the VPC", block, outer)
	}
}

// sameVPC: a subnet uses route tables of its own VPC alone.
func sameVPC(s *scope) {
	subnet, ok := s.find(s.text("subnetId"), subnets)
	table, found := s.find(s.text("routeTableId"), routeTables)
	if ok && found && subnet.text("vpcId") != table.text("vpcId") {
		s.reject("subnetId", "route table %s and subnet %s belong to different networks", table.text("id"), subnet.text("id"))
	}
}

func natAddress(s *scope) {
	if kind := s.presence("connectivityType"); kind == unknown {
		return
	}
	private := s.text("connectivityType") == "private"
	switch address := s.presence("allocationId"); {
	case private && address == present:
		s.reject("allocationId", "a private NAT gateway has no elastic address; leave allocationId out")
	case !private && address == absent:
		s.fail("allocationId", "MissingParameter", "a public NAT gateway needs allocationId; allocate an address")
	}
}

// oneSubnetPerZone reports the second of two subnets in the same zone, where AWS
// takes one for each zone, and subnets that belong to another VPC.
func oneSubnetPerZone(path, vpc, code string) check {
	return func(s *scope) {
		taken := map[string]string{}
		for at, id := range s.texts(path) {
			subnet, ok := s.exists(at, id, subnets)
			if !ok {
				continue
			}
			if of := s.text(vpc); vpc != "" && of != "" && subnet.text("vpcId") != of {
				s.fail(at, "InvalidSubnetID.NotFound", "the subnet %s is not in the VPC %s", id, of)
			}
			zone := subnet.text("availabilityZone")
			if other, twice := taken[zone]; twice && zone != "" {
				s.fail(at, code, "%s and %s are both in %s; name one subnet for each zone", other, id, zone)
			}
			taken[zone] = id
		}
	}
}
