package qualification

import (
	"encoding/json"
	"slices"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/control"
)

// DesignControl is a control that is verified by looking at the graph of what
// is deployed or about to be.
type DesignControl struct {
	control.Control

	// Judge looks at a graph. It says what it looked at and what it found, and
	// is never nil.
	Judge func(*Graph) Judgement
}

// Judgement is what a control saw.
type Judgement struct {
	// Subjects are the URNs of the resources that were judged.
	Subjects []string

	// Findings are what is wrong, or cannot be told yet.
	Findings []Finding
}

// Finding is one thing that is wrong, or cannot be told yet.
type Finding struct {
	// Resource is the URN of the resource. Empty where one is missing.
	Resource string `json:"resource"`

	// Property is the path of the property among the inputs of Resource. Empty
	// where the finding is about the resource as a whole.
	Property string `json:"property,omitempty"`

	// Problem says what is wrong, Fix what to do.
	Problem string `json:"problem"`
	Fix     string `json:"fix"`

	// Open is true where the property has no readable value yet, so that
	// nothing can be said.
	Open bool `json:"open,omitempty"`
}

// Verdict is what a control concludes.
type Verdict string

// The verdicts.
const (
	// Pass: there was something to judge, and nothing is wrong.
	Pass Verdict = "pass"
	// Fail: at least one thing is wrong.
	Fail Verdict = "fail"
	// NotYetKnown: nothing is known to be wrong, but not all of it can be read.
	NotYetKnown Verdict = "unknown"
	// NotApplicable: there is nothing to judge, and there need not be.
	NotApplicable Verdict = "not applicable"
)

// Result is what one control concludes about a graph.
type Result struct {
	control.Control
	Verdict Verdict
	Judgement
}

// MarshalJSON renders the result as reports show it, with empty lists for what
// is empty.
func (r Result) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		ID           string               `json:"id"`
		Title        string               `json:"title"`
		Rationale    string               `json:"rationale"`
		Kind         control.Kind         `json:"kind"`
		Verification control.Verification `json:"verification"`
		Requirements []string             `json:"requirements"`
		Verdict      Verdict              `json:"verdict"`
		Subjects     []string             `json:"subjects"`
		Findings     []Finding            `json:"findings"`
	}{
		r.ID, r.Title, r.Rationale, r.Kind, r.Verification, listed(r.Requirements),
		r.Verdict, listed(r.Subjects), listed(r.Findings),
	})
}

func listed[T any](items []T) []T {
	if items == nil {
		return []T{}
	}
	return items
}

// Report is what all controls conclude about a graph.
type Report struct {
	// Results are in the order of the controls.
	Results []Result `json:"controls"`
}

// Check runs the controls over the graph. The same graph and controls give the
// same report. Withdrawn controls are not run and have no result.
func Check(g *Graph, controls []DesignControl) Report {
	var report Report
	for _, c := range controls {
		if c.Withdrawn != "" {
			continue
		}
		judgement := c.Judge(g)
		report.Results = append(report.Results, Result{c.Control, judgement.verdict(), judgement})
	}
	return report
}

func (j Judgement) verdict() Verdict {
	switch wrong := func(f Finding) bool { return !f.Open }; {
	case slices.ContainsFunc(j.Findings, wrong):
		return Fail
	case len(j.Findings) > 0:
		return NotYetKnown
	case len(j.Subjects) == 0:
		return NotApplicable
	}
	return Pass
}

// OK reports that every control passes or does not apply. What is not yet known
// is not OK.
func (r Report) OK() bool { return r.Count(Fail)+r.Count(NotYetKnown) == 0 }

// Count returns how many controls came to the verdict.
func (r Report) Count(v Verdict) int {
	n := 0
	for _, result := range r.Results {
		if result.Verdict == v {
			n++
		}
	}
	return n
}

// Result returns the result of the control with the given id, and whether there
// is one.
func (r Report) Result(id string) (Result, bool) {
	i := slices.IndexFunc(r.Results, func(result Result) bool { return result.ID == id })
	if i < 0 {
		return Result{}, false
	}
	return r.Results[i], true
}
