package landingzone

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/directconnect"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2transitgateway"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
)

const onPremisesType = "gxp:landingzone:OnPremises"

// OnPremisesArgs configures an [OnPremises].
type OnPremisesArgs struct {
	// Hub is the region that the company's own network is joined to. Required.
	Hub *Hub

	// VPN is the connection, or DirectConnect is: one of the two.
	VPN           *config.VPN
	DirectConnect *config.DirectConnect
}

// OnPremises is the connection of a region to the company's own network.
type OnPremises struct {
	pulumi.ResourceState

	hub        *Hub
	name       string
	attachment pulumi.StringOutput
}

// NewOnPremises creates an OnPremises in the region of args.Hub.
func NewOnPremises(
	ctx *pulumi.Context, name string, args *OnPremisesArgs, opts ...pulumi.ResourceOption,
) (*OnPremises, error) {
	switch {
	case args == nil || args.Hub == nil:
		return nil, fmt.Errorf("on-premises %s: %w", name, errors.New("hub is required"))
	case (args.VPN == nil) == (args.DirectConnect == nil):
		return nil, fmt.Errorf("on-premises %s: %w", name, errors.New("want either a VPN or a Direct Connect"))
	}
	o := &OnPremises{hub: args.Hub, name: name}
	opts = append(slices.Clip(opts), pulumi.Provider(args.Hub.args.Account.Provider))
	if err := ctx.RegisterComponentResource(onPremisesType, name, o, opts...); err != nil {
		return nil, err
	}
	child := pulumi.Parent(o)
	connect := o.connectVPN
	if args.DirectConnect != nil {
		connect = o.connectDirect
	}
	if err := connect(ctx, args, child); err != nil {
		return nil, fmt.Errorf("on-premises %s: %w", name, err)
	}
	if err := o.createRoutes(ctx, child); err != nil {
		return nil, fmt.Errorf("on-premises %s: %w", name, err)
	}
	return o, ctx.RegisterResourceOutputs(o, pulumi.Map{})
}

// connectVPN creates a connection with two tunnels, with the strongest
// algorithms that AWS offers and none of the weaker ones that it accepts unless
// told otherwise. Source: AWS Site-to-Site VPN user guide, "Tunnel options".
func (o *OnPremises) connectVPN(ctx *pulumi.Context, args *OnPremisesArgs, child pulumi.ResourceOption) error {
	gateway := &ec2.CustomerGatewayArgs{
		Type:      pulumi.String("ipsec.1"),
		IpAddress: pulumi.String(args.VPN.Address),
		Tags:      pulumi.StringMap{"Name": pulumi.String(o.name)},
	}
	// AWS has an argument of its own for the larger half of the numbers.
	if number := pulumi.String(strconv.Itoa(args.VPN.ASN)); args.VPN.ASN > math.MaxInt32 {
		gateway.BgpAsnExtended = number
	} else {
		gateway.BgpAsn = number
	}
	router, err := ec2.NewCustomerGateway(ctx, o.name, gateway, child)
	if err != nil {
		return err
	}
	versions := pulumi.StringArray{pulumi.String("ikev2")}
	groups := pulumi.IntArray{pulumi.Int(20), pulumi.Int(21)}
	ciphers := pulumi.StringArray{pulumi.String("AES256-GCM-16")}
	hashes := pulumi.StringArray{pulumi.String("SHA2-384"), pulumi.String("SHA2-512")}
	connection, err := ec2.NewVpnConnection(ctx, o.name, &ec2.VpnConnectionArgs{
		Type:              pulumi.String("ipsec.1"),
		CustomerGatewayId: router.ID(),
		TransitGatewayId:  o.hub.gateway.ID().ToStringOutput().ToStringPtrOutput(),
		// The keys stay out of this program's state.
		PresharedKeyStorage: pulumi.String("SecretsManager"),

		Tunnel1IkeVersions: versions, Tunnel2IkeVersions: versions,
		Tunnel1Phase1DhGroupNumbers: groups, Tunnel2Phase1DhGroupNumbers: groups,
		Tunnel1Phase2DhGroupNumbers: groups, Tunnel2Phase2DhGroupNumbers: groups,
		Tunnel1Phase1EncryptionAlgorithms: ciphers, Tunnel2Phase1EncryptionAlgorithms: ciphers,
		Tunnel1Phase2EncryptionAlgorithms: ciphers, Tunnel2Phase2EncryptionAlgorithms: ciphers,
		Tunnel1Phase1IntegrityAlgorithms: hashes, Tunnel2Phase1IntegrityAlgorithms: hashes,
		Tunnel1Phase2IntegrityAlgorithms: hashes, Tunnel2Phase2IntegrityAlgorithms: hashes,

		Tags: pulumi.StringMap{"Name": pulumi.String(o.name)},
	}, child)
	if err != nil {
		return err
	}
	o.attachment = connection.TransitGatewayAttachmentId
	return nil
}

// connectDirect joins the region to a Direct Connect gateway.
func (o *OnPremises) connectDirect(ctx *pulumi.Context, args *OnPremisesArgs, child pulumi.ResourceOption) error {
	joined, err := directconnect.NewGatewayAssociation(ctx, o.name, &directconnect.GatewayAssociationArgs{
		DxGatewayId:         pulumi.String(args.DirectConnect.GatewayID),
		AssociatedGatewayId: o.hub.gateway.ID().ToStringOutput().ToStringPtrOutput(),
		AllowedPrefixes:     pulumi.StringArray{pulumi.String(o.hub.args.Region.Block.String())},
	}, child, pulumi.Timeouts(&pulumi.CustomTimeouts{Create: "60m", Update: "60m", Delete: "60m"}))
	if err != nil {
		return err
	}
	// AWS makes the attachment; it can be asked for once the association is
	// there.
	found := ec2transitgateway.GetDirectConnectGatewayAttachmentOutput(ctx,
		ec2transitgateway.GetDirectConnectGatewayAttachmentOutputArgs{
			TransitGatewayId: joined.AssociatedGatewayId.ToStringPtrOutput(),
			DxGatewayId:      joined.DxGatewayId.ToStringPtrOutput(),
		}, pulumi.Parent(o))
	o.attachment = found.Id()
	return nil
}

// createRoutes lead from the company's network to the perimeter, where names are
// resolved and endpoints are, and from there back.
func (o *OnPremises) createRoutes(ctx *pulumi.Context, child pulumi.ResourceOption) error {
	h := o.hub
	table, err := routeTable(ctx, o.name, h.gateway, routeTableArgs{segment: tableOnPremises, class: none}, child)
	if err != nil {
		return err
	}
	h.tables[tableOnPremises] = table
	if err := associate(ctx, o.name, table, o.attachment, child); err != nil {
		return err
	}
	err = forwardTo(ctx, o.name+"-perimeter", table, h.args.Region.Perimeter, h.attachment.ID().ToStringOutput(), child)
	if err != nil {
		return err
	}
	if err := drop(ctx, o.name+"-rest", table, h.args.Range, child); err != nil {
		return err
	}
	for _, block := range h.args.OnPremises {
		err := forwardTo(ctx, o.name+"-"+blockKey(block), h.tables[tablePerimeter], block, o.attachment, child)
		if err != nil {
			return err
		}
	}
	return nil
}

// ReachOnPremises lets the segment and the company's own network talk, through
// the inspection where there is one.
func (s *Segment) ReachOnPremises(ctx *pulumi.Context, o *OnPremises) error {
	child := pulumi.Parent(s)
	out, back := o.attachment, s.attachment.ID().ToStringOutput()
	if s.args.Hub.args.Region.Inspection {
		out = s.args.Hub.attachment.ID().ToStringOutput()
		back = out
	}
	for _, block := range s.args.Hub.args.OnPremises {
		if err := forwardTo(ctx, s.name+"-to-"+blockKey(block), s.table, block, out, child); err != nil {
			return fmt.Errorf("segment %s to on-premises: %w", s.name, err)
		}
	}
	err := forwardTo(ctx, s.name+"-from-"+tableOnPremises, s.args.Hub.tables[tableOnPremises], s.args.Segment.Block, back, child)
	if err != nil {
		return fmt.Errorf("segment %s from on-premises: %w", s.name, err)
	}
	return nil
}
