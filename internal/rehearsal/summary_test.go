package rehearsal

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func sampleSummary() *Summary {
	return &Summary{
		Resources: 42, ResourcesByPackage: map[string]int{"logging": 40, "pulumi": 2}, Accounts: 7, Providers: 3,
		Controls: Verdicts{Passed: 18, Unknown: 1},
		Phases: []Phase{
			{Name: "preview", Seconds: 1.5, EngineSeconds: 1.4, Operations: map[string]int{"create": 42}, OK: true},
			{Name: "up", Seconds: 2, Reason: "first\nsecond"},
		},
		PeakMemoryMB: 300, State: []byte("{}"),
	}
}

func TestSummary_KeepsItsJSONContract(t *testing.T) {
	data, err := json.Marshal(sampleSummary())
	require.NoError(t, err)
	assert.JSONEq(t, `{
		"resources": 42,
		"resourcesByPackage": {"logging": 40, "pulumi": 2},
		"accounts": 7,
		"providers": 3,
		"secondPreviewChanges": 0,
		"controls": {"passed": 18, "failed": 0, "unknown": 1},
		"phases": [
			{"name": "preview", "seconds": 1.5, "engineSeconds": 1.4, "operations": {"create": 42}, "ok": true},
			{"name": "up", "seconds": 2, "engineSeconds": 0, "ok": false, "reason": "first\nsecond"}
		],
		"peakMemoryMB": 300,
		"ok": false
	}`, string(data))
}

func TestSummary_SaysWhatItIsAndWhatWentWrong(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, sampleSummary().WriteText(&out))
	text := out.String()
	for _, want := range []string{
		"AWS is an offline test double", "up failed:\n  first\n  second\n", "logging 40, pulumi 2",
		"18 passed", "1 unknown", "300 MB", "rehearsal FAILED",
	} {
		assert.Contains(t, text, want)
	}
	assert.NotContains(t, text, "\x1b", "no colour")
}

func TestLines_SpeakAtEachPhaseAndEveryFewSeconds(t *testing.T) {
	var out bytes.Buffer
	now := time.Unix(0, 0)
	p := &lines{w: &out, now: func() time.Time { return now }}
	p.Begin("up", 200)
	for i := range 120 {
		now = now.Add(100 * time.Millisecond)
		p.Step(i, "Topic alarms")
	}
	p.End(Phase{Name: "up", Seconds: 12, OK: true, Operations: map[string]int{"create": 200}})
	assert.Equal(t, []string{
		"up: 49 of 200, Topic alarms",
		"up: 99 of 200, Topic alarms",
		"up               ok        12.0 s  create 200",
	}, strings.Split(strings.TrimSpace(out.String()), "\n"))
}

func TestNewProgress_DrawsOnATerminalOnly(t *testing.T) {
	for terminal, drawn := range map[bool]bool{true: true, false: false} {
		var out bytes.Buffer
		p := NewProgress(&out, terminal)
		p.Begin("up", 2)
		p.Step(1, "Topic alarms")
		p.Step(2, "Topic others")
		p.End(Phase{Name: "up", OK: true})
		assert.Equal(t, drawn, strings.Contains(out.String(), "\r"))
		assert.Contains(t, out.String(), "up               ok")
	}
}
