package logging

import (
	"errors"
	"fmt"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/kms"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/asset"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/bucket"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/key"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
)

const integrityCheckType = "gxp:logging:IntegrityCheck"

// IntegrityRole is the name of the role that the verification of the audit trail
// runs under. It is fixed because keys name it: the archive's, and the one that
// signs results.
const IntegrityRole = "gxp-log-integrity"

// IntegrityFunction is the folder below functions/ of the code that verifies.
const IntegrityFunction = "log-integrity"

// IntegrityCheckArgs configures an [IntegrityCheck]. Every field is required
// unless it says otherwise.
type IntegrityCheckArgs struct {
	// Account is the log archive account in the region of Archive.
	Account account.Account

	// Archive is what the trail delivers into and what results are kept in.
	Archive *Archive

	// Replica has the second copy that every record must have. Optional.
	Replica *Archive

	// Lock is the retention that every record must have.
	Lock bucket.Lock

	// OrganizationID is the organization whose trail it is, and whose principals
	// may verify results.
	OrganizationID pulumi.StringInput

	// ManagementAccountID is the account that owns the trail.
	ManagementAccountID string

	// TrailName is the name of the trail, see [TrailName]. What another delivered
	// is a finding.
	TrailName string

	// Accounts are the ids of the accounts that must log, and Retired of those
	// that need not any more. Accounts may be empty: every account that ever
	// logged must.
	Accounts, Retired pulumi.StringArray

	// Regions are those that every account must log in, beside those that it
	// ever logged in: at least one.
	Regions []string

	// Code is the function's code, which CodeBucket has in the region of
	// Account, see the package asset. Published is what has to be there first.
	Code       asset.Function
	CodeBucket string
	Published  []pulumi.Resource

	// TopicARN is the topic, in the same account and region, that is told when a
	// verification fails, finds something or does not happen.
	TopicARN pulumi.StringInput

	// RetentionDays is how long the function's log is kept: a value that
	// CloudWatch Logs allows. Results are kept as evidence.
	RetentionDays int
}

// IntegrityCheck verifies every day that the audit trail in the archive is what
// CloudTrail delivered: whole, unaltered, locked and copied. It keeps the signed
// result among the evidence, and tells when there is anything to tell.
type IntegrityCheck struct {
	pulumi.ResourceState

	// SigningKeyARN is the key that signs results.
	SigningKeyARN pulumi.StringOutput `pulumi:"signingKeyArn"`

	// FunctionARN is the function that verifies. It may be called by hand, for
	// an interval of the past.
	FunctionARN pulumi.StringOutput `pulumi:"functionArn"`
}

// NewIntegrityCheck creates an IntegrityCheck in args.Account.
func NewIntegrityCheck(
	ctx *pulumi.Context, name string, args *IntegrityCheckArgs, opts ...pulumi.ResourceOption,
) (*IntegrityCheck, error) {
	if err := args.validate(); err != nil {
		return nil, fmt.Errorf("integrity check %s: %w", name, err)
	}
	c := &IntegrityCheck{}
	opts = append(slices.Clip(opts), pulumi.Provider(args.Account.Provider))
	if err := ctx.RegisterComponentResource(integrityCheckType, name, c, opts...); err != nil {
		return nil, err
	}
	child := pulumi.Parent(c)

	signing, err := args.createSigningKey(ctx, name, child)
	if err != nil {
		return nil, fmt.Errorf("integrity check %s: %w", name, err)
	}
	function, err := args.createFunction(ctx, name, signing, child)
	if err != nil {
		return nil, fmt.Errorf("integrity check %s: function: %w", name, err)
	}
	if err := args.createSchedule(ctx, name, function, child); err != nil {
		return nil, fmt.Errorf("integrity check %s: schedule: %w", name, err)
	}
	if err := createIntegrityAlarms(ctx, name, args.TopicARN, child); err != nil {
		return nil, fmt.Errorf("integrity check %s: %w", name, err)
	}

	c.SigningKeyARN = signing.Arn
	c.FunctionARN = function.Arn
	return c, ctx.RegisterResourceOutputs(c, pulumi.Map{"signingKeyArn": c.SigningKeyARN, "functionArn": c.FunctionARN})
}

func (a *IntegrityCheckArgs) validate() error {
	switch {
	case a == nil:
		return errors.New("args are required")
	case a.Account.Provider == nil:
		return errors.New("account has no provider")
	case a.Archive == nil:
		return errors.New("archive is required")
	case a.Archive.Region() != a.Account.Region:
		return fmt.Errorf("archive is in %q, must be in %q like the function", a.Archive.Region(), a.Account.Region)
	case a.Lock.Mode == "" || a.Lock.Years < 1:
		return errors.New("lock is required")
	case a.OrganizationID == nil:
		return errors.New("organizationID is required")
	case a.ManagementAccountID == "":
		return errors.New("managementAccountID is required")
	case a.TrailName == "":
		return errors.New("trailName is required")
	case len(a.Regions) == 0:
		return errors.New("regions are required")
	}
	return a.validateFunction()
}

func (a *IntegrityCheckArgs) validateFunction() error {
	switch {
	case a.Code.Name == "" || a.Code.Digest == "":
		return errors.New("code is required")
	case a.CodeBucket == "":
		return errors.New("codeBucket is required")
	case a.TopicARN == nil:
		return errors.New("topicARN is required")
	case a.RetentionDays < 1:
		return fmt.Errorf("retentionDays is %d, must be at least 1", a.RetentionDays)
	}
	return nil
}

// createSigningKey creates the key whose signature makes a result evidence:
// nobody but the function has it made.
func (a *IntegrityCheckArgs) createSigningKey(
	ctx *pulumi.Context, name string, child pulumi.ResourceOption,
) (*kms.Key, error) {
	return key.NewSigning(ctx, name, key.Args{
		Alias:       "gxp-integrity",
		Description: "Signs the results of verifying the audit trail.",
		Policy: pulumi.All(a.Account.ID, a.OrganizationID).ApplyT(func(ids []any) (string, error) {
			return policy.JSON(signingKeyStatements(ids[0].(string), ids[1].(string))...)
		}).(pulumi.StringOutput),
	}, child)
}
