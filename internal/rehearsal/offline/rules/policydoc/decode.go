package policydoc

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// maxDepth is deeper than any policy nests; it keeps a hostile text from
// exhausting the stack.
const maxDepth = 32

// object is a JSON object that remembers the order of its keys, so that
// problems are reported in the order of the text.
type object struct {
	keys   []string
	values map[string]any
}

// decode reads exactly one JSON value. Unlike encoding/json it refuses a key
// that occurs twice: AWS refuses it too, and keeping one of the two silently
// would check another policy than the one that is sent.
func decode(text string) (any, error) {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	v, err := value(d, 0)
	if err != nil {
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("there is more text after the end of the document")
	}
	return v, nil
}

func value(d *json.Decoder, depth int) (any, error) {
	if depth > maxDepth {
		return nil, fmt.Errorf("it nests deeper than %d levels", maxDepth)
	}
	token, err := next(d)
	if err != nil {
		return nil, err
	}
	switch token {
	case json.Delim('{'):
		return members(d, depth)
	case json.Delim('['):
		return elements(d, depth)
	default:
		return token, nil
	}
}

// next says in words what encoding/json calls EOF.
func next(d *json.Decoder) (json.Token, error) {
	token, err := d.Token()
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, fmt.Errorf("the text ends too early")
	}
	return token, err
}

func members(d *json.Decoder, depth int) (any, error) {
	o := object{values: map[string]any{}}
	for d.More() {
		token, err := next(d)
		if err != nil {
			return nil, err
		}
		key, ok := token.(string)
		if !ok {
			return nil, fmt.Errorf("%v is not a key", token)
		}
		if _, twice := o.values[key]; twice {
			return nil, fmt.Errorf("the key %q occurs twice in one object", key)
		}
		v, err := value(d, depth+1)
		if err != nil {
			return nil, err
		}
		o.keys = append(o.keys, key)
		o.values[key] = v
	}
	_, err := next(d)
	return o, err
}

func elements(d *json.Decoder, depth int) (any, error) {
	list := []any{}
	for d.More() {
		v, err := value(d, depth+1)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	_, err := next(d)
	return list, err
}
