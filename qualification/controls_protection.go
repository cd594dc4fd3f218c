package qualification

var (
	// reached are the providers: each stands for an account and region that the
	// program works in.
	reached = every(awsProviderType)

	noAccount = mandatory("the program reaches no account", "connect the core accounts, landingzone.NewOrganization")
)

var protectionControls = []DesignControl{
	{
		Control: preventive("GXP-DAT-001", "New volumes are encrypted in every core account and region",
			"A volume that somebody forgets to encrypt can be read by whoever gets a copy of it.",
			"ARCH-P8", "CFR-11.30", "A11-7.1"),
		Judge: judge(reached, noAccount, here(volumeEncryptionType,
			property("enabled").check(func(v Value) bool { return v.Absent() || v.Is(true) }, "must be true"))),
	},
	{
		Control: preventive("GXP-DAT-002", "No bucket of a core account can be made public, whatever its policy says",
			"The block of a single bucket is missing from the one that somebody makes by hand.",
			"ARCH-P7", "CFR-11.10(d)", "A11-12"),
		Judge: judge(reached.where(firstOfAccount), noAccount.exceptWhere(onEmulator), inAccount(accountBlockType,
			property("blockPublicAcls").is(true), property("blockPublicPolicy").is(true),
			property("ignorePublicAcls").is(true), property("restrictPublicBuckets").is(true))),
	},
	{
		Control: preventive("GXP-DAT-003", "Where instances run, volumes are encrypted with a key of the company",
			"A key of AWS cannot be withdrawn from somebody who may use the account.",
			"ARCH-P8", "CFR-11.30", "A11-7.1"),
		Judge: judge(every(volumeKeyType), optional, property("keyArn").refersTo(keyType)),
	},
	{
		Control: preventive("GXP-DAT-004", "The protection of data in an account outlives the program",
			"A default that is removed with the code that set it leaves the next volume and bucket open, and nobody notices.",
			"ARCH-P8", "CFR-11.10(d)", "A11-7.1"),
		Judge: judge(every(volumeEncryptionType, volumeKeyType, accountBlockType),
			mandatory("no account protects its data", "add landingzone.NewAccountProtection"), protected, retained),
	},
	{
		Control: preventive("GXP-CRT-001", "Certificates renew themselves",
			"A certificate that somebody has to confirm expires on the day that this person is away, and connections fail.",
			"ARCH-P8", "CFR-11.30", "A11-5"),
		Judge: judge(every(certificateType), optional,
			property("validationMethod").is("DNS"), with(certificateProofType, "certificateArn")),
	},
}
