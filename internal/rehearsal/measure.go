package rehearsal

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal/offline"
)

// Measurement is what the engine takes for a configuration. Times are those of
// the engine's own process from start to end.
type Measurement struct {
	// Resources is the number of resources that the first preview would create.
	Resources int `json:"resources"`

	// PreviewSeconds is a preview of the stack before it exists.
	PreviewSeconds float64 `json:"previewSeconds"`

	// UpSeconds is the deployment of the stack.
	UpSeconds float64 `json:"upSeconds"`

	// PlainPreviewSeconds is a preview of a program that does nothing but
	// register as many plain resources, on the same engine and offline AWS.
	PlainPreviewSeconds float64 `json:"plainPreviewSeconds"`

	// PeakMemoryMB is as in Summary.
	PeakMemoryMB int `json:"peakMemoryMB"`
}

// long is the time from which on a preview is measured only twice.
const long = 5 * time.Second

// attempts is how often a shorter one is measured. The best counts, because
// what else the machine does can only add to it.
const attempts = 3

// Measure times the engine. Of the options it uses CLI, Project, Stack, Config,
// Values, Program, Latency, Progress and Kill. A preview or deployment that
// fails is an error.
func Measure(ctx context.Context, o Options) (*Measurement, error) {
	if o.Progress == nil {
		o.Progress = silent{}
	}
	m := &Measurement{}
	err := withEngine(ctx, o, func(stack *engine, _ *offline.AWS) error {
		program := o.Program(o.Config, &Recorder{})
		plain := o
		plain.Config = &config.Config{}
		if err := withEngine(ctx, plain, func(e *engine, _ *offline.AWS) error {
			return m.previews(ctx, o, stack, program, e)
		}); err != nil {
			return err
		}
		up, err := m.timed(o, "up", m.Resources, func(watch func(event)) *outcome { return stack.up(ctx, program, watch) })
		m.UpSeconds = seconds(up.engine)
		m.PeakMemoryMB = int((ownPeak() + stack.command.peak()) >> 20)
		return err
	})
	if err != nil {
		return nil, err
	}
	return m, nil
}

// previews measures the stack and as many plain resources in turn, so that both
// meet the same weather.
func (m *Measurement) previews(ctx context.Context, o Options, stack *engine, program pulumi.RunFunc, plain *engine) error {
	for attempt := range attempts {
		full, err := m.timed(o, "preview", m.Resources, func(watch func(event)) *outcome {
			return stack.preview(ctx, program, watch)
		})
		if err != nil {
			return err
		}
		m.Resources = full.count()
		bare, err := m.timed(o, "plain preview", m.Resources, func(watch func(event)) *outcome {
			return plain.preview(ctx, plainProgram(m.Resources), watch)
		})
		if err != nil {
			return err
		}
		if bare.count() != m.Resources {
			return fmt.Errorf("the plain program registered %d resources, not %d", bare.count(), m.Resources)
		}
		m.PreviewSeconds = best(m.PreviewSeconds, seconds(full.engine))
		m.PlainPreviewSeconds = best(m.PlainPreviewSeconds, seconds(bare.engine))
		if attempt > 0 && full.engine > long {
			break
		}
	}
	return nil
}

// best returns the smaller of two times, of which the first may not be there
// yet.
func best(before, now float64) float64 {
	if before == 0 {
		return now
	}
	return min(before, now)
}

// timed runs one operation under the eyes of the progress.
func (m *Measurement) timed(
	o Options, name string, total int, operation func(func(event)) *outcome,
) (*outcome, error) {
	o.Progress.Begin(name, total)
	done := 0
	out := operation(func(e event) {
		if e.done {
			done++
		}
		o.Progress.Step(done, shortName(e.urn))
	})
	p := Phase{Name: name, Seconds: seconds(out.elapsed), OK: out.err == nil, Reason: out.reason()}
	p.note(out)
	o.Progress.End(p)
	if out.err != nil {
		return out, fmt.Errorf("%s: %s", name, out.reason())
	}
	return out, nil
}

// plainProgram registers n resources that depend on nothing, the stack and the
// one provider included.
func plainProgram(n int) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		provider, err := aws.NewProvider(ctx, "plain", &aws.ProviderArgs{
			Region:            pulumi.String("eu-central-1"),
			AllowedAccountIds: pulumi.StringArray{pulumi.String("111122223333")},
		})
		if err != nil {
			return err
		}
		for i := range n - 2 {
			name := "plain-" + strconv.Itoa(i)
			_, err := cloudwatch.NewLogGroup(ctx, name, &cloudwatch.LogGroupArgs{
				Name:            pulumi.String(name),
				RetentionInDays: pulumi.Int(365),
			}, pulumi.Provider(provider))
			if err != nil {
				return err
			}
		}
		return nil
	}
}
