// Package mutation breaks a graph on purpose, one thing at a time, so that a
// test can see whether the control that guards this thing notices.
package mutation

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

// Mutation breaks a resource. It returns an error where there is nothing of the
// kind that it breaks.
type Mutation func(*qualification.Resource) error

// Where picks the resources to break.
type Where func(*qualification.Resource) bool

// Named picks the one resource of a type with a logical name.
func Named(resourceType, name string) Where {
	return func(r *qualification.Resource) bool { return r.Type == resourceType && r.Name() == name }
}

// OfType picks all resources of a type.
func OfType(resourceType string) Where {
	return func(r *qualification.Resource) bool { return r.Type == resourceType }
}

// Apply returns a copy of the graph in which every picked resource is broken,
// and the URNs of these. The graph itself is left alone. That nothing was picked
// is an error: a mutation that changes nothing shows nothing.
func Apply(
	g *qualification.Graph, where Where, mutate Mutation,
) (broken *qualification.Graph, urns []string, err error) {
	resources := make([]*qualification.Resource, len(g.Resources))
	for i, r := range g.Resources {
		resources[i] = r
		if !where(r) {
			continue
		}
		copied := clone(r)
		if err := mutate(copied); err != nil {
			return nil, nil, fmt.Errorf("%s: %w", r.URN, err)
		}
		resources[i] = copied
		urns = append(urns, r.URN)
	}
	if len(urns) == 0 {
		return nil, nil, errors.New("the mutation picks no resource of the graph")
	}
	return qualification.NewGraph(resources), urns, nil
}

// Drop returns a copy of the graph without the picked resources, and their URNs.
func Drop(g *qualification.Graph, where Where) (broken *qualification.Graph, urns []string, err error) {
	var rest []*qualification.Resource
	for _, r := range g.Resources {
		if where(r) {
			urns = append(urns, r.URN)
		} else {
			rest = append(rest, r)
		}
	}
	if len(urns) == 0 {
		return nil, nil, errors.New("the mutation drops no resource of the graph")
	}
	return qualification.NewGraph(rest), urns, nil
}

// Set puts a value at a path of the inputs, such as rule.defaultRetention.mode
// or rules[0].status. Missing objects on the way are made, list elements are
// not.
func Set(path string, value any) Mutation {
	return func(r *qualification.Resource) error {
		if r.Inputs == nil {
			r.Inputs = map[string]any{}
		}
		return assign(r.Inputs, split(path), value)
	}
}

// Remove takes away what is at a path of the inputs.
func Remove(path string) Mutation { return Set(path, nil) }

// Unknown makes what is at a path of the inputs unknown.
func Unknown(path string) Mutation { return Set(path, qualification.Unknown{}) }

// Unprotect lets Pulumi delete the resource.
func Unprotect(r *qualification.Resource) error {
	if !r.Protect {
		return errors.New("it is not protected")
	}
	r.Protect = false
	return nil
}

// Abandon lets AWS delete what the resource stands for.
func Abandon(r *qualification.Resource) error {
	if !r.RetainOnDelete {
		return errors.New("it is not retained")
	}
	r.RetainOnDelete = false
	return nil
}

// Unplace takes the resource's provider away.
func Unplace(r *qualification.Resource) error {
	r.Provider = ""
	return nil
}

// clone copies what mutations change.
func clone(r *qualification.Resource) *qualification.Resource {
	return &qualification.Resource{
		URN: r.URN, Custom: r.Custom, ID: r.ID, Type: r.Type,
		Inputs: cloneMap(r.Inputs), Outputs: cloneMap(r.Outputs),
		Parent: r.Parent, Provider: r.Provider,
		Dependencies: slices.Clone(r.Dependencies), PropertyDependencies: maps.Clone(r.PropertyDependencies),
		Protect: r.Protect, External: r.External, RetainOnDelete: r.RetainOnDelete, ImportID: r.ImportID,
	}
}

func cloneMap(object map[string]any) map[string]any {
	if object == nil {
		return nil
	}
	return cloneValue(object).(map[string]any)
}

func cloneValue(value any) any {
	switch v := value.(type) {
	case map[string]any:
		copied := make(map[string]any, len(v))
		for key, item := range v {
			copied[key] = cloneValue(item)
		}
		return copied
	case []any:
		copied := make([]any, len(v))
		for i, item := range v {
			copied[i] = cloneValue(item)
		}
		return copied
	}
	return value
}

// split turns a[0]["b.c"].d into its steps. List elements are numbers.
func split(path string) []any {
	var steps []any
	for path != "" {
		path = strings.TrimPrefix(path, ".")
		if quoted, ok := strings.CutPrefix(path, `["`); ok {
			name, rest, _ := strings.Cut(quoted, `"]`)
			steps, path = append(steps, name), rest
			continue
		}
		if bracketed, ok := strings.CutPrefix(path, "["); ok {
			text, rest, _ := strings.Cut(bracketed, "]")
			if index, err := strconv.Atoi(text); err == nil {
				steps, path = append(steps, index), rest
				continue
			}
		}
		end := len(path)
		if i := strings.IndexAny(path, ".["); i > 0 {
			end = i
		}
		steps, path = append(steps, path[:end]), path[end:]
	}
	return steps
}

func assign(container any, steps []any, value any) error {
	last := len(steps) == 1
	switch c := container.(type) {
	case map[string]any:
		name, ok := steps[0].(string)
		if !ok {
			return fmt.Errorf("[%v]: it is an object, not a list", steps[0])
		}
		if last {
			if value == nil {
				if _, exists := c[name]; !exists {
					return fmt.Errorf("%s: is not there to be removed", name)
				}
				delete(c, name)
				return nil
			}
			c[name] = value
			return nil
		}
		if text, isText := c[name].(string); isText {
			return assignInText(c, name, text, steps[1:], value)
		}
		if c[name] == nil {
			c[name] = map[string]any{}
		}
		return assign(c[name], steps[1:], value)
	case []any:
		index, ok := steps[0].(int)
		if !ok || index >= len(c) {
			return fmt.Errorf("%v: the list has %d elements", steps[0], len(c))
		}
		if last {
			c[index] = value
			return nil
		}
		return assign(c[index], steps[1:], value)
	default:
		return fmt.Errorf("%v: has nothing below it", steps[0])
	}
}

// assignInText changes what is below a JSON text, as in the settings of a
// provider.
func assignInText(object map[string]any, name, text string, steps []any, value any) error {
	var content any
	if err := json.Unmarshal([]byte(text), &content); err != nil {
		return fmt.Errorf("%s: has nothing below it: %w", name, err)
	}
	if err := assign(content, steps, value); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	changed, err := json.Marshal(content)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	object[name] = string(changed)
	return nil
}
