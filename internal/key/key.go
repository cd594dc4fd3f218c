// Package key creates encryption keys whose administration is separate from
// their use.
package key

import (
	"errors"
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/kms"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
)

// deletionDays is the longest time KMS leaves to notice that a key is about to
// be deleted, and with it everything that it encrypted.
const deletionDays = 30

// administration is what the account that holds a key may do with it: manage
// it, but neither encrypt nor decrypt, nor hand that right out as a grant.
var administration = policy.Strings{
	"kms:CancelKeyDeletion", "kms:CreateAlias", "kms:DeleteAlias", "kms:Describe*", "kms:Disable*",
	"kms:Enable*", "kms:Get*", "kms:List*", "kms:Put*", "kms:RevokeGrant", "kms:RotateKeyOnDemand",
	"kms:ScheduleKeyDeletion", "kms:TagResource", "kms:UntagResource", "kms:Update*",
}

// Args configures a key. Every field is required.
type Args struct {
	// Alias is the key's name in AWS, without the alias/ prefix.
	Alias string

	// Description says what the key encrypts or signs.
	Description string

	// Policy is the key policy: [Administration] and who may use the key.
	Policy pulumi.StringInput
}

// New registers a symmetric key that rotates every year and that can be deleted
// neither by this program nor in a hurry.
func New(ctx *pulumi.Context, name string, args Args, child pulumi.ResourceOption) (*kms.Key, error) {
	if err := args.validate(); err != nil {
		return nil, fmt.Errorf("key %s: %w", name, err)
	}
	return create(ctx, name, args, &kms.KeyArgs{EnableKeyRotation: pulumi.Bool(true)}, child)
}

// NewSigning registers a key that signs: on the curve P-256, with ECDSA over a
// SHA-256. It is kept like one of [New]; KMS rotates no asymmetric key, and what
// was signed stays verifiable with the public key for good.
func NewSigning(ctx *pulumi.Context, name string, args Args, child pulumi.ResourceOption) (*kms.Key, error) {
	if err := args.validate(); err != nil {
		return nil, fmt.Errorf("key %s: %w", name, err)
	}
	return create(ctx, name, args, &kms.KeyArgs{
		KeyUsage:              pulumi.String("SIGN_VERIFY"),
		CustomerMasterKeySpec: pulumi.String("ECC_NIST_P256"),
	}, child)
}

// create registers a key of the given kind, and its alias.
func create(ctx *pulumi.Context, name string, args Args, kind *kms.KeyArgs, child pulumi.ResourceOption) (*kms.Key, error) {
	kind.Description = pulumi.String(args.Description)
	kind.DeletionWindowInDays = pulumi.Int(deletionDays)
	kind.Policy = args.Policy
	key, err := kms.NewKey(ctx, name, kind, child, pulumi.Protect(true), pulumi.RetainOnDelete(true))
	if err != nil {
		return nil, fmt.Errorf("key %s: %w", name, err)
	}
	_, err = kms.NewAlias(ctx, name, &kms.AliasArgs{
		Name:        pulumi.String("alias/" + args.Alias),
		TargetKeyId: key.KeyId,
	}, child)
	if err != nil {
		return nil, fmt.Errorf("key %s: alias: %w", name, err)
	}
	return key, nil
}

func (a Args) validate() error {
	switch {
	case a.Alias == "":
		return errors.New("alias is required")
	case a.Description == "":
		return errors.New("description is required")
	case a.Policy == nil:
		return errors.New("policy is required")
	}
	return nil
}

// Administration lets the account that holds a key manage it through its IAM
// policies. Without this statement a key can lock out everyone.
func Administration(accountID string) policy.Statement {
	return policy.Statement{
		Sid:       "AccountAdministers",
		Effect:    policy.Allow,
		Principal: policy.AWS(policy.RootARN(accountID)),
		Action:    administration,
		Resource:  policy.Strings{"*"},
	}
}
