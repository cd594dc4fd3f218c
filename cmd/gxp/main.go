// Command gxp works with the GxP landing zone where no AWS account is needed:
// it renders what the configuration describes, checks it, and rehearses its
// deployment.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	// A reader that has seen enough closes the pipe. Being notified turns the
	// signal into a write error, so that a rehearsal still cleans up.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)

	ctx, kill, stop := interruptible(context.Background())
	defer stop()
	code := run(ctx, kill, os.Args[1:], streams{in: os.Stdin, out: os.Stdout, err: os.Stderr})
	stop()
	os.Exit(code)
}

// interruptible returns a context that the first Ctrl-C or SIGTERM cancels, and
// a channel that the second closes. A third has its ordinary effect.
func interruptible(parent context.Context) (context.Context, <-chan struct{}, func()) {
	ctx, cancel := context.WithCancel(parent)
	kill := make(chan struct{})
	signals := make(chan os.Signal, 3)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	ended := make(chan struct{})
	go func() {
		for count := 1; ; count++ {
			select {
			case <-ended:
				return
			case <-signals:
			}
			switch count {
			case 1:
				fmt.Fprintln(os.Stderr, "stopping; once more stops at once")
				cancel()
			case 2:
				signal.Stop(signals)
				close(kill)
				return
			}
		}
	}()
	stopped := false
	return ctx, kill, func() {
		if stopped {
			return
		}
		stopped = true
		signal.Stop(signals)
		close(ended)
		cancel()
	}
}
