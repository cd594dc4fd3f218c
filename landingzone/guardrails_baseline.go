package landingzone

import (
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
)

// changesRoles is everything that makes, changes or removes a role or policy.
var changesRoles = policy.Strings{
	"iam:Attach*", "iam:Create*", "iam:Delete*", "iam:Detach*", "iam:Put*", "iam:Set*", "iam:Tag*", "iam:Untag*", "iam:Update*",
}

// baselineGuardrails keep the roles that other guardrails exempt, and what
// makes them.
var baselineGuardrails = []guardrail{
	{
		Control: prevents("GXP-SCP-060", "Roles and policies of the landing zone are made by the landing zone alone",
			"Guardrails trust these roles by name, so whoever could make one of the name would be above them.",
			"ARCH-P1", "ARCH-P10", "CFR-11.10(d)", "CFR-11.10(g)", "A11-12"),
		sid: "BaselineRolesStay", units: everywhere,
		deny: func(l Limits, unit string) policy.Statement {
			return policy.Statement{
				Action: changesRoles,
				Resource: policy.Strings{
					"arn:aws:iam::*:instance-profile/gxp-*", "arn:aws:iam::*:policy/gxp-*", "arn:aws:iam::*:role/gxp-*",
				},
				Condition: except(l.builders(unit)),
			}
		},
	},
	{
		Control: prevents("GXP-SCP-061", "The roles that AWS and account creation make cannot be made or changed by anyone else",
			"AWS adds a hash to some of their names, so guardrails know them by a pattern that anybody could match.",
			"ARCH-P1", "ARCH-P10", "CFR-11.10(d)", "CFR-11.10(g)", "A11-12"),
		sid: "ExemptRolesStay", units: everywhere,
		deny: func(l Limits, _ string) policy.Statement {
			roles := policy.Strings{
				anyAccount("aws-reserved/*"), anyAccount("AWSReservedSSO_*"), anyAccount(stackSetsRole), anyAccount(l.AccessRole),
			}
			for _, core := range l.Core {
				if core.Role != l.AccessRole {
					roles = append(roles, core.arn())
				}
			}
			if l.ControlTower {
				roles = append(roles, anyAccount(controlTowerRole))
			}
			return policy.Statement{Action: changesRoles, Resource: roles}
		},
	},
	{
		Control: prevents("GXP-SCP-062", "The stacks of the baseline stay as StackSets made them",
			"Deleting the stack removes recorder, roles and vault at one stroke.",
			"ARCH-P5", "ARCH-S1", "CFR-11.10(a)", "A11-10"),
		sid: "BaselineStacksStay", units: everywhere,
		deny: func(l Limits, unit string) policy.Statement {
			return policy.Statement{
				Action: policy.Strings{
					"cloudformation:Cancel*", "cloudformation:Continue*", "cloudformation:CreateChangeSet",
					"cloudformation:Delete*", "cloudformation:Execute*", "cloudformation:Rollback*", "cloudformation:SetStackPolicy",
					"cloudformation:Update*",
				},
				Resource: policy.Strings{
					"arn:aws:cloudformation:*:*:stack/gxp-*", "arn:aws:cloudformation:*:*:stack/StackSet-gxp-*",
				},
				Condition: except(l.builders(unit)),
			}
		},
	},
	{
		Control: prevents("GXP-SCP-063", "Nobody lends a role of the baseline to a service of his own",
			"A function under the role of the settings could undo every setting that the role makes.",
			"ARCH-P1", "ARCH-P10", "CFR-11.10(d)", "CFR-11.10(g)", "A11-12"),
		sid: "BaselineRolesAreNotLent", units: everywhere,
		deny: func(l Limits, unit string) policy.Statement {
			return policy.Statement{
				Action:    policy.Strings{"iam:PassRole"},
				Resource:  policy.Strings{anyAccount(settingsRole), anyAccount(recorderRole), anyAccount(forwardRole)},
				Condition: except(l.builders(unit)),
			}
		},
	},
}

// backupGuardrails keep the backups.
var backupGuardrails = []guardrail{
	{
		Control: prevents("GXP-SCP-070", "Recovery points cannot be deleted or shortened by anyone",
			"Ransomware looks for backups first.",
			"ARCH-P9", "CFR-11.10(c)", "A11-7.2", "A11-16"),
		sid: "RecoveryPointsStay", units: outsideSandbox,
		deny: func(Limits, string) policy.Statement {
			return policy.Statement{
				Action: policy.Strings{
					"backup:DeleteRecoveryPoint", "backup:DisassociateRecoveryPoint", "backup:DisassociateRecoveryPointFromParent",
					"backup:UpdateRecoveryPointLifecycle",
				},
				Resource: anything,
			}
		},
	},
	{
		Control: prevents("GXP-SCP-071", "The landing zone's backup vaults cannot be deleted nor unlocked by anyone",
			"A vault without its lock protects against accidents only.",
			"ARCH-P9", "CFR-11.10(c)", "A11-7.2", "A11-17"),
		sid: "VaultsStayLocked", units: everywhere,
		deny: func(Limits, string) policy.Statement {
			return policy.Statement{
				Action:   policy.Strings{"backup:DeleteBackupVault", "backup:DeleteBackupVaultLockConfiguration"},
				Resource: policy.Strings{"arn:aws:backup:*:*:backup-vault:gxp-*"},
			}
		},
	},
	{
		Control: prevents("GXP-SCP-072", "Backup plans, vault access and the services that are backed up stay as designed",
			"A plan that selects nothing reports no failure.",
			"ARCH-P9", "CFR-11.10(c)", "A11-7.2", "A11-10"),
		sid: "BackupsGoOn", units: outsideSandbox,
		deny: func(l Limits, unit string) policy.Statement {
			return policy.Statement{
				Action: policy.Strings{
					"backup:DeleteBackupPlan", "backup:DeleteBackupSelection", "backup:DeleteBackupVaultAccessPolicy",
					"backup:DeleteRestoreTesting*", "backup:PutBackupVault*", "backup:StopBackupJob", "backup:UpdateBackupPlan",
					"backup:UpdateRegionSettings", "backup:UpdateRestoreTesting*",
				},
				Resource: anything, Condition: except(l.setters(unit)),
			}
		},
	},
}
