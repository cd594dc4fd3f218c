package offline

import "time"

var notificationRows = map[string]row{
	"aws:sns/topic:Topic": {
		id:       "arn:aws:sns:{region}:{account}:{in:name}",
		arn:      "{id}",
		autoname: "name",
		outputs: map[string]any{
			"beginningArchiveTime": "",
			"fifoTopic":            false,
			"namePrefix":           "",
			"owner":                "{account}",
			"policy":               "",
			"signatureVersion":     0,
			"tracingConfig":        "",
		},
		replace: []string{"name", "namePrefix", "fifoTopic"},
		tagged:  true,
		takes:   time.Second,
	},
	"aws:sns/topicPolicy:TopicPolicy": {
		id:      "{in:arn}",
		outputs: map[string]any{"owner": "{account}"},
		replace: []string{"arn"},
		takes:   time.Second,
	},
	"aws:sns/topicSubscription:TopicSubscription": {
		id:  "{in:topic}:{uuid}",
		arn: "{id}",
		outputs: map[string]any{
			"confirmationWasAuthenticated": false,
			"filterPolicyScope":            "",
			"ownerId":                      "{account}",
			// Somebody has to click the link in the mail; nobody does offline.
			"pendingConfirmation": true,
		},
		replace: []string{"topic", "protocol", "endpoint"},
		takes:   time.Second,
	},
}
