// The GxP landing zone: one Pulumi stack that builds a multi-account AWS
// environment fit for GxP work. Package internal/stack is its table of contents.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/asset"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/bootstrap"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/stack"
)

func main() { pulumi.Run(run) }

// run reads the configuration that the engine hands over, refuses it as a whole
// or not at all, and composes the landing zone from it.
func run(ctx *pulumi.Context) error {
	values := map[string]string{}
	if given := os.Getenv(pulumi.EnvConfig); given != "" {
		if err := json.Unmarshal([]byte(given), &values); err != nil {
			return fmt.Errorf("read the configuration in %s: %w", pulumi.EnvConfig, err)
		}
	}
	c, err := config.FromStack(values, fmt.Sprintf("Pulumi.%s.yaml", ctx.Stack()))
	if err != nil {
		return err
	}
	if c.LandingZone.Baseline.Enabled {
		if err := asset.Ensure(ctx.Context(), "."); err != nil {
			return err
		}
	}
	return stack.Program(c, bootstrap.New(c.LandingZone.Regions.Home, c.GxP.Endpoint))(ctx)
}
