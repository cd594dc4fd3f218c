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
	readers := []string{"role:gxp-audit-query", "role:gxp-audit-query-exports"}
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
	for _, k := range []struct{ alias, in, needs string }{
		{"gxp-archive", "log-archive", ""}, {"gxp-trail-logs", managementPlace, ""},
		{"gxp-notifications", "audit", ""}, {"gxp-notifications", managementPlace, ""}, {"gxp-notifications", "log-archive", verification},
	} {
		of := func(id, proves, action string, allowed bool) row {
			return row{id: k.alias + "-" + id, proves: proves, action: action, on: "{key " + k.alias + "}", who: administrators, in: []string{k.in},
				needs: k.needs, allowed: allowed, alone: !allowed}
		}
		rows = append(rows,
			of("administered", "GXP-KEY-006", "kms:DescribeKey", true),
			of("used-by-administrator", "GXP-KEY-004", "kms:Decrypt", false),
			of("encrypts-for-administrator", "GXP-KEY-004", "kms:Encrypt", false),
			of("granted-by-administrator", "GXP-KEY-004", "kms:CreateGrant", false),
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
	rows := []row{
		{id: "key-log-group-encrypts", proves: "GXP-TRL-007", action: "kms:GenerateDataKey", on: "{key gxp-trail-logs}", with: ours, who: logs, in: inManagement, allowed: true},
		{id: "key-other-log-group-encrypts", proves: "GXP-KEY-004", action: "kms:GenerateDataKey", on: "{key gxp-trail-logs}", with: other, who: logs, in: inManagement},
	}
	for _, n := range notifiers {
		rows = append(rows,
			row{id: "key-publisher-encrypts", proves: "GXP-MON-103", action: "kms:GenerateDataKey", on: "{key gxp-notifications}", with: mine, who: publishers, in: n.in, needs: n.needs, allowed: true},
			row{id: "key-publisher-decrypts", proves: "GXP-MON-103", action: "kms:Decrypt", on: "{key gxp-notifications}", with: mine, who: publishers, in: n.in, needs: n.needs, allowed: true},
			row{id: "key-foreign-publisher-encrypts", proves: "GXP-KEY-005", action: "kms:GenerateDataKey", on: "{key gxp-notifications}", with: theirs, who: publishers, in: n.in, needs: n.needs, alone: true},
		)
	}
	return rows
}

// verification is the alias of the key without which nothing verifies the archive.
const verification = "gxp-integrity"

// notifiers are the places that have a topic of notifications. That of the
// archive tells of its verification alone.
var notifiers = []struct {
	in    []string
	needs string
}{{[]string{"audit", managementPlace}, ""}, {inLogArchive, verification}}

// topicRows are about the topics of notifications.
func topicRows() []row {
	const topic = "arn:aws:sns:{region}:{account}:gxp-notifications"
	alarm := map[string]string{"aws:SourceArn": "arn:aws:cloudwatch:{region}:{account}:alarm:gxp-root-activity", "aws:SourceAccount": "{account}", "aws:SourceOrgID": "{org}"}
	event := map[string]string{"aws:SourceArn": "arn:aws:events:{region}:{account}:rule/gxp-change", "aws:SourceAccount": "{account}", "aws:SourceOrgID": "{org}"}
	foreign := map[string]string{"aws:SourceArn": "arn:aws:cloudwatch:{region}:" + outside + ":alarm:theirs", "aws:SourceAccount": outside}
	var rows []row
	for _, n := range notifiers {
		of := func(id, action string, with map[string]string, allowed bool, who ...string) row {
			return row{id: "topic-" + id, proves: "GXP-MON-104", action: action, on: topic, with: with, who: who, in: n.in, needs: n.needs, allowed: allowed, alone: !allowed}
		}
		rows = append(rows,
			of("alarm-publishes", "sns:Publish", alarm, true, "service:cloudwatch.amazonaws.com"),
			of("event-publishes", "sns:Publish", event, true, "service:events.amazonaws.com"),
			of("foreign-alarm-publishes", "sns:Publish", foreign, false, "service:cloudwatch.amazonaws.com"),
			of("publish-without-tls", "sns:Publish", map[string]string{"aws:SecureTransport": "false"}, false, administrators...),
			of("publish-from-outside", "sns:Publish", nil, false, outsider),
			of("subscribed-from-outside", "sns:Subscribe", nil, false, outsider),
			of("managed-by-account", "sns:GetTopicAttributes", nil, true, administrators...),
		)
	}
	return rows
}
