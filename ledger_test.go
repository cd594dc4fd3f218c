package main

import (
	"testing"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/pulumitest"
)

// retired says of every identity that was released and is gone, since when and
// why nothing was lost with it.
var retired = map[string]string{}

func TestLedger_KeepsEveryIdentityThatWasReleased(t *testing.T) {
	registered := map[string]bool{}
	for _, r := range production(t).Resources {
		registered[r.URN] = true
	}
	pulumitest.Ledger(t, "testdata/urns.txt", registered, retired)
}
