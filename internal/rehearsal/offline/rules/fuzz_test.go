package rules

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// shapes are values that a program may send in place of any other.
var shapes = []any{
	nil, Unknown{}, "", "*", "arn:", "arn:aws:::::", "alias/", "{", `{"Statement":[{}]}`, "Resources: [a]", 0.0, -1.0, 1e300, 7, true,
	[]any{}, []any{nil}, []any{Unknown{}}, []any{[]any{}}, []any{object{}}, []any{"", 1.0, object{"a": nil}},
	object{}, object{"": nil}, object{"Statement": Unknown{}}, struct{}{},
}

// distortions yields v with each value in it, at any depth, replaced by shape.
func distortions(v, shape any) []any {
	out := []any{shape}
	switch v := v.(type) {
	case map[string]any:
		for key, item := range v {
			for _, distorted := range distortions(item, shape) {
				m := maps.Clone(v)
				m[key] = distorted
				out = append(out, m)
			}
		}
	case []any:
		for i, item := range v {
			for _, distorted := range distortions(item, shape) {
				list := slices.Clone(v)
				list[i] = distorted
				out = append(out, list)
			}
		}
	}
	return out
}

func TestRules_SurviveEveryShapeInEveryPlace(t *testing.T) {
	rules, world, tried := New(Quotas{Accounts: 2}), landingZone(), 0
	for typ := range table {
		r := valid(typ)
		whole := map[string]any(r.Inputs)
		for _, shape := range shapes {
			for _, inputs := range distortions(whole, shape) {
				r.Inputs, _ = inputs.(map[string]any)
				rules.Static(r)
				rules.Against(r, world)
				rules.Against(r, memory{})
				tried++
			}
		}
	}
	if tried < 1000 {
		t.Errorf("%d distortions were tried, want thousands", tried)
	}
}

func TestRules_SurviveEveryShapeInTheWorld(t *testing.T) {
	var candidates []Resource
	for typ := range table {
		candidates = append(candidates, valid(typ))
	}
	world, tried := landingZone(), 0
	for i := range world {
		whole := map[string]any(world[i].Inputs)
		for _, shape := range shapes {
			for _, inputs := range distortions(whole, shape) {
				world[i].Inputs, _ = inputs.(map[string]any)
				for _, r := range candidates {
					Against(r, world)
					tried++
				}
			}
		}
		world[i].Inputs = whole
	}
	if tried < 1000 {
		t.Errorf("%d distortions were tried, want thousands", tried)
	}
}

func TestRules_AnswerTheSameEachTime(t *testing.T) {
	r := valid(bucketPolicyType)
	r.Inputs["policy"] = `{"a":1,"Statement":[{"Effect":"Allow","Condition":{"A":{},"B":{},"C":{},"D":{}},"Principal":{"X":"a","Y":"b","Z":"c"}}]}`
	want := Static(r)
	if len(want) < 8 {
		t.Fatalf("Static() = %v, want many failures to compare", want)
	}
	for range 20 {
		if diff := cmp.Diff(want, Static(r)); diff != "" {
			t.Fatalf("Static() changes from call to call:\n%s", diff)
		}
	}
}

func FuzzRules_NeverPanic(f *testing.F) {
	types := slices.Sorted(maps.Keys(table))
	for i, typ := range types {
		text, err := json.Marshal(valid(typ).Inputs)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(byte(i), string(text))
	}
	f.Fuzz(func(t *testing.T, which byte, text string) {
		var inputs map[string]any
		if json.Unmarshal([]byte(text), &inputs) != nil {
			t.Skip("no inputs")
		}
		r := valid(types[int(which)%len(types)])
		r.Inputs = inputs
		Static(r)
		Against(r, append(landingZone(), Resource{Type: r.Type, URN: "urn:other", Inputs: inputs}))
	})
}
