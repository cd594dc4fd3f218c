package landingzone

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/duty"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
)

// RootUnit stands for the root of the organization where a unit is meant by its
// path.
const RootUnit = "Root"

// Limits are the values that guardrails are rendered with.
type Limits struct {
	// OrganizationID and RootID are the ids of the organization, o-..., and of
	// its root, r-....
	OrganizationID, RootID string

	// NamePrefix begins the names of the landing zone's buckets.
	NamePrefix string

	// Home is the region of IAM Identity Center and of the archive, Regions are
	// all that accounts may use.
	Home    string
	Regions []string

	// AccessRole is the role that account creation makes in every account.
	AccessRole string

	// Core are the core accounts, with the role that the program assumes there.
	Core []CoreRole

	// ControlTower says that Control Tower works in the accounts too.
	ControlTower bool

	// QuarantineUnplaced and the values below are those of the configuration.
	QuarantineUnplaced          bool
	GxPServices, NonGxPServices []string
	RequiredTags                []string
	ResourceServices            []string
	TrustedAccounts             []string
}

// CoreRole is the role that the program assumes in a core account.
type CoreRole struct {
	// Key is the account's, such as log-archive; Unit is where it is.
	Key, Unit string

	// AccountID is the account's id, Role the name of the role in it.
	AccountID, Role string
}

// longest returns limits of the greatest length that ids can have. What is
// composed for them fits whatever AWS chooses.
func (l Limits) longest() Limits {
	l.OrganizationID = "o-" + strings.Repeat("0", 32)
	l.RootID = "r-" + strings.Repeat("0", 32)
	l.Core = slices.Clone(l.Core)
	for i := range l.Core {
		l.Core[i].AccountID = strings.Repeat("0", 12)
	}
	return l
}

// The roles that guardrails exempt. Where AWS appends a hash of its own, the
// name ends in a wildcard; who may create or change a role of such a name is in
// the guardrails on roles.
const (
	stackSetsRole    = "stacksets-exec-*"
	settingsRole     = "gxp-baseline-settings-*"
	recorderRole     = "gxp-config-*"
	forwardRole      = "gxp-event-forward-*"
	backupRole       = "gxp-backup"
	launchRoles      = "gxp-launch-*"
	controlTowerRole = "AWSControlTowerExecution"
)

// anyAccount is the ARN of a role of the name in whichever account the caller
// is in.
func anyAccount(role string) string { return "arn:aws:iam::*:role/" + role }

// permissionSetRole is the ARN of the role of a permission set of IAM Identity
// Center. In us-east-1 its path has no region.
func (l Limits) permissionSetRole(set string) string {
	path := "aws-reserved/sso.amazonaws.com/"
	if l.Home != "us-east-1" {
		path += l.Home + "/"
	}
	return anyAccount(path + "AWSReservedSSO_" + set + "_*")
}

// access is the role that the program assumes in one core account.
func (l Limits) access(key string) []string {
	for _, core := range l.Core {
		if core.Key == key {
			return []string{core.arn()}
		}
	}
	return nil
}

// role is a role of the landing zone in one core account.
func (l Limits) role(key, name string) []string {
	for _, core := range l.Core {
		if core.Key == key {
			return []string{policy.RoleARN(core.AccountID, name)}
		}
	}
	return nil
}

func (c CoreRole) arn() string { return policy.RoleARN(c.AccountID, c.Role) }

// builders are who builds the landing zone in the accounts of a unit: the
// program in the core accounts, by their exact ids, and StackSets elsewhere.
// The access role of a workload account is not among them.
func (l Limits) builders(unit string) []string {
	var arns []string
	for _, core := range l.Core {
		if core.Unit == unit {
			arns = append(arns, core.arn())
		}
	}
	if unit != config.UnitSecurity {
		arns = append(arns, anyAccount(stackSetsRole))
	}
	if l.ControlTower {
		arns = append(arns, anyAccount(controlTowerRole))
	}
	return arns
}

// setters are the builders and the baseline's function, which sets in each
// account what CloudFormation has no resource for.
func (l Limits) setters(unit string) []string {
	return append(l.builders(unit), anyAccount(settingsRole))
}

// baseline are the roles that the baseline makes or is made with, which record
// and report from the first minute.
func (l Limits) baseline(unit string) []string {
	return append(l.setters(unit), anyAccount(recorderRole), anyAccount(forwardRole), anyAccount(backupRole))
}

// except adds to a condition that the principal is none of the roles. Without
// roles the condition stays as it is.
func except(arns []string, conditions ...policy.Condition) policy.Condition {
	all := conditions
	if len(arns) > 0 {
		all = append([]policy.Condition{{"ArnNotLike": {principalARN: arns}}}, conditions...)
	}
	return merge(all...)
}

// principalARN holds the ARN of the role, whatever its session is called.
const principalARN = "aws:PrincipalArn"

// merge returns a condition that holds where all of the conditions hold.
func merge(conditions ...policy.Condition) policy.Condition {
	merged := policy.Condition{}
	for _, c := range conditions {
		for operator, keys := range c {
			if merged[operator] == nil {
				merged[operator] = map[string]policy.Strings{}
			}
			for key, values := range keys {
				merged[operator][key] = values
			}
		}
	}
	if len(merged) == 0 {
		return nil
	}
	return merged
}

// knownRoles are the patterns of the roles that something makes: AWS, account
// creation, the baseline, the catalog, the archive or Identity Center.
func (l Limits) knownRoles() []string {
	known := []string{
		anyAccount(stackSetsRole), anyAccount(settingsRole), anyAccount(recorderRole), anyAccount(forwardRole),
		anyAccount(backupRole), anyAccount(launchRoles),
		anyAccount(l.AccessRole),
	}
	if l.ControlTower {
		known = append(known, anyAccount(controlTowerRole))
	}
	for _, core := range l.Core {
		known = append(known, core.arn())
	}
	known = append(known, l.role(config.KeyLogArchive, duty.RecordsManagerRole)...)
	for _, set := range duty.All() {
		known = append(known, l.permissionSetRole(set))
	}
	return known
}

// checkExemptions returns an error for a statement that exempts a role which
// nothing makes: whoever could create it would be above the guardrail.
func (l Limits) checkExemptions(s policy.Statement, unit string) error {
	for operator, keys := range s.Condition {
		if !strings.HasPrefix(operator, "ArnNot") && !strings.HasPrefix(operator, "StringNot") {
			continue
		}
		for key, arns := range keys {
			if !strings.EqualFold(key, principalARN) {
				continue
			}
			for _, arn := range arns {
				if !slices.Contains(l.knownRoles(), arn) {
					return fmt.Errorf("statement %s for %s exempts %s, a role that nothing in the landing zone makes", s.Sid, unit, arn)
				}
			}
		}
	}
	return nil
}
