package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/render"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/stack"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

func newRender(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "render",
		Short: "Print the resource graph that the configuration describes",
		Long: `Runs the program without engine and without AWS and prints its resources as JSON in
the shape of a Pulumi deployment. URNs and inputs are those of the deployed stack; ids
and outputs are made up.`,
		Example: `  gxp render
  gxp render --stack emulator > graph.json
  gxp render | jq -r '.deployment.resources[].urn'`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			p, err := open(a.stack)
			if err != nil {
				return err
			}
			graph, err := p.render(cmd.Context(), p.cfg)
			if err != nil {
				return err
			}
			return graph.WriteDeployment(a.out)
		},
	}
}

// render returns the graph of a configuration of the project.
func (p *project) render(ctx context.Context, cfg *config.Config) (*qualification.Graph, error) {
	graph, err := render.Render(ctx, p.name, p.stack, stack.Program(cfg, &rehearsal.Recorder{}),
		render.Quotas(rehearsal.Granted(cfg)))
	if err != nil {
		return nil, fmt.Errorf("render stack %s: %w", p.stack, err)
	}
	return graph, nil
}

// writeJSON writes a value indented, with characters such as & and < as they
// are: the reader is a program or a person, never a browser.
func writeJSON(w io.Writer, value any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}
