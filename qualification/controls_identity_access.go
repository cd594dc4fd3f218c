package qualification

import (
	"fmt"
	"slices"
	"strings"

	duties "github.com/gxp-landing-zone/gxp-landing-zone/internal/duty"
)

// demandsSecondFactor holds for a trust policy that lets people in with a second
// factor alone.
func demandsSecondFactor(_ *Graph, _ *Resource, d *Document) []flaw {
	var flaws []flaw
	for _, s := range d.Statements {
		factor, ok := s.Condition("aws:MultiFactorAuthPresent", "Bool")
		if s.Allows() && (!ok || !slices.Equal(factor.Values, []string{"true"})) {
			flaws = append(flaws, flaw{
				"lets people in without a second factor (" + s.name() + ")",
				"add the condition Bool aws:MultiFactorAuthPresent true",
			})
		}
	}
	return flaws
}

// namesItsUsers holds for a trust policy that lets nobody in but named users.
func namesItsUsers(_ *Graph, _ *Resource, d *Document) []flaw {
	var flaws []flaw
	for _, s := range d.Statements {
		users, ok := s.Condition("aws:PrincipalArn", "ArnEquals", "StringEquals")
		open := !ok || len(users.Values) == 0 || slices.ContainsFunc(users.Values, func(arn string) bool {
			return strings.ContainsAny(arn, "*?")
		})
		if s.Allows() && open {
			flaws = append(flaws, flaw{
				"does not name who may come in (" + s.name() + ")",
				"add the condition ArnEquals aws:PrincipalArn with the users",
			})
		}
	}
	return flaws
}

func atMostSeconds(most float64) func(Value) bool {
	return func(v Value) bool {
		n, ok := v.Number()
		return v.Absent() || ok && n <= most // IAM's default is an hour
	}
}

// deniesWithoutClaim holds where everything is denied to sessions that lack the
// claim of a second factor.
func deniesWithoutClaim(_ *Graph, _ *Resource, d *Document) []flaw {
	for _, s := range d.Statements {
		claim, ok := s.Condition("aws:PrincipalTag/GxpMfa", "StringNotEquals")
		if s.Denies() && slices.Contains(s.Actions, "*") && slices.Contains(s.Resources, "*") &&
			ok && len(s.Conditions) == 1 && slices.Equal(claim.Values, []string{"true"}) {
			return nil
		}
	}
	return []flaw{{
		"lets sessions in that were opened without a second factor",
		"deny * on * where aws:PrincipalTag/GxpMfa is not true, on no other condition",
	}}
}

// hasPasswordPolicy holds for a provider whose account has a strict password
// policy, made through this provider or another one of the account.
func hasPasswordPolicy(g *Graph, provider *Resource) []Finding {
	id := provider.Get("allowedAccountIds[0]")
	for _, p := range g.OfType(passwordPolicyType) {
		if g.Provider(p) == provider || id.Known() && g.AccountID(p).Is(id.raw) {
			return strictPasswords(g, p)
		}
	}
	if id.Unknown() {
		return []Finding{open(provider, "allowedAccountIds")}
	}
	return []Finding{{
		Resource: provider.URN,
		Problem:  fmt.Sprintf("works in account %s, which has no password policy", id),
		Fix:      "add one, landingzone.NewPasswordPolicy",
	}}
}

var strictPasswords = all(
	property("minimumPasswordLength").isAtLeast(14),
	property("passwordReusePrevention").isAtLeast(12),
	property("maxPasswordAge").satisfies(func(v Value) bool {
		n, ok := v.Number()
		return ok && n >= 1 && n <= 365
	}, "must be 1 to 365"),
	property("requireLowercaseCharacters").is(true),
	property("requireUppercaseCharacters").is(true),
	property("requireNumbers").is(true),
	property("requireSymbols").is(true),
)

// emergencyTerms select the use of emergency rights: what is done in such a
// session, and signing in to one.
var emergencyTerms = []string{
	`$.userIdentity.sessionContext.sessionIssuer.userName="AWSReservedSSO_` + duties.BreakGlass + `_*"`,
	`$.userIdentity.sessionContext.sessionIssuer.userName="` + duties.BreakGlassRole + `"`,
	`$.requestParameters.roleArn="*AWSReservedSSO_` + duties.BreakGlass + `_*"`,
	`$.requestParameters.roleArn="*:role/` + duties.BreakGlassRole + `"`,
}

// emergencyFilters turn the use of emergency rights into a metric. One that lost
// the pattern is still known by its name.
var emergencyFilters = every(metricFilterType).where(func(_ *Graph, r *Resource) bool {
	pattern, _ := r.Get("pattern").Text()
	return strings.Contains(pattern, duties.BreakGlass) || strings.HasSuffix(r.Name(), "break-glass-use")
})

// matchesEmergency reads a filter pattern as terms of which one is enough.
func matchesEmergency(v Value) bool {
	pattern, _ := v.Text()
	inner, opened := strings.CutPrefix(strings.TrimSpace(pattern), "{")
	inner, closed := strings.CutSuffix(inner, "}")
	if !opened || !closed {
		return false
	}
	var terms []string
	for term := range strings.SplitSeq(inner, "||") {
		terms = append(terms, strings.Join(strings.Fields(strings.Trim(term, " ()")), ""))
	}
	return !slices.ContainsFunc(emergencyTerms, func(want string) bool { return !slices.Contains(terms, want) })
}
