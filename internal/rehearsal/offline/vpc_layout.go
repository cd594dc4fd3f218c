package offline

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"
	"net/netip"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// The types of subnets. Unused ones take room and are not made.
const (
	public   = "Public"
	private  = "Private"
	isolated = "Isolated"
	unused   = "Unused"
)

// subnetTypes is the order in which awsx makes the subnets of a zone, since NAT
// gateways live in public subnets and private ones need them.
var subnetTypes = []string{public, private, isolated, unused}

// layer is one subnet specification.
type layer struct {
	kind, name string
	blocks     []string // one for each zone, or none
	tags       resource.PropertyMap
}

// subnetSpec is a subnet that is to be made.
type subnetSpec struct {
	kind, name, block string
	tags              resource.PropertyMap
}

// cidrBlock is the VPC's block.
func (v *vpc) cidrBlock() (string, error) {
	block := textOr(v.Inputs["cidrBlock"], "")
	if v.Inputs.HasValue("ipv4IpamPoolId") {
		switch {
		case block == "":
			return "", errors.New("ipv4IpamPoolId: the offline AWS draws no block from a pool: give cidrBlock too")
		case v.Inputs.HasValue("ipv4NetmaskLength"):
			return "", errors.New("ipv4IpamPoolId: give one of cidrBlock and ipv4NetmaskLength")
		}
	}
	if block == "" {
		block = "10.0.0.0/16"
	}
	if whole, err := netip.ParsePrefix(block); err != nil || !whole.Addr().Is4() {
		return "", fmt.Errorf("cidrBlock %q is not an IPv4 block such as 10.0.0.0/16", block)
	}
	return block, nil
}

// layers are the subnet specifications; awsx's default is a private and a
// public one.
func (v *vpc) layers() ([]layer, error) {
	specs := plain(v.Inputs["subnetSpecs"])
	if !specs.IsArray() || len(specs.ArrayValue()) == 0 {
		layers := []layer{{kind: private, name: "private"}, {kind: public, name: "public"}}
		return layers, v.checkStrategy(layers)
	}
	var layers []layer
	for i, item := range specs.ArrayValue() {
		spec := plain(item)
		if !spec.IsObject() {
			return nil, errors.New("subnetSpecs: each entry is an object with a type")
		}
		values := spec.ObjectValue()
		kind := textOr(values["type"], "")
		l := layer{kind: kind, name: textOr(values["name"], strings.ToLower(kind)), blocks: textList(values["cidrBlocks"])}
		if !slices.Contains(subnetTypes, kind) {
			return nil, fmt.Errorf("subnetSpecs: type %q is none of %s", kind, strings.Join(subnetTypes, ", "))
		}
		if tags := plain(values["tags"]); tags.IsObject() {
			l.tags = tags.ObjectValue()
		}
		if n := len(l.blocks); n > 0 && n != len(v.zones) {
			return nil, fmt.Errorf("subnetSpecs[%d]: %s has %d cidrBlocks for %d zones", i, l.name, n, len(v.zones))
		}
		layers = append(layers, l)
	}
	return layers, v.checkStrategy(layers)
}

// checkStrategy: blocks are named for every subnet or for none, and the
// strategy Legacy, awsx's default, would not look at them.
func (v *vpc) checkStrategy(layers []layer) error {
	named := 0
	for _, l := range layers {
		if len(l.blocks) > 0 {
			named++
		}
	}
	strategy := textOr(v.Inputs["subnetStrategy"], "Legacy")
	switch {
	case !slices.Contains([]string{"Legacy", "Auto", "Exact"}, strategy):
		return fmt.Errorf("subnetStrategy %q is none of Auto, Exact, Legacy", strategy)
	case named == 0:
		return nil
	case named < len(layers):
		return errors.New("subnetSpecs: either all have cidrBlocks or none has")
	case strategy == "Legacy":
		return errors.New("subnetStrategy Legacy, the default, ignores cidrBlocks: say Auto")
	}
	return nil
}

// arrange gives each zone its subnets in the order in which awsx makes them.
func (v *vpc) arrange(layers []layer) ([][]subnetSpec, error) {
	blocks, err := divide(v.block, len(v.zones), layers)
	if err != nil {
		return nil, err
	}
	specs := make([][]subnetSpec, len(v.zones))
	var taken []subnetSpec
	for z := range v.zones {
		for i, l := range layers {
			spec := subnetSpec{
				kind: l.kind, name: fmt.Sprintf("%s-%s-%d", v.Name, l.name, z+1), block: blocks[z][i], tags: l.tags,
			}
			if err := disjoint(spec, taken); err != nil {
				return nil, err
			}
			taken = append(taken, spec)
			if l.kind != unused {
				specs[z] = append(specs[z], spec)
			}
		}
		slices.SortStableFunc(specs[z], func(a, b subnetSpec) int {
			return slices.Index(subnetTypes, a.kind) - slices.Index(subnetTypes, b.kind)
		})
	}
	return specs, nil
}

func disjoint(spec subnetSpec, taken []subnetSpec) error {
	block, err := netip.ParsePrefix(spec.block)
	if err != nil {
		return fmt.Errorf("subnetSpecs: %s: %q is no block such as 10.0.0.0/24", spec.name, spec.block)
	}
	for _, other := range taken {
		if p, err := netip.ParsePrefix(other.block); err == nil && p.Overlaps(block) {
			return fmt.Errorf("subnetSpecs: %s, %s, overlaps with %s, %s", spec.name, spec.block, other.name, other.block)
		}
	}
	return nil
}

// divide gives each zone and layer the block that its specification names, or
// one of equal size.
func divide(block string, zones int, layers []layer) ([][]string, error) {
	whole, err := netip.ParsePrefix(block)
	if err != nil {
		return nil, err
	}
	size := whole.Bits() + bits.Len(uint(zones*len(layers)-1))
	start := whole.Masked().Addr().As4()
	blocks := make([][]string, zones)
	for z := range zones {
		for i, layer := range layers {
			if len(layer.blocks) > 0 {
				blocks[z] = append(blocks[z], layer.blocks[z])
				continue
			}
			if size > 28 {
				return nil, fmt.Errorf("cidrBlock %s has no room for %d subnets: AWS's smallest subnet is a /28",
					block, zones*len(layers))
			}
			var at [4]byte
			binary.BigEndian.PutUint32(at[:], binary.BigEndian.Uint32(start[:])+uint32(z*len(layers)+i)<<(32-size))
			blocks[z] = append(blocks[z], netip.PrefixFrom(netip.AddrFrom4(at), size).String())
		}
	}
	return blocks, nil
}

func hasKind(layers []layer, kind string) bool {
	return slices.ContainsFunc(layers, func(l layer) bool { return l.kind == kind })
}

func textOr(v resource.PropertyValue, otherwise string) string {
	if v = plain(v); v.IsString() && v.StringValue() != "" {
		return v.StringValue()
	}
	return otherwise
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
