package rules

import (
	"fmt"
	"strings"
	"testing"
)

const (
	instanceOfTest = "arn:aws:sso:::instance/ssoins-1111"
	setOfTest      = "arn:aws:sso:::permissionSet/ssoins-1111/ps-2222"
)

var metadataOfTest = "<EntityDescriptor>" + strings.Repeat("x", 1000) + "</EntityDescriptor>"

func TestIdentity_Refuses(t *testing.T) {
	manyManaged := func(m memory) memory {
		for i := range 10 {
			m = has(setManagedPolicyType, set("managedPolicyArn", fmt.Sprint("arn:aws:iam::aws:policy/P", i)))(m)
		}
		return m
	}
	nowhere := `permissionSetArn | ResourceNotFoundException: the permission set "arn:aws:sso:::permissionSet/ssoins-1111/ps-9" does not exist; ` +
		"create it first and pass its output, so that it is created before this"
	nobody := set("permissionSetArn", "arn:aws:sso:::permissionSet/ssoins-1111/ps-9")
	long := strings.Replace(identityDocument, `"*"`, `"arn:aws:s3:::`+strings.Repeat("a", 32768)+`"`, 1)
	refuses(t, map[string]refusal{
		"a permission set of 33 characters": {permissionSetType, set("name", strings.Repeat("a", 33)), nil,
			"name | ValidationException: name is 33 characters long; it must have 1 to 32"},
		"a session of a day": {permissionSetType, set("sessionDuration", "P1D"), nil,
			`sessionDuration | ValidationException: sessionDuration is "P1D"; it must be PT1H to PT12H`},
		"an instance by its id": {permissionSetType, set("instanceArn", "ssoins-1111"), nil,
			`instanceArn | ValidationException: instanceArn is "ssoins-1111"; it must be the ARN of an instance of IAM Identity Center`},
		"a permission set that exists": {permissionSetType, set("name", "GxpDeveloper"), nil,
			`name | ConflictException: a permission set named "GxpDeveloper" exists already; choose another name`},
		"an inline policy of nothing": {setInlinePolicyType, nobody, nil, nowhere},
		"an inline policy with a principal": {setInlinePolicyType, set("inlinePolicy", trustDocument), nil,
			"inlinePolicy | ValidationException: Statement[0].Principal: an identity policy has no principal; leave the element out\n" +
				"inlinePolicy | ValidationException: Statement[0].Resource: is missing; write Resource or NotResource"},
		"an inline policy too long": {setInlinePolicyType, set("inlinePolicy", long), nil,
			"inlinePolicy | ValidationException: the identity policy is 32876 characters long, the limit is 32768; shorten it or split it"},
		"a policy of the customer as one of AWS": {setManagedPolicyType, set("managedPolicyArn", "arn:aws:iam::111122223333:policy/reader"), nil,
			`managedPolicyArn | ValidationException: managedPolicyArn is "arn:aws:iam::111122223333:policy/reader"; it must be the ARN of an AWS managed policy`},
		"an eleventh managed policy": {setManagedPolicyType, nil, manyManaged,
			"managedPolicyArn | ServiceQuotaExceededException: the permission set would have 11 managed policies, the quota is 10; merge some"},
		"a boundary of two kinds": {setBoundaryType, set("permissionsBoundary.managedPolicyArn", "arn:aws:iam::aws:policy/ReadOnlyAccess"), nil,
			"permissionsBoundary.managedPolicyArn | ValidationException: permissionsBoundary.customerManagedPolicyReference and " +
				"permissionsBoundary.managedPolicyArn exclude each other; keep one"},
		"a boundary of nothing":    {setBoundaryType, nobody, nil, nowhere},
		"an assignment of nothing": {accountAssignmentType, nobody, nil, nowhere},
		"an assignment in an account of somebody else": {accountAssignmentType, set("targetId", "999999999999"), nil,
			`targetId | ResourceNotFoundException: the account "999999999999" is not a member of the organization; pass the id of one that was created before`},
		"an assignment to a role": {accountAssignmentType, set("principalType", "ROLE"), nil,
			"principalType | ValidationException: principalType is ROLE; it must be one of GROUP, USER"},
		"one attribute twice": {accessAttributesType, set("attributes", []any{
			object{"key": "a", "values": []any{object{"sources": []any{"b"}}}}, object{"key": "a", "values": []any{object{"sources": []any{"b"}}}},
		}), nil, `attributes[1].key | ValidationException: attributes[1].key is "a", which another element has too; make it unique`},
		"a group without a description that it has": {identityGroupType, set("description", ""), nil,
			"description | ValidationException: description is 0 characters long; it must have 1 to 1024"},
		"a group that exists": {identityGroupType, nil, has(identityGroupType),
			`displayName | ConflictException: a group named "auditors" exists already; choose another name`},
		"a password of five characters": {passwordPolicyType, set("minimumPasswordLength", 5.0), nil,
			"minimumPasswordLength | ValidationError: minimumPasswordLength is 5; it must be 6 to 128"},
		"a feature that there is not": {rootFeaturesType, set("enabledFeatures", []any{"RootEverything"}), nil,
			"enabledFeatures[0] | ValidationError: enabledFeatures[0] is RootEverything; it must be one of RootCredentialsManagement, RootSessions"},
		"root features without trusted access": {rootFeaturesType, nil, where(organizationType, orgID, set("awsServiceAccessPrincipals", []any{trailService})),
			" | ServiceAccessNotEnabledException: iam.amazonaws.com has no trusted access; add it to the organization's awsServiceAccessPrincipals"},
		"metadata that is too short": {samlProviderType, set("samlMetadataDocument", "<x/>"), nil,
			"samlMetadataDocument | ValidationError: samlMetadataDocument is 4 characters long; it must have 1000 to 10000000"},
		"an analyzer of another kind": {analyzerType, set("type", "UNIVERSE"), nil,
			"type | ValidationException: type is UNIVERSE; it must be one of ACCOUNT, ACCOUNT_UNUSED_ACCESS, ORGANIZATION, ORGANIZATION_UNUSED_ACCESS"},
		"unused access of an analyzer for external access": {analyzerType, set("configuration.unusedAccess.unusedAccessAge", 90.0), nil,
			"configuration.unusedAccess | ValidationException: an analyzer of type ORGANIZATION does not look for unused access; choose ORGANIZATION_UNUSED_ACCESS"},
		"an organization's analyzer in an account without delegation": {analyzerType, in(archive, home), nil,
			"type | ValidationException: account 222222222222 does not administer Access Analyzer for the organization; register it as " +
				"delegated administrator of access-analyzer.amazonaws.com first"},
		"a directory in one subnet": {directoryType, set("vpcSettings.subnetIds", []any{"subnet-1"}), nil,
			"vpcSettings.subnetIds | InvalidParameterException: vpcSettings.subnetIds has 1 elements; it must have 2 to 2"},
		"a directory without a password": {directoryType, set("password", nil), nil,
			"password | InvalidParameterException: password is missing; a directory has an administrator"},
		"a directory without a network": {directoryType, set("vpcSettings", nil), nil,
			"vpcSettings | InvalidParameterException: none of vpcSettings, connectSettings is set; set one"},
	})
}

func TestIdentity_LetsTheDelegatedAccountAnalyzeTheOrganization(t *testing.T) {
	r := valid(analyzerType)
	in(archive, home)(&r)
	world := has(delegationType, set("servicePrincipal", analyzerService))(landingZone())
	if got := append(Static(r), Against(r, world)...); len(got) > 0 {
		t.Errorf("refused: %v", got)
	}
}
