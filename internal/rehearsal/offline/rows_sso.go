package offline

import (
	"strings"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

var ssoRows = map[string]row{
	"aws:ssoadmin/permissionSet:PermissionSet": {
		id:       "arn:aws:sso:::permissionSet/{ssoins}/ps-{hex:16},{in:instanceArn}",
		arn:      "arn:aws:sso:::permissionSet/{ssoins}/ps-{hex:16}",
		autoname: "name",
		outputs:  map[string]any{"createdDate": "{epoch}", "sessionDuration": "PT1H"},
		replace:  []string{"name", "instanceArn"},
		tagged:   true,
		takes:    2 * time.Second,
	},
	"aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy": {
		id:      "{in:permissionSetArn},{in:instanceArn}",
		replace: []string{"permissionSetArn", "instanceArn"},
		takes:   2 * time.Second,
	},
	"aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment": {
		id:      "{in:managedPolicyArn},{in:permissionSetArn},{in:instanceArn}",
		outputs: map[string]any{"managedPolicyName": answer(managedPolicyName)},
		replace: []string{"managedPolicyArn", "permissionSetArn", "instanceArn"},
		takes:   2 * time.Second,
	},
	"aws:ssoadmin/permissionsBoundaryAttachment:PermissionsBoundaryAttachment": {
		id:      "{in:permissionSetArn},{in:instanceArn}",
		replace: []string{"permissionSetArn", "instanceArn", "permissionsBoundary"},
		takes:   2 * time.Second,
	},
	"aws:ssoadmin/accountAssignment:AccountAssignment": {
		id: "{in:principalId},{in:principalType},{in:targetId},{in:targetType|AWS_ACCOUNT}," +
			"{in:permissionSetArn},{in:instanceArn}",
		replace: []string{"principalId", "principalType", "targetId", "targetType", "permissionSetArn", "instanceArn"},
		takes:   15 * time.Second,
	},
	"aws:ssoadmin/instanceAccessControlAttributes:InstanceAccessControlAttributes": {
		id:      "{in:instanceArn}",
		outputs: map[string]any{"status": "ENABLED", "statusReason": ""},
		replace: []string{"instanceArn"},
		takes:   2 * time.Second,
	},
	"aws:identitystore/group:Group": {
		id:      "{in:identityStoreId}/{uuid}",
		outputs: map[string]any{"groupId": "{uuid}", "externalIds": []resource.PropertyValue{}},
		replace: []string{"identityStoreId"},
		takes:   time.Second,
	},
	"aws:iam/accountPasswordPolicy:AccountPasswordPolicy": {
		id:      "iam-account-password-policy",
		outputs: map[string]any{"expirePasswords": true},
		global:  true,
		takes:   time.Second,
	},
	"aws:iam/organizationsFeatures:OrganizationsFeatures": {
		id:     "{org}",
		global: true,
		takes:  2 * time.Second,
	},
	"aws:iam/samlProvider:SamlProvider": {
		id:       "arn:aws:iam::{account}:saml-provider/{in:name}",
		arn:      "{id}",
		autoname: "name",
		outputs:  map[string]any{"validUntil": "{epoch}"},
		replace:  []string{"name"},
		tagged:   true,
		global:   true,
		takes:    2 * time.Second,
	},
	"aws:accessanalyzer/analyzer:Analyzer": {
		id:      "{in:analyzerName}",
		arn:     "arn:aws:access-analyzer:{region}:{account}:analyzer/{in:analyzerName}",
		outputs: map[string]any{"type": "ACCOUNT"},
		replace: []string{"analyzerName", "type", "configuration"},
		tagged:  true,
		takes:   5 * time.Second,
	},
	"aws:directoryservice/directory:Directory": {
		id: "d-{hex:10}",
		outputs: map[string]any{
			"accessUrl":                        "{id}.awsapps.com",
			"alias":                            "{id}",
			"desiredNumberOfDomainControllers": 2,
			"dnsIpAddresses":                   []resource.PropertyValue{},
			"securityGroupId":                  "sg-{hex:17}",
		},
		replace: []string{
			"alias", "connectSettings", "description", "edition", "name", "password", "shortName", "size", "type", "vpcSettings",
		},
		tagged: true,
		takes:  25 * time.Minute,
	},
}

func managedPolicyName(s subject) resource.PropertyValue {
	arn, known := s.input("managedPolicyArn", "")
	if !known {
		return unknown
	}
	return resource.NewProperty(arn[strings.LastIndex(arn, "/")+1:])
}

// identityCenter is the instance of IAM Identity Center that the account has,
// and identityStore the directory behind it. Each account has its own, as the
// organization's does in the management account.
func identityCenter(accountID string) string {
	return "ssoins-" + draw(accountID, "ssoins", 16, hexDigits)
}
func identityStore(accountID string) string {
	return "d-" + draw(accountID, "identitystore", 10, hexDigits)
}
