package config

import (
	"bytes"
	"errors"
	"io"

	"go.yaml.in/yaml/v3"
)

const (
	// maxDepth is how deep values may be nested. The configuration needs six
	// levels; an alias to its own parent would have no end.
	maxDepth = 64

	// maxExpanded is how many values aliases may stand for, so that a few lines
	// of aliases to aliases cannot fill the memory.
	maxExpanded = 100_000
)

// yamlReader turns the nodes of the YAML parser into values.
type yamlReader struct {
	*report
	expanded int
}

// NOTE(Two YAML parsers). Stack files are read with the parser that Pulumi itself
// reads them with, so that a value is never one thing here and another there; it
// is also linear in the size of the file and bounds nesting. It says badly where
// a file cannot be parsed, so that is asked of a second one (see diagnose), whose
// block maps take quadratic time and a stack frame for each key.

// readYAML reads the one document of a stack file. Problems of syntax end up in
// r, and then the value is nil.
func readYAML(data []byte, r *report) *value {
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var doc, next yaml.Node
	switch err := decoder.Decode(&doc); {
	case errors.Is(err, io.EOF):
		r.add(position{1, 1}, "", "", "is empty; want a stack configuration with a config: section")
		return nil
	case err != nil:
		r.syntax(data, err)
		return nil
	}
	switch err := decoder.Decode(&next); {
	case err == nil:
		r.add(position{next.Line, next.Column}, "", "", "a second document starts here; a stack configuration is one")
		return nil
	case !errors.Is(err, io.EOF):
		r.syntax(data, err)
		return nil
	}
	reader := &yamlReader{report: r}
	return reader.value(&doc, "", 0, false)
}

// value converts a node. It returns nil, with a problem, where the node cannot
// be used at all.
func (y *yamlReader) value(n *yaml.Node, path string, depth int, aliased bool) *value {
	at := position{n.Line, n.Column}
	if depth > maxDepth {
		y.add(at, path, "", "is nested more than %d levels deep, or refers to itself", maxDepth)
		return nil
	}
	if aliased {
		if y.expanded++; y.expanded > maxExpanded {
			y.add(at, "", "", "aliases stand for more than %d values; write the values out", maxExpanded)
			return nil
		}
	}
	switch n.Kind {
	case yaml.DocumentNode:
		if len(n.Content) != 1 {
			return &value{kind: null, at: position{1, 1}}
		}
		return y.value(n.Content[0], path, depth, aliased)
	case yaml.AliasNode:
		return y.value(n.Alias, path, depth+1, true)
	case yaml.SequenceNode:
		out := &value{kind: list, at: at}
		for i, item := range n.Content {
			v := y.value(item, index(path, i), depth+1, aliased)
			if v == nil {
				return nil
			}
			out.items = append(out.items, v)
		}
		return out
	case yaml.MappingNode:
		return y.object(n, path, depth, aliased)
	default:
		return &value{kind: scalarKind(n), at: at, text: n.Value}
	}
}

func scalarKind(n *yaml.Node) kind {
	switch n.ShortTag() {
	case "!!null":
		return null
	case "!!bool":
		return boolean
	case "!!int", "!!float":
		return number
	case "!!str":
		return text
	case "!!timestamp":
		return date
	default:
		return foreign
	}
}

// object converts a map: its own keys, then those of merged maps (<<) that it
// does not have itself.
func (y *yamlReader) object(n *yaml.Node, path string, depth int, aliased bool) *value {
	out := &value{kind: object, at: position{n.Line, n.Column}}
	seen := map[string]position{}
	var merged []*yaml.Node
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, content := n.Content[i], n.Content[i+1]
		at := position{key.Line, key.Column}
		if key.Kind == yaml.ScalarNode && key.ShortTag() == "!!merge" {
			merged = append(merged, content)
			continue
		}
		if key.Kind == yaml.AliasNode && key.Alias.Kind == yaml.ScalarNode {
			key = key.Alias
		}
		if key.Kind != yaml.ScalarNode {
			y.add(at, path, "", "a key must be plain text")
			continue
		}
		if first, ok := seen[key.Value]; ok {
			y.add(at, y.member(path, key.Value, depth), "", "is a duplicate of the key on line %d; remove one", first.line)
			continue
		}
		seen[key.Value] = at
		v := y.value(content, y.member(path, key.Value, depth), depth+1, aliased)
		if v == nil {
			return nil
		}
		out.fields = append(out.fields, field{key: key.Value, at: at, value: v})
	}
	for _, m := range merged {
		if !y.merge(out, seen, m, path, depth+1) {
			return nil
		}
	}
	return out
}

// member returns the path of a key. Settings are named without the section of
// the file that they are in.
func (y *yamlReader) member(path, key string, depth int) string {
	if depth == 0 && key == configKey {
		return ""
	}
	return member(path, key)
}

func (y *yamlReader) merge(out *value, seen map[string]position, n *yaml.Node, path string, depth int) bool {
	v := y.value(n, path, depth, true)
	if v == nil {
		return false
	}
	sources := []*value{v}
	if v.kind == list {
		sources = v.items
	}
	for _, source := range sources {
		if source.kind != object {
			y.add(position{n.Line, n.Column}, path, "", "<< merges maps, and this is %s", source.kind)
			return true
		}
		for _, f := range source.fields {
			if _, ok := seen[f.key]; !ok {
				seen[f.key] = f.at
				out.fields = append(out.fields, f)
			}
		}
	}
	return true
}
