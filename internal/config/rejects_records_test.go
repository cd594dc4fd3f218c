package config

import "testing"

func TestDecode_RejectsRecords(t *testing.T) {
	rejects(t, map[string]rejection{
		"retention below the minimum of a known class": {
			[]string{"      retentionYears: 8\n", "      retentionYears: 5\n"},
			[]string{
				"logging:recordClasses.gmp-batch.retentionYears: 5: is shorter than the 6 years that gmp-batch requires (EU GMP Part I, 4.11 and 4.12: one year after expiry of the batch, or five years after its certification, whichever is longer; six years cover a shelf life of up to five)",
			},
		},
		"retention beyond what Object Lock takes": {
			[]string{"      retentionYears: 8\n", "      retentionYears: 101\n"},
			[]string{
				"logging:recordClasses.gmp-batch.retentionYears: 101: want at most 100 years, the most that Object Lock takes",
			},
		},
		"a retention of zero years": {
			[]string{"      retentionYears: 8\n", "      retentionYears: 0\n"},
			[]string{
				"logging:recordClasses.gmp-batch.retentionYears: 0: is shorter than the 6 years that gmp-batch requires (EU GMP Part I, 4.11 and 4.12: one year after expiry of the batch, or five years after its certification, whichever is longer; six years cover a shelf life of up to five)",
			},
		},
		"another minimum for a known class": {
			[]string{"      retentionYears: 8\n", "      retentionYears: 8\n      minimumYears: 2\n"},
			[]string{
				"logging:recordClasses.gmp-batch.minimumYears: 2: is fixed at 6 for this class (EU GMP Part I, 4.11 and 4.12: one year after expiry of the batch, or five years after its certification, whichever is longer; six years cover a shelf life of up to five); to keep records longer set retentionYears",
			},
		},
		"another source for a known class": {
			[]string{"      retentionYears: 8\n", "      retentionYears: 8\n      source: Our own rule\n"},
			[]string{
				`logging:recordClasses.gmp-batch.source: "Our own rule": is fixed for a class that the program knows; define a class of your own instead`,
			},
		},
		"an own class without its minimum": {
			[]string{"      minimumYears: 10\n", ""},
			[]string{
				"logging:recordClasses.validation-evidence.minimumYears: want 1 to 100 years; validation-evidence is a class of the company's own, which says so itself",
			},
		},
		"an own class without its source": {
			[]string{"      source: Records retention procedure QP-012, section 4\n", ""},
			[]string{
				"logging:recordClasses.validation-evidence.source: is required: the rule or procedure that the company's own class validation-evidence comes from",
			},
		},
		"an own class with a name in capitals": {
			[]string{"    validation-evidence:\n", "    Validation Evidence:\n"},
			[]string{
				"logging:recordClasses.Validation Evidence: want a class name of 1 to 50 characters of a-z, 0-9 and hyphen, with a letter first",
			},
		},
		"an archive that keeps less than its records": {
			[]string{"    retentionYears: 25\n", "    retentionYears: 24\n"},
			[]string{
				"logging:archive.retentionYears: 24: is shorter than the retention of account clinical-data-prod (record class gcp-essential, 25): an audit trail is kept as long as the records it concerns",
			},
		},
		"an archive that keeps more than Object Lock takes": {
			[]string{"    retentionYears: 25\n", "    retentionYears: 101\n"},
			[]string{
				"logging:archive.retentionYears: 101: want at most 100 years, the most that Object Lock takes",
			},
		},
		"compliance mode that nobody has accepted": {
			[]string{"    acceptIrreversible: true\n    # The trail", "    # The trail"},
			[]string{
				"logging:archive.acceptIrreversible: must be true for mode COMPLIANCE: what is written can then be deleted by nobody, AWS included, for 25 years, and is paid for until then; use GOVERNANCE for a stack that must be possible to remove",
			},
		},
		"an unknown mode": {
			[]string{"    mode: COMPLIANCE\n", "    mode: compliance\n"},
			[]string{
				`logging:archive.mode: "compliance": is unknown; did you mean COMPLIANCE? allowed: COMPLIANCE, GOVERNANCE`,
			},
		},
		"a replica in the home region": {
			[]string{"    replicaRegion: eu-west-1\n", "    replicaRegion: eu-central-1\n"},
			[]string{
				`logging:archive.replicaRegion: "eu-central-1": is the home region, which holds the first copy; want another governed region`,
			},
		},
		"a replica in a region that is not governed": {
			[]string{"    replicaRegion: eu-west-1\n", "    replicaRegion: eu-west-2\n"},
			[]string{
				`logging:archive.replicaRegion: "eu-west-2": is not governed; did you mean eu-west-1? allowed: eu-west-1`,
			},
		},
		"data events of the archive itself": {
			[]string{"      - meridian-gxp-data-\n", "      - meridian\n"},
			[]string{
				`logging:trail.dataEventBuckets[1]: "meridian": matches the archive (meridian-gxp-archive…), whose deliveries would be recorded, delivered and recorded again; want a longer or another prefix`,
			},
		},
		"a bucket prefix that no bucket can have": {
			[]string{"      - meridian-gxp-data-\n", "      - Meridian_\n"},
			[]string{
				`logging:trail.dataEventBuckets[1]: "Meridian_": want how bucket names begin: 1 to 63 characters of a-z, 0-9, dot and hyphen, with a letter or digit first`,
			},
		},
		"a bucket prefix given twice": {
			[]string{"      - meridian-gxp-data-\n", "      - gxp-data-\n"},
			[]string{
				`logging:trail.dataEventBuckets[1]: "gxp-data-": is a duplicate of logging:trail.dataEventBuckets[0]; remove one`,
			},
		},
		"an unknown insight": {
			[]string{"      - meridian-gxp-data-\n", "      - meridian-gxp-data-\n    insights: [ApiCallRate]\n"},
			[]string{
				`logging:trail.insights[0]: "ApiCallRate": is unknown; allowed: ApiCallRateInsight, ApiErrorRateInsight`,
			},
		},
		"a log retention that CloudWatch does not offer": {
			[]string{"      - meridian-gxp-data-\n", "      - meridian-gxp-data-\n    logGroupRetentionDays: 366\n"},
			[]string{
				"logging:trail.logGroupRetentionDays: 366: is not a period of CloudWatch Logs; allowed: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
			},
		},
		"a recipient that is not an address": {
			[]string{"    - soc@example.com\n", "    - soc\n"},
			[]string{
				`monitoring:notificationEmails[1]: "soc": is not an e-mail address; want name@domain, 6 to 254 characters`,
			},
		},
		"a recipient given twice": {
			[]string{"    - soc@example.com\n", "    - Cloud-Quality@example.com\n"},
			[]string{
				`monitoring:notificationEmails[1]: "Cloud-Quality@example.com": is a duplicate of monitoring:notificationEmails[0]; remove one`,
			},
		},
		"a log group that cannot exist": {
			[]string{"  catalog:supportEmail:", "  monitoring:trailLogGroup: a log group\n  catalog:supportEmail:"},
			[]string{
				`monitoring:trailLogGroup: "a log group": want the name of a log group: 1 to 512 characters of a-z, A-Z, 0-9 and _ - / . #`,
			},
		},
		"a catalog without support": {
			[]string{"  catalog:supportEmail: cloud-platform@example.com\n", ""},
			[]string{
				"catalog:supportEmail: is required where the catalog is enabled: people who use a product need somebody to turn to",
			},
		},
	})
}
