package analytics

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// primitives are the types without parts that the tables use.
var primitives = []string{"bigint", "boolean", "double", "int", "string"}

// Type is a type of a column. Exactly one of its forms is set: a primitive
// name, the elements of an array, the values of a map with text keys, or the
// fields of a struct.
type Type struct {
	Primitive string
	Elements  *Type
	Values    *Type
	Fields    []Field
}

// Field is a part of a struct. Its name is written as the record writes it.
type Field struct {
	Name string
	Type Type
}

// String returns the type as Glue and Athena write it, in small letters.
func (t Type) String() string {
	switch {
	case t.Elements != nil:
		return "array<" + t.Elements.String() + ">"
	case t.Values != nil:
		return "map<string," + t.Values.String() + ">"
	case t.Fields != nil:
		parts := make([]string, len(t.Fields))
		for i, f := range t.Fields {
			parts[i] = strings.ToLower(f.Name) + ":" + f.Type.String()
		}
		return "struct<" + strings.Join(parts, ",") + ">"
	default:
		return t.Primitive
	}
}

// names collects the names of all fields, at any depth.
func (t Type) names() []string {
	switch {
	case t.Elements != nil:
		return t.Elements.names()
	case t.Values != nil:
		return t.Values.names()
	}
	var all []string
	for _, f := range t.Fields {
		all = append(append(all, f.Name), f.Type.names()...)
	}
	return all
}

// ParseType reads a type: a primitive, array<T>, map<string,T> or
// struct<name:T,...>.
func ParseType(text string) (Type, error) {
	p := typeParser{rest: text}
	t, err := p.parse()
	if err != nil {
		return Type{}, fmt.Errorf("type %q: %w", text, err)
	}
	if p.rest != "" {
		return Type{}, fmt.Errorf("type %q: %q is left over", text, p.rest)
	}
	return t, nil
}

type typeParser struct{ rest string }

var word = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*`)

func (p *typeParser) word() (string, error) {
	w := word.FindString(p.rest)
	if w == "" {
		return "", fmt.Errorf("want a name at %q", p.rest)
	}
	p.rest = p.rest[len(w):]
	return w, nil
}

func (p *typeParser) expect(mark string) error {
	if !strings.HasPrefix(p.rest, mark) {
		return fmt.Errorf("want %q at %q", mark, p.rest)
	}
	p.rest = p.rest[len(mark):]
	return nil
}

func (p *typeParser) parse() (Type, error) {
	name, err := p.word()
	if err != nil {
		return Type{}, err
	}
	if slices.Contains(primitives, name) {
		return Type{Primitive: name}, nil
	}
	if err := p.expect("<"); err != nil {
		return Type{}, err
	}
	var t Type
	switch name {
	case "array":
		t.Elements, err = p.inner()
	case "map":
		if err = p.expect("string,"); err == nil {
			t.Values, err = p.inner()
		}
	case "struct":
		t.Fields, err = p.fields()
	default:
		err = fmt.Errorf("%q is not a type", name)
	}
	if err != nil {
		return Type{}, err
	}
	return t, p.expect(">")
}

func (p *typeParser) inner() (*Type, error) {
	t, err := p.parse()
	return &t, err
}

func (p *typeParser) fields() ([]Field, error) {
	var fields []Field
	for {
		name, err := p.word()
		if err != nil {
			return nil, err
		}
		if err := p.expect(":"); err != nil {
			return nil, err
		}
		t, err := p.parse()
		if err != nil {
			return nil, err
		}
		fields = append(fields, Field{name, t})
		if !strings.HasPrefix(p.rest, ",") {
			return fields, nil
		}
		p.rest = p.rest[1:]
	}
}
