package landingzone

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
)

// accountRegion is an account, by its key, in one region.
type accountRegion struct{ key, region string }

func (o *Organization) remember(connected account.Account) {
	if o.connected == nil {
		o.connected = map[accountRegion]account.Account{}
	}
	o.connected[accountRegion{connected.Key, connected.Region}] = connected
}

// connectRegions connects management and the core accounts in every governed
// region, where the baseline has to be put into each; without a baseline, those
// that the network needs where it is. These are as many providers as there are
// core accounts and regions, however many workload accounts there are.
func (o *Organization) connectRegions(ctx *pulumi.Context, args *OrganizationArgs) error {
	o.remember(o.Management)
	if !args.Config.Baseline.Enabled {
		return o.connectNetworkRegions(ctx, args)
	}
	for _, region := range args.Config.Regions.Governed {
		if region == args.Config.Regions.Home {
			continue
		}
		management, err := connectManagementIn(ctx, args, region)
		if err != nil {
			return err
		}
		o.remember(management)
		for _, core := range args.Config.CoreAccounts.All() {
			var connected account.Account
			if err := o.connectCore(ctx, args, core, region, &connected); err != nil {
				return err
			}
		}
	}
	return nil
}

// connectNetworkRegions connects the accounts that a network needs where it is:
// that which owns it and that which keeps its logs.
func (o *Organization) connectNetworkRegions(ctx *pulumi.Context, args *OrganizationArgs) error {
	if !args.Config.Network.Enabled {
		return nil
	}
	for _, network := range args.Config.Network.Regions {
		for _, core := range args.Config.CoreAccounts.All() {
			if core.Key != config.KeyNetwork && core.Key != config.KeyLogArchive {
				continue
			}
			var connected account.Account
			if err := o.connectCore(ctx, args, core, network.Region, &connected); err != nil {
				return err
			}
		}
	}
	return nil
}

// In returns management or a core account, by its key, in a region. Where the
// program is not connected to it the account has no provider.
func (o *Organization) In(key, region string) account.Account {
	return o.connected[accountRegion{key, region}]
}
