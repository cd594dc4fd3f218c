package qualification

// buckets are all buckets of the stack, whatever they hold.
var buckets = every(bucketType)

var noBuckets = mandatory("there is no bucket, so nothing can be recorded",
	"create the archive, logging.NewArchive, in the log archive account")

var bucketControls = []DesignControl{
	{
		Control: preventive("GXP-S3-001", "Buckets refuse unencrypted connections",
			"What crosses a network in the clear can be read and altered on the way.",
			"ARCH-P8", "CFR-11.30", "A11-5"),
		Judge: judge(buckets, noBuckets,
			with(bucketPolicyType, "bucket", policyAt("policy").satisfies(forbidsPlaintext))),
	},
	{
		Control: preventive("GXP-S3-002", "No bucket can be made public",
			"One careless policy or access list would publish what the bucket holds.",
			"ARCH-P7", "CFR-11.10(d)", "A11-12"),
		Judge: judge(buckets, noBuckets, with(publicAccessType, "bucket",
			property("blockPublicAcls").is(true), property("blockPublicPolicy").is(true),
			property("ignorePublicAcls").is(true), property("restrictPublicBuckets").is(true))),
	},
	{
		Control: corrective("GXP-S3-003", "Buckets keep earlier versions",
			"Without versions an overwritten or deleted object is gone.",
			"ARCH-P9", "CFR-11.10(c)", "CFR-11.10(e)", "A11-7.1"),
		Judge: judge(buckets, noBuckets, with(versioningType, "bucket",
			property("versioningConfiguration.status").is("Enabled"))),
	},
	{
		Control: preventive("GXP-S3-004", "Buckets own what is put into them",
			"An object that belongs to the account that wrote it escapes the policy of the bucket.",
			"CFR-11.10(d)", "CFR-11.10(g)", "A11-12"),
		Judge: judge(buckets, noBuckets, with(ownershipType, "bucket",
			property("rule.objectOwnership").is("BucketOwnerEnforced"))),
	},
	{
		Control: preventive("GXP-S3-005", "Buckets encrypt what they hold",
			"Unencrypted data can be read by whoever reaches the medium.",
			"ARCH-P8", "CFR-11.30", "A11-7.1"),
		Judge: judge(buckets, noBuckets, with(encryptionType, "bucket",
			property("rules[0].applyServerSideEncryptionByDefault.sseAlgorithm").isOne("AES256", "aws:kms", "aws:kms:dsse"))),
	},
	{
		Control: preventive("GXP-S3-006", "Buckets outlive the program",
			"A bucket that is removed with the code that made it takes its content with it.",
			"CFR-11.10(c)", "A11-7.1"),
		Judge: judge(buckets, noBuckets, protected, retained, property("forceDestroy").isNot(true)),
	},
}
