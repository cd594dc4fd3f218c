// Package qualification shows that the landing zone meets its requirements: it
// knows the requirements, reads what is deployed (or about to be) as a graph,
// and runs the controls over it. It knows resources by type, inputs and links
// alone and imports no component.
package qualification

import "sync"

// Resource is one resource of a graph, in the shape of a Pulumi deployment.
type Resource struct {
	URN                  string              `json:"urn"`
	Custom               bool                `json:"custom"`
	ID                   string              `json:"id,omitempty"`
	Type                 string              `json:"type"`
	Inputs               map[string]any      `json:"inputs,omitempty"`
	Outputs              map[string]any      `json:"outputs,omitempty"`
	Parent               string              `json:"parent,omitempty"`
	Provider             string              `json:"provider,omitempty"`
	Dependencies         []string            `json:"dependencies,omitempty"`
	PropertyDependencies map[string][]string `json:"propertyDependencies,omitempty"`
	Protect              bool                `json:"protect,omitempty"`
	External             bool                `json:"external,omitempty"`
	RetainOnDelete       bool                `json:"retainOnDelete,omitempty"`
	ImportID             string              `json:"importID,omitempty"`
}

// Graph is the set of resources of one stack, in registration order. The first
// question that is put to a graph builds its indexes, so resources are complete
// and do not change from then on. A Graph must not be copied.
type Graph struct {
	Resources []*Resource

	once  sync.Once
	index *index
	mu    sync.Mutex // of the links in index
}
