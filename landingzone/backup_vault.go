package landingzone

import (
	"errors"
	"fmt"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/backup"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
)

const centralVaultType = "gxp:landingzone:CentralVault"

// VaultLock is how long and how firmly a vault keeps what is in it.
type VaultLock struct {
	// MinRetentionDays and MaxRetentionDays are the retentions that the vault
	// accepts. A job with another fails.
	MinRetentionDays, MaxRetentionDays int

	// ChangeableForDays is after how many days the lock can never be lifted
	// again. Optional: without it, administrators of backups can lift it.
	ChangeableForDays int
}

// CentralVaultArgs configures a [CentralVault]. Every field is required unless
// it says otherwise.
type CentralVaultArgs struct {
	// Account holds the vault and should hold no workload.
	Account account.Account

	// OrganizationID is the organization whose accounts may copy into it.
	OrganizationID pulumi.StringInput

	// Lock is how long and how firmly copies are kept.
	Lock VaultLock

	// CrossAccount lets other accounts copy into the vault.
	CrossAccount bool

	// Services are the services that AWS Backup may restore in the account.
	// Optional: without any, the setting stays as it is.
	Services []string
}

// CentralVault is the locked vault of one region, in an account of its own, that
// keeps copies of the backups of all accounts.
type CentralVault struct {
	pulumi.ResourceState

	// VaultARN is the ARN of the vault.
	VaultARN pulumi.StringOutput `pulumi:"vaultArn"`
}

// NewCentralVault creates a CentralVault in args.Account.
func NewCentralVault(
	ctx *pulumi.Context, name string, args *CentralVaultArgs, opts ...pulumi.ResourceOption,
) (*CentralVault, error) {
	if err := args.validate(); err != nil {
		return nil, fmt.Errorf("central vault %s: %w", name, err)
	}
	v := &CentralVault{}
	opts = append(slices.Clip(opts), pulumi.Provider(args.Account.Provider))
	if err := ctx.RegisterComponentResource(centralVaultType, name, v, opts...); err != nil {
		return nil, err
	}
	child := pulumi.Parent(v)

	vaultKey, err := vaultPurpose.newKey(ctx, name, args.Account, args.OrganizationID, child)
	if err != nil {
		return nil, fmt.Errorf("central vault %s: %w", name, err)
	}
	keep := []pulumi.ResourceOption{child, pulumi.Protect(true), pulumi.RetainOnDelete(true)}
	vault, err := backup.NewVault(ctx, name, &backup.VaultArgs{
		Name:      pulumi.String(CentralVaultName),
		KmsKeyArn: vaultKey.Arn,
	}, keep...)
	if err != nil {
		return nil, fmt.Errorf("central vault %s: %w", name, err)
	}
	if err := args.Lock.create(ctx, name, vault, keep); err != nil {
		return nil, fmt.Errorf("central vault %s: lock: %w", name, err)
	}
	if err := args.admit(ctx, name, vault, keep); err != nil {
		return nil, fmt.Errorf("central vault %s: policy: %w", name, err)
	}
	if err := optIn(ctx, name, args.Services, child); err != nil {
		return nil, fmt.Errorf("central vault %s: services: %w", name, err)
	}

	v.VaultARN = vault.Arn
	return v, ctx.RegisterResourceOutputs(v, pulumi.Map{"vaultArn": v.VaultARN})
}

func (a *CentralVaultArgs) validate() error {
	switch {
	case a == nil:
		return errors.New("args are required")
	case a.Account.Provider == nil:
		return errors.New("account has no provider")
	case a.OrganizationID == nil:
		return errors.New("organizationID is required")
	case a.Lock.MinRetentionDays < 1:
		return fmt.Errorf("lock.minRetentionDays is %d, must be at least 1", a.Lock.MinRetentionDays)
	case a.Lock.MaxRetentionDays < a.Lock.MinRetentionDays:
		return fmt.Errorf("lock.maxRetentionDays is %d, must be at least the %d of minRetentionDays",
			a.Lock.MaxRetentionDays, a.Lock.MinRetentionDays)
	case a.Lock.ChangeableForDays != 0 && a.Lock.ChangeableForDays < 3:
		return fmt.Errorf("lock.changeableForDays is %d, must be at least 3, or 0 for a lock that can be lifted",
			a.Lock.ChangeableForDays)
	}
	return nil
}

// create locks the vault. AWS replaces a lock to change it, which protection
// refuses: a lock is changed by somebody who unprotects it first.
func (l VaultLock) create(ctx *pulumi.Context, name string, vault *backup.Vault, keep []pulumi.ResourceOption) error {
	lock := &backup.VaultLockConfigurationArgs{
		BackupVaultName:  vault.Name,
		MinRetentionDays: pulumi.Int(l.MinRetentionDays),
		MaxRetentionDays: pulumi.Int(l.MaxRetentionDays),
	}
	if l.ChangeableForDays != 0 {
		lock.ChangeableForDays = pulumi.Int(l.ChangeableForDays)
	}
	_, err := backup.NewVaultLockConfiguration(ctx, name, lock, keep...)
	return err
}

// admit lets the accounts of the organization copy into the vault, and nobody
// take anything out before its time.
func (a *CentralVaultArgs) admit(ctx *pulumi.Context, name string, vault *backup.Vault, keep []pulumi.ResourceOption) error {
	if !a.CrossAccount {
		return nil
	}
	document := a.OrganizationID.ToStringOutput().ApplyT(func(organization string) (string, error) {
		return policy.JSON(vaultStatements(organization)...)
	}).(pulumi.StringOutput)
	_, err := backup.NewVaultPolicy(ctx, name, &backup.VaultPolicyArgs{
		BackupVaultName: vault.Name,
		Policy:          document,
	}, keep...)
	return err
}

func vaultStatements(organization string) []policy.Statement {
	return []policy.Statement{
		{
			Sid:       "OrganizationCopiesInto",
			Effect:    policy.Allow,
			Principal: policy.AWS("*"),
			Action:    policy.Strings{"backup:CopyIntoBackupVault"},
			Resource:  policy.Strings{"*"},
			Condition: policy.Condition{"StringEquals": {"aws:PrincipalOrgID": {organization}}},
		},
		{
			// Until a lock is final its administrators could lift it; a backup
			// ends with its retention, which AWS sees to itself.
			Sid:       "NobodyDeletes",
			Effect:    policy.Deny,
			Principal: policy.Everyone,
			Action: policy.Strings{
				"backup:DeleteBackupVault", "backup:DeleteBackupVaultLockConfiguration", "backup:DeleteRecoveryPoint",
				"backup:DisassociateRecoveryPoint", "backup:UpdateRecoveryPointLifecycle",
			},
			Resource: policy.Strings{"*"},
		},
	}
}
