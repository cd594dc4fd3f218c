package offline

import (
	"errors"
	"fmt"
	"math/bits"
	"net/netip"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// VPCType is the component of awsx that the offline AWS can construct.
const VPCType = "awsx:ec2:Vpc"

// Child is a resource that a remote component makes.
type Child struct {
	Type, Name string
	Inputs     resource.PropertyMap

	// DependsOn are, by property, the URNs that its inputs come from.
	DependsOn map[string][]string
}

// Registered is a child that exists.
type Registered struct {
	URN     string
	ID      resource.PropertyValue
	Outputs resource.PropertyMap
}

// vpc is a VPC under construction.
type vpc struct {
	name     string
	inputs   resource.PropertyMap
	register func(Child) (Registered, error)
	outputs  resource.PropertyMap
}

// ConstructVPC makes the resources of an awsx VPC: the VPC, an internet gateway
// where there are public subnets, and per availability zone and subnet
// specification a subnet and a route table, with NAT gateways for the private
// ones. It is what awsx makes in kind and number; names and CIDR blocks are
// plausible, not the same. It returns the component's outputs.
//
// An error says which argument is missing; providers is what the caller handed
// to the component.
func ConstructVPC(
	name string, inputs resource.PropertyMap, providers map[string]string, register func(Child) (Registered, error),
) (resource.PropertyMap, error) {
	if providers["aws"] == "" {
		return nil, fmt.Errorf("%s %s: no provider of aws was passed: add pulumi.Providers(account.Provider) "+
			"to its options, since a remote component inherits none", VPCType, name)
	}
	zones := textList(inputs["availabilityZoneNames"])
	if len(zones) == 0 {
		return nil, fmt.Errorf("%s %s: availabilityZoneNames is empty: name the zones, since awsx cannot look "+
			"them up with a provider that is not known yet", VPCType, name)
	}
	v := &vpc{name: name, inputs: inputs, register: register, outputs: resource.PropertyMap{}}
	return v.outputs, v.build(zones)
}

// layer is one subnet specification.
type layer struct {
	kind, name string
	cidrs      []string
}

func (v *vpc) build(zones []string) error {
	layers, err := v.layers()
	if err != nil {
		return err
	}
	block := textOr(v.inputs["cidrBlock"], "10.0.0.0/16")
	cidrs, err := divide(block, len(zones), layers)
	if err != nil {
		return fmt.Errorf("%s %s: %w", VPCType, v.name, err)
	}
	made, err := v.child("aws:ec2/vpc:Vpc", v.name, resource.PropertyMap{
		"cidrBlock":          resource.NewProperty(block),
		"enableDnsHostnames": boolOr(v.inputs["enableDnsHostnames"], true),
		"enableDnsSupport":   boolOr(v.inputs["enableDnsSupport"], true),
		"tags":               v.tags(v.name),
	}, nil)
	if err != nil {
		return err
	}
	v.outputs["vpcId"] = made.ID
	var gateway, nat Registered
	if hasKind(layers, "Public") {
		gateway, err = v.child("aws:ec2/internetGateway:InternetGateway", v.name, resource.PropertyMap{
			"vpcId": made.ID, "tags": v.tags(v.name),
		}, map[string][]string{"vpcId": {made.URN}})
		if err != nil {
			return err
		}
	}
	ids := map[string][]resource.PropertyValue{"Public": {}, "Private": {}, "Isolated": {}}
	strategy := v.natStrategy(layers)
	for z, zone := range zones {
		for l, layer := range layers {
			name := fmt.Sprintf("%s-%s-%d", v.name, layer.name, z+1)
			subnet, table, err := v.subnet(made, name, zone, cidrs[z][l], layer.kind)
			if err != nil {
				return err
			}
			ids[layer.kind] = append(ids[layer.kind], subnet.ID)
			switch layer.kind {
			case "Public":
				if err := v.route(name, table, "gatewayId", gateway); err != nil {
					return err
				}
				if strategy == "OnePerAz" || strategy == "Single" && nat.URN == "" {
					if nat, err = v.nat(name, subnet); err != nil {
						return err
					}
				}
			case "Private":
				if nat.URN == "" {
					continue
				}
				if err := v.route(name, table, "natGatewayId", nat); err != nil {
					return err
				}
			}
		}
	}
	v.outputs["publicSubnetIds"] = resource.NewProperty(ids["Public"])
	v.outputs["privateSubnetIds"] = resource.NewProperty(ids["Private"])
	v.outputs["isolatedSubnetIds"] = resource.NewProperty(ids["Isolated"])
	return nil
}

func (v *vpc) child(typ, name string, inputs resource.PropertyMap, dependsOn map[string][]string) (Registered, error) {
	return v.register(Child{Type: typ, Name: name, Inputs: inputs, DependsOn: dependsOn})
}

// subnet makes a subnet with a route table of its own.
func (v *vpc) subnet(of Registered, name, zone, cidr, kind string) (subnet, table Registered, err error) {
	fromVPC := map[string][]string{"vpcId": {of.URN}}
	subnet, err = v.child("aws:ec2/subnet:Subnet", name, resource.PropertyMap{
		"vpcId": of.ID, "availabilityZone": resource.NewProperty(zone), "cidrBlock": resource.NewProperty(cidr),
		"mapPublicIpOnLaunch": resource.NewProperty(kind == "Public"), "tags": v.tags(name),
	}, fromVPC)
	if err != nil {
		return subnet, table, err
	}
	table, err = v.child("aws:ec2/routeTable:RouteTable", name, resource.PropertyMap{
		"vpcId": of.ID, "tags": v.tags(name),
	}, fromVPC)
	if err != nil {
		return subnet, table, err
	}
	_, err = v.child("aws:ec2/routeTableAssociation:RouteTableAssociation", name, resource.PropertyMap{
		"routeTableId": table.ID, "subnetId": subnet.ID,
	}, map[string][]string{"routeTableId": {table.URN}, "subnetId": {subnet.URN}})
	return subnet, table, err
}

// route sends what has no other way to a gateway.
func (v *vpc) route(name string, table Registered, property string, gateway Registered) error {
	_, err := v.child("aws:ec2/route:Route", name, resource.PropertyMap{
		"routeTableId": table.ID, "destinationCidrBlock": resource.NewProperty("0.0.0.0/0"),
		resource.PropertyKey(property): gateway.ID,
	}, map[string][]string{"routeTableId": {table.URN}, property: {gateway.URN}})
	return err
}

func (v *vpc) nat(name string, subnet Registered) (Registered, error) {
	address, err := v.child("aws:ec2/eip:Eip", name, resource.PropertyMap{
		"domain": resource.NewProperty("vpc"), "tags": v.tags(name),
	}, nil)
	if err != nil {
		return Registered{}, err
	}
	return v.child("aws:ec2/natGateway:NatGateway", name, resource.PropertyMap{
		"allocationId": address.ID, "subnetId": subnet.ID, "tags": v.tags(name),
	}, map[string][]string{"allocationId": {address.URN}, "subnetId": {subnet.URN}})
}

// layers are the subnet specifications; awsx's default is a private and a
// public one. Public ones come first, since NAT gateways live in them.
func (v *vpc) layers() ([]layer, error) {
	specs := plain(v.inputs["subnetSpecs"])
	if !specs.IsArray() || len(specs.ArrayValue()) == 0 {
		return []layer{{kind: "Public", name: "public"}, {kind: "Private", name: "private"}}, nil
	}
	var public, rest []layer
	for _, item := range specs.ArrayValue() {
		spec := plain(item)
		if !spec.IsObject() {
			return nil, errors.New("subnetSpecs: each entry is an object with a type")
		}
		kind := textOr(spec.ObjectValue()["type"], "")
		l := layer{
			kind: kind, name: textOr(spec.ObjectValue()["name"], strings.ToLower(kind)),
			cidrs: textList(spec.ObjectValue()["cidrBlocks"]),
		}
		switch kind {
		case "Public":
			public = append(public, l)
		case "Private", "Isolated", "Unused":
			rest = append(rest, l)
		default:
			return nil, fmt.Errorf("subnetSpecs: type %q is none of Public, Private, Isolated, Unused", kind)
		}
	}
	return append(public, rest...), nil
}

// natStrategy is None unless there are both private subnets that need NAT
// gateways and public ones to put them in.
func (v *vpc) natStrategy(layers []layer) string {
	if !hasKind(layers, "Public") || !hasKind(layers, "Private") {
		return "None"
	}
	if gateways := plain(v.inputs["natGateways"]); gateways.IsObject() {
		return textOr(gateways.ObjectValue()["strategy"], "OnePerAz")
	}
	return "OnePerAz"
}

func (v *vpc) tags(name string) resource.PropertyValue {
	tags := resource.PropertyMap{}
	if own := plain(v.inputs["tags"]); own.IsObject() {
		tags = own.ObjectValue().Copy()
	}
	tags["Name"] = resource.NewProperty(name)
	return resource.NewProperty(tags)
}

// divide gives each zone and layer a block of its own, of equal size unless the
// specification names it.
func divide(block string, zones int, layers []layer) ([][]string, error) {
	whole, err := netip.ParsePrefix(block)
	if err != nil || !whole.Addr().Is4() {
		return nil, fmt.Errorf("cidrBlock %q is not an IPv4 block such as 10.0.0.0/16", block)
	}
	size := whole.Bits() + bits.Len(uint(zones*len(layers)-1))
	if size > 28 {
		return nil, fmt.Errorf("cidrBlock %s has no room for %d subnets: AWS's smallest subnet is a /28", block, zones*len(layers))
	}
	start := whole.Masked().Addr().As4()
	first := uint32(start[0])<<24 | uint32(start[1])<<16 | uint32(start[2])<<8 | uint32(start[3])
	cidrs := make([][]string, zones)
	for z := range zones {
		for l, layer := range layers {
			if len(layer.cidrs) > 0 {
				if len(layer.cidrs) != zones {
					return nil, fmt.Errorf("subnetSpecs: %s has %d cidrBlocks for %d zones", layer.name, len(layer.cidrs), zones)
				}
				cidrs[z] = append(cidrs[z], layer.cidrs[z])
				continue
			}
			at := first + uint32(z*len(layers)+l)<<(32-size)
			address := netip.AddrFrom4([4]byte{byte(at >> 24), byte(at >> 16), byte(at >> 8), byte(at)})
			cidrs[z] = append(cidrs[z], netip.PrefixFrom(address, size).String())
		}
	}
	return cidrs, nil
}

func hasKind(layers []layer, kind string) bool {
	for _, l := range layers {
		if l.kind == kind {
			return true
		}
	}
	return false
}

func textOr(v resource.PropertyValue, otherwise string) string {
	if v = plain(v); v.IsString() && v.StringValue() != "" {
		return v.StringValue()
	}
	return otherwise
}

func boolOr(v resource.PropertyValue, otherwise bool) resource.PropertyValue {
	if v = plain(v); v.IsBool() || v.IsComputed() {
		return v
	}
	return resource.NewProperty(otherwise)
}

func textList(v resource.PropertyValue) []string {
	var out []string
	if v = plain(v); v.IsArray() {
		for _, item := range v.ArrayValue() {
			if text := textOr(item, ""); text != "" {
				out = append(out, text)
			}
		}
	}
	return out
}
