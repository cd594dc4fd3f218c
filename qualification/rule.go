package qualification

import (
	"fmt"
	"slices"
	"strings"
)

// rule judges one resource. It returns nothing when all is well.
type rule func(*Graph, *Resource) []Finding

// all holds where every one of the rules holds.
func all(rules ...rule) rule {
	return func(g *Graph, r *Resource) []Finding {
		var findings []Finding
		for _, judge := range rules {
			findings = append(findings, judge(g, r)...)
		}
		return findings
	}
}

// that is a rule of its own: it holds where ok is true. The problem and the fix
// are about the resource as a whole.
func that(ok func(*Graph, *Resource) bool, problem, fix string) rule {
	return func(g *Graph, r *Resource) []Finding {
		if ok(g, r) {
			return nil
		}
		return []Finding{{Resource: r.URN, Problem: problem, Fix: fix}}
	}
}

// protected: Pulumi refuses to delete the resource.
var protected = that(func(_ *Graph, r *Resource) bool { return r.Protect },
	"is not protected from deletion", "register it with pulumi.Protect(true)")

// retained: what the resource stands for outlives its removal from the program.
var retained = that(func(_ *Graph, r *Resource) bool { return r.RetainOnDelete },
	"is deleted in AWS when it leaves the program", "register it with pulumi.RetainOnDelete(true)")

// property begins a rule about an input, at a path as for [Resource.Get].
func property(path string) propertyRule { return propertyRule{path} }

type propertyRule struct{ path string }

// is holds where the value equals want.
func (p propertyRule) is(want any) rule {
	return p.satisfies(func(v Value) bool { return v.Is(want) }, fmt.Sprintf("must be %v", want))
}

// isNot holds where the value is anything but the given one. Absence holds.
func (p propertyRule) isNot(unwanted any) rule {
	return p.check(func(v Value) bool { return !v.Is(unwanted) }, fmt.Sprintf("must not be %v", unwanted))
}

// isOne holds where the value is one of the given.
func (p propertyRule) isOne(of ...string) rule {
	return p.satisfies(func(v Value) bool {
		text, ok := v.Text()
		return ok && slices.Contains(of, text)
	}, "must be "+strings.Join(of, " or "))
}

// isSet holds where the property has a value other than empty text.
func (p propertyRule) isSet() rule {
	return p.check(func(v Value) bool { return !v.Absent() && !v.Is("") }, "must be set")
}

// isAtLeast holds where the number is not below the minimum.
func (p propertyRule) isAtLeast(minimum float64) rule {
	return p.satisfies(func(v Value) bool {
		n, ok := v.Number()
		return ok && n >= minimum
	}, fmt.Sprintf("must be at least %v", minimum))
}

// contains holds where the list has all of the given elements.
func (p propertyRule) contains(elements ...string) rule {
	return func(_ *Graph, r *Resource) []Finding {
		list := r.Get(p.path)
		if list.Unknown() || slices.ContainsFunc(list.Items(), Value.Unknown) {
			return []Finding{open(r, p.path)}
		}
		var missing []string
		for _, element := range elements {
			if !slices.ContainsFunc(list.Items(), func(v Value) bool { return v.Is(element) }) {
				missing = append(missing, element)
			}
		}
		if len(missing) == 0 {
			return nil
		}
		return []Finding{{
			Resource: r.URN, Property: p.path,
			Problem: "lacks " + strings.Join(missing, ", "), Fix: "add " + strings.Join(missing, ", "),
		}}
	}
}

// refersTo holds where the value is, or is computed from, a resource of a type
// of which the rules hold too.
func (p propertyRule) refersTo(targetType string, rules ...rule) rule {
	return func(g *Graph, r *Resource) []Finding {
		target := g.Target(r, p.path, targetType)
		value := r.Get(p.path)
		switch {
		case target != nil:
			return all(rules...)(g, target)
		case value.Unknown():
			return []Finding{open(r, p.path)}
		}
		return []Finding{{
			Resource: r.URN, Property: p.path,
			Problem: fmt.Sprintf("is %s, which is no %s of this stack", value, shortType(targetType)),
			Fix:     "set it to one that this stack deploys",
		}}
	}
}

// satisfies holds where ok is true of a value that is set.
func (p propertyRule) satisfies(ok func(Value) bool, must string) rule {
	return p.check(func(v Value) bool { return !v.Absent() && ok(v) }, must)
}

// check holds where ok is true of the value. It is not asked about a value that
// cannot be read: of that, nothing can be said.
func (p propertyRule) check(ok func(Value) bool, must string) rule {
	return func(_ *Graph, r *Resource) []Finding {
		v := r.Get(p.path)
		switch {
		case v.Unknown():
			return []Finding{open(r, p.path)}
		case ok(v):
			return nil
		}
		return []Finding{{
			Resource: r.URN, Property: p.path,
			Problem: fmt.Sprintf("is %s, %s", v, must), Fix: fmt.Sprintf("%s %s", p.path, must),
		}}
	}
}

// open is the finding about a property of which nothing can be said yet.
func open(r *Resource, path string) Finding {
	return Finding{
		Resource: r.URN, Property: path, Open: true,
		Problem: "is not yet known",
		Fix:     "check again on the state after the deployment, exported with its secrets if the value is one",
	}
}

// with holds where at least one resource of a type refers to the judged one by
// the property, and the rules hold for each that does.
func with(linkedType, by string, rules ...rule) rule {
	return func(g *Graph, r *Resource) []Finding {
		linked := g.Linked(r, linkedType, by)
		if len(linked) == 0 {
			return []Finding{unattached(g, r, linkedType, by)}
		}
		var findings []Finding
		for _, l := range linked {
			findings = append(findings, all(rules...)(g, l)...)
		}
		return findings
	}
}

// unattached tells that nothing of a type refers to r; openly, where something
// of it refers to what is not yet known.
func unattached(g *Graph, r *Resource, linkedType, by string) Finding {
	for _, candidate := range g.OfType(linkedType) {
		if candidate.Get(by).Unknown() && len(g.targets(candidate, by)) == 0 {
			return open(candidate, by)
		}
	}
	return Finding{
		Resource: r.URN,
		Problem:  "has no " + shortType(linkedType),
		Fix:      fmt.Sprintf("add a %s whose %s refers to it", shortType(linkedType), by),
	}
}

// shortType is the last part of a type token, such as BucketV2.
func shortType(t string) string { return t[strings.LastIndex(t, ":")+1:] }
