//go:build linux

package rehearsal

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal/offline"
)

// trigger calls act once, when the first resource of a phase is done.
type trigger struct {
	silent
	phase string
	act   func()

	mu   sync.Mutex
	now  string
	once sync.Once
}

func (p *trigger) Begin(phase string, _ int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.now = phase
}

func (p *trigger) Step(done int, _ string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.now == p.phase && done > 0 {
		p.once.Do(p.act)
	}
}

func TestRun_LeavesNothingBehindWhenInterrupted(t *testing.T) {
	tests := map[string]bool{
		"in an orderly way":        false,
		"and then killed outright": true,
	}
	for name, killed := range tests {
		t.Run(name, func(t *testing.T) {
			o, temporary := sampleOptions(t, &zone{})
			o.Latency = offline.Typical
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			kill := make(chan struct{})
			o.Kill = kill
			o.Progress = &trigger{phase: "up", act: func() {
				assert.NotEmpty(t, children(t), "the engine runs while it is interrupted")
				cancel()
				if killed {
					close(kill)
				}
			}}

			start := time.Now()
			s, err := Run(ctx, o)
			require.ErrorIs(t, err, ErrInterrupted)
			assert.Nil(t, s)
			assert.Less(t, time.Since(start), time.Minute)
			assert.Empty(t, children(t), "no process is left")
			assertEmpty(t, temporary)
		})
	}
}

// children lists the command lines of this process's living children.
func children(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("/proc/self/task/*/children")
	require.NoError(t, err)
	var lines []string
	for _, file := range files {
		pids, err := os.ReadFile(file)
		if err != nil {
			continue // the thread has ended
		}
		for pid := range strings.FieldsSeq(string(pids)) {
			line, err := os.ReadFile(filepath.Join("/proc", pid, "cmdline"))
			if err == nil && len(line) > 0 {
				lines = append(lines, strings.ReplaceAll(string(line), "\x00", " "))
			}
		}
	}
	return lines
}
