package evaluation

// networkLogRows are about where the network delivers its logs: the delivery
// service on behalf of an account of the organization, and nobody else.
func networkLogRows() []row {
	const bucket = "arn:aws:s3:::{prefix}-network-logs-{region}"
	const flows, key = bucket + "/AWSLogs/{account}/vpcflowlogs/{region}/file", "{key gxp-network-logs}"
	delivery, other := []string{"service:delivery.logs.amazonaws.com"}, []string{"service:config.amazonaws.com"}
	ours := map[string]string{"aws:SourceOrgID": "{org}", "aws:SourceAccount": "{account}", "aws:SourceArn": "arn:aws:logs:{region}:{account}:any"}
	written := map[string]string{"aws:SourceOrgID": "{org}", "aws:SourceAccount": "{account}", "aws:SourceArn": "arn:aws:logs:{region}:{account}:any",
		"s3:x-amz-acl": "bucket-owner-full-control"}
	theirs := map[string]string{"aws:SourceOrgID": outsideOrganization, "aws:SourceAccount": outside, "aws:SourceArn": "arn:aws:logs:{region}:" + outside + ":any"}
	theirsWritten := map[string]string{"aws:SourceOrgID": outsideOrganization, "aws:SourceAccount": outside, "aws:SourceArn": "arn:aws:logs:{region}:" + outside + ":any",
		"s3:x-amz-acl": "bucket-owner-full-control"}
	stray := map[string]string{"aws:SourceOrgID": "{org}", "aws:SourceAccount": "{account}", "aws:SourceArn": "arn:aws:s3:::elsewhere",
		"s3:x-amz-acl": "bucket-owner-full-control"}
	viaS3 := map[string]string{"kms:ViaService": "s3.{region}.amazonaws.com"}
	places := []string{"network", "Workloads/GxP-Prod"}
	reader := []string{"role:gxp-audit-query"}
	can := func(id, action, on string, with map[string]string, who []string, in ...string) row {
		return row{id: "network-logs-" + id, proves: "GXP-LND-001", action: action, on: on, with: with, who: who, in: in, of: "log-archive", needs: "gxp-network-logs", allowed: true}
	}
	cannot := func(id, action, on string, with map[string]string, who []string, in ...string) row {
		r := can(id, action, on, with, who, in...)
		r.proves, r.allowed, r.alone = "GXP-LND-002", false, true
		return r
	}
	rows := []row{
		can("checked", "s3:GetBucketAcl", bucket, ours, delivery, places...),
		can("listed", "s3:ListBucket", bucket, ours, delivery, places...),
		can("auditor-reads", "s3:GetObject", flows, nil, reader, "audit"),
		can("auditor-lists", "s3:ListBucket", bucket, nil, reader, "audit"),
		can("auditor-decrypts", "kms:Decrypt", key, viaS3, reader, "audit"),
		can("key-administered", "kms:DescribeKey", key, nil, administrators, "log-archive"),
		cannot("delivered-for-others", "s3:PutObject", flows, theirsWritten, delivery, "network"),
		cannot("delivered-without-owner", "s3:PutObject", flows, ours, delivery, "network"),
		cannot("delivered-elsewhere", "s3:PutObject", bucket+"/other/file", written, delivery, "network"),
		cannot("delivered-by-another-feature", "s3:PutObject", flows, stray, delivery, "network"),
		cannot("delivered-by-another-service", "s3:PutObject", flows, written, other, "network"),
		cannot("checked-for-others", "s3:GetBucketAcl", bucket, theirs, delivery, "network"),
		cannot("encrypted-for-others", "kms:GenerateDataKey", key, theirs, delivery, "network"),
		cannot("encrypted-by-another-service", "kms:GenerateDataKey", key, ours, other, "network"),
		cannot("read-by-delivery", "s3:GetObject", flows, ours, delivery, "network"),
		cannot("deleted-by-delivery", "s3:DeleteObjectVersion", flows, ours, delivery, "network"),
		cannot("deleted-by-auditor", "s3:DeleteObjectVersion", flows, nil, reader, "audit"),
		cannot("deleted-from-afar", "s3:DeleteObjectVersion", flows, nil, administrators, places...),
		cannot("written-from-afar", "s3:PutObject", flows, nil, administrators, places...),
		cannot("decrypted-by-administrator", "kms:Decrypt", key, viaS3, administrators, "log-archive"),
		cannot("decrypted-directly", "kms:Decrypt", key, nil, reader, "audit"),
		cannot("read-without-tls", "s3:GetObject", flows, map[string]string{"aws:SecureTransport": "false"}, administrators, "log-archive"),
		cannot("read-from-outside", "s3:GetObject", flows, nil, []string{outsider}, "audit"),
	}
	for _, kind := range []string{"vpcflowlogs/{region}", "network-firewall/flow/{region}", "vpcdnsquerylogs/vpc-0123"} {
		rows = append(rows, can("delivered-"+slug(kind), "s3:PutObject", bucket+"/AWSLogs/{account}/"+kind+"/file", written, delivery, places...))
	}
	for _, action := range []string{"kms:GenerateDataKey", "kms:Decrypt", "kms:Encrypt", "kms:DescribeKey"} {
		rows = append(rows, can("delivery-"+slug(action), action, key, ours, delivery, places...))
	}
	return rows
}

// collectionRows are about the copying of what lands into the archive.
func collectionRows() []row {
	const role = "gxp-landing-replication-{region}"
	const archive, replica = "arn:aws:s3:::{prefix}-archive-{region}/AWSLogs/file", "arn:aws:s3:::{prefix}-archive-{replica}/AWSLogs/file"
	via := map[string]string{"kms:ViaService": "s3.{region}.amazonaws.com"}
	of := func(id, action, on, needs string, with map[string]string, allowed bool) row {
		return row{id: "collect-" + id, proves: "GXP-LND-003", action: action, on: on, with: with, needs: needs,
			who: []string{"own:" + role}, in: inLogArchive, allowed: allowed}
	}
	rows := []row{
		of("writes", "s3:ReplicateObject", archive, "gxp-config", nil, true),
		of("writes-copy", "s3:ReplicateObject", replica, "arn:aws:s3:::{prefix}-archive-{replica}", nil, true),
		of("encrypts", "kms:Encrypt", "{key gxp-archive}", "gxp-config", via, true),
		of("generates-key", "kms:GenerateDataKey", "{key gxp-archive}", "gxp-config", via, true),
		of("deletes", "s3:ReplicateDelete", archive, "gxp-config", nil, false),
		of("reads-archive", "s3:GetObject", archive, "gxp-config", nil, false),
		of("decrypts-archive", "kms:Decrypt", "{key gxp-archive}", "gxp-config", via, false),
		of("encrypts-directly", "kms:Encrypt", "{key gxp-archive}", "gxp-config", nil, false),
	}
	for _, landing := range []struct{ bucket, key string }{{"config", "gxp-config"}, {"network-logs", "gxp-network-logs"}, {"service-logs", "gxp-service-logs"}} {
		object, key := "arn:aws:s3:::{prefix}-"+landing.bucket+"-{region}/AWSLogs/file", "{key "+landing.key+"}"
		of := func(id, action, on string, with map[string]string, allowed bool) row {
			return of(landing.bucket+"-"+id, action, on, landing.key, with, allowed)
		}
		elsewhere := of("decrypted-under-the-same-name", "kms:Decrypt", key, via, false)
		elsewhere.who, elsewhere.in, elsewhere.of, elsewhere.alone = []string{"role:" + role}, []string{"Workloads/GxP-Prod"}, "log-archive", true
		rows = append(rows, elsewhere,
			of("read", "s3:GetObjectVersionForReplication", object, nil, true),
			of("decrypted", "kms:Decrypt", key, via, true),
			of("read-plainly", "s3:GetObject", object, nil, false),
			of("decrypted-directly", "kms:Decrypt", key, nil, false),
			of("written", "s3:ReplicateObject", object, nil, false),
			of("deleted", "s3:DeleteObjectVersion", object, nil, false),
		)
	}
	return rows
}
