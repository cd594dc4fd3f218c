package rules

import (
	"reflect"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal/offline/rules/policydoc"
)

// Quotas are the limits that AWS grants, some of them raised on request or over
// time. A field that is zero takes the default, which is what AWS grants
// everybody.
type Quotas struct {
	// Accounts is how many accounts the organization may have, management
	// included. AWS sets it per organization, so zero leaves it unbounded.
	Accounts int

	// AccountCreations is how many accounts may be in creation at once.
	AccountCreations int

	// OUDepth is how many levels of organizational units may lie under the root.
	OUDepth int

	// OUs is how many organizational units an organization may have.
	OUs int

	// SCPSize and RCPSize are in characters, white space included. AWS grants
	// 5120, and to some organizations 10240.
	SCPSize, RCPSize int

	// ManagementPolicySize is the size in characters of every other kind of
	// organization policy.
	ManagementPolicySize int

	// SCPsPerTarget and RCPsPerTarget count the policy that AWS attaches by
	// itself, FullAWSAccess. AWS grants 5, and to some organizations 10.
	SCPsPerTarget, RCPsPerTarget int

	// ManagementPoliciesPerTarget is the same for each other kind of policy.
	ManagementPoliciesPerTarget int

	// TrustPolicySize, IdentityPolicySize and InlinePolicySize are in
	// characters without white space; the last is for all inline policies of a
	// role together.
	TrustPolicySize, IdentityPolicySize, InlinePolicySize int

	// ManagedPoliciesPerRole is how many managed policies a role may have.
	ManagedPoliciesPerRole int

	// BucketPolicySize, KeyPolicySize and TopicPolicySize are in bytes.
	BucketPolicySize, KeyPolicySize, TopicPolicySize int

	// MetricFiltersPerLogGroup is how many metric filters a log group may have.
	MetricFiltersPerLogGroup int

	// RulesPerPack is how many Config rules a conformance pack may have.
	RulesPerPack int

	// PackTemplateSize is the size in bytes of a conformance pack's template.
	PackTemplateSize int

	// OrganizationPacks is how many organization conformance packs may exist.
	OrganizationPacks int
}

// DefaultQuotas returns what AWS grants everybody.
func DefaultQuotas() Quotas {
	return Quotas{
		AccountCreations:            5,
		OUDepth:                     5,
		OUs:                         2000,
		SCPSize:                     policydoc.SCP.Limit(),
		RCPSize:                     policydoc.RCP.Limit(),
		ManagementPolicySize:        10000,
		SCPsPerTarget:               5,
		RCPsPerTarget:               5,
		ManagementPoliciesPerTarget: 10,
		TrustPolicySize:             policydoc.Trust.Limit(),
		IdentityPolicySize:          policydoc.Identity.Limit(),
		InlinePolicySize:            10240,
		ManagedPoliciesPerRole:      10,
		BucketPolicySize:            policydoc.Bucket.Limit(),
		KeyPolicySize:               policydoc.Key.Limit(),
		TopicPolicySize:             policydoc.Topic.Limit(),
		MetricFiltersPerLogGroup:    100,
		RulesPerPack:                130,
		PackTemplateSize:            51200,
		OrganizationPacks:           50,
	}
}

func (q Quotas) orDefault() Quotas {
	out := DefaultQuotas()
	given, result := reflect.ValueOf(q), reflect.ValueOf(&out).Elem()
	for i := range given.NumField() {
		if !given.Field(i).IsZero() {
			result.Field(i).Set(given.Field(i))
		}
	}
	return out
}
