package config

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// logs is where the settings of the logs are put into the production example.
const logs = "  monitoring:notificationEmails:\n"

func withLogs(settings string) []string { return []string{logs, settings + logs} }

func TestDecode_RejectsCollection(t *testing.T) {
	allowedSources := strings.Join(sources, ", ")
	allowedNetwork := strings.Join(networkEventSources, ", ")
	trail := func(settings string) []string {
		return []string{"      - meridian-gxp-data-\n", "      - meridian-gxp-data-\n" + settings}
	}
	rejects(t, map[string]rejection{
		"an unknown source": {
			withLogs("  logging:sources: [application-log]\n"),
			[]string{`logging:sources[0]: "application-log": is unknown; did you mean application-logs? allowed: ` + allowedSources},
		},
		"a source given twice": {
			withLogs("  logging:sources: [findings, sessions, findings]\n"),
			[]string{`logging:sources[2]: "findings": is a duplicate of logging:sources[0]; remove one`},
		},
		"sources that nothing hands over": {
			withLogs("  landingzone:baseline: {enabled: false}\n  logging:sources: [findings, inventory, load-balancers, sessions]\n"),
			[]string{
				`logging:sources[1]: "inventory": is handed over by the baseline of each account, and landingzone:baseline.enabled is false; remove it or enable the baseline`,
				`logging:sources[3]: "sessions": is handed over by the baseline of each account, and landingzone:baseline.enabled is false; remove it or enable the baseline`,
			},
		},
		"a service without network activity": {
			trail("    networkEvents: [s3.amazonaws.com, sts.amazonaws.com]\n"),
			[]string{`logging:trail.networkEvents[1]: "sts.amazonaws.com": is unknown; did you mean sns.amazonaws.com? allowed: ` + allowedNetwork},
		},
		"a service without its domain": {
			trail("    networkEvents: [kms]\n"),
			[]string{`logging:trail.networkEvents[0]: "kms": is unknown; allowed: ` + allowedNetwork},
		},
		"a service given twice": {
			trail("    networkEvents: [kms.amazonaws.com, kms.amazonaws.com]\n"),
			[]string{`logging:trail.networkEvents[1]: "kms.amazonaws.com": is a duplicate of logging:trail.networkEvents[0]; remove one`},
		},
		"one service instead of a list": {
			trail("    networkEvents: kms.amazonaws.com\n"),
			[]string{`logging:trail.networkEvents: "kms.amazonaws.com": is text, want a list`},
		},
	})
}

func TestDecode_RejectsStorage(t *testing.T) {
	const replica = "    replicaRegion: eu-west-1\n"
	archive := func(settings string) []string { return []string{replica, replica + settings} }
	rejects(t, map[string]rejection{
		"cheaper storage before S3 has it": {
			archive("    coldAfterDays: 29\n"),
			[]string{"logging:archive.coldAfterDays: 29: want 30 to 36500 days, or 0 for never"},
		},
		"cheaper storage in the past": {
			archive("    coldAfterDays: -1\n"),
			[]string{"logging:archive.coldAfterDays: -1: want 30 to 36500 days, or 0 for never"},
		},
		"cheaper storage after a century": {
			archive("    coldAfterDays: 36501\n"),
			[]string{"logging:archive.coldAfterDays: 36501: want 30 to 36500 days, or 0 for never"},
		},
		"cheaper storage in words": {
			archive("    coldAfterDays: never\n"),
			[]string{`logging:archive.coldAfterDays: "never": is text, want a number`},
		},
		"a second copy in an account of workloads": {
			archive("    replicaAccount: mes-prod\n"),
			[]string{`logging:archive.replicaAccount: "mes-prod": is unknown; allowed: log-archive, backup`},
		},
		"another account for a copy that there is not": {
			[]string{replica, "    replicaRegion: ''\n    replicaAccount: backup\n"},
			[]string{
				`logging:archive.replicaAccount: "backup": needs a second copy, and there is none: set replicaRegion to a governed region other than home, or remove it`,
			},
		},
	})
}

func TestDecode_RejectsAnalysis(t *testing.T) {
	const day = "is not a day; want year, month and day such as 2026-01-01"
	const clock = "is not a time of the day; want hour and minute in UTC from 00:00 to 23:59, such as 05:00"
	rejects(t, map[string]rejection{
		"queries that may read nothing": {
			withLogs("  logging:analytics: {scanLimitGB: 0}\n"),
			[]string{"logging:analytics.scanLimitGB: 0: want 1 to 10000 gigabytes for one query"},
		},
		"queries that may read everything": {
			withLogs("  logging:analytics: {scanLimitGB: 10001}\n"),
			[]string{"logging:analytics.scanLimitGB: 10001: want 1 to 10000 gigabytes for one query"},
		},
		"a day that no year has": {
			withLogs("  logging:analytics: {since: '2026-02-30'}\n"),
			[]string{`logging:analytics.since: "2026-02-30": ` + day},
		},
		"a day in another order": {
			withLogs("  logging:analytics: {since: 01.01.2026}\n"),
			[]string{`logging:analytics.since: "01.01.2026": ` + day},
		},
		"no day": {
			withLogs("  logging:analytics: {since: ''}\n"),
			[]string{`logging:analytics.since: "": ` + day},
		},
		"a day without quotes": {
			withLogs("  logging:analytics: {since: 2026-01-01}\n"),
			[]string{`logging:analytics.since: 2026-01-01: is a date, want text; put it in quotes, "2026-01-01", so that YAML changes nothing in it, such as leading zeros`},
		},
		"a day to come": {
			withLogs("  logging:analytics: {since: '9999-12-31'}\n"),
			[]string{`logging:analytics.since: "9999-12-31": is in the future, so that no record would be found; want a day from 2013-11-13 until today (UTC)`},
		},
		"a day without a trail": {
			withLogs("  logging:analytics: {since: '2013-11-12'}\n"),
			[]string{`logging:analytics.since: "2013-11-12": is before CloudTrail began; want a day from 2013-11-13 until today`},
		},
		"dashboards over no tables": {
			withLogs("  logging:analytics: {enabled: false}\n  logging:dashboards: {enabled: true}\n"),
			[]string{"logging:dashboards.enabled: true: needs the tables of logging:analytics, which is not enabled; enable it or set this to false"},
		},
		"dashboards for a group that cannot exist": {
			withLogs("  logging:dashboards: {group: all of us}\n"),
			[]string{`logging:dashboards.group: "all of us": want the name of a QuickSight group: 1 to 128 letters, digits and _ . -, with a letter or digit first`},
		},
		"dashboards in a namespace that cannot exist": {
			withLogs("  logging:dashboards: {namespace: a/b}\n"),
			[]string{`logging:dashboards.namespace: "a/b": want the name of a QuickSight namespace: 1 to 64 letters, digits and _ . -`},
		},
		"an hour that no day has": {
			withLogs("  logging:dashboards: {refreshTime: '24:00'}\n"),
			[]string{`logging:dashboards.refreshTime: "24:00": ` + clock},
		},
		"an hour of one digit": {
			withLogs("  logging:dashboards: {refreshTime: '5:00'}\n"),
			[]string{`logging:dashboards.refreshTime: "5:00": ` + clock},
		},
		"a search that nothing feeds": {
			withLogs("  logging:sources: [findings]\n  logging:search: {enabled: true}\n"),
			[]string{"logging:search.enabled: true: needs application-logs in logging:sources, which it is fed from; add it or set this to false"},
		},
		"a collection with capitals": {
			withLogs("  logging:search: {name: GxP-Logs}\n"),
			[]string{`logging:search.name: "GxP-Logs": want the name of a collection: 3 to 32 characters of a-z, 0-9 and hyphen, with a letter first`},
		},
		"a setting that there is not": {
			withLogs("  logging:integrity: {enable: true}\n"),
			[]string{"logging:integrity.enable: is unknown; did you mean enabled? allowed: enabled"},
		},
	})
}

func TestDecode_AcceptsLogs(t *testing.T) {
	const replica = "    replicaRegion: eu-west-1\n"
	for name, tt := range map[string]struct {
		change []string
		test   func(*Logging) bool
	}{
		"the defaults": {nil, func(l *Logging) bool {
			return len(l.Sources) == 5 && l.Archive.ColdAfterDays == 90 && l.Archive.ReplicaAccount == "" && l.Integrity.Enabled &&
				l.Analytics == Analytics{Enabled: true, ScanLimitGB: 100, Reviews: true, Since: "2026-01-01"} &&
				!l.Dashboards.Enabled && !l.Search.Enabled && len(l.Trail.NetworkEvents) == 2
		}},
		"storage that stays": {[]string{replica, replica + "    coldAfterDays: 0\n"}, func(l *Logging) bool {
			return l.Archive.ColdAfterDays == 0
		}},
		"storage that changes at once": {[]string{replica, replica + "    coldAfterDays: 30\n"}, func(l *Logging) bool {
			return l.Archive.ColdAfterDays == 30
		}},
		"a copy in the backup account": {[]string{replica, replica + "    replicaAccount: backup\n"}, func(l *Logging) bool {
			return l.Archive.ReplicaAccount == KeyBackup
		}},
		"the account that it is in anyway": {[]string{replica, "    replicaRegion: ''\n    replicaAccount: log-archive\n"}, func(l *Logging) bool {
			return l.Archive.ReplicaAccount == KeyLogArchive
		}},
		"today": {withLogs("  logging:analytics: {since: '" + time.Now().UTC().Format("2006-01-02") + "'}\n"), func(l *Logging) bool {
			return l.Analytics.Enabled
		}},
		"the first day of CloudTrail": {withLogs("  logging:analytics: {since: '2013-11-13'}\n"), func(l *Logging) bool {
			return l.Analytics.Since == "2013-11-13"
		}},
		"nothing": {
			withLogs("  logging:sources: []\n  logging:integrity: {enabled: false}\n  logging:analytics: {enabled: false}\n"),
			func(l *Logging) bool { return !l.Integrity.Enabled && !l.Analytics.Enabled && len(l.Sources) == 0 },
		},
		"everything": {
			withLogs("  logging:dashboards: {enabled: true, group: qa, refreshTime: '23:59'}\n  logging:search: {enabled: true, standby: false}\n"),
			func(l *Logging) bool { return l.Dashboards.Enabled && l.Search.Enabled && !l.Search.Standby },
		},
		"what the baseline has no part in": {
			withLogs("  landingzone:baseline: {enabled: false}\n  logging:sources: [findings, load-balancers]\n"),
			func(l *Logging) bool { return l.Collects(SourceFindings) },
		},
	} {
		t.Run(name, func(t *testing.T) {
			text := prod(t)
			for i := 0; i < len(tt.change); i += 2 {
				text = replace(t, text, tt.change[i], tt.change[i+1])
			}
			if c := decodeOK(t, text); !tt.test(&c.Logging) {
				t.Errorf("got %+v", c.Logging)
			}
		})
	}
}

func TestCollects_AnswersForEachSource(t *testing.T) {
	some := Logging{Sources: []string{SourceSessions}}
	if !some.Collects(SourceSessions) || some.Collects(SourceFindings) {
		t.Error("what is collected is not what is listed")
	}
	all := defaults().Logging
	for _, source := range sources {
		if !all.Collects(source) || (Logging{}).Collects(source) {
			t.Errorf("%s: collected by default %t, without a list %t", source, all.Collects(source), (Logging{}).Collects(source))
		}
	}
}

func TestNetworkEventSources_AreSortedUniqueAndWellFormed(t *testing.T) {
	syntax := regexp.MustCompile(`^[a-z0-9-]+\.amazonaws\.com$`)
	for _, source := range networkEventSources {
		if !syntax.MatchString(source) {
			t.Errorf("%s is not an event source", source)
		}
	}
	if !slices.IsSorted(networkEventSources) || len(slices.Compact(slices.Clone(networkEventSources))) != len(networkEventSources) {
		t.Error("not sorted or not unique")
	}
}

// The names of buckets follow from the prefix and the region, and S3 takes 63
// characters.
func TestNamePrefix_LeavesRoomForEveryBucket(t *testing.T) {
	longest := "a" + strings.Repeat("b", 18) + "c"
	if !prefixSyntax.MatchString(longest) || prefixSyntax.MatchString(longest+"c") {
		t.Fatalf("%s is not the longest prefix", longest)
	}
	for _, role := range []string{
		"archive", "evidence", "access-logs", "config", "network-logs", "service-logs", "balancer-logs", "audit-results",
		"archive-copy", "evidence-copy", "access-logs-copy",
	} {
		for _, region := range regions {
			if name := longest + "-" + role + "-" + region; len(name) > 63 {
				t.Errorf("%s has %d characters", name, len(name))
			}
		}
	}
}
