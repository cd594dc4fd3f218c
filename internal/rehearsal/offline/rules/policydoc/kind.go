package policydoc

import (
	"strings"
	"unicode"
)

// Kind is where a policy is attached, which decides what it may say.
type Kind int

// The kinds of policy.
const (
	// SCP is a service control policy of AWS Organizations.
	SCP Kind = iota
	// RCP is a resource control policy of AWS Organizations.
	RCP
	// Trust is the policy that says who may assume a role.
	Trust
	// Identity is a managed or inline policy of a user, group or role.
	Identity
	// Bucket is the policy of an S3 bucket.
	Bucket
	// Key is the policy of a KMS key.
	Key
	// Topic is the policy of an SNS topic.
	Topic
	// Resource is the policy of any other resource.
	Resource
)

// presence says whether an element must, may or must not be there.
type presence int

const (
	forbidden presence = iota
	required
)

// traits are what distinguishes one kind of policy from another.
type traits struct {
	name      string
	principal presence
	resource  presence

	// limit is AWS's default limit, in characters or bytes as AWS counts them.
	limit int

	// ignoresSpace is true where AWS does not count white space.
	ignoresSpace bool

	// services, if any, are the only prefixes that actions may have.
	services []string

	// alone is false where the action * is refused.
	alone bool

	// versions are the language versions that AWS takes.
	versions []string

	// looseSid allows spaces, hyphens and underscores in Sids.
	looseSid bool

	// denyOnly is true where AWS refuses Allow statements.
	denyOnly bool
}

var (
	currentVersion = []string{"2012-10-17"}
	everyVersion   = []string{"2012-10-17", "2008-10-17"}
)

// rcpServices are the services whose resources a resource control policy
// covers:
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
var rcpServices = []string{
	"aoss", "cognito-identity", "cognito-idp", "dynamodb", "ecr", "kms", "logs", "s3", "secretsmanager", "sqs", "sts",
}

var kinds = map[Kind]traits{
	SCP: {name: "service control policy", resource: required, limit: 5120, alone: true, versions: currentVersion},
	RCP: {
		name: "resource control policy", principal: required, resource: required, limit: 5120,
		services: rcpServices, versions: currentVersion, denyOnly: true,
	},
	Trust: {
		name: "role trust policy", principal: required, limit: 2048, ignoresSpace: true,
		services: []string{"sts"}, versions: everyVersion,
	},
	Identity: {
		name: "identity policy", resource: required, limit: 6144, ignoresSpace: true, alone: true, versions: everyVersion,
	},
	Bucket: {
		name: "bucket policy", principal: required, resource: required, limit: 20 << 10,
		services: []string{"s3"}, alone: true, versions: everyVersion, looseSid: true,
	},
	Key: {
		name: "key policy", principal: required, resource: required, limit: 32 << 10,
		services: []string{"kms"}, alone: true, versions: everyVersion, looseSid: true,
	},
	Topic: {
		name: "topic policy", principal: required, resource: required, limit: 30 << 10,
		services: []string{"sns"}, versions: everyVersion, looseSid: true,
	},
	Resource: {
		name: "resource policy", principal: required, resource: required, limit: 40000, alone: true,
		versions: everyVersion, looseSid: true,
	},
}

// String returns the kind in words, such as bucket policy.
func (k Kind) String() string { return k.traits().name }

// article returns the kind with its article, for use in a sentence.
func (k Kind) article() string {
	if k == Identity {
		return "an " + k.String()
	}
	return "a " + k.String()
}

// Limit returns the size that AWS allows by default. Some are quotas that AWS
// raises on request.
func (k Kind) Limit() int { return k.traits().limit }

// Size returns how long AWS counts text to be: without white space for what IAM
// stores, with it for everything else.
func (k Kind) Size(text string) int {
	if !k.traits().ignoresSpace {
		return len(text)
	}
	return len(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text))
}

// traits falls back to the least specific kind, so that a number which is no
// kind cannot crash a check.
func (k Kind) traits() traits {
	t, ok := kinds[k]
	if !ok {
		return kinds[Resource]
	}
	return t
}
