package evaluation

// Buckets of the archive, as rows name them.
var archiveBuckets = []struct{ key, bucket, proves string }{
	{"records", "{prefix}-archive-{region}", "GXP-LOG-004"},
	{"evidence", "{prefix}-evidence-{region}", "GXP-LOG-004"},
	{"access-logs", "{prefix}-access-logs-{region}", "GXP-LOG-004"},
}

var (
	administrators = []string{administrator, accessRole, identityCenter}
	inLogArchive   = []string{"log-archive"}
	inAudit        = []string{"audit"}
	inManagement   = []string{managementPlace}
)

const trailARN = "arn:aws:cloudtrail:{region}:{account management}:trail/{prefix}-organization-trail"

// archiveRows are about the policies of the archive's buckets, without the
// organization's policies to help them.
func archiveRows() []row {
	rows := trailRows()
	for _, b := range archiveBuckets {
		bucket, object := "arn:aws:s3:::"+b.bucket, "arn:aws:s3:::"+b.bucket+"/AWSLogs/file"
		rows = append(rows,
			row{id: b.key + "-read-without-tls", proves: "GXP-S3-001", action: "s3:GetObject", on: object,
				with: map[string]string{"aws:SecureTransport": "false"}, who: administrators, in: inLogArchive, alone: true},
			row{id: b.key + "-list-without-tls", proves: "GXP-S3-001", action: "s3:ListBucket", on: bucket,
				with: map[string]string{"aws:SecureTransport": "false"}, who: administrators, in: inLogArchive, alone: true},
			row{id: b.key + "-read-from-outside", proves: b.proves, action: "s3:GetObject", on: object,
				who: []string{outsider}, in: inLogArchive, alone: true},
			row{id: b.key + "-policy-from-outside", proves: b.proves, action: "s3:PutBucketPolicy", on: bucket,
				who: []string{outsider}, in: inLogArchive, alone: true},
			row{id: b.key + "-read-by-workload", proves: b.proves, action: "s3:GetObject", on: object,
				who: administrators, in: []string{"Workloads/GxP-Prod", "Workloads/Sensitive"}, of: "log-archive", alone: true},
		)
	}
	return append(rows, readerRows()...)
}

// readerRows are about who reads the archive: the audit-query roles, as Athena
// does on their behalf.
func readerRows() []row {
	readers := []string{"role:gxp-audit-query", "role:gxp-audit-query-exports"}
	var rows []row
	for _, b := range archiveBuckets[:2] {
		bucket, object := "arn:aws:s3:::"+b.bucket, "arn:aws:s3:::"+b.bucket+"/AWSLogs/file"
		athena := map[string]string{"aws:ViaAWSService": "true", "aws:CalledVia": "athena.amazonaws.com|", "aws:CalledViaFirst": "athena.amazonaws.com"}
		rows = append(rows,
			row{id: b.key + "-auditor-reads", proves: "GXP-LOG-004", action: "s3:GetObject", on: object, who: readers, in: inAudit, of: "log-archive", allowed: true},
			row{id: b.key + "-auditor-reads-version", proves: "GXP-LOG-004", action: "s3:GetObjectVersion", on: object, who: readers, in: inAudit, of: "log-archive", allowed: true},
			row{id: b.key + "-auditor-lists", proves: "GXP-LOG-004", action: "s3:ListBucket", on: bucket, who: readers, in: inAudit, of: "log-archive", allowed: true},
			row{id: b.key + "-auditor-locates", proves: "GXP-LOG-004", action: "s3:GetBucketLocation", on: bucket, who: readers, in: inAudit, of: "log-archive", allowed: true},
			row{id: b.key + "-athena-reads", proves: "GXP-LOG-004", action: "s3:GetObject", on: object, with: athena, who: readers, in: inAudit, of: "log-archive", allowed: true},
			row{id: b.key + "-auditor-writes", proves: "GXP-LOG-004", action: "s3:PutObject", on: object, who: readers, in: inAudit, of: "log-archive", alone: true},
			row{id: b.key + "-auditor-deletes", proves: "GXP-LOG-004", action: "s3:DeleteObjectVersion", on: object, who: readers, in: inAudit, of: "log-archive", alone: true},
			row{id: b.key + "-same-name-elsewhere-reads", proves: "GXP-LOG-004", action: "s3:GetObject", on: object, who: readers, in: []string{"Workloads/GxP-Prod", "Workloads/Sensitive"}, of: "log-archive", alone: true},
		)
	}
	return append(rows,
		row{id: "access-logs-delivered", proves: "GXP-LOG-004", action: "s3:PutObject", on: "arn:aws:s3:::{prefix}-access-logs-{region}/log",
			with: map[string]string{"aws:SourceArn": "arn:aws:s3:::{prefix}-archive-{region}", "aws:SourceAccount": "{account log-archive}", "aws:SourceOrgID": "{org}"},
			who:  []string{"service:logging.s3.amazonaws.com"}, in: inLogArchive, allowed: true},
		row{id: "access-logs-of-another-bucket", proves: "GXP-LOG-005", action: "s3:PutObject", on: "arn:aws:s3:::{prefix}-access-logs-{region}/log",
			with: map[string]string{"aws:SourceArn": "arn:aws:s3:::elsewhere", "aws:SourceAccount": outside},
			who:  []string{"service:logging.s3.amazonaws.com"}, in: inLogArchive, alone: true},
	)
}

// trailRows are about the trail's delivery into the archive.
func trailRows() []row {
	const bucket = "arn:aws:s3:::{prefix}-archive-{region}"
	trail := []string{"service:cloudtrail.amazonaws.com"}
	delivers := map[string]string{"aws:SourceArn": trailARN, "aws:SourceAccount": "{account management}", "aws:SourceOrgID": "{org}",
		"s3:x-amz-acl": "bucket-owner-full-control"}
	deputy := map[string]string{"aws:SourceArn": "arn:aws:cloudtrail:{region}:" + outside + ":trail/theirs", "aws:SourceAccount": outside,
		"aws:SourceOrgID": outsideOrganization, "s3:x-amz-acl": "bucket-owner-full-control"}
	withoutACL := map[string]string{"aws:SourceArn": trailARN, "aws:SourceAccount": "{account management}", "aws:SourceOrgID": "{org}"}
	return []row{
		{id: "trail-checks-bucket", proves: "GXP-TRL-006", action: "s3:GetBucketAcl", on: bucket, with: withoutACL, who: trail, in: inLogArchive, allowed: true},
		{id: "trail-writes-management", proves: "GXP-TRL-006", action: "s3:PutObject", on: bucket + "/AWSLogs/{account management}/CloudTrail/f", with: delivers, who: trail, in: inLogArchive, allowed: true},
		{id: "trail-writes-organization", proves: "GXP-TRL-006", action: "s3:PutObject", on: bucket + "/AWSLogs/{org}/{account audit}/CloudTrail/f", with: delivers, who: trail, in: inLogArchive, allowed: true},
		{id: "trail-writes-elsewhere", proves: "GXP-LOG-005", action: "s3:PutObject", on: bucket + "/other/f", with: delivers, who: trail, in: inLogArchive},
		{id: "trail-writes-without-owner", proves: "GXP-LOG-005", action: "s3:PutObject", on: bucket + "/AWSLogs/{org}/f", with: withoutACL, who: trail, in: inLogArchive},
		{id: "trail-of-others-writes", proves: "GXP-LOG-005", action: "s3:PutObject", on: bucket + "/AWSLogs/{org}/f", with: deputy, who: trail, in: inLogArchive, alone: true},
		{id: "trail-of-others-encrypts", proves: "GXP-KEY-005", action: "kms:GenerateDataKey", on: "{key gxp-archive}",
			with: map[string]string{"aws:SourceArn": deputy["aws:SourceArn"]}, who: trail, in: inLogArchive, alone: true},
	}
}
