package landingzone

import (
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
)

// awsOwned are services whose requests touch what belongs to AWS and not to the
// organization: documents of Systems Manager and machine images. Their endpoints
// can be restricted by who asks alone.
var awsOwned = []string{"ec2", "ec2messages", "ssm", "ssmmessages"}

// registries are the services of container images. Images of AWS and of others
// may be read; what is put into a registry is put into one's own.
var registries = []string{"ecr.api", "ecr.dkr"}

// imageReads are the actions that reading an image takes.
var imageReads = policy.Strings{
	"ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:DescribeImages", "ecr:DescribeRepositories",
	"ecr:GetAuthorizationToken", "ecr:GetDownloadUrlForLayer", "ecr:ListImages",
}

// holdData are services whose resources data can be put into. All their requests
// say whose resource they are for.
var holdData = []string{"dynamodb", "kinesis-streams", "kms", "logs", "s3", "secretsmanager", "sns", "sqs"}

// endpointPolicy lets principals of the organization reach resources of the
// organization through an endpoint. Data that is carried to an account outside,
// or with credentials from outside, has no way through.
func endpointPolicy(service, region string, organization pulumi.StringInput) pulumi.StringOutput {
	return organization.ToStringOutput().ApplyT(func(id string) (string, error) {
		return policy.JSON(endpointStatements(service, region, id)...)
	}).(pulumi.StringOutput)
}

func endpointStatements(service, region, organization string) []policy.Statement {
	ours := policy.Condition{"StringEquals": {"aws:PrincipalOrgID": {organization}}}
	switch {
	case slices.Contains(holdData, service):
		ours["StringEquals"]["aws:ResourceOrgID"] = policy.Strings{organization}
	case !slices.Contains(awsOwned, service):
		// Not every action of these services has the key.
		ours["StringEqualsIfExists"] = map[string]policy.Strings{"aws:ResourceOrgID": {organization}}
	}
	statements := []policy.Statement{{
		Sid: "OrganizationOnly", Effect: policy.Allow, Principal: policy.Everyone,
		Action: policy.Strings{"*"}, Resource: policy.Strings{"*"}, Condition: ours,
	}}
	if slices.Contains(registries, service) {
		statements = append(statements, policy.Statement{
			Sid: "ReadsImages", Effect: policy.Allow, Principal: policy.Everyone,
			Action: imageReads, Resource: policy.Strings{"*"},
			Condition: policy.Condition{"StringEquals": {"aws:PrincipalOrgID": {organization}}},
		})
	}
	switch service {
	case "s3":
		// Package repositories are read by servers without credentials.
		statements = append(statements, policy.Statement{
			Sid: "ReadsFromAWS", Effect: policy.Allow, Principal: policy.Everyone,
			Action: policy.Strings{"s3:GetObject"}, Resource: awsBuckets(region),
		})
	case "sts":
		// These two are asked by somebody who is no principal yet.
		statements = append(statements, policy.Statement{
			Sid: "IdentityProviders", Effect: policy.Allow, Principal: policy.Everyone,
			Action:   policy.Strings{"sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"},
			Resource: policy.Strings{"*"},
			Condition: policy.Condition{
				"StringEquals": {"aws:ResourceOrgID": {organization}},
			},
		})
	}
	return statements
}

// awsBuckets are buckets of AWS that managed servers and containers read from,
// as Systems Manager, Amazon Linux and ECR document them.
func awsBuckets(region string) policy.Strings {
	var arns policy.Strings
	for _, name := range []string{
		"al2023-repos-" + region + "-de612dc2",
		"amazon-ssm-" + region,
		"amazon-ssm-packages-" + region,
		"amazoncloudwatch-agent-" + region,
		"amazonlinux-2-repos-" + region,
		"aws-ssm-" + region,
		"aws-ssm-distributor-file-" + region,
		"aws-ssm-document-attachments-" + region,
		"aws-windows-downloads-" + region,
		"patch-baseline-snapshot-" + region,
		"prod-" + region + "-starport-layer-bucket",
		region + "-birdwatcher-prod",
	} {
		arns = append(arns, "arn:aws:s3:::"+name+"/*")
	}
	return arns
}
