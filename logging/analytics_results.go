package logging

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/bucket"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/key"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
)

// answerDays is how long answers stay in the results bucket: who asked can ask
// again, and the answers of reviews are evidence in the archive by then. S3
// removes none whose copy is pending or has failed.
const answerDays = 30

// createResults creates the bucket that Athena writes to. It has no lock, because
// what is in it is not yet a record, and no access log, because S3 takes none for
// a bucket of another account, where those for access logs are.
func (a *Analytics) createResults(ctx *pulumi.Context, name string, args *AnalyticsArgs, child pulumi.ResourceOption) error {
	created, err := key.New(ctx, name, key.Args{
		Alias:       "gxp-audit-results",
		Description: "Encrypts the answers to audit queries.",
		Policy: args.Account.ID.ApplyT(func(id string) (string, error) {
			return policy.JSON(resultsKeyStatements(args.Account.Region, id)...)
		}).(pulumi.StringOutput),
	}, child)
	if err != nil {
		return err
	}
	a.key, a.KeyARN = created, created.Arn
	a.results, err = bucket.New(ctx, name+"-results", bucket.Args{
		Bucket:     AuditResultsBucket(args.NamePrefix, args.Account.Region),
		KeyARN:     created.Arn,
		ExpireDays: answerDays,
		Policy: pulumi.All(args.OrganizationID, args.Account.ID, created.Arn).ApplyT(func(known []any) (string, error) {
			return policy.JSON(resultsStatements(AuditResultsBucket(args.NamePrefix, args.Account.Region),
				parties{organization: known[0].(string), audit: known[1].(string)}, known[2].(string))...)
		}).(pulumi.StringOutput),
	}, child)
	if err != nil {
		return err
	}
	a.ResultsBucket = a.results.Bucket
	a.Ready = append(a.Ready, a.results.Policy)
	return nil
}

// resultsActions are the ways to read, write or remove an answer.
var resultsActions = policy.Strings{
	"s3:AbortMultipartUpload", "s3:BypassGovernanceRetention", "s3:DeleteObject*", "s3:GetObject*", "s3:PutObject*",
	"s3:ReplicateDelete", "s3:ReplicateObject", "s3:ReplicateTags", "s3:RestoreObject",
}

// resultsStatements close the answers to everybody but the audit-query roles and
// the role that copies, administrators of the account included, and every
// encryption but that with the bucket's key. Without headers S3 encrypts with
// that by default, so they need not be there. Who is not denied needs rights of
// its own: nothing here allows anything.
func resultsStatements(name string, ids parties, keyARN string) []policy.Statement {
	const algorithm, keyID = "s3:x-amz-server-side-encryption", "s3:x-amz-server-side-encryption-aws-kms-key-id"
	objects := policy.Strings{bucket.ARN(name) + "/*"}
	other := func(sid, header, want string) policy.Statement {
		return policy.Statement{
			Sid: sid, Effect: policy.Deny, Principal: policy.Everyone,
			Action: policy.Strings{"s3:PutObject"}, Resource: objects,
			Condition: policy.Condition{"Null": {header: {"false"}}, "StringNotEquals": {header: {want}}},
		}
	}
	return append(closed(name, ids),
		policy.Statement{
			Sid: "AuditQueriesAlone", Effect: policy.Deny, Principal: policy.Everyone,
			Action: resultsActions, Resource: objects,
			Condition: policy.Condition{
				"ArnNotLike": {"aws:PrincipalArn": {auditReaders(ids.audit), policy.RoleARN(ids.audit, AuditCopiesRole)}},
				// S3 itself expires answers; no service is allowed anything.
				"BoolIfExists": {"aws:PrincipalIsAWSService": {"false"}},
			},
		},
		other("RequireKMS", algorithm, "aws:kms"),
		other("RequireKey", keyID, keyARN),
	)
}

// resultsKeyStatements let the audit-query roles use the key, and the role that
// copies decrypt, through S3 alone.
func resultsKeyStatements(region, audit string) []policy.Statement {
	uses := func(sid string, actions policy.Strings, role string) policy.Statement {
		return policy.Statement{
			Sid: sid, Effect: policy.Allow, Principal: policy.AWS(policy.RootARN(audit)),
			Action: actions, Resource: policy.Strings{"*"},
			Condition: policy.Condition{
				"ArnLike":      {"aws:PrincipalArn": {role}},
				"StringEquals": {"kms:ViaService": {"s3." + region + ".amazonaws.com"}},
			},
		}
	}
	return []policy.Statement{
		key.Administration(audit),
		uses("AuditQueriesUse", policy.Strings{"kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"}, auditReaders(audit)),
		uses("ExportsAreCopied", policy.Strings{"kms:Decrypt"}, policy.RoleARN(audit, AuditCopiesRole)),
	}
}
