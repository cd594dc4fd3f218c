package landingzone

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/pulumitest"
)

const (
	vaultLockType   = "aws:backup/vaultLockConfiguration:VaultLockConfiguration"
	vaultPolicyType = "aws:backup/vaultPolicy:VaultPolicy"
)

func TestBackup_CopiesAcrossOneBorderAtATime(t *testing.T) {
	const central, own = ":444455556666:backup-vault:gxp-central", ":$account:backup-vault:gxp-vault"
	tests := map[string]struct {
		region, replica string
		crossAccount    bool
		want            []string
	}{
		"at home":                 {"eu-test-1", "eu-test-2", true, []string{"eu-test-1" + central, "eu-test-2" + own}},
		"in the second region":    {"eu-test-2", "eu-test-2", true, []string{"eu-test-2" + central, "eu-test-1" + own}},
		"in a third region":       {"eu-test-3", "eu-test-2", true, []string{"eu-test-1" + central, "eu-test-2" + own}},
		"with one region":         {"eu-test-1", "", true, []string{"eu-test-1" + central}},
		"without other accounts":  {"eu-test-1", "eu-test-2", false, []string{"eu-test-2" + own}},
		"with nowhere to copy to": {"eu-test-1", "", false, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			args := &BackupArgs{Regions: []string{"eu-test-1", "eu-test-2", "eu-test-3"}, ReplicaRegion: tt.replica, CrossAccount: tt.crossAccount}
			var got []string
			for _, vault := range args.copyVaults(tt.region, "444455556666") {
				got = append(got, strings.TrimPrefix(vault, "arn:aws:backup:"))
			}
			assert.Equal(t, tt.want, got)
		})
	}
}

func TestBackup_WritesPlansAsAWSReadsThem(t *testing.T) {
	args := backupArgs(account.Account{})
	document, err := args.planDocument(args.Plans[0], "444455556666")
	require.NoError(t, err)
	for _, part := range []string{
		`"gxp-gmp-batch-eu-test-1":{"regions":{"@@assign":["eu-test-1"]}`,
		`"lifecycle":{"delete_after_days":{"@@assign":"2922"},"move_to_cold_storage_after_days":{"@@assign":"30"}}`,
		`"tag_key":{"@@assign":"gxp:backup"},"tag_value":{"@@assign":["gmp-batch"]}`,
		`"iam_role_arn":{"@@assign":"arn:aws:iam::$account:role/gxp-backup"}`,
		`"target_backup_vault_name":{"@@assign":"gxp-vault"}`,
		`"tag_key":{"@@assign":"gxp:record-class"},"tag_value":{"@@assign":"gmp-batch"}`,
	} {
		assert.Contains(t, document, part)
	}
	args.Plans[0].ResourceTypes = []string{"arn:aws:rds:*:*:db:*"}
	document, err = args.planDocument(args.Plans[0], "444455556666")
	require.NoError(t, err)
	assert.Contains(t, document, `"resource_types":{"@@assign":["arn:aws:rds:*:*:db:*"]}`)
	assert.Contains(t, document, `"condition_key":{"@@assign":"aws:ResourceTag/gxp:record-class"}`)
	assert.NotContains(t, document, "gxp:backup", "AWS takes tags or types, not both")
}

func TestBackup_KeepsLocalWhatIsLocal(t *testing.T) {
	args := backupArgs(account.Account{})
	args.Plans[0].Rules[0].LocalOnly = true
	document, err := args.planDocument(args.Plans[0], "444455556666")
	require.NoError(t, err)
	assert.NotContains(t, document, "copy_actions")
}

func TestBackup_DoesNotReadItsArgsAfterItReturned(t *testing.T) {
	graph := pulumitest.Render(t, func(ctx *pulumi.Context) error {
		management, err := pulumitest.Account(ctx, "management", "111122223333", pulumitest.Region)
		if err != nil {
			return err
		}
		args := backupArgs(management)
		if _, err := NewBackup(ctx, "backup", args); err != nil {
			return err
		}
		args.Regions, args.CrossAccount = nil, false
		return nil
	})
	policy := pulumitest.Find(t, graph, "aws:organizations/policy:Policy", "backup-gmp-batch")
	assert.Contains(t, policy.Inputs["content"], "gxp-central")
	assert.Equal(t, "BACKUP_POLICY", policy.Inputs["type"])
	attachment := pulumitest.Find(t, graph, "aws:organizations/policyAttachment:PolicyAttachment", "backup-gmp-batch-workloads")
	assert.Equal(t, "ou-test-workload", attachment.Inputs["targetId"])
	settings := pulumitest.Find(t, graph, "aws:backup/globalSettings:GlobalSettings", "backup")
	assert.Equal(t, map[string]any{"isCrossAccountBackupEnabled": "true"}, settings.Inputs["globalSettings"])
}

func TestBackupArgs_Rejects(t *testing.T) {
	tests := map[string]struct {
		change func(*BackupArgs)
		want   string
	}{
		"no provider":       {func(a *BackupArgs) { a.Account.Provider = nil }, "account has no provider"},
		"no backup account": {func(a *BackupArgs) { a.BackupAccountID = nil }, "backupAccountID is required"},
		"no regions":        {func(a *BackupArgs) { a.Regions = nil }, "regions are required"},
		"a replica at home": {func(a *BackupArgs) { a.ReplicaRegion = "eu-test-1" }, "replicaRegion is eu-test-1, which is home"},
		"no name":           {func(a *BackupArgs) { a.Plans[0].Key = "" }, "plan : key is required"},
		"no record class":   {func(a *BackupArgs) { a.Plans[0].RecordClass = "" }, "plan gmp-batch: recordClass is required"},
		"no rules":          {func(a *BackupArgs) { a.Plans[0].Rules = nil }, "plan gmp-batch: rules are required"},
		"no units":          {func(a *BackupArgs) { a.Plans[0].Units = nil }, "plan gmp-batch: units are required"},
		"an unknown unit":   {func(a *BackupArgs) { a.Plans[0].Units[0].Path = "Other" }, "plan gmp-batch: unit Other has no id"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			args := backupArgs(account.Account{Provider: &aws.Provider{}})
			tt.change(args)
			assert.EqualError(t, args.validate(), tt.want)
		})
	}
	assert.EqualError(t, (*BackupArgs)(nil).validate(), "args are required")
	assert.NoError(t, backupArgs(account.Account{Provider: &aws.Provider{}}).validate())
}

func TestBackupArgs_RejectAPolicyThatIsTooLong(t *testing.T) {
	args := backupArgs(account.Account{Provider: &aws.Provider{}})
	for i := range 10 {
		rule := args.Plans[0].Rules[0]
		rule.Key = fmt.Sprintf("rule-%d", i)
		args.Plans[0].Rules = append(args.Plans[0].Rules, rule)
	}
	assert.ErrorContains(t, args.validate(), "and AWS takes 10000; give the plan fewer schedules or split it")
}

func TestCentralVault_IsLockedAndOpenToTheOrganizationAlone(t *testing.T) {
	graph := pulumitest.Render(t, func(ctx *pulumi.Context) error {
		in, err := pulumitest.Account(ctx, "backup", "444455556666", pulumitest.Region)
		if err != nil {
			return err
		}
		vault, err := NewCentralVault(ctx, "vault", vaultArgs(in))
		if err != nil {
			return err
		}
		_, err = NewRestoreTesting(ctx, "vault", &RestoreTestingArgs{
			Account: in, VaultARN: vault.VaultARN, Schedule: "cron(0 4 1 * ? *)", StartHours: 8, SelectionDays: 35,
			ValidationHours: 24, ResourceTypes: []string{"EBS", "S3"},
		})
		return err
	})
	for _, r := range graph.OfType("aws:backup/vault:Vault", vaultLockType, vaultPolicyType, "aws:kms/key:Key") {
		assert.True(t, r.Protect && r.RetainOnDelete, "%s is protected and retained", r.URN)
	}
	lock := pulumitest.Find(t, graph, vaultLockType, "vault")
	assert.EqualValues(t, 14, lock.Inputs["changeableForDays"])
	document := pulumitest.Find(t, graph, vaultPolicyType, "vault").Inputs["policy"].(string)
	assert.Contains(t, document, `"Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-exampleorgid"}}`)
	assert.Contains(t, document, "backup:DeleteRecoveryPoint")
	key := pulumitest.Find(t, graph, "aws:kms/key:Key", "vault")
	assert.Contains(t, key.Inputs["policy"], "arn:aws:iam::*:role/gxp-backup")
	plan := pulumitest.Find(t, graph, "aws:backup/restoreTestingPlan:RestoreTestingPlan", "vault")
	vault := pulumitest.Find(t, graph, "aws:backup/vault:Vault", "vault")
	assert.Equal(t, []any{vault.Outputs["arn"]}, plan.Inputs["recoveryPointSelection"].(map[string]any)["includeVaults"])
	assert.Len(t, graph.OfType("aws:backup/restoreTestingSelection:RestoreTestingSelection"), 2)
	services := pulumitest.Find(t, graph, "aws:backup/regionSettings:RegionSettings", "vault")
	assert.Equal(t, map[string]any{"EBS": true}, services.Inputs["resourceTypeOptInPreference"])
}

func TestCentralVault_CanBeUnlockedWhereNobodyHasAcceptedMore(t *testing.T) {
	graph := pulumitest.Render(t, func(ctx *pulumi.Context) error {
		in, err := pulumitest.Account(ctx, "backup", "444455556666", pulumitest.Region)
		if err != nil {
			return err
		}
		args := vaultArgs(in)
		args.Lock.ChangeableForDays, args.CrossAccount, args.Services = 0, false, nil
		_, err = NewCentralVault(ctx, "vault", args)
		return err
	})
	assert.NotContains(t, pulumitest.Find(t, graph, vaultLockType, "vault").Inputs, "changeableForDays")
	assert.Empty(t, graph.OfType(vaultPolicyType, "aws:backup/regionSettings:RegionSettings"))
}

func TestCentralVaultArgs_Rejects(t *testing.T) {
	tests := map[string]struct {
		change func(*CentralVaultArgs)
		want   string
	}{
		"no provider":           {func(a *CentralVaultArgs) { a.Account.Provider = nil }, "account has no provider"},
		"no organization":       {func(a *CentralVaultArgs) { a.OrganizationID = nil }, "organizationID is required"},
		"no shortest retention": {func(a *CentralVaultArgs) { a.Lock.MinRetentionDays = 0 }, "lock.minRetentionDays is 0, must be at least 1"},
		"contrary retentions": {func(a *CentralVaultArgs) { a.Lock.MaxRetentionDays = 34 },
			"lock.maxRetentionDays is 34, must be at least the 35 of minRetentionDays"},
		"a lock that is final at once": {func(a *CentralVaultArgs) { a.Lock.ChangeableForDays = 2 },
			"lock.changeableForDays is 2, must be at least 3, or 0 for a lock that can be lifted"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			args := vaultArgs(account.Account{Provider: &aws.Provider{}})
			tt.change(args)
			assert.EqualError(t, args.validate(), tt.want)
		})
	}
	assert.EqualError(t, (*CentralVaultArgs)(nil).validate(), "args are required")
	assert.EqualError(t, (*RestoreTestingArgs)(nil).validate(), "args are required")
}

func backupArgs(in account.Account) *BackupArgs {
	return &BackupArgs{
		Account:         in,
		BackupAccountID: pulumi.String("444455556666"),
		UnitIDs:         map[string]pulumi.StringOutput{"Workloads": pulumi.String("ou-test-workload").ToStringOutput()},
		Regions:         []string{"eu-test-1", "eu-test-2"},
		ReplicaRegion:   "eu-test-2",
		CrossAccount:    true,
		Plans: []BackupPlan{{
			Key: "gmp-batch", RecordClass: "gmp-batch", Units: []BackupUnit{{Path: "Workloads", Key: "workloads"}},
			Rules: []BackupRule{{
				Key: "monthly", Schedule: "cron(0 3 1 * ? *)", StartMinutes: 60, CompleteMinutes: 480, RetentionDays: 2922, ColdDays: 30,
			}},
		}},
	}
}

func vaultArgs(in account.Account) *CentralVaultArgs {
	return &CentralVaultArgs{
		Account:        in,
		OrganizationID: pulumi.String("o-exampleorgid"),
		Lock:           VaultLock{MinRetentionDays: 35, MaxRetentionDays: 36500, ChangeableForDays: 14},
		CrossAccount:   true,
		Services:       []string{"EBS"},
	}
}
