package stack

import (
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/netplan"
	"github.com/gxp-landing-zone/gxp-landing-zone/landingzone"
	"github.com/gxp-landing-zone/gxp-landing-zone/logging"
)

// built is the network of one region.
type built struct {
	plan     netplan.Region
	hub      *landingzone.Hub
	segments map[string]*landingzone.Segment
	landing  *logging.NetworkLanding
}

// connected is the network of all regions. The zero value is none.
type connected struct {
	plan      *netplan.Plan
	regions   []*built
	addresses *landingzone.Addresses
}

// peers are the segments of the region that a segment exchanges traffic with.
func (b *built) peers(s netplan.Segment) []*landingzone.Segment {
	var peers []*landingzone.Segment
	for _, name := range s.Peers {
		peers = append(peers, b.segments[name])
	}
	return peers
}

// network builds what connects the accounts: the hubs, the segments, and then
// the ways between them, each of which has been allowed by configuration. landings
// are where the records of each region go. It returns nothing where there is no
// network.
func network(
	ctx *pulumi.Context, c *config.Config, o *landingzone.Organization, landings map[string]*logging.NetworkLanding,
) (connected, error) {
	var n connected
	if !c.LandingZone.Network.Enabled {
		return n, nil
	}
	plan, err := netplan.New(c.LandingZone.Network)
	if err != nil {
		return n, err
	}
	n.plan = plan
	delegation, err := landingzone.NewNetworkDelegation(ctx, "network", &landingzone.NetworkDelegationArgs{
		Management:        o.Management,
		NetworkAccountID:  o.Network.ID,
		Sharing:           c.LandingZone.Network.Sharing,
		AddressManagement: c.LandingZone.Network.AddressManagement,
	})
	if err != nil {
		return n, err
	}
	if c.LandingZone.Network.AddressManagement {
		n.addresses, err = landingzone.NewAddresses(ctx, "addresses", &landingzone.AddressesArgs{
			Account: o.Network, Plan: plan, UnitARNs: o.UnitARNs,
			Sharing: c.LandingZone.Network.Sharing, After: delegation.Ready,
		})
		if err != nil {
			return n, err
		}
	}
	for _, r := range plan.Regions {
		region, err := networkRegion(ctx, c, o, plan, r, landings[r.Region], delegation.Ready)
		if err != nil {
			return n, err
		}
		n.regions = append(n.regions, region)
	}
	if err := peerings(ctx, n.regions); err != nil {
		return n, err
	}
	if err := onPremises(ctx, c.LandingZone.Network.OnPremises, n.regions); err != nil {
		return n, err
	}
	return n, admissions(ctx, n.regions)
}

// networkRegion builds the hub and the segments of one region, and the ways
// between these.
func networkRegion(
	ctx *pulumi.Context, c *config.Config, o *landingzone.Organization, plan *netplan.Plan, r netplan.Region,
	landing *logging.NetworkLanding, after []pulumi.Resource,
) (*built, error) {
	account := o.In(config.KeyNetwork, r.Region)
	hub, err := landingzone.NewHub(ctx, "hub-"+r.Region, &landingzone.HubArgs{
		Account: account, Region: r, Range: plan.Range, OnPremises: plan.OnPremises,
		Network: &c.LandingZone.Network, OrganizationID: o.OrganizationID, UnitARNs: o.UnitARNs,
		Logs:      landingzone.NetworkLogs{BucketARN: landing.BucketARN, Bucket: landing.Bucket, Ready: landing.Ready},
		Exclusion: c.LandingZone.Guardrails.DeclarativePolicies && !c.LandingZone.Guardrails.Staged,
		After:     after,
	})
	if err != nil {
		return nil, err
	}
	region := &built{plan: r, hub: hub, segments: map[string]*landingzone.Segment{}, landing: landing}
	for _, s := range r.Segments {
		segment, err := landingzone.NewSegment(ctx, "segment-"+s.Name+"-"+r.Region, &landingzone.SegmentArgs{
			Account: account, Segment: s, Hub: hub, UnitARNs: o.UnitARNs, After: after,
		})
		if err != nil {
			return nil, err
		}
		region.segments[s.Name] = segment
	}
	for _, s := range r.Segments {
		for _, peer := range region.peers(s) {
			if err := region.segments[s.Name].Reach(ctx, peer); err != nil {
				return nil, err
			}
		}
	}
	return region, nil
}

// peerings joins every region with every other. A segment reaches itself in all
// of them.
func peerings(ctx *pulumi.Context, regions []*built) error {
	if len(regions) < 2 {
		return nil
	}
	for _, r := range regions {
		if err := r.hub.OpenPeering(ctx); err != nil {
			return err
		}
		for _, s := range r.plan.Segments {
			if err := r.segments[s.Name].JoinPeering(ctx); err != nil {
				return err
			}
		}
	}
	for i, from := range regions {
		for _, to := range regions[i+1:] {
			peering, err := landingzone.NewPeering(ctx, "peering-"+from.plan.Region+"-"+to.plan.Region,
				&landingzone.PeeringArgs{From: from.hub, To: to.hub})
			if err != nil {
				return err
			}
			for _, end := range [][2]*built{{from, to}, {to, from}} {
				for _, s := range end[0].plan.Segments {
					if err := end[0].segments[s.Name].ReachRegion(ctx, peering, end[1].plan.Region); err != nil {
						return err
					}
				}
			}
		}
	}
	return nil
}

// onPremises joins the company's own network to the regions that have a
// connection to it.
func onPremises(ctx *pulumi.Context, c config.OnPremises, regions []*built) error {
	for _, r := range regions {
		args := &landingzone.OnPremisesArgs{Hub: r.hub}
		if i := slices.IndexFunc(c.VPNs, func(v config.VPN) bool { return v.Region == r.plan.Region }); i >= 0 {
			args.VPN = &c.VPNs[i]
		}
		if i := slices.IndexFunc(c.DirectConnects, func(d config.DirectConnect) bool { return d.Region == r.plan.Region }); i >= 0 {
			args.DirectConnect = &c.DirectConnects[i]
		}
		if args.VPN == nil && args.DirectConnect == nil {
			continue
		}
		joined, err := landingzone.NewOnPremises(ctx, "on-premises-"+r.plan.Region, args)
		if err != nil {
			return err
		}
		for _, s := range r.plan.Segments {
			if !s.OnPremises {
				continue
			}
			if err := r.segments[s.Name].ReachOnPremises(ctx, joined); err != nil {
				return err
			}
		}
	}
	return nil
}

// admissions take the VPCs of other accounts into their segments. They come last:
// every table that leads to a segment gets a route to these too.
func admissions(ctx *pulumi.Context, regions []*built) error {
	for _, r := range regions {
		for _, s := range r.plan.Segments {
			segment := r.segments[s.Name]
			if len(s.VPCs) > 0 {
				if err := segment.OpenAdmission(ctx); err != nil {
					return err
				}
			}
			for _, v := range s.VPCs {
				if err := segment.Admit(ctx, v, r.peers(s)); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
