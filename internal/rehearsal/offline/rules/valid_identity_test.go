package rules

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/accessanalyzer"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/directoryservice"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/identitystore"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ssoadmin"
)

func init() {
	arguments[permissionSetType] = ssoadmin.PermissionSetArgs{}
	arguments[setInlinePolicyType] = ssoadmin.PermissionSetInlinePolicyArgs{}
	arguments[setManagedPolicyType] = ssoadmin.ManagedPolicyAttachmentArgs{}
	arguments[setBoundaryType] = ssoadmin.PermissionsBoundaryAttachmentArgs{}
	arguments[accountAssignmentType] = ssoadmin.AccountAssignmentArgs{}
	arguments[accessAttributesType] = ssoadmin.InstanceAccessControlAttributesArgs{}
	arguments[identityGroupType] = identitystore.GroupArgs{}
	arguments[passwordPolicyType] = iam.AccountPasswordPolicyArgs{}
	arguments[rootFeaturesType] = iam.OrganizationsFeaturesArgs{}
	arguments[samlProviderType] = iam.SamlProviderArgs{}
	arguments[analyzerType] = accessanalyzer.AnalyzerArgs{}
	arguments[directoryType] = directoryservice.DirectoryArgs{}
	validMore = append(validMore, validIdentity)
	worlds = append(worlds, identityWorld)
}

// validIdentity are valid resources that say who may do what.
func validIdentity() map[string]object {
	return map[string]object{
		permissionSetType:     {"name": "GxpAuditor", "instanceArn": instanceOfTest, "sessionDuration": "PT8H", "description": "Reads"},
		setInlinePolicyType:   {"permissionSetArn": setOfTest, "instanceArn": instanceOfTest, "inlinePolicy": identityDocument},
		setManagedPolicyType:  {"permissionSetArn": setOfTest, "instanceArn": instanceOfTest, "managedPolicyArn": "arn:aws:iam::aws:policy/SecurityAudit"},
		setBoundaryType:       {"permissionSetArn": setOfTest, "instanceArn": instanceOfTest, "permissionsBoundary": object{"customerManagedPolicyReference": object{"name": "gxp-boundary", "path": "/"}}},
		accountAssignmentType: {"permissionSetArn": setOfTest, "instanceArn": instanceOfTest, "principalId": "11111111-2222-3333-4444-555555555555", "principalType": "GROUP", "targetId": archive, "targetType": "AWS_ACCOUNT"},
		accessAttributesType:  {"instanceArn": instanceOfTest, "attributes": []any{object{"key": "GxpUser", "values": []any{object{"sources": []any{"${path:userName}"}}}}}},
		identityGroupType:     {"identityStoreId": "d-1234567890", "displayName": "auditors", "description": "Internal audit"},
		passwordPolicyType:    {"minimumPasswordLength": 14.0, "maxPasswordAge": 90.0, "passwordReusePrevention": 24.0},
		rootFeaturesType:      {"enabledFeatures": []any{"RootCredentialsManagement", "RootSessions"}},
		samlProviderType:      {"name": "company", "samlMetadataDocument": metadataOfTest},
		analyzerType:          {"analyzerName": "external", "type": "ORGANIZATION"},
		directoryType:         {"type": "MicrosoftAD", "name": "corp.example.com", "shortName": "CORP", "password": "x", "edition": "Standard", "vpcSettings": object{"vpcId": "vpc-1", "subnetIds": []any{"subnet-1", "subnet-2"}}},
	}
}

// identityWorld is what the valid resources refer to.
func identityWorld() memory {
	return memory{{
		Type: permissionSetType, URN: "urn:" + permissionSetType, AccountID: management, Region: home,
		Inputs: object{"id": setOfTest + "," + instanceOfTest, "name": "GxpDeveloper", "arn": setOfTest},
	}}
}
