package pulumitest

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/render"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

// Region is where test accounts are: a region that AWS does not have, so that a
// real one that is hard-coded shows.
const Region = "eu-test-1"

// Render runs the program and returns what it registered. An error fails the
// test.
func Render(t *testing.T, program pulumi.RunFunc) *qualification.Graph {
	t.Helper()
	graph, err := render.Render(t.Context(), "gxp-landing-zone", "test", program)
	if err != nil {
		t.Fatalf("the program failed: %v", err)
	}
	return graph
}

// Account connects to a test account with the given key and id.
func Account(ctx *pulumi.Context, key, id, region string) (account.Account, error) {
	return account.Connect(ctx, account.Connection{Key: key, ID: pulumi.String(id), Region: region})
}

// Find returns the resource of the given type and logical name. None fails the
// test.
func Find(t *testing.T, g *qualification.Graph, typ, name string) *qualification.Resource {
	t.Helper()
	for _, r := range g.Resources {
		if r.Type == typ && strings.HasSuffix(r.URN, "::"+name) {
			return r
		}
	}
	t.Fatalf("the program registers no %s named %s", typ, name)
	return nil
}

// OfType returns the resources of a type. None fails the test.
func OfType(t *testing.T, g *qualification.Graph, typ string) []*qualification.Resource {
	t.Helper()
	var found []*qualification.Resource
	for _, r := range g.Resources {
		if r.Type == typ {
			found = append(found, r)
		}
	}
	if len(found) == 0 {
		t.Fatalf("the program registers no %s", typ)
	}
	return found
}
