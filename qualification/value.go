package qualification

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Value is the value of a property: known, absent, or not yet known. The zero
// Value is absent.
type Value struct {
	path string
	raw  any
}

// Get returns the input at path, such as rule.defaultRetention.years,
// rules[0].status or tags["gxp:owner"]. The path of a list without an index
// gives the list. What is not set is absent; what lies below an unknown is
// unknown.
func (r *Resource) Get(path string) Value { return valueAt(r.Inputs, path, r.IsProvider()) }

// Output returns the output at path, see [Resource.Get].
func (r *Resource) Output(path string) Value { return valueAt(r.Outputs, path, false) }

// Path is where the value is, as given to [Resource.Get].
func (v Value) Path() string { return v.path }

// Absent reports that the property is not set.
func (v Value) Absent() bool { return v.raw == nil }

// Unknown reports that the property is set but its value cannot be read: only
// the deployment decides it, or it is an encrypted secret.
func (v Value) Unknown() bool {
	switch v.raw.(type) {
	case Unknown, Sealed:
		return true
	}
	return false
}

// Known reports that the value can be read.
func (v Value) Known() bool { return !v.Absent() && !v.Unknown() }

// Text returns a known string.
func (v Value) Text() (string, bool) {
	text, ok := v.raw.(string)
	return text, ok
}

// Number returns a known number. Providers receive numbers as text, so text
// that is a number counts as one.
func (v Value) Number() (float64, bool) {
	switch n := v.raw.(type) {
	case float64:
		return n, true
	case int:
		return float64(n), true
	case int64:
		return float64(n), true
	case string:
		f, err := strconv.ParseFloat(n, 64)
		return f, err == nil
	}
	return 0, false
}

// Items returns the elements of a known list; a value that is no list has none.
func (v Value) Items() []Value {
	list, _ := v.raw.([]any)
	items := make([]Value, len(list))
	for i, item := range list {
		items[i] = Value{fmt.Sprintf("%s[%d]", v.path, i), decodeSentinel(item)}
	}
	return items
}

// Keys returns the names of the fields of a known object, sorted.
func (v Value) Keys() []string {
	object, _ := v.raw.(map[string]any)
	return slices.Sorted(maps.Keys(object))
}

// Get returns what is at path below the value, see [Resource.Get].
func (v Value) Get(path string) Value {
	below := valueAt(v.raw, path, false)
	below.path = join(v.path, below.path)
	return below
}

// Is reports that the value is known and equal to want. Booleans and numbers
// that a provider received as text are equal to what they say.
func (v Value) Is(want any) bool {
	switch want := want.(type) {
	case bool:
		if text, ok := v.raw.(string); ok {
			return text == strconv.FormatBool(want)
		}
		return v.raw == want
	case int:
		n, ok := v.Number()
		return ok && n == float64(want)
	case float64:
		n, ok := v.Number()
		return ok && n == want
	}
	return v.Known() && reflect.DeepEqual(v.raw, want)
}

// equals reports that two values are the same, whatever their shape.
func (v Value) equals(other Value) bool { return reflect.DeepEqual(v.raw, other.raw) }

// String describes the value in a finding.
func (v Value) String() string {
	switch {
	case v.Absent():
		return "not set"
	case v.Unknown():
		return "not yet known"
	}
	text, err := json.Marshal(v.raw)
	if err != nil {
		return fmt.Sprint(v.raw)
	}
	const limit = 200
	if len(text) > limit {
		return string(text[:limit]) + "..."
	}
	return string(text)
}

func join(path, below string) string {
	if path == "" || below == "" || strings.HasPrefix(below, "[") {
		return path + below
	}
	return path + "." + below
}

// valueAt walks down from root. With unpack, text on the way is read as JSON:
// that is how Pulumi hands structured settings to a provider.
func valueAt(root any, path string, unpack bool) Value {
	current := root
	for _, step := range parsePath(path) {
		current = decodeSentinel(current)
		if text, ok := current.(string); ok && unpack {
			current = unpacked(text)
		}
		switch current.(type) {
		case Unknown, Sealed:
			return Value{path, current}
		}
		current = step.into(current)
		if current == nil {
			return Value{path, nil}
		}
	}
	current = decodeSentinel(current)
	if text, ok := current.(string); ok && unpack && strings.HasPrefix(text, "[") {
		current = unpacked(text)
	}
	return Value{path, current}
}

func unpacked(text string) any {
	var content any
	if err := json.Unmarshal([]byte(text), &content); err != nil {
		return text
	}
	return content
}

// step is one step of a path: a field, or an element of a list.
type step struct {
	field string
	index int // -1: a field
}

func (s step) into(value any) any {
	if s.index < 0 {
		object, _ := value.(map[string]any)
		return object[s.field]
	}
	list, _ := value.([]any)
	if s.index >= len(list) {
		return nil
	}
	return list[s.index]
}

// parsePath splits a path into steps. A malformed rest is taken as the name of
// a field, which nothing has.
func parsePath(path string) []step {
	var steps []step
	for path != "" {
		if quoted, rest, ok := cutQuoted(path); ok {
			steps, path = append(steps, step{quoted, -1}), rest
			continue
		}
		if strings.HasPrefix(path, "[") {
			text, rest, closed := strings.Cut(path[1:], "]")
			index, err := strconv.Atoi(text)
			if !closed || err != nil || index < 0 {
				return append(steps, step{path, -1})
			}
			steps, path = append(steps, step{"", index}), strings.TrimPrefix(rest, ".")
			continue
		}
		end := strings.IndexAny(path, ".[")
		if end < 0 {
			end = len(path)
		}
		steps, path = append(steps, step{path[:end], -1}), strings.TrimPrefix(path[end:], ".")
	}
	return steps
}

// cutQuoted splits ["name"] off the front of a path.
func cutQuoted(path string) (name, rest string, ok bool) {
	after, ok := strings.CutPrefix(path, `["`)
	if !ok {
		return "", "", false
	}
	name, rest, ok = strings.Cut(after, `"]`)
	return name, strings.TrimPrefix(rest, "."), ok
}
