package config

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
)

const referenceFile = "../../docs/configuration.md"

const referenceIntroduction = `# Configuration

A stack is described in ` + "`Pulumi.<stack>.yaml`" + `, in the section ` + "`config:`" + `. Everything in it is
checked before the first resource exists, and everything that is wrong is reported at once, with file,
line and column. [Pulumi.prod.yaml](../Pulumi.prod.yaml) is a complete example. Editors that understand
the first line of that file check and complete it with [the schema](configuration.schema.json).

This page is generated from the program (` + "`go test ./internal/config -update`" + `).

Not a setting of the landing zone, but required: ` + "`pulumi:disable-default-providers: [aws]`" + `. Without it
a resource whose provider was forgotten would be created in the management account.

What is required is so wherever the map that holds it is written. A setting that is null counts as
absent. Settings of the namespaces ` + "`pulumi`, `aws` and `awsx`" + ` belong
to Pulumi and are not looked at otherwise.
`

// reference generates the page that lists every setting.
func reference(t testing.TB) []byte {
	t.Helper()
	docs := fieldDocs(t)
	var b strings.Builder
	b.WriteString(referenceIntroduction)
	root := reflect.ValueOf(defaults()).Elem()
	for _, s := range settings {
		f := reflect.TypeFor[Config]().FieldByIndex(s.index)
		namespace := reflect.TypeFor[Config]().FieldByIndex(s.index[:1]).Type
		fmt.Fprintf(&b, "\n## %s\n\n%s\n\n", s.key, docs[namespace.Name()+"."+f.Name])
		b.WriteString("| setting | type | default | meaning |\n|---|---|---|---|\n")
		row(&b, docs, s.key, f, root.FieldByIndex(s.index), docs[namespace.Name()+"."+f.Name])
	}
	b.WriteString("\n## Record classes\n\nThe classes that the program knows. `retentionYears` prolongs them; nothing shortens them.\n\n")
	b.WriteString("| class | minimum years | source |\n|---|---|---|\n")
	for _, name := range slices.Sorted(maps.Keys(knownClasses)) {
		fmt.Fprintf(&b, "| `%s` | %d | %s |\n", name, knownClasses[name].MinimumYears, knownClasses[name].Source)
	}
	b.WriteString("\n## Organizational units\n\n| unit | purpose | workload accounts |\n|---|---|---|\n")
	for _, u := range units {
		where := "none"
		if p, ok := placements[u.Path]; ok {
			where = strings.Join(p.environments, ", ")
			switch {
			case len(p.gxp) == 2:
			case p.gxp[0]:
				where += "; with GxP"
			default:
				where += "; without GxP"
			}
			if p.data != "" {
				where += "; data " + p.data
			}
		}
		if u.Path == UnitSuspended {
			where = "those with `retired: true`"
		}
		if u.Path == UnitQuarantine {
			where = "those with `quarantined: true`"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", u.Path, u.Purpose, where)
	}
	return []byte(b.String())
}

// row writes the row of a setting and those of what is in it.
func row(b *strings.Builder, docs map[string]string, path string, f reflect.StructField, value reflect.Value, doc string) {
	typ := f.Type
	if typ.Kind() == reflect.Pointer {
		typ, value = typ.Elem(), reflect.Zero(typ.Elem())
	}
	inner := typ
	switch typ.Kind() {
	case reflect.Slice:
		inner, path = typ.Elem(), path+"[]"
	case reflect.Map:
		inner, path = typ.Elem(), path+".*"
	}
	if inner.Kind() != reflect.Struct {
		fmt.Fprintf(b, "| `%s` | %s | %s | %s |\n", strings.TrimSuffix(strings.TrimSuffix(path, "[]"), ".*"),
			typeName(typ), defaultOf(f, value), doc)
		return
	}
	if inner != typ {
		value = reflect.Zero(inner)
	}
	for i, field := range reflect.VisibleFields(inner) {
		row(b, docs, member(path, jsonName(field)), field, value.Field(i), docs[inner.Name()+"."+field.Name])
	}
}

func typeName(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Slice:
		return "list of " + typeName(t.Elem())
	case reflect.Map:
		return "map to " + typeName(t.Elem())
	case reflect.Bool:
		return "boolean"
	case reflect.Int:
		return "whole number"
	default:
		return "text"
	}
}

// defaultOf returns the default as the page shows it; one that follows from
// other settings is in the setting's own words.
func defaultOf(f reflect.StructField, v reflect.Value) string {
	switch {
	case isRequired(f):
		return "required"
	case v.Kind() == reflect.Bool:
		return fmt.Sprintf("`%t`", v.Bool())
	case v.IsZero():
		return "–"
	case v.Kind() == reflect.Slice:
		var list []string
		for _, item := range v.Seq2() {
			list = append(list, fmt.Sprintf("`%v`", item))
		}
		return strings.Join(list, ", ")
	default:
		return fmt.Sprintf("`%v`", v)
	}
}

func TestReference_IsCurrent(t *testing.T) { current(t, referenceFile, reference(t)) }

func TestReference_ListsEverySetting(t *testing.T) {
	page := string(reference(t))
	for _, key := range settingKeys() {
		if !strings.Contains(page, "\n## "+key+"\n") {
			t.Errorf("%s is missing", key)
		}
	}
	for _, row := range []string{
		"| `landingzone:accounts[].email` | text | required |",
		"| `logging:recordClasses.*.retentionYears` | whole number | – |",
		"| `landingzone:organization.adopt.organizationalUnits` | map to text | – |",
		"| `landingzone:quotas.accountCreations` | whole number | `4` |",
		"| `monitoring:notificationEmails` | list of text | – |",
		"| `landingzone:network.closedPorts` | list of whole number | `22`, `3389` |",
	} {
		if !strings.Contains(page, row) {
			t.Errorf("the row %s is missing", row)
		}
	}
}
