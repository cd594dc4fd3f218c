package rules

import (
	"maps"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
)

const (
	stackType            = "aws:cloudformation/stack:Stack"
	stackSetType         = "aws:cloudformation/stackSet:StackSet"
	stackSetInstanceType = "aws:cloudformation/stackSetInstance:StackSetInstance"
)

const (
	stackSetService = "member.org.stacksets.cloudformation.amazonaws.com"
	templateSize    = 51200
	stackName       = `[a-zA-Z][-a-zA-Z0-9]*`
	stackWords      = "a letter followed by letters, digits and hyphens"
)

var stackSets = target{
	typ: stackSetType, word: "StackSet", code: "StackSetNotFoundException", reach: inRegion,
}

var stackRows = map[string]row{
	stackType: {
		static: []check{
			length("name", 1, 128), pattern("name", stackName, stackWords), exactlyOne("templateBody", "templateUrl"),
			template, capabilities, count("notificationArns", 0, 5),
		},
		against: []check{
			free(inRegion, "AlreadyExistsException", "the stack %q exists; choose another name", "name"),
		},
	},
	stackSetType: {
		static: []check{
			length("name", 1, 128), pattern("name", stackName, stackWords), length("description", 0, 1024),
			exactlyOne("templateBody", "templateUrl"), template, capabilities,
			oneOf("permissionModel", "SELF_MANAGED", "SERVICE_MANAGED"), oneOf("callAs", "SELF", "DELEGATED_ADMIN"),
			serviceManaged, preferences,
		},
		against: []check{
			stackSetTrusted, free(inRegion, "NameAlreadyExistsException", "the StackSet %q exists; choose another name", "name"),
		},
	},
	stackSetInstanceType: {
		static: []check{
			oneOf("callAs", "SELF", "DELEGATED_ADMIN"), atMostOne("accountId", "deploymentTargets"),
			count("deploymentTargets.organizationalUnitIds", 0, 50), preferences,
			oneOf("operationPreferences.concurrencyMode", "STRICT_FAILURE_TOLERANCE", "SOFT_FAILURE_TOLERANCE"),
		},
		against: []check{refers("stackSetName", stackSets), targetsUnits, onePerTarget},
	},
}

// parsedTemplate is what CloudFormation looks at before it makes anything.
type parsedTemplate struct {
	Transform  any            `yaml:"Transform"`
	Parameters map[string]any `yaml:"Parameters"`
	Resources  map[string]struct {
		Type       string         `yaml:"Type"`
		Properties map[string]any `yaml:"Properties"`
	} `yaml:"Resources"`
}

func (s *scope) template() (parsedTemplate, bool) {
	var t parsedTemplate
	body := s.text("templateBody")
	return t, body != "" && yaml.Unmarshal([]byte(body), &t) == nil
}

// template checks the template and that the parameters are those it declares.
func template(s *scope) {
	body := s.text("templateBody")
	if body == "" {
		return
	}
	if len(body) > templateSize {
		s.fail("templateBody", "ValidationError", "the template is %d bytes long, the limit is %d; pass it from S3 with templateUrl",
			len(body), templateSize)
		return
	}
	t, ok := s.template()
	if !ok {
		s.fail("templateBody", "ValidationError", "the template is not valid YAML")
		return
	}
	if len(t.Resources) == 0 {
		s.fail("templateBody", "ValidationError", "the template has no resources; at least one must be defined")
	}
	s.parameters(t)
}

// parameters checks that the parameters are those that the template declares. A
// StackSet reports all of them back, so one that has a default is given too.
func (s *scope) parameters(t parsedTemplate) {
	if s.presence("parameters") == unknown {
		return
	}
	given, _ := s.Inputs["parameters"].(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if _, declared := t.Parameters[name]; !declared {
			s.fail("parameters."+name, "ValidationError", "the template has no parameter %s; declare it or leave it out", name)
		}
	}
	for name, declared := range ordered(t.Parameters) {
		details, _ := declared.(map[string]any)
		_, defaulted := details["Default"]
		_, isGiven := given[name]
		if !isGiven && (!defaulted || s.Type == stackSetType) {
			s.fail("parameters", "ValidationError", "the parameter %s is missing; the template declares it", name)
		}
	}
}

// capabilities checks that whoever makes roles says so.
func capabilities(s *scope) {
	t, ok := s.template()
	if !ok || !settled(s.Inputs["capabilities"]) {
		return
	}
	var given []string
	for _, c := range s.texts("capabilities[]") {
		given = append(given, c)
	}
	for name, r := range ordered(t.Resources) {
		if !strings.HasPrefix(r.Type, "AWS::IAM::") {
			continue
		}
		named := r.Properties["RoleName"] != nil || r.Properties["ManagedPolicyName"] != nil || r.Properties["UserName"] != nil
		if slices.Contains(given, "CAPABILITY_NAMED_IAM") || !named && slices.Contains(given, "CAPABILITY_IAM") {
			continue
		}
		s.fail("capabilities", "InsufficientCapabilitiesException", "the template makes %s (%s); add CAPABILITY_NAMED_IAM", name, r.Type)
		return
	}
}

// serviceManaged checks what only one of the permission models takes.
func serviceManaged(s *scope) {
	if s.presence("permissionModel") == unknown {
		return
	}
	if s.text("permissionModel") != "SERVICE_MANAGED" {
		if s.presence("autoDeployment") == present {
			s.fail("autoDeployment", "ValidationError", "only a StackSet with the permission model SERVICE_MANAGED deploys by itself")
		}
		return
	}
	for _, own := range []string{"administrationRoleArn", "executionRoleName"} {
		if s.presence(own) == present {
			s.fail(own, "ValidationError", "a StackSet with the permission model SERVICE_MANAGED uses the roles of AWS; leave %s out", own)
		}
	}
	if s.presence("autoDeployment") == absent {
		s.fail("autoDeployment", "ValidationError", "autoDeployment is missing; a StackSet with the permission model SERVICE_MANAGED needs it")
	}
	t, ok := s.template()
	if !ok {
		return
	}
	if t.Transform != nil {
		s.fail("templateBody", "ValidationError", "a StackSet with the permission model SERVICE_MANAGED takes no transforms")
	}
	for name, r := range ordered(t.Resources) {
		if r.Type == "AWS::CloudFormation::Stack" {
			s.fail("templateBody", "ValidationError", "a StackSet with the permission model SERVICE_MANAGED takes no nested stack (%s)", name)
		}
	}
}

// preferences checks the numbers of an operation: under strict tolerance no more
// accounts may be worked in at once than may fail, and one.
func preferences(s *scope) {
	const path = "operationPreferences."
	atMostOne(path+"failureToleranceCount", path+"failureTolerancePercentage")(s)
	atMostOne(path+"maxConcurrentCount", path+"maxConcurrentPercentage")(s)
	tolerated, hasTolerance := s.number(path + "failureToleranceCount")
	concurrent, hasConcurrent := s.number(path + "maxConcurrentCount")
	if hasConcurrent && concurrent < 1 {
		s.fail(path+"maxConcurrentCount", "ValidationError", "maxConcurrentCount is %v; it must be at least 1", concurrent)
	}
	soft := s.text(path+"concurrencyMode") == "SOFT_FAILURE_TOLERANCE"
	if hasTolerance && hasConcurrent && !soft && concurrent > tolerated+1 {
		s.fail(path+"maxConcurrentCount", "ValidationError", "maxConcurrentCount is %v; under STRICT_FAILURE_TOLERANCE it may be "+
			"one more than failureToleranceCount, which is %v", concurrent, tolerated)
	}
}

// stackSetTrusted: StackSets reach accounts of the organization only with its
// trust.
func stackSetTrusted(s *scope) {
	if s.text("permissionModel") != "SERVICE_MANAGED" {
		return
	}
	organizationExists(s)
	s.trusted("permissionModel", stackSetService)
}

// targetsUnits checks the targets of instances: units that exist for a StackSet
// that AWS manages, an account for any other.
func targetsUnits(s *scope) {
	set, ok := s.find(s.text("stackSetName"), stackSets)
	if !ok {
		return
	}
	if set.text("permissionModel") == "SERVICE_MANAGED" && s.presence("deploymentTargets") == absent {
		s.fail("deploymentTargets", "ValidationError", "deploymentTargets is missing; instances of %s are made in organizational units",
			set.text("name"))
	}
	for at, id := range s.texts("deploymentTargets.organizationalUnitIds[]") {
		if strings.HasPrefix(id, "r-") {
			continue
		}
		if _, exists := s.world.Find(unitType, id); !exists {
			s.fail(at, "ValidationError", "the organizational unit %q does not exist; create it first and pass its output", id)
		}
	}
}

// onePerTarget: a second operation would find the instances in place.
func onePerTarget(s *scope) {
	region := s.text("region")
	for r := range s.others(stackSetInstanceType) {
		if r.text("stackSetName") == s.text("stackSetName") && r.text("region") == region && region != "" {
			for _, id := range s.texts("deploymentTargets.organizationalUnitIds[]") {
				for _, other := range r.texts("deploymentTargets.organizationalUnitIds[]") {
					if id == other {
						s.fail("region", "OperationInProgressException", "instances of %s in %s exist already for %s; make them once",
							s.text("stackSetName"), region, id)
						return
					}
				}
			}
		}
	}
}
