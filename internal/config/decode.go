package config

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// decoder fills a Config from values and remembers where each came from.
type decoder struct {
	*report

	// found holds the place of every setting that was read.
	found map[string]position

	// file is where settings are written, for values that came without places.
	places places

	suggestions int
}

// maxSuggestions bounds the comparing of words: a file of a hundred thousand
// unknown keys is the wrong file, not a hundred thousand misspellings.
const maxSuggestions = 200

// setting is one top-level configuration key and the field it fills.
type setting struct {
	key      string
	index    []int
	required bool
}

// settings are the top-level keys, in the order of the types.
var settings = func() []setting {
	var all []setting
	for _, namespace := range reflect.VisibleFields(reflect.TypeFor[Config]()) {
		for _, f := range reflect.VisibleFields(namespace.Type) {
			all = append(all, setting{
				key:      jsonName(namespace) + ":" + jsonName(f),
				index:    append(slices.Clone(namespace.Index), f.Index...),
				required: isRequired(f),
			})
		}
	}
	return all
}()

func jsonName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	return name
}

func isRequired(f reflect.StructField) bool { return f.Tag.Get("jsonschema") == "required" }

// ignoredNamespaces belong to Pulumi and its providers.
var ignoredNamespaces = []string{"pulumi", "aws", "awsx"}

// config decodes the settings of a stack: a map from namespace:key to value.
func (d *decoder) config(v *value, into *Config) {
	target := reflect.ValueOf(into).Elem()
	d.found[""] = v.at
	var keys []string
	for _, s := range settings {
		keys = append(keys, s.key)
	}
	for _, f := range v.fields {
		namespace, _, ok := strings.Cut(f.key, ":")
		if ok && slices.Contains(ignoredNamespaces, namespace) {
			continue
		}
		i := slices.Index(keys, f.key)
		if i < 0 {
			d.unknown(v, f, "", keys)
			continue
		}
		d.value(f.value, target.FieldByIndex(settings[i].index), f.key)
	}
	for _, s := range settings {
		if s.required && v.lacks(s.key) {
			d.add(v.at, s.key, "", "is required")
		}
	}
	d.defaultProviders(v)
}

// defaultProviders insists on the setting that turns a forgotten provider into
// an error.
func (d *decoder) defaultProviders(v *value) {
	const key = "pulumi:disable-default-providers"
	const why = "a resource whose provider was forgotten would otherwise be created in the management account"
	setting := v.get(key)
	if setting == nil {
		d.add(v.at, key, "", "is required and must list aws: %s", why)
		return
	}
	names := setting
	if setting.loose {
		if parsed, err := jsonValue(setting.text); err == nil {
			names = parsed
		}
	}
	for _, name := range names.items {
		if name.kind == text && name.text == "aws" {
			return
		}
	}
	d.add(setting.at, key, setting.shown(), "must be a list that contains aws: %s", why)
}

// unknown reports a key of the map v that there is not. The one that was meant
// is then not reported as missing.
func (d *decoder) unknown(v *value, f field, parent string, keys []string) {
	path := member(parent, f.key)
	if d.suggestions++; d.suggestions > maxSuggestions {
		d.add(f.at, path, "", "is unknown")
		return
	}
	if f.key == "secure" {
		d.add(f.at, path, "", "is a secret, and the landing zone has none: its configuration is reviewed as it is deployed; set the value without --secret")
		return
	}
	d.add(f.at, path, "", "is unknown; %s", oneOf(f.key, keys))
	if meant := nearest(f.key, keys); meant != "" && v.lacks(meant) {
		d.bad[member(parent, meant)] = true
	}
}

// value decodes v into a field of the configuration.
func (d *decoder) value(v *value, into reflect.Value, path string) {
	if v.kind == null {
		return
	}
	d.found[path] = v.at
	if v.loose {
		if v = d.tighten(v, into.Type(), path); v == nil {
			return
		}
	}
	switch into.Kind() {
	case reflect.Pointer:
		into.Set(reflect.New(into.Type().Elem()))
		d.value(v, into.Elem(), path)
	case reflect.Struct:
		if d.want(v, object, path) {
			d.object(v, into, path)
		}
	case reflect.Map:
		if d.want(v, object, path) {
			d.dictionary(v, into, path)
		}
	case reflect.Slice:
		if d.want(v, list, path) {
			into.Set(reflect.MakeSlice(into.Type(), len(v.items), len(v.items)))
			for i, item := range v.items {
				if item.kind == null {
					d.add(item.at, index(path, i), "", "is empty; remove it or fill it in")
					continue
				}
				d.value(item, into.Index(i), index(path, i))
			}
		}
	case reflect.Bool:
		if d.want(v, boolean, path) {
			into.SetBool(strings.EqualFold(v.text, "true"))
		}
	case reflect.Int:
		d.integer(v, into, path)
	case reflect.String:
		d.text(v, into, path)
	default:
		// A field of another type is a mistake in this program. Saying so here
		// beats leaving the field empty.
		d.add(v.at, path, v.shown(), "cannot be read: the program has no decoder for %s", into.Type())
	}
}

// want reports a value that is not of the kind wanted.
func (d *decoder) want(v *value, want kind, path string) bool {
	if v.kind == want {
		return true
	}
	hint := ""
	if want == boolean {
		hint = ", true or false without quotes"
	}
	d.add(v.at, path, v.shown(), "is %s, want %s%s", v.kind, want, hint)
	return false
}

func (d *decoder) object(v *value, into reflect.Value, path string) {
	fields := reflect.VisibleFields(into.Type())
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = jsonName(f)
	}
	for _, f := range v.fields {
		i := slices.Index(names, f.key)
		if i < 0 {
			d.unknown(v, f, path, names)
			continue
		}
		d.value(f.value, into.Field(i), member(path, f.key))
	}
	for i, f := range fields {
		switch {
		case !isRequired(f):
		case v.lacks(names[i]):
			d.add(v.at, member(path, names[i]), "", "is required")
		default:
			if got := v.get(names[i]); got.kind == text && strings.TrimSpace(got.text) == "" {
				d.add(got.at, member(path, names[i]), got.shown(), "is required and must not be empty")
			}
		}
	}
}

func (d *decoder) dictionary(v *value, into reflect.Value, path string) {
	into.Set(reflect.MakeMapWithSize(into.Type(), len(v.fields)))
	for _, f := range v.fields {
		element := reflect.New(into.Type().Elem()).Elem()
		d.found[member(path, f.key)] = f.value.at
		d.value(f.value, element, member(path, f.key))
		into.SetMapIndex(reflect.ValueOf(f.key), element)
	}
}

func (d *decoder) integer(v *value, into reflect.Value, path string) {
	if !d.want(v, number, path) {
		return
	}
	n, err := strconv.Atoi(v.text)
	if err != nil || strconv.Itoa(n) != v.text {
		d.add(v.at, path, v.shown(), "is not a plain whole number; want digits such as 10")
		return
	}
	into.SetInt(int64(n))
}

func (d *decoder) text(v *value, into reflect.Value, path string) {
	if v.kind == number || v.kind == date || v.kind == boolean {
		d.add(v.at, path, v.shown(), "is %s, want text; put it in quotes, %q, so that YAML changes nothing in it, such as leading zeros", v.kind, v.text)
		return
	}
	if d.want(v, text, path) {
		into.SetString(v.text)
	}
}

// tighten turns the text that Pulumi hands a program for a top-level setting
// into the kind of value that the setting wants.
func (d *decoder) tighten(v *value, into reflect.Type, path string) *value {
	out := &value{kind: text, at: v.at, text: v.text}
	switch into.Kind() {
	case reflect.String:
	case reflect.Bool:
		if v.text == "true" || v.text == "false" {
			out.kind = boolean
		}
	case reflect.Int:
		if _, err := strconv.Atoi(v.text); err == nil {
			out.kind = number
		}
	default:
		if v.text == "" || v.text == "null" {
			// How Pulumi, and JSON, write a setting that holds nothing.
			delete(d.found, path)
			return nil
		}
		parsed, err := jsonValue(v.text)
		if err != nil {
			d.add(v.at, path, v.shown(), "is not a %s: %s", strings.TrimPrefix(fmt.Sprint(wanted(into)), "a "), err)
			return nil
		}
		d.places.apply(parsed, path)
		if parsed.at == (position{}) {
			parsed.at = v.at
		}
		out = parsed
	}
	return out
}

func wanted(t reflect.Type) kind {
	if t.Kind() == reflect.Slice {
		return list
	}
	return object
}
