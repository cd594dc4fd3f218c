package qualification_test

import (
	"testing"

	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

func TestResource_NamesWhatItBelongsTo(t *testing.T) {
	tests := map[string]struct{ urn, name, component, pkg string }{
		"a resource of a component": {"urn:pulumi:s::p::gxp:logging:Archive$aws:kms/key:Key::archive", "archive", "gxp:logging:Archive", "logging"},
		"a component in another":    {"urn:pulumi:s::p::gxp:landingzone:Organization$gxp:catalog:Portfolio::x", "x", "gxp:catalog:Portfolio", "catalog"},
		"a provider":                {"urn:pulumi:s::p::pulumi:providers:aws::audit", "audit", "", ""},
		"a name with colons":        {"urn:pulumi:s::p::aws:kms/key:Key::a::b", "a::b", "", ""},
		"no URN at all":             {"nonsense", "", "", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			r := &qualification.Resource{URN: tt.urn}
			if r.Name() != tt.name || r.Component() != tt.component || r.Package() != tt.pkg {
				t.Errorf("%q, %q, %q; want %q, %q, %q", r.Name(), r.Component(), r.Package(), tt.name, tt.component, tt.pkg)
			}
		})
	}
}

func TestGraph_FindsResourcesAndWhereTheyAre(t *testing.T) {
	g := sample()
	trails := g.OfType("aws:cloudtrail/trail:Trail")
	if len(trails) != 1 {
		t.Fatalf("%d trails, want 1", len(trails))
	}
	if region, _ := g.Region(trails[0]).Text(); region != "eu-test-1" {
		t.Errorf("the trail is in %q, want eu-test-1", region)
	}
	if account, _ := g.AccountID(trails[0]).Text(); account != "111122223333" {
		t.Errorf("the trail is in account %q, want 111122223333", account)
	}
	if g.Resource(trails[0].URN) != trails[0] || g.Resource("urn:pulumi:none") != nil {
		t.Error("Resource does not find by URN")
	}
	if v := g.Region(&qualification.Resource{}); !v.Absent() {
		t.Errorf("the region of a resource without provider is %s, want it absent", v)
	}
}

func TestGraph_LinksByValueAndElseByDependency(t *testing.T) {
	const bucketType, policyType = "aws:s3/bucketV2:BucketV2", "aws:s3/bucketPolicy:BucketPolicy"
	bucket := func(name string) *qualification.Resource {
		return &qualification.Resource{URN: urnStart + bucketType + "::" + name, Type: bucketType, ID: name,
			Outputs: map[string]any{"arn": "arn:aws:s3:::" + name}}
	}
	one, other := bucket("bucket-one"), bucket("bucket-other")
	tests := map[string]struct {
		value  any
		linked bool
	}{
		"by its id":                         {"bucket-one", true},
		"by its ARN":                        {"arn:aws:s3:::bucket-one", true},
		"by its ARN with everything below":  {"arn:aws:s3:::bucket-one:*", true},
		"by another resource's id":          {"bucket-other", false},
		"by an unknown that depends on it":  {qualification.Unknown{}, true},
		"by text that was computed from it": {"https://bucket-one.example.com", true},
		"by text that says nothing of it":   {"elsewhere.example.com", false},
		"by nothing":                        {nil, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			p := &qualification.Resource{URN: urnStart + policyType + "::p", Type: policyType,
				Inputs:               map[string]any{"bucket": tt.value},
				PropertyDependencies: map[string][]string{"bucket": {one.URN, urnStart + bucketType + "::gone"}}}
			g := qualification.NewGraph([]*qualification.Resource{one, other, p})
			if got := len(g.Linked(one, policyType, "bucket")) == 1; got != tt.linked {
				t.Errorf("linked: %v, want %v", got, tt.linked)
			}
			if got := g.Refers(p, "bucket", one); got != tt.linked {
				t.Errorf("Refers() = %v, want %v", got, tt.linked)
			}
			if got := g.Target(p, "bucket", bucketType) == one; got != tt.linked {
				t.Errorf("Target() is the bucket: %v, want %v", got, tt.linked)
			}
		})
	}
}
