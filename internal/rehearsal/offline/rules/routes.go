package rules

const routeType = "aws:ec2/route:Route"

// routeTargets are the properties that say where a route leads.
var routeTargets = []string{
	"carrierGatewayId", "coreNetworkArn", "egressOnlyGatewayId", "gatewayId", "localGatewayId", "natGatewayId",
	"networkInterfaceId", "transitGatewayId", "vpcEndpointId", "vpcPeeringConnectionId",
}

var routeRows = map[string]row{
	routeType: {
		static: []check{
			exactlyOne("destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"),
			exactlyOne(routeTargets...), ipv4Block("destinationCidrBlock", 0, 32),
			pattern("vpcEndpointId", `vpce-[0-9a-f]{8,17}`, "the id of an endpoint, vpce-..."),
		},
		against: []check{
			refers("routeTableId", routeTables), refers("gatewayId", gateways), refers("natGatewayId", natGateways),
			refers("transitGatewayId", transitGateways), vpcIsAttached, notLocal,
			free(inRegion, "RouteAlreadyExists", "the table %q has a route to this destination already; keep one", "routeTableId",
				"destinationCidrBlock"),
			free(inRegion, "RouteAlreadyExists", "the table %q has a route to this destination already; keep one", "routeTableId",
				"destinationPrefixListId"),
		},
	},
}

// vpcIsAttached: a route to a transit gateway needs an attachment first.
func vpcIsAttached(s *scope) {
	gateway := s.text("transitGatewayId")
	table, ok := s.find(s.text("routeTableId"), routeTables)
	if gateway == "" || !ok {
		return
	}
	for r := range s.world.All(vpcAttachmentType) {
		if r.text("transitGatewayId") == gateway && r.text("vpcId") == table.text("vpcId") {
			return
		}
	}
	s.fail("transitGatewayId", "InvalidTransitGatewayID.NotFound", "the VPC %s is not attached to %s; let the route depend on "+
		"the attachment", table.text("vpcId"), gateway)
}

// notLocal: the route inside the VPC is AWS's own. What is in the VPC can be
// sent to an appliance in the VPC and nowhere else.
func notLocal(s *scope) {
	table, ok := s.find(s.text("routeTableId"), routeTables)
	vpc, found := s.find(table.text("vpcId"), vpcs)
	destination, valid := parseBlock(s.text("destinationCidrBlock"))
	local, known := parseBlock(vpc.text("cidrBlock"))
	if !ok || !found || !valid || !known || !contains(local, destination) {
		return
	}
	for _, appliance := range []string{"networkInterfaceId", "vpcEndpointId", "natGatewayId"} {
		if s.presence(appliance) != absent {
			return
		}
	}
	s.reject("destinationCidrBlock", "the destination %s is equal to or more specific than the VPC's block %s; such a route leads to "+
		"an interface or an endpoint in the VPC alone", destination, local)
}
