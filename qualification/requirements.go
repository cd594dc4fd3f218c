package qualification

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"
)

// Nature says who meets a requirement.
type Nature string

// The natures of a requirement.
const (
	// Technical: the program enforces or detects it.
	Technical Nature = "technical"
	// Shared: the program gives the mechanism, the company's procedure
	// completes it.
	Shared Nature = "shared"
	// Procedural: the company's procedure alone. Reports say so and claim
	// nothing.
	Procedural Nature = "procedural"
)

// RiskClass is how much harm an unmet requirement can do to patients, product
// quality or records.
type RiskClass string

// The classes of risk.
const (
	HighRisk   RiskClass = "high"
	MediumRisk RiskClass = "medium"
	LowRisk    RiskClass = "low"
)

// Risk is a class of risk and the reason for it.
type Risk struct {
	Class  RiskClass `yaml:"class" json:"class"`
	Reason string    `yaml:"reason" json:"reason"`
}

// Requirement is one thing that is asked of the environment.
type Requirement struct {
	// ID identifies the requirement in controls and reports, such as
	// CFR-11.10(e). IDs never change and are never reused.
	ID string `yaml:"id" json:"id"`

	// Source is the document that asks for it, Clause where in the document.
	Source string `yaml:"source" json:"source"`
	Clause string `yaml:"clause" json:"clause"`

	// Title states the requirement in a line.
	Title string `yaml:"title" json:"title"`

	// Nature says who meets it.
	Nature Nature `yaml:"nature" json:"nature"`

	// Risk is what is at stake.
	Risk Risk `yaml:"risk" json:"risk"`

	// Text says in our own words what is asked for.
	Text string `yaml:"text" json:"text"`

	// Company says what remains the company's to do. It is empty for a
	// technical requirement, and for no other.
	Company string `yaml:"company" json:"company,omitempty"`
}

// RequirementSet is a version of all requirements.
type RequirementSet struct {
	// Version is a semantic version; every tagged resource carries it.
	Version string `yaml:"version" json:"version"`

	// Requirements are in the order of their sources and clauses.
	Requirements []Requirement `yaml:"requirements" json:"requirements"`
}

// ByID returns the requirement with the given id, and whether there is one.
func (s *RequirementSet) ByID(id string) (Requirement, bool) {
	i := slices.IndexFunc(s.Requirements, func(r Requirement) bool { return r.ID == id })
	if i < 0 {
		return Requirement{}, false
	}
	return s.Requirements[i], true
}

//go:embed requirements.yaml
var embeddedRequirements []byte

// productRequirements cannot fail in a program that was tested: the file is
// part of the program and a test reads it.
var productRequirements = sync.OnceValue(func() *RequirementSet {
	set, err := ParseRequirements(embeddedRequirements)
	if err != nil {
		panic(fmt.Sprintf("requirements.yaml, embedded: %v", err))
	}
	return set
})

// Requirements returns the requirements that the landing zone answers to. The
// caller may change what it gets.
func Requirements() *RequirementSet {
	set := *productRequirements()
	set.Requirements = slices.Clone(set.Requirements)
	return &set
}

// RequirementSetVersion returns the version of the requirements, as it stands
// in tags and reports.
func RequirementSetVersion() string { return productRequirements().Version }

// ParseRequirements reads a requirement set. Unknown keys are errors, and the
// error tells everything that is wrong with the set.
func ParseRequirements(data []byte) (*RequirementSet, error) {
	set := &RequirementSet{}
	if err := yaml.NewDecoder(bytes.NewReader(data), yaml.Strict()).Decode(set); err != nil {
		return nil, fmt.Errorf("read requirements: %w", err)
	}
	if err := set.validate(); err != nil {
		return nil, fmt.Errorf("requirements: %w", err)
	}
	return set, nil
}

var semanticVersion = regexp.MustCompile(`^\d+\.\d+\.\d+$`)

func (s *RequirementSet) validate() error {
	var problems []error
	if !semanticVersion.MatchString(s.Version) {
		problems = append(problems, fmt.Errorf("version: %q must be three numbers, such as 1.0.0", s.Version))
	}
	if len(s.Requirements) == 0 {
		problems = append(problems, errors.New("requirements: there are none"))
	}
	seen := map[string]bool{}
	for i, r := range s.Requirements {
		at := r.ID
		if at == "" {
			at = fmt.Sprintf("requirements[%d]", i)
		}
		if seen[r.ID] {
			problems = append(problems, fmt.Errorf("%s: the id is used twice; ids are unique", at))
		}
		seen[r.ID] = true
		for _, problem := range r.problems() {
			problems = append(problems, fmt.Errorf("%s: %s", at, problem))
		}
	}
	return errors.Join(problems...)
}

func (r Requirement) problems() []string {
	var problems []string
	for _, field := range []struct{ name, value string }{
		{"id", r.ID}, {"source", r.Source}, {"clause", r.Clause},
		{"title", r.Title}, {"risk.reason", r.Risk.Reason}, {"text", r.Text},
	} {
		if strings.TrimSpace(field.value) == "" {
			problems = append(problems, field.name+" is required")
		}
	}
	if !slices.Contains([]Nature{Technical, Shared, Procedural}, r.Nature) {
		problems = append(problems, fmt.Sprintf("nature %q must be technical, shared or procedural", r.Nature))
	}
	if !slices.Contains([]RiskClass{HighRisk, MediumRisk, LowRisk}, r.Risk.Class) {
		problems = append(problems, fmt.Sprintf("risk.class %q must be high, medium or low", r.Risk.Class))
	}
	switch says := strings.TrimSpace(r.Company) != ""; {
	case r.Nature == Technical && says:
		problems = append(problems, "company must be empty: a technical requirement leaves nothing to the company")
	case r.Nature != Technical && !says:
		problems = append(problems, "company is required: say what remains the company's to do")
	}
	return problems
}
