package main

import (
	"time"

	"github.com/spf13/cobra"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/stack"
)

// newBenchRender is the process that renders and checks, and nothing else.
func newBenchRender(a *app) *cobra.Command {
	var accounts int
	cmd := &cobra.Command{
		Use:    "render",
		Short:  "Measure render and controls in this process",
		Hidden: true,
		Args:   noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			start := time.Now()
			p, err := open(a.stack)
			if err != nil {
				return err
			}
			graph, err := p.render(cmd.Context(), rehearsal.WithAccounts(p.cfg, accounts))
			if err != nil {
				return err
			}
			half := time.Now()
			judged := judge(graph)
			if judged.Passed+judged.Failed+judged.Unknown == 0 {
				return errNoControls
			}
			return writeJSON(a.out, rendered{
				Resources:       len(graph.Resources),
				Providers:       rehearsal.Providers(graph),
				RenderSeconds:   half.Sub(start).Round(time.Millisecond).Seconds(),
				ControlsSeconds: time.Since(half).Round(time.Millisecond).Seconds(),
				PeakMemoryMB:    rehearsal.PeakMemoryMB(),
			})
		},
	}
	cmd.Flags().IntVar(&accounts, "accounts", 0, "number of workload accounts to add")
	return cmd
}

// newBenchEngine is the process that drives the engine, and nothing else.
func newBenchEngine(a *app) *cobra.Command {
	var accounts int
	cmd := &cobra.Command{
		Use:    "engine",
		Short:  "Measure the engine from this process",
		Hidden: true,
		Args:   noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			p, err := open(a.stack)
			if err != nil {
				return err
			}
			cli, err := rehearsal.FindCLI(cmd.Context(), p.root, a.err)
			if err != nil {
				return err
			}
			m, err := rehearsal.Measure(cmd.Context(), rehearsal.Options{
				CLI: cli, Project: p.name, Stack: p.stack, Values: p.values,
				Config: rehearsal.WithAccounts(p.cfg, accounts), Program: stack.Program,
				Progress: rehearsal.NewProgress(a.err, terminal(a.err)), Kill: a.kill,
			})
			if err != nil {
				return err
			}
			return writeJSON(a.out, m)
		},
	}
	cmd.Flags().IntVar(&accounts, "accounts", 0, "number of workload accounts to add")
	return cmd
}
