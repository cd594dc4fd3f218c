package rules

import (
	"cmp"
	"slices"
	"strings"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal/offline/rules/policydoc"
)

const (
	keyType       = "aws:kms/key:Key"
	keyPolicyType = "aws:kms/keyPolicy:KeyPolicy"
	keyAliasType  = "aws:kms/alias:Alias"
)

var keys = target{typ: keyType, word: "key", code: "NotFoundException", reach: inRegion, tail: ":key/"}

var aliases = target{
	typ: keyAliasType, word: "key alias", code: "NotFoundException", reach: inRegion, tail: ":",
	given: func(ref string) bool { return strings.Contains(ref, "alias/aws/") },
}

var keyDocument = document("policy", policydoc.Key, malformed, func(q Quotas) int { return q.KeyPolicySize })

var keyRows = map[string]row{
	keyType: {
		static: []check{
			keyDocument, keepsAdministrator, length("description", 0, 8192),
			between("deletionWindowInDays", 7, 30), between("rotationPeriodInDays", 90, 2560),
			oneOf("keyUsage", keyUsages...),
			oneOf("customerMasterKeySpec", "SYMMETRIC_DEFAULT", "RSA_2048", "RSA_3072", "RSA_4096", "ECC_NIST_P256",
				"ECC_NIST_P384", "ECC_NIST_P521", "ECC_SECG_P256K1", "HMAC_224", "HMAC_256", "HMAC_384", "HMAC_512", "SM2",
				"ML_DSA_44", "ML_DSA_65", "ML_DSA_87"),
			onlySymmetricRotates, needsRotation, usageFitsSpec,
		},
	},
	keyPolicyType: {
		static: []check{keyDocument, keepsAdministrator},
		against: []check{
			refersKey("keyId"),
			free(everywhere, "ConflictException", "key %q has a policy from another resource, and each would overwrite the "+
				"other; keep one", "keyId"),
		},
	},
	keyAliasType: {
		static: []check{
			length("name", 1, 256),
			pattern("name", `alias/[a-zA-Z0-9/_-]+`, "alias/ followed by letters, digits, slash, hyphen or underscore"), awsAlias,
		},
		against: []check{
			refersKey("targetKeyId"),
			free(inRegion, "AlreadyExistsException", "an alias with the name %q already exists; choose another", "name"),
		},
	},
}

// refersKey checks references to a key by id, ARN or alias.
func refersKey(path string) check {
	return func(s *scope) {
		for at, ref := range s.texts(path) {
			if strings.Contains(ref, "alias/") {
				s.exists(at, ref, aliases)
			} else {
				s.exists(at, ref, keys)
			}
		}
	}
}

// key resolves a reference to a key, through its alias if need be.
func (s *scope) key(ref string) (Resource, bool) {
	if ref == "" {
		return Resource{}, false
	}
	if strings.Contains(ref, "alias/") {
		alias, ok := s.find(ref, aliases)
		if !ok {
			return Resource{}, false
		}
		ref = alias.text("targetKeyArn")
		if ref == "" {
			ref = alias.text("targetKeyId")
		}
	}
	return s.find(ref, keys)
}

// keyARN returns the ARN of the key at path, "" if there is none; open is true
// when it is not known yet.
func (s *scope) keyARN(path string) (arn string, open bool) {
	if s.presence(path) == unknown {
		return "", true
	}
	key, _ := s.key(s.text(path))
	return key.text("arn"), false
}

// keyPolicyOf returns the policy that guards a key; known is false when it
// cannot be read yet. A key without a policy has AWS's default one.
func (s *scope) keyPolicyOf(key Resource) (doc *policydoc.Document, known bool) {
	source := key
	for r := range s.world.All(keyPolicyType) {
		if id := r.text("keyId"); id != "" && (id == key.text("id") || id == key.text("keyId") || id == key.text("arn")) {
			source = r
		}
	}
	text, ok := source.document("policy")
	if !ok {
		// A key that states no policy has the default one, which lets no service
		// in.
		return nil, source.presence("policy") == absent
	}
	doc, _ = policydoc.Parse(text)
	return doc, doc != nil
}

// keepsAdministrator is KMS's lockout check: somebody in the account must be able
// to change the policy again, or the key is lost to everybody but AWS support.
func keepsAdministrator(s *scope) {
	doc := s.parsedPolicy("policy")
	if doc == nil || s.AccountID == "" || s.flag("bypassPolicyLockoutSafetyCheck") {
		return
	}
	administrates := func(statement policydoc.Statement) bool {
		if statement.Effect != "Allow" || statement.Principal == nil {
			return false
		}
		may := slices.ContainsFunc(statement.Action, func(action string) bool {
			return policydoc.Match(strings.ToLower(action), "kms:putkeypolicy")
		})
		return may && slices.ContainsFunc(statement.Principal.Of["AWS"], func(who string) bool {
			return who == "*" || who == s.AccountID || strings.Contains(who, "::"+s.AccountID+":")
		})
	}
	if !slices.ContainsFunc(doc.Statements, administrates) {
		s.fail("policy", malformed, "the new key policy will not allow you to update the key policy in the future; let a "+
			"principal of account %s call kms:PutKeyPolicy", s.AccountID)
	}
}

func onlySymmetricRotates(s *scope) {
	spec := s.text("customerMasterKeySpec")
	if spec != "" && spec != "SYMMETRIC_DEFAULT" && s.flag("enableKeyRotation") {
		s.fail("enableKeyRotation", "UnsupportedOperationException", "a key of spec %s cannot rotate by itself; leave "+
			"enableKeyRotation out and rotate it by hand", spec)
	}
}

// symmetricSpec is what a key is of unless it says otherwise.
const symmetricSpec = "SYMMETRIC_DEFAULT"

var keyUsages = []any{"ENCRYPT_DECRYPT", "SIGN_VERIFY", "GENERATE_VERIFY_MAC", "KEY_AGREEMENT"}

// usagesOf are what the specs, by how they begin, can be used for.
var usagesOf = map[string][]string{
	symmetricSpec: {"ENCRYPT_DECRYPT"},
	"RSA_":        {"ENCRYPT_DECRYPT", "SIGN_VERIFY"},
	"ECC_NIST_":   {"SIGN_VERIFY", "KEY_AGREEMENT"},
	"ECC_SECG_":   {"SIGN_VERIFY"},
	"HMAC_":       {"GENERATE_VERIFY_MAC"},
	"ML_DSA_":     {"SIGN_VERIFY"},
}

// usageFitsSpec: not every key can do everything, and without a usage a key is
// to encrypt.
func usageFitsSpec(s *scope) {
	if s.presence("keyUsage") == unknown || s.presence("customerMasterKeySpec") == unknown {
		return
	}
	spec, usage := cmp.Or(s.text("customerMasterKeySpec"), symmetricSpec), cmp.Or(s.text("keyUsage"), "ENCRYPT_DECRYPT")
	for begin, usages := range ordered(usagesOf) {
		if strings.HasPrefix(spec, begin) && !slices.Contains(usages, usage) && slices.Contains(keyUsages, any(usage)) {
			s.reject("keyUsage", "a key of spec %s cannot be used for %s; set keyUsage to %s", spec, usage, strings.Join(usages, " or "))
		}
	}
}

func needsRotation(s *scope) {
	if s.presence("rotationPeriodInDays") == present && s.Inputs["enableKeyRotation"] != true &&
		s.presence("enableKeyRotation") != unknown {
		s.reject("rotationPeriodInDays", "a rotation period needs rotation; set enableKeyRotation")
	}
}

func awsAlias(s *scope) {
	for at, name := range s.texts("name") {
		if strings.HasPrefix(name, "alias/aws/") {
			s.fail(at, "NotAuthorizedException", "%q: the prefix alias/aws/ is AWS's own; choose another name", name)
		}
	}
}
