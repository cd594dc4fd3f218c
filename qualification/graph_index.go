package qualification

import (
	"slices"
	"strings"
	"sync"
)

// NewGraph returns the graph of the resources, which must not change
// afterwards.
func NewGraph(resources []*Resource) *Graph { return &Graph{Resources: resources} }

// index finds resources by what identifies them.
type index struct {
	byURN  map[string]*Resource
	byType map[string][]*Resource
	byName map[string][]*Resource // by everything that other resources refer to it by
	links  map[link]map[*Resource][]*Resource

	holders map[holder][]*Resource // assignments by who gets what where

	guardrails map[*Resource]guardrail // guardrail policies that were read

	networkOnce, reachOnce sync.Once
	network                *network
	reach                  *Reachability
}

// identities are the properties by which other resources refer to one.
var identities = []string{"arn", "bucket", "id", "keyId", "name"}

func (g *Graph) indexed() *index {
	g.once.Do(func() {
		g.index = &index{
			byURN: map[string]*Resource{}, byType: map[string][]*Resource{}, byName: map[string][]*Resource{},
			links: map[link]map[*Resource][]*Resource{},
		}
		for _, r := range g.Resources {
			g.index.byURN[r.URN] = r
			g.index.byType[r.Type] = append(g.index.byType[r.Type], r)
			for _, name := range r.identities() {
				g.index.byName[name] = append(g.index.byName[name], r)
			}
		}
	})
	return g.index
}

func (r *Resource) identities() []string {
	var names []string
	if r.ID != "" {
		names = append(names, r.ID)
	}
	for _, property := range identities {
		for _, v := range []Value{r.Get(property), r.Output(property)} {
			if name, ok := v.Text(); ok && name != "" && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

// Resource returns the resource with the given URN, or nil.
func (g *Graph) Resource(urn string) *Resource { return g.indexed().byURN[urn] }

// OfType returns the resources of the given types, in the order of the graph
// within each type.
func (g *Graph) OfType(types ...string) []*Resource {
	var found []*Resource
	for _, t := range types {
		found = append(found, g.indexed().byType[t]...)
	}
	return found
}

// Provider returns the provider that manages the resource, or nil.
func (g *Graph) Provider(r *Resource) *Resource { return g.Resource(r.providerURN()) }

// Region returns the AWS region that the resource is in: its provider's.
func (g *Graph) Region(r *Resource) Value {
	provider := g.Provider(r)
	if provider == nil {
		return Value{path: "provider"}
	}
	return provider.Get("region")
}

// AccountID returns the id of the account that the resource is in: the only one
// in which its provider agrees to work.
func (g *Graph) AccountID(r *Resource) Value {
	provider := g.Provider(r)
	if provider == nil {
		return Value{path: "provider"}
	}
	return provider.Get("allowedAccountIds[0]")
}

// Refers reports whether the property of from refers to the resource to: by one
// of its identities, such as ARN, id or name, or, where the value does not say,
// by being computed from it.
func (g *Graph) Refers(from *Resource, property string, to *Resource) bool {
	return slices.Contains(g.targets(from, property), to)
}

// targets are the resources that a property refers to: those that its text
// names, and those that it was computed from, as far as its text does not tell
// otherwise. Text that names another resource of the same type, or that holds
// nothing of what identifies the resource, does.
func (g *Graph) targets(from *Resource, property string) []*Resource {
	value := from.Get(property)
	if value.Absent() {
		return nil
	}
	ix := g.indexed()
	text, readable := value.Text()
	// The ARN of a log group with all of its streams still names the group.
	text = strings.TrimSuffix(text, ":*")
	targets := slices.Clone(ix.byName[text])
	for _, urn := range from.PropertyDependencies[topLevel(property)] {
		dependency := ix.byURN[urn]
		if dependency == nil {
			continue
		}
		othersNamed := slices.ContainsFunc(ix.byName[text], func(r *Resource) bool { return r.Type == dependency.Type })
		if !othersNamed && (!readable || mentions(text, dependency)) {
			targets = append(targets, dependency)
		}
	}
	return targets
}

func mentions(text string, r *Resource) bool {
	return slices.ContainsFunc(r.identities(), func(name string) bool { return strings.Contains(text, name) })
}

func topLevel(path string) string {
	if i := strings.IndexAny(path, ".["); i >= 0 {
		return path[:i]
	}
	return path
}

// link is a way in which resources of a type refer to others.
type link struct{ from, property string }

// Linked returns the resources of a type whose property refers to r: the
// versioning of a bucket, the policy of a key.
func (g *Graph) Linked(r *Resource, linkedType, property string) []*Resource {
	ix, way := g.indexed(), link{linkedType, property}
	g.mu.Lock()
	defer g.mu.Unlock()
	to, ready := ix.links[way]
	if !ready {
		to = map[*Resource][]*Resource{}
		for _, candidate := range ix.byType[linkedType] {
			for _, target := range g.targets(candidate, property) {
				to[target] = append(to[target], candidate)
			}
		}
		ix.links[way] = to
	}
	return to[r]
}

// Target returns the resource of a type that the property of r refers to, or
// nil.
func (g *Graph) Target(r *Resource, property, targetType string) *Resource {
	for _, target := range g.targets(r, property) {
		if target.Type == targetType {
			return target
		}
	}
	return nil
}
