package rules

import (
	"fmt"
	"strings"
)

const (
	securityGroupType = "aws:ec2/securityGroup:SecurityGroup"
	ingressRuleType   = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
	egressRuleType    = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
	defaultGroupType  = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"
	networkACLType    = "aws:ec2/networkAcl:NetworkAcl"

	groupText  = `[a-zA-Z0-9. _\-:/()#,@\[\]+=&;{}!$*]*`
	groupWords = "letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*"

	// aclRulesQuota is how many rules of each direction AWS grants a list.
	aclRulesQuota = 20
)

var securityGroups = target{
	typ: securityGroupType, word: "security group", code: "InvalidGroup.NotFound", reach: inRegion,
}

// groupRule is a rule of a security group that is a resource of its own.
var groupRule = row{
	static: []check{
		exactlyOne("cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"), ipv4Block("cidrIpv4", 0, 32),
		length("description", 0, 255), pattern("description", groupText, groupWords), rulePorts,
	},
	against: []check{refers("securityGroupId", securityGroups), groupReferenced, ruleIsNew},
}

var securityGroupRows = map[string]row{
	securityGroupType: {
		static: []check{
			length("name", 1, 255), pattern("name", groupText, groupWords), length("description", 1, 255),
			pattern("description", groupText, groupWords), atMostOne("name", "namePrefix"), notReserved,
			inlineRules("ingress"), inlineRules("egress"),
		},
		against: []check{
			refers("vpcId", vpcs),
			free(inRegion, "InvalidGroup.Duplicate", "the security group %q already exists in the VPC; choose another name", "name", "vpcId"),
		},
	},
	ingressRuleType: groupRule,
	egressRuleType:  groupRule,
	defaultGroupType: {
		static: []check{inlineRules("ingress"), inlineRules("egress")},
		against: []check{
			refers("vpcId", vpcs),
			free(inRegion, "InvalidGroup.Duplicate", "the default security group of %q is kept by another resource, and each would "+
				"overwrite the other; keep one", "vpcId"),
		},
	},
	networkACLType: {
		static:  []check{aclRules("ingress"), aclRules("egress"), unique("subnetIds[]")},
		against: []check{refers("vpcId", vpcs), aclSubnets},
	},
}

func notReserved(s *scope) {
	if name := s.text("name"); strings.HasPrefix(name, "sg-") || name == "default" {
		s.reject("name", "invalid value %q for groupName: names that begin with sg- and the name default are AWS's own", name)
	}
}

// rulePorts: TCP and UDP have ports, everything has none.
func rulePorts(s *scope) {
	protocol := s.text("ipProtocol")
	from, to := s.presence("fromPort"), s.presence("toPort")
	switch protocol {
	case "-1":
		for _, property := range []string{"fromPort", "toPort"} {
			if n, ok := s.number(property); ok && n != -1 {
				s.reject(property, "%s is %v, and the protocol is -1, which is all ports; leave it out", property, n)
			}
		}
	case "tcp", "udp", "6", "17":
		if from == absent || to == absent {
			s.reject("fromPort", "a rule of %s needs fromPort and toPort", protocol)
			return
		}
		ports(s, "fromPort", s.Resource, "fromPort", "toPort")
	}
}

func inlineRules(path string) check {
	return func(s *scope) {
		for at, rule := range s.objects(path + "[]") {
			if rule.text("protocol") == "tcp" || rule.text("protocol") == "udp" {
				ports(s, at, rule, "fromPort", "toPort")
			}
		}
		ipv4Block(path+"[].cidrBlocks[]", 0, 32)(s)
	}
}

func groupReferenced(s *scope) {
	for at, ref := range s.texts("referencedSecurityGroupId") {
		_, id, another := strings.Cut(ref, "/")
		if !another {
			id = ref
		}
		s.exists(at, id, securityGroups)
	}
}

// ruleIsNew: a security group never has the same rule twice.
func ruleIsNew(s *scope) {
	mine, open := ruleKey(s.Resource)
	if open || s.text("securityGroupId") == "" {
		return
	}
	for r := range s.others(s.Type) {
		if theirs, _ := ruleKey(r); theirs == mine {
			s.fail("securityGroupId", "InvalidPermission.Duplicate", "the security group has this rule already; keep one")
			return
		}
	}
}

func ruleKey(r Resource) (key string, open bool) {
	for _, property := range []string{
		"securityGroupId", "ipProtocol", "fromPort", "toPort", "cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId",
	} {
		open = open || r.presence(property) == unknown
		key += fmt.Sprintf("%v|", r.Inputs[property])
	}
	return key, open
}

// aclRules checks one direction of a network access list.
func aclRules(path string) check {
	return func(s *scope) {
		count(path, 0, aclRulesQuota)(s)
		between(path+"[].ruleNo", 1, 32766)(s)
		oneOf(path+"[].action", "allow", "deny")(s)
		ipv4Block(path+"[].cidrBlock", 0, 32)(s)
		seen := map[float64]bool{}
		for at, rule := range s.objects(path + "[]") {
			n, ok := rule.number("ruleNo")
			if ok && seen[n] {
				s.fail(at+".ruleNo", "NetworkAclEntryAlreadyExists", "the network ACL has a rule %v in this direction already; number them apart", n)
			}
			seen[n] = seen[n] || ok
			aclRulePorts(s, at, rule)
		}
	}
}

func aclRulePorts(s *scope, at string, rule Resource) {
	from, hasFrom := rule.number("fromPort")
	to, hasTo := rule.number("toPort")
	if protocol := rule.text("protocol"); protocol == "-1" || protocol == "all" {
		if hasFrom && from != 0 || hasTo && to != 0 {
			s.reject(at, "the rule is about every protocol, and then fromPort and toPort are 0")
		}
		return
	}
	ports(s, at, rule, "fromPort", "toPort")
	blocks := 0
	for _, property := range []string{"cidrBlock", "ipv6CidrBlock"} {
		if rule.presence(property) != absent {
			blocks++
		}
	}
	if blocks != 1 {
		s.reject(at, "the rule has %d of cidrBlock and ipv6CidrBlock; it must have one", blocks)
	}
}

// aclSubnets: a subnet has one network access list, in its own VPC.
func aclSubnets(s *scope) {
	taken := map[string]string{}
	for r := range s.others(networkACLType) {
		for _, id := range r.texts("subnetIds[]") {
			taken[id] = r.text("id")
		}
	}
	for at, id := range s.texts("subnetIds[]") {
		subnet, ok := s.exists(at, id, subnets)
		if vpc := s.text("vpcId"); ok && vpc != "" && subnet.text("vpcId") != vpc {
			s.reject(at, "the subnet %s is not in the VPC %s", id, vpc)
		}
		if other, twice := taken[id]; twice {
			s.fail(at, "Resource.AlreadyAssociated", "the subnet %s has the network ACL %s from another resource, and each would take "+
				"it from the other; keep one", id, other)
		}
	}
}
