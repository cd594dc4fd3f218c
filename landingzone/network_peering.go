package landingzone

import (
	"errors"
	"fmt"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2transitgateway"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

const peeringType = "gxp:landingzone:Peering"

// PeeringArgs configures a [Peering]. Every field is required.
type PeeringArgs struct {
	// From asks for the peering and To accepts it.
	From, To *Hub
}

// Peering joins the transit gateways of two regions. Over it a segment reaches
// itself in the other region, and nothing else.
type Peering struct {
	pulumi.ResourceState

	args     *PeeringArgs
	accepted *ec2transitgateway.PeeringAttachmentAccepter
	id       pulumi.StringOutput
}

// NewPeering creates a Peering: the request in the region of args.From, the
// acceptance in that of args.To.
func NewPeering(ctx *pulumi.Context, name string, args *PeeringArgs, opts ...pulumi.ResourceOption) (*Peering, error) {
	if args == nil || args.From == nil || args.To == nil {
		return nil, fmt.Errorf("peering %s: %w", name, errors.New("from and to are required"))
	}
	p := &Peering{args: args}
	from, to := args.From.args.Account, args.To.args.Account
	opts = append(slices.Clip(opts), pulumi.Provider(from.Provider))
	if err := ctx.RegisterComponentResource(peeringType, name, p, opts...); err != nil {
		return nil, err
	}
	child := pulumi.Parent(p)
	asked, err := ec2transitgateway.NewPeeringAttachment(ctx, name, &ec2transitgateway.PeeringAttachmentArgs{
		TransitGatewayId:     args.From.gateway.ID(),
		PeerTransitGatewayId: args.To.gateway.ID(),
		PeerRegion:           pulumi.String(to.Region),
		PeerAccountId:        to.ID.ToStringPtrOutput(),
		Tags:                 pulumi.StringMap{"Name": pulumi.String(name)},
	}, child, pulumi.Protect(true))
	if err != nil {
		return nil, fmt.Errorf("peering %s: %w", name, err)
	}
	p.id = asked.ID().ToStringOutput()
	p.accepted, err = ec2transitgateway.NewPeeringAttachmentAccepter(ctx, name, &ec2transitgateway.PeeringAttachmentAccepterArgs{
		TransitGatewayAttachmentId: p.id,
		Tags:                       pulumi.StringMap{"Name": pulumi.String(name)},
	}, child, pulumi.Provider(to.Provider))
	if err != nil {
		return nil, fmt.Errorf("peering %s: acceptance: %w", name, err)
	}
	for _, end := range []*Hub{args.From, args.To} {
		key := name + "-" + end.args.Region.Region
		err := associate(ctx, key, end.tables[tablePeering], p.id, child,
			pulumi.Provider(end.args.Account.Provider), p.after())
		if err != nil {
			return nil, fmt.Errorf("peering %s: %w", name, err)
		}
	}
	return p, ctx.RegisterResourceOutputs(p, pulumi.Map{})
}

// after makes a resource wait until both ends agree.
func (p *Peering) after() pulumi.ResourceOption {
	return pulumi.DependsOn([]pulumi.Resource{p.accepted})
}

// OpenPeering creates the table that what comes from other regions follows.
func (h *Hub) OpenPeering(ctx *pulumi.Context) error {
	child := pulumi.Parent(h)
	table, err := routeTable(ctx, h.name+"-"+tablePeering, h.gateway, routeTableArgs{segment: tablePeering, class: none}, child)
	if err != nil {
		return fmt.Errorf("hub %s: peering: %w", h.name, err)
	}
	h.tables[tablePeering] = table
	return drop(ctx, h.name+"-"+tablePeering+"-rest", table, h.args.Range, child)
}

// JoinPeering leads from the other regions to the segment.
func (s *Segment) JoinPeering(ctx *pulumi.Context) error {
	return s.backFrom(ctx, tablePeering, pulumi.Parent(s))
}

// ReachRegion lets the segment send to itself in the region at the other end of
// a peering.
func (s *Segment) ReachRegion(ctx *pulumi.Context, p *Peering, region string) error {
	for _, block := range s.args.Segment.Remote[region] {
		name := s.name + "-to-" + region + "-" + blockKey(block)
		if err := forwardTo(ctx, name, s.table, block, p.id, pulumi.Parent(s), p.after()); err != nil {
			return fmt.Errorf("segment %s to %s: %w", s.name, region, err)
		}
	}
	return nil
}
