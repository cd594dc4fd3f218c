package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/cost"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/stack"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

// formats are the forms of the result of a check.
var formats = []string{"text", "json", "sarif", "junit"}

// largestState is the size of the largest state that is read. A stack with ten
// thousand accounts has a fifth of it.
const largestState = 512 << 20

func newCheck(a *app) *cobra.Command {
	var stateFile, format string
	var asJSON bool
	var evaluation string
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Run the controls on what the configuration describes, or on a deployed state",
		Long: `Runs the design controls on a render of the stack, or on a state that "pulumi stack
export", "gxp render" or "gxp rehearse --state" has written. Exits with 1 when a control
fails or cannot be judged yet.

Policies are evaluated too, by the tool that "make tools" installs: each case is a request
that must be allowed or denied. Without the tool nothing is evaluated, and the result says so.

The result ends with what the graph costs in a month in which nothing happens, by list
price, and names what is charged by use on top of it.`,
		Example: `  gxp check
  gxp check --json
  gxp check --evaluation require
  gxp check --format sarif > gxp.sarif
  pulumi stack export | gxp check --state -`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if asJSON {
				format = "json"
			}
			if !slices.Contains(formats, format) {
				return fmt.Errorf("--format %q is not one of %s", format, strings.Join(formats, ", "))
			}
			if !slices.Contains(evaluationModes, evaluation) {
				return fmt.Errorf("--evaluation %q is not one of %s", evaluation, strings.Join(evaluationModes, ", "))
			}
			graph, err := a.graph(cmd, stateFile)
			if err != nil {
				return err
			}
			result := check(graph)
			result.evaluate(cmd.Context(), graph, evaluation)
			if err := a.printCheck(result, format); err != nil {
				return err
			}
			if !result.OK {
				return errFindings
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&stateFile, "state", "", "check this exported state instead of a render; - reads standard input")
	cmd.Flags().StringVar(&format, "format", "text", "form of the result: "+strings.Join(formats, ", "))
	cmd.Flags().BoolVar(&asJSON, "json", false, "the same as --format json")
	cmd.Flags().StringVar(&evaluation, "evaluation", evaluationAuto,
		"whether to evaluate policies: auto (where the tool is installed), require (fail without it), off")
	cmd.MarkFlagsMutuallyExclusive("json", "format")
	return cmd
}

// graph is what is to be checked.
func (a *app) graph(cmd *cobra.Command, stateFile string) (*qualification.Graph, error) {
	if cmd.Flags().Changed("state") {
		return a.state(stateFile)
	}
	p, err := open(a.stack)
	if err != nil {
		return nil, err
	}
	return p.render(cmd.Context(), p.cfg)
}

// state reads an exported state.
func (a *app) state(name string) (*qualification.Graph, error) {
	source := a.in
	if name != "-" {
		file, err := os.Open(name)
		if err != nil {
			return nil, fmt.Errorf("--state: %w", err)
		}
		defer file.Close()
		source = file
	}
	data, err := io.ReadAll(io.LimitReader(source, largestState+1))
	if err != nil {
		return nil, fmt.Errorf("--state %s: %w", name, err)
	}
	if len(data) > largestState {
		return nil, fmt.Errorf("--state %s is larger than %d MiB", name, largestState>>20)
	}
	graph, err := qualification.LoadDeployment(data)
	if err != nil {
		return nil, fmt.Errorf("--state %s: %w", name, err)
	}
	return graph, nil
}

// check runs all design controls.
func check(g *qualification.Graph) *checkResult {
	report := qualification.Check(g, qualification.DesignControls())
	rules := rulesOf(g)
	result := &checkResult{
		Controls:    report.Results,
		ConfigRules: rules,
		Cost:        cost.Of(g, time.Now()),
		OK:          report.OK() && (len(rules.Missing) == 0 || rules.Covered == 0),
	}
	for _, line := range qualification.Trace(qualification.Requirements(), slices.Concat(qualification.Controls(), stack.Controls())).Lines {
		result.Requirements = append(result.Requirements, checkedRequirement{
			ID: line.Requirement.ID, Nature: line.Requirement.Nature, Controls: line.Controls,
		})
	}
	return result
}

// judge is check as a rehearsal wants it.
func judge(g *qualification.Graph) rehearsal.Judgement {
	report := qualification.Check(g, qualification.DesignControls())
	judged := rehearsal.Judgement{Verdicts: rehearsal.Verdicts{
		Passed:  report.Count(qualification.Pass),
		Failed:  report.Count(qualification.Fail),
		Unknown: report.Count(qualification.NotYetKnown),
	}}
	for _, result := range report.Results {
		for _, f := range result.Findings {
			judged.Findings = append(judged.Findings, result.ID+" "+sentence(f))
		}
	}
	return judged
}

func (a *app) printCheck(r *checkResult, format string) error {
	switch format {
	case "json":
		return writeJSON(a.out, r)
	case "sarif":
		return r.writeSARIF(a.out, "Pulumi."+cmp.Or(a.stack, "prod")+".yaml")
	case "junit":
		return r.writeJUnit(a.out)
	default:
		return r.writeText(a.out)
	}
}
