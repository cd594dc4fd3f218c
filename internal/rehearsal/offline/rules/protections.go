package rules

import (
	"slices"
	"strings"
)

const (
	volumeEncryptionType  = "aws:ebs/encryptionByDefault:EncryptionByDefault"
	volumeKeyType         = "aws:ebs/defaultKmsKey:DefaultKmsKey"
	accountBlockType      = "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock"
	certificateType       = "aws:acm/certificate:Certificate"
	certificateProofType  = "aws:acm/certificateValidation:CertificateValidation"
	dnsRecordType         = "aws:route53/record:Record"
	dnsName               = `(\*\.)?([a-z0-9_]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}\.?`
	certificateNamesQuota = 9 // beside the domain itself
)

var issuedCertificates = target{
	typ: certificateType, word: "certificate", code: "ResourceNotFoundException", reach: inRegion,
}

// oncePerRegion finds the second resource that makes the same setting of an
// account in a region.
func oncePerRegion(s *scope) {
	for r := range s.others(s.Type) {
		if s.near(r, inRegion) {
			s.fail("", "OperationNotPermitted", "this setting of the account and region has another resource, and each would "+
				"overwrite the other; keep one")
			return
		}
	}
}

var protectionRows = map[string]row{
	volumeEncryptionType: {against: []check{oncePerRegion}},
	volumeKeyType:        {against: []check{refersKey("keyArn"), oncePerRegion}},
	accountBlockType: {
		static: []check{pattern("accountId", digits, "an account id of 12 digits"), ownAccount},
		against: []check{
			free(everywhere, "OperationAborted", "account %q has such a setting from another resource, and each would overwrite "+
				"the other; keep one", "accountId"),
		},
	},
	certificateType: {
		static: []check{
			pattern("domainName", dnsName, "a domain in lower case"),
			pattern("subjectAlternativeNames[]", dnsName, "a domain in lower case"), length("domainName", 1, 253),
			count("subjectAlternativeNames", 0, certificateNamesQuota), unique("subjectAlternativeNames[]"),
			oneOf("validationMethod", "DNS", "EMAIL"),
			oneOf("keyAlgorithm", "RSA_1024", "RSA_2048", "RSA_3072", "RSA_4096", "EC_prime256v1", "EC_secp384r1", "EC_secp521r1"),
		},
	},
	certificateProofType: {
		against: []check{refers("certificateArn", issuedCertificates), everyNameProven},
	},
	dnsRecordType: {
		static: []check{
			oneOf("type", "A", "AAAA", "CAA", "CNAME", "DS", "HTTPS", "MX", "NAPTR", "NS", "PTR", "SOA", "SPF", "SRV", "SSHFP",
				"SVCB", "TLSA", "TXT"),
			pattern("zoneId", `Z[A-Z0-9]{1,31}`, "the id of a hosted zone"), exactlyOne("records", "aliases"),
			together("records", "ttl"), between("ttl", 0, 2147483647), aliasRecord,
		},
		against: []check{recordInZone},
	},
}

// ownAccount: S3 takes this setting from the account itself alone.
func ownAccount(s *scope) {
	if id := s.text("accountId"); id != "" && s.AccountID != "" && id != s.AccountID {
		s.fail("accountId", "AccessDenied", "%s is not the account %s that the provider works in", id, s.AccountID)
	}
}

// everyNameProven finds a certificate whose validation would wait until it times
// out, because nobody publishes the record for one of its names.
func everyNameProven(s *scope) {
	certificate, ok := s.find(s.text("certificateArn"), issuedCertificates)
	if !ok {
		return
	}
	var published []string
	for record := range s.world.All(dnsRecordType) {
		published = append(published, strings.TrimSuffix(record.text("name"), "."))
	}
	for _, option := range certificate.objects("domainValidationOptions[]") {
		name := strings.TrimSuffix(option.text("resourceRecordName"), ".")
		if name != "" && !slices.Contains(published, name) {
			s.fail("certificateArn", "ResourceNotReady", "the certificate stays unproven for %s; publish the record %s first",
				option.text("domainName"), name)
		}
	}
}
