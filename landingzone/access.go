package landingzone

import (
	"errors"
	"fmt"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/accessanalyzer"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
)

const (
	passwordPolicyType = "gxp:landingzone:PasswordPolicy"
	rootAccessType     = "gxp:landingzone:RootAccess"
	accessAnalysisType = "gxp:landingzone:AccessAnalysis"
)

// PasswordPolicyArgs configures [PasswordPolicy]. Every field is required.
type PasswordPolicyArgs struct {
	// Account is where the policy holds.
	Account account.Account

	// Rule is the validated rule.
	Rule config.PasswordPolicy
}

// PasswordPolicy is the rule for the passwords of an account's IAM users.
type PasswordPolicy struct {
	pulumi.ResourceState
}

// NewPasswordPolicy creates a [PasswordPolicy] in args.Account.
func NewPasswordPolicy(
	ctx *pulumi.Context, name string, args *PasswordPolicyArgs, opts ...pulumi.ResourceOption,
) (*PasswordPolicy, error) {
	if err := args.validate(); err != nil {
		return nil, fmt.Errorf("password policy %s: %w", name, err)
	}
	p := &PasswordPolicy{}
	opts = append(slices.Clip(opts), pulumi.Provider(args.Account.Provider))
	if err := ctx.RegisterComponentResource(passwordPolicyType, name, p, opts...); err != nil {
		return nil, err
	}
	_, err := iam.NewAccountPasswordPolicy(ctx, name, &iam.AccountPasswordPolicyArgs{
		MinimumPasswordLength:      pulumi.Int(args.Rule.MinimumLength),
		MaxPasswordAge:             pulumi.Int(args.Rule.MaxAgeDays),
		PasswordReusePrevention:    pulumi.Int(args.Rule.ReusePrevention),
		RequireLowercaseCharacters: pulumi.Bool(true),
		RequireUppercaseCharacters: pulumi.Bool(true),
		RequireNumbers:             pulumi.Bool(true),
		RequireSymbols:             pulumi.Bool(true),
		AllowUsersToChangePassword: pulumi.Bool(true),
		// An expired password must be changed, not reset: a user for
		// emergencies who is locked out is no help.
		HardExpiry: pulumi.Bool(false),
	}, pulumi.Parent(p))
	if err != nil {
		return nil, fmt.Errorf("password policy %s: %w", name, err)
	}
	return p, ctx.RegisterResourceOutputs(p, pulumi.Map{})
}

func (a *PasswordPolicyArgs) validate() error {
	switch {
	case a == nil:
		return errors.New("args are required")
	case a.Account.Provider == nil:
		return errors.New("account has no provider")
	case a.Rule.MinimumLength == 0:
		return errors.New("rule is required")
	}
	return nil
}

// RootAccessArgs configures [RootAccess].
type RootAccessArgs struct {
	// Account is the management account.
	Account account.Account

	// After is what lets IAM work across the organization.
	After []pulumi.Resource
}

// RootAccess puts the root users of all member accounts under the management
// account.
type RootAccess struct {
	pulumi.ResourceState
}

// NewRootAccess creates [RootAccess]: member accounts need no root credentials,
// and what only a root user may do is done in short sessions of one task.
func NewRootAccess(
	ctx *pulumi.Context, name string, args *RootAccessArgs, opts ...pulumi.ResourceOption,
) (*RootAccess, error) {
	switch {
	case args == nil:
		return nil, fmt.Errorf("root access %s: args are required", name)
	case args.Account.Provider == nil:
		return nil, fmt.Errorf("root access %s: account has no provider", name)
	}
	r := &RootAccess{}
	opts = append(slices.Clip(opts), pulumi.Provider(args.Account.Provider))
	if err := ctx.RegisterComponentResource(rootAccessType, name, r, opts...); err != nil {
		return nil, err
	}
	_, err := iam.NewOrganizationsFeatures(ctx, name, &iam.OrganizationsFeaturesArgs{
		EnabledFeatures: pulumi.ToStringArray([]string{"RootCredentialsManagement", "RootSessions"}),
	}, pulumi.Parent(r), pulumi.DependsOn(args.After))
	if err != nil {
		return nil, fmt.Errorf("root access %s: %w", name, err)
	}
	return r, ctx.RegisterResourceOutputs(r, pulumi.Map{})
}

// AccessAnalysisArgs configures [AccessAnalysis]. Every field is required unless
// it says otherwise.
type AccessAnalysisArgs struct {
	// Account is the audit account, which administers Access Analyzer for the
	// organization.
	Account account.Account

	// Config says what is looked for.
	Config config.AccessAnalyzer

	// After is what lets the account administer Access Analyzer. Optional.
	After []pulumi.Resource
}

// AccessAnalysis finds access in the organization that nobody intended: from
// outside it, or unused.
type AccessAnalysis struct {
	pulumi.ResourceState
}

// NewAccessAnalysis creates [AccessAnalysis] in the region of args.Account.
func NewAccessAnalysis(
	ctx *pulumi.Context, name string, args *AccessAnalysisArgs, opts ...pulumi.ResourceOption,
) (*AccessAnalysis, error) {
	switch {
	case args == nil:
		return nil, fmt.Errorf("access analysis %s: args are required", name)
	case args.Account.Provider == nil:
		return nil, fmt.Errorf("access analysis %s: account has no provider", name)
	}
	a := &AccessAnalysis{}
	opts = append(slices.Clip(opts), pulumi.Provider(args.Account.Provider))
	if err := ctx.RegisterComponentResource(accessAnalysisType, name, a, opts...); err != nil {
		return nil, err
	}
	if args.Config.ExternalAccess {
		_, err := accessanalyzer.NewAnalyzer(ctx, name+"-external", &accessanalyzer.AnalyzerArgs{
			AnalyzerName: pulumi.String("gxp-external-access"),
			Type:         pulumi.String("ORGANIZATION"),
		}, pulumi.Parent(a), pulumi.DependsOn(args.After))
		if err != nil {
			return nil, fmt.Errorf("access analysis %s: external access: %w", name, err)
		}
	}
	if args.Config.UnusedAccess {
		_, err := accessanalyzer.NewAnalyzer(ctx, name+"-unused", &accessanalyzer.AnalyzerArgs{
			AnalyzerName: pulumi.String("gxp-unused-access"),
			Type:         pulumi.String("ORGANIZATION_UNUSED_ACCESS"),
			Configuration: accessanalyzer.AnalyzerConfigurationArgs{
				UnusedAccess: accessanalyzer.AnalyzerConfigurationUnusedAccessArgs{
					UnusedAccessAge: pulumi.Int(args.Config.UnusedAfterDays),
				},
			},
		}, pulumi.Parent(a), pulumi.DependsOn(args.After))
		if err != nil {
			return nil, fmt.Errorf("access analysis %s: unused access: %w", name, err)
		}
	}
	return a, ctx.RegisterResourceOutputs(a, pulumi.Map{})
}
