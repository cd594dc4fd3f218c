package landingzone

import (
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2transitgateway"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/route53"
	awsxec2 "github.com/pulumi/pulumi-awsx/sdk/v2/go/awsx/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/netplan"
)

const segmentType = "gxp:landingzone:Segment"

// The tiers of a segment, in the order in which awsx makes them, beside
// tierTransit.
const (
	tierPrivate  = "private"
	tierIsolated = "isolated"
)

// SegmentArgs configures a [Segment]. Every field is required unless it says
// otherwise.
type SegmentArgs struct {
	// Account is the network account in the region.
	Account account.Account

	// Segment is the plan of the segment in the region.
	Segment netplan.Segment

	// Hub is what the segments of the region have in common.
	Hub *Hub

	// UnitARNs holds the ARN of every unit by its path.
	UnitARNs map[string]pulumi.StringOutput

	// After is what must exist before. Optional.
	After []pulumi.Resource
}

// Segment is a part of the network that traffic leaves by the transit gateway
// alone, as far as the segment's own route table there leads: a VPC whose
// subnets the accounts of some units use.
type Segment struct {
	pulumi.ResourceState

	// VPCID is the segment's VPC.
	VPCID pulumi.StringOutput `pulumi:"vpcId"`

	args       *SegmentArgs
	name       string
	vpc        *vpc
	attachment *ec2transitgateway.VpcAttachment
	table      *ec2transitgateway.RouteTable
}

// NewSegment creates a Segment in args.Account.
func NewSegment(ctx *pulumi.Context, name string, args *SegmentArgs, opts ...pulumi.ResourceOption) (*Segment, error) {
	if err := args.validate(); err != nil {
		return nil, fmt.Errorf("segment %s: %w", name, err)
	}
	s := &Segment{args: args, name: name}
	opts = append(slices.Clip(opts), pulumi.Provider(args.Account.Provider))
	if err := ctx.RegisterComponentResource(segmentType, name, s, opts...); err != nil {
		return nil, err
	}
	child := pulumi.Parent(s)
	for _, step := range []func(*pulumi.Context, pulumi.ResourceOption) error{
		s.createVPC, s.createAccessList, s.createGatewayEndpoints, s.createAttachment, s.createRoutes, s.resolve, s.share,
	} {
		if err := step(ctx, child); err != nil {
			return nil, fmt.Errorf("segment %s: %w", name, err)
		}
	}
	return s, ctx.RegisterResourceOutputs(s, pulumi.Map{"vpcId": s.VPCID})
}

func (a *SegmentArgs) validate() error {
	switch {
	case a == nil:
		return errors.New("args are required")
	case a.Account.Provider == nil:
		return errors.New("account has no provider")
	case a.Segment.Name == "":
		return errors.New("segment is required")
	case a.Hub == nil:
		return errors.New("hub is required")
	}
	return nil
}

func (s *Segment) createVPC(ctx *pulumi.Context, child pulumi.ResourceOption) error {
	plan, region := s.args.Segment, s.args.Hub.args.Region
	made, err := newVPC(ctx, plan.Name+"-"+region.Region, vpcArgs{
		account: s.args.Account, block: plan.Block, zones: region.Zones, nat: awsxec2.NatGatewayStrategyNone,
		tags: map[string]string{tagSegment: plan.Name, tagSegmentClass: plan.Classification},
		tiers: []tier{
			{tierPrivate, awsxec2.SubnetTypePrivate, plan.Subnets.Private},
			{tierIsolated, awsxec2.SubnetTypeIsolated, plan.Subnets.Isolated},
			{tierTransit, awsxec2.SubnetTypeIsolated, plan.Subnets.Transit},
		},
	}, child)
	if err != nil {
		return err
	}
	s.vpc, s.VPCID = made, made.id
	return recordVPC(ctx, s.name, made, s.args.Hub.args.Logs, child)
}

// createAttachment joins the VPC to the transit gateway, with a route table of
// its own that says what it was meant to reach.
func (s *Segment) createAttachment(ctx *pulumi.Context, child pulumi.ResourceOption) error {
	plan, hub := s.args.Segment, s.args.Hub
	attachment, err := attach(ctx, s.name, hub.gateway, s.vpc, tierTransit, attachArgs{
		segment: plan.Name, class: plan.Classification,
	}, child)
	if err != nil {
		return err
	}
	s.attachment = attachment
	s.table, err = routeTable(ctx, s.name, hub.gateway, routeTableArgs{
		segment: plan.Name, class: plan.Classification, reaches: s.reaches(),
	}, child)
	if err != nil {
		return err
	}
	return associate(ctx, s.name, s.table, attachment.ID().ToStringOutput(), child)
}

// reaches is what the segment exchanges traffic with in its region.
func (s *Segment) reaches() string {
	all := slices.Clone(s.args.Segment.Peers)
	if s.args.Segment.Internet {
		all = append(all, netplan.Internet)
	}
	if s.hybrid() {
		all = append(all, netplan.OnPremises)
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

// hybrid says whether the segment reaches the company's own network.
func (s *Segment) hybrid() bool { return s.args.Segment.OnPremises && s.args.Hub.args.Region.Hybrid }

// createRoutes creates the routes that concern no other segment: from the
// subnets to the transit gateway, there to the perimeter and nowhere else, and
// back from the perimeter.
func (s *Segment) createRoutes(ctx *pulumi.Context, child pulumi.ResourceOption) error {
	if err := s.subnetRoutes(ctx, child); err != nil {
		return err
	}
	hub := s.args.Hub
	out := hub.attachment.ID().ToStringOutput()
	if err := forwardTo(ctx, s.name+"-perimeter", s.table, hub.args.Region.Perimeter, out, child); err != nil {
		return err
	}
	if s.args.Segment.Internet {
		if err := forwardTo(ctx, s.name+"-out", s.table, netip.MustParsePrefix(everywhereBlock), out, child); err != nil {
			return err
		}
	}
	// What belongs to the organization and has no route of its own goes
	// nowhere, instead of to the perimeter, which could hand it back.
	if err := drop(ctx, s.name+"-rest", s.table, hub.args.Range, child); err != nil {
		return err
	}
	if hub.args.Region.Hybrid && !s.args.Segment.OnPremises {
		for _, block := range hub.args.OnPremises {
			if err := drop(ctx, s.name+"-"+blockKey(block), s.table, block, child); err != nil {
				return err
			}
		}
	}
	return s.backFrom(ctx, tablePerimeter, child)
}

// backFrom leads from a table of the hub to the segment.
func (s *Segment) backFrom(ctx *pulumi.Context, table string, child pulumi.ResourceOption) error {
	return forwardTo(ctx, s.name+"-from-"+table, s.args.Hub.tables[table], s.args.Segment.Block,
		s.attachment.ID().ToStringOutput(), child)
}

// subnetRoutes lead from the subnets to the transit gateway. Isolated subnets
// reach the organization's network alone, whatever the segment may.
func (s *Segment) subnetRoutes(ctx *pulumi.Context, child pulumi.ResourceOption) error {
	hub := s.args.Hub
	network := map[string]string{"network": hub.args.Range.String()}
	private := map[string]string{"out": everywhereBlock}
	if !s.args.Segment.Internet {
		private = map[string]string{"network": hub.args.Range.String()}
		if s.hybrid() {
			for _, block := range hub.args.OnPremises {
				private[blockKey(block)] = block.String()
			}
		}
	}
	for tier, routes := range map[string]map[string]string{tierPrivate: private, tierIsolated: network} {
		for zone, table := range s.vpc.routeTables[tier] {
			for key, block := range routes {
				name := fmt.Sprintf("%s-%s-%d-%s", s.name, tier, zone+1, key)
				if err := toGateway(ctx, name, table, block, hub.gateway, s.attachment, child); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// resolve applies the region's decisions about names to the VPC.
func (s *Segment) resolve(ctx *pulumi.Context, child pulumi.ResourceOption) error {
	hub := s.args.Hub
	if err := hub.resolveIn(ctx, s.name, s.vpc, child); err != nil {
		return err
	}
	for _, z := range hub.zones {
		_, err := route53.NewZoneAssociation(ctx, s.name+"-"+z.service, &route53.ZoneAssociationArgs{
			ZoneId:    z.zone.ZoneId,
			VpcId:     s.vpc.id,
			VpcRegion: pulumi.String(hub.args.Region.Region),
		}, child)
		if err != nil {
			return fmt.Errorf("zone of %s: %w", z.service, err)
		}
	}
	for _, f := range hub.forwards {
		if f.company && !s.hybrid() {
			continue
		}
		_, err := route53.NewResolverRuleAssociation(ctx, s.name+"-"+f.key, &route53.ResolverRuleAssociationArgs{
			Name:           pulumi.String(resolverName(f.key)),
			ResolverRuleId: f.rule.ID(),
			VpcId:          s.vpc.id,
		}, child)
		if err != nil {
			return fmt.Errorf("forward %s: %w", f.key, err)
		}
	}
	return nil
}

// share shares the subnets that workloads use with the units of the segment.
func (s *Segment) share(ctx *pulumi.Context, child pulumi.ResourceOption) error {
	if !s.args.Hub.args.Network.Sharing {
		return nil
	}
	subnets := map[string]pulumi.StringInput{}
	for _, tier := range []string{tierPrivate, tierIsolated} {
		for zone, id := range s.vpc.subnets[tier] {
			subnets[fmt.Sprintf("%s-%d", tier, zone+1)] = pulumi.Sprintf("arn:aws:ec2:%s:%s:subnet/%s",
				s.args.Account.Region, s.args.Account.ID, id)
		}
	}
	return share(ctx, s.name, shareArgs{
		title: "gxp-" + s.name, arns: subnets,
		units: s.args.Segment.Units, unitARNs: s.args.UnitARNs, after: s.args.After,
	}, child)
}
