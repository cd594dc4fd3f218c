package offline

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// answered is what the offline AWS makes of a resource beside others.
func answered(t *testing.T, typ string, inputs map[string]any, others Others) (string, resource.PropertyMap) {
	t.Helper()
	q := ask(typ, "sample", inputs)
	q.Others = others
	id, outputs, err := Answer(q)
	if err != nil {
		t.Fatal(err)
	}
	return id, outputs
}

func TestAnswer_GivesAFirewallAnEndpointInTheZoneOfEachSubnet(t *testing.T) {
	mappings := []any{map[string]any{"subnetId": "subnet-a"}, map[string]any{"subnetId": "subnet-b"}}
	others := func(typ, id string) (resource.PropertyMap, bool) {
		zone := "eu-test-1" + strings.TrimPrefix(id, "subnet-")
		return resource.PropertyMap{"availabilityZone": resource.NewProperty(zone)}, typ == subnetType
	}
	_, outputs := answered(t, "aws:networkfirewall/firewall:Firewall", map[string]any{
		"name": "inspection", "subnetMappings": mappings,
	}, others)
	endpoints := map[string]string{}
	for _, item := range outputs["firewallStatuses"].ArrayValue()[0].ObjectValue()["syncStates"].ArrayValue() {
		state := item.ObjectValue()
		attachment := state["attachments"].ArrayValue()[0].ObjectValue()
		zone := state["availabilityZone"].StringValue()
		if "eu-test-1"+strings.TrimPrefix(attachment["subnetId"].StringValue(), "subnet-") != zone {
			t.Errorf("the endpoint in %s is in %v", zone, attachment["subnetId"])
		}
		endpoints[zone] = attachment["endpointId"].StringValue()
	}
	if len(endpoints) != 2 || endpoints["eu-test-1a"] == endpoints["eu-test-1b"] || !strings.HasPrefix(endpoints["eu-test-1a"], "vpce-0") {
		t.Errorf("endpoints by zone = %v, want two", endpoints)
	}
	q := ask("aws:networkfirewall/firewall:Firewall", "sample", nil)
	q.Inputs["subnetMappings"] = unknown
	if _, outputs, _ = Answer(q); !outputs["firewallStatuses"].IsComputed() {
		t.Errorf("statuses of unknown subnets = %v", outputs["firewallStatuses"])
	}
}

func TestAnswer_NamesAnInterfaceEndpoint(t *testing.T) {
	id, outputs := answered(t, "aws:ec2/vpcEndpoint:VpcEndpoint", map[string]any{
		"vpcEndpointType": "Interface", "serviceName": "com.amazonaws.eu-test-1.ecr.dkr", "vpcId": "vpc-1",
	}, nil)
	entries := outputs["dnsEntries"].ArrayValue()
	if len(entries) != 1 {
		t.Fatalf("dnsEntries = %v, want one", entries)
	}
	name := entries[0].ObjectValue()["dnsName"].StringValue()
	if !strings.HasPrefix(name, id+"-") || !strings.HasSuffix(name, ".dkr.ecr.eu-test-1.vpce.amazonaws.com") {
		t.Errorf("dnsName = %s", name)
	}
	if zone := entries[0].ObjectValue()["hostedZoneId"].StringValue(); !strings.HasPrefix(zone, "Z") {
		t.Errorf("hostedZoneId = %s", zone)
	}
	_, gateway := answered(t, "aws:ec2/vpcEndpoint:VpcEndpoint", map[string]any{
		"vpcEndpointType": "Gateway", "serviceName": "com.amazonaws.eu-test-1.s3", "vpcId": "vpc-1",
	}, nil)
	if len(gateway["dnsEntries"].ArrayValue()) != 0 || !strings.HasPrefix(gateway["prefixListId"].StringValue(), "pl-") {
		t.Errorf("a gateway endpoint has %v, %v", gateway["dnsEntries"], gateway["prefixListId"])
	}
}

func TestAnswer_KeepsTheKeysOfAVPNSecret(t *testing.T) {
	_, outputs := answered(t, "aws:ec2/vpnConnection:VpnConnection", map[string]any{"transitGatewayId": "tgw-1"}, nil)
	for _, key := range []resource.PropertyKey{"tunnel1PresharedKey", "tunnel2PresharedKey", "customerGatewayConfiguration"} {
		if !outputs[key].IsSecret() {
			t.Errorf("%s is no secret", key)
		}
	}
	if outputs["tunnel1PresharedKey"].DeepEquals(outputs["tunnel2PresharedKey"]) ||
		outputs["tunnel1Address"].DeepEquals(outputs["tunnel2Address"]) {
		t.Error("the two tunnels share a key or an address")
	}
	if id := outputs["transitGatewayAttachmentId"].StringValue(); !strings.HasPrefix(id, "tgw-attach-0") {
		t.Errorf("transitGatewayAttachmentId = %q", id)
	}
}

func TestAnswer_SeesAPeeringFromTheOtherSide(t *testing.T) {
	others := func(typ, id string) (resource.PropertyMap, bool) {
		return resource.NewPropertyMapFromMap(map[string]any{
			"transitGatewayId": "tgw-a", "peerTransitGatewayId": "tgw-b",
		}), typ == peeringType && id == "tgw-attach-1"
	}
	id, outputs := answered(t, "aws:ec2transitgateway/peeringAttachmentAccepter:PeeringAttachmentAccepter",
		map[string]any{"transitGatewayAttachmentId": "tgw-attach-1"}, others)
	got := []string{id, outputs["transitGatewayId"].StringValue(), outputs["peerTransitGatewayId"].StringValue()}
	if diff := cmp.Diff([]string{"tgw-attach-1", "tgw-b", "tgw-a"}, got); diff != "" {
		t.Errorf("accepter differs (-want +got):\n%s", diff)
	}
	_, outputs = answered(t, "aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation", map[string]any{
		"transitGatewayRouteTableId": "tgw-rtb-1", "transitGatewayAttachmentId": "tgw-attach-1",
	}, others)
	if outputs["resourceType"].StringValue() != "peering" || outputs["resourceId"].StringValue() != "tgw-b" {
		t.Errorf("association of %v %v", outputs["resourceType"], outputs["resourceId"])
	}
}

func TestAnswer_CountsThePoolsAbove(t *testing.T) {
	depth := func(above string, others Others) float64 {
		inputs := map[string]any{"ipamScopeId": "ipam-scope-1"}
		if above != "" {
			inputs["sourceIpamPoolId"] = above
		}
		_, outputs := answered(t, poolType, inputs, others)
		return outputs["poolDepth"].NumberValue()
	}
	second := func(string, string) (resource.PropertyMap, bool) {
		return resource.PropertyMap{"poolDepth": resource.NewProperty(2.0)}, true
	}
	if top, third := depth("", nil), depth("ipam-pool-1", second); top != 1 || third != 3 {
		t.Errorf("depths are %v and %v, want 1 and 3", top, third)
	}
}

func TestDiff_ReplacesARouteForItsDestinationAndNotForItsTarget(t *testing.T) {
	r, err := lookup("aws:ec2/route:Route")
	if err != nil {
		t.Fatal(err)
	}
	before := resource.NewPropertyMapFromMap(map[string]any{
		"routeTableId": "rtb-1", "destinationCidrBlock": "0.0.0.0/0", "natGatewayId": "nat-1",
	})
	target, destination := before.Copy(), before.Copy()
	delete(target, "natGatewayId")
	target["transitGatewayId"] = resource.NewProperty("tgw-1")
	destination["destinationCidrBlock"] = resource.NewProperty("10.0.0.0/8")
	if c := compare(before, target, nil, r.replaces); len(c.paths) != 2 || len(c.replaces) != 0 {
		t.Errorf("a new target: %v replaces %v, want an update", c.paths, c.replaces)
	}
	if c := compare(before, destination, nil, r.replaces); len(c.replaces) != 1 {
		t.Errorf("a new destination replaces %v", c.replaces)
	}
}

func TestLookup_FindsTheAttachmentOfDirectConnect(t *testing.T) {
	const token = "aws:ec2transitgateway/getDirectConnectGatewayAttachment:getDirectConnectGatewayAttachment"
	args := resource.NewPropertyMapFromMap(map[string]any{"transitGatewayId": "tgw-1", "dxGatewayId": "dx-1"})
	found, err := Lookup(token, args, here)
	again, _ := Lookup(token, args, here)
	if err != nil || !strings.HasPrefix(found["id"].StringValue(), "tgw-attach-0") || !again.DeepEquals(found) {
		t.Errorf("Lookup() = %v, %v", found, err)
	}
	args["dxGatewayId"] = resource.NewProperty("dx-2")
	if other, _ := Lookup(token, args, here); other["id"].DeepEquals(found["id"]) {
		t.Error("two gateways have the same attachment")
	}
	delete(args, "dxGatewayId")
	_, err = Lookup(token, args, here)
	contains(t, err, "give transitGatewayId and dxGatewayId")
}
