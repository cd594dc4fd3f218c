package policydoc

import (
	"slices"
	"strings"
)

// Request is what a caller wants to do to the resource that a document guards.
type Request struct {
	// Service is the service principal that calls, or empty when Account does.
	Service string

	// Account is the id of the account whose administrators call.
	Account string

	// Action is written service:Action, Resource is an ARN.
	Action, Resource string

	// Context holds the condition keys that AWS would send, and no others: a
	// key that is missing here is absent from the request.
	Context map[string]string
}

// Allows reports whether the document, alone, lets the request pass: some
// statement allows it and none denies it. Operators on numbers, dates and
// addresses are not evaluated; such a condition is taken to be met where it
// allows and not met where it denies, so that a refusal is always certain.
func (d *Document) Allows(r Request) bool {
	allowed := false
	for _, s := range d.Statements {
		if !s.concerns(r) {
			continue
		}
		met, certain := s.met(r.Context)
		if s.Effect == "Deny" && met && certain {
			return false
		}
		allowed = allowed || s.Effect == "Allow" && met
	}
	return allowed
}

func (s Statement) concerns(r Request) bool {
	return s.Principal.includes(r) && (s.NotPrincipal == nil || !s.NotPrincipal.includes(r)) &&
		(s.Principal != nil || s.NotPrincipal != nil) &&
		within(s.Action, s.NotAction, r.Action, true) &&
		within(s.Resource, s.NotResource, r.Resource, false)
}

// includes treats an absent element as including everybody: the statement then
// has the negated element instead.
func (p *Principals) includes(r Request) bool {
	if p == nil || slices.Contains(p.Of["AWS"], "*") {
		return true
	}
	if r.Service != "" {
		return slices.Contains(p.Of["Service"], r.Service)
	}
	return r.Account != "" && slices.ContainsFunc(p.Of["AWS"], func(who string) bool {
		return who == r.Account || strings.Contains(who, "::"+r.Account+":")
	})
}

// within treats a statement with neither element, as a trust policy has for
// Resource, as one about everything.
func within(plain, negated []string, text string, fold bool) bool {
	matches := func(pattern string) bool {
		if fold {
			return Match(strings.ToLower(pattern), strings.ToLower(text))
		}
		return Match(pattern, text)
	}
	if negated != nil {
		return !slices.ContainsFunc(negated, matches)
	}
	return plain == nil || slices.ContainsFunc(plain, matches)
}

// met reports whether all conditions hold, and whether each could be evaluated.
func (s Statement) met(context map[string]string) (met, certain bool) {
	certain = true
	for text, keys := range s.Condition {
		op, ok := parseOperator(text)
		for key, values := range keys {
			actual, present := lookup(context, key)
			holds, known := op.holds(values, actual, present)
			if !ok || !known {
				certain = false
				continue
			}
			if !holds {
				return false, true
			}
		}
	}
	return true, certain
}

// lookup compares keys without case, as AWS does.
func lookup(context map[string]string, key string) (string, bool) {
	if v, ok := context[key]; ok {
		return v, true
	}
	for k, v := range context {
		if strings.EqualFold(k, key) {
			return v, true
		}
	}
	return "", false
}

// holds evaluates one key of a condition; known is false for operators that are
// not evaluated here.
func (op operator) holds(values []string, actual string, present bool) (holds, known bool) {
	if op.name == "Null" {
		return slices.ContainsFunc(values, func(v string) bool { return strings.EqualFold(v, "true") == !present }), true
	}
	match, negated, known := op.matcher()
	if !known {
		return false, false
	}
	if !present {
		// AWS: a missing key fails a positive operator and passes a negated one.
		return negated || op.ifExists || op.quantifier == "ForAllValues", true
	}
	found := slices.ContainsFunc(values, func(v string) bool { return variable.MatchString(v) || match(v, actual) })
	return found != negated, true
}

func (op operator) matcher() (match func(pattern, text string) bool, negated, known bool) {
	switch op.name {
	case "StringEquals", "BinaryEquals":
		return equal, false, true
	case "StringNotEquals":
		return equal, true, true
	case "StringEqualsIgnoreCase", "Bool":
		return strings.EqualFold, false, true
	case "StringNotEqualsIgnoreCase":
		return strings.EqualFold, true, true
	case "StringLike", "ArnLike", "ArnEquals":
		return Match, false, true
	case "StringNotLike", "ArnNotLike", "ArnNotEquals":
		return Match, true, true
	default:
		return nil, false, false
	}
}

func equal(a, b string) bool { return a == b }

// Match reports whether text matches pattern, in which * stands for any text
// and ? for any one character.
func Match(pattern, text string) bool {
	// star and mark are where to go on after a mismatch: let the last * swallow
	// one character more. This needs no recursion and no exponential time.
	p, t, star, mark := 0, 0, -1, 0
	for t < len(text) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, mark = p, t
			p++
		case p < len(pattern) && (pattern[p] == '?' || pattern[p] == text[t]):
			p++
			t++
		case star >= 0:
			mark++
			p, t = star+1, mark
		default:
			return false
		}
	}
	return strings.Trim(pattern[p:], "*") == ""
}
