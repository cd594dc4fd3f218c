package landingzone

import (
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strconv"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2transitgateway"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/route53"
	awsxec2 "github.com/pulumi/pulumi-awsx/sdk/v2/go/awsx/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/netplan"
)

const hubType = "gxp:landingzone:Hub"

// The tiers of a perimeter, in the order in which awsx makes them.
const (
	tierPublic    = "public"
	tierFirewall  = "firewall"
	tierTransit   = "transit"
	tierEndpoints = "endpoints"
)

// everywhereBlock is every IPv4 address.
const everywhereBlock = "0.0.0.0/0"

// HubArgs configures a [Hub]. Every field is required unless it says otherwise.
type HubArgs struct {
	// Account is the network account in the region.
	Account account.Account

	// Region is the plan of the region's network.
	Region netplan.Region

	// Range is all that the organization uses, OnPremises what the company
	// uses elsewhere. OnPremises is optional.
	Range      netip.Prefix
	OnPremises []netip.Prefix

	// Network is the configuration of what the segments may reach.
	Network *config.Network

	// OrganizationID is whose principals and resources endpoints serve.
	OrganizationID pulumi.StringInput

	// UnitARNs holds the ARN of every unit by its path.
	UnitARNs map[string]pulumi.StringOutput

	// Logs is where flows, alerts and queries are recorded.
	Logs NetworkLogs

	// Exclusion excludes the perimeter from the organization's setting that
	// blocks internet gateways. Optional: nothing is blocked without it.
	Exclusion bool

	// After is what must exist before. Optional.
	After []pulumi.Resource
}

// Hub is what the segments of a region have in common: the transit gateway that
// joins them, and the perimeter with the one way out, its inspection and the
// endpoints of AWS's services.
type Hub struct {
	pulumi.ResourceState

	// TransitGatewayID is the gateway that segments and dedicated VPCs attach to.
	TransitGatewayID pulumi.StringOutput `pulumi:"transitGatewayId"`

	args       *HubArgs
	name       string
	gateway    *ec2transitgateway.TransitGateway
	perimeter  *vpc
	attachment *ec2transitgateway.VpcAttachment
	tables     map[string]*ec2transitgateway.RouteTable
	zones      []hostedZone
	queryLog   *route53.ResolverQueryLogConfig
	dnsRules   *route53.ResolverFirewallRuleGroup
	forwards   []forward
}

// NewHub creates a Hub in args.Account.
func NewHub(ctx *pulumi.Context, name string, args *HubArgs, opts ...pulumi.ResourceOption) (*Hub, error) {
	if err := args.validate(); err != nil {
		return nil, fmt.Errorf("hub %s: %w", name, err)
	}
	h := &Hub{args: args, name: name, tables: map[string]*ec2transitgateway.RouteTable{}}
	opts = append(slices.Clip(opts), pulumi.Provider(args.Account.Provider))
	if err := ctx.RegisterComponentResource(hubType, name, h, opts...); err != nil {
		return nil, err
	}
	child := pulumi.Parent(h)
	for _, step := range []func(*pulumi.Context, pulumi.ResourceOption) error{
		h.createGateway, h.createPerimeter, h.createWayOut, h.createEndpoints, h.createResolver, h.shareGateway,
	} {
		if err := step(ctx, child); err != nil {
			return nil, fmt.Errorf("hub %s: %w", name, err)
		}
	}
	return h, ctx.RegisterResourceOutputs(h, pulumi.Map{"transitGatewayId": h.TransitGatewayID})
}

func (a *HubArgs) validate() error {
	switch {
	case a == nil:
		return errors.New("args are required")
	case a.Account.Provider == nil:
		return errors.New("account has no provider")
	case a.Region.Region == "":
		return errors.New("region is required")
	case a.Network == nil:
		return errors.New("network is required")
	case a.OrganizationID == nil:
		return errors.New("organizationID is required")
	case a.Logs.BucketARN == nil || a.Logs.Bucket == nil:
		return errors.New("logs are required")
	}
	return nil
}

// createGateway creates the transit gateway. It takes nobody in by itself and
// gives nobody a route by itself: both would join segments that nobody meant to
// join.
func (h *Hub) createGateway(ctx *pulumi.Context, child pulumi.ResourceOption) error {
	gateway, err := ec2transitgateway.NewTransitGateway(ctx, h.name, &ec2transitgateway.TransitGatewayArgs{
		Description:                  pulumi.String("Joins the segments of " + h.args.Region.Region),
		AmazonSideAsn:                pulumi.Int(h.args.Region.ASN),
		AutoAcceptSharedAttachments:  pulumi.String("disable"),
		DefaultRouteTableAssociation: pulumi.String("disable"),
		DefaultRouteTablePropagation: pulumi.String("disable"),
		DnsSupport:                   pulumi.String("enable"),
		VpnEcmpSupport:               pulumi.String("enable"),
		Tags:                         pulumi.StringMap{"Name": pulumi.String(h.name)},
	}, child, pulumi.Protect(true), pulumi.DependsOn(h.args.After))
	if err != nil {
		return err
	}
	h.gateway, h.TransitGatewayID = gateway, gateway.ID().ToStringOutput()
	return nil
}

// createPerimeter creates the VPC with the way out, and attaches it. Appliance
// mode keeps both directions of a connection in one zone, since a firewall that
// sees half of it drops it.
func (h *Hub) createPerimeter(ctx *pulumi.Context, child pulumi.ResourceOption) error {
	r := h.args.Region
	strategy := awsxec2.NatGatewayStrategySingle
	if r.NATGateways >= len(r.PerimeterZones) {
		strategy = awsxec2.NatGatewayStrategyOnePerAz
	}
	perimeter, err := newVPC(ctx, "perimeter-"+r.Region, vpcArgs{
		account: h.args.Account, block: r.Perimeter, zones: r.PerimeterZones, nat: strategy,
		tags: map[string]string{
			tagSegment: tablePerimeter, tagSegmentClass: none, tagInspection: strconv.FormatBool(r.Inspection),
		},
		tiers: []tier{
			{tierPublic, awsxec2.SubnetTypePublic, r.PerimeterSubnets.Public},
			// Private, so that awsx gives it the way to the NAT gateways.
			{tierFirewall, awsxec2.SubnetTypePrivate, r.PerimeterSubnets.Firewall},
			{tierTransit, awsxec2.SubnetTypeIsolated, r.PerimeterSubnets.Transit},
			{tierEndpoints, awsxec2.SubnetTypeIsolated, r.PerimeterSubnets.Endpoints},
		},
	}, child)
	if err != nil {
		return err
	}
	h.perimeter = perimeter
	if err := recordVPC(ctx, h.name, perimeter, h.args.Logs, child); err != nil {
		return err
	}
	if h.args.Exclusion {
		_, err := ec2.NewVpcBlockPublicAccessExclusion(ctx, h.name, &ec2.VpcBlockPublicAccessExclusionArgs{
			VpcId: perimeter.id,
			// What is asked for comes back; nothing comes in by itself.
			InternetGatewayExclusionMode: pulumi.String("allow-egress"),
		}, child)
		if err != nil {
			return err
		}
	}
	h.attachment, err = attach(ctx, h.name, h.gateway, perimeter, tierTransit, attachArgs{
		segment: tablePerimeter, class: none, appliance: true,
	}, child)
	if err != nil {
		return err
	}
	return h.addTable(ctx, tablePerimeter, h.attachment.ID().ToStringOutput(), child)
}

// addTable creates the route table that what comes out of an attachment follows.
func (h *Hub) addTable(ctx *pulumi.Context, place string, attachment pulumi.StringInput, child pulumi.ResourceOption) error {
	table, err := routeTable(ctx, h.name+"-"+place, h.gateway, routeTableArgs{segment: place, class: none}, child)
	if err != nil {
		return err
	}
	h.tables[place] = table
	return associate(ctx, h.name+"-"+place, table, attachment, child)
}

// shareGateway shows the transit gateway to the units whose accounts may attach
// a VPC of their own.
func (h *Hub) shareGateway(ctx *pulumi.Context, child pulumi.ResourceOption) error {
	var units []string
	for _, s := range h.args.Region.Segments {
		if s.Dedicated.IsValid() {
			units = append(units, s.Units...)
		}
	}
	if len(units) == 0 || !h.args.Network.Sharing {
		return nil
	}
	return share(ctx, h.name, shareArgs{
		title: "gxp-" + h.name, arns: map[string]pulumi.StringInput{"gateway": h.gateway.Arn},
		units: units, unitARNs: h.args.UnitARNs, after: h.args.After,
	}, child)
}
