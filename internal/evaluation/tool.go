package evaluation

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// ErrNoTool says that the evaluator is not installed. The message of the error
// that wraps it says how to get it.
var ErrNoTool = errors.New("the policy evaluator is not installed")

// deadline bounds one evaluation, which takes seconds.
const deadline = 5 * time.Minute

// Tool is the evaluator: a program of its own, for Node.js, that is never
// linked into this one.
type Tool struct {
	node, script, packages string
}

// FindTool finds the evaluator that "make tools" installs below root, the
// project's folder. When it is missing, the error wraps [ErrNoTool].
func FindTool(root string) (*Tool, error) {
	t := &Tool{
		script:   filepath.Join(root, "tools", "evaluate", "evaluate.mjs"),
		packages: filepath.Join(root, ".tools", "node"),
	}
	node, err := exec.LookPath("node")
	if err != nil {
		return nil, fmt.Errorf("%w: there is no node on the PATH; install Node.js 20 or later and run \"make tools\"", ErrNoTool)
	}
	t.node = node
	for _, needed := range []string{t.script, filepath.Join(t.packages, "node_modules", "@cloud-copilot", "iam-simulate")} {
		if _, err := os.Stat(needed); err != nil {
			return nil, fmt.Errorf("%w: run \"make tools\" in the project folder", ErrNoTool)
		}
	}
	return t, nil
}

// query is what the evaluator reads, answer what it writes; see evaluate.mjs.
type query struct {
	Policies map[string]json.RawMessage `json:"policies"`
	Cases    []request                  `json:"cases"`
	Actions  []string                   `json:"actions"`
}

type answer struct {
	Verdicts       []verdict `json:"verdicts"`
	UnknownActions []string  `json:"unknownActions"`
}

type verdict struct {
	ID       string    `json:"id"`
	Result   string    `json:"result"`
	Deciding []Decider `json:"deciding"`
	Ignored  []string  `json:"ignored"`
	Error    string    `json:"error"`
}

// request is one request in the evaluator's terms. Policies are names.
type request struct {
	ID              string         `json:"id"`
	Principal       string         `json:"principal"`
	Action          string         `json:"action"`
	Resource        string         `json:"resource"`
	ResourceAccount string         `json:"resourceAccount"`
	Context         map[string]any `json:"context"`
	Identity        []string       `json:"identity"`
	Boundary        []string       `json:"boundary,omitempty"`
	ServiceControl  [][]string     `json:"serviceControl"`
	ResourceControl [][]string     `json:"resourceControl"`
	ResourcePolicy  string         `json:"resourcePolicy,omitempty"`

	// stated are the condition keys, in lower case, that the case itself sets.
	stated []string
}

func question(w *world, cases []Case, uses map[string][]UnknownAction) query {
	q := query{Policies: w.policies.documents(), Actions: slices.Sorted(maps.Keys(uses))}
	for _, c := range cases {
		q.Cases = append(q.Cases, c.request)
	}
	return q
}

// ask runs the evaluator once.
func (t *Tool) ask(ctx context.Context, q query) (*answer, error) {
	input, err := json.Marshal(q)
	if err != nil {
		return nil, fmt.Errorf("evaluate policies: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	cmd := exec.CommandContext(ctx, t.node, t.script, t.packages)
	cmd.Stdin = bytes.NewReader(input)
	cmd.WaitDelay = time.Second
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &limited{Writer: &errs, left: 4 << 10}
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("evaluate policies: %w: %s", err, strings.TrimSpace(errs.String()))
	}
	a := &answer{}
	if err := json.Unmarshal(out.Bytes(), a); err != nil {
		return nil, fmt.Errorf("evaluate policies: read the evaluator's answer: %w", err)
	}
	if len(a.Verdicts) != len(q.Cases) {
		return nil, fmt.Errorf("evaluate policies: %d verdicts on %d cases", len(a.Verdicts), len(q.Cases))
	}
	for i, v := range a.Verdicts {
		if v.ID != q.Cases[i].ID || (v.Result == "" && v.Error == "") {
			return nil, fmt.Errorf("evaluate policies: there is no verdict on %s", q.Cases[i].ID)
		}
	}
	return a, nil
}

// limited keeps the beginning of what is written and drops the rest.
type limited struct {
	io.Writer
	left int
}

func (l *limited) Write(data []byte) (int, error) {
	kept := data[:min(len(data), l.left)]
	l.left -= len(kept)
	if _, err := l.Writer.Write(kept); err != nil {
		return 0, err
	}
	return len(data), nil
}
