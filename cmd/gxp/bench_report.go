package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal"
)

// The budgets of the design.
const (
	renderBudgetSeconds = 1.0
	largeBudgetSeconds  = 3.0
	largeAccounts       = 1000
	renderBudgetMB      = 300
	previewBudgetRatio  = 1.5
	perAccountBudget    = 6.0
)

// budget compares one figure with what it may be.
type budget struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
	Limit float64 `json:"limit"`
	Unit  string  `json:"unit,omitempty"`
	// Ratio is Value in terms of Limit: up to 1 is within the budget.
	Ratio float64 `json:"ratio"`
	OK    bool    `json:"ok"`
}

// budgets judges the rows, which are in ascending order of accounts. A budget
// about a size that was not measured is left out.
func budgets(rows []benchRow) []budget {
	var list []budget
	add := func(name string, value, limit float64, unit string) {
		list = append(list, budget{name, value, limit, unit, value / limit, value <= limit})
	}
	for _, row := range rows {
		switch row.Accounts {
		case 0:
			add("render and controls, configuration as it is", row.RenderWallSeconds, renderBudgetSeconds, "s")
			add("memory of render and controls, configuration as it is", float64(row.PeakMemoryMB), renderBudgetMB, "MB")
		case largeAccounts:
			add(fmt.Sprintf("render and controls, %d accounts added", row.Accounts), row.RenderWallSeconds, largeBudgetSeconds, "s")
		}
	}
	for _, row := range rows {
		add(fmt.Sprintf("preview against plain resources, %d accounts added", row.Accounts), row.Ratio, previewBudgetRatio, "x")
	}
	for _, row := range rows[:min(len(rows), 1)] {
		for _, larger := range rows[1:] {
			each := float64(larger.Resources-row.Resources) / float64(larger.Accounts-row.Accounts)
			add(fmt.Sprintf("resources per account, %d to %d accounts added", row.Accounts, larger.Accounts),
				each, perAccountBudget, "")
			add(fmt.Sprintf("provider instances with %d accounts added, against %d", larger.Accounts, row.Providers),
				float64(larger.Providers), float64(row.Providers), "")
		}
	}
	return list
}

func (r benchResult) writeText(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n", rehearsal.Notice)
	table := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "accounts added\tresources\trender s\tcontrols s\tprocess s\tprocess MB\t"+
		"preview s\tplain s\tratio\tup s\tengine MB\t")
	for _, row := range r.Rows {
		fmt.Fprintf(table, "%d\t%d\t%.2f\t%.2f\t%.2f\t%d\t%.2f\t%.2f\t%.2f\t%.2f\t%d\t\n",
			row.Accounts, row.Resources, row.RenderSeconds, row.ControlsSeconds, row.RenderWallSeconds, row.PeakMemoryMB,
			row.Engine.PreviewSeconds, row.Engine.PlainPreviewSeconds, row.Ratio, row.Engine.UpSeconds, row.Engine.PeakMemoryMB)
	}
	table.Flush()
	b.WriteString("\nrender s and controls s are parts of process s, a whole process that renders and checks;\n" +
		"process MB is that process's peak memory, engine MB that of program, offline AWS and engine together.\n\n")
	rows := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(rows, "budget\tmeasured\tlimit\tratio\t")
	for _, budget := range r.Budgets {
		verdict := "ok"
		if !budget.OK {
			verdict = "EXCEEDED"
		}
		fmt.Fprintf(rows, "%s\t%.4g %s\t%.4g %s\t%.2f\t%s\n",
			budget.Name, budget.Value, budget.Unit, budget.Limit, budget.Unit, budget.Ratio, verdict)
	}
	rows.Flush()
	_, err := io.WriteString(w, b.String())
	return err
}
