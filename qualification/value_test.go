package qualification_test

import (
	"encoding/json"
	"testing"

	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

// inputs are as a deployment has them: with Pulumi's own forms of what JSON has
// none for.
const inputs = `{
	"plain": {"list": [{"name": "first"}, {"name": "second"}], "a.b": "quoted", "years": 7},
	"later": "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
	"laterList": ["6a19a0b0-7e62-4c92-b797-7f8e31da9cc2"],
	"output": {"4dabf18193072939515e22adb298388d": "d0e6a833031e9bbcd3f4e8bde6ca49a4", "value": "resolved"},
	"openOutput": {"4dabf18193072939515e22adb298388d": "d0e6a833031e9bbcd3f4e8bde6ca49a4"},
	"sealed": {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "v1:abc"},
	"opened": {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "plaintext": "{\"user\":\"root\"}"},
	"null": null
}`

func TestResource_GetSaysWhatIsKnown(t *testing.T) {
	var properties map[string]any
	if err := json.Unmarshal([]byte(inputs), &properties); err != nil {
		t.Fatal(err)
	}
	r := &qualification.Resource{Inputs: properties}
	tests := map[string]struct{ path, want string }{
		"a field of an element":              {"plain.list[1].name", `"second"`},
		"a field whose name has a dot":       {`plain["a.b"]`, `"quoted"`},
		"a number":                           {"plain.years", "7"},
		"an element past the end":            {"plain.list[2].name", "not set"},
		"a field of something that has none": {"plain.years.months", "not set"},
		"a null":                             {"null", "not set"},
		"nothing":                            {"missing.too", "not set"},
		"a malformed path":                   {"plain.list[x]", "not set"},
		"an unknown":                         {"later", "not yet known"},
		"what is below an unknown":           {"later.name[0]", "not yet known"},
		"an unknown element":                 {"laterList[0].name", "not yet known"},
		"an output":                          {"output", `"resolved"`},
		"an output without value":            {"openOutput", "not yet known"},
		"an encrypted secret":                {"sealed", "not yet known"},
		"what is below an encrypted secret":  {"sealed.user", "not yet known"},
		"what is below a readable secret":    {"opened.user", `"root"`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := r.Get(tt.path).String(); got != tt.want {
				t.Errorf("Get(%q) is %s, want %s", tt.path, got, tt.want)
			}
		})
	}
}

func TestResource_GetReadsTheSettingsOfAProvider(t *testing.T) {
	p := &qualification.Resource{Type: "pulumi:providers:aws", Inputs: map[string]any{
		"allowedAccountIds": `["111122223333"]`, "skipRegionValidation": "true", "maxRetries": "25",
		"defaultTags": `{"tags":{"gxp:owner":"Platform"}}`,
	}}
	for path, want := range map[string]any{
		"allowedAccountIds[0]": "111122223333", "skipRegionValidation": true, "maxRetries": 25,
		`defaultTags.tags["gxp:owner"]`: "Platform",
	} {
		if got := p.Get(path); !got.Is(want) {
			t.Errorf("Get(%q) is %s, want %v", path, got, want)
		}
	}
}

func TestValue_IsComparesByMeaning(t *testing.T) {
	r := &qualification.Resource{Inputs: map[string]any{"years": 7.0, "list": []any{"a"}, "on": true}}
	for _, tt := range []struct {
		path string
		want any
		is   bool
	}{
		{"years", 7, true}, {"years", 7.0, true}, {"years", 8, false}, {"years", "7", false},
		{"on", true, true}, {"on", false, false}, {"missing", false, false}, {"missing", "", false},
		{"list[0]", "a", true},
	} {
		if got := r.Get(tt.path).Is(tt.want); got != tt.is {
			t.Errorf("%s is %v: %v, want %v", tt.path, tt.want, got, tt.is)
		}
	}
}
