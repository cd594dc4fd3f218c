package logging

import (
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/bucket"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/key"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
	"github.com/gxp-landing-zone/gxp-landing-zone/logging/analytics"
)

const (
	inventoryService = "ssm.amazonaws.com"
	balancerService  = "logdelivery.elasticloadbalancing.amazonaws.com"

	// inventoryPrefix begins the keys of what Systems Manager knows of servers.
	inventoryPrefix = "inventory/"

	// What could not be written as it should is kept too, where no table reads it.
	failedEvents   = "log-events-failed/"
	failedFindings = "findings-failed/"
)

// serviceLandingStatements let each source write below its own prefix: the
// region's stream of log groups, the findings of the audit account, and Systems
// Manager for the accounts of the organization.
func serviceLandingStatements(a *LandingArgs, ids parties) []policy.Statement {
	name := ServiceLandingBucket(a.NamePrefix, a.Account.Region)
	stream, findings := policy.RoleARN(ids.archive, StreamRole(a.Account.Region)), policy.RoleARN(ids.audit, findingsRole)
	byFindings := policy.Condition{
		"ArnEquals":    {"aws:PrincipalArn": {findings}},
		"StringEquals": {"aws:PrincipalOrgID": {ids.organization}},
	}
	return append(closed(name, ids),
		writtenBy("KnownRolesAloneWrite", name, "", stream, findings),
		writtenBy("FindingsWrittenByTheirRole", name, "findings", findings),
		writtenBy("InventoryWrittenByItsService", name, inventoryPrefix),
		policy.Statement{
			Sid:       "FindingsDelivered",
			Effect:    policy.Allow,
			Principal: policy.AWS(policy.RootARN(ids.audit)),
			Action:    deliveryWritesAbroad,
			Resource:  policy.Strings{bucket.ARN(name) + "/" + analytics.Findings + "*", bucket.ARN(name) + "/" + failedFindings + "*"},
			Condition: byFindings,
		},
		policy.Statement{
			Sid:       "FindingsLocateBucket",
			Effect:    policy.Allow,
			Principal: policy.AWS(policy.RootARN(ids.audit)),
			Action:    policy.Strings{"s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"},
			Resource:  policy.Strings{bucket.ARN(name)},
			Condition: byFindings,
		},
		// AWS documents no condition for this look, and without it no sync can be
		// made. It shows whose the bucket is, which its name shows as well.
		policy.Statement{
			Sid:       "InventoryChecksBucket",
			Effect:    policy.Allow,
			Principal: policy.Service(inventoryService),
			Action:    policy.Strings{"s3:GetBucketAcl"},
			Resource:  policy.Strings{bucket.ARN(name)},
		},
		policy.Statement{
			Sid:       "InventoryDelivered",
			Effect:    policy.Allow,
			Principal: policy.Service(inventoryService),
			Action:    policy.Strings{"s3:PutObject"},
			Resource:  policy.Strings{bucket.ARN(name) + "/" + inventoryPrefix + "*"},
			Condition: policy.Condition{"StringEquals": {
				"s3:x-amz-acl":    {"bucket-owner-full-control"},
				"aws:SourceOrgID": {ids.organization},
			}},
		},
		auditorsRead(name, ids),
	)
}

// serviceLandingKeyStatements let the sources encrypt, and the auditors and the
// collection decrypt through S3.
func serviceLandingKeyStatements(a *LandingArgs, ids parties) []policy.Statement {
	throughS3 := func(sid, account, role string) policy.Statement {
		return policy.Statement{
			Sid:       sid,
			Effect:    policy.Allow,
			Principal: policy.AWS(policy.RootARN(account)),
			Action:    policy.Strings{"kms:Decrypt", "kms:GenerateDataKey"},
			Resource:  policy.Strings{"*"},
			Condition: policy.Condition{
				"ArnEquals":    {"aws:PrincipalArn": {policy.RoleARN(account, role)}},
				"StringEquals": {"kms:ViaService": {"s3." + a.Account.Region + ".amazonaws.com"}},
			},
		}
	}
	statements := []policy.Statement{
		key.Administration(ids.archive),
		throughS3("StreamEncrypts", ids.archive, StreamRole(a.Account.Region)),
		throughS3("FindingsEncrypt", ids.audit, findingsRole),
		{
			Sid:       "InventoryEncrypts",
			Effect:    policy.Allow,
			Principal: policy.Service(inventoryService),
			Action:    policy.Strings{"kms:GenerateDataKey"},
			Resource:  policy.Strings{"*"},
			Condition: policy.Condition{"StringEquals": {"aws:SourceOrgID": {ids.organization}}},
		},
		auditorsDecrypt(a.Account.Region, ids),
		collectionDecrypts(a.Account.Region, ids),
	}
	if a.Search {
		feed := throughS3("SearchDecrypts", ids.archive, SearchFeedRole)
		feed.Action = policy.Strings{"kms:Decrypt"}
		statements = append(statements, feed)
	}
	return statements
}

// balancerLandingStatements let load balancers write: application and classic
// ones through their own service, network ones through the one that delivers
// logs.
func balancerLandingStatements(a *LandingArgs, ids parties) []policy.Statement {
	name := BalancerLandingBucket(a.NamePrefix, a.Account.Region)
	written := deliveries(ids)
	written["StringEquals"]["s3:x-amz-acl"] = policy.Strings{"bucket-owner-full-control"}
	below := policy.Strings{bucket.ARN(name) + "/AWSLogs/*"}
	return append(closed(name, ids),
		writtenByServices(name),
		policy.Statement{
			Sid:       "BalancersDeliver",
			Effect:    policy.Allow,
			Principal: policy.Service(balancerService),
			Action:    policy.Strings{"s3:PutObject"},
			Resource:  below,
			Condition: policy.Condition{"StringEquals": {"aws:SourceOrgID": {ids.organization}}},
		},
		policy.Statement{
			Sid:       "AWSLogDeliveryWrite",
			Effect:    policy.Allow,
			Principal: policy.Service(deliveryService),
			Action:    policy.Strings{"s3:PutObject"},
			Resource:  below,
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
