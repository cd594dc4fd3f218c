package rules

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal/offline/rules/policydoc"
)

// length checks the length, in characters, of the strings at path.
func length(path string, least, most int) check {
	return func(s *scope) {
		for at, text := range s.texts(path) {
			if n := utf8.RuneCountInString(text); n < least || n > most {
				s.reject(at, "%s is %d characters long; it must have %d to %d", at, n, least, most)
			}
		}
	}
}

// pattern checks the form of the strings at path; words say what is allowed.
func pattern(path, expression, words string) check {
	allowed := regexp.MustCompile(`^(?:` + expression + `)$`)
	return func(s *scope) {
		for at, text := range s.texts(path) {
			if !allowed.MatchString(text) {
				s.reject(at, "%s is %q; it must be %s", at, shorten(text), words)
			}
		}
	}
}

// oneOf checks that the values at path, strings or whole numbers, are of a set.
func oneOf(path string, allowed ...any) check {
	var spelled []string
	for _, v := range allowed {
		spelled = append(spelled, fmt.Sprint(v))
	}
	return func(s *scope) {
		for at, v := range values(s.Inputs, path) {
			if !settled(v) {
				continue
			}
			if text := fmt.Sprint(v); !slices.Contains(spelled, text) {
				s.reject(at, "%s is %s; it must be one of %s", at, shorten(text), strings.Join(spelled, ", "))
			}
		}
	}
}

// between checks the numbers at path.
func between(path string, least, most float64) check {
	return func(s *scope) {
		for at, v := range values(s.Inputs, path) {
			if n, ok := number(v); ok && (n < least || n > most) {
				s.reject(at, "%s is %v; it must be %v to %v", at, n, least, most)
			}
		}
	}
}

// count checks how many elements the lists at path have.
func count(path string, least, most int) check {
	return func(s *scope) {
		for at, list := range typed[[]any](s.Inputs, path) {
			if n := len(list); n < least || n > most {
				s.reject(at, "%s has %d elements; it must have %d to %d", at, n, least, most)
			}
		}
	}
}

// exactlyOne checks that one of the properties is set and no other.
func exactlyOne(paths ...string) check {
	return func(s *scope) {
		set, open := s.which(paths)
		switch {
		case len(set) > 1:
			s.reject(set[1], "%s exclude each other; keep one", strings.Join(set, " and "))
		case len(set) == 0 && !open:
			s.reject(paths[0], "none of %s is set; set one", strings.Join(paths, ", "))
		}
	}
}

// atMostOne checks that no two of the properties are set.
func atMostOne(paths ...string) check {
	return func(s *scope) {
		if set, _ := s.which(paths); len(set) > 1 {
			s.reject(set[1], "%s exclude each other; keep one", strings.Join(set, " and "))
		}
	}
}

// needs checks that a property is there.
func needs(path, reason string) check {
	return func(s *scope) {
		if s.presence(path) == absent {
			s.reject(path, "%s is missing; %s", path, reason)
		}
	}
}

// together checks that if one of two properties is set, the other is too.
func together(a, b string) check {
	return func(s *scope) {
		for _, pair := range [][2]string{{a, b}, {b, a}} {
			if s.presence(pair[0]) == present && s.presence(pair[1]) == absent {
				s.reject(pair[1], "%s needs %s; set both or neither", pair[0], pair[1])
			}
		}
	}
}

func (s *scope) which(paths []string) (set []string, open bool) {
	for _, path := range paths {
		switch s.presence(path) {
		case present:
			set = append(set, path)
		case unknown:
			open = true
		}
	}
	return set, open
}

// document checks the policy at path; limit takes its size from the quotas.
func document(path string, kind policydoc.Kind, code string, limit func(Quotas) int) check {
	return func(s *scope) {
		text, ok := s.document(path)
		if !ok {
			return
		}
		for _, p := range policydoc.Check(kind, text, limit(s.quotas)) {
			s.fail(path, code, "%s", p)
		}
	}
}

// jsonObject checks that the strings at path are JSON objects of at most so
// many bytes.
func jsonObject(path string, most int) check {
	return func(s *scope) {
		for at, text := range s.texts(path) {
			var object map[string]any
			if err := json.Unmarshal([]byte(text), &object); err != nil {
				s.reject(at, "%s is not a JSON object: %v", at, err)
			} else if len(text) > most {
				s.reject(at, "%s is %d bytes long; the limit is %d", at, len(text), most)
			}
		}
	}
}

// unique checks that no two elements of a list have the same text at a path.
func unique(path string) check {
	return func(s *scope) {
		seen := map[string]bool{}
		for at, text := range s.texts(path) {
			if seen[text] {
				s.reject(at, "%s is %q, which another element has too; make it unique", at, text)
			}
			seen[text] = true
		}
	}
}

// shorten keeps a wrong value from filling a screen.
func shorten(text string) string {
	const most = 80
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "..."
	}
	return text
}
