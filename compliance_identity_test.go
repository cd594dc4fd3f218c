package main

import (
	"fmt"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/mutation"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

func init() { sabotages = append(sabotages, identitySabotages...) }

const assignmentType = "aws:ssoadmin/accountAssignment:AccountAssignment"

var (
	developerSet    = mutation.Named("aws:ssoadmin/permissionSet:PermissionSet", "identity-developer")
	developerPolicy = mutation.Named("aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy", "identity-developer")
	developerRead   = mutation.Named("aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment", "identity-developer-ViewOnlyAccess")
	ownPolicy       = mutation.Named("aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy", "identity-own-MarketAnalyst")
	approval        = mutation.Named(assignmentType, "identity-gxp-quality-GxpQAApprover-mes-validation")
	authorship      = "identity-gxp-developers-GxpDeveloper-mes-validation"
	emergencyRole   = mutation.Named("aws:iam/role:Role", "break-glass")
	emergencyFilter = mutation.Named("aws:cloudwatch/logMetricFilter:LogMetricFilter", "alarms-break-glass-use")
	emergencyAlarm  = mutation.Named("aws:cloudwatch/metricAlarm:MetricAlarm", "alarms-break-glass-use")
	auditPasswords  = mutation.Named("aws:iam/accountPasswordPolicy:AccountPasswordPolicy", "password-policy-audit")
	auditProvider   = mutation.Named(providerType, "audit-eu-central-1")
	rootFeatures    = mutation.OfType("aws:iam/organizationsFeatures:OrganizationsFeatures")
)

var identitySabotages = []sabotage{
	{"GXP-IAM-001", "an administrator among developers", developerRead,
		mutation.Set("managedPolicyArn", "arn:aws:iam::aws:policy/AdministratorAccess"), nil},
	{"GXP-IAM-001", "a developer who may do everything", developerPolicy,
		mutation.AddStatement("inlinePolicy", mutation.Statement{"Sid": "All", "Effect": "Allow", "Action": "*", "Resource": "*"}), nil},
	{"GXP-IAM-001", "a set of the company's own that allows all but something", ownPolicy,
		mutation.AddStatement("inlinePolicy", mutation.Statement{"Sid": "All", "Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}), nil},
	{"GXP-IAM-002", "a session of half a day", developerSet, mutation.Set("sessionDuration", "PT12H"), nil},
	{"GXP-IAM-002", "a long emergency", mutation.Named("aws:ssoadmin/permissionSet:PermissionSet", "identity-break-glass"),
		mutation.Set("sessionDuration", "PT8H"), nil},
	{"GXP-IAM-003", "an approver who develops", approval, heldByThatOf(authorship), nil},
	{"GXP-IAM-004", "a right of one person", approval, mutation.Set("principalType", "USER"), nil},
	{"GXP-IAM-005", "developers without boundary",
		mutation.Named("aws:ssoadmin/permissionsBoundaryAttachment:PermissionsBoundaryAttachment", "identity-developer"), nil, developerSet},
	{"GXP-IAM-006", "an emergency without second factor", emergencyRole,
		mutation.EditStatement("assumeRolePolicy", "NamedUsersWithSecondFactor", func(s mutation.Statement) {
			s["Condition"] = map[string]any{"ArnEquals": map[string]any{"aws:PrincipalArn": "arn:aws:iam::111122223333:user/one"}}
		}), nil},
	{"GXP-IAM-006", "an emergency of anybody", emergencyRole,
		mutation.EditStatement("assumeRolePolicy", "NamedUsersWithSecondFactor", func(s mutation.Statement) {
			s["Condition"] = map[string]any{"Bool": map[string]any{"aws:MultiFactorAuthPresent": "true"}}
		}), nil},
	{"GXP-IAM-006", "an emergency of a day", emergencyRole, mutation.Set("maxSessionDuration", 43200.0), nil},
	{"GXP-IAM-007", "developers without second factor", developerPolicy,
		mutation.WithoutStatement("inlinePolicy", "RequireSecondFactor"), nil},
	{"GXP-IAM-008", "short passwords", auditPasswords, mutation.Set("minimumPasswordLength", 8.0), nil},
	{"GXP-IAM-008", "an account without password policy", auditPasswords, nil, auditProvider},
	{"GXP-IAM-009", "an analyzer of one account", mutation.Named("aws:accessanalyzer/analyzer:Analyzer", "access-analysis-external"),
		mutation.Set("type", "ACCOUNT"), nil},
	{"GXP-IAM-010", "rights unused for a year", mutation.Named("aws:accessanalyzer/analyzer:Analyzer", "access-analysis-unused"),
		mutation.Set("configuration.unusedAccess.unusedAccessAge", 365.0), nil},
	{"GXP-IAM-011", "root credentials in every account", rootFeatures, mutation.Set("enabledFeatures", []any{"RootSessions"}), nil},
	{"GXP-IAM-012", "a filter on one way in", emergencyFilter,
		mutation.Set("pattern", `{ $.requestParameters.roleArn = "*:role/gxp-break-glass" }`), nil},
	{"GXP-IAM-012", "a filter without alarm", emergencyAlarm, nil, emergencyFilter},
}

// heldByThatOf gives an assignment to the group of another one.
func heldByThatOf(name string) mutation.Mutation {
	return func(r *qualification.Resource) error {
		g, err := renderProduction()
		if err != nil {
			return err
		}
		for _, other := range g.OfType(assignmentType) {
			if other.Name() == name {
				r.Inputs["principalId"] = other.Inputs["principalId"]
				return nil
			}
		}
		return fmt.Errorf("there is no assignment %s", name)
	}
}
