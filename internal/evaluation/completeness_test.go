package evaluation

import (
	"slices"
	"testing"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/stack"
	"github.com/gxp-landing-zone/gxp-landing-zone/landingzone"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

func TestCases_ProveEveryGuardrailAndNothingElse(t *testing.T) {
	w, err := newWorld(production(t))
	if err != nil {
		t.Fatal(err)
	}
	known, proven := map[string]bool{}, map[string]bool{}
	for _, c := range slices.Concat(qualification.Controls(), stack.Controls(), landingzone.GuardrailControls()) {
		known[c.ID] = true
	}
	for _, c := range w.cases() {
		if !known[c.Proves] {
			t.Errorf("%s proves %s, which is no control", c.ID, c.Proves)
		}
		if !c.Allowed {
			proven[c.Proves] = true
		}
	}
	rendered := map[string]bool{}
	for _, d := range w.policies {
		for _, s := range d.parsed.Statements {
			rendered[s.Sid] = true
		}
	}
	for _, g := range landingzone.Guardrails() {
		if rendered[g.Sid] && !proven[g.ID] {
			t.Errorf("no case must be denied by %s (%s)", g.ID, g.Sid)
		}
	}
}
