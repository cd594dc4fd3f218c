package config

import "slices"

// principal is a service that can work across an organization.
type principal struct {
	name string

	// used is true where this design uses the service, and the default of
	// trustedAccess therefore holds it.
	used bool
}

// principals are the services that can be given trusted access.
var principals = []principal{
	{"access-analyzer.amazonaws.com", true},
	// Sets the alternate contacts of member accounts.
	{"account.amazonaws.com", true},
	{"agentless.inspector2.amazonaws.com", false},
	{"auditmanager.amazonaws.com", false},
	{"backup.amazonaws.com", true},
	{"cloudtrail.amazonaws.com", true},
	{"compute-optimizer.amazonaws.com", false},
	{"config-multiaccountsetup.amazonaws.com", true},
	{"config.amazonaws.com", true},
	{"controltower.amazonaws.com", false},
	{"detective.amazonaws.com", true},
	{"ec2.amazonaws.com", false},
	{"fms.amazonaws.com", false},
	{"guardduty.amazonaws.com", true},
	{"health.amazonaws.com", false},
	// Central management of the root users of member accounts.
	{"iam.amazonaws.com", true},
	{"inspector2.amazonaws.com", true},
	{"ipam.amazonaws.com", true},
	{"license-manager.amazonaws.com", false},
	{"macie.amazonaws.com", true},
	{"malware-protection.guardduty.amazonaws.com", true},
	// The one name that Organizations accepts for StackSets.
	{"member.org.stacksets.cloudformation.amazonaws.com", true},
	{"ram.amazonaws.com", true},
	{"reporting.trustedadvisor.amazonaws.com", false},
	{"securityhub.amazonaws.com", true},
	{"servicecatalog.amazonaws.com", true},
	{"servicequotas.amazonaws.com", false},
	{"ssm.amazonaws.com", false},
	{"sso.amazonaws.com", true},
	{"tagpolicies.tag.amazonaws.com", true},
}

const (
	principalAccount      = "account.amazonaws.com"
	principalAddresses    = "ipam.amazonaws.com"
	principalBackup       = "backup.amazonaws.com"
	principalCloudTrail   = "cloudtrail.amazonaws.com"
	principalConfig       = "config.amazonaws.com"
	principalConfigSetup  = "config-multiaccountsetup.amazonaws.com"
	principalControlTower = "controltower.amazonaws.com"
	principalSharing      = "ram.amazonaws.com"
	principalStackSets    = "member.org.stacksets.cloudformation.amazonaws.com"
	principalCatalog      = "servicecatalog.amazonaws.com"
)

func principalNames(want func(principal) bool) []string {
	var names []string
	for _, p := range principals {
		if want(p) {
			names = append(names, p.name)
		}
	}
	return names
}

// Delegation says which core account administers a service for the
// organization.
type Delegation struct {
	// Principal is the service, such as config.amazonaws.com.
	Principal string

	// Account is the key of the core account, such as audit.
	Account string
}

var delegations = []Delegation{
	{"access-analyzer.amazonaws.com", KeyAudit},
	{principalBackup, KeyBackup},
	{principalConfig, KeyAudit},
	{principalConfigSetup, KeyAudit},
	{principalCatalog, KeySharedServices},
}

// Delegations returns the delegations of administration that configuration asks
// for, in a fixed order.
func (o Organization) Delegations() []Delegation {
	var asked []Delegation
	for _, d := range delegations {
		if slices.Contains(o.DelegatedAdministrators, d.Principal) {
			asked = append(asked, d)
		}
	}
	return asked
}

func delegable() []string {
	var names []string
	for _, d := range delegations {
		names = append(names, d.Principal)
	}
	return names
}

// policyTypes are the kinds of organization policy that the AWS provider can
// enable.
var policyTypes = []string{
	"SERVICE_CONTROL_POLICY",
	"RESOURCE_CONTROL_POLICY",
	"TAG_POLICY",
	"BACKUP_POLICY",
	"AISERVICES_OPT_OUT_POLICY",
	"DECLARATIVE_POLICY_EC2",
	"CHATBOT_POLICY",
	"SECURITYHUB_POLICY",
}

// regions are the regions of the commercial partition. GovCloud and China are
// partitions of their own, which an organization cannot span.
var regions = []string{
	"af-south-1",
	"ap-east-1", "ap-east-2",
	"ap-northeast-1", "ap-northeast-2", "ap-northeast-3",
	"ap-south-1", "ap-south-2",
	"ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4",
	"ap-southeast-5", "ap-southeast-6", "ap-southeast-7",
	"ca-central-1", "ca-west-1",
	"eu-central-1", "eu-central-2",
	"eu-north-1",
	"eu-south-1", "eu-south-2",
	"eu-west-1", "eu-west-2", "eu-west-3",
	"il-central-1",
	"me-central-1", "me-south-1", "me-west-1",
	"mx-central-1",
	"sa-east-1", "sa-west-1",
	"us-east-1", "us-east-2", "us-west-1", "us-west-2",
}
