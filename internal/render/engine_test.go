package render_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/organizations"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/sns"
	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal/offline"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal/offline/offlinetest"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/render"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

func TestRender_HasTheResourcesOfTheEnginesState(t *testing.T) {
	engine := offlinetest.NewEngine(t, offline.New(offline.Options{}))
	engine.MustUp(sample)
	deployed := map[string]*qualification.Resource{}
	for _, r := range engine.State() {
		deployed[string(r.URN)] = ofState(t, r)
	}

	graph, err := render.Render(t.Context(), offlinetest.Project, offlinetest.Stack, sample)
	if err != nil {
		t.Fatal(err)
	}
	rendered := map[string]*qualification.Resource{}
	for _, r := range graph.Resources {
		rendered[r.URN] = viaJSON(t, r)
	}

	if diff := cmp.Diff(slices.Sorted(maps.Keys(deployed)), slices.Sorted(maps.Keys(rendered))); diff != "" {
		t.Fatalf("URNs differ (-engine +render):\n%s", diff)
	}
	if len(rendered) < 20 {
		t.Fatalf("the sample has %d resources, too few to show anything", len(rendered))
	}
	for urn, want := range deployed {
		if diff := cmp.Diff(want, rendered[urn], cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s differs (-engine +render):\n%s", urn, diff)
		}
	}
}

// ofState takes from the state what a render can know.
func ofState(t *testing.T, s apitype.ResourceV3) *qualification.Resource {
	t.Helper()
	data, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	r := &qualification.Resource{}
	if err := json.Unmarshal(data, r); err != nil {
		t.Fatal(err)
	}
	return comparable(r)
}

func viaJSON(t *testing.T, r *qualification.Resource) *qualification.Resource {
	t.Helper()
	data, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	out := &qualification.Resource{}
	if err := json.Unmarshal(data, out); err != nil {
		t.Fatal(err)
	}
	return comparable(out)
}

// comparable leaves out what the engine draws at random, the ids of providers,
// what only a component knows of itself, its outputs, and the order of
// dependencies.
func comparable(r *qualification.Resource) *qualification.Resource {
	r.Provider = r.Provider[:max(0, strings.LastIndex(r.Provider, "::"))]
	if strings.HasPrefix(r.Type, "pulumi:providers:") {
		r.ID = ""
	}
	if !strings.HasPrefix(r.Type, "aws:") {
		r.Outputs = nil
	}
	slices.Sort(r.Dependencies)
	for key, urns := range r.PropertyDependencies {
		if slices.Sort(urns); len(urns) == 0 {
			delete(r.PropertyDependencies, key)
		}
	}
	return r
}

func TestRender_RunsInsideALiveProgram(t *testing.T) {
	engine := offlinetest.NewEngine(t, offline.New(offline.Options{}))
	resources := 0
	guarded := func(ctx *pulumi.Context) error {
		graph, err := render.Render(ctx.Context(), ctx.Project(), ctx.Stack(), sample)
		if err != nil {
			return err
		}
		resources = len(graph.Resources)
		return sample(ctx)
	}
	if _, out, err := engine.Preview(guarded); err != nil {
		t.Fatalf("preview: %v\n%s", err, out)
	}
	engine.MustUp(guarded)
	again, out, err := engine.Preview(guarded)
	// The stack reference is read every time, which changes nothing.
	delete(again, apitype.OpRead)
	if err != nil || len(again) != 1 || again[apitype.OpSame] == 0 {
		t.Errorf("second preview = %v, %v, want no change\n%s", again, err, out)
	}
	if deployed := len(engine.State()); deployed != resources {
		t.Errorf("%d resources were deployed and %d rendered", deployed, resources)
	}
}

// adopting imports an organization and an account that exist already, and works
// in that account.
func adopting(ctx *pulumi.Context) error {
	home, err := aws.NewProvider(ctx, "management", &aws.ProviderArgs{
		Region: pulumi.String("eu-central-1"), AllowedAccountIds: pulumi.StringArray{pulumi.String(management)},
	})
	if err != nil {
		return err
	}
	organization, err := organizations.NewOrganization(ctx, "organization", &organizations.OrganizationArgs{
		FeatureSet: pulumi.String("ALL"),
	}, pulumi.Provider(home), pulumi.Import(pulumi.ID("o-exampleorgid")))
	if err != nil {
		return err
	}
	_, err = organizations.NewAccount(ctx, "audit", &organizations.AccountArgs{
		Name: pulumi.String("audit"), Email: pulumi.String("audit@example.com"),
	}, pulumi.Provider(home), pulumi.Import(pulumi.ID("444455556666")), pulumi.DependsOn([]pulumi.Resource{organization}))
	if err != nil {
		return err
	}
	audit, err := aws.NewProvider(ctx, "audit", &aws.ProviderArgs{
		Region:     pulumi.String("eu-west-1"),
		AssumeRole: aws.ProviderAssumeRoleArgs{RoleArn: pulumi.String("arn:aws:iam::444455556666:role/Access")},
	})
	if err != nil {
		return err
	}
	_, err = sns.NewTopic(ctx, "alerts", nil, pulumi.Provider(audit))
	return err
}

func TestExisting_LetsAProgramImportWhatItDescribes(t *testing.T) {
	graph, err := render.Render(t.Context(), offlinetest.Project, offlinetest.Stack, adopting)
	if err != nil {
		t.Fatal(err)
	}
	existing, err := render.Existing(graph)
	if err != nil || len(existing) != 2 {
		t.Fatalf("Existing() = %v, %v, want two resources", existing, err)
	}
	engine := offlinetest.NewEngine(t, offline.New(offline.Options{Existing: existing}))
	if done := engine.MustUp(adopting); done["import"] != 2 || done["update"] != 0 {
		t.Errorf("up = %v, want two imports and no update", done)
	}
	for _, r := range engine.State() {
		if r.Type == "aws:organizations/account:Account" && r.ID != "444455556666" {
			t.Errorf("the account has id %s", r.ID)
		}
	}
	if again, out, err := engine.Preview(adopting); err != nil || len(again) != 1 || again[apitype.OpSame] == 0 {
		t.Errorf("second preview = %v, %v, want no change\n%s", again, err, out)
	}
}
