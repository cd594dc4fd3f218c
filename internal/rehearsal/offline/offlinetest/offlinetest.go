// Package offlinetest runs programs on the real Pulumi engine against an
// offline AWS, for tests.
package offlinetest

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3"
	"github.com/pulumi/pulumi/sdk/v3/go/auto"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optdestroy"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optpreview"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optup"
	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/pulumi/pulumi/sdk/v3/go/common/workspace"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal/offline"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/testtool"
)

// The names under which an Engine deploys.
const (
	Project = "sample"
	Stack   = "test"
)

// Engine is the real Pulumi engine with an empty stack in a folder of the test.
type Engine struct {
	t     *testing.T
	stack auto.Stack
}

// NewEngine serves the offline AWS for the time of the test and attaches an
// engine to it. The test is skipped where there is no Pulumi CLI of the SDK's
// version.
func NewEngine(t *testing.T, aws *offline.AWS) *Engine {
	t.Helper()
	cli := findCLI(t)
	providers, err := aws.Serve(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := aws.Close(); err != nil {
			t.Error(err)
		}
	})
	folder := t.TempDir()
	home := filepath.Join(folder, "home")
	state := filepath.Join(folder, "state")
	work := filepath.Join(folder, "work")
	for _, dir := range []string{home, state, work} {
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	// The Automation API wants an installation: root/bin/pulumi.
	root := filepath.Join(folder, "cli")
	if err := os.MkdirAll(filepath.Join(root, "bin"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(cli, filepath.Join(root, "bin", "pulumi")); err != nil {
		t.Fatal(err)
	}
	command, err := auto.NewPulumiCommand(&auto.PulumiCommandOptions{Root: root})
	if err != nil {
		t.Fatal(err)
	}
	stack, err := auto.UpsertStackInlineSource(t.Context(), Stack, Project,
		func(*pulumi.Context) error { return nil },
		auto.Pulumi(command), auto.WorkDir(work), auto.PulumiHome(home),
		auto.Project(workspace.Project{
			Name:    tokens.PackageName(Project),
			Runtime: workspace.NewProjectRuntimeInfo("go", nil),
			Backend: &workspace.ProjectBackend{URL: "file://" + filepath.ToSlash(state)},
		}),
		auto.EnvVars(map[string]string{
			"PULUMI_CONFIG_PASSPHRASE":                    "test",
			"PULUMI_DEBUG_PROVIDERS":                      providers,
			"PULUMI_SKIP_UPDATE_CHECK":                    "true",
			"PULUMI_SKIP_CHECKPOINTS":                     "true",
			"PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
		}))
	if err != nil {
		t.Fatal(err)
	}
	err = stack.SetConfigWithOptions(t.Context(), "pulumi:disable-default-providers[0]",
		auto.ConfigValue{Value: "aws"}, &auto.ConfigOptions{Path: true})
	if err != nil {
		t.Fatal(err)
	}
	return &Engine{t: t, stack: stack}
}

// Preview returns how many resources would be created, changed and so on, by
// operation, and what the engine wrote.
func (e *Engine) Preview(program pulumi.RunFunc) (map[apitype.OpType]int, string, error) {
	e.t.Helper()
	e.stack.Workspace().SetProgram(program)
	var out bytes.Buffer
	result, err := e.stack.Preview(e.t.Context(), optpreview.Diff(), optpreview.ProgressStreams(&out),
		optpreview.ErrorProgressStreams(&out))
	return result.ChangeSummary, out.String(), err
}

// Up deploys and returns what was done, by operation.
func (e *Engine) Up(program pulumi.RunFunc) (map[string]int, error) {
	e.t.Helper()
	e.stack.Workspace().SetProgram(program)
	result, err := e.stack.Up(e.t.Context(), optup.SuppressProgress())
	if err != nil {
		return nil, err
	}
	return *result.Summary.ResourceChanges, nil
}

// MustUp deploys, and ends the test when that fails.
func (e *Engine) MustUp(program pulumi.RunFunc) map[string]int {
	e.t.Helper()
	changes, err := e.Up(program)
	if err != nil {
		e.t.Fatal(err)
	}
	return changes
}

// Destroy deletes everything.
func (e *Engine) Destroy() error {
	_, err := e.stack.Destroy(e.t.Context(), optdestroy.SuppressProgress())
	return err
}

// State returns the resources of the deployment's state.
func (e *Engine) State() []apitype.ResourceV3 {
	e.t.Helper()
	exported, err := e.stack.Export(e.t.Context())
	if err != nil {
		e.t.Fatal(err)
	}
	var deployment apitype.DeploymentV3
	if err := json.Unmarshal(exported.Deployment, &deployment); err != nil {
		e.t.Fatal(err)
	}
	if len(deployment.Resources) == 0 {
		e.t.Fatal("the state is empty")
	}
	return deployment.Resources
}

// findCLI looks at the environment, the PATH and the folder of tools.
func findCLI(t *testing.T) string {
	t.Helper()
	candidates := []string{os.Getenv("GXP_PULUMI")}
	if onPath, err := exec.LookPath("pulumi"); err == nil {
		candidates = append(candidates, onPath)
	}
	candidates = append(candidates, filepath.Join(testtool.Root(t), ".tools", "bin", "pulumi"))
	for _, candidate := range candidates {
		if candidate == "" {
			continue
		}
		out, err := exec.CommandContext(t.Context(), candidate, "version").Output()
		if err == nil && strings.TrimPrefix(strings.TrimSpace(string(out)), "v") == sdk.Version.String() {
			return candidate
		}
	}
	testtool.Missing(t, "no Pulumi CLI %s in GXP_PULUMI, on the PATH or in .tools/bin: run make tools", sdk.Version)
	return ""
}
