package qualification

import "slices"

// recordBuckets hold records: every bucket of package logging except those that
// do nothing but receive the access logs of others, which S3 cannot deliver into
// a locked one, those that records land in before they are archived, and those
// that hold answers to queries.
var recordBuckets = every(bucketType).in("logging").where(func(g *Graph, r *Resource) bool {
	if isLanding(r) || holdsAnswers(r) {
		return false
	}
	receivesLogs := len(g.Linked(r, bucketLogType, "targetBucket")) > 0
	holdsRecords := isReplica(g, r) || len(g.Linked(r, trailType, "s3BucketName")) > 0 ||
		len(g.Linked(r, bucketLogType, "bucket")) > 0
	return holdsRecords || !receivesLogs
})

var noRecords = mandatory("there is no bucket for audit records and evidence",
	"create the archive, logging.NewArchive, in the log archive account")

var recordControls = []DesignControl{
	{
		Control: preventive("GXP-LOG-001", "Records are locked against deletion and change",
			"A record that an administrator, an attacker or a mistake can delete is not protected during its retention.",
			"ARCH-P4", "ARCH-P9", "CFR-11.10(c)", "CFR-11.10(e)", "A11-7.1", "A11-17"),
		Judge: judge(recordBuckets, noRecords,
			property("objectLockEnabled").is(true),
			with(lockType, "bucket", property("rule.defaultRetention.mode").isSet())),
	},
	{
		Control: preventive("GXP-LOG-002", "The lock on records binds everybody, the root user included",
			"Governance mode leaves whoever holds one permission a way to delete records before their time.",
			"ARCH-P4", "CFR-11.10(c)", "CFR-11.10(e)"),
		Judge: judge(recordBuckets, noRecords,
			with(lockType, "bucket", property("rule.defaultRetention.mode").is("COMPLIANCE"))),
	},
	{
		Control: preventive("GXP-LOG-003", "Records are kept at least as long as the records of every account",
			"An audit trail that ends before the records it concerns leaves their history unproven.",
			"CFR-11.10(c)", "CFR-11.10(e)", "A11-7.1", "A11-17"),
		Judge: judge(recordBuckets, noRecords, with(lockType, "bucket", outlastsAccounts)),
	},
	{
		Control: preventive("GXP-LOG-004", "Only the organization reaches records",
			"A grant that somebody adds by mistake, in a policy or an access point, would open records to strangers.",
			"ARCH-P7", "CFR-11.10(d)", "CFR-11.10(g)", "A11-12"),
		Judge: judge(recordBuckets, noRecords,
			with(bucketPolicyType, "bucket", policyAt("policy").satisfies(keepsOthersOut, confinesEveryone))),
	},
	{
		Control: preventive("GXP-LOG-005", "Services write records for this organization alone",
			"A service that is not bound to a source can be made to write false records for somebody else.",
			"ARCH-P4", "CFR-11.10(e)", "CFR-11.10(h)", "A11-5"),
		Judge: judge(recordBuckets, noRecords,
			with(bucketPolicyType, "bucket", policyAt("policy").satisfies(bindsServices))),
	},
	{
		Control: preventive("GXP-LOG-006", "Records are encrypted with a key of the company",
			"Under a key of AWS, access to the bucket is all that is needed to read records.",
			"ARCH-P8", "CFR-11.30", "A11-7.1"),
		Judge: judge(recordBuckets, noRecords, with(encryptionType, "bucket", encryptsWithOwnKey)),
	},
	{
		Control: detective("GXP-LOG-007", "Access to records is logged, also where they land",
			"Without it nobody can say who has read or tried to remove a record.",
			"ARCH-S8", "CFR-11.10(e)", "A11-12"),
		Judge: judge(func(g *Graph) []*Resource { return slices.Concat(recordBuckets(g), landings(g)) }, noRecords,
			with(bucketLogType, "bucket", property("targetBucket").refersTo(bucketType, elsewhere))),
	},
	{
		Control: corrective("GXP-LOG-008", "Records have a locked copy in another region",
			"The loss of one region must not be the loss of the records.",
			"ARCH-P2", "CFR-11.10(c)", "A11-7.1", "A11-16", "A11-17"),
		Judge: judge(originals, noRecords.exceptWhere(oneRegion), with(replicationType, "bucket",
			replicatesEverything, copiesToAnotherRegion,
			property(replicaBucket).refersTo(bucketType, property("objectLockEnabled").is(true)))),
	},
	{
		Control: preventive("GXP-LOG-009", "Deleting a record does not delete its copy",
			"A deletion that is replicated takes the second copy with it.",
			"CFR-11.10(c)", "A11-7.1"),
		Judge: judge(originals, noRecords.exceptWhere(oneRegion), with(replicationType, "bucket",
			property("rules[0].deleteMarkerReplication.status").is("Disabled"))),
	},
}

// originals are the buckets that records arrive in, as opposed to those that a
// replication fills, where there is a second region to copy to.
var originals = recordBuckets.where(func(g *Graph, r *Resource) bool {
	return !oneRegion(g) && !isReplica(g, r)
})

// oneRegion reports that all providers of aws, of which there are some, work in
// the same region.
func oneRegion(g *Graph) bool {
	var first string
	providers := g.OfType(awsProviderType)
	for i, p := range providers {
		region, _ := p.Get("region").Text()
		if i > 0 && region != first {
			return false
		}
		first = region
	}
	return len(providers) > 0
}
