package rules

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
)

const (
	scheduleGroupType = "aws:scheduler/scheduleGroup:ScheduleGroup"
	scheduleType      = "aws:scheduler/schedule:Schedule"

	schedulerService = "scheduler.amazonaws.com"
)

var scheduleGroups = target{
	typ: scheduleGroupType, word: "schedule group", code: "ResourceNotFoundException", reach: inRegion, tail: ":schedule-group/",
	given: func(ref string) bool { return ref == "default" },
}

const (
	scheduleName  = `[0-9a-zA-Z._-]{1,64}`
	scheduleWords = "1 to 64 letters, digits, dots, hyphens and underscores"
)

var scheduleRows = map[string]row{
	scheduleGroupType: {
		static: []check{pattern("name", scheduleName, scheduleWords), length("namePrefix", 0, 38), atMostOne("name", "namePrefix")},
		against: []check{
			free(inRegion, "ConflictException", "the schedule group %q exists already; choose another name", "name"),
		},
	},
	scheduleType: {
		static: []check{
			pattern("name", scheduleName, scheduleWords), atMostOne("name", "namePrefix"),
			pattern("groupName", scheduleName, "the name of a group, not its ARN"), length("description", 0, 512),
			oneOf("state", "ENABLED", "DISABLED"), length("scheduleExpression", 1, 256), scheduleSyntax,
			timezone("scheduleExpressionTimezone"),
			oneOf("flexibleTimeWindow.mode", "OFF", "FLEXIBLE"), between("flexibleTimeWindow.maximumWindowInMinutes", 1, 1440), flexibleWindow,
			between("target.retryPolicy.maximumEventAgeInSeconds", 60, 86400), between("target.retryPolicy.maximumRetryAttempts", 0, 185),
			pattern("target.arn", `arn:aws:.+`, "the ARN of a target"),
			pattern("target.roleArn", `arn:aws:iam::[0-9]{12}:role/.+`, "the ARN of a role"),
			pattern("target.deadLetterConfig.arn", `arn:aws:sqs:[a-z0-9-]+:[0-9]{12}:.+`, "the ARN of a queue"),
			bytes("target.input", 1, 256<<10), universalTarget, templatedTarget, scheduleDates,
		},
		against: []check{
			refers("groupName", scheduleGroups), refers("target.roleArn", roles),
			assumable("target.roleArn", schedulerService, "ValidationException"), encrypts("kmsKeyArn"),
			deliversTo("target.arn"), deliversTo("target.deadLetterConfig.arn"), athenaTarget,
			free(inRegion, "ConflictException", "the schedule %q exists already in its group; choose another name", "name", "groupName"),
		},
	},
}

func scheduleSyntax(s *scope) {
	for at, text := range s.texts("scheduleExpression") {
		why := "it must begin with rate(, cron( or at("
		switch kind, _, _ := strings.Cut(text, "("); kind {
		case "rate":
			why = badRate(text, false)
		case "cron":
			why = badCron(text)
		case "at":
			why = badTime(text)
		}
		if why != "" {
			s.reject(at, "invalid schedule expression %q: %s", shorten(text), why)
		}
	}
}

func flexibleWindow(s *scope) {
	const minutes = "flexibleTimeWindow.maximumWindowInMinutes"
	switch mode, has := s.text("flexibleTimeWindow.mode"), s.presence(minutes); {
	case mode == "OFF" && has == present:
		s.reject(minutes, "a window that is OFF has no length; drop maximumWindowInMinutes or set the mode to FLEXIBLE")
	case mode == "FLEXIBLE" && has == absent:
		s.reject(minutes, "a FLEXIBLE window needs maximumWindowInMinutes")
	}
}

func scheduleDates(s *scope) {
	moments := map[string]time.Time{}
	for _, path := range []string{"startDate", "endDate"} {
		for at, text := range s.texts(path) {
			moment, err := time.Parse(time.RFC3339, text)
			if err != nil {
				s.reject(at, "%s is %q; write it as 2026-01-01T00:00:00Z", at, shorten(text))
				return
			}
			moments[path] = moment
		}
	}
	if end, ok := moments["endDate"]; ok && !moments["startDate"].Before(end) {
		s.reject("endDate", "the schedule ends before it starts")
	}
}

var (
	universal = regexp.MustCompile(`^arn:aws:scheduler:::aws-sdk:([a-z0-9-]+):([a-z][A-Za-z0-9]+)$`)

	// reading are the calls that Scheduler does not make: nobody would see the
	// answer.
	reading = regexp.MustCompile(`^(get|describe|list|poll|receive|search|scan|query|select|lookup|discover|validate|batchGet|transactGet)[A-Z]`)
)

// universalTarget checks a call of any API: its name, and that its input is JSON.
func universalTarget(s *scope) {
	arn := s.text("target.arn")
	if !strings.HasPrefix(arn, "arn:aws:scheduler:") {
		return
	}
	call := universal.FindStringSubmatch(arn)
	if call == nil {
		s.reject("target.arn", "%q is no universal target; write arn:aws:scheduler:::aws-sdk:service:action, such as "+
			"arn:aws:scheduler:::aws-sdk:athena:startQueryExecution", shorten(arn))
		return
	}
	if reading.MatchString(call[2]) {
		s.reject("target.arn", "Scheduler does not call %s: it only reads", call[2])
	}
	needs("target.input", "a universal target takes the parameters of its call as JSON")(s)
	jsonObject("target.input", 256<<10)(s)
	if call[1] == "athena" && call[2] == "startQueryExecution" {
		s.athenaInput()
	}
}

// athenaParameters are those of StartQueryExecution. Scheduler writes them as the
// SDKs for Java do.
var athenaParameters = []string{
	"ClientRequestToken", "ExecutionParameters", "QueryExecutionContext", "QueryString", "ResultConfiguration",
	"ResultReuseConfiguration", "WorkGroup",
}

// athenaInput looks into the call, which would otherwise fail only when it is
// due.
func (s *scope) athenaInput() {
	input := s.targetInput()
	if input == nil {
		return
	}
	for name := range ordered(input) {
		if !slices.Contains(athenaParameters, name) {
			s.reject("target.input", "StartQueryExecution has no parameter %q; it has %s", shorten(name), strings.Join(athenaParameters, ", "))
		}
	}
	query, _ := input["QueryString"].(string)
	if n := len(query); n < 1 || n > querySize {
		s.reject("target.input", "QueryString is %d bytes long; it must have 1 to %d", n, querySize)
	}
}

func (s *scope) targetInput() map[string]any {
	var input map[string]any
	if json.Unmarshal([]byte(s.text("target.input")), &input) != nil {
		return nil
	}
	return input
}

func athenaTarget(s *scope) {
	if !strings.HasSuffix(s.text("target.arn"), ":aws-sdk:athena:startQueryExecution") {
		return
	}
	input := s.targetInput()
	group, _ := input["WorkGroup"].(string)
	s.exists("target.input", group, workgroups)
	within, _ := input["QueryExecutionContext"].(map[string]any)
	database, _ := within["Database"].(string)
	s.exists("target.input", database, databases)
}

// templatedTarget: some targets need parameters of their own, which no other may
// have.
func templatedTarget(s *scope) {
	parts := strings.Split(s.text("target.arn"), ":")
	if len(parts) < 6 {
		return
	}
	for property, service := range maps.All(map[string]string{
		"eventbridgeParameters": "events", "kinesisParameters": "kinesis", "sqsParameters": "sqs", "ecsParameters": "ecs",
	}) {
		if s.presence("target."+property) == present && parts[2] != service {
			s.reject("target."+property, "%s are for targets of %s; drop them", property, service)
		}
	}
	switch {
	case parts[2] == "events":
		needs("target.eventbridgeParameters", "an event has a source and a detail type")(s)
	case parts[2] == "kinesis":
		needs("target.kinesisParameters", "a record has a partition key")(s)
	case parts[2] == "sqs" && strings.HasSuffix(s.text("target.arn"), ".fifo"):
		needs("target.sqsParameters", "a message of a FIFO queue has a group")(s)
	}
}
