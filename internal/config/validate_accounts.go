package config

import (
	"fmt"
	"slices"
	"strings"
)

func (v *validator) coreAccounts() {
	for _, a := range v.cfg.LandingZone.CoreAccounts.All() {
		path := "landingzone:coreAccounts." + a.setting
		v.matches(path+".name", a.Name, coreNameSyntax, "1 to 50 printable ASCII characters")
		v.email(path+".email", a.Email, maxRootEmail)
		v.adoptedID(path, a.ID)
		if a.AccessRole != "" {
			v.matches(path+".accessRole", a.AccessRole, roleSyntax, "the name of an IAM role, without its ARN: 1 to 64 characters")
		}
	}
}

func (v *validator) accounts() {
	for i, a := range v.cfg.LandingZone.Accounts {
		path := index("landingzone:accounts", i)
		v.matches(path+".name", a.Name, workloadSyntax, "1 to 50 characters of a-z, 0-9 and hyphen")
		v.email(path+".email", a.Email, maxRootEmail)
		v.adoptedID(path, a.ID)
		v.tag(path+".owner", a.Owner)
		v.tag(path+".costCentre", a.CostCentre)
		v.known(path+".dataClassification", a.DataClassification, classifications)
		v.known(path+".recordClass", a.RecordClass, v.cfg.Logging.classNames())

		environment := v.known(path+".environment", a.Environment, environments)
		practice := v.known(path+".gxp", a.GxP, practices)
		// A retired account is in Suspended, whatever it was before.
		if a.Retired {
			if a.Quarantined {
				v.problem(path+".quarantined", "true", "cannot be set with retired: true; remove one of them")
			}
			continue
		}
		if (a.OU == "" || v.workloadUnit(path+".ou", a.OU)) && environment && practice {
			v.placement(path, a)
		}
	}
}

// workloadUnit checks that a workload account can be placed in a unit.
func (v *validator) workloadUnit(path, unit string) bool {
	allowed := unitPaths(func(u Unit) bool { return u.Workloads })
	u, ok := UnitAt(unit)
	switch {
	case !ok:
		return v.known(path, unit, allowed)
	case unit == UnitSuspended:
		v.problem(path, quoted(unit), "is where retired accounts are; set retired: true instead")
	case unit == UnitQuarantine:
		v.problem(path, quoted(unit), "is where new accounts are; set quarantined: true instead")
	case !u.Workloads:
		v.problem(path, quoted(unit), "takes no workload accounts; allowed: %s", strings.Join(allowed, ", "))
	}
	return u.Workloads
}

// placements say what may live where. An account in the wrong unit is under the
// wrong guardrails.
var placements = map[string]struct {
	environments []string
	gxp          []bool
	reason       string

	// data is the only data classification of accounts there; empty: any.
	data string
}{
	UnitGxPProd:        {environments: []string{"production"}, gxp: []bool{true}, reason: "it is for GxP systems in production"},
	UnitGxPValidation:  {environments: []string{"validation", "development"}, gxp: []bool{true}, reason: "it is for GxP systems before production"},
	UnitSensitive:      {environments: []string{"production"}, gxp: []bool{true}, reason: "it is for GxP systems in production with restricted data", data: "restricted"},
	UnitNonGxP:         {environments: []string{"production", "validation", "development"}, gxp: []bool{false}, reason: "its guardrails do not protect GxP records, and experiments belong in Sandbox"},
	UnitSandbox:        {environments: []string{"sandbox", "development"}, gxp: []bool{false}, reason: "it is for experiments without GxP records or production"},
	UnitPolicyStaging:  {environments: []string{"validation", "development", "sandbox"}, gxp: []bool{false}, reason: "guardrails are tried out there, which neither GxP records nor production survive"},
	UnitInfrastructure: {environments: []string{"production", "validation", "development"}, gxp: []bool{false, true}, reason: "other accounts depend on what is there"},
}

func (v *validator) placement(path string, a Account) {
	// What counts is where the account goes when its quarantine ends.
	a.Quarantined = false
	p := placements[a.Unit()]
	subject, value := path+".ou", quoted(a.OU)
	if a.OU == "" {
		subject, value = path+".environment", quoted(a.Environment)
	}
	if !slices.Contains(p.gxp, a.GxP != "none") {
		v.problem(subject, value, "gxp %s cannot be in %s: %s", a.GxP, a.Unit(), p.reason)
		return
	}
	if !slices.Contains(p.environments, a.Environment) {
		v.problem(subject, value, "environment %s cannot be in %s: %s; allowed there: %s",
			a.Environment, a.Unit(), p.reason, strings.Join(p.environments, ", "))
		return
	}
	if p.data != "" && a.DataClassification != p.data {
		v.problem(path+".dataClassification", quoted(a.DataClassification), "must be %s for an account in %s: %s",
			p.data, a.Unit(), p.reason)
	}
}

// adoptedID checks the id of an account that exists already.
func (v *validator) adoptedID(path, id string) {
	if id == "" {
		return
	}
	if !v.matches(path+".id", id, accountIDSyntax, "an account id: twelve digits, in quotes") {
		return
	}
	if v.cfg.LandingZone.Organization.Adopt == nil {
		v.problem(path+".id", quoted(id),
			"an account can be adopted only with its organization; set %s.adopt, or remove the id", orgPath)
	}
}

// identities checks that no two accounts share a name, an address or an id.
func (v *validator) identities() {
	names, emails, ids := map[string]string{}, map[string]string{}, map[string]string{}
	names[KeyManagement] = "the management account"
	ids[v.cfg.LandingZone.Organization.ManagementAccountID] = orgPath + ".managementAccountId"

	unique := func(seen map[string]string, path, value, what string) {
		if value == "" {
			return
		}
		key := strings.ToLower(value)
		if other, ok := seen[key]; ok {
			v.problem(path, quoted(value), "is taken by %s%s; each account needs its own %s", other, v.line(other), what)
			return
		}
		seen[key] = path
	}
	core := v.cfg.LandingZone.CoreAccounts.All()
	for _, a := range core {
		path := "landingzone:coreAccounts." + a.setting
		unique(names, path+".name", a.Name, "name")
		unique(emails, path+".email", a.Email, "address")
		unique(ids, path+".id", a.ID, "id")
	}
	// A core account keeps its key in logical names, whatever it is called.
	for _, a := range core {
		if _, ok := names[a.Key]; !ok {
			names[a.Key] = "the key of a core account"
		}
	}
	for i, a := range v.cfg.LandingZone.Accounts {
		path := index("landingzone:accounts", i)
		unique(names, path+".name", a.Name, "name")
		unique(emails, path+".email", a.Email, "address")
		unique(ids, path+".id", a.ID, "id")
	}
}

// line says on which line a setting is written, where that is known.
func (v *validator) line(path string) string {
	if at, ok := v.found[path]; ok && at.line > 0 {
		return fmt.Sprintf(" on line %d", at.line)
	}
	return ""
}
