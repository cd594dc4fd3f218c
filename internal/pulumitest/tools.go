package pulumitest

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// RequireTools is the environment variable that turns a missing tool from a
// skipped test into a failed one. `make test` sets it.
const RequireTools = "GXP_REQUIRE_TOOLS"

// Tool returns the path of a test tool that `make tools` installed. Where it is
// missing the test is skipped, saying so.
func Tool(t *testing.T, name string) string {
	t.Helper()
	for _, folder := range []string{"venv/bin", "bin"} {
		path := filepath.Join(Root(t), ".tools", folder, name)
		if info, err := os.Stat(path); err == nil && !info.IsDir() {
			return path
		}
	}
	if path, err := exec.LookPath(name); err == nil && os.Getenv(RequireTools) == "" {
		return path
	}
	Missing(t, name)
	return ""
}

// Missing skips the test for want of a tool, or fails it where tools are
// required.
func Missing(t *testing.T, name string) {
	t.Helper()
	if os.Getenv(RequireTools) != "" {
		t.Fatalf("%s is not installed: run make tools", name)
	}
	t.Skipf("%s is not installed: run make tools for this test", name)
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
