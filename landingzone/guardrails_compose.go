package landingzone

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
)

// PolicyQuota is what AWS grants for one kind of policy on one node of the
// organization.
type PolicyQuota struct {
	// PerTarget is how many policies of the kind may be attached to a node,
	// counting the one that AWS attaches itself.
	PerTarget int

	// Characters is the size of a policy.
	Characters int

	// Reserved is how many attachments others need, AWS's own policy included.
	Reserved int
}

// UnitPolicy is one policy of a unit.
type UnitPolicy struct {
	// Unit is the path of the unit that the policy is attached to, Key its part
	// of logical names and names in AWS. It follows from the id of the first
	// statement, so it stays while other statements come and go.
	Unit, Key string

	// Sids are the statements, in order.
	Sids []string

	// Document is the policy with the values of the limits.
	Document string

	statements []guardrail
	size       int // with the longest ids there can be
}

// ServiceControlPolicies returns the service control policies of each unit. It
// leaves out the guardrails with the ids in without. It returns an error for a
// statement that no policy can hold, for a unit that needs more policies than
// the quota allows, and for a unit without any guardrail.
func ServiceControlPolicies(l Limits, q PolicyQuota, without ...string) ([]UnitPolicy, error) {
	return compose(serviceControls(), l, q, scpStatement, without)
}

// ResourceControlPolicies is [ServiceControlPolicies] for resource control
// policies.
func ResourceControlPolicies(l Limits, q PolicyQuota, without ...string) ([]UnitPolicy, error) {
	return compose(resourceControls(), l, q, rcpStatement, without)
}

// scpStatement and rcpStatement complete the statement of a guardrail.
func scpStatement(g guardrail, l Limits, unit string) policy.Statement {
	s := g.deny(l, unit)
	s.Sid, s.Effect = g.sid, policy.Deny
	return s
}

func rcpStatement(g guardrail, l Limits, unit string) policy.Statement {
	s := scpStatement(g, l, unit)
	s.Principal = policy.Everyone
	return s
}

type completion func(guardrail, Limits, string) policy.Statement

// compose fills the policies of every unit and reports all that is wrong.
func compose(all []guardrail, l Limits, q PolicyQuota, complete completion, without []string) ([]UnitPolicy, error) {
	var composed []UnitPolicy
	var problems []error
	longest := l.longest()
	for _, unit := range nodes() {
		var pieces []piece
		for _, g := range all {
			if !slices.Contains(g.units, unit.Path) || slices.Contains(without, g.ID) || g.unless != nil && g.unless(l, unit.Path) {
				continue
			}
			p, err := measure(g, unit, longest, q.Characters, complete)
			if err != nil {
				problems = append(problems, err)
				continue
			}
			pieces = append(pieces, p)
		}
		usable := q.PerTarget - q.Reserved
		policies := fill(pieces, q.Characters)
		if len(policies) > usable {
			// The largest first leaves less room unused, at the price that a
			// new statement may move others.
			slices.SortStableFunc(pieces, func(a, b piece) int { return b.alone.size - a.alone.size })
			policies = fill(pieces, q.Characters)
		}
		if len(policies) > usable {
			problems = append(problems, fmt.Errorf("%s needs %d policies for its guardrails, and %d are left of the %d that AWS "+
				"grants per unit; raise the quota in landingzone:quotas if AWS has raised it", unit.Path, len(policies), usable, q.PerTarget))
		}
		composed = append(composed, policies...)
	}
	problems = append(problems, uncovered(composed)...)
	if len(problems) > 0 {
		return nil, errors.Join(problems...)
	}
	for i := range composed {
		document, err := composed[i].render(l, complete)
		if err != nil {
			return nil, err
		}
		composed[i].Document = document
	}
	return composed, nil
}

// nodes are the root and the units, in the order of the design.
func nodes() []config.Unit {
	return append([]config.Unit{{Path: RootUnit, Key: "root"}}, config.Units()...)
}

// envelope is what a policy holds beside its statements.
const envelope = len(`{"Version":"2012-10-17","Statement":[]}`)

// piece is a statement as a policy of its own.
type piece struct{ alone UnitPolicy }

// measure renders a statement alone with the longest ids there can be: the ids
// themselves are not yet known when the program decides.
func measure(g guardrail, unit config.Unit, longest Limits, limit int, complete completion) (piece, error) {
	if err := longest.checkExemptions(complete(g, longest, unit.Path), unit.Path); err != nil {
		return piece{}, fmt.Errorf("guardrail %s: %w", g.ID, err)
	}
	alone := UnitPolicy{
		Unit: unit.Path, Key: unit.Key + "-" + strings.ToLower(strings.TrimPrefix(g.ID, "GXP-")),
		Sids: []string{g.sid}, statements: []guardrail{g},
	}
	document, err := alone.render(longest, complete)
	if err != nil {
		return piece{}, err
	}
	if alone.size = len(document); alone.size > limit {
		return piece{}, fmt.Errorf("guardrail %s: statement %s for %s needs a policy of %d characters, and the limit is %d",
			g.ID, g.sid, unit.Path, alone.size, limit)
	}
	return piece{alone}, nil
}

// fill puts each statement into the first policy that has room for it, or into
// one of its own. A statement that is added at the end changes one policy.
func fill(pieces []piece, limit int) []UnitPolicy {
	var policies []UnitPolicy
	for _, p := range pieces {
		i := slices.IndexFunc(policies, func(with UnitPolicy) bool { return with.size+p.grows() <= limit })
		if i < 0 {
			alone := p.alone
			alone.Sids, alone.statements = slices.Clone(alone.Sids), slices.Clone(alone.statements)
			policies = append(policies, alone)
			continue
		}
		policies[i].Sids = append(policies[i].Sids, p.alone.Sids...)
		policies[i].statements = append(policies[i].statements, p.alone.statements...)
		policies[i].size += p.grows()
	}
	return policies
}

// grows is by how much the statement lengthens a policy: a comma joins it to
// those before it.
func (p piece) grows() int { return 1 + p.alone.size - envelope }

// render returns the document with the values of the limits.
func (p UnitPolicy) render(l Limits, complete completion) (string, error) {
	var statements []policy.Statement
	for _, g := range p.statements {
		statements = append(statements, complete(g, l, p.Unit))
	}
	document, err := policy.JSON(statements...)
	if err != nil {
		return "", fmt.Errorf("guardrails of %s: %w", p.Unit, err)
	}
	return document, nil
}

// uncovered reports the units that no policy binds, directly or through a unit
// they lie in. What is at the root alone does not count.
func uncovered(policies []UnitPolicy) []error {
	bound := map[string]bool{}
	for _, p := range policies {
		bound[p.Unit] = true
	}
	var problems []error
	for _, unit := range config.Units() {
		if !bound[unit.Path] && !bound[unit.Parent()] {
			problems = append(problems, fmt.Errorf("%s has no guardrails; add it to the units of some", unit.Path))
		}
	}
	return problems
}
