package main

import (
	"strings"
	"testing"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/pulumitest"
)

// retired says of every identity that was released and is gone, since when and
// why nothing was lost with it.
var retired = map[string]string{
	guardrailsOfSecurity + "policy:Policy::guardrails-security-scp-070":                     repacked,
	guardrailsOfSecurity + "policyAttachment:PolicyAttachment::guardrails-security-scp-070": repacked,
}

const (
	guardrailsOfSecurity = "urn:pulumi:prod::gxp-landing-zone::gxp:landingzone:Guardrails$aws:organizations/"

	repacked = "2026-11: its statements fit into the policies beside it since legal holds have a guardrail of their own; " +
		"those are updated before it is deleted, and it holds no records"
)

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
