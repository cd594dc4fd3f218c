package rehearsal

import (
	"strings"

	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

// typeOf returns the type token of a URN, without those of its parents.
func typeOf(urn string) string {
	parts := strings.SplitN(urn, "::", 4)
	if len(parts) < 4 {
		return ""
	}
	return parts[2][strings.LastIndex(parts[2], "$")+1:]
}

// packageOf returns the package of this program whose component holds the
// resource, or the Pulumi package of what stands outside any component.
func packageOf(urn string) string {
	parts := strings.SplitN(urn, "::", 4)
	if len(parts) < 4 {
		return "unknown"
	}
	chain := strings.Split(parts[2], "$")
	for _, typ := range chain {
		if rest, ours := strings.CutPrefix(typ, "gxp:"); ours {
			name, _, _ := strings.Cut(rest, ":")
			return name
		}
	}
	name, _, _ := strings.Cut(chain[len(chain)-1], ":")
	return name
}

// Providers counts the provider instances of a graph.
func Providers(g *qualification.Graph) int {
	n := 0
	for _, resource := range g.Resources {
		if strings.HasPrefix(resource.Type, "pulumi:providers:") {
			n++
		}
	}
	return n
}
