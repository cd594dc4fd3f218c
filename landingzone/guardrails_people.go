package landingzone

import (
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/duty"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
)

// boundary is the permissions boundary that the baseline puts into every
// account.
const boundary = "arn:aws:iam::*:policy/" + duty.Boundary

// identityGuardrails leave one way in: IAM Identity Center.
var identityGuardrails = []guardrail{
	{
		Control: prevents("GXP-SCP-090", "There are no IAM users and no long-lived credentials",
			"An access key belongs to whoever has it, needs no second factor and does not expire.",
			"ARCH-P10", "CFR-11.10(d)", "CFR-11.300", "A11-12"),
		sid: "NoIAMUsers", units: everywhere,
		deny: func(Limits, string) policy.Statement {
			return policy.Statement{
				Action: policy.Strings{
					"iam:AddUserToGroup", "iam:AttachUserPolicy", "iam:CreateAccessKey", "iam:CreateLoginProfile",
					"iam:CreateServiceSpecificCredential", "iam:CreateUser", "iam:PutUserPolicy",
					"iam:ResetServiceSpecificCredential", "iam:UpdateAccessKey", "iam:UpdateLoginProfile",
					"iam:UploadSSHPublicKey", "iam:UploadSigningCertificate",
				},
				Resource: anything,
			}
		},
	},
	{
		Control: prevents("GXP-SCP-091", "Identity providers are set up centrally",
			"A provider of one's own lets anyone in whom it vouches for.",
			"ARCH-P10", "CFR-11.10(d)", "CFR-11.300", "A11-12"),
		sid: "FederationIsCentral", units: everywhere,
		deny: byBuilders("iam:AddClientIDToOpenIDConnectProvider", "iam:CreateOpenIDConnectProvider",
			"iam:CreateSAMLProvider", "iam:UpdateOpenIDConnectProviderThumbprint", "iam:UpdateSAMLProvider",
			"sso:CreateInstance"),
	},
	{
		Control: prevents("GXP-SCP-092", "Roles made in workload accounts carry the permissions boundary",
			"Whoever may create roles could otherwise give one more rights than his own.",
			"ARCH-P10", "CFR-11.10(d)", "CFR-11.10(g)", "A11-12"),
		sid: "RolesHaveBoundary", units: workloads,
		deny: func(l Limits, unit string) policy.Statement {
			return policy.Statement{
				Action:   policy.Strings{"iam:CreateRole", "iam:PutRolePermissionsBoundary"},
				Resource: policy.Strings{"arn:aws:iam::*:role/*"},
				// Negated, so that a request without any boundary is denied too.
				Condition: except(l.builders(unit), policy.Condition{"StringNotLike": {"iam:PermissionsBoundary": {boundary}}}),
			}
		},
	},
	{
		Control: prevents("GXP-SCP-093", "The permissions boundary of a role cannot be taken off",
			"What can be taken off binds nobody.",
			"ARCH-P10", "CFR-11.10(d)", "A11-12"),
		sid: "BoundariesStay", units: workloads,
		deny: byBuilders("iam:DeleteRolePermissionsBoundary", "iam:DeleteUserPermissionsBoundary"),
	},
	{
		Control: prevents("GXP-SCP-094", "The settings that protect every account stay as the baseline made them",
			"Encryption by default, public access and passwords are settings that one call turns off for all of an account.",
			"ARCH-P8", "CFR-11.10(d)", "CFR-11.30", "CFR-11.300", "A11-10"),
		sid: "AccountSettingsStay", units: everywhere,
		deny: func(l Limits, unit string) policy.Statement {
			return policy.Statement{
				Action: policy.Strings{
					"ec2:DisableEbsEncryptionByDefault", "ec2:DisableImageBlockPublicAccess",
					"ec2:DisableSnapshotBlockPublicAccess", "ec2:EnableSerialConsoleAccess", "ec2:EnableSnapshotBlockPublicAccess",
					"ec2:ModifyEbsDefaultKmsKeyId", "ec2:ModifyInstanceMetadataDefaults", "ec2:ModifyVpcBlockPublicAccess*",
					"ec2:ResetEbsDefaultKmsKeyId", "iam:DeleteAccountPasswordPolicy", "iam:UpdateAccountPasswordPolicy",
					"s3:PutAccountPublicAccessBlock",
				},
				Resource: anything, Condition: except(l.setters(unit)),
			}
		},
	},
}
