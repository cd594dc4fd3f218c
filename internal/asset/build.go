package asset

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// moment is the time of every file in an archive: the earliest that the format
// has.
var moment = time.Date(1980, time.January, 1, 0, 0, 0, 0, time.UTC)

// Ensure leaves in the project's folder the archive of every function, with the
// digest that the lock has. It builds what is missing or is another; that needs
// the sources and a Go toolchain, and takes a minute.
func Ensure(ctx context.Context, project string) error {
	locked, err := parseLock(lock)
	if err != nil {
		return err
	}
	for _, f := range locked.functions {
		if err := ensure(ctx, project, locked.toolchain, f); err != nil {
			return fmt.Errorf("function %s: %w", f.Name, err)
		}
	}
	return nil
}

func ensure(ctx context.Context, project, toolchain string, f Function) error {
	file := filepath.Join(project, filepath.FromSlash(f.Path()))
	built, err := os.ReadFile(file)
	if err == nil && digest(built) == f.Digest {
		return nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	built, err = Build(ctx, project, toolchain, f.Name)
	if err != nil {
		return err
	}
	if got := digest(built); got != f.Digest {
		return fmt.Errorf("the sources give an archive with the digest %s, and functions.lock has %s: "+
			"review what has changed and run make functions-lock", got, f.Digest)
	}
	return write(file, built)
}

// write replaces the file in one step, so that a run that is cut short leaves
// none with half of its content.
func write(file string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	draft, err := os.CreateTemp(filepath.Dir(file), ".building-")
	if err != nil {
		return err
	}
	defer os.Remove(draft.Name())
	_, err = draft.Write(content)
	if err = errors.Join(err, draft.Close()); err != nil {
		return err
	}
	return os.Rename(draft.Name(), file)
}

// Build compiles a function for Lambda and returns the archive that Lambda
// takes. Nothing of this machine is in it: no paths, no times, no revision.
func Build(ctx context.Context, project, toolchain, name string) ([]byte, error) {
	compiler, err := exec.LookPath("go")
	if err != nil {
		return nil, fmt.Errorf("%s is not built, and there is no Go toolchain to build it with: "+
			"run make functions where there is one, and bring %s along", name, Function{Name: name}.Path())
	}
	temporary, err := os.MkdirTemp("", "gxp-function-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(temporary)
	binary := filepath.Join(temporary, "bootstrap")
	command := exec.CommandContext(ctx, compiler, "build", "-trimpath", "-buildvcs=false", "-mod=readonly",
		"-tags=lambda.norpc", "-ldflags=-s -w -buildid=", "-o", binary, "./functions/"+name)
	command.Dir = project
	command.Env = environment(os.Environ(), toolchain)
	if out, err := command.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build: %w\n%s", err, bytes.TrimSpace(out))
	}
	code, err := os.ReadFile(binary)
	if err != nil {
		return nil, err
	}
	return archive("bootstrap", code)
}

// decisive are the variables that change what a compiler writes.
var decisive = []string{
	"CGO_ENABLED", "GOARCH", "GOARM64", "GODEBUG", "GOEXPERIMENT", "GOFIPS140", "GOFLAGS", "GOOS", "GOTOOLCHAIN", "GOWORK",
}

// environment is that of the caller, but for what decides about the result.
func environment(of []string, toolchain string) []string {
	env := slices.DeleteFunc(slices.Clone(of), func(entry string) bool {
		name, _, _ := strings.Cut(entry, "=")
		return slices.Contains(decisive, name)
	})
	return append(env, "CGO_ENABLED=0", "GOARCH=arm64", "GOARM64=v8.0", "GODEBUG=", "GOEXPERIMENT=", "GOFIPS140=off",
		"GOFLAGS=", "GOOS=linux", "GOTOOLCHAIN="+toolchain, "GOWORK=off")
}

// archive returns a zip archive with one executable file.
func archive(name string, content []byte) ([]byte, error) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	header := &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: moment}
	header.SetMode(0o755)
	file, err := w.CreateHeader(header)
	if err != nil {
		return nil, err
	}
	if _, err := file.Write(content); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func digest(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}
