package qualification

import (
	"cmp"
	"fmt"
	"net/netip"
	"regexp"
	"slices"
	"strings"
)

// letsPassWhatIsMeant holds for the policy of a firewall all of whose rules are
// rule groups of this stack, of which none opens the firewall, and the last of
// which ends what the default action does not.
func letsPassWhatIsMeant(g *Graph, policy *Resource) []Finding {
	findings := all(
		property("firewallPolicy.statefulEngineOptions.streamExceptionPolicy").isOne("DROP", "REJECT"),
		property("firewallPolicy.statelessRuleGroupReferences").check(holdsNothing, "must be empty: stateless rules are asked first"),
		property("firewallPolicy.policyVariables").check(Value.Absent, "must not be set: it changes what the rules mean"),
		property("firewallPolicy.statefulRuleGroupReferences").check(func(v Value) bool { return len(v.Items()) > 0 }, "must name a rule group"),
	)(g, policy)
	var last *Resource
	var place float64
	for _, reference := range policy.Get("firewallPolicy.statefulRuleGroupReferences").Items() {
		at := reference.Path()
		findings = append(findings, all(
			property(at+".override").check(Value.Absent, "must not be set: it turns refusals into alerts"),
			property(at+".priority").isAtLeast(1),
			property(at+".resourceArn").refersTo(ruleGroupType, isStrictlyOrdered, opensNothing))(g, policy)...)
		group := g.Target(policy, at+".resourceArn", ruleGroupType)
		if reference.Get("resourceArn").Unknown() {
			return append(findings, open(policy, at+".resourceArn"))
		}
		if priority, ok := reference.Get("priority").Number(); ok && (last == nil || priority > place) {
			last, place = group, priority
		}
	}
	if last != nil {
		findings = append(findings, endsTheRest(last)...)
	}
	return findings
}

var isStrictlyOrdered = all(
	property("type").is("STATEFUL"),
	property("ruleGroup.statefulRuleOptions.ruleOrder").is("STRICT_ORDER"))

// firewallRule is a rule in the language of Suricata.
type firewallRule struct {
	text, action, protocol string
	from, to               addressSet
	fromPort, toPort       string

	// options are what else a packet must be like, by their names.
	options []string
}

// ruleSyntax is action, protocol, source with port, direction, destination with
// port, and options.
var ruleSyntax = regexp.MustCompile(`^(\w+) (\S+) (\S+) (\S+) (->|<>) (\S+) (\S+) \((.*)\)$`)

// insideBrackets is white space after a comma of a list.
var insideBrackets = regexp.MustCompile(`,\s+`)

// parseFirewallRules reads the rules of a group. It returns the line that cannot
// be read, or "".
func parseFirewallRules(text string, sets map[string]addressSet) (rules []firewallRule, unread string) {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		head, options, _ := strings.Cut(line, "(")
		head = strings.Join(strings.Fields(insideBrackets.ReplaceAllString(head, ",")), " ")
		parts := ruleSyntax.FindStringSubmatch(head + " (" + options)
		if parts == nil {
			return nil, line
		}
		rule := firewallRule{
			text: line, action: parts[1], protocol: parts[2],
			from: parseAddressSet(parts[3], sets), fromPort: parts[4], to: parseAddressSet(parts[6], sets), toPort: parts[7],
		}
		for option := range strings.SplitSeq(parts[8], ";") {
			if name, _, _ := strings.Cut(strings.TrimSpace(option), ":"); name != "" {
				rule.options = append(rule.options, name)
			}
		}
		rules = append(rules, rule)
	}
	return rules, ""
}

// addressSet is what a rule says of a packet's source or destination.
type addressSet struct {
	any, negated bool
	blocks       []netip.Prefix
}

// parseAddressSet reads a side of a rule. What is not a block, a list of blocks or
// a set that the group defines may be anything.
func parseAddressSet(text string, sets map[string]addressSet) addressSet {
	if rest, negated := strings.CutPrefix(text, "!"); negated {
		set := parseAddressSet(rest, sets)
		set.negated = !set.negated
		return set
	}
	if name, isSet := strings.CutPrefix(text, "$"); isSet {
		if set, defined := sets[name]; defined {
			return set
		}
		return addressSet{any: true}
	}
	return blocksOf(strings.Split(strings.Trim(text, "[]"), ","))
}

func blocksOf(texts []string) addressSet {
	var set addressSet
	for _, text := range texts {
		block, err := netip.ParsePrefix(text)
		if address, bare := netip.ParseAddr(text); bare == nil {
			block, err = netip.PrefixFrom(address, address.BitLen()), nil
		}
		if err != nil {
			return addressSet{any: true}
		}
		set.blocks = append(set.blocks, block.Masked())
	}
	return set
}

// isConfined reports that the set is of certain addresses: blocks, none of which
// is larger than the largest private one.
func (s addressSet) isConfined() bool {
	const largest = 8
	return !s.any && !s.negated && len(s.blocks) > 0 &&
		!slices.ContainsFunc(s.blocks, func(b netip.Prefix) bool { return b.Bits() < largest })
}

// has reports that an address of the block is in the set.
func (s addressSet) has(block netip.Prefix) bool {
	switch {
	case s.any:
		return !s.negated
	case s.negated:
		return !slices.ContainsFunc(s.blocks, func(b netip.Prefix) bool { return blockCovers(b, block) })
	}
	return slices.ContainsFunc(s.blocks, block.Overlaps)
}

// blockCovers reports that all of a block is in another.
func blockCovers(outer, inner netip.Prefix) bool {
	return outer.Bits() <= inner.Bits() && outer.Contains(inner.Addr())
}

// opensNothing holds for a rule group of which no rule lets pass from anywhere to
// anywhere, or between GxP segments and others.
func opensNothing(g *Graph, group *Resource) []Finding {
	const at = "ruleGroup.rulesSource.rulesString"
	rules, findings := rulesOf(group)
	for _, r := range rules {
		if r.action != "pass" {
			continue
		}
		problem := ""
		switch {
		case !r.from.isConfined() && !r.to.isConfined():
			problem = "lets pass from anywhere to anywhere"
		case g.network().mixes(r):
			problem = "lets pass between a GxP segment and one that is not"
		}
		if problem != "" {
			findings = append(findings, Finding{
				Resource: group.URN, Property: at, Problem: problem + ": " + r.text, Fix: "name the blocks that may talk",
			})
		}
	}
	return findings
}

// rulesOf reads the rules of a group, together with what cannot be read.
func rulesOf(group *Resource) ([]firewallRule, []Finding) {
	const at = "ruleGroup.rulesSource.rulesString"
	text, ok := group.Get(at).Text()
	defined := group.Get("ruleGroup.ruleVariables.ipSets")
	switch {
	case group.Get(at).Unknown():
		return nil, []Finding{open(group, at)}
	case defined.Unknown():
		return nil, []Finding{open(group, defined.Path())}
	case !ok:
		return nil, []Finding{{
			Resource: group.URN, Property: at, Problem: "is not set: rules of another kind cannot be judged", Fix: "write the rules as rulesString",
		}}
	}
	sets := map[string]addressSet{}
	for _, item := range defined.Items() {
		key, _ := item.Get("key").Text()
		var texts []string
		for _, definition := range item.Get("ipSet.definitions").Items() {
			block, _ := definition.Text()
			texts = append(texts, block)
		}
		sets[key] = blocksOf(texts)
	}
	rules, unread := parseFirewallRules(text, sets)
	if unread != "" {
		return nil, []Finding{{
			Resource: group.URN, Property: at, Problem: "has a rule that cannot be read: " + unread, Fix: "write the rule on a line of its own",
		}}
	}
	return rules, nil
}

// mixes reports that a rule is about packets from a GxP segment to one that is
// not, or the other way.
func (n *network) mixes(r firewallRule) bool {
	has := func(set addressSet, class string) bool { return slices.ContainsFunc(n.blocksOfClass(class), set.has) }
	return has(r.from, gxpClass) && has(r.to, nonGxPClass) || has(r.from, nonGxPClass) && has(r.to, gxpClass)
}

// blocksOfClass are the addresses of the segments of a class, with those of VPCs
// of other accounts that are in them.
func (n *network) blocksOfClass(class string) []netip.Prefix {
	var blocks []netip.Prefix
	for _, v := range n.vpcs {
		if v.res.Get(classTag).Is(class) {
			blocks = append(blocks, v.blocks...)
		}
	}
	for _, j := range n.joints {
		if j.isStub() && j.res.Get(classTag).Is(class) {
			blocks = append(blocks, n.blocksBehind(j)...)
		}
	}
	return blocks
}

// endsTheRest holds for the last group of rules, where it drops what has no
// connection: the default action is about connections alone.
func endsTheRest(group *Resource) []Finding {
	rules, findings := rulesOf(group)
	if len(findings) > 0 {
		return nil // told of every group
	}
	for _, protocol := range []string{"udp", "icmp"} {
		ends := func(r firewallRule) bool {
			return r.action == "drop" && r.protocol == protocol && r.from.any && r.to.any && !r.from.negated && !r.to.negated &&
				r.fromPort == "any" && r.toPort == "any" && !slices.ContainsFunc(r.options, narrows)
		}
		if !slices.ContainsFunc(rules, ends) {
			findings = append(findings, Finding{
				Resource: group.URN, Property: "ruleGroup.rulesSource.rulesString",
				Problem: fmt.Sprintf("is the last group, and does not drop what remains of %s", protocol),
				Fix:     fmt.Sprintf("let the last group have: drop %s any any -> any any", protocol),
			})
		}
	}
	return findings
}

// narrows reports that an option of a rule is about the packet. All others say
// how the rule is called, or in which direction it looks.
func narrows(option string) bool {
	return !slices.Contains([]string{"msg", "sid", "rev", "flow", "classtype", "metadata", "reference"}, option)
}

// hasEveryZone holds for a firewall in every zone that the perimeter has subnets
// for it in, and to which each zone's routes lead.
func hasEveryZone(g *Graph, firewall *Resource) []Finding {
	n := g.network()
	vpc := n.byVPC[g.Target(firewall, "vpcId", vpcType)]
	if vpc == nil {
		return []Finding{open(firewall, "vpcId")}
	}
	if firewall.Get("subnetMappings").Unknown() {
		return []Finding{open(firewall, "subnetMappings")}
	}
	var inside []string
	for _, mapping := range firewall.Get("subnetMappings").Items() {
		s := n.subnetNamed(mapping.Get("subnetId"))
		if s == nil {
			return []Finding{open(firewall, "subnetMappings")}
		}
		inside = append(inside, zoneOf(s))
	}
	var findings []Finding
	for _, s := range vpc.subnets {
		if zone := zoneOf(s); !slices.Contains(inside, zone) {
			inside = append(inside, zone)
			findings = append(findings, Finding{
				Resource: firewall.URN, Property: "subnetMappings", Problem: "is not in zone " + cmp.Or(zone, "of "+s.res.Name()),
				Fix: "add a subnet of the perimeter in that zone",
			})
		}
	}
	return append(findings, n.staysInZone(vpc)...)
}

func zoneOf(s *subnetNode) string {
	zone, _ := s.res.Get("availabilityZone").Text()
	return zone
}

// staysInZone are findings about routes of a VPC that lead to a firewall in
// another zone: the two directions of a connection then meet different ones.
func (n *network) staysInZone(vpc *vpcNode) []Finding {
	var findings []Finding
	for _, s := range vpc.subnets {
		for _, w := range s.own.ways {
			if w.hop.kind != toFirewall || w.hop.guessed || zoneOf(w.hop.subnets[0]) == zoneOf(s) {
				continue
			}
			findings = append(findings, Finding{
				Resource: w.via.URN, Problem: fmt.Sprintf("leads from %s to the firewall in another zone", s.res.Name()),
				Fix: "lead it to the endpoint in its own zone",
			})
		}
	}
	return findings
}
