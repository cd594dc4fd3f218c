package qualification

// verifiers are the functions that verify the archive. Where Control Tower
// governs, the archive has nothing of its trail.
var verifiers = every(functionType).where(func(_ *Graph, r *Resource) bool {
	return r.Component() == "gxp:logging:IntegrityCheck"
})

var noVerifier = mandatory("nothing verifies the audit trail in the archive",
	"set logging:integrity.enabled to true, or add logging.NewIntegrityCheck").exceptWhere(governedByControlTower)

// What a verifying function is told, in its environment.
const (
	verified   = "environment.variables."
	ofArchive  = verified + "ARCHIVE_BUCKET"
	ofEvidence = verified + "EVIDENCE_BUCKET"
	ofReplica  = verified + "REPLICA_BUCKET"
	ofSigning  = verified + "SIGNING_KEY_ID"
	ofMode     = verified + "LOCK_MODE"
	ofYears    = verified + "RETENTION_YEARS"
	ofTrail    = verified + "TRAIL_NAME"
	ofRegions  = verified + "EXPECTED_REGIONS"
	ofMetrics  = verified + "METRIC_NAMESPACE"

	// calledWith is what a schedule calls a function with.
	calledWith = "target.input"
)

var integrityControls = []DesignControl{
	{
		Control: detective("GXP-INT-001", "The audit trail in the archive is verified every day",
			"That a record was removed or exchanged is found out by nobody who does not look for it.",
			"ARCH-P4", "ARCH-P9", "ARCH-S14", "CFR-11.10(a)", "CFR-11.10(e)", "A11-11", "A11-17"),
		Judge: judge(verifiers, noVerifier,
			property("reservedConcurrentExecutions").isNot(0.0),
			with(scheduleType, "target.arn",
				property("state").isNot("DISABLED"),
				property("scheduleExpression").satisfies(isDaily, "must be every day: cron(MINUTE HOUR * * ? *)"),
				property(calledWith).check(coversDay, "must name 24 hours or more"))),
	},
	{
		Control: detective("GXP-INT-002", "The verification misses every account and region that does not log",
			"An account of which the archive has nothing looks like one in which nothing happened.",
			"ARCH-S8", "ARCH-S12", "CFR-11.10(e)", "A11-9"),
		Judge: judge(verifiers, noVerifier,
			property(ofArchive).refersTo(bucketType, with(trailType, "s3BucketName")),
			verifiesItsTrail, expectsRegions, with(scheduleType, "target.arn", expectsAccounts)),
	},
	{
		Control: preventive("GXP-INT-003", "Results of the verification are signed by a key that nothing else may sign with",
			"A result that somebody else could have signed proves nothing about the archive.",
			"ARCH-P9", "ARCH-P10", "CFR-11.10(e)", "CFR-11.70", "A11-17"),
		Judge: judge(verifiers, noVerifier,
			property(ofSigning).refersTo(keyType, property("keyUsage").is("SIGN_VERIFY")), signsAlone),
	},
	{
		Control: detective("GXP-INT-004", "A verification that fails, finds something or does not happen raises an alarm",
			"Without it the first person to read a bad result is the inspector.",
			"ARCH-S11", "ARCH-S13", "CFR-11.10(e)", "A11-13"),
		Judge: judge(verifiers, noVerifier, alarmsOnFailure, alarmsOnFindings, alarmsOnSilence),
	},
	{
		Control: detective("GXP-INT-005", "The verification covers the lock of every record and its second copy",
			"A record that is genuine today and not locked, or not copied, may be gone tomorrow.",
			"ARCH-P2", "ARCH-P4", "CFR-11.10(c)", "A11-7.1", "A11-17"),
		Judge: judge(verifiers, noVerifier, verifiesLock, verifiesCopy),
	},
	{
		Control: preventive("GXP-INT-006", "The verification can add results to the locked evidence, and change nothing",
			"What proves that records are genuine must not itself be able to alter them.",
			"ARCH-P4", "ARCH-P10", "CFR-11.10(c)", "CFR-11.10(g)", "A11-12"),
		Judge: judge(verifiers, noVerifier,
			property(ofEvidence).refersTo(bucketType, property("objectLockEnabled").is(true)), addsAlone),
	},
}
