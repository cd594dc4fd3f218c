package qualification_test

import (
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/mutation"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

const (
	vaultARN = "arn:aws:backup:eu-test-1:444455556666:backup-vault:gxp-central"

	vaultUses = `{"Sid":"Uses","Effect":"Allow","Principal":{"AWS":"*"},"Action":"kms:Decrypt","Resource":"*",
		"Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-abcdefghij"}}}`
	vaultAdmits = `{"Statement":[
		{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"backup:CopyIntoBackupVault","Resource":"*",
		 "Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-abcdefghij"}}},
		{"Effect":"Deny","Principal":"*","Action":["backup:DeleteRecoveryPoint","backup:UpdateRecoveryPointLifecycle"],"Resource":"*"}]}`

	backupDocument = `{"plans":{"gmp":{"regions":{"@@assign":["eu-test-1"]},"rules":{"monthly":{
		"lifecycle":{"delete_after_days":{"@@assign":"2192"}},
		"recovery_point_tags":{"class":{"tag_key":{"@@assign":"gxp:record-class"},"tag_value":{"@@assign":"gmp-batch"}}},
		"copy_actions":{"` + vaultARN + `":{},"arn:aws:backup:eu-test-2:$account:backup-vault:gxp-vault":{}}}}}}}`
)

// protection adds what protects data by default in every account, a certificate,
// and the backups.
func (b *builder) protection() {
	const in = "landingzone:AccountProtection"
	for _, provider := range []string{"management", "log-archive", "log-archive-replica", "network", "network-replica"} {
		b.add(in, "aws:ebs/encryptionByDefault:EncryptionByDefault", provider, provider, provider, object{"enabled": true})
	}
	for account, id := range map[string]string{"management": "111122223333", "log-archive": "444455556666", "network": "888899990000"} {
		b.add(in, "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock", account, account, id, object{
			"accountId": id, "blockPublicAcls": true, "blockPublicPolicy": true, "ignorePublicAcls": true, "restrictPublicBuckets": true,
		})
	}
	volumes := b.key(in, "volumes", "log-archive", "444455556666", "eu-test-1", vaultUses)
	b.add(in, "aws:ebs/defaultKmsKey:DefaultKmsKey", "log-archive", "log-archive", volumes, object{"keyArn": volumes})
	b.add("landingzone:Certificate", "aws:acm/certificate:Certificate", "example.com", "log-archive", "certificate-1",
		object{"domainName": "example.com", "validationMethod": "DNS"})
	b.add("landingzone:Certificate", "aws:acm/certificateValidation:CertificateValidation", "example.com", "log-archive", "valid",
		object{"certificateArn": "certificate-1"})
	b.backups()
}

func (b *builder) backups() {
	const in = "landingzone:CentralVault"
	key := b.key(in, "central", "log-archive", "444455556666", "eu-test-1", vaultUses)
	b.add(in, "aws:backup/vault:Vault", "central", "log-archive", "gxp-central", object{"name": "gxp-central", "kmsKeyArn": key})
	b.resources[len(b.resources)-1].Outputs = object{"arn": vaultARN}
	b.add(in, "aws:backup/vaultLockConfiguration:VaultLockConfiguration", "central", "log-archive", "lock", object{
		"backupVaultName": "gxp-central", "minRetentionDays": 35.0, "maxRetentionDays": 36500.0, "changeableForDays": 14.0,
	})
	b.add(in, "aws:backup/vaultPolicy:VaultPolicy", "central", "log-archive", "policy",
		object{"backupVaultName": "gxp-central", "policy": vaultAdmits})
	b.add(in, "aws:backup/restoreTestingPlan:RestoreTestingPlan", "central", "log-archive", "gxp_central", object{
		"name": "gxp_central", "scheduleExpression": "cron(0 4 1 * ? *)",
		"recoveryPointSelection": object{"includeVaults": []any{vaultARN}},
	})
	b.add(in, "aws:backup/restoreTestingSelection:RestoreTestingSelection", "central", "log-archive", "gxp_EBS",
		object{"name": "gxp_EBS", "restoreTestingPlanName": "gxp_central", "protectedResourceType": "EBS"})

	const organization = "landingzone:Backup"
	b.add(organization, "aws:backup/globalSettings:GlobalSettings", "backup", "management", "111122223333",
		object{"globalSettings": object{"isCrossAccountBackupEnabled": "true"}})
	b.add(organization, "aws:organizations/policy:Policy", "backup-gmp", "management", "p-11111111",
		object{"name": "gxp-backup-gmp", "type": "BACKUP_POLICY", "content": backupDocument})
	b.add(organization, "aws:organizations/policyAttachment:PolicyAttachment", "backup-gmp", "management", "attached",
		object{"policyId": "p-11111111", "targetId": "ou-abcd-11111111"})
}

var (
	onVaultLock   = mutation.OfType("aws:backup/vaultLockConfiguration:VaultLockConfiguration")
	onVaultPolicy = mutation.OfType("aws:backup/vaultPolicy:VaultPolicy")
	onBackup      = mutation.Named("aws:organizations/policy:Policy", "backup-gmp")
	onBlock       = mutation.Named("aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock", "management")
	onRestoring   = mutation.OfType("aws:backup/restoreTestingPlan:RestoreTestingPlan")
)

var protectionSettings = []setting{
	{"GXP-DAT-001", mutation.Named("aws:ebs/encryptionByDefault:EncryptionByDefault", "management"), "enabled", false, qualification.Pass},
	{"GXP-DAT-002", onBlock, "blockPublicPolicy", false, ""},
	{"GXP-DAT-002", onBlock, "restrictPublicBuckets", false, ""},
	{"GXP-DAT-003", mutation.OfType("aws:ebs/defaultKmsKey:DefaultKmsKey"), "keyArn", "alias/aws/ebs", ""},
	{"GXP-CRT-001", mutation.OfType("aws:acm/certificate:Certificate"), "validationMethod", "EMAIL", ""},
	{"GXP-BKP-001", onVaultLock, "minRetentionDays", 0.0, ""},
	{"GXP-BKP-002", onVaultLock, "changeableForDays", 0.0, ""},
	{"GXP-BKP-003", mutation.OfType("aws:backup/vault:Vault"), "kmsKeyArn", "alias/aws/backup", ""},
	{"GXP-BKP-004", onVaultPolicy, "policy", allowsAll, ""},
	{"GXP-BKP-005", mutation.OfType("aws:backup/globalSettings:GlobalSettings"), "globalSettings.isCrossAccountBackupEnabled", "false", ""},
	{"GXP-BKP-006", onBackup, "content", `{"plans":{"gmp":{"rules":{"daily":{}}}}}`, ""},
	{"GXP-BKP-007", onBackup, "content", `{"plans":{"gmp":{"rules":{"daily":{}}}}}`, ""},
	{"GXP-BKP-008", mutation.OfType("aws:organizations/policyAttachment:PolicyAttachment"), "policyId", "p-22222222", ""},
	{"GXP-BKP-009", onRestoring, "recoveryPointSelection.includeVaults", []any{vaultARN + "2"}, ""},
	{"GXP-BKP-009", onRestoring, "scheduleExpression", "", ""},
}

func init() {
	flags["GXP-DAT-004"] = flag{onBlock, mutation.Abandon}
	flags["GXP-BKP-010"] = flag{onVaultLock, mutation.Unprotect}
}
