package qualification

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	duties "github.com/gxp-landing-zone/gxp-landing-zone/internal/duty"
)

// Sessions of people, in hours, and of the role for emergencies, in seconds.
const (
	mostHours        = 8
	emergencyHours   = 1
	emergencySeconds = 3600
)

// unlimited are AWS managed policies that allow everything, or to give oneself
// everything.
var unlimited = regexp.MustCompile(`^arn:aws:iam::aws:policy/(AdministratorAccess.*|PowerUserAccess|IAMFullAccess)$`)

// boundedDuties work in workload accounts.
var boundedDuties = []string{duties.PlatformEngineer, duties.Operator, duties.Developer, duties.DataSteward}

// workloadSets are the permission sets that must carry the boundary. An emulator
// has no boundaries.
var workloadSets = permissionSets.where(func(g *Graph, r *Resource) bool {
	name, _ := r.Get("name").Text()
	own := name != "" && !slices.Contains(duties.All(), name)
	return !onEmulator(g) && (own || slices.Contains(boundedDuties, name))
})

// claimedSets are the permission sets of an instance that takes claims from the
// identity provider.
var claimedSets = permissionSets.where(func(g *Graph, _ *Resource) bool { return len(g.OfType(accessAttributesType)) > 0 })

// onEmulator reports that some provider talks to an emulator, which lacks some
// services.
func onEmulator(g *Graph) bool {
	return slices.ContainsFunc(g.OfType(awsProviderType), func(p *Resource) bool {
		return p.Get("endpoints").Known() && len(p.Get("endpoints").Items()) > 0
	})
}

// allowsNotEverything holds for a permission set none of whose policies allows
// everything.
func allowsNotEverything(g *Graph, set *Resource) []Finding {
	if set.Get("name").Is(duties.BreakGlass) {
		return nil
	}
	if set.Get("name").Unknown() {
		return []Finding{open(set, "name")}
	}
	var findings []Finding
	for _, managed := range g.Linked(set, setManagedPolicyType, "permissionSetArn") {
		findings = append(findings, property("managedPolicyArn").satisfies(func(v Value) bool {
			arn, ok := v.Text()
			return ok && !unlimited.MatchString(arn)
		}, "must allow less than everything")(g, managed)...)
	}
	for _, inline := range g.Linked(set, setInlinePolicyType, "permissionSetArn") {
		findings = append(findings, policyAt("inlinePolicy").satisfies(allowsLess)(g, inline)...)
	}
	return findings
}

// allowsLess holds where no statement allows every action.
func allowsLess(_ *Graph, _ *Resource, d *Document) []flaw {
	var flaws []flaw
	for _, s := range d.Statements {
		every := len(s.NotActions) > 0 || slices.ContainsFunc(s.Actions, func(a string) bool { return strings.Trim(a, "*:") == "" })
		if s.Allows() && every {
			flaws = append(flaws, flaw{"allows everything (" + s.name() + ")", "name the actions that the duty needs"})
		}
	}
	return flaws
}

// endsInTime holds for a permission set whose sessions are short enough.
func endsInTime(g *Graph, set *Resource) []Finding {
	most := mostHours
	if set.Get("name").Is(duties.BreakGlass) {
		most = emergencyHours
	}
	return property("sessionDuration").satisfies(func(v Value) bool {
		text, _ := v.Text()
		hours, isHours := strings.CutSuffix(strings.TrimPrefix(text, "PT"), "H")
		n, err := strconv.Atoi(hours)
		return isHours && err == nil && n >= 1 && n <= most
	}, fmt.Sprintf("must be PT1H to PT%dH", most))(g, set)
}

// keepsDutiesApart holds for an assignment whose group has no conflicting duty
// in the account.
func keepsDutiesApart(g *Graph, a *Resource) []Finding {
	const by = "permissionSetArn"
	for _, path := range []string{"principalId", "targetId"} {
		if a.Get(path).Unknown() && len(g.targets(a, path)) == 0 {
			return []Finding{open(a, path)}
		}
	}
	mine := g.dutyOf(a, by)
	if mine == "" {
		if a.Get(by).Unknown() {
			return []Finding{open(a, by)}
		}
		return nil // told by the control on what assignments refer to
	}
	var findings []Finding
	for _, other := range g.assignedTo(a) {
		if reason, conflict := duties.Conflict(mine, g.dutyOf(other, by)); conflict && g.dutyOf(other, by) != "" {
			findings = append(findings, Finding{
				Resource: a.URN, Property: by,
				Problem: fmt.Sprintf("gives %s to a group that has %s in the same account: %s", mine, g.dutyOf(other, by), reason),
				Fix:     "give one of the two to another group",
			})
		}
	}
	return findings
}

// dutyOf is the name of the permission set that an assignment gives.
func (g *Graph) dutyOf(assignment *Resource, by string) string {
	set := g.Target(assignment, by, permissionSetType)
	if set == nil {
		return ""
	}
	name, _ := set.Get("name").Text()
	return name
}

// assignedTo returns the other assignments of the same group in the same
// account.
func (g *Graph) assignedTo(a *Resource) []*Resource {
	ix := g.indexed()
	g.mu.Lock()
	defer g.mu.Unlock()
	if ix.holders == nil {
		ix.holders = map[holder][]*Resource{}
		for _, each := range ix.byType[accountAssignmentType] {
			ix.holders[g.holderOf(each)] = append(ix.holders[g.holderOf(each)], each)
		}
	}
	return slices.DeleteFunc(slices.Clone(ix.holders[g.holderOf(a)]), func(r *Resource) bool { return r == a })
}

// holder is a group in an account, each by its value, or, before that is known,
// by the resource that it comes from.
type holder struct{ group, account string }

func (g *Graph) holderOf(a *Resource) holder {
	of := func(path, typ string) string {
		if text, ok := a.Get(path).Text(); ok {
			return text
		}
		if target := g.Target(a, path, typ); target != nil {
			return target.URN
		}
		return ""
	}
	return holder{of("principalId", groupType), of("targetId", accountType)}
}
