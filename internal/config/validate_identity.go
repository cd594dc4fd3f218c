package config

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/duty"
)

const identityPath = "landingzone:identity"

// AWS's limits on permission sets and groups.
const (
	maxSetDescription   = 700
	maxGroupDescription = 1024
	maxManagedPolicies  = 10
)

// maxSessionHours keeps a session within a working day. AWS would take twelve.
const maxSessionHours = 8

// maxRightsPerAccount keeps the number of resources in bounds: with the account
// itself each workload account costs six.
const maxRightsPerAccount = 5

var (
	permissionSetSyntax = regexp.MustCompile(`^[A-Za-z0-9+=,.@_-]{1,32}$`)
	descriptionSyntax   = regexp.MustCompile(`^[\t\n\r -~\x{00A1}-\x{00FF}]+$`)
	managedPolicySyntax = regexp.MustCompile(`^[A-Za-z0-9+=,.@_/-]{1,128}$`)
	groupSyntax         = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9 +=,.@_-]{0,127}$`)
	userSyntax          = regexp.MustCompile(`^[A-Za-z0-9+=,.@_-]{1,64}$`)
	sidSyntax           = regexp.MustCompile(`^[A-Za-z0-9]{1,64}$`)
	actionSyntax        = regexp.MustCompile(`^[a-z0-9-]+:[A-Za-z0-9*?]+$`)
	arnSyntax           = regexp.MustCompile(`^(\*|arn:aws:[a-z0-9-]+:[a-z0-9*-]*:[0-9*]*:.+)$`)
)

func (v *validator) identity() {
	id := v.cfg.LandingZone.Identity
	if id.MFAClaim && !id.ExternalIdentities {
		v.problem(identityPath+".mfaClaim", "true",
			"needs externalIdentities: only an external identity provider can attest a second factor")
	}
	v.permissionSets()
	v.groups()
	v.assignments()
	v.rights()
	for i, user := range id.BreakGlassUsers {
		path := index(identityPath+".breakGlassUsers", i)
		if v.matches(path, user, userSyntax, "the name of an IAM user, without its ARN: 1 to 64 letters, digits and +=,.@-_") {
			v.first(identityPath+".breakGlassUsers", id.BreakGlassUsers, i)
		}
	}
	v.passwordPolicy()
	v.analyzers()
	v.directory()
	v.saml()
	v.identityDelegation()
}

func (v *validator) groups() {
	path := identityPath + ".groups"
	names := v.cfg.LandingZone.Identity.groupNames()
	for i, g := range v.cfg.LandingZone.Identity.Groups {
		at := index(path, i)
		if v.matches(at+".name", g.Name, groupSyntax,
			"1 to 128 letters, digits, spaces and +=,.@-_, with a letter or digit first") {
			if j := slices.Index(names, g.Name); j < i {
				v.problem(at+".name", quoted(g.Name), "is a duplicate of %s; remove one", index(path, j)+".name")
			}
		}
		if n := length(g.Description); n > maxGroupDescription {
			v.problem(at+".description", quoted(g.Description), "has %d characters, and AWS takes %d", n, maxGroupDescription)
		}
	}
}

func (v *validator) assignments() {
	l := v.cfg.LandingZone
	sets, groups := l.Identity.permissionSetNames(), l.Identity.groupNames()
	var accounts []string
	for _, c := range l.candidates() {
		accounts = append(accounts, c.key)
	}
	for _, a := range l.Accounts {
		// Retiring an account must not break the assignments that name it.
		if a.Retired {
			accounts = append(accounts, a.Name)
		}
	}
	for i, a := range l.Identity.Assignments {
		at := index(identityPath+".assignments", i)
		if len(groups) == 0 {
			v.problem(at+".group", quoted(a.Group), "is unknown; list it under %s.groups", identityPath)
		} else {
			v.known(at+".group", a.Group, groups)
		}
		v.known(at+".permissionSet", a.PermissionSet, sets)
		v.each(at+".accounts", a.Accounts, accounts)
		v.each(at+".units", a.Units, unitPaths(func(u Unit) bool { return u.Path != UnitSuspended }))
		v.each(at+".environments", a.Environments, environments)
		if len(a.Accounts)+len(a.Units)+len(a.Environments) == 0 {
			v.problem(at, "", "names no accounts; set accounts, units or environments")
		}
	}
}

// rights checks what the assignments come to in each account.
func (v *validator) rights() {
	l := &v.cfg.LandingZone
	conflicts := map[int][]string{}
	for _, c := range l.candidates() {
		rights := l.rightsIn(c)
		for i, later := range rights {
			for _, earlier := range rights[:i] {
				reason, conflict := duty.Conflict(earlier.PermissionSet, later.PermissionSet)
				if conflict && earlier.Group == later.Group {
					conflicts[later.assignment] = append(conflicts[later.assignment],
						fmt.Sprintf("group %s would hold %s and %s in account %s: %s",
							later.Group, earlier.PermissionSet, later.PermissionSet, c.key, reason))
				}
			}
		}
		if c.workload && len(rights) > maxRightsPerAccount {
			v.problem(index(identityPath+".assignments", rights[maxRightsPerAccount].assignment), "",
				"gives account %s its %dth right of %d, and %d is the most: each is a resource for every such account; "+
					"let a group hold fewer permission sets, or give rights to fewer groups",
				c.key, maxRightsPerAccount+1, len(rights), maxRightsPerAccount)
		}
	}
	for i := range l.Identity.Assignments {
		if found := conflicts[i]; len(found) > 0 {
			v.problem(index(identityPath+".assignments", i), "", "%s; give one of them to another group", listed(found))
		}
	}
}

// listed joins the first of many.
func listed(all []string) string {
	const most = 5
	text := strings.Join(all[:min(len(all), most)], "; ")
	if more := len(all) - most; more > 0 {
		text += fmt.Sprintf("; and %d more", more)
	}
	return text
}

// identityDelegation checks that the audit account may look at the whole
// organization.
func (v *validator) identityDelegation() {
	delegated := v.cfg.LandingZone.Organization.DelegatedAdministrators
	if v.cfg.LandingZone.Identity.AccessAnalyzer.on() && !slices.Contains(delegated, principalAnalyzer) {
		v.problem(identityPath+".accessAnalyzer", "", "needs the audit account to administer Access Analyzer; add %s to "+
			"%s.delegatedAdministrators, or switch off externalAccess and unusedAccess", principalAnalyzer, orgPath)
	}
}

// on reports whether anything is looked for.
func (a AccessAnalyzer) on() bool { return a.ExternalAccess || a.UnusedAccess }

const (
	principalAnalyzer       = "access-analyzer.amazonaws.com"
	principalIAM            = "iam.amazonaws.com"
	principalIdentityCenter = "sso.amazonaws.com"
)
