// Package rehearsal lets the real Pulumi engine deploy the landing zone against
// an offline AWS, and finds out whether it goes as it should: a second preview
// that changes nothing, controls that pass on what was deployed, and, where
// asked for, accounts added and a fault survived.
package rehearsal

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal/offline"
	"github.com/gxp-landing-zone/gxp-landing-zone/landingzone"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

// ErrInterrupted says that a rehearsal was stopped before its end. No process
// and no file of it is left.
var ErrInterrupted = errors.New("rehearsal interrupted; its processes have ended and its temporary folder is removed")

// temporary begins the name of the folder that holds all files of a rehearsal.
const temporary = "gxp-rehearsal-"

// Middle as Options.Fault chooses a resource about halfway through the
// deployment.
const Middle = "middle"

// Options says what to rehearse and how.
type Options struct {
	// CLI is the path of the Pulumi CLI, from FindCLI.
	CLI string

	// Project and Stack are the Pulumi project and stack. They are part of
	// every URN.
	Project, Stack string

	// Config is the landing zone.
	Config *config.Config

	// Values are the stack's configuration as Pulumi hands it to a program,
	// pulumi:disable-default-providers included.
	Values map[string]string

	// Program makes the Pulumi program of a configuration.
	Program func(*config.Config, landingzone.Operations) pulumi.RunFunc

	// Controls judges the deployed state.
	Controls func(*qualification.Graph) Judgement

	// Accounts is how many synthetic workload accounts are added to the
	// deployed stack. 0 leaves the phase out.
	Accounts int

	// Segment adds a synthetic segment to the network of the deployed stack.
	Segment bool

	// Fault makes the creation of a resource fail once: Middle, or part of its
	// URN or type. Empty leaves the phase out.
	Fault string

	// Latency is how slow the offline AWS is, one of offline.Profiles. The
	// zero value answers at once.
	Latency offline.Latency

	// Progress is told what goes on. Nil tells nobody.
	Progress Progress

	// Kill, when closed, ends the engine at once instead of letting it finish
	// what it has begun. It matters after ctx was cancelled.
	Kill <-chan struct{}
}

// Judgement is what the controls found.
type Judgement struct {
	Verdicts

	// Findings are sentences that name control, resource and fix.
	Findings []string
}

// Run rehearses. The error is about a rehearsal that could not be run or was
// interrupted (ErrInterrupted); a rehearsal that went wrong has a Summary whose
// OK is false. A cancelled ctx lets the engine stop in an orderly way.
func Run(ctx context.Context, o Options) (summary *Summary, err error) {
	if o.Progress == nil {
		o.Progress = silent{}
	}
	err = withEngine(ctx, o, func(e *engine, cloud *offline.AWS) error {
		r := &run{
			Options: o, ctx: ctx, engine: e, cloud: cloud, recorder: &Recorder{}, created: map[string]int{},
			summary: &Summary{SecondPreviewChanges: -1, ResourcesByPackage: map[string]int{}},
		}
		r.rehearse()
		r.summary.PeakMemoryMB = int((ownPeak() + e.command.peak()) >> 20)
		summary = r.summary
		return nil
	})
	if err != nil {
		return nil, err
	}
	return summary, nil
}

// withEngine lends an engine with an empty stack and an offline AWS, and
// removes both.
func withEngine(ctx context.Context, o Options, use func(*engine, *offline.AWS) error) (err error) {
	folder, err := os.MkdirTemp("", temporary)
	if err != nil {
		return fmt.Errorf("temporary folder of the rehearsal: %w", err)
	}
	defer func() {
		if failed := removeAll(folder); failed != nil {
			err = errors.Join(err, fmt.Errorf("remove the temporary folder by hand: %w", failed))
		}
	}()
	adopted, err := existing(ctx, o)
	if err != nil {
		return err
	}
	cloud := offline.New(offline.Options{
		Latency:  o.Latency,
		Existing: adopted,
		Quotas:   Granted(WithAccounts(o.Config, o.Accounts)),
	})
	// An engine that is stopping still finishes what it has begun, for which it
	// needs AWS.
	providers, err := cloud.Serve(context.WithoutCancel(ctx))
	if err != nil {
		return fmt.Errorf("start the offline AWS: %w", err)
	}
	defer func() { err = errors.Join(err, cloud.Close()) }()
	e, err := newEngine(ctx, engineOptions{
		cli: o.CLI, folder: folder, project: o.Project, stack: o.Stack, values: o.Values,
		debugProviders: providers, kill: o.Kill,
	})
	if err == nil {
		err = use(e, cloud)
	}
	if ctx.Err() != nil {
		// Whatever a cancelled engine complained about follows from that.
		return ErrInterrupted
	}
	return err
}

// removeAll removes a folder that an ending process may still write to.
func removeAll(folder string) error {
	var err error
	for range 20 {
		if err = os.RemoveAll(folder); err == nil {
			return nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	return err
}

// run is one rehearsal.
type run struct {
	Options
	ctx      context.Context
	engine   *engine
	cloud    *offline.AWS
	recorder *Recorder
	summary  *Summary

	graph   *qualification.Graph // the latest state
	planned []string             // URNs that the first preview would create
	created map[string]int       // how often each URN was created
}

// rehearse runs the phases until one fails without which the rest means
// nothing.
func (r *run) rehearse() {
	r.summary.OK = true
	ok := r.phase("preview", 0, r.preview)
	if ok && r.Fault != "" {
		ok = r.phase("fault", len(r.planned), r.fault)
	}
	if !ok || !r.phase("up", len(r.planned), r.up) {
		return
	}
	r.phase("second preview", r.size(), r.secondPreview)
	r.phase("controls", 0, r.controls)
	r.phase("readiness", 0, r.readiness)
	current := r.Config
	if r.Accounts > 0 {
		current = WithAccounts(r.Config, r.Accounts)
		r.phase("accounts added", r.size(), func(p *Phase) error { return r.accountsAdded(p, current) })
		r.phase("accounts again", r.size(), func(p *Phase) error { return r.unchanged(p, current) })
	}
	if r.Segment {
		r.phase("segment added", r.size(), func(p *Phase) error {
			segmented, err := WithSegment(current)
			if err != nil {
				return err
			}
			current = segmented
			return r.segmentAdded(p, segmented)
		})
	}
	if fewer, name := withoutAccount(current); name != "" {
		r.phase("account removed", 0, func(p *Phase) error { return r.accountRemoved(p, fewer, name) })
	}
	if shorter := withShorterRetention(current); shorter != nil {
		r.phase("retention cut", 0, func(p *Phase) error { return r.retentionShortened(p, shorter) })
	}
	r.phase("destroy", r.size(), r.destroyRefused)
	r.phase("destroy forced", r.size(), r.destroyForced)
}

// phase runs one step, unless the rehearsal was interrupted, and records it.
func (r *run) phase(name string, total int, step func(*Phase) error) bool {
	if r.ctx.Err() != nil {
		return false
	}
	p := Phase{Name: name}
	r.Progress.Begin(name, total)
	start := time.Now()
	err := step(&p)
	p.Seconds = seconds(time.Since(start))
	p.OK = err == nil
	if r.ctx.Err() != nil {
		p.OK, err = false, ErrInterrupted
	}
	if err != nil {
		p.Reason = err.Error()
		r.summary.OK = false
	}
	r.Progress.End(p)
	r.summary.Phases = append(r.summary.Phases, p)
	return p.OK
}

// watch turns engine events into progress.
func (r *run) watch() func(event) {
	done := 0
	return func(e event) {
		if e.done {
			done++
		}
		r.Progress.Step(done, shortName(e.urn))
	}
}

// note keeps what an operation of the engine took and did.
func (p *Phase) note(o *outcome) {
	p.EngineSeconds += seconds(o.engine)
	p.Operations = o.counts()
}

// size is the number of resources in the latest state.
func (r *run) size() int {
	if r.graph == nil {
		return 0
	}
	return len(r.graph.Resources)
}

// seconds rounds to milliseconds.
func seconds(d time.Duration) float64 {
	return float64(d.Round(time.Millisecond)) / float64(time.Second)
}

// silent is the progress that nobody watches.
type silent struct{}

func (silent) Begin(string, int) {}
func (silent) Step(int, string)  {}
func (silent) End(Phase)         {}
