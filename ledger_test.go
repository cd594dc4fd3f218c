package main

import (
	"strings"
	"testing"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/pulumitest"
)

// retired says of every identity that was released and is gone, since when and
// why nothing was lost with it.
var retired = map[string]string{}

func TestLedger_KeepsEveryIdentityThatWasReleased(t *testing.T) {
	registered := map[string]bool{}
	for _, r := range production(t).Resources {
		// The engine names such a provider after its version, and holds nothing by it.
		if strings.Contains(r.URN, "::pulumi:providers:awsx::default_") {
			continue
		}
		registered[r.URN] = true
	}
	pulumitest.Ledger(t, "testdata/urns.txt", registered, retired)
}
