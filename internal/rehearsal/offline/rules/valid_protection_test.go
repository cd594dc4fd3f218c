package rules

const (
	centralVault    = "central"
	centralVaultARN = "arn:aws:backup:eu-test-1:111122223333:backup-vault:central"
	certificateARN  = "arn:aws:acm:eu-test-1:111122223333:certificate/1"
	vaultDocument   = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},
		"Action":"backup:CopyIntoBackupVault","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"` + orgID + `"}}}]}`
)

// validProtection are valid resources that protect data.
func validProtection() map[string]object {
	return map[string]object{
		volumeEncryptionType: {"enabled": true},
		volumeKeyType:        {"keyArn": logKeyARN},
		accountBlockType:     {"accountId": management, "blockPublicAcls": true},
		certificateType: {
			"domainName": "example.com", "subjectAlternativeNames": []any{"*.example.com"}, "validationMethod": "DNS",
			"keyAlgorithm": "RSA_2048",
		},
		certificateProofType: {"certificateArn": certificateARN},
		dnsRecordType: {
			"zoneId": "Z0123456789", "name": "_b.example.org.", "type": "CNAME", "records": []any{"x.example.org"}, "ttl": 60.0,
		},
		vaultType:        {"name": "gxp-central", "kmsKeyArn": logKeyARN},
		vaultLockType:    {"backupVaultName": centralVault, "minRetentionDays": 35.0, "maxRetentionDays": 36500.0, "changeableForDays": 3.0},
		vaultPolicyType:  {"backupVaultName": centralVault, "policy": vaultDocument},
		backupGlobalType: {"globalSettings": object{"isCrossAccountBackupEnabled": "true"}},
		backupRegionType: {"resourceTypeOptInPreference": object{"EBS": true}},
		restorePlanType: {
			"name": "gxp_central", "scheduleExpression": "cron(0 4 1 * ? *)", "startWindowHours": 8.0,
			"recoveryPointSelection": object{
				"algorithm": "RANDOM_WITHIN_WINDOW", "includeVaults": []any{centralVaultARN},
				"recoveryPointTypes": []any{"SNAPSHOT"}, "selectionWindowDays": 35.0,
			},
		},
		restoreSelectionType: {
			"name": "gxp_EBS", "restoreTestingPlanName": "tests", "protectedResourceType": "EBS", "iamRoleArn": roleARN,
			"protectedResourceArns": []any{"*"}, "validationWindowHours": 24.0,
		},
	}
}

// protectionWorld is what the valid resources refer to.
func protectionWorld() memory {
	at := func(typ, id string, inputs object) Resource {
		inputs["id"] = id
		return Resource{Type: typ, URN: "urn:" + typ + "::" + id, Inputs: inputs, AccountID: management, Region: home}
	}
	return memory{
		at(vaultType, centralVault, object{"name": centralVault, "arn": centralVaultARN}),
		at(restorePlanType, "tests", object{"name": "tests"}),
		at(certificateType, certificateARN, object{"arn": certificateARN, "domainValidationOptions": []any{
			object{"domainName": "example.com", "resourceRecordName": "_a.example.com."},
		}}),
		at(dnsRecordType, "Z0123456789__a.example.com._CNAME", object{"name": "_a.example.com"}),
	}
}
