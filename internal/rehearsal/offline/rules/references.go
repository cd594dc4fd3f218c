package rules

import (
	"slices"
	"strings"
)

// reach is how far the name of a thing is valid.
type reach int

const (
	everywhere reach = iota
	inAccount
	inRegion
)

// target is what properties of other resources refer to.
type target struct {
	typ   string
	word  string
	code  string
	reach reach

	// tail cuts the id off an ARN.
	tail string

	// given reports references to what AWS or Control Tower makes, which no
	// program registers.
	given func(ref string) bool
}

// refers checks that what the strings at path name exists.
func refers(path string, t target) check {
	return func(s *scope) {
		for at, ref := range s.texts(path) {
			s.exists(at, ref, t)
		}
	}
}

// exists reports a reference to nothing, and returns what it refers to. An empty
// reference is no reference.
func (s *scope) exists(at, ref string, t target) (Resource, bool) {
	if ref == "" || t.given != nil && t.given(ref) {
		return Resource{}, false
	}
	r, ok := s.find(ref, t)
	if !ok {
		s.fail(at, t.code, "the %s %q does not exist; create it first and pass its output, so that it is created "+
			"before this", t.word, shorten(ref))
	}
	return r, ok
}

// find resolves an id, a name or an ARN.
func (s *scope) find(ref string, t target) (Resource, bool) {
	if ref == "" {
		return Resource{}, false
	}
	for _, id := range []string{t.id(ref), ref} {
		if r, ok := s.world.Find(t.typ, id); ok && s.named(r, ref, t) {
			return r, true
		}
	}
	// The id under which Pulumi knows a thing need not be how AWS names it, and
	// a name may occur once in every account.
	for r := range s.world.All(t.typ) {
		if s.named(r, ref, t) {
			return r, true
		}
	}
	return Resource{}, false
}

// named reports whether ref means r when the resource under examination says it.
func (s *scope) named(r Resource, ref string, t target) bool {
	if strings.HasPrefix(ref, "arn:") {
		if arn := r.text("arn"); arn != "" {
			return strings.TrimSuffix(arn, ":*") == strings.TrimSuffix(ref, ":*")
		}
		ref = t.id(ref)
	} else if !s.near(r, t.reach) {
		return false
	}
	return slices.ContainsFunc([]string{"id", "name", "bucket", "keyId"}, func(property string) bool {
		return r.text(property) == ref
	})
}

// near reports whether a bare name can mean something where r is.
func (s *scope) near(r Resource, reach reach) bool {
	same := func(a, b string) bool { return a == b || a == "" || b == "" }
	return (reach < inAccount || same(s.AccountID, r.AccountID)) && (reach < inRegion || same(s.Region, r.Region))
}

// id is the part of an ARN that identifies; anything else is an id already.
func (t target) id(ref string) string {
	if !strings.HasPrefix(ref, "arn:") || t.tail == "" {
		return ref
	}
	i := strings.LastIndex(ref, t.tail)
	if i < 0 {
		return ref
	}
	return strings.TrimSuffix(ref[i+len(t.tail):], ":*")
}

// others yields every resource of the type but the one under examination.
func (s *scope) others(typ string) func(yield func(Resource) bool) {
	return func(yield func(Resource) bool) {
		for r := range s.world.All(typ) {
			if (r.URN == "" || r.URN != s.URN) && !yield(r) {
				return
			}
		}
	}
}

// free checks that no other resource of the same type has the same text in all
// the properties, as far as its name reaches.
func free(reach reach, code, words string, properties ...string) check {
	return func(s *scope) {
		mine := make([]string, len(properties))
		for i, property := range properties {
			if mine[i] = s.text(property); mine[i] == "" {
				return
			}
		}
		for r := range s.others(s.Type) {
			same := s.near(r, reach)
			for i, property := range properties {
				same = same && r.text(property) == mine[i]
			}
			if same {
				s.fail(properties[0], code, words, mine[0])
				return
			}
		}
	}
}
