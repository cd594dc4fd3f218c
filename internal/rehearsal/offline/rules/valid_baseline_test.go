package rules

const (
	busARN = "arn:aws:events:eu-test-1:111122223333:event-bus/hub"

	busDocument = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"events:PutEvents",
		"Resource":"` + busARN + `","Condition":{"StringEquals":{"aws:PrincipalOrgID":"` + orgID + `"}}}]}`

	stackTemplate = "Parameters:\n  Days: {Type: String}\n  Kind: {Type: String, Default: a}\nResources:\n" +
		"  Reader:\n    Type: AWS::IAM::Role\n    Properties: {RoleName: reader}\n"
)

// validBaseline are valid resources that the baseline is made of.
func validBaseline() map[string]object {
	preferences := func() object { return object{"failureToleranceCount": 5.0, "maxConcurrentCount": 6.0} }
	return map[string]object{
		stackType: {
			"name": "baseline", "templateBody": stackTemplate, "parameters": object{"Days": "1"},
			"capabilities": []any{"CAPABILITY_NAMED_IAM"},
		},
		stackSetType: {
			"name": "baseline", "permissionModel": "SERVICE_MANAGED", "callAs": "SELF",
			"autoDeployment": object{"enabled": true}, "managedExecution": object{"active": true},
			"templateBody": stackTemplate, "parameters": object{"Days": "1", "Kind": "a"},
			"capabilities": []any{"CAPABILITY_NAMED_IAM"}, "operationPreferences": preferences(),
		},
		stackSetInstanceType: {
			"stackSetName": "regional", "region": home, "callAs": "SELF",
			"deploymentTargets": object{"organizationalUnitIds": []any{unit}}, "operationPreferences": preferences(),
		},
		eventBusType:       {"name": "gxp-events", "description": "All accounts"},
		eventBusPolicyType: {"eventBusName": "hub", "policy": busDocument},
	}
}

// baselineWorld is what the valid resources refer to.
func baselineWorld() memory {
	at := func(typ, id string, inputs object) Resource {
		inputs["id"] = id
		return Resource{Type: typ, URN: "urn:" + typ + "::" + id, Inputs: inputs, AccountID: management, Region: home}
	}
	return memory{
		at(stackSetType, "regional", object{"name": "regional", "permissionModel": "SERVICE_MANAGED"}),
		at(eventBusType, "hub", object{"name": "hub", "arn": busARN}),
	}
}
