package runner_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/logging/analytics/runner"
	"github.com/gxp-landing-zone/gxp-landing-zone/logging/analytics/runner/athenatest"
)

// sheet keeps an answer.
type sheet struct {
	columns []string
	rows    [][]string
	fail    error
}

func (s *sheet) Header(columns []string) error { s.columns = columns; return s.fail }
func (s *sheet) Row(values []string) error     { s.rows = append(s.rows, values); return nil }

// asking is a runner that asks a server and does not wait.
func asking(t *testing.T, s *athenatest.Server) runner.Runner {
	t.Helper()
	t.Setenv("AWS_ACCESS_KEY_ID", "test")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "test")
	client, err := runner.Client(t.Context(), "eu-central-1", s.URL)
	require.NoError(t, err)
	return runner.Runner{API: client, Workgroup: "gxp-audit", Database: "gxp_audit", Patience: time.Minute,
		Wait: func(ctx context.Context, _ time.Duration) error { return ctx.Err() }}
}

func TestRun_ReadsEveryPage(t *testing.T) {
	server := athenatest.New(t)
	server.States = []string{"QUEUED", "RUNNING", "SUCCEEDED"}
	server.Columns = []string{"who", "what"}
	server.Pages = [][][]any{{{"alice", "read"}, {"bob", nil}}, {}, {{"who", "what"}}}
	var got sheet
	statistics, err := asking(t, server).Run(t.Context(), "SELECT 1", &got)
	require.NoError(t, err)
	assert.Equal(t, []string{"who", "what"}, got.columns)
	assert.Equal(t, [][]string{{"alice", "read"}, {"bob", ""}, {"who", "what"}}, got.rows, "only the first row of the first page is the header")
	assert.Equal(t, runner.Statistics{ID: athenatest.ID, Scanned: 12_300_000, Took: 4200 * time.Millisecond, Rows: 3}, statistics)
	assert.Zero(t, server.Stopped())

	require.Len(t, server.Started(), 1)
	started := server.Started()[0]
	assert.Equal(t, "SELECT 1", started["QueryString"])
	assert.Equal(t, "gxp-audit", started["WorkGroup"])
	assert.Equal(t, map[string]any{"Database": "gxp_audit"}, started["QueryExecutionContext"])
	assert.NotEmpty(t, started["ClientRequestToken"], "a repeated call starts no second query")
	assert.NotContains(t, started, "ResultConfiguration", "the workgroup decides where results go")
}

func TestRun_OfNothingHasColumns(t *testing.T) {
	server := athenatest.New(t)
	server.Columns = []string{"who"}
	var got sheet
	statistics, err := asking(t, server).Run(t.Context(), "SELECT 1", &got)
	require.NoError(t, err)
	assert.Equal(t, []string{"who"}, got.columns)
	assert.Empty(t, got.rows)
	assert.Zero(t, statistics.Rows)
}

func TestRun_TriesAgainWhenThrottled(t *testing.T) {
	server := athenatest.New(t)
	server.Columns, server.Throttled = []string{"who"}, 2
	_, err := asking(t, server).Run(t.Context(), "SELECT 1", &sheet{})
	require.NoError(t, err)
	assert.Len(t, server.Started(), 1)
}

func TestRun_SaysWhatFailed(t *testing.T) {
	tests := map[string]struct {
		script  func(*athenatest.Server)
		want    string
		stopped int
	}{
		"the start": {func(s *athenatest.Server) { s.Refused = "WorkGroup gxp-audit is not found." }, "start query: ", 0},
		"the query": {func(s *athenatest.Server) { s.States, s.Reason = []string{"RUNNING", "FAILED"}, "SYNTAX_ERROR: line 1" }, "FAILED: SYNTAX_ERROR: line 1", 0},
		"the scan limit": {func(s *athenatest.Server) {
			s.States, s.Reason = []string{"CANCELLED"}, "Bytes scanned limit was exceeded"
		}, "CANCELLED: Bytes scanned limit", 0},
		"a page given twice": {func(s *athenatest.Server) { s.RepeatToken = true }, "gave a page of the answer twice", 0},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			server := athenatest.New(t)
			server.Columns = []string{"who"}
			tt.script(server)
			_, err := asking(t, server).Run(t.Context(), "SELECT 1", &sheet{})
			require.ErrorContains(t, err, tt.want)
			assert.Equal(t, tt.stopped, server.Stopped())
		})
	}
}

func TestRun_StopsTheQueryWhenInterrupted(t *testing.T) {
	server := athenatest.New(t)
	server.States = []string{"RUNNING"}
	ctx, cancel := context.WithCancel(t.Context())
	r := asking(t, server)
	r.Wait = func(ctx context.Context, d time.Duration) error {
		if server.Looked() == 3 {
			cancel()
		}
		return ctx.Err()
	}
	_, err := r.Run(ctx, "SELECT 1", &sheet{})
	require.ErrorIs(t, err, context.Canceled)
	assert.Equal(t, 1, server.Stopped())
}

func TestRun_StopsTheQueryWhenItTakesTooLong(t *testing.T) {
	server := athenatest.New(t)
	server.States = []string{"RUNNING"}
	r := asking(t, server)
	r.Patience, r.Wait = 50*time.Millisecond, func(ctx context.Context, _ time.Duration) error {
		return runner.Pause(ctx, time.Millisecond)
	}
	_, err := r.Run(t.Context(), "SELECT 1", &sheet{})
	require.ErrorContains(t, err, "not done after 50ms, stopped")
	assert.Equal(t, 1, server.Stopped())
}

func TestRun_WaitsLongerEachTime(t *testing.T) {
	server := athenatest.New(t)
	server.Columns = []string{"who"}
	server.States = []string{"QUEUED", "QUEUED", "QUEUED", "QUEUED", "QUEUED", "QUEUED", "QUEUED", "QUEUED", "QUEUED", "QUEUED", "SUCCEEDED"}
	var pauses []time.Duration
	r := asking(t, server)
	r.Wait = func(_ context.Context, d time.Duration) error { pauses = append(pauses, d); return nil }
	_, err := r.Run(t.Context(), "SELECT 1", &sheet{})
	require.NoError(t, err)
	assert.Equal(t, 250*time.Millisecond, pauses[0])
	assert.Equal(t, 375*time.Millisecond, pauses[1])
	assert.Equal(t, 5*time.Second, pauses[9])
}

func TestRun_EndsWhenNobodyTakesTheAnswer(t *testing.T) {
	server := athenatest.New(t)
	server.Columns = []string{"who"}
	full := errors.New("disk full")
	_, err := asking(t, server).Run(t.Context(), "SELECT 1", &sheet{fail: full})
	require.ErrorIs(t, err, full)
}

func TestClient_RefusesWhatItCannotReach(t *testing.T) {
	t.Setenv("AWS_REGION", "")
	t.Setenv("AWS_DEFAULT_REGION", "")
	t.Setenv("AWS_CONFIG_FILE", t.TempDir()+"/none")
	_, err := runner.Client(t.Context(), "", "")
	require.ErrorContains(t, err, "no region of Athena")
	for _, endpoint := range []string{"localhost", "ftp://localhost", "http://", "::"} {
		_, err = runner.Client(t.Context(), "eu-central-1", endpoint)
		require.ErrorContains(t, err, "is not the address of a server", endpoint)
	}
}
