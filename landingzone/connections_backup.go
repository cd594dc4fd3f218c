package landingzone

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
)

// connectBackup connects to the backup account where its second vault is.
func (o *Organization) connectBackup(ctx *pulumi.Context, args *OrganizationArgs, core config.NamedCoreAccount) error {
	backup := args.Config.Backup
	if core.Key != config.KeyBackup || !backup.Enabled || backup.ReplicaRegion == "" {
		return nil
	}
	return o.connectCore(ctx, args, core, backup.ReplicaRegion, &o.BackupReplica)
}
