package qualification

import "slices"

// keys are all keys of the stack. Keys that sign, or that authenticate
// messages, are not among the rotating: AWS cannot rotate them.
var (
	keys         = every(keyType)
	rotatingKeys = keys.where(func(_ *Graph, r *Resource) bool {
		usage := r.Get("keyUsage")
		return usage.Absent() || usage.Is("ENCRYPT_DECRYPT")
	})
)

var noKeys = mandatory("there is no encryption key of the company's own",
	"create the keys of archive, trail and notifications with internal/key")

var keyControls = []DesignControl{
	{
		Control: preventive("GXP-KEY-001", "Keys rotate every year or sooner",
			"The longer a key encrypts, the more it exposes when it is lost.",
			"ARCH-P8", "CFR-11.30", "CFR-11.300"),
		Judge: judge(rotatingKeys, noKeys,
			property("enableKeyRotation").is(true),
			property("rotationPeriodInDays").check(func(v Value) bool {
				days, ok := v.Number()
				return v.Absent() || ok && days <= daysOfYear
			}, "must be at most 365")),
	},
	{
		Control: preventive("GXP-KEY-002", "A key can be rescued for thirty days after its deletion was asked for",
			"With a key, everything that it encrypted is gone for good.",
			"CFR-11.10(c)", "A11-7.1", "A11-17"),
		Judge: judge(keys, noKeys, property("deletionWindowInDays").isAtLeast(30)),
	},
	{
		Control: preventive("GXP-KEY-003", "Keys outlive the program",
			"A key that is removed with the code that made it makes every record under it unreadable.",
			"CFR-11.10(c)", "A11-7.1", "A11-17"),
		Judge: judge(keys, noKeys, protected, retained, property("isEnabled").isNot(false)),
	},
	{
		Control: preventive("GXP-KEY-004", "Whoever administers a key cannot use it, and the other way round",
			"One who holds both can read records and then cover it by changing the key's policy.",
			"ARCH-P10", "CFR-11.10(d)", "CFR-11.10(g)", "A11-12"),
		Judge: judge(keys, noKeys, keyPolicy(separatesDuties)),
	},
	{
		Control: preventive("GXP-KEY-005", "Keys serve the organization and nobody else",
			"A key that anyone may use, or a service on behalf of anyone, protects nothing.",
			"ARCH-P7", "ARCH-P8", "CFR-11.10(d)", "CFR-11.30"),
		Judge: judge(keys, noKeys, keyPolicy(confinesEveryone, bindsKeyServices)),
	},
	{
		Control: preventive("GXP-KEY-006", "The account that holds a key can always administer it",
			"A key whose policy nobody can change any more cannot be repaired, not even by AWS without a long procedure.",
			"CFR-11.10(c)", "A11-7.1", "A11-16"),
		Judge: judge(keys, noKeys, property("bypassPolicyLockoutSafetyCheck").isNot(true), keyPolicy(keepsAdministrator)),
	},
}

// keyPolicy judges the policy of a key, wherever it is set.
func keyPolicy(rules ...statementRule) rule {
	return func(g *Graph, r *Resource) []Finding {
		documents := slices.DeleteFunc([]*Resource{r}, func(r *Resource) bool { return r.Get("policy").Absent() })
		documents = append(documents, g.Linked(r, keyPolicyType, "keyId")...)
		if len(documents) == 0 {
			return []Finding{{
				Resource: r.URN, Property: "policy",
				Problem: "is not set, so that everybody whom IAM allows can both administer and use the key",
				Fix:     "set a policy that separates administration from use",
			}}
		}
		var findings []Finding
		for _, d := range documents {
			findings = append(findings, policyAt("policy").satisfies(rules...)(g, d)...)
		}
		return findings
	}
}
