package rules

import (
	"encoding/json"
	"strings"
)

const (
	eventRuleType   = "aws:cloudwatch/eventRule:EventRule"
	eventTargetType = "aws:cloudwatch/eventTarget:EventTarget"

	eventService = "events.amazonaws.com"

	// targetsPerRule is how many targets a rule may have.
	targetsPerRule = 5
)

var eventRules = target{
	typ: eventRuleType, word: "rule", code: "ResourceNotFoundException", reach: inRegion, tail: "/",
}

var eventRuleRows = map[string]row{
	eventRuleType: {
		static: []check{
			pattern("name", `[.\-_A-Za-z0-9]{1,64}`, "1 to 64 letters, digits, dots, hyphens and underscores"),
			atMostOne("name", "namePrefix"), length("description", 0, 512), eventTrigger,
			oneOf("state", "ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"), atMostOne("state", "isEnabled"),
			bytes("eventPattern", 1, 4096), eventPattern, eventSchedule,
		},
		against: []check{
			refers("eventBusName", eventBuses), refers("roleArn", roles),
			free(inRegion, "ResourceAlreadyExistsException", "the rule %q exists from another resource, and each would overwrite the other; "+
				"choose another name", "name", "eventBusName"),
		},
	},
	eventTargetType: {
		static: []check{
			pattern("targetId", `[.\-_A-Za-z0-9]{1,64}`, "1 to 64 letters, digits, dots, hyphens and underscores"),
			pattern("arn", `arn:aws:.+`, "the ARN of a target"), atMostOne("input", "inputPath", "inputTransformer"),
			bytes("input", 1, 8192), bytes("inputTransformer.inputTemplate", 1, 8192),
			between("retryPolicy.maximumEventAgeInSeconds", 60, 86400), between("retryPolicy.maximumRetryAttempts", 0, 185),
			pattern("deadLetterConfig.arn", `arn:aws:sqs:.+`, "the ARN of a queue"), jsonInput, targetRole,
		},
		against: []check{
			refers("eventBusName", eventBuses), ruleOnBus, deliversTo("arn"), deliversTo("deadLetterConfig.arn"), refers("roleArn", roles),
			assumable("roleArn", eventService, "ValidationException"), targetsLeft,
			free(inRegion, "ConcurrentModificationException", "the target %q of the rule exists from another resource, and each would "+
				"overwrite the other; choose another id", "targetId", "rule", "eventBusName"),
		},
	},
}

func eventTrigger(s *scope) {
	if s.presence("eventPattern") == absent && s.presence("scheduleExpression") == absent {
		s.reject("eventPattern", "parameter(s) EventPattern or ScheduleExpression must be specified; set one")
	}
}

// eventPattern: a pattern is made of objects, and of lists of what may be.
func eventPattern(s *scope) {
	for at, text := range s.texts("eventPattern") {
		var pattern map[string]any
		if err := json.Unmarshal([]byte(text), &pattern); err != nil {
			s.fail(at, "InvalidEventPatternException", "event pattern is not valid. Reason: it is no JSON object: %v", err)
			continue
		}
		if len(pattern) == 0 {
			s.fail(at, "InvalidEventPatternException", "event pattern is not valid. Reason: empty event pattern is not allowed; match the source")
		}
		s.patternFields(at, "", pattern)
	}
}

func (s *scope) patternFields(at, path string, fields map[string]any) {
	for name, value := range ordered(fields) {
		here := strings.TrimPrefix(path+"."+name, ".")
		switch value := value.(type) {
		case map[string]any:
			s.patternFields(at, here, value)
		case []any:
			if len(value) == 0 {
				s.fail(at, "InvalidEventPatternException", "event pattern is not valid. Reason: %q matches nothing: its list is empty", here)
			}
		default:
			s.fail(at, "InvalidEventPatternException", "event pattern is not valid. Reason: %q must be an object or an array", here)
		}
	}
}

func eventSchedule(s *scope) {
	for at, text := range s.texts("scheduleExpression") {
		why := "it must begin with rate( or cron("
		switch {
		case strings.HasPrefix(text, "rate("):
			why = badRate(text, true)
		case strings.HasPrefix(text, "cron("):
			why = badCron(text)
		case text == "":
			continue
		}
		if why != "" {
			s.reject(at, "parameter ScheduleExpression is not valid: %q: %s", shorten(text), why)
		}
		if bus := s.text("eventBusName"); bus != "" && bus != "default" {
			s.reject(at, "ScheduleExpression is supported only on the default event bus; use EventBridge Scheduler")
		}
	}
}

func jsonInput(s *scope) {
	for at, text := range s.texts("input") {
		if text != "" && !json.Valid([]byte(text)) {
			s.reject(at, "%s is not JSON; a text is written in quotation marks", at)
		}
	}
}

// roleless are the targets whose own policy lets EventBridge in.
var roleless = map[string]bool{"lambda": true, "sns": true, "sqs": true, "logs": true, "events": true}

// targetRole: what has no policy of its own is called in the name of a role.
func targetRole(s *scope) {
	parts := strings.Split(s.text("arn"), ":")
	if len(parts) < 6 || s.presence("roleArn") != absent || roleless[parts[2]] {
		return
	}
	s.reject("roleArn", "RoleArn is required for target %s; name a role that trusts %s", shorten(s.text("arn")), eventService)
}

func onBus(r Resource) string {
	if bus := r.text("eventBusName"); bus != "" {
		return bus[strings.LastIndex(bus, "/")+1:]
	}
	return "default"
}

func ruleOnBus(s *scope) {
	rule, ok := s.exists("rule", s.text("rule"), eventRules)
	if !ok || s.presence("eventBusName") == unknown || rule.presence("eventBusName") == unknown {
		return
	}
	for r := range s.world.All(eventRuleType) {
		if r.text("name") == s.text("rule") && onBus(r) == onBus(s.Resource) && s.near(r, inRegion) {
			return
		}
	}
	if rule.text("name") == s.text("rule") {
		s.fail("rule", "ResourceNotFoundException", "rule %s does not exist on EventBus %s, but on %s; name its bus", s.text("rule"),
			onBus(s.Resource), onBus(rule))
	}
}

func targetsLeft(s *scope) {
	rule, n := s.text("rule"), 1
	for r := range s.others(eventTargetType) {
		if rule != "" && r.text("rule") == rule && onBus(r) == onBus(s.Resource) && s.near(r, inRegion) {
			n++
		}
	}
	if n > targetsPerRule {
		s.fail("rule", "LimitExceededException", "the rule would have %d targets, the limit is %d; add a rule", n, targetsPerRule)
	}
}
