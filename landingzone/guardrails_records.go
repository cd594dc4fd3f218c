package landingzone

import (
	"slices"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
)

// recordBuckets are the buckets of the landing zone that hold records, and what
// is in them; the logs are those of access and of the network.
func recordBuckets(l Limits) policy.Strings {
	var arns policy.Strings
	for _, purpose := range []string{"archive", "evidence", "*-logs", "config"} {
		arns = append(arns, "arn:aws:s3:::"+l.NamePrefix+"-"+purpose+"-*")
	}
	return arns
}

var (
	// destroysRecords is what nobody ever has reason to do to a record, but for a
	// hold, see [destroying]. Access lists of objects are not among it: the buckets
	// have none, and Config names one with what it delivers.
	destroysRecords = policy.Strings{
		"s3:BypassGovernanceRetention", "s3:Delete*", holdsRecord, "s3:PutObjectRetention", "s3:ReplicateDelete",
	}

	// weakensRecords are the settings that keep records whole and private.
	weakensRecords = policy.Strings{
		"s3:PutBucket*", "s3:PutEncryptionConfiguration", "s3:PutLifecycleConfiguration", "s3:PutReplicationConfiguration",
	}
)

// destroying is what nobody in a unit may do to records. Where the records
// manager is, statements of their own are about holds.
func destroying(unit string) policy.Strings {
	if unit != config.UnitSecurity {
		return destroysRecords
	}
	return slices.DeleteFunc(slices.Clone(destroysRecords), func(a string) bool { return a == holdsRecord })
}

// recordBuilders are who sets up buckets of records: the program where the archive
// is, and where a copy of it may be.
func recordBuilders(l Limits, unit string) []string {
	switch unit {
	case config.UnitSecurity:
		return l.access(config.KeyLogArchive)
	case config.UnitInfrastructure:
		return l.access(config.KeyBackup)
	}
	return nil
}

// recordGuardrails keep the audit records.
var recordGuardrails = []guardrail{
	{
		Control: prevents("GXP-SCP-010", "Audit trails can be neither stopped, redirected nor deleted",
			"Whoever stops the recording first can do the rest unseen.",
			"ARCH-P4", "ARCH-S12", "CFR-11.10(e)", "A11-9"),
		sid: "TrailsKeepRecording", units: everywhere,
		deny: func(Limits, string) policy.Statement {
			return policy.Statement{
				Action: policy.Strings{
					"cloudtrail:DeleteEventDataStore", "cloudtrail:DeleteTrail", "cloudtrail:PutEventSelectors",
					"cloudtrail:PutInsightSelectors", "cloudtrail:StopEventDataStoreIngestion", "cloudtrail:StopLogging",
					"cloudtrail:UpdateEventDataStore", "cloudtrail:UpdateTrail",
				},
				Resource: anything,
			}
		},
	},
	{
		Control: prevents("GXP-SCP-011", "Records cannot be destroyed, nor their locks lifted, by anyone",
			"In governance mode, and before the retention of an object begins, rights alone stand between a record and its deletion.",
			"ARCH-P4", "ARCH-P9", "CFR-11.10(c)", "CFR-11.10(e)", "A11-7.1", "A11-17"),
		sid: "RecordsStay", units: everywhere,
		deny: func(l Limits, unit string) policy.Statement {
			return policy.Statement{Action: destroying(unit), Resource: recordBuckets(l)}
		},
	},
	{
		Control: prevents("GXP-SCP-012", "Only the program changes the settings of the buckets that hold records",
			"A lifecycle rule or a replaced bucket policy destroys or exposes records without touching one.",
			"ARCH-P4", "ARCH-P9", "CFR-11.10(c)", "CFR-11.10(d)", "A11-7.1", "A11-10"),
		sid: "RecordBucketsKeepTheirSettings", units: everywhere,
		deny: func(l Limits, unit string) policy.Statement {
			return policy.Statement{Action: weakensRecords, Resource: recordBuckets(l), Condition: except(recordBuilders(l, unit))}
		},
	},
	{
		Control: prevents("GXP-SCP-013", "Flow logs cannot be deleted, except by the program in the network account",
			"Without them nobody can say afterwards who spoke with whom.",
			"ARCH-P4", "ARCH-S8", "CFR-11.10(e)", "A11-9"),
		sid: "FlowLogsStay", units: everywhere,
		deny: func(l Limits, unit string) policy.Statement {
			return policy.Statement{
				Action: policy.Strings{"ec2:DeleteFlowLogs"}, Resource: anything, Condition: except(flowLogBuilders(l, unit)),
			}
		},
	},
}

// flowLogBuilders are who may replace flow logs: the program where networks
// are, and nobody elsewhere.
func flowLogBuilders(l Limits, unit string) []string {
	if unit == config.UnitInfrastructure {
		return l.access(config.KeyNetwork)
	}
	return nil
}
