package offline

import "time"

// searchRows are OpenSearch Serverless.
var searchRows = map[string]row{
	"aws:opensearch/serverlessCollection:ServerlessCollection": {
		id:       "{alnum:20}",
		arn:      "arn:aws:aoss:{region}:{account}:collection/{id}",
		autoname: "name",
		outputs: map[string]any{
			"collectionEndpoint": "https://{id}.{region}.aoss.amazonaws.com",
			"dashboardEndpoint":  "https://{id}.{region}.aoss.amazonaws.com/_dashboards",
			"kmsKeyArn":          "auto",
			"standbyReplicas":    "ENABLED",
			"type":               "TIMESERIES",
		},
		replace: []string{"name", "standbyReplicas", "type"},
		tagged:  true,
		takes:   6 * time.Minute,
	},
	"aws:opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy":   searchPolicy(),
	"aws:opensearch/serverlessAccessPolicy:ServerlessAccessPolicy":       searchPolicy(),
	"aws:opensearch/serverlessLifecyclePolicy:ServerlessLifecyclePolicy": searchPolicy(),
	"aws:opensearchingest/pipeline:Pipeline": {
		id:  "{in:pipelineName}",
		arn: "arn:aws:osis:{region}:{account}:pipeline/{in:pipelineName}",
		outputs: map[string]any{
			"ingestEndpointUrls": []any{"{in:pipelineName}-{hex:26}.{region}.osis.amazonaws.com"},
			"pipelineArn":        "arn:aws:osis:{region}:{account}:pipeline/{in:pipelineName}",
		},
		replace: []string{"pipelineName", "vpcOptions"},
		tagged:  true,
		takes:   7 * time.Minute,
	},
	"aws:opensearch/serverlessVpcEndpoint:ServerlessVpcEndpoint": {
		id:       "vpce-{hex:17}",
		autoname: "name",
		replace:  []string{"name", "vpcId"},
		takes:    3 * time.Minute,
	},
}

// searchPolicy is a policy, whose name AWS allows once for each type.
func searchPolicy() row {
	return row{
		id:       "{in:name}",
		autoname: "name",
		outputs:  map[string]any{"policyVersion": "{alnum:24}"},
		within:   "type",
		replace:  []string{"name", "type"},
		takes:    2 * time.Second,
	}
}
