package rules

const (
	transitGatewayType     = "aws:ec2transitgateway/transitGateway:TransitGateway"
	vpcAttachmentType      = "aws:ec2transitgateway/vpcAttachment:VpcAttachment"
	attachmentAccepterType = "aws:ec2transitgateway/vpcAttachmentAccepter:VpcAttachmentAccepter"
	transitTableType       = "aws:ec2transitgateway/routeTable:RouteTable"
	transitAssociationType = "aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation"
	transitRouteType       = "aws:ec2transitgateway/route:Route"
	peeringType            = "aws:ec2transitgateway/peeringAttachment:PeeringAttachment"
	peeringAccepterType    = "aws:ec2transitgateway/peeringAttachmentAccepter:PeeringAttachmentAccepter"

	attachmentID = `tgw-attach-[0-9a-f]{8,17}`
)

var (
	transitGateways = target{typ: transitGatewayType, word: "transit gateway", code: "InvalidTransitGatewayID.NotFound", reach: inRegion}
	transitTables   = target{typ: transitTableType, word: "transit gateway route table", code: "InvalidRouteTableID.NotFound", reach: inRegion}
	anyTransit      = target{typ: transitGatewayType, word: "transit gateway", code: "InvalidTransitGatewayID.NotFound"}
)

// attachments come from VPCs, VPNs, Direct Connect and other accounts, so their
// form alone is looked at.
var attachmentForm = pattern("transitGatewayAttachmentId", attachmentID, "the id of an attachment, tgw-attach-...")

var transitRows = map[string]row{
	transitGatewayType: {
		static: []check{
			length("description", 0, 255), amazonASN, onOff("autoAcceptSharedAttachments"), onOff("defaultRouteTableAssociation"),
			onOff("defaultRouteTablePropagation"), onOff("dnsSupport"), onOff("multicastSupport"), onOff("vpnEcmpSupport"),
			onOff("securityGroupReferencingSupport"), count("transitGatewayCidrBlocks", 0, 5),
			ipv4Block("transitGatewayCidrBlocks[]", 0, 24),
		},
	},
	vpcAttachmentType: {
		static: []check{
			onOff("applianceModeSupport"), onOff("dnsSupport"), onOff("ipv6Support"), onOff("securityGroupReferencingSupport"),
			needs("subnetIds", "an attachment has one subnet in each zone that it serves"), unique("subnetIds[]"),
		},
		against: []check{
			refers("vpcId", vpcs), refers("transitGatewayId", transitGateways),
			oneSubnetPerZone("subnetIds[]", "vpcId", "DuplicateSubnetsInSameZone"),
			free(inRegion, "DuplicateTransitGatewayAttachment", "the VPC %q is attached to the transit gateway already; keep one "+
				"attachment", "vpcId", "transitGatewayId"),
		},
	},
	attachmentAccepterType: {static: []check{attachmentForm}, against: []check{onceAccepted}},
	transitTableType:       {against: []check{refers("transitGatewayId", transitGateways)}},
	transitAssociationType: {
		static: []check{attachmentForm},
		against: []check{
			refers("transitGatewayRouteTableId", transitTables), attachmentAccepted, sameTransitGateway, associatedOnce,
		},
	},
	transitRouteType: {
		static: []check{ipv4Block("destinationCidrBlock", 0, 32), attachmentForm, blackholeOrAttachment},
		against: []check{
			refers("transitGatewayRouteTableId", transitTables), attachmentAccepted, sameTransitGateway,
			free(inRegion, "RouteAlreadyExists", "the table %q has a route to this destination already; keep one",
				"transitGatewayRouteTableId", "destinationCidrBlock"),
		},
	},
	peeringType: {
		static: []check{pattern("peerAccountId", digits, "an account id of 12 digits"), otherRegion},
		against: []check{
			refers("transitGatewayId", transitGateways), refers("peerTransitGatewayId", anyTransit), peerInRegion,
			free(inRegion, "DuplicateTransitGatewayAttachment", "the transit gateway %q is peered with that one already; keep one "+
				"attachment", "transitGatewayId", "peerTransitGatewayId"),
		},
	},
	peeringAccepterType: {static: []check{attachmentForm}, against: []check{acceptedByPeer, onceAccepted}},
}

// onOff checks a setting that AWS spells enable or disable.
func onOff(path string) check { return oneOf(path, "enable", "disable") }

func amazonASN(s *scope) {
	n, ok := s.number("amazonSideAsn")
	if ok && (n < 64512 || n > 65534) && (n < 4200000000 || n > 4294967294) {
		s.reject("amazonSideAsn", "amazonSideAsn is %.0f; it must be 64512 to 65534 or 4200000000 to 4294967294", n)
	}
}

func blackholeOrAttachment(s *scope) {
	if s.presence("blackhole") == unknown {
		return
	}
	switch attachment := s.presence("transitGatewayAttachmentId"); {
	case s.flag("blackhole") && attachment == present:
		s.fail("transitGatewayAttachmentId", "InvalidParameterCombination", "a blackhole leads nowhere; leave "+
			"transitGatewayAttachmentId out, or blackhole")
	case !s.flag("blackhole") && attachment == absent:
		s.fail("transitGatewayAttachmentId", "MissingParameter", "the route leads to no attachment and is no blackhole; set one")
	}
}

// accepted says whether somebody accepts an attachment.
func (s *scope) accepted(typ, id string) bool {
	for r := range s.world.All(typ) {
		if r.text("transitGatewayAttachmentId") == id {
			return true
		}
	}
	return false
}

// attachmentAccepted: an attachment that the other side has not accepted can be
// neither associated nor routed to.
func attachmentAccepted(s *scope) {
	id := s.text("transitGatewayAttachmentId")
	if _, ok := s.world.Find(peeringType, id); id != "" && ok && !s.accepted(peeringAccepterType, id) {
		s.fail("transitGatewayAttachmentId", "IncorrectState", "%s is in invalid state: nobody has accepted the peering; let this "+
			"depend on the accepter", id)
	}
	r, ok := s.world.Find(vpcAttachmentType, id)
	if id != "" && ok && s.AccountID != "" && r.AccountID != s.AccountID && !s.accepted(attachmentAccepterType, id) {
		s.fail("transitGatewayAttachmentId", "IncorrectState", "%s is in invalid state: it comes from account %s and nobody has "+
			"accepted it; let this depend on the accepter", id, r.AccountID)
	}
}

// sameTransitGateway: a table serves the attachments of its own gateway.
func sameTransitGateway(s *scope) {
	table, ok := s.find(s.text("transitGatewayRouteTableId"), transitTables)
	if !ok {
		return
	}
	gateway := table.text("transitGatewayId")
	attachment, found := s.world.Find(vpcAttachmentType, s.text("transitGatewayAttachmentId"))
	if found && attachment.text("transitGatewayId") != gateway {
		s.reject("transitGatewayAttachmentId", "the attachment belongs to %s and the table to %s; use a table of the same gateway",
			attachment.text("transitGatewayId"), gateway)
	}
}

// associatedOnce: an attachment has one table, which may be the gateway's
// default one.
func associatedOnce(s *scope) {
	if s.presence("replaceExistingAssociation") != absent && s.Inputs["replaceExistingAssociation"] != false {
		return
	}
	free(inRegion, "Resource.AlreadyAssociated", "the attachment %q is associated with a route table already; keep one association",
		"transitGatewayAttachmentId")(s)
	attachment, ok := s.world.Find(vpcAttachmentType, s.text("transitGatewayAttachmentId"))
	gateway, found := s.world.Find(transitGatewayType, attachment.text("transitGatewayId"))
	if ok && found && gateway.text("defaultRouteTableAssociation") == "enable" &&
		attachment.Inputs["transitGatewayDefaultRouteTableAssociation"] != false {
		s.fail("transitGatewayAttachmentId", "Resource.AlreadyAssociated", "the attachment %s is associated with the default table of "+
			"%s; set the gateway's defaultRouteTableAssociation to disable", attachment.text("id"), gateway.text("id"))
	}
}

func onceAccepted(s *scope) {
	free(inRegion, "IncorrectState", "the attachment %q has been accepted already; accept it once", "transitGatewayAttachmentId")(s)
}

func otherRegion(s *scope) {
	if region := s.text("peerRegion"); region != "" && region == s.Region && s.presence("peerAccountId") == absent {
		s.reject("peerRegion", "the peering leads from %s to itself; inside a region, routes between attachments need none", region)
	}
}

func peerInRegion(s *scope) {
	peer, ok := s.find(s.text("peerTransitGatewayId"), anyTransit)
	if region := s.text("peerRegion"); ok && region != "" && peer.Region != region {
		s.reject("peerRegion", "the transit gateway %s is in %s and peerRegion is %s", peer.text("id"), peer.Region, region)
	}
}

// acceptedByPeer: a peering is accepted in the region that it leads to.
func acceptedByPeer(s *scope) {
	id := s.text("transitGatewayAttachmentId")
	peering, ok := s.world.Find(peeringType, id)
	if !ok {
		return
	}
	if region := peering.text("peerRegion"); region != "" && s.Region != "" && region != s.Region {
		s.fail("transitGatewayAttachmentId", "InvalidTransitGatewayAttachmentID.NotFound", "%s is to be accepted in %s, not in %s; use "+
			"the provider of that region", id, region, s.Region)
	}
}
