package analytics_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/testtool"
	"github.com/gxp-landing-zone/gxp-landing-zone/logging/analytics"
)

// engine is the program that translates and runs queries, in a process of its
// own. Requests and answers are lines of JSON.
type engine struct {
	sync.Mutex
	in  io.Writer
	out *bufio.Reader
}

// startEngine starts the program for a test, or skips the test where its
// libraries are missing.
func startEngine(t *testing.T) *engine {
	t.Helper()
	e, stop := launch(t)
	t.Cleanup(func() { assert.NoError(t, stop()) })
	return e
}

// launch starts the program and returns how to stop it.
func launch(t *testing.T) (*engine, func() error) {
	t.Helper()
	python := testtool.Path(t, "python3")
	if err := exec.Command(python, "-c", "import duckdb, sqlglot").Run(); err != nil {
		testtool.Missing(t, "audit queries are not run, duckdb or sqlglot is missing: run make tools for this test")
	}
	command := exec.Command(python, filepath.Join(testtool.Root(t), "tools", "queries", "run.py"))
	in, err := command.StdinPipe()
	require.NoError(t, err)
	out, err := command.StdoutPipe()
	require.NoError(t, err)
	var complaints strings.Builder
	command.Stderr = &complaints
	require.NoError(t, command.Start())
	return &engine{in: in, out: bufio.NewReaderSize(out, 1<<20)}, func() error {
		_ = in.Close()
		if err := command.Wait(); err != nil {
			return fmt.Errorf("the engine ended with %w: %s", err, complaints.String())
		}
		return nil
	}
}

// ask sends a request and reads the answer.
func (e *engine) ask(request map[string]any, answer any) error {
	e.Lock()
	defer e.Unlock()
	line, err := json.Marshal(request)
	if err != nil {
		return err
	}
	if _, err := e.in.Write(append(line, '\n')); err != nil {
		return err
	}
	reply, err := e.out.ReadBytes('\n')
	if err != nil {
		return err
	}
	var failure struct{ Error string }
	if err := json.Unmarshal(reply, &failure); err != nil {
		return err
	}
	if failure.Error != "" {
		return errors.New(failure.Error)
	}
	return json.Unmarshal(reply, answer)
}

// place is where the samples are.
var place = analytics.Place{
	RecordsBucket:  "acme-archive-eu-central-1",
	EvidenceBucket: "acme-evidence-eu-central-1",
	OrganizationID: "o-a1b2c3d4e5",
	Regions:        []string{"eu-central-1", "us-east-1"},
	Firewalls:      []string{"gxp-hub-eu-central-1"},
	Since:          time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC),
}

// keys is the pattern of the keys that the projection of a table finds.
func keys(table analytics.Table) string {
	pattern := "^" + regexp.QuoteMeta(strings.TrimPrefix(table.Template(place), "s3://"))
	for _, k := range table.Partitions {
		values := `[^/]+`
		switch {
		case k.Projection == analytics.Enumerated:
			quoted := make([]string, 0, len(k.Values(place)))
			for _, v := range k.Values(place) {
				quoted = append(quoted, regexp.QuoteMeta(v))
			}
			values = strings.Join(quoted, "|")
		case k.Format == analytics.PaddedDay:
			values = `\d{4}/\d\d/\d\d`
		case k.Format == analytics.UnpaddedDay:
			values = `\d{4}/[1-9]\d?/[1-9]\d?`
		}
		pattern = strings.Replace(pattern, regexp.QuoteMeta("${"+k.Name+"}"), "(?P<"+k.Name+">"+values+")", 1)
	}
	return pattern
}

// definitions are the tables as the engine wants them.
func definitions() []map[string]any {
	var all []map[string]any
	for _, table := range analytics.Tables() {
		form := "json"
		switch {
		case strings.HasSuffix(table.Format.Input, "CloudTrailInputFormat"):
			form = "cloudtrail"
		case table.Format.Skip > 0:
			form = "spaced"
		}
		var partitions []map[string]any
		for _, k := range table.Partitions {
			partitions = append(partitions, map[string]any{"name": k.Name, "projection": k.Projection})
		}
		all = append(all, map[string]any{
			"name": table.Name, "columns": table.Columns, "partitions": partitions, "form": form, "skip": table.Format.Skip, "keys": keys(table),
		})
	}
	return all
}
