package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/texttheater/golang-levenshtein/levenshtein"
	"golang.org/x/term"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal"
)

// The exit codes of every command.
const (
	exitDone        = 0
	exitFindings    = 1
	exitUse         = 2
	exitInterrupted = 130 // 128 + SIGINT, as shells report it
)

// errFindings says that the result, already printed, is not what it should be.
var errFindings = errors.New("findings")

// streams are the command's input and outputs: results go to out, everything
// said on the way to err.
type streams struct {
	in  io.Reader
	out io.Writer
	err io.Writer
}

// terminal says whether w is a person's screen.
func terminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// app is what every command shares.
type app struct {
	streams
	kill  <-chan struct{}
	stack string
}

// run executes the command line and returns the exit code.
func run(ctx context.Context, kill <-chan struct{}, args []string, s streams) int {
	root := newRoot(&app{streams: s, kill: kill})
	root.SetArgs(args)
	root.SetIn(s.in)
	root.SetOut(s.out)
	root.SetErr(s.err)
	err := root.ExecuteContext(ctx)
	switch {
	case err == nil, errors.Is(err, syscall.EPIPE):
		return exitDone
	case errors.Is(err, errFindings):
		return exitFindings
	case errors.Is(err, rehearsal.ErrInterrupted), errors.Is(err, context.Canceled):
		fmt.Fprintln(s.err, "gxp:", err)
		return exitInterrupted
	default:
		// Configuration problems come one per line, each with its place, and a
		// prefix would only hide the first one's.
		fmt.Fprintln(s.err, strings.TrimRight(err.Error(), "\n"))
		return exitUse
	}
}

func newRoot(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:   "gxp",
		Short: "The GxP landing zone without AWS: render, check, rehearse",
		Long: `gxp renders what the configuration of a stack describes, runs the controls on it,
and rehearses its deployment on the real Pulumi engine against an offline AWS.

Exit codes: 0 done, 1 findings or failed checks, 2 wrong use or bad configuration,
130 interrupted. Results go to standard output, progress to standard error.`,
		Example: `  gxp rehearse
  gxp check --stack prod
  gxp render | jq '.deployment.resources | length'`,
		SilenceUsage:  true,
		SilenceErrors: true,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			return unknownCommand(cmd, args[0])
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			fmt.Fprint(a.err, cmd.UsageString())
			return errors.New("name a command")
		},
	}
	root.PersistentFlags().StringVar(&a.stack, "stack", "prod", "stack, configured by Pulumi.<stack>.yaml in the project folder")
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetFlagErrorFunc(unknownFlag)
	root.AddCommand(newRehearse(a), newRender(a), newCheck(a), newSegmentation(a), newBench(a), newAudit(a), newVersion(a))
	return root
}

// unknownCommand says what was probably meant.
func unknownCommand(cmd *cobra.Command, name string) error {
	message := fmt.Sprintf("unknown command %q", name)
	if near := cmd.SuggestionsFor(name); len(near) > 0 {
		message += "; did you mean " + strings.Join(near, " or ") + "?"
	}
	return errors.New(message + fmt.Sprintf(" See %q.", cmd.CommandPath()+" --help"))
}

// farthest is the edit distance up to which a flag is taken for a misspelling.
const farthest = 3

// unknownFlag adds a suggestion to a complaint about an unknown flag.
func unknownFlag(cmd *cobra.Command, err error) error {
	help := fmt.Sprintf("see %q", cmd.CommandPath()+" --help")
	var missing *pflag.NotExistError
	if !errors.As(err, &missing) {
		return fmt.Errorf("%w; %s", err, help)
	}
	best, distance := "", farthest+1
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		d := levenshtein.DistanceForStrings([]rune(missing.GetSpecifiedName()), []rune(f.Name), levenshtein.DefaultOptions)
		if !f.Hidden && d < distance {
			best, distance = f.Name, d
		}
	})
	if best == "" {
		return fmt.Errorf("%w; %s", err, help)
	}
	return fmt.Errorf("%w; did you mean --%s? %s", err, best, help)
}

// noArguments refuses arguments with a hint at flags.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return fmt.Errorf("%s takes no arguments, got %q; see %q", cmd.CommandPath(), args[0], cmd.CommandPath()+" --help")
}
