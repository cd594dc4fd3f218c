package config

import (
	"encoding/xml"
	"net/netip"
	"regexp"
	"strings"
)

var (
	directoryTypes    = []string{DirectoryNone, DirectoryMicrosoftAD, DirectoryADConnector}
	directoryEditions = []string{"Standard", "Enterprise"}
	directorySizes    = []string{"Small", "Large"}

	directoryDomain = regexp.MustCompile(`^([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$`)
	shortNameSyntax = regexp.MustCompile(`^[^\\/:*?"<>|.]{1,15}$`)
	vpcSyntax       = regexp.MustCompile(`^vpc-[0-9a-f]{8,17}$`)
	subnetSyntax    = regexp.MustCompile(`^subnet-[0-9a-f]{8,17}$`)
	directoryUser   = regexp.MustCompile(`^[A-Za-z0-9._@-]{1,256}$`)
	secretSyntax    = regexp.MustCompile(`^[A-Za-z0-9/_+=.@-]{1,512}$`)
	samlSyntax      = regexp.MustCompile(`^[A-Za-z0-9._-]{1,128}$`)
)

// Bounds of the password policy and of unused access: the rules that companies
// have, within what IAM takes.
const (
	minPasswordLength  = 14
	maxPasswordLength  = 128
	maxPasswordDays    = 365
	minReusePrevention = 12
	maxReusePrevention = 24
	maxUnusedDays      = 180
)

// IAM's limits on the metadata of an identity provider, in characters.
const (
	minMetadata = 1000
	maxMetadata = 10000000
)

func (v *validator) bounded(path string, n, least, most int, why string) {
	if n < least || n > most {
		v.problem(path, number10(n), "want %d to %d%s", least, most, why)
	}
}

func (v *validator) passwordPolicy() {
	p, path := v.cfg.LandingZone.Identity.PasswordPolicy, identityPath+".passwordPolicy"
	v.bounded(path+".minimumLength", p.MinimumLength, minPasswordLength, maxPasswordLength, ": shorter ones are guessed, longer ones IAM refuses")
	v.bounded(path+".maxAgeDays", p.MaxAgeDays, 1, maxPasswordDays, ": passwords are revised periodically (21 CFR 11.300(b))")
	v.bounded(path+".reusePrevention", p.ReusePrevention, minReusePrevention, maxReusePrevention, ": fewer are gone through in a day, more IAM does not remember")
}

func (v *validator) analyzers() {
	v.bounded(identityPath+".accessAnalyzer.unusedAfterDays", v.cfg.LandingZone.Identity.AccessAnalyzer.UnusedAfterDays,
		1, maxUnusedDays, ": a right that lay unused for longer is no finding of the year any more")
}

func (v *validator) directory() {
	d, path := v.cfg.LandingZone.Identity.Directory, identityPath+".directory"
	if !v.known(path+".type", d.Type, directoryTypes) || d.Type == DirectoryNone {
		return
	}
	v.matches(path+".domain", d.Domain, directoryDomain, "a fully qualified domain name, such as corp.example.com")
	if !v.isBad(path + ".domain") {
		v.matches(path+".shortName", d.ShortName, shortNameSyntax, `a NetBIOS name: 1 to 15 characters, none of \ / : * ? " < > | .`)
	}
	v.matches(path+".vpcId", d.VPCID, vpcSyntax, "the id of a VPC in the shared-services account, vpc-...")
	if len(d.SubnetIDs) != 2 {
		v.problem(path+".subnetIds", "", "has %d subnets, want 2 in different availability zones", len(d.SubnetIDs))
	}
	for i, subnet := range d.SubnetIDs {
		if v.matches(index(path+".subnetIds", i), subnet, subnetSyntax, "the id of a subnet, subnet-...") {
			v.first(path+".subnetIds", d.SubnetIDs, i)
		}
	}
	v.matches(path+".passwordSecret", d.PasswordSecret, secretSyntax,
		"the name of a secret in Secrets Manager of the shared-services account: 1 to 512 letters, digits and /_+=.@-")
	if d.Type == DirectoryMicrosoftAD {
		v.known(path+".edition", d.Edition, directoryEditions)
		return
	}
	v.known(path+".size", d.Size, directorySizes)
	v.matches(path+".username", d.Username, directoryUser, "the service account in the company's directory: 1 to 256 letters, digits and ._@-")
	if n := len(d.DNSAddresses); n < 1 || n > 2 {
		v.problem(path+".dnsAddresses", "", "has %d addresses, want those of 1 or 2 domain controllers", n)
	}
	for i, address := range d.DNSAddresses {
		if ip, err := netip.ParseAddr(address); err != nil || !ip.Is4() {
			v.problem(index(path+".dnsAddresses", i), quoted(address), "want an IPv4 address, such as 10.0.0.10")
			continue
		}
		v.first(path+".dnsAddresses", d.DNSAddresses, i)
	}
}

func (v *validator) saml() {
	s, path := v.cfg.LandingZone.Identity.SAML, identityPath+".saml"
	if s == nil {
		return
	}
	v.matches(path+".name", s.Name, samlSyntax, "1 to 128 letters, digits and ._-")
	if n := length(s.Metadata); n < minMetadata || n > maxMetadata {
		v.problem(path+".metadata", "", "has %d characters, and IAM takes %d to %d", n, minMetadata, maxMetadata)
		return
	}
	var document struct {
		XMLName xml.Name
	}
	if err := xml.NewDecoder(strings.NewReader(s.Metadata)).Decode(&document); err != nil {
		v.problem(path+".metadata", "", "is not XML: %s", err)
	} else if document.XMLName.Local != "EntityDescriptor" {
		v.problem(path+".metadata", "", "is a document of %s, want the EntityDescriptor that the identity provider publishes",
			document.XMLName.Local)
	}
}
