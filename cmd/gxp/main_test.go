package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/testtool"
)

// asCommand makes this test binary behave as gxp, so that tests run the real
// command in a process of its own.
const asCommand = "GXP_TEST_AS_COMMAND"

func TestMain(m *testing.M) {
	if os.Getenv(asCommand) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// result is how a command ended.
type result struct {
	code     int
	out, err string
}

// projectFolder is the folder of this project.
func projectFolder(t *testing.T) string {
	t.Helper()
	root, err := filepath.Abs(filepath.Join("..", ".."))
	require.NoError(t, err)
	return root
}

// command prepares gxp in a folder, with a temporary folder of its own.
func command(t *testing.T, folder string, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.CommandContext(t.Context(), self, args...)
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), asCommand+"=1", "TMPDIR="+t.TempDir())
	cmd.WaitDelay = 10 * time.Second
	return cmd
}

// gxp runs the command in a folder to its end.
func gxp(t *testing.T, folder string, args ...string) result {
	t.Helper()
	return finish(t, command(t, folder, args...))
}

func finish(t *testing.T, cmd *exec.Cmd) result {
	t.Helper()
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		require.NoError(t, err)
	}
	return result{cmd.ProcessState.ExitCode(), out.String(), errs.String()}
}

// needCLI skips a test that needs the engine where there is none.
func needCLI(t *testing.T) {
	t.Helper()
	if _, err := rehearsal.FindCLI(t.Context(), projectFolder(t), io.Discard); err != nil {
		testtool.Missing(t, "engine tests are skipped: %v", err)
	}
}

// copyProject writes a project with one stack, whose file edit may change.
func copyProject(t *testing.T, edit func(string) string) string {
	t.Helper()
	folder := t.TempDir()
	for _, name := range []string{"Pulumi.yaml", "Pulumi.prod.yaml"} {
		data, err := os.ReadFile(filepath.Join(projectFolder(t), name))
		require.NoError(t, err)
		if name == "Pulumi.prod.yaml" && edit != nil {
			edited := edit(string(data))
			require.NotEqual(t, string(data), edited, "the edit found nothing to change")
			data = []byte(edited)
		}
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), data, 0o600))
	}
	return folder
}
