package landingzone

import (
	"fmt"
	"net/netip"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2transitgateway"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/subnet"
)

// OpenAdmission leads from the VPCs of other accounts in the segment to the
// segment's own VPC. A segment without such VPCs needs no route to itself.
func (s *Segment) OpenAdmission(ctx *pulumi.Context) error {
	err := forwardTo(ctx, s.name+"-to-itself", s.table, s.args.Segment.Block, s.attachment.ID().ToStringOutput(), pulumi.Parent(s))
	if err != nil {
		return fmt.Errorf("segment %s: %w", s.name, err)
	}
	return nil
}

// Admit takes the VPC of another account into the segment: its attachment is
// accepted, follows the segment's own route table, and is reached from wherever
// the segment is. Configuration decides it, so it is reviewed like every change.
// Everything that leads to the segment must be there already.
func (s *Segment) Admit(ctx *pulumi.Context, v config.DedicatedVPC, peers []*Segment) error {
	block, err := subnet.Parse(v.Range)
	if err != nil {
		return fmt.Errorf("dedicated VPC %s: range %s: %w", v.Name, v.Range, err)
	}
	if err := s.admit(ctx, v, block, peers); err != nil {
		return fmt.Errorf("dedicated VPC %s: %w", v.Name, err)
	}
	return nil
}

func (s *Segment) admit(ctx *pulumi.Context, v config.DedicatedVPC, block netip.Prefix, peers []*Segment) error {
	child, name := pulumi.Parent(s), s.name+"-"+v.Name
	accepted, err := ec2transitgateway.NewVpcAttachmentAccepter(ctx, name, &ec2transitgateway.VpcAttachmentAccepterArgs{
		TransitGatewayAttachmentId:                 pulumi.String(v.AttachmentID),
		TransitGatewayDefaultRouteTableAssociation: pulumi.Bool(false),
		TransitGatewayDefaultRouteTablePropagation: pulumi.Bool(false),
		Tags: pulumi.StringMap{
			"Name":          pulumi.String(v.Name),
			tagSegment:      pulumi.String(s.args.Segment.Name),
			tagSegmentClass: pulumi.String(s.args.Segment.Classification),
		},
	}, child, pulumi.Protect(true))
	if err != nil {
		return err
	}
	id := accepted.ID().ToStringOutput()
	if err := associate(ctx, name, s.table, id, child); err != nil {
		return err
	}
	hub := s.args.Hub
	tables := map[string]*ec2transitgateway.RouteTable{
		"own": s.table, tablePerimeter: hub.tables[tablePerimeter],
	}
	if peering := hub.tables[tablePeering]; peering != nil {
		tables[tablePeering] = peering
	}
	for key, table := range tables {
		if err := forwardTo(ctx, name+"-from-"+key, table, block, id, child); err != nil {
			return err
		}
	}
	// Peers reach it by the way by which they reach the segment.
	way := id
	if hub.args.Region.Inspection {
		way = hub.attachment.ID().ToStringOutput()
	}
	for _, peer := range peers {
		if err := forwardTo(ctx, name+"-from-"+peer.args.Segment.Name, peer.table, block, way, child); err != nil {
			return err
		}
	}
	if !s.hybrid() || hub.tables[tableOnPremises] == nil {
		return nil
	}
	return forwardTo(ctx, name+"-from-"+tableOnPremises, hub.tables[tableOnPremises], block, way, child)
}
