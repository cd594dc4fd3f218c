package offline

import (
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

var stackRows = map[string]row{
	"aws:cloudformation/stackSet:StackSet": {
		id:       "{in:name}",
		arn:      "arn:aws:cloudformation:{region}:{account}:stackset/{in:name}:{uuid}",
		autoname: "name",
		outputs:  map[string]any{"stackSetId": "{in:name}:{uuid}"},
		replace:  []string{"name", "permissionModel", "callAs"},
		tagged:   true,
		takes:    5 * time.Second,
	},
	"aws:cloudformation/stackSetInstance:StackSetInstance": {
		id: "{in:stackSetName},{in:accountId|organization},{in:region|home}",
		outputs: map[string]any{
			"accountId":              "{account}",
			"organizationalUnitId":   "",
			"region":                 "{region}",
			"stackId":                "",
			"stackInstanceSummaries": []resource.PropertyValue{},
		},
		replace: []string{"stackSetName", "accountId", "region", "callAs", "deploymentTargets"},
		takes:   3 * time.Minute,
	},
	"aws:cloudformation/stack:Stack": {
		id:       "arn:aws:cloudformation:{region}:{account}:stack/{in:name}/{uuid}",
		autoname: "name",
		outputs:  map[string]any{"outputs": resource.PropertyMap{}, "policyBody": ""},
		replace:  []string{"name", "disableRollback", "onFailure", "timeoutInMinutes"},
		tagged:   true,
		takes:    time.Minute,
	},
}
