package baselinesettings

import (
	"context"
	"errors"
	"fmt"
	"net/url"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// ec2 is EC2 in one region. The SDK's package for EC2 is its largest, for the
// few calls that are needed here; these are made with the SDK's signer alone.
type ec2 struct {
	config aws.Config
}

func (e *ec2) EncryptVolumes(ctx context.Context) error {
	return e.call(ctx, "EnableEbsEncryptionByDefault", nil, nil)
}

// ids are the ids in an answer of EC2, whatever it lists.
type ids struct {
	VPCs       []string `xml:"vpcSet>item>vpcId"`
	Subnets    []string `xml:"subnetSet>item>subnetId"`
	Gateways   []string `xml:"internetGatewaySet>item>internetGatewayId"`
	Interfaces []string `xml:"networkInterfaceSet>item>networkInterfaceId"`
}

func (e *ec2) DefaultVPCs(ctx context.Context) ([]VPC, error) {
	list := func(action, filter, value string) (ids, error) {
		var found ids
		err := e.call(ctx, action, url.Values{"Filter.1.Name": {filter}, "Filter.1.Value.1": {value}}, &found)
		return found, err
	}
	defaults, err := list("DescribeVpcs", "isDefault", "true")
	if err != nil {
		return nil, err
	}
	var vpcs []VPC
	for _, id := range defaults.VPCs {
		interfaces, interfacesErr := list("DescribeNetworkInterfaces", "vpc-id", id)
		subnets, subnetsErr := list("DescribeSubnets", "vpc-id", id)
		gateways, gatewaysErr := list("DescribeInternetGateways", "attachment.vpc-id", id)
		if err := errors.Join(interfacesErr, subnetsErr, gatewaysErr); err != nil {
			return nil, err
		}
		vpcs = append(vpcs, VPC{
			ID: id, Subnets: subnets.Subnets, Gateways: gateways.Gateways, Interfaces: len(interfaces.Interfaces),
		})
	}
	return vpcs, nil
}

// RemoveVPC removes subnets first: EC2 refuses one in use, and then nothing has
// been removed yet.
func (e *ec2) RemoveVPC(ctx context.Context, vpc VPC) error {
	type step struct {
		action string
		form   url.Values
	}
	var steps []step
	for _, subnet := range vpc.Subnets {
		steps = append(steps, step{"DeleteSubnet", url.Values{"SubnetId": {subnet}}})
	}
	for _, gateway := range vpc.Gateways {
		steps = append(steps,
			step{"DetachInternetGateway", url.Values{"InternetGatewayId": {gateway}, "VpcId": {vpc.ID}}},
			step{"DeleteInternetGateway", url.Values{"InternetGatewayId": {gateway}}})
	}
	steps = append(steps, step{"DeleteVpc", url.Values{"VpcId": {vpc.ID}}})
	for _, s := range steps {
		err := e.call(ctx, s.action, s.form, nil)
		var refused *refusal
		switch {
		case errors.As(err, &refused) && refused.Code == "DependencyViolation":
			return fmt.Errorf("%w: %s", ErrInUse, refused.Message)
		case err != nil:
			return err
		}
	}
	return nil
}
