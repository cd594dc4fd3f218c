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
	ids := partyIDs{organization: a.OrganizationID, archive: a.Account.ID, audit: a.AuditAccountID, source: a.SourceAccountID}
	return ids.rendered(func(ids parties) []policy.Statement {
		return statements(&args, ids)
	})
}

var anyS3 = policy.Strings{"s3:*"}

// recordsStatements let the trail deliver, the auditors read, and nobody else
// in from outside. The trail writes under the management account's id for that
// account and under the organization's for all others.
func recordsStatements(a *ArchiveArgs, ids parties) []policy.Statement {
	name := a.recordsBucket()
	statements := append(closed(name, ids), writtenByServices(name))
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
	return append(statements, append(a.copiesArrive(name, ids), auditorsRead(name, ids))...)
}

// copiesArrive lets the roles that copy records write what they copy, where they
// are of another account.
func (a *ArchiveArgs) copiesArrive(name string, ids parties) []policy.Statement {
	if a.SourceAccountID == nil {
		return nil
	}
	roles := policy.Condition{"ArnLike": {"aws:PrincipalArn": {
		policy.RoleARN(ids.source, ReplicationRole), policy.RoleARN(ids.source, collectionRoles+"*"),
	}}}
	return []policy.Statement{
		{
			Sid:       "CopiesArrive",
			Effect:    policy.Allow,
			Principal: policy.AWS(policy.RootARN(ids.source)),
			Action:    policy.Strings{"s3:ObjectOwnerOverrideToBucketOwner", "s3:ReplicateObject", "s3:ReplicateTags"},
			Resource:  policy.Strings{bucket.ARN(name) + "/*"},
			Condition: roles,
		},
		{
			Sid:       "CopiesCheckVersioning",
			Effect:    policy.Allow,
			Principal: policy.AWS(policy.RootARN(ids.source)),
			Action:    policy.Strings{"s3:GetBucketVersioning", "s3:ListBucket"},
			Resource:  policy.Strings{bucket.ARN(name)},
			Condition: roles,
		},
	}
}

// The names of the buckets of the archive. A copy in another account exists beside
// one in the same region, and names of buckets are given once.
func (a *ArchiveArgs) recordsBucket() string { return RecordsBucket(a.NamePrefix, a.place()) }

func (a *ArchiveArgs) evidenceBucket() string { return EvidenceBucket(a.NamePrefix, a.place()) }

func (a *ArchiveArgs) accessLogsBucket() string { return AccessLogsBucket(a.NamePrefix, a.place()) }

func (a *ArchiveArgs) place() string {
	if a.SourceAccountID != nil {
		return "copy-" + a.Account.Region
	}
	return a.Account.Region
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

// evidenceStatements let auditors read the evidence, and each that makes some
// write below its own prefix.
func evidenceStatements(a *ArchiveArgs, ids parties) []policy.Statement {
	name := a.evidenceBucket()
	statements := append(closed(name, ids),
		writtenBy("KnownRolesAloneWrite", name, "", policy.RoleARN(ids.archive, IntegrityRole)),
		integrityAloneWrites(bucket.ARN(name), ids),
		policy.Statement{
			Sid:       "ExportsAreCopied",
			Effect:    policy.Allow,
			Principal: policy.AWS(policy.RootARN(ids.audit)),
			Action:    policy.Strings{"s3:ReplicateObject", "s3:ReplicateTags"},
			Resource:  policy.Strings{bucket.ARN(name) + "/exports/*"},
			Condition: policy.Condition{"ArnEquals": {"aws:PrincipalArn": {policy.RoleARN(ids.audit, AuditCopiesRole)}}},
		},
		auditorsRead(name, ids))
	return append(statements, a.copiesArrive(name, ids)...)
}

// accessLogsStatements let S3 write the access logs of the two locked buckets,
// and of the buckets that others deliver to.
func accessLogsStatements(a *ArchiveArgs, ids parties) []policy.Statement {
	of := append([]string{a.recordsBucket(), a.evidenceBucket()}, landingBuckets(a.NamePrefix, a.Account.Region)...)
	return deliveredAccessLogs(a.accessLogsBucket(), of, ids)
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
			Principal: policy.AWS(policy.RootARN(ids.source)),
			Action:    policy.Strings{"kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"},
			Resource:  policy.Strings{"*"},
			Condition: policy.Condition{
				"ArnLike":    {"aws:PrincipalArn": {policy.RoleARN(ids.source, ReplicationRole)}},
				"StringLike": {"kms:ViaService": {"s3.*.amazonaws.com"}},
			},
		},
		{
			Sid:       "CollectionEncrypts",
			Effect:    policy.Allow,
			Principal: policy.AWS(policy.RootARN(ids.source)),
			Action:    policy.Strings{"kms:Encrypt", "kms:GenerateDataKey"},
			Resource:  policy.Strings{"*"},
			Condition: policy.Condition{
				"ArnLike":    {"aws:PrincipalArn": {policy.RoleARN(ids.source, collectionRoles+"*")}},
				"StringLike": {"kms:ViaService": {"s3.*.amazonaws.com"}},
			},
		},
		{
			Sid:       "ExportsEncrypt",
			Effect:    policy.Allow,
			Principal: policy.AWS(policy.RootARN(ids.audit)),
			Action:    policy.Strings{"kms:Encrypt", "kms:GenerateDataKey"},
			Resource:  policy.Strings{"*"},
			Condition: policy.Condition{
				"ArnEquals":  {"aws:PrincipalArn": {policy.RoleARN(ids.audit, AuditCopiesRole)}},
				"StringLike": {"kms:ViaService": {"s3.*.amazonaws.com"}},
			},
		},
		auditorsDecrypt(a.Account.Region, ids),
	}
	if a.Trail == nil {
		return statements
	}
	return append(statements,
		integrityUsesKey(a.Account.Region, ids),
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
