package config

// Guardrails says which organization policies bind the accounts, and with what
// values.
type Guardrails struct {
	// ServiceControlPolicies attaches the policies that bind the principals of
	// the member accounts.
	ServiceControlPolicies bool `json:"serviceControlPolicies"`

	// ResourceControlPolicies attaches the policies that bind access to the
	// resources of the member accounts, whoever asks.
	ResourceControlPolicies bool `json:"resourceControlPolicies"`

	// DeclarativePolicies attaches the EC2 settings that no account can change:
	// instance metadata, public images and snapshots, serial console, VPC block
	// public access.
	DeclarativePolicies bool `json:"declarativePolicies"`

	// TagPolicies attaches the policy on the spelling and the values of the
	// landing zone's tags.
	TagPolicies bool `json:"tagPolicies"`

	// AIOptOut attaches the policy by which AWS's artificial-intelligence
	// services may not learn from the organization's content.
	AIOptOut bool `json:"aiOptOut"`

	// Staged attaches every guardrail to the PolicyStaging unit alone, for the
	// first roll-out. Where guardrails are in force already it takes them off
	// the other units, and the controls report that until it is false again.
	Staged bool `json:"staged"`

	// QuarantineUnplaced denies everything, except to the access role, in an
	// account that is in no organizational unit: one that was just created or
	// invited. Default: true, and false in an adopted organization, whose
	// accounts in the root would be shut at once.
	QuarantineUnplaced bool `json:"quarantineUnplaced"`

	// GxPServices lists the prefixes of the AWS services that accounts with GxP
	// systems may use, such as s3. Empty: all of them.
	GxPServices []string `json:"gxpServices"`

	// NonGxPServices is the same for the NonGxP unit. Empty: all of them.
	NonGxPServices []string `json:"nonGxpServices"`

	// RequiredTags lists the tags without which nothing that holds data can be
	// created in an account with GxP systems.
	RequiredTags []string `json:"requiredTags"`

	// ResourceServices lists the prefixes of the services whose resources only
	// the organization may reach, over TLS alone. AWS decides which services a
	// resource control policy may name.
	ResourceServices []string `json:"resourceServices"`

	// TrustedAccounts lists the ids of accounts outside the organization that
	// may reach its resources where a resource's own policy lets them: partners
	// with a contract, or AWS's own accounts that deliver load balancer logs.
	TrustedAccounts []string `json:"trustedAccounts"`
}
