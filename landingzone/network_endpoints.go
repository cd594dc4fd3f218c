package landingzone

import (
	"errors"
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/route53"
	awsvpc "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/vpc"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
)

// hostedZone gives the name of a service the addresses of its endpoint.
type hostedZone struct {
	service string
	zone    *route53.Zone
}

// createEndpoints creates the endpoints that all segments use. A private zone
// for each service leads its name to them in every VPC that the zone is
// associated with, so the endpoint itself needs no private name of its own.
func (h *Hub) createEndpoints(ctx *pulumi.Context, child pulumi.ResourceOption) error {
	if len(h.args.Region.InterfaceEndpoints) == 0 {
		return nil
	}
	group, err := ec2.NewSecurityGroup(ctx, h.name+"-endpoints", &ec2.SecurityGroupArgs{
		Name:        pulumi.String("gxp-endpoints"),
		Description: pulumi.String("TLS from the segments to the endpoints of AWS services"),
		VpcId:       h.perimeter.id,
	}, child)
	if err != nil {
		return err
	}
	blocks := map[string]string{"network": h.args.Range.String()}
	for _, block := range h.args.OnPremises {
		if h.args.Region.Hybrid {
			blocks[blockKey(block)] = block.String()
		}
	}
	for key, block := range blocks {
		_, err := awsvpc.NewSecurityGroupIngressRule(ctx, h.name+"-endpoints-"+key, &awsvpc.SecurityGroupIngressRuleArgs{
			SecurityGroupId: group.ID(),
			Description:     pulumi.String("TLS"),
			CidrIpv4:        pulumi.String(block),
			IpProtocol:      pulumi.String("tcp"),
			FromPort:        pulumi.Int(443),
			ToPort:          pulumi.Int(443),
		}, child)
		if err != nil {
			return err
		}
	}
	for _, service := range h.args.Region.InterfaceEndpoints {
		if err := h.createEndpoint(ctx, service, group, child); err != nil {
			return fmt.Errorf("endpoint %s: %w", service, err)
		}
	}
	return nil
}

func (h *Hub) createEndpoint(ctx *pulumi.Context, service string, group *ec2.SecurityGroup, child pulumi.ResourceOption) error {
	known, ok := config.EndpointServiceNamed(service)
	if !ok {
		return fmt.Errorf("is not known")
	}
	region := h.args.Region.Region
	name := h.name + "-" + service
	endpoint, err := ec2.NewVpcEndpoint(ctx, name, &ec2.VpcEndpointArgs{
		VpcId:             h.perimeter.id,
		VpcEndpointType:   pulumi.String("Interface"),
		ServiceName:       pulumi.String(known.ServiceName(region)),
		SubnetIds:         h.perimeter.subnetsOf(tierEndpoints),
		SecurityGroupIds:  pulumi.StringArray{group.ID()},
		PrivateDnsEnabled: pulumi.Bool(false),
		Policy:            endpointPolicy(service, region, h.args.OrganizationID),
		Tags:              pulumi.StringMap{"Name": pulumi.String(name)},
	}, child)
	if err != nil {
		return err
	}
	domain := known.PrivateName(region)
	zone, err := route53.NewZone(ctx, name, &route53.ZoneArgs{
		Name:    pulumi.String(domain),
		Comment: pulumi.String("Leads to the endpoint of the network account."),
		Vpcs:    route53.ZoneVpcArray{route53.ZoneVpcArgs{VpcId: h.perimeter.id, VpcRegion: pulumi.String(region)}},
		// The segments are associated one by one, each with itself.
	}, child, pulumi.IgnoreChanges([]string{"vpcs"}))
	if err != nil {
		return err
	}
	h.zones = append(h.zones, hostedZone{service, zone})
	names := map[string]string{"": domain}
	if known.Wildcard {
		names["-any"] = "*." + domain
	}
	for key, record := range names {
		_, err := route53.NewRecord(ctx, name+key, &route53.RecordArgs{
			ZoneId: zone.ZoneId,
			Name:   pulumi.String(record),
			Type:   pulumi.String("A"),
			Aliases: route53.RecordAliasArray{route53.RecordAliasArgs{
				Name:                 dnsEntry(endpoint, func(e ec2.VpcEndpointDnsEntry) *string { return e.DnsName }),
				ZoneId:               dnsEntry(endpoint, func(e ec2.VpcEndpointDnsEntry) *string { return e.HostedZoneId }),
				EvaluateTargetHealth: pulumi.Bool(false),
			}},
		}, child)
		if err != nil {
			return err
		}
	}
	return nil
}

// dnsEntry is a part of the name that covers all zones of an endpoint, which AWS
// lists first.
func dnsEntry(endpoint *ec2.VpcEndpoint, part func(ec2.VpcEndpointDnsEntry) *string) pulumi.StringOutput {
	return endpoint.DnsEntries.ApplyT(func(entries []ec2.VpcEndpointDnsEntry) (string, error) {
		if len(entries) == 0 || part(entries[0]) == nil {
			return "", errors.New("the endpoint has no name yet: run the update again")
		}
		return *part(entries[0]), nil
	}).(pulumi.StringOutput)
}
