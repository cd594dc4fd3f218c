package config

// Identity says who may do what in which account.
type Identity struct {
	// Enabled creates permission sets, groups and assignments in IAM Identity
	// Center. Its organization instance can be enabled by hand only, in the
	// home region; without it the program stops and says so.
	Enabled bool `json:"enabled"`

	// ExternalIdentities is true where a company's identity provider
	// provisions groups and people by SCIM. Groups are then looked up by name
	// instead of created.
	ExternalIdentities bool `json:"externalIdentities"`

	// MFAClaim makes every permission set demand that the identity provider
	// attests a second factor: it must send the SAML attribute
	// https://aws.amazon.com/SAML/Attributes/AccessControl:GxpMfa with the
	// value true. It needs externalIdentities. Without it a second factor is
	// demanded by Identity Center itself, a setting that has no API.
	MFAClaim bool `json:"mfaClaim"`

	// PermissionsBoundary attaches the boundary gxp-boundary, which the
	// baseline puts into every account, to the permission sets that work in
	// workload accounts.
	PermissionsBoundary bool `json:"permissionsBoundary"`

	// PermissionSets are the company's own, beside those of the program:
	// GxpPlatformEngineer, GxpSecurityAdministrator, GxpAuditor,
	// GxpQAApprover, GxpOperator, GxpDeveloper, GxpDataSteward, GxpBilling,
	// GxpBreakGlass.
	PermissionSets []PermissionSet `json:"permissionSets"`

	// Groups are the groups of people that rights are given to.
	Groups []Group `json:"groups"`

	// Assignments give groups a permission set in accounts. Whoever is in two
	// groups has the rights of both: keep the members of groups apart that
	// exclude each other.
	Assignments []Assignment `json:"assignments"`

	// BreakGlassUsers are IAM users of the management account, made by hand
	// and each with a hardware second factor, who may assume the role
	// gxp-break-glass when Identity Center does not work. Empty: there is no
	// such role.
	BreakGlassUsers []string `json:"breakGlassUsers"`

	// CentralRootAccess takes the credentials of the root users of member
	// accounts away, and lets the management account do what only they can.
	CentralRootAccess bool `json:"centralRootAccess"`

	// PasswordPolicy holds for IAM users, of whom there are none but those for
	// emergencies.
	PasswordPolicy PasswordPolicy `json:"passwordPolicy"`

	// AccessAnalyzer finds access that nobody intended.
	AccessAnalyzer AccessAnalyzer `json:"accessAnalyzer"`

	// Directory is an optional directory in the shared-services account.
	Directory Directory `json:"directory"`

	// SAML is an optional identity provider for IAM roles in the
	// shared-services account, for systems that cannot use Identity Center.
	SAML *SAMLProvider `json:"saml"`
}

// PermissionSet is a company's own set of rights.
type PermissionSet struct {
	// Name is 1 to 32 letters, digits and +=,.@-_, and begins with no gxp in
	// any spelling: those names are the program's.
	Name string `json:"name" jsonschema:"required"`

	// Description says what the set is for, at most 700 characters.
	Description string `json:"description" jsonschema:"required"`

	// SessionHours is how long a session lasts, 1 to 8 hours. Default: 4.
	SessionHours int `json:"sessionHours"`

	// ManagedPolicies lists AWS managed policies by name, with their path if
	// they have one, such as job-function/DataScientist; at most 10.
	ManagedPolicies []string `json:"managedPolicies"`

	// Statements allow actions beside the managed policies.
	Statements []PermissionStatement `json:"statements"`
}

// PermissionStatement allows actions on resources.
type PermissionStatement struct {
	// Sid names the statement: letters and digits, unique in the set.
	Sid string `json:"sid" jsonschema:"required"`

	// Actions are what is allowed, such as s3:GetObject. A service must be
	// named; * for everything is refused.
	Actions []string `json:"actions" jsonschema:"required"`

	// Resources are ARNs, or *.
	Resources []string `json:"resources" jsonschema:"required"`
}

// Group is a group of people.
type Group struct {
	// Name is the display name: 1 to 128 letters, digits, spaces and +=,.@-_,
	// unique. It can never change once deployed.
	Name string `json:"name" jsonschema:"required"`

	// Description says who belongs to the group, at most 1,024 characters. An
	// external identity provider has its own.
	Description string `json:"description"`
}

// Assignment gives a group a permission set in accounts: those that are named,
// and those that lie in the units and serve the environments. Retired accounts
// are left out.
type Assignment struct {
	// Group is the name of a group.
	Group string `json:"group" jsonschema:"required"`

	// PermissionSet is the name of a permission set, such as GxpDeveloper.
	PermissionSet string `json:"permissionSet" jsonschema:"required"`

	// Accounts names accounts: workload accounts, core accounts by their key
	// such as log-archive, or management.
	Accounts []string `json:"accounts"`

	// Units selects the accounts in these organizational units and in those
	// below them.
	Units []string `json:"units"`

	// Environments selects the workload accounts of these environments, within
	// the units where there are any.
	Environments []string `json:"environments"`
}

// PasswordPolicy is the rule for the passwords of IAM users, in every account.
// All four kinds of characters are always required.
type PasswordPolicy struct {
	// MinimumLength is the least number of characters, 14 to 128.
	MinimumLength int `json:"minimumLength"`

	// MaxAgeDays is when a password expires, 1 to 365 days.
	MaxAgeDays int `json:"maxAgeDays"`

	// ReusePrevention is how many earlier passwords are refused, 12 to 24.
	ReusePrevention int `json:"reusePrevention"`
}

// AccessAnalyzer finds access that nobody intended, from the audit account. With
// the baseline it works in every governed region, without in the home region.
type AccessAnalyzer struct {
	// ExternalAccess reports resources that somebody outside the organization
	// can reach.
	ExternalAccess bool `json:"externalAccess"`

	// UnusedAccess reports roles, users and rights that nobody uses. AWS
	// charges for every role and user of the organization each month.
	UnusedAccess bool `json:"unusedAccess"`

	// UnusedAfterDays is how long a right may lie unused, 1 to 180 days.
	UnusedAfterDays int `json:"unusedAfterDays"`
}

// Directory is a Microsoft Active Directory, or the way to one, in a network
// that exists already.
type Directory struct {
	// Type is none, microsoftAD for one that AWS runs, or adConnector for the
	// company's own. The other settings are used with the last two alone.
	Type string `json:"type"`

	// Domain is the fully qualified domain name, such as corp.example.com.
	Domain string `json:"domain"`

	// ShortName is the NetBIOS name, at most 15 characters. Default: the first
	// part of the domain, in capitals.
	ShortName string `json:"shortName"`

	// Edition of microsoftAD: Standard or Enterprise.
	Edition string `json:"edition"`

	// Size of adConnector: Small or Large.
	Size string `json:"size"`

	// VPCID is the VPC in the shared-services account.
	VPCID string `json:"vpcId"`

	// SubnetIDs are two subnets of the VPC in different availability zones.
	SubnetIDs []string `json:"subnetIds"`

	// DNSAddresses of adConnector: the IP addresses of the company's domain
	// controllers, one or two.
	DNSAddresses []string `json:"dnsAddresses"`

	// Username of adConnector: the service account in the company's directory.
	Username string `json:"username"`

	// PasswordSecret is the name of a secret in Secrets Manager of the
	// shared-services account whose text is the password: of the
	// administrator, or of the service account. Make it by hand first; the
	// configuration holds no secrets.
	PasswordSecret string `json:"passwordSecret"`
}

// SAMLProvider is an identity provider of IAM.
type SAMLProvider struct {
	// Name is the provider's name: 1 to 128 letters, digits and the characters
	// ._- alone.
	Name string `json:"name" jsonschema:"required"`

	// Metadata is the metadata document that the identity provider publishes:
	// XML of 1,000 to 10,000,000 characters.
	Metadata string `json:"metadata" jsonschema:"required"`
}
