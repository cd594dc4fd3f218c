package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/netplan"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/segmentation"
)

// matrixFormats are the forms of the segmentation matrix.
var matrixFormats = []string{"markdown", "svg", "json"}

func newSegmentation(a *app) *cobra.Command {
	var format, output string
	cmd := &cobra.Command{
		Use:   "segmentation",
		Short: "Print who may reach whom in the network",
		Long: `Prints the segmentation matrix of the network that the configuration describes: which
segment may reach which, the internet and the company's own network, and what a firewall
inspects. As Markdown, as a picture, or as JSON.

A stack without a network is no error: gxp says so on standard error, prints and writes
nothing, and exits with 0.`,
		Example: `  gxp segmentation
  gxp segmentation --format svg --output network.svg
  gxp segmentation --format json | jq '.places[].name'`,
		Args: noArguments,
		RunE: func(*cobra.Command, []string) error {
			if !slices.Contains(matrixFormats, format) {
				return fmt.Errorf("--format %q is not one of %s", format, strings.Join(matrixFormats, ", "))
			}
			p, err := open(a.stack)
			if err != nil {
				return err
			}
			if !p.cfg.LandingZone.Network.Enabled {
				fmt.Fprintf(a.err, "stack %s has no network: landingzone:network is not enabled\n", p.stack)
				return nil
			}
			plan, err := netplan.New(p.cfg.LandingZone.Network)
			if err != nil {
				return fmt.Errorf("landingzone:network: %w", err)
			}
			return a.printMatrix(segmentation.FromPlan(plan), "Network segmentation: stack "+p.stack, format, output)
		},
	}
	cmd.Flags().StringVar(&format, "format", "markdown", "form of the matrix: "+strings.Join(matrixFormats, ", "))
	cmd.Flags().StringVar(&output, "output", "", "write this file instead of standard output, in one step")
	return cmd
}

// printMatrix writes the matrix to a file, or to standard output where none is
// named.
func (a *app) printMatrix(m segmentation.Matrix, title, format, output string) error {
	var b strings.Builder
	switch format {
	case "svg":
		b.WriteString(m.SVG(title))
	case "json":
		if err := writeJSON(&b, m); err != nil {
			return err
		}
	default:
		b.WriteString("# " + title + "\n\n" + m.Markdown())
	}
	if output == "" {
		_, err := fmt.Fprint(a.out, b.String())
		return err
	}
	if err := replaceFile(output, b.String()); err != nil {
		return fmt.Errorf("--output %s cannot be written: %w", output, err)
	}
	return nil
}

// replaceFile writes a file in one step, so that nobody reads half of it and a
// run that is cut short leaves the old one.
func replaceFile(file, content string) error {
	draft, err := os.CreateTemp(filepath.Dir(file), ".gxp-writing-")
	if err != nil {
		return err
	}
	defer os.Remove(draft.Name())
	_, err = draft.WriteString(content)
	// What is written is for others to read, as any other output.
	if err = errors.Join(err, draft.Chmod(0o644), draft.Close()); err != nil {
		return err
	}
	return os.Rename(draft.Name(), file)
}
