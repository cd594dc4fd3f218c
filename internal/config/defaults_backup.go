package config

import "slices"

// daysOfYear counts leap years in: a retention in days is never shorter than
// the same in years.
const daysOfYear = 365.25

// The windows of a schedule that does not say: what AWS recommends for the
// start, and a night for the rest.
const (
	defaultStartWindow      = 60
	defaultCompletionWindow = 480
)

func defaultProtection() Protection {
	return Protection{
		// The accounts in which instances run: appliances and directories here,
		// build agents there. Five more keys would encrypt nothing.
		VolumeKeys: []string{KeyNetwork, KeySharedServices},
		// No core account publishes anything.
		BlockPublicBuckets: true,
	}
}

func defaultBackup() Backup {
	return Backup{
		// EU GMP Annex 11, 7.2 asks for backups of all relevant data.
		Enabled: true,
		// Two weeks to notice a mistake that nobody can undo afterwards.
		ChangeableForDays: 14,
		// As much as AWS takes: a lock in compliance mode can never be opened
		// for a record class with a longer retention.
		MaxRetentionDays: maxBackupDays,
		// A copy in the same account falls with the account.
		CrossAccount: true,
		Policies:     true,
		// The services that hold data and are switched on by default or meant to
		// be used; what nobody uses costs nothing.
		Services: []string{
			"Aurora", "DocumentDB", "DynamoDB", "EBS", "EC2", "EFS", "FSx", "Neptune", "RDS", "Redshift", "S3",
		},
		Schedules: []BackupSchedule{
			// A day is lost at most, and five weeks cover a mistake that is
			// found at the end of the month.
			{Name: "daily", Schedule: "cron(0 1 * * ? *)", RetentionDays: 35},
			// A quarter, which is how often most systems are reviewed.
			{Name: "weekly", Schedule: "cron(0 2 ? * SUN *)", RetentionDays: 95},
			// As long as the records themselves, in cold storage most of it.
			{Name: "monthly", Schedule: "cron(0 3 1 * ? *)", ColdStorageAfterDays: 30},
		},
		RestoreTesting: RestoreTesting{
			// A backup that was never restored is a hope (Annex 11, 7.2).
			Enabled: true,
			// Every month; one copy of each kind is enough to see a key, a role
			// or a network that stops restores.
			Schedule:              "cron(0 4 15 * ? *)",
			StartWindowHours:      8,
			SelectionWindowDays:   35,
			ValidationWindowHours: 24,
			// What can be restored without saying into which network.
			ResourceTypes: []string{"DynamoDB", "EBS", "EFS", "S3"},
		},
	}
}

// completeBackup adds the defaults that follow from other settings.
func (c *Config) completeBackup(has func(path string) bool) {
	const path = "landingzone:backup"
	b := &c.LandingZone.Backup
	if !has(path + ".replicaRegion") {
		b.ReplicaRegion = c.LandingZone.Regions.second()
	}
	for i := range b.Schedules {
		at := index(path+".schedules", i)
		if !has(at + ".startWindowMinutes") {
			b.Schedules[i].StartWindowMinutes = defaultStartWindow
		}
		if !has(at + ".completionWindowMinutes") {
			b.Schedules[i].CompletionWindowMinutes = defaultCompletionWindow
		}
	}
	if !has(path + ".plans") {
		b.Plans = c.classPlans()
	}
	for i := range b.Plans {
		at := index(path+".plans", i)
		if !has(at + ".schedules") {
			b.Plans[i].Schedules = distinct(b.scheduleNames())
		}
		if !has(at + ".units") {
			b.Plans[i].Units = []string{UnitWorkloads}
		}
	}
	if !has(path + ".minRetentionDays") {
		b.MinRetentionDays, _ = c.backupRetention(func(s BackupSchedule) bool { return !s.LocalOnly })
	}
}

// distinct keeps the first of equal elements: what follows from a repeated name
// is not a second mistake.
func distinct(names []string) []string {
	var kept []string
	for _, name := range names {
		if !slices.Contains(kept, name) {
			kept = append(kept, name)
		}
	}
	return kept
}

// second returns the first governed region that is not home, or "".
func (r Regions) second() string {
	for _, region := range r.Governed {
		if region != r.Home {
			return region
		}
	}
	return ""
}

// classPlans are the plans where nobody configures any.
func (c *Config) classPlans() []BackupPlan {
	var classes []string
	for _, a := range c.LandingZone.Accounts {
		if _, known := c.Logging.RecordClasses[a.RecordClass]; known && !a.Retired {
			classes = append(classes, a.RecordClass)
		}
	}
	slices.Sort(classes)
	var plans []BackupPlan
	for _, class := range slices.Compact(classes) {
		plans = append(plans, BackupPlan{Name: class, RecordClass: class})
	}
	return plans
}

func (b Backup) scheduleNames() []string {
	var names []string
	for _, s := range b.Schedules {
		names = append(names, s.Name)
	}
	return names
}
