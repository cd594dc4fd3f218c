package landingzone

import (
	"errors"
	"fmt"
	"net/netip"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/netplan"
)

const addressesType = "gxp:landingzone:Addresses"

// The sizes, as lengths of the prefix, that a dedicated VPC may ask for.
const (
	largestDedicated  = 20
	smallestDedicated = 26
	usualDedicated    = 24
)

// AddressesArgs configures [Addresses]. Every field is required unless it says
// otherwise.
type AddressesArgs struct {
	// Account is the network account in the home region.
	Account account.Account

	// Plan is the network.
	Plan *netplan.Plan

	// UnitARNs holds the ARN of every unit by its path.
	UnitARNs map[string]pulumi.StringOutput

	// Sharing shares the pools of dedicated VPCs with the units of their
	// segment. Optional.
	Sharing bool

	// After is what must exist before. Optional.
	After []pulumi.Resource
}

// Addresses records in IPAM which blocks belong to which region and segment,
// what is in use, and gives dedicated VPCs theirs. The VPCs of segments keep the
// block that configuration allots them; IPAM finds and records them.
type Addresses struct {
	pulumi.ResourceState

	// DedicatedPools holds the id of the pool that dedicated VPCs take their
	// block from, by segment and region such as gxp-prod-eu-central-1.
	DedicatedPools map[string]pulumi.StringOutput
}

// NewAddresses creates Addresses in args.Account.
func NewAddresses(
	ctx *pulumi.Context, name string, args *AddressesArgs, opts ...pulumi.ResourceOption,
) (*Addresses, error) {
	switch {
	case args == nil:
		return nil, fmt.Errorf("addresses %s: %w", name, errors.New("args are required"))
	case args.Account.Provider == nil:
		return nil, fmt.Errorf("addresses %s: %w", name, errors.New("account has no provider"))
	case args.Plan == nil:
		return nil, fmt.Errorf("addresses %s: %w", name, errors.New("plan is required"))
	}
	a := &Addresses{DedicatedPools: map[string]pulumi.StringOutput{}}
	opts = append(slices.Clip(opts), pulumi.Provider(args.Account.Provider))
	if err := ctx.RegisterComponentResource(addressesType, name, a, opts...); err != nil {
		return nil, err
	}
	pools := &pools{ctx: ctx, name: name, child: pulumi.Parent(a)}
	if err := a.create(pools, args); err != nil {
		return nil, fmt.Errorf("addresses %s: %w", name, err)
	}
	return a, ctx.RegisterResourceOutputs(a, pulumi.Map{})
}

func (a *Addresses) create(p *pools, args *AddressesArgs) error {
	var regions ec2.VpcIpamOperatingRegionArray
	// AWS wants the region that it is in among them, also one without a network.
	names := []string{args.Account.Region}
	for _, r := range args.Plan.Regions {
		names = append(names, r.Region)
	}
	slices.Sort(names)
	for _, region := range slices.Compact(names) {
		regions = append(regions, ec2.VpcIpamOperatingRegionArgs{RegionName: pulumi.String(region)})
	}
	ipam, err := ec2.NewVpcIpam(p.ctx, p.name, &ec2.VpcIpamArgs{
		Description:      pulumi.String("All private addresses of the organization."),
		OperatingRegions: regions,
		// Private pools need it. It is charged by address in use.
		Tier: pulumi.String("advanced"),
	}, p.child, pulumi.DependsOn(args.After))
	if err != nil {
		return err
	}
	p.scope = ipam.PrivateDefaultScopeId
	top, err := p.add("", pool{description: "The organization", block: args.Plan.Range})
	if err != nil {
		return err
	}
	for _, r := range args.Plan.Regions {
		regional, err := p.add(r.Region, pool{
			description: "Region " + r.Region, block: r.Block, locale: r.Region, source: top,
		})
		if err != nil {
			return err
		}
		_, err = p.add("perimeter-"+r.Region, pool{
			description: "The perimeter in " + r.Region, block: r.Perimeter, locale: r.Region, source: regional, records: true,
		})
		if err != nil {
			return err
		}
		for _, s := range r.Segments {
			if err := a.segment(p, args, r, s, regional); err != nil {
				return err
			}
		}
	}
	return nil
}

// segment adds the pools of one segment in one region.
func (a *Addresses) segment(p *pools, args *AddressesArgs, r netplan.Region, s netplan.Segment, regional *provisioned) error {
	key := s.Name + "-" + r.Region
	_, err := p.add(key, pool{
		description: "Segment " + s.Name + " in " + r.Region, block: s.Block, locale: r.Region, source: regional,
		segment: s.Name, class: s.Classification, records: true,
	})
	if err != nil || !s.Dedicated.IsValid() {
		return err
	}
	dedicated, err := p.add(key+"-dedicated", pool{
		description: "Dedicated VPCs of " + s.Name + " in " + r.Region, block: s.Dedicated, locale: r.Region, source: regional,
		segment: s.Name, class: s.Classification, gives: true,
	})
	if err != nil {
		return err
	}
	a.DedicatedPools[key] = dedicated.pool.ID().ToStringOutput()
	if !args.Sharing {
		return nil
	}
	return share(p.ctx, p.name+"-"+key, shareArgs{
		title: "gxp-addresses-" + key, arns: map[string]pulumi.StringInput{"pool": dedicated.pool.Arn},
		units: s.Units, unitARNs: args.UnitARNs, after: args.After,
	}, p.child)
}

// pool is a part of the organization's range.
type pool struct {
	description string
	block       netip.Prefix
	locale      string
	source      *provisioned

	// segment and class are those of the segment that it is for. Optional.
	segment, class string

	// records takes VPCs in that have a block of the pool already.
	records bool

	// gives hands blocks out to those who ask for a size.
	gives bool
}

// provisioned is a pool together with its block, without which nothing can be
// taken from it.
type provisioned struct {
	pool  *ec2.VpcIpamPool
	block *ec2.VpcIpamPoolCidr
}

type pools struct {
	ctx   *pulumi.Context
	name  string
	child pulumi.ResourceOption
	scope pulumi.StringInput
}

func (p *pools) add(key string, of pool) (*provisioned, error) {
	name := p.name
	if key != "" {
		name += "-" + key
	}
	labels := pulumi.StringMap{"Name": pulumi.String(name)}
	if of.segment != "" {
		labels[tagSegment], labels[tagSegmentClass] = pulumi.String(of.segment), pulumi.String(of.class)
	}
	args := &ec2.VpcIpamPoolArgs{
		AddressFamily: pulumi.String("ipv4"),
		Description:   pulumi.String(of.description),
		IpamScopeId:   p.scope,
		Tags:          labels,
	}
	if of.locale != "" {
		args.Locale = pulumi.String(of.locale)
	}
	opts := []pulumi.ResourceOption{p.child, pulumi.Protect(true)}
	if of.source != nil {
		args.SourceIpamPoolId = of.source.pool.ID()
		opts = append(opts, pulumi.DependsOn([]pulumi.Resource{of.source.block}))
	}
	if of.records {
		args.AutoImport = pulumi.Bool(true)
	}
	if of.gives {
		args.AllocationMinNetmaskLength = pulumi.Int(largestDedicated)
		args.AllocationMaxNetmaskLength = pulumi.Int(smallestDedicated)
		args.AllocationDefaultNetmaskLength = pulumi.Int(usualDedicated)
	}
	made, err := ec2.NewVpcIpamPool(p.ctx, name, args, opts...)
	if err != nil {
		return nil, fmt.Errorf("pool %s: %w", name, err)
	}
	block, err := ec2.NewVpcIpamPoolCidr(p.ctx, name, &ec2.VpcIpamPoolCidrArgs{
		IpamPoolId: made.ID(),
		Cidr:       pulumi.String(of.block.String()),
	}, p.child, pulumi.Protect(true))
	if err != nil {
		return nil, fmt.Errorf("pool %s: block: %w", name, err)
	}
	return &provisioned{made, block}, nil
}
