package policydoc

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

var (
	accountID     = regexp.MustCompile(`^[0-9]{12}$`)
	principalID   = regexp.MustCompile(`^A[A-Z0-9]{15,127}$`)
	iamPrincipal  = regexp.MustCompile(`^arn:aws:iam::[0-9]{12}:(root|(user|role)/[\w+=,.@/-]+)$`)
	session       = regexp.MustCompile(`^arn:aws:sts::[0-9]{12}:(assumed-role/[\w+=,.@-]+/[\w+=,.@-]+|federated-user/[\w+=,.@-]+)$`)
	cloudFront    = regexp.MustCompile(`^arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity [A-Z0-9]+$`)
	serviceName   = regexp.MustCompile(`^[a-z0-9][a-z0-9-]*(\.[a-z0-9-]+)*\.(amazonaws|amazon)\.com$`)
	federatedARN  = regexp.MustCompile(`^arn:aws:iam::[0-9]{12}:(saml-provider|oidc-provider)/[\w+=,.@/:-]+$`)
	federatedName = regexp.MustCompile(`^[a-z0-9-]+(\.[a-z0-9-]+)+$`)
	canonicalUser = regexp.MustCompile(`^[0-9a-f]{64}$`)
)

func (p *Principals) check(at string, found *problems) {
	for _, kind := range slices.Sorted(maps.Keys(p.Of)) {
		at := at + "." + kind
		for _, who := range p.Of[kind] {
			switch kind {
			case "AWS":
				checkAWS(who, at, found)
			case "Service":
				if !serviceName.MatchString(who) {
					found.add(at, "invalid principal %q; a service principal is written like cloudtrail.amazonaws.com", who)
				}
			case "Federated":
				if !federatedARN.MatchString(who) && !federatedName.MatchString(who) {
					found.add(at, "invalid principal %q; write a provider's ARN or a name such as cognito-identity.amazonaws.com", who)
				}
			case "CanonicalUser":
				if !canonicalUser.MatchString(who) {
					found.add(at, "invalid principal %q; a canonical user is 64 hexadecimal digits", who)
				}
			default:
				found.add(at, "is not a kind of principal; use AWS, Service, Federated or CanonicalUser")
			}
		}
	}
}

func checkAWS(who, at string, found *problems) {
	switch {
	case who == "*":
	case accountID.MatchString(who), principalID.MatchString(who), iamPrincipal.MatchString(who),
		session.MatchString(who), cloudFront.MatchString(who):
	case strings.ContainsAny(who, "*?"):
		found.add(at, "invalid principal %q; no wildcard may stand in a principal: use * and a condition on aws:PrincipalArn", who)
	default:
		found.add(at, "invalid principal %q; write *, an account id or the ARN of an account's root, role, user or session", who)
	}
}
