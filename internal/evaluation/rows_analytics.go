package evaluation

import "slices"

// Who asks the archive, and what carries the answers of the reviews into the
// evidence, with the permissions that the program gives them.
const (
	queryRole   = "own:gxp-audit-query"
	reviewRole  = "own:gxp-audit-query-exports"
	exportsRole = "own:gxp-audit-exports-replication"
)

// What rows about audit queries need: the key of the answers, and a role of the
// periodic review, which configuration leaves out by itself.
const (
	auditAnswers = "gxp-audit-results"
	auditReviews = "arn:aws:iam::{account audit}:role/gxp-audit-query-exports"
)

// analyticsRows are about the queries of the archive: who asks, who reads the
// answers, and how those of the periodic review become evidence.
func analyticsRows() []row {
	return slices.Concat(answerRows(), answerKeyRows(), exportRows(), askerRows())
}

// answerRows are about the bucket that Athena writes the answers to.
func answerRows() []row {
	const bucket, key = "arn:aws:s3:::{prefix}-audit-results-{region}", "{key gxp-audit-results}"
	const answer, review = bucket + "/queries/0123.csv", bucket + "/exports/root-use/0123.csv"
	const algorithm, keyID = "s3:x-amz-server-side-encryption", "s3:x-amz-server-side-encryption-aws-kms-key-id"
	plain := map[string]string{"aws:SecureTransport": "false"}
	sealed := map[string]string{algorithm: "aws:kms", keyID: key}
	athena := map[string]string{"aws:ViaAWSService": "true", "aws:CalledVia": "athena.amazonaws.com|", "aws:CalledViaFirst": "athena.amazonaws.com"}
	can := func(id, needs, action, on string, with map[string]string, who ...string) row {
		return row{id: "answers-" + id, proves: "GXP-ANA-004", action: action, on: on, with: with, who: who, in: inAudit, needs: needs, allowed: true}
	}
	cannot := func(id, proves, action, on string, with map[string]string, who ...string) row {
		r := can(id, auditAnswers, action, on, with, who...)
		r.proves, r.allowed, r.alone = proves, false, true
		return r
	}
	byOthers := append(slices.Clone(administrators), root)
	rows := []row{
		can("written", auditAnswers, "s3:PutObject", answer, athena, queryRole),
		can("written-under-the-key", auditAnswers, "s3:PutObject", answer, sealed, queryRole),
		can("read", auditAnswers, "s3:GetObject", answer, nil, queryRole),
		can("of-reviews-read", auditAnswers, "s3:GetObject", review, nil, queryRole),
		can("located", auditAnswers, "s3:GetBucketLocation", bucket, athena, queryRole),
		can("listed", auditAnswers, "s3:ListBucket", bucket, athena, queryRole),
		can("of-reviews-written", auditReviews, "s3:PutObject", review, merged(athena, sealed), reviewRole),
		cannot("read-without-tls", "GXP-S3-001", "s3:GetObject", answer, plain, queryRole),
		cannot("listed-without-tls", "GXP-S3-001", "s3:ListBucket", bucket, plain, queryRole),
		cannot("written-under-no-key", "GXP-ANA-001", "s3:PutObject", answer, map[string]string{algorithm: "AES256"}, queryRole),
		cannot("written-under-another-key", "GXP-ANA-001", "s3:PutObject", answer,
			map[string]string{algorithm: "aws:kms", keyID: "arn:aws:kms:{region}:{account}:key/01234567-89ab-cdef-0123-456789abcdef"}, queryRole),
		cannot("written-among-reviews", "GXP-ANA-004", "s3:PutObject", review, nil, queryRole),
		cannot("deleted-by-auditor", "GXP-ANA-004", "s3:DeleteObject", answer, nil, queryRole),
		cannot("deleted-by-auditor-for-good", "GXP-ANA-004", "s3:DeleteObjectVersion", answer, nil, queryRole),
		cannot("read-from-outside", "GXP-ANA-004", "s3:GetObject", answer, nil, outsider),
		cannot("policy-from-outside", "GXP-ANA-004", "s3:PutBucketPolicy", bucket, nil, outsider),
	}
	for _, action := range []string{"s3:GetObject", "s3:GetObjectVersion", "s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion", "s3:ReplicateObject"} {
		rows = append(rows, cannot("by-administrators-"+slug(action), "GXP-ANA-004", action, answer, nil, byOthers...))
	}
	elsewhere := cannot("read-under-the-same-name", "GXP-ANA-004", "s3:GetObject", answer, nil, "role:gxp-audit-query", "role:gxp-audit-exports-replication")
	elsewhere.in, elsewhere.of = []string{"Workloads/GxP-Prod"}, "audit"
	wanders := cannot("written-by-reviews-among-others", "GXP-ANA-004", "s3:PutObject", answer, sealed, reviewRole)
	wanders.needs = auditReviews
	return append(rows, elsewhere, wanders)
}

// answerKeyRows are about the key of the answers.
func answerKeyRows() []row {
	const key = "{key gxp-audit-results}"
	viaS3 := map[string]string{"kms:ViaService": "s3.{region}.amazonaws.com"}
	viaOther := map[string]string{"kms:ViaService": "ec2.{region}.amazonaws.com"}
	can := func(id, needs, action string, with map[string]string, who ...string) row {
		return row{id: "answers-key-" + id, proves: "GXP-ANA-001", action: action, on: key, with: with, who: who, in: inAudit, needs: needs, allowed: true}
	}
	cannot := func(id, proves, needs, action string, with map[string]string, who ...string) row {
		r := can(id, needs, action, with, who...)
		r.proves, r.allowed, r.alone = proves, false, true
		return r
	}
	elsewhere := cannot("used-under-the-same-name", "GXP-KEY-005", auditAnswers, "kms:Decrypt", viaS3, "role:gxp-audit-query", "role:gxp-audit-exports-replication")
	elsewhere.in, elsewhere.of = []string{"Workloads/GxP-Prod"}, "audit"
	administered := can("administered", auditAnswers, "kms:DescribeKey", nil, administrators...)
	administered.proves = "GXP-KEY-006"
	return []row{
		administered, elsewhere,
		can("encrypts", auditAnswers, "kms:GenerateDataKey", viaS3, queryRole),
		can("decrypts", auditAnswers, "kms:Decrypt", viaS3, queryRole),
		can("encrypts-reviews", auditReviews, "kms:GenerateDataKey", viaS3, reviewRole),
		can("decrypts-to-copy", auditReviews, "kms:Decrypt", viaS3, exportsRole),
		cannot("used-by-administrators", "GXP-KEY-004", auditAnswers, "kms:Decrypt", viaS3, administrators...),
		cannot("granted-by-administrators", "GXP-KEY-004", auditAnswers, "kms:CreateGrant", nil, administrators...),
		cannot("used-directly", "GXP-KEY-004", auditAnswers, "kms:Decrypt", nil, queryRole, "role:gxp-audit-query"),
		cannot("used-through-another", "GXP-KEY-004", auditAnswers, "kms:Decrypt", viaOther, queryRole, "role:gxp-audit-query"),
		cannot("encrypts-copies", "GXP-KEY-004", auditReviews, "kms:GenerateDataKey", viaS3, exportsRole, "role:gxp-audit-exports-replication"),
		cannot("copied-directly", "GXP-KEY-004", auditReviews, "kms:Decrypt", nil, exportsRole, "role:gxp-audit-exports-replication"),
		cannot("used-from-outside", "GXP-KEY-005", auditAnswers, "kms:Decrypt", viaS3, outsider),
	}
}

// exportRows are about the copying of the reviews' answers into the evidence.
func exportRows() []row {
	const results, evidence, sealed = "arn:aws:s3:::{prefix}-audit-results-{region}", "arn:aws:s3:::{prefix}-evidence-{region}", "{key gxp-archive}"
	const review, kept = results + "/exports/root-use/0123.csv", evidence + "/exports/root-use/0123.csv"
	sameName := "role:gxp-audit-exports-replication"
	viaS3 := map[string]string{"kms:ViaService": "s3.{region}.amazonaws.com"}
	of := func(id, action, on string, with map[string]string, allowed bool, place string, who ...string) row {
		return row{id: "exports-" + id, proves: "GXP-ANA-006", action: action, on: on, with: with, who: who, in: inAudit, of: place,
			needs: auditReviews, allowed: allowed, alone: !allowed}
	}
	rows := []row{
		of("configured", "s3:GetReplicationConfiguration", results, nil, true, "audit", exportsRole),
		of("listed", "s3:ListBucket", results, nil, true, "audit", exportsRole),
		of("read", "s3:GetObjectVersionForReplication", review, nil, true, "audit", exportsRole),
		of("kept", "s3:ReplicateObject", kept, nil, true, "log-archive", exportsRole),
		of("tags-kept", "s3:ReplicateTags", kept, nil, true, "log-archive", exportsRole),
		of("encrypted", "kms:Encrypt", sealed, viaS3, true, "log-archive", exportsRole),
		of("key-generated", "kms:GenerateDataKey", sealed, viaS3, true, "log-archive", exportsRole),
		of("encrypted-directly", "kms:Encrypt", sealed, nil, false, "log-archive", exportsRole, sameName),
		of("decrypted", "kms:Decrypt", sealed, viaS3, false, "log-archive", exportsRole, sameName),
		of("other-answers-read", "s3:GetObjectVersionForReplication", results+"/queries/0123.csv", nil, false, "audit", exportsRole),
		of("read-plainly", "s3:GetObject", review, nil, false, "audit", exportsRole),
		of("altered-in-place", "s3:PutObject", review, nil, false, "audit", exportsRole),
		of("deletions-kept", "s3:ReplicateDelete", kept, nil, false, "log-archive", exportsRole, sameName),
		of("put", "s3:PutObject", kept, nil, false, "log-archive", exportsRole, sameName),
		of("evidence-read", "s3:GetObject", kept, nil, false, "log-archive", exportsRole, sameName),
		of("evidence-deleted", "s3:DeleteObjectVersion", kept, nil, false, "log-archive", exportsRole, sameName),
		of("evidence-bypassed", "s3:BypassGovernanceRetention", kept, nil, false, "log-archive", exportsRole, sameName),
		of("among-other-evidence", "s3:ReplicateObject", evidence+"/iq/records/r.json", nil, false, "log-archive", exportsRole, sameName),
		of("among-results-of-verification", "s3:ReplicateObject", evidence+"/integrity/records/r.json", nil, false, "log-archive", exportsRole, sameName),
		of("among-records", "s3:ReplicateObject", "arn:aws:s3:::{prefix}-archive-{region}/exports/root-use/0123.csv", nil, false, "log-archive", exportsRole, sameName),
		of("kept-by-auditor", "s3:ReplicateObject", kept, nil, false, "log-archive", queryRole, "role:gxp-audit-query"),
		of("kept-by-administrators", "s3:ReplicateObject", kept, nil, false, "log-archive", administrators...),
		of("encrypted-by-administrators", "kms:GenerateDataKey", sealed, viaS3, false, "log-archive", administrators...),
	}
	elsewhere := of("kept-under-the-same-name", "s3:ReplicateObject", kept, nil, false, "log-archive", sameName)
	elsewhere.in = []string{"Workloads/GxP-Prod"}
	return append(rows, elsewhere)
}

// askerRows are about who takes the roles: people that audit or assure quality
// ask, schedules of the account start reviews, and S3 copies.
func askerRows() []row {
	const ask, review = "arn:aws:iam::{account audit}:role/gxp-audit-query", "arn:aws:iam::{account audit}:role/gxp-audit-query-exports"
	const copies = "arn:aws:iam::{account audit}:role/gxp-audit-exports-replication"
	scheduler, s3 := "service:scheduler.amazonaws.com", "service:s3.amazonaws.com"
	const group = "arn:aws:scheduler:{region}:{account audit}:schedule-group/"
	ours := map[string]string{"aws:SourceOrgID": "{org}", "aws:SourceAccount": "{account audit}", "aws:SourceArn": group + "gxp-audit-reviews"}
	stray := map[string]string{"aws:SourceOrgID": "{org}", "aws:SourceAccount": "{account audit}", "aws:SourceArn": group + "default"}
	theirs := map[string]string{"aws:SourceOrgID": outsideOrganization, "aws:SourceAccount": outside,
		"aws:SourceArn": "arn:aws:scheduler:{region}:" + outside + ":schedule-group/gxp-audit-reviews"}
	theirBucket := map[string]string{"aws:SourceAccount": outside, "aws:SourceArn": "arn:aws:s3:::elsewhere"}
	of := func(id, on string, with map[string]string, allowed bool, in []string, who ...string) row {
		needs := on
		if on == copies {
			needs = auditReviews
		}
		return row{id: "asking-" + id, proves: "GXP-ANA-007", action: "sts:AssumeRole", on: on, with: with, who: who, in: in, of: "audit", needs: needs, allowed: allowed, alone: !allowed}
	}
	both := []string{"audit", "Workloads/GxP-Validation"}
	elsewhere := []string{"Workloads/GxP-Prod", "log-archive", "audit"}
	return []row{
		of("by-those-who-review", ask, nil, true, both, "set:GxpAuditor", "set:GxpQAApprover"),
		of("reviews-started", review, ours, true, inAudit, scheduler),
		of("reviews-copied", copies, nil, true, inAudit, s3),
		of("by-others", ask, nil, false, both, "set:GxpDeveloper", "set:GxpOperator", "set:GxpPlatformEngineer", "set:GxpDataSteward"),
		of("by-roles-of-other-names", ask, nil, false, elsewhere, administrator, "role:AWSReservedSSO_GxpAuditor_"+setHash),
		of("from-outside", ask, nil, false, inAudit, outsider),
		of("by-a-service", ask, ours, false, inAudit, scheduler),
		of("reviews-taken-by-people", review, nil, false, both, "set:GxpAuditor", "set:GxpQAApprover"),
		of("reviews-taken-by-roles", review, nil, false, elsewhere, administrator),
		of("reviews-started-by-another-group", review, stray, false, inAudit, scheduler),
		of("reviews-started-for-others", review, theirs, false, inAudit, scheduler),
		of("reviews-started-by-another-service", review, ours, false, inAudit, "service:events.amazonaws.com"),
		of("reviews-copied-for-others", copies, theirBucket, false, inAudit, s3),
		of("reviews-copied-by-people", copies, nil, false, both, "set:GxpAuditor"),
	}
}
