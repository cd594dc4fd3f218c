package qualification

// The types of resources that protect data.
const (
	volumeEncryptionType = "aws:ebs/encryptionByDefault:EncryptionByDefault"
	volumeKeyType        = "aws:ebs/defaultKmsKey:DefaultKmsKey"
	accountBlockType     = "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock"
	certificateType      = "aws:acm/certificate:Certificate"
	certificateProofType = "aws:acm/certificateValidation:CertificateValidation"

	vaultType            = "aws:backup/vault:Vault"
	vaultLockType        = "aws:backup/vaultLockConfiguration:VaultLockConfiguration"
	vaultPolicyType      = "aws:backup/vaultPolicy:VaultPolicy"
	backupGlobalType     = "aws:backup/globalSettings:GlobalSettings"
	restorePlanType      = "aws:backup/restoreTestingPlan:RestoreTestingPlan"
	restoreSelectionType = "aws:backup/restoreTestingSelection:RestoreTestingSelection"

	orgPolicyType           = "aws:organizations/policy:Policy"
	orgPolicyAttachmentType = "aws:organizations/policyAttachment:PolicyAttachment"
)
