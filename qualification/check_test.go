package qualification_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/control"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/mutation"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

// judged is a control that always finds the same.
func judged(id string, subjects int, findings ...qualification.Finding) qualification.DesignControl {
	return qualification.DesignControl{
		Control: control.Control{ID: id},
		Judge: func(*qualification.Graph) qualification.Judgement {
			return qualification.Judgement{Subjects: make([]string, subjects), Findings: findings}
		},
	}
}

func TestCheck_ComesToAVerdict(t *testing.T) {
	wrong, open := qualification.Finding{Problem: "wrong"}, qualification.Finding{Open: true}
	tests := map[string]struct {
		control qualification.DesignControl
		want    qualification.Verdict
		ok      bool
	}{
		"nothing wrong":           {judged("A", 1), qualification.Pass, true},
		"nothing to judge":        {judged("A", 0), qualification.NotApplicable, true},
		"a subject is missing":    {judged("A", 0, wrong), qualification.Fail, false},
		"not all is known":        {judged("A", 2, open), qualification.NotYetKnown, false},
		"wrong and not all known": {judged("A", 2, open, wrong), qualification.Fail, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			report := qualification.Check(sample(), []qualification.DesignControl{tt.control})
			if got := report.Results[0].Verdict; got != tt.want || report.OK() != tt.ok || report.Count(tt.want) != 1 {
				t.Errorf("%s, OK() = %v; want %s, %v", got, report.OK(), tt.want, tt.ok)
			}
		})
	}
}

func TestCheck_LeavesOutWithdrawnControls(t *testing.T) {
	c := judged("A", 1)
	c.Withdrawn = "2026-01-01: replaced by B"
	if report := qualification.Check(sample(), []qualification.DesignControl{c, judged("B", 1)}); len(report.Results) != 1 {
		t.Errorf("%d results, want that of B alone", len(report.Results))
	}
}

func TestCheck_GivesTheSameReportForTheSameGraph(t *testing.T) {
	broken, _, err := mutation.Apply(sample(), mutation.OfType("aws:s3/bucketPolicy:BucketPolicy"), mutation.Set("policy", allowsAll))
	if err != nil {
		t.Fatal(err)
	}
	first := check(broken)
	for range 5 {
		if diff := cmp.Diff(first, check(broken)); diff != "" {
			t.Fatalf("another report:\n%s", diff)
		}
	}
}

func TestResult_RendersEmptyListsAsLists(t *testing.T) {
	report := qualification.Check(sample(), []qualification.DesignControl{judged("A", 0)})
	got, err := json.Marshal(report.Results[0])
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"id":"A","title":"","rationale":"","kind":"","verification":"","requirements":[],` +
		`"verdict":"not applicable","subjects":[],"findings":[]}`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestTrace_RelatesRequirementsAndControls(t *testing.T) {
	set := &qualification.RequirementSet{Requirements: []qualification.Requirement{
		{ID: "R1", Nature: qualification.Technical}, {ID: "R2", Nature: qualification.Shared},
		{ID: "R3", Nature: qualification.Procedural}, {ID: "R4", Nature: qualification.Technical},
	}}
	matrix := qualification.Trace(set, []control.Control{
		{ID: "A", Requirements: []string{"R1", "R1"}}, {ID: "B", Requirements: []string{"R1", "R9"}}, {ID: "C"},
		{ID: "D", Requirements: []string{"R4"}, Withdrawn: "2026-01-01"}, {ID: "A", Requirements: []string{"R1"}},
	})
	for what, got := range map[string]struct{ got, want any }{
		"the controls of R1":      {matrix.Lines[0].Controls, []string{"A", "B"}},
		"unanswered requirements": {matrix.Unanswered, []string{"R2", "R4"}},
		"untraced controls":       {matrix.Untraced, []string{"C"}},
		"orphans":                 {matrix.Orphans, []qualification.Orphan{{Control: "B", Requirement: "R9"}}},
		"repeated ids":            {matrix.Repeated, []string{"A"}},
	} {
		if diff := cmp.Diff(got.want, got.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
	}
}
