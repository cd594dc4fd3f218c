package landingzone

// The names below are known before anything exists, because the baseline makes
// the first two in every account and policies of other accounts name them.
const (
	// BackupRole is the role that AWS Backup works under in every account.
	BackupRole = "gxp-backup"

	// AccountVault is the vault that backups are made into, in every account
	// and governed region.
	AccountVault = "gxp-vault"

	// CentralVaultName is the vault of the backup account, in each of its
	// regions.
	CentralVaultName = "gxp-central"

	// BackupTag is the tag whose value names the plan of a resource.
	BackupTag = "gxp:backup"
)

// vaultARN is the ARN of a vault.
func vaultARN(region, accountID, vault string) string {
	return "arn:aws:backup:" + region + ":" + accountID + ":backup-vault:" + vault
}
