package policy

// The statements below occur in the policy of every bucket of the landing zone,
// so they are written once.

// RequireTLS denies every one of the actions over an unencrypted connection.
func RequireTLS(actions Strings, resources ...string) Statement {
	return Statement{
		Sid:       "RequireTLS",
		Effect:    Deny,
		Principal: Everyone,
		Action:    actions,
		Resource:  resources,
		Condition: Condition{"Bool": {"aws:SecureTransport": {"false"}}},
	}
}

// RequireOrganization denies the actions to principals that belong neither to
// the organization nor to AWS itself. Services act under no organization, so
// they are let through here and bound by the conditions of their own Allow.
func RequireOrganization(organizationID string, actions Strings, resources ...string) Statement {
	return Statement{
		Sid:       "RequireOrganization",
		Effect:    Deny,
		Principal: Everyone,
		Action:    actions,
		Resource:  resources,
		Condition: Condition{
			"StringNotEqualsIfExists": {"aws:PrincipalOrgID": {organizationID}},
			"BoolIfExists":            {"aws:PrincipalIsAWSService": {"false"}},
		},
	}
}

// RootARN is the ARN that stands for all of an account's principals.
func RootARN(accountID string) string { return "arn:aws:iam::" + accountID + ":root" }

// RoleARN is the ARN of the named role of an account.
func RoleARN(accountID, role string) string { return "arn:aws:iam::" + accountID + ":role/" + role }
