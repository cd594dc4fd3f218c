package offline

import (
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// nameRows are what resolves names and what filters and records that.
var nameRows = map[string]row{
	"aws:route53/zone:Zone": {
		id:       "Z0{ALNUM:19}",
		arn:      "arn:aws:route53:::hostedzone/{id}",
		autoname: "name",
		outputs: map[string]any{
			"comment":           "Managed by Pulumi",
			"forceDestroy":      false,
			"nameServers":       answer(nameServers),
			"primaryNameServer": "ns-0.awsdns-00.com",
			"zoneId":            "{id}",
		},
		replace: []string{"delegationSetId", "name"},
		tagged:  true,
		global:  true,
		takes:   45 * time.Second,
	},
	"aws:route53/zoneAssociation:ZoneAssociation": {
		id:      "{in:zoneId}:{in:vpcId}",
		outputs: map[string]any{"owningAccount": "{account}", "vpcRegion": "{region}"},
		replace: []string{"vpcId", "vpcRegion", "zoneId"},
		global:  true,
		takes:   45 * time.Second,
	},
	"aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig": {
		id:       "rqlc-{hex:16}",
		arn:      "arn:aws:route53resolver:{region}:{account}:resolver-query-log-config/{id}",
		autoname: "name",
		outputs:  map[string]any{"ownerId": "{account}", "shareStatus": "NOT_SHARED"},
		replace:  []string{"destinationArn", "name"},
		tagged:   true,
		takes:    10 * time.Second,
	},
	"aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation": {
		id:      "rqlca-{hex:16}",
		replace: []string{"resolverQueryLogConfigId", "resourceId"},
		takes:   30 * time.Second,
	},
	"aws:route53/resolverFirewallConfig:ResolverFirewallConfig": {
		id:      "rslvr-fc-{hex:16}",
		outputs: map[string]any{"firewallFailOpen": "DISABLED", "ownerId": "{account}"},
		replace: []string{"resourceId"},
		takes:   3 * time.Second,
	},
	"aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList": {
		id:       "rslvr-fdl-{hex:16}",
		arn:      "arn:aws:route53resolver:{region}:{account}:firewall-domain-list/{id}",
		autoname: "name",
		replace:  []string{"name"},
		tagged:   true,
		takes:    10 * time.Second,
	},
	"aws:route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup": {
		id:       "rslvr-frg-{hex:16}",
		arn:      "arn:aws:route53resolver:{region}:{account}:firewall-rule-group/{id}",
		autoname: "name",
		outputs:  map[string]any{"ownerId": "{account}", "shareStatus": "NOT_SHARED"},
		replace:  []string{"name"},
		tagged:   true,
		takes:    3 * time.Second,
	},
	"aws:route53/resolverFirewallRule:ResolverFirewallRule": {
		id:       "{in:firewallRuleGroupId}:{in:firewallDomainListId}",
		autoname: "name",
		outputs:  map[string]any{"firewallDomainRedirectionAction": "INSPECT_REDIRECTION_DOMAIN"},
		replace:  []string{"firewallDomainListId", "firewallRuleGroupId", "qType"},
		takes:    3 * time.Second,
	},
	"aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation": {
		id:       "rslvr-frgassoc-{hex:16}",
		arn:      "arn:aws:route53resolver:{region}:{account}:firewall-rule-group-association/{id}",
		autoname: "name",
		outputs:  map[string]any{"mutationProtection": "DISABLED"},
		replace:  []string{"firewallRuleGroupId", "vpcId"},
		tagged:   true,
		takes:    60 * time.Second,
	},
	"aws:route53/resolverEndpoint:ResolverEndpoint": {
		id:       "rslvr-{lower:direction}-{hex:17}",
		arn:      "arn:aws:route53resolver:{region}:{account}:resolver-endpoint/{id}",
		autoname: "name",
		outputs:  map[string]any{"hostVpcId": answer(hostVPC), "resolverEndpointType": "IPV4"},
		replace:  []string{"direction", "resolverEndpointType", "securityGroupIds"},
		tagged:   true,
		takes:    2 * time.Minute,
	},
	"aws:route53/resolverRule:ResolverRule": {
		id:       "rslvr-rr-{hex:17}",
		arn:      "arn:aws:route53resolver:{region}:{account}:resolver-rule/{id}",
		autoname: "name",
		outputs:  map[string]any{"ownerId": "{account}", "shareStatus": "NOT_SHARED"},
		replace:  []string{"domainName", "ruleType"},
		tagged:   true,
		takes:    5 * time.Second,
	},
	"aws:route53/resolverRuleAssociation:ResolverRuleAssociation": {
		id:       "rslvr-rrassoc-{hex:17}",
		autoname: "name",
		replace:  []string{"name", "resolverRuleId", "vpcId"},
		takes:    45 * time.Second,
	},
}

// nameServers are those of a public zone; Route 53 answers for a private one
// inside its VPCs.
func nameServers(s subject) resource.PropertyValue {
	list := []resource.PropertyValue{}
	for _, end := range []string{"com", "net", "org", "co.uk"} {
		list = append(list, resource.NewProperty("ns-"+draw(s.seed, end, 3, "123456789")+".awsdns-00."+end))
	}
	return resource.NewProperty(list)
}

// hostVPC is the VPC of the subnets that an endpoint is in.
func hostVPC(s subject) resource.PropertyValue {
	addresses := plain(s.inputs["ipAddresses"])
	if addresses.ContainsUnknowns() {
		return unknown
	}
	if addresses.IsArray() {
		for _, item := range addresses.ArrayValue() {
			if address := plain(item); address.IsObject() {
				if subnet, found := s.find(subnetType, textOr(address.ObjectValue()["subnetId"], "")); found {
					return subnet["vpcId"]
				}
			}
		}
	}
	return resource.NewProperty("")
}
