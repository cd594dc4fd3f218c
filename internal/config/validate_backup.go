package config

import (
	"slices"
	"strings"
)

// AWS's limits on backups.
const (
	minChangeableDays  = 3
	minColdDays        = 90
	minStartWindow     = 60
	maxStartWindow     = 100800 // seventy days
	maxBackupPolicies  = 10     // attached to one unit
	maxTestHours       = 168
	maxSelectionDays   = 365
	maxBackupPlanTypes = 30
)

func (v *validator) backup() {
	const path = "landingzone:backup"
	b := v.cfg.LandingZone.Backup
	v.spans(path+".changeableForDays", b.ChangeableForDays, minChangeableDays, maxBackupDays,
		"days: AWS gives a lock at least three days to be undone in")
	if at := path + ".replicaRegion"; b.ReplicaRegion != "" {
		r := v.cfg.LandingZone.Regions
		switch {
		case b.ReplicaRegion == r.Home:
			v.problem(at, quoted(b.ReplicaRegion), "is the home region, which holds the first copy; want another governed region")
		case !slices.Contains(r.Governed, b.ReplicaRegion) && !v.isBad("landingzone:regions.governed"):
			others := slices.DeleteFunc(slices.Clone(r.Governed), func(s string) bool { return s == r.Home })
			v.problem(at, quoted(b.ReplicaRegion), "is not governed; %s", oneOf(b.ReplicaRegion, others))
		}
	}
	v.each(path+".services", b.Services, backupServices)
	v.backupSchedules(path+".schedules", b)
	v.backupPlans(path+".plans", b)
	v.vaultLock(path, b)
	v.restoreTesting(path+".restoreTesting", b)
	v.backupPolicyType(b)
}

// backupPolicyType insists that backup policies are enabled where they are used.
func (v *validator) backupPolicyType(b Backup) {
	const path = "landingzone:organization.policyTypes"
	types := v.cfg.LandingZone.Organization.PolicyTypes
	for i := range types {
		if v.isBad(index(path, i)) {
			return
		}
	}
	if b.Enabled && b.Policies && !slices.Contains(types, "BACKUP_POLICY") {
		v.problem(path, "", "must contain BACKUP_POLICY for the plans of landingzone:backup; add it, or set landingzone:backup.policies to false")
	}
}

func (v *validator) backupSchedules(path string, b Backup) {
	names := b.scheduleNames()
	for i, s := range b.Schedules {
		at := index(path, i)
		if v.matches(at+".name", s.Name, classSyntax, "a name of 1 to 50 characters of a-z, 0-9 and hyphen, with a letter first") {
			v.repeated(at+".name", names, i, path)
		}
		v.cron(at+".schedule", s.Schedule)
		v.spans(at+".startWindowMinutes", s.StartWindowMinutes, minStartWindow, maxStartWindow, "minutes")
		if s.CompletionWindowMinutes <= s.StartWindowMinutes {
			v.problem(at+".completionWindowMinutes", number10(s.CompletionWindowMinutes),
				"must be longer than the %d minutes to start in", s.StartWindowMinutes)
		}
		switch {
		case s.RetentionDays < 0 || s.RetentionDays > maxBackupDays:
			v.problem(at+".retentionDays", number10(s.RetentionDays),
				"want 1 to %d days, the most that AWS Backup takes, or nothing for that of the record class", maxBackupDays)
		case s.ColdStorageAfterDays < 0:
			v.problem(at+".coldStorageAfterDays", number10(s.ColdStorageAfterDays), "want 1 day or more, or nothing for never")
		case s.ColdStorageAfterDays > 0 && s.RetentionDays > 0 && s.RetentionDays < s.ColdStorageAfterDays+minColdDays:
			v.problem(at+".coldStorageAfterDays", number10(s.ColdStorageAfterDays),
				"leaves less than %d days in cold storage of the %d that backups are kept; AWS refuses that", minColdDays, s.RetentionDays)
		}
	}
}

func (v *validator) backupPlans(path string, b Backup) {
	var names []string
	for _, p := range b.Plans {
		names = append(names, p.Name)
	}
	attached := map[string]int{}
	for i, p := range b.Plans {
		at := index(path, i)
		if v.matches(at+".name", p.Name, classSyntax, "a name of 1 to 50 characters of a-z, 0-9 and hyphen, with a letter first") {
			v.repeated(at+".name", names, i, path)
		}
		v.each(at+".schedules", p.Schedules, b.scheduleNames())
		v.each(at+".units", p.Units, backupUnits())
		v.each(at+".resourceTypes", p.ResourceTypes, backupTypes)
		if n := len(p.ResourceTypes); n > maxBackupPlanTypes {
			v.problem(at+".resourceTypes", "", "has %d types, and AWS takes %d", n, maxBackupPlanTypes)
		}
		for _, list := range []struct {
			name   string
			values []string
		}{{"schedules", p.Schedules}, {"units", p.Units}} {
			if len(list.values) == 0 && !v.isBad(at) {
				v.problem(at+"."+list.name, "", "is empty, so that the plan would back up nothing; name one or remove the plan")
			}
		}
		if v.known(at+".recordClass", p.RecordClass, v.cfg.Logging.classNames()) {
			v.planRetention(at, b, p)
		}
		for _, unit := range p.Units {
			attached[unit]++
			if attached[unit] == maxBackupPolicies+1 {
				v.problem(at+".units", "", "is the %dth plan of %s, and AWS attaches %d backup policies to a unit; merge plans",
					attached[unit], unit, maxBackupPolicies)
			}
		}
	}
}

// planRetention checks what schedules leave to the record class.
func (v *validator) planRetention(at string, b Backup, p BackupPlan) {
	for _, s := range b.Schedules {
		days := v.cfg.RetentionIn(s, p.RecordClass)
		if s.RetentionDays != 0 || !slices.Contains(p.Schedules, s.Name) ||
			v.isBad(member("logging:recordClasses."+p.RecordClass, "retentionYears")) {
			continue
		}
		switch {
		case days > maxBackupDays:
			v.problem(at+".recordClass", quoted(p.RecordClass),
				"is kept %d days, and AWS Backup takes %d; give the schedule %s retentionDays", days, maxBackupDays, s.Name)
		case s.ColdStorageAfterDays > 0 && days < s.ColdStorageAfterDays+minColdDays:
			v.problem(at+".recordClass", quoted(p.RecordClass),
				"is kept %d days, of which the schedule %s leaves less than %d in cold storage; AWS refuses that", days, s.Name, minColdDays)
		}
	}
}

// vaultLock checks that the central vaults accept what the plans send them:
// AWS fails each copy job that a lock does not accept.
func (v *validator) vaultLock(path string, b Backup) {
	shortest, longest := v.cfg.backupRetention(func(s BackupSchedule) bool { return !s.LocalOnly })
	if shortest == 0 || v.isBad(path+".schedules") || v.isBad(path+".plans") {
		return
	}
	switch {
	case b.MinRetentionDays < 1 || b.MinRetentionDays > maxBackupDays:
		v.problem(path+".minRetentionDays", number10(b.MinRetentionDays), "want 1 to %d days", maxBackupDays)
	case b.MinRetentionDays > shortest:
		v.problem(path+".minRetentionDays", number10(b.MinRetentionDays),
			"is longer than the %d days that some copies are kept, so that their jobs would fail", shortest)
	}
	switch {
	case b.MaxRetentionDays < 1 || b.MaxRetentionDays > maxBackupDays:
		v.problem(path+".maxRetentionDays", number10(b.MaxRetentionDays), "want 1 to %d days", maxBackupDays)
	case b.MaxRetentionDays < longest && longest <= maxBackupDays:
		v.problem(path+".maxRetentionDays", number10(b.MaxRetentionDays),
			"is shorter than the %d days that some copies are kept, so that their jobs would fail", longest)
	}
}

func (v *validator) restoreTesting(path string, b Backup) {
	t := b.RestoreTesting
	v.cron(path+".schedule", t.Schedule)
	v.spans(path+".startWindowHours", t.StartWindowHours, 1, maxTestHours, "hours")
	v.spans(path+".selectionWindowDays", t.SelectionWindowDays, 1, maxSelectionDays, "days")
	v.spans(path+".validationWindowHours", t.ValidationWindowHours, 1, maxTestHours, "hours")
	v.each(path+".resourceTypes", t.ResourceTypes, restorableTypes)
	if t.Enabled && len(t.ResourceTypes) == 0 {
		v.problem(path+".resourceTypes", "", "is empty, so that nothing would be tested; name a type or set enabled to false")
	}
}

// spans checks the bounds of a number.
func (v *validator) spans(path string, n, least, most int, unit string) {
	if n < least || n > most {
		v.problem(path, number10(n), "want %d to %d %s", least, most, unit)
	}
}

// repeated reports the name of an element that an earlier one has.
func (v *validator) repeated(at string, names []string, i int, list string) {
	if j := slices.Index(names, names[i]); j < i {
		v.problem(at, quoted(names[i]), "is the name of %s too; choose another", index(list, j))
	}
}

// backupUnits are the units that plans can be for: those with workloads, and
// what contains them.
func backupUnits() []string {
	return unitPaths(func(u Unit) bool { return u.Workloads || u.Path == UnitWorkloads })
}

func (v *validator) cron(path, expression string) {
	if why := badCron(expression); why != "" {
		v.problem(path, quoted(expression), "%s; want cron(minute hour day month weekday year) in UTC, such as cron(0 1 * * ? *)", why)
	}
}

// badCron returns why AWS Backup would refuse a schedule, or "".
func badCron(expression string) string {
	inner, opened := strings.CutPrefix(expression, "cron(")
	inner, closed := strings.CutSuffix(inner, ")")
	fields := strings.Fields(inner)
	if !opened || !closed || len(fields) != len(cronFields) {
		return "is not an expression of six fields"
	}
	for i, f := range cronFields {
		if !f.accepts(fields[i]) {
			return "has " + quoted(fields[i]) + " for the " + f.name
		}
	}
	if (fields[2] == "?") == (fields[4] == "?") {
		return "must have ? for the day or for the weekday, and not for both"
	}
	return ""
}
