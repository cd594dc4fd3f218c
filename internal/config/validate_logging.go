package config

import (
	"slices"
	"strings"
)

func years(n int) string {
	if n == 1 {
		return "1 year"
	}
	return number10(n) + " years"
}

func (v *validator) recordClasses() {
	for _, name := range v.cfg.Logging.classNames() {
		path := "logging:recordClasses." + name
		if !v.has(path) {
			continue
		}
		class := v.cfg.Logging.RecordClasses[name]
		known, isKnown := knownClasses[name]
		if isKnown {
			if class.MinimumYears != known.MinimumYears {
				v.problem(path+".minimumYears", number10(class.MinimumYears),
					"is fixed at %d for this class (%s); to keep records longer set retentionYears", known.MinimumYears, known.Source)
			}
			if class.Source != known.Source {
				v.problem(path+".source", quoted(class.Source), "is fixed for a class that the program knows; define a class of your own instead")
			}
		} else {
			v.ownClass(path, name, class)
		}
		switch minimum := max(class.MinimumYears, known.MinimumYears); {
		case class.RetentionYears < minimum:
			v.problem(path+".retentionYears", number10(class.RetentionYears),
				"is shorter than the %s that %s requires (%s)", years(minimum), name, class.Source)
		case class.RetentionYears > maxRetentionYears:
			v.problem(path+".retentionYears", number10(class.RetentionYears), "want at most %d years, the most that Object Lock takes", maxRetentionYears)
		}
	}
}

// ownClass checks a class that the company adds.
func (v *validator) ownClass(path, name string, class RecordClass) {
	if !classSyntax.MatchString(name) {
		v.problem(path, "", "want a class name of 1 to 50 characters of a-z, 0-9 and hyphen, with a letter first")
	}
	if class.MinimumYears < 1 || class.MinimumYears > maxRetentionYears {
		v.problem(path+".minimumYears", v.given(path+".minimumYears", class.MinimumYears),
			"want 1 to %d years; %s is a class of the company's own, which says so itself", maxRetentionYears, name)
	}
	if strings.TrimSpace(class.Source) == "" {
		v.problem(path+".source", "", "is required: the rule or procedure that the company's own class %s comes from", name)
	}
}

// given returns a number as a problem shows it, where it was written.
func (v *validator) given(path string, n int) string {
	if v.has(path) {
		return number10(n)
	}
	return ""
}

func (v *validator) archive() {
	a := v.cfg.Logging.Archive
	const path = "logging:archive"
	if v.known(path+".mode", a.Mode, archiveModes) && a.Mode == "COMPLIANCE" && !a.AcceptIrreversible {
		value := ""
		if v.has(path + ".acceptIrreversible") {
			value = "false"
		}
		v.problem(path+".acceptIrreversible", value,
			"must be true for mode COMPLIANCE: what is written can then be deleted by nobody, AWS included, "+
				"for %s, and is paid for until then; use GOVERNANCE for a stack that must be possible to remove", years(a.RetentionYears))
	}
	v.archiveRetention(path+".retentionYears", a.RetentionYears)
	v.coldStorage(path+".coldAfterDays", a.ColdAfterDays)
	v.replicaAccount(path, a)

	r := v.cfg.LandingZone.Regions
	if at := path + ".replicaRegion"; a.ReplicaRegion != "" {
		switch {
		case a.ReplicaRegion == r.Home:
			v.problem(at, quoted(a.ReplicaRegion), "is the home region, which holds the first copy; want another governed region")
		case !slices.Contains(r.Governed, a.ReplicaRegion) && !v.isBad("landingzone:regions.governed"):
			others := slices.DeleteFunc(slices.Clone(r.Governed), func(s string) bool { return s == r.Home })
			v.problem(at, quoted(a.ReplicaRegion), "is not governed; %s", oneOf(a.ReplicaRegion, others))
		}
	}
}

func (v *validator) archiveRetention(path string, kept int) {
	if kept > maxRetentionYears {
		v.problem(path, number10(kept), "want at most %d years, the most that Object Lock takes", maxRetentionYears)
		return
	}
	longest, class := v.cfg.LongestRetention()
	if kept >= longest || v.isBad(member("logging:recordClasses."+class, "retentionYears")) {
		return
	}
	user := "the core accounts"
	for _, a := range v.cfg.LandingZone.Accounts {
		if a.RecordClass == class {
			user = "account " + a.Name
			break
		}
	}
	v.problem(path, number10(kept), "is shorter than the retention of %s (record class %s, %d): "+
		"an audit trail is kept as long as the records it concerns", user, class, longest)
}

func (v *validator) trail() {
	t := v.cfg.Logging.Trail
	const path = "logging:trail"
	// Every bucket of the landing zone itself has this prefix and a role.
	archive := v.cfg.LandingZone.Organization.NamePrefix + "-archive"
	for i, prefix := range t.DataEventBuckets {
		at := index(path+".dataEventBuckets", i)
		if !v.matches(at, prefix, bucketSyntax, "how bucket names begin: 1 to 63 characters of a-z, 0-9, dot and hyphen, with a letter or digit first") {
			continue
		}
		if strings.HasPrefix(archive, prefix) || strings.HasPrefix(prefix, archive) {
			v.problem(at, quoted(prefix), "matches the archive (%s…), whose deliveries would be recorded, delivered and recorded again; want a longer or another prefix", archive)
			continue
		}
		v.first(path+".dataEventBuckets", t.DataEventBuckets, i)
	}
	v.each(path+".insights", t.Insights, insights)
	v.each(path+".networkEvents", t.NetworkEvents, networkEventSources)
	if !slices.Contains(logRetentionDays, t.LogGroupRetentionDays) {
		var allowed []string
		for _, days := range logRetentionDays {
			allowed = append(allowed, number10(days))
		}
		v.problem(path+".logGroupRetentionDays", number10(t.LogGroupRetentionDays),
			"is not a period of CloudWatch Logs; allowed: %s", strings.Join(allowed, ", "))
	}
}
