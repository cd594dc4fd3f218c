package catalog

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/subnet"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/testtool"
)

// dedicatedVPC is the product's template.
func dedicatedVPC(t *testing.T) string {
	t.Helper()
	template, err := product{key: "dedicated-vpc"}.template()
	require.NoError(t, err)
	return template
}

const layoutTerm = `(\d+|!FindInMap \[Layout, !Ref NetmaskLength, \w+\])`

var (
	subnetBlock = regexp.MustCompile(`!Select \[` + layoutTerm + `, !Cidr \[!GetAtt Vpc\.CidrBlock, ` + layoutTerm + `, ` + layoutTerm + `\]\]`)
	subnetName  = regexp.MustCompile(`(?m)^  ((?:Private|Isolated|Transit)[ABC]):$`)
)

// withBlocks computes every subnet's block, which CloudFormation does with
// Fn::Cidr, for a VPC with the given range. It returns the template with the
// blocks in place, and the blocks by the name of the subnet.
func withBlocks(t *testing.T, template string, vpc netip.Prefix) (string, map[string]netip.Prefix) {
	t.Helper()
	var parsed struct {
		Mappings struct {
			Layout map[string]map[string]string `yaml:"Layout"`
		} `yaml:"Mappings"`
	}
	require.NoError(t, yaml.Unmarshal([]byte(template), &parsed))
	layout := parsed.Mappings.Layout[strconv.Itoa(vpc.Bits())]
	require.NotEmpty(t, layout, "the size /%d has a layout", vpc.Bits())
	number := func(term string) int {
		if words := strings.Fields(strings.Trim(term, "]")); len(words) > 1 {
			term = layout[words[len(words)-1]]
		}
		n, err := strconv.Atoi(term)
		require.NoError(t, err, term)
		return n
	}
	var blocks []netip.Prefix
	filled := subnetBlock.ReplaceAllStringFunc(template, func(found string) string {
		terms := subnetBlock.FindStringSubmatch(found)
		index, count, bits := number(terms[1]), number(terms[2]), number(terms[3])
		require.Less(t, index, count)
		require.LessOrEqual(t, count, 256, "Fn::Cidr divides into 256 at most")
		require.LessOrEqual(t, count<<bits, 1<<(32-vpc.Bits()), "Fn::Cidr finds room for all blocks")
		first := vpc.Addr().As4()
		var at [4]byte
		binary.BigEndian.PutUint32(at[:], binary.BigEndian.Uint32(first[:])+uint32(index)<<bits)
		block := netip.PrefixFrom(netip.AddrFrom4(at), 32-bits)
		blocks = append(blocks, block)
		return block.String()
	})
	names := subnetName.FindAllStringSubmatch(template, -1)
	require.Len(t, names, 9, "three kinds of subnets in three zones")
	require.Len(t, blocks, len(names))
	byName := map[string]netip.Prefix{}
	for i, name := range names {
		byName[name[1]] = blocks[i]
	}
	return filled, byName
}

func TestDedicatedVPCTemplate_LiesOutEverySizeAsSegmentsAre(t *testing.T) {
	template := dedicatedVPC(t)
	for size := 20; size <= 24; size++ {
		vpc := netip.MustParsePrefix(fmt.Sprintf("10.80.16.0/%d", size))
		_, blocks := withBlocks(t, template, vpc)
		for name, block := range blocks {
			assert.True(t, subnet.Contains(vpc, block), "/%d: %s %s", size, name, block)
			assert.LessOrEqual(t, block.Bits(), 28, "/%d: AWS takes no smaller subnet than %s %s", size, name, block)
			for other, taken := range blocks {
				assert.False(t, name != other && block.Overlaps(taken), "/%d: %s %s and %s %s", size, name, block, other, taken)
			}
		}
		want, err := subnet.OfSegment(vpc, 3)
		if size == 24 {
			assert.Error(t, err, "no shared segment is that small")
			continue
		}
		require.NoError(t, err)
		for i, zone := range []string{"A", "B", "C"} {
			assert.Equal(t, want.Private[i], blocks["Private"+zone], "/%d", size)
			assert.Equal(t, want.Isolated[i], blocks["Isolated"+zone], "/%d", size)
			assert.Equal(t, want.Transit[i], blocks["Transit"+zone], "/%d", size)
		}
	}
}

func TestDedicatedVPCTemplate_HasNoWayAroundTheTransitGateway(t *testing.T) {
	template := dedicatedVPC(t)
	for _, way := range []string{
		"InternetGateway", "NatGateway", "AWS::EC2::EIP", "VPCPeering", "VPNGateway", "MapPublicIpOnLaunch: true", "Custom::",
	} {
		assert.NotContains(t, template, way)
	}
	for _, key := range account.Keys() {
		assert.Equal(t, 5, strings.Count(template, `{Key: "`+key+`"`), "%s is on VPC, attachment, endpoints and flow log", key)
	}
}

// example reads the parameters of an example launch.
func example(t *testing.T, file string) map[string]string {
	t.Helper()
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	var list []struct{ ParameterKey, ParameterValue string }
	require.NoError(t, json.Unmarshal(data, &list))
	values := map[string]string{}
	for _, p := range list {
		values[p.ParameterKey] = p.ParameterValue
	}
	return values
}

// surroundings are what the network account and the log archive have before the
// product is launched. The emulator finds a bucket in any account.
const surroundings = `
Resources:
  Logs: {Type: "AWS::S3::Bucket", Properties: {BucketName: acme-network-logs-eu-central-1}}
  Gateway: {Type: "AWS::EC2::TransitGateway", Properties: {Description: hub}}
Outputs:
  Gateway: {Value: !Ref Gateway}
`

// forEmulator is the template without what the emulator lacks: it has no IPAM,
// so the VPC is given its range, and no Fn::Cidr, so that the subnets are given
// theirs. It takes network access lists and transit gateway attachments for
// granted and makes neither; the output that names the attachment is left out.
// It deletes no route table with a stack, which holds the VPC, so the VPC stays.
func forEmulator(t *testing.T, template, size string) string {
	t.Helper()
	vpc := netip.MustParsePrefix("10.80.16.0/" + size)
	const fromIPAM = "      Ipv4IpamPoolId: !Ref IpamPoolId\n      Ipv4NetmaskLength: !Ref NetmaskLength\n"
	require.Contains(t, template, fromIPAM)
	template = strings.Replace(template, fromIPAM, "      CidrBlock: "+vpc.String()+"\n", 1)
	const attachment = "    Value: !Ref Attachment\n"
	require.Contains(t, template, attachment)
	template = strings.Replace(template, attachment, "    Value: none\n", 1)
	const deletedVPC = "    Type: AWS::EC2::VPC\n    DeletionPolicy: Delete\n"
	require.Contains(t, template, deletedVPC)
	template = strings.Replace(template, deletedVPC, "    Type: AWS::EC2::VPC\n    DeletionPolicy: Retain\n", 1)
	filled, _ := withBlocks(t, template, vpc)
	return filled
}

func TestDedicatedVPCTemplate_IsLaunchedAdmittedAndDeletedInAnEmulator(t *testing.T) {
	client := cloudformation.New(cloudformation.Options{
		Region:       "eu-central-1",
		BaseEndpoint: aws.String(testtool.Emulator(t)),
		Credentials:  credentials.NewStaticCredentialsProvider("emulator", "emulator", ""),
	})
	_, err := client.CreateStack(t.Context(), &cloudformation.CreateStackInput{
		StackName: aws.String("surroundings"), TemplateBody: aws.String(surroundings),
	})
	require.NoError(t, err)
	gateway := outputsOf(describe(t, client, "surroundings"))["Gateway"]
	require.NotEmpty(t, gateway)

	files, err := filepath.Glob("products/dedicated-vpc/examples/*.json")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			values := example(t, file)
			require.Equal(t, "false", values["Admitted"], "nobody is admitted at launch")
			values["TransitGatewayId"] = gateway
			template := forEmulator(t, dedicatedVPC(t), values["NetmaskLength"])
			name := strings.TrimSuffix(filepath.Base(file), ".json")
			zones := 2
			if values["ThirdZone"] != "" {
				zones = 3
			}

			_, err := client.CreateStack(t.Context(), &cloudformation.CreateStackInput{
				StackName: aws.String(name), TemplateBody: aws.String(template), Parameters: parametersOf(values),
			})
			require.NoError(t, err)
			stack := describe(t, client, name)
			assert.Equal(t, types.StackStatusCreateComplete, stack.StackStatus)
			outputs := outputsOf(stack)
			assert.Equal(t, "10.80.16.0/"+values["NetmaskLength"], outputs["Range"])
			assert.True(t, strings.HasPrefix(outputs["VpcId"], "vpc-"), outputs["VpcId"])
			for _, key := range []string{"PrivateSubnetIds", "IsolatedSubnetIds"} {
				assert.Len(t, strings.Split(outputs[key], ","), zones, key)
			}
			made := resources(t, client, name)
			assert.Equal(t, 3*zones, made["AWS::EC2::Subnet"])
			assert.Equal(t, 3*zones, made["AWS::EC2::SubnetRouteTableAssociation"])
			assert.Equal(t, 3, made["AWS::EC2::RouteTable"])
			assert.Equal(t, 2, made["AWS::EC2::VPCEndpoint"])
			assert.Equal(t, 1, made["AWS::EC2::FlowLog"])
			assert.Zero(t, made["AWS::EC2::Route"], "AWS refuses routes to a gateway that has not accepted the VPC")

			values["Admitted"] = "true"
			_, err = client.UpdateStack(t.Context(), &cloudformation.UpdateStackInput{
				StackName: aws.String(name), TemplateBody: aws.String(template), Parameters: parametersOf(values),
			})
			require.NoError(t, err)
			assert.Equal(t, types.StackStatusUpdateComplete, describe(t, client, name).StackStatus)
			assert.Equal(t, 2, resources(t, client, name)["AWS::EC2::Route"])

			_, err = client.DeleteStack(t.Context(), &cloudformation.DeleteStackInput{StackName: aws.String(name)})
			require.NoError(t, err)
			_, err = client.DescribeStacks(t.Context(), &cloudformation.DescribeStacksInput{StackName: aws.String(name)})
			assert.ErrorContains(t, err, "does not exist")
		})
	}
}

func parametersOf(values map[string]string) []types.Parameter {
	var list []types.Parameter
	for key, value := range values {
		list = append(list, types.Parameter{ParameterKey: aws.String(key), ParameterValue: aws.String(value)})
	}
	return list
}

func outputsOf(stack types.Stack) map[string]string {
	outputs := map[string]string{}
	for _, o := range stack.Outputs {
		outputs[aws.ToString(o.OutputKey)] = aws.ToString(o.OutputValue)
	}
	return outputs
}

// resources counts what a stack has made, by type.
func resources(t *testing.T, client *cloudformation.Client, stack string) map[string]int {
	t.Helper()
	made, err := client.DescribeStackResources(t.Context(), &cloudformation.DescribeStackResourcesInput{StackName: aws.String(stack)})
	require.NoError(t, err)
	counts := map[string]int{}
	for _, r := range made.StackResources {
		counts[aws.ToString(r.ResourceType)]++
	}
	return counts
}
