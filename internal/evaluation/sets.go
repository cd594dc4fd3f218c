package evaluation

import (
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

const (
	setType     = "aws:ssoadmin/permissionSet:PermissionSet"
	inlineType  = "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy"
	managedType = "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment"
	// secondFactor is the session tag by which an identity provider attests a
	// second factor, and claimed the statement that demands it.
	secondFactor = "aws:PrincipalTag/GxpMfa"
	claimed      = "RequireSecondFactor"

	administratorARN = "arn:aws:iam::aws:policy/AdministratorAccess"
)

// asSet is a session of a permission set with what the program gives it. AWS's
// own managed policies are not in the graph; but for the one that allows all,
// what they would add is left out, so that a set is never taken to be allowed
// what only such a policy says.
func (w *world) asSet(r *request, from place, name string) bool {
	set := w.set(name)
	if set == nil {
		return false
	}
	identity := []string{}
	for _, inline := range w.graph.Linked(set, inlineType, "permissionSetArn") {
		identity = append(identity, nameOf(inline))
	}
	for _, managed := range w.graph.Linked(set, managedType, "permissionSetArn") {
		if arn, _ := managed.Get("managedPolicyArn").Text(); arn == administratorARN {
			identity = append(identity, everything)
		}
	}
	w.asRole(r, from, w.setRole(name), identity...)
	r.Context[secondFactor] = "true"
	boundary, err := w.boundaryOf(set, from.account)
	r.Boundary = boundary
	return err == nil
}

// asOwn is a role that the program makes.
func (w *world) asOwn(r *request, from place, name string) bool {
	for _, role := range w.graph.OfType("aws:iam/role:Role") {
		named, _ := role.Get("name").Text()
		if account, _ := w.graph.AccountID(role).Text(); named != name || account != from.account {
			continue
		}
		identity := []string{}
		for _, inline := range w.graph.Linked(role, "aws:iam/rolePolicy:RolePolicy", "role") {
			identity = append(identity, nameOf(inline))
		}
		w.asRole(r, from, name, identity...)
		return true
	}
	return false
}

func (w *world) set(name string) *qualification.Resource {
	for _, set := range w.graph.OfType(setType) {
		if found, _ := set.Get("name").Text(); found == name {
			return set
		}
	}
	return nil
}
