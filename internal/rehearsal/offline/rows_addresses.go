package offline

import (
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

const poolType = "aws:ec2/vpcIpamPool:VpcIpamPool"

var addressRows = map[string]row{
	"aws:ec2/vpcIpam:VpcIpam": {
		id:  "ipam-0{hex:16}",
		arn: "arn:aws:ec2::{account}:ipam/{id}",
		outputs: map[string]any{
			"defaultResourceDiscoveryAssociationId": "ipam-res-disco-assoc-0{hex:16}",
			"defaultResourceDiscoveryId":            "ipam-res-disco-0{hex:16}",
			"enablePrivateGua":                      false,
			"privateDefaultScopeId":                 "ipam-scope-0{hex:16}",
			"publicDefaultScopeId":                  "ipam-scope-1{hex:16}",
			"scopeCount":                            2,
			"tier":                                  "advanced",
		},
		tagged: true,
		takes:  20 * time.Second,
	},
	poolType: {
		id:  "ipam-pool-0{hex:16}",
		arn: "arn:aws:ec2::{account}:ipam-pool/{id}",
		outputs: map[string]any{
			"ipamScopeType": "private",
			"locale":        "None",
			"poolDepth":     answer(poolDepth),
			"state":         "create-complete",
		},
		replace: []string{
			"addressFamily", "awsService", "ipamScopeId", "locale", "publicIpSource", "publiclyAdvertisable", "sourceIpamPoolId",
		},
		tagged: true,
		takes:  20 * time.Second,
	},
	"aws:ec2/vpcIpamPoolCidr:VpcIpamPoolCidr": {
		id:      "{in:cidr}_{in:ipamPoolId}",
		outputs: map[string]any{"ipamPoolCidrId": "ipam-pool-cidr-0{hex:16}"},
		replace: []string{"cidr", "cidrAuthorizationContext", "ipamPoolId", "netmaskLength"},
		takes:   20 * time.Second,
	},
	"aws:ec2/vpcIpamOrganizationAdminAccount:VpcIpamOrganizationAdminAccount": {
		id:  "{in:delegatedAdminAccountId}",
		arn: "arn:aws:organizations::{account}:account/{org}/{in:delegatedAdminAccountId}",
		outputs: map[string]any{
			"email":            "",
			"name":             "",
			"servicePrincipal": "ipam.amazonaws.com",
		},
		replace: []string{"delegatedAdminAccountId"},
		global:  true,
		takes:   5 * time.Second,
	},
}

// poolDepth is how many pools lie above one, itself included.
func poolDepth(s subject) resource.PropertyValue {
	depth := 1.0
	if above, found := s.other(poolType, "sourceIpamPoolId"); found && above["poolDepth"].IsNumber() {
		depth += above["poolDepth"].NumberValue()
	} else if !s.inputs["sourceIpamPoolId"].IsNull() {
		depth++
	}
	return resource.NewProperty(depth)
}
