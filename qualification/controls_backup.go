package qualification

// minimumLockDays is the shortest time that AWS gives a lock to be undone in. A
// lock without one can always be undone.
const minimumLockDays = 3

var (
	// vaults are those that the program itself makes: the central ones. The
	// vaults of the accounts are in the templates of the baseline.
	vaults = every(vaultType)

	noVault = mandatory("there is no central vault, so that a backup falls with the account that it was made in",
		"switch landingzone:backup on")

	// onAWS are the vaults of what is no emulator: that has no vault policies and
	// tests no restoring.
	onAWS = vaults.where(func(g *Graph, _ *Resource) bool { return !onEmulator(g) })

	backupPolicies = every(orgPolicyType).where(func(_ *Graph, r *Resource) bool { return r.Get("type").Is("BACKUP_POLICY") })

	noBackups = mandatory("nothing is backed up for the organization", "switch landingzone:backup.policies on").exceptWhere(onEmulator)
)

var backupControls = []DesignControl{
	{
		Control: preventive("GXP-BKP-001", "Central copies of backups are locked until their retention ends",
			"A copy that an administrator or an attacker can delete early does not survive what it was made for.",
			"CFR-11.10(c)", "A11-7.1", "A11-7.2", "A11-17"),
		Judge: judge(vaults, noVault, withHere(vaultLockType, "backupVaultName",
			property("minRetentionDays").isAtLeast(1), property("maxRetentionDays").isAtLeast(1))),
	},
	{
		Control: preventive("GXP-BKP-002", "The lock on central copies becomes final for everybody",
			"A lock that one account's administrators can lift binds everyone but them.",
			"CFR-11.10(c)", "A11-7.1", "A11-7.2"),
		Judge: judge(vaults, noVault, withHere(vaultLockType, "backupVaultName",
			property("changeableForDays").isAtLeast(minimumLockDays))),
	},
	{
		Control: preventive("GXP-BKP-003", "Central copies are encrypted with a key of the company",
			"Under the key of the account that was backed up, a copy is lost with that account.",
			"ARCH-P8", "CFR-11.30", "A11-7.1"),
		Judge: judge(vaults, noVault, property("kmsKeyArn").refersTo(keyType)),
	},
	{
		Control: preventive("GXP-BKP-004", "Only the organization copies into a central vault, and nobody takes out of it",
			"Whoever may put anything into the vault, or delete from it, can replace a backup by a false one.",
			"ARCH-P7", "CFR-11.10(d)", "A11-7.2", "A11-12"),
		Judge: judge(onAWS, noVault.exceptWhere(onEmulator), withHere(vaultPolicyType, "backupVaultName",
			policyAt("policy").satisfies(confinesEveryone, forbidsDeletion))),
	},
	{
		Control: corrective("GXP-BKP-005", "Backups can leave the account that they were made in",
			"Without this setting every copy to another account fails, and no plan says so.",
			"ARCH-P2", "CFR-11.10(c)", "A11-7.2"),
		Judge: judge(every(backupGlobalType), mandatory("copies between accounts are not switched on",
			"switch landingzone:backup.crossAccount on").exceptWhere(onEmulator),
			property("globalSettings.isCrossAccountBackupEnabled").is(true)),
	},
	{
		Control: corrective("GXP-BKP-006", "Backups are copied to another account and to another region",
			"What is in one account, or in one region, is lost with it.",
			"ARCH-P2", "CFR-11.10(c)", "A11-7.1", "A11-7.2", "A11-16"),
		Judge: judge(backupPolicies, noBackups, plansOf(copiesElsewhere)),
	},
	{
		Control: corrective("GXP-BKP-007", "Some backup of a record is kept for as long as the record",
			"When the original is damaged unnoticed, only a backup from before the damage helps.",
			"CFR-11.10(c)", "A11-7.1", "A11-7.2", "A11-17"),
		Judge: judge(backupPolicies, noBackups, plansOf(keepsAsLongAsRecords)),
	},
	{
		Control: corrective("GXP-BKP-008", "Every plan is in force in some unit",
			"A backup policy that is attached to nothing backs up nothing.",
			"A11-7.2"),
		Judge: judge(backupPolicies, noBackups, with(orgPolicyAttachmentType, "policyId", property("targetId").isSet())),
	},
	{
		Control: detective("GXP-BKP-009", "It is tested at regular times that central copies can be restored",
			"Whether a backup is one is known when it has been restored; otherwise it is found out when it is needed.",
			"CFR-11.10(c)", "A11-7.2", "A11-16", "A11-17"),
		Judge: judge(onAWS, noVault.exceptWhere(onEmulator), restoredRegularly),
	},
	{
		Control: preventive("GXP-BKP-010", "Central vaults and their locks outlive the program",
			"A vault that is removed with the code that made it takes every copy with it.",
			"CFR-11.10(c)", "A11-7.1", "A11-7.2"),
		Judge: judge(every(vaultType, vaultLockType, vaultPolicyType), noVault, protected, retained, property("forceDestroy").isNot(true)),
	},
}
