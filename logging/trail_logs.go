package logging

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/key"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
)

// trailLogs is the searchable copy of the trail and the way into it.
type trailLogs struct {
	group       *cloudwatch.LogGroup
	role        *iam.Role
	permissions *iam.RolePolicy
}

// createTrailLogs creates the encrypted log group and the role that CloudTrail
// writes to it under.
func createTrailLogs(
	ctx *pulumi.Context, name string, args *TrailArgs, child pulumi.ResourceOption,
) (*trailLogs, error) {
	group := TrailLogGroup(args.NamePrefix)
	groupARN := fmt.Sprintf("arn:aws:logs:%s:%s:log-group:%s", args.Account.Region, args.ManagementAccountID, group)

	keyPolicy, err := policy.JSON(
		key.Administration(args.ManagementAccountID), logGroupEncrypts(args.Account.Region, groupARN))
	if err != nil {
		return nil, err
	}
	encryption, err := key.New(ctx, name, key.Args{
		Alias:       "gxp-trail-logs",
		Description: "Encrypts the searchable copy of the audit trail.",
		Policy:      pulumi.String(keyPolicy),
	}, child)
	if err != nil {
		return nil, err
	}
	logs := &trailLogs{}
	logs.group, err = cloudwatch.NewLogGroup(ctx, name, &cloudwatch.LogGroupArgs{
		Name:            pulumi.String(group),
		RetentionInDays: pulumi.Int(args.RetentionDays),
		KmsKeyId:        encryption.Arn,
	}, child, pulumi.Protect(true), pulumi.RetainOnDelete(true))
	if err != nil {
		return nil, err
	}

	trust, err := policy.JSON(trailAssumesRole(TrailARN(args.NamePrefix, args.Account.Region, args.ManagementAccountID)))
	if err != nil {
		return nil, err
	}
	logs.role, err = iam.NewRole(ctx, name, &iam.RoleArgs{
		Name:             pulumi.String("gxp-trail-logs"),
		Description:      pulumi.String("Lets the organization trail write to its log group."),
		AssumeRolePolicy: pulumi.String(trust),
	}, child)
	if err != nil {
		return nil, err
	}
	// Evaluated later, so on values that the caller cannot change by then.
	management, region := args.ManagementAccountID, args.Account.Region
	logs.permissions, err = iam.NewRolePolicy(ctx, name, &iam.RolePolicyArgs{
		Name: pulumi.String("write-trail"),
		Role: logs.role.Name,
		Policy: args.OrganizationID.ToStringOutput().ApplyT(func(organization string) (string, error) {
			return policy.JSON(trailWritesLogs(groupARN, management, region, organization))
		}).(pulumi.StringOutput),
	}, child)
	return logs, err
}

// logGroupEncrypts lets CloudWatch Logs use the key for the one log group.
func logGroupEncrypts(region, groupARN string) policy.Statement {
	return policy.Statement{
		Sid:       "LogGroupEncrypts",
		Effect:    policy.Allow,
		Principal: policy.Service("logs." + region + ".amazonaws.com"),
		Action:    policy.Strings{"kms:Decrypt*", "kms:Describe*", "kms:Encrypt*", "kms:GenerateDataKey*", "kms:ReEncrypt*"},
		Resource:  policy.Strings{"*"},
		Condition: policy.Condition{"ArnEquals": {"kms:EncryptionContext:aws:logs:arn": {groupARN}}},
	}
}

func trailAssumesRole(trailARN string) policy.Statement {
	return policy.Statement{
		Sid:       "TrailWrites",
		Effect:    policy.Allow,
		Principal: policy.Service("cloudtrail.amazonaws.com"),
		Action:    policy.Strings{"sts:AssumeRole"},
		Condition: policy.Condition{"StringEquals": {"aws:SourceArn": {trailARN}}},
	}
}

// trailWritesLogs covers the streams of the management account, named after its
// id, and those of all others, named after the organization's.
func trailWritesLogs(groupARN, management, region, organization string) policy.Statement {
	return policy.Statement{
		Sid:    "WritesStreams",
		Effect: policy.Allow,
		Action: policy.Strings{"logs:CreateLogStream", "logs:PutLogEvents"},
		Resource: policy.Strings{
			fmt.Sprintf("%s:log-stream:%s_CloudTrail_%s*", groupARN, management, region),
			fmt.Sprintf("%s:log-stream:%s_*", groupARN, organization),
		},
	}
}
