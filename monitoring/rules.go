package monitoring

import "github.com/gxp-landing-zone/gxp-landing-zone/internal/control"

// rule is one managed Config rule.
type rule struct {
	control.Control

	// identifier is the rule's name in AWS, such as CLOUD_TRAIL_ENABLED.
	identifier string

	// parameters are the rule's parameters. Empty: AWS's defaults.
	parameters map[string]string
}

var rules = []rule{
	configRule("GXP-CFG-001", "CLOUD_TRAIL_ENABLED", "CloudTrail records every account",
		"Without a trail there is no record of who changed what.", "CFR-11.10(e)", "A11-9", "ARCH-S12"),
	configRule("GXP-CFG-002", "CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED", "Altered trail files are detectable",
		"Without digests a changed or deleted log file cannot be told from a genuine one.", "CFR-11.10(a)", "ARCH-P9"),
	configRule("GXP-CFG-003", "CLOUD_TRAIL_ENCRYPTION_ENABLED", "Trail files are encrypted with a customer key",
		"The trail shows how the organization works and who works in it.", "CFR-11.30", "ARCH-P8"),
	configRule("GXP-CFG-004", "MULTI_REGION_CLOUD_TRAIL_ENABLED", "The trail covers every region",
		"Activity in a region that nobody uses would go unseen.", "CFR-11.10(e)", "ARCH-S12"),
	configRule("GXP-CFG-005", "CMK_BACKING_KEY_ROTATION_ENABLED", "Customer keys rotate every year",
		"The longer a key encrypts, the more it exposes when it is lost.", "CFR-11.30", "ARCH-P8"),
	configRule("GXP-CFG-006", "S3_BUCKET_SSL_REQUESTS_ONLY", "Buckets refuse unencrypted connections",
		"Records in transit could be read or altered.", "CFR-11.30", "A11-5", "ARCH-P8"),
	configRule("GXP-CFG-007", "S3_BUCKET_VERSIONING_ENABLED", "Buckets keep earlier versions",
		"An overwritten record would be lost.", "CFR-11.10(c)", "A11-7.1", "ARCH-P9"),
	configRule("GXP-CFG-008", "S3_BUCKET_SERVER_SIDE_ENCRYPTION_ENABLED", "Buckets encrypt what they hold",
		"Records at rest could be read by whoever reaches the storage.", "CFR-11.30", "ARCH-P8"),
	configRule("GXP-CFG-009", "S3_BUCKET_PUBLIC_READ_PROHIBITED", "No bucket can be read by the public",
		"Records would be open to anyone.", "CFR-11.10(d)", "A11-12"),
	configRule("GXP-CFG-010", "S3_BUCKET_PUBLIC_WRITE_PROHIBITED", "No bucket can be written by the public",
		"Records could be added or altered by anyone.", "CFR-11.10(d)", "A11-12"),
	configRule("GXP-CFG-011", "ENCRYPTED_VOLUMES", "Attached volumes are encrypted",
		"Records at rest could be read from a copied volume.", "CFR-11.30", "ARCH-P8"),
	configRule("GXP-CFG-012", "ROOT_ACCOUNT_MFA_ENABLED", "Root users need a second factor",
		"A password alone would open an account completely.", "CFR-11.200", "CFR-11.300", "ARCH-P10"),
}

// configRule is a rule without parameters that watches one control.
func configRule(id, identifier, title, rationale string, requirements ...string) rule {
	return rule{
		Control: control.Control{
			ID:           id,
			Title:        title,
			Rationale:    rationale,
			Requirements: requirements,
			Kind:         control.Detective,
			Verification: control.ConfigRule,
		},
		identifier: identifier,
	}
}

// RuleIdentifiers returns the identifiers of the managed Config rules that the
// conformance pack evaluates.
func RuleIdentifiers() []string {
	var identifiers []string
	for _, r := range rules {
		identifiers = append(identifiers, r.identifier)
	}
	return identifiers
}
