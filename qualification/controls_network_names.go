package qualification

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
)

const (
	nameGroupType    = "aws:route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup"
	nameRuleType     = "aws:route53/resolverFirewallRule:ResolverFirewallRule"
	nameListType     = "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList"
	zoneType         = "aws:route53/zone:Zone"
	zoneJoinType     = "aws:route53/zoneAssociation:ZoneAssociation"
	recordType       = "aws:route53/record:Record"
	forwardType      = "aws:route53/resolverRule:ResolverRule"
	nameSettingsType = "aws:ec2/vpcDhcpOptions:VpcDhcpOptions"
	nameSettingsJoin = "aws:ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation"
)

// namesOfAWS is what the names of all services of AWS end with.
const namesOfAWS = "amazonaws.com"

// filtersNames holds for a group of rules that refuse what is bad before they
// allow anything, and, where no firewall inspects what leaves, all that is not
// allowed.
func filtersNames(g *Graph, group *Resource) []Finding {
	rules := g.Linked(group, nameRuleType, "firewallRuleGroupId")
	switch {
	case len(rules) == 0 && g.inspects(group):
		return nil // the firewall refuses the connection, whatever the name resolves to
	case len(rules) == 0:
		return []Finding{unattached(g, group, nameRuleType, "firewallRuleGroupId")}
	}
	var findings []Finding
	for _, r := range rules {
		findings = append(findings, all(property("action").isOne("BLOCK", "ALLOW"), property("priority").isAtLeast(1))(g, r)...)
	}
	if len(findings) > 0 {
		return findings
	}
	rules = slices.Clone(rules)
	slices.SortFunc(rules, func(a, b *Resource) int { return int(priorityOf(a) - priorityOf(b)) })
	last := rules[len(rules)-1]
	allowed := false
	for _, r := range rules {
		refusesAll, finding := refusesEveryName(g, r)
		switch {
		case finding != nil:
			findings = append(findings, *finding)
		case r.Get("action").Is("ALLOW"):
			allowed = true
			findings = append(findings, property("firewallDomainListId").refersTo(nameListType, namesSome)(g, r)...)
		case allowed && !(r == last && refusesAll):
			findings = append(findings, Finding{
				Resource: r.URN, Property: "priority", Problem: "refuses names after others were allowed, which may be the same",
				Fix: "give it a smaller priority than what allows names",
			})
		}
	}
	if refusesAll, _ := refusesEveryName(g, last); !refusesAll && !g.inspects(group) {
		findings = append(findings, Finding{
			Resource: group.URN, Problem: "resolves every name that is not known to be bad, and no firewall is behind it",
			Fix: "let the last rule refuse *",
		})
	}
	return findings
}

func priorityOf(r *Resource) float64 {
	n, _ := r.Get("priority").Number()
	return n
}

// refusesEveryName reports that a rule blocks all names that come to it.
func refusesEveryName(g *Graph, r *Resource) (bool, *Finding) {
	list := g.Target(r, "firewallDomainListId", nameListType)
	if list == nil || !r.Get("action").Is("BLOCK") {
		return false, nil // a list of AWS
	}
	domains := list.Get("domains")
	if domains.Unknown() {
		return false, new(open(list, "domains"))
	}
	return slices.ContainsFunc(domains.Items(), func(v Value) bool { return v.Is("*") }), nil
}

// namesSome holds for a list that is not all names.
func namesSome(g *Graph, list *Resource) []Finding {
	return property("domains").satisfies(func(v Value) bool {
		return len(v.Items()) > 0 && !slices.ContainsFunc(v.Items(), func(item Value) bool { return item.Is("*") || item.Is("*.") })
	}, "must name some domains, and not all")(g, list)
}

// inspects reports that there is a firewall in the region of a resource.
func (g *Graph) inspects(r *Resource) bool {
	return slices.ContainsFunc(g.OfType(firewallType), func(f *Resource) bool { return g.Region(f).equals(g.Region(r)) })
}

// resolvesAsDecided holds for a VPC that asks the resolver of AWS, for settings
// that name it, for zones and records that lead names of AWS to endpoints of
// this stack, and for rules that forward a company's names to the company.
func resolvesAsDecided(g *Graph, r *Resource) []Finding {
	switch r.Type {
	case vpcType:
		return property("enableDnsSupport").isNot(false)(g, r)
	case nameSettingsType:
		return property("domainNameServers").check(func(v Value) bool {
			return !slices.ContainsFunc(v.Items(), func(server Value) bool { return !server.Is("AmazonProvidedDNS") })
		}, "must be AmazonProvidedDNS alone")(g, r)
	case nameSettingsJoin:
		return property("dhcpOptionsId").refersTo(nameSettingsType)(g, r)
	case forwardType:
		return forwardsToCompany(g, r)
	}
	name, known := r.Get("name").Text()
	switch {
	case r.Get("name").Unknown():
		return []Finding{open(r, "name")}
	case !known || !isBelow(name, namesOfAWS):
		return nil
	}
	return all(with(recordType, "zoneId", leadsToEndpoint), isInEveryVPC)(g, r)
}

// isBelow reports that a name is a domain, or one below it.
func isBelow(name, domain string) bool {
	name = strings.TrimSuffix(name, ".")
	return name == domain || strings.HasSuffix(name, "."+domain)
}

// leadsToEndpoint holds for a record that is an alias of an endpoint of this
// stack, and of nothing else.
func leadsToEndpoint(g *Graph, record *Resource) []Finding {
	const at = "aliases[0].name"
	findings := all(
		property("records").check(holdsNothing, "must not be set"),
		property("aliases").check(func(v Value) bool { return len(v.Items()) == 1 }, "must be one"))(g, record)
	if len(findings) > 0 {
		return findings
	}
	text, _ := record.Get(at).Text()
	own := slices.ContainsFunc(g.OfType(vpcEndpointType), func(e *Resource) bool {
		return e.ID != "" && strings.HasPrefix(text, e.ID+"-")
	})
	if own {
		return nil
	}
	return property(at).refersTo(vpcEndpointType)(g, record)
}

// isInEveryVPC holds for a zone that every VPC of its region is associated with.
func isInEveryVPC(g *Graph, zone *Resource) []Finding {
	var joined []*Resource
	for i := range zone.Get("vpcs").Items() {
		joined = append(joined, g.Target(zone, fmt.Sprintf("vpcs[%d].vpcId", i), vpcType))
	}
	for _, join := range g.Linked(zone, zoneJoinType, "zoneId") {
		joined = append(joined, g.Target(join, "vpcId", vpcType))
	}
	var findings []Finding
	for _, vpc := range g.OfType(vpcType) {
		if g.Region(vpc).equals(g.Region(zone)) && !slices.Contains(joined, vpc) {
			finding := unattached(g, zone, zoneJoinType, "vpcId")
			if !finding.Open {
				finding.Problem, finding.Fix = "is not known in "+vpc.Name(), "associate the zone with the VPC"
			}
			findings = append(findings, finding)
		}
	}
	return findings
}

// forwardsToCompany holds for a rule that leads neither all names nor those of
// AWS elsewhere, and to servers of the company or the network alone.
func forwardsToCompany(g *Graph, r *Resource) []Finding {
	findings := property("domainName").satisfies(func(v Value) bool {
		name, _ := v.Text()
		name = strings.Trim(name, ".")
		return name != "" && !isBelow(name, namesOfAWS) && !isBelow(namesOfAWS, name)
	}, "must be a domain of the company")(g, r)
	n := g.network()
	servers := append(n.ranges(), n.company()...)
	for i := range r.Get("targetIps").Items() {
		findings = append(findings, property(fmt.Sprintf("targetIps[%d].ip", i)).satisfies(func(v Value) bool {
			text, _ := v.Text()
			address, err := netip.ParseAddr(text)
			return err == nil && inBlocks(servers, netip.PrefixFrom(address, address.BitLen()))
		}, "must be an address of the network or of the company's own")(g, r)...)
	}
	return findings
}
