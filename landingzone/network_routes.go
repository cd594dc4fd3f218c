package landingzone

import (
	"net/netip"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2transitgateway"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// The tags by which a control tells, years later and from the state alone, what
// a route table was meant to let through.
const (
	tagSegment      = "gxp:segment"
	tagSegmentClass = "gxp:segment-class"
	tagReaches      = "gxp:reaches"
	tagTier         = "gxp:tier"
	tagInspection   = "gxp:inspection"
)

// The route tables of a transit gateway that belong to no segment.
const (
	tablePerimeter  = "perimeter"
	tablePeering    = "peering"
	tableOnPremises = "on-premises"
)

// none is a tag that says that there is nothing to say.
const none = "none"

// routeTableArgs describes a route table of a transit gateway.
type routeTableArgs struct {
	segment, class string

	// reaches names what the segment exchanges traffic with, sorted and
	// separated by spaces; empty for nothing.
	reaches string
}

func routeTable(
	ctx *pulumi.Context, name string, gateway *ec2transitgateway.TransitGateway, args routeTableArgs,
	child pulumi.ResourceOption,
) (*ec2transitgateway.RouteTable, error) {
	if args.reaches == "" {
		args.reaches = none
	}
	return ec2transitgateway.NewRouteTable(ctx, name, &ec2transitgateway.RouteTableArgs{
		TransitGatewayId: gateway.ID(),
		Tags: pulumi.StringMap{
			"Name":          pulumi.String(name),
			tagSegment:      pulumi.String(args.segment),
			tagSegmentClass: pulumi.String(args.class),
			tagReaches:      pulumi.String(args.reaches),
		},
	}, child)
}

func associate(
	ctx *pulumi.Context, name string, table *ec2transitgateway.RouteTable, attachment pulumi.StringInput,
	child pulumi.ResourceOption, opts ...pulumi.ResourceOption,
) error {
	_, err := ec2transitgateway.NewRouteTableAssociation(ctx, name, &ec2transitgateway.RouteTableAssociationArgs{
		TransitGatewayAttachmentId: attachment,
		TransitGatewayRouteTableId: table.ID(),
	}, append(opts, child)...)
	return err
}

// attachArgs describes the attachment of a VPC to a transit gateway.
type attachArgs struct {
	segment, class string
	appliance      bool
}

// attach joins a VPC to a transit gateway, and to none of its tables.
func attach(
	ctx *pulumi.Context, name string, gateway *ec2transitgateway.TransitGateway, v *vpc, tier string, args attachArgs,
	child pulumi.ResourceOption,
) (*ec2transitgateway.VpcAttachment, error) {
	mode := "disable"
	if args.appliance {
		mode = "enable"
	}
	return ec2transitgateway.NewVpcAttachment(ctx, name, &ec2transitgateway.VpcAttachmentArgs{
		TransitGatewayId:     gateway.ID(),
		VpcId:                v.id,
		SubnetIds:            v.subnetsOf(tier),
		ApplianceModeSupport: pulumi.String(mode),
		DnsSupport:           pulumi.String("enable"),
		TransitGatewayDefaultRouteTableAssociation: pulumi.Bool(false),
		TransitGatewayDefaultRouteTablePropagation: pulumi.Bool(false),
		Tags: pulumi.StringMap{
			"Name":          pulumi.String(name),
			tagSegment:      pulumi.String(args.segment),
			tagSegmentClass: pulumi.String(args.class),
		},
	}, child, pulumi.Protect(true))
}

// inPlace is for routes: a table has one for each block, so the old one has to go
// before the new one comes.
var inPlace = pulumi.DeleteBeforeReplace(true)

// forwardTo sends a block that comes into a table to an attachment.
func forwardTo(
	ctx *pulumi.Context, name string, table *ec2transitgateway.RouteTable, block netip.Prefix,
	attachment pulumi.StringInput, child pulumi.ResourceOption, opts ...pulumi.ResourceOption,
) error {
	_, err := ec2transitgateway.NewRoute(ctx, name, &ec2transitgateway.RouteArgs{
		TransitGatewayRouteTableId: table.ID(),
		DestinationCidrBlock:       pulumi.String(block.String()),
		TransitGatewayAttachmentId: attachment.ToStringOutput().ToStringPtrOutput(),
	}, append(opts, child, inPlace)...)
	return err
}

// drop ends the way of a block that comes into a table.
func drop(
	ctx *pulumi.Context, name string, table *ec2transitgateway.RouteTable, block netip.Prefix, child pulumi.ResourceOption,
) error {
	_, err := ec2transitgateway.NewRoute(ctx, name, &ec2transitgateway.RouteArgs{
		TransitGatewayRouteTableId: table.ID(),
		DestinationCidrBlock:       pulumi.String(block.String()),
		Blackhole:                  pulumi.Bool(true),
	}, child, inPlace)
	return err
}

// toGateway sends a block from a route table of a VPC to the transit gateway
// that the VPC is attached to.
func toGateway(
	ctx *pulumi.Context, name string, table pulumi.StringInput, block string, gateway *ec2transitgateway.TransitGateway,
	attachment *ec2transitgateway.VpcAttachment, child pulumi.ResourceOption,
) error {
	_, err := ec2.NewRoute(ctx, name, &ec2.RouteArgs{
		RouteTableId:         table,
		DestinationCidrBlock: pulumi.String(block),
		TransitGatewayId:     gateway.ID(),
	}, child, inPlace, pulumi.DependsOn([]pulumi.Resource{attachment}))
	return err
}

// blockKey is a block as part of a logical name.
func blockKey(block netip.Prefix) string {
	return strings.NewReplacer(".", "-", "/", "-").Replace(block.String())
}
