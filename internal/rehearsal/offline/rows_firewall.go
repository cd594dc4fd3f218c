package offline

import (
	"cmp"
	"slices"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

const subnetType = "aws:ec2/subnet:Subnet"

var firewallRows = map[string]row{
	"aws:networkfirewall/ruleGroup:RuleGroup": {
		id:       "arn:aws:network-firewall:{region}:{account}:{lower:type}-rulegroup/{in:name}",
		arn:      "{id}",
		autoname: "name",
		outputs:  map[string]any{"updateToken": "{uuid}"},
		replace:  []string{"capacity", "name", "type"},
		tagged:   true,
		takes:    5 * time.Second,
	},
	"aws:networkfirewall/firewallPolicy:FirewallPolicy": {
		id:       "arn:aws:network-firewall:{region}:{account}:firewall-policy/{in:name}",
		arn:      "{id}",
		autoname: "name",
		outputs:  map[string]any{"updateToken": "{uuid}"},
		replace:  []string{"name"},
		tagged:   true,
		takes:    5 * time.Second,
	},
	"aws:networkfirewall/firewall:Firewall": {
		id:       "arn:aws:network-firewall:{region}:{account}:firewall/{in:name}",
		arn:      "{id}",
		autoname: "name",
		outputs: map[string]any{
			"deleteProtection":               false,
			"firewallPolicyChangeProtection": false,
			"firewallStatuses":               answer(firewallStatuses),
			"subnetChangeProtection":         false,
			"updateToken":                    "{uuid}",
		},
		replace: []string{"name", "vpcId"},
		tagged:  true,
		takes:   6 * time.Minute,
	},
	"aws:networkfirewall/loggingConfiguration:LoggingConfiguration": {
		id:      "{in:firewallArn}",
		replace: []string{"firewallArn"},
		takes:   10 * time.Second,
	},
}

// firewallStatuses has an endpoint for each subnet of a firewall, by its zone.
// AWS gives them in no particular order; here it is never that of the zones'
// names, so that nobody comes to rely on it.
func firewallStatuses(s subject) resource.PropertyValue {
	mappings := plain(s.inputs["subnetMappings"])
	if mappings.ContainsUnknowns() {
		return unknown
	}
	var states []resource.PropertyMap
	if mappings.IsArray() {
		for _, item := range mappings.ArrayValue() {
			mapping := plain(item)
			if !mapping.IsObject() {
				continue
			}
			id := textOr(mapping.ObjectValue()["subnetId"], "")
			subnet, _ := s.find(subnetType, id)
			attachment := resource.PropertyMap{
				"endpointId": resource.NewProperty("vpce-0" + draw(s.seed, "endpoint in "+id, 16, hexDigits)),
				"subnetId":   resource.NewProperty(id),
			}
			states = append(states, resource.PropertyMap{
				"availabilityZone": resource.NewProperty(textOr(subnet["availabilityZone"], "")),
				"attachments":      resource.NewProperty([]resource.PropertyValue{resource.NewProperty(attachment)}),
			})
		}
	}
	slices.SortStableFunc(states, func(a, b resource.PropertyMap) int {
		return cmp.Compare(b["availabilityZone"].StringValue(), a["availabilityZone"].StringValue())
	})
	list := make([]resource.PropertyValue, 0, len(states))
	for _, state := range states {
		list = append(list, resource.NewProperty(state))
	}
	return resource.NewProperty([]resource.PropertyValue{
		resource.NewProperty(resource.PropertyMap{"syncStates": resource.NewProperty(list)}),
	})
}
