package qualification

import "slices"

// selector picks the resources that a control judges.
type selector func(*Graph) []*Resource

// every selects the resources of the given types.
func every(types ...string) selector {
	return func(g *Graph) []*Resource { return g.OfType(types...) }
}

// in keeps what a package of the program registered.
func (s selector) in(pkg string) selector {
	return s.where(func(_ *Graph, r *Resource) bool { return r.Package() == pkg })
}

// where keeps what the condition holds for.
func (s selector) where(condition func(*Graph, *Resource) bool) selector {
	return func(g *Graph) []*Resource {
		return slices.DeleteFunc(slices.Clone(s(g)), func(r *Resource) bool { return !condition(g, r) })
	}
}

// absence says what it means that there is nothing to judge.
type absence struct {
	problem, fix string
	unless       func(*Graph) bool
}

// mandatory: without a subject the control fails.
func mandatory(problem, fix string) absence { return absence{problem: problem, fix: fix} }

// exceptWhere lets the control not apply to graphs of which the condition holds.
func (a absence) exceptWhere(condition func(*Graph) bool) absence {
	a.unless = condition
	return a
}

// optional: without a subject the control does not apply.
var optional = absence{}

// judge applies the rules to every resource that s selects.
func judge(s selector, none absence, rules ...rule) func(*Graph) Judgement {
	return func(g *Graph) Judgement {
		var j Judgement
		for _, r := range s(g) {
			j.Subjects = append(j.Subjects, r.URN)
			j.Findings = append(j.Findings, all(rules...)(g, r)...)
		}
		if len(j.Subjects) == 0 && none.problem != "" && (none.unless == nil || !none.unless(g)) {
			j.Findings = append(j.Findings, Finding{Problem: none.problem, Fix: none.fix})
		}
		return j
	}
}
