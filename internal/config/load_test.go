package config

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestLoad_ReadsTheExamples(t *testing.T) {
	for _, file := range []string{prodFile, emulatorFile} {
		if _, err := Load(file); err != nil {
			t.Errorf("%s:\n%v", file, err)
		}
	}
}

func TestLoad_NamesTheStacksThatThereAre(t *testing.T) {
	dir := t.TempDir()
	missing := filepath.Join(dir, "Pulumi.test.yaml")
	_, err := Load(missing)
	if want := missing + ": there is no such file; its folder has no stack at all (Pulumi.<stack>.yaml); " +
		"run this in the project's folder"; err == nil || err.Error() != want {
		t.Errorf("in an empty folder: %v, want %s", err, want)
	}
	for _, stack := range []string{"Pulumi.prod.yaml", "Pulumi.emulator.yaml"} {
		if err := os.WriteFile(filepath.Join(dir, stack), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	_, err = Load(missing)
	if want := missing + ": there is no such file; the stacks here are emulator, prod; " +
		"choose one with --stack"; err == nil || err.Error() != want {
		t.Errorf("beside two stacks: %v, want %s", err, want)
	}
	if !errors.Is(err, fs.ErrNotExist) {
		t.Error("the error is not fs.ErrNotExist")
	}
}

func TestLoad_RefusesAFolder(t *testing.T) {
	if _, err := Load(t.TempDir()); err == nil || !strings.Contains(err.Error(), "cannot be read") {
		t.Errorf("Load of a folder: %v", err)
	}
}

func TestLoad_RefusesAFileOverTheLimit(t *testing.T) {
	file := filepath.Join(t.TempDir(), "Pulumi.prod.yaml")
	if err := os.WriteFile(file, padded(prod(t), 5_000_000), 0o600); err != nil {
		t.Fatal(err)
	}
	const want = "bytes, and a stack configuration may have 4194304 (4 MiB) at most; is it the right file?"
	if _, err := Load(file); err == nil || !strings.HasPrefix(err.Error(), file+": has 50000") || !strings.HasSuffix(err.Error(), want) {
		t.Errorf("Load() = %v", err)
	}
	if _, err := Decode("p", padded("", 5_000_000)); err == nil || !strings.HasSuffix(err.Error(), want) {
		t.Errorf("Decode() = %v", err)
	}
	if _, err := Decode("p", padded(prod(t), MaxBytes-20)); err != nil {
		t.Errorf("just below the limit: %v", err)
	}
}

// The allowances are a hundred times what these take: they tell linear from
// quadratic, not a fast machine from a slow one.
func TestDecode_TakesTimeInProportionToTheFile(t *testing.T) {
	const size = 3_900_000
	repeat := func(before, unit, after string) string {
		n := (size - len(before) - len(after)) / len(unit)
		return before + strings.Repeat(unit, n) + after
	}
	for name, text := range map[string]string{
		"fifteen thousand accounts":    manyAccounts(t, size),
		"many times the same key":      repeat("config:\n", "  gxp:endpoint: x\n", ""),
		"a map of unknown keys":        unknownKeys(size),
		"brackets that never close":    repeat("config: ", "[", ""),
		"dashes in a row":              repeat("config:\n  ", "- ", "x\n"),
		"one long value":               repeat("config:\n  gxp:endpoint: ", "x", "\n"),
		"nothing but comments":         repeat("config:\n", "# comment\n", ""),
		"a quote that is never closed": repeat("config: \"", "x y\n", ""),
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			_, err := Decode("p", []byte(text))
			if took := time.Since(start); took > 8*time.Second {
				t.Errorf("took %s", took)
			}
			if (err == nil) != (name == "fifteen thousand accounts") {
				if err == nil {
					t.Error("is accepted")
				} else {
					t.Errorf("%.500s", err)
				}
			}
		})
	}
}

// manyAccounts returns the production example with as many more accounts as
// make a file of some size bytes.
func manyAccounts(t testing.TB, size int) string {
	t.Helper()
	const account = `    - name: added-NNNNN
      email: aws+added-NNNNN@example.com
      owner: Supply Chain
      environment: production
      gxp: GDP
      recordClass: gdp-distribution
      dataClassification: internal
      costCentre: CC-6100
`
	text := replace(t, prod(t), "    accounts: 50\n", "    accounts: 100000\n")
	var added strings.Builder
	for i := range (size - len(text)) / len(account) {
		number := []byte("00000")
		for d := len(number) - 1; i > 0; d, i = d-1, i/10 {
			number[d] += byte(i % 10)
		}
		added.WriteString(strings.ReplaceAll(account, "NNNNN", string(number)))
	}
	return replace(t, text, "  landingzone:accounts:\n", "  landingzone:accounts:\n"+added.String())
}

func unknownKeys(size int) string {
	var b strings.Builder
	b.WriteString("config:\n")
	for i := 0; b.Len() < size; i++ {
		b.WriteString("  landingzone:k")
		b.WriteString(strings.Repeat("x", i%7))
		b.WriteString(number10(i))
		b.WriteString(": v\n")
	}
	return b.String()
}

func TestDecode_PointsAtSyntaxErrors(t *testing.T) {
	example := prod(t)
	lineOf := func(text string) string {
		return number10(strings.Count(example[:strings.Index(example, text)], "\n") + 1)
	}
	for name, tt := range map[string]struct{ old, new, want string }{
		"a line that is indented too little": {
			"    - name: safety-prod\n", "   - name: safety-prod\n",
			"p:" + lineOf("    - name: safety-prod\n") + ":4: is not valid YAML: value is not allowed in this context",
		},
		"a second colon": {
			"      owner: Supply Chain\n", "      owner: Supply: Chain\n",
			"p:" + lineOf("      owner: Supply Chain\n") + ":14: is not valid YAML: mapping value is not allowed in this context",
		},
		"a quote that is never closed": {
			"namePrefix: meridian-gxp", "namePrefix: \"meridian-gxp",
			"p:" + lineOf("    namePrefix: meridian-gxp") + ":17: is not valid YAML: could not find end character of double-quoted text",
		},
		"a tab": {
			"  landingzone:quotas:", "\tlandingzone:quotas:",
			"p:" + lineOf("  landingzone:quotas:") + ":1: is not valid YAML: found character ' ' that cannot start any token",
		},
		"an alias to nothing": {
			"accounts: 50", "accounts: *limit",
			"p:" + lineOf("    accounts: 50") + ":15: is not valid YAML: unknown anchor 'limit' referenced",
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := problems(t, replace(t, example, tt.old, tt.new))
			if !slices.Equal(got, []string{tt.want}) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestDecode_RefusesWhatIsNotAStackFile(t *testing.T) {
	for name, tt := range map[string]struct{ text, want string }{
		"nothing":                  {"", "p:1:1: is empty; want a stack configuration with a config: section"},
		"comments":                 {"# nothing\n", "p:1:1: is empty; want a stack configuration with a config: section"},
		"null":                     {"~\n", "p:1:1: is empty; want a stack configuration with a config: section"},
		"a list":                   {"- a\n", "p:1:1: is a list, want a map with a config: section"},
		"text":                     {"hello\n", `p:1:1: "hello": is text, want a map with a config: section`},
		"no config":                {"secretsprovider: awskms://x\n", "p:1:1: config: is required: the section with the settings"},
		"config that is text":      {"config: all\n", `p:1:9: config: "all": is text, want a map of namespace:key to value`},
		"a second document":        {"config: {}\n---\nconfig: {}\n", "p:2:1: a second document starts here; a stack configuration is one"},
		"keys that are maps":       {"config:\n  {a: b}: c\n", "p:2:3: a key must be plain text"},
		"bytes that are not UTF-8": {"config: \xff\xfe\n", "p:1:1: is not valid YAML: invalid leading UTF-8 octet"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := problems(t, tt.text); len(got) == 0 || got[0] != tt.want {
				t.Errorf("got %q, want first %q", got, tt.want)
			}
		})
	}
}
