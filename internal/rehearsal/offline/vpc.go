package offline

import (
	"fmt"
	"maps"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// VPCType is the component of awsx that the offline AWS can construct.
const VPCType = "awsx:ec2:Vpc"

// vpc is a VPC under construction.
type vpc struct {
	Construction
	zones    []string
	block    string
	specs    [][]subnetSpec // by zone
	strategy natStrategy

	made, gateway Registered
	ids           map[string][]resource.PropertyValue // of subnets, by type
	references    map[resource.PropertyKey][]resource.PropertyValue
	nats          []Registered
}

// ConstructVPC makes the resources of an awsx VPC: the VPC, an internet gateway,
// and per availability zone and subnet specification a subnet with a route
// table of its own, with NAT gateways for the private ones. Names, parents,
// inputs and dependencies are those of awsx 2, and so are CIDR blocks that the
// specifications name; others are plausible, not the same. It returns the
// component's outputs.
//
// An error says which argument is missing or wrong; nothing has been made then.
func ConstructVPC(c Construction) (resource.PropertyMap, error) {
	v := &vpc{
		Construction: c,
		ids:          map[string][]resource.PropertyValue{},
		references:   map[resource.PropertyKey][]resource.PropertyValue{},
	}
	if err := v.check(); err != nil {
		return nil, fmt.Errorf("%s %s: %w", VPCType, c.Name, err)
	}
	if err := v.build(); err != nil {
		return nil, err
	}
	return v.outputs(), nil
}

func (v *vpc) check() (err error) {
	if v.Providers["aws"] == "" {
		return fmt.Errorf("no provider of aws was passed: add pulumi.Providers(account.Provider) " +
			"to its options, since a remote component inherits none")
	}
	if v.zones = textList(v.Inputs["availabilityZoneNames"]); len(v.zones) == 0 {
		return fmt.Errorf("availabilityZoneNames is empty: name the zones, since awsx cannot look " +
			"them up with a provider that is not known yet")
	}
	if specs := plain(v.Inputs["vpcEndpointSpecs"]); !specs.IsNull() {
		return fmt.Errorf("vpcEndpointSpecs: the offline AWS makes no endpoints here: make them beside the VPC")
	}
	if v.block, err = v.cidrBlock(); err != nil {
		return err
	}
	layers, err := v.layers()
	if err != nil {
		return err
	}
	if v.strategy, err = v.natStrategy(layers); err != nil {
		return err
	}
	v.specs, err = v.arrange(layers)
	return err
}

func (v *vpc) build() (err error) {
	v.made, err = v.child("vpc", "aws:ec2/vpc:Vpc", v.Name, "", v.vpcInputs(), nil)
	if err != nil {
		return err
	}
	v.gateway, err = v.child("internetGateway", "aws:ec2/internetGateway:InternetGateway", v.Name, v.made.URN, resource.PropertyMap{
		"vpcId": v.made.ID, "tags": v.tags(nil),
	}, map[string][]string{"vpcId": {v.made.URN}})
	if err != nil {
		return err
	}
	for z := range v.zones {
		for _, spec := range v.specs[z] {
			if err := v.subnet(z, spec); err != nil {
				return err
			}
		}
	}
	return nil
}

// passedOn are the arguments that awsx hands to the VPC as they are.
var passedOn = []resource.PropertyKey{
	"assignGeneratedIpv6CidrBlock", "enableDnsHostnames", "enableDnsSupport", "enableNetworkAddressUsageMetrics",
	"instanceTenancy", "ipv4IpamPoolId", "ipv4NetmaskLength", "ipv6CidrBlock", "ipv6CidrBlockNetworkBorderGroup",
	"ipv6IpamPoolId", "ipv6NetmaskLength",
}

func (v *vpc) vpcInputs() resource.PropertyMap {
	inputs := resource.PropertyMap{"cidrBlock": resource.NewProperty(v.block), "tags": v.tags(nil)}
	for _, key := range passedOn {
		if v.Inputs.HasValue(key) {
			inputs[key] = v.Inputs[key]
		}
	}
	return inputs
}

// child makes a child that depends on its parent, except on the component
// itself, and remembers it for an output.
func (v *vpc) child(
	output resource.PropertyKey, typ, name, parent string, inputs resource.PropertyMap, dependsOn map[string][]string,
) (Registered, error) {
	dependsOn = maps.Clone(dependsOn)
	if dependsOn == nil {
		dependsOn = map[string][]string{}
	}
	for key := range inputs {
		// The VPC takes arguments as they are, everything else the tags alone.
		if urns := v.InputDependencies[string(key)]; len(urns) > 0 && (parent == "" || key == "tags") {
			dependsOn[string(key)] = urns
		}
	}
	made, err := v.Register(Child{
		Type: typ, Name: name, Parent: parent, After: parent, Inputs: inputs, DependsOn: dependsOn,
	})
	v.references[output] = append(v.references[output], made.Reference)
	return made, err
}

// subnet makes a subnet with a route table of its own, and what the type of the
// subnet asks for.
func (v *vpc) subnet(zone int, spec subnetSpec) error {
	tags := map[string]string{"Name": spec.name, "SubnetType": spec.kind}
	subnet, err := v.child("subnets", "aws:ec2/subnet:Subnet", spec.name, v.made.URN, resource.PropertyMap{
		"vpcId": v.made.ID, "availabilityZone": resource.NewProperty(v.zones[zone]),
		"cidrBlock": resource.NewProperty(spec.block), "mapPublicIpOnLaunch": resource.NewProperty(spec.kind == public),
		"tags": v.tags(tags, spec.tags),
	}, map[string][]string{"vpcId": {v.made.URN}})
	if err != nil {
		return err
	}
	v.ids[spec.kind] = append(v.ids[spec.kind], subnet.ID)
	table, err := v.child("routeTables", "aws:ec2/routeTable:RouteTable", spec.name, subnet.URN, resource.PropertyMap{
		"vpcId": v.made.ID, "tags": v.tags(tags),
	}, map[string][]string{"vpcId": {v.made.URN}})
	if err != nil {
		return err
	}
	_, err = v.child("routeTableAssociations", "aws:ec2/routeTableAssociation:RouteTableAssociation", spec.name, table.URN,
		resource.PropertyMap{"routeTableId": table.ID, "subnetId": subnet.ID},
		map[string][]string{"routeTableId": {table.URN}, "subnetId": {subnet.URN}})
	if err != nil {
		return err
	}
	return v.wayOut(zone, spec, subnet, table)
}

// tags are the VPC's tags with its name, under those that a resource has
// besides. What own says wins.
func (v *vpc) tags(own map[string]string, more ...resource.PropertyMap) resource.PropertyValue {
	return v.tagged(v.Name, own, more...)
}

func (v *vpc) tagged(name string, own map[string]string, more ...resource.PropertyMap) resource.PropertyValue {
	tags := resource.PropertyMap{"Name": resource.NewProperty(name)}
	switch given := plain(v.Inputs["tags"]); {
	case given.IsComputed():
		return unknown
	case given.IsObject():
		maps.Copy(tags, given.ObjectValue())
	}
	for _, m := range more {
		maps.Copy(tags, m)
	}
	for key, value := range own {
		tags[resource.PropertyKey(key)] = resource.NewProperty(value)
	}
	return resource.NewProperty(tags)
}

// outputs are what the component hands out. awsx also has the layout of the
// subnets, which only says again what the specifications say.
func (v *vpc) outputs() resource.PropertyMap {
	list := func(items []resource.PropertyValue) resource.PropertyValue {
		return resource.NewProperty(append([]resource.PropertyValue{}, items...))
	}
	return resource.PropertyMap{
		"vpcId":                  v.made.ID,
		"vpc":                    v.made.Reference,
		"internetGateway":        v.gateway.Reference,
		"publicSubnetIds":        list(v.ids[public]),
		"privateSubnetIds":       list(v.ids[private]),
		"isolatedSubnetIds":      list(v.ids[isolated]),
		"subnets":                list(v.references["subnets"]),
		"routeTables":            list(v.references["routeTables"]),
		"routeTableAssociations": list(v.references["routeTableAssociations"]),
		"routes":                 list(v.references["routes"]),
		"eips":                   list(v.references["eips"]),
		"natGateways":            list(v.references["natGateways"]),
		"vpcEndpoints":           list(nil),
	}
}
