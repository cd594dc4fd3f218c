package config

import (
	"slices"
	"strings"
)

// AccessRight is one right of one group in one account.
type AccessRight struct {
	// Group and PermissionSet are names as in the configuration.
	Group, PermissionSet string

	// Account is the key of the management or a core account, or the name of a
	// workload account.
	Account string
}

// candidate is an account in which rights can be given.
type candidate struct {
	key, unit, environment string
	workload               bool
}

// candidates lists the accounts in their fixed order; retired ones, in which
// nothing is allowed any more, are not among them.
func (l *LandingZone) candidates() []candidate {
	all := []candidate{{key: KeyManagement}}
	for _, core := range l.CoreAccounts.All() {
		all = append(all, candidate{key: core.Key, unit: core.Unit})
	}
	seen := map[string]bool{}
	for _, c := range all {
		seen[c.key] = true
	}
	for _, a := range l.Accounts {
		// A name that is taken is refused elsewhere, and once is enough.
		if !a.Retired && !seen[a.Name] {
			seen[a.Name] = true
			all = append(all, candidate{a.Name, a.Unit(), a.Environment, true})
		}
	}
	return all
}

// covers reports whether the assignment is about the account.
func (a Assignment) covers(c candidate) bool {
	if slices.Contains(a.Accounts, c.key) {
		return true
	}
	if len(a.Units)+len(a.Environments) == 0 {
		return false
	}
	inUnit := len(a.Units) == 0 || slices.ContainsFunc(a.Units, func(unit string) bool {
		return c.unit == unit || strings.HasPrefix(c.unit, unit+"/")
	})
	return inUnit && (len(a.Environments) == 0 || slices.Contains(a.Environments, c.environment))
}

// AccessRights returns the rights that the assignments give, each once, in the
// order of the accounts and then of the assignments.
func (l *LandingZone) AccessRights() []AccessRight {
	var rights []AccessRight
	for _, c := range l.candidates() {
		for _, r := range l.rightsIn(c) {
			rights = append(rights, r.AccessRight)
		}
	}
	return rights
}

// givenRight is a right with the assignment that gives it first.
type givenRight struct {
	AccessRight
	assignment int
}

func (l *LandingZone) rightsIn(c candidate) []givenRight {
	var rights []givenRight
	for i, a := range l.Identity.Assignments {
		right := AccessRight{a.Group, a.PermissionSet, c.key}
		known := slices.ContainsFunc(rights, func(r givenRight) bool { return r.AccessRight == right })
		if !known && a.covers(c) {
			rights = append(rights, givenRight{right, i})
		}
	}
	return rights
}
