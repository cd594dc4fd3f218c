package rules

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal/offline/rules/policydoc"
)

const (
	roleType           = "aws:iam/role:Role"
	inlinePolicyType   = "aws:iam/rolePolicy:RolePolicy"
	managedPolicyType  = "aws:iam/policy:Policy"
	roleAttachmentType = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
)

var roles = target{
	typ: roleType, word: "role", code: "NoSuchEntity", reach: inAccount, tail: "/",
	// AWS services, account creation, Identity Center, StackSets and Control
	// Tower make roles of their own.
	given: func(ref string) bool {
		for _, made := range []string{
			"aws-service-role/", "AWSServiceRole", "aws-reserved/", "service-role/", "OrganizationAccountAccessRole",
			"stacksets-exec-", "AWSControlTower", "aws-controltower-",
		} {
			if strings.Contains(ref, made) {
				return true
			}
		}
		return false
	},
}

var managedPolicies = target{
	typ: managedPolicyType, word: "policy", code: "NoSuchEntity", reach: inAccount, tail: "/",
	given: func(ref string) bool { return strings.HasPrefix(ref, "arn:aws:iam::aws:policy/") },
}

const (
	iamName  = `[\w+=,.@-]+`
	iamWords = "letters, digits and +=,.@-_"
	iamPath  = `/|/[!-~]+/`
)

const malformedIAM = "MalformedPolicyDocument"

func identitySize(q Quotas) int { return q.IdentityPolicySize }
func inlineSize(q Quotas) int   { return q.InlinePolicySize }
func trustSize(q Quotas) int    { return q.TrustPolicySize }

var roleRows = map[string]row{
	roleType: {
		static: []check{
			length("name", 1, 64), pattern("name", iamName, iamWords), length("namePrefix", 0, 38),
			length("path", 1, 512), pattern("path", iamPath, "/ or a path between slashes"),
			length("description", 0, 1000), between("maxSessionDuration", 3600, 43200),
			document("assumeRolePolicy", policydoc.Trust, malformedIAM, trustSize), inlinePolicies,
			pattern("managedPolicyArns[]", `arn:aws:iam::(aws|[0-9]{12}):policy/.+`, "the ARN of a managed policy"),
			pattern("permissionsBoundary", `arn:aws:iam::(aws|[0-9]{12}):policy/.+`, "the ARN of a managed policy"),
			atMostOne("name", "namePrefix"),
		},
		against: []check{
			refers("managedPolicyArns[]", managedPolicies), refers("permissionsBoundary", managedPolicies),
			free(inAccount, "EntityAlreadyExists", "the role %q already exists; choose another name", "name"),
		},
	},
	inlinePolicyType: {
		static: []check{
			length("name", 1, 128), pattern("name", iamName, iamWords),
			document("policy", policydoc.Identity, malformedIAM, inlineSize),
		},
		against: []check{refers("role", roles), inlineTotal},
	},
	managedPolicyType: {
		static: []check{
			length("name", 1, 128), pattern("name", iamName, iamWords), pattern("path", iamPath, "/ or a path between slashes"),
			document("policy", policydoc.Identity, malformedIAM, identitySize),
		},
		against: []check{free(inAccount, "EntityAlreadyExists", "the policy %q already exists; choose another name", "name")},
	},
	roleAttachmentType: {
		static: []check{pattern("policyArn", `arn:aws:iam::(aws|[0-9]{12}):policy/.+`, "the ARN of a managed policy")},
		against: []check{
			refers("role", roles), refers("policyArn", managedPolicies), managedPoliciesLeft,
		},
	},
}

func inlinePolicies(s *scope) {
	for at, inline := range s.objects("inlinePolicies[]") {
		text, ok := inline.document("policy")
		if !ok {
			continue
		}
		for _, p := range policydoc.Check(policydoc.Identity, text, s.quotas.InlinePolicySize) {
			s.fail(at+".policy", malformedIAM, "%s", p)
		}
	}
}

// inlineTotal adds up what IAM adds up: all inline policies of one role.
func inlineTotal(s *scope) {
	role := s.text("role")
	text, ok := s.document("policy")
	if role == "" || !ok {
		return
	}
	total := policydoc.Identity.Size(text)
	for r := range s.others(inlinePolicyType) {
		if text, ok := r.document("policy"); ok && r.text("role") == role && s.near(r, inAccount) {
			total += policydoc.Identity.Size(text)
		}
	}
	if limit := s.quotas.InlinePolicySize; total > limit {
		s.fail("policy", "LimitExceeded", "the inline policies of role %s would have %d characters together, the limit is %d; use "+
			"a managed policy", role, total, limit)
	}
}

func managedPoliciesLeft(s *scope) {
	role, n := s.text("role"), 1
	if role == "" {
		return
	}
	for r := range s.others(roleAttachmentType) {
		if r.text("role") == role && s.near(r, inAccount) {
			n++
		}
	}
	if limit := s.quotas.ManagedPoliciesPerRole; n > limit {
		s.fail("policyArn", "LimitExceeded", "role %s would have %d managed policies, the quota is %d; merge some", role, n, limit)
	}
}

// assumable checks that the role at path trusts the service that is to use it.
func assumable(path, service, code string) check {
	return func(s *scope) {
		role, ok := s.find(s.text(path), roles)
		if !ok {
			return
		}
		text, ok := role.document("assumeRolePolicy")
		if !ok {
			return
		}
		doc, _ := policydoc.Parse(text)
		context := map[string]string{
			"aws:SourceAccount": s.AccountID, "aws:SecureTransport": "true", "aws:PrincipalIsAWSService": "true",
		}
		if source := s.source(); source != "" {
			context["aws:SourceArn"] = source
		}
		if o, ok := s.organization(); ok && o.text("id") != "" {
			context["aws:SourceOrgID"] = o.text("id")
		}
		if doc != nil && !letsService(doc, service, "sts:AssumeRole", role.text("arn"), context) {
			s.fail(path, code, "access denied, the trust policy of role %s does not let %s assume it; add the service as a "+
				"principal", role.text("name"), service)
		}
	}
}

// sources are, by type, the ARN in whose name a service assumes a role; %s are
// region and account.
var sources = map[string]struct{ arn, property, fallback string }{
	trailType:              {"arn:aws:cloudtrail:%s:%s:trail/", "name", ""},
	replicationType:        {"arn:aws:s3:::", "bucket", ""},
	scheduleType:           {"arn:aws:scheduler:%s:%s:schedule-group/", "groupName", "default"},
	streamType:             {"arn:aws:firehose:%s:%s:deliverystream/", "name", ""},
	functionType:           {"arn:aws:lambda:%s:%s:function:", "name", ""},
	logDestinationType:     {"arn:aws:logs:%s:%s:destination:", "name", ""},
	subscriptionFilterType: {"arn:aws:logs:%s:%s:log-group:", "logGroup", ""},
	eventTargetType:        {"arn:aws:events:%s:%s:rule/", "rule", ""},
}

// source is the ARN in whose name the service behind the resource acts, or "".
func (s *scope) source() string {
	source, ok := sources[s.Type]
	name := cmp.Or(s.text(source.property), source.fallback)
	if !ok || name == "" {
		return ""
	}
	if strings.Contains(source.arn, "%s") {
		return fmt.Sprintf(source.arn, s.Region, s.AccountID) + name
	}
	return source.arn + name
}
