package offline

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// natStrategy says how many NAT gateways a VPC has.
type natStrategy string

const (
	noNAT      natStrategy = "None"
	oneNAT     natStrategy = "Single"
	natPerZone natStrategy = "OnePerAz"
)

// natStrategy is what the caller says, or one NAT gateway per zone, as awsx
// does it. awsx refuses NAT gateways that nothing needs or that have no place.
func (v *vpc) natStrategy(layers []layer) (natStrategy, error) {
	strategy := natPerZone
	if gateways := plain(v.Inputs["natGateways"]); gateways.IsObject() {
		strategy = natStrategy(textOr(gateways.ObjectValue()["strategy"], string(natPerZone)))
		if gateways.ObjectValue().HasValue("elasticIpAllocationIds") {
			return "", fmt.Errorf("natGateways: the offline AWS takes no elasticIpAllocationIds: let awsx make the addresses")
		}
	}
	switch strategy {
	case noNAT:
	case oneNAT, natPerZone:
		if !hasKind(layers, public) || !hasKind(layers, private) {
			return "", fmt.Errorf("natGateways: the strategy %s, which is %s unless you name one, needs both public and private "+
				"subnets: declare both, or say %s", strategy, natPerZone, noNAT)
		}
	default:
		return "", fmt.Errorf("natGateways: the strategy %q is none of %s, %s, %s", strategy, noNAT, oneNAT, natPerZone)
	}
	return strategy, nil
}

// wayOut gives a subnet the route that awsx gives its type, and a public one
// the NAT gateway that the strategy wants there.
func (v *vpc) wayOut(zone int, spec subnetSpec, subnet, table Registered) error {
	switch spec.kind {
	case public:
		if v.wantsNAT(zone) {
			if err := v.nat(zone, subnet); err != nil {
				return err
			}
		}
		return v.route(spec.name, table, "gatewayId", v.gateway)
	case private:
		switch v.strategy {
		case oneNAT:
			return v.route(spec.name, table, "natGatewayId", v.nats[0])
		case natPerZone:
			return v.route(spec.name, table, "natGatewayId", v.nats[zone])
		}
	}
	return nil
}

func (v *vpc) wantsNAT(zone int) bool {
	switch v.strategy {
	case oneNAT:
		return len(v.nats) == 0
	case natPerZone:
		return len(v.nats) <= zone
	}
	return false
}

// nat makes a NAT gateway with an address of its own.
func (v *vpc) nat(zone int, subnet Registered) error {
	name := fmt.Sprintf("%s-%d", v.Name, zone+1)
	tags := v.tagged(name, map[string]string{"Name": name})
	address, err := v.child("eips", "aws:ec2/eip:Eip", name, subnet.URN, resource.PropertyMap{"tags": tags}, nil)
	if err != nil {
		return err
	}
	allocation := address.Outputs["allocationId"]
	if allocation.IsNull() {
		allocation = unknown
	}
	made, err := v.child("natGateways", "aws:ec2/natGateway:NatGateway", name, subnet.URN, resource.PropertyMap{
		"allocationId": allocation, "subnetId": subnet.ID, "tags": tags,
	}, map[string][]string{"allocationId": {address.URN}, "subnetId": {subnet.URN}})
	v.nats = append(v.nats, made)
	return err
}

// route sends what has no other way to a gateway.
func (v *vpc) route(name string, table Registered, property string, gateway Registered) error {
	_, err := v.child("routes", "aws:ec2/route:Route", name, table.URN, resource.PropertyMap{
		"routeTableId": table.ID, "destinationCidrBlock": resource.NewProperty("0.0.0.0/0"),
		resource.PropertyKey(property): gateway.ID,
	}, map[string][]string{"routeTableId": {table.URN}, property: {gateway.URN}})
	return err
}
