package evaluation

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

// attempts is how many cases are tried against the want of one statement.
const attempts = 8

// alsoOtherwise are the statements of resources' own policies whose effect is
// there without them too, and why they are kept.
var alsoOtherwise = map[string]string{
	"RequireOrganization": "no Allow of these buckets admits anybody from outside; it stands against one that is added",
	"AccountManages":      "identity policies of the topic's own account are enough; it keeps the account in charge",
}

// together are the statements whose effect another of their policy has too for
// now, by that other: they are missed once both are taken away.
var together = map[string]string{
	// It stays when somebody else is let in to write evidence.
	"IntegrityCheckAloneWrites": "KnownRolesAloneWrite",
}

// statementOf is a statement of a policy, counted from 1.
type statementOf struct {
	policy string
	index  int
}

func TestRun_MissesEveryStatementThatIsTakenAway(t *testing.T) {
	evaluator := tool(t)
	w, err := newWorld(production(t))
	if err != nil {
		t.Fatal(err)
	}
	base := productionResult(t)

	// One question for all: each statement that is taken away gives a policy
	// of another name, and the cases that it decided are put again.
	var again []Case
	policies := maps.Clone(w.policies)
	owner := map[string]statementOf{}
	for s, cases := range decidedBy(base.Outcomes) {
		if d := w.policies[s.policy]; d == nil || d.source == nil {
			continue // AWS's own
		}
		name := fmt.Sprintf("%s without %d", s.policy, s.index)
		policies[name] = without(t, w.policies[s.policy], s.index)
		if also := indexOf(w.policies[s.policy], together[sidOf(w.policies[s.policy], s.index)]); also > 0 {
			policies[name] = without(t, w.policies[s.policy], s.index, also)
		}
		for _, c := range cases {
			c.request = renamed(c.request, s.policy, name)
			c.ID = fmt.Sprintf("%s: %s", name, c.ID)
			c.request.ID = c.ID
			owner[c.ID] = s
			again = append(again, c)
		}
	}
	missed := map[statementOf]bool{}
	changed := *w
	changed.policies = policies
	result, err := evaluator.run(t.Context(), &changed, again)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range result.Failed() {
		missed[owner[o.ID]] = true
	}

	statements := 0
	for _, name := range slices.Sorted(maps.Keys(w.policies)) {
		d := w.policies[name]
		if d.source == nil || !mustBeMissed(w, d) {
			continue
		}
		for i, s := range d.parsed.Statements {
			if reason := alsoOtherwise[s.Sid]; reason != "" && d.source.Type != policyType {
				continue
			}
			statements++
			if !missed[statementOf{name, i + 1}] {
				t.Errorf("no case turns red without %s of %s (attached to %v)", statementName(s, i), name, d.units)
			}
		}
	}
	t.Logf("%d statements taken away, %d cases put again", statements, len(again))
}

// mustBeMissed reports whether the policy is one of the organization's, or
// protects something in the home region.
func mustBeMissed(w *world, d *document) bool {
	if d.source.Type == policyType {
		return true
	}
	region, _ := w.graph.Region(d.source).Text()
	return w.protects(d.source) != "" && region == w.home && d.source.Type != "aws:iam/role:Role"
}

// decidedBy lists, for each statement, cases that hold because of it: first
// those that nothing else decided too.
func decidedBy(outcomes []Outcome) map[statementOf][]Case {
	by := map[statementOf][]Outcome{}
	for _, o := range outcomes {
		for _, d := range o.Deciding {
			if s := (statementOf{d.Policy, d.Index}); d.Index > 0 && !slices.ContainsFunc(by[s], func(other Outcome) bool { return other.ID == o.ID }) {
				by[s] = append(by[s], o)
			}
		}
	}
	tried := map[statementOf][]Case{}
	for s, all := range by {
		slices.SortStableFunc(all, func(a, b Outcome) int {
			return cmp.Or(len(a.Deciding)-len(b.Deciding), strings.Compare(b.by, a.by))
		})
		for _, o := range all[:min(len(all), attempts)] {
			tried[s] = append(tried[s], o.Case)
		}
	}
	return tried
}

// sidOf is the name of a statement of the document, counted from 1.
func sidOf(d *document, index int) string { return d.parsed.Statements[index-1].Sid }

// indexOf is the statement of a name, counted from 1, and 0 where there is none.
func indexOf(d *document, sid string) int {
	return 1 + slices.IndexFunc(d.parsed.Statements, func(s qualification.Statement) bool { return sid != "" && s.Sid == sid })
}

// without is the document without some of its statements. One that has no other
// is left with a statement that is about nothing.
func without(t *testing.T, d *document, indexes ...int) *document {
	t.Helper()
	var content struct {
		Version   string
		Statement []json.RawMessage
	}
	if err := json.Unmarshal(d.text, &content); err != nil {
		t.Fatal(err)
	}
	slices.Sort(indexes)
	for _, index := range slices.Backward(indexes) {
		content.Statement = slices.Delete(content.Statement, index-1, index)
	}
	if len(content.Statement) == 0 {
		about := map[string]any{"Sid": "Nothing", "Effect": "Deny", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::nothing/at-all"}
		if len(d.parsed.Statements[0].Principals) > 0 {
			about["Principal"] = "*"
		}
		nothing, err := json.Marshal(about)
		if err != nil {
			t.Fatal(err)
		}
		content.Statement = []json.RawMessage{nothing}
	}
	text, err := json.Marshal(content)
	if err != nil {
		t.Fatal(err)
	}
	changed := *d
	changed.text = text
	return &changed
}

// renamed is the request with another policy in the place of one.
func renamed(r request, from, to string) request {
	names := func(list []string) []string {
		list = slices.Clone(list)
		for i := range list {
			if list[i] == from {
				list[i] = to
			}
		}
		return list
	}
	levels := func(lists [][]string) [][]string {
		var all [][]string
		for _, list := range lists {
			all = append(all, names(list))
		}
		return all
	}
	r.Identity, r.Boundary = names(r.Identity), names(r.Boundary)
	r.ServiceControl, r.ResourceControl = levels(r.ServiceControl), levels(r.ResourceControl)
	r.ResourcePolicy = names([]string{r.ResourcePolicy})[0]
	return r
}
