package evaluation

import (
	"maps"
	"strings"
	"testing"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/mutation"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

// fewest is how many cases there must be.
const fewest = 250

func TestRun_EveryCaseHoldsInProduction(t *testing.T) {
	result := productionResult(t)
	t.Logf("%d cases, %d actions looked up", len(result.Outcomes), result.Actions)
	if len(result.Outcomes) < fewest {
		t.Errorf("%d cases, want at least %d", len(result.Outcomes), fewest)
	}
	for _, o := range result.Failed() {
		t.Errorf("%s, and %s", o, o.Problem)
	}
	for _, u := range result.UnknownActions {
		t.Error(u)
	}
}

func TestCases_AreToldApartByTheirIDs(t *testing.T) {
	w, err := newWorld(production(t))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, c := range w.cases() {
		if seen[c.ID] {
			t.Errorf("%s is there twice", c.ID)
		}
		if c.Proves == "" {
			t.Errorf("%s proves nothing", c.ID)
		}
		seen[c.ID] = true
	}
}

func TestRun_RefusesActionsThatAWSDoesNotHave(t *testing.T) {
	g, topics, err := mutation.Apply(production(t), mutation.OfType("aws:sns/topicPolicy:TopicPolicy"),
		mutation.EditStatement("policy", "AlarmsPublish", func(s mutation.Statement) { s["Action"] = "sns:Publishh" }))
	if err != nil {
		t.Fatal(err)
	}
	w, err := newWorld(g)
	if err != nil {
		t.Fatal(err)
	}
	result, err := tool(t).run(t.Context(), w, nil)
	if err != nil {
		t.Fatal(err)
	}
	if result.OK() {
		t.Error("the result is good")
	}
	want, got := map[string]int{}, map[string]int{}
	for _, urn := range topics {
		want[nameOf(g.Resource(urn))] = 1
	}
	for _, u := range result.UnknownActions {
		got[u.Policy]++
		if u.Action != "sns:Publishh" || u.Statement != "AlarmsPublish" || !strings.Contains(u.String(), "TopicPolicy") {
			t.Errorf("%s", u)
		}
	}
	if !maps.Equal(got, want) || len(want) < 2 {
		t.Errorf("unknown actions in %v, want one in each topic's policy of %v", got, want)
	}
}

func TestRun_WantsEveryPolicyToBeKnown(t *testing.T) {
	tests := map[string]struct {
		change mutation.Mutation
		want   string
	}{
		"a policy that only a deployment decides": {mutation.Unknown("policy"), "not known yet"},
		"a policy that is none":                   {mutation.Set("policy", "{"), "read policy"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			g, _, err := mutation.Apply(production(t), mutation.OfType("aws:sns/topicPolicy:TopicPolicy"), tt.change)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := newWorld(g); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want one with %q", err, tt.want)
			}
		})
	}
}

func TestRun_WantsAnOrganization(t *testing.T) {
	if _, err := newWorld(qualification.NewGraph(nil)); err == nil || !strings.Contains(err.Error(), "organization") {
		t.Errorf("error %v, want one about the organization", err)
	}
}

func TestJudge_NeverTakesAnythingForAProofThatIsNone(t *testing.T) {
	denied := Case{ID: "c", request: request{stated: []string{"aws:sourcearn"}}}
	allowed := denied
	allowed.Allowed = true
	unresolved := denied
	unresolved.problem = "nothing in the graph is {key other}"
	tests := map[string]struct {
		c       Case
		v       verdict
		problem string
	}{
		"denied as it must be":            {denied, verdict{Result: "ExplicitlyDenied"}, ""},
		"allowed as it must be":           {allowed, verdict{Result: "Allowed"}, ""},
		"allowed":                         {denied, verdict{Result: "Allowed"}, "it is allowed"},
		"denied":                          {allowed, verdict{Result: "ImplicitlyDenied", Deciding: []Decider{{Kind: "scp", Policy: "p", Sid: "S", Index: 1}}}, "it is denied by scp p: S"},
		"an error is no denial":           {denied, verdict{Error: "invalid.action"}, "the evaluator refuses it: invalid.action"},
		"a key that AWS does not send":    {denied, verdict{Result: "ExplicitlyDenied", Ignored: []string{"aws:SourceArn"}}, "AWS does not send aws:SourceArn with this request"},
		"a key that the case did not set": {denied, verdict{Result: "ExplicitlyDenied", Ignored: []string{"aws:ViaAWSService"}}, ""},
		"a resource that is not there":    {unresolved, verdict{Result: "ExplicitlyDenied"}, "nothing in the graph is {key other}"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := judge(tt.c, tt.v); got.Problem != tt.problem {
				t.Errorf("problem %q, want %q", got.Problem, tt.problem)
			}
		})
	}
}
