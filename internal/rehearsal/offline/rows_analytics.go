package offline

import "time"

// analyticsRows are what makes records readable: tables, queries and when they
// run.
var analyticsRows = map[string]row{
	"aws:glue/catalogDatabase:CatalogDatabase": {
		id:       "{in:catalogId|account}:{in:name}",
		arn:      "arn:aws:glue:{region}:{account}:database/{in:name}",
		autoname: "name",
		outputs:  map[string]any{"catalogId": "{account}", "locationUri": ""},
		replace:  []string{"catalogId", "name"},
		tagged:   true,
		takes:    2 * time.Second,
	},
	"aws:glue/catalogTable:CatalogTable": {
		id:       "{in:catalogId|account}:{in:databaseName}:{in:name}",
		arn:      "arn:aws:glue:{region}:{account}:table/{in:databaseName}/{in:name}",
		autoname: "name",
		outputs:  map[string]any{"catalogId": "{account}", "retention": 0},
		replace:  []string{"catalogId", "databaseName", "name"},
		takes:    2 * time.Second,
	},
	"aws:glue/dataCatalogEncryptionSettings:DataCatalogEncryptionSettings": {
		id:      "{in:catalogId|account}",
		outputs: map[string]any{"catalogId": "{account}"},
		replace: []string{"catalogId"},
		takes:   2 * time.Second,
	},
	"aws:glue/resourcePolicy:ResourcePolicy": {
		id:    "{account}",
		takes: 2 * time.Second,
	},
	"aws:athena/workgroup:Workgroup": {
		id:       "{in:name}",
		arn:      "arn:aws:athena:{region}:{account}:workgroup/{in:name}",
		autoname: "name",
		outputs:  map[string]any{"forceDestroy": false, "state": "ENABLED"},
		replace:  []string{"name"},
		tagged:   true,
		takes:    3 * time.Second,
	},
	"aws:athena/namedQuery:NamedQuery": {
		id:       "{uuid}",
		autoname: "name",
		outputs:  map[string]any{"workgroup": "primary"},
		replace:  []string{"database", "description", "name", "query", "workgroup"},
		takes:    2 * time.Second,
	},
	"aws:scheduler/scheduleGroup:ScheduleGroup": {
		id:       "{in:name}",
		arn:      "arn:aws:scheduler:{region}:{account}:schedule-group/{in:name}",
		autoname: "name",
		outputs: map[string]any{
			"creationDate": "{epoch}", "lastModificationDate": "{epoch}", "namePrefix": "", "state": "ACTIVE",
		},
		replace: []string{"name", "namePrefix"},
		tagged:  true,
		takes:   5 * time.Second,
	},
	"aws:scheduler/schedule:Schedule": {
		id:       "{in:groupName|default}/{in:name}",
		arn:      "arn:aws:scheduler:{region}:{account}:schedule/{id}",
		autoname: "name",
		outputs: map[string]any{
			"groupName": "default", "namePrefix": "", "scheduleExpressionTimezone": "UTC", "state": "ENABLED",
		},
		replace: []string{"groupName", "name", "namePrefix"},
		takes:   3 * time.Second,
	},
}
