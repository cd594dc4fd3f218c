// Package duty says what people are there for: the permission sets of the
// landing zone by name, and which of them must not meet in one pair of hands.
package duty

// The permission sets. Their names are part of role names in every account
// (AWSReservedSSO_<set>_...) and of guardrails: they never change.
const (
	PlatformEngineer      = "GxpPlatformEngineer"
	SecurityAdministrator = "GxpSecurityAdministrator"
	Auditor               = "GxpAuditor"
	QAApprover            = "GxpQAApprover"
	Operator              = "GxpOperator"
	Developer             = "GxpDeveloper"
	DataSteward           = "GxpDataSteward"
	Billing               = "GxpBilling"
	BreakGlass            = "GxpBreakGlass"
)

// BreakGlassRole is the role in the management account for the day on which
// IAM Identity Center itself does not work.
const BreakGlassRole = "gxp-break-glass"

// RecordsManagerRole is the role in the log archive account under which records in
// dispute are held beyond their retention, and released.
const RecordsManagerRole = "gxp-records-manager"

// Boundary is the permissions boundary that the baseline puts into every
// account.
const Boundary = "gxp-boundary"

// All returns the names of the permission sets of the landing zone.
func All() []string {
	return []string{
		PlatformEngineer, SecurityAdministrator, Auditor, QAApprover, Operator, Developer, DataSteward, Billing, BreakGlass,
	}
}

// pair is two duties that exclude each other in the same account.
type pair struct{ a, b, reason string }

const (
	approves  = "who makes a change must not approve it"
	audits    = "who is audited must not audit"
	guards    = "who runs the platform must not decide what its guards report"
	emergency = "emergency rights belong to a group of their own, whose every use is an event"
)

var conflicts = []pair{
	{Developer, QAApprover, approves},
	{PlatformEngineer, QAApprover, approves},
	{Operator, QAApprover, approves},
	{DataSteward, QAApprover, approves},
	{PlatformEngineer, Auditor, audits},
	{SecurityAdministrator, Auditor, audits},
	{Operator, Auditor, audits},
	{Developer, Auditor, audits},
	{DataSteward, Auditor, audits},
	{PlatformEngineer, SecurityAdministrator, guards},
	{Operator, SecurityAdministrator, guards},
	{Developer, SecurityAdministrator, guards},
}

// Conflict reports whether nobody may have both duties in one account, and why.
func Conflict(a, b string) (reason string, conflict bool) {
	if a == b {
		return "", false
	}
	if a == BreakGlass || b == BreakGlass {
		return emergency, true
	}
	for _, c := range conflicts {
		if c.a == a && c.b == b || c.a == b && c.b == a {
			return c.reason, true
		}
	}
	return "", false
}
