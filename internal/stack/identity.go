package stack

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/landingzone"
)

// identity creates who may do what, and what finds out about more than that.
// The baseline has to be there before people are let in.
func identity(ctx *pulumi.Context, c *config.Config, o *landingzone.Organization, after ...pulumi.Resource) error {
	id := c.LandingZone.Identity
	if err := accountAccess(ctx, c, o); err != nil {
		return err
	}
	if err := accessAnalysis(ctx, c, o); err != nil {
		return err
	}
	if err := directories(ctx, id, o); err != nil {
		return err
	}
	if !id.Enabled {
		return nil
	}
	_, err := landingzone.NewIdentity(ctx, "identity", &landingzone.IdentityArgs{
		Account:    o.Management,
		Config:     id,
		Rights:     c.LandingZone.AccessRights(),
		AccountIDs: o.AccountIDs,
		NamePrefix: c.LandingZone.Organization.NamePrefix,
		After:      after,
	})
	return err
}

// accountAccess settles the ways into accounts that are not Identity Center:
// passwords, root users, and the role for emergencies.
func accountAccess(ctx *pulumi.Context, c *config.Config, o *landingzone.Organization) error {
	id := c.LandingZone.Identity
	for _, in := range []account.Account{o.Management, o.LogArchive, o.Audit, o.Network, o.SharedServices, o.Backup} {
		_, err := landingzone.NewPasswordPolicy(ctx, "password-policy-"+in.Key, &landingzone.PasswordPolicyArgs{
			Account: in, Rule: id.PasswordPolicy,
		})
		if err != nil {
			return err
		}
	}
	if id.CentralRootAccess {
		_, err := landingzone.NewRootAccess(ctx, "root-access", &landingzone.RootAccessArgs{
			Account: o.Management,
			After:   []pulumi.Resource{o.Resource},
		})
		if err != nil {
			return err
		}
	}
	if len(id.BreakGlassUsers) == 0 {
		return nil
	}
	_, err := landingzone.NewBreakGlass(ctx, "break-glass", &landingzone.BreakGlassArgs{
		Account:   o.Management,
		AccountID: c.LandingZone.Organization.ManagementAccountID,
		Users:     id.BreakGlassUsers,
	})
	return err
}

// accessAnalysis looks for unwanted access in the home region and in every other
// governed one in which the audit account is connected. Rights of IAM, and so
// unused ones, have no region: they are looked for, and paid for, once.
func accessAnalysis(ctx *pulumi.Context, c *config.Config, o *landingzone.Organization) error {
	wanted := c.LandingZone.Identity.AccessAnalyzer
	for _, region := range c.LandingZone.Regions.Governed {
		name, in, here := "access-analysis", o.Audit, wanted
		if region != c.LandingZone.Regions.Home {
			name, in = name+"-"+region, o.In(config.KeyAudit, region)
			here.UnusedAccess = false
		}
		if in.Provider == nil || !here.ExternalAccess && !here.UnusedAccess {
			continue
		}
		_, err := landingzone.NewAccessAnalysis(ctx, name, &landingzone.AccessAnalysisArgs{
			Account: in,
			Config:  here,
			After:   o.Delegated("access-analyzer.amazonaws.com"),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// directories creates what a company may have beside Identity Center.
func directories(ctx *pulumi.Context, id config.Identity, o *landingzone.Organization) error {
	if id.Directory.Type != config.DirectoryNone {
		_, err := landingzone.NewDirectory(ctx, "directory", &landingzone.DirectoryArgs{
			Account: o.SharedServices,
			Config:  id.Directory,
		})
		if err != nil {
			return err
		}
	}
	if id.SAML == nil {
		return nil
	}
	_, err := landingzone.NewSAMLProvider(ctx, "saml", &landingzone.SAMLProviderArgs{
		Account: o.SharedServices,
		Config:  *id.SAML,
	})
	return err
}
