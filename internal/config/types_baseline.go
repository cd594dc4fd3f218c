package config

// Baseline is what CloudFormation puts into every account: a recorder of its
// configuration, the forwarding of its events, a locked backup vault, roles, and
// settings of the account.
type Baseline struct {
	// Enabled stamps the baseline into the core accounts and, by StackSets that
	// take in new accounts by themselves, into the units of workload accounts.
	Enabled bool `json:"enabled"`

	// Recorder records the configuration of every account and region. An
	// account has one recorder at most, so it is false where something else
	// records already. Default: true, and false with
	// organization.controlTower, whose own recorder is in every account.
	Recorder bool `json:"recorder"`

	// RemoveDefaultVPC removes the VPC that AWS puts into each region of a new
	// account, unless something is in it.
	RemoveDefaultVPC bool `json:"removeDefaultVpc"`

	// LogRetentionDays is how long log groups are kept for which nobody chose a
	// retention: a number of days that CloudWatch Logs allows.
	LogRetentionDays int `json:"logRetentionDays"`

	// FailureTolerance is in how many accounts of a region the baseline may
	// fail before the others are left as they are: 1 to 100. With none, one
	// suspended account would keep all others from being updated.
	FailureTolerance int `json:"failureTolerance"`
}
