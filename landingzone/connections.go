package landingzone

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
)

// connectManagement connects to the management account with the credentials
// that the program was started with.
func connectManagement(ctx *pulumi.Context, args *OrganizationArgs) (account.Account, error) {
	return connectManagementIn(ctx, args, args.Config.Regions.Home)
}

func connectManagementIn(ctx *pulumi.Context, args *OrganizationArgs, region string) (account.Account, error) {
	return account.Connect(ctx, account.Connection{
		Key:      config.KeyManagement,
		Region:   region,
		ID:       pulumi.String(args.Config.Organization.ManagementAccountID),
		Endpoint: args.Endpoint,
		Tags:     platformTags(args),
	})
}

// connect creates one provider for each core account in the home region, and
// one for the log archive where its second copy is kept. There is none for a
// workload account: each would be a process of several hundred megabytes.
func (o *Organization) connect(ctx *pulumi.Context, args *OrganizationArgs) error {
	home := map[string]*account.Account{
		config.KeyLogArchive:     &o.LogArchive,
		config.KeyAudit:          &o.Audit,
		config.KeyNetwork:        &o.Network,
		config.KeySharedServices: &o.SharedServices,
		config.KeyBackup:         &o.Backup,
	}
	for _, core := range args.Config.CoreAccounts.All() {
		if err := o.connectCore(ctx, args, core, args.Config.Regions.Home, home[core.Key]); err != nil {
			return err
		}
		if core.Key == config.KeyLogArchive && args.ReplicaRegion != "" {
			if err := o.connectCore(ctx, args, core, args.ReplicaRegion, &o.LogArchiveReplica); err != nil {
				return err
			}
		}
		if err := o.connectBackup(ctx, args, core); err != nil {
			return err
		}
	}
	return o.connectRegions(ctx, args)
}

func (o *Organization) connectCore(
	ctx *pulumi.Context, args *OrganizationArgs, core config.NamedCoreAccount, region string, handle *account.Account,
) error {
	if connected, ok := o.connected[accountRegion{core.Key, region}]; ok {
		*handle = connected
		return nil
	}
	connected, err := account.Connect(ctx, account.Connection{
		Key:        core.Key,
		Region:     region,
		ID:         o.AccountIDs[core.Key],
		AccessRole: args.Config.Organization.RoleIn(core.CoreAccount),
		Endpoint:   args.Endpoint,
		Tags:       platformTags(args),
	})
	if err != nil {
		return err
	}
	*handle = connected
	o.remember(connected)
	return nil
}
