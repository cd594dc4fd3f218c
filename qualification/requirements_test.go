package qualification_test

import (
	"strings"
	"testing"

	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

func TestRequirements_AreSixtyFromThreeSources(t *testing.T) {
	want := map[string]int{"AWS GxP reference architecture": 25, "21 CFR Part 11": 17, "EU GMP Annex 11": 18}
	got := map[string]int{}
	for _, r := range qualification.Requirements().Requirements {
		got[r.Source]++
	}
	for source, n := range want {
		if got[source] != n {
			t.Errorf("%s: %d requirements, want %d", source, got[source], n)
		}
	}
	if len(got) != len(want) {
		t.Errorf("sources are %v, want those of %v", got, want)
	}
}

func TestRequirements_AreWrittenInOneToThreeSentences(t *testing.T) {
	for _, r := range qualification.Requirements().Requirements {
		for field, text := range map[string]string{"text": r.Text, "company": r.Company, "risk": r.Risk.Reason} {
			sentences := strings.Count(text+" ", ". ")
			if text != "" && (sentences < 1 || sentences > 3 || !strings.HasSuffix(text, ".")) {
				t.Errorf("%s: %s has %d sentences: %q", r.ID, field, sentences, text)
			}
		}
	}
}

func TestRequirements_CanBeChangedByTheCallerWithoutHarm(t *testing.T) {
	qualification.Requirements().Requirements[0].ID = "changed"
	if id := qualification.Requirements().Requirements[0].ID; id != "ARCH-P1" {
		t.Errorf("the first requirement is %s, want ARCH-P1", id)
	}
}

func TestRequirementSetVersion_IsThatOfTheSet(t *testing.T) {
	if got, want := qualification.RequirementSetVersion(), qualification.Requirements().Version; got != want || got == "" {
		t.Errorf("RequirementSetVersion() = %q, want %q", got, want)
	}
}

func TestParseRequirements_Rejects(t *testing.T) {
	const valid = "version: 1.0.0\nrequirements:\n" +
		"  - {id: A, source: S, clause: C, title: T, nature: technical, risk: {class: low, reason: R}, text: X}\n"
	if _, err := qualification.ParseRequirements([]byte(valid)); err != nil {
		t.Fatalf("a valid set is refused: %v", err)
	}
	tests := map[string]struct{ change, to, want string }{
		"no version":                   {"version: 1.0.0", "version: ''", `version: "" must be three numbers`},
		"an unknown key":               {"clause:", "claws:", `unknown field "claws"`},
		"an unknown nature":            {"technical", "magical", `A: nature "magical" must be technical, shared or procedural`},
		"an unknown risk":              {"class: low", "class: tiny", `A: risk.class "tiny" must be high, medium or low`},
		"no text":                      {"text: X", "text: ''", "A: text is required"},
		"a duty in a technical one":    {"text: X", "text: X, company: all", "A: company must be empty"},
		"no duty in a shared one":      {"technical", "shared", "A: company is required"},
		"no requirement":               {valid[strings.Index(valid, "requirements"):], "requirements: []", "requirements: there are none"},
		"an id that is used twice":     {valid, valid + valid[strings.Index(valid, "  - "):], "A: the id is used twice"},
		"something that is no mapping": {valid, "- 1", "read requirements"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := qualification.ParseRequirements([]byte(strings.Replace(valid, tt.change, tt.to, 1)))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("ParseRequirements() = %v, want %q", err, tt.want)
			}
		})
	}
}
