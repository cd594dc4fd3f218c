package offline

import (
	"fmt"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

var onPremisesRows = map[string]row{
	"aws:ec2/customerGateway:CustomerGateway": {
		id:      "cgw-0{hex:16}",
		arn:     "arn:aws:ec2:{region}:{account}:customer-gateway/{id}",
		replace: []string{"bgpAsn", "bgpAsnExtended", "certificateArn", "deviceName", "ipAddress", "type"},
		tagged:  true,
		takes:   15 * time.Second,
	},
	"aws:ec2/vpnConnection:VpnConnection": {
		id:  "vpn-0{hex:16}",
		arn: "arn:aws:ec2:{region}:{account}:vpn-connection/{id}",
		outputs: map[string]any{
			"coreNetworkArn":               "",
			"coreNetworkAttachmentArn":     "",
			"customerGatewayConfiguration": answer(routerConfiguration),
			"enableAcceleration":           false,
			"localIpv4NetworkCidr":         "0.0.0.0/0",
			"outsideIpAddressType":         "PublicIpv4",
			"remoteIpv4NetworkCidr":        "0.0.0.0/0",
			"routes":                       []resource.PropertyValue{},
			"staticRoutesOnly":             false,
			"transitGatewayAttachmentId":   answer(vpnAttachment),
			"tunnel1Address":               tunnelAddress(1),
			"tunnel1BgpAsn":                "64512",
			"tunnel1BgpHoldtime":           30,
			"tunnel1CgwInsideAddress":      "169.254.10.2",
			"tunnel1InsideCidr":            "169.254.10.0/30",
			"tunnel1PresharedKey":          tunnelKey(1),
			"tunnel1VgwInsideAddress":      "169.254.10.1",
			"tunnel2Address":               tunnelAddress(2),
			"tunnel2BgpAsn":                "64512",
			"tunnel2BgpHoldtime":           30,
			"tunnel2CgwInsideAddress":      "169.254.11.2",
			"tunnel2InsideCidr":            "169.254.11.0/30",
			"tunnel2PresharedKey":          tunnelKey(2),
			"tunnel2VgwInsideAddress":      "169.254.11.1",
			"tunnelInsideIpVersion":        "ipv4",
			"vgwTelemetries":               []resource.PropertyValue{},
		},
		replace: []string{
			"enableAcceleration", "outsideIpAddressType", "staticRoutesOnly", "transportTransitGatewayAttachmentId",
			"tunnel1InsideCidr", "tunnel1InsideIpv6Cidr", "tunnel2InsideCidr", "tunnel2InsideIpv6Cidr", "tunnelInsideIpVersion", "type",
		},
		tagged: true,
		takes:  4 * time.Minute,
	},
	"aws:directconnect/gatewayAssociation:GatewayAssociation": {
		id: "ga-{in:dxGatewayId}{in:associatedGatewayId}",
		outputs: map[string]any{
			"allowedPrefixes":                 []resource.PropertyValue{},
			"associatedGatewayOwnerAccountId": "{account}",
			"associatedGatewayType":           "transitGateway",
			"dxGatewayAssociationId":          "{uuid}",
			"dxGatewayOwnerAccountId":         "{account}",
		},
		replace: []string{"associatedGatewayId", "associatedGatewayOwnerAccountId", "dxGatewayId", "proposalId", "vpnGatewayId"},
		global:  true,
		takes:   8 * time.Minute,
	},
}

// vpnAttachment is the attachment that AWS makes of a connection to a transit
// gateway.
func vpnAttachment(s subject) resource.PropertyValue {
	switch gateway := plain(s.inputs["transitGatewayId"]); {
	case gateway.IsComputed():
		return unknown
	case gateway.IsString():
		return resource.NewProperty("tgw-attach-0" + draw(s.seed, "attachment", 16, hexDigits))
	}
	return resource.NewProperty("")
}

// tunnelAddress is AWS's end of a tunnel, an address for documentation.
func tunnelAddress(tunnel int) answer {
	return func(s subject) resource.PropertyValue {
		return resource.NewProperty(fmt.Sprintf("203.0.113.%s%d", draw(s.seed, "tunnel", 1, "123456789"), tunnel))
	}
}

// tunnelKey is the key that both ends of a tunnel share, drawn by AWS.
func tunnelKey(tunnel int) answer {
	return func(s subject) resource.PropertyValue {
		return resource.MakeSecret(resource.NewProperty(
			"Offline." + draw(s.seed, fmt.Sprintf("key of tunnel %d", tunnel), 24, hexDigits+"ghijklmnopqrstuvwxyz")))
	}
}

// routerConfiguration is what the company's router is told; it holds the keys.
func routerConfiguration(s subject) resource.PropertyValue {
	return resource.MakeSecret(resource.NewProperty(
		`<?xml version="1.0" encoding="UTF-8"?><vpn_connection id="` + s.id + `"></vpn_connection>`))
}
