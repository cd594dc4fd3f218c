package config

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

const orgPath = "landingzone:organization"

func number10(n int) string { return strconv.Itoa(n) }

func (v *validator) organization() {
	org := v.cfg.LandingZone.Organization
	v.matches(orgPath+".managementAccountId", org.ManagementAccountID, accountIDSyntax, "an account id: twelve digits, in quotes")
	v.matches(orgPath+".namePrefix", org.NamePrefix, prefixSyntax,
		"3 to 20 characters of a-z, 0-9 and hyphen, with a letter first and no hyphen last")
	v.matches(orgPath+".accessRole", org.AccessRole, roleSyntax, "the name of an IAM role, without its ARN: 1 to 64 characters")
	v.each(orgPath+".policyTypes", org.PolicyTypes, policyTypes)
	if !slices.Contains(org.PolicyTypes, "SERVICE_CONTROL_POLICY") {
		v.problem(orgPath+".policyTypes", "", "must contain SERVICE_CONTROL_POLICY, the type of every guardrail")
	}
	v.each(orgPath+".delegatedAdministrators", org.DelegatedAdministrators, delegable())
}

// adoption checks the ids of what exists, and that they make sense together.
func (v *validator) adoption() {
	org := v.cfg.LandingZone.Organization
	path := orgPath + ".adopt"
	if org.Adopt != nil {
		v.matches(path+".organizationId", org.Adopt.OrganizationID, organizationIDSyntax,
			"the id of an organization: o- and 10 to 32 characters of a-z and 0-9")
		v.adoptedUnits(org.Adopt.OrganizationalUnits)
	}
	if !org.ControlTower {
		return
	}
	const why = "Control Tower has made it already"
	if org.Adopt == nil {
		v.problem(path, "", "is required with controlTower, with the id of the organization: %s", why)
	} else if org.Adopt.OrganizationalUnits[UnitSecurity] == "" {
		v.problem(path+".organizationalUnits.Security", "", "is required with controlTower, the id of the Security unit: %s", why)
	}
	core := v.cfg.LandingZone.CoreAccounts
	for _, a := range core.All() {
		if a.Unit == UnitSecurity && a.ID == "" {
			v.problem("landingzone:coreAccounts."+a.setting+".id", "", "is required with controlTower, the id of the account: %s", why)
		}
	}
}

func (v *validator) adoptedUnits(adopted map[string]string) {
	path := orgPath + ".adopt.organizationalUnits"
	seen := map[string]string{}
	for _, unit := range slices.Sorted(maps.Keys(adopted)) {
		id, at := adopted[unit], member(path, unit)
		u, ok := UnitAt(unit)
		if !ok {
			v.problem(at, quoted(id), "is not a unit of the design; %s", oneOf(unit, unitPaths(func(Unit) bool { return true })))
			continue
		}
		if !v.matches(at, id, unitIDSyntax, "the id of an organizational unit: ou-, the root's id, a hyphen and 8 to 32 characters") {
			continue
		}
		if other, ok := seen[id]; ok {
			v.problem(at, quoted(id), "is the id of %s too; each unit has its own", other)
		}
		seen[id] = unit
		if _, ok := adopted[u.Parent()]; u.Parent() != "" && !ok {
			v.problem(at, quoted(id), "lies in %s, which therefore exists: adopt it too", u.Parent())
		}
	}
}

// trustedAccess checks that every service that is switched on may work across
// the organization.
func (v *validator) trustedAccess() {
	org, path := v.cfg.LandingZone.Organization, orgPath+".trustedAccess"
	v.each(path, org.TrustedAccess, principalNames(func(principal) bool { return true }))

	var missing []string
	need := func(when bool, name, why string) {
		if when && !slices.Contains(org.TrustedAccess, name) {
			missing = append(missing, name+" ("+why+")")
		}
	}
	need(true, principalAccount, "alternate contacts of member accounts are set through it")
	need(!org.ControlTower, principalCloudTrail, "the organization trail needs it")
	need(org.ControlTower, principalControlTower, "Control Tower would lose its access")
	need(org.ActivateStackSets, principalStackSets, "activateStackSets needs it")
	need(v.cfg.LandingZone.Baseline.Enabled && !org.ActivateStackSets, principalStackSets, "landingzone:baseline.enabled needs it")
	need(v.cfg.Monitoring.Aggregator, principalConfig, "monitoring:aggregator needs it")
	need(v.cfg.Monitoring.ConformancePacks, principalConfigSetup, "monitoring:conformancePacks needs it")
	need(v.cfg.Catalog.Enabled, principalCatalog, "catalog:enabled needs it")
	identity := v.cfg.LandingZone.Identity
	need(identity.Enabled, principalIdentityCenter, "identity.enabled needs it")
	need(identity.CentralRootAccess, principalIAM, "identity.centralRootAccess needs it")
	need(identity.AccessAnalyzer.on(), principalAnalyzer, "identity.accessAnalyzer needs it")
	network := v.cfg.LandingZone.Network
	need(network.Enabled && network.Sharing, principalSharing, "landingzone:network.sharing needs it")
	need(network.Enabled && network.AddressManagement, principalAddresses, "landingzone:network.addressManagement needs it")
	backup := v.cfg.LandingZone.Backup
	need(backup.Enabled && (backup.CrossAccount || backup.Policies), principalBackup, "landingzone:backup needs it")
	if len(missing) > 0 {
		v.problem(path, "", "lacks %s; add what is missing, or switch off what needs it", strings.Join(missing, ", "))
	}
	for i, name := range org.DelegatedAdministrators {
		if slices.Contains(delegable(), name) && !slices.Contains(org.TrustedAccess, name) {
			v.problem(index(orgPath+".delegatedAdministrators", i), quoted(name),
				"cannot be delegated without trusted access; add it to %s", path)
		}
	}
}

func (v *validator) regions() {
	r := v.cfg.LandingZone.Regions
	const path = "landingzone:regions"
	v.each(path+".governed", r.Governed, regions)
	if len(r.Governed) == 0 {
		v.problem(path+".governed", "", "must list at least the home region")
	}
	if v.known(path+".home", r.Home, regions) && !v.isBad(path+".governed") && !slices.Contains(r.Governed, r.Home) {
		v.problem(path+".home", quoted(r.Home), "is not governed; add it to %s.governed", path)
	}
}
