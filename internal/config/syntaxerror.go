package config

import (
	"bytes"
	"errors"
	"regexp"
	"strconv"
	"strings"

	goccy "github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/parser"
)

const (
	// maxDiagnosed is the size of the largest file whose syntax error is looked
	// into: some five hundred accounts, and a few seconds at the very worst.
	maxDiagnosed = 128 << 10

	// maxFlow is how many brackets such a file may open, since each can be a
	// level of nesting.
	maxFlow = 2000
)

var (
	parserLine    = regexp.MustCompile(`^line (\d+): `)
	unknownAnchor = regexp.MustCompile(`^unknown anchor '(.+)' referenced$`)
)

// syntax reports what the YAML parser could not read.
func (r *report) syntax(data []byte, err error) {
	at, reason, ok := diagnose(data)
	if !ok {
		at, reason = parserError(data, err)
	}
	r.add(at, "", "", "is not valid YAML: %s", reason)
}

// diagnose asks a parser that knows columns where the syntax error is. It is
// asked for a better message only: where it is too slow, crashes or sees nothing
// wrong, there is still the first parser's.
func diagnose(data []byte) (at position, reason string, ok bool) {
	if len(data) > maxDiagnosed || bytes.Count(data, []byte("["))+bytes.Count(data, []byte("{")) > maxFlow {
		return position{}, "", false
	}
	defer func() {
		if recover() != nil {
			at, reason, ok = position{}, "", false
		}
	}()
	_, err := parser.ParseBytes(data, 0, parser.AllowDuplicateMapKey())
	var syntax *goccy.SyntaxError
	if !errors.As(err, &syntax) || syntax.Token == nil || syntax.Token.Position == nil {
		return position{}, "", false
	}
	p := syntax.Token.Position
	return position{p.Line, p.Column}, strings.Join(strings.Fields(syntax.Message), " "), true
}

// parserError returns what the first parser says. It gives a line at most; the
// column returned is where the text of that line begins.
func parserError(data []byte, err error) (position, string) {
	reason := strings.TrimPrefix(err.Error(), "yaml: ")
	if m := unknownAnchor.FindStringSubmatch(reason); m != nil {
		if before, _, ok := bytes.Cut(data, []byte("*"+m[1])); ok {
			line := bytes.Count(before, []byte("\n")) + 1
			column := length(string(before[bytes.LastIndexByte(before, '\n')+1:])) + 1
			return position{line, column}, reason
		}
	}
	line := 1
	if m := parserLine.FindStringSubmatch(reason); m != nil {
		if n, err := strconv.Atoi(m[1]); err == nil {
			line = n
		}
		reason = reason[len(m[0]):]
	}
	content := []byte(nil)
	if lines := bytes.SplitN(data, []byte("\n"), line+1); len(lines) >= line {
		content = lines[line-1]
	}
	return position{line, len(content) - len(bytes.TrimLeft(content, " \t")) + 1}, reason
}
