package evaluation

import (
	"slices"
	"strings"
)

// landingRows are about where AWS Config delivers: the service itself and the
// recorders' role of every account, and nobody else.
func landingRows() []row {
	const bucket = "arn:aws:s3:::{prefix}-config-{region}"
	const history, key = bucket + "/AWSLogs/{account}/Config/file", "{key gxp-config}"
	service, recorder := []string{"service:config.amazonaws.com"}, []string{"role:gxp-config-{region}"}
	ours := map[string]string{"aws:SourceOrgID": "{org}", "aws:SourceAccount": "{account}", "s3:x-amz-acl": "bucket-owner-full-control"}
	oursToRead := map[string]string{"aws:SourceOrgID": "{org}", "aws:SourceAccount": "{account}"}
	theirs := map[string]string{"aws:SourceOrgID": outsideOrganization, "aws:SourceAccount": outside, "s3:x-amz-acl": "bucket-owner-full-control"}
	theirsToRead := map[string]string{"aws:SourceOrgID": outsideOrganization, "aws:SourceAccount": outside}
	owned := map[string]string{"s3:x-amz-acl": "bucket-owner-full-control"}
	viaS3 := map[string]string{"kms:ViaService": "s3.{region}.amazonaws.com"}
	plain := map[string]string{"aws:SecureTransport": "false"}
	places := []string{"Workloads/GxP-Prod", "Workloads/Sensitive", "Sandbox", "audit"}
	reader := []string{"role:gxp-audit-query"}
	can := func(id, action, on string, with map[string]string, who []string, in ...string) row {
		return row{id: "config-" + id, proves: "GXP-BAS-009", action: action, on: on, with: with, who: who, in: in, of: "log-archive", needs: "gxp-config", allowed: true}
	}
	cannot := func(id, action, on string, with map[string]string, who []string, in ...string) row {
		r := can(id, action, on, with, who, in...)
		r.allowed, r.alone = false, true
		return r
	}
	return []row{
		can("checks", "s3:GetBucketAcl", bucket, oursToRead, service, places...),
		can("delivers", "s3:PutObject", history, ours, service, places...),
		can("encrypts", "kms:GenerateDataKey", key, oursToRead, service, places...),
		can("recorder-checks", "s3:GetBucketAcl", bucket, nil, recorder, places...),
		can("recorder-delivers", "s3:PutObject", history, owned, recorder, places...),
		can("recorder-encrypts", "kms:GenerateDataKey", key, viaS3, recorder, places...),
		can("auditor-reads", "s3:GetObject", history, nil, reader, "audit"),
		can("auditor-decrypts", "kms:Decrypt", key, viaS3, reader, "audit"),
		can("key-administered", "kms:DescribeKey", key, nil, administrators, "log-archive"),
		cannot("delivers-for-others", "s3:PutObject", history, theirs, service, "audit"),
		cannot("encrypts-for-others", "kms:GenerateDataKey", key, theirsToRead, service, "audit"),
		cannot("recorder-delivers-elsewhere", "s3:PutObject", bucket+"/other", owned, recorder, places...),
		cannot("recorder-reads", "s3:GetObject", history, nil, recorder, places...),
		cannot("administrator-delivers", "s3:PutObject", history, owned, administrators, "Workloads/GxP-Prod", "Workloads/Sensitive"),
		cannot("read-without-tls", "s3:GetObject", history, plain, administrators, "log-archive"),
		cannot("read-from-outside", "s3:GetObject", history, nil, []string{outsider}, "audit"),
	}
}

// keeperRows are about the keys of backups and volumes, and the buckets of
// assets and templates.
func keeperRows() []row {
	const central, volumes = "{key gxp-central-backup}", "{key gxp-volumes}"
	grant := map[string]string{"kms:GrantIsForAWSResource": "true"}
	viaEC2 := map[string]string{"kms:ViaService": "ec2.{region}.amazonaws.com"}
	granted := map[string]string{"kms:ViaService": "ec2.{region}.amazonaws.com", "kms:GrantIsForAWSResource": "true"}
	backup := []string{backupRole}
	of := func(id, proves, action, on, needs string, with map[string]string, who []string, allowed bool, place string, in ...string) row {
		return row{id: id, proves: proves, action: action, on: on, with: with, who: who, in: in, of: place, needs: needs, allowed: allowed, alone: !allowed}
	}
	viaBackup := map[string]string{"kms:ViaService": "backup.{region}.amazonaws.com"}
	rows := []row{
		of("central-vault-made", "GXP-KEY-004", "kms:GenerateDataKey", central, "gxp-central-backup", viaBackup, administrators, true, "backup", "backup"),
		of("central-backup-copies", "GXP-KEY-005", "kms:GenerateDataKey", central, "gxp-central-backup", nil, backup, true, "backup", "Workloads/GxP-Prod", "Workloads/Sensitive", "backup"),
		of("central-backup-grants", "GXP-KEY-005", "kms:CreateGrant", central, "gxp-central-backup", grant, backup, true, "backup", "Workloads/GxP-Prod", "Workloads/Sensitive"),
		of("central-backup-used-by-others", "GXP-KEY-004", "kms:Decrypt", central, "gxp-central-backup", nil, administrators, false, "backup", "Workloads/GxP-Prod", "Workloads/Sensitive", "backup"),
		of("central-backup-administered", "GXP-KEY-006", "kms:DescribeKey", central, "gxp-central-backup", nil, administrators, true, "backup", "backup"),
	}
	for _, place := range []string{"network", "shared-services"} {
		rows = append(rows,
			of("volumes-used", "GXP-KEY-004", "kms:Decrypt", volumes, "gxp-volumes", viaEC2, administrators, true, place, place),
			of("volumes-granted", "GXP-KEY-004", "kms:CreateGrant", volumes, "gxp-volumes", granted, administrators, true, place, place),
			of("volumes-used-directly", "GXP-KEY-004", "kms:Decrypt", volumes, "gxp-volumes", nil, administrators, false, place, place),
			of("volumes-used-by-others", "GXP-KEY-005", "kms:Decrypt", volumes, "gxp-volumes", viaEC2, administrators, false, place, "Sandbox"),
			of("volumes-administered", "GXP-KEY-006", "kms:DescribeKey", volumes, "gxp-volumes", nil, administrators, true, place, place),
		)
		for i := range rows[len(rows)-5:] {
			rows[len(rows)-5+i].id += "-" + place
		}
	}
	return slices.Concat(rows, assetRows())
}

// assetRows are about the buckets that accounts take assets and templates from.
func assetRows() []row {
	const templates, assets = "arn:aws:s3:::{prefix}-products-{region}/file", "arn:aws:s3:::{prefix}-assets-{region}/file"
	var rows []row
	for _, b := range []struct{ id, on, place string }{{"templates", templates, "shared-services"}, {"assets", assets, "shared-services"}} {
		bucket := strings.TrimSuffix(b.on, "/file")
		rows = append(rows,
			row{id: b.id + "-read-without-tls", proves: "GXP-S3-001", action: "s3:GetObject", on: b.on, needs: bucket,
				with: map[string]string{"aws:SecureTransport": "false"}, who: administrators, in: []string{b.place}, alone: true},
			row{id: b.id + "-read-from-outside", proves: "GXP-S3-002", action: "s3:GetObject", on: b.on, needs: bucket,
				who: []string{outsider}, in: []string{b.place}, alone: true},
		)
	}
	return append(rows, row{id: "assets-read", proves: "GXP-S3-002", action: "s3:GetObject", on: assets, needs: "arn:aws:s3:::{prefix}-assets-{region}",
		who: []string{stackSets, settingsRole}, in: []string{"Workloads/GxP-Prod", "Workloads/Sensitive", "Sandbox"}, of: "shared-services", allowed: true})
}
