package pulumitest

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Ledger fails the test when a URN that the file lists is no longer registered,
// is not the alias of one that is, and is not retired with a reason; and when a
// registered one is missing from the file. Run with -update to add what is new;
// nothing is ever taken out of the file.
func Ledger(t *testing.T, file string, registered map[string]bool, retired map[string]string) {
	t.Helper()
	released, err := os.ReadFile(file)
	if err != nil && !*update {
		t.Fatalf("%v (run the test with -update to create it)", err)
	}
	for _, orphan := range orphans(string(released), registered, retired) {
		t.Error(orphan)
	}
	known := lines(string(released))
	for _, urn := range slices.Sorted(maps.Keys(registered)) {
		if !slices.Contains(known, urn) {
			known = append(known, urn)
			if !*update {
				t.Errorf("%s is new: run the test with -update to enter it in %s", urn, file)
			}
		}
	}
	if *update {
		slices.Sort(known)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(strings.Join(known, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// orphans returns every released URN that would be deleted on the next update,
// and with it the records it holds.
func orphans(released string, registered map[string]bool, retired map[string]string) []string {
	var found []string
	for _, urn := range lines(released) {
		if registered[urn] || retired[urn] != "" {
			continue
		}
		found = append(found, fmt.Sprintf(
			"%s was released and would now be deleted: give its successor an alias, or retire it with a reason", urn))
	}
	return found
}

func lines(text string) []string {
	return strings.Fields(text)
}
