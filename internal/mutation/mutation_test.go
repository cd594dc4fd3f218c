package mutation_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/mutation"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

const bucketType, providerType = "aws:s3/bucketV2:BucketV2", "pulumi:providers:aws"

func graph() *qualification.Graph {
	return qualification.NewGraph([]*qualification.Resource{
		{URN: "urn:pulumi:s::p::" + bucketType + "::one", Type: bucketType, Protect: true, Provider: "urn::id", Inputs: map[string]any{
			"rules":  []any{map[string]any{"status": "Enabled", "days": 7.0}},
			"tags":   map[string]any{"gxp:owner": "Platform"},
			"policy": `{"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Allow","Condition":{}},{"Sid":"B","Effect":"Deny"}]}`,
		}},
		{URN: "urn:pulumi:s::p::" + providerType + "::aws", Type: providerType, Inputs: map[string]any{
			"defaultTags": `{"tags":{"owner":"Platform"}}`,
		}},
	})
}

var one = mutation.Named(bucketType, "one")

func TestApply_ChangesOneThingInACopy(t *testing.T) {
	tests := map[string]struct {
		where  mutation.Where
		mutate mutation.Mutation
		path   string
		want   string
	}{
		"an element of a list":          {one, mutation.Set("rules[0].status", "Disabled"), "rules[0].status", `"Disabled"`},
		"a field that was not there":    {one, mutation.Set("a.b", true), "a.b", "true"},
		"a field with a colon":          {one, mutation.Set(`tags["gxp:owner"]`, "X"), `tags["gxp:owner"]`, `"X"`},
		"a removal":                     {one, mutation.Remove("rules[0].status"), "rules[0].status", "not set"},
		"an unknown":                    {one, mutation.Unknown("rules"), "rules[0].days", "not yet known"},
		"a setting of a provider":       {mutation.OfType(providerType), mutation.Set("defaultTags.tags.owner", "X"), "defaultTags.tags.owner", `"X"`},
		"a statement that is taken out": {one, mutation.WithoutStatement("policy", "A"), "policy", `"{\"Statement\":[{\"Effect\":\"Deny\",\"Sid\":\"B\"}],\"Version\":\"2012-10-17\"}"`},
		"a statement that is changed": {one, mutation.EditStatement("policy", "B", func(s mutation.Statement) { s["Sid"] = "C" }), "policy",
			`"{\"Statement\":[{\"Condition\":{},\"Effect\":\"Allow\",\"Sid\":\"A\"},{\"Effect\":\"Deny\",\"Sid\":\"C\"}],\"Version\":\"2012-10-17\"}"`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			g := graph()
			broken, urns, err := mutation.Apply(g, tt.where, tt.mutate)
			if err != nil {
				t.Fatal(err)
			}
			if got := broken.Resource(urns[0]).Get(tt.path).String(); len(urns) != 1 || got != tt.want {
				t.Errorf("%s of %v is %s, want %s", tt.path, urns, got, tt.want)
			}
			if diff := cmp.Diff(graph().Resources, g.Resources); diff != "" {
				t.Errorf("the original changed:\n%s", diff)
			}
		})
	}
}

func TestApply_AddsAStatement(t *testing.T) {
	broken, urns, err := mutation.Apply(graph(), one, mutation.AddStatement("policy", mutation.Statement{"Sid": "C", "Effect": "Allow"}))
	if err != nil {
		t.Fatal(err)
	}
	text, _ := broken.Resource(urns[0]).Get("policy").Text()
	document, err := qualification.ParseDocument(text)
	if err != nil || len(document.Statements) != 3 || document.Statements[2].Sid != "C" {
		t.Errorf("the document is %+v, %v", document, err)
	}
}

func TestApply_ChangesOptions(t *testing.T) {
	broken, urns, err := mutation.Apply(graph(), one, func(r *qualification.Resource) error {
		if err := mutation.Unprotect(r); err != nil {
			return err
		}
		return mutation.Unplace(r)
	})
	if err != nil {
		t.Fatal(err)
	}
	if r := broken.Resource(urns[0]); r.Protect || r.Provider != "" {
		t.Errorf("protect %v, provider %q", r.Protect, r.Provider)
	}
}

func TestDrop_TakesResourcesOut(t *testing.T) {
	g := graph()
	broken, urns, err := mutation.Drop(g, one)
	if err != nil || len(urns) != 1 || len(broken.Resources) != 1 || len(g.Resources) != 2 {
		t.Errorf("dropped %v, %d left of %d, %v", urns, len(broken.Resources), len(g.Resources), err)
	}
}

func TestMutations_ThatChangeNothingAreErrors(t *testing.T) {
	none := mutation.Named(bucketType, "none")
	tests := map[string]struct {
		where  mutation.Where
		mutate mutation.Mutation
		want   string
	}{
		"no resource":             {none, mutation.Unprotect, "picks no resource"},
		"no element":              {one, mutation.Set("rules[3].status", 1), "the list has 1 elements"},
		"nothing to remove":       {one, mutation.Remove("missing"), "not there to be removed"},
		"nothing below":           {one, mutation.Set("rules[0].days.hours", 1), "has nothing below it"},
		"an index into an object": {one, mutation.Set("tags[0]", 1), "it is an object"},
		"no statement":            {one, mutation.WithoutStatement("policy", "X"), "there is no statement X"},
		"no statement to change":  {one, mutation.EditStatement("policy", "X", nil), "there is no statement X"},
		"no policy":               {one, mutation.WithoutStatement("rules", "X"), "is not a policy document"},
		"not retained":            {one, mutation.Abandon, "it is not retained"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, _, err := mutation.Apply(graph(), tt.where, tt.mutate)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Apply() = %v, want %q", err, tt.want)
			}
		})
	}
	if _, _, err := mutation.Drop(graph(), none); err == nil {
		t.Error("dropping nothing is no error")
	}
}
