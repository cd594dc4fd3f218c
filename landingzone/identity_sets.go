package landingzone

import (
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/duty"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
)

// permissionSet is a set of rights for one duty.
type permissionSet struct {
	// name is one of package duty, key its part of logical names. Neither ever
	// changes.
	name, key string

	// description is what people read who choose what to sign in as.
	description string

	// hours is how long a session lasts.
	hours int

	// bounded sets carry the permissions boundary: those that work where
	// workloads are.
	bounded bool

	// managed are AWS managed policies by name, with their path.
	managed []string

	// allows returns the statements beside the managed policies. Nil: none.
	allows func(scope) []policy.Statement
}

// scope is what statements depend on.
type scope struct {
	// prefix begins the names of the company's buckets.
	prefix string
}

const viewOnly = "job-function/ViewOnlyAccess"

// permissionSets are the duties of the landing zone. Who changes what is running
// does so through the pipeline and the catalog: no set creates resources by
// itself, and none but that for emergencies allows everything.
var permissionSets = []permissionSet{
	{
		name: duty.PlatformEngineer, key: "platform-engineer",
		description: "Watches and repairs the platform: pipelines, stacks, network paths and limits",
		hours:       4, bounded: true, managed: []string{viewOnly}, allows: platformStatements,
	},
	{
		name: duty.SecurityAdministrator, key: "security-administrator",
		description: "Reads all settings, handles findings and withdraws leaked credentials",
		hours:       4, managed: []string{"SecurityAudit"}, allows: securityStatements,
	},
	{
		name: duty.Auditor, key: "auditor",
		description: "Reads settings, compliance and the audit trail, and changes nothing",
		hours:       8, managed: []string{"SecurityAudit", viewOnly}, allows: auditorStatements,
	},
	{
		name: duty.QAApprover, key: "qa-approver",
		description: "Reviews changes and evidence, and approves or refuses releases",
		hours:       4, managed: []string{viewOnly}, allows: approverStatements,
	},
	{
		name: duty.Operator, key: "operator",
		description: "Runs GxP systems: approved runbooks, restarts, backups and restores",
		hours:       8, bounded: true, managed: []string{viewOnly}, allows: operatorStatements,
	},
	{
		name: duty.Developer, key: "developer",
		description: "Develops in the company's repositories and launches products of the catalog",
		hours:       8, bounded: true, managed: []string{viewOnly}, allows: developerStatements,
	},
	{
		name: duty.DataSteward, key: "data-steward",
		description: "Reads, describes and classifies data, and holds records that are in dispute",
		hours:       4, bounded: true, managed: []string{viewOnly}, allows: stewardStatements,
	},
	{
		name: duty.Billing, key: "billing",
		description: "Reads invoices and costs, and sets budgets",
		hours:       4, managed: []string{"AWSBillingReadOnlyAccess"}, allows: billingStatements,
	},
	{
		name: duty.BreakGlass, key: "break-glass",
		description: "Everything, in an emergency: each use raises an alarm and is reviewed",
		hours:       1, managed: []string{"AdministratorAccess"},
	},
}

// allSets returns the permission sets of the landing zone and those of the
// company.
func allSets(own []config.PermissionSet) []permissionSet {
	all := append([]permissionSet(nil), permissionSets...)
	for _, set := range own {
		all = append(all, permissionSet{
			name: set.Name, key: "own-" + set.Name, description: set.Description, hours: set.SessionHours, bounded: true,
			managed: set.ManagedPolicies,
			allows: func(scope) []policy.Statement {
				var statements []policy.Statement
				for _, s := range set.Statements {
					statements = append(statements, policy.Statement{
						Sid: s.Sid, Effect: policy.Allow, Action: s.Actions, Resource: s.Resources,
					})
				}
				return statements
			},
		})
	}
	return all
}

// mfaClaim is the session tag with which an external identity provider attests
// that a second factor was shown.
const mfaClaim = "GxpMfa"

// requireMFA denies everything to sessions without the claim: a tag that is not
// there is not equal either. The key aws:MultiFactorAuthPresent cannot serve,
// since no session of Identity Center has it.
func requireMFA() policy.Statement {
	return policy.Statement{
		Sid:       "RequireSecondFactor",
		Effect:    policy.Deny,
		Action:    policy.Strings{"*"},
		Resource:  policy.Strings{"*"},
		Condition: policy.Condition{"StringNotEquals": {"aws:PrincipalTag/" + mfaClaim: {"true"}}},
	}
}

// statements returns the inline statements of the set.
func (s permissionSet) statements(in scope, claim bool) []policy.Statement {
	var all []policy.Statement
	if s.allows != nil {
		all = s.allows(in)
	}
	if claim {
		all = append(all, requireMFA())
	}
	return all
}
