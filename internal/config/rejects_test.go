package config

import (
	"slices"
	"strconv"
	"strings"
	"testing"
)

// rejection is a change to the production example and what is wrong with the
// result: every problem, without its place.
type rejection struct {
	// change holds pairs of text and its replacement.
	change []string
	want   []string
}

var (
	allowedSettings   = strings.Join(settingKeys(), ", ")
	allowedPrincipals = strings.Join(principalNames(func(principal) bool { return true }), ", ")
	allowedRegions    = strings.Join(regions, ", ")
)

func settingKeys() []string {
	var keys []string
	for _, s := range settings {
		keys = append(keys, s.key)
	}
	return keys
}

// rejects makes each change alone and compares the whole list of problems. The
// place of a problem is checked by what the file holds there.
func rejects(t *testing.T, rows map[string]rejection) {
	t.Helper()
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			text := prod(t)
			for i := 0; i < len(row.change); i += 2 {
				text = replace(t, text, row.change[i], row.change[i+1])
			}
			cfg, err := Decode("p", []byte(text))
			found, ok := err.(Problems)
			if !ok || cfg != nil {
				t.Fatalf("Decode() = %v, %v, want Problems alone", cfg, err)
			}
			var got []string
			for _, p := range found {
				pointsAtValue(t, text, p)
				p.File = ""
				got = append(got, p.Error())
			}
			if !slices.Equal(got, row.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(row.want, "\n"))
			}
		})
	}
}

// pointsAtValue fails unless the file holds the problem's value at its place, or
// its key where the problem is the key.
func pointsAtValue(t *testing.T, text string, p Problem) {
	t.Helper()
	lines := strings.Split(text, "\n")
	if p.Line < 1 || p.Line > len(lines) || p.Column < 1 || p.Column > len(lines[p.Line-1])+1 {
		t.Errorf("%s: there is no such place", p.Error())
		return
	}
	there := lines[p.Line-1][p.Column-1:]
	want := p.Value
	switch {
	case strings.HasPrefix(p.Message, "the configuration has"), want == "":
		// The value is a default, or there is none: any place will do.
		return
	case strings.HasPrefix(want, `"`):
		unquoted, err := strconv.Unquote(want)
		if err != nil {
			t.Fatalf("value %s: %v", want, err)
		}
		want = strings.TrimSuffix(unquoted, "…")
		there = strings.TrimLeft(there, `"'`)
	}
	if !strings.HasPrefix(there, want) {
		t.Errorf("%s: the file holds %q there", p.Error(), there)
	}
}

// lineOf returns the number of the line of the production example that begins
// with text.
func lineOf(t *testing.T, text string) string {
	t.Helper()
	before, _, found := strings.Cut("\n"+prod(t), "\n"+text)
	if !found {
		t.Fatalf("no line of the example begins with %q", text)
	}
	return strconv.Itoa(strings.Count(before, "\n") + 1)
}
