package rules

import (
	"strings"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal/offline/rules/policydoc"
)

const (
	permissionSetType     = "aws:ssoadmin/permissionSet:PermissionSet"
	setInlinePolicyType   = "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy"
	setManagedPolicyType  = "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment"
	setBoundaryType       = "aws:ssoadmin/permissionsBoundaryAttachment:PermissionsBoundaryAttachment"
	accountAssignmentType = "aws:ssoadmin/accountAssignment:AccountAssignment"
	accessAttributesType  = "aws:ssoadmin/instanceAccessControlAttributes:InstanceAccessControlAttributes"
	identityGroupType     = "aws:identitystore/group:Group"
	passwordPolicyType    = "aws:iam/accountPasswordPolicy:AccountPasswordPolicy"
	rootFeaturesType      = "aws:iam/organizationsFeatures:OrganizationsFeatures"
	samlProviderType      = "aws:iam/samlProvider:SamlProvider"
	analyzerType          = "aws:accessanalyzer/analyzer:Analyzer"
	directoryType         = "aws:directoryservice/directory:Directory"
)

// AWS's limits on permission sets. They cannot be raised.
const (
	setInlineSize    = 32768
	setManagedLimit  = 10
	analyzerService  = "access-analyzer.amazonaws.com"
	rootService      = "iam.amazonaws.com"
	unusedAccess     = "ORGANIZATION_UNUSED_ACCESS"
	instanceWords    = "the ARN of an instance of IAM Identity Center"
	permissionSetARN = `arn:aws:sso:::permissionSet/ssoins-[a-zA-Z0-9]+/ps-[a-zA-Z0-9]+`
)

var permissionSets = target{typ: permissionSetType, word: "permission set", code: "ResourceNotFoundException"}

var instanceARN = pattern("instanceArn", `arn:aws:sso:::instance/ssoins-[a-zA-Z0-9]+`, instanceWords)

var ssoRows = map[string]row{
	permissionSetType: {
		static: []check{
			instanceARN, length("name", 1, 32), pattern("name", `[\w+=,.@-]+`, iamWords), length("description", 1, 700),
			pattern("sessionDuration", `PT([1-9]|1[0-2])H`, "PT1H to PT12H"), length("relayState", 1, 240),
		},
		against: []check{
			free(everywhere, "ConflictException", "a permission set named %q exists already; choose another name", "name"),
		},
	},
	setInlinePolicyType: {
		static:  []check{instanceARN, document("inlinePolicy", policydoc.Identity, "ValidationException", func(Quotas) int { return setInlineSize })},
		against: []check{refers("permissionSetArn", permissionSets)},
	},
	setManagedPolicyType: {
		static:  []check{instanceARN, pattern("managedPolicyArn", `arn:aws:iam::aws:policy/.+`, "the ARN of an AWS managed policy")},
		against: []check{refers("permissionSetArn", permissionSets), setPoliciesLeft},
	},
	setBoundaryType: {
		static: []check{
			instanceARN,
			exactlyOne("permissionsBoundary.customerManagedPolicyReference", "permissionsBoundary.managedPolicyArn"),
			length("permissionsBoundary.customerManagedPolicyReference.name", 1, 128),
			pattern("permissionsBoundary.customerManagedPolicyReference.path", iamPath, "/ or a path between slashes"),
		},
		against: []check{refers("permissionSetArn", permissionSets)},
	},
	accountAssignmentType: {
		static: []check{
			instanceARN, pattern("permissionSetArn", permissionSetARN, "the ARN of a permission set"),
			oneOf("principalType", "GROUP", "USER"), oneOf("targetType", "AWS_ACCOUNT"),
			pattern("targetId", digits, "the id of an account: twelve digits"), length("principalId", 1, 47),
		},
		against: []check{refers("permissionSetArn", permissionSets), assignedAccountExists},
	},
	accessAttributesType: {
		static: []check{
			instanceARN, count("attributes", 0, 50), unique("attributes[].key"), length("attributes[].key", 1, 128),
			count("attributes[].values", 1, 1), length("attributes[].values[].sources[]", 0, 256),
		},
	},
	identityGroupType: {
		static: []check{
			pattern("identityStoreId", `d-[0-9a-f]{10}|[0-9a-f-]{36}`, "the id of an identity store"),
			length("displayName", 1, 1024), length("description", 1, 1024),
		},
		against: []check{free(everywhere, "ConflictException", "a group named %q exists already; choose another name", "displayName")},
	},
	passwordPolicyType: {
		static: []check{
			between("minimumPasswordLength", 6, 128), between("maxPasswordAge", 0, 1095), between("passwordReusePrevention", 0, 24),
		},
	},
	rootFeaturesType: {
		static:  []check{count("enabledFeatures", 1, 2), oneOf("enabledFeatures[]", "RootCredentialsManagement", "RootSessions")},
		against: []check{organizationExists, trusted(rootService, "ServiceAccessNotEnabledException")},
	},
	samlProviderType: {
		static: []check{
			length("name", 1, 128), pattern("name", `[\w._-]+`, "letters, digits and ._-"),
			length("samlMetadataDocument", 1000, 10000000),
		},
		against: []check{free(inAccount, "EntityAlreadyExists", "the provider %q already exists; choose another name", "name")},
	},
	analyzerType: {
		static: []check{
			length("analyzerName", 1, 255), pattern("analyzerName", `[A-Za-z][A-Za-z0-9_.-]*`, "a letter, then letters, digits and _.-"),
			oneOf("type", "ACCOUNT", "ACCOUNT_UNUSED_ACCESS", "ORGANIZATION", unusedAccess),
			between("configuration.unusedAccess.unusedAccessAge", 1, 365), unusedAccessOnly,
		},
		against: []check{analyzesOrganization},
	},
	directoryType: {
		static: []check{
			oneOf("type", "SimpleAD", "MicrosoftAD", "ADConnector"), oneOf("edition", "Standard", "Enterprise"),
			oneOf("size", "Small", "Large"), needs("password", "a directory has an administrator"),
			pattern("name", `([A-Za-z0-9]+[.-])+[A-Za-z0-9]+`, "a fully qualified domain name"),
			pattern("shortName", `[^\\/:*?"<>|.]{1,15}`, `1 to 15 characters, none of \ / : * ? " < > | .`),
			exactlyOne("vpcSettings", "connectSettings"),
			count("vpcSettings.subnetIds", 2, 2), count("connectSettings.subnetIds", 2, 2),
			count("connectSettings.customerDnsIps", 1, 2),
		},
	},
}

func setPoliciesLeft(s *scope) {
	set, n := s.text("permissionSetArn"), 1
	if set == "" {
		return
	}
	for r := range s.others(setManagedPolicyType) {
		if r.text("permissionSetArn") == set {
			n++
		}
	}
	if n > setManagedLimit {
		s.fail("managedPolicyArn", "ServiceQuotaExceededException", "the permission set would have %d managed policies, the quota "+
			"is %d; merge some", n, setManagedLimit)
	}
}

func assignedAccountExists(s *scope) {
	for at, id := range s.texts("targetId") {
		if !s.isMember(id) {
			s.fail(at, "ResourceNotFoundException", "the account %q is not a member of the organization; pass the id of one "+
				"that was created before", id)
		}
	}
}

// trusted checks that a service may work across the organization.
func trusted(service, code string) check {
	return func(s *scope) {
		o, ok := s.organization()
		if !ok || o.presence("awsServiceAccessPrincipals") == unknown {
			return
		}
		for _, principal := range o.texts("awsServiceAccessPrincipals[]") {
			if principal == service {
				return
			}
		}
		s.fail("", code, "%s has no trusted access; add it to the organization's awsServiceAccessPrincipals", service)
	}
}

func unusedAccessOnly(s *scope) {
	if kind := s.text("type"); s.presence("configuration.unusedAccess") == present && s.presence("type") != unknown &&
		!strings.HasSuffix(kind, "_UNUSED_ACCESS") {
		s.reject("configuration.unusedAccess", "an analyzer of type %s does not look for unused access; choose %s", kind, unusedAccess)
	}
}

// analyzesOrganization checks that the account may look at the organization.
func analyzesOrganization(s *scope) {
	if !strings.HasPrefix(s.text("type"), "ORGANIZATION") {
		return
	}
	o, ok := s.organization()
	if !ok || s.AccountID == "" || s.AccountID == o.text("masterAccountId") {
		return
	}
	for r := range s.world.All(delegationType) {
		if r.text("servicePrincipal") == analyzerService && r.text("accountId") == s.AccountID {
			return
		}
	}
	s.fail("type", "ValidationException", "account %s does not administer Access Analyzer for the organization; register it as "+
		"delegated administrator of %s first", s.AccountID, analyzerService)
}
