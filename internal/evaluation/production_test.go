package evaluation

import (
	"context"
	"path/filepath"
	"sync"
	"testing"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/render"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/stack"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/testtool"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

// rendered is the graph of a stack as the program renders it.
func rendered(name string) (*qualification.Graph, error) {
	c, err := config.Load(filepath.Join("..", "..", "Pulumi."+name+".yaml"))
	if err != nil {
		return nil, err
	}
	return render.Render(context.Background(), "gxp-landing-zone", name, stack.Program(c, &rehearsal.Recorder{}),
		render.Quotas(rehearsal.Granted(c)))
}

var renderProduction = sync.OnceValues(func() (*qualification.Graph, error) { return rendered("prod") })

// production is the graph of the production stack. It is rendered once for all
// tests, which do not change it.
func production(t *testing.T) *qualification.Graph {
	t.Helper()
	g, err := renderProduction()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

var evaluateProduction = sync.OnceValues(func() (*Result, error) {
	g, err := renderProduction()
	if err != nil {
		return nil, err
	}
	evaluator, err := FindTool(filepath.Join("..", ".."))
	if err != nil {
		return nil, err
	}
	return evaluator.Run(context.Background(), g)
})

// productionResult is what the evaluation of the production stack finds. It is
// made once for all tests.
func productionResult(t *testing.T) *Result {
	t.Helper()
	tool(t)
	result, err := evaluateProduction()
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// tool is the evaluator; without it the test is skipped.
func tool(t *testing.T) *Tool {
	t.Helper()
	found, err := FindTool(testtool.Root(t))
	if err != nil {
		testtool.Missing(t, "policies are not evaluated: %v", err)
	}
	return found
}
