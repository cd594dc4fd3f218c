package landingzone

import (
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// flowFields are all fields of versions 2 to 5 of VPC flow logs, and why
// something was rejected: who spoke with whom, over which interface, by which
// way, and whether it was let through. What else later versions have describes
// containers, and needs permissions in the accounts that run them.
// Source: Amazon VPC user guide, "Flow log records".
var flowFields = []string{
	"version", "account-id", "interface-id", "srcaddr", "dstaddr", "srcport", "dstport", "protocol", "packets", "bytes",
	"start", "end", "action", "log-status",
	"vpc-id", "subnet-id", "instance-id", "tcp-flags", "type", "pkt-srcaddr", "pkt-dstaddr",
	"region", "az-id", "sublocation-type", "sublocation-id",
	"pkt-src-aws-service", "pkt-dst-aws-service", "flow-direction", "traffic-path", "reject-reason",
}

// flowFormat is the fields as AWS writes a format.
func flowFormat() string { return "${" + strings.Join(flowFields, "} ${") + "}" }

// flowSeconds is the shortest period that AWS aggregates over.
const flowSeconds = 60

// NetworkLogs is where the records of the network of a region go.
type NetworkLogs struct {
	// BucketARN and Bucket identify the bucket in the log archive account.
	BucketARN, Bucket pulumi.StringInput

	// Ready is what a delivery has to wait for.
	Ready []pulumi.Resource
}

// recordVPC records the flows of a VPC, and closes the security group that a
// resource is in for which nobody chose one.
func recordVPC(ctx *pulumi.Context, name string, v *vpc, logs NetworkLogs, child pulumi.ResourceOption) error {
	_, err := ec2.NewFlowLog(ctx, name, &ec2.FlowLogArgs{
		VpcId:                  v.id,
		TrafficType:            pulumi.String("ALL"),
		LogDestinationType:     pulumi.String("s3"),
		LogDestination:         logs.BucketARN,
		LogFormat:              pulumi.String(flowFormat()),
		MaxAggregationInterval: pulumi.Int(flowSeconds),
	}, child, pulumi.DependsOn(logs.Ready))
	if err != nil {
		return err
	}
	// AWS makes it; the provider takes it over and removes its rules.
	_, err = ec2.NewDefaultSecurityGroup(ctx, name, &ec2.DefaultSecurityGroupArgs{VpcId: v.id}, child)
	return err
}
