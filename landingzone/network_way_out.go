package landingzone

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/networkfirewall"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// createWayOut gives the perimeter its routes. With inspection everything that
// comes from the transit gateway passes the firewall of its zone, out to the NAT
// gateway there or back to the transit gateway, and what comes back passes the same
// one: an endpoint drops what it saw no beginning of. Configuration demands a NAT
// gateway in each zone for it.
func (h *Hub) createWayOut(ctx *pulumi.Context, child pulumi.ResourceOption) error {
	var wall *networkfirewall.Firewall
	if h.args.Region.Inspection {
		var err error
		if wall, err = h.createFirewall(ctx, child); err != nil {
			return fmt.Errorf("firewall: %w", err)
		}
	}
	for zone := range h.args.Region.PerimeterZones {
		if err := h.zoneRoutes(ctx, zone, wall, child); err != nil {
			return err
		}
	}
	return nil
}

func (h *Hub) zoneRoutes(ctx *pulumi.Context, zone int, wall *networkfirewall.Firewall, child pulumi.ResourceOption) error {
	v, r := h.perimeter, h.args.Region
	table := func(tier string) pulumi.StringOutput { return v.routeTables[tier][zone] }
	name := func(tier, to string) string { return fmt.Sprintf("%s-%s-%d-%s", h.name, tier, zone+1, to) }

	out := &ec2.RouteArgs{RouteTableId: table(tierTransit), DestinationCidrBlock: pulumi.String(everywhereBlock)}
	back := &ec2.RouteArgs{RouteTableId: table(tierPublic), DestinationCidrBlock: pulumi.String(h.args.Range.String())}
	if wall != nil {
		endpoint := firewallEndpoint(wall, r.PerimeterZones[zone])
		out.VpcEndpointId, back.VpcEndpointId = endpoint.ToStringPtrOutput(), endpoint.ToStringPtrOutput()
	} else {
		out.NatGatewayId = v.natGateway(zone, min(r.NATGateways, len(r.PerimeterZones))).ToStringPtrOutput()
		back.TransitGatewayId = h.gateway.ID().ToStringOutput().ToStringPtrOutput()
	}
	for to, route := range map[string]*ec2.RouteArgs{name(tierTransit, "out"): out, name(tierPublic, "back"): back} {
		if _, err := ec2.NewRoute(ctx, to, route, child, pulumi.DependsOn([]pulumi.Resource{h.attachment})); err != nil {
			return err
		}
	}
	for _, tier := range []string{tierFirewall, tierEndpoints} {
		err := toGateway(ctx, name(tier, "network"), table(tier), h.args.Range.String(), h.gateway, h.attachment, child)
		if err != nil {
			return err
		}
		if !r.Hybrid {
			continue
		}
		for _, block := range h.args.OnPremises {
			err := toGateway(ctx, name(tier, blockKey(block)), table(tier), block.String(), h.gateway, h.attachment, child)
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// firewallEndpoint is the firewall's endpoint in a zone. AWS lists them in no
// particular order.
func firewallEndpoint(wall *networkfirewall.Firewall, zone string) pulumi.StringOutput {
	return wall.FirewallStatuses.ApplyT(func(statuses []networkfirewall.FirewallFirewallStatus) (string, error) {
		for _, status := range statuses {
			for _, state := range status.SyncStates {
				if state.AvailabilityZone != nil && *state.AvailabilityZone == zone && len(state.Attachments) > 0 {
					if id := state.Attachments[0].EndpointId; id != nil {
						return *id, nil
					}
				}
			}
		}
		return "", fmt.Errorf("the firewall has no endpoint in %s yet: run the update again", zone)
	}).(pulumi.StringOutput)
}
