package qualification

import (
	"slices"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/control"
)

// TraceLine is a requirement and the controls that answer it.
type TraceLine struct {
	Requirement Requirement `json:"requirement"`

	// Controls are the ids of the controls in force, in their order.
	Controls []string `json:"controls"`
}

// Orphan is a control that names a requirement which does not exist.
type Orphan struct {
	Control     string `json:"control"`
	Requirement string `json:"requirement"`
}

// TraceMatrix relates requirements and controls, in both directions.
type TraceMatrix struct {
	// Lines hold every requirement, in the order of the set.
	Lines []TraceLine `json:"lines"`

	// Unanswered are the ids of the technical and shared requirements that no
	// control answers. A procedural requirement needs none.
	Unanswered []string `json:"unanswered"`

	// Untraced are the ids of the controls that answer no requirement.
	Untraced []string `json:"untraced"`

	// Orphans are the controls that name requirements which do not exist.
	Orphans []Orphan `json:"orphans"`

	// Repeated are the ids that more than one control has.
	Repeated []string `json:"repeated"`
}

// Trace relates the requirements of a set to controls of any kind. Withdrawn
// controls answer nothing.
func Trace(set *RequirementSet, controls []control.Control) TraceMatrix {
	matrix := TraceMatrix{
		Lines: []TraceLine{}, Unanswered: []string{}, Untraced: []string{}, Orphans: []Orphan{}, Repeated: []string{},
	}
	answers := map[string][]string{}
	seen := map[string]bool{}
	for _, c := range controls {
		if seen[c.ID] {
			matrix.Repeated = append(matrix.Repeated, c.ID)
		}
		seen[c.ID] = true
		if c.Withdrawn != "" {
			continue
		}
		if len(c.Requirements) == 0 {
			matrix.Untraced = append(matrix.Untraced, c.ID)
		}
		for _, id := range c.Requirements {
			if _, exists := set.ByID(id); !exists {
				matrix.Orphans = append(matrix.Orphans, Orphan{c.ID, id})
			}
			if !slices.Contains(answers[id], c.ID) {
				answers[id] = append(answers[id], c.ID)
			}
		}
	}
	for _, r := range set.Requirements {
		matrix.Lines = append(matrix.Lines, TraceLine{r, listed(answers[r.ID])})
		if r.Nature != Procedural && len(answers[r.ID]) == 0 {
			matrix.Unanswered = append(matrix.Unanswered, r.ID)
		}
	}
	return matrix
}
