package rehearsal

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// fakeCLI writes an executable that claims a version.
func fakeCLI(t *testing.T, path, version string) string {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(t, os.WriteFile(path, []byte("#!/bin/sh\necho "+version+"\n"), 0o755))
	return path
}

func TestFindCLI(t *testing.T) {
	right := "v" + sdk.Version.String()
	tests := map[string]struct {
		named, onPath, own string // versions; empty is absent
		want               string // the file, or
		fails              string // the error
		notes              string
	}{
		"prefers the one that is named":           {right, right, right, "named/pulumi", "", ""},
		"refuses a named one of another version":  {"v3.1.0", right, right, "", "its version is 3.1.0 and not", ""},
		"refuses a named one that is not Pulumi":  {"hello", right, right, "", "is not a version", ""},
		"prefers the PATH to its own":             {"", right, right, "path/pulumi", "", ""},
		"passes over another version on the PATH": {"", "v3.1.0", right, "root/.tools/bin/pulumi", "", "its version is 3.1.0 and not"},
		"takes its own":                           {"", "", right, "root/.tools/bin/pulumi", "", ""},
		"says how to get one":                     {"", "", "", "", `run "make tools"`, ""},
		"says so when its own is outdated":        {"", "", "v3.1.0", "", `run "make tools"`, "passing over"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			t.Setenv("PATH", filepath.Join(folder, "path")+string(os.PathListSeparator)+"/bin")
			t.Setenv(CLIVariable, "")
			for file, version := range map[string]string{
				"named/pulumi": tt.named, "path/pulumi": tt.onPath, "root/.tools/bin/pulumi": tt.own,
			} {
				if version != "" {
					fakeCLI(t, filepath.Join(folder, file), version)
				}
			}
			if tt.named != "" {
				t.Setenv(CLIVariable, filepath.Join(folder, "named", "pulumi"))
			}

			var notes bytes.Buffer
			got, err := FindCLI(t.Context(), filepath.Join(folder, "root"), &notes)
			assert.Contains(t, notes.String(), tt.notes)
			if tt.fails != "" {
				require.ErrorIs(t, err, ErrNoCLI)
				assert.ErrorContains(t, err, tt.fails)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, filepath.Join(folder, tt.want), got)
		})
	}
}

func TestCleanEnvironment_KeepsTheCallersPulumiAndAWSOut(t *testing.T) {
	got := cleanEnvironment([]string{"PATH=/bin", "PULUMI_ACCESS_TOKEN=x", "AWS_PROFILE=prod", "PULUMI_BACKEND_URL=y"})
	assert.Equal(t, []string{"PATH=/bin", "PULUMI_SKIP_UPDATE_CHECK=true"}, got)
}
