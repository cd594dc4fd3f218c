package config

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
)

// position is a place in the stack file, counted from 1; zero is unknown.
type position struct{ line, column int }

// kind is what a value is, whichever notation it was written in.
type kind int

const (
	null kind = iota
	boolean
	number
	text
	date
	list
	object
	foreign
)

// String names the kind as a message does.
func (k kind) String() string {
	return [...]string{"nothing", "a boolean", "a number", "text", "a date", "a list", "a map", "a tagged value"}[k]
}

// value is a configuration value with its place. The decoder sees nothing else,
// so that the stack file and the values of a running program are read alike.
type value struct {
	kind kind
	at   position

	// text is a scalar as it was written.
	text string

	// loose marks text that stands for a value of any kind: Pulumi hands a
	// program every setting as a string, lists and maps as JSON.
	loose bool

	items  []*value
	fields []field
}

// field is one key of a map.
type field struct {
	key   string
	at    position
	value *value
}

// get returns the value of a key, or nil.
func (v *value) get(key string) *value {
	for _, f := range v.fields {
		if f.key == key {
			return f.value
		}
	}
	return nil
}

// lacks says whether a key is missing or null, which is the same.
func (v *value) lacks(key string) bool {
	got := v.get(key)
	return got == nil || got.kind == null
}

// shown returns the value as a problem shows it.
func (v *value) shown() string {
	switch v.kind {
	case text, foreign:
		return quoted(v.text)
	case boolean, number, date:
		return v.text
	default:
		return ""
	}
}

// jsonValue reads JSON text.
func jsonValue(data string) (*value, error) {
	decoder := json.NewDecoder(bytes.NewReader([]byte(data)))
	decoder.UseNumber()
	var v any
	if err := decoder.Decode(&v); err != nil {
		return nil, err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("more than one value")
	}
	return fromJSON(v), nil
}

func fromJSON(v any) *value {
	switch v := v.(type) {
	case bool:
		return &value{kind: boolean, text: strconv.FormatBool(v)}
	case json.Number:
		return &value{kind: number, text: v.String()}
	case string:
		return &value{kind: text, text: v}
	case []any:
		out := &value{kind: list}
		for _, item := range v {
			out.items = append(out.items, fromJSON(item))
		}
		return out
	case map[string]any:
		out := &value{kind: object}
		for _, key := range slices.Sorted(maps.Keys(v)) {
			out.fields = append(out.fields, field{key: key, value: fromJSON(v[key])})
		}
		return out
	default:
		return &value{kind: null}
	}
}

// place is where a setting's key and its value are written.
type place struct{ key, value position }

// places is where each setting of a stack file is written, by path.
type places map[string]place

// walk records the places of v and of everything in it.
func (p places) walk(v *value, path string, key position) {
	p[path] = place{key: key, value: v.at}
	for i, item := range v.items {
		p.walk(item, index(path, i), item.at)
	}
	for _, f := range v.fields {
		p.walk(f.value, member(path, f.key), f.at)
	}
}

// apply gives v and everything in it the places of the settings of the same
// path.
func (p places) apply(v *value, path string) {
	v.at = p[path].value
	for i, item := range v.items {
		p.apply(item, index(path, i))
	}
	for i := range v.fields {
		f := &v.fields[i]
		f.at = p[member(path, f.key)].key
		p.apply(f.value, member(path, f.key))
	}
}

// member returns the path of a key of the map at path; at the top it is the key
// itself, which carries its namespace.
func member(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// index returns the path of an element of the list at path.
func index(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }
