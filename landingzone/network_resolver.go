package landingzone

import (
	"crypto/sha256"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/route53"
	awsvpc "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/vpc"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/subnet"
)

const dnsPort = 53

// forward is a domain of the company together with the rule that leads to its
// name servers.
type forward struct {
	key  string
	rule *route53.ResolverRule

	// company says that some of the servers are in the company's own network:
	// names are resolved for segments that reach it alone.
	company bool
}

// createResolver creates what decides about names: the record of every query,
// what is not resolved, and the ways to and from the company's name servers.
func (h *Hub) createResolver(ctx *pulumi.Context, child pulumi.ResourceOption) error {
	dns := h.args.Network.DNS
	if dns.QueryLogging {
		log, err := route53.NewResolverQueryLogConfig(ctx, h.name, &route53.ResolverQueryLogConfigArgs{
			Name:           pulumi.String("gxp-" + h.name),
			DestinationArn: h.args.Logs.BucketARN,
		}, child, pulumi.DependsOn(h.args.Logs.Ready))
		if err != nil {
			return fmt.Errorf("query log: %w", err)
		}
		h.queryLog = log
	}
	if dns.Firewall {
		if err := h.createDNSFirewall(ctx, child); err != nil {
			return fmt.Errorf("dns firewall: %w", err)
		}
	}
	if err := h.resolveIn(ctx, h.name, h.perimeter, child); err != nil {
		return err
	}
	return h.createResolverEndpoints(ctx, child)
}

// resolveIn applies the decisions about names to a VPC.
func (h *Hub) resolveIn(ctx *pulumi.Context, name string, v *vpc, child pulumi.ResourceOption) error {
	if h.queryLog != nil {
		_, err := route53.NewResolverQueryLogConfigAssociation(ctx, name, &route53.ResolverQueryLogConfigAssociationArgs{
			ResolverQueryLogConfigId: h.queryLog.ID(),
			ResourceId:               v.id,
		}, child)
		if err != nil {
			return fmt.Errorf("query log: %w", err)
		}
	}
	if h.dnsRules == nil {
		return nil
	}
	// Where the firewall cannot answer, neither does the resolver.
	_, err := route53.NewResolverFirewallConfig(ctx, name, &route53.ResolverFirewallConfigArgs{
		ResourceId:       v.id,
		FirewallFailOpen: pulumi.String("DISABLED"),
	}, child)
	if err != nil {
		return fmt.Errorf("dns firewall: %w", err)
	}
	_, err = route53.NewResolverFirewallRuleGroupAssociation(ctx, name, &route53.ResolverFirewallRuleGroupAssociationArgs{
		Name:                pulumi.String("gxp-" + name),
		FirewallRuleGroupId: h.dnsRules.ID(),
		VpcId:               v.id,
		// AWS keeps the first hundred for itself.
		Priority:           pulumi.Int(101),
		MutationProtection: pulumi.String("ENABLED"),
	}, child)
	if err != nil {
		return fmt.Errorf("dns firewall: %w", err)
	}
	return nil
}

// createDNSFirewall creates the list of rules: AWS's lists of bad names, the
// company's own, and where nothing inspects traffic, only allowed names.
func (h *Hub) createDNSFirewall(ctx *pulumi.Context, child pulumi.ResourceOption) error {
	group, err := route53.NewResolverFirewallRuleGroup(ctx, h.name, &route53.ResolverFirewallRuleGroupArgs{
		Name: pulumi.String("gxp-" + h.name),
	}, child)
	if err != nil {
		return err
	}
	h.dnsRules = group
	for i, id := range h.args.Network.DNS.ManagedLists[h.args.Region.Region] {
		if err := h.dnsRule(ctx, "managed-"+id, 100+i, pulumi.String(id), "BLOCK", child); err != nil {
			return err
		}
	}
	lists := []domainList{{"blocked", 200, "BLOCK", h.args.Network.DNS.BlockedDomains}}
	if !h.args.Region.Inspection {
		lists = append(lists, domainList{"allowed", 300, "ALLOW", h.resolvable()}, domainList{"rest", 400, "BLOCK", []string{"*"}})
	}
	for _, list := range lists {
		if len(list.domains) == 0 {
			continue
		}
		made, err := route53.NewResolverFirewallDomainList(ctx, h.name+"-"+list.key, &route53.ResolverFirewallDomainListArgs{
			Name:    pulumi.String("gxp-" + h.name + "-" + list.key),
			Domains: pulumi.ToStringArray(list.domains),
		}, child)
		if err != nil {
			return err
		}
		if err := h.dnsRule(ctx, list.key, list.priority, made.ID(), list.action, child); err != nil {
			return err
		}
	}
	return nil
}

// domainList is what is done with some names, in its place among the others. The
// names have no dot at the end: the provider reads them back without.
type domainList struct {
	key      string
	priority int
	action   string
	domains  []string
}

func (h *Hub) dnsRule(
	ctx *pulumi.Context, key string, priority int, list pulumi.StringInput, action string, child pulumi.ResourceOption,
) error {
	args := &route53.ResolverFirewallRuleArgs{
		Name:                 pulumi.String("gxp-" + key),
		FirewallRuleGroupId:  h.dnsRules.ID(),
		FirewallDomainListId: list,
		Action:               pulumi.String(action),
		Priority:             pulumi.Int(priority),
	}
	switch action {
	case "BLOCK":
		args.BlockResponse = pulumi.String("NXDOMAIN")
	case "ALLOW":
		// An allowed name may be another's alias, as most in the internet are.
		args.FirewallDomainRedirectionAction = pulumi.String("TRUST_REDIRECTION_DOMAIN")
	}
	_, err := route53.NewResolverFirewallRule(ctx, h.name+"-"+key, args, child)
	return err
}

// resolvable are the names that are resolved where nothing inspects traffic:
// those that are allowed, those of AWS and of the VPCs themselves, and those of
// the company.
func (h *Hub) resolvable() []string {
	names := []string{"*.amazonaws.com", "*.internal", "*.in-addr.arpa"}
	for _, domain := range h.args.Network.AllowedDomains {
		if bare, below := strings.CutPrefix(domain, "."); below {
			names = append(names, "*."+bare, bare)
			continue
		}
		names = append(names, domain)
	}
	for _, f := range h.args.Network.DNS.Forward {
		names = append(names, "*."+f.Domain, f.Domain)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// createResolverEndpoints creates the ways between the resolver and the
// company's own name servers.
func (h *Hub) createResolverEndpoints(ctx *pulumi.Context, child pulumi.ResourceOption) error {
	dns, r := h.args.Network.DNS, h.args.Region
	if slices.Contains(dns.Inbound, r.Region) {
		var company []string
		for _, block := range h.args.OnPremises {
			company = append(company, block.String())
		}
		if _, err := h.resolverEndpoint(ctx, "inbound", company, child); err != nil {
			return err
		}
	}
	return h.createForwards(ctx, child)
}

// createForwards creates the way to name servers, and a rule for each domain that
// has one which is reached from the region.
func (h *Hub) createForwards(ctx *pulumi.Context, child pulumi.ResourceOption) error {
	reached := map[string][]nameServer{}
	var blocks []string
	for _, f := range h.args.Network.DNS.Forward {
		servers, err := h.nameServers(f)
		if err != nil {
			return fmt.Errorf("forward %s: %w", f.Domain, err)
		}
		reached[f.Domain] = servers
		for _, server := range servers {
			blocks = append(blocks, server.address+"/32")
		}
	}
	if len(blocks) == 0 {
		return nil
	}
	slices.Sort(blocks)
	outbound, err := h.resolverEndpoint(ctx, "outbound", slices.Compact(blocks), child)
	if err != nil {
		return err
	}
	for _, f := range h.args.Network.DNS.Forward {
		if len(reached[f.Domain]) == 0 {
			continue
		}
		made, err := h.createForward(ctx, f.Domain, reached[f.Domain], outbound, child)
		if err != nil {
			return fmt.Errorf("forward %s: %w", f.Domain, err)
		}
		h.forwards = append(h.forwards, made)
	}
	return nil
}

func (h *Hub) createForward(
	ctx *pulumi.Context, domain string, servers []nameServer, outbound *route53.ResolverEndpoint, child pulumi.ResourceOption,
) (forward, error) {
	made := forward{key: domainKey(domain)}
	var targets route53.ResolverRuleTargetIpArray
	for _, server := range servers {
		targets = append(targets, route53.ResolverRuleTargetIpArgs{Ip: pulumi.String(server.address), Port: pulumi.Int(dnsPort)})
		made.company = made.company || server.company
	}
	var err error
	made.rule, err = route53.NewResolverRule(ctx, h.name+"-"+made.key, &route53.ResolverRuleArgs{
		Name:               pulumi.String(resolverName(made.key)),
		DomainName:         pulumi.String(domain),
		RuleType:           pulumi.String("FORWARD"),
		ResolverEndpointId: outbound.ID(),
		TargetIps:          targets,
	}, child)
	return made, err
}

// nameServer is the address of a name server, and whether it is in the company's
// own network.
type nameServer struct {
	address string
	company bool
}

// nameServers are those of a domain that are reached from the region: in the
// company's own network where there is a connection, and in the region's VPCs.
func (h *Hub) nameServers(f config.ForwardedDomain) ([]nameServer, error) {
	var inVPCs []netip.Prefix
	for _, s := range h.args.Region.Segments {
		inVPCs = append(inVPCs, s.Block)
		for _, v := range s.VPCs {
			block, err := subnet.Parse(v.Range)
			if err != nil {
				return nil, fmt.Errorf("dedicated VPC %s: range %s: %w", v.Name, v.Range, err)
			}
			inVPCs = append(inVPCs, block)
		}
	}
	var reached []nameServer
	for _, text := range f.Servers {
		server, err := netip.ParseAddr(text)
		if err != nil {
			return nil, err
		}
		holds := func(block netip.Prefix) bool { return block.Contains(server) }
		switch {
		case slices.ContainsFunc(inVPCs, holds):
			reached = append(reached, nameServer{text, false})
		case h.args.Region.Hybrid && slices.ContainsFunc(h.args.OnPremises, holds):
			reached = append(reached, nameServer{text, true})
		}
	}
	return reached, nil
}

// domainKey is a domain as part of a logical name. Hyphens are doubled, so that no
// other domain has the same: no part of a domain begins or ends with one.
func domainKey(domain string) string {
	return strings.ReplaceAll(strings.ReplaceAll(domain, "-", "--"), ".", "-")
}

// resolverName is the name of a rule of the resolver. AWS takes 64 characters; of a
// longer one the end is a sum of all of it.
func resolverName(key string) string {
	const most, sum = 64, 8
	name := "gxp-" + key
	if len(name) <= most {
		return name
	}
	return fmt.Sprintf("%s-%x", name[:most-sum-1], sha256.Sum256([]byte(key)))[:most]
}

// resolverEndpoint creates an endpoint of the resolver and lets DNS in from, or
// out to, some blocks.
func (h *Hub) resolverEndpoint(
	ctx *pulumi.Context, direction string, blocks []string, child pulumi.ResourceOption,
) (*route53.ResolverEndpoint, error) {
	name := h.name + "-" + direction
	group, err := ec2.NewSecurityGroup(ctx, name, &ec2.SecurityGroupArgs{
		Name:        pulumi.String("gxp-dns-" + direction),
		Description: pulumi.String("DNS, " + direction),
		VpcId:       h.perimeter.id,
	}, child)
	if err != nil {
		return nil, err
	}
	for _, block := range blocks {
		for _, protocol := range []string{"tcp", "udp"} {
			if err := dnsRuleFor(ctx, name, direction, group, block, protocol, child); err != nil {
				return nil, err
			}
		}
	}
	var addresses route53.ResolverEndpointIpAddressArray
	for _, id := range h.perimeter.subnets[tierEndpoints] {
		addresses = append(addresses, route53.ResolverEndpointIpAddressArgs{SubnetId: id})
	}
	return route53.NewResolverEndpoint(ctx, name, &route53.ResolverEndpointArgs{
		Name:             pulumi.String("gxp-" + name),
		Direction:        pulumi.String(strings.ToUpper(direction)),
		SecurityGroupIds: pulumi.StringArray{group.ID()},
		IpAddresses:      addresses,
		Protocols:        pulumi.StringArray{pulumi.String("Do53")},
	}, child)
}

func dnsRuleFor(
	ctx *pulumi.Context, name, direction string, group *ec2.SecurityGroup, block, protocol string, child pulumi.ResourceOption,
) error {
	key := name + "-" + protocol + "-" + strings.NewReplacer(".", "-", "/", "-").Replace(block)
	if direction == "inbound" {
		_, err := awsvpc.NewSecurityGroupIngressRule(ctx, key, &awsvpc.SecurityGroupIngressRuleArgs{
			SecurityGroupId: group.ID(), Description: pulumi.String("DNS"), CidrIpv4: pulumi.String(block),
			IpProtocol: pulumi.String(protocol), FromPort: pulumi.Int(dnsPort), ToPort: pulumi.Int(dnsPort),
		}, child)
		return err
	}
	_, err := awsvpc.NewSecurityGroupEgressRule(ctx, key, &awsvpc.SecurityGroupEgressRuleArgs{
		SecurityGroupId: group.ID(), Description: pulumi.String("DNS"), CidrIpv4: pulumi.String(block),
		IpProtocol: pulumi.String(protocol), FromPort: pulumi.Int(dnsPort), ToPort: pulumi.Int(dnsPort),
	}, child)
	return err
}
