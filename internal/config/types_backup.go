package config

// Backup is how the data of the workload accounts is backed up, copied out of
// reach, and proven to be restorable.
type Backup struct {
	// Enabled makes the central vaults and everything below.
	Enabled bool `json:"enabled"`

	// AcceptIrreversible locks the central vaults in compliance mode: once
	// changeableForDays have passed, neither the lock nor a vault that holds
	// anything can be removed by anybody, AWS included, and what is in it is
	// paid for until its retention ends. Without it the lock is in governance
	// mode, which administrators of backups can lift.
	AcceptIrreversible bool `json:"acceptIrreversible"`

	// ChangeableForDays is how long a lock in compliance mode can still be
	// undone: 3 to 36500 days after it is made. Used with acceptIrreversible
	// alone.
	ChangeableForDays int `json:"changeableForDays"`

	// MinRetentionDays is the shortest retention that the central vaults
	// accept; no copy can be deleted before. Default: the shortest retention of
	// a schedule that is copied.
	MinRetentionDays int `json:"minRetentionDays"`

	// MaxRetentionDays is the longest retention that the central vaults
	// accept, at most 36500 days.
	MaxRetentionDays int `json:"maxRetentionDays"`

	// ReplicaRegion is the second region that backups are copied to: a
	// governed region other than home. Default: the first such region; with one
	// governed region copies go to another account alone.
	ReplicaRegion string `json:"replicaRegion"`

	// CrossAccount lets the accounts of the organization copy into the central
	// vaults.
	CrossAccount bool `json:"crossAccount"`

	// Policies attaches the plans to the organization, as backup policies.
	Policies bool `json:"policies"`

	// Services lists the services that AWS Backup may back up. An empty list
	// leaves the setting as it is.
	Services []string `json:"services"`

	// Schedules say when to back up and how long to keep the result.
	Schedules []BackupSchedule `json:"schedules"`

	// Plans say what is backed up by which schedules. Default: one for each
	// record class of an account, with the name of the class and all schedules.
	Plans []BackupPlan `json:"plans"`

	// RestoreTesting proves regularly that copies can be restored.
	RestoreTesting RestoreTesting `json:"restoreTesting"`
}

// BackupSchedule is when backups are made and how long they are kept.
type BackupSchedule struct {
	// Name identifies the schedule: 1 to 50 characters of a-z, 0-9 and hyphen,
	// with a letter first.
	Name string `json:"name" jsonschema:"required"`

	// Schedule is when backups start, in UTC, such as cron(0 1 * * ? *): at
	// most once an hour.
	Schedule string `json:"schedule" jsonschema:"required"`

	// RetentionDays is how long a backup is kept, at most 36500 days. Default:
	// as long as the record class of the plan.
	RetentionDays int `json:"retentionDays"`

	// ColdStorageAfterDays moves a backup to cheaper storage, where the service
	// has it, at least 90 days before it is deleted. Default: never.
	ColdStorageAfterDays int `json:"coldStorageAfterDays"`

	// StartWindowMinutes is within how long a backup must have started: 60 or
	// more. Default: 60.
	StartWindowMinutes int `json:"startWindowMinutes"`

	// CompletionWindowMinutes is within how long a backup must be complete,
	// longer than the window to start in. Default: 480, a night.
	CompletionWindowMinutes int `json:"completionWindowMinutes"`

	// LocalOnly keeps backups in the account and region that they were made
	// in. Nothing survives the loss of either.
	LocalOnly bool `json:"localOnly"`
}

// BackupPlan is what is backed up together.
type BackupPlan struct {
	// Name identifies the plan: 1 to 50 characters of a-z, 0-9 and hyphen,
	// with a letter first. Resources whose tag gxp:backup has this value are
	// backed up by it.
	Name string `json:"name" jsonschema:"required"`

	// RecordClass is the retention class of what is backed up, a key of
	// logging:recordClasses.
	RecordClass string `json:"recordClass" jsonschema:"required"`

	// Schedules are the names of the schedules that the plan follows. Default:
	// all.
	Schedules []string `json:"schedules"`

	// Units are the paths of the organizational units whose accounts the plan
	// is for. Default: Workloads, with all that is in it.
	Units []string `json:"units"`

	// ResourceTypes selects resources by type instead of by the tag gxp:backup:
	// all of these types that are tagged with the record class of the plan,
	// such as arn:aws:rds:*:*:db:*.
	ResourceTypes []string `json:"resourceTypes"`
}

// RestoreTesting is how often, and of what, a copy is restored to see whether it
// can be.
type RestoreTesting struct {
	// Enabled restores copies in the backup account, and deletes what was
	// restored when it has been examined.
	Enabled bool `json:"enabled"`

	// Schedule is when tests start, in UTC, such as cron(0 4 ? * SUN *).
	Schedule string `json:"schedule"`

	// StartWindowHours is within how long a test must have started: 1 to 168.
	StartWindowHours int `json:"startWindowHours"`

	// SelectionWindowDays is how old the copies that are tested may be: 1 to
	// 365.
	SelectionWindowDays int `json:"selectionWindowDays"`

	// ValidationWindowHours is how long what was restored can be examined: 1 to
	// 168.
	ValidationWindowHours int `json:"validationWindowHours"`

	// ResourceTypes lists what is tested, as AWS Backup calls it.
	ResourceTypes []string `json:"resourceTypes"`
}
