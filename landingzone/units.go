package landingzone

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/organizations"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
)

// createUnits creates the organizational units, parents first, and imports
// those to adopt.
func (o *Organization) createUnits(
	ctx *pulumi.Context, name string, organization *organizations.Organization, adopt *config.Adoption,
	child pulumi.ResourceOption,
) error {
	root := organization.Roots.Index(pulumi.Int(0)).Id().Elem()
	o.RootID = root
	o.UnitIDs = map[string]pulumi.StringOutput{}
	o.UnitARNs = map[string]pulumi.StringOutput{}
	for _, unit := range config.Units() {
		parent, nested := o.UnitIDs[unit.Parent()]
		if !nested {
			parent = root
		}
		opts := []pulumi.ResourceOption{child, pulumi.Protect(true), pulumi.RetainOnDelete(true)}
		if adopt != nil && adopt.OrganizationalUnits[unit.Path] != "" {
			opts = append(opts, pulumi.Import(pulumi.ID(adopt.OrganizationalUnits[unit.Path])))
		}
		created, err := organizations.NewOrganizationalUnit(ctx, name+"-"+unit.Key, &organizations.OrganizationalUnitArgs{
			Name:     pulumi.String(unit.Name()),
			ParentId: parent,
		}, opts...)
		if err != nil {
			return fmt.Errorf("%s: %w", unit.Path, err)
		}
		o.UnitIDs[unit.Path] = created.ID().ToStringOutput()
		o.UnitARNs[unit.Path] = created.Arn
	}
	return nil
}
