package evaluation

import "slices"

// securityRows are about the services that watch every account.
func securityRows() []row {
	const detector = "arn:aws:guardduty:{region}:{account}:detector/0123456789abcdef"
	const hub = "arn:aws:securityhub:{region}:{account}:hub/default"
	return deniedToPeople([]attack{
		{id: "guardduty-delete", proves: "GXP-SCP-030", action: "guardduty:DeleteDetector", on: detector},
		{id: "guardduty-suspend", proves: "GXP-SCP-030", action: "guardduty:UpdateDetector", on: detector},
		{id: "guardduty-leave", proves: "GXP-SCP-030", action: "guardduty:DisassociateFromAdministratorAccount"},
		{id: "guardduty-leave-formerly", proves: "GXP-SCP-030", action: "guardduty:DisassociateFromMasterAccount"},
		{id: "guardduty-trust-address", proves: "GXP-SCP-030", action: "guardduty:CreateIPSet"},
		{id: "securityhub-disable", proves: "GXP-SCP-031", action: "securityhub:DisableSecurityHub", on: hub},
		{id: "securityhub-disable-standard", proves: "GXP-SCP-031", action: "securityhub:BatchDisableStandards", on: hub},
		{id: "securityhub-suppress", proves: "GXP-SCP-031", action: "securityhub:CreateAutomationRule"},
		{id: "securityhub-weaken", proves: "GXP-SCP-031", action: "securityhub:UpdateSecurityControl"},
		{id: "securityhub-leave", proves: "GXP-SCP-031", action: "securityhub:DisassociateFromAdministratorAccount", on: hub},
		{id: "macie-disable", proves: "GXP-SCP-032", action: "macie2:DisableMacie"},
		{id: "macie-pause", proves: "GXP-SCP-032", action: "macie2:UpdateMacieSession"},
		{id: "macie-leave", proves: "GXP-SCP-032", action: "macie2:DisassociateFromAdministratorAccount"},
		{id: "inspector-disable", proves: "GXP-SCP-033", action: "inspector2:Disable"},
		{id: "analyzer-delete", proves: "GXP-SCP-033", action: "access-analyzer:DeleteAnalyzer", on: "arn:aws:access-analyzer:{region}:{account}:analyzer/gxp"},
		{id: "analyzer-silence", proves: "GXP-SCP-033", action: "access-analyzer:CreateArchiveRule", on: "arn:aws:access-analyzer:{region}:{account}:analyzer/gxp/archive-rule/all"},
		{id: "detective-leave", proves: "GXP-SCP-033", action: "detective:DisassociateMembership", on: "arn:aws:detective:{region}:{account}:graph:0123456789abcdef"},
	}, everyPlace...)
}

// ourKey is what AWS sends with a request on a key that has an alias of the
// landing zone. An alias is one of several.
func ourKey(more map[string]string) map[string]string {
	with := map[string]string{"kms:ResourceAliases": "alias/gxp-data|alias/other"}
	for key, value := range more {
		with[key] = value
	}
	return with
}

// protectionRows are about keys, log groups, alarms, functions, the baseline
// and backups.
func protectionRows() []row {
	const key = "arn:aws:kms:{region}:{account}:key/01234567-89ab-cdef-0123-456789abcdef"
	const group = "arn:aws:logs:{region}:{account}:log-group:/gxp/audit"
	const rule = "arn:aws:events:{region}:{account}:rule/gxp-forward"
	const alarm = "arn:aws:cloudwatch:{region}:{account}:alarm:gxp-root-use"
	const topic = "arn:aws:sns:{region}:{account}:gxp-alarms"
	const function = "arn:aws:lambda:{region}:{account}:function:gxp-baseline-settings"
	const stack = "arn:aws:cloudformation:{region}:{account}:stack/StackSet-gxp-baseline-0123/0123"
	const vault = "arn:aws:backup:{region}:{account}:backup-vault:gxp-vault"
	const plan = "arn:aws:backup:{region}:{account}:backup-plan:0123"
	const point = "arn:aws:backup:{region}:{account}:recovery-point:01234567-89ab-cdef-0123-456789abcdef"
	never := []attack{
		{id: "key-delete", proves: "GXP-SCP-040", action: "kms:ScheduleKeyDeletion", on: key, with: ourKey(nil)},
		{id: "key-disable", proves: "GXP-SCP-040", action: "kms:DisableKey", on: key, with: ourKey(nil)},
		{id: "key-unrotate", proves: "GXP-SCP-040", action: "kms:DisableKeyRotation", on: key, with: ourKey(nil)},
		{id: "key-grant", proves: "GXP-SCP-043", action: "kms:CreateGrant", on: key, with: ourKey(map[string]string{"kms:GrantIsForAWSResource": "false"})},
		{id: "key-grant-unsaid", proves: "GXP-SCP-043", action: "kms:CreateGrant", on: key, with: ourKey(nil)},
		{id: "vault-delete", proves: "GXP-SCP-071", action: "backup:DeleteBackupVault", on: vault},
		{id: "vault-unlock", proves: "GXP-SCP-071", action: "backup:DeleteBackupVaultLockConfiguration", on: vault},
	}
	built := []attack{
		{id: "key-policy", proves: "GXP-SCP-041", action: "kms:PutKeyPolicy", on: key, with: ourKey(nil)},
		{id: "key-alias-delete", proves: "GXP-SCP-042", action: "kms:DeleteAlias", on: "arn:aws:kms:{region}:{account}:alias/gxp-data"},
		{id: "key-alias-move", proves: "GXP-SCP-042", action: "kms:UpdateAlias", on: "arn:aws:kms:{region}:{account}:alias/gxp-data"},
		{id: "log-group-delete", proves: "GXP-SCP-050", action: "logs:DeleteLogGroup", on: group},
		{id: "log-group-shorten", proves: "GXP-SCP-050", action: "logs:PutRetentionPolicy", on: group},
		{id: "log-stream-delete", proves: "GXP-SCP-050", action: "logs:DeleteLogStream", on: group + ":log-stream:one"},
		{id: "subscription-delete", proves: "GXP-SCP-050", action: "logs:DeleteSubscriptionFilter", on: group},
		{id: "event-rule-disable", proves: "GXP-SCP-051", action: "events:DisableRule", on: rule},
		{id: "event-rule-delete", proves: "GXP-SCP-051", action: "events:DeleteRule", on: rule},
		{id: "event-targets-remove", proves: "GXP-SCP-051", action: "events:RemoveTargets", on: rule},
		{id: "alarm-delete", proves: "GXP-SCP-051", action: "cloudwatch:DeleteAlarms", on: alarm},
		{id: "alarm-silence", proves: "GXP-SCP-051", action: "cloudwatch:DisableAlarmActions", on: alarm},
		{id: "topic-delete", proves: "GXP-SCP-051", action: "sns:DeleteTopic", on: topic},
		{id: "topic-open", proves: "GXP-SCP-051", action: "sns:AddPermission", on: topic},
		{id: "function-replace", proves: "GXP-SCP-052", action: "lambda:UpdateFunctionCode", on: function},
		{id: "function-run", proves: "GXP-SCP-052", action: "lambda:InvokeFunction", on: function},
		{id: "settings-role-lend", proves: "GXP-SCP-063", action: "iam:PassRole", on: "arn:aws:iam::{account}:role/gxp-baseline-settings-{region}"},
		{id: "topic-filter", proves: "GXP-SCP-051", action: "sns:SetSubscriptionAttributes", on: topic},
		{id: "topic-leave", proves: "GXP-SCP-051", action: "sns:Unsubscribe", on: topic},
		{id: "function-delete", proves: "GXP-SCP-052", action: "lambda:DeleteFunction", on: function},
		{id: "baseline-stack-delete", proves: "GXP-SCP-062", action: "cloudformation:DeleteStack", on: stack},
		{id: "baseline-stack-update", proves: "GXP-SCP-062", action: "cloudformation:UpdateStack", on: stack},
	}
	built = append(built, attack{id: "baseline-stack-policy", proves: "GXP-SCP-062", action: "cloudformation:SetStackPolicy", on: stack})
	backups := []attack{
		{id: "recovery-point-delete", proves: "GXP-SCP-070", action: "backup:DeleteRecoveryPoint", on: point},
		{id: "recovery-point-shorten", proves: "GXP-SCP-070", action: "backup:UpdateRecoveryPointLifecycle", on: point},
	}
	plans := []attack{
		{id: "backup-plan-delete", proves: "GXP-SCP-072", action: "backup:DeleteBackupPlan", on: plan},
		{id: "vault-open", proves: "GXP-SCP-072", action: "backup:PutBackupVaultAccessPolicy", on: vault},
		{id: "backup-services", proves: "GXP-SCP-072", action: "backup:UpdateRegionSettings"},
	}
	return slices.Concat(denied(never, everyPlace...), deniedToPeople(built, everyPlace...),
		denied(backups, outsideSandbox...), deniedToPeople(plans, outsideSandbox...), roleRows())
}

// roleRows are about making or taking over a role that guardrails exempt.
func roleRows() []row {
	ours, exempt := []attack{}, []attack{}
	for _, r := range []struct{ id, role string }{
		{"settings-role", "gxp-baseline-settings-{region}"}, {"backup-role", "gxp-backup"},
		{"recorder-role", "gxp-config-{region}"}, {"launch-role", "gxp-launch-anything"},
	} {
		arn := "arn:aws:iam::{account}:role/" + r.role
		ours = append(ours,
			attack{id: r.id + "-create", proves: "GXP-SCP-060", action: "iam:CreateRole", on: arn},
			attack{id: r.id + "-trust", proves: "GXP-SCP-060", action: "iam:UpdateAssumeRolePolicy", on: arn},
		)
	}
	ours = append(ours,
		attack{id: "recorder-role-delete", proves: "GXP-SCP-060", action: "iam:DeleteRole", on: "arn:aws:iam::{account}:role/gxp-config-{region}"},
		attack{id: "settings-role-extend", proves: "GXP-SCP-060", action: "iam:PutRolePolicy", on: "arn:aws:iam::{account}:role/gxp-baseline-settings-{region}"},
		attack{id: "boundary-replace", proves: "GXP-SCP-060", action: "iam:CreatePolicyVersion", on: "arn:aws:iam::{account}:policy/gxp-boundary"},
	)
	for _, r := range []struct{ id, role string }{
		{"stack-sets-role", "stacksets-exec-ffffffffffffffffffffffffffffffff"}, {"access-role", "{access}"},
		{"set-role", "aws-reserved/sso.amazonaws.com/{region}/AWSReservedSSO_GxpBreakGlass_ffffffffffffffff"},
		{"set-role-elsewhere", "AWSReservedSSO_GxpBreakGlass_ffffffffffffffff"},
	} {
		arn := "arn:aws:iam::{account}:role/" + r.role
		exempt = append(exempt,
			attack{id: r.id + "-create", proves: "GXP-SCP-061", action: "iam:CreateRole", on: arn},
			attack{id: r.id + "-trust", proves: "GXP-SCP-061", action: "iam:UpdateAssumeRolePolicy", on: arn},
			attack{id: r.id + "-extend", proves: "GXP-SCP-061", action: "iam:AttachRolePolicy", on: arn},
		)
	}
	return slices.Concat(deniedToPeople(ours, everyPlace...), denied(exempt, everyPlace...))
}
