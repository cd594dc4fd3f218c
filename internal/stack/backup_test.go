package stack

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
)

func TestProgram_SwitchesOffTheProtectionOfDataPieceByPiece(t *testing.T) {
	tests := map[string]struct {
		change func(*config.LandingZone)
		gone   string
	}{
		"no backups":                {func(l *config.LandingZone) { l.Backup.Enabled = false }, "gxp:landingzone:Backup"},
		"no central vaults":         {func(l *config.LandingZone) { l.Backup.Enabled = false }, "aws:backup/vault:Vault"},
		"no copies across accounts": {func(l *config.LandingZone) { l.Backup.CrossAccount = false }, "aws:backup/vaultPolicy:VaultPolicy"},
		"no setting of them":        {func(l *config.LandingZone) { l.Backup.CrossAccount = false }, "aws:backup/globalSettings:GlobalSettings"},
		"no services":               {func(l *config.LandingZone) { l.Backup.Services = nil }, "aws:backup/regionSettings:RegionSettings"},
		"no restore testing":        {func(l *config.LandingZone) { l.Backup.RestoreTesting.Enabled = false }, "gxp:landingzone:RestoreTesting"},
		"no keys of volumes":        {func(l *config.LandingZone) { l.Protection.VolumeKeys = nil }, "aws:ebs/defaultKmsKey:DefaultKmsKey"},
		"buckets that may be public": {func(l *config.LandingZone) { l.Protection.BlockPublicBuckets = false },
			"aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock"},
		"no certificates": {func(l *config.LandingZone) { l.Certificates = nil }, "gxp:landingzone:Certificate"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			c := load(t, "prod")
			require.True(t, has(renderStack(t, c), tt.gone), "the example has it")
			tt.change(&c.LandingZone)
			assert.False(t, has(renderStack(t, c), tt.gone))
		})
	}
}

func TestProgram_LeavesPlansToOthersWhereConfigurationSaysSo(t *testing.T) {
	c := load(t, "prod")
	backupPolicies := func() (n int) {
		for _, r := range renderStack(t, c).OfType("aws:organizations/policy:Policy") {
			if r.Inputs["type"] == "BACKUP_POLICY" {
				n++
			}
		}
		return n
	}
	assert.Equal(t, len(c.LandingZone.Backup.Plans), backupPolicies())
	c.LandingZone.Backup.Policies = false
	assert.Zero(t, backupPolicies())
}

// TestProgram_ShowsEverySettingOfBackupsInWhatItDeploys changes one setting at a
// time: what changes nothing is no setting.
func TestProgram_ShowsEverySettingOfBackupsInWhatItDeploys(t *testing.T) {
	tests := map[string]func(*config.Backup){
		"acceptIrreversible":      func(b *config.Backup) { b.AcceptIrreversible = false },
		"changeableForDays":       func(b *config.Backup) { b.ChangeableForDays++ },
		"minRetentionDays":        func(b *config.Backup) { b.MinRetentionDays-- },
		"maxRetentionDays":        func(b *config.Backup) { b.MaxRetentionDays-- },
		"replicaRegion":           func(b *config.Backup) { b.ReplicaRegion = "" },
		"services":                func(b *config.Backup) { b.Services = b.Services[1:] },
		"schedule":                func(b *config.Backup) { b.Schedules[0].Schedule = "cron(0 5 * * ? *)" },
		"name of a schedule":      rename,
		"retentionDays":           func(b *config.Backup) { b.Schedules[0].RetentionDays++ },
		"coldStorageAfterDays":    func(b *config.Backup) { b.Schedules[2].ColdStorageAfterDays++ },
		"startWindowMinutes":      func(b *config.Backup) { b.Schedules[0].StartWindowMinutes++ },
		"completionWindowMinutes": func(b *config.Backup) { b.Schedules[0].CompletionWindowMinutes++ },
		"localOnly":               func(b *config.Backup) { b.Schedules[0].LocalOnly = true },
		"name of a plan":          func(b *config.Backup) { b.Plans[0].Name = "batch" },
		"recordClass":             func(b *config.Backup) { b.Plans[0].RecordClass = "gvp-safety" },
		"schedules of a plan":     func(b *config.Backup) { b.Plans[0].Schedules = []string{"daily"} },
		"units":                   func(b *config.Backup) { b.Plans[0].Units = []string{config.UnitWorkloads} },
		"resourceTypes":           func(b *config.Backup) { b.Plans[0].ResourceTypes = []string{"arn:aws:rds:*:*:db:*"} },
		"schedule of tests":       func(b *config.Backup) { b.RestoreTesting.Schedule = "cron(0 6 1 * ? *)" },
		"startWindowHours":        func(b *config.Backup) { b.RestoreTesting.StartWindowHours++ },
		"selectionWindowDays":     func(b *config.Backup) { b.RestoreTesting.SelectionWindowDays++ },
		"validationWindowHours":   func(b *config.Backup) { b.RestoreTesting.ValidationWindowHours++ },
		"resourceTypes of tests":  func(b *config.Backup) { b.RestoreTesting.ResourceTypes = []string{"S3"} },
	}
	before := backupInputs(t, load(t, "prod"))
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			c := load(t, "prod")
			change(&c.LandingZone.Backup)
			assert.NotEqual(t, before, backupInputs(t, c))
		})
	}
}

// rename gives the first schedule another name, everywhere.
func rename(b *config.Backup) {
	old, renamed := b.Schedules[0].Name, "nightly"
	b.Schedules[0].Name = renamed
	for i, plan := range b.Plans {
		names := slices.Clone(plan.Schedules)
		if j := slices.Index(names, old); j >= 0 {
			names[j] = renamed
		}
		b.Plans[i].Schedules = names
	}
}

// backupInputs are those of every resource of AWS Backup and every policy, by URN.
func backupInputs(t *testing.T, c *config.Config) map[string]map[string]any {
	t.Helper()
	found := map[string]map[string]any{}
	for _, r := range renderStack(t, c).OfType(
		"aws:backup/vaultLockConfiguration:VaultLockConfiguration", "aws:backup/regionSettings:RegionSettings",
		"aws:backup/restoreTestingPlan:RestoreTestingPlan", "aws:backup/restoreTestingSelection:RestoreTestingSelection",
		"aws:organizations/policy:Policy", "aws:organizations/policyAttachment:PolicyAttachment",
	) {
		found[r.URN] = r.Inputs
	}
	require.NotEmpty(t, found)
	return found
}
