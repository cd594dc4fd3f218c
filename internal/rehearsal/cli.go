package rehearsal

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/blang/semver"
	"github.com/pulumi/pulumi/sdk/v3"
)

// CLIVariable is the environment variable that names the Pulumi CLI to use.
const CLIVariable = "GXP_PULUMI"

// ErrNoCLI says that no Pulumi CLI of the right version was found. The message
// of the error that wraps it says how to get one.
var ErrNoCLI = errors.New("no Pulumi CLI")

// versionTimeout bounds "pulumi version", which answers in a fraction of a
// second unless the file is something else entirely.
const versionTimeout = 30 * time.Second

// FindCLI returns the path of the Pulumi CLI whose version is that of the SDK
// this program is built with: the one that GXP_PULUMI names, else "pulumi" on
// the PATH, else .tools/bin/pulumi below root. Another version on the PATH is
// passed over with a line on notes, because state and events differ between
// versions; a GXP_PULUMI that cannot be used is an error, because somebody
// chose it. When there is none the error wraps ErrNoCLI.
func FindCLI(ctx context.Context, root string, notes io.Writer) (string, error) {
	want := sdk.Version
	if named := os.Getenv(CLIVariable); named != "" {
		path, err := checkCLI(ctx, named, want)
		if err != nil {
			return "", fmt.Errorf("%w: %s is %s, but %w; unset it or name a Pulumi CLI %s",
				ErrNoCLI, CLIVariable, named, err, want)
		}
		return path, nil
	}

	if onPath, err := exec.LookPath("pulumi"); err == nil {
		path, err := checkCLI(ctx, onPath, want)
		if err == nil {
			return path, nil
		}
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
		fmt.Fprintf(notes, "passing over %s: %v\n", onPath, err)
	}

	own := filepath.Join(root, ".tools", "bin", "pulumi")
	if _, err := os.Stat(own); err == nil {
		path, err := checkCLI(ctx, own, want)
		if err == nil {
			return path, nil
		}
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
		fmt.Fprintf(notes, "passing over %s: %v\n", own, err)
	}
	return "", fmt.Errorf("%w of version %s on the PATH or in .tools/bin: "+
		"run \"make tools\" in the project folder, which builds it, or set %s to one", ErrNoCLI, want, CLIVariable)
}

// checkCLI returns the absolute path of the CLI when its version is want.
func checkCLI(ctx context.Context, path string, want semver.Version) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(ctx, versionTimeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, abs, "version")
	cmd.Env = cleanEnvironment(os.Environ())
	// A wrapper script may leave a child behind that holds the pipe open.
	cmd.WaitDelay = time.Second
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("running \"pulumi version\": %w", err)
	}
	got, err := semver.ParseTolerant(strings.TrimSpace(string(out)))
	if err != nil {
		return "", fmt.Errorf("its version %q is not a version: %w", strings.TrimSpace(string(out)), err)
	}
	if !got.EQ(want) {
		return "", fmt.Errorf("its version is %s and not %s", got, want)
	}
	return abs, nil
}

// cleanEnvironment drops what would let the caller's own Pulumi and AWS
// settings into a rehearsal: access tokens, profiles, backends, endpoints.
func cleanEnvironment(environ []string) []string {
	kept := make([]string, 0, len(environ)+1)
	for _, entry := range environ {
		if strings.HasPrefix(entry, "PULUMI_") || strings.HasPrefix(entry, "AWS_") {
			continue
		}
		kept = append(kept, entry)
	}
	return append(kept, "PULUMI_SKIP_UPDATE_CHECK=true")
}
