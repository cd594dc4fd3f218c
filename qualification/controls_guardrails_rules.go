package qualification

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

const (
	serviceControlPolicy  = "SERVICE_CONTROL_POLICY"
	resourceControlPolicy = "RESOURCE_CONTROL_POLICY"
	declaredSettings      = "DECLARATIVE_POLICY_EC2"
)

// The most that AWS has granted: characters of a policy, and policies of a
// kind on one node, counting the one that AWS attaches.
const (
	maxPolicyLength    = 10240
	maxPoliciesPerNode = 10
)

func named(unit *Resource, name string) bool { return unit.Get("name").Is(name) }

// within reports whether the unit lies in another of the name.
func within(g *Graph, unit *Resource, name string) bool {
	for _, parent := range lineage(g, unit)[1:] {
		if named(parent, name) {
			return true
		}
	}
	return false
}

// lineage is the unit and the units it lies in, the innermost first.
func lineage(g *Graph, unit *Resource) []*Resource {
	line := []*Resource{unit}
	for parent := g.Target(unit, "parentId", unitType); parent != nil && !slices.Contains(line, parent); {
		line = append(line, parent)
		parent = g.Target(parent, "parentId", unitType)
	}
	return line
}

// attachedTo returns the policies of a kind that are attached to the unit
// itself.
func attachedTo(g *Graph, unit *Resource, kind string) []*Resource {
	var policies []*Resource
	for _, attachment := range g.Linked(unit, orgPolicyAttachmentType, "targetId") {
		if p := g.Target(attachment, "policyId", orgPolicyType); p != nil && p.Get("type").Is(kind) {
			policies = append(policies, p)
		}
	}
	return policies
}

// guardrail is what a policy says, or why it cannot be read.
type guardrail struct {
	statements []Statement
	findings   []Finding
}

// guardrail reads a policy. Several controls ask of every unit, so what was read
// once is kept.
func (g *Graph) guardrail(p *Resource) guardrail {
	ix := g.indexed()
	g.mu.Lock()
	defer g.mu.Unlock()
	if read, ok := ix.guardrails[p]; ok {
		return read
	}
	var read guardrail
	content := p.Get("content")
	text, _ := content.Text()
	switch document, err := ParseDocument(text); {
	case content.Unknown():
		read.findings = []Finding{open(p, "content")}
	case err != nil:
		read.findings = []Finding{{
			Resource: p.URN, Property: "content", Problem: "cannot be read: " + err.Error(), Fix: "correct the policy document",
		}}
	default:
		read.statements = document.Statements
	}
	if ix.guardrails == nil {
		ix.guardrails = map[*Resource]guardrail{}
	}
	ix.guardrails[p] = read
	return read
}

// boundBy returns the statements of a kind of policy that bind the accounts of
// a unit. Findings are about policies that cannot be read.
func boundBy(g *Graph, unit *Resource, kind string) ([]Statement, []Finding) {
	var statements []Statement
	var findings []Finding
	for _, u := range lineage(g, unit) {
		for _, p := range attachedTo(g, u, kind) {
			read := g.guardrail(p)
			statements = append(statements, read.statements...)
			findings = append(findings, read.findings...)
		}
	}
	return statements, findings
}

func anyStatement(statements []Statement, holds func(Statement) bool) bool {
	return slices.ContainsFunc(statements, holds)
}

// restrains reports that the statement denies the action by name. One that
// denies everything on a condition, such as to root users or outside some
// regions, says nothing about the action.
func (s Statement) restrains(action string) bool {
	if !s.Denies() || len(s.NotActions) > 0 || !s.Covers(action) {
		return false
	}
	return !slices.Contains(s.Actions, "*") || len(s.Conditions) == 0
}

// exceptsRolesAlone reports that the statement binds everyone but named roles
// of no person.
func exceptsRolesAlone(s Statement) bool {
	exempt, ok := s.Condition("aws:PrincipalArn", "ArnNotLike", "ArnNotEquals")
	return ok && len(s.Conditions) == 1 && !slices.ContainsFunc(exempt.Values, func(arn string) bool {
		_, role, isRole := strings.Cut(arn, ":role/")
		return !isRole || strings.HasPrefix(role, "*") || strings.HasPrefix(role, "aws")
	})
}

// isRootUser reports that the statement binds the root users of all accounts,
// whatever else it exempts.
func isRootUser(s Statement) bool {
	root, ok := s.Condition("aws:PrincipalArn", "ArnLike", "StringLike")
	return ok && slices.Contains(root.Values, "arn:aws:iam::*:root")
}

// perimeter holds where resource control policies close the unit to strangers
// and to connections in the clear.
func perimeter(g *Graph, unit *Resource) []Finding {
	statements, findings := boundBy(g, unit, resourceControlPolicy)
	if len(findings) > 0 {
		return findings
	}
	for problem, closes := range map[string]func(Statement) bool{
		"has resources that strangers reach where a resource policy is too wide": func(s Statement) bool {
			own, ok := s.Condition("aws:PrincipalOrgID", "StringNotEqualsIfExists", "StringNotEquals")
			return ok && len(own.Values) == 1 && isOwnOrganization(g, own.Values[0])
		},
		"has resources that services reach on behalf of strangers": func(s Statement) bool {
			own, ok := s.Condition("aws:SourceOrgID", "StringNotEqualsIfExists", "StringNotEquals")
			return ok && len(own.Values) == 1 && isOwnOrganization(g, own.Values[0])
		},
		"has resources that are reached in the clear": func(s Statement) bool {
			secure, ok := s.Condition("aws:SecureTransport", "Bool", "BoolIfExists")
			return ok && slices.Equal(secure.Values, []string{"false"})
		},
	} {
		if !anyStatement(statements, func(s Statement) bool {
			return s.Denies() && s.Everyone() && s.CoversEvery("s3") && s.CoversEvery("kms") && s.On("*") && closes(s)
		}) {
			findings = append(findings, Finding{
				Resource: unit.URN, Problem: problem, Fix: "attach the resource control policies of the design to the unit",
			})
		}
	}
	slices.SortFunc(findings, func(a, b Finding) int { return strings.Compare(a.Problem, b.Problem) })
	return findings
}

// fits holds for a policy that AWS takes, on nodes that have room for it.
func fits(g *Graph, p *Resource) []Finding {
	findings := property("content").satisfies(func(v Value) bool {
		text, ok := v.Text()
		return ok && len(text) <= maxPolicyLength
	}, fmt.Sprintf("must be at most %d characters long", maxPolicyLength))(g, p)
	kind, _ := p.Get("type").Text()
	for _, attachment := range g.Linked(p, orgPolicyAttachmentType, "policyId") {
		unit := g.Target(attachment, "targetId", unitType)
		if unit == nil {
			continue
		}
		if n := len(attachedTo(g, unit, kind)) + 1; n > maxPoliciesPerNode {
			findings = append(findings, Finding{
				Resource: unit.URN, Problem: fmt.Sprintf("would have %d policies of type %s", n, kind),
				Fix: fmt.Sprintf("attach at most %d, and leave one to AWS's own", maxPoliciesPerNode-1),
			})
		}
	}
	return findings
}

// ofPolicyType selects the organization policies of a type.
func ofPolicyType(kind string) selector {
	return every(orgPolicyType).where(func(_ *Graph, r *Resource) bool { return r.Get("type").Is(kind) })
}

// ec2Declarations are the declared EC2 settings but for those of networks,
// which are policies of their own.
var ec2Declarations = ofPolicyType(declaredSettings).where(func(_ *Graph, r *Resource) bool {
	return !contains(r.Get("content"), "vpc_block_public_access")
})

// closedUnits are the units whose accounts have no way of their own to the
// internet. Experiments in Sandbox may have one.
var closedUnits = []string{
	"Security", "Infrastructure", "GxP-Prod", "Sensitive", "GxP-Validation", "NonGxP", "PolicyStaging",
}

// ofNetworks are these units where AWS knows the setting, which emulators do
// not.
var ofNetworks = every(unitType).where(func(g *Graph, r *Resource) bool {
	return !onEmulator(g) && slices.ContainsFunc(closedUnits, func(name string) bool { return named(r, name) })
})

// gatewayBlock is what a declared setting says about internet gateways.
type gatewayBlock struct {
	EC2 struct {
		Access struct {
			Gateways struct {
				Mode       assigned[string] `json:"mode"`
				Exclusions assigned[string] `json:"exclusions_allowed"`
			} `json:"internet_gateway_block"`
		} `json:"vpc_block_public_access"`
	} `json:"ec2_attributes"`
}

// networksAreClosed holds for a unit with a declared setting that blocks
// internet gateways in both directions. Infrastructure, where the perimeter is,
// alone may exclude networks from it.
func networksAreClosed(g *Graph, unit *Resource) []Finding {
	for _, p := range attachedTo(g, unit, declaredSettings) {
		content := p.Get("content")
		if content.Unknown() {
			return []Finding{open(p, "content")}
		}
		var block gatewayBlock
		text, _ := content.Text()
		if err := json.Unmarshal([]byte(text), &block); err != nil {
			continue // it declares nothing
		}
		gateways := block.EC2.Access.Gateways
		if gateways.Mode.Value == "block_bidirectional" &&
			(gateways.Exclusions.Value == "disabled" || named(unit, "Infrastructure")) {
			return nil
		}
	}
	return []Finding{{
		Resource: unit.URN, Problem: "has accounts in which an internet gateway of their own would work",
		Fix: "switch landingzone:guardrails.declarativePolicies on, which blocks it",
	}}
}

// declares holds for a policy that sets each of the attributes.
func declares(attributes ...string) rule {
	return property("content").satisfies(func(v Value) bool {
		return !slices.ContainsFunc(attributes, func(a string) bool { return !contains(v, a) })
	}, "must set "+strings.Join(attributes, ", "))
}

func contains(v Value, part string) bool {
	text, _ := v.Text()
	return strings.Contains(text, part)
}
