package evaluation

import (
	"slices"
	"strings"
	"testing"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/render"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/stack"
)

func TestCases_FollowTheConfiguration(t *testing.T) {
	demanded := func(prefix string) func(Case) bool {
		return func(c Case) bool { return !c.Allowed && strings.HasPrefix(c.Proves, prefix) }
	}
	tests := map[string]struct {
		change func(*config.Config)
		gone   func(Case) bool
	}{
		"a first roll-out binds the staging unit alone": {
			func(c *config.Config) { c.LandingZone.Guardrails.Staged = true },
			func(c Case) bool { return demanded("GXP-SCP")(c) && c.Place != stagingPlace },
		},
		"no service control policies": {
			func(c *config.Config) { c.LandingZone.Guardrails.ServiceControlPolicies = false }, demanded("GXP-SCP"),
		},
		"no resource control policies": {
			func(c *config.Config) { c.LandingZone.Guardrails.ResourceControlPolicies = false }, demanded("GXP-RCP"),
		},
		"a tag that is not required": {
			func(c *config.Config) { c.LandingZone.Guardrails.RequiredTags = []string{"gxp:owner"} }, demanded("GXP-SCP-155"),
		},
		"all services are approved": {
			func(c *config.Config) { c.LandingZone.Guardrails.GxPServices = nil }, demanded("GXP-SCP-130"),
		},
		"queues are left out of the perimeter": {
			func(c *config.Config) { c.LandingZone.Guardrails.ResourceServices = []string{"s3", "kms"} },
			func(c Case) bool { return demanded("GXP-RCP")(c) && strings.HasPrefix(c.Action, "sqs:") },
		},
		"no second copy": {
			func(c *config.Config) { c.Logging.Archive.ReplicaRegion = "" },
			func(c Case) bool { return strings.HasPrefix(c.ID, "copy-") },
		},
		"no audit queries": {
			func(c *config.Config) { c.Logging.Analytics.Enabled = false }, begins("answers-", "exports-", "asking-"),
		},
		"no periodic review": {
			func(c *config.Config) { c.Logging.Analytics.Reviews = false }, begins("answers-of-reviews-written/", "exports-", "asking-reviews-"),
		},
		"no verification of the archive": {
			func(c *config.Config) { c.Logging.Integrity.Enabled = false },
			func(c Case) bool {
				return begins("verifier-")(c) || begins("topic-alarm-publishes", "gxp-notifications-")(c) && c.Place == "log-archive"
			},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			c, err := config.Load("../../Pulumi.prod.yaml")
			if err != nil {
				t.Fatal(err)
			}
			if !some(t, c, tt.gone) {
				t.Fatal("the example has no such case")
			}
			tt.change(c)
			if some(t, c, tt.gone) {
				t.Error("there is still such a case")
			}
		})
	}
}

// begins picks the cases whose ids begin with one of the prefixes.
func begins(prefixes ...string) func(Case) bool {
	return func(c Case) bool {
		return slices.ContainsFunc(prefixes, func(prefix string) bool { return strings.HasPrefix(c.ID, prefix) })
	}
}

// some reports whether any case of the stack is of the kind.
func some(t *testing.T, c *config.Config, kind func(Case) bool) bool {
	t.Helper()
	g, err := render.Render(t.Context(), "gxp-landing-zone", "prod", stack.Program(c, &rehearsal.Recorder{}),
		render.Quotas(rehearsal.Granted(c)))
	if err != nil {
		t.Fatal(err)
	}
	w, err := newWorld(g)
	if err != nil {
		t.Fatal(err)
	}
	for _, found := range w.cases() {
		if found.problem != "" {
			t.Fatalf("%s: %s", found, found.problem)
		}
		if kind(found) {
			return true
		}
	}
	return false
}

func TestRun_EveryCaseHoldsInTheEmulatorStack(t *testing.T) {
	evaluator := tool(t)
	g, err := rendered("emulator")
	if err != nil {
		t.Fatal(err)
	}
	result, err := evaluator.Run(t.Context(), g)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range result.Failed() {
		t.Errorf("%s, and %s", o, o.Problem)
	}
}
