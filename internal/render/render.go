// Package render turns a Pulumi program into its resource graph without an
// engine: it runs the program under mocks that answer exactly as the offline
// AWS of a rehearsal does. Each resource has the URN and the inputs that it
// would have in the state of a deployment.
package render

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal/offline/rules"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

// Option changes how a program is rendered.
type Option func(*recorder)

// Organization is the Pulumi organization that the program sees. Default:
// organization, as with a self-managed backend.
func Organization(name string) Option { return func(r *recorder) { r.organization = name } }

// Quotas are the limits that AWS has granted. A zero field is AWS's default.
func Quotas(q rules.Quotas) Option { return func(r *recorder) { r.rules = rules.New(q) } }

// Config is the stack's configuration as Pulumi hands it to the program: values
// by key, such as gxp:endpoint.
func Config(values map[string]string) Option { return func(r *recorder) { r.config = values } }

// Render runs the program and returns its graph: the stack, providers,
// components, resources and stack references, each after what it depends on and
// otherwise by URN, so that the same program gives the same graph. It may be
// called from within a running Pulumi program and by many goroutines.
//
// The error tells everything that is wrong: what the program returned, each
// resource that AWS would refuse by its inputs alone, is registered twice, has no
// explicit provider of aws or is of a type that the offline AWS does not know,
// and each lookup that it cannot answer.
func Render(
	ctx context.Context, project, stack string, program pulumi.RunFunc, options ...Option,
) (*qualification.Graph, error) {
	r := newRecorder(project, stack)
	for _, option := range options {
		option(r)
	}
	if err := r.run(ctx, program); err != nil {
		return nil, err
	}
	return r.graph()
}

func (r *recorder) run(ctx context.Context, program pulumi.RunFunc) (err error) {
	pulumiContext, err := pulumi.NewContext(ctx, pulumi.RunInfo{
		Project: r.project, Stack: r.stack, Organization: r.organization, Config: r.config, Mocks: r,
	})
	if err != nil {
		return fmt.Errorf("render %s: %w", r.project, err)
	}
	defer func() { err = errors.Join(err, pulumiContext.Close()) }()

	err = pulumi.RunWithContext(pulumiContext, contained(program))
	if ctx.Err() != nil {
		return ctx.Err()
	}
	// What the recorder found is the cause of what the SDK reports.
	if failures := r.failures(); failures != nil {
		if errors.Is(err, errProgram) {
			return errors.Join(failures, err)
		}
		return failures
	}
	return err
}

// errProgram marks an error that the program itself returned.
var errProgram = errors.New("program")

// contained runs the program so that a panic in it is an error of the render.
func contained(program pulumi.RunFunc) pulumi.RunFunc {
	return func(ctx *pulumi.Context) (err error) {
		defer func() {
			if cause := recover(); cause != nil {
				err = fmt.Errorf("%w panicked: %v\n%s", errProgram, cause, debug.Stack())
			}
		}()
		if err := program(ctx); err != nil {
			return fmt.Errorf("%w: %w", errProgram, err)
		}
		return nil
	}
}
