package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/logging/analytics"
	"github.com/gxp-landing-zone/gxp-landing-zone/logging/analytics/runner/athenatest"
)

// athena is a scripted Athena, and the environment that a command finds it with.
func athena(t *testing.T) *athenatest.Server {
	t.Helper()
	t.Setenv("AWS_ACCESS_KEY_ID", "test")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "test")
	t.Setenv("AWS_REGION", "eu-central-1")
	server := athenatest.New(t)
	server.Columns = []string{"time_utc", "who"}
	server.Pages = [][][]any{{{"2026-11-09T10:00:00Z", "root"}}, {{"2026-11-09T11:00:00Z", "=cmd()"}}}
	return server
}

// november are the flags of an ordinary question.
var november = []string{"--from", "2026-11-09", "--to", "2026-11-10", "--account", "111122223333"}

func TestAuditRun_WritesCSV(t *testing.T) {
	server := athena(t)
	const want = "time_utc,who\r\n2026-11-09T10:00:00Z,root\r\n2026-11-09T11:00:00Z,'=cmd()\r\n"
	for name, words := range map[string][]string{"in full": {"audit", "run", "root-use"}, "in short": {"audit", "root-use"}} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			args := append(append(words, november...), "--endpoint", server.URL)
			got := gxp(t, folder, args...)
			require.Equal(t, exitDone, got.code, got.err)
			assert.Equal(t, want, got.out)
			assert.Contains(t, got.err, "2 rows; scanned 12.3 MB in 4.2 s; query execution "+athenatest.ID)

			got = gxp(t, folder, append(args, "--output", "root.csv")...)
			require.Equal(t, exitDone, got.code, got.err)
			assert.Empty(t, got.out)
			data, err := os.ReadFile(filepath.Join(folder, "root.csv"))
			require.NoError(t, err)
			assert.Equal(t, want, string(data))
			requireFiles(t, folder, "root.csv")
		})
	}
	sql := server.Started()[0]["QueryString"]
	assert.Contains(t, sql, "account IN ('111122223333')")
	assert.Contains(t, sql, "eventtime >= '2026-11-09T00:00:00Z' AND eventtime < '2026-11-11T00:00:00Z'")
}

func TestAuditRun_SaysThatThereIsNothing(t *testing.T) {
	server := athena(t)
	server.Pages = nil
	got := gxp(t, t.TempDir(), append([]string{"audit", "root-use", "--endpoint", server.URL}, november...)...)
	require.Equal(t, exitDone, got.code, got.err)
	assert.Equal(t, "time_utc,who\r\n", got.out)
	assert.True(t, strings.HasPrefix(got.err, "no rows; "), got.err)
}

func TestAuditRun_OverwritesNothing(t *testing.T) {
	server := athena(t)
	folder := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(folder, "root.csv"), []byte("evidence"), 0o600))
	got := gxp(t, folder, append([]string{"audit", "root-use", "--endpoint", server.URL, "--output", "root.csv"}, november...)...)
	assert.Equal(t, exitUse, got.code)
	assert.Contains(t, got.err, "--output root.csv exists: evidence is not overwritten")
	assert.Empty(t, server.Started(), "nothing is asked that cannot be kept")
	data, err := os.ReadFile(filepath.Join(folder, "root.csv"))
	require.NoError(t, err)
	assert.Equal(t, "evidence", string(data))
}

func TestAuditRun_LeavesNothingWhenItFails(t *testing.T) {
	server := athena(t)
	server.States, server.Reason = []string{"FAILED"}, "Query exhausted resources"
	folder := t.TempDir()
	got := gxp(t, folder, append([]string{"audit", "root-use", "--endpoint", server.URL, "--output", "root.csv"}, november...)...)
	assert.Equal(t, exitUse, got.code)
	assert.Contains(t, got.err, "Query exhausted resources")
	requireFiles(t, folder)
}

func TestAuditRun_StopsTheQueryOnInterrupt(t *testing.T) {
	server := athena(t)
	server.States = []string{"RUNNING"}
	folder := t.TempDir()
	cmd := command(t, folder, append([]string{"audit", "root-use", "--endpoint", server.URL, "--output", "root.csv"}, november...)...)
	require.NoError(t, cmd.Start())
	require.Eventually(t, func() bool { return server.Looked() > 0 }, 20*time.Second, 10*time.Millisecond)
	require.NoError(t, cmd.Process.Signal(syscall.SIGINT))
	_ = cmd.Wait()
	assert.Equal(t, exitInterrupted, cmd.ProcessState.ExitCode())
	assert.Equal(t, 1, server.Stopped())
	requireFiles(t, folder)
}

func TestAuditRun_ResolvesAccounts(t *testing.T) {
	folder := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(folder, "accounts.json"), []byte(`{"audit": "222222222222", "lab": "333333333333"}`), 0o600))
	days := []string{"audit", "root-use", "--from", "2026-11-09", "--to", "2026-11-09", "--dry-run", "--accounts-file", "accounts.json"}
	got := gxp(t, folder, append(days, "--account", "all")...)
	require.Equal(t, exitDone, got.code, got.err)
	assert.Contains(t, got.out, "account IN ('222222222222', '333333333333')")
	got = gxp(t, folder, append(days, "--account", "lab", "--region", "us-east-1,eu-central-1")...)
	require.Equal(t, exitDone, got.code, got.err)
	assert.Contains(t, got.out, "account IN ('333333333333')")
	assert.Contains(t, got.out, "region IN ('us-east-1', 'eu-central-1')")
	got = gxp(t, folder, append(days, "--account", "444444444444")...)
	assert.Equal(t, exitUse, got.code)
	assert.Contains(t, got.err, `--account: account "444444444444" is not one of the organization's 2`)
}

func TestAudit_RefusesWrongUse(t *testing.T) {
	with := func(args ...string) []string { return append(append([]string{"audit"}, args...), november...) }
	tests := map[string]struct {
		args []string
		want string
	}{
		"nothing":                     {[]string{"audit"}, "name a command or a query"},
		"run of nothing":              {[]string{"audit", "run"}, "name a query"},
		"an unknown query":            {with("root-us"), `there is no query "root-us"; did you mean root-use?`},
		"a misspelled command":        {[]string{"audit", "lst"}, `unknown command "lst"; did you mean list? See "gxp audit --help".`},
		"a query of nobody's":         {[]string{"audit", "frobnicate"}, `there is no query "frobnicate"`},
		"an unknown query to show":    {[]string{"audit", "show", "root-us"}, "did you mean root-use?"},
		"two queries":                 {with("root-use", "sign-ins"), `takes one query, got "sign-ins" too`},
		"no period":                   {[]string{"audit", "root-use", "--account", "111122223333"}, "--from and --to are required"},
		"half a period":               {[]string{"audit", "root-use", "--account", "111122223333", "--from", "2026-11-09"}, "--from and --to are required"},
		"a period that ends first":    {[]string{"audit", "root-use", "--account", "111122223333", "--from", "2026-11-09", "--to", "2026-11-08"}, "before it begins"},
		"a period too long":           {[]string{"audit", "root-use", "--account", "111122223333", "--from", "2020-11-09", "--to", "2026-11-08"}, "more than 400"},
		"no account":                  {[]string{"audit", "root-use", "--from", "2026-11-09", "--to", "2026-11-10"}, "parameter account: is required"},
		"an account that is none":     {with("root-use", "--account", "12"), `"12" is not of this form; want ids of 12 digits`},
		"all accounts without a list": {with("root-use", "--account", "all"), "--account all needs --accounts-file"},
		"a list that is not":          {with("root-use", "--accounts-file", "nowhere"), "--accounts-file: open nowhere"},
		"a region that is none":       {with("root-use", "--region", "Frankfurt"), `"Frankfurt" is not of this form; want regions`},
		"a region where none counts":  {with("archive-verification", "--region", "us-east-1"), "parameter region: the query has none of this name"},
		"a parameter missing":         {with("person-activity"), "parameter person: is required"},
		"a parameter of no query":     {with("person-activity", "--param", "persn=a"), "did you mean person?"},
		"a parameter without a value": {with("person-activity", "--param", "person"), `--param "person": want name=value`},
		"a parameter twice":           {with("person-activity", "--param", "person=a", "--param", "person=b"), "--param person: given twice"},
		"a parameter with a flag":     {with("person-activity", "--param", "account=a"), "--param account: use --account"},
		"SQL in a parameter":          {with("person-activity", "--param", "person=x' OR '1'='1"), "is not of this form"},
		"no time at all":              {with("root-use", "--timeout", "0s"), "--timeout is 0s"},
		"an endpoint that is none":    {with("root-use", "--endpoint", "localhost"), "is not the address of a server"},
		"a folder that is not":        {with("root-use", "--output", "nowhere/root.csv"), "--output nowhere/root.csv cannot be written"},
		"a misspelled flag":           {with("root-use", "--acount", "1"), "did you mean --account?"},
		"an argument to list":         {[]string{"audit", "list", "root-use"}, "takes no arguments"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := gxp(t, t.TempDir(), tt.args...)
			assert.Equal(t, exitUse, got.code)
			assert.Contains(t, got.err, tt.want)
			assert.Empty(t, got.out, "results alone go to standard output")
		})
	}
}

func TestAuditList_NamesEveryQuery(t *testing.T) {
	got := gxp(t, t.TempDir(), "audit", "list", "--json")
	require.Equal(t, exitDone, got.code, got.err)
	var queries []listedQuery
	require.NoError(t, json.Unmarshal([]byte(got.out), &queries))
	require.Len(t, queries, len(analytics.Queries()))
	text := gxp(t, t.TempDir(), "audit", "list")
	for _, q := range queries {
		assert.Contains(t, text.out, q.Name+" ")
		assert.Contains(t, text.out, q.Question)
		assert.NotEmpty(t, q.Requirements)
		assert.NotEmpty(t, q.Columns)
	}
}

func TestAuditShow_ExplainsAQuery(t *testing.T) {
	got := gxp(t, t.TempDir(), "audit", "show", "unapproved-changes")
	require.Equal(t, exitDone, got.code, got.err)
	for _, want := range []string{
		"Which changes were made past the release procedure?", "CFR-11.10(f)", "--account (ids of 12 digits; required)",
		"--param hours= (a whole number from 0 to 168; default 24)", "FROM cloudtrail", "${release_role}",
	} {
		assert.Contains(t, got.out, want)
	}
}

func TestAudit_ExplainsItselfWithExamples(t *testing.T) {
	for _, command := range []string{"audit", "audit list", "audit show", "audit run"} {
		t.Run(command, func(t *testing.T) {
			got := gxp(t, t.TempDir(), append(strings.Fields(command), "--help")...)
			assert.Equal(t, exitDone, got.code)
			assert.Contains(t, got.out, "Examples:\n  gxp "+command)
			assert.Empty(t, got.err)
		})
	}
}

// requireFiles says that a folder has these files alone, and none half written.
func requireFiles(t *testing.T, folder string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	assert.Equal(t, want, names)
}
