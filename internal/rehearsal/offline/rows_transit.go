package offline

import (
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

const (
	attachmentType = "aws:ec2transitgateway/vpcAttachment:VpcAttachment"
	peeringType    = "aws:ec2transitgateway/peeringAttachment:PeeringAttachment"
)

var transitRows = map[string]row{
	"aws:ec2transitgateway/transitGateway:TransitGateway": {
		id:  "tgw-0{hex:16}",
		arn: "arn:aws:ec2:{region}:{account}:transit-gateway/{id}",
		outputs: map[string]any{
			"amazonSideAsn":                   64512,
			"associationDefaultRouteTableId":  answer(defaultTable("defaultRouteTableAssociation")),
			"autoAcceptSharedAttachments":     "disable",
			"defaultRouteTableAssociation":    "enable",
			"defaultRouteTablePropagation":    "enable",
			"dnsSupport":                      "enable",
			"multicastSupport":                "disable",
			"ownerId":                         "{account}",
			"propagationDefaultRouteTableId":  answer(defaultTable("defaultRouteTablePropagation")),
			"securityGroupReferencingSupport": "disable",
			"vpnEcmpSupport":                  "enable",
		},
		replace: []string{"multicastSupport"},
		tagged:  true,
		takes:   150 * time.Second,
	},
	attachmentType: {
		id:  "tgw-attach-0{hex:16}",
		arn: "arn:aws:ec2:{region}:{account}:transit-gateway-attachment/{id}",
		outputs: map[string]any{
			"applianceModeSupport":                       "disable",
			"dnsSupport":                                 "enable",
			"ipv6Support":                                "disable",
			"securityGroupReferencingSupport":            "enable",
			"transitGatewayDefaultRouteTableAssociation": true,
			"transitGatewayDefaultRouteTablePropagation": true,
			"vpcOwnerId":                                 "{account}",
		},
		replace: []string{"transitGatewayId", "vpcId"},
		tagged:  true,
		takes:   90 * time.Second,
	},
	"aws:ec2transitgateway/vpcAttachmentAccepter:VpcAttachmentAccepter": {
		id: "{in:transitGatewayAttachmentId}",
		outputs: map[string]any{
			"applianceModeSupport":                       of(attachmentType, "applianceModeSupport", "disable"),
			"dnsSupport":                                 of(attachmentType, "dnsSupport", "enable"),
			"ipv6Support":                                of(attachmentType, "ipv6Support", "disable"),
			"securityGroupReferencingSupport":            of(attachmentType, "securityGroupReferencingSupport", "enable"),
			"transitGatewayDefaultRouteTableAssociation": true,
			"transitGatewayDefaultRouteTablePropagation": true,
			"transitGatewayId":                           of(attachmentType, "transitGatewayId", ""),
			"vpcId":                                      of(attachmentType, "vpcId", ""),
			"vpcOwnerId":                                 of(attachmentType, "vpcOwnerId", ""),
		},
		replace: []string{"transitGatewayAttachmentId"},
		tagged:  true,
		takes:   60 * time.Second,
	},
	"aws:ec2transitgateway/routeTable:RouteTable": {
		id:  "tgw-rtb-0{hex:16}",
		arn: "arn:aws:ec2:{region}:{account}:transit-gateway-route-table/{id}",
		outputs: map[string]any{
			"defaultAssociationRouteTable": false,
			"defaultPropagationRouteTable": false,
		},
		replace: []string{"transitGatewayId"},
		tagged:  true,
		takes:   60 * time.Second,
	},
	"aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation": {
		id: "{in:transitGatewayRouteTableId}_{in:transitGatewayAttachmentId}",
		outputs: map[string]any{
			"resourceId":   answer(attached),
			"resourceType": answer(attachedType),
		},
		replace: []string{"replaceExistingAssociation", "transitGatewayAttachmentId", "transitGatewayRouteTableId"},
		takes:   45 * time.Second,
	},
	"aws:ec2transitgateway/route:Route": {
		id:      "{in:transitGatewayRouteTableId}_{in:destinationCidrBlock}",
		outputs: map[string]any{"blackhole": false},
		replace: []string{"blackhole", "destinationCidrBlock", "transitGatewayAttachmentId", "transitGatewayRouteTableId"},
		takes:   5 * time.Second,
	},
	peeringType: {
		id:  "tgw-attach-0{hex:16}",
		arn: "arn:aws:ec2:{region}:{account}:transit-gateway-attachment/{id}",
		outputs: map[string]any{
			"peerAccountId": "{account}",
			"state":         "pendingAcceptance",
		},
		replace: []string{"options", "peerAccountId", "peerRegion", "peerTransitGatewayId", "transitGatewayId"},
		tagged:  true,
		takes:   60 * time.Second,
	},
	"aws:ec2transitgateway/peeringAttachmentAccepter:PeeringAttachmentAccepter": {
		id: "{in:transitGatewayAttachmentId}",
		outputs: map[string]any{
			// Seen from the other side, the two gateways change places.
			"peerAccountId":        "{account}",
			"peerRegion":           "{region}",
			"peerTransitGatewayId": of(peeringType, "transitGatewayId", ""),
			"transitGatewayId":     of(peeringType, "peerTransitGatewayId", ""),
		},
		replace: []string{"transitGatewayAttachmentId"},
		tagged:  true,
		takes:   90 * time.Second,
	},
}

// defaultTable is the route table that a gateway has when the setting is on,
// which it is unless somebody turns it off.
func defaultTable(setting string) func(subject) resource.PropertyValue {
	return func(s subject) resource.PropertyValue {
		switch on, known := s.input(setting, "enable"); {
		case !known:
			return unknown
		case on == "disable":
			return resource.NewProperty("")
		}
		return resource.NewProperty("tgw-rtb-1" + draw(s.seed, "default table", 16, hexDigits))
	}
}

// of is an output of the attachment that a resource is about.
func of(typ string, property resource.PropertyKey, otherwise string) answer {
	return func(s subject) resource.PropertyValue {
		if other, found := s.other(typ, "transitGatewayAttachmentId"); found && other.HasValue(property) {
			return other[property]
		}
		return resource.NewProperty(otherwise)
	}
}

// attached is what an attachment connects.
func attached(s subject) resource.PropertyValue {
	if other, found := s.other(attachmentType, "transitGatewayAttachmentId"); found {
		return other["vpcId"]
	}
	return of(peeringType, "peerTransitGatewayId", "")(s)
}

func attachedType(s subject) resource.PropertyValue {
	kind := "vpc"
	if _, found := s.other(peeringType, "transitGatewayAttachmentId"); found {
		kind = "peering"
	}
	return resource.NewProperty(kind)
}
