package policydoc

import (
	"encoding/json"
	"fmt"
)

// Parse reads a document whatever its kind and reports what no kind of policy
// allows: text that is not JSON, a key twice, unknown elements, elements of the
// wrong shape. The document is nil when the text is not a JSON object.
func Parse(text string) (*Document, []Problem) {
	v, err := decode(text)
	if err != nil {
		return nil, []Problem{{Message: fmt.Sprintf("the policy is not valid JSON: %v", err)}}
	}
	root, ok := v.(object)
	if !ok {
		return nil, []Problem{{Message: fmt.Sprintf("the policy is %s; it must be a JSON object", shape(v))}}
	}
	var found problems
	doc := &Document{}
	for _, key := range root.keys {
		switch v := root.values[key]; key {
		case "Version":
			doc.Version = text1(v, key, &found)
		case "Id":
			doc.ID = text1(v, key, &found)
		case "Statement":
			doc.Statements = statements(v, &found)
		default:
			found.add(key, "is not an element of a policy; the elements are Version, Id and Statement")
		}
	}
	if _, ok := root.values["Statement"]; !ok {
		found.add("Statement", "is missing; a policy has at least one statement")
	}
	return doc, found
}

func statements(v any, found *problems) []Statement {
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	if len(list) == 0 {
		found.add("Statement", "is empty; a policy has at least one statement")
	}
	out := make([]Statement, 0, len(list))
	for i, item := range list {
		at := fmt.Sprintf("Statement[%d]", i)
		o, ok := item.(object)
		if !ok {
			found.add(at, "is %s; a statement is a JSON object", shape(item))
			continue
		}
		out = append(out, statement(o, at, found))
	}
	return out
}

func statement(o object, at string, found *problems) Statement {
	var s Statement
	for _, key := range o.keys {
		v, at := o.values[key], at+"."+key
		switch key {
		case "Sid":
			s.Sid = text1(v, at, found)
		case "Effect":
			s.Effect = text1(v, at, found)
		case "Principal":
			s.Principal = principals(v, at, found)
		case "NotPrincipal":
			s.NotPrincipal = principals(v, at, found)
		case "Action":
			s.Action = texts(v, at, found)
		case "NotAction":
			s.NotAction = texts(v, at, found)
		case "Resource":
			s.Resource = texts(v, at, found)
		case "NotResource":
			s.NotResource = texts(v, at, found)
		case "Condition":
			s.Condition = condition(v, at, found)
		default:
			found.add(at, "is not an element of a statement; the elements are Sid, Effect, Principal, NotPrincipal, "+
				"Action, NotAction, Resource, NotResource and Condition")
		}
	}
	return s
}

func principals(v any, at string, found *problems) *Principals {
	p := &Principals{Of: map[string][]string{}}
	if text, ok := v.(string); ok {
		if text != "*" {
			found.add(at, "is the string %q; only * may stand alone, write {\"AWS\": %q} or {\"Service\": ...}", text, text)
			return p
		}
		return &Principals{Everyone: true, Of: map[string][]string{"AWS": {"*"}}}
	}
	o, ok := v.(object)
	if !ok {
		found.add(at, "is %s; it must be \"*\" or an object of AWS, Service, Federated or CanonicalUser", shape(v))
		return p
	}
	if len(o.keys) == 0 {
		found.add(at, "is empty; name at least one principal")
	}
	for _, key := range o.keys {
		p.Of[key] = texts(o.values[key], at+"."+key, found)
	}
	return p
}

func condition(v any, at string, found *problems) map[string]map[string][]string {
	operators, ok := v.(object)
	if !ok {
		found.add(at, "is %s; it must be an object of operators", shape(v))
		return nil
	}
	out := make(map[string]map[string][]string, len(operators.keys))
	for _, operator := range operators.keys {
		at := at + "." + operator
		keys, ok := operators.values[operator].(object)
		if !ok {
			found.add(at, "is %s; it must be an object of condition keys", shape(operators.values[operator]))
			continue
		}
		if len(keys.keys) == 0 {
			found.add(at, "is empty; name at least one condition key or leave the operator out")
		}
		out[operator] = make(map[string][]string, len(keys.keys))
		for _, key := range keys.keys {
			out[operator][key] = scalars(keys.values[key], at+"."+key, found)
		}
	}
	return out
}

func text1(v any, at string, found *problems) string {
	s, ok := v.(string)
	if !ok {
		found.add(at, "is %s; it must be a string", shape(v))
	}
	return s
}

// texts reads a string or a list of strings. What is present but malformed is
// an empty list and not nil, so that it is not reported as missing too.
func texts(v any, at string, found *problems) []string {
	return list(v, at, "strings", found, func(v any) (string, bool) {
		s, ok := v.(string)
		return s, ok
	})
}

func scalars(v any, at string, found *problems) []string {
	return list(v, at, "strings, numbers or booleans", found, func(v any) (string, bool) {
		switch v := v.(type) {
		case string:
			return v, true
		case bool:
			return fmt.Sprint(v), true
		case json.Number:
			return v.String(), true
		default:
			return "", false
		}
	})
}

func list(v any, at, of string, found *problems, read func(any) (string, bool)) []string {
	items, ok := v.([]any)
	if !ok {
		items = []any{v}
	}
	if len(items) == 0 {
		found.add(at, "is an empty list; give at least one value")
	}
	out := make([]string, 0, len(items))
	for _, item := range items {
		s, ok := read(item)
		if !ok {
			found.add(at, "holds %s; it takes %s", shape(item), of)
			continue
		}
		out = append(out, s)
	}
	return out
}

// shape names a JSON value's type, as an author would.
func shape(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case string:
		return "a string"
	case bool:
		return "a boolean"
	case json.Number:
		return "a number"
	case []any:
		return "a list"
	default:
		return "an object"
	}
}
