package rules

import (
	"fmt"
	"strings"
	"testing"
)

func TestAccess_Refuses(t *testing.T) {
	manyManaged := func(m memory) memory {
		for i := range 10 {
			m = has(roleAttachmentType, set("policyArn", fmt.Sprint("arn:aws:iam::aws:policy/P", i)))(m)
		}
		return m
	}
	long := strings.Replace(identityDocument, `"*"`, `"arn:aws:s3:::`+strings.Repeat("a", 6200)+`"`, 1)
	refuses(t, map[string]refusal{
		"a role name over the limit": {roleType, set("name", strings.Repeat("a", 65)), nil,
			"name | ValidationError: name is 65 characters long; it must have 1 to 64"},
		"a role path without slashes": {roleType, set("path", "gxp"), nil,
			`path | ValidationError: path is "gxp"; it must be / or a path between slashes`},
		"a session of a day": {roleType, set("maxSessionDuration", 86400.0), nil,
			"maxSessionDuration | ValidationError: maxSessionDuration is 86400; it must be 3600 to 43200"},
		"a trust policy with a resource": {roleType, set("assumeRolePolicy", strings.Replace(trustDocument, `"Action"`, `"Resource":"*","Action"`, 1)), nil,
			"assumeRolePolicy | MalformedPolicyDocument: Statement[0].Resource: a role trust policy has no resource; leave the element out"},
		"a trust policy over the quota": {roleType, set("assumeRolePolicy", strings.Replace(trustDocument, `"Effect"`, `"Sid":"`+strings.Repeat("a", 2048)+`","Effect"`, 1)), nil,
			"assumeRolePolicy | MalformedPolicyDocument: the role trust policy is 2235 characters long, the limit is 2048; shorten it or split it"},
		"an inline policy with a principal": {roleType, set("inlinePolicies", []any{object{"name": "a", "policy": trustDocument}}), nil,
			"inlinePolicies[0].policy | MalformedPolicyDocument: Statement[0].Principal: an identity policy has no principal; leave the element out\ninlinePolicies[0].policy | MalformedPolicyDocument: Statement[0].Resource: is missing; write Resource or NotResource"},
		"a managed policy that does not exist": {roleType, set("managedPolicyArns", []any{"arn:aws:iam::111122223333:policy/nothing"}), nil,
			`managedPolicyArns[0] | NoSuchEntity: the policy "arn:aws:iam::111122223333:policy/nothing" does not exist; create it first and pass its output, so that it is created before this`},
		"a boundary that is no ARN": {roleType, set("permissionsBoundary", "reader"), nil,
			`permissionsBoundary | ValidationError: permissionsBoundary is "reader"; it must be the ARN of a managed policy`},
		"a role that exists": {roleType, set("name", "worker"), nil,
			`name | EntityAlreadyExists: the role "worker" already exists; choose another name`},
		"an inline policy of nobody": {inlinePolicyType, set("role", "nobody"), nil,
			`role | NoSuchEntity: the role "nobody" does not exist; create it first and pass its output, so that it is created before this`},
		"inline policies too long together": {inlinePolicyType, set("policy", long), has(inlinePolicyType, set("policy", long)),
			"policy | LimitExceeded: the inline policies of role worker would have 12616 characters together, the limit is 10240; use a managed policy"},
		"a managed policy too long": {managedPolicyType, set("policy", long), nil,
			"policy | MalformedPolicyDocument: the identity policy is 6308 characters long, the limit is 6144; shorten it or split it"},
		"a managed policy that exists": {managedPolicyType, set("name", "reader"), nil,
			`name | EntityAlreadyExists: the policy "reader" already exists; choose another name`},
		"an attachment to nobody": {roleAttachmentType, set("role", "nobody"), nil,
			`role | NoSuchEntity: the role "nobody" does not exist; create it first and pass its output, so that it is created before this`},
		"an attachment to another account's role": {roleAttachmentType, set("role", "replicator"), nil,
			`role | NoSuchEntity: the role "replicator" does not exist; create it first and pass its output, so that it is created before this`},
		"an attachment of no policy": {roleAttachmentType, set("policyArn", "arn:aws:iam::111122223333:policy/nothing"), nil,
			`policyArn | NoSuchEntity: the policy "arn:aws:iam::111122223333:policy/nothing" does not exist; create it first and pass its output, so that it is created before this`},
		"an eleventh attachment": {roleAttachmentType, nil, manyManaged,
			"policyArn | LimitExceeded: role worker would have 11 managed policies, the quota is 10; merge some"},

		"a topic name with a dot": {topicType, set("name", "a.b"), nil,
			`name | InvalidParameter: name is "a.b"; it must be letters, digits, hyphen and underscore`},
		"a queue's name on a plain topic": {topicType, set("name", "a.fifo"), nil,
			`name | InvalidParameter: the name "a.fifo" and fifoTopic disagree; a FIFO topic's name ends in .fifo, and no other's does`},
		"a topic that exists": {topicType, set("name", "alerts"), nil,
			`name | InvalidParameter: a topic named "alerts" exists already; choose another name`},
		"a topic with a key of nobody": {topicType, set("kmsMasterKeyId", "alias/nothing"), nil,
			`kmsMasterKeyId | NotFoundException: the key alias "alias/nothing" does not exist; create it first and pass its output, so that it is created before this`},
		"a topic policy that allows all": {topicPolicyType, set("policy", strings.Replace(topicDocumentText, "sns:Publish", "sns:*", 1)), nil,
			`policy | InvalidParameter: Policy Error: Statement[0].Action: "sns:*" is out of service scope; a topic policy takes sns:Publish, sns:Subscribe and the other actions on a topic by their full names, without wildcards`},
		"a topic policy about another topic": {topicPolicyType, set("policy", strings.Replace(topicDocumentText, ":alerts", ":other", 1)), nil,
			`policy | InvalidParameter: Policy Error: Statement[0] is about "arn:aws:sns:eu-test-1:111122223333:other", which is not the topic arn:aws:sns:eu-test-1:111122223333:alerts; name the topic`},
		"a policy of no topic": {topicPolicyType, both(set("arn", topicARN+"2"), set("policy", strings.Replace(topicDocumentText, ":alerts", ":alerts2", 1))), nil,
			`arn | NotFound: the topic "arn:aws:sns:eu-test-1:111122223333:alerts2" does not exist; create it first and pass its output, so that it is created before this`},
		"a second topic policy": {topicPolicyType, nil, has(topicPolicyType),
			`arn | InvalidParameter: topic "arn:aws:sns:eu-test-1:111122223333:alerts" has a policy from another resource, and each would overwrite the other; keep one`},
		"a subscription to nothing": {subscriptionType, set("topic", topicARN+"2"), nil,
			`topic | NotFound: the topic "arn:aws:sns:eu-test-1:111122223333:alerts2" does not exist; create it first and pass its output, so that it is created before this`},
		"an unknown protocol": {subscriptionType, set("protocol", "fax"), nil,
			"protocol | InvalidParameter: protocol is fax; it must be one of application, email, email-json, firehose, http, https, lambda, sms, sqs"},
		"an email endpoint that is none": {subscriptionType, set("endpoint", "soc"), nil,
			`endpoint | InvalidParameter: invalid endpoint "soc" for protocol email; it must be an email address`},
		"a web endpoint without TLS": {subscriptionType, both(set("protocol", "https"), set("endpoint", "http://example.com")), nil,
			`endpoint | InvalidParameter: invalid endpoint "http://example.com" for protocol https; it must be a URL that begins with https://`},
		"a function that is no ARN": {subscriptionType, both(set("protocol", "lambda"), set("endpoint", "handler")), nil,
			`endpoint | InvalidParameter: invalid endpoint "handler" for protocol lambda; it must be an ARN`},
		"a filter policy that is no JSON": {subscriptionType, set("filterPolicy", "{"), nil,
			"filterPolicy | InvalidParameter: filterPolicy is not a JSON object: unexpected end of JSON input"},
		"a subscription twice": {subscriptionType, nil, has(subscriptionType),
			`topic | InvalidParameter: topic "arn:aws:sns:eu-test-1:111122223333:alerts" is subscribed to by that endpoint already; subscribe it once`},
	})
}

func TestAccess_AcceptsRolesThatAWSMakes(t *testing.T) {
	r := valid(roleAttachmentType)
	r.Inputs["role"] = "OrganizationAccountAccessRole"
	if got := Against(r, landingZone()); len(got) > 0 {
		t.Errorf("refused: %v", got)
	}
}
