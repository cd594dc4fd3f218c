package config

import (
	"regexp"
	"slices"
	"time"
)

var (
	quickSightGroupSyntax = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$`)
	namespaceSyntax       = regexp.MustCompile(`^[A-Za-z0-9_.-]{1,64}$`)
	collectionSyntax      = regexp.MustCompile(`^[a-z][a-z0-9-]{2,31}$`)
)

// S3 moves nothing to cheaper storage before a month has passed.
const (
	minColdAfterDays = 30
	maxColdAfterDays = 36500
)

// maxScanLimitGB is a bound on mistakes: a query of ten terabytes costs fifty
// dollars.
const maxScanLimitGB = 10000

// sources checks what is collected, and that what accounts hand over is handed
// over at all.
func (v *validator) sources() {
	const path = "logging:sources"
	l := v.cfg.Logging
	v.each(path, l.Sources, sources)
	if v.cfg.LandingZone.Baseline.Enabled {
		return
	}
	for i, source := range l.Sources {
		if slices.Contains(baselineSources, source) {
			v.problem(index(path, i), quoted(source),
				"is handed over by the baseline of each account, and landingzone:baseline.enabled is false; remove it or enable the baseline")
		}
	}
}

func (v *validator) coldStorage(path string, days int) {
	if days != 0 && (days < minColdAfterDays || days > maxColdAfterDays) {
		v.problem(path, number10(days), "want %d to %d days, or 0 for never", minColdAfterDays, maxColdAfterDays)
	}
}

// replicaAccount checks where the second copy is, if there is one.
func (v *validator) replicaAccount(path string, a Archive) {
	at := path + ".replicaAccount"
	if a.ReplicaAccount == "" || !v.known(at, a.ReplicaAccount, replicaAccounts) {
		return
	}
	if a.ReplicaAccount != KeyLogArchive && a.ReplicaRegion == "" {
		v.problem(at, quoted(a.ReplicaAccount),
			"needs a second copy, and there is none: set replicaRegion to a governed region other than home, or remove it")
	}
}

func (v *validator) analytics() {
	const path = "logging:analytics"
	a := v.cfg.Logging.Analytics
	v.spans(path+".scanLimitGB", a.ScanLimitGB, 1, maxScanLimitGB, "gigabytes for one query")
	at := path + ".since"
	day, err := time.Parse(dayLayout, a.Since)
	switch {
	case err != nil:
		v.problem(at, quoted(a.Since), "is not a day; want year, month and day such as 2026-01-01")
	case day.Before(firstRecords):
		v.problem(at, quoted(a.Since), "is before CloudTrail began; want a day from %s until today", firstRecords.Format(dayLayout))
	case day.After(time.Now()):
		v.problem(at, quoted(a.Since), "is in the future, so that no record would be found; want a day from %s until today (UTC)",
			firstRecords.Format(dayLayout))
	}
}

func (v *validator) dashboards() {
	const path = "logging:dashboards"
	d := v.cfg.Logging.Dashboards
	v.matches(path+".group", d.Group, quickSightGroupSyntax,
		"the name of a QuickSight group: 1 to 128 letters, digits and _ . -, with a letter or digit first")
	v.matches(path+".namespace", d.Namespace, namespaceSyntax, "the name of a QuickSight namespace: 1 to 64 letters, digits and _ . -")
	if t, err := time.Parse(clockLayout, d.RefreshTime); err != nil || t.Format(clockLayout) != d.RefreshTime {
		v.problem(path+".refreshTime", quoted(d.RefreshTime), "is not a time of the day; want hour and minute in UTC from 00:00 to 23:59, such as 05:00")
	}
	if d.Enabled && !v.cfg.Logging.Analytics.Enabled {
		v.problem(path+".enabled", "true", "needs the tables of logging:analytics, which is not enabled; enable it or set this to false")
	}
}

func (v *validator) search() {
	const path = "logging:search"
	s := v.cfg.Logging.Search
	v.matches(path+".name", s.Name, collectionSyntax,
		"the name of a collection: 3 to 32 characters of a-z, 0-9 and hyphen, with a letter first")
	if s.Enabled && !v.cfg.Logging.Collects(SourceApplicationLogs) && !v.isBad("logging:sources") {
		v.problem(path+".enabled", "true", "needs %s in logging:sources, which it is fed from; add it or set this to false", SourceApplicationLogs)
	}
}
