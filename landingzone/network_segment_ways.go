package landingzone

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// createAccessList closes the ports by which people used to administer servers.
// Everything else is decided by security groups and routes.
func (s *Segment) createAccessList(ctx *pulumi.Context, child pulumi.ResourceOption) error {
	const first, rest = 10, 1000
	var in ec2.NetworkAclIngressArray
	for i, port := range s.args.Hub.args.Network.ClosedPorts {
		in = append(in, ec2.NetworkAclIngressArgs{
			RuleNo: pulumi.Int(first + i), Action: pulumi.String("deny"), Protocol: pulumi.String("6"),
			CidrBlock: pulumi.String(everywhereBlock), FromPort: pulumi.Int(port), ToPort: pulumi.Int(port),
		})
	}
	in = append(in, ec2.NetworkAclIngressArgs{
		RuleNo: pulumi.Int(rest), Action: pulumi.String("allow"), Protocol: pulumi.String("-1"),
		CidrBlock: pulumi.String(everywhereBlock), FromPort: pulumi.Int(0), ToPort: pulumi.Int(0),
	})
	_, err := ec2.NewNetworkAcl(ctx, s.name, &ec2.NetworkAclArgs{
		VpcId: s.vpc.id,
		// Of transit subnets the list would judge what leaves the VPC: AWS applies
		// its inbound rules to traffic towards the gateway.
		SubnetIds: s.vpc.subnetsOf(tierPrivate, tierIsolated),
		Ingress:   in,
		Egress: ec2.NetworkAclEgressArray{ec2.NetworkAclEgressArgs{
			RuleNo: pulumi.Int(rest), Action: pulumi.String("allow"), Protocol: pulumi.String("-1"),
			CidrBlock: pulumi.String(everywhereBlock), FromPort: pulumi.Int(0), ToPort: pulumi.Int(0),
		}},
		Tags: pulumi.StringMap{"Name": pulumi.String(s.name)},
	}, child)
	return err
}

// createGatewayEndpoints lead to S3 and DynamoDB, free of charge and without
// leaving AWS.
func (s *Segment) createGatewayEndpoints(ctx *pulumi.Context, child pulumi.ResourceOption) error {
	hub := s.args.Hub
	for _, service := range []string{"dynamodb", "s3"} {
		_, err := ec2.NewVpcEndpoint(ctx, s.name+"-"+service, &ec2.VpcEndpointArgs{
			VpcId:           s.vpc.id,
			VpcEndpointType: pulumi.String("Gateway"),
			ServiceName:     pulumi.Sprintf("com.amazonaws.%s.%s", hub.args.Region.Region, service),
			RouteTableIds:   s.vpc.tables(tierPrivate, tierIsolated),
			Policy:          endpointPolicy(service, hub.args.Region.Region, hub.args.OrganizationID),
			Tags:            pulumi.StringMap{"Name": pulumi.String(s.name + "-" + service)},
		}, child)
		if err != nil {
			return fmt.Errorf("endpoint %s: %w", service, err)
		}
	}
	return nil
}

// Reach lets the segment send to another one of its region: through the
// inspection where there is one. The other needs the same for its answers.
func (s *Segment) Reach(ctx *pulumi.Context, peer *Segment) error {
	to := peer.attachment.ID().ToStringOutput()
	if s.args.Hub.args.Region.Inspection {
		to = s.args.Hub.attachment.ID().ToStringOutput()
	}
	err := forwardTo(ctx, s.name+"-to-"+peer.args.Segment.Name, s.table, peer.args.Segment.Block, to, pulumi.Parent(s))
	if err != nil {
		return fmt.Errorf("segment %s to %s: %w", s.name, peer.name, err)
	}
	return nil
}
