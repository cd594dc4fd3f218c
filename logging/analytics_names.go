package logging

// Names in the audit account that policies of other accounts, or its own, need
// before what has the name exists. The archive lets roles in by the beginning
// of their name, see auditReaders.
const (
	// AuditQueryRole is what auditors query under.
	AuditQueryRole = "gxp-audit-query"

	// AuditExportsRole is what the scheduled reviews run under.
	AuditExportsRole = "gxp-audit-query-exports"

	// AuditCopiesRole is what S3 copies the answers of the reviews into the
	// archive under.
	AuditCopiesRole = "gxp-audit-exports-replication"

	// AuditExportsWorkgroup is the Athena workgroup of the scheduled reviews.
	AuditExportsWorkgroup = "gxp-audit-exports"

	// AuditExports is where the answers of the reviews are, in the results
	// bucket and in the evidence buckets: below it, a prefix for each query.
	AuditExports = "exports/"
)

const (
	// auditAnswers is where answers to what auditors ask are.
	auditAnswers = "queries/"

	// reviewGroup is the group of the schedules.
	reviewGroup = "gxp-audit-reviews"

	// reviewFailures is the queue of the reviews that could not be started.
	reviewFailures = "gxp-audit-reviews-failed"
)

// AuditResultsBucket is the name of the bucket, in a region, that Athena writes
// the answers to.
func AuditResultsBucket(prefix, region string) string { return prefix + "-audit-results-" + region }
