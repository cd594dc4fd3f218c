package rules

import (
	"net/mail"
	"strings"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal/offline/rules/policydoc"
)

const (
	topicType        = "aws:sns/topic:Topic"
	topicPolicyType  = "aws:sns/topicPolicy:TopicPolicy"
	subscriptionType = "aws:sns/topicSubscription:TopicSubscription"
)

var topics = target{typ: topicType, word: "topic", code: "NotFound", reach: inRegion, tail: ":"}

var topicDocument = document("policy", policydoc.Topic, "InvalidParameter: Policy Error", func(q Quotas) int { return q.TopicPolicySize })

var topicRows = map[string]row{
	topicType: {
		static: []check{
			length("name", 1, 256), pattern("name", `[A-Za-z0-9_-]+(\.fifo)?`, "letters, digits, hyphen and underscore"),
			length("displayName", 0, 100), oneOf("signatureVersion", 1, 2), oneOf("tracingConfig", "PassThrough", "Active"),
			topicDocument, fifoName, atMostOne("name", "namePrefix"),
		},
		against: []check{
			refersKey("kmsMasterKeyId"),
			free(inRegion, "InvalidParameter", "a topic named %q exists already; choose another name", "name"),
		},
	},
	topicPolicyType: {
		static: []check{topicDocument},
		against: []check{
			refers("arn", topics), policyIsAboutTopic,
			free(everywhere, "InvalidParameter", "topic %q has a policy from another resource, and each would overwrite the "+
				"other; keep one", "arn"),
		},
	},
	subscriptionType: {
		static: []check{
			oneOf("protocol", "application", "email", "email-json", "firehose", "http", "https", "lambda", "sms", "sqs"),
			oneOf("filterPolicyScope", "MessageAttributes", "MessageBody"), jsonObject("filterPolicy", 256<<10), endpoint,
		},
		against: []check{
			refers("topic", topics),
			free(everywhere, "InvalidParameter", "topic %q is subscribed to by that endpoint already; subscribe it once", "topic",
				"protocol", "endpoint"),
		},
	},
}

func fifoName(s *scope) {
	if name := s.text("name"); name != "" && s.presence("fifoTopic") != unknown && strings.HasSuffix(name, ".fifo") != s.flag("fifoTopic") {
		s.reject("name", "the name %q and fifoTopic disagree; a FIFO topic's name ends in .fifo, and no other's does", name)
	}
}

func policyIsAboutTopic(s *scope) {
	doc, arn := s.parsedPolicy("policy"), s.text("arn")
	if doc == nil || arn == "" {
		return
	}
	for i, statement := range doc.Statements {
		for _, resource := range statement.Resource {
			if !policydoc.Match(resource, arn) {
				s.fail("policy", "InvalidParameter: Policy Error", "Statement[%d] is about %q, which is not the topic %s; name the "+
					"topic", i, resource, arn)
			}
		}
	}
}

// endpoint checks that the address is of the kind that the protocol delivers to.
func endpoint(s *scope) {
	address := s.text("endpoint")
	if address == "" {
		return
	}
	bad := func(want string) {
		s.reject("endpoint", "invalid endpoint %q for protocol %s; it must be %s", shorten(address), s.text("protocol"), want)
	}
	switch protocol := s.text("protocol"); protocol {
	case "email", "email-json":
		if a, err := mail.ParseAddress(address); err != nil || a.Address != address {
			bad("an email address")
		}
	case "http", "https":
		if !strings.HasPrefix(address, protocol+"://") {
			bad("a URL that begins with " + protocol + "://")
		}
	case "lambda", "sqs", "firehose", "application":
		if !strings.HasPrefix(address, "arn:aws:") {
			bad("an ARN")
		}
	}
}
