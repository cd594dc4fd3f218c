package rules

import (
	"fmt"
	"iter"
	"slices"
	"strings"
)

const (
	organizationType = "aws:organizations/organization:Organization"
	accountType      = "aws:organizations/account:Account"
	unitType         = "aws:organizations/organizationalUnit:OrganizationalUnit"
	delegationType   = "aws:organizations/delegatedAdministrator:DelegatedAdministrator"
	contactType      = "aws:account/alternativeContact:AlternativeContact"
)

const (
	rootID = `r-[0-9a-z]{4,32}`
	unitID = `ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}`
	digits = `[0-9]{12}`
	email  = `[^\s@]+@[^\s@.]+(\.[^\s@.]+)+`
)

var organizationRows = map[string]row{
	organizationType: {
		static: []check{
			oneOf("featureSet", "ALL", "CONSOLIDATED_BILLING"),
			oneOf("enabledPolicyTypes[]", policyTypes...),
			pattern("awsServiceAccessPrincipals[]", `[a-z0-9.-]+\.amazonaws\.com`, "a service principal such as cloudtrail.amazonaws.com"),
			stackSetsPrincipal,
			needsAllFeatures("enabledPolicyTypes"),
			needsAllFeatures("awsServiceAccessPrincipals"),
		},
		against: []check{onlyOrganization},
	},
	accountType: {
		static: []check{
			length("name", 1, 50),
			length("email", 6, 64), pattern("email", email, "an email address such as aws+team@example.com"),
			pattern("parentId", rootID+"|"+unitID, "the id of a root (r-...) or an organizational unit (ou-...)"),
			pattern("roleName", `[\w+=,.@-]{1,64}`, "1 to 64 characters of letters, digits and +=,.@-_"),
			oneOf("iamUserAccessToBilling", "ALLOW", "DENY"),
		},
		against: []check{organizationExists, parentExists, emailUnused, accountsLeft},
	},
	unitType: {
		static: []check{
			length("name", 1, 128),
			pattern("parentId", rootID+"|"+unitID, "the id of a root (r-...) or an organizational unit (ou-...)"),
		},
		against: []check{
			organizationExists, parentExists, depth, unitsLeft,
			free(everywhere, "DuplicateOrganizationalUnitException", "an organizational unit named %q exists under the "+
				"same parent; choose another name", "name", "parentId"),
		},
	},
	delegationType: {
		static: []check{
			pattern("accountId", digits, "an account id of 12 digits"),
			pattern("servicePrincipal", `[a-z0-9.-]+\.amazonaws\.com`, "a service principal such as config.amazonaws.com"),
		},
		against: []check{
			organizationExists, delegateExists, delegateIsMember, trusts("servicePrincipal"),
			free(everywhere, "AccountAlreadyRegisteredException", "account %q is a delegated administrator of that service "+
				"already; register it once", "accountId", "servicePrincipal"),
		},
	},
	contactType: {
		static: []check{
			oneOf("alternateContactType", "BILLING", "OPERATIONS", "SECURITY"),
			length("name", 1, 64), length("title", 1, 50),
			length("emailAddress", 1, 254), pattern("emailAddress", `\s*[\w+=.#|!&-]+@[\w.-]+\.[\w]+\s*`, "an email address"),
			length("phoneNumber", 1, 25), pattern("phoneNumber", `[\s0-9()+-]+`, "digits, spaces, hyphens, parentheses and plus"),
			pattern("accountId", digits, "an account id of 12 digits"),
		},
		against: []check{contactedAccountExists},
	},
}

// stackSetsPrincipal refuses the name that documentation of StackSets suggests
// and Organizations does not take.
func stackSetsPrincipal(s *scope) {
	for at, principal := range s.texts("awsServiceAccessPrincipals[]") {
		if principal == "stacksets.cloudformation.amazonaws.com" {
			s.reject(at, "%s is not a service that can have trusted access; write member.org.%s", principal, principal)
		}
	}
}

func needsAllFeatures(path string) check {
	return func(s *scope) {
		if s.text("featureSet") == "CONSOLIDATED_BILLING" && s.presence(path) == present {
			s.fail(path, "UnsupportedFeatureSet", "%s needs the feature set ALL; set featureSet to ALL", path)
		}
	}
}

func onlyOrganization(s *scope) {
	for range s.others(organizationType) {
		s.fail("", "AlreadyInOrganizationException", "the account is a member of an organization already; adopt that one "+
			"by its id instead of creating another")
		return
	}
}

// organization returns the organization, once there is one.
func (s *scope) organization() (Resource, bool) {
	for r := range s.world.All(organizationType) {
		return r, true
	}
	return Resource{}, false
}

func organizationExists(s *scope) {
	if _, ok := s.organization(); !ok {
		s.fail("", "AWSOrganizationsNotInUseException", "the account is not a member of an organization; let this depend "+
			"on the organization")
	}
}

// members yields the ids of the organization's accounts, management included.
func (s *scope) members() iter.Seq[string] {
	return func(yield func(string) bool) {
		if o, ok := s.organization(); ok {
			for _, path := range []string{"masterAccountId", "accounts[].id", "nonMasterAccounts[].id"} {
				for _, id := range o.texts(path) {
					if !yield(id) {
						return
					}
				}
			}
		}
		for r := range s.world.All(accountType) {
			if id := r.text("id"); id != "" && !yield(id) {
				return
			}
		}
	}
}

func (s *scope) isMember(id string) bool {
	if _, ok := s.world.Find(accountType, id); ok {
		return true
	}
	for member := range s.members() {
		if member == id {
			return true
		}
	}
	return false
}

// accountCanBeEntered refuses whatever is done under a provider whose account
// does not exist. Before there is an organization there is one account alone,
// and nothing to compare with.
func accountCanBeEntered(s *scope) {
	o, ok := s.organization()
	management := o.text("masterAccountId")
	if !ok || management == "" || s.AccountID == "" || s.Type == organizationType || s.isMember(s.AccountID) {
		return
	}
	s.fail("", "AccessDenied", "user arn:aws:sts::%s:assumed-role/landing-zone is not authorized to perform: sts:AssumeRole "+
		"in account %s, which is no member of the organization; give the provider the id of an account that this program "+
		"creates or adopts", management, s.AccountID)
}

func parentExists(s *scope) {
	for at, parent := range s.texts("parentId") {
		if !s.isRoot(parent) && !s.isUnit(parent) {
			s.fail(at, "ParentNotFoundException", "the parent %q does not exist; pass the id of the organization's root or "+
				"of an organizational unit created before", parent)
		}
	}
}

func (s *scope) isRoot(id string) bool {
	o, ok := s.organization()
	if !ok || !strings.HasPrefix(id, "r-") {
		return false
	}
	for _, root := range o.texts("roots[].id") {
		if root == id {
			return true
		}
	}
	// An organization whose roots are not known cannot contradict.
	return o.presence("roots") != present
}

func (s *scope) isUnit(id string) bool {
	_, ok := s.world.Find(unitType, id)
	return ok
}

func depth(s *scope) {
	levels := 1
	for parent := s.text("parentId"); levels <= s.quotas.OUDepth; levels++ {
		unit, ok := s.world.Find(unitType, parent)
		if !ok {
			return
		}
		parent = unit.text("parentId")
	}
	s.fail("parentId", "ConstraintViolationException: OU_DEPTH_LIMIT_EXCEEDED", "organizational units nest at most %d deep "+
		"under the root; choose a parent higher up", s.quotas.OUDepth)
}

func unitsLeft(s *scope) {
	if n := tally(s.others(unitType)); n >= s.quotas.OUs {
		s.fail("", "ConstraintViolationException: OU_NUMBER_LIMIT_EXCEEDED", "the organization has %d organizational units, "+
			"the quota is %d; ask AWS for more", n, s.quotas.OUs)
	}
}

func accountsLeft(s *scope) {
	if s.quotas.Accounts == 0 {
		return
	}
	ids := map[string]bool{}
	for r := range s.others(accountType) {
		ids[r.URN+r.text("id")] = true
	}
	if n := len(ids) + 1; n >= s.quotas.Accounts {
		s.fail("", "ConstraintViolationException: ACCOUNT_NUMBER_LIMIT_EXCEEDED", "the organization has %d accounts, the "+
			"quota is %d; ask AWS to raise it before this account is created", n, s.quotas.Accounts)
	}
}

func emailUnused(s *scope) {
	mine := strings.ToLower(s.text("email"))
	if mine == "" {
		return
	}
	used := func(owner string) {
		s.fail("email", "EMAIL_ALREADY_EXISTS", "the address %q belongs to %s already; an address is used once in all of "+
			"AWS, choose another", mine, owner)
	}
	if o, ok := s.organization(); ok && strings.EqualFold(o.text("masterAccountEmail"), mine) {
		used("the management account")
		return
	}
	for r := range s.others(accountType) {
		if strings.EqualFold(r.text("email"), mine) {
			used(fmt.Sprintf("account %q", r.text("name")))
			return
		}
	}
}

func delegateExists(s *scope) {
	for at, id := range s.texts("accountId") {
		if !s.isMember(id) {
			s.fail(at, "AccountNotFoundException", "account %q is no member of the organization; pass the id of an account "+
				"created before", id)
		}
	}
}

func delegateIsMember(s *scope) {
	o, _ := s.organization()
	if id := s.text("accountId"); id != "" && id == o.text("masterAccountId") {
		s.fail("accountId", "ConstraintViolationException: CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR",
			"%s is the management account, which cannot be a delegated administrator; choose a member account", id)
	}
}

// trusts checks that the service named at path may work across the organization.
func trusts(path string) check {
	return func(s *scope) {
		if service := s.text(path); service != "" {
			s.trusted(path, service)
		}
	}
}

func (s *scope) trusted(property, service string) {
	o, ok := s.organization()
	if !ok {
		return
	}
	var principals []string
	for _, list := range typed[[]any](o.Inputs, "awsServiceAccessPrincipals") {
		if !settled(list) {
			return
		}
		for _, p := range o.texts("awsServiceAccessPrincipals[]") {
			principals = append(principals, p)
		}
	}
	if o.presence("awsServiceAccessPrincipals") != unknown && !slices.Contains(principals, service) {
		s.fail(property, "ConstraintViolationException: SERVICE_ACCESS_NOT_ENABLED", "%s has no trusted access; add it to the "+
			"organization's awsServiceAccessPrincipals", service)
	}
}

func contactedAccountExists(s *scope) {
	for at, id := range s.texts("accountId") {
		if _, ok := s.organization(); !ok {
			continue
		}
		if !s.isMember(id) {
			s.fail(at, "ResourceNotFoundException", "account %q is no member of the organization; pass the id of an account "+
				"created before", id)
		}
		s.trusted(at, "account.amazonaws.com")
	}
}

func tally[T any](all iter.Seq[T]) int {
	n := 0
	for range all {
		n++
	}
	return n
}
