package rules

import (
	"slices"
	"strings"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal/offline/rules/policydoc"
)

const (
	endpointType  = "aws:ec2/vpcEndpoint:VpcEndpoint"
	exclusionType = "aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion"

	endpointPolicySize = 20480
)

// gatewayServices are the services with gateway endpoints.
var gatewayServices = []string{"s3", "dynamodb"}

var endpointRows = map[string]row{
	endpointType: {
		static: []check{
			oneOf("vpcEndpointType", "Gateway", "Interface", "GatewayLoadBalancer", "Resource", "ServiceNetwork"),
			exactlyOne("serviceName", "resourceConfigurationArn", "serviceNetworkArn"),
			document("policy", policydoc.Resource, "InvalidPolicyDocument", func(Quotas) int { return endpointPolicySize }),
			serviceInRegion, endpointKind, unique("routeTableIds[]"), unique("subnetIds[]"),
		},
		against: []check{
			refers("vpcId", vpcs), refers("routeTableIds[]", routeTables), refers("securityGroupIds[]", securityGroups),
			oneSubnetPerZone("subnetIds[]", "vpcId", "DuplicateSubnetsInSameZone"), privateNames, endpointIsNew,
		},
	},
	exclusionType: {
		static: []check{
			oneOf("internetGatewayExclusionMode", "allow-bidirectional", "allow-egress"), exactlyOne("vpcId", "subnetId"),
		},
		against: []check{
			refers("vpcId", vpcs), refers("subnetId", subnets),
			free(inRegion, "InvalidParameterValue", "%q is excluded by another resource already; keep one", "vpcId"),
			free(inRegion, "InvalidParameterValue", "%q is excluded by another resource already; keep one", "subnetId"),
		},
	},
}

// endpointService is the name of an AWS service in the endpoint's, such as ecr.dkr.
func endpointService(r Resource) string {
	name := strings.TrimPrefix(r.text("serviceName"), "com.amazonaws.")
	_, service, _ := strings.Cut(name, ".")
	return service
}

func serviceInRegion(s *scope) {
	name := s.text("serviceName")
	if !strings.HasPrefix(name, "com.amazonaws.") || s.Region == "" || s.presence("serviceRegion") != absent ||
		strings.HasPrefix(name, "com.amazonaws.vpce.") {
		return
	}
	if !strings.HasPrefix(name, "com.amazonaws."+s.Region+".") {
		s.fail("serviceName", "InvalidServiceName", "the VPC endpoint service %q does not exist in %s; name the service of that region",
			shorten(name), s.Region)
	}
}

// endpointKind: a gateway endpoint is a route, an interface endpoint an address
// in a subnet.
func endpointKind(s *scope) {
	if s.presence("vpcEndpointType") == unknown {
		return
	}
	refuse := func(property, format string, args ...any) {
		if s.presence(property) == present {
			s.reject(property, format, args...)
		}
	}
	switch s.text("vpcEndpointType") {
	case "Interface":
		needs("subnetIds", "an interface endpoint has its addresses in subnets")(s)
		refuse("routeTableIds", "an interface endpoint has no route tables; leave routeTableIds out")
	case "", "Gateway":
		if service := endpointService(s.Resource); service != "" && !slices.Contains(gatewayServices, service) {
			s.fail("vpcEndpointType", "InvalidParameter", "the service %s has no gateway endpoints; set vpcEndpointType to Interface", service)
		}
		needs("routeTableIds", "a gateway endpoint is reached by route tables")(s)
		for _, property := range []string{"subnetIds", "securityGroupIds"} {
			refuse(property, "a gateway endpoint has no %s; leave it out", property)
		}
		if s.flag("privateDnsEnabled") {
			s.fail("privateDnsEnabled", "InvalidParameter", "a gateway endpoint has no private DNS; leave privateDnsEnabled out")
		}
	}
}

// privateNames: an endpoint can answer under the service's own name only in a
// VPC whose names AWS resolves.
func privateNames(s *scope) {
	vpc, ok := s.find(s.text("vpcId"), vpcs)
	if !ok || !s.flag("privateDnsEnabled") {
		return
	}
	if !vpc.flag("enableDnsHostnames") || vpc.Inputs["enableDnsSupport"] == false {
		s.fail("privateDnsEnabled", "InvalidParameter", "enabling private DNS requires both enableDnsSupport and enableDnsHostnames of "+
			"the VPC %s to be true", vpc.text("id"))
	}
}

// endpointIsNew: a route table has one way to a service, and a VPC one private
// name of it.
func endpointIsNew(s *scope) {
	for r := range s.others(endpointType) {
		if r.text("vpcId") != s.text("vpcId") || r.text("serviceName") != s.text("serviceName") || s.text("serviceName") == "" {
			continue
		}
		if s.flag("privateDnsEnabled") && r.flag("privateDnsEnabled") {
			s.fail("privateDnsEnabled", "InvalidParameter", "private DNS cannot be enabled because the VPC has the name of %s from "+
				"another endpoint; keep one", s.text("serviceName"))
		}
		for at, table := range s.texts("routeTableIds[]") {
			for _, other := range r.texts("routeTableIds[]") {
				if table == other {
					s.fail(at, "RouteAlreadyExists", "the route table %s has a route to %s already; keep one endpoint", table,
						s.text("serviceName"))
				}
			}
		}
	}
}
