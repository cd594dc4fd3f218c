package config

import "strings"

// Unit is one organizational unit of the design.
type Unit struct {
	// Path is how configuration names the unit, such as Workloads/GxP-Prod.
	Path string

	// Key is the unit's part of logical names, such as workloads-gxp-prod. It
	// never changes.
	Key string

	// Purpose says in one line what the unit is for.
	Purpose string

	// Workloads is true where configuration may place a workload account.
	Workloads bool
}

// Name returns the unit's name within its parent.
func (u Unit) Name() string { return u.Path[strings.LastIndex(u.Path, "/")+1:] }

// Parent returns the path of the unit that contains this one, or "" under the
// root.
func (u Unit) Parent() string { return u.Path[:max(strings.LastIndex(u.Path, "/"), 0)] }

// The units that the program itself refers to.
const (
	UnitSecurity       = "Security"
	UnitInfrastructure = "Infrastructure"
	UnitWorkloads      = "Workloads"
	UnitGxPProd        = "Workloads/GxP-Prod"
	UnitGxPValidation  = "Workloads/GxP-Validation"
	UnitSensitive      = "Workloads/Sensitive"
	UnitNonGxP         = "Workloads/NonGxP"
	UnitQuarantine     = "Workloads/Quarantine"
	UnitSandbox        = "Sandbox"
	UnitPolicyStaging  = "PolicyStaging"
	UnitSuspended      = "Suspended"
)

var units = []Unit{
	{UnitSecurity, "security", "The log archive and the audit account, out of everybody's reach", false},
	{UnitInfrastructure, "infrastructure", "Networks, shared services and backups that other accounts use", true},
	{UnitWorkloads, "workloads", "The guardrails that every workload has in common; holds no account itself", false},
	{UnitGxPProd, "workloads-gxp-prod", "Validated systems in production, with GxP records", true},
	{UnitGxPValidation, "workloads-gxp-validation", "GxP systems being developed, tested and validated", true},
	{UnitSensitive, "workloads-sensitive", "Validated systems in production with restricted data, in a network segment of their own", true},
	{UnitNonGxP, "workloads-nongxp", "Systems without GxP relevance, in any environment", true},
	{UnitQuarantine, "workloads-quarantine", "New accounts, where only the baseline may work until it is in place", false},
	{UnitSandbox, "sandbox", "Experiments without company data", true},
	{UnitPolicyStaging, "policystaging", "Accounts on which a new guardrail is tried before it spreads", true},
	{UnitSuspended, "suspended", "Retired accounts, where nothing is allowed any more", false},
}

// Units returns the organizational units of the design, each after the one that
// contains it.
func Units() []Unit { return append([]Unit(nil), units...) }

// UnitAt returns the unit of a path, and whether there is one.
func UnitAt(path string) (Unit, bool) {
	for _, u := range units {
		if u.Path == path {
			return u, true
		}
	}
	return Unit{}, false
}

func unitPaths(want func(Unit) bool) []string {
	var paths []string
	for _, u := range units {
		if want(u) {
			paths = append(paths, u.Path)
		}
	}
	return paths
}

// Unit returns the path of the organizational unit that holds the account: the
// one that configuration names, or else the one that environment and gxp imply.
// None of these implies Sensitive, which is a decision about the network.
// A retired account is in Suspended, one without a baseline in quarantine.
func (a Account) Unit() string {
	switch {
	case a.Retired:
		return UnitSuspended
	case a.Quarantined:
		return UnitQuarantine
	case a.OU != "":
		return a.OU
	case a.Environment == "sandbox":
		return UnitSandbox
	case a.GxP == "none":
		return UnitNonGxP
	case a.Environment == "production":
		return UnitGxPProd
	default:
		return UnitGxPValidation
	}
}
