package qualification

import "fmt"

// here holds for a provider where a resource of a type is in its account and
// region, and the rules hold for each that is.
func here(typ string, rules ...rule) rule {
	return among(typ, func(g *Graph, provider, r *Resource) bool { return g.Provider(r) == provider }, rules...)
}

// inAccount is [here] for what an account has once, whatever the region.
func inAccount(typ string, rules ...rule) rule {
	return among(typ, func(g *Graph, provider, r *Resource) bool {
		other := g.Provider(r)
		return other == provider || other != nil && sameAccount(other, provider)
	}, rules...)
}

func among(typ string, belongs func(g *Graph, provider, r *Resource) bool, rules ...rule) rule {
	return func(g *Graph, provider *Resource) []Finding {
		var findings []Finding
		found := false
		for _, r := range g.OfType(typ) {
			if belongs(g, provider, r) {
				found = true
				findings = append(findings, all(rules...)(g, r)...)
			}
		}
		if found {
			return findings
		}
		return []Finding{{
			Resource: provider.URN,
			Problem:  fmt.Sprintf("works in an account without %s", shortType(typ)),
			Fix:      "protect the account with landingzone.NewAccountProtection",
		}}
	}
}

// accountOf is where a provider says which account it works in.
const accountOf = "allowedAccountIds[0]"

func sameAccount(a, b *Resource) bool {
	one, other := a.Get(accountOf), b.Get(accountOf)
	return one.Known() && other.Known() && one.raw == other.raw
}

// firstOfAccount keeps one provider of each account. An emulator cannot make
// the settings of an account.
func firstOfAccount(g *Graph, r *Resource) bool {
	if onEmulator(g) {
		return false
	}
	for _, p := range g.OfType(awsProviderType) {
		if p == r {
			return true
		}
		if sameAccount(p, r) {
			return false
		}
	}
	return true
}
