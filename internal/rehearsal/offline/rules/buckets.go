package rules

import (
	"net/netip"
	"regexp"
	"strings"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal/offline/rules/policydoc"
)

const (
	bucketType       = "aws:s3/bucketV2:BucketV2"
	bucketPolicyType = "aws:s3/bucketPolicy:BucketPolicy"
	versioningType   = "aws:s3/bucketVersioningV2:BucketVersioningV2"
	encryptionType   = "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2"
	publicAccessType = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"
	ownershipType    = "aws:s3/bucketOwnershipControls:BucketOwnershipControls"
)

var buckets = target{
	typ: bucketType, word: "bucket", code: "NoSuchBucket", tail: ":::",
	given: func(ref string) bool {
		return strings.HasPrefix(strings.TrimPrefix(ref, "arn:aws:s3:::"), "aws-controltower-")
	},
}

// ofBucket checks that the bucket to configure exists.
var ofBucket = refers("bucket", buckets)

var bucketRows = map[string]row{
	bucketType: {
		static: []check{bucketName, length("bucketPrefix", 0, 37), atMostOne("bucket", "bucketPrefix")},
		against: []check{free(everywhere, "BucketAlreadyExists", "the name %q is taken: bucket names are unique in all of "+
			"AWS; choose another", "bucket")},
	},
	bucketPolicyType: {
		static:  []check{document("policy", policydoc.Bucket, "MalformedPolicy", func(q Quotas) int { return q.BucketPolicySize })},
		against: []check{ofBucket, onlyOnePerBucket, policyIsAboutBucket, policyIsNotPublic},
	},
	versioningType: {
		static:  []check{oneOf("versioningConfiguration.status", "Enabled", "Suspended", "Disabled")},
		against: []check{ofBucket, onlyOnePerBucket, lockedStaysVersioned},
	},
	encryptionType: {
		static: []check{
			oneOf("rules[].applyServerSideEncryptionByDefault.sseAlgorithm", "AES256", "aws:kms", "aws:kms:dsse"),
			count("rules", 1, 1), keyOnlyWithKMS,
		},
		against: []check{ofBucket, onlyOnePerBucket, refersKey("rules[].applyServerSideEncryptionByDefault.kmsMasterKeyId")},
	},
	publicAccessType: {against: []check{ofBucket, onlyOnePerBucket}},
	ownershipType: {
		static:  []check{oneOf("rule.objectOwnership", "BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter")},
		against: []check{ofBucket, onlyOnePerBucket},
	},
}

// onlyOnePerBucket finds the second resource that configures the same thing: S3
// would let the one overwrite the other at every update.
var onlyOnePerBucket = free(everywhere, "OperationAborted", "bucket %q has such a configuration from another resource, and "+
	"each would overwrite the other; keep one", "bucket")

var bucketCharacters = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]*[a-z0-9]$`)

var (
	reservedPrefixes = []string{"xn--", "sthree-", "amzn-s3-demo-"}
	reservedSuffixes = []string{"-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"}
)

func bucketName(s *scope) {
	for at, name := range s.texts("bucket") {
		if why := badBucketName(name); why != "" {
			s.fail(at, "InvalidBucketName", "%q is not a valid bucket name: %s", shorten(name), why)
		}
	}
}

func badBucketName(name string) string {
	if len(name) < 3 || len(name) > 63 {
		return "it must have 3 to 63 characters"
	}
	if !bucketCharacters.MatchString(name) {
		return "use a-z, 0-9, hyphen and dot, with a letter or digit at both ends"
	}
	if strings.Contains(name, "..") {
		return "two dots may not stand side by side"
	}
	if _, err := netip.ParseAddr(name); err == nil {
		return "it must not look like an IP address"
	}
	for _, prefix := range reservedPrefixes {
		if strings.HasPrefix(name, prefix) {
			return "AWS reserves the prefix " + prefix
		}
	}
	for _, suffix := range reservedSuffixes {
		if strings.HasSuffix(name, suffix) {
			return "AWS reserves the suffix " + suffix
		}
	}
	return ""
}

// policyOf returns the policy of a bucket. The document is nil when the bucket
// has none; known is false when it has one that cannot be read yet.
func (s *scope) policyOf(bucket string) (doc *policydoc.Document, known bool) {
	for _, typ := range []string{bucketPolicyType, bucketType} {
		r, ok := s.configuration(typ, bucket)
		if !ok || r.presence("policy") == absent {
			continue
		}
		text, ok := r.document("policy")
		if !ok {
			return nil, false
		}
		doc, _ := policydoc.Parse(text)
		return doc, doc != nil
	}
	return nil, true
}

// configuration returns the resource of a type that configures a bucket.
func (s *scope) configuration(typ, bucket string) (Resource, bool) {
	if r, ok := s.world.Find(typ, bucket); ok && r.text("bucket") == bucket {
		return r, true
	}
	for r := range s.world.All(typ) {
		if r.text("bucket") == bucket {
			return r, true
		}
	}
	return Resource{}, false
}

func policyIsAboutBucket(s *scope) {
	doc := s.parsedPolicy("policy")
	name := s.text("bucket")
	if doc == nil || name == "" {
		return
	}
	for _, statement := range doc.Statements {
		for _, resource := range statement.Resource {
			own, _, _ := strings.Cut(strings.TrimPrefix(resource, "arn:aws:s3:::"), "/")
			if !policydoc.Match(own, name) {
				s.fail("policy", "MalformedPolicy", "policy has invalid resource %q: it lies outside the bucket %q; name only "+
					"the bucket and its objects", resource, name)
			}
		}
	}
}

// parsedPolicy returns the policy at path, or nil if there is none to be read.
func (s *scope) parsedPolicy(path string) *policydoc.Document {
	text, ok := s.document(path)
	if !ok {
		return nil
	}
	doc, _ := policydoc.Parse(text)
	return doc
}

// narrowing are the condition keys with which a statement for everybody is not
// public: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
var narrowing = []string{
	"aws:principalorgid", "aws:principalorgpaths", "aws:principalarn", "aws:principalaccount", "aws:sourcearn",
	"aws:sourceaccount", "aws:sourceorgid", "aws:sourceorgpaths", "aws:sourceip", "aws:sourcevpc", "aws:sourcevpce",
	"aws:userid", "s3:dataaccesspointarn", "s3:dataaccesspointaccount",
}

func policyIsNotPublic(s *scope) {
	block, ok := s.configuration(publicAccessType, s.text("bucket"))
	doc := s.parsedPolicy("policy")
	if !ok || doc == nil || !block.flag("blockPublicPolicy") {
		return
	}
	for i, statement := range doc.Statements {
		if statement.Effect == "Allow" && statement.Principal != nil && isPublic(statement) {
			s.fail("policy", "AccessDenied", "the policy is public and public policies are blocked by the "+
				"BlockPublicPolicy setting: Statement[%d] allows everybody; add a condition such as aws:PrincipalOrgID", i)
		}
	}
}

func isPublic(statement policydoc.Statement) bool {
	everybody := false
	for _, who := range statement.Principal.Of["AWS"] {
		everybody = everybody || who == "*"
	}
	for operator, keys := range statement.Condition {
		if strings.Contains(operator, "Not") || strings.HasSuffix(operator, "IfExists") || strings.HasPrefix(operator, "ForAllValues") {
			continue
		}
		for key, fixed := range keys {
			for _, name := range narrowing {
				if strings.EqualFold(key, name) && !(len(fixed) == 1 && fixed[0] == "*") {
					return false
				}
			}
		}
	}
	return everybody
}

func keyOnlyWithKMS(s *scope) {
	for at, rule := range s.objects("rules[].applyServerSideEncryptionByDefault") {
		if rule.text("sseAlgorithm") == "AES256" && rule.presence("kmsMasterKeyId") == present {
			s.reject(at+".kmsMasterKeyId", "a KMS key has no place with AES256; set sseAlgorithm to aws:kms")
		}
	}
}

func lockedStaysVersioned(s *scope) {
	bucket, ok := s.find(s.text("bucket"), buckets)
	status := s.text("versioningConfiguration.status")
	if ok && bucket.flag("objectLockEnabled") && status != "" && status != "Enabled" {
		s.fail("versioningConfiguration.status", "InvalidBucketState", "an Object Lock configuration is present on this bucket, "+
			"so the versioning state cannot be changed; set it to Enabled")
	}
}
