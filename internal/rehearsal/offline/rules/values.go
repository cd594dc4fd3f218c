package rules

import (
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
)

// values yields the known values at a path such as rules[].destination.bucket,
// where [] stands for every element of a list, each with its concrete path.
// What is absent, unknown or of another shape yields nothing.
func values(in map[string]any, path string) iter.Seq2[string, any] {
	return func(yield func(string, any) bool) {
		walk(in, "", strings.Split(path, "."), yield)
	}
}

func walk(v any, at string, path []string, yield func(string, any) bool) bool {
	switch v.(type) {
	case nil, Unknown:
		return true
	}
	if len(path) == 0 {
		return yield(at, v)
	}
	m, ok := v.(map[string]any)
	if !ok {
		return true
	}
	key, each := strings.CutSuffix(path[0], "[]")
	at = strings.TrimPrefix(at+"."+key, ".")
	if !each {
		return walk(m[key], at, path[1:], yield)
	}
	list, _ := m[key].([]any)
	for i, item := range list {
		if !walk(item, fmt.Sprintf("%s[%d]", at, i), path[1:], yield) {
			return false
		}
	}
	return true
}

// texts yields the known strings at path.
func (r Resource) texts(path string) iter.Seq2[string, string] {
	return typed[string](r.Inputs, path)
}

// objects yields the known objects at path, each as a resource of its own, so
// that paths below it can be read the same way.
func (r Resource) objects(path string) iter.Seq2[string, Resource] {
	return func(yield func(string, Resource) bool) {
		for at, m := range typed[map[string]any](r.Inputs, path) {
			if !yield(at, Resource{Inputs: m}) {
				return
			}
		}
	}
}

func typed[T any](in map[string]any, path string) iter.Seq2[string, T] {
	return func(yield func(string, T) bool) {
		for at, v := range values(in, path) {
			if t, ok := v.(T); ok && !yield(at, t) {
				return
			}
		}
	}
}

// text returns the string at path, or "" when it is absent or not known.
func (r Resource) text(path string) string {
	for _, text := range r.texts(path) {
		return text
	}
	return ""
}

// flag returns the boolean at path, and false when it is absent or not known.
func (r Resource) flag(path string) bool {
	for _, b := range typed[bool](r.Inputs, path) {
		return b
	}
	return false
}

// number returns the number at path.
func (r Resource) number(path string) (float64, bool) {
	for _, v := range values(r.Inputs, path) {
		return number(v)
	}
	return 0, false
}

func number(v any) (float64, bool) {
	switch v := v.(type) {
	case float64:
		return v, true
	case int:
		return float64(v), true
	default:
		return 0, false
	}
}

// presence of a property.
type presence int

const (
	absent presence = iota
	unknown
	present
)

// presence looks at one property; a value that may yet become known is neither
// present nor absent.
func (r Resource) presence(path string) presence {
	v := any(r.Inputs)
	for key := range strings.SplitSeq(path, ".") {
		m, ok := v.(map[string]any)
		if !ok {
			return absent
		}
		switch v = m[key]; v.(type) {
		case nil:
			return absent
		case Unknown:
			return unknown
		}
	}
	switch v := v.(type) {
	case string:
		if v == "" {
			return absent
		}
	case []any:
		if len(v) == 0 {
			return absent
		}
	}
	return present
}

// settled reports whether nothing in v is unknown.
func settled(v any) bool {
	switch v := v.(type) {
	case Unknown:
		return false
	case []any:
		for _, item := range v {
			if !settled(item) {
				return false
			}
		}
	case map[string]any:
		for _, item := range v {
			if !settled(item) {
				return false
			}
		}
	}
	return true
}

// document returns the policy document at path: a string, or an object that the
// provider would write as JSON.
func (r Resource) document(path string) (string, bool) {
	for _, v := range values(r.Inputs, path) {
		switch v := v.(type) {
		case string:
			return v, v != ""
		case map[string]any:
			if !settled(v) {
				return "", false
			}
			text, err := json.Marshal(v)
			return string(text), err == nil
		}
	}
	return "", false
}

// ordered yields a map in the order of its keys, so that reports do not change
// from run to run.
func ordered[V any](m map[string]V) iter.Seq2[string, V] {
	return func(yield func(string, V) bool) {
		for _, key := range slices.Sorted(maps.Keys(m)) {
			if !yield(key, m[key]) {
				return
			}
		}
	}
}
