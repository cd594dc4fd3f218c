package rules

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/directconnect"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2transitgateway"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/networkfirewall"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ram"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/route53"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/vpc"
)

func init() {
	arguments[vpcType] = ec2.VpcArgs{}
	arguments[subnetType] = ec2.SubnetArgs{}
	arguments[internetGatewayType] = ec2.InternetGatewayArgs{}
	arguments[routeTableType] = ec2.RouteTableArgs{}
	arguments[tableAssociationType] = ec2.RouteTableAssociationArgs{}
	arguments[elasticAddressType] = ec2.EipArgs{}
	arguments[natGatewayType] = ec2.NatGatewayArgs{}
	arguments[routeType] = ec2.RouteArgs{}
	arguments[securityGroupType] = ec2.SecurityGroupArgs{}
	arguments[ingressRuleType] = vpc.SecurityGroupIngressRuleArgs{}
	arguments[egressRuleType] = vpc.SecurityGroupEgressRuleArgs{}
	arguments[defaultGroupType] = ec2.DefaultSecurityGroupArgs{}
	arguments[networkACLType] = ec2.NetworkAclArgs{}
	arguments[endpointType] = ec2.VpcEndpointArgs{}
	arguments[exclusionType] = ec2.VpcBlockPublicAccessExclusionArgs{}
	arguments[flowLogType] = ec2.FlowLogArgs{}
	arguments[ipamType] = ec2.VpcIpamArgs{}
	arguments[poolType] = ec2.VpcIpamPoolArgs{}
	arguments[poolCidrType] = ec2.VpcIpamPoolCidrArgs{}
	arguments[ipamDelegateType] = ec2.VpcIpamOrganizationAdminAccountArgs{}
	arguments[transitGatewayType] = ec2transitgateway.TransitGatewayArgs{}
	arguments[vpcAttachmentType] = ec2transitgateway.VpcAttachmentArgs{}
	arguments[attachmentAccepterType] = ec2transitgateway.VpcAttachmentAccepterArgs{}
	arguments[transitTableType] = ec2transitgateway.RouteTableArgs{}
	arguments[transitAssociationType] = ec2transitgateway.RouteTableAssociationArgs{}
	arguments[transitRouteType] = ec2transitgateway.RouteArgs{}
	arguments[peeringType] = ec2transitgateway.PeeringAttachmentArgs{}
	arguments[peeringAccepterType] = ec2transitgateway.PeeringAttachmentAccepterArgs{}
	arguments[customerGatewayType] = ec2.CustomerGatewayArgs{}
	arguments[vpnType] = ec2.VpnConnectionArgs{}
	arguments[directType] = directconnect.GatewayAssociationArgs{}
	arguments[ruleGroupType] = networkfirewall.RuleGroupArgs{}
	arguments[firewallPolicyType] = networkfirewall.FirewallPolicyArgs{}
	arguments[firewallType] = networkfirewall.FirewallArgs{}
	arguments[firewallLoggingType] = networkfirewall.LoggingConfigurationArgs{}
	arguments[resourceShareType] = ram.ResourceShareArgs{}
	arguments[resourceGrantType] = ram.ResourceAssociationArgs{}
	arguments[principalGrantType] = ram.PrincipalAssociationArgs{}
	arguments[organizationSharing] = ram.SharingWithOrganizationArgs{}
	arguments[zoneType] = route53.ZoneArgs{}
	arguments[zoneAssociationType] = route53.ZoneAssociationArgs{}
	arguments[queryLogType] = route53.ResolverQueryLogConfigArgs{}
	arguments[queryLogUseType] = route53.ResolverQueryLogConfigAssociationArgs{}
	arguments[nameFirewallType] = route53.ResolverFirewallConfigArgs{}
	arguments[domainListType] = route53.ResolverFirewallDomainListArgs{}
	arguments[nameRuleGroupType] = route53.ResolverFirewallRuleGroupArgs{}
	arguments[nameRuleType] = route53.ResolverFirewallRuleArgs{}
	arguments[nameRuleUseType] = route53.ResolverFirewallRuleGroupAssociationArgs{}
	arguments[resolverEndpointType] = route53.ResolverEndpointArgs{}
	arguments[resolverRuleType] = route53.ResolverRuleArgs{}
	arguments[resolverRuleUseType] = route53.ResolverRuleAssociationArgs{}
}
