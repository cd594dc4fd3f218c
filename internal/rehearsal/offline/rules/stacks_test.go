package rules

import (
	"strings"
	"testing"
)

func TestStacks_Refuse(t *testing.T) {
	body := func(text string) func(*Resource) { return set("templateBody", text) }
	refuses(t, map[string]refusal{
		"a stack whose name begins with a digit": {stackType, set("name", "1st"), nil,
			`name | ValidationError: name is "1st"; it must be a letter followed by letters, digits and hyphens`},
		"a template over the limit": {stackType, body(stackTemplate + strings.Repeat("#", 51200)), nil,
			"templateBody | ValidationError: the template is 51351 bytes long, the limit is 51200; pass it from S3 with templateUrl"},
		"a template that is no YAML": {stackType, body("Resources: ["), nil,
			"templateBody | ValidationError: the template is not valid YAML"},
		"a template without resources": {stackType, both(body("Parameters: {Days: {Type: String}}"), set("capabilities", nil)), nil,
			"templateBody | ValidationError: the template has no resources; at least one must be defined"},
		"a parameter that no template has": {stackType, set("parameters", object{"Days": "1", "Weeks": "1"}), nil,
			"parameters.Weeks | ValidationError: the template has no parameter Weeks; declare it or leave it out"},
		"a parameter without a value": {stackType, set("parameters", nil), nil,
			"parameters | ValidationError: the parameter Days is missing; the template declares it"},
		"a StackSet that leaves out a parameter with a default": {stackSetType, set("parameters", object{"Days": "1"}), nil,
			"parameters | ValidationError: the parameter Kind is missing; the template declares it"},
		"a named role that nobody acknowledged": {stackType, set("capabilities", []any{"CAPABILITY_IAM"}), nil,
			"capabilities | InsufficientCapabilitiesException: the template makes Reader (AWS::IAM::Role); add CAPABILITY_NAMED_IAM"},
		"a stack twice": {stackType, nil, has(stackType),
			`name | AlreadyExistsException: the stack "baseline" exists; choose another name`},
		"an unknown permission model": {stackSetType, both(set("permissionModel", "MANAGED"), set("autoDeployment", nil)), nil,
			"permissionModel | ValidationError: permissionModel is MANAGED; it must be one of SELF_MANAGED, SERVICE_MANAGED"},
		"roles of one's own beside those of AWS": {stackSetType, set("executionRoleName", "worker"), nil,
			"executionRoleName | ValidationError: a StackSet with the permission model SERVICE_MANAGED uses the roles of AWS; leave executionRoleName out"},
		"no word on new accounts": {stackSetType, set("autoDeployment", nil), nil,
			"autoDeployment | ValidationError: autoDeployment is missing; a StackSet with the permission model SERVICE_MANAGED needs it"},
		"a self-managed StackSet that deploys by itself": {stackSetType, set("permissionModel", "SELF_MANAGED"), nil,
			"autoDeployment | ValidationError: only a StackSet with the permission model SERVICE_MANAGED deploys by itself"},
		"a transform": {stackSetType, body("Transform: AWS::LanguageExtensions\n" + stackTemplate), nil,
			"templateBody | ValidationError: a StackSet with the permission model SERVICE_MANAGED takes no transforms"},
		"a nested stack": {stackSetType, body(stackTemplate + "  Inner: {Type: AWS::CloudFormation::Stack}\n"), nil,
			"templateBody | ValidationError: a StackSet with the permission model SERVICE_MANAGED takes no nested stack (Inner)"},
		"more at once than may fail": {stackSetType, set("operationPreferences.maxConcurrentCount", 7.0), nil,
			"operationPreferences.maxConcurrentCount | ValidationError: maxConcurrentCount is 7; under STRICT_FAILURE_TOLERANCE it may be one more than failureToleranceCount, which is 5"},
		"two tolerances": {stackSetType, set("operationPreferences.failureTolerancePercentage", 5.0), nil,
			"operationPreferences.failureTolerancePercentage | ValidationError: operationPreferences.failureToleranceCount and operationPreferences.failureTolerancePercentage exclude each other; keep one"},
		"a StackSet without trusted access": {stackSetType, nil, where(organizationType, orgID, set("awsServiceAccessPrincipals", []any{configService})),
			"permissionModel | ConstraintViolationException: SERVICE_ACCESS_NOT_ENABLED: member.org.stacksets.cloudformation.amazonaws.com has no trusted access; add it to the organization's awsServiceAccessPrincipals"},
		"instances of no StackSet": {stackSetInstanceType, set("stackSetName", "nothing"), nil,
			`stackSetName | StackSetNotFoundException: the StackSet "nothing" does not exist; create it first and pass its output, so that it is created before this`},
		"instances in an account that AWS is to manage": {stackSetInstanceType, both(set("deploymentTargets", nil), set("accountId", archive)), nil,
			"deploymentTargets | ValidationError: deploymentTargets is missing; instances of regional are made in organizational units"},
		"instances in no unit": {stackSetInstanceType, set("deploymentTargets", object{"organizationalUnitIds": []any{"ou-ex01-nowhere1"}}), nil,
			`deploymentTargets.organizationalUnitIds[0] | ValidationError: the organizational unit "ou-ex01-nowhere1" does not exist; create it first and pass its output`},
		"instances twice": {stackSetInstanceType, nil, has(stackSetInstanceType),
			"region | OperationInProgressException: instances of regional in eu-test-1 exist already for ou-ex01-workload; make them once"},
	})
}

func TestEvents_Refuse(t *testing.T) {
	refuses(t, map[string]refusal{
		"a bus whose name has a slash": {eventBusType, set("name", "a/b"), nil,
			`name | ValidationException: name is "a/b"; it must be letters, digits, dots, hyphens and underscores`},
		"a bus twice": {eventBusType, set("name", "hub"), nil,
			`name | ResourceAlreadyExistsException: an event bus named "hub" exists; choose another name`},
		"the policy of no bus": {eventBusPolicyType, set("eventBusName", "nothing"), nil,
			`eventBusName | ResourceNotFoundException: the event bus "nothing" does not exist; create it first and pass its output, so that it is created before this`},
	})
}
