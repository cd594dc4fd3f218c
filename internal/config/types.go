// Package config is the landing zone as its owner describes it: the typed stack
// configuration, its defaults, and everything that can be said about it before
// the first resource exists.
package config

// Config is the configuration of one stack, Pulumi.<stack>.yaml. Each field is
// a namespace of configuration keys; within it each field is one key, so that
// LandingZone.Accounts is written landingzone:accounts.
type Config struct {
	// GxP is what concerns the whole program.
	GxP GxP `json:"gxp"`

	// LandingZone is the organization and its accounts.
	LandingZone LandingZone `json:"landingzone"`

	// Logging is the central audit records.
	Logging Logging `json:"logging"`

	// Monitoring is the detective controls.
	Monitoring Monitoring `json:"monitoring"`

	// Catalog is the Service Catalog.
	Catalog Catalog `json:"catalog"`
}

// GxP holds what concerns the whole program rather than one package.
type GxP struct {
	// Endpoint is the URL of an AWS emulator such as moto or LocalStack. When
	// it is set every provider talks to it instead of to AWS. Empty in any
	// stack that is meant to be real.
	Endpoint string `json:"endpoint"`
}

// LandingZone describes the organization and its accounts.
type LandingZone struct {
	// Organization describes the AWS organization itself.
	Organization Organization `json:"organization" jsonschema:"required"`

	// Regions says where the organization may work.
	Regions Regions `json:"regions" jsonschema:"required"`

	// CoreAccounts are the five accounts, beside management, that every other
	// account depends on.
	CoreAccounts CoreAccounts `json:"coreAccounts" jsonschema:"required"`

	// Accounts are the workload accounts. An account that was once deployed
	// never leaves this list: it is retired.
	Accounts []Account `json:"accounts"`

	// Contacts are the people AWS turns to, set as alternate contacts of every
	// account.
	Contacts Contacts `json:"contacts" jsonschema:"required"`

	// Identity says who may do what in which account.
	Identity Identity `json:"identity"`

	// Platform describes the team that runs the landing zone; its values tag
	// what belongs to no workload.
	Platform Platform `json:"platform" jsonschema:"required"`

	// Protection is how the core accounts protect data by default.
	Protection Protection `json:"protection"`

	// Certificates are those of the company's domains, each validated by a DNS
	// record.
	Certificates []Certificate `json:"certificates"`

	// Backup is how the data of the workload accounts is backed up.
	Backup Backup `json:"backup"`

	// Network is what connects the accounts with each other and with the
	// world.
	Network Network `json:"network"`

	// Baseline is what every account gets, without anything of its own in this
	// program.
	Baseline Baseline `json:"baseline"`

	// Guardrails says which organization policies bind the accounts.
	Guardrails Guardrails `json:"guardrails"`

	// Quotas are the limits that AWS has granted this organization. AWS raises
	// them on request and over time, so they are configuration and not
	// constants.
	Quotas Quotas `json:"quotas"`
}

// Organization describes the AWS organization: what it is called, what already
// exists, and which organization-wide services work in it.
type Organization struct {
	// ManagementAccountID is the twelve-digit id of the account that owns the
	// organization. The program refuses to run against any other.
	ManagementAccountID string `json:"managementAccountId" jsonschema:"required"`

	// NamePrefix begins every globally unique name, such as bucket names: 3 to
	// 20 characters of a-z, 0-9 and hyphen, with a letter first and no hyphen
	// last. It can never change once deployed.
	NamePrefix string `json:"namePrefix" jsonschema:"required"`

	// Adopt names what exists already and is to be imported instead of
	// created. Absent in a greenfield organization.
	Adopt *Adoption `json:"adopt"`

	// ControlTower is true where AWS Control Tower governs the organization.
	// The program then leaves to Control Tower what it owns (its trail, its
	// log bucket, its guardrails) and builds on it. It needs adopt, with the
	// organization and its Security unit, and the ids of the log archive and
	// audit accounts.
	ControlTower bool `json:"controlTower"`

	// AccessRole is the role in each member account that the program assumes.
	// Account creation makes it; an adopted account may have another.
	AccessRole string `json:"accessRole"`

	// TrustedAccess lists the service principals that may work across the
	// organization. The list is authoritative: a service that is missing from
	// it loses its access at the next update. With controlTower the default
	// holds controltower.amazonaws.com too.
	TrustedAccess []string `json:"trustedAccess"`

	// PolicyTypes lists the kinds of organization policy that are enabled in
	// the root.
	PolicyTypes []string `json:"policyTypes"`

	// DelegatedAdministrators lists the service principals that a core account
	// administers for the organization. Which account is fixed by the design.
	DelegatedAdministrators []string `json:"delegatedAdministrators"`

	// ActivateStackSets calls ActivateOrganizationsAccess once the
	// organization exists, without which service-managed StackSets are refused.
	ActivateStackSets bool `json:"activateStackSets"`
}

// Adoption names what exists already, by the ids that AWS gave it.
type Adoption struct {
	// OrganizationID is the id of the existing organization: o- and 10 to 32
	// characters.
	OrganizationID string `json:"organizationId" jsonschema:"required"`

	// OrganizationalUnits maps the path of an existing organizational unit,
	// such as Workloads/GxP-Prod, to its id. A unit can be adopted only
	// together with the unit that contains it.
	OrganizationalUnits map[string]string `json:"organizationalUnits"`
}

// Regions says where the organization may work.
type Regions struct {
	// Home holds the organization-level resources, the archive and the trail.
	// It can never change once deployed.
	Home string `json:"home" jsonschema:"required"`

	// Governed lists every region that accounts may use, home included.
	Governed []string `json:"governed" jsonschema:"required"`
}

// CoreAccounts are the accounts that the landing zone itself lives in.
type CoreAccounts struct {
	// LogArchive holds the locked archive and the evidence.
	LogArchive CoreAccount `json:"logArchive" jsonschema:"required"`

	// Audit administers the detective services for the organization.
	Audit CoreAccount `json:"audit" jsonschema:"required"`

	// Network holds what connects the accounts with each other and the world.
	Network CoreAccount `json:"network" jsonschema:"required"`

	// SharedServices publishes the approved products and their pipelines.
	SharedServices CoreAccount `json:"sharedServices" jsonschema:"required"`

	// Backup holds the locked central vault.
	Backup CoreAccount `json:"backup" jsonschema:"required"`
}

// CoreAccount is one account of the landing zone itself.
type CoreAccount struct {
	// Name is the account's name in AWS, at most 50 characters. Default: the
	// role it plays, such as log-archive.
	Name string `json:"name"`

	// Email is the address of the account's root user: unique in all of AWS,
	// 6 to 64 characters, and never reusable.
	Email string `json:"email" jsonschema:"required"`

	// ID adopts an existing account of an adopted organization instead of
	// creating one.
	ID string `json:"id"`

	// AccessRole is the role that the program assumes in this account, where
	// it differs from organization.accessRole.
	AccessRole string `json:"accessRole"`
}

// Account is one workload account.
type Account struct {
	// Name is the account's name and its identity in this program: 1 to 50
	// characters of a-z, 0-9 and hyphen, unique. It can never change.
	Name string `json:"name" jsonschema:"required"`

	// Email is the address of the account's root user: unique in all of AWS,
	// 6 to 64 characters, and never reusable.
	Email string `json:"email" jsonschema:"required"`

	// ID adopts an existing account of an adopted organization instead of
	// creating one.
	ID string `json:"id"`

	// Owner is the team or person that answers for the account.
	Owner string `json:"owner" jsonschema:"required"`

	// Environment is what the account is used for: production, validation,
	// development or sandbox.
	Environment string `json:"environment" jsonschema:"required"`

	// GxP is the good practice the account's systems are subject to: GMP, GCP,
	// GLP, GDP, GVP, or none.
	GxP string `json:"gxp" jsonschema:"required"`

	// OU is the path of the organizational unit that holds the account.
	// Default: what environment and gxp imply. A retired account is in
	// Suspended whatever is written here.
	OU string `json:"ou"`

	// RecordClass is the retention class of the account's records, a key of
	// logging:recordClasses.
	RecordClass string `json:"recordClass" jsonschema:"required"`

	// DataClassification is the confidentiality of the account's data: public,
	// internal, confidential or restricted.
	DataClassification string `json:"dataClassification" jsonschema:"required"`

	// CostCentre is the cost centre that the account is charged to.
	CostCentre string `json:"costCentre" jsonschema:"required"`

	// Segment is the network segment whose subnets the account uses. Default:
	// the one that is shared with its unit, if there is one. It follows from
	// the unit; naming it makes sure that the two agree.
	Segment string `json:"segment"`

	// Quarantined keeps the account in Workloads/Quarantine, where only the
	// baseline may work. A new account starts so; remove the setting once its
	// baseline is in place, and the account moves to its own unit.
	Quarantined bool `json:"quarantined"`

	// Retired moves the account to the Suspended organizational unit. The
	// account is not closed.
	Retired bool `json:"retired"`
}

// Contacts are the alternate contacts of every account.
type Contacts struct {
	// Billing hears about invoices and payment.
	Billing Contact `json:"billing" jsonschema:"required"`

	// Operations hears about outages, maintenance and limits.
	Operations Contact `json:"operations" jsonschema:"required"`

	// Security hears about abuse, leaked credentials and vulnerabilities.
	Security Contact `json:"security" jsonschema:"required"`
}

// Contact is a person or team that AWS turns to.
type Contact struct {
	// Name is the name of the person or team, at most 64 characters.
	Name string `json:"name" jsonschema:"required"`

	// Title is the position held, at most 50 characters.
	Title string `json:"title" jsonschema:"required"`

	// Email is the address that AWS writes to.
	Email string `json:"email" jsonschema:"required"`

	// Phone is a telephone number of digits, spaces, hyphens, parentheses and
	// plus signs, at most 25 characters.
	Phone string `json:"phone" jsonschema:"required"`
}

// Platform describes the team that runs the landing zone.
type Platform struct {
	// Owner is the team that answers for the core accounts.
	Owner string `json:"owner" jsonschema:"required"`

	// CostCentre is the cost centre that the core accounts are charged to.
	CostCentre string `json:"costCentre" jsonschema:"required"`
}

// Quotas are the limits that AWS has granted this organization.
type Quotas struct {
	// Accounts is the number of accounts the organization may have, management
	// included. AWS grants a new organization 10.
	Accounts int `json:"accounts"`

	// AccountCreations is how many accounts may be in creation at once. AWS
	// refuses more than 5; the default leaves one to people.
	AccountCreations int `json:"accountCreations"`

	// PoliciesPerTarget is how many service control policies may be attached to
	// one organizational unit, counting FullAWSAccess, which AWS attaches: 10
	// since May 2026, 5 before.
	PoliciesPerTarget int `json:"policiesPerTarget"`

	// PolicyCharacters is the size of a service control policy: 10240 since May
	// 2026, 5120 before.
	PolicyCharacters int `json:"policyCharacters"`

	// ResourcePoliciesPerTarget is how many resource control policies may be
	// attached to one organizational unit, counting RCPFullAWSAccess.
	ResourcePoliciesPerTarget int `json:"resourcePoliciesPerTarget"`

	// VPCs is how many VPCs the network account may have in a region: as many as
	// there are segments, and two. AWS grants 5, and as many internet gateways.
	VPCs int `json:"vpcs"`

	// ResourcePolicyCharacters is the size of a resource control policy.
	ResourcePolicyCharacters int `json:"resourcePolicyCharacters"`
}

// Logging describes the central audit records.
type Logging struct {
	// Sources lists what is collected beside the trail, Config and the network:
	// application-logs (CloudWatch Logs of every account), findings (Security
	// Hub), inventory (Systems Manager), load-balancers (their access logs),
	// sessions (Session Manager). A source that is left out is not archived.
	Sources []string `json:"sources"`

	// RecordClasses says how long each class of record is kept. The classes
	// that the program knows can be prolonged here, and a company's own added.
	// After loading it holds all of them.
	RecordClasses map[string]RecordClass `json:"recordClasses"`

	// Archive is the locked store of audit records.
	Archive Archive `json:"archive"`

	// Trail is the organization's audit trail.
	Trail Trail `json:"trail"`

	// Integrity is the regular proof that the archive is whole.
	Integrity Integrity `json:"integrity"`

	// Analytics is how the archive is questioned.
	Analytics Analytics `json:"analytics"`

	// Dashboards shows the tables of analytics in QuickSight. An option.
	Dashboards Dashboards `json:"dashboards"`

	// Search keeps recent log events in OpenSearch Serverless. An option.
	Search Search `json:"search"`
}

// RecordClass is a class of records with one retention.
type RecordClass struct {
	// MinimumYears is the shortest retention the class allows. It is fixed for
	// the classes that the program knows, and required for a company's own.
	MinimumYears int `json:"minimumYears"`

	// RetentionYears is how long records of the class are kept, at most 100
	// years. It can be prolonged, and once deployed never shortened. Default:
	// the minimum.
	RetentionYears int `json:"retentionYears"`

	// Source is the rule that the minimum comes from. It is fixed for the
	// classes that the program knows, and required for a company's own.
	Source string `json:"source"`
}

// Archive is the locked store of audit records.
type Archive struct {
	// Mode is the Object Lock mode: COMPLIANCE, which not even the root user
	// can lift, or GOVERNANCE for a stack that must be possible to remove. What
	// was deployed as COMPLIANCE stays so.
	Mode string `json:"mode"`

	// AcceptIrreversible must be true for COMPLIANCE: what is written then can
	// be deleted by nobody before its retention ends, and is paid for until
	// then.
	AcceptIrreversible bool `json:"acceptIrreversible"`

	// RetentionYears is how long audit records are locked, at most 100 years.
	// It can be prolonged, and once deployed never shortened. Default: the longest retention of the record classes in use, since an
	// audit trail is kept at least as long as the records it concerns
	// (21 CFR 11.10(e)).
	RetentionYears int `json:"retentionYears"`

	// ReplicaRegion holds the second copy: a governed region other than home.
	// Default: the first such region; with one governed region there is no
	// second copy.
	ReplicaRegion string `json:"replicaRegion"`

	// ReplicaAccount is the core account that holds the second copy: log-archive
	// or backup, with which no single account has both copies. It needs a
	// replica region. Default: log-archive.
	ReplicaAccount string `json:"replicaAccount"`

	// ColdAfterDays is after how many days records move to cheaper storage that
	// queries can still read: 30 to 36500, or 0 for never.
	ColdAfterDays int `json:"coldAfterDays"`
}

// Trail is the organization's audit trail.
type Trail struct {
	// DataEventBuckets lists prefixes of the names of buckets whose object
	// reads and writes are recorded. None may match the archive, whose own
	// deliveries would be recorded without end. The evidence bucket is always
	// recorded.
	DataEventBuckets []string `json:"dataEventBuckets"`

	// Insights lists the kinds of unusual activity that are recorded:
	// ApiCallRateInsight, ApiErrorRateInsight.
	Insights []string `json:"insights"`

	// NetworkEvents lists the services whose calls through VPC endpoints are
	// recorded, also those that an endpoint refuses, as event sources of CloudTrail
	// such as kms.amazonaws.com. They are charged by event, and a busy service such
	// as s3.amazonaws.com has many. Empty: none.
	NetworkEvents []string `json:"networkEvents"`

	// LogGroupRetentionDays is how long the searchable copy of the trail is
	// kept in the management account: a number of days that CloudWatch Logs
	// allows. The archive keeps the record itself.
	LogGroupRetentionDays int `json:"logGroupRetentionDays"`
}

// Monitoring describes the detective controls.
type Monitoring struct {
	// NotificationEmails are subscribed to security notifications. AWS sends
	// each a confirmation that somebody must accept.
	NotificationEmails []string `json:"notificationEmails"`

	// Aggregator gathers the Config data of every account in the audit account.
	Aggregator bool `json:"aggregator"`

	// ConformancePacks evaluates the regulatory Config rules in every account.
	ConformancePacks bool `json:"conformancePacks"`

	// TrailLogGroup is the log group, in the management account and the home
	// region, that Control Tower's trail writes to. Used with
	// organization.controlTower alone; otherwise the program makes its own.
	TrailLogGroup string `json:"trailLogGroup"`
}

// Catalog describes the Service Catalog.
type Catalog struct {
	// Enabled publishes portfolios and products.
	Enabled bool `json:"enabled"`

	// SupportEmail is printed on every product. It is required where the
	// catalog is enabled.
	SupportEmail string `json:"supportEmail"`
}
