package offline

import (
	"errors"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// directConnectAttachment is the attachment that AWS makes when a Direct Connect
// gateway is associated with a transit gateway.
func directConnectAttachment(p Provider, args resource.PropertyMap) (resource.PropertyMap, error) {
	s := subject{inputs: args}
	gateway, gatewayKnown := s.input("transitGatewayId", "")
	direct, directKnown := s.input("dxGatewayId", "")
	if !gatewayKnown || !directKnown {
		return resource.PropertyMap{"id": unknown, "arn": unknown, "tags": unknown}, nil
	}
	if gateway == "" || direct == "" {
		return nil, errors.New("InvalidParameterValue: give transitGatewayId and dxGatewayId, or the lookup finds more than one attachment")
	}
	id := "tgw-attach-0" + draw(gateway, "attachment of "+direct, 16, hexDigits)
	return resource.PropertyMap{
		"id":               resource.NewProperty(id),
		"arn":              resource.NewProperty("arn:aws:ec2:" + p.Region + ":" + p.AccountID + ":transit-gateway-attachment/" + id),
		"dxGatewayId":      resource.NewProperty(direct),
		"filters":          resource.NewProperty([]resource.PropertyValue{}),
		"tags":             resource.NewProperty(resource.PropertyMap{}),
		"transitGatewayId": resource.NewProperty(gateway),
	}, nil
}
