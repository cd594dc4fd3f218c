package landingzone

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/networkfirewall"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/firewallrule"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/netplan"
)

// The first signature id of each rule group; ids are unique within a policy's
// alerts, so that an alert names one rule.
const (
	companySID  = 1_000_000
	segmentsSID = 2_000_000
	domainsSID  = 3_000_000
	floorSID    = 4_000_000
)

// companyRules are the rules of the configuration. One that names a segment of
// other regions alone has nothing to match here.
func (h *Hub) companyRules() ([]string, error) {
	var rules []string
	for i, text := range h.args.Network.FirewallRules {
		rule, err := firewallrule.Parse(text)
		if err != nil {
			return nil, fmt.Errorf("firewall rule %q: %w", text, err)
		}
		if written, here := rule.Suricata(companySID+i+1, h.addresses); here {
			rules = append(rules, written)
		}
	}
	return rules, nil
}

// addresses are the blocks of a place that a rule names, and whether the place
// is in this region.
func (h *Hub) addresses(place string) (string, bool) {
	if place == netplan.OnPremises {
		return addressSet(h.args.OnPremises), len(h.args.OnPremises) > 0
	}
	for _, s := range h.args.Region.Segments {
		if s.Name == place {
			return addressSet(blocksOf(s)), true
		}
	}
	return "", false
}

// segmentRules let segments that reach each other talk, and with the company's
// own network where they may. Routes lead nothing else here; the firewall holds
// even if a route is added.
func (h *Hub) segmentRules() []string {
	var rules []string
	pass := func(from, to, what string) {
		rules = append(rules, fmt.Sprintf(`pass ip %s any -> %s any (msg:"%s"; sid:%d; rev:1;)`,
			from, to, what, segmentsSID+len(rules)+1))
	}
	bySegment := map[string]string{}
	for _, s := range h.args.Region.Segments {
		bySegment[s.Name] = addressSet(blocksOf(s))
	}
	for _, s := range h.args.Region.Segments {
		for _, peer := range s.Peers {
			pass(bySegment[s.Name], bySegment[peer], s.Name+" to "+peer)
		}
		if s.OnPremises && h.args.Region.Hybrid {
			company := addressSet(h.args.OnPremises)
			pass(bySegment[s.Name], company, s.Name+" to "+netplan.OnPremises)
			pass(company, bySegment[s.Name], netplan.OnPremises+" to "+s.Name)
		}
	}
	return rules
}

// domainRules let the allowed names be reached over TLS and HTTP. The name is
// read from what the client sends, so an address alone opens nothing.
func (h *Hub) domainRules() []string {
	if len(internetUsers(h.args.Region)) == 0 {
		return nil
	}
	var rules []string
	for _, domain := range h.args.Network.AllowedDomains {
		match := fmt.Sprintf(`content:"%s"; startswith; endswith`, domain)
		if strings.HasPrefix(domain, ".") {
			match = fmt.Sprintf(`dotprefix; content:"%s"; endswith`, domain)
		}
		for _, by := range []struct{ protocol, buffer, port string }{{"tls", "tls.sni", "443"}, {"http", "http.host", "80"}} {
			rules = append(rules, fmt.Sprintf(
				`pass %s $INTERNET_USERS any -> !$HOME_NET %s (msg:"%s"; flow:to_server, established; %s; %s; sid:%d; rev:1;)`,
				by.protocol, by.port, domain, by.buffer, match, domainsSID+len(rules)+1))
		}
	}
	return rules
}

// floorRules drop what the default action leaves: it looks at established
// connections, which only TCP has from its first packet on.
func floorRules() []string {
	var rules []string
	for i, protocol := range []string{"udp", "icmp"} {
		rules = append(rules, fmt.Sprintf(`drop %s any any -> any any (msg:"no %s leaves a segment"; flow:to_server; sid:%d; rev:1;)`,
			protocol, protocol, floorSID+i+1))
	}
	return rules
}

// internetUsers are the segments that may reach the internet, as a variable of
// the rules; none where none may.
func internetUsers(r netplan.Region) networkfirewall.RuleGroupRuleGroupRuleVariablesIpSetArray {
	var blocks []string
	for _, s := range r.Segments {
		if s.Internet {
			blocks = append(blocks, texts(blocksOf(s))...)
		}
	}
	if len(blocks) == 0 {
		return nil
	}
	return networkfirewall.RuleGroupRuleGroupRuleVariablesIpSetArray{ipSet("INTERNET_USERS", blocks...)}
}

// blocksOf are all addresses of a segment in its region.
func blocksOf(s netplan.Segment) []netip.Prefix {
	blocks := []netip.Prefix{s.Block}
	if s.Dedicated.IsValid() {
		blocks = append(blocks, s.Dedicated)
	}
	return blocks
}

// addressSet writes blocks as a rule does.
func addressSet(blocks []netip.Prefix) string {
	if len(blocks) == 1 {
		return blocks[0].String()
	}
	return "[" + strings.Join(texts(blocks), ",") + "]"
}

func lines(rules []string) string { return strings.Join(rules, "\n") + "\n" }
