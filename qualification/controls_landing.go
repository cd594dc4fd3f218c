package qualification

const lifecycleType = "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2"

// legacyLifecycleType is an earlier name of the same.
const legacyLifecycleType = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"

// landings are the buckets that records land in before they are archived.
var landings = every(bucketType).where(func(_ *Graph, r *Resource) bool { return isLanding(r) })

var noLandings = mandatory("there is nothing that records can land in", "create the landing bucket, logging.NewLanding")

var landingControls = []DesignControl{
	{
		Control: preventive("GXP-LND-001", "Buckets that records land in are versioned, encrypted and closed, and have no lock",
			"Services refuse to deliver into a locked bucket, and until a record is archived nothing else keeps it.",
			"ARCH-P4", "ARCH-S8", "CFR-11.10(c)", "CFR-11.30", "A11-7.1"),
		Judge: judge(landings, noLandings,
			property("objectLockEnabled").isNot(true), hasNoDefaultRetention,
			with(versioningType, "bucket", property("versioningConfiguration.status").is("Enabled")),
			with(encryptionType, "bucket", encryptsLanding),
			with(bucketPolicyType, "bucket", policyAt("policy").satisfies(keepsOthersOut, confinesEveryone, bindsServices))),
	},
	{
		Control: preventive("GXP-LND-002", "Only what delivers records writes where they land, for this organization alone",
			"Whoever else can write there puts false records into the archive, where they are then locked for years.",
			"ARCH-P4", "CFR-11.10(e)", "CFR-11.10(h)", "A11-5"),
		Judge: judge(landings, noLandings,
			with(bucketPolicyType, "bucket", policyAt("policy").satisfies(admitsDeliveriesAlone))),
	},
	{
		Control: corrective("GXP-LND-003", "Everything that lands is copied into the locked archives, and the copying is measured",
			"A record that stays where it landed can be deleted, and a copying that stops unnoticed leaves it there.",
			"ARCH-P2", "ARCH-P4", "ARCH-S8", "CFR-11.10(c)", "CFR-11.10(e)", "A11-7.1", "A11-17"),
		Judge: judge(landings, noLandings, with(replicationType, "bucket", eachCopy(copiesIntoLocked), copiesIntoRegions, property("role").refersTo(roleType))),
	},
	{
		Control: preventive("GXP-LND-004", "Deleting what has landed does not delete its copy in the archive",
			"What lands expires there by plan: a deletion that is replicated would hide it in the archive too.",
			"CFR-11.10(c)", "A11-7.1"),
		Judge: judge(landings, noLandings, with(replicationType, "bucket", eachCopy(keepsWhatIsDeleted))),
	},
	{
		Control: preventive("GXP-LND-005", "Nothing of the records expires but where it landed, once it is archived",
			"An expiry of the only copy is a deletion that nobody decides on.",
			"ARCH-P9", "CFR-11.10(c)", "CFR-11.10(e)", "A11-7.1", "A11-17"),
		Judge: judge(ageing,
			mandatory("nothing says what becomes of records as they age", "create the archive, logging.NewArchive"), expiresCopiesAlone),
	},
}
