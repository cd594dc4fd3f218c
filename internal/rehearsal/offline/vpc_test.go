package offline

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// construct returns the types and names of what a VPC consists of.
func construct(inputs map[string]any, providers map[string]string) (children []Child, outputs resource.PropertyMap, err error) {
	outputs, err = ConstructVPC(Construction{
		Name: "hub", Inputs: resource.NewPropertyMapFromMap(inputs), Providers: providers,
		Register: func(c Child) (Registered, error) {
			children = append(children, c)
			id := resource.NewProperty(c.Name + "-id")
			return Registered{
				URN: urnOf(c.Type, c.Name), ID: id, Outputs: resource.PropertyMap{"allocationId": id},
				Reference: Reference(urnOf(c.Type, c.Name), id, "1.0.0"),
			}, nil
		},
	})
	return children, outputs, err
}

var passed = map[string]string{"aws": "urn:pulumi:test::sample::pulumi:providers:aws::network::id"}

func TestConstructVPC_MakesSubnetsPerZoneAndSpecification(t *testing.T) {
	children, outputs, err := construct(map[string]any{
		"availabilityZoneNames": []any{"eu-test-1a", "eu-test-1b"},
		"cidrBlock":             "10.8.0.0/16",
		"natGateways":           map[string]any{"strategy": "Single"},
		"subnetSpecs": []any{
			map[string]any{"type": "Isolated"}, map[string]any{"type": "Public"}, map[string]any{"type": "Private"},
		},
	}, passed)
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	var cidrs []string
	for _, c := range children {
		count[c.Type]++
		if c.Type == "aws:ec2/subnet:Subnet" {
			cidrs = append(cidrs, c.Inputs["cidrBlock"].StringValue())
		}
		if _, err := lookup(c.Type); err != nil {
			t.Error(err)
		}
	}
	want := map[string]int{
		"aws:ec2/vpc:Vpc": 1, "aws:ec2/internetGateway:InternetGateway": 1, "aws:ec2/subnet:Subnet": 6,
		"aws:ec2/routeTable:RouteTable": 6, "aws:ec2/routeTableAssociation:RouteTableAssociation": 6,
		"aws:ec2/eip:Eip": 1, "aws:ec2/natGateway:NatGateway": 1, "aws:ec2/route:Route": 4,
	}
	if diff := cmp.Diff(want, count); diff != "" {
		t.Errorf("children differ (-want +got):\n%s", diff)
	}
	slices.Sort(cidrs)
	if len(slices.Compact(cidrs)) != 6 {
		t.Errorf("CIDR blocks are not distinct: %v", cidrs)
	}
	for output, subnets := range map[resource.PropertyKey]int{"publicSubnetIds": 2, "privateSubnetIds": 2, "isolatedSubnetIds": 2} {
		if got := outputs[output].ArrayValue(); len(got) != subnets {
			t.Errorf("%s = %v, want %d", output, got, subnets)
		}
	}
	if outputs["vpcId"].StringValue() != "hub-id" {
		t.Errorf("vpcId = %v", outputs["vpcId"])
	}
}

func TestConstructVPC_HasNoWayOutWithoutPublicSubnetsAndNAT(t *testing.T) {
	children, _, err := construct(map[string]any{
		"availabilityZoneNames": []any{"eu-test-1a"}, "subnetSpecs": []any{map[string]any{"type": "Private"}},
		"natGateways": map[string]any{"strategy": "None"},
	}, passed)
	if err != nil || len(children) != 5 {
		t.Fatalf("%d children, %v, want VPC, internet gateway, subnet, route table and association", len(children), err)
	}
	for _, c := range children {
		if c.Type == "aws:ec2/route:Route" {
			t.Errorf("%s was made", c.Type)
		}
	}
}

// segment is a VPC whose subnets are named out of order.
func segment() map[string]any {
	return map[string]any{
		"availabilityZoneNames": []any{"eu-test-1a", "eu-test-1b"}, "cidrBlock": "10.8.0.0/16", "subnetStrategy": "Auto",
		"enableDnsHostnames": true, "natGateways": map[string]any{"strategy": "OnePerAz"},
		"tags": map[string]any{"owner": "platform"},
		"subnetSpecs": []any{
			map[string]any{"type": "Isolated", "name": "transit", "cidrBlocks": []any{"10.8.0.0/28", "10.8.16.0/28"}},
			map[string]any{"type": "Private", "cidrBlocks": []any{"10.8.1.0/24", "10.8.17.0/24"}},
			map[string]any{"type": "Unused", "cidrBlocks": []any{"10.8.2.0/24", "10.8.18.0/24"}},
			map[string]any{"type": "Isolated", "name": "closed", "cidrBlocks": []any{"10.8.3.0/24", "10.8.19.0/24"}},
			map[string]any{
				"type": "Public", "name": "edge", "cidrBlocks": []any{"10.8.4.0/24", "10.8.20.0/24"},
				"tags": map[string]any{"tier": "edge", "Name": "another"},
			},
		},
	}
}

func TestConstructVPC_NamesAndOrdersChildrenAsAwsx(t *testing.T) {
	children, outputs, err := construct(segment(), passed)
	if err != nil {
		t.Fatal(err)
	}
	got := []string{}
	for _, c := range children {
		above := "component"
		if c.Parent != "" {
			above = string(resource.URN(c.Parent).Type().Name()) + " " + resource.URN(c.Parent).Name()
		}
		if c.After != c.Parent {
			t.Errorf("%s depends on %q, want its parent", c.Name, c.After)
		}
		got = append(got, string(resource.URN(urnOf(c.Type, c.Name)).Type().Name())+" "+c.Name+" in "+above)
	}
	want := []string{
		"Vpc hub in component", "InternetGateway hub in Vpc hub",
		"Subnet hub-edge-1 in Vpc hub", "RouteTable hub-edge-1 in Subnet hub-edge-1",
		"RouteTableAssociation hub-edge-1 in RouteTable hub-edge-1", "Eip hub-1 in Subnet hub-edge-1",
		"NatGateway hub-1 in Subnet hub-edge-1", "Route hub-edge-1 in RouteTable hub-edge-1",
	}
	if diff := cmp.Diff(want, got[:len(want)]); diff != "" {
		t.Errorf("children differ (-want +got):\n%s", diff)
	}
	tables := []string{}
	for _, table := range outputs["routeTables"].ArrayValue() {
		tables = append(tables, table.ResourceReferenceValue().Name)
	}
	want = []string{
		"hub-edge-1", "hub-private-1", "hub-transit-1", "hub-closed-1",
		"hub-edge-2", "hub-private-2", "hub-transit-2", "hub-closed-2",
	}
	if diff := cmp.Diff(want, tables); diff != "" {
		t.Errorf("route tables differ (-want +got):\n%s", diff)
	}
	if id, known := outputs["natGateways"].ArrayValue()[1].ResourceReferenceValue().IDString(); !known || id != "hub-2-id" {
		t.Errorf("the second NAT gateway has id %q", id)
	}
}

func TestConstructVPC_GivesChildrenTheInputsOfAwsx(t *testing.T) {
	children, _, err := construct(segment(), passed)
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]map[string]any{
		"aws:ec2/vpc:Vpc hub": {
			"cidrBlock": "10.8.0.0/16", "enableDnsHostnames": true, "tags": map[string]any{"Name": "hub", "owner": "platform"},
		},
		"aws:ec2/subnet:Subnet hub-edge-2": {
			"vpcId": "hub-id", "availabilityZone": "eu-test-1b", "cidrBlock": "10.8.20.0/24", "mapPublicIpOnLaunch": true,
			"tags": map[string]any{"Name": "hub-edge-2", "SubnetType": "Public", "owner": "platform", "tier": "edge"},
		},
		"aws:ec2/routeTable:RouteTable hub-edge-2": {
			"vpcId": "hub-id", "tags": map[string]any{"Name": "hub-edge-2", "SubnetType": "Public", "owner": "platform"},
		},
		"aws:ec2/eip:Eip hub-2": {"tags": map[string]any{"Name": "hub-2", "owner": "platform"}},
		"aws:ec2/natGateway:NatGateway hub-2": {
			"allocationId": "hub-2-id", "subnetId": "hub-edge-2-id", "tags": map[string]any{"Name": "hub-2", "owner": "platform"},
		},
		"aws:ec2/route:Route hub-private-2": {
			"routeTableId": "hub-private-2-id", "destinationCidrBlock": "0.0.0.0/0", "natGatewayId": "hub-2-id",
		},
	}
	for _, c := range children {
		want, asked := tests[c.Type+" "+c.Name]
		if !asked {
			continue
		}
		delete(tests, c.Type+" "+c.Name)
		if diff := cmp.Diff(want, c.Inputs.Mappable()); diff != "" {
			t.Errorf("inputs of %s differ (-want +got):\n%s", c.Name, diff)
		}
	}
	if len(tests) > 0 {
		t.Errorf("never made: %v", tests)
	}
}

func TestConstructVPC_Refuses(t *testing.T) {
	zone := []any{"eu-test-1a"}
	spec := func(strategy any, specs ...any) map[string]any {
		return map[string]any{
			"availabilityZoneNames": []any{"a", "b"}, "subnetStrategy": strategy, "subnetSpecs": specs,
			"natGateways": map[string]any{"strategy": "None"},
		}
	}
	blocks := func(kind string, blocks ...any) map[string]any {
		return map[string]any{"type": kind, "cidrBlocks": blocks}
	}
	changed := func(key string, value any) map[string]any {
		inputs := segment()
		inputs[key] = value
		return inputs
	}
	tests := map[string]struct {
		inputs    map[string]any
		providers map[string]string
		want      string
	}{
		"no provider":       {map[string]any{"availabilityZoneNames": zone}, nil, "no provider of aws was passed"},
		"no zones":          {map[string]any{}, passed, "availabilityZoneNames is empty"},
		"no block":          {map[string]any{"availabilityZoneNames": zone, "cidrBlock": "10.0.0.0"}, passed, `cidrBlock "10.0.0.0" is not an IPv4 block`},
		"a block too small": {map[string]any{"availabilityZoneNames": zone, "cidrBlock": "10.0.0.0/28"}, passed, "has no room for 2 subnets"},
		"an unknown type":   {map[string]any{"availabilityZoneNames": zone, "subnetSpecs": []any{map[string]any{"type": "Secret"}}}, passed, `type "Secret" is none of`},
		"blocks too few":    {spec("Auto", blocks("Private", "10.0.0.0/24")), passed, "private has 1 cidrBlocks for 2 zones"},
		"blocks for some": {spec("Auto", blocks("Private", "10.0.0.0/24", "10.0.1.0/24"), map[string]any{"type": "Isolated"}), passed,
			"either all have cidrBlocks or none has"},
		"blocks that awsx ignores": {spec(nil, blocks("Private", "10.0.0.0/24", "10.0.1.0/24")), passed, "Legacy, the default, ignores"},
		"blocks that overlap": {spec("Auto", blocks("Private", "10.0.0.0/23", "10.0.1.0/24")), passed,
			"hub-private-2, 10.0.1.0/24, overlaps with hub-private-1, 10.0.0.0/23"},
		"a block that is none":    {spec("Auto", blocks("Private", "10.0.0.0/24", "10.0.1.0")), passed, `"10.0.1.0" is no block`},
		"an unknown strategy":     {spec("Other"), passed, `subnetStrategy "Other" is none of`},
		"NAT without public":      {map[string]any{"availabilityZoneNames": zone, "subnetSpecs": []any{map[string]any{"type": "Private"}}}, passed, "needs both public and private"},
		"an unknown NAT strategy": {changed("natGateways", map[string]any{"strategy": "Two"}), passed, `strategy "Two" is none of`},
		"addresses of its own":    {changed("natGateways", map[string]any{"elasticIpAllocationIds": []any{"e"}}), passed, "takes no elasticIpAllocationIds"},
		"endpoints in the VPC":    {changed("vpcEndpointSpecs", []any{map[string]any{}}), passed, "makes no endpoints here"},
		"a pool without a block":  {map[string]any{"availabilityZoneNames": zone, "ipv4IpamPoolId": "p"}, passed, "give cidrBlock too"},
		"a pool with two block sizes": {map[string]any{
			"availabilityZoneNames": zone, "ipv4IpamPoolId": "p", "cidrBlock": "10.0.0.0/16", "ipv4NetmaskLength": 16,
		}, passed, "give one of cidrBlock and ipv4NetmaskLength"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, _, err := construct(tt.inputs, tt.providers)
			contains(t, err, tt.want)
		})
	}
}
