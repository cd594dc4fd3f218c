package main

import (
	"fmt"
	"runtime/debug"

	"github.com/pulumi/pulumi/sdk/v3"
	"github.com/spf13/cobra"
)

func newVersion(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Print the versions of gxp and of the Pulumi SDK it is built with",
		Example: "  gxp version",
		Args:    noArguments,
		RunE: func(*cobra.Command, []string) error {
			version := "unknown"
			if info, ok := debug.ReadBuildInfo(); ok {
				version = info.Main.Version
				for _, setting := range info.Settings {
					if setting.Key == "vcs.revision" {
						version += " " + setting.Value
					}
				}
			}
			_, err := fmt.Fprintf(a.out, "gxp %s\npulumi %s\n", version, sdk.Version)
			return err
		},
	}
}
