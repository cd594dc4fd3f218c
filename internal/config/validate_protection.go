package config

import (
	"regexp"
	"slices"
	"strings"
)

var (
	zoneSyntax = regexp.MustCompile(`^Z[A-Z0-9]{8,31}$`)

	// A certificate takes lower-case names; a wildcard stands for the first
	// label alone.
	domainSyntax = regexp.MustCompile(`^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$`)
)

// maxDomain is the length of a DNS name, maxAlternativeNames the quota of ACM
// less the domain itself.
const (
	maxDomain           = 253
	maxAlternativeNames = 9
)

// coreKeys are the accounts that the landing zone itself lives in, as
// configuration names them.
var coreKeys = []string{KeyManagement, KeyLogArchive, KeyAudit, KeyNetwork, KeySharedServices, KeyBackup}

func (v *validator) protection() {
	v.each("landingzone:protection.volumeKeys", v.cfg.LandingZone.Protection.VolumeKeys, coreKeys)
}

func (v *validator) certificates() {
	const path = "landingzone:certificates"
	var seen []string
	for i, c := range v.cfg.LandingZone.Certificates {
		at := index(path, i)
		v.known(at+".account", c.Account, coreKeys)
		v.matches(at+".hostedZoneId", c.HostedZoneID, zoneSyntax, "the id of a hosted zone: Z and 8 to 31 capital letters and digits")
		v.domain(at+".domain", c.Domain)
		// One account needs a name in one certificate, and its validation record
		// belongs to one of them.
		key := c.Account + " " + strings.TrimPrefix(c.Domain, "*.")
		if j := slices.Index(seen, key); j >= 0 {
			v.problem(at+".domain", quoted(c.Domain), "has the same account and validation record as %s; make one certificate of the two", index(path, j))
		}
		seen = append(seen, key)
		if n := len(c.AlternativeNames); n > maxAlternativeNames {
			v.problem(at+".alternativeNames", "", "has %d names, and AWS takes %d beside the domain", n, maxAlternativeNames)
		}
		for j, name := range c.AlternativeNames {
			in := index(at+".alternativeNames", j)
			if name == c.Domain {
				v.problem(in, quoted(name), "is the domain itself; remove it")
				continue
			}
			if v.domain(in, name) {
				v.first(at+".alternativeNames", c.AlternativeNames, j)
			}
		}
	}
}

func (v *validator) domain(path, name string) bool {
	if len(name) <= maxDomain && domainSyntax.MatchString(name) {
		return true
	}
	v.problem(path, quoted(name), "want a domain such as example.com or *.example.com, in lower case, at most 253 characters")
	return false
}
