package logging

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/opensearch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
	"github.com/gxp-landing-zone/gxp-landing-zone/logging/analytics"
)

// What the two roles may do within the collection.
var (
	searchReading = []searchRule{
		{ResourceType: "collection", Permission: []string{"aoss:DescribeCollectionItems"}},
		{ResourceType: "index", Permission: []string{"aoss:DescribeIndex", "aoss:ReadDocument"}},
	}
	searchWriting = []searchRule{
		{ResourceType: "index", Permission: []string{
			"aoss:CreateIndex", "aoss:DescribeIndex", "aoss:UpdateIndex", "aoss:WriteDocument",
		}},
	}
)

// createReading creates the role that auditors search under, in this account,
// because a collection knows no principal of another, and says who may do what
// with the documents.
func (s *Search) createReading(ctx *pulumi.Context, name string, args *SearchArgs, child pulumi.ResourceOption) error {
	role, err := iam.NewRole(ctx, name+"-read", &iam.RoleArgs{
		Name:        pulumi.String(SearchReadRole),
		Description: pulumi.String("Auditors search log events under this role, and change nothing."),
		AssumeRolePolicy: args.OrganizationID.ToStringOutput().ApplyT(func(id string) (string, error) {
			return policy.JSON(askersTrust(auditPlace{organization: id})...)
		}).(pulumi.StringOutput),
	}, child)
	if err != nil {
		return fmt.Errorf("role: %w", err)
	}
	s.ReadRoleARN = role.Arn
	_, err = iam.NewRolePolicy(ctx, name+"-read", &iam.RolePolicyArgs{
		Name: pulumi.String("search"),
		Role: role.Name,
		Policy: s.collection.Arn.ApplyT(func(arn string) (string, error) {
			return policy.JSON(
				policy.Statement{
					Sid: "Searches", Effect: policy.Allow,
					Action: policy.Strings{"aoss:APIAccessAll", "aoss:BatchGetCollection"}, Resource: policy.Strings{arn},
				},
				policy.Statement{
					Sid: "UsesConsole", Effect: policy.Allow,
					Action: policy.Strings{
						"aoss:ListCollections", "opensearch:ApplicationAccessAll", "opensearch:GetApplication", "opensearch:ListApplications",
					},
					Resource: policy.Strings{"*"},
				},
			)
		}).(pulumi.StringOutput),
	}, child)
	if err != nil {
		return fmt.Errorf("role: %w", err)
	}
	_, err = opensearch.NewServerlessAccessPolicy(ctx, name, &opensearch.ServerlessAccessPolicyArgs{
		Name: pulumi.String(args.Name), Type: pulumi.String("data"),
		Description: pulumi.String("Auditors read, the feed writes, and nobody else does either."),
		Policy: args.Account.ID.ApplyT(func(id string) (string, error) {
			return marshalled([]any{
				grantedSearch(args.Name, "Auditors read.", policy.RoleARN(id, SearchReadRole), searchReading),
				grantedSearch(args.Name, "The feed writes.", policy.RoleARN(id, SearchFeedRole), searchWriting),
			})
		}).(pulumi.StringOutput),
	}, child, pulumi.DependsOn([]pulumi.Resource{role}))
	if err != nil {
		return fmt.Errorf("access: %w", err)
	}
	return nil
}

// grantedSearch is an element of an access policy: what one role may do.
func grantedSearch(collection, description, role string, rules []searchRule) object {
	var own []searchRule
	for _, rule := range rules {
		rule.Resource = []string{"collection/" + collection}
		if rule.ResourceType == "index" {
			rule.Resource = []string{"index/" + collection + "/*"}
		}
		own = append(own, rule)
	}
	return object{"Description": description, "Rules": own, "Principal": []string{role}}
}

// searchPlace is what the statements of the feed name.
type searchPlace struct {
	region, name                string
	bucket, key, queue, element string // ARNs; the last is the collection's
}

// feedTrust lets the pipeline, and no other, assume its role.
func feedTrust(region, id string) policy.Statement {
	return policy.Statement{
		Sid: "PipelineFeeds", Effect: policy.Allow, Principal: policy.Service("osis-pipelines.amazonaws.com"),
		Action: policy.Strings{"sts:AssumeRole"},
		Condition: policy.Condition{
			"StringEquals": {"aws:SourceAccount": {id}},
			"ArnLike":      {"aws:SourceArn": {fmt.Sprintf("arn:aws:osis:%s:%s:pipeline/%s", region, id, searchFeed)}},
		},
	}
}

// feedStatements let the pipeline read the log events that have landed, and
// bring them to the collection, to which it makes its own connection.
func feedStatements(p searchPlace) []policy.Statement {
	return []policy.Statement{
		{
			Sid: "HearsOfFiles", Effect: policy.Allow,
			Action:   policy.Strings{"sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:ReceiveMessage"},
			Resource: policy.Strings{p.queue},
		},
		{
			Sid: "ReadsEvents", Effect: policy.Allow,
			Action: policy.Strings{"s3:GetObject"}, Resource: policy.Strings{p.bucket + "/" + analytics.LogEvents + p.region + "/*"},
		},
		{
			Sid: "DecryptsEvents", Effect: policy.Allow,
			Action: policy.Strings{"kms:Decrypt"}, Resource: policy.Strings{p.key},
			Condition: policy.Condition{"StringEquals": {"kms:ViaService": {"s3." + p.region + ".amazonaws.com"}}},
		},
		{
			Sid: "WritesDocuments", Effect: policy.Allow,
			Action: policy.Strings{"aoss:APIAccessAll", "aoss:BatchGetCollection"}, Resource: policy.Strings{p.element},
		},
		{
			Sid: "AdmitsItself", Effect: policy.Allow,
			Action:    policy.Strings{"aoss:CreateSecurityPolicy", "aoss:GetSecurityPolicy", "aoss:UpdateSecurityPolicy"},
			Resource:  policy.Strings{"*"},
			Condition: policy.Condition{"StringEquals": {"aoss:collection": {p.name}}},
		},
	}
}
