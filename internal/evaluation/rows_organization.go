package evaluation

import "slices"

// quarantine is the unit of new accounts.
const quarantine = "Workloads/Quarantine"

// organizationRows are about leaving, root users, and units where little or
// nothing is allowed.
func organizationRows() []row {
	all := append(slices.Clone(everyPlace), quarantine)
	stays := []attack{
		{id: "leave-organization", proves: "GXP-SCP-001", action: "organizations:LeaveOrganization"},
		{id: "close-account", proves: "GXP-SCP-001", action: "account:CloseAccount", on: "arn:aws:account::{account}:account"},
	}
	anything := []attack{
		{id: "anything-read", action: "s3:ListAllMyBuckets"},
		{id: "anything-run", action: "lambda:InvokeFunction", on: "arn:aws:lambda:{region}:{account}:function:any"},
		{id: "anything-identity", action: "iam:GetRole", on: "arn:aws:iam::{account}:role/any"},
	}
	proving := func(id string) []attack {
		proven := slices.Clone(anything)
		for i := range proven {
			proven[i].id, proven[i].proves = id+"-"+proven[i].id, id
		}
		return proven
	}
	return slices.Concat(
		denied(stays, all...),
		// A published landing zone compares with a root ARN that never matches.
		rowsOf(proving("GXP-SCP-002"), []string{root}, all),
		rowsOf(proving("GXP-SCP-003"), append(slices.Clone(administrators), root, stackSets, breakGlass), []string{"Suspended"}),
		// Published landing zones exempt role/aws*, and with it every person.
		rowsOf(proving("GXP-SCP-004"), []string{administrator, identityCenter, breakGlass}, []string{quarantine}),
		rowsOf(proving("GXP-SCP-005"), []string{administrator, identityCenter, breakGlass}, []string{rootPlace}),
	)
}
