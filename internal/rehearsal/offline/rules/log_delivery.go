package rules

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal/offline/rules/policydoc"
)

const (
	logStreamType          = "aws:cloudwatch/logStream:LogStream"
	logDestinationType     = "aws:cloudwatch/logDestination:LogDestination"
	destinationPolicyType  = "aws:cloudwatch/logDestinationPolicy:LogDestinationPolicy"
	subscriptionFilterType = "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter"
	logAccountPolicyType   = "aws:cloudwatch/logAccountPolicy:LogAccountPolicy"

	logService = "logs.amazonaws.com"
)

var sharedDestinations = target{
	typ: logDestinationType, word: "log destination", code: "ResourceNotFoundException", reach: inRegion, tail: ":destination:",
}

// destinationPolicySize is in bytes, accountPolicySize in characters.
func destinationPolicySize(Quotas) int { return 5120 }

const accountPolicySize = 30720

// subscriptionsPerGroup is how many filters a log group may have.
const subscriptionsPerGroup = 2

var logDeliveryRows = map[string]row{
	logStreamType: {
		static: []check{length("name", 1, 512), pattern("name", `[^:*]*`, "without colon and asterisk")},
		against: []check{
			refers("logGroupName", logGroups),
			free(inRegion, "ResourceAlreadyExistsException", "the log stream %q exists already in that group; choose another name", "name",
				"logGroupName"),
		},
	},
	logDestinationType: {
		static: []check{
			length("name", 1, 512), pattern("name", `[^:*]*`, "without colon and asterisk"),
			pattern("targetArn", `arn:aws:(?:kinesis|firehose):[a-z0-9-]+:[0-9]{12}:.+`, "the ARN of a Kinesis or Firehose stream"),
			pattern("roleArn", `arn:aws:iam::[0-9]{12}:role/.+`, "the ARN of a role"),
		},
		against: []check{
			// The stream may be in another region than the destination.
			refers("targetArn", destinationStreams), refers("roleArn", roles),
			assumable("roleArn", logService, "InvalidParameterException"),
			free(inRegion, "OperationAbortedException", "there is a log destination named %q from another resource, and each would "+
				"overwrite the other; choose another name", "name"),
		},
	},
	destinationPolicyType: {
		static: []check{
			document("accessPolicy", policydoc.Resource, "InvalidParameterException", destinationPolicySize), destinationActions,
		},
		against: []check{
			refers("destinationName", sharedDestinations), aboutDestination,
			free(inRegion, "OperationAbortedException", "log destination %q has a policy from another resource, and each would overwrite "+
				"the other; keep one", "destinationName"),
		},
	},
	subscriptionFilterType: {
		static: []check{
			length("name", 1, 512), pattern("name", `[^:*]*`, "without colon and asterisk"), length("filterPattern", 0, 1024),
			filterSyntax("filterPattern"), oneOf("distribution", "Random", "ByLogStream"),
			pattern("destinationArn", `arn:aws:(?:kinesis|firehose|lambda|logs):[a-z0-9-]+:[0-9]{12}:.+`, "the ARN of a stream, a function or a log destination"),
		},
		against: []check{
			refers("logGroup", logGroups), refers("roleArn", roles), assumable("roleArn", logService, "InvalidParameterException"),
			subscribes, subscriptionsLeft,
		},
	},
	logAccountPolicyType: {
		static: []check{
			length("policyName", 1, 256), pattern("policyName", `[^:*]*`, "without colon and asterisk"), oneOf("scope", "ALL"),
			oneOf("policyType", "DATA_PROTECTION_POLICY", "SUBSCRIPTION_FILTER_POLICY", "FIELD_INDEX_POLICY", "TRANSFORMER_POLICY"),
			jsonObject("policyDocument", accountPolicySize), accountSubscription, selection,
		},
		against: []check{accountSubscribes, onlyAccountSubscription},
	},
}

// destinationStreams are Firehose streams; those of Kinesis are given.
var destinationStreams = func() target {
	t := streams
	t.given = func(ref string) bool { return strings.HasPrefix(ref, "arn:aws:kinesis:") }
	return t
}()

// destinationActions: a policy of a destination can allow these calls and no
// others.
func destinationActions(s *scope) {
	doc := s.parsedPolicy("accessPolicy")
	if doc == nil {
		return
	}
	for i, statement := range doc.Statements {
		for _, action := range statement.Action {
			if !policydoc.Match(strings.ToLower(action), "logs:putsubscriptionfilter") &&
				!policydoc.Match(strings.ToLower(action), "logs:putaccountpolicy") {
				s.reject("accessPolicy", "Statement[%d] is about %q; a destination is for logs:PutSubscriptionFilter and "+
					"logs:PutAccountPolicy", i, action)
			}
		}
	}
}

func aboutDestination(s *scope) {
	doc := s.parsedPolicy("accessPolicy")
	destination, ok := s.find(s.text("destinationName"), sharedDestinations)
	arn := destination.text("arn")
	if doc == nil || !ok || arn == "" {
		return
	}
	for i, statement := range doc.Statements {
		for _, resource := range statement.Resource {
			if !policydoc.Match(resource, arn) {
				s.reject("accessPolicy", "Statement[%d] is about %q, which is not the destination %s; name the destination", i, resource, arn)
			}
		}
	}
}

// filterSyntax finds the mistakes in a filter pattern that no compiler sees.
func filterSyntax(path string) check {
	return func(s *scope) {
		for at, text := range s.texts(path) {
			plain := quoted.ReplaceAllString(strings.TrimSpace(text), `""`)
			for _, pair := range []string{"{}", "[]", "()"} {
				if strings.Count(plain, pair[:1]) != strings.Count(plain, pair[1:]) {
					s.reject(at, "invalid filter pattern: %s and %s do not balance in %s", pair[:1], pair[1:], shorten(text))
				}
			}
		}
	}
}

func subscribes(s *scope) {
	s.sendsLogs("destinationArn", s.text("destinationArn"), "logs:PutSubscriptionFilter", s.presence("roleArn"))
}

func subscriptionsLeft(s *scope) {
	group, n := s.text("logGroup"), 1
	for r := range s.others(subscriptionFilterType) {
		if group != "" && r.text("logGroup") == group && s.near(r, inRegion) {
			n++
		}
	}
	if n > subscriptionsPerGroup {
		s.fail("logGroup", "LimitExceededException", "the log group would have %d subscription filters, the limit is %d; drop one", n,
			subscriptionsPerGroup)
	}
}

// subscription is the document of an account's subscription filter.
type subscription struct {
	DestinationArn, RoleArn, FilterPattern, Distribution string
}

// subscription returns the document of an account policy that is a subscription
// filter.
func (s *scope) subscription() (subscription, bool) {
	var doc subscription
	text, ok := s.document("policyDocument")
	if !ok || s.text("policyType") != "SUBSCRIPTION_FILTER_POLICY" || json.Unmarshal([]byte(text), &doc) != nil {
		return doc, false
	}
	return doc, true
}

func accountSubscription(s *scope) {
	doc, ok := s.subscription()
	if !ok {
		return
	}
	if !strings.HasPrefix(doc.DestinationArn, "arn:aws:") {
		s.reject("policyDocument", "DestinationArn is %q; name a stream, a function or a log destination", shorten(doc.DestinationArn))
	}
	if !slices.Contains([]string{"", "Random", "ByLogStream"}, doc.Distribution) {
		s.reject("policyDocument", "Distribution is %q; it must be Random or ByLogStream", shorten(doc.Distribution))
	}
	if len(doc.FilterPattern) > 1024 {
		s.reject("policyDocument", "FilterPattern is %d characters long; the limit is 1024", len(doc.FilterPattern))
	}
}

var selectionSyntax = regexp.MustCompile(`^LogGroupName NOT IN (\[.*\])$`)

// selectionSize is in bytes.
const selectionSize = 25 << 10

// selection: an account's subscription takes all log groups but those it names.
func selection(s *scope) {
	for at, text := range s.texts("selectionCriteria") {
		if s.text("policyType") != "SUBSCRIPTION_FILTER_POLICY" {
			continue
		}
		var names []string
		match := selectionSyntax.FindStringSubmatch(text)
		switch {
		case match == nil || json.Unmarshal([]byte(match[1]), &names) != nil:
			s.reject(at, `the selection is %q; it must be LogGroupName NOT IN ["group", ...]`, shorten(text))
		case len(text) > selectionSize:
			s.reject(at, "the selection is %d bytes long; the limit is %d", len(text), selectionSize)
		}
	}
}

func accountSubscribes(s *scope) {
	doc, ok := s.subscription()
	if !ok {
		return
	}
	s.exists("policyDocument", doc.RoleArn, roles)
	role := absent
	if doc.RoleArn != "" {
		role = present
	}
	s.sendsLogs("policyDocument", doc.DestinationArn, "logs:PutAccountPolicy", role)
}

func onlyAccountSubscription(s *scope) {
	kind := s.text("policyType")
	for r := range s.others(logAccountPolicyType) {
		if kind == "SUBSCRIPTION_FILTER_POLICY" && r.text("policyType") == kind && s.near(r, inRegion) {
			s.fail("policyType", "LimitExceededException", "the account has the subscription filter %s already, and one is the limit in each "+
				"region; keep one", r.text("policyName"))
			return
		}
	}
}

// sendsLogs checks that logs can go to where the ARN says: it is there, it is in
// this region, and lets this account in.
func (s *scope) sendsLogs(at, arn, action string, role presence) {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) < 6 || s.Region == "" || s.AccountID == "" {
		return
	}
	service, region := parts[2], parts[3]
	if region != s.Region {
		s.reject(at, "the destination %s is in %s; logs are sent within their region, so name one in %s", shorten(arn), region, s.Region)
		return
	}
	switch service {
	case "logs":
		if destination, ok := s.exists(at, arn, sharedDestinations); ok {
			s.letIn(at, arn, action, destination)
		}
	case "lambda":
		s.exists(at, arn, functions)
	case "firehose", "kinesis":
		s.exists(at, arn, destinationStreams)
		if role == absent {
			s.reject(at, "logs go to %s in the name of a role; name one that trusts %s", shorten(arn), logService)
		}
	}
}

// letIn asks the policy of a destination in another account.
func (s *scope) letIn(at, arn, action string, destination Resource) {
	if destination.AccountID == "" || destination.AccountID == s.AccountID {
		return
	}
	context := map[string]string{"aws:SecureTransport": "true", "aws:PrincipalAccount": s.AccountID}
	if o, ok := s.organization(); ok && o.text("id") != "" {
		context["aws:PrincipalOrgID"] = o.text("id")
	}
	for r := range s.world.All(destinationPolicyType) {
		if r.text("destinationName") != destination.text("name") || r.AccountID != destination.AccountID || r.Region != destination.Region {
			continue
		}
		text, ok := r.document("accessPolicy")
		if !ok {
			return
		}
		doc, _ := policydoc.Parse(text)
		if doc == nil || doc.Allows(policydoc.Request{Account: s.AccountID, Action: action, Resource: arn, Context: context}) {
			return
		}
	}
	s.fail(at, "AccessDeniedException", "%s", fmt.Sprintf("user with accountId %s is not authorized to perform %s on resource %s: let the "+
		"destination's policy allow it, and let this depend on the policy", s.AccountID, action, arn))
}
