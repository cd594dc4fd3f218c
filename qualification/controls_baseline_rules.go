package qualification

import (
	"fmt"
	"slices"
	"strings"
)

// suspendedUnit holds accounts in which nothing is allowed any more; those that
// have the baseline keep it.
const suspendedUnit = "Suspended"

// unitTargets is where an instance says in which units it is.
const unitTargets = "deploymentTargets.organizationalUnitIds"

// isRegional selects what records configuration, which has to be everywhere. A
// template that cannot be read may be it.
func isRegional(_ *Graph, r *Resource) bool {
	t, ok := r.template("templateBody")
	return !ok || t.has("AWS::Config::ConfigurationRecorder") || strings.HasSuffix(r.Name(), "-regional")
}

// isSwitchedOn holds for a baseline whose recorder records. Where Control Tower
// governs, its own recorder is in every account.
func isSwitchedOn(g *Graph, set *Resource) []Finding {
	if governedByControlTower(g) {
		return nil
	}
	return property("parameters.Recorder").is("true")(g, set)
}

// hasBaseline holds for an account whose unit, or one that contains it, is a
// target of every StackSet of the baseline, and for one that has stacks of its
// own.
func hasBaseline(g *Graph, account *Resource) []Finding {
	sets := slices.DeleteFunc(stackSets(g), func(set *Resource) bool {
		return slices.ContainsFunc(g.OfType(stackType), func(stack *Resource) bool {
			return madeFrom(stack, set) && account.ID != "" && g.AccountID(stack).Is(account.ID)
		})
	})
	if len(sets) == 0 && len(stackSets(g)) > 0 {
		return nil
	}
	units, known := containing(g, account)
	if !known {
		return []Finding{open(account, "parentId")}
	}
	if slices.ContainsFunc(units, func(u *Resource) bool { return u.Get("name").Is(suspendedUnit) }) {
		return nil
	}
	if len(sets) == 0 {
		return []Finding{{Resource: account.URN, Problem: "has no baseline", Fix: noBaseline.fix}}
	}
	var findings []Finding
	for _, set := range sets {
		if !g.targetsOneOf(set, units) {
			if instance := g.undecided(set); instance != nil {
				return []Finding{open(instance, unitTargets)}
			}
			findings = append(findings, Finding{
				Resource: account.URN, Problem: fmt.Sprintf("gets no instance of the StackSet %s", set.Name()),
				Fix: "target the unit of the account, or one that contains it",
			})
		}
	}
	return findings
}

// madeFrom reports that a stack is made from the template of a set.
func madeFrom(stack, set *Resource) bool {
	body, ok := set.Get("templateBody").Text()
	return ok && stack.Get("templateBody").Is(body)
}

// hasRegionalStack holds for a provider in whose account and region the stack is
// that records configuration.
func hasRegionalStack(g *Graph, provider *Resource) []Finding {
	const at = "templateBody"
	var unread *Resource
	for _, stack := range g.OfType(stackType) {
		if g.Provider(stack) != provider {
			continue
		}
		if stack.Get(at).Unknown() {
			unread = stack
		}
		if t, ok := stack.template(at); ok && t.has("AWS::Config::ConfigurationRecorder") {
			return nil
		}
	}
	if unread != nil {
		return []Finding{open(unread, at)}
	}
	return []Finding{{
		Resource: provider.URN, Problem: "has no stack of the baseline in its account and region",
		Fix: "let landingzone.NewBaseline know the account among Core",
	}}
}

// containing returns the units that an account is in, innermost first.
func containing(g *Graph, account *Resource) (units []*Resource, known bool) {
	for r := account; r != nil; {
		unit := g.Target(r, "parentId", unitType)
		if unit == nil {
			return units, !r.Get("parentId").Unknown()
		}
		if slices.Contains(units, unit) {
			return units, true
		}
		units = append(units, unit)
		r = unit
	}
	return units, true
}

// targetsOneOf reports that instances of the set are made in one of the units.
func (g *Graph) targetsOneOf(set *Resource, units []*Resource) bool {
	for _, instance := range g.Linked(set, stackSetInstanceType, "stackSetName") {
		targets := instance.Get(unitTargets).Items()
		for _, unit := range units {
			if slices.ContainsFunc(targets, func(v Value) bool { return v.Is(unit.ID) && unit.ID != "" }) {
				return true
			}
			// While the unit is being made, its id is not yet known.
			if slices.Contains(instance.PropertyDependencies["deploymentTargets"], unit.URN) &&
				slices.ContainsFunc(targets, Value.Unknown) {
				return true
			}
		}
	}
	return false
}

// undecided returns an instance of the set whose targets are not yet known, or
// nil.
func (g *Graph) undecided(set *Resource) *Resource {
	for _, instance := range g.Linked(set, stackSetInstanceType, "stackSetName") {
		targets := instance.Get(unitTargets)
		if targets.Unknown() || slices.ContainsFunc(targets.Items(), Value.Unknown) {
			return instance
		}
	}
	return nil
}

// isInEveryRegion holds for a StackSet with instances in every region that a
// provider works in.
func isInEveryRegion(g *Graph, set *Resource) []Finding {
	var findings []Finding
	have := map[string]bool{}
	for _, instance := range g.Linked(set, stackSetInstanceType, "stackSetName") {
		region := instance.Get("region")
		if region.Unknown() {
			findings = append(findings, open(instance, "region"))
		}
		if text, ok := region.Text(); ok {
			have[text] = true
		}
	}
	if len(findings) > 0 {
		return findings
	}
	asked := map[string]bool{}
	for _, provider := range g.OfType(awsProviderType) {
		region, ok := provider.Get("region").Text()
		if !ok || have[region] || asked[region] {
			continue
		}
		asked[region] = true
		findings = append(findings, Finding{
			Resource: set.URN, Problem: "has no instances in " + region,
			Fix: "add a StackSetInstance in each governed region",
		})
	}
	return findings
}

// namesItsDigest holds for an object whose name holds the digest of what it is.
func namesItsDigest(_ *Graph, r *Resource) []Finding {
	digest := r.Get("sourceHash")
	if digest.Unknown() {
		return []Finding{open(r, "sourceHash")}
	}
	text, ok := digest.Text()
	if !ok || len(text) != 64 {
		return []Finding{{
			Resource: r.URN, Property: "sourceHash", Problem: fmt.Sprintf("is %s, must be a SHA-256", digest),
			Fix: "set it to the digest in functions.lock",
		}}
	}
	return property("key").check(func(v Value) bool {
		key, _ := v.Text()
		return strings.Contains(key, text)
	}, "must hold the digest of the code")(nil, r)
}
