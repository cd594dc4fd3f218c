// Command build leaves the code of every Lambda function in dist/, where the
// program takes it from. It runs in the project's folder.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/asset"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := asset.Ensure(ctx, "."); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
