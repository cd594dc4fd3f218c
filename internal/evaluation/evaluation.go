// Package evaluation proves what policies do: it puts requests to a maintained
// evaluator of IAM policies, over the very documents that the program renders,
// and compares what the evaluator decides with what must be decided.
package evaluation

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

// Case is one request and what must become of it.
type Case struct {
	// ID identifies the case. It never changes.
	ID string `json:"id"`

	// Proves is the guardrail or control that the case is about.
	Proves string `json:"proves"`

	// Place is the organizational unit or core account that the request comes
	// from.
	Place string `json:"place"`

	// Principal is who asks, by the name that the table of cases has for it.
	Principal string `json:"principal"`

	// Action and Resource are what is asked for.
	Action   string `json:"action"`
	Resource string `json:"resource"`

	// Allowed is what must be decided.
	Allowed bool `json:"allowed"`

	request request
	problem string // why the case cannot be put to the evaluator
	by      string // the kind of policy that must deny; empty: any
}

// String says in a line what must hold.
func (c Case) String() string {
	must := "must be denied"
	if c.Allowed {
		must = "must be allowed"
	}
	return fmt.Sprintf("%s: %s of %s on %s %s", c.ID, c.Action, c.Principal, c.Resource, must)
}

// Decider is a statement, or a policy without one, that decided a request.
type Decider struct {
	// Kind is the kind of policy: identity, resource, scp, rcp or pb (boundary).
	Kind string `json:"kind"`

	// Policy is the policy's name; the level for want of an Allow.
	Policy string `json:"policy"`

	// Sid and Index identify the statement; Index counts from 1 and is 0 where
	// nothing allowed.
	Sid   string `json:"sid"`
	Index int    `json:"index"`
}

// Outcome is a case and what was decided.
type Outcome struct {
	Case
	// Decided is what the evaluator said: Allowed, ExplicitlyDenied or
	// ImplicitlyDenied; empty where it could not say.
	Decided string `json:"decided"`

	// Deciding are the statements that led to it.
	Deciding []Decider `json:"deciding"`

	// Problem says why the case failed. Empty: it holds.
	Problem string `json:"problem,omitempty"`
}

// Failed reports that the case does not hold.
func (o Outcome) Failed() bool { return o.Problem != "" }

// UnknownAction is an action in a rendered policy that AWS does not have.
type UnknownAction struct {
	Action string `json:"action"`

	// Policy and Statement are where it is written.
	Policy    string `json:"policy"`
	Statement string `json:"statement"`

	// Units are the organizational units and accounts that the policy is
	// attached to.
	Units []string `json:"units,omitempty"`
}

// String says in a line what is wrong and where.
func (u UnknownAction) String() string {
	where := fmt.Sprintf("policy %s: %s", u.Policy, u.Statement)
	if len(u.Units) > 0 {
		where += " (attached to " + strings.Join(u.Units, ", ") + ")"
	}
	return fmt.Sprintf("%s: AWS has no action %s", where, u.Action)
}

// Result is what an evaluation found.
type Result struct {
	Outcomes       []Outcome
	UnknownActions []UnknownAction

	// Actions is how many different actions and patterns of actions were looked
	// up.
	Actions int
}

// Failed returns the outcomes of the cases that do not hold.
func (r *Result) Failed() []Outcome {
	return slices.DeleteFunc(slices.Clone(r.Outcomes), func(o Outcome) bool { return !o.Failed() })
}

// OK reports that every case holds and every action exists.
func (r *Result) OK() bool { return len(r.Failed()) == 0 && len(r.UnknownActions) == 0 }

// Run evaluates every case over the policies in the graph, and looks up every
// action that they name.
func (t *Tool) Run(ctx context.Context, g *qualification.Graph) (*Result, error) {
	w, err := newWorld(g)
	if err != nil {
		return nil, err
	}
	return t.run(ctx, w, w.cases())
}

func (t *Tool) run(ctx context.Context, w *world, cases []Case) (*Result, error) {
	uses := w.policies.actions()
	answer, err := t.ask(ctx, question(w, cases, uses))
	if err != nil {
		return nil, err
	}
	result := &Result{Actions: len(uses)}
	for i, c := range cases {
		result.Outcomes = append(result.Outcomes, judge(c, answer.Verdicts[i]))
	}
	for _, action := range answer.UnknownActions {
		result.UnknownActions = append(result.UnknownActions, uses[action]...)
	}
	return result, nil
}

// judge compares a verdict with what the case demands. A condition key that AWS
// does not send with the request is a mistake of the case: it would prove
// nothing.
func judge(c Case, v verdict) Outcome {
	outcome := Outcome{Case: c, Decided: v.Result, Deciding: v.Deciding}
	var unsent []string
	for _, key := range v.Ignored {
		if slices.Contains(c.request.stated, strings.ToLower(key)) {
			unsent = append(unsent, key)
		}
	}
	allowed := v.Result == "Allowed"
	switch {
	case c.problem != "":
		outcome.Problem = c.problem
	case v.Error != "":
		outcome.Problem = "the evaluator refuses it: " + v.Error
	case len(unsent) > 0:
		outcome.Problem = "AWS does not send " + strings.Join(unsent, ", ") + " with this request"
	case allowed && !c.Allowed:
		outcome.Problem = "it is allowed"
	case c.by != "" && !slices.ContainsFunc(v.Deciding, func(d Decider) bool { return d.Kind == c.by && d.Index > 0 }):
		outcome.Problem = "no " + c.by + " denies it, only " + deciders(v.Deciding)
	case !allowed && c.Allowed:
		outcome.Problem = "it is denied by " + deciders(v.Deciding)
	}
	return outcome
}

func deciders(all []Decider) string {
	var names []string
	for _, d := range all {
		switch {
		case d.Index == 0:
			names = append(names, fmt.Sprintf("the want of an Allow in %s %s", d.Kind, d.Policy))
		case d.Sid != "":
			names = append(names, fmt.Sprintf("%s %s: %s", d.Kind, d.Policy, d.Sid))
		default:
			names = append(names, fmt.Sprintf("%s %s: statement %d", d.Kind, d.Policy, d.Index))
		}
	}
	return strings.Join(names, "; ")
}
