package asset

import (
	"archive/zip"
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write functions.lock")

const project = "../.."

func TestFunctions_AreBuiltAsTheLockRecords(t *testing.T) {
	locked, err := parseLock(lock)
	require.NoError(t, err)
	entries, err := os.ReadDir(filepath.Join(project, "functions"))
	require.NoError(t, err)
	require.NotEmpty(t, entries)
	rebuilt := locked
	rebuilt.functions = nil
	for _, entry := range entries {
		built, err := Build(t.Context(), project, locked.toolchain, entry.Name())
		require.NoError(t, err)
		rebuilt.functions = append(rebuilt.functions, Function{entry.Name(), digest(built)})
	}
	if *update {
		require.NoError(t, os.WriteFile("functions.lock", []byte(rebuilt.String()), 0o644))
		return
	}
	assert.Equal(t, locked, rebuilt, "review what has changed and run make functions-lock")
}

func TestEnsure_BuildsNothingThatIsThere(t *testing.T) {
	content, err := archive("bootstrap", []byte("code"))
	require.NoError(t, err)
	f := Function{"sample", digest(content)}
	folder := t.TempDir()
	require.NoError(t, write(filepath.Join(folder, f.Path()), content))
	// There are no sources here, so a build would fail.
	require.NoError(t, ensure(t.Context(), folder, "go1.26.8", f))

	f.Digest = digest([]byte("other"))
	assert.ErrorContains(t, ensure(t.Context(), folder, "go1.26.8", f), "build")
}

func TestBuild_SaysWhatIsMissingWithoutAToolchain(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := Build(t.Context(), project, "go1.26.8", "baseline-settings")
	assert.ErrorContains(t, err, "there is no Go toolchain to build it with: run make functions")
	assert.ErrorContains(t, err, "dist/baseline-settings.zip")
}

func TestArchive_HoldsNothingOfTheMomentItWasMade(t *testing.T) {
	first, err := archive("bootstrap", []byte("code"))
	require.NoError(t, err)
	second, err := archive("bootstrap", []byte("code"))
	require.NoError(t, err)
	assert.Equal(t, first, second)
	files, err := zip.NewReader(bytes.NewReader(first), int64(len(first)))
	require.NoError(t, err)
	require.Len(t, files.File, 1)
	assert.Equal(t, "bootstrap", files.File[0].Name)
	assert.Equal(t, os.FileMode(0o755), files.File[0].Mode().Perm(), "Lambda runs it")
	assert.True(t, files.File[0].Modified.Equal(moment))
}

func TestEnvironment_LeavesNoDecisionToTheCaller(t *testing.T) {
	env := environment([]string{"HOME=/home/someone", "GOFLAGS=-tags=other", "GOARCH=amd64", "GOTOOLCHAIN=local"}, "go1.26.8")
	assert.Contains(t, env, "HOME=/home/someone")
	for _, want := range []string{"GOFLAGS=", "GOARCH=arm64", "GOOS=linux", "CGO_ENABLED=0", "GOTOOLCHAIN=go1.26.8"} {
		assert.Contains(t, env, want)
	}
	for _, name := range decisive {
		n := 0
		for _, entry := range env {
			if strings.HasPrefix(entry, name+"=") {
				n++
			}
		}
		assert.Equal(t, 1, n, "%s is set once", name)
	}
}

func TestFunction_IsPublishedUnderItsDigest(t *testing.T) {
	f, err := Find("baseline-settings")
	require.NoError(t, err)
	assert.Equal(t, "baseline-settings/"+f.Digest+".zip", f.Key())
	assert.Equal(t, "dist/baseline-settings.zip", f.Path())
	_, err = Find("another")
	assert.ErrorContains(t, err, "there is no function another")
}

func TestParseLock_Rejects(t *testing.T) {
	sum := strings.Repeat("a", 64)
	for name, tt := range map[string]struct{ text, want string }{
		"nothing":          {"", "names no toolchain or no function"},
		"no toolchain":     {"f " + sum, "names no toolchain"},
		"a short digest":   {"go1.26.8\nf abc", `"f abc" is neither`},
		"a second version": {"go1.26.8\ngo1.27.0\nf " + sum, `"go1.27.0" is neither`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := parseLock(tt.text)
			assert.ErrorContains(t, err, tt.want)
		})
	}
	l, err := parseLock("go1.26.8\nb " + sum + "\na " + sum)
	require.NoError(t, err)
	assert.True(t, slices.IsSortedFunc(l.functions, func(a, b Function) int { return strings.Compare(a.Name, b.Name) }))
}
