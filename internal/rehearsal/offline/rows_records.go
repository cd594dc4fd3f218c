package offline

import "time"

// recordRows are the types that keep and watch audit records.
var recordRows = map[string]row{
	"aws:cloudtrail/trail:Trail": {
		id:       "arn:aws:cloudtrail:{region}:{account}:trail/{in:name}",
		arn:      "{id}",
		autoname: "name",
		outputs: map[string]any{
			"homeRegion":                 "{region}",
			"snsTopicArn":                "",
			"enableLogFileValidation":    false,
			"enableLogging":              true,
			"includeGlobalServiceEvents": true,
			"isMultiRegionTrail":         false,
			"isOrganizationTrail":        false,
		},
		replace: []string{"name"},
		tagged:  true,
		takes:   10 * time.Second,
	},
	"aws:cloudwatch/logGroup:LogGroup": {
		id:       "{in:name}",
		arn:      "arn:aws:logs:{region}:{account}:log-group:{in:name}",
		autoname: "name",
		outputs:  map[string]any{"logGroupClass": "STANDARD", "namePrefix": "", "retentionInDays": 0, "skipDestroy": false},
		replace:  []string{"name", "namePrefix", "logGroupClass"},
		tagged:   true,
		takes:    2 * time.Second,
	},
	"aws:cloudwatch/logMetricFilter:LogMetricFilter": {
		id:       "{in:name}",
		autoname: "name",
		within:   "logGroupName",
		replace:  []string{"name", "logGroupName"},
		takes:    time.Second,
	},
	"aws:cloudwatch/metricAlarm:MetricAlarm": {
		id:       "{in:name}",
		arn:      "arn:aws:cloudwatch:{region}:{account}:alarm:{in:name}",
		autoname: "name",
		outputs: map[string]any{
			"actionsEnabled":                    true,
			"evaluateLowSampleCountPercentiles": "",
			"treatMissingData":                  "missing",
		},
		replace: []string{"name"},
		tagged:  true,
		takes:   time.Second,
	},
	"aws:cfg/configurationAggregator:ConfigurationAggregator": {
		id:       "{in:name}",
		arn:      "arn:aws:config:{region}:{account}:config-aggregator/config-aggregator-{alnum:8}",
		autoname: "name",
		replace:  []string{"name"},
		tagged:   true,
		takes:    3 * time.Second,
	},
	"aws:cfg/organizationConformancePack:OrganizationConformancePack": {
		id:       "{in:name}",
		arn:      "arn:aws:config:{region}:{account}:organization-conformance-pack/{in:name}-{alnum:8}",
		autoname: "name",
		replace:  []string{"name"},
		takes:    4 * time.Minute,
	},
	"aws:ssm/parameter:Parameter": {
		id:       "{in:name}",
		arn:      "arn:aws:ssm:{region}:{account}:parameter/{in:name}",
		autoname: "name",
		outputs:  map[string]any{"dataType": "text", "tier": "Standard", "version": 1, "keyId": ""},
		replace:  []string{"name"},
		tagged:   true,
		takes:    time.Second,
	},
}
