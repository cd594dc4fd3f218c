package offline

import "time"

var backupRows = map[string]row{
	"aws:backup/vault:Vault": {
		id:       "{in:name}",
		arn:      "arn:aws:backup:{region}:{account}:backup-vault:{in:name}",
		autoname: "name",
		outputs: map[string]any{
			"kmsKeyArn":      "arn:aws:kms:{region}:{account}:key/{uuid}",
			"recoveryPoints": 0,
		},
		replace: []string{"name", "kmsKeyArn"},
		tagged:  true,
		takes:   2 * time.Second,
	},
	"aws:backup/vaultLockConfiguration:VaultLockConfiguration": {
		id:      "{in:backupVaultName}",
		outputs: map[string]any{"backupVaultArn": "arn:aws:backup:{region}:{account}:backup-vault:{in:backupVaultName}"},
		// The provider has no update of a lock: it deletes one and makes another.
		replace: []string{"backupVaultName", "changeableForDays", "maxRetentionDays", "minRetentionDays"},
		takes:   2 * time.Second,
	},
	"aws:backup/vaultPolicy:VaultPolicy": {
		id:      "{in:backupVaultName}",
		outputs: map[string]any{"backupVaultArn": "arn:aws:backup:{region}:{account}:backup-vault:{in:backupVaultName}"},
		replace: []string{"backupVaultName"},
		takes:   2 * time.Second,
	},
	"aws:backup/globalSettings:GlobalSettings": {
		id:     "{account}",
		global: true,
		takes:  2 * time.Second,
	},
	"aws:backup/regionSettings:RegionSettings": {
		id:    "{region}",
		takes: 2 * time.Second,
	},
	"aws:backup/restoreTestingPlan:RestoreTestingPlan": {
		id:       "{in:name}",
		arn:      "arn:aws:backup:{region}:{account}:restore-testing-plan:{in:name}-{uuid}",
		autoname: "name",
		outputs: map[string]any{
			"scheduleExpressionTimezone": "Etc/UTC",
			"startWindowHours":           24,
		},
		replace: []string{"name"},
		tagged:  true,
		takes:   2 * time.Second,
	},
	"aws:backup/restoreTestingSelection:RestoreTestingSelection": {
		id:       "{in:name}:{in:restoreTestingPlanName}",
		autoname: "name",
		replace:  []string{"name", "protectedResourceType", "restoreTestingPlanName"},
		takes:    2 * time.Second,
	},
}
