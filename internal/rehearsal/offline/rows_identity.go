package offline

import (
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

var identityRows = map[string]row{
	"aws:iam/role:Role": {
		id:       "{in:name}",
		arn:      "arn:aws:iam::{account}:role{in:path|/}{in:name}",
		autoname: "name",
		outputs: map[string]any{
			"createDate":         "{epoch}",
			"maxSessionDuration": 3600,
			"namePrefix":         "",
			"path":               "/",
			"uniqueId":           "AROA{ALNUM:17}",
		},
		replace: []string{"name", "namePrefix", "path"},
		tagged:  true,
		global:  true,
		takes:   10 * time.Second,
	},
	"aws:iam/policy:Policy": {
		id:       "arn:aws:iam::{account}:policy{in:path|/}{in:name}",
		arn:      "{id}",
		autoname: "name",
		outputs: map[string]any{
			"attachmentCount": 0,
			"namePrefix":      "",
			"path":            "/",
			"policyId":        "ANPA{ALNUM:17}",
		},
		replace: []string{"name", "namePrefix", "path", "description"},
		tagged:  true,
		global:  true,
		takes:   2 * time.Second,
	},
	"aws:iam/rolePolicy:RolePolicy": {
		id:       "{in:role}:{in:name}",
		autoname: "name",
		outputs:  map[string]any{"namePrefix": ""},
		replace:  []string{"name", "namePrefix", "role"},
		global:   true,
		takes:    2 * time.Second,
	},
	"aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
		id:      "{in:role}-{hex:26}",
		replace: []string{"role", "policyArn"},
		global:  true,
		takes:   2 * time.Second,
	},
}

// aliasTarget is the ARN of the key, whether the alias names it by id or by
// ARN.
func aliasTarget(s subject) resource.PropertyValue {
	target, known := s.input("targetKeyId", "")
	if !known {
		return unknown
	}
	if len(target) > 4 && target[:4] == "arn:" {
		return resource.NewProperty(target)
	}
	return resource.NewProperty("arn:aws:kms:" + s.provider.Region + ":" + s.provider.AccountID + ":key/" + target)
}
