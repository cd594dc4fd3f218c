package logging

import (
	"errors"
	"fmt"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/bucket"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/duty"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
)

const recordsManagerType = "gxp:logging:RecordsManager"

// RecordsManagerArgs configures a [RecordsManager]. Every field is required.
type RecordsManagerArgs struct {
	// Account is the log archive account, in the home region.
	Account account.Account

	// OrganizationID is the organization whose people may assume the role.
	OrganizationID pulumi.StringInput

	// NamePrefix begins the names of the buckets of the archive.
	NamePrefix string
}

// RecordsManager is the role under which records in dispute are held beyond their
// retention, and released again. It can do nothing else: not even read them.
type RecordsManager struct {
	pulumi.ResourceState
}

// NewRecordsManager creates a RecordsManager in args.Account.
func NewRecordsManager(
	ctx *pulumi.Context, name string, args *RecordsManagerArgs, opts ...pulumi.ResourceOption,
) (*RecordsManager, error) {
	if err := args.validate(); err != nil {
		return nil, fmt.Errorf("records manager %s: %w", name, err)
	}
	r := &RecordsManager{}
	opts = append(slices.Clip(opts), pulumi.Provider(args.Account.Provider))
	if err := ctx.RegisterComponentResource(recordsManagerType, name, r, opts...); err != nil {
		return nil, err
	}
	child := pulumi.Parent(r)
	role, err := iam.NewRole(ctx, name, &iam.RoleArgs{
		Name:               pulumi.String(duty.RecordsManagerRole),
		Description:        pulumi.String("Holds records that are in dispute, and releases them."),
		MaxSessionDuration: pulumi.Int(3600),
		AssumeRolePolicy: args.OrganizationID.ToStringOutput().ApplyT(func(id string) (string, error) {
			return policy.JSON(stewardsAssume(id))
		}).(pulumi.StringOutput),
	}, child)
	if err != nil {
		return nil, fmt.Errorf("records manager %s: role: %w", name, err)
	}
	statements, err := policy.JSON(holdStatements(args.NamePrefix)...)
	if err != nil {
		return nil, fmt.Errorf("records manager %s: %w", name, err)
	}
	_, err = iam.NewRolePolicy(ctx, name, &iam.RolePolicyArgs{
		Name:   pulumi.String("hold"),
		Role:   role.Name,
		Policy: pulumi.String(statements),
	}, child)
	if err != nil {
		return nil, fmt.Errorf("records manager %s: %w", name, err)
	}
	return r, ctx.RegisterResourceOutputs(r, pulumi.Map{})
}

func (a *RecordsManagerArgs) validate() error {
	switch {
	case a == nil:
		return errors.New("args are required")
	case a.Account.Provider == nil:
		return errors.New("account has no provider")
	case a.OrganizationID == nil:
		return errors.New("organizationID is required")
	case a.NamePrefix == "":
		return errors.New("namePrefix is required")
	}
	return nil
}

// stewardsAssume lets those assume the role who have the duty, in whichever
// account they have it. Nobody but Identity Center can make a role in that path.
func stewardsAssume(organization string) policy.Statement {
	return policy.Statement{
		Sid:       "DataStewardsAssume",
		Effect:    policy.Allow,
		Principal: policy.AWS("*"),
		Action:    policy.Strings{"sts:AssumeRole"},
		Condition: policy.Condition{
			"StringEquals": {"aws:PrincipalOrgID": {organization}},
			"ArnLike": {"aws:PrincipalArn": {
				"arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_" + duty.DataSteward + "_*",
				"arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_" + duty.DataSteward + "_*",
			}},
		},
	}
}

func holdStatements(prefix string) []policy.Statement {
	buckets := policy.Strings{bucket.ARN(prefix + "-archive-*"), bucket.ARN(prefix + "-evidence-*")}
	return []policy.Statement{
		{
			Sid:      "FindsRecords",
			Effect:   policy.Allow,
			Action:   policy.Strings{"s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketVersions"},
			Resource: buckets,
		},
		{
			Sid:    "HoldsRecords",
			Effect: policy.Allow,
			Action: policy.Strings{
				"s3:GetObjectLegalHold", "s3:GetObjectRetention", "s3:PutObjectLegalHold",
			},
			Resource: objects(buckets),
		},
	}
}
