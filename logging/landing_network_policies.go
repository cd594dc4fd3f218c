package logging

import (
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/bucket"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/key"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
)

// deliveryService delivers flow logs, the logs of Network Firewall and those of
// resolver queries on behalf of the account that they are about.
const deliveryService = "delivery.logs.amazonaws.com"

// deliverySource is the key that ties a delivery to those it is made for. AWS
// documents these deliveries with aws:SourceAccount, which would have to list
// every account; where that key is sent, so is this one for an account that is
// in an organization.
const deliverySource = "aws:SourceOrgID"

// networkLandingStatements let the delivery service write for the accounts of
// the organization. The Sids are those that AWS looks for: where it finds them
// it adds no statements of its own.
func networkLandingStatements(a *LandingArgs, ids parties) []policy.Statement {
	name := NetworkLandingBucket(a.NamePrefix, a.Account.Region)
	written := deliveries(ids)
	written["StringEquals"]["s3:x-amz-acl"] = policy.Strings{"bucket-owner-full-control"}
	return append(closed(name, ids),
		writtenByServices(name),
		policy.Statement{
			Sid:       "AWSLogDeliveryWrite",
			Effect:    policy.Allow,
			Principal: policy.Service(deliveryService),
			Action:    policy.Strings{"s3:PutObject"},
			Resource:  policy.Strings{bucket.ARN(name) + "/AWSLogs/*"},
			Condition: written,
		},
		policy.Statement{
			Sid:       "AWSLogDeliveryAclCheck",
			Effect:    policy.Allow,
			Principal: policy.Service(deliveryService),
			Action:    policy.Strings{"s3:GetBucketAcl", "s3:ListBucket"},
			Resource:  policy.Strings{bucket.ARN(name)},
			Condition: deliveries(ids),
		},
		auditorsRead(name, ids),
	)
}

// networkLandingKeyStatements let the delivery service encrypt, and the auditors
// and the collection decrypt through S3.
func networkLandingKeyStatements(a *LandingArgs, ids parties) []policy.Statement {
	return []policy.Statement{
		key.Administration(ids.archive),
		{
			Sid:       "DeliveryEncrypts",
			Effect:    policy.Allow,
			Principal: policy.Service(deliveryService),
			Action: policy.Strings{
				"kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*",
			},
			Resource:  policy.Strings{"*"},
			Condition: deliveries(ids),
		},
		auditorsDecrypt(a.Account.Region, ids),
		collectionDecrypts(a.Account.Region, ids),
	}
}

// deliveries are the deliveries that are made for the organization.
func deliveries(ids parties) policy.Condition {
	return policy.Condition{
		"StringEquals": {deliverySource: {ids.organization}},
		"ArnLike":      {"aws:SourceArn": {"arn:aws:logs:*:*:*"}},
	}
}
