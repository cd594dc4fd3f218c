package qualification

import (
	"slices"
	"strings"
)

// Allows and Denies report the effect of the statement.
func (s Statement) Allows() bool { return s.Effect == "Allow" }

// Denies reports that the statement takes rights away.
func (s Statement) Denies() bool { return s.Effect == "Deny" }

// Covers reports that the statement is about the action.
func (s Statement) Covers(action string) bool {
	if len(s.NotActions) > 0 {
		return !matchesAny(s.NotActions, action, strings.EqualFold)
	}
	return matchesAny(s.Actions, action, strings.EqualFold)
}

// On reports that the statement is about the resource with the given ARN. A
// statement that names no resource, as in a trust policy, is about its owner.
func (s Statement) On(arn string) bool {
	if len(s.NotResources) > 0 {
		return !matchesAny(s.NotResources, arn, equalText)
	}
	return len(s.Resources) == 0 || matchesAny(s.Resources, arn, equalText)
}

// CoversEvery reports that the statement is about every action of a service,
// such as s3. One that leaves any action out is not.
func (s Statement) CoversEvery(service string) bool {
	return len(s.NotActions) == 0 && s.Covers(service+":"+anything)
}

// OnEvery reports that the statement is about the resource with the given ARN
// and about all ARNs that continue it after a slash.
func (s Statement) OnEvery(arn string) bool {
	return len(s.NotResources) == 0 && s.On(arn) && s.On(arn+"/"+anything)
}

// anything stands for all names: only a pattern that covers everything matches
// a name that nothing has.
const anything = "\x00"

// Everyone reports that the statement is about every principal.
func (s Statement) Everyone() bool { return slices.Contains(s.Principals["AWS"], "*") }

// Condition returns the condition on a key under any of the operators. Keys and
// operators are compared as AWS does, without regard to case.
func (s Statement) Condition(key string, operators ...string) (Condition, bool) {
	i := slices.IndexFunc(s.Conditions, func(c Condition) bool {
		return strings.EqualFold(c.Key, key) && slices.ContainsFunc(operators, func(operator string) bool {
			return strings.EqualFold(c.Operator, operator)
		})
	})
	if i < 0 {
		return Condition{}, false
	}
	return s.Conditions[i], true
}

// name identifies the statement in a finding.
func (s Statement) name() string {
	if s.Sid != "" {
		return "statement " + s.Sid
	}
	return "a statement without Sid"
}

func equalText(a, b string) bool { return a == b }

func matchesAny(patterns []string, text string, equal func(a, b string) bool) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool { return matches(pattern, text, equal) })
}

// matches compares text with a pattern in which * stands for any characters and
// ? for one. It never looks back further than to the last *.
func matches(pattern, text string, equal func(a, b string) bool) bool {
	p, t, star, mark := 0, 0, -1, 0
	for t < len(text) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, mark = p, t
			p++
		case p < len(pattern) && (pattern[p] == '?' || equal(pattern[p:p+1], text[t:t+1])):
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
