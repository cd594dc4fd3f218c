package qualification_test

import (
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/mutation"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

const (
	setARN       = "arn:aws:sso:::permissionSet/ssoins-1111/ps-"
	requiresMFA  = `{"Sid":"MFA","Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalTag/GxpMfa":"true"}}}`
	allowsLittle = `{"Statement":[{"Sid":"Little","Effect":"Allow","Action":"codecommit:GitPull","Resource":"*"},` + requiresMFA + `]}`

	emergencyPattern = `{ ($.userIdentity.sessionContext.sessionIssuer.userName = "AWSReservedSSO_GxpBreakGlass_*") || ` +
		`($.userIdentity.sessionContext.sessionIssuer.userName = "gxp-break-glass") || ` +
		`($.requestParameters.roleArn = "*AWSReservedSSO_GxpBreakGlass_*") || ` +
		`($.requestParameters.roleArn = "*:role/gxp-break-glass") }`
)

// identity adds three duties, two of which exclude each other, and what guards
// the other ways in.
func (b *builder) identity() {
	b.permissionSet("developer", "GxpDeveloper", "PT4H", "job-function/ViewOnlyAccess", allowsLittle)
	b.permissionSet("qa-approver", "GxpQAApprover", "PT4H", "job-function/ViewOnlyAccess", allowsLittle)
	b.permissionSet("break-glass", "GxpBreakGlass", "PT1H", "AdministratorAccess", `{"Statement":[`+requiresMFA+`]}`)
	const in = "landingzone:Identity"
	b.add(in, "aws:ssoadmin/permissionsBoundaryAttachment:PermissionsBoundaryAttachment", "developer", "management", "boundary", object{
		"permissionSetArn":    setARN + "developer",
		"permissionsBoundary": object{"customerManagedPolicyReference": object{"name": "gxp-boundary", "path": "/"}},
	})
	b.add(in, "aws:ssoadmin/instanceAccessControlAttributes:InstanceAccessControlAttributes", "identity", "management", "attributes",
		object{"attributes": []any{object{"key": "GxpUser"}}})
	for group, set := range map[string]string{"developers": "developer", "quality": "qa-approver"} {
		b.add(in, "aws:ssoadmin/accountAssignment:AccountAssignment", group, "management", group+",444455556666", object{
			"principalId": group, "principalType": "GROUP", "targetId": "444455556666", "permissionSetArn": setARN + set,
		})
	}
	b.add("landingzone:BreakGlass", "aws:iam/role:Role", "break-glass", "management", "gxp-break-glass", object{
		"name": "gxp-break-glass", "maxSessionDuration": 3600.0, "assumeRolePolicy": `{"Statement":{"Effect":"Allow",
			"Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"sts:AssumeRole","Condition":{
			"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::111122223333:user/someone"},"Bool":{"aws:MultiFactorAuthPresent":"true"}}}}`,
	})
	for _, provider := range []string{"management", "log-archive", "network"} {
		b.add("landingzone:PasswordPolicy", "aws:iam/accountPasswordPolicy:AccountPasswordPolicy", provider, provider, "passwords", object{
			"minimumPasswordLength": 14.0, "maxPasswordAge": 90.0, "passwordReusePrevention": 24.0,
			"requireLowercaseCharacters": true, "requireUppercaseCharacters": true, "requireNumbers": true, "requireSymbols": true,
		})
	}
	b.add("landingzone:AccessAnalysis", "aws:accessanalyzer/analyzer:Analyzer", "external", "log-archive", "external",
		object{"type": "ORGANIZATION"})
	b.add("landingzone:AccessAnalysis", "aws:accessanalyzer/analyzer:Analyzer", "unused", "log-archive", "unused", object{
		"type": "ORGANIZATION_UNUSED_ACCESS", "configuration": object{"unusedAccess": object{"unusedAccessAge": 90.0}},
	})
	b.add("landingzone:RootAccess", "aws:iam/organizationsFeatures:OrganizationsFeatures", "root", "management", "o-abcdefghij",
		object{"enabledFeatures": []any{"RootCredentialsManagement", "RootSessions"}})
	b.add("monitoring:Alarms", "aws:cloudwatch/logMetricFilter:LogMetricFilter", "alarms-break-glass-use", "management", "break-glass-use",
		object{
			"logGroupName": "/gxp/trail", "pattern": emergencyPattern,
			"metricTransformation": object{"name": "break-glass-use", "namespace": "GxP", "value": "1"},
		})
	b.add("monitoring:Alarms", "aws:cloudwatch/metricAlarm:MetricAlarm", "alarms-break-glass-use", "management", "gxp-break-glass-use",
		object{
			"metricName": "break-glass-use", "namespace": "GxP", "statistic": "Sum", "evaluationPeriods": 1.0, "threshold": 1.0,
			"comparisonOperator": "GreaterThanOrEqualToThreshold",
			"alarmActions":       []any{"arn:aws:sns:eu-test-1:111122223333:notifications"},
		})
}

func (b *builder) permissionSet(key, name, session, managed, inline string) {
	const in = "landingzone:Identity"
	b.add(in, "aws:ssoadmin/permissionSet:PermissionSet", key, "management", setARN+key+",instance",
		object{"name": name, "sessionDuration": session})
	b.resources[len(b.resources)-1].Outputs = object{"arn": setARN + key}
	b.add(in, "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment", key, "management", "managed-"+key,
		object{"permissionSetArn": setARN + key, "managedPolicyArn": "arn:aws:iam::aws:policy/" + managed})
	b.add(in, "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy", key, "management", "inline-"+key,
		object{"permissionSetArn": setARN + key, "inlinePolicy": inline})
}

var (
	onDeveloper       = func(t string) mutation.Where { return mutation.Named("aws:ssoadmin/"+t, "developer") }
	onInline          = onDeveloper("permissionSetInlinePolicy:PermissionSetInlinePolicy")
	onApprover        = mutation.Named("aws:ssoadmin/accountAssignment:AccountAssignment", "quality")
	onEmergency       = mutation.Named("aws:iam/role:Role", "break-glass")
	onPasswords       = mutation.Named("aws:iam/accountPasswordPolicy:AccountPasswordPolicy", "log-archive")
	onEmergencyFilter = mutation.Named("aws:cloudwatch/logMetricFilter:LogMetricFilter", "alarms-break-glass-use")
)

var identitySettings = []setting{
	{"GXP-IAM-001", onDeveloper("managedPolicyAttachment:ManagedPolicyAttachment"), "managedPolicyArn",
		"arn:aws:iam::aws:policy/AdministratorAccess", ""},
	{"GXP-IAM-001", onDeveloper("managedPolicyAttachment:ManagedPolicyAttachment"), "managedPolicyArn",
		"arn:aws:iam::aws:policy/IAMFullAccess", ""},
	{"GXP-IAM-001", onInline, "inlinePolicy", `{"Statement":{"Effect":"Allow","Action":"*:*","Resource":"*"}}`, ""},
	{"GXP-IAM-001", onInline, "inlinePolicy", `{"Statement":{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}}`, ""},
	{"GXP-IAM-002", onDeveloper("permissionSet:PermissionSet"), "sessionDuration", "PT12H", ""},
	{"GXP-IAM-002", mutation.Named("aws:ssoadmin/permissionSet:PermissionSet", "break-glass"), "sessionDuration", "PT4H", ""},
	{"GXP-IAM-003", onApprover, "principalId", "developers", qualification.Pass},
	{"GXP-IAM-004", onApprover, "principalType", "USER", ""},
	{"GXP-IAM-005", onDeveloper("permissionsBoundaryAttachment:PermissionsBoundaryAttachment"),
		"permissionsBoundary.customerManagedPolicyReference.name", "another", ""},
	{"GXP-IAM-006", onEmergency, "assumeRolePolicy", `{"Statement":{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole",
		"Condition":{"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::111122223333:user/someone"}}}}`, ""},
	{"GXP-IAM-006", onEmergency, "assumeRolePolicy", `{"Statement":{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole",
		"Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}}}`, ""},
	{"GXP-IAM-006", onEmergency, "maxSessionDuration", 43200.0, qualification.Pass},
	{"GXP-IAM-007", onInline, "inlinePolicy", allowsAll, ""},
	{"GXP-IAM-008", onPasswords, "minimumPasswordLength", 8.0, ""},
	{"GXP-IAM-008", onPasswords, "passwordReusePrevention", 1.0, ""},
	{"GXP-IAM-008", onPasswords, "maxPasswordAge", 0.0, ""},
	{"GXP-IAM-008", onPasswords, "requireSymbols", false, ""},
	{"GXP-IAM-009", mutation.Named("aws:accessanalyzer/analyzer:Analyzer", "external"), "type", "ACCOUNT", ""},
	{"GXP-IAM-010", mutation.Named("aws:accessanalyzer/analyzer:Analyzer", "unused"),
		"configuration.unusedAccess.unusedAccessAge", 365.0, ""},
	{"GXP-IAM-011", mutation.OfType("aws:iam/organizationsFeatures:OrganizationsFeatures"), "enabledFeatures", []any{"RootSessions"}, ""},
	{"GXP-IAM-012", onEmergencyFilter, "pattern", `{ $.requestParameters.roleArn = "*:role/gxp-break-glass" }`, ""},
	{"GXP-IAM-012", onEmergencyFilter, "metricTransformation.name", "unwatched", ""},
	{"GXP-IAM-012", onEmergencyFilter, "logGroupName", "other", ""},
}
