package qualification_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

const exported = `{"version": 3, "deployment": {
	"manifest": {"time": "2026-01-01T00:00:00Z", "magic": "x", "version": "v3.258.0"},
	"resources": [
		{"urn": "urn:pulumi:s::p::pulumi:pulumi:Stack::p-s", "custom": false, "type": "pulumi:pulumi:Stack"},
		{"urn": "urn:pulumi:s::p::aws:kms/key:Key::kept", "custom": true, "id": "k", "type": "aws:kms/key:Key", "protect": true,
		 "retainOnDelete": true, "inputs": {"policy": "04da6b54-80e4-46f7-96ec-b56ff0331ba9"}, "modified": "2026-01-01T00:00:00Z"},
		{"urn": "urn:pulumi:s::p::aws:kms/key:Key::kept", "custom": true, "delete": true, "id": "old", "type": "aws:kms/key:Key"}
	]}}`

func TestLoadDeployment_LeavesOutWhatAwaitsDeletion(t *testing.T) {
	g, err := qualification.LoadDeployment([]byte(exported))
	if err != nil {
		t.Fatal(err)
	}
	if len(g.Resources) != 2 {
		t.Fatalf("%d resources, want 2", len(g.Resources))
	}
	key := g.Resource("urn:pulumi:s::p::aws:kms/key:Key::kept")
	if key == nil || key.ID != "k" || !key.Protect || !key.RetainOnDelete || !key.Get("policy").Unknown() {
		t.Errorf("the key is %+v", key)
	}
}

func TestWriteDeployment_IsReadBackUnchanged(t *testing.T) {
	want := sample()
	var file bytes.Buffer
	if err := want.WriteDeployment(&file); err != nil {
		t.Fatal(err)
	}
	got, err := qualification.LoadDeployment(file.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want.Resources, got.Resources); diff != "" {
		t.Errorf("written and read (-want +got):\n%s", diff)
	}
}

func TestWriteDeployment_WritesWhatIsNotKnownAsPulumiDoes(t *testing.T) {
	g := qualification.NewGraph([]*qualification.Resource{{
		URN: "urn:pulumi:s::p::aws:kms/key:Key::k", Type: "aws:kms/key:Key",
		Inputs: map[string]any{"policy": qualification.Unknown{}, "description": qualification.Sealed{}},
	}})
	var file bytes.Buffer
	if err := g.WriteDeployment(&file); err != nil {
		t.Fatal(err)
	}
	read, err := qualification.LoadDeployment(file.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"policy", "description"} {
		if v := read.Resources[0].Get(path); !v.Unknown() {
			t.Errorf("%s is %s, want it not yet known", path, v)
		}
	}
}

func TestLoadDeployment_Rejects(t *testing.T) {
	resource := func(fields string) string {
		return `{"version":3,"deployment":{"resources":[{` + fields + `}]}}`
	}
	const urn = `"urn":"urn:pulumi:s::p::aws:kms/key:Key::k"`
	tests := map[string]struct{ input, want string }{
		"nothing":                        {"", "it is empty"},
		"text":                           {"Previewing update", "invalid character"},
		"something else":                 {`{"resources":[]}`, "there is no deployment in it"},
		"a null":                         {"null", "there is no deployment in it"},
		"a list":                         {"[]", "cannot unmarshal array"},
		"an old version":                 {`{"version":1,"deployment":{}}`, "version 1 is not supported"},
		"a deployment of the wrong type": {`{"version":3,"deployment":7}`, "cannot unmarshal number"},
		"what goes on after the end":     {exported + "{}", "there is more after its end"},
		"a truncated file":               {exported[:len(exported)-10], "unexpected EOF"},
		"a null resource":                {`{"version":3,"deployment":{"resources":[null]}}`, "resources[0] is null"},
		"a resource without URN":         {resource(`"type":"aws:kms/key:Key"`), `urn "" is not of the form`},
		"a URN of another kind":          {resource(`"urn":"arn:aws:kms","type":"aws:kms/key:Key"`), "is not of the form"},
		"a type that is not the URN's":   {resource(urn + `,"type":"aws:s3/bucketV2:BucketV2"`), "differs from that of its URN"},
		"inputs of the wrong type":       {resource(urn + `,"type":"aws:kms/key:Key","inputs":[]`), "cannot unmarshal array"},
		"a URN that is there twice": {
			`{"version":3,"deployment":{"resources":[{` + urn + `,"type":"aws:kms/key:Key"},{` + urn + `,"type":"aws:kms/key:Key"}]}}`,
			"is there twice"},
		"many malformed resources": {
			`{"version":3,"deployment":{"resources":[` + strings.Repeat("null,", 99) + `null]}}`, "and 80 more"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := qualification.LoadDeployment([]byte(tt.input))
			if err == nil || !strings.HasPrefix(err.Error(), "read deployment: ") || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("LoadDeployment() = %v, want %q", err, tt.want)
			}
		})
	}
}

// FuzzLoadDeployment reads anything and runs all controls over what could be
// read: neither may panic, and what was read is written and read again alike.
func FuzzLoadDeployment(f *testing.F) {
	f.Add([]byte(exported))
	f.Add([]byte(`{"version":3,"deployment":{"resources":[{"urn":"urn:pulumi:s::p::aws:s3/bucketPolicy:BucketPolicy::b",` +
		`"type":"aws:s3/bucketPolicy:BucketPolicy","inputs":{"bucket":[],"policy":"{\"Statement\":[{\"Effect\":\"Allow\"}]}"}}]}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		g, err := qualification.LoadDeployment(data)
		if err != nil {
			return
		}
		report := check(g)
		var again bytes.Buffer
		if err := g.WriteDeployment(&again); err != nil {
			t.Fatal(err)
		}
		reread, err := qualification.LoadDeployment(again.Bytes())
		if err != nil {
			t.Fatalf("what was written cannot be read: %v", err)
		}
		if diff := cmp.Diff(report, check(reread)); diff != "" {
			t.Errorf("another report after writing and reading:\n%s", diff)
		}
	})
}
