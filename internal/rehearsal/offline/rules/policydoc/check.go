package policydoc

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Check returns why AWS would refuse text as a policy of the kind, and nothing
// for a policy it would accept. The limit is the size that AWS has granted; 0
// means the kind's default.
func Check(kind Kind, text string, limit int) []Problem {
	traits := kind.traits()
	doc, parsed := Parse(text)
	found := problems(parsed)
	if limit <= 0 {
		limit = traits.limit
	}
	if size := kind.Size(text); size > limit {
		found.add("", "the %s is %d characters long, the limit is %d; shorten it or split it", kind, size, limit)
	}
	if doc == nil {
		return found
	}
	if !slices.Contains(traits.versions, doc.Version) {
		found.add("Version", "is %q; it must be %s", doc.Version, strings.Join(traits.versions, " or "))
	}
	seen := map[string]bool{}
	for i, s := range doc.Statements {
		at := fmt.Sprintf("Statement[%d]", i)
		if s.Sid != "" && seen[s.Sid] {
			found.add(at+".Sid", "%q is the Sid of another statement; make it unique", s.Sid)
		}
		seen[s.Sid] = true
		s.check(kind, at, &found)
	}
	return found
}

func (s Statement) check(kind Kind, at string, found *problems) {
	traits := kind.traits()
	checkSid(s.Sid, traits.looseSid, at+".Sid", found)
	switch {
	case s.Effect != "Allow" && s.Effect != "Deny":
		found.add(at+".Effect", "is %q; it must be Allow or Deny", s.Effect)
	case s.Effect == "Allow" && traits.denyOnly:
		found.add(at+".Effect", "is Allow; %s takes only Deny", kind.article())
	}

	s.checkPrincipal(kind, at, found)
	one(s.Action, s.NotAction, "Action", at, found)
	checkActions(kind, s.Action, at+".Action", found)
	if kind == RCP && s.NotAction != nil {
		found.add(at+".NotAction", "a resource control policy takes only Action")
	}
	checkActions(kind, s.NotAction, at+".NotAction", found)

	if traits.resource == forbidden {
		if s.Resource != nil || s.NotResource != nil {
			found.add(at+".Resource", "%s has no resource; leave the element out", kind.article())
		}
	} else {
		one(s.Resource, s.NotResource, "Resource", at, found)
		checkResources(kind, s.Resource, at+".Resource", found)
		checkResources(kind, s.NotResource, at+".NotResource", found)
	}
	checkCondition(kind, s.Condition, at+".Condition", found)
}

func (s Statement) checkPrincipal(kind Kind, at string, found *problems) {
	if kind.traits().principal == forbidden {
		if s.Principal != nil || s.NotPrincipal != nil {
			found.add(at+".Principal", "%s has no principal; leave the element out", kind.article())
		}
		return
	}
	switch {
	case s.Principal != nil && s.NotPrincipal != nil:
		found.add(at, "has both Principal and NotPrincipal; keep one")
	case s.Principal == nil && s.NotPrincipal == nil:
		found.add(at+".Principal", "is missing; %s says whom each statement is about", kind.article())
	}
	if kind == RCP {
		if s.NotPrincipal != nil || s.Principal != nil && !s.Principal.Everyone {
			found.add(at+".Principal", "a resource control policy takes only \"*\"; narrow it with a condition")
		}
		return
	}
	if s.Principal != nil {
		s.Principal.check(at+".Principal", found)
	}
	if s.NotPrincipal != nil {
		s.NotPrincipal.check(at+".NotPrincipal", found)
	}
}

// one reports that not exactly one of an element and its negation is there.
func one(plain, negated []string, name, at string, found *problems) {
	switch {
	case plain != nil && negated != nil:
		found.add(at, "has both %s and Not%s; keep one", name, name)
	case plain == nil && negated == nil:
		found.add(at+"."+name, "is missing; write %s or Not%s", name, name)
	}
}

var (
	strictSid = regexp.MustCompile(`^[A-Za-z0-9]*$`)
	looseSid  = regexp.MustCompile(`^[A-Za-z0-9 _-]*$`)
)

func checkSid(sid string, loose bool, at string, found *problems) {
	allowed, words := strictSid, "A-Z, a-z and 0-9"
	if loose {
		allowed, words = looseSid, "A-Z, a-z, 0-9, space, hyphen and underscore"
	}
	if !allowed.MatchString(sid) {
		found.add(at, "%q has characters that AWS refuses; use %s", sid, words)
	}
}
