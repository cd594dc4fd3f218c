package rules

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal/offline/rules/policydoc"
)

const (
	organizationPolicyType = "aws:organizations/policy:Policy"
	policyAttachmentType   = "aws:organizations/policyAttachment:PolicyAttachment"
	organizationGrantType  = "aws:organizations/resourcePolicy:ResourcePolicy"
)

const (
	serviceControl  = "SERVICE_CONTROL_POLICY"
	resourceControl = "RESOURCE_CONTROL_POLICY"
)

var policyTypes = []any{
	"AISERVICES_OPT_OUT_POLICY", "BACKUP_POLICY", "CHATBOT_POLICY", "DECLARATIVE_POLICY_EC2", resourceControl,
	"SECURITYHUB_POLICY", serviceControl, "TAG_POLICY",
}

const malformed = "MalformedPolicyDocumentException"

var organizationPolicyRows = map[string]row{
	organizationPolicyType: {
		static: []check{
			length("name", 1, 128), length("description", 0, 512),
			oneOf("type", policyTypes...), organizationPolicyContent,
		},
		against: []check{
			organizationExists,
			free(everywhere, "DuplicatePolicyException", "a policy named %q exists already; choose another name", "name"),
		},
	},
	policyAttachmentType: {
		static: []check{
			pattern("targetId", rootID+"|"+unitID+"|"+digits, "the id of a root, an organizational unit or an account"),
			pattern("policyId", `p-[0-9a-zA-Z_]{8,128}`, "the id of a policy (p-...)"),
		},
		against: []check{
			organizationExists, refers("policyId", organizationPolicies), targetExists, typeEnabled, attachmentsLeft,
			free(everywhere, "DuplicatePolicyAttachmentException", "policy %q is attached to that target already; attach it "+
				"once", "policyId", "targetId"),
		},
	},
	organizationGrantType: {
		static:  []check{document("content", policydoc.Resource, malformed, func(Quotas) int { return 0 })},
		against: []check{organizationExists},
	},
}

var organizationPolicies = target{
	typ: organizationPolicyType, word: "policy", code: "PolicyNotFoundException",
	given: func(id string) bool { return attachedByAWS[id] },
}

// attachedByAWS are the policies that AWS itself attaches everywhere.
var attachedByAWS = map[string]bool{"p-FullAWSAccess": true, "p-RCPFullAWSAccess": true}

// typeOf returns the kind of an organization policy; the default is AWS's.
func typeOf(r Resource) string {
	if r.presence("type") == absent {
		return serviceControl
	}
	return r.text("type")
}

func organizationPolicyContent(s *scope) {
	text, ok := s.document("content")
	if !ok {
		return
	}
	switch typeOf(s.Resource) {
	case "":
	case serviceControl:
		document("content", policydoc.SCP, malformed, func(q Quotas) int { return q.SCPSize })(s)
	case resourceControl:
		document("content", policydoc.RCP, malformed, func(q Quotas) int { return q.RCPSize })(s)
	default:
		managementPolicy(s, text)
	}
	if typeOf(s.Resource) == backupPolicyKind {
		backupPolicy(s, text)
	}
}

// managementPolicy checks the policies that declare settings instead of
// permissions. Their languages differ; that they are objects does not.
func managementPolicy(s *scope, text string) {
	limit := s.quotas.ManagementPolicySize
	if typeOf(s.Resource) == "AISERVICES_OPT_OUT_POLICY" {
		limit = min(limit, 2500)
	}
	if len(text) > limit {
		s.fail("content", malformed, "the policy is %d characters long, the limit is %d; shorten it or split it", len(text), limit)
	}
	var object map[string]any
	if err := json.Unmarshal([]byte(text), &object); err != nil || len(object) == 0 {
		s.fail("content", malformed, "the policy is not a JSON object with at least one key; write the policy type's own syntax")
	}
}

func targetExists(s *scope) {
	for at, id := range s.texts("targetId") {
		if !s.isRoot(id) && !s.isUnit(id) && !s.isMember(id) {
			s.fail(at, "TargetNotFoundException", "the target %q does not exist; pass the id of a root, organizational unit "+
				"or account created before", id)
		}
	}
}

// attachedType returns the type of the policy that r attaches, "" if not known.
func (s *scope) attachedType(r Resource) string {
	switch id := r.text("policyId"); id {
	case "":
		return ""
	case "p-FullAWSAccess":
		return serviceControl
	case "p-RCPFullAWSAccess":
		return resourceControl
	default:
		policy, ok := s.world.Find(organizationPolicyType, id)
		if !ok {
			return ""
		}
		return typeOf(policy)
	}
}

func typeEnabled(s *scope) {
	kind := s.attachedType(s.Resource)
	o, ok := s.organization()
	if kind == "" || !ok || o.presence("enabledPolicyTypes") == unknown {
		return
	}
	var enabled []string
	for _, t := range o.texts("enabledPolicyTypes[]") {
		enabled = append(enabled, t)
	}
	if !slices.Contains(enabled, kind) {
		s.fail("policyId", "PolicyTypeNotEnabledException", "%s is not enabled in the root; add it to the organization's "+
			"enabledPolicyTypes", kind)
	}
}

func attachmentsLeft(s *scope) {
	kind, id := s.attachedType(s.Resource), s.text("targetId")
	if kind == "" || id == "" || attachedByAWS[s.text("policyId")] {
		return
	}
	limit, n := s.quotas.ManagementPoliciesPerTarget, 1
	switch kind {
	case serviceControl:
		limit, n = s.quotas.SCPsPerTarget, 2
	case resourceControl:
		limit, n = s.quotas.RCPsPerTarget, 2
	}
	for r := range s.others(policyAttachmentType) {
		if r.text("targetId") == id && s.attachedType(r) == kind && !attachedByAWS[r.text("policyId")] {
			n++
		}
	}
	if n > limit {
		s.fail("targetId", "ConstraintViolationException: MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED", "%s would have %d policies "+
			"of type %s, counting what AWS attaches by itself; the quota is %d: merge policies or attach some higher up",
			id, n, strings.ToLower(kind), limit)
	}
}
