package logging

import (
	"strings"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/key"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
	"github.com/gxp-landing-zone/gxp-landing-zone/logging/integrity"
)

// verifier is what the role of the verification works on: ARNs, and ids.
type verifier struct {
	records, evidence, archiveKey, signingKey, group string

	organization, management, region string
}

// verifierStatements let the role read the trail and add results. It cannot
// change or remove anything, and it reads no other record.
func verifierStatements(v verifier) []policy.Statement {
	return []policy.Statement{
		{
			// Without the right to list the whole bucket S3 says of a missing file
			// that it is forbidden, and a removed one would be an unreadable one.
			Sid:    "ReadsArchive",
			Effect: policy.Allow,
			Action: policy.Strings{
				"s3:GetBucketObjectLockConfiguration", "s3:GetBucketVersioning", "s3:GetReplicationConfiguration", "s3:ListBucket",
			},
			Resource: policy.Strings{v.records},
		},
		{
			Sid:      "ReadsTrail",
			Effect:   policy.Allow,
			Action:   policy.Strings{"s3:GetObject", "s3:GetObjectRetention"},
			Resource: policy.Strings{v.records + "/AWSLogs/" + v.organization + "/*", v.records + "/AWSLogs/" + v.management + "/*"},
		},
		{
			Sid:      "KeepsResults",
			Effect:   policy.Allow,
			Action:   policy.Strings{"s3:PutObject"},
			Resource: policy.Strings{v.evidence + "/" + integrity.Reports + "*", v.evidence + "/" + integrity.Manifests + "*"},
		},
		{
			Sid:       "UsesArchiveKey",
			Effect:    policy.Allow,
			Action:    policy.Strings{"kms:Decrypt", "kms:GenerateDataKey"},
			Resource:  policy.Strings{v.archiveKey},
			Condition: policy.Condition{"StringEquals": {"kms:ViaService": {"s3." + v.region + ".amazonaws.com"}}},
		},
		{
			Sid:      "Signs",
			Effect:   policy.Allow,
			Action:   policy.Strings{"kms:Sign"},
			Resource: policy.Strings{v.signingKey},
		},
		{
			// The public keys of every region that logs; they have no ARN.
			Sid:      "ReadsTrailKeys",
			Effect:   policy.Allow,
			Action:   policy.Strings{"cloudtrail:ListPublicKeys"},
			Resource: policy.Strings{"*"},
		},
		{
			Sid:      "WritesLog",
			Effect:   policy.Allow,
			Action:   policy.Strings{"logs:CreateLogStream", "logs:PutLogEvents"},
			Resource: policy.Strings{strings.TrimSuffix(v.group, ":*") + ":log-stream:*"},
		},
	}
}

// signingKeyStatements let the function's role sign digests, and everybody in
// the organization verify what it signed.
func signingKeyStatements(archive, organization string) []policy.Statement {
	return []policy.Statement{
		key.Administration(archive),
		{
			Sid:       "IntegrityCheckSigns",
			Effect:    policy.Allow,
			Principal: policy.AWS(policy.RootARN(archive)),
			Action:    policy.Strings{"kms:Sign"},
			Resource:  policy.Strings{"*"},
			Condition: policy.Condition{
				"ArnEquals": {"aws:PrincipalArn": {policy.RoleARN(archive, IntegrityRole)}},
				"StringEquals": {
					"kms:MessageType":      {"DIGEST"},
					"kms:SigningAlgorithm": {integrity.ECDSA},
				},
			},
		},
		{
			Sid:       "OrganizationVerifies",
			Effect:    policy.Allow,
			Principal: policy.AWS("*"),
			Action:    policy.Strings{"kms:DescribeKey", "kms:GetPublicKey", "kms:Verify"},
			Resource:  policy.Strings{"*"},
			Condition: policy.Condition{"StringEquals": {"aws:PrincipalOrgID": {organization}}},
		},
	}
}

// integrityAloneWrites is the statement of the evidence bucket that keeps
// everybody else from what the verification keeps there. Copies are made by S3,
// under a right of their own.
func integrityAloneWrites(evidenceARN string, ids parties) policy.Statement {
	return policy.Statement{
		Sid:       "IntegrityCheckAloneWrites",
		Effect:    policy.Deny,
		Principal: policy.Everyone,
		Action:    policy.Strings{"s3:PutObject"},
		Resource:  policy.Strings{evidenceARN + "/" + integrity.Folder + "*"},
		Condition: policy.Condition{"ArnNotEquals": {"aws:PrincipalArn": {policy.RoleARN(ids.archive, IntegrityRole)}}},
	}
}

// scheduleAssumesRole lets the schedules of the group, and no other account's,
// take the role that they call the function under.
func scheduleAssumesRole(groupARN, archive string) policy.Statement {
	return policy.Statement{
		Sid:       "SchedulesRun",
		Effect:    policy.Allow,
		Principal: policy.Service("scheduler.amazonaws.com"),
		Action:    policy.Strings{"sts:AssumeRole"},
		Condition: policy.Condition{"StringEquals": {
			"aws:SourceAccount": {archive},
			"aws:SourceArn":     {groupARN},
		}},
	}
}

func scheduleCallsFunction(functionARN string) policy.Statement {
	return policy.Statement{
		Sid:      "CallsFunction",
		Effect:   policy.Allow,
		Action:   policy.Strings{"lambda:InvokeFunction"},
		Resource: policy.Strings{functionARN},
	}
}

// integrityUsesKey is the statement of the archive's key that lets the
// verification read, and add results, through S3.
func integrityUsesKey(region string, ids parties) policy.Statement {
	return policy.Statement{
		Sid:       "IntegrityCheckUses",
		Effect:    policy.Allow,
		Principal: policy.AWS(policy.RootARN(ids.archive)),
		Action:    policy.Strings{"kms:Decrypt", "kms:GenerateDataKey"},
		Resource:  policy.Strings{"*"},
		Condition: policy.Condition{
			"ArnEquals":    {"aws:PrincipalArn": {policy.RoleARN(ids.archive, IntegrityRole)}},
			"StringEquals": {"kms:ViaService": {"s3." + region + ".amazonaws.com"}},
		},
	}
}
