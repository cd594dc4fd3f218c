package evaluation

import (
	"strings"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/duty"
)

// The principals of the tables, by name. A name with a colon has a kind before
// it: role:NAME is a role of that name with every permission, service:NAME an
// AWS service, bounded:NAME such a role under the permissions boundary,
// role:NAME of PLACE that role in another account, set:NAME a session of an Identity Center permission set with the
// permissions that the program gives the set, sso:NAME one to which every
// permission has been added, and own:NAME a role of the program's with the
// permissions that the program gives it.
const (
	administrator  = "role:Administrator"
	identityCenter = "sso:GxpPlatformEngineer"
	breakGlass     = "sso:GxpBreakGlass"
	accessRole     = "the access role"
	stackSets      = "role:stacksets-exec-0123456789abcdef0123456789abcdef"
	root           = "the root user"
	rootSession    = "a centralized root session"
	outsider       = "an administrator of another organization"
)

const (
	// outside is an account of another organization.
	outside             = "999988887777"
	outsideOrganization = "o-elsewhere00"
	// setHash stands for what Identity Center appends to the name of a role.
	setHash = "0123456789abcdef"
)

// fill adds to a request who makes it. It reports whether it knows the
// principal.
func (w *world) fill(r *request, who string, from place) bool {
	who = strings.ReplaceAll(who, "{region}", w.home)
	kind, name, _ := strings.Cut(who, ":")
	if role, other, found := strings.Cut(name, " of "); found {
		name, from = role, w.places[other]
	}
	switch {
	case who == accessRole:
		w.asRole(r, from, w.accessRole, everything)
	case who == root || who == rootSession:
		w.asRoot(r, from, who == rootSession)
	case who == outsider:
		w.asOutsider(r)
	case kind == "role":
		w.asRole(r, from, name, everything)
	case kind == "bounded":
		w.asRole(r, from, name, everything)
		boundary, err := w.boundary(duty.Boundary, from.account)
		r.Boundary = boundary
		return err == nil
	case kind == "sso":
		w.asRole(r, from, w.setRole(name), everything)
	case kind == "set":
		return w.asSet(r, from, name)
	case kind == "own":
		return w.asOwn(r, from, name)
	case kind == "service":
		asService(r, name)
	default:
		return false
	}
	return true
}

// setRole is the role, with its path, that Identity Center makes for a set.
func (w *world) setRole(set string) string {
	return "aws-reserved/sso.amazonaws.com/" + w.home + "/AWSReservedSSO_" + set + "_" + setHash
}

func (w *world) asRole(r *request, from place, role string, identity ...string) {
	name := role[strings.LastIndex(role, "/")+1:]
	r.Principal = "arn:aws:sts::" + from.account + ":assumed-role/" + name + "/session"
	r.Context["aws:PrincipalArn"] = "arn:aws:iam::" + from.account + ":role/" + role
	r.Context["aws:PrincipalType"] = "AssumedRole"
	r.Context["aws:userid"] = "AROAEXAMPLEEXAMPLEEXA:session"
	r.Identity = identity
	w.asMember(r, from)
}

// asMember adds what every principal of the organization has. Service control
// policies bind every account but the management account.
func (w *world) asMember(r *request, from place) {
	r.Context["aws:PrincipalAccount"] = from.account
	r.Context["aws:PrincipalOrgID"] = w.organization
	r.Context["aws:PrincipalOrgPaths"] = []string{from.path}
	r.Context["aws:PrincipalIsAWSService"] = "false"
	r.Context["aws:ViaAWSService"] = "false"
	if from.account != w.places[managementPlace].account {
		r.ServiceControl = w.levels(serviceControl, from)
	}
}

// asRoot is the root user. In a session of centralized root access AWS names
// the task that it was opened for, and who opened it.
func (w *world) asRoot(r *request, from place, session bool) {
	r.Principal = "arn:aws:iam::" + from.account + ":root"
	r.Context["aws:PrincipalArn"] = r.Principal
	r.Context["aws:PrincipalType"] = "Account"
	r.Identity = []string{everything}
	w.asMember(r, from)
	if session {
		r.Context["aws:AssumedRoot"] = "true"
		r.Context["sts:TaskPolicyArn"] = "arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy"
	}
}

func (w *world) asOutsider(r *request) {
	r.Principal = "arn:aws:sts::" + outside + ":assumed-role/Administrator/session"
	r.Context["aws:PrincipalArn"] = "arn:aws:iam::" + outside + ":role/Administrator"
	r.Context["aws:PrincipalAccount"] = outside
	r.Context["aws:PrincipalOrgID"] = outsideOrganization
	r.Context["aws:PrincipalType"] = "AssumedRole"
	r.Context["aws:PrincipalIsAWSService"] = "false"
	r.Identity = []string{everything}
}

func asService(r *request, name string) {
	r.Principal = name
	r.Context["aws:PrincipalIsAWSService"] = "true"
	r.Context["aws:PrincipalServiceName"] = name
}
