package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jstemmer/go-junit-report/v2/junit"
	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/evaluation"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

// Whether policies are evaluated.
const (
	evaluationAuto    = "auto"
	evaluationRequire = "require"
	evaluationOff     = "off"
)

var evaluationModes = []string{evaluationAuto, evaluationRequire, evaluationOff}

// evaluations are the policy evaluation cases and what became of them.
type evaluations struct {
	// Evaluated is false where nothing was: no case has passed then.
	Evaluated bool `json:"evaluated"`
	Cases     int  `json:"cases"`
	Failed    int  `json:"failed"`

	// Reason says why nothing was evaluated.
	Reason string `json:"reason,omitempty"`

	// Failures are the cases that do not hold, UnknownActions the actions in
	// policies that AWS does not have.
	Failures       []evaluation.Outcome       `json:"failures,omitempty"`
	UnknownActions []evaluation.UnknownAction `json:"unknownActions,omitempty"`

	actions  int
	outcomes []evaluation.Outcome
}

// evaluate puts the policies of the graph to the evaluator. Where the evaluator
// is not installed the rest of the result stands, unless the mode requires it.
func (r *checkResult) evaluate(ctx context.Context, g *qualification.Graph, mode string) {
	if mode == evaluationOff {
		r.Evaluations = evaluations{Reason: "--evaluation off"}
		return
	}
	found, err := runEvaluation(ctx, g)
	if err != nil {
		r.Evaluations = evaluations{Reason: err.Error()}
		r.OK = r.OK && errors.Is(err, evaluation.ErrNoTool) && mode != evaluationRequire
		return
	}
	failures := found.Failed()
	r.Evaluations = evaluations{
		Evaluated: true, Cases: len(found.Outcomes), Failed: len(failures),
		Failures: failures, UnknownActions: found.UnknownActions,
		actions: found.Actions, outcomes: found.Outcomes,
	}
	r.OK = r.OK && found.OK()
}

func runEvaluation(ctx context.Context, g *qualification.Graph) (*evaluation.Result, error) {
	root, err := findProject()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", evaluation.ErrNoTool, err)
	}
	tool, err := evaluation.FindTool(root)
	if err != nil {
		return nil, err
	}
	return tool.Run(ctx, g)
}

func (e *evaluations) writeText(b *strings.Builder) {
	if !e.Evaluated {
		fmt.Fprintf(b, "policies: nothing was evaluated: %s\n", e.Reason)
		return
	}
	for _, o := range e.Failures {
		fmt.Fprintf(b, "FAIL %s, and %s (%s)\n", o, o.Problem, o.Proves)
	}
	for _, u := range e.UnknownActions {
		fmt.Fprintf(b, "FAIL %s\n", u)
	}
	fmt.Fprintf(b, "%d policy evaluation cases: %d held, %d failed; %d actions looked up: %d unknown uses\n",
		e.Cases, e.Cases-e.Failed, e.Failed, e.actions, len(e.UnknownActions))
}

// addSARIF adds a result for each case that does not hold and for each unknown
// action.
func (e *evaluations) addSARIF(run *sarif.Run, stackFile string) {
	add := func(rule, level, text string) {
		place := sarif.NewPhysicalLocation().WithArtifactLocation(sarif.NewSimpleArtifactLocation(stackFile))
		run.CreateResultForRule(rule).WithLevel(level).WithMessage(sarif.NewTextMessage(text)).
			AddLocation(sarif.NewLocationWithPhysicalLocation(place))
	}
	const cases, actions = "policy-evaluation", "unknown-action"
	run.AddRule(cases).WithDescription("Policies allow and deny what they must")
	run.AddRule(actions).WithDescription("Every action in a policy exists")
	if !e.Evaluated {
		add(cases, "warning", "nothing was evaluated: "+e.Reason)
	}
	for _, o := range e.Failures {
		add(cases, "error", fmt.Sprintf("%s, and %s (%s)", o, o.Problem, o.Proves))
	}
	for _, u := range e.UnknownActions {
		add(actions, "error", u.String())
	}
}

// suite is a test for each case, and one for the actions.
func (e *evaluations) suite() junit.Testsuite {
	const class = "policy evaluation"
	suite := junit.Testsuite{Name: class, Time: "0"}
	if !e.Evaluated {
		suite.AddTestcase(junit.Testcase{Name: class, Classname: class,
			Skipped: &junit.Result{Message: "nothing was evaluated: " + e.Reason}})
		return suite
	}
	for _, o := range e.outcomes {
		test := junit.Testcase{Name: o.ID, Classname: class}
		if o.Failed() {
			test.Failure = &junit.Result{Message: o.Problem, Type: o.Proves, Data: o.String()}
		}
		suite.AddTestcase(test)
	}
	actions := junit.Testcase{Name: "every action exists", Classname: class}
	if len(e.UnknownActions) > 0 {
		var lines []string
		for _, u := range e.UnknownActions {
			lines = append(lines, u.String())
		}
		actions.Failure = &junit.Result{Message: "AWS has no such actions", Data: strings.Join(lines, "\n")}
	}
	suite.AddTestcase(actions)
	return suite
}
