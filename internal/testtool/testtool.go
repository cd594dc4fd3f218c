// Package testtool finds the tools that tests need beyond Go, and says what is
// skipped without them.
package testtool

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Required is the environment variable that turns a missing tool from a skipped
// test into a failed one. `make test` sets it.
const Required = "GXP_REQUIRE_TOOLS"

// Path returns the path of a test tool that `make tools` installs. Where it is
// missing the test is skipped, saying so.
func Path(t *testing.T, name string) string {
	t.Helper()
	for _, folder := range []string{"venv/bin", "bin"} {
		path := filepath.Join(Root(t), ".tools", folder, name)
		if info, err := os.Stat(path); err == nil && !info.IsDir() {
			return path
		}
	}
	if path, err := exec.LookPath(name); err == nil && os.Getenv(Required) == "" {
		return path
	}
	Missing(t, "%s is not installed: run make tools for this test", name)
	return ""
}

// Missing skips the test for want of a tool, or fails it where tools are
// required. The message says what is missing and how to get it.
func Missing(t *testing.T, format string, args ...any) {
	t.Helper()
	if os.Getenv(Required) != "" {
		t.Fatalf(format, args...)
	}
	t.Skipf(format, args...)
}

// Root returns the project's folder.
func Root(t *testing.T) string {
	t.Helper()
	folder, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(folder, "Pulumi.yaml")); err == nil {
			return folder
		}
		parent := filepath.Dir(folder)
		if parent == folder {
			t.Fatal("no Pulumi.yaml in any folder above this test")
		}
		folder = parent
	}
}
