package config

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// fieldDocs reads the doc comments of the types: by type and field, and by type
// alone.
func fieldDocs(t testing.TB) map[string]string {
	t.Helper()
	files, err := filepath.Glob("types*.go")
	if err != nil {
		t.Fatal(err)
	}
	docs := map[string]string{}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		readDocs(file, docs)
	}
	if len(docs) == 0 {
		t.Fatal("no file types*.go has types")
	}
	return docs
}

// readDocs adds the doc comments of the types in a file.
func readDocs(file *ast.File, docs map[string]string) {
	for _, decl := range file.Decls {
		gen, ok := decl.(*ast.GenDecl)
		if !ok || gen.Tok != token.TYPE {
			continue
		}
		for _, spec := range gen.Specs {
			typ := spec.(*ast.TypeSpec)
			docs[typ.Name.Name] = sentence(gen.Doc.Text(), typ.Name.Name)
			structure, ok := typ.Type.(*ast.StructType)
			if !ok {
				continue
			}
			for _, f := range structure.Fields.List {
				for _, name := range f.Names {
					docs[typ.Name.Name+"."+name.Name] = sentence(f.Doc.Text(), name.Name)
				}
			}
		}
	}
}

// sentence returns a doc comment as text for people who read YAML: on one line,
// without the Go name it begins with.
func sentence(doc, name string) string {
	doc = strings.Join(strings.Fields(doc), " ")
	rest, ok := strings.CutPrefix(doc, name+" ")
	if !ok || rest == "" {
		return doc
	}
	for _, verb := range []string{"is ", "are "} {
		rest = strings.TrimPrefix(rest, verb)
	}
	return strings.ToUpper(rest[:1]) + rest[1:]
}

// configTypes returns every struct type of the configuration, in the order in
// which one meets them.
func configTypes(t reflect.Type) []reflect.Type {
	var all []reflect.Type
	seen := map[reflect.Type]bool{}
	var visit func(reflect.Type)
	visit = func(t reflect.Type) {
		switch t.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Map:
			visit(t.Elem())
		case reflect.Struct:
			if seen[t] {
				return
			}
			seen[t] = true
			all = append(all, t)
			for _, f := range reflect.VisibleFields(t) {
				visit(f.Type)
			}
		}
	}
	visit(t)
	return all
}

func TestTypes_EveryFieldIsNamedAndDocumented(t *testing.T) {
	docs := fieldDocs(t)
	fields := 0
	for _, typ := range configTypes(reflect.TypeFor[Config]()) {
		if docs[typ.Name()] == "" {
			t.Errorf("%s has no doc comment", typ.Name())
		}
		for _, f := range reflect.VisibleFields(typ) {
			fields++
			key := typ.Name() + "." + f.Name
			if doc := docs[key]; len(doc) < 10 || !strings.HasSuffix(doc, ".") {
				t.Errorf("%s has the doc comment %q, want a sentence", key, doc)
			}
			if jsonName(f) == "" {
				t.Errorf("%s has no key", key)
			}
		}
	}
	if fields < 50 {
		t.Errorf("only %d fields were found", fields)
	}
}
