package rules

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/acm"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/backup"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ebs"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/route53"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
)

func init() {
	arguments[volumeEncryptionType] = ebs.EncryptionByDefaultArgs{}
	arguments[volumeKeyType] = ebs.DefaultKmsKeyArgs{}
	arguments[accountBlockType] = s3.AccountPublicAccessBlockArgs{}
	arguments[certificateType] = acm.CertificateArgs{}
	arguments[certificateProofType] = acm.CertificateValidationArgs{}
	arguments[dnsRecordType] = route53.RecordArgs{}
	arguments[vaultType] = backup.VaultArgs{}
	arguments[vaultLockType] = backup.VaultLockConfigurationArgs{}
	arguments[vaultPolicyType] = backup.VaultPolicyArgs{}
	arguments[backupGlobalType] = backup.GlobalSettingsArgs{}
	arguments[backupRegionType] = backup.RegionSettingsArgs{}
	arguments[restorePlanType] = backup.RestoreTestingPlanArgs{}
	arguments[restoreSelectionType] = backup.RestoreTestingSelectionArgs{}
}
