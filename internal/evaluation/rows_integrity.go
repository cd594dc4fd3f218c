package evaluation

// integrityRows are about the verification of the archive: what its role may do
// to records and results, and who else may write or sign results.
func integrityRows() []row {
	const (
		archive  = "arn:aws:s3:::{prefix}-archive-{region}"
		evidence = "arn:aws:s3:::{prefix}-evidence-{region}"
		records  = archive + "/AWSLogs/{org}/{account audit}/CloudTrail/f"
		result   = evidence + "/integrity/records/2026/11/23/r.json"
		manifest = evidence + "/integrity/manifests/2026/11/23/r.sig.json"
		sealed   = "{key gxp-archive}"
		signing  = "{key gxp-integrity}"
	)
	own := []string{"own:gxp-log-integrity"}
	viaS3 := map[string]string{"kms:ViaService": "s3.{region}.amazonaws.com"}
	digest := map[string]string{"kms:MessageType": "DIGEST", "kms:SigningAlgorithm": "ECDSA_SHA_256"}
	document := map[string]string{"kms:MessageType": "RAW", "kms:SigningAlgorithm": "ECDSA_SHA_256"}
	away := map[string]string{"aws:RequestedRegion": "{elsewhere}"}
	rows := []row{
		{id: "verifier-lists", proves: "GXP-INT-001", action: "s3:ListBucket", on: archive, who: own, in: inLogArchive, allowed: true},
		{id: "verifier-reads", proves: "GXP-INT-001", action: "s3:GetObject", on: records, who: own, in: inLogArchive, allowed: true},
		{id: "verifier-reads-management", proves: "GXP-INT-001", action: "s3:GetObject", on: archive + "/AWSLogs/{account management}/CloudTrail/f", who: own, in: inLogArchive, allowed: true},
		{id: "verifier-reads-lock", proves: "GXP-INT-005", action: "s3:GetObjectRetention", on: records, who: own, in: inLogArchive, allowed: true},
		{id: "verifier-reads-bucket-lock", proves: "GXP-INT-005", action: "s3:GetBucketObjectLockConfiguration", on: archive, who: own, in: inLogArchive, allowed: true},
		{id: "verifier-reads-copying", proves: "GXP-INT-005", action: "s3:GetReplicationConfiguration", on: archive, who: own, in: inLogArchive, allowed: true},
		{id: "verifier-decrypts", proves: "GXP-INT-001", action: "kms:Decrypt", on: sealed, with: viaS3, who: own, in: inLogArchive, allowed: true},
		{id: "verifier-keeps-result", proves: "GXP-INT-006", action: "s3:PutObject", on: result, who: own, in: inLogArchive, allowed: true},
		{id: "verifier-keeps-manifest", proves: "GXP-INT-006", action: "s3:PutObject", on: manifest, who: own, in: inLogArchive, allowed: true},
		{id: "verifier-encrypts", proves: "GXP-INT-006", action: "kms:GenerateDataKey", on: sealed, with: viaS3, who: own, in: inLogArchive, allowed: true},
		{id: "verifier-signs", proves: "GXP-INT-003", action: "kms:Sign", on: signing, with: digest, who: own, in: inLogArchive, allowed: true},
		{id: "verifier-reads-keys-of-any-region", proves: "GXP-INT-001", action: "cloudtrail:ListPublicKeys", on: "*", with: away, who: own, in: inLogArchive, allowed: true},
		{id: "auditor-verifies-result", proves: "GXP-INT-003", action: "kms:GetPublicKey", on: signing, who: []string{"role:gxp-audit-query"}, in: inAudit, of: "log-archive", allowed: true},
		{id: "signing-key-administered", proves: "GXP-KEY-006", action: "kms:GetKeyPolicy", on: signing, who: administrators, in: inLogArchive, allowed: true},

		{id: "verifier-decrypts-directly", proves: "GXP-KEY-004", action: "kms:Decrypt", on: sealed, who: own, in: inLogArchive},
		{id: "verifier-signs-documents", proves: "GXP-INT-003", action: "kms:Sign", on: signing, with: document, who: own, in: inLogArchive, alone: true},
		{id: "verifier-grants-signing", proves: "GXP-INT-003", action: "kms:CreateGrant", on: signing, who: own, in: inLogArchive},
		{id: "administrator-signs", proves: "GXP-INT-003", action: "kms:Sign", on: signing, with: digest, who: administrators, in: inLogArchive, alone: true},
		{id: "auditor-signs", proves: "GXP-INT-003", action: "kms:Sign", on: signing, with: digest, who: []string{"role:gxp-audit-query"}, in: inAudit, of: "log-archive", alone: true},
		{id: "outsider-verifies-with-key", proves: "GXP-KEY-005", action: "kms:GetPublicKey", on: signing, who: []string{outsider}, in: inAudit, of: "log-archive", alone: true},
		{id: "administrator-keeps-result", proves: "GXP-INT-006", action: "s3:PutObject", on: result, who: administrators, in: inLogArchive, alone: true},
		{id: "administrator-keeps-manifest", proves: "GXP-INT-006", action: "s3:PutObject", on: manifest, who: administrators, in: inLogArchive, alone: true},
		{id: "verifier-writes-other-evidence", proves: "GXP-INT-006", action: "s3:PutObject", on: evidence + "/iq/records/r.json", who: own, in: inLogArchive},
		{id: "verifier-writes-records", proves: "GXP-INT-006", action: "s3:PutObject", on: records, who: own, in: inLogArchive},
		{id: "verifier-reads-other-evidence", proves: "GXP-INT-006", action: "s3:GetObject", on: evidence + "/iq/records/r.json", who: own, in: inLogArchive},
	}
	for _, action := range []string{"s3:DeleteObject", "s3:DeleteObjectVersion", "s3:PutObjectRetention", "s3:PutObjectLegalHold", "s3:BypassGovernanceRetention"} {
		rows = append(rows,
			row{id: "verifier-alters-records-" + slug(action), proves: "GXP-INT-006", action: action, on: records, who: own, in: inLogArchive},
			row{id: "verifier-alters-results-" + slug(action), proves: "GXP-INT-006", action: action, on: result, who: own, in: inLogArchive})
	}
	for i := range rows {
		rows[i].needs = verification
	}
	return rows
}
