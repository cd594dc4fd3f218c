package offline

import (
	"strings"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

var eventRows = map[string]row{
	"aws:cloudwatch/eventBus:EventBus": {
		id:       "{in:name}",
		arn:      "arn:aws:events:{region}:{account}:event-bus/{in:name}",
		autoname: "name",
		outputs:  map[string]any{"description": ""},
		replace:  []string{"name", "eventSourceName"},
		tagged:   true,
		takes:    2 * time.Second,
	},
	"aws:cloudwatch/eventBusPolicy:EventBusPolicy": {
		id:      "{in:eventBusName|default}",
		replace: []string{"eventBusName"},
		takes:   time.Second,
	},
	"aws:cloudwatch/eventRule:EventRule": {
		id:       "{in:name}",
		autoname: "name",
		outputs: map[string]any{
			"arn": answer(eventRuleARN), "eventBusName": "default", "forceDestroy": false, "isEnabled": true, "namePrefix": "",
			"state": "ENABLED",
		},
		within:  "eventBusName",
		replace: []string{"eventBusName", "name", "namePrefix"},
		tagged:  true,
		takes:   2 * time.Second,
	},
	"aws:cloudwatch/eventTarget:EventTarget": {
		id: "{in:rule}-{in:targetId}",
		// The provider draws an id for a target that has none.
		autoname: "targetId",
		outputs:  map[string]any{"eventBusName": "default", "forceDestroy": false},
		within:   "eventBusName",
		replace:  []string{"eventBusName", "rule", "targetId"},
		takes:    time.Second,
	},
}

// eventRuleARN names the bus of a rule, unless that is the default one.
func eventRuleARN(s subject) resource.PropertyValue {
	bus, known := s.input("eventBusName", "default")
	name, named := s.input("name", "")
	if !known || !named {
		return unknown
	}
	bus = bus[strings.LastIndex(bus, "/")+1:]
	if bus == "default" {
		bus = ""
	} else {
		bus += "/"
	}
	return resource.NewProperty("arn:aws:events:" + s.provider.Region + ":" + s.provider.AccountID + ":rule/" + bus + name)
}
