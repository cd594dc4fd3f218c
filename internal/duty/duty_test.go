package duty

import (
	"slices"
	"testing"
)

func TestConflict_IsTheSameFromBothSides(t *testing.T) {
	tests := 0
	for _, a := range All() {
		for _, b := range All() {
			there, one := Conflict(a, b)
			back, other := Conflict(b, a)
			if there != back || one != other || one != (there != "") {
				t.Errorf("%s and %s: %q %t, the other way round %q %t", a, b, there, one, back, other)
			}
			tests++
		}
	}
	if tests == 0 {
		t.Fatal("there are no duties")
	}
}

func TestConflict_KeepsApartWhatRegulationsKeepApart(t *testing.T) {
	tests := map[string]struct {
		a, b string
		want bool
	}{
		"author and approver":               {Developer, QAApprover, true},
		"builder and approver":              {PlatformEngineer, QAApprover, true},
		"operator and approver":             {Operator, QAApprover, true},
		"builder and auditor":               {PlatformEngineer, Auditor, true},
		"guard and auditor":                 {SecurityAdministrator, Auditor, true},
		"builder and guard":                 {PlatformEngineer, SecurityAdministrator, true},
		"emergency and anything":            {BreakGlass, Billing, true},
		"emergency and a company's own":     {"Statistician", BreakGlass, true},
		"operator and steward":              {Operator, DataSteward, false},
		"auditor and approver":              {Auditor, QAApprover, false},
		"a duty and itself":                 {BreakGlass, BreakGlass, false},
		"two that the program knows not of": {"Statistician", "Monitor", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if _, got := Conflict(tt.a, tt.b); got != tt.want {
				t.Errorf("Conflict(%s, %s) = %t, want %t", tt.a, tt.b, got, tt.want)
			}
		})
	}
}

func TestConflicts_AreAboutDutiesThatThereAre(t *testing.T) {
	for _, c := range conflicts {
		if !slices.Contains(All(), c.a) || !slices.Contains(All(), c.b) || c.reason == "" {
			t.Errorf("%+v names a duty that there is not, or has no reason", c)
		}
	}
	if names := slices.Sorted(slices.Values(All())); len(slices.Compact(names)) != len(All()) {
		t.Error("a duty is listed twice")
	}
}
