package landingzone

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudformation"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
)

const coreBaselineType = "gxp:landingzone:CoreBaseline"

// coreBaseline is the baseline of one core account in one region.
type coreBaseline struct {
	pulumi.ResourceState

	stacks []pulumi.Resource
}

// coreName is the logical name of the baseline of an account and region. Home
// goes without its region, so that it is the same in every organization.
func coreName(name string, core account.Account, home string) string {
	if core.Region == home {
		return name + "-" + core.Key
	}
	return name + "-" + core.Key + "-" + core.Region
}

// newCoreBaseline creates the stacks of the baseline in one core account and
// region: the global one at home alone.
func newCoreBaseline(
	ctx *pulumi.Context, name string, core account.Account, args *BaselineArgs, child pulumi.ResourceOption,
) (*coreBaseline, error) {
	c := &coreBaseline{}
	if err := ctx.RegisterComponentResource(coreBaselineType, name, c, child, pulumi.Provider(core.Provider)); err != nil {
		return nil, err
	}
	for _, set := range args.stackSets() {
		if set.key == "global" && core.Region != args.Regions[0] {
			continue
		}
		if set.key == "regional" {
			// The contacts of core accounts are resources of this program.
			set.parameters = args.Settings.regional(false)
		}
		stack, err := cloudformation.NewStack(ctx, name+"-"+set.key, &cloudformation.StackArgs{
			Name:         pulumi.String(set.stack),
			Capabilities: pulumi.ToStringArray([]string{"CAPABILITY_NAMED_IAM"}),
			Parameters:   set.parameters,
			TemplateBody: pulumi.String(set.template),
			// AWS updates no stack whose creation was rolled back; one that is
			// gone can be made again.
			OnFailure: pulumi.String("DELETE"),
		}, pulumi.Parent(c), pulumi.Protect(true), pulumi.RetainOnDelete(true), pulumi.DependsOn(args.After),
			pulumi.Timeouts(&pulumi.CustomTimeouts{Create: "1h", Update: "1h"}))
		if err != nil {
			return nil, fmt.Errorf("%s of %s in %s: %w", set.stack, core.Key, core.Region, err)
		}
		c.stacks = append(c.stacks, stack)
	}
	return c, ctx.RegisterResourceOutputs(c, pulumi.Map{})
}
