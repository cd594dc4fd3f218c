package rehearsal

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"slices"
	"sync"
	"time"

	"github.com/blang/semver"
	"github.com/pulumi/pulumi/sdk/v3"
)

// graceful is how long an interrupted engine may take to finish what it has
// begun and to write its state before it is killed.
const graceful = 10 * time.Second

// command runs the Pulumi CLI for the Automation API. The API's own runner
// leaves the CLI in our process group, where a Ctrl-C on the terminal reaches
// it beside our own cancellation, and the second interrupt makes the engine
// drop its work; and it does not tell what a process used.
type command struct {
	path string
	kill <-chan struct{}

	mu    sync.Mutex
	usage []usage
}

// usage is what one run of the CLI took.
type usage struct {
	verb    string
	elapsed time.Duration
	peak    int64 // bytes of resident memory
}

// Version is the version that FindCLI has established.
func (c *command) Version() semver.Version { return sdk.Version }

// Run implements auto.PulumiCommand.
func (c *command) Run(
	ctx context.Context, workdir string, stdin io.Reader,
	additionalOutput, additionalErrorOutput []io.Writer, additionalEnv []string, args ...string,
) (string, string, int, error) {
	if err := ctx.Err(); err != nil {
		return "", "", -1, err
	}
	if answer, unread := idle(args); unread {
		return answer, "", 0, nil
	}
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, c.path, slices.Insert(slices.Clone(args), 0, "--non-interactive")...)
	cmd.Dir = workdir
	cmd.Env = slices.Concat(cleanEnvironment(os.Environ()), additionalEnv, []string{"PULUMI_AUTOMATION_API=true"})
	cmd.Stdin = stdin
	cmd.Stdout = io.MultiWriter(append(slices.Clone(additionalOutput), &stdout)...)
	cmd.Stderr = io.MultiWriter(append(slices.Clone(additionalErrorOutput), &stderr)...)
	cmd.WaitDelay = graceful
	ownGroup(cmd)
	cmd.Cancel = func() error { return interrupt(cmd.Process) }

	start := time.Now()
	if err := cmd.Start(); err != nil {
		return "", "", -1, err
	}
	done := make(chan struct{})
	go func() {
		select {
		case <-c.kill:
			killGroup(cmd.Process)
		case <-done:
		}
	}()
	err := cmd.Wait()
	close(done)
	// The engine starts children of its own; none of them may outlive it.
	killGroup(cmd.Process)

	verb := ""
	if i := slices.IndexFunc(args, func(arg string) bool { return arg != "" && arg[0] != '-' }); i >= 0 {
		verb = args[i]
	}
	c.mu.Lock()
	c.usage = append(c.usage, usage{verb: verb, elapsed: time.Since(start), peak: peakOf(cmd.ProcessState)})
	c.mu.Unlock()

	code := -2
	var exit *exec.ExitError
	switch {
	case err == nil:
		code = 0
	case errors.As(err, &exit):
		code = exit.ExitCode()
	}
	return stdout.String(), stderr.String(), code, err
}

// idle answers what the Automation API asks after each update and a rehearsal
// never reads: outputs and history. Each would cost a process that loads the
// whole state.
func idle(args []string) (answer string, unread bool) {
	if len(args) < 2 || args[0] != "stack" {
		return "", false
	}
	switch args[1] {
	case "output":
		return "{}", true
	case "history":
		return "[]", true
	}
	return "", false
}

// last returns what the latest run of a verb such as "preview" took.
func (c *command) last(verb string) usage {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, u := range slices.Backward(c.usage) {
		if u.verb == verb {
			return u
		}
	}
	return usage{}
}

// peak returns the largest resident memory, in bytes, of any one run.
func (c *command) peak() int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	var most int64
	for _, u := range c.usage {
		most = max(most, u.peak)
	}
	return most
}
