package stack

import (
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/landingzone"
)

// backups creates the central vaults, what is copied into them, and the proof
// that it can be restored. The plans rely on the role and vault that after makes
// in the accounts.
func backups(ctx *pulumi.Context, c *config.Config, o *landingzone.Organization, after ...pulumi.Resource) error {
	b := c.LandingZone.Backup
	if !b.Enabled {
		return nil
	}
	// The organization lets AWS Backup work in its accounts.
	after = append(append(o.Delegated("backup.amazonaws.com"), o), after...)
	if err := centralVaults(ctx, c, o, after); err != nil {
		return err
	}
	args := &landingzone.BackupArgs{
		Account:         o.Management,
		BackupAccountID: o.Backup.ID,
		UnitIDs:         o.UnitIDs,
		Regions:         homeFirst(c.LandingZone.Regions),
		ReplicaRegion:   b.ReplicaRegion,
		CrossAccount:    b.CrossAccount,
		Services:        b.Services,
		After:           after,
	}
	for _, region := range args.Regions[1:] {
		// The choice of services holds for one account and region.
		if in := o.In(config.KeyManagement, region); in.Provider != nil {
			args.Further = append(args.Further, in)
		}
	}
	if b.Policies {
		args.Plans = backupPlans(c)
	}
	_, err := landingzone.NewBackup(ctx, "backup", args)
	return err
}

// centralVaults creates the vault of each region of the backup account, and
// tests restoring from each.
func centralVaults(ctx *pulumi.Context, c *config.Config, o *landingzone.Organization, after []pulumi.Resource) error {
	b := c.LandingZone.Backup
	lock := landingzone.VaultLock{MinRetentionDays: b.MinRetentionDays, MaxRetentionDays: b.MaxRetentionDays}
	if b.AcceptIrreversible {
		lock.ChangeableForDays = b.ChangeableForDays
	}
	for _, place := range []struct {
		name string
		in   account.Account
	}{{"central-vault", o.Backup}, {"central-vault-replica", o.BackupReplica}} {
		if place.in.Provider == nil {
			continue
		}
		vault, err := landingzone.NewCentralVault(ctx, place.name, &landingzone.CentralVaultArgs{
			Account:        place.in,
			OrganizationID: o.OrganizationID,
			Lock:           lock,
			CrossAccount:   b.CrossAccount,
			Services:       b.Services,
		})
		if err != nil {
			return err
		}
		if !b.RestoreTesting.Enabled {
			continue
		}
		_, err = landingzone.NewRestoreTesting(ctx, place.name, &landingzone.RestoreTestingArgs{
			Account:         place.in,
			VaultARN:        vault.VaultARN,
			Schedule:        b.RestoreTesting.Schedule,
			StartHours:      b.RestoreTesting.StartWindowHours,
			SelectionDays:   b.RestoreTesting.SelectionWindowDays,
			ValidationHours: b.RestoreTesting.ValidationWindowHours,
			ResourceTypes:   b.RestoreTesting.ResourceTypes,
			After:           after,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// backupPlans are the configured plans with their schedules in full.
func backupPlans(c *config.Config) []landingzone.BackupPlan {
	b := c.LandingZone.Backup
	var plans []landingzone.BackupPlan
	for _, configured := range b.Plans {
		plan := landingzone.BackupPlan{
			Key:           configured.Name,
			RecordClass:   configured.RecordClass,
			ResourceTypes: configured.ResourceTypes,
		}
		for _, path := range configured.Units {
			unit, _ := config.UnitAt(path)
			plan.Units = append(plan.Units, landingzone.BackupUnit{Path: path, Key: unit.Key})
		}
		for _, s := range b.Schedules {
			if !slices.Contains(configured.Schedules, s.Name) {
				continue
			}
			plan.Rules = append(plan.Rules, landingzone.BackupRule{
				Key:             s.Name,
				Schedule:        s.Schedule,
				StartMinutes:    s.StartWindowMinutes,
				CompleteMinutes: s.CompletionWindowMinutes,
				RetentionDays:   c.RetentionIn(s, configured.RecordClass),
				ColdDays:        s.ColdStorageAfterDays,
				LocalOnly:       s.LocalOnly,
			})
		}
		plans = append(plans, plan)
	}
	return plans
}

// homeFirst returns the governed regions, home before the others.
func homeFirst(r config.Regions) []string {
	regions := []string{r.Home}
	for _, region := range r.Governed {
		if region != r.Home {
			regions = append(regions, region)
		}
	}
	return regions
}
