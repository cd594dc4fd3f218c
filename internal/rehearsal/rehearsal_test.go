package rehearsal

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

// phaseNamed returns a phase of the summary.
func phaseNamed(t *testing.T, s *Summary, name string) Phase {
	t.Helper()
	for _, p := range s.Phases {
		if p.Name == name {
			return p
		}
	}
	require.Failf(t, "no such phase", "%s is not among %v", name, s.Phases)
	return Phase{}
}

func namesOf(s *Summary) []string {
	var names []string
	for _, p := range s.Phases {
		names = append(names, p.Name)
	}
	return names
}

// requireOK prints why a rehearsal went wrong.
func requireOK(t *testing.T, s *Summary) {
	t.Helper()
	var text strings.Builder
	require.NoError(t, s.WriteText(&text))
	require.True(t, s.OK, text.String())
}

func TestRun_GoesThroughEveryPhaseOnTheRealEngine(t *testing.T) {
	o, temporary := sampleOptions(t, &zone{})
	o.Accounts = 3
	o.Fault = Middle
	o.Controls = func(g *qualification.Graph) Judgement {
		return Judgement{Verdicts: Verdicts{Passed: len(g.Resources)}}
	}

	s, err := Run(t.Context(), o)
	require.NoError(t, err)
	requireOK(t, s)

	assert.Equal(t, []string{
		"preview", "fault", "up", "second preview", "controls", "readiness", "accounts added", "accounts again",
		"account removed", "retention cut", "destroy", "destroy forced",
	}, namesOf(s))
	first, rest := phaseNamed(t, s, "fault"), phaseNamed(t, s, "up")
	assert.NotZero(t, first.Operations["create"], "something is created before the fault")
	assert.NotZero(t, rest.Operations["create"], "something is left to create after it")
	assert.Equal(t, phaseNamed(t, s, "preview").Operations["create"], first.Operations["create"]+rest.Operations["create"])
	assert.Equal(t, map[string]int{"create": 3}, created(phaseNamed(t, s, "accounts added")))

	assert.Zero(t, s.SecondPreviewChanges)
	assert.Equal(t, 1+3+3, s.Accounts, "management, configured and added")
	assert.Equal(t, 2, s.Providers, "one of aws, and Pulumi's own for the stack reference")
	assert.Equal(t, 8, s.ResourcesByPackage["landingzone"], "the component, the organization and six accounts")
	assert.Equal(t, 5, s.ResourcesByPackage["logging"], "the component, a bucket and three topics")
	total := 0
	for _, n := range s.ResourcesByPackage {
		total += n
	}
	assert.Equal(t, s.Resources, total)
	assert.Positive(t, s.PeakMemoryMB)
	assert.Contains(t, string(s.State), `"urn:pulumi:test::sample::`)
	assertEmpty(t, temporary)
}

// created keeps the operations that change something.
func created(p Phase) map[string]int {
	kept := map[string]int{}
	for op, n := range p.Operations {
		if op != "same" && op != "read" {
			kept[op] = n
		}
	}
	return kept
}

func assertEmpty(t *testing.T, folder string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	assert.Empty(t, entries, "the rehearsal leaves nothing in the temporary folder")
}

func TestRun_FindsWhatTheConfigurationAdoptsAndAddsASegment(t *testing.T) {
	o, _ := sampleOptions(t, &zone{})
	o.Config.LandingZone.Accounts[2].ID = "444455556666"
	o.Config.LandingZone.Network, o.Segment = sampleNetwork(), true

	s, err := Run(t.Context(), o)
	require.NoError(t, err)
	requireOK(t, s)
	up := phaseNamed(t, s, "up")
	assert.Equal(t, 1, up.Operations["import"])
	assert.True(t, phaseNamed(t, s, "readiness").OK, "an account that was there is ready")
	assert.Contains(t, string(s.State), `"id": "444455556666"`)
	assert.Equal(t, map[string]int{"create": 1}, created(phaseNamed(t, s, "segment added")))
	assert.Contains(t, string(s.State), "::segment-rehearsal", "the state holds it from then on")
}

func TestMeasure_ComparesWithAsManyPlainResources(t *testing.T) {
	o, temporary := sampleOptions(t, &zone{})
	m, err := Measure(t.Context(), o)
	require.NoError(t, err)
	assert.Equal(t, 12, m.Resources, "stack, provider, two components, organization, three accounts, bucket, three topics")
	assert.Positive(t, m.PreviewSeconds)
	assert.Positive(t, m.UpSeconds)
	assert.Positive(t, m.PlainPreviewSeconds)
	assert.Positive(t, m.PeakMemoryMB)
	assertEmpty(t, temporary)
}

func TestMeasure_FailsWithTheProgram(t *testing.T) {
	o, temporary := sampleOptions(t, &zone{})
	o.Config.LandingZone.Accounts[0].Email = "nobody"
	_, err := Measure(t.Context(), o)
	require.ErrorContains(t, err, "nobody")
	assertEmpty(t, temporary)
}

func TestRun_Reports(t *testing.T) {
	tests := map[string]struct {
		zone   zone
		change func(*Options)
		want   map[string][]string // by phase
	}{
		"everything that is wrong with a stack that is deployed": {
			zone{restless: true, impatient: true, unprotected: true, joined: true, spilling: true},
			func(o *Options) {
				o.Config.LandingZone.Network, o.Segment = sampleNetwork(), true
				o.Controls = func(*qualification.Graph) Judgement {
					return Judgement{Verdicts{Failed: 1}, []string{"GXP-1 the archive is open"}}
				}
			},
			map[string][]string{
				"second preview": {"shows 1 changes"},
				"controls":       {"GXP-1 the archive is open"},
				"readiness":      {"was waited for 0 times, not once"},
				"segment added":  {"::segment-prod is not a creation", "::segment-prod-2 belongs to another segment"},
				"destroy":        {"was not refused"},
				"destroy forced": {"succeeded"},
			},
		},
		"accounts that cost too much and can be forgotten, as segments can": {
			zone{forgetful: true, costly: 6, segmentless: true},
			func(o *Options) {
				o.Accounts = 1
				o.Config.LandingZone.Network, o.Segment = sampleNetwork(), true
			},
			map[string][]string{
				"accounts added":  {"rehearsal-0001 costs 7 resources, more than 6"},
				"segment added":   {"no resource was created for the added segment"},
				"account removed": {"was refused without saying how to retire it"},
				"retention cut":   {"from 10 years, and the deployment did not refuse it"},
			},
		},
		"a fault that hits nothing": {
			zone{},
			func(o *Options) { o.Fault = "Volcano" },
			map[string][]string{"fault": {`no AWS resource that is created has "Volcano" in its URN`}},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			o, temporary := sampleOptions(t, &tt.zone)
			tt.change(&o)
			s, err := Run(t.Context(), o)
			require.NoError(t, err)
			assert.False(t, s.OK)
			for phase, want := range tt.want {
				p := phaseNamed(t, s, phase)
				assert.False(t, p.OK, phase)
				for _, reason := range want {
					assert.Contains(t, p.Reason, reason, phase)
				}
			}
			assertEmpty(t, temporary)
		})
	}
}
