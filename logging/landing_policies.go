package logging

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/bucket"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/key"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
)

const configService = "config.amazonaws.com"

// recorderRoles are the roles that recorders run under in every account and
// region: those that the baseline makes, and Config's own.
var recorderRoles = policy.Strings{
	"arn:aws:iam::*:role/gxp-config-*",
	"arn:aws:iam::*:role/aws-service-role/config.amazonaws.com/*",
}

// document renders statements with a copy of the arguments, see [rendered].
func (a *LandingArgs) document(statements func(*LandingArgs, parties) []policy.Statement) pulumi.StringOutput {
	args := *a
	ids := partyIDs{organization: a.OrganizationID, archive: a.Account.ID, audit: a.AuditAccountID}
	return ids.rendered(func(ids parties) []policy.Statement {
		return statements(&args, ids)
	})
}

// landingStatements let Config deliver for every account of the organization.
// With a role of one's own Config delivers first as that role and then as
// itself, so each needs both statements.
func landingStatements(a *LandingArgs, ids parties) []policy.Statement {
	name := LandingBucket(a.NamePrefix, a.Account.Region)
	look := policy.Strings{"s3:GetBucketAcl", "s3:ListBucket"}
	objects := policy.Strings{bucket.ARN(name) + "/AWSLogs/*/Config/*"}
	return append(closed(name, ids),
		writtenBy("RecordersAloneWrite", name, "", recorderRoles...),
		policy.Statement{
			Sid:       "ConfigChecksBucket",
			Effect:    policy.Allow,
			Principal: policy.Service(configService),
			Action:    look,
			Resource:  policy.Strings{bucket.ARN(name)},
			Condition: policy.Condition{"StringEquals": {"aws:SourceOrgID": {ids.organization}}},
		},
		policy.Statement{
			Sid:       "ConfigDelivers",
			Effect:    policy.Allow,
			Principal: policy.Service(configService),
			Action:    policy.Strings{"s3:PutObject"},
			Resource:  objects,
			Condition: policy.Condition{"StringEquals": {
				"s3:x-amz-acl":    {"bucket-owner-full-control"},
				"aws:SourceOrgID": {ids.organization},
			}},
		},
		policy.Statement{
			Sid:       "RecordersCheckBucket",
			Effect:    policy.Allow,
			Principal: policy.AWS("*"),
			Action:    look,
			Resource:  policy.Strings{bucket.ARN(name)},
			Condition: policy.Condition{
				"StringEquals": {"aws:PrincipalOrgID": {ids.organization}},
				"ArnLike":      {"aws:PrincipalArn": recorderRoles},
			},
		},
		policy.Statement{
			Sid:       "RecordersDeliver",
			Effect:    policy.Allow,
			Principal: policy.AWS("*"),
			Action:    policy.Strings{"s3:PutObject"},
			Resource:  objects,
			Condition: policy.Condition{
				"StringEquals": {
					"aws:PrincipalOrgID": {ids.organization},
					"s3:x-amz-acl":       {"bucket-owner-full-control"},
				},
				"ArnLike": {"aws:PrincipalArn": recorderRoles},
			},
		},
		auditorsRead(name, ids),
	)
}

// landingKeyStatements let Config and the recorders encrypt, and the auditors
// and the collection decrypt through S3.
func landingKeyStatements(a *LandingArgs, ids parties) []policy.Statement {
	encrypt := policy.Strings{"kms:Decrypt", "kms:GenerateDataKey"}
	return []policy.Statement{
		key.Administration(ids.archive),
		{
			Sid:       "ConfigEncrypts",
			Effect:    policy.Allow,
			Principal: policy.Service(configService),
			Action:    encrypt,
			Resource:  policy.Strings{"*"},
			Condition: policy.Condition{"StringEquals": {"aws:SourceOrgID": {ids.organization}}},
		},
		{
			Sid:       "RecordersEncrypt",
			Effect:    policy.Allow,
			Principal: policy.AWS("*"),
			Action:    encrypt,
			Resource:  policy.Strings{"*"},
			Condition: policy.Condition{
				"StringEquals": {"aws:PrincipalOrgID": {ids.organization}},
				"ArnLike":      {"aws:PrincipalArn": recorderRoles},
			},
		},
		auditorsDecrypt(a.Account.Region, ids),
		collectionDecrypts(a.Account.Region, ids),
	}
}
