package config

import (
	"net/netip"
	"slices"
	"strings"
)

// awsDomains are those below which AWS resolves the names of its services and of
// what is in a VPC. Another answer would lead programs elsewhere, or nowhere.
var awsDomains = []string{"amazonaws.com", "aws", "compute.internal", "ec2.internal"}

// reverseDomain is what addresses are looked up in. Parts of it are the company's.
const reverseDomain = "in-addr.arpa"

// maxNameServersInAll is how many name servers there can be in all: a security
// group has sixty rules, and each takes two.
const maxNameServersInAll = 25

// below says whether a domain is another one or lies in it.
func below(domain, outer string) bool {
	return domain == outer || strings.HasSuffix(domain, "."+outer)
}

// ofAWS returns the domain of AWS that a domain is, lies in or contains.
func ofAWS(domain string) (string, bool) {
	i := slices.IndexFunc(awsDomains, func(own string) bool { return below(domain, own) || below(own, domain) })
	if i < 0 {
		return "", false
	}
	return awsDomains[i], true
}

func (v *validator) allowedDomains(n Network) {
	const path = networkPath + ".allowedDomains"
	if got := len(n.AllowedDomains); got > MaxAllowedDomains {
		v.problem(path, "", "has %d domains, and the firewall has room for %d", got, MaxAllowedDomains)
	}
	for i, domain := range n.AllowedDomains {
		at := index(path, i)
		if v.matches(at, domain, allowedSyntax,
			"a domain in lower case, such as host.example.com, or .example.com for all names below it") &&
			v.short(at, domain, strings.TrimPrefix(domain, ".")) {
			v.first(path, n.AllowedDomains, i)
		}
	}
}

// short checks that a domain is none that is too long for DNS.
func (v *validator) short(path, text, domain string) bool {
	if len(domain) <= maxDomain {
		return true
	}
	v.problem(path, quoted(text), "has %d characters, and DNS takes %d", len(domain), maxDomain)
	return false
}

// blockable checks that a blocked domain is neither one that AWS needs nor one
// that other settings want resolved. One below theirs is an exception to them.
func (v *validator) blockable(path, name string, n Network) {
	domain, all := strings.CutPrefix(name, "*.")
	if own, ok := ofAWS(domain); ok {
		v.problem(path, quoted(name), "would block names of AWS, which are in %s; allowed are other domains", own)
		return
	}
	if below(domain, reverseDomain) || below(reverseDomain, domain) {
		v.problem(path, quoted(name), "would block the names of addresses, which are in %s; allowed are other domains", reverseDomain)
		return
	}
	for i, allowed := range n.AllowedDomains {
		bare, names := strings.CutPrefix(allowed, ".")
		if all && strings.HasSuffix(bare, "."+domain) || all == names && bare == domain {
			v.problem(path, quoted(name), "blocks %s, which is %s; remove one", allowed, index(networkPath+".allowedDomains", i))
		}
	}
	for i, f := range n.DNS.Forward {
		if all && strings.HasSuffix(f.Domain, "."+domain) || f.Domain == domain {
			v.problem(path, quoted(name), "blocks %s, which is %s.domain; remove one", f.Domain, index(networkPath+".dns.forward", i))
		}
	}
}

func (v *validator) forwardedDomains(path string, n Network) {
	var domains []string
	servers := map[string]bool{}
	for _, f := range n.DNS.Forward {
		domains = append(domains, f.Domain)
		for _, server := range f.Servers {
			servers[server] = true
		}
	}
	if got := len(servers); got > maxNameServersInAll {
		v.problem(path, "", "has %d name servers, and the security group of the resolver has room for %d", got, maxNameServersInAll)
	}
	for i, f := range n.DNS.Forward {
		at := index(path, i)
		if v.matches(at+".domain", f.Domain, forwardedSyntax, "a domain in lower case, such as corp.example.com") &&
			v.short(at+".domain", f.Domain, f.Domain) {
			v.unique(path, ".domain", domains, i)
			v.forwardable(at+".domain", f.Domain)
		}
		v.nameServers(at+".servers", f.Servers, n)
	}
}

// forwardable checks that a forwarded domain leaves AWS its own names. Reverse
// domains of the company can be forwarded, all of them cannot.
func (v *validator) forwardable(path, domain string) {
	if own, ok := ofAWS(domain); ok {
		v.problem(path, quoted(domain), "would take names of AWS from it, which are in %s; allowed are domains of the company", own)
	}
	if domain == reverseDomain {
		v.problem(path, quoted(domain), "would take the names of all addresses, those in AWS too; forward the company's own, such as 20.172.%s",
			reverseDomain)
	}
}

// nameServers checks that each server is where a route leads: in the company's own
// network, or in a VPC of a segment.
func (v *validator) nameServers(path string, servers []string, n Network) {
	if got := len(servers); got < 1 || got > maxNameServers {
		v.problem(path, "", "has %d addresses, want 1 to %d", got, maxNameServers)
	}
	company, whole := parsed(n.OnPremises.Ranges), parsed([]string{n.Range})
	inVPCs := n.vpcs()
	for i, server := range servers {
		at := index(path, i)
		address, err := netip.ParseAddr(server)
		if err != nil || !address.Is4() {
			v.problem(at, quoted(server), "want an IPv4 address, such as 172.20.0.53")
			continue
		}
		switch block := netip.PrefixFrom(address, address.BitLen()); {
		case inside(slices.Concat(company, inVPCs), block):
			v.first(path, servers, i)
		case !inside(whole, block):
			v.problem(at, quoted(server), "is neither in %s.onPremises.ranges nor in %s.range, so that no route leads there", networkPath, networkPath)
		default:
			v.problem(at, quoted(server), "is in no range of %s.segments and of no dedicated VPC, so that no route leads there", networkPath)
		}
	}
}

// vpcs are the blocks of all VPCs that have a segment.
func (n Network) vpcs() []netip.Prefix {
	var blocks []string
	for _, s := range n.Segments {
		for _, block := range sortedMap(s.Ranges) {
			blocks = append(blocks, block)
		}
	}
	for _, d := range n.DedicatedVPCs {
		blocks = append(blocks, d.Range)
	}
	return parsed(blocks)
}
