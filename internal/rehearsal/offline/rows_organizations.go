package offline

import (
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

var organizationRows = map[string]row{
	"aws:organizations/organization:Organization": {
		id:  "{org}",
		arn: "arn:aws:organizations::{account}:organization/{id}",
		outputs: map[string]any{
			"masterAccountId":    "{account}",
			"masterAccountArn":   "arn:aws:organizations::{account}:account/{id}/{account}",
			"masterAccountEmail": "management@example.com",
			"masterAccountName":  "management",
			"accounts":           []resource.PropertyValue{},
			"nonMasterAccounts":  []resource.PropertyValue{},
			"roots":              answer(organizationRoots),
		},
		// AWS goes from consolidated billing to all features, never back.
		replace: []string{"featureSet"},
		global:  true,
		takes:   5 * time.Second,
	},
	"aws:organizations/organizationalUnit:OrganizationalUnit": {
		id:       "ou-{rootsuffix}-{alnum:8}",
		arn:      "arn:aws:organizations::{account}:ou/{org}/{id}",
		autoname: "name",
		outputs:  map[string]any{"accounts": []resource.PropertyValue{}},
		replace:  []string{"parentId"},
		tagged:   true,
		global:   true,
		takes:    2 * time.Second,
	},
	accountType: {
		id:       "{digits:12}",
		arn:      "arn:aws:organizations::{account}:account/{org}/{id}",
		autoname: "name",
		outputs: map[string]any{
			"govcloudId":      "",
			"joinedMethod":    "CREATED",
			"joinedTimestamp": "{epoch}",
			"parentId":        "{root}",
			"status":          "ACTIVE",
		},
		replace: []string{"email", "name", "roleName", "iamUserAccessToBilling", "createGovcloud"},
		tagged:  true,
		global:  true,
		takes:   2 * time.Minute,
	},
	"aws:organizations/delegatedAdministrator:DelegatedAdministrator": {
		id:  "{in:accountId}/{in:servicePrincipal}",
		arn: "arn:aws:organizations::{account}:account/{org}/{in:accountId}",
		outputs: map[string]any{
			"delegationEnabledDate": "{epoch}",
			"email":                 "",
			"joinedMethod":          "CREATED",
			"joinedTimestamp":       "{epoch}",
			"name":                  "",
			"status":                "ACTIVE",
		},
		replace: []string{"accountId", "servicePrincipal"},
		global:  true,
		takes:   3 * time.Second,
	},
	"aws:organizations/policy:Policy": {
		id:       "p-{alnum:8}",
		arn:      "arn:aws:organizations::{account}:policy/{org}/service_control_policy/{id}",
		autoname: "name",
		outputs:  map[string]any{"type": "SERVICE_CONTROL_POLICY"},
		replace:  []string{"type"},
		tagged:   true,
		global:   true,
		takes:    2 * time.Second,
	},
	"aws:organizations/policyAttachment:PolicyAttachment": {
		id:      "{in:targetId}:{in:policyId}",
		replace: []string{"policyId", "targetId"},
		global:  true,
		takes:   2 * time.Second,
	},
	"aws:account/alternativeContact:AlternativeContact": {
		id:       "{in:accountId|self}/{in:alternateContactType}",
		autoname: "name",
		replace:  []string{"accountId", "alternateContactType"},
		global:   true,
		takes:    2 * time.Second,
	},
}

// accountType is the type whose ids decide which accounts can be worked in.
const accountType = "aws:organizations/account:Account"

func organizationRoots(s subject) resource.PropertyValue {
	enabled := []resource.PropertyValue{}
	if types := s.inputs["enabledPolicyTypes"]; types.IsArray() {
		for _, typ := range types.ArrayValue() {
			enabled = append(enabled, resource.NewProperty(resource.PropertyMap{
				"type": typ, "status": resource.NewProperty("ENABLED"),
			}))
		}
	}
	root := RootID(s.provider.AccountID)
	return resource.NewProperty([]resource.PropertyValue{resource.NewProperty(resource.PropertyMap{
		"id":          resource.NewProperty(root),
		"arn":         resource.NewProperty("arn:aws:organizations::" + s.provider.AccountID + ":root/" + s.id + "/" + root),
		"name":        resource.NewProperty("Root"),
		"policyTypes": resource.NewProperty(enabled),
	})})
}
