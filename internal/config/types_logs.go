package config

// Integrity is the regular proof that the archive is whole: that nothing in it
// was changed or removed, and that nothing is missing.
type Integrity struct {
	// Enabled examines the archive every day: the chain of digests of the
	// trail, gaps in what accounts and regions deliver, the lag of the copies
	// and the locks. A signed result goes to the evidence bucket, and a failure
	// raises an alarm.
	Enabled bool `json:"enabled"`
}

// Analytics is how the archive is questioned: tables over what is in it, and
// queries that are prepared, run under the roles of auditors alone.
type Analytics struct {
	// Enabled makes the database, the tables, the workgroup with its own
	// encrypted results bucket, and the prepared queries, in the audit account.
	Enabled bool `json:"enabled"`

	// ScanLimitGB is how many gigabytes one query may read before it is
	// stopped: 1 to 10000. AWS charges for what is read.
	ScanLimitGB int `json:"scanLimitGB"`

	// Reviews exports the lists of the periodic review, as CSV, to the evidence
	// bucket on a schedule. Used with enabled alone.
	Reviews bool `json:"reviews"`

	// Since is the first day of which there are records, as year, month and day
	// in UTC, in quotes: from 2013-11-13, when CloudTrail began, until today.
	// Queries do not look further back, and take longer the earlier it is.
	Since string `json:"since"`
}

// Dashboards shows the tables of analytics in QuickSight, which AWS charges for
// by reader.
type Dashboards struct {
	// Enabled makes the data source, the data sets, the analysis and the
	// dashboard, in the audit account and the home region, where QuickSight must
	// have been subscribed to. It needs analytics.
	Enabled bool `json:"enabled"`

	// Group is the QuickSight group whose members may see the dashboard: 1 to
	// 128 letters, digits and _ . -, with a letter or digit first.
	Group string `json:"group"`

	// Namespace is the QuickSight namespace that the group is in: 1 to 64
	// letters, digits and _ . -.
	Namespace string `json:"namespace"`

	// RefreshTime is when the data is read anew every day, as hour and minute
	// in UTC, in quotes: 00:00 to 23:59.
	RefreshTime string `json:"refreshTime"`
}

// Search keeps recent log events in OpenSearch Serverless, fed from the stream
// that the archive is fed from. AWS charges for its capacity by the hour,
// whether it is used or not. The archive keeps the record itself.
type Search struct {
	// Enabled makes the collection and its feed, in the log archive account. It
	// needs the source application-logs.
	Enabled bool `json:"enabled"`

	// Name is the name of the collection: 3 to 32 characters of a-z, 0-9 and
	// hyphen, with a letter first. Another name is another, empty collection.
	Name string `json:"name"`

	// Standby keeps replicas in a second zone, at twice the cost. It cannot be
	// changed once the collection exists.
	Standby bool `json:"standby"`
}
