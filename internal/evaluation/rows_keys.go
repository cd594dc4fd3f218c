package evaluation

// keyRows are about the policies of the landing zone's keys: who administers a
// key does not use it, and the other way round.
func keyRows() []row {
	const archive = "{key gxp-archive}"
	trail := []string{"service:cloudtrail.amazonaws.com"}
	context := "arn:aws:cloudtrail:{region}:{account management}:trail/{prefix}-organization-trail"
	delivers := map[string]string{"aws:SourceArn": trailARN, "aws:SourceAccount": "{account management}", "aws:SourceOrgID": "{org}",
		"kms:EncryptionContext:aws:cloudtrail:arn": context}
	viaS3 := map[string]string{"kms:ViaService": "s3.{region}.amazonaws.com"}
	viaOther := map[string]string{"kms:ViaService": "ec2.{region}.amazonaws.com"}
	readers := []string{"role:gxp-audit-query", "role:gxp-audit-query-athena"}
	rows := []row{
		{id: "key-trail-encrypts", proves: "GXP-TRL-005", action: "kms:GenerateDataKey", on: archive, with: delivers, who: trail, in: inLogArchive, allowed: true},
		{id: "key-trail-describes", proves: "GXP-TRL-005", action: "kms:DescribeKey", on: archive,
			with: map[string]string{"aws:SourceArn": trailARN, "aws:SourceAccount": "{account management}", "aws:SourceOrgID": "{org}"}, who: trail, in: inLogArchive, allowed: true},
		{id: "key-trail-decrypts", proves: "GXP-KEY-004", action: "kms:Decrypt", on: archive, with: delivers, who: trail, in: inLogArchive},
		{id: "key-auditor-decrypts", proves: "GXP-KEY-004", action: "kms:Decrypt", on: archive, with: viaS3, who: readers, in: inAudit, of: "log-archive", allowed: true},
		{id: "key-auditor-decrypts-directly", proves: "GXP-KEY-004", action: "kms:Decrypt", on: archive, who: readers, in: inAudit, of: "log-archive", alone: true},
		{id: "key-auditor-decrypts-through-another", proves: "GXP-KEY-004", action: "kms:Decrypt", on: archive, with: viaOther, who: readers, in: inAudit, of: "log-archive", alone: true},
		{id: "key-auditor-encrypts", proves: "GXP-KEY-004", action: "kms:Encrypt", on: archive, with: viaS3, who: readers, in: inAudit, of: "log-archive", alone: true},
		{id: "key-outsider-decrypts", proves: "GXP-KEY-005", action: "kms:Decrypt", on: archive, with: viaS3, who: []string{outsider}, in: inAudit, of: "log-archive", alone: true},
		{id: "key-workload-decrypts", proves: "GXP-KEY-005", action: "kms:Decrypt", on: archive, with: viaS3, who: administrators, in: []string{"Workloads/GxP-Prod", "Workloads/Sensitive"}, of: "log-archive", alone: true},
	}
	for _, k := range []struct{ alias, in string }{{"gxp-archive", "log-archive"}, {"gxp-notifications", "audit"}, {"gxp-notifications", managementPlace}, {"gxp-trail-logs", managementPlace}} {
		key := "{key " + k.alias + "}"
		rows = append(rows,
			row{id: k.alias + "-administered", proves: "GXP-KEY-006", action: "kms:DescribeKey", on: key, who: administrators, in: []string{k.in}, allowed: true},
			row{id: k.alias + "-used-by-administrator", proves: "GXP-KEY-004", action: "kms:Decrypt", on: key, who: administrators, in: []string{k.in}, alone: true},
			row{id: k.alias + "-encrypts-for-administrator", proves: "GXP-KEY-004", action: "kms:Encrypt", on: key, who: administrators, in: []string{k.in}, alone: true},
			row{id: k.alias + "-granted-by-administrator", proves: "GXP-KEY-004", action: "kms:CreateGrant", on: key, who: administrators, in: []string{k.in}, alone: true},
		)
	}
	return append(rows, serviceKeyRows()...)
}

// serviceKeyRows are about the services that use keys for one purpose each.
func serviceKeyRows() []row {
	logs := []string{"service:logs.{region}.amazonaws.com"}
	ours := map[string]string{"kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:{region}:{account management}:log-group:/gxp/{prefix}-organization-trail"}
	other := map[string]string{"kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:{region}:{account management}:log-group:/other"}
	mine := map[string]string{"aws:SourceAccount": "{account}", "aws:SourceOrgID": "{org}"}
	theirs := map[string]string{"aws:SourceAccount": outside}
	publishers := []string{"service:cloudwatch.amazonaws.com", "service:events.amazonaws.com"}
	return []row{
		{id: "key-log-group-encrypts", proves: "GXP-TRL-007", action: "kms:GenerateDataKey", on: "{key gxp-trail-logs}", with: ours, who: logs, in: inManagement, allowed: true},
		{id: "key-other-log-group-encrypts", proves: "GXP-KEY-004", action: "kms:GenerateDataKey", on: "{key gxp-trail-logs}", with: other, who: logs, in: inManagement},
		{id: "key-publisher-encrypts", proves: "GXP-MON-103", action: "kms:GenerateDataKey", on: "{key gxp-notifications}", with: mine, who: publishers, in: []string{"audit", managementPlace}, allowed: true},
		{id: "key-publisher-decrypts", proves: "GXP-MON-103", action: "kms:Decrypt", on: "{key gxp-notifications}", with: mine, who: publishers, in: []string{"audit", managementPlace}, allowed: true},
		{id: "key-foreign-publisher-encrypts", proves: "GXP-KEY-005", action: "kms:GenerateDataKey", on: "{key gxp-notifications}", with: theirs, who: publishers, in: []string{"audit", managementPlace}, alone: true},
	}
}

// topicRows are about the topics of notifications.
func topicRows() []row {
	const topic = "arn:aws:sns:{region}:{account}:gxp-notifications"
	both := []string{"audit", managementPlace}
	alarm := map[string]string{"aws:SourceArn": "arn:aws:cloudwatch:{region}:{account}:alarm:gxp-root-activity", "aws:SourceAccount": "{account}", "aws:SourceOrgID": "{org}"}
	event := map[string]string{"aws:SourceArn": "arn:aws:events:{region}:{account}:rule/gxp-change", "aws:SourceAccount": "{account}", "aws:SourceOrgID": "{org}"}
	foreign := map[string]string{"aws:SourceArn": "arn:aws:cloudwatch:{region}:" + outside + ":alarm:theirs", "aws:SourceAccount": outside}
	return []row{
		{id: "topic-alarm-publishes", proves: "GXP-MON-104", action: "sns:Publish", on: topic, with: alarm, who: []string{"service:cloudwatch.amazonaws.com"}, in: both, allowed: true},
		{id: "topic-event-publishes", proves: "GXP-MON-104", action: "sns:Publish", on: topic, with: event, who: []string{"service:events.amazonaws.com"}, in: both, allowed: true},
		{id: "topic-foreign-alarm-publishes", proves: "GXP-MON-104", action: "sns:Publish", on: topic, with: foreign, who: []string{"service:cloudwatch.amazonaws.com"}, in: both, alone: true},
		{id: "topic-publish-without-tls", proves: "GXP-MON-104", action: "sns:Publish", on: topic, with: map[string]string{"aws:SecureTransport": "false"}, who: administrators, in: both, alone: true},
		{id: "topic-publish-from-outside", proves: "GXP-MON-104", action: "sns:Publish", on: "arn:aws:sns:{region}:{owner}:gxp-notifications", who: []string{outsider}, in: inAudit, alone: true},
		{id: "topic-subscribed-from-outside", proves: "GXP-MON-104", action: "sns:Subscribe", on: "arn:aws:sns:{region}:{owner}:gxp-notifications", who: []string{outsider}, in: inAudit, alone: true},
		{id: "topic-managed-by-account", proves: "GXP-MON-104", action: "sns:GetTopicAttributes", on: topic, who: administrators, in: both, allowed: true},
	}
}
