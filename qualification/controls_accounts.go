package qualification

import (
	"fmt"
	"slices"
	"strings"
)

var (
	accounts = every(accountType)

	noAccounts = mandatory("there are no accounts",
		"create the core accounts, landingzone.NewOrganization")
)

// requiredTags say who answers for a resource and what rules it is under.
var requiredTags = []string{
	"gxp:classification", "gxp:cost-centre", "gxp:data-classification", "gxp:environment",
	"gxp:owner", "gxp:record-class", "gxp:requirement-set",
}

var accountControls = []DesignControl{
	{
		Control: preventive("GXP-ACC-001", "No account is closed when it leaves the program",
			"A closed account is gone after ninety days with everything in it, and its e-mail address can never be used again.",
			"CFR-11.10(c)", "A11-7.1", "A11-10"),
		Judge: judge(accounts, noAccounts, property("closeOnDeletion").isNot(true)),
	},
	{
		Control: preventive("GXP-ACC-002", "Accounts outlive the program",
			"An account that leaves the organization by mistake loses its guardrails and its trail.",
			"ARCH-P4", "CFR-11.10(c)", "A11-10"),
		Judge: judge(accounts, noAccounts, protected, retained),
	},
	{
		Control: detective("GXP-ACC-003", "AWS reaches the right people about every account",
			"A warning about abuse or failure that goes to an unread mailbox warns nobody.",
			"CFR-11.300", "A11-2", "A11-13"),
		Judge: judge(accounts, noAccounts, hasContacts),
	},
	{
		Control: preventive("GXP-ACC-004", "Every account says who answers for it and what rules it is under",
			"Without an owner and a classification nobody can say which requirements the account is subject to.",
			"ARCH-P7", "A11-1", "A11-2", "A11-4"),
		Judge: judge(accounts, noAccounts, hasTags("tags")),
	},
	{
		Control: preventive("GXP-ACC-005", "Every account is in an organizational unit",
			"Guardrails are attached to units; an account in the root has those of no unit.",
			"ARCH-P1", "ARCH-P7", "ARCH-S1", "CFR-11.10(d)"),
		Judge: judge(accounts, noAccounts, property("parentId").refersTo(unitType)),
	},
}

// hasTags holds where all required tags below a path have a value.
func hasTags(path string) rule {
	var rules []rule
	for _, tag := range requiredTags {
		rules = append(rules, property(fmt.Sprintf("%s[%q]", path, tag)).isSet())
	}
	return all(rules...)
}

// hasContacts holds for an account with the alternate contacts of all kinds:
// resources of their own, or else those that the baseline hands to it.
func hasContacts(g *Graph, r *Resource) []Finding {
	contacts := g.Linked(r, contactType, "accountId")
	if len(contacts) == 0 {
		if findings, handed := contactsOfBaseline(g, r); handed {
			return findings
		}
	}
	var findings []Finding
	for _, kind := range []string{"BILLING", "OPERATIONS", "SECURITY"} {
		i := slices.IndexFunc(contacts, func(c *Resource) bool { return c.Get("alternateContactType").Is(kind) })
		if i < 0 {
			findings = append(findings, Finding{
				Resource: r.URN, Problem: "has no " + kind + " contact",
				Fix: "add an AlternativeContact whose accountId refers to it",
			})
			continue
		}
		findings = append(findings, all(property("emailAddress").isSet(), property("phoneNumber").isSet())(g, contacts[i])...)
	}
	return findings
}

// contactsOfBaseline judges the contacts that a StackSet hands to every account
// of its units, if there is one.
func contactsOfBaseline(g *Graph, r *Resource) (findings []Finding, handed bool) {
	const at = "parameters.Contacts"
	for _, set := range stackSets(g) {
		contacts := set.Get(at)
		switch {
		case contacts.Absent():
			continue
		case contacts.Unknown():
			return []Finding{open(set, at)}, true
		}
		text, _ := contacts.Text()
		for _, kind := range []string{"BILLING", "OPERATIONS", "SECURITY"} {
			if !strings.Contains(text, kind) {
				findings = append(findings, Finding{
					Resource: set.URN, Property: at, Problem: "hands " + r.Name() + " no " + kind + " contact", Fix: "add the contact",
				})
			}
		}
		return findings, true
	}
	return nil, false
}
