package rules

import "strings"

const (
	queryLogType         = "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig"
	queryLogUseType      = "aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation"
	nameFirewallType     = "aws:route53/resolverFirewallConfig:ResolverFirewallConfig"
	domainListType       = "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList"
	nameRuleGroupType    = "aws:route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup"
	nameRuleType         = "aws:route53/resolverFirewallRule:ResolverFirewallRule"
	nameRuleUseType      = "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation"
	resolverEndpointType = "aws:route53/resolverEndpoint:ResolverEndpoint"
	resolverRuleType     = "aws:route53/resolverRule:ResolverRule"
	resolverRuleUseType  = "aws:route53/resolverRuleAssociation:ResolverRuleAssociation"

	// ruleGroupsQuota is how many rule groups AWS lets a VPC have.
	ruleGroupsQuota = 5
)

var (
	queryLogs         = target{typ: queryLogType, word: "query log configuration", code: "ResourceNotFoundException", reach: inRegion}
	nameRuleGroups    = target{typ: nameRuleGroupType, word: "DNS Firewall rule group", code: "ResourceNotFoundException", reach: inRegion}
	resolverEndpoints = target{typ: resolverEndpointType, word: "Resolver endpoint", code: "ResourceNotFoundException", reach: inRegion}
	resolverRules     = target{
		typ: resolverRuleType, word: "Resolver rule", code: "ResourceNotFoundException", reach: inRegion,
		given: func(ref string) bool { return strings.HasPrefix(ref, "rslvr-autodefined-rr-") },
	}
)

// resolverName is not made of digits alone.
var resolverName = pattern("name", `[0-9]*[a-zA-Z\-_' ][a-zA-Z0-9\-_' ]*`, "letters, digits, spaces, hyphens and underscores, and not digits alone")

// onePer reports a second setting of the same VPC.
func onePer(property, words string) check {
	return free(inRegion, "ResourceExistsException", words, property)
}

var resolverRows = map[string]row{
	queryLogType: {
		static: []check{
			resolverName, length("name", 1, 64),
			pattern("destinationArn", `arn:aws:(s3:::[a-z0-9.-]{3,63}(/.*)?|logs:[a-z0-9-]+:[0-9]{12}:log-group:.+|firehose:[a-z0-9-]+:[0-9]{12}:deliverystream/.+)`,
				"the ARN of a bucket, a log group or a delivery stream"),
		},
		against: []check{queryLogBucket, free(inRegion, "ResourceExistsException", "a query log configuration named %q exists already; choose another name", "name")},
	},
	queryLogUseType: {
		static: []check{pattern("resourceId", `vpc-[0-9a-f]{8,17}`, "the id of a VPC")},
		against: []check{
			refers("resolverQueryLogConfigId", queryLogs), refers("resourceId", vpcs),
			free(inRegion, "ResourceExistsException", "the VPC %q has this query log configuration already; keep one association",
				"resourceId", "resolverQueryLogConfigId"),
		},
	},
	nameFirewallType: {
		static:  []check{oneOf("firewallFailOpen", "ENABLED", "DISABLED", "USE_LOCAL_RESOURCE_SETTING")},
		against: []check{refers("resourceId", vpcs), onePer("resourceId", "the VPC %q has its DNS Firewall setting from another resource, and each would overwrite the other; keep one")},
	},
	domainListType: {
		static: []check{
			resolverName, length("name", 1, 64), length("domains[]", 1, 255), unique("domains[]"),
			pattern("domains[]", `\*|(\*\.)?([A-Za-z0-9_-]{1,63}\.)*[A-Za-z0-9_-]{1,63}\.?`, "a domain, with *. in front for all names below it"),
		},
	},
	nameRuleGroupType: {static: []check{resolverName, length("name", 1, 64)}},
	nameRuleType: {
		static: []check{
			resolverName, length("name", 1, 64), oneOf("action", "ALLOW", "BLOCK", "ALERT"), oneOf("blockResponse", "NODATA", "NXDOMAIN", "OVERRIDE"),
			oneOf("blockOverrideDnsType", "CNAME"), between("blockOverrideTtl", 0, 604800), between("priority", 0, 2147483647),
			oneOf("firewallDomainRedirectionAction", "INSPECT_REDIRECTION_DOMAIN", "TRUST_REDIRECTION_DOMAIN"), blockResponse,
		},
		against: []check{refers("firewallRuleGroupId", nameRuleGroups), priorityFree("firewallRuleGroupId")},
	},
	nameRuleUseType: {
		static: []check{
			resolverName, length("name", 1, 64), oneOf("mutationProtection", "ENABLED", "DISABLED"), between("priority", 101, 9899),
		},
		against: []check{
			refers("firewallRuleGroupId", nameRuleGroups), refers("vpcId", vpcs), priorityFree("vpcId"), ruleGroupsLeft,
			free(inRegion, "ConflictException", "the VPC %q has this rule group already; keep one association", "vpcId", "firewallRuleGroupId"),
		},
	},
	resolverEndpointType: {
		static: []check{
			resolverName, length("name", 1, 64), oneOf("direction", "INBOUND", "OUTBOUND"), twoAddresses,
			oneOf("resolverEndpointType", "IPV4", "IPV6", "DUALSTACK"), oneOf("protocols[]", "Do53", "DoH", "DoH-FIPS"),
			needs("securityGroupIds", "an endpoint is protected by one at least"), unique("ipAddresses[].subnetId"),
			ipv4Address("ipAddresses[].ip"),
		},
		against: []check{
			refers("securityGroupIds[]", securityGroups), refers("ipAddresses[].subnetId", subnets), addressesInOneVPC,
		},
	},
	resolverRuleType: {
		static: []check{
			resolverName, length("name", 1, 64), oneOf("ruleType", "FORWARD", "SYSTEM", "RECURSIVE"), length("domainName", 1, 256),
			pattern("domainName", `\.|([A-Za-z0-9_-]{1,63}\.)*[A-Za-z0-9_-]{1,63}\.?`, "a domain"), ipv4Address("targetIps[].ip"),
			between("targetIps[].port", 0, 65535), unique("targetIps[].ip"), forwards,
		},
		against: []check{refers("resolverEndpointId", resolverEndpoints), endpointLeadsOut},
	},
	resolverRuleUseType: {
		static: []check{resolverName, length("name", 1, 64)},
		against: []check{
			refers("resolverRuleId", resolverRules), refers("vpcId", vpcs), oneRuleOfDomain,
			free(inRegion, "ResourceExistsException", "the VPC %q has this rule already; keep one association", "vpcId", "resolverRuleId"),
		},
	},
}

// blockResponse: what is blocked gets an answer, and what is not gets its own.
func blockResponse(s *scope) {
	action, response := s.text("action"), s.presence("blockResponse")
	switch {
	case action == "BLOCK" && response == absent:
		s.reject("blockResponse", "a rule that blocks needs blockResponse; set NODATA, NXDOMAIN or OVERRIDE")
	case action != "" && action != "BLOCK" && response == present:
		s.reject("blockResponse", "blockResponse belongs to the action BLOCK; leave it out")
	}
	overrides := s.text("blockResponse") == "OVERRIDE"
	for _, property := range []string{"blockOverrideDnsType", "blockOverrideDomain"} {
		switch given := s.presence(property); {
		case overrides && given == absent:
			s.reject(property, "a response that overrides needs %s", property)
		case !overrides && response != unknown && given == present:
			s.reject(property, "%s belongs to the blockResponse OVERRIDE; leave it out", property)
		}
	}
}

// priorityFree: the rules of a group, and the groups of a VPC, come in order.
func priorityFree(within string) check {
	return func(s *scope) {
		mine, ok := s.number("priority")
		if !ok || s.text(within) == "" {
			return
		}
		for r := range s.others(s.Type) {
			if n, ok := r.number("priority"); ok && n == mine && r.text(within) == s.text(within) {
				s.reject("priority", "the priority %v is taken in %s; make it unique", mine, s.text(within))
				return
			}
		}
	}
}

func ruleGroupsLeft(s *scope) {
	n := 1
	for r := range s.others(nameRuleUseType) {
		if vpc := s.text("vpcId"); vpc != "" && r.text("vpcId") == vpc {
			n++
		}
	}
	if n > ruleGroupsQuota {
		s.fail("vpcId", "LimitExceededException", "the VPC would have %d rule groups, the limit is %d; merge some", n, ruleGroupsQuota)
	}
}

// queryLogBucket asks what the first query would ask: Resolver accepts a
// configuration whose bucket it cannot write to, and its associations fail.
func queryLogBucket(s *scope) {
	if path, ok := strings.CutPrefix(s.text("destinationArn"), "arn:aws:s3:::"); ok {
		bucket, prefix, _ := strings.Cut(path, "/")
		s.canDeliver("destinationArn", bucket, prefix, "AccessDenied")
	}
}

// twoAddresses: an endpoint survives the loss of one.
func twoAddresses(s *scope) {
	needs("ipAddresses", "an endpoint has two addresses at least")(s)
	for at, list := range typed[[]any](s.Inputs, "ipAddresses") {
		if n := len(list); settled(list) && n > 0 && (n < 2 || n > 10) {
			s.reject(at, "the endpoint has %d addresses; it must have 2 to 10", n)
		}
	}
}

// addressesInOneVPC: an endpoint belongs to one VPC.
func addressesInOneVPC(s *scope) {
	host := ""
	for at, id := range s.texts("ipAddresses[].subnetId") {
		subnet, ok := s.find(id, subnets)
		if !ok {
			continue
		}
		if vpc := subnet.text("vpcId"); host != "" && vpc != host {
			s.reject(at, "the subnet %s is in %s and another one in %s; use subnets of one VPC", id, vpc, host)
		} else {
			host = vpc
		}
	}
}

// forwards: a rule that forwards says through what and to whom.
func forwards(s *scope) {
	switch s.text("ruleType") {
	case "FORWARD":
		needs("targetIps", "a rule that forwards names the servers")(s)
		needs("resolverEndpointId", "a rule that forwards does it through an outbound endpoint")(s)
	case "SYSTEM":
		for _, property := range []string{"targetIps", "resolverEndpointId"} {
			if s.presence(property) == present {
				s.reject(property, "a rule of type SYSTEM has no %s; leave it out", property)
			}
		}
	}
}

func endpointLeadsOut(s *scope) {
	endpoint, ok := s.find(s.text("resolverEndpointId"), resolverEndpoints)
	if ok && endpoint.text("direction") == "INBOUND" {
		s.reject("resolverEndpointId", "the endpoint %s is inbound; forward through an outbound one", endpoint.text("id"))
	}
}

// oneRuleOfDomain: a VPC asks one place about a domain.
func oneRuleOfDomain(s *scope) {
	mine, ok := s.find(s.text("resolverRuleId"), resolverRules)
	if !ok || s.text("vpcId") == "" {
		return
	}
	domain := strings.TrimSuffix(mine.text("domainName"), ".")
	for r := range s.others(resolverRuleUseType) {
		other, found := s.find(r.text("resolverRuleId"), resolverRules)
		if found && r.text("vpcId") == s.text("vpcId") && other.text("id") != mine.text("id") &&
			strings.TrimSuffix(other.text("domainName"), ".") == domain {
			s.fail("resolverRuleId", "ResourceExistsException", "the VPC %s has another rule for %s; keep one", s.text("vpcId"), domain)
			return
		}
	}
}
