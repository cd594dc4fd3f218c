package config

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Problem is one thing that is wrong with a stack's configuration.
type Problem struct {
	// File is the stack file, as it was named by the caller. It may be empty.
	File string

	// Line and Column say where in File, counted from 1; both are 0 where the
	// place is not known. Columns count characters, not bytes.
	Line, Column int

	// Path names the setting, such as landingzone:accounts[3].email. It is
	// empty where the problem is the file's as a whole.
	Path string

	// Value is what the setting holds, text in quotes and long text cut short.
	// It is empty where nothing was written.
	Value string

	// Message says what is wrong, what is allowed and what to do.
	Message string

	cause error
}

// Error returns the problem in one line that begins with the place, in the form
// that editors and terminals turn into a link.
func (p Problem) Error() string {
	var b strings.Builder
	if p.File != "" {
		b.WriteString(p.File)
		if p.Line > 0 {
			fmt.Fprintf(&b, ":%d:%d", p.Line, p.Column)
		}
		b.WriteString(": ")
	}
	if p.Path != "" {
		b.WriteString(p.Path + ": ")
	}
	if p.Value != "" {
		b.WriteString(p.Value + ": ")
	}
	b.WriteString(p.Message)
	return b.String()
}

// Unwrap returns what caused the problem, such as fs.ErrNotExist, or nil.
func (p Problem) Unwrap() error { return p.cause }

// Problems is everything that is wrong with a stack's configuration, in the
// order of the file. It is the error that Load, Decode and FromStack return.
type Problems []Problem

// maxPrinted is how many problems Error prints: more help nobody, and a
// generated file can have a hundred thousand.
const maxPrinted = 200

// Error returns one line for each problem, at most 200 of them.
func (ps Problems) Error() string {
	lines := make([]string, 0, min(len(ps), maxPrinted)+1)
	for _, p := range ps[:min(len(ps), maxPrinted)] {
		lines = append(lines, p.Error())
	}
	if more := len(ps) - maxPrinted; more > 0 {
		lines = append(lines, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(lines, "\n")
}

// Unwrap lets errors.Is and errors.As see each problem.
func (ps Problems) Unwrap() []error {
	errs := make([]error, len(ps))
	for i, p := range ps {
		errs[i] = p
	}
	return errs
}

func byPlace(a, b Problem) int {
	return cmp.Or(
		cmp.Compare(a.Line, b.Line),
		cmp.Compare(a.Column, b.Column),
		cmp.Compare(a.Path, b.Path),
		cmp.Compare(a.Message, b.Message),
	)
}

// report gathers problems and remembers which settings have one.
type report struct {
	file     string
	problems Problems
	bad      map[string]bool
}

func newReport(file string) *report { return &report{file: file, bad: map[string]bool{}} }

// add reports a problem unless the setting, or one that contains it, has one
// already: what follows from a mistake is not a second mistake.
func (r *report) add(at position, path, value, format string, args ...any) {
	if r.isBad(path) {
		return
	}
	if path != "" {
		r.bad[path] = true
	}
	r.problems = append(r.problems, Problem{
		File: r.file, Line: at.line, Column: at.column,
		Path: path, Value: value, Message: fmt.Sprintf(format, args...),
	})
}

func (r *report) isBad(path string) bool {
	for path != "" {
		if r.bad[path] {
			return true
		}
		path = path[:max(strings.LastIndexAny(path, ".["), 0)]
	}
	return false
}

// err returns the problems in the order of the file, or nil.
func (r *report) err() error {
	if len(r.problems) == 0 {
		return nil
	}
	slices.SortStableFunc(r.problems, byPlace)
	return r.problems
}

const maxShown = 60

// quoted returns s as a problem shows it.
func quoted(s string) string {
	if utf8.RuneCountInString(s) > maxShown {
		s = string([]rune(s)[:maxShown]) + "…"
	}
	return strconv.Quote(s)
}
