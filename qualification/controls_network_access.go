package qualification

import (
	"fmt"
	"slices"
)

const (
	accessListType    = "aws:ec2/networkAcl:NetworkAcl"
	securityGroupType = "aws:ec2/securityGroup:SecurityGroup"
)

// isListed holds for a VPC whose subnets, except those of the transit gateway,
// are under access lists that refuse something before they allow the rest.
func isListed(g *Graph, vpc *Resource) []Finding {
	n := g.network()
	var listed []*subnetNode
	var findings []Finding
	for _, list := range g.Linked(vpc, accessListType, "vpcId") {
		subnets, known := n.subnetsAt(list, list.Get("subnetIds"))
		if !known {
			return []Finding{open(list, "subnetIds")}
		}
		listed = append(listed, subnets...)
		if path, unknown := unknownBelow(list, "ingress", "action", "cidrBlock", "ruleNo"); unknown {
			return []Finding{open(list, path)}
		}
		findings = append(findings, property("ingress").satisfies(refusesFirst, "must refuse something before anything is allowed")(g, list)...)
	}
	for _, s := range n.byVPC[vpc].subnets {
		if n.isTransit(s) || slices.Contains(listed, s) {
			continue
		}
		finding := unattached(g, vpc, accessListType, "vpcId")
		if !finding.Open {
			finding.Problem, finding.Fix = "has "+s.res.Name()+" under no access list of its own", "add the subnet to the list of the segment"
		}
		findings = append(findings, finding)
	}
	return findings
}

// unknownBelow is a field of the elements of a list that is not yet known.
func unknownBelow(r *Resource, list string, fields ...string) (string, bool) {
	for _, item := range r.Get(list).Items() {
		for _, field := range fields {
			if v := item.Get(field); v.Unknown() {
				return v.Path(), true
			}
		}
	}
	return "", false
}

// refusesFirst reports that the first of the rules denies what comes from
// anywhere.
func refusesFirst(rules Value) bool {
	var first Value
	for _, rule := range rules.Items() {
		number, ok := rule.Get("ruleNo").Number()
		if lowest, _ := first.Get("ruleNo").Number(); ok && (first.Absent() || number < lowest) {
			first = rule
		}
	}
	return first.Get("action").Is("deny") && first.Get("cidrBlock").Is("0.0.0.0/0")
}

// isOfNetwork reports that a resource is where the VPCs are: in their account.
func isOfNetwork(g *Graph, r *Resource) bool {
	account := g.AccountID(r)
	return slices.ContainsFunc(g.OfType(vpcType), func(vpc *Resource) bool { return g.AccountID(vpc).equals(account) })
}

// admitsNetworkAlone holds for a security group of the network without rules of
// its own, for a rule that lets one port be reached from the network or the
// company's own, and for an endpoint that has groups of this stack.
func admitsNetworkAlone(g *Graph, r *Resource) []Finding {
	switch r.Type {
	case securityGroupType:
		return property("ingress").check(holdsNothing, "must be empty: rules are resources of their own")(g, r)
	case vpcEndpointType:
		return hasOwnGroups(g, r)
	}
	n := g.network()
	if r.Type == groupRuleType && r.Get("type").Is("egress") {
		return nil
	}
	blocks := append(n.ranges(), n.company()...)
	inside := func(v Value) bool {
		block, ok := prefix(v)
		return ok && inBlocks(blocks, block)
	}
	findings := all(
		property("cidrIpv6").check(isOff, "must not be set"),
		property("prefixListId").check(isOff, "must not be set"),
		property("fromPort").satisfies(func(v Value) bool { return !v.Is(0) && !v.Is(-1) }, "must be one port"),
		property("toPort").satisfies(func(v Value) bool { return r.Get("fromPort").Unknown() || v.equals(r.Get("fromPort")) }, "must be fromPort"))(g, r)
	if r.Type == groupRuleType {
		return append(findings, property("cidrBlocks").satisfies(func(v Value) bool {
			return len(v.Items()) > 0 && !slices.ContainsFunc(v.Items(), func(item Value) bool { return !inside(item) })
		}, "must be blocks of the network or of the company's own")(g, r)...)
	}
	return append(findings, all(
		property("ipProtocol").isOne("tcp", "udp"),
		property("cidrIpv4").satisfies(inside, "must be a block of the network or of the company's own"))(g, r)...)
}

// hasOwnGroups holds for an interface endpoint whose security groups are of this
// stack, and open to TLS alone.
func hasOwnGroups(g *Graph, endpoint *Resource) []Finding {
	if !endpoint.Get("vpcEndpointType").Is("Interface") {
		return nil
	}
	groups := endpoint.Get("securityGroupIds")
	if groups.Unknown() {
		return []Finding{open(endpoint, groups.Path())}
	}
	findings := property(groups.Path()).check(func(v Value) bool { return len(v.Items()) > 0 }, "must name a security group")(g, endpoint)
	for i := range groups.Items() {
		findings = append(findings, property(fmt.Sprintf("securityGroupIds[%d]", i)).refersTo(securityGroupType, opensTLSAlone)(g, endpoint)...)
	}
	return findings
}

func opensTLSAlone(g *Graph, group *Resource) []Finding {
	var findings []Finding
	for _, r := range g.Linked(group, groupIngressRuleType, "securityGroupId") {
		findings = append(findings, all(property("ipProtocol").is("tcp"), property("fromPort").is(443), property("toPort").is(443))(g, r)...)
	}
	return findings
}
