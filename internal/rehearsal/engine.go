package rehearsal

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/auto"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/events"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optdestroy"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optpreview"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optup"
	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/config"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/pulumi/pulumi/sdk/v3/go/common/workspace"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

// engine is the real Pulumi engine with one stack in a temporary folder.
type engine struct {
	command *command
	stack   auto.Stack
	name    string
}

// engineOptions is what an engine needs to know of the stack it runs.
type engineOptions struct {
	cli            string
	folder         string
	project, stack string
	values         map[string]string
	debugProviders string
	kill           <-chan struct{}
}

// newEngine creates the stack. Everything it writes is below o.folder.
func newEngine(ctx context.Context, o engineOptions) (*engine, error) {
	env := map[string]string{
		"PULUMI_CONFIG_PASSPHRASE": "rehearsal",
		"PULUMI_DEBUG_PROVIDERS":   o.debugProviders,
		// A provider that the offline AWS does not stand in for is an error
		// here, never a download.
		"PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
		// Nobody resumes a rehearsal that was killed, and a checkpoint after
		// each resource costs time that grows with the square of their number.
		// The engine still writes the state when it ends, failed or not.
		"PULUMI_SKIP_CHECKPOINTS": "true",
	}
	folders := map[string]string{}
	for _, name := range []string{"work", "home", "state", "tmp"} {
		folders[name] = filepath.Join(o.folder, name)
		if err := os.MkdirAll(folders[name], 0o700); err != nil {
			return nil, fmt.Errorf("folder of the rehearsal: %w", err)
		}
	}
	if err := placeAssets(folders["work"]); err != nil {
		return nil, err
	}
	env["PULUMI_BACKEND_URL"] = "file://" + filepath.ToSlash(folders["state"])
	env["TMPDIR"] = folders["tmp"]

	settings, err := stackSettings(o.values)
	if err != nil {
		return nil, err
	}
	c := &command{path: o.cli, kill: o.kill}
	ws, err := auto.NewLocalWorkspace(ctx,
		auto.WorkDir(folders["work"]),
		auto.PulumiHome(folders["home"]),
		auto.Pulumi(c),
		auto.EnvVars(env),
		auto.Program(func(*pulumi.Context) error { return nil }),
		auto.Project(workspace.Project{
			Name:    tokens.PackageName(o.project),
			Runtime: workspace.NewProjectRuntimeInfo("go", nil),
		}),
		auto.Stacks(map[string]workspace.ProjectStack{o.stack: {Config: settings}}),
	)
	if err != nil {
		return nil, fmt.Errorf("prepare the engine: %w", err)
	}
	stack, err := auto.NewStack(ctx, o.stack, ws)
	if err != nil {
		return nil, fmt.Errorf("create the stack: %w", cmp.Or(ctx.Err(), err))
	}
	return &engine{command: c, stack: stack, name: o.stack}, nil
}

// stackSettings turns configuration values, as a program would be given them,
// into those of a stack file.
func stackSettings(values map[string]string) (config.Map, error) {
	settings := config.Map{}
	for name, value := range values {
		key, err := config.ParseKey(name)
		if err != nil {
			return nil, fmt.Errorf("configuration key %q: %w", name, err)
		}
		if len(value) > 0 && (value[0] == '{' || value[0] == '[') && json.Valid([]byte(value)) {
			settings[key] = config.NewObjectValue(value)
			continue
		}
		settings[key] = config.NewValue(value)
	}
	return settings, nil
}

// preview shows what up would do with the program.
func (e *engine) preview(ctx context.Context, program pulumi.RunFunc, watch func(event)) *outcome {
	e.stack.Workspace().SetProgram(program)
	return e.observe("preview", watch, func(stream chan<- events.EngineEvent) error {
		_, err := e.stack.Preview(ctx, optpreview.EventStreams(stream), optpreview.Color("never"),
			optpreview.SuppressProgress(), optpreview.SuppressOutputs())
		return err
	})
}

// up deploys the program.
func (e *engine) up(ctx context.Context, program pulumi.RunFunc, watch func(event)) *outcome {
	e.stack.Workspace().SetProgram(program)
	return e.observe("up", watch, func(stream chan<- events.EngineEvent) error {
		_, err := e.stack.Up(ctx, optup.EventStreams(stream), optup.Color("never"),
			optup.SuppressProgress(), optup.SuppressOutputs())
		return err
	})
}

// previewDestroy is what a person meets who runs "pulumi destroy": it begins
// with a preview, and goes no further when that fails.
func (e *engine) previewDestroy(ctx context.Context, watch func(event)) *outcome {
	return e.observe("destroy", watch, func(stream chan<- events.EngineEvent) error {
		_, err := e.stack.PreviewDestroy(ctx, optdestroy.EventStreams(stream), optdestroy.Color("never"),
			optdestroy.SuppressProgress(), optdestroy.SuppressOutputs())
		return err
	})
}

// destroy deletes without asking and without a preview.
func (e *engine) destroy(ctx context.Context, watch func(event)) *outcome {
	return e.observe("destroy", watch, func(stream chan<- events.EngineEvent) error {
		_, err := e.stack.Destroy(ctx, optdestroy.EventStreams(stream), optdestroy.Color("never"),
			optdestroy.SuppressProgress(), optdestroy.SuppressOutputs())
		return err
	})
}

// observe runs one operation and collects what the engine says about it.
func (e *engine) observe(
	verb string, watch func(event), operation func(chan<- events.EngineEvent) error,
) *outcome {
	stream := make(chan events.EngineEvent)
	ended, collected := make(chan struct{}), make(chan *outcome)
	go func() { collected <- collect(stream, ended, watch) }()

	start := time.Now()
	err := operation(stream)
	// The stream is closed by the engine's last message, which never comes
	// when the engine could not start.
	close(ended)
	result := <-collected
	result.err = err
	result.elapsed = time.Since(start)
	if cli := e.command.last(verb); err == nil || cli.elapsed > 0 {
		result.engine = cli.elapsed
	}
	return result
}

// state returns the stack's deployment and the graph of it.
func (e *engine) state(ctx context.Context) ([]byte, *qualification.Graph, error) {
	deployment, err := e.stack.Export(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("export the state: %w", err)
	}
	data, err := json.MarshalIndent(deployment, "", "  ")
	if err != nil {
		return nil, nil, fmt.Errorf("export the state: %w", err)
	}
	graph, err := qualification.LoadDeployment(data)
	if err != nil {
		return nil, nil, fmt.Errorf("read the exported state: %w", err)
	}
	return data, graph, nil
}

var _ auto.PulumiCommand = (*command)(nil)

// planned says whether a step changes anything.
func planned(op apitype.OpType) bool {
	switch op {
	case apitype.OpSame, apitype.OpRead, apitype.OpRefresh, apitype.OpReadDiscard:
		return false
	default:
		return true
	}
}
