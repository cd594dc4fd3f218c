package offline

import "time"

var networkRows = map[string]row{
	"aws:ec2/vpc:Vpc": {
		id:  "vpc-0{hex:16}",
		arn: "arn:aws:ec2:{region}:{account}:vpc/{id}",
		outputs: map[string]any{
			"defaultNetworkAclId":    "acl-0{hex:16}",
			"defaultRouteTableId":    "rtb-0{hex:16}",
			"defaultSecurityGroupId": "sg-0{hex:16}",
			"dhcpOptionsId":          "dopt-0{hex:16}",
			"enableDnsHostnames":     false,
			"enableDnsSupport":       true,
			"instanceTenancy":        "default",
			"mainRouteTableId":       "rtb-0{hex:16}",
			"ownerId":                "{account}",
		},
		replace: []string{"cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength"},
		tagged:  true,
		takes:   10 * time.Second,
	},
	"aws:ec2/subnet:Subnet": {
		id:      "subnet-0{hex:16}",
		arn:     "arn:aws:ec2:{region}:{account}:subnet/{id}",
		outputs: map[string]any{"mapPublicIpOnLaunch": false, "ownerId": "{account}"},
		replace: []string{"vpcId", "cidrBlock", "availabilityZone", "availabilityZoneId", "ipv6Native", "outpostArn"},
		tagged:  true,
		takes:   3 * time.Second,
	},
	"aws:ec2/internetGateway:InternetGateway": {
		id:      "igw-0{hex:16}",
		arn:     "arn:aws:ec2:{region}:{account}:internet-gateway/{id}",
		outputs: map[string]any{"ownerId": "{account}"},
		tagged:  true,
		takes:   3 * time.Second,
	},
	"aws:ec2/routeTable:RouteTable": {
		id:      "rtb-0{hex:16}",
		arn:     "arn:aws:ec2:{region}:{account}:route-table/{id}",
		outputs: map[string]any{"ownerId": "{account}"},
		replace: []string{"vpcId"},
		tagged:  true,
		takes:   2 * time.Second,
	},
	"aws:ec2/routeTableAssociation:RouteTableAssociation": {
		id:      "rtbassoc-0{hex:16}",
		replace: []string{"subnetId", "gatewayId"},
		takes:   2 * time.Second,
	},
	"aws:ec2/route:Route": {
		id:      "r-{in:routeTableId}{hex:10}",
		outputs: map[string]any{"origin": "CreateRoute", "state": "active"},
		replace: []string{"routeTableId", "destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"},
		takes:   2 * time.Second,
	},
	"aws:ec2/eip:Eip": {
		id:      "eipalloc-0{hex:16}",
		arn:     "arn:aws:ec2:{region}:{account}:elastic-ip/{id}",
		outputs: map[string]any{"allocationId": "{id}", "domain": "vpc"},
		replace: []string{"domain", "address", "publicIpv4Pool", "networkBorderGroup"},
		tagged:  true,
		takes:   2 * time.Second,
	},
	"aws:ec2/natGateway:NatGateway": {
		id:      "nat-0{hex:16}",
		outputs: map[string]any{"connectivityType": "public"},
		replace: []string{"subnetId", "allocationId", "connectivityType", "privateIp"},
		tagged:  true,
		takes:   90 * time.Second,
	},
}
