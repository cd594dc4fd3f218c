package landingzone

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
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
// region, where the baseline has to be put into each. These are as many
// providers as there are core accounts and regions, however many workload
// accounts there are.
func (o *Organization) connectRegions(ctx *pulumi.Context, args *OrganizationArgs) error {
	o.remember(o.Management)
	if !args.Config.Baseline.Enabled {
		return nil
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

// In returns management or a core account, by its key, in a region. Where the
// program is not connected to it the account has no provider.
func (o *Organization) In(key, region string) account.Account {
	return o.connected[accountRegion{key, region}]
}
