package landingzone

import (
	"errors"
	"fmt"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/duty"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
)

const breakGlassType = "gxp:landingzone:BreakGlass"

// breakGlassSeconds is the shortest session that IAM offers.
const breakGlassSeconds = 3600

// factorSeconds is how fresh the second factor must be.
const factorSeconds = "3600"

// BreakGlassArgs configures [BreakGlass]. Every field is required.
type BreakGlassArgs struct {
	// Account is the management account, from which every other is reached.
	Account account.Account

	// AccountID is its id.
	AccountID string

	// Users are the IAM users, by name, that may assume the role.
	Users []string
}

// BreakGlass is the way in when IAM Identity Center does not work.
type BreakGlass struct {
	pulumi.ResourceState
}

// NewBreakGlass creates [BreakGlass]: a role that allows everything, for an
// hour, to named users who have just shown a second factor.
func NewBreakGlass(
	ctx *pulumi.Context, name string, args *BreakGlassArgs, opts ...pulumi.ResourceOption,
) (*BreakGlass, error) {
	if err := args.validate(); err != nil {
		return nil, fmt.Errorf("break glass %s: %w", name, err)
	}
	b := &BreakGlass{}
	opts = append(slices.Clip(opts), pulumi.Provider(args.Account.Provider))
	if err := ctx.RegisterComponentResource(breakGlassType, name, b, opts...); err != nil {
		return nil, err
	}
	trust, err := policy.JSON(emergencyTrust(args.AccountID, args.Users))
	if err != nil {
		return nil, fmt.Errorf("break glass %s: trust: %w", name, err)
	}
	role, err := iam.NewRole(ctx, name, &iam.RoleArgs{
		Name:               pulumi.String(duty.BreakGlassRole),
		Description:        pulumi.String("Everything, in an emergency: each use raises an alarm and is reviewed"),
		AssumeRolePolicy:   pulumi.String(trust),
		MaxSessionDuration: pulumi.Int(breakGlassSeconds),
	}, pulumi.Parent(b))
	if err != nil {
		return nil, fmt.Errorf("break glass %s: role: %w", name, err)
	}
	_, err = iam.NewRolePolicyAttachment(ctx, name, &iam.RolePolicyAttachmentArgs{
		Role:      role.Name,
		PolicyArn: pulumi.String(managedPolicies + "AdministratorAccess"),
	}, pulumi.Parent(b))
	if err != nil {
		return nil, fmt.Errorf("break glass %s: policy: %w", name, err)
	}
	return b, ctx.RegisterResourceOutputs(b, pulumi.Map{})
}

func (a *BreakGlassArgs) validate() error {
	switch {
	case a == nil:
		return errors.New("args are required")
	case a.Account.Provider == nil:
		return errors.New("account has no provider")
	case a.AccountID == "":
		return errors.New("accountID is required")
	case len(a.Users) == 0:
		return errors.New("users are required")
	}
	return nil
}

// emergencyTrust admits the users by condition. As principals they would have to
// exist before the role, which IAM otherwise refuses, and the trust would follow
// nobody who is made anew.
func emergencyTrust(accountID string, users []string) policy.Statement {
	var arns policy.Strings
	for _, user := range users {
		arns = append(arns, "arn:aws:iam::"+accountID+":user/"+user)
	}
	return policy.Statement{
		Sid:       "NamedUsersWithSecondFactor",
		Effect:    policy.Allow,
		Principal: policy.AWS(policy.RootARN(accountID)),
		Action:    policy.Strings{"sts:AssumeRole"},
		Condition: policy.Condition{
			"ArnEquals":       {"aws:PrincipalArn": arns},
			"Bool":            {"aws:MultiFactorAuthPresent": {"true"}},
			"NumericLessThan": {"aws:MultiFactorAuthAge": {factorSeconds}},
		},
	}
}
