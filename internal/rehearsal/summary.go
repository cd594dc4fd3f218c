package rehearsal

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
)

// Notice says what a rehearsal is, so that nobody takes it for more.
const Notice = "The engine is Pulumi's own. AWS is an offline test double: nothing real is created, " +
	"and what it accepts the real AWS may still refuse."

// Summary is the result of a rehearsal. Its JSON form is a contract.
type Summary struct {
	// Resources is the number of resources in the stack's state, with the
	// stack itself, its components and its providers.
	Resources int `json:"resources"`

	// ResourcesByPackage counts the same resources by the package of this
	// program whose component holds them, such as logging. What stands outside
	// any component is counted under the Pulumi package it comes from.
	ResourcesByPackage map[string]int `json:"resourcesByPackage"`

	// Accounts is the number of accounts in the organization, management
	// included.
	Accounts int `json:"accounts"`

	// Providers is the number of provider instances in the state.
	Providers int `json:"providers"`

	// SecondPreviewChanges is the number of changes that a preview shows right
	// after the stack was deployed. It should be 0; -1 says that the rehearsal
	// did not get that far.
	SecondPreviewChanges int `json:"secondPreviewChanges"`

	// Controls counts the verdicts of the controls on the state.
	Controls Verdicts `json:"controls"`

	// Phases are the steps of the rehearsal in the order they were run.
	Phases []Phase `json:"phases"`

	// PeakMemoryMB is the largest resident memory of this process, which holds
	// the program and the offline AWS, plus that of the largest engine process,
	// in mebibytes. Both did not necessarily peak at once, so it is an upper
	// bound.
	PeakMemoryMB int `json:"peakMemoryMB"`

	// OK is true when every phase went as it should.
	OK bool `json:"ok"`

	// State is the deployment before anything was destroyed, as "pulumi stack
	// export" prints it; nil when nothing was deployed.
	State []byte `json:"-"`
}

// Verdicts counts controls by what they found.
type Verdicts struct {
	Passed  int `json:"passed"`
	Failed  int `json:"failed"`
	Unknown int `json:"unknown"`
}

// Phase is one step of a rehearsal.
type Phase struct {
	// Name identifies the step, such as "second preview".
	Name string `json:"name"`

	// Seconds is how long it took.
	Seconds float64 `json:"seconds"`

	// EngineSeconds is how long the engine's own process took of it.
	EngineSeconds float64 `json:"engineSeconds"`

	// Operations counts the engine's steps by operation: create, same, update,
	// delete and so on.
	Operations map[string]int `json:"operations,omitempty"`

	// OK says whether the step went as it should. For a step that must be
	// refused, such as the destruction of protected records, that means that it
	// was.
	OK bool `json:"ok"`

	// Refused is true when the engine was to refuse the step and did. What
	// Operations counts was then at most planned.
	Refused bool `json:"refused,omitempty"`

	// Reason says what went wrong, or for a step that must be refused what the
	// engine said.
	Reason string `json:"reason,omitempty"`
}

// WriteText writes the summary for people.
func (s *Summary) WriteText(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n", Notice)
	table := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "phase\tresult\tseconds\toperations")
	for _, p := range s.Phases {
		fmt.Fprintf(table, "%s\t%s\t%.1f\t%s\n", p.Name, p.result(), p.Seconds, p.did())
	}
	table.Flush()
	for _, p := range s.Phases {
		if !p.OK {
			fmt.Fprintf(&b, "\n%s failed:\n%s\n", p.Name, indent(p.Reason))
		}
	}
	b.WriteByte('\n')

	rows := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintf(rows, "resources\t%d\t%s\n", s.Resources, operations(s.ResourcesByPackage))
	fmt.Fprintf(rows, "accounts\t%d\t\n", s.Accounts)
	fmt.Fprintf(rows, "providers\t%d\t\n", s.Providers)
	if s.SecondPreviewChanges < 0 {
		fmt.Fprintf(rows, "second preview\tnot reached\t\n")
	} else {
		fmt.Fprintf(rows, "second preview\t%d changes\t\n", s.SecondPreviewChanges)
	}
	fmt.Fprintf(rows, "controls\t%d passed\t%d failed, %d unknown\n",
		s.Controls.Passed, s.Controls.Failed, s.Controls.Unknown)
	fmt.Fprintf(rows, "seconds\t%.1f\t\n", s.seconds())
	fmt.Fprintf(rows, "peak memory\t%d MB\tthis process and the largest engine process\n", s.PeakMemoryMB)
	rows.Flush()
	fmt.Fprintf(&b, "\nrehearsal %s\n", word(s.OK))
	_, err := io.WriteString(w, b.String())
	return err
}

func (s *Summary) seconds() float64 {
	total := 0.0
	for _, p := range s.Phases {
		total += p.Seconds
	}
	return total
}

// result is the outcome of the phase in a word.
func (p Phase) result() string {
	if p.Refused {
		return "refused"
	}
	return word(p.OK)
}

// did is what the engine did in the phase.
func (p Phase) did() string {
	if p.Refused {
		return "as it should be"
	}
	return operations(p.Operations)
}

func word(ok bool) string {
	if ok {
		return "ok"
	}
	return "FAILED"
}

// operations lists counts, the largest first: "create 41, same 2".
func operations(counts map[string]int) string {
	names := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	parts := make([]string, 0, len(names))
	for _, name := range names {
		parts = append(parts, fmt.Sprintf("%s %d", name, counts[name]))
	}
	return strings.Join(parts, ", ")
}

func indent(text string) string {
	return "  " + strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n  ")
}
