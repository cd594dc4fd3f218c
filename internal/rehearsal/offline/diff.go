package offline

import (
	"maps"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// change is what the difference between two versions of a resource's inputs
// means.
type change struct {
	// paths are the changed properties and how each changed.
	paths map[string]plugin.DiffKind

	// replaces are the top-level properties that make a new resource.
	replaces []string
}

// compare compares two versions of inputs. A changed property for which
// replaces answers true makes a new resource; what ignored names is left out.
func compare(before, after resource.PropertyMap, ignored []string, replaces func(resource.PropertyKey) bool) change {
	c := change{paths: map[string]plugin.DiffKind{}}
	difference := before.Diff(after)
	if difference == nil {
		return c
	}
	details := plugin.NewDetailedDiffFromObjectDiff(difference, true)
	for _, path := range slices.Sorted(maps.Keys(details)) {
		if slices.ContainsFunc(ignored, func(other string) bool { return covers(other, path) }) {
			continue
		}
		kind := details[path].Kind
		if property := topLevel(path); replaces(resource.PropertyKey(property)) {
			kind = kind.AsReplace()
			if !slices.Contains(c.replaces, property) {
				c.replaces = append(c.replaces, property)
			}
		}
		c.paths[path] = kind
	}
	return c
}

// response is the change in the engine's words.
func (c change) response() *pulumirpc.DiffResponse {
	response := &pulumirpc.DiffResponse{Changes: pulumirpc.DiffResponse_DIFF_NONE, Replaces: c.replaces}
	if len(c.paths) == 0 {
		return response
	}
	response.Changes = pulumirpc.DiffResponse_DIFF_SOME
	response.HasDetailedDiff = true
	response.DetailedDiff = map[string]*pulumirpc.PropertyDiff{}
	for _, path := range slices.Sorted(maps.Keys(c.paths)) {
		response.DetailedDiff[path] = &pulumirpc.PropertyDiff{Kind: kinds[c.paths[path]], InputDiff: true}
		if property := topLevel(path); !slices.Contains(response.Diffs, property) {
			response.Diffs = append(response.Diffs, property)
		}
	}
	return response
}

var kinds = map[plugin.DiffKind]pulumirpc.PropertyDiff_Kind{
	plugin.DiffAdd:           pulumirpc.PropertyDiff_ADD,
	plugin.DiffAddReplace:    pulumirpc.PropertyDiff_ADD_REPLACE,
	plugin.DiffDelete:        pulumirpc.PropertyDiff_DELETE,
	plugin.DiffDeleteReplace: pulumirpc.PropertyDiff_DELETE_REPLACE,
	plugin.DiffUpdate:        pulumirpc.PropertyDiff_UPDATE,
	plugin.DiffUpdateReplace: pulumirpc.PropertyDiff_UPDATE_REPLACE,
}

// topLevel is the property that a path starts with.
func topLevel(path string) string {
	parsed, err := resource.ParsePropertyPath(path)
	if err == nil && len(parsed) > 0 {
		if name, ok := parsed[0].(string); ok {
			return name
		}
	}
	name, _, _ := strings.Cut(path, ".")
	return name
}

// covers says whether an entry of ignoreChanges, which may hold wildcards,
// names a path or something around it.
func covers(ignored, path string) bool {
	outer, err := resource.ParsePropertyPath(ignored)
	if err != nil {
		return ignored == path
	}
	inner, err := resource.ParsePropertyPath(path)
	return err == nil && outer.Contains(inner)
}

func (r row) replaces(key resource.PropertyKey) bool {
	return slices.Contains(r.replace, string(key))
}
