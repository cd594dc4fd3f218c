package qualification

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Who may do the first can decide who does the second, or make it impossible.
var (
	administersKey = []string{
		"kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "kms:DisableKey", "kms:EnableKey", "kms:CancelKeyDeletion",
		"kms:DisableKeyRotation", "kms:EnableKeyRotation", "kms:UpdateKeyDescription", "kms:UpdatePrimaryRegion",
		"kms:DeleteImportedKeyMaterial", "kms:ImportKeyMaterial", "kms:ReplicateKey", "kms:CreateAlias", "kms:DeleteAlias",
	}
	usesKey = []string{
		"kms:Encrypt", "kms:Decrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:GenerateDataKey",
		"kms:GenerateDataKeyWithoutPlaintext", "kms:GenerateDataKeyPair", "kms:GenerateDataKeyPairWithoutPlaintext",
		"kms:Sign", "kms:GenerateMac", "kms:DeriveSharedSecret", "kms:CreateGrant",
	}
)

// separatesDuties holds where no principal may both administer and use the key.
// Of the account that holds the key, what counts is what it may do without a
// condition: a condition names one of its roles, which is somebody else.
func separatesDuties(g *Graph, r *Resource, d *Document) []flaw {
	duties := map[string]*duty{}
	var flaws []flaw
	for _, s := range d.Statements {
		if !s.Allows() {
			continue
		}
		here := duty{coversAny(s, administersKey), coversAny(s, usesKey)}
		if here.administers && here.uses {
			flaws = append(flaws, flaw{
				"lets the same principals administer and use the key (" + s.name() + ")",
				"grant administration and use in statements of their own, to different principals",
			})
			continue
		}
		for _, who := range s.who() {
			if duties[who] == nil {
				duties[who] = &duty{}
			}
			duties[who].administers = duties[who].administers || here.administers
			duties[who].uses = duties[who].uses || here.uses
		}
	}
	for _, who := range slices.Sorted(maps.Keys(duties)) {
		if duties[who].administers && duties[who].uses {
			flaws = append(flaws, flaw{
				fmt.Sprintf("lets %s administer the key and use it", who),
				"take one of the two from this principal",
			})
		}
	}
	return flaws
}

type duty struct{ administers, uses bool }

func coversAny(s Statement, actions []string) bool { return slices.ContainsFunc(actions, s.Covers) }

// who are the principals that a statement is about. A condition on the
// principal's ARN says more than the principal of the statement does.
func (s Statement) who() []string {
	if c, ok := s.Condition("aws:PrincipalArn", "ArnLike", "ArnEquals", "StringEquals", "StringLike"); ok {
		return c.Values
	}
	var who []string
	for _, kind := range slices.Sorted(maps.Keys(s.Principals)) {
		who = append(who, s.Principals[kind]...)
	}
	return who
}

// keyBindings are the conditions that tie a service's use of a key to whom it
// acts for. Some services send the encryption context only.
var keyBindings = append(slices.Clone(bindings),
	"kms:CallerAccount", "kms:EncryptionContext:aws:logs:arn", "kms:EncryptionContext:aws:cloudtrail:arn")

// bindsKeyServices is [bindsServices] for the policy of a key.
func bindsKeyServices(_ *Graph, _ *Resource, d *Document) []flaw {
	return unboundServices(d, keyBindings)
}

// keepsAdministrator holds where the account that holds the key may change its
// policy on no condition.
func keepsAdministrator(g *Graph, r *Resource, d *Document) []flaw {
	account, known := g.AccountID(r).Text()
	for _, s := range d.Statements {
		if !s.Allows() || len(s.Conditions) > 0 || !s.Covers("kms:PutKeyPolicy") {
			continue
		}
		for _, principal := range s.Principals["AWS"] {
			id, isAccount := rootOf(principal)
			if isAccount && (!known || id == account) {
				return nil
			}
		}
	}
	return []flaw{{
		"does not let the account that holds the key change this policy",
		"allow kms:PutKeyPolicy to the root of the account that holds the key, on no condition",
	}}
}

// rootOf returns the account that a principal stands for as a whole.
func rootOf(principal string) (accountID string, ok bool) {
	if rest, isRoot := strings.CutSuffix(principal, ":root"); isRoot {
		return rest[strings.LastIndex(rest, ":")+1:], true
	}
	return principal, len(principal) == 12 && strings.Trim(principal, "0123456789") == ""
}
