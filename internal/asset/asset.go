// Package asset builds the code of the Lambda functions so that the same sources
// give the same bytes, and knows those bytes' digests without building them.
package asset

import (
	_ "embed"
	"errors"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
)

// lock names the toolchain that functions are built with and the digest of each.
// `make functions-lock` writes it; it changes with the sources, and is reviewed
// with them.
//
//go:embed functions.lock
var lock string

// folder is where built functions are, below the project's.
const folder = "dist"

// Function is the code of one Lambda function as it is to be published.
type Function struct {
	// Name is the function's folder below functions/.
	Name string

	// Digest is the SHA-256 of its archive, in hexadecimal.
	Digest string
}

// Key is the name of the object that holds the archive. It changes with the
// content, so that what was published is never overwritten.
func (f Function) Key() string { return f.Name + "/" + f.Digest + ".zip" }

// Path is where the archive is, from the project's folder.
func (f Function) Path() string { return path.Join(folder, f.Name+".zip") }

// Functions returns every function, sorted by name.
func Functions() ([]Function, error) {
	locked, err := parseLock(lock)
	return locked.functions, err
}

// Find returns the function with the given name.
func Find(name string) (Function, error) {
	functions, err := Functions()
	if err != nil {
		return Function{}, err
	}
	i := slices.IndexFunc(functions, func(f Function) bool { return f.Name == name })
	if i < 0 {
		return Function{}, fmt.Errorf("there is no function %s in functions.lock: build it and run make functions-lock", name)
	}
	return functions[i], nil
}

// locked is the content of the lock.
type locked struct {
	toolchain string
	functions []Function
}

var (
	toolchainSyntax = regexp.MustCompile(`^go1\.[0-9]+(\.[0-9]+)?$`)
	digestSyntax    = regexp.MustCompile(`^[0-9a-f]{64}$`)
)

func parseLock(text string) (locked, error) {
	var l locked
	for line := range strings.Lines(text) {
		fields := strings.Fields(line)
		switch {
		case len(fields) == 0:
		case len(fields) == 1 && toolchainSyntax.MatchString(fields[0]) && l.toolchain == "":
			l.toolchain = fields[0]
		case len(fields) == 2 && digestSyntax.MatchString(fields[1]):
			l.functions = append(l.functions, Function{Name: fields[0], Digest: fields[1]})
		default:
			return locked{}, fmt.Errorf("functions.lock: %q is neither a toolchain nor a function with its digest", strings.TrimSpace(line))
		}
	}
	if l.toolchain == "" || len(l.functions) == 0 {
		return locked{}, errors.New("functions.lock names no toolchain or no function")
	}
	slices.SortFunc(l.functions, func(a, b Function) int { return strings.Compare(a.Name, b.Name) })
	return l, nil
}

func (l locked) String() string {
	var b strings.Builder
	b.WriteString(l.toolchain + "\n")
	for _, f := range l.functions {
		b.WriteString(f.Name + " " + f.Digest + "\n")
	}
	return b.String()
}
