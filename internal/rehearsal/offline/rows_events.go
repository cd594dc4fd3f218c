package offline

import "time"

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
}
