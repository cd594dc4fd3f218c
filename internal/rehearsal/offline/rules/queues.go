package rules

import (
	"encoding/json"
	"strings"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal/offline/rules/policydoc"
)

const (
	queueType       = "aws:sqs/queue:Queue"
	queuePolicyType = "aws:sqs/queuePolicy:QueuePolicy"
)

var queues = target{
	typ: queueType, word: "queue", code: "AWS.SimpleQueueService.NonExistentQueue", reach: inRegion, tail: ":",
}

// queuePolicySize is in bytes.
func queuePolicySize(Quotas) int { return 8192 }

var queueDocument = document("policy", policydoc.Resource, "InvalidAttributeValue", queuePolicySize)

var queueRows = map[string]row{
	queueType: {
		static: []check{
			pattern("name", `[A-Za-z0-9_-]{1,80}|[A-Za-z0-9_-]{1,75}\.fifo`, "1 to 80 letters, digits, hyphens and underscores"),
			atMostOne("name", "namePrefix"), queueName, between("delaySeconds", 0, 900), between("maxMessageSize", 1024, 262144),
			between("messageRetentionSeconds", 60, 1209600), between("receiveWaitTimeSeconds", 0, 20),
			between("visibilityTimeoutSeconds", 0, 43200), between("kmsDataKeyReusePeriodSeconds", 60, 86400),
			jsonObject("redrivePolicy", 8192), redrive, oneEncryption, queueDocument,
		},
		against: []check{
			encrypts("kmsMasterKeyId"), deadLetters,
			free(inRegion, "QueueAlreadyExists", "the queue %q exists already; choose another name", "name"),
		},
	},
	queuePolicyType: {
		static: []check{queueDocument},
		against: []check{
			refers("queueUrl", queues), aboutQueue,
			free(everywhere, "InvalidAttributeValue", "queue %q has a policy from another resource, and each would overwrite the other; "+
				"keep one", "queueUrl"),
		},
	},
}

func queueName(s *scope) {
	if name := s.text("name"); name != "" && s.presence("fifoQueue") != unknown && strings.HasSuffix(name, ".fifo") != s.flag("fifoQueue") {
		s.reject("name", "the name %q and fifoQueue disagree; a FIFO queue's name ends in .fifo, and no other's does", name)
	}
}

func oneEncryption(s *scope) {
	if s.presence("kmsMasterKeyId") == present && s.flag("sqsManagedSseEnabled") {
		s.reject("sqsManagedSseEnabled", "a queue is encrypted by a key of KMS or by SQS; drop sqsManagedSseEnabled")
	}
}

// redrivePolicy is where a queue puts what nobody could handle.
type redrivePolicy struct {
	DeadLetterTargetArn string `json:"deadLetterTargetArn"`

	// MaxReceiveCount is written as a number or as a text.
	MaxReceiveCount json.Number `json:"maxReceiveCount"`
}

func (s *scope) redrivePolicy() (redrivePolicy, bool) {
	var p redrivePolicy
	text := s.text("redrivePolicy")
	return p, text != "" && json.Unmarshal([]byte(text), &p) == nil
}

func redrive(s *scope) {
	p, ok := s.redrivePolicy()
	if !ok {
		return
	}
	if n, err := p.MaxReceiveCount.Int64(); err != nil || n < 1 || n > 1000 {
		s.reject("redrivePolicy", "maxReceiveCount is %q; it must be 1 to 1000", p.MaxReceiveCount)
	}
	if !strings.HasPrefix(p.DeadLetterTargetArn, "arn:aws:sqs:") {
		s.reject("redrivePolicy", "deadLetterTargetArn is %q; it must be the ARN of a queue", shorten(p.DeadLetterTargetArn))
	}
}

func deadLetters(s *scope) {
	p, ok := s.redrivePolicy()
	if !ok {
		return
	}
	queue, ok := s.exists("redrivePolicy", p.DeadLetterTargetArn, queues)
	switch {
	case !ok:
	case !s.near(queue, inRegion):
		s.reject("redrivePolicy", "the dead-letter queue %s is in another account or region; name one beside the queue", p.DeadLetterTargetArn)
	case queue.flag("fifoQueue") != s.flag("fifoQueue"):
		s.reject("redrivePolicy", "the dead-letter queue of a FIFO queue is a FIFO queue, and of no other")
	}
}

func aboutQueue(s *scope) {
	doc := s.parsedPolicy("policy")
	queue, ok := s.find(s.text("queueUrl"), queues)
	arn := queue.text("arn")
	if doc == nil || !ok || arn == "" {
		return
	}
	for i, statement := range doc.Statements {
		for _, resource := range statement.Resource {
			if !policydoc.Match(resource, arn) {
				s.reject("policy", "Statement[%d] is about %q, which is not the queue %s; name the queue", i, resource, arn)
			}
		}
	}
}
