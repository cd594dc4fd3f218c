package rules

import "strings"

const (
	resourceShareType   = "aws:ram/resourceShare:ResourceShare"
	resourceGrantType   = "aws:ram/resourceAssociation:ResourceAssociation"
	principalGrantType  = "aws:ram/principalAssociation:PrincipalAssociation"
	organizationSharing = "aws:ram/sharingWithOrganization:SharingWithOrganization"
	ramService          = "ram.amazonaws.com"

	sharePrincipals = digits + `|arn:aws:organizations::` + digits + `:(organization/o-[a-z0-9]{10,32}|ou/o-[a-z0-9]{10,32}/ou-[a-z0-9]{4,32}-[a-z0-9]{8,32})` +
		`|arn:aws:iam::` + digits + `:(role|user)/.+`
)

var resourceShares = target{typ: resourceShareType, word: "resource share", code: "UnknownResourceException", reach: inRegion}

var sharingRows = map[string]row{
	resourceShareType: {
		static: []check{length("name", 1, 255), pattern("permissionArns[]", `arn:aws:ram::aws:permission/.+|arn:aws:ram:.+`, "the ARN of a permission")},
	},
	resourceGrantType: {
		static: []check{pattern("resourceArn", `arn:aws:[a-z0-9-]+:.*`, "the ARN of a resource"), ownResource},
		against: []check{
			refers("resourceShareArn", resourceShares), sharedSubnetExists,
			free(everywhere, "InvalidParameterException", "%q is in the share already; add it once", "resourceArn", "resourceShareArn"),
		},
	},
	principalGrantType: {
		static: []check{pattern("principal", sharePrincipals, "an account id, the ARN of an organization or unit, or of a role or user")},
		against: []check{
			refers("resourceShareArn", resourceShares), sharingEnabled, principalInOrganization,
			free(everywhere, "InvalidParameterException", "%q has the share already; add it once", "principal", "resourceShareArn"),
		},
	},
	organizationSharing: {against: []check{ownedByOrganization, oncePerRegion}},
}

// ownResource: an account shares what it owns, in the region where it is.
func ownResource(s *scope) {
	parts := strings.SplitN(s.text("resourceArn"), ":", 6)
	if len(parts) < 6 {
		return
	}
	if parts[4] != "" && s.AccountID != "" && parts[4] != s.AccountID {
		s.fail("resourceArn", "OperationNotPermittedException", "the resource belongs to account %s; share it from there", parts[4])
	}
	if parts[3] != "" && s.Region != "" && parts[3] != s.Region {
		s.fail("resourceArn", "MalformedArnException", "the resource is in %s and the share in %s; make a share in each region", parts[3], s.Region)
	}
}

func sharedSubnetExists(s *scope) {
	if arn := s.text("resourceArn"); strings.Contains(arn, subnets.tail) {
		s.exists("resourceArn", arn, subnets)
	}
}

// sharingEnabled: RAM knows units only once the management account has let it.
func sharingEnabled(s *scope) {
	o, ok := s.organization()
	if !ok || !strings.HasPrefix(s.text("principal"), "arn:aws:organizations:") {
		return
	}
	for range s.world.All(organizationSharing) {
		return
	}
	if o.presence("awsServiceAccessPrincipals") == unknown {
		return
	}
	for _, service := range o.texts("awsServiceAccessPrincipals[]") {
		if service == ramService {
			return
		}
	}
	s.fail("principal", "UnknownResourceException", "the organization could not be found: sharing with it is not enabled; enable it in "+
		"the management account, and let this depend on that")
}

// principalInOrganization: a share for the inside finds its unit or account
// there.
func principalInOrganization(s *scope) {
	share, ok := s.find(s.text("resourceShareArn"), resourceShares)
	o, member := s.organization()
	if !ok || !member || share.flag("allowExternalPrincipals") {
		return
	}
	principal := s.text("principal")
	switch at := strings.LastIndex(principal, "/"); {
	case strings.Contains(principal, ":ou/"):
		if !s.isUnit(principal[at+1:]) {
			s.fail("principal", "UnknownResourceException", "the unit %s could not be found; let this depend on it", principal[at+1:])
		}
	case strings.Contains(principal, ":organization/"):
		if id := o.text("id"); id != "" && principal[at+1:] != id {
			s.fail("principal", "UnknownResourceException", "the organization %s is not %s", principal[at+1:], id)
		}
	case len(principal) == 12 && !s.isMember(principal):
		s.fail("principal", "OperationNotPermittedException", "account %s is not in the organization, and the share is for its members "+
			"alone", principal)
	}
}

func ownedByOrganization(s *scope) {
	o, ok := s.organization()
	if owner := o.text("masterAccountId"); ok && owner != "" && s.AccountID != "" && owner != s.AccountID {
		s.fail("", "OperationNotPermittedException", "account %s does not own the organization; enable sharing in the management account",
			s.AccountID)
	}
}
