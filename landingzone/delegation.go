package landingzone

import (
	"fmt"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/organizations"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
)

// delegate registers the delegated administrators one after the other: AWS
// Organizations serializes its writes and refuses concurrent ones. Services
// whose delegation is a resource of their own, such as GuardDuty, are delegated
// where they are set up.
func (o *Organization) delegate(
	ctx *pulumi.Context, name string, delegations []config.Delegation, child pulumi.ResourceOption,
) error {
	o.Delegations = map[string]pulumi.Resource{}
	var previous []pulumi.Resource
	for _, d := range delegations {
		service := strings.TrimSuffix(d.Principal, ".amazonaws.com")
		delegation, err := organizations.NewDelegatedAdministrator(ctx, name+"-"+service,
			&organizations.DelegatedAdministratorArgs{
				AccountId:        o.AccountIDs[d.Account],
				ServicePrincipal: pulumi.String(d.Principal),
			}, child, pulumi.DependsOn(previous))
		if err != nil {
			return fmt.Errorf("%s: %w", d.Principal, err)
		}
		o.Delegations[d.Principal] = delegation
		previous = []pulumi.Resource{delegation}
	}
	return nil
}

// Delegated returns what has to exist before a core account can administer the
// service: nothing, where configuration does not delegate it.
func (o *Organization) Delegated(service string) []pulumi.Resource {
	if delegation, ok := o.Delegations[service]; ok {
		return []pulumi.Resource{delegation}
	}
	return nil
}
