package config

import (
	"slices"
	"strings"
)

// unlimitedPolicies are AWS managed policies that allow everything, or to give
// oneself everything.
var unlimitedPolicies = []string{
	"AdministratorAccess", "AdministratorAccess-Amplify", "AdministratorAccess-AWSElasticBeanstalk",
	"IAMFullAccess", "PowerUserAccess", "AWSSSOMasterAccountAdministrator", "AWSSSODirectoryAdministrator",
	"AWSOrganizationsFullAccess",
}

func (v *validator) permissionSets() {
	sets := v.cfg.LandingZone.Identity.PermissionSets
	path := identityPath + ".permissionSets"
	for i, set := range sets {
		at := index(path, i)
		switch {
		case !v.matches(at+".name", set.Name, permissionSetSyntax, "1 to 32 letters, digits and +=,.@-_"):
		case strings.HasPrefix(strings.ToLower(set.Name), "gxp"):
			v.problem(at+".name", quoted(set.Name), "begins like the program's own permission sets; choose another name")
		default:
			// Roles are named after sets, and IAM compares names without case.
			same := func(other PermissionSet) bool { return strings.EqualFold(other.Name, set.Name) }
			if j := slices.IndexFunc(sets, same); j < i {
				v.problem(at+".name", quoted(set.Name), "is a duplicate of %s; remove one", index(path, j)+".name")
			}
		}
		if n := length(set.Description); n > maxSetDescription {
			v.problem(at+".description", quoted(set.Description), "has %d characters, and AWS takes %d", n, maxSetDescription)
		} else {
			v.matches(at+".description", set.Description, descriptionSyntax, "letters of Western European languages, digits and punctuation")
		}
		if set.SessionHours < 1 || set.SessionHours > maxSessionHours {
			v.problem(at+".sessionHours", number10(set.SessionHours), "want 1 to %d: a session ends with the working day", maxSessionHours)
		}
		v.setPolicies(at, set)
		v.setStatements(at, set)
	}
}

func (v *validator) setPolicies(at string, set PermissionSet) {
	at += ".managedPolicies"
	if n := len(set.ManagedPolicies); n > maxManagedPolicies {
		v.problem(at, "", "has %d policies, and AWS takes %d", n, maxManagedPolicies)
	}
	for i, name := range set.ManagedPolicies {
		switch {
		case !v.matches(index(at, i), name, managedPolicySyntax, "the name of an AWS managed policy, such as job-function/DataScientist"):
		case slices.Contains(unlimitedPolicies, name):
			v.problem(index(at, i), quoted(name), "allows everything, or to give oneself everything, and only GxpBreakGlass may; "+
				"name what permission set %s needs", set.Name)
		default:
			v.first(at, set.ManagedPolicies, i)
		}
	}
}

func (v *validator) setStatements(at string, set PermissionSet) {
	at += ".statements"
	if len(set.Statements)+len(set.ManagedPolicies) == 0 {
		v.problem(at, "", "permission set %s allows nothing; add statements or managedPolicies", set.Name)
	}
	var sids []string
	for i, s := range set.Statements {
		path := index(at, i)
		sids = append(sids, s.Sid)
		if v.matches(path+".sid", s.Sid, sidSyntax, "1 to 64 letters and digits") {
			if j := slices.Index(sids, s.Sid); j < i {
				v.problem(path+".sid", quoted(s.Sid), "is a duplicate of %s; choose another", index(at, j)+".sid")
			}
		}
		for name, list := range map[string][]string{"actions": s.Actions, "resources": s.Resources} {
			if len(list) == 0 {
				v.problem(path+"."+name, "", "must not be empty")
			}
		}
		for j, action := range s.Actions {
			if strings.Trim(action, "*:") == "" {
				v.problem(index(path+".actions", j), quoted(action), "allows everything, and only GxpBreakGlass may; "+
					"name what statement %s of permission set %s needs", s.Sid, set.Name)
				continue
			}
			v.matches(index(path+".actions", j), action, actionSyntax, "an action of a service, such as s3:GetObject")
		}
		for j, resource := range s.Resources {
			v.matches(index(path+".resources", j), resource, arnSyntax, "an ARN, or *")
		}
	}
}
