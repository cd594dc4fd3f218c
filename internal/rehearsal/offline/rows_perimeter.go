package offline

import (
	"slices"
	"strings"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// ruleRow is a rule of a security group, inbound or outbound.
var ruleRow = row{
	id:      "sgr-0{hex:16}",
	arn:     "arn:aws:ec2:{region}:{account}:security-group-rule/{id}",
	outputs: map[string]any{"securityGroupRuleId": "{id}"},
	replace: []string{"securityGroupId"},
	tagged:  true,
	takes:   2 * time.Second,
}

// perimeterRows are what lets traffic into a VPC and what records it.
var perimeterRows = map[string]row{
	"aws:ec2/securityGroup:SecurityGroup": {
		id:       "sg-0{hex:16}",
		arn:      "arn:aws:ec2:{region}:{account}:security-group/{id}",
		autoname: "name",
		outputs: map[string]any{
			"description": "Managed by Pulumi",
			"egress":      []resource.PropertyValue{},
			"ingress":     []resource.PropertyValue{},
			"namePrefix":  "",
			"ownerId":     "{account}",
		},
		replace: []string{"description", "name", "namePrefix", "vpcId"},
		tagged:  true,
		takes:   3 * time.Second,
	},
	"aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ruleRow,
	"aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule":   ruleRow,
	"aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
		id:  "sg-0{hex:16}",
		arn: "arn:aws:ec2:{region}:{account}:security-group/{id}",
		outputs: map[string]any{
			"description": "default VPC security group",
			"egress":      []resource.PropertyValue{},
			"ingress":     []resource.PropertyValue{},
			"name":        "default",
			"namePrefix":  "",
			"ownerId":     "{account}",
		},
		replace: []string{"vpcId"},
		tagged:  true,
		takes:   2 * time.Second,
	},
	"aws:ec2/networkAcl:NetworkAcl": {
		id:  "acl-0{hex:16}",
		arn: "arn:aws:ec2:{region}:{account}:network-acl/{id}",
		outputs: map[string]any{
			"egress":    []resource.PropertyValue{},
			"ingress":   []resource.PropertyValue{},
			"ownerId":   "{account}",
			"subnetIds": []resource.PropertyValue{},
		},
		replace: []string{"vpcId"},
		tagged:  true,
		takes:   3 * time.Second,
	},
	"aws:ec2/vpcEndpoint:VpcEndpoint": {
		id:  "vpce-0{hex:16}",
		arn: "arn:aws:ec2:{region}:{account}:vpc-endpoint/{id}",
		outputs: map[string]any{
			"cidrBlocks":          []resource.PropertyValue{},
			"dnsEntries":          answer(endpointNames),
			"ipAddressType":       "ipv4",
			"networkInterfaceIds": []resource.PropertyValue{},
			"ownerId":             "{account}",
			"policy":              `{"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}]}`,
			"prefixListId":        answer(endpointPrefixes),
			"privateDnsEnabled":   false,
			"requesterManaged":    false,
			"routeTableIds":       []resource.PropertyValue{},
			"securityGroupIds":    []resource.PropertyValue{},
			"state":               "available",
			"subnetIds":           []resource.PropertyValue{},
			"vpcEndpointType":     "Gateway",
		},
		replace: []string{
			"resourceConfigurationArn", "serviceName", "serviceNetworkArn", "serviceRegion", "vpcEndpointType", "vpcId",
		},
		tagged: true,
		takes:  75 * time.Second,
	},
	"aws:ec2/flowLog:FlowLog": {
		id:  "fl-0{hex:16}",
		arn: "arn:aws:ec2:{region}:{account}:vpc-flow-log/{id}",
		outputs: map[string]any{
			"logDestinationType":     "cloud-watch-logs",
			"logFormat":              defaultFlowLog,
			"logGroupName":           "",
			"maxAggregationInterval": 600,
		},
		replace: []string{
			"deliverCrossAccountRole", "destinationOptions", "eniId", "iamRoleArn", "logDestination", "logDestinationType",
			"logFormat", "logGroupName", "maxAggregationInterval", "subnetId", "trafficType", "transitGatewayAttachmentId",
			"transitGatewayId", "vpcId",
		},
		tagged: true,
		takes:  3 * time.Second,
	},
	"aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion": {
		id:      "vpcbpa-exclude-0{hex:16}",
		outputs: map[string]any{"resourceArn": answer(excluded)},
		replace: []string{"subnetId", "vpcId"},
		tagged:  true,
		takes:   60 * time.Second,
	},
}

// defaultFlowLog is what a flow log records when nobody says.
const defaultFlowLog = "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} " +
	"${packets} ${bytes} ${start} ${end} ${action} ${log-status}"

// endpointNames are the names of an interface endpoint; a gateway has none.
func endpointNames(s subject) resource.PropertyValue {
	kind, _ := s.input("vpcEndpointType", "Gateway")
	service, known := s.input("serviceName", "")
	if !known {
		return unknown
	}
	if kind != "Interface" {
		return resource.NewProperty([]resource.PropertyValue{})
	}
	service = strings.TrimPrefix(service, "com.amazonaws."+s.provider.Region+".")
	labels := strings.Split(service, ".")
	slices.Reverse(labels)
	service = strings.Join(labels, ".")
	entry := func(name, zone string) resource.PropertyValue {
		return resource.NewProperty(resource.PropertyMap{
			"dnsName": resource.NewProperty(name), "hostedZoneId": resource.NewProperty(zone),
		})
	}
	// The zone of the endpoints' own names is AWS's, one for each region.
	zone := "Z" + draw(s.provider.Region, "endpoint zone", 13, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	entries := []resource.PropertyValue{entry(s.id+"-"+draw(s.seed, "endpoint", 8, hexDigits)+"."+service+"."+s.provider.Region+
		".vpce.amazonaws.com", zone)}
	if private := plain(s.inputs["privateDnsEnabled"]); private.IsBool() && private.BoolValue() {
		entries = append(entries, entry(service+"."+s.provider.Region+".amazonaws.com",
			"Z"+draw(s.seed, "private zone", 20, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")))
	}
	return resource.NewProperty(entries)
}

// endpointPrefixes is the list of a service's addresses, one for each region,
// that a route to a gateway endpoint has.
func endpointPrefixes(s subject) resource.PropertyValue {
	service, known := s.input("serviceName", "")
	if !known {
		return unknown
	}
	if kind, _ := s.input("vpcEndpointType", "Gateway"); kind != "Gateway" {
		return resource.NewProperty("")
	}
	return resource.NewProperty("pl-" + draw(s.provider.Region+service, "prefix list", 8, hexDigits))
}

// excluded is the ARN of what an exclusion is about.
func excluded(s subject) resource.PropertyValue {
	for key, kind := range map[resource.PropertyKey]string{"vpcId": "vpc", "subnetId": "subnet"} {
		switch id := plain(s.inputs[key]); {
		case id.IsComputed():
			return unknown
		case id.IsString():
			return resource.NewProperty("arn:aws:ec2:" + s.provider.Region + ":" + s.provider.AccountID + ":" + kind + "/" + id.StringValue())
		}
	}
	return resource.NewProperty("")
}
