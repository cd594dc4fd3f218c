package evaluation

import "slices"

// guardedPlaces are where resource control policies guard resources.
var guardedPlaces = []string{"Workloads/GxP-Prod", "Workloads/Sensitive", "Workloads/NonGxP", "Sandbox", "PolicyStaging", "Suspended", "log-archive", "network"}

// perimeterResources are one resource of each service that is guarded; all have
// policies of their own that let in whoever asks.
var perimeterResources = []attack{
	{id: "object", action: "s3:GetObject", on: "arn:aws:s3:::open/file"},
	{id: "secret", action: "secretsmanager:GetSecretValue", on: "arn:aws:secretsmanager:{region}:{owner}:secret:open-012345"},
	{id: "queue", action: "sqs:ReceiveMessage", on: "arn:aws:sqs:{region}:{owner}:open"},
	{id: "key", action: "kms:Decrypt", on: "arn:aws:kms:{region}:{owner}:key/01234567-89ab-cdef-0123-456789abcdef"},
	{id: "role", action: "sts:AssumeRole", on: "arn:aws:iam::{owner}:role/open"},
}

// perimeterRows are about strangers, services that act for strangers, and
// unencrypted connections.
func perimeterRows() []row {
	deputy := map[string]string{"aws:SourceAccount": outside, "aws:SourceOrgID": outsideOrganization, "aws:SourceArn": "arn:aws:sns:{region}:" + outside + ":theirs"}
	ours := map[string]string{"aws:SourceAccount": "{owner}", "aws:SourceOrgID": "{org}", "aws:SourceArn": "arn:aws:sns:{region}:{owner}:ours"}
	plain := map[string]string{"aws:SecureTransport": "false"}
	service := []string{"service:sns.amazonaws.com"}
	var rows []row
	for _, r := range perimeterResources {
		of := func(id, proves string, with map[string]string, who ...string) row {
			return row{id: id + "-" + r.id, proves: proves, action: r.action, on: r.on, with: with, who: who, in: guardedPlaces, opened: true}
		}
		rows = append(rows,
			of("stranger", "GXP-RCP-001", nil, outsider),
			of("stranger-without-organization", "GXP-RCP-001", map[string]string{"aws:PrincipalOrgID": ""}, outsider),
			of("deputy", "GXP-RCP-002", deputy, service...),
			of("plain", "GXP-RCP-003", plain, "role:Administrator of management"),
		)
		admits := []row{
			of("own-service", "GXP-RCP-002", ours, service...),
			// A published landing zone forgets to ask whether a service calls,
			// and denies everybody who has no source.
			of("member", "GXP-RCP-002", nil, "role:Administrator of management"),
		}
		rows = append(rows, allowed(admits)...)
	}
	return append(rows, beyondRows()...)
}

// beyondRows are about the management account and strangers, whom service
// control policies do not bind.
func beyondRows() []row {
	const key = "arn:aws:kms:{region}:{owner}:key/01234567-89ab-cdef-0123-456789abcdef"
	manager := []string{"role:Administrator of management"}
	of := func(id, proves, action, on string, with map[string]string, places ...string) row {
		return row{id: id, proves: proves, action: action, on: on, with: with, who: manager, in: places, opened: true}
	}
	var rows []row
	for _, b := range []string{"archive", "evidence", "access-logs", "config"} {
		bucket := "arn:aws:s3:::{prefix}-" + b + "-{region}"
		rows = append(rows,
			of("management-deletes-"+b, "GXP-RCP-012", "s3:DeleteObjectVersion", bucket+"/file", nil, "log-archive", "backup", "PolicyStaging"),
			of("management-bypasses-"+b, "GXP-RCP-012", "s3:BypassGovernanceRetention", bucket+"/file", nil, "log-archive", "backup", "PolicyStaging"),
			of("management-expires-"+b, "GXP-RCP-013", "s3:PutLifecycleConfiguration", bucket, nil, "log-archive", "backup", "PolicyStaging"),
			of("management-opens-"+b, "GXP-RCP-013", "s3:PutBucketPolicy", bucket, nil, "log-archive", "backup", "PolicyStaging"),
		)
	}
	return slices.Concat(rows, []row{
		of("management-deletes-key", "GXP-RCP-010", "kms:ScheduleKeyDeletion", key, ourKey(nil), guardedPlaces...),
		of("management-disables-key", "GXP-RCP-010", "kms:DisableKey", key, ourKey(nil), guardedPlaces...),
		of("management-opens-key", "GXP-RCP-011", "kms:PutKeyPolicy", key, ourKey(nil), guardedPlaces...),
	})
}
