package config

import (
	"math"
	"slices"
)

// maxBackupDays is the longest retention that AWS Backup takes.
const maxBackupDays = 36500

// RetentionIn returns how many days a backup of the schedule is kept for a
// record class: those of the schedule, or all of the class.
func (c *Config) RetentionIn(s BackupSchedule, class string) int {
	if s.RetentionDays != 0 {
		return s.RetentionDays
	}
	return int(math.Ceil(float64(c.RetentionYears(class)) * daysOfYear))
}

// BackupRetention returns the shortest and the longest retention, in days, of
// anything that a plan keeps; zeros where there is no plan. The lock of a vault
// that plans back up to must agree with both.
func (c *Config) BackupRetention() (shortest, longest int) {
	return c.backupRetention(func(BackupSchedule) bool { return true })
}

func (c *Config) backupRetention(counts func(BackupSchedule) bool) (shortest, longest int) {
	b := c.LandingZone.Backup
	for _, plan := range b.Plans {
		for _, s := range b.Schedules {
			if !slices.Contains(plan.Schedules, s.Name) || !counts(s) {
				continue
			}
			days := c.RetentionIn(s, plan.RecordClass)
			if shortest == 0 || days < shortest {
				shortest = days
			}
			longest = max(longest, days)
		}
	}
	return shortest, longest
}

// backupServices are what AWS Backup can back up, as it calls it in its
// settings of a region.
var backupServices = []string{
	"Aurora", "CloudFormation", "DocumentDB", "DynamoDB", "EBS", "EC2", "EFS", "FSx", "Neptune", "RDS", "Redshift",
	"S3", "SAP HANA on Amazon EC2", "Storage Gateway", "Timestream", "VirtualMachine",
}

// BackupServices returns what AWS Backup can be told to back up or to leave
// alone.
func BackupServices() []string { return slices.Clone(backupServices) }

// restorableTypes are what AWS Backup can test to restore.
var restorableTypes = []string{
	"Aurora", "DocumentDB", "DynamoDB", "EBS", "EC2", "EFS", "FSx", "Neptune", "RDS", "S3",
}

// backupTypes are the resource types that a backup policy can select:
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_backup_syntax.html
var backupTypes = []string{
	"arn:aws:backup-gateway:*:*:vm/*",
	"arn:aws:cloudformation:*:*:stack/*",
	"arn:aws:dsql:*:*:cluster/*",
	"arn:aws:dynamodb:*:*:table/*",
	"arn:aws:ec2:*:*:instance/*",
	"arn:aws:ec2:*:*:volume/*",
	"arn:aws:eks:*:*:cluster/*",
	"arn:aws:elasticfilesystem:*:*:file-system/*",
	"arn:aws:fsx:*:*:file-system/*",
	"arn:aws:fsx:*:*:volume/*",
	"arn:aws:rds:*:*:cluster:*",
	"arn:aws:rds:*:*:db:*",
	"arn:aws:redshift-serverless:*:*:namespace/*",
	"arn:aws:redshift:*:*:cluster:*",
	"arn:aws:s3:::*",
	"arn:aws:ssm-sap:*:*:HANA/*",
	"arn:aws:storagegateway:*:*:gateway/*",
	"arn:aws:timestream:*:*:database/*",
}
