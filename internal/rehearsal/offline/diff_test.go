package offline

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

func TestDiff_SaysWhatAChangeMeans(t *testing.T) {
	type inputs = map[string]any
	tests := map[string]struct {
		typ           string
		before, after inputs
		ignored       []string
		changes       map[string]pulumirpc.PropertyDiff_Kind
		replaces      []string
	}{
		"nothing changed": {bucketType, inputs{"bucket": "a"}, inputs{"bucket": "a"}, nil, nil, nil},
		"a tag is an update in place": {
			bucketType, inputs{"bucket": "a", "tags": inputs{"owner": "x"}}, inputs{"bucket": "a", "tags": inputs{"owner": "y"}}, nil,
			map[string]pulumirpc.PropertyDiff_Kind{
				"tags.owner": pulumirpc.PropertyDiff_UPDATE, "tagsAll.owner": pulumirpc.PropertyDiff_UPDATE,
			}, nil,
		},
		"Object Lock cannot be switched on later": {
			bucketType, inputs{"bucket": "a"}, inputs{"bucket": "a", "objectLockEnabled": true}, nil,
			map[string]pulumirpc.PropertyDiff_Kind{"objectLockEnabled": pulumirpc.PropertyDiff_ADD_REPLACE},
			[]string{"objectLockEnabled"},
		},
		"a nested property replaces by its top": {
			"aws:servicecatalog/product:Product",
			inputs{"name": "p", "provisioningArtifactParameters": inputs{"templateUrl": "https://a"}},
			inputs{"name": "p", "provisioningArtifactParameters": inputs{"templateUrl": "https://b"}}, nil,
			map[string]pulumirpc.PropertyDiff_Kind{
				"provisioningArtifactParameters.templateUrl": pulumirpc.PropertyDiff_UPDATE_REPLACE,
			}, []string{"provisioningArtifactParameters"},
		},
		"an ignored change is none": {
			accountType, inputs{"name": "a", "email": "a@example.com"}, inputs{"name": "a", "email": "b@example.com"},
			[]string{"email"}, nil, nil,
		},
		"an element of an ignored list is ignored": {
			"aws:organizations/organization:Organization",
			inputs{"enabledPolicyTypes": []any{"TAG_POLICY"}}, inputs{"enabledPolicyTypes": []any{"BACKUP_POLICY"}},
			[]string{"enabledPolicyTypes"}, nil, nil,
		},
		"a property is taken away": {
			"aws:kms/key:Key", inputs{"description": "old"}, inputs{}, nil,
			map[string]pulumirpc.PropertyDiff_Kind{"description": pulumirpc.PropertyDiff_DELETE}, nil,
		},
	}
	client := dial(t, serve(t, New(Options{})), inputs{"region": "eu-test-1"})
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			response := diffOf(t, client, ask(tt.typ, "sample", tt.before), ask(tt.typ, "sample", tt.after), tt.ignored)
			got := map[string]pulumirpc.PropertyDiff_Kind{}
			for path, detail := range response.GetDetailedDiff() {
				got[path] = detail.GetKind()
			}
			if tt.changes == nil {
				tt.changes = map[string]pulumirpc.PropertyDiff_Kind{}
			}
			if diff := cmp.Diff(tt.changes, got); diff != "" {
				t.Errorf("changes differ (-want +got):\n%s", diff)
			}
			if !slices.Equal(response.GetReplaces(), tt.replaces) {
				t.Errorf("replaces %v, want %v", response.GetReplaces(), tt.replaces)
			}
			if some := response.GetChanges() == pulumirpc.DiffResponse_DIFF_SOME; some != (len(tt.changes) > 0) {
				t.Errorf("changes = %v", response.GetChanges())
			}
		})
	}
}

func diffOf(
	t *testing.T, client pulumirpc.ResourceProviderClient, before, after Question, ignored []string,
) *pulumirpc.DiffResponse {
	t.Helper()
	id, outputs, err := Answer(before)
	if err != nil {
		t.Fatal(err)
	}
	request := &pulumirpc.DiffRequest{
		Id: id, Urn: after.URN, Name: after.Name, Type: after.Type, IgnoreChanges: ignored,
	}
	if request.OldInputs, err = wire(before.Inputs); err != nil {
		t.Fatal(err)
	}
	if request.Olds, err = wire(outputs); err != nil {
		t.Fatal(err)
	}
	if request.News, err = wire(after.Inputs); err != nil {
		t.Fatal(err)
	}
	response, err := client.Diff(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	return response
}

func TestDiff_DeletesFirstWhatKeepsItsID(t *testing.T) {
	client := dial(t, serve(t, New(Options{})), map[string]any{"region": "eu-test-1"})
	named := diffOf(t, client, ask(bucketType, "a", map[string]any{"bucket": "a"}),
		ask(bucketType, "a", map[string]any{"bucket": "a", "objectLockEnabled": true}), nil)
	drawn := diffOf(t, client, ask("aws:kms/key:Key", "a", nil), ask("aws:kms/key:Key", "a", map[string]any{"multiRegion": true}), nil)
	if !named.GetDeleteBeforeReplace() || drawn.GetDeleteBeforeReplace() {
		t.Errorf("delete first: bucket %v, key %v", named.GetDeleteBeforeReplace(), drawn.GetDeleteBeforeReplace())
	}
}

func TestDiff_SeesAChangeOfTheProvidersDefaultTags(t *testing.T) {
	client := dial(t, serve(t, New(Options{})), map[string]any{
		"region": "eu-test-1", "defaultTags": `{"tags":{"owner":"platform"}}`,
	})
	q := ask(bucketType, "a", map[string]any{"bucket": "a"})
	response := diffOf(t, client, q, q, nil)
	if _, changed := response.GetDetailedDiff()["tagsAll.owner"]; !changed || len(response.GetReplaces()) > 0 {
		t.Errorf("diff = %v, want an update of tagsAll", response)
	}
}

func TestDiffConfig_ReplacesAProviderThatGoesElsewhere(t *testing.T) {
	role := func(account, session string) string {
		return `{"roleArn":"arn:aws:iam::` + account + `:role/Access","sessionName":"` + session + `"}`
	}
	tests := map[string]struct {
		before, after map[string]any
		want          []string
	}{
		"another region":  {map[string]any{"region": "eu-test-1"}, map[string]any{"region": "eu-test-2"}, []string{"region"}},
		"another account": {map[string]any{"assumeRole": role("111122223333", "a")}, map[string]any{"assumeRole": role("444455556666", "a")}, []string{"assumeRole"}},
		"another session": {map[string]any{"assumeRole": role("111122223333", "a")}, map[string]any{"assumeRole": role("111122223333", "b")}, nil},
		"other tags":      {map[string]any{"defaultTags": `{"tags":{}}`}, map[string]any{"defaultTags": `{"tags":{"a":"b"}}`}, nil},
	}
	server := &provider{aws: New(Options{})}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			before, _ := wire(resource.NewPropertyMapFromMap(tt.before))
			after, _ := wire(resource.NewPropertyMapFromMap(tt.after))
			response, err := server.DiffConfig(t.Context(), &pulumirpc.DiffRequest{OldInputs: before, News: after})
			if err != nil || !slices.Equal(response.GetReplaces(), tt.want) {
				t.Errorf("replaces %v, %v, want %v", response.GetReplaces(), err, tt.want)
			}
			if response.GetChanges() != pulumirpc.DiffResponse_DIFF_SOME {
				t.Error("no change was seen")
			}
		})
	}
}
