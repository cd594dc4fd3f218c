package offline_test

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2transitgateway"
	awsx "github.com/pulumi/pulumi-awsx/sdk/v2/go/awsx/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal/offline"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal/offline/offlinetest"
)

// remoteVPC is what a program reads of a VPC of awsx.
type remoteVPC struct {
	pulumi.ResourceState

	VPCID             pulumi.StringOutput      `pulumi:"vpcId"`
	IsolatedSubnetIDs pulumi.StringArrayOutput `pulumi:"isolatedSubnetIds"`
	RouteTables       pulumi.ArrayOutput       `pulumi:"routeTables"`
	VPC               pulumi.AnyOutput         `pulumi:"vpc"`
}

// segment makes a VPC and sends everything that leaves it to a transit gateway.
func segment(ctx *pulumi.Context) error {
	provider, err := aws.NewProvider(ctx, "network", &aws.ProviderArgs{Region: pulumi.String("eu-test-1")})
	if err != nil {
		return err
	}
	gateway, err := ec2transitgateway.NewTransitGateway(ctx, "hub", nil, pulumi.Provider(provider))
	if err != nil {
		return err
	}
	strategy := awsx.SubnetAllocationStrategyAuto
	vpc := &remoteVPC{}
	err = ctx.RegisterRemoteComponentResource(offline.VPCType, "segment", &awsx.VpcArgs{
		AvailabilityZoneNames: []string{"eu-test-1a", "eu-test-1b"},
		CidrBlock:             pulumi.StringRef("10.8.0.0/16"), SubnetStrategy: &strategy,
		NatGateways: &awsx.NatGatewayConfigurationArgs{Strategy: awsx.NatGatewayStrategyNone},
		Tags:        pulumi.StringMap{"gateway": gateway.ID().ToStringOutput()},
		SubnetSpecs: []awsx.SubnetSpecArgs{{
			Type: awsx.SubnetTypeIsolated, Name: pulumi.StringRef("transit"), CidrBlocks: []string{"10.8.0.0/28", "10.8.0.16/28"},
		}},
	}, vpc, pulumi.Providers(provider), pulumi.Version("2.22.0"))
	if err != nil {
		return err
	}
	attachment, err := ec2transitgateway.NewVpcAttachment(ctx, "segment", &ec2transitgateway.VpcAttachmentArgs{
		TransitGatewayId: gateway.ID(), VpcId: vpc.VPCID, SubnetIds: vpc.IsolatedSubnetIDs,
	}, pulumi.Provider(provider))
	if err != nil {
		return err
	}
	for i, name := range []string{"first", "second"} {
		table := vpc.RouteTables.ApplyT(func(all []any) pulumi.IDOutput {
			return all[i].(pulumi.CustomResource).ID()
		}).(pulumi.IDOutput)
		_, err = ec2.NewRoute(ctx, name, &ec2.RouteArgs{
			RouteTableId: table, DestinationCidrBlock: pulumi.String("0.0.0.0/0"), TransitGatewayId: gateway.ID(),
		}, pulumi.Provider(provider), pulumi.DependsOn([]pulumi.Resource{attachment}))
		if err != nil {
			return err
		}
	}
	ctx.Export("vpc", vpc.VPC.ApplyT(func(v any) pulumi.IDOutput { return v.(pulumi.CustomResource).ID() }))
	return nil
}

func TestEngine_HandsOutTheResourcesOfARemoteComponent(t *testing.T) {
	engine := offlinetest.NewEngine(t, offline.New(offline.Options{}))
	if _, out, err := engine.Preview(segment); err != nil {
		t.Fatalf("preview while no id is known: %v\n%s", err, out)
	}
	engine.MustUp(segment)
	tables, routes, exported := map[string]string{}, map[string]string{}, ""
	for _, r := range engine.State() {
		switch r.Type {
		case "aws:ec2/routeTable:RouteTable":
			tables[r.URN.Name()] = string(r.ID)
		case "aws:ec2/route:Route":
			routes[r.URN.Name()], _ = r.Inputs["routeTableId"].(string)
		case "pulumi:pulumi:Stack":
			exported, _ = r.Outputs["vpc"].(string)
		}
	}
	for route, table := range map[string]string{"first": "segment-transit-1", "second": "segment-transit-2"} {
		if tables[table] == "" || routes[route] != tables[table] {
			t.Errorf("the route %s is in table %q, want %q of %s", route, routes[route], tables[table], table)
		}
	}
	if !strings.HasPrefix(exported, "vpc-0") {
		t.Errorf("the VPC that was handed out has id %q", exported)
	}
	if again, out, err := engine.Preview(segment); err != nil || len(again) != 1 || again[apitype.OpSame] == 0 {
		t.Errorf("second preview = %v, %v, want no change\n%s", again, err, out)
	}
	if err := engine.Destroy(); err != nil {
		t.Errorf("destroy: %v", err)
	}
}
