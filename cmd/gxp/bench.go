package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal"
)

// benchRow is what one size of the organization takes.
type benchRow struct {
	Accounts int `json:"accounts"` // added to those of the configuration
	rendered
	// RenderWallSeconds is a whole process that renders and checks.
	RenderWallSeconds float64  `json:"renderWallSeconds"`
	Engine            measured `json:"engine"`
	// Ratio is the engine's preview against that of as many plain resources.
	Ratio float64 `json:"ratio"`
}

// measured is rehearsal.Measurement under a name of its own, so that its fields
// stay apart from those of the render.
type measured = rehearsal.Measurement

// rendered is what a render and the controls take, in a process that does
// nothing else.
type rendered struct {
	Resources       int     `json:"resources"`
	Providers       int     `json:"providers"`
	RenderSeconds   float64 `json:"renderSeconds"`
	ControlsSeconds float64 `json:"controlsSeconds"`
	PeakMemoryMB    int     `json:"renderPeakMemoryMB"`
}

type benchResult struct {
	Rows    []benchRow `json:"rows"`
	Budgets []budget   `json:"budgets"`
	OK      bool       `json:"ok"`
}

func newBench(a *app) *cobra.Command {
	var sizes []int
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "bench",
		Short: "Measure render, controls and engine for growing numbers of accounts",
		Long: `Measures what the stack takes with workload accounts added: render, controls, preview
and up of the real engine against the offline AWS, and the same preview of a program that
registers as many plain resources. Each number comes from a process of its own. Exits with
1 when a budget is exceeded.`,
		Example: `  gxp bench
  gxp bench --accounts 0,10 --json`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			for _, n := range sizes {
				if n < 0 || n > mostAccounts {
					return fmt.Errorf("--accounts has %d, must be 0 to %d", n, mostAccounts)
				}
			}
			p, err := open(a.stack)
			if err != nil {
				return err
			}
			cli, err := rehearsal.FindCLI(cmd.Context(), p.root, a.err)
			if err != nil {
				return err
			}
			result := benchResult{}
			for _, n := range slices.Compact(slices.Sorted(slices.Values(sizes))) {
				row, err := a.benchOne(cmd.Context(), cli, n)
				if err != nil {
					return err
				}
				result.Rows = append(result.Rows, row)
			}
			result.Budgets = budgets(result.Rows)
			result.OK = !slices.ContainsFunc(result.Budgets, func(b budget) bool { return !b.OK })
			if asJSON {
				err = writeJSON(a.out, result)
			} else {
				err = result.writeText(a.out)
			}
			if err == nil && !result.OK {
				err = errFindings
			}
			return err
		},
	}
	cmd.Flags().IntSliceVar(&sizes, "accounts", []int{0, 10, 100, 1000}, "numbers of workload accounts to add")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the measurements as JSON")
	cmd.AddCommand(newBenchRender(a), newBenchEngine(a))
	return cmd
}

// benchOne measures one size, each part in a process of its own.
func (a *app) benchOne(ctx context.Context, cli string, accounts int) (benchRow, error) {
	row := benchRow{Accounts: accounts}
	fmt.Fprintf(a.err, "%d accounts added\n", accounts)
	// The first process pays for a cold disk cache.
	for range 2 {
		start := time.Now()
		if err := a.part(ctx, cli, "render", accounts, &row.rendered); err != nil {
			return row, err
		}
		row.RenderWallSeconds = time.Since(start).Round(time.Millisecond).Seconds()
	}
	if err := a.part(ctx, cli, "engine", accounts, &row.Engine); err != nil {
		return row, err
	}
	if row.Engine.PlainPreviewSeconds > 0 {
		row.Ratio = row.Engine.PreviewSeconds / row.Engine.PlainPreviewSeconds
	}
	return row, nil
}

// part runs this program as another process and reads its result.
func (a *app) part(ctx context.Context, cli, name string, accounts int, result any) error {
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("find this program: %w", err)
	}
	var out bytes.Buffer
	cmd := exec.CommandContext(ctx, self, "bench", name, "--stack", a.stack, "--accounts", strconv.Itoa(accounts))
	cmd.Env = append(os.Environ(), rehearsal.CLIVariable+"="+cli)
	cmd.Stdout = &out
	cmd.Stderr = a.err
	// Interrupted, the process removes what it made before it ends.
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 30 * time.Second
	err = cmd.Run()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return fmt.Errorf("measuring %s with %d accounts: %w", name, accounts, err)
	}
	if err := json.Unmarshal(out.Bytes(), result); err != nil {
		return fmt.Errorf("measuring %s with %d accounts: %w", name, accounts, err)
	}
	return nil
}

// errNoControls guards the figures: a check of nothing is fast.
var errNoControls = errors.New("there are no controls to measure")
