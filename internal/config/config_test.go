package config

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

const (
	prodFile     = "../../Pulumi.prod.yaml"
	emulatorFile = "../../Pulumi.emulator.yaml"
)

// prod returns the production example.
func prod(t testing.TB) string {
	t.Helper()
	data, err := os.ReadFile(prodFile)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// replace returns text with one occurrence of old replaced, and fails where
// there is none or the place is not certain.
func replace(t testing.TB, text, old, new string) string {
	t.Helper()
	if n := strings.Count(text, old); n != 1 {
		t.Fatalf("%q occurs %d times in the example, want once", old, n)
	}
	return strings.Replace(text, old, new, 1)
}

// withoutNetwork returns a stack file without its network.
func withoutNetwork(t testing.TB, text string) string {
	t.Helper()
	before, rest, found := strings.Cut(text, "  landingzone:network:\n")
	_, after, ends := strings.Cut(rest, "\n  landingzone:")
	if !found || !ends {
		t.Fatal("the example has no network between other settings")
	}
	return before + "  landingzone:" + after
}

// decodeOK decodes what must be valid.
func decodeOK(t testing.TB, text string) *Config {
	t.Helper()
	cfg, err := Decode("Pulumi.prod.yaml", []byte(text))
	if err != nil {
		t.Fatalf("Decode:\n%v", err)
	}
	return cfg
}

// problems returns the lines of the error that text gives.
func problems(t testing.TB, text string) []string {
	t.Helper()
	cfg, err := Decode("p", []byte(text))
	if err == nil {
		return nil
	}
	if cfg != nil {
		t.Error("Decode returned a configuration together with an error")
	}
	return strings.Split(err.Error(), "\n")
}

func padded(text string, size int) []byte {
	return append([]byte(text), bytes.Repeat([]byte("# padding\n"), (size-len(text))/10+1)...)
}
