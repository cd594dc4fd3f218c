package analytics

// qualificationTable is the results of installation qualifications: one line
// per report, beside the report that people read.
var qualificationTable = Table{
	Name:        "iq_reports",
	Description: "Installation qualifications: what was qualified, with which result, and whose it was.",
	Format:      jsonLines,
	Evidence:    true,
	Path:        QualificationRecords + "${account}/${region}/${day}/",
	Partitions:  []Partition{byAccount, byRegion, byDay},
	Columns: columns(`
		schema string Form of the record: gxp/iq-record/v1
		id=report_id string Id of the report
		time string When the qualification was finished, in UTC
		account=account_id string Account of the stack
		region=region_name string Region of the stack
		stackId string ARN of the stack
		stackName string Name of the stack
		product string Name of the product
		productId string Id of the product in the catalog
		version string Version of the product
		verdict string pass or fail
		counts struct<passed:int,failed:int,unread:int> Tests that passed, that failed, and that failed because something could not be read
		launchedBy string Who launched or updated the stack
		approvedBy string Who approved the version of the product
		approvedAt string When the version was approved, in UTC
		templateSha256 string Digest of the deployed template
		manifestSha256 string Digest of the signed manifest
		report string Key of the report that people read
	`),
}

// integrityTable is the results of the scheduled verification of the archive, in
// the form of the package integrity.
var integrityTable = Table{
	Name:        "integrity_reports",
	Description: "Verifications of the archive: digests, gaps, copies and locks.",
	Format:      jsonLines,
	Evidence:    true,
	Path:        IntegrityRecords + "${day}/",
	Partitions:  []Partition{byDay},
	Columns: columns(`
		schema string Form of the report: gxp/log-integrity/v1
		id=report_id string Id of the report
		tool string Program that verified
		verdict string pass, attention or fail
		bucket string Bucket that was verified
		organization string Organization of the trail
		from=period_from string First moment that was verified, in UTC
		to=period_to string Last moment that was verified, in UTC
		startedAt string When the verification began, in UTC
		finishedAt string When the verification ended, in UTC
		summary struct<accounts:int,chains:int,digests:int,digestsVerified:int,logFiles:int,logFilesVerified:int,logBytes:bigint,findings:int,findingsByKind:map<string,int>> Sums
		findings array<struct<kind:string,severity:string,account:string,region:string,key:string,from:string,to:string,detail:string,meaning:string>> What is not as it must be
		findingsOmitted int Findings beyond the ten thousand that a report holds
	`),
}
