package landingzone

import (
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/backup"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
)

// laterServices are what AWS Backup reports beside the services that
// configuration knows, in regions that have them.
var laterServices = []string{"Aurora DSQL", "EKS", "Redshift Serverless"}

// optIn lets AWS Backup work with the services in an account and region. AWS
// reports every service and takes only those that the region has, so the ones
// that are not named are left as they are.
func optIn(ctx *pulumi.Context, name string, services []string, opts ...pulumi.ResourceOption) error {
	if len(services) == 0 {
		return nil
	}
	preference := pulumi.BoolMap{}
	for _, service := range services {
		preference[service] = pulumi.Bool(true)
	}
	var others []string
	for _, service := range append(config.BackupServices(), laterServices...) {
		if !slices.Contains(services, service) {
			others = append(others, `resourceTypeOptInPreference["`+service+`"]`)
		}
	}
	_, err := backup.NewRegionSettings(ctx, name, &backup.RegionSettingsArgs{
		ResourceTypeOptInPreference: preference,
	}, append(slices.Clip(opts), pulumi.IgnoreChanges(others))...)
	return err
}

// allowCopies lets backups be copied from one account of the organization to
// another. AWS reports settings that belong to other features too.
func allowCopies(ctx *pulumi.Context, name string, after []pulumi.Resource, child pulumi.ResourceOption) error {
	_, err := backup.NewGlobalSettings(ctx, name, &backup.GlobalSettingsArgs{
		GlobalSettings: pulumi.StringMap{"isCrossAccountBackupEnabled": pulumi.String("true")},
	}, child, pulumi.DependsOn(after), pulumi.Protect(true), pulumi.RetainOnDelete(true), pulumi.IgnoreChanges([]string{
		`globalSettings["isDelegatedAdministratorEnabled"]`, `globalSettings["isMpaEnabled"]`,
	}))
	return err
}
