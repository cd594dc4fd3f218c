package analytics

// configTable is what AWS Config delivers. Its keys do not pad months and days.
// Source: AWS Config developer guide, "Querying AWS Config history and
// snapshots"; Athena user guide on the OpenX JSON SerDe.
var configTable = Table{
	Name:        "config_history",
	Description: "States of resources, as AWS Config recorded them: changes, and snapshots of everything.",
	Format:      jsonLines,
	Path:        "AWSLogs/${account}/Config/${region}/${day}/${kind}/",
	Partitions: []Partition{
		byAccount, byRegion,
		{Name: "day", Comment: "Day of delivery, as yyyy/M/d", Projection: Daily, Format: UnpaddedDay},
		{Name: "kind", Comment: "ConfigHistory or ConfigSnapshot", Projection: Enumerated,
			Values: func(Place) []string { return []string{"ConfigHistory", "ConfigSnapshot"} }},
	},
	Columns: columns(`
		fileVersion string Version of the file's form
		configSnapshotId string Id of the snapshot, in a snapshot
		configurationItems array<struct<configurationItemVersion:string,configurationItemCaptureTime:string,configurationStateId:bigint,awsAccountId:string,configurationItemStatus:string,resourceType:string,resourceId:string,resourceName:string,ARN:string,awsRegion:string,availabilityZone:string,configurationStateMd5Hash:string,configuration:string,supplementaryConfiguration:map<string,string>,tags:map<string,string>,resourceCreationTime:string>> States, one per resource and change
	`),
}

// findingsTable is what Security Hub finds, as EventBridge hands it on, one
// event a line.
// Source: Security Hub user guide, "EventBridge event formats".
var findingsTable = Table{
	Name:        "findings",
	Description: "Findings of Security Hub, as often as they changed.",
	Format:      jsonLines,
	Path:        Findings + "${region}/${day}/",
	Partitions:  []Partition{byRegion, byDay},
	Columns: columns(`
		id=event_id string Id of the event
		detail-type=detail_type string Kind of event
		account=event_account string Account that the event comes from
		time=event_time string When the event was sent, in UTC
		region=event_region string Region that the event comes from
		detail struct<findings:array<struct<Id:string,ProductName:string,AwsAccountId:string,Region:string,Title:string,Description:string,CreatedAt:string,UpdatedAt:string,RecordState:string,Severity:struct<Label:string>,Workflow:struct<Status:string>,Compliance:struct<Status:string,SecurityControlId:string>,Resources:array<struct<Type:string,Id:string>>>>> The findings
	`),
}

// logEventsTable is what Amazon Data Firehose receives from CloudWatch Logs.
// Source: CloudWatch Logs user guide, "Subscription filters with Amazon Data
// Firehose".
var logEventsTable = Table{
	Name:        "log_events",
	Description: "What the log groups of every account received, Session Manager included.",
	Format:      jsonLines,
	Path:        LogEvents + "${region}/${day}/",
	Partitions:  []Partition{byRegion, byDay},
	Columns: columns(`
		messageType string DATA_MESSAGE, or CONTROL_MESSAGE of a test
		owner string Account of the log group
		logGroup string Log group
		logStream string Log stream
		subscriptionFilters array<string> Filters that matched
		logEvents array<struct<id:string,timestamp:bigint,message:string>> Messages, with the time in milliseconds since 1970
	`),
}
