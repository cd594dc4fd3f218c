package main

import "github.com/gxp-landing-zone/gxp-landing-zone/internal/mutation"

func init() { sabotages = append(sabotages, protectionSabotages...) }

const (
	vaultLockType   = "aws:backup/vaultLockConfiguration:VaultLockConfiguration"
	vaultPolicyType = "aws:backup/vaultPolicy:VaultPolicy"
	orgPolicyType   = "aws:organizations/policy:Policy"
)

var (
	volumes      = mutation.Named("aws:ebs/encryptionByDefault:EncryptionByDefault", "protection-audit")
	volumeKey    = mutation.Named("aws:ebs/defaultKmsKey:DefaultKmsKey", "protection-network")
	accountBlock = mutation.Named("aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock", "protection-backup")
	vault        = mutation.Named("aws:backup/vault:Vault", "central-vault")
	replicaVault = mutation.Named("aws:backup/vault:Vault", "central-vault-replica")
	vaultLock    = mutation.Named(vaultLockType, "central-vault")
	batchPlan    = mutation.Named(orgPolicyType, "backup-gmp-batch")
)

// noCopies is a backup policy that keeps records long enough and in one place.
const noCopies = `{"plans":{"alone":{"regions":{"@@assign":["eu-central-1"]},"rules":{"monthly":{
	"lifecycle":{"delete_after_days":{"@@assign":"3650"}},
	"recovery_point_tags":{"class":{"tag_key":{"@@assign":"gxp:record-class"},"tag_value":{"@@assign":"gmp-batch"}}}}}}}}`

// noYears is a backup policy whose backups of batch records end after a month.
const noYears = `{"plans":{"short":{"regions":{"@@assign":["eu-central-1"]},"rules":{"daily":{
	"lifecycle":{"delete_after_days":{"@@assign":"35"}},
	"recovery_point_tags":{"class":{"tag_key":{"@@assign":"gxp:record-class"},"tag_value":{"@@assign":"gmp-batch"}}}}}}}}`

var protectionSabotages = []sabotage{
	{"GXP-DAT-001", "volumes that nobody encrypts", volumes, mutation.Set("enabled", false), nil},
	{"GXP-DAT-001", "a region that was forgotten",
		mutation.Named("aws:ebs/encryptionByDefault:EncryptionByDefault", "protection-audit-eu-west-1"), nil,
		mutation.Named(providerType, "audit-eu-west-1")},
	{"GXP-DAT-002", "an account whose buckets may be public", accountBlock, mutation.Set("blockPublicPolicy", false), nil},
	{"GXP-DAT-002", "an account that was forgotten", accountBlock, nil, mutation.Named(providerType, "backup-eu-central-1")},
	{"GXP-DAT-003", "volumes under a key of AWS", volumeKey, mutation.Set("keyArn", "alias/aws/ebs"), nil},
	{"GXP-DAT-004", "a protection that goes with the program", volumes, mutation.Abandon, nil},

	{"GXP-CRT-001", "a certificate that somebody has to confirm",
		mutation.Named("aws:acm/certificate:Certificate", "certificate-network-gxp.example.com"), mutation.Set("validationMethod", "EMAIL"), nil},

	{"GXP-BKP-001", "a vault without lock", mutation.Named(vaultLockType, "central-vault-replica"), nil, replicaVault},
	{"GXP-BKP-001", "a lock of no days", vaultLock, mutation.Set("minRetentionDays", 0.0), nil},
	{"GXP-BKP-002", "a lock that its administrators lift", vaultLock, mutation.Remove("changeableForDays"), nil},
	{"GXP-BKP-003", "copies under a key of AWS", vault, mutation.Set("kmsKeyArn", "alias/aws/backup"), nil},
	{"GXP-BKP-004", "copies from anywhere", mutation.Named(vaultPolicyType, "central-vault"),
		mutation.EditStatement("policy", "OrganizationCopiesInto", unconditional), nil},
	{"GXP-BKP-004", "copies that can be deleted", mutation.Named(vaultPolicyType, "central-vault-replica"),
		mutation.WithoutStatement("policy", "NobodyDeletes"), nil},
	{"GXP-BKP-005", "backups that stay in their account", mutation.OfType("aws:backup/globalSettings:GlobalSettings"),
		mutation.Set(`globalSettings["isCrossAccountBackupEnabled"]`, "false"), nil},
	{"GXP-BKP-006", "a plan without copies", batchPlan, mutation.Set("content", noCopies), nil},
	{"GXP-BKP-007", "backups that end before the records", batchPlan, mutation.Set("content", noYears), nil},
	{"GXP-BKP-008", "a plan that is attached to nothing",
		mutation.Named("aws:organizations/policyAttachment:PolicyAttachment", "backup-gmp-batch-workloads-gxp-prod"), nil, batchPlan},
	{"GXP-BKP-009", "copies that nobody restores",
		mutation.Named("aws:backup/restoreTestingPlan:RestoreTestingPlan", "central-vault"), nil, vault},
	{"GXP-BKP-010", "a vault that goes with the program", vault, mutation.Abandon, nil},
	{"GXP-BKP-010", "a lock that can be removed", vaultLock, mutation.Unprotect, nil},
}
