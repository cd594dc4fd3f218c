package evaluation

import "slices"

// What writes to the landings of logs, and under which role.
const (
	streamWriter   = "own:gxp-log-delivery-{region}"
	findingsWriter = "own:gxp-findings-delivery"
	recordsManager = "own:gxp-records-manager"
	integrityRole  = "role:gxp-log-integrity"
)

// logRows are about the logs of services on their way into the archive.
func logRows() []row {
	return slices.Concat(serviceLogRows(), inventoryRows(), balancerRows(), writerRows(), holdRows(), sendingRows())
}

// serviceLogRows are about the two roles that deliver to the landing of services:
// each writes below its own prefix.
func serviceLogRows() []row {
	const bucket, key, needs = "arn:aws:s3:::{prefix}-service-logs-{region}", "{key gxp-service-logs}", "gxp-service-logs"
	events, findings := bucket+"/log-events/{region}/2026/01/01/file", bucket+"/findings/{region}/2026/01/01/file"
	viaS3 := map[string]string{"kms:ViaService": "s3.{region}.amazonaws.com"}
	reader := []string{"role:gxp-audit-query"}
	of := func(id, action, on string, with map[string]string, allowed bool, place string, who ...string) row {
		r := row{id: "service-logs-" + id, proves: "GXP-LND-001", action: action, on: on, with: with, who: who, in: []string{place},
			of: "log-archive", needs: needs, allowed: allowed}
		if !allowed {
			r.proves, r.alone = "GXP-LND-002", true
		}
		return r
	}
	return []row{
		of("events-delivered", "s3:PutObject", events, nil, true, "log-archive", streamWriter),
		of("failed-events-kept", "s3:PutObject", bucket+"/log-events-failed/{region}/file", nil, true, "log-archive", streamWriter),
		of("events-encrypted", "kms:GenerateDataKey", key, viaS3, true, "log-archive", streamWriter),
		of("findings-delivered", "s3:PutObject", findings, nil, true, "audit", findingsWriter),
		of("failed-findings-kept", "s3:PutObject", bucket+"/findings-failed/{region}/file", nil, true, "audit", findingsWriter),
		of("findings-handed-over", "s3:PutObjectAcl", findings, nil, true, "audit", findingsWriter),
		of("findings-encrypted", "kms:GenerateDataKey", key, viaS3, true, "audit", findingsWriter),
		of("findings-locate-bucket", "s3:GetBucketLocation", bucket, nil, true, "audit", findingsWriter),
		of("auditor-reads", "s3:GetObject", events, nil, true, "audit", reader...),
		of("auditor-decrypts", "kms:Decrypt", key, viaS3, true, "audit", reader...),
		of("key-administered", "kms:DescribeKey", key, nil, true, "log-archive", administrators...),
		of("events-beside-the-folder", "s3:PutObject", bucket+"/elsewhere", nil, false, "log-archive", streamWriter),
		of("events-among-findings", "s3:PutObject", findings, nil, false, "log-archive", streamWriter, "role:gxp-log-delivery-{region}"),
		of("events-among-inventories", "s3:PutObject", bucket+"/inventory/file", nil, false, "log-archive", streamWriter, "role:gxp-log-delivery-{region}"),
		of("events-of-another-region", "s3:PutObject", bucket+"/log-events/{elsewhere}/file", nil, false, "log-archive", streamWriter),
		of("events-read", "s3:GetObject", events, nil, false, "log-archive", streamWriter),
		of("events-deleted", "s3:DeleteObjectVersion", events, nil, false, "log-archive", streamWriter),
		of("events-encrypted-directly", "kms:GenerateDataKey", key, nil, false, "log-archive", streamWriter),
		of("findings-among-events", "s3:PutObject", events, nil, false, "audit", findingsWriter, "role:gxp-findings-delivery"),
		of("findings-among-inventories", "s3:PutObject", bucket+"/inventory/file", nil, false, "audit", findingsWriter, "role:gxp-findings-delivery"),
		of("findings-in-the-archive", "s3:PutObject", "arn:aws:s3:::{prefix}-archive-{region}/findings/file", nil, false, "audit", findingsWriter, "role:gxp-findings-delivery"),
		of("findings-read", "s3:GetObject", findings, nil, false, "audit", findingsWriter, "role:gxp-findings-delivery"),
		of("findings-deleted", "s3:DeleteObjectVersion", findings, nil, false, "audit", findingsWriter, "role:gxp-findings-delivery"),
		of("findings-opened", "s3:PutObjectAcl", events, nil, false, "audit", findingsWriter, "role:gxp-findings-delivery"),
		of("findings-of-a-role-of-that-name", "s3:PutObject", findings, nil, false, "Workloads/GxP-Prod", "role:gxp-findings-delivery"),
		of("events-of-a-role-of-that-name", "s3:PutObject", events, nil, false, "Workloads/GxP-Prod", "role:gxp-log-delivery-{region}"),
		of("decrypted-by-administrator", "kms:Decrypt", key, viaS3, false, "log-archive", administrators...),
		of("auditor-deletes", "s3:DeleteObjectVersion", events, nil, false, "audit", reader...),
		of("read-from-outside", "s3:GetObject", events, nil, false, "audit", outsider),
		of("read-without-tls", "s3:GetObject", events, map[string]string{"aws:SecureTransport": "false"}, false, "log-archive", administrators...),
	}
}

// inventoryRows are about Systems Manager, on behalf of the organization alone.
func inventoryRows() []row {
	const bucket, key = "arn:aws:s3:::{prefix}-service-logs-{region}", "{key gxp-service-logs}"
	const inventory = bucket + "/inventory/AWS:Application/accountid={account}/region={region}/resourcetype=ManagedInstanceInventory/i.json"
	service, other := "service:ssm.amazonaws.com", "service:config.amazonaws.com"
	ours := map[string]string{"aws:SourceOrgID": "{org}", "aws:SourceAccount": "{account}"}
	theirs := map[string]string{"aws:SourceOrgID": outsideOrganization, "aws:SourceAccount": outside}
	owned := map[string]string{"s3:x-amz-acl": "bucket-owner-full-control"}
	of := func(id, action, on string, with map[string]string, who string, allowed bool, in ...string) row {
		r := row{id: "inventory-" + id, proves: "GXP-LND-001", action: action, on: on, with: with, who: []string{who}, in: in,
			of: "log-archive", needs: "gxp-service-logs", allowed: allowed}
		if !allowed {
			r.proves, r.alone = "GXP-LND-002", true
		}
		return r
	}
	places := []string{"Workloads/GxP-Prod", "Sandbox", "audit"}
	return []row{
		of("checks", "s3:GetBucketAcl", bucket, nil, service, true, places...),
		of("delivered", "s3:PutObject", inventory, merged(owned, ours), service, true, places...),
		of("encrypted", "kms:GenerateDataKey", key, ours, service, true, places...),
		of("delivered-for-others", "s3:PutObject", inventory, merged(owned, theirs), service, false, "audit"),
		of("delivered-without-owner", "s3:PutObject", inventory, ours, service, false, "audit"),
		of("delivered-among-events", "s3:PutObject", bucket+"/log-events/file", merged(owned, ours), service, false, "audit"),
		of("delivered-among-findings", "s3:PutObject", bucket+"/findings/file", merged(owned, ours), service, false, "audit"),
		of("delivered-by-another-service", "s3:PutObject", inventory, merged(owned, ours), other, false, "audit"),
		of("encrypted-for-others", "kms:GenerateDataKey", key, theirs, service, false, "audit"),
		of("read", "s3:GetObject", inventory, ours, service, false, "audit"),
		of("deleted", "s3:DeleteObjectVersion", inventory, ours, service, false, "audit"),
		of("written-from-afar", "s3:PutObject", inventory, owned, administrator, false, "Workloads/GxP-Prod"),
	}
}

// balancerRows are about load balancers, of the organization alone.
func balancerRows() []row {
	const bucket = "arn:aws:s3:::{prefix}-balancer-logs-{region}"
	const accessLog = bucket + "/AWSLogs/{account}/elasticloadbalancing/{region}/2026/01/01/file"
	application, network := "service:logdelivery.elasticloadbalancing.amazonaws.com", "service:delivery.logs.amazonaws.com"
	ours := map[string]string{"aws:SourceOrgID": "{org}", "aws:SourceAccount": "{account}", "aws:SourceArn": "arn:aws:logs:{region}:{account}:any"}
	theirs := map[string]string{"aws:SourceOrgID": outsideOrganization, "aws:SourceAccount": outside, "aws:SourceArn": "arn:aws:logs:{region}:" + outside + ":any"}
	owned := map[string]string{"s3:x-amz-acl": "bucket-owner-full-control"}
	of := func(id, action, on string, with map[string]string, who string, allowed bool, in ...string) row {
		r := row{id: "balancer-logs-" + id, proves: "GXP-LND-001", action: action, on: on, with: with, who: []string{who}, in: in,
			of: "log-archive", needs: bucket, allowed: allowed}
		if !allowed {
			r.proves, r.alone = "GXP-LND-002", true
		}
		return r
	}
	places := []string{"network", "Workloads/GxP-Prod"}
	return []row{
		of("application-delivers", "s3:PutObject", accessLog, ours, application, true, places...),
		of("network-delivers", "s3:PutObject", accessLog, merged(owned, ours), network, true, places...),
		of("network-checks", "s3:GetBucketAcl", bucket, ours, network, true, places...),
		of("auditor-reads", "s3:GetObject", accessLog, nil, "role:gxp-audit-query", true, "audit"),
		of("application-delivers-for-others", "s3:PutObject", accessLog, theirs, application, false, "network"),
		of("network-delivers-for-others", "s3:PutObject", accessLog, merged(owned, theirs), network, false, "network"),
		of("network-delivers-without-owner", "s3:PutObject", accessLog, ours, network, false, "network"),
		of("application-delivers-elsewhere", "s3:PutObject", bucket+"/other/file", ours, application, false, "network"),
		of("network-delivers-elsewhere", "s3:PutObject", bucket+"/other/file", merged(owned, ours), network, false, "network"),
		of("delivered-by-another-service", "s3:PutObject", accessLog, merged(owned, ours), "service:ssm.amazonaws.com", false, "network"),
		of("application-reads", "s3:GetObject", accessLog, ours, application, false, "network"),
		of("application-deletes", "s3:DeleteObjectVersion", accessLog, ours, application, false, "network"),
		of("written-from-afar", "s3:PutObject", accessLog, owned, administrator, false, "Workloads/GxP-Prod"),
		of("read-without-tls", "s3:GetObject", accessLog, map[string]string{"aws:SecureTransport": "false"}, administrator, false, "log-archive"),
		of("read-from-outside", "s3:GetObject", accessLog, nil, outsider, false, "audit"),
	}
}

// writerRows are about everybody else in the account of the archive: whatever
// their rights, they put nothing among the records.
func writerRows() []row {
	var rows []row
	for _, b := range []string{"archive", "evidence", "access-logs", "config", "network-logs", "service-logs", "balancer-logs"} {
		bucket := "arn:aws:s3:::{prefix}-" + b + "-{region}"
		rows = append(rows, row{id: b + "-written-by-administrators", proves: "GXP-STR-008", action: "s3:PutObject", on: bucket + "/AWSLogs/file",
			needs: bucket, who: append(slices.Clone(administrators), root), in: inLogArchive, alone: true})
	}
	const evidence = "arn:aws:s3:::{prefix}-evidence-{region}"
	of := func(id, action, on, who string, allowed bool) row {
		return row{id: id, proves: "GXP-STR-008", action: action, on: on, who: []string{who}, in: inLogArchive, allowed: allowed, alone: !allowed}
	}
	return append(rows,
		of("guard-integrity-writes-its-results", "s3:PutObject", evidence+"/integrity/result.json", integrityRole, true),
		of("guard-integrity-written-by-administrators", "s3:PutObject", evidence+"/integrity/result.json", administrator, false),
		of("guard-integrity-writes-records", "s3:PutObject", "arn:aws:s3:::{prefix}-archive-{region}/AWSLogs/file", integrityRole, false),
		row{id: "guard-integrity-of-another-account", proves: "GXP-STR-008", action: "s3:PutObject", on: evidence + "/integrity/result.json",
			who: []string{integrityRole}, in: []string{"audit", "Workloads/GxP-Prod"}, of: "log-archive", alone: true},
		// Copies come by other actions, which the guard leaves alone.
		row{id: "copies-pass-the-guard", proves: "GXP-STR-008", action: "s3:ReplicateObject", on: "arn:aws:s3:::{prefix}-archive-{region}/findings/file",
			needs: "gxp-service-logs", who: []string{"own:gxp-landing-replication-{region}"}, in: inLogArchive, allowed: true},
	)
}

// holdRows are about legal holds: the records manager sets and lifts them, and
// nobody but data stewards becomes the records manager.
func holdRows() []row {
	const role = "arn:aws:iam::{account log-archive}:role/gxp-records-manager"
	const record, evidence = "arn:aws:s3:::{prefix}-archive-{region}/AWSLogs/file", "arn:aws:s3:::{prefix}-evidence-{region}/iq/file"
	steward := []string{"set:GxpDataSteward"}
	of := func(id, action, on string, who []string, allowed bool, in ...string) row {
		return row{id: "hold-" + id, proves: "GXP-STR-009", action: action, on: on, who: who, in: in, of: "log-archive", allowed: allowed}
	}
	manager := []string{recordsManager}
	rows := []row{
		of("set-on-record", "s3:PutObjectLegalHold", record, manager, true, "log-archive"),
		of("set-on-evidence", "s3:PutObjectLegalHold", evidence, manager, true, "log-archive"),
		of("seen", "s3:GetObjectLegalHold", record, manager, true, "log-archive"),
		of("found", "s3:ListBucketVersions", "arn:aws:s3:::{prefix}-archive-{region}", manager, true, "log-archive"),
		of("assumed-by-steward", "sts:AssumeRole", role, steward, true, "log-archive", "Workloads/GxP-Validation"),
		of("assumed-by-others", "sts:AssumeRole", role, []string{"set:GxpAuditor", "set:GxpDeveloper", "set:GxpOperator", "set:GxpPlatformEngineer"}, false,
			"log-archive", "Workloads/GxP-Validation"),
		of("assumed-from-outside", "sts:AssumeRole", role, []string{outsider}, false, "audit"),
	}
	// Service control policies do not bind the management account.
	afar := of("of-management", "s3:PutObjectLegalHold", record, administrators[:1], false, managementPlace)
	afar.proves, afar.opened = "GXP-RCP-014", true
	rows = append(rows, afar)
	impostors := of("assumed-by-roles-of-other-names", "sts:AssumeRole", role,
		[]string{administrator, "role:AWSReservedSSO_GxpDataSteward_" + setHash}, false, "Workloads/GxP-Prod", "audit")
	impostors.alone = true
	rows = append(rows, impostors)
	for _, action := range []string{"s3:GetObject", "s3:GetObjectVersion", "s3:PutObject", "s3:DeleteObjectVersion", "s3:PutObjectRetention", "s3:BypassGovernanceRetention"} {
		r := of("but-not-"+slug(action), action, record, manager, false, "log-archive")
		r.alone = true
		rows = append(rows, r)
	}
	return rows
}

// sendingRows are about what accounts send: people cannot stop it, and what
// builds the landing zone can set it up.
func sendingRows() []row {
	const document = "arn:aws:ssm:{region}:{account}:document/SSM-SessionManagerRunShell"
	stops := []attack{
		{id: "log-subscription-delete", proves: "GXP-SCP-020", action: "logs:DeleteAccountPolicy"},
		{id: "log-subscription-replace", proves: "GXP-SCP-020", action: "logs:PutAccountPolicy"},
		{id: "sessions-unrecord", proves: "GXP-SCP-052", action: "ssm:UpdateDocument", on: document},
		{id: "sessions-older-version", proves: "GXP-SCP-052", action: "ssm:UpdateDocumentDefaultVersion", on: document},
		{id: "sessions-delete", proves: "GXP-SCP-052", action: "ssm:DeleteDocument", on: document},
		{id: "sessions-precede", proves: "GXP-SCP-052", action: "ssm:CreateDocument", on: document},
	}
	rows := deniedToPeople(stops, everyPlace...)
	for _, a := range stops {
		rows = append(rows, row{id: a.id + "-by-builder", proves: a.proves, action: a.action, on: a.on,
			who: []string{stackSets}, in: []string{"Workloads/GxP-Prod", "Workloads/Sensitive", "Sandbox"}, allowed: true})
	}
	return rows
}
