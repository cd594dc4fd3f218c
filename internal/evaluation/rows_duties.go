package evaluation

import (
	"maps"
	"slices"
)

// merged are the conditions of both.
func merged(a, b map[string]string) map[string]string {
	both := maps.Clone(b)
	for key, value := range a {
		both[key] = value
	}
	return both
}

// dutyRows are what permission sets allow and, more, what they do not.
func dutyRows() []row {
	const role, stack = "arn:aws:iam::{account}:role/any", "arn:aws:cloudformation:{region}:{account}:stack/one/0123"
	const repository, pipeline = "arn:aws:codecommit:{region}:{account}:gxp-one", "arn:aws:codepipeline:{region}:{account}:gxp-one/release/approve"
	const object, record = "arn:aws:s3:::gxp-data-one/file", "arn:aws:s3:::{prefix}-archive-{region}/AWSLogs/file"
	const instance = "arn:aws:ec2:{region}:{account}:instance/i-0123"
	owned := map[string]string{"aws:ResourceTag/gxp:owner": "Quality Control"}
	can := func(set, id, action, on string, with map[string]string, place string) row {
		return row{id: id, proves: "GXP-IAM-001", action: action, on: on, with: with, who: []string{"set:" + set}, in: []string{place}, allowed: true}
	}
	const prod, shared = "Workloads/GxP-Validation", "shared-services"
	rows := []row{
		can("GxpDeveloper", "developer-pushes", "codecommit:GitPush", repository, nil, shared),
		can("GxpQAApprover", "approver-approves", "codepipeline:PutApprovalResult", pipeline, nil, shared),
		can("GxpOperator", "operator-restarts", "ec2:RebootInstances", instance, owned, prod),
		can("GxpOperator", "operator-backs-up", "backup:StartBackupJob", "arn:aws:backup:{region}:{account}:backup-vault:gxp-vault", nil, prod),
		can("GxpAuditor", "auditor-looks-up-events", "cloudtrail:LookupEvents", "", nil, prod),
		can("GxpDataSteward", "steward-labels", "s3:PutObjectTagging", object, nil, prod),
		can("GxpBilling", "billing-reads-budget", "budgets:ViewBudget", "arn:aws:budgets::{account}:budget/one", nil, managementPlace),
		can("GxpSecurityAdministrator", "security-withdraws-key", "iam:DeleteAccessKey", "arn:aws:iam::{account}:user/leaked", nil, prod),
		{id: "auditor-takes-query-role", proves: "GXP-IAM-001", action: "sts:AssumeRole", on: "arn:aws:iam::{account audit}:role/gxp-audit-query",
			who: []string{"set:GxpAuditor"}, in: inAudit, opened: true, allowed: true},
	}
	everySet := []string{"set:GxpPlatformEngineer", "set:GxpSecurityAdministrator", "set:GxpAuditor", "set:GxpQAApprover",
		"set:GxpOperator", "set:GxpDeveloper", "set:GxpDataSteward", "set:GxpBilling"}
	no := func(id, action, on string, who ...string) row {
		return row{id: id, proves: "GXP-IAM-001", action: action, on: on, who: who, in: []string{prod}}
	}
	claimless := map[string]string{secondFactor: ""}
	for _, r := range slices.Clone(rows) {
		rows = append(rows, row{id: r.id + "-without-second-factor", proves: "GXP-IAM-007", action: r.action, on: r.on, with: merged(r.with, claimless),
			who: r.who, in: r.in, opened: r.opened})
	}
	return slices.Concat(rows, []row{
		no("duty-creates-role", "iam:CreateRole", role, everySet...),
		no("duty-changes-trust", "iam:UpdateAssumeRolePolicy", role, everySet...),
		no("duty-extends-role", "iam:AttachRolePolicy", role, everySet...),
		no("duty-creates-stack", "cloudformation:CreateStack", stack, everySet...),
		no("duty-deletes-object", "s3:DeleteObject", object, everySet...),
		no("duty-deletes-recovery-point", "backup:DeleteRecoveryPoint", "arn:aws:backup:{region}:{account}:recovery-point:01234567-89ab-cdef-0123-456789abcdef", everySet...),
		no("duty-opens-instance", "ssm:StartSession", instance, everySet...),
		no("duty-approves", "codepipeline:PutApprovalResult", pipeline, slices.DeleteFunc(slices.Clone(everySet), func(s string) bool { return s == "set:GxpQAApprover" })...),
		no("duty-pushes", "codecommit:GitPush", repository, slices.DeleteFunc(slices.Clone(everySet), func(s string) bool { return s == "set:GxpDeveloper" })...),
		no("operator-restarts-what-nobody-owns", "ec2:RebootInstances", instance, "set:GxpOperator"),
		{id: "duty-reads-archive", proves: "GXP-LOG-004", action: "s3:GetObject", on: record, who: everySet, in: []string{"log-archive", "audit"}, of: "log-archive"},
	})
}

// emergencyRows are what even break-glass cannot do.
func emergencyRows() []row {
	attacks := []attack{
		{id: "emergency-stops-trail", proves: "GXP-SCP-010", action: "cloudtrail:StopLogging", on: "arn:aws:cloudtrail:{region}:{account}:trail/{prefix}-organization-trail"},
		{id: "emergency-deletes-record", proves: "GXP-SCP-011", action: "s3:DeleteObjectVersion", on: "arn:aws:s3:::{prefix}-archive-{region}/AWSLogs/file"},
		{id: "emergency-deletes-key", proves: "GXP-SCP-040", action: "kms:ScheduleKeyDeletion",
			on: "arn:aws:kms:{region}:{account}:key/01234567-89ab-cdef-0123-456789abcdef", with: ourKey(nil)},
		{id: "emergency-stops-recorder", proves: "GXP-SCP-020", action: "config:StopConfigurationRecorder", on: "arn:aws:config:{region}:{account}:configuration-recorder/default/0123456789abcdef"},
		{id: "emergency-leaves", proves: "GXP-SCP-001", action: "organizations:LeaveOrganization"},
		{id: "emergency-makes-key", proves: "GXP-SCP-090", action: "iam:CreateAccessKey", on: "arn:aws:iam::{account}:user/someone"},
	}
	return rowsOf(attacks, []string{breakGlass}, everyPlace)
}
