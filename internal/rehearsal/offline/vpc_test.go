package offline

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// construct returns the types and names of what a VPC consists of.
func construct(inputs map[string]any, providers map[string]string) (children []Child, outputs resource.PropertyMap, err error) {
	outputs, err = ConstructVPC("hub", resource.NewPropertyMapFromMap(inputs), providers, func(c Child) (Registered, error) {
		children = append(children, c)
		return Registered{URN: urnOf(c.Type, c.Name), ID: resource.NewProperty(c.Name + "-id")}, nil
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

func TestConstructVPC_IsClosedWithoutPublicSubnets(t *testing.T) {
	children, _, err := construct(map[string]any{
		"availabilityZoneNames": []any{"eu-test-1a"}, "subnetSpecs": []any{map[string]any{"type": "Private"}},
	}, passed)
	if err != nil || len(children) != 4 {
		t.Fatalf("%d children, %v, want VPC, subnet, route table and association", len(children), err)
	}
	for _, c := range children {
		if c.Type == "aws:ec2/internetGateway:InternetGateway" || c.Type == "aws:ec2/route:Route" {
			t.Errorf("%s was made", c.Type)
		}
	}
}

func TestConstructVPC_Refuses(t *testing.T) {
	zone := []any{"eu-test-1a"}
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
		"blocks too few": {map[string]any{"availabilityZoneNames": []any{"a", "b"}, "subnetSpecs": []any{
			map[string]any{"type": "Private", "cidrBlocks": []any{"10.0.0.0/24"}},
		}}, passed, "private has 1 cidrBlocks for 2 zones"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, _, err := construct(tt.inputs, tt.providers)
			contains(t, err, tt.want)
		})
	}
}
