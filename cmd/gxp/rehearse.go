package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal/offline"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/stack"
)

// mostAccounts bounds --accounts: AWS Organizations does not go beyond.
const mostAccounts = 10000

func newRehearse(a *app) *cobra.Command {
	var options struct {
		accounts       int
		fault, latency string
		segment        bool
		asJSON         bool
		stateFile      string
	}
	cmd := &cobra.Command{
		Use:   "rehearse",
		Short: "Deploy the stack on the real Pulumi engine against an offline AWS",
		Long: `Runs the real Pulumi engine against an offline AWS, a test double in this process:
preview, up, a second preview that must show no change, the controls on the resulting
state, the removal of an account, a shorter retention and the destruction of the stack,
which must all be refused. Nothing leaves this machine, and everything is removed at the
end.`,
		Example: `  gxp rehearse
  gxp rehearse --accounts 100      add 100 synthetic workload accounts afterwards
  gxp rehearse --segment           add a synthetic segment to the network afterwards
  gxp rehearse --fault             let a creation fail halfway, then converge
  gxp rehearse --fault=Trail       let the creation of the trail fail
  gxp rehearse --latency aws       wait as AWS lets one wait, sixty times faster
  gxp rehearse --json --state state.json`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if options.accounts < 0 || options.accounts > mostAccounts {
				return fmt.Errorf("--accounts is %d, must be 0 to %d", options.accounts, mostAccounts)
			}
			latency, err := parseLatency(options.latency)
			if err != nil {
				return fmt.Errorf("--latency: %w", err)
			}
			p, err := open(a.stack)
			if err != nil {
				return err
			}
			if err := writable(options.stateFile); err != nil {
				return err
			}
			cli, err := rehearsal.FindCLI(cmd.Context(), p.root, a.err)
			if err != nil {
				return err
			}
			fmt.Fprintf(a.err, "rehearsing %s/%s. %s\n", p.name, p.stack, rehearsal.Notice)
			summary, err := rehearsal.Run(cmd.Context(), rehearsal.Options{
				CLI: cli, Project: p.name, Stack: p.stack, Config: p.cfg, Values: p.values,
				Program: stack.Program, Controls: judge,
				Accounts: options.accounts, Segment: options.segment, Fault: options.fault, Latency: latency,
				Progress: rehearsal.NewProgress(a.err, terminal(a.err)), Kill: a.kill,
			})
			if err != nil {
				return err
			}
			if err := writeState(options.stateFile, summary.State); err != nil {
				return err
			}
			if err := printSummary(a, summary, options.asJSON); err != nil {
				return err
			}
			if !summary.OK {
				return errFindings
			}
			return nil
		},
	}
	flags := cmd.Flags()
	flags.IntVar(&options.accounts, "accounts", 0, "add this many synthetic workload accounts to the deployed stack")
	flags.BoolVar(&options.segment, "segment", false, "add a synthetic segment to the network of the deployed stack")
	flags.StringVar(&options.fault, "fault", "", "let a creation fail once, by part of its URN or type, or one in the middle")
	flags.Lookup("fault").NoOptDefVal = rehearsal.Middle
	flags.StringVar(&options.latency, "latency", "none", "how slow the offline AWS is: none or aws")
	flags.BoolVar(&options.asJSON, "json", false, "print the summary as JSON")
	flags.StringVar(&options.stateFile, "state", "", "write the deployed state to this file, as \"pulumi stack export\" would")
	return cmd
}

// parseLatency reads the flag, whose "none" is the profile without a name.
func parseLatency(name string) (offline.Latency, error) {
	if name == "none" {
		return offline.Instant, nil
	}
	return offline.ParseLatency(name)
}

func printSummary(a *app, s *rehearsal.Summary, asJSON bool) error {
	if asJSON {
		return writeJSON(a.out, s)
	}
	return s.WriteText(a.out)
}

// writable fails early when the file could not be written after a rehearsal of
// minutes. It leaves nothing behind.
func writable(file string) error {
	if file == "" {
		return nil
	}
	probe, err := os.CreateTemp(filepath.Dir(file), ".gxp-state-")
	if err != nil {
		return fmt.Errorf("--state %s cannot be written: %w", file, err)
	}
	probe.Close()
	return os.Remove(probe.Name())
}

// writeState writes the deployment, readable by its owner alone as Pulumi's
// own exports should be.
func writeState(file string, state []byte) error {
	if file == "" {
		return nil
	}
	if !json.Valid(state) {
		return fmt.Errorf("--state %s is not written: nothing was deployed", file)
	}
	if err := os.WriteFile(file, append(state, '\n'), 0o600); err != nil {
		return fmt.Errorf("--state: %w", err)
	}
	return nil
}
