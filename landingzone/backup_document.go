package landingzone

import (
	"encoding/json"
	"slices"
	"strconv"
)

// element is a JSON object of a backup policy. Its keys are sorted when it is
// rendered.
type element = map[string]any

// ownAccount stands, in a backup policy, for the account it applies to.
const ownAccount = "$account"

// setNumber sets a number, which AWS takes as text.
func setNumber(n int) element { return assign(strconv.Itoa(n)) }

// planDocument renders the backup policy of a plan. There is one AWS plan for
// each region, because what is a copy in another region depends on the first.
func (a *BackupArgs) planDocument(plan BackupPlan, backupAccountID string) (string, error) {
	plans := element{}
	for _, region := range a.Regions {
		rules := element{}
		for _, r := range plan.Rules {
			rules[r.Key] = a.rule(plan, r, region, backupAccountID)
		}
		plans["gxp-"+plan.Key+"-"+region] = element{
			"regions":    assign([]string{region}),
			"rules":      rules,
			"selections": plan.selections(),
		}
	}
	out, err := json.Marshal(element{"plans": plans})
	return string(out), err
}

func (a *BackupArgs) rule(plan BackupPlan, r BackupRule, region, backupAccountID string) element {
	rule := element{
		"schedule_expression":            assign(r.Schedule),
		"start_backup_window_minutes":    setNumber(r.StartMinutes),
		"complete_backup_window_minutes": setNumber(r.CompleteMinutes),
		"target_backup_vault_name":       assign(AccountVault),
		"lifecycle":                      r.lifecycle(),
		"recovery_point_tags": element{"record-class": element{
			"tag_key":   assign("gxp:record-class"),
			"tag_value": assign(plan.RecordClass),
		}},
	}
	if r.LocalOnly {
		return rule
	}
	copies := element{}
	for _, vault := range a.copyVaults(region, backupAccountID) {
		copies[vault] = element{"target_backup_vault_arn": assign(vault), "lifecycle": r.lifecycle()}
	}
	if len(copies) > 0 {
		rule["copy_actions"] = copies
	}
	return rule
}

func (r BackupRule) lifecycle() element {
	lifecycle := element{"delete_after_days": setNumber(r.RetentionDays)}
	if r.ColdDays > 0 {
		lifecycle["move_to_cold_storage_after_days"] = setNumber(r.ColdDays)
	}
	return lifecycle
}

// copyVaults are the vaults that backups made in a region are copied to: one in
// another account and one in another region. Each copy crosses one border only:
// AWS Backup copies no snapshot of a database across both at once.
func (a *BackupArgs) copyVaults(region, backupAccountID string) []string {
	home := a.Regions[0]
	var vaults []string
	if a.CrossAccount {
		central := home
		if region == a.ReplicaRegion {
			central = region
		}
		vaults = append(vaults, vaultARN(central, backupAccountID, CentralVaultName))
	}
	switch {
	case a.ReplicaRegion == "" && region == home:
	case region == a.ReplicaRegion, a.ReplicaRegion == "":
		vaults = append(vaults, vaultARN(home, ownAccount, AccountVault))
	default:
		vaults = append(vaults, vaultARN(a.ReplicaRegion, ownAccount, AccountVault))
	}
	return vaults
}

// selections find the resources of a plan, by their tag or by their type.
func (p BackupPlan) selections() element {
	role := assign("arn:aws:iam::" + ownAccount + ":role/" + BackupRole)
	if len(p.ResourceTypes) == 0 {
		return element{"tags": element{"by-tag": element{
			"iam_role_arn": role,
			"tag_key":      assign(BackupTag),
			"tag_value":    assign([]string{p.Key}),
		}}}
	}
	return element{"resources": element{"by-type": element{
		"iam_role_arn":   role,
		"resource_types": assign(slices.Clone(p.ResourceTypes)),
		"conditions": element{"string_equals": element{"record-class": element{
			"condition_key":   assign("aws:ResourceTag/gxp:record-class"),
			"condition_value": assign(p.RecordClass),
		}}},
	}}}
}
