package landingzone

import (
	"fmt"
	"net/netip"

	awsxec2 "github.com/pulumi/pulumi-awsx/sdk/v2/go/awsx/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
)

// awsxVersion is the version of the plugin that makes VPCs: that of the SDK in
// go.mod.
const awsxVersion = "2.22.0"

// awsxVPC is awsx's component as the network needs it. awsx's own type demands
// its children typed, which they are not while the program only renders itself.
type awsxVPC struct {
	pulumi.ResourceState

	VPCID       pulumi.StringOutput `pulumi:"vpcId"`
	Subnets     pulumi.ArrayOutput  `pulumi:"subnets"`
	RouteTables pulumi.ArrayOutput  `pulumi:"routeTables"`
	NATGateways pulumi.ArrayOutput  `pulumi:"natGateways"`
}

// tier is one kind of subnet, with a block for each zone.
type tier struct {
	name   string
	kind   awsxec2.SubnetType
	blocks []netip.Prefix
}

// vpcArgs describes a VPC.
type vpcArgs struct {
	account account.Account
	block   netip.Prefix
	zones   []string
	nat     awsxec2.NatGatewayStrategy
	tags    map[string]string

	// tiers are in the order in which awsx makes them: public, private,
	// isolated. What is wanted of a subnet is found by its place.
	tiers []tier
}

// vpc is a VPC with its subnets and route tables, each by tier and zone.
type vpc struct {
	component   *awsxVPC
	id          pulumi.StringOutput
	subnets     map[string][]pulumi.StringOutput
	routeTables map[string][]pulumi.StringOutput
	zones       int
}

// newVPC creates a VPC by awsx. Ranges and zones are given, so that nothing is
// looked up and nothing moves when a zone is added.
func newVPC(ctx *pulumi.Context, name string, args vpcArgs, parent pulumi.ResourceOption) (*vpc, error) {
	block, strategy := args.block.String(), awsxec2.SubnetAllocationStrategyAuto
	var specs []awsxec2.SubnetSpecArgs
	for _, t := range args.tiers {
		specs = append(specs, awsxec2.SubnetSpecArgs{
			Type: t.kind, Name: &t.name, CidrBlocks: texts(t.blocks), Tags: pulumi.StringMap{tagTier: pulumi.String(t.name)},
		})
	}
	component := &awsxVPC{}
	// A remote component inherits no provider from its parent in the SDK.
	err := ctx.RegisterRemoteComponentResource("awsx:ec2:Vpc", name, &awsxec2.VpcArgs{
		CidrBlock:             &block,
		AvailabilityZoneNames: args.zones,
		EnableDnsHostnames:    pulumi.Bool(true),
		EnableDnsSupport:      pulumi.Bool(true),
		SubnetStrategy:        &strategy,
		SubnetSpecs:           specs,
		NatGateways:           &awsxec2.NatGatewayConfigurationArgs{Strategy: args.nat},
		Tags:                  pulumi.ToStringMap(args.tags),
	}, component, parent, pulumi.Providers(args.account.Provider), pulumi.Version(awsxVersion), pulumi.Protect(true))
	if err != nil {
		return nil, fmt.Errorf("vpc %s: %w", name, err)
	}
	v := &vpc{
		component: component, id: component.VPCID, zones: len(args.zones),
		subnets: map[string][]pulumi.StringOutput{}, routeTables: map[string][]pulumi.StringOutput{},
	}
	for place, t := range args.tiers {
		for zone := range args.zones {
			at := zone*len(args.tiers) + place
			v.subnets[t.name] = append(v.subnets[t.name], idAt(component.Subnets, at))
			v.routeTables[t.name] = append(v.routeTables[t.name], idAt(component.RouteTables, at))
		}
	}
	return v, nil
}

// natGateway is the NAT gateway that serves a zone.
func (v *vpc) natGateway(zone, count int) pulumi.StringOutput {
	return idAt(v.component.NATGateways, min(zone, count-1))
}

// tables are the route tables of some tiers, zone by zone.
func (v *vpc) tables(tiers ...string) pulumi.StringArray { return inputs(v.routeTables, tiers) }

// subnetsOf are the subnets of some tiers, zone by zone.
func (v *vpc) subnetsOf(tiers ...string) pulumi.StringArray { return inputs(v.subnets, tiers) }

func inputs(ids map[string][]pulumi.StringOutput, tiers []string) pulumi.StringArray {
	var all pulumi.StringArray
	for _, t := range tiers {
		for _, id := range ids[t] {
			all = append(all, id)
		}
	}
	return all
}

// idAt is the id of one of the resources that a remote component made.
func idAt(resources pulumi.ArrayOutput, place int) pulumi.StringOutput {
	return resources.ApplyT(func(made []any) (pulumi.StringOutput, error) {
		if place >= len(made) {
			return pulumi.StringOutput{}, fmt.Errorf("awsx made %d resources where %d were expected", len(made), place+1)
		}
		resource, ok := made[place].(pulumi.CustomResource)
		if !ok {
			return pulumi.StringOutput{}, fmt.Errorf("awsx answered with %T where a resource was expected", made[place])
		}
		return resource.ID().ToStringOutput(), nil
	}).(pulumi.StringOutput)
}

// texts writes blocks as AWS does.
func texts(blocks []netip.Prefix) []string {
	written := make([]string, len(blocks))
	for i, b := range blocks {
		written[i] = b.String()
	}
	return written
}
