package logging

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/bucket"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/key"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
)

// document renders statements with a copy of the arguments, see [rendered].
func (a *ArchiveArgs) document(statements func(*ArchiveArgs, parties) []policy.Statement) pulumi.StringOutput {
	args := *a
	return rendered(a.OrganizationID, a.Account.ID, a.AuditAccountID, func(ids parties) []policy.Statement {
		return statements(&args, ids)
	})
}

var anyS3 = policy.Strings{"s3:*"}

// recordsStatements let the trail deliver, the auditors read, and nobody else
// in from outside. The trail writes under the management account's id for that
// account and under the organization's for all others.
func recordsStatements(a *ArchiveArgs, ids parties) []policy.Statement {
	name := RecordsBucket(a.NamePrefix, a.Account.Region)
	statements := closed(name, ids)
	if a.Trail != nil {
		statements = append(statements,
			policy.Statement{
				Sid:       "TrailChecksBucket",
				Effect:    policy.Allow,
				Principal: policy.Service("cloudtrail.amazonaws.com"),
				Action:    policy.Strings{"s3:GetBucketAcl"},
				Resource:  policy.Strings{bucket.ARN(name)},
				Condition: policy.Condition{"StringEquals": {"aws:SourceArn": {a.Trail.ARN}}},
			},
			a.trailWrites("TrailWritesManagement", name, a.Trail.ManagementAccountID),
			a.trailWrites("TrailWritesOrganization", name, ids.organization),
		)
	}
	return append(statements, auditorsRead(name, ids))
}

func (a *ArchiveArgs) trailWrites(sid, name, owner string) policy.Statement {
	return policy.Statement{
		Sid:       sid,
		Effect:    policy.Allow,
		Principal: policy.Service("cloudtrail.amazonaws.com"),
		Action:    policy.Strings{"s3:PutObject"},
		Resource:  policy.Strings{bucket.ARN(name) + "/AWSLogs/" + owner + "/*"},
		Condition: policy.Condition{"StringEquals": {
			"s3:x-amz-acl":  {"bucket-owner-full-control"},
			"aws:SourceArn": {a.Trail.ARN},
		}},
	}
}

// evidenceStatements let auditors read the evidence.
func evidenceStatements(a *ArchiveArgs, ids parties) []policy.Statement {
	name := EvidenceBucket(a.NamePrefix, a.Account.Region)
	return append(closed(name, ids), auditorsRead(name, ids))
}

// accessLogsStatements let S3 write the access logs of the two locked buckets,
// and of the buckets that Config and the network deliver to.
func accessLogsStatements(a *ArchiveArgs, ids parties) []policy.Statement {
	name := AccessLogsBucket(a.NamePrefix, a.Account.Region)
	delivery := policy.Statement{
		Sid:       "S3WritesAccessLogs",
		Effect:    policy.Allow,
		Principal: policy.Service("logging.s3.amazonaws.com"),
		Action:    policy.Strings{"s3:PutObject"},
		Resource:  policy.Strings{bucket.ARN(name) + "/*"},
		Condition: policy.Condition{
			"ArnEquals": {"aws:SourceArn": {
				bucket.ARN(RecordsBucket(a.NamePrefix, a.Account.Region)),
				bucket.ARN(EvidenceBucket(a.NamePrefix, a.Account.Region)),
				bucket.ARN(LandingBucket(a.NamePrefix, a.Account.Region)),
				bucket.ARN(NetworkLandingBucket(a.NamePrefix, a.Account.Region)),
			}},
			"StringEquals": {"aws:SourceAccount": {ids.archive}},
		},
	}
	return append([]policy.Statement{delivery}, closed(name, ids)...)
}

// closed is what every bucket of the archive denies.
func closed(name string, ids parties) []policy.Statement {
	return []policy.Statement{
		policy.RequireTLS(anyS3, bucket.Resources(name)...),
		policy.RequireOrganization(ids.organization, anyS3, bucket.Resources(name)...),
	}
}

// auditorsRead lets the audit-query roles read. The organization is named too:
// a condition on it keeps the statement from counting as public.
func auditorsRead(name string, ids parties) policy.Statement {
	return policy.Statement{
		Sid:       "AuditorsRead",
		Effect:    policy.Allow,
		Principal: policy.AWS("*"),
		Action:    policy.Strings{"s3:GetBucketLocation", "s3:GetObject", "s3:GetObjectVersion", "s3:ListBucket"},
		Resource:  bucket.Resources(name),
		Condition: policy.Condition{
			"StringEquals": {"aws:PrincipalOrgID": {ids.organization}},
			"ArnLike":      {"aws:PrincipalArn": {auditReaders(ids.audit)}},
		},
	}
}

// auditorsDecrypt lets the audit-query roles decrypt what they read through S3.
func auditorsDecrypt(region string, ids parties) policy.Statement {
	return policy.Statement{
		Sid:       "AuditorsDecrypt",
		Effect:    policy.Allow,
		Principal: policy.AWS("*"),
		Action:    policy.Strings{"kms:Decrypt", "kms:DescribeKey"},
		Resource:  policy.Strings{"*"},
		Condition: policy.Condition{
			"StringEquals": {
				"aws:PrincipalOrgID": {ids.organization},
				"kms:ViaService":     {"s3." + region + ".amazonaws.com"},
			},
			"ArnLike": {"aws:PrincipalArn": {auditReaders(ids.audit)}},
		},
	}
}

// collectionDecrypts lets S3 read what has landed in order to archive it.
func collectionDecrypts(region string, ids parties) policy.Statement {
	return policy.Statement{
		Sid:       "CollectionDecrypts",
		Effect:    policy.Allow,
		Principal: policy.AWS(policy.RootARN(ids.archive)),
		Action:    policy.Strings{"kms:Decrypt"},
		Resource:  policy.Strings{"*"},
		Condition: policy.Condition{
			"ArnEquals":    {"aws:PrincipalArn": {policy.RoleARN(ids.archive, CollectionRole(region))}},
			"StringEquals": {"kms:ViaService": {"s3." + region + ".amazonaws.com"}},
		},
	}
}

// archiveKeyStatements let the trail encrypt, the auditors decrypt through S3,
// and replication and collection copy, each under its own conditions.
func archiveKeyStatements(a *ArchiveArgs, ids parties) []policy.Statement {
	statements := []policy.Statement{
		key.Administration(ids.archive),
		{
			Sid:       "ReplicationCopies",
			Effect:    policy.Allow,
			Principal: policy.AWS(policy.RootARN(ids.archive)),
			Action:    policy.Strings{"kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"},
			Resource:  policy.Strings{"*"},
			Condition: policy.Condition{
				"ArnLike":    {"aws:PrincipalArn": {"arn:aws:iam::" + ids.archive + ":role/" + ReplicationRole}},
				"StringLike": {"kms:ViaService": {"s3.*.amazonaws.com"}},
			},
		},
		{
			Sid:       "CollectionEncrypts",
			Effect:    policy.Allow,
			Principal: policy.AWS(policy.RootARN(ids.archive)),
			Action:    policy.Strings{"kms:Encrypt", "kms:GenerateDataKey"},
			Resource:  policy.Strings{"*"},
			Condition: policy.Condition{
				"ArnLike":    {"aws:PrincipalArn": {policy.RoleARN(ids.archive, collectionRoles+"*")}},
				"StringLike": {"kms:ViaService": {"s3.*.amazonaws.com"}},
			},
		},
		auditorsDecrypt(a.Account.Region, ids),
	}
	if a.Trail == nil {
		return statements
	}
	return append(statements,
		policy.Statement{
			Sid:       "TrailEncrypts",
			Effect:    policy.Allow,
			Principal: policy.Service("cloudtrail.amazonaws.com"),
			Action:    policy.Strings{"kms:GenerateDataKey*"},
			Resource:  policy.Strings{"*"},
			Condition: policy.Condition{
				"StringEquals": {"aws:SourceArn": {a.Trail.ARN}},
				"StringLike": {"kms:EncryptionContext:aws:cloudtrail:arn": {
					"arn:aws:cloudtrail:*:" + a.Trail.ManagementAccountID + ":trail/*"}},
			},
		},
		policy.Statement{
			Sid:       "TrailDescribesKey",
			Effect:    policy.Allow,
			Principal: policy.Service("cloudtrail.amazonaws.com"),
			Action:    policy.Strings{"kms:DescribeKey"},
			Resource:  policy.Strings{"*"},
			Condition: policy.Condition{"StringEquals": {"aws:SourceArn": {a.Trail.ARN}}},
		},
	)
}
