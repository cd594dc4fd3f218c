package offline

import "time"

// functionRows are Lambda functions and what calls them.
var functionRows = map[string]row{
	"aws:lambda/function:Function": {
		id:       "{in:name}",
		arn:      "arn:aws:lambda:{region}:{account}:function:{in:name}",
		autoname: "name",
		outputs: map[string]any{
			"architectures": []any{"x86_64"},
			"codeSha256":    "{hex:44}",
			"invokeArn": "arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/" +
				"arn:aws:lambda:{region}:{account}:function:{in:name}/invocations",
			"lastModified":                 "{epoch}",
			"memorySize":                   128,
			"packageType":                  "Zip",
			"publish":                      false,
			"qualifiedArn":                 "arn:aws:lambda:{region}:{account}:function:{in:name}:$LATEST",
			"reservedConcurrentExecutions": -1,
			"signingJobArn":                "",
			"signingProfileVersionArn":     "",
			"skipDestroy":                  false,
			"sourceCodeSize":               1,
			"timeout":                      3,
			"version":                      "$LATEST",
		},
		replace: []string{"name", "packageType"},
		tagged:  true,
		takes:   15 * time.Second,
	},
	"aws:lambda/permission:Permission": {
		id:       "{in:statementId}",
		autoname: "statementId",
		outputs:  map[string]any{"statementIdPrefix": ""},
		within:   "function",
		replace: []string{
			"action", "eventSourceToken", "function", "functionUrlAuthType", "principal", "principalOrgId", "qualifier",
			"sourceAccount", "sourceArn", "statementId", "statementIdPrefix",
		},
		takes: time.Second,
	},
	"aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": {
		id:      "{in:functionName}",
		within:  "qualifier",
		outputs: map[string]any{"maximumRetryAttempts": 2},
		replace: []string{"functionName", "qualifier"},
		takes:   time.Second,
	},
}
