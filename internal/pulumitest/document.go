package pulumitest

import (
	"bytes"
	"encoding/json"
	"testing"
)

// Indented returns a JSON document in the form that golden files have.
func Indented(t *testing.T, document string) string {
	t.Helper()
	var out bytes.Buffer
	if err := json.Indent(&out, []byte(document), "", "  "); err != nil {
		t.Fatalf("not a JSON document: %v", err)
	}
	return out.String() + "\n"
}
