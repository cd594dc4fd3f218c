package evaluation

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/testtool"
)

func TestFindTool_SaysHowToGetIt(t *testing.T) {
	_, err := FindTool(t.TempDir())
	if !errors.Is(err, ErrNoTool) || !strings.Contains(err.Error(), "make tools") {
		t.Errorf("error %v, want one that says what to run", err)
	}
	t.Setenv("PATH", t.TempDir())
	_, err = FindTool(t.TempDir())
	if !errors.Is(err, ErrNoTool) || !strings.Contains(err.Error(), "Node.js") {
		t.Errorf("error %v, want one about Node.js", err)
	}
}

func TestTool_TrustsNoAnswerThatIsNone(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		testtool.Missing(t, "there is no node on the PATH: install Node.js 20 or later for this test")
	}
	tests := map[string]struct{ script, want string }{
		"it fails":                {`console.error("broken"); process.exit(3)`, "broken"},
		"it says nothing":         {``, "read the evaluator's answer"},
		"it says something else":  {`console.log("[]")`, "read the evaluator's answer"},
		"it leaves a case out":    {`console.log('{"verdicts":[]}')`, "0 verdicts on 1 cases"},
		"it answers another case": {`console.log('{"verdicts":[{"id":"b","result":"Allowed"}]}')`, "no verdict on a"},
		"it does not decide":      {`console.log('{"verdicts":[{"id":"a"}]}')`, "no verdict on a"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			script := filepath.Join(t.TempDir(), "evaluate.mjs")
			if err := os.WriteFile(script, []byte(tt.script), 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := (&Tool{node: node, script: script}).ask(t.Context(), query{Cases: []request{{ID: "a"}}})
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want one with %q", err, tt.want)
			}
		})
	}
}

func TestTool_StopsWhenItIsToldTo(t *testing.T) {
	evaluator := tool(t)
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if _, err := evaluator.ask(ctx, query{}); err == nil {
		t.Error("it answered after its time")
	}
}

func TestTool_RefusesWhatItCannotDecide(t *testing.T) {
	evaluator := tool(t)
	tests := map[string]struct {
		r    request
		want string
	}{
		"an action that does not exist": {request{ID: "a", Action: "macie:DisableMacie", Resource: "*"}, "invalid.service"},
		"a policy that is not there":    {request{ID: "a", Action: "s3:ListAllMyBuckets", Resource: "*", Identity: []string{"none"}}, "no policy is named none"},
		"a resource of another service": {request{ID: "a", Action: "s3:GetObject", Resource: "arn:aws:sqs:eu-test-1:111122223333:queue"}, "no.resource.types"},
		"a pattern for a resource":      {request{ID: "a", Action: "s3:GetObject", Resource: "arn:aws:s3:::bucket/*"}, "must not be a pattern"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			tt.r.Principal, tt.r.ResourceAccount = "arn:aws:sts::111122223333:assumed-role/a/b", "111122223333"
			a, err := evaluator.ask(t.Context(), query{Cases: []request{tt.r}})
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(a.Verdicts[0].Error, tt.want) {
				t.Errorf("verdict %+v, want an error with %q", a.Verdicts[0], tt.want)
			}
		})
	}
}
