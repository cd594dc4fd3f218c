package config

import "testing"

func TestDecode_RejectsOrganization(t *testing.T) {
	rejects(t, map[string]rejection{
		"a management account id of eleven digits": {
			[]string{`"111122223333"`, `"11112222333"`},
			[]string{
				`landingzone:organization.managementAccountId: "11112222333": want an account id: twelve digits, in quotes`,
			},
		},
		"a name prefix that ends with a hyphen": {
			[]string{"meridian-gxp\n", "meridian-\n"},
			[]string{
				`landingzone:organization.namePrefix: "meridian-": want 3 to 20 characters of a-z, 0-9 and hyphen, with a letter first and no hyphen last`,
			},
		},
		"a name prefix of 21 characters": {
			[]string{"meridian-gxp\n", "meridian-gxp-landing1\n"},
			[]string{
				`landingzone:organization.namePrefix: "meridian-gxp-landing1": want 3 to 20 characters of a-z, 0-9 and hyphen, with a letter first and no hyphen last`,
			},
		},
		"a role given by its ARN": {
			[]string{"    namePrefix: meridian-gxp\n", "    namePrefix: meridian-gxp\n    accessRole: arn:aws:iam::111122223333:role/Admin\n"},
			[]string{
				`landingzone:organization.accessRole: "arn:aws:iam::111122223333:role/Admin": want the name of an IAM role, without its ARN: 1 to 64 characters`,
			},
		},
		"an unknown policy type": {
			[]string{"    namePrefix: meridian-gxp\n", "    namePrefix: meridian-gxp\n    policyTypes: [SERVICE_CONTROL_POLICY, TAGS_POLICY]\n"},
			[]string{
				`landingzone:organization.policyTypes[1]: "TAGS_POLICY": is unknown; did you mean TAG_POLICY? allowed: SERVICE_CONTROL_POLICY, RESOURCE_CONTROL_POLICY, TAG_POLICY, BACKUP_POLICY, AISERVICES_OPT_OUT_POLICY, DECLARATIVE_POLICY_EC2, CHATBOT_POLICY, SECURITYHUB_POLICY`,
			},
		},
		"no service control policies": {
			[]string{"    namePrefix: meridian-gxp\n", "    namePrefix: meridian-gxp\n    policyTypes: [TAG_POLICY, RESOURCE_CONTROL_POLICY, DECLARATIVE_POLICY_EC2, AISERVICES_OPT_OUT_POLICY]\n"},
			[]string{
				"landingzone:organization.policyTypes: must contain SERVICE_CONTROL_POLICY, the type of every guardrail",
			},
		},
		"a service that cannot be delegated": {
			[]string{"    namePrefix: meridian-gxp\n", "    namePrefix: meridian-gxp\n    delegatedAdministrators: [config.amazonaws.co, access-analyzer.amazonaws.com]\n"},
			[]string{
				`landingzone:organization.delegatedAdministrators[0]: "config.amazonaws.co": is unknown; did you mean config.amazonaws.com? allowed: access-analyzer.amazonaws.com, backup.amazonaws.com, config.amazonaws.com, config-multiaccountsetup.amazonaws.com, servicecatalog.amazonaws.com`,
			},
		},
		"trusted access that lacks what is switched on": {
			[]string{"    namePrefix: meridian-gxp\n", "    namePrefix: meridian-gxp\n    delegatedAdministrators: [access-analyzer.amazonaws.com]\n    trustedAccess: [account.amazonaws.com, config.amazonaws.com, config.amazonaws.com, sso.amazonaws.com]\n"},
			[]string{
				`landingzone:organization.delegatedAdministrators[0]: "access-analyzer.amazonaws.com": cannot be delegated without trusted access; add it to landingzone:organization.trustedAccess`,
				"landingzone:organization.trustedAccess: lacks cloudtrail.amazonaws.com (the organization trail needs it), member.org.stacksets.cloudformation.amazonaws.com (activateStackSets needs it), config-multiaccountsetup.amazonaws.com (monitoring:conformancePacks needs it), servicecatalog.amazonaws.com (catalog:enabled needs it), iam.amazonaws.com (identity.centralRootAccess needs it), access-analyzer.amazonaws.com (identity.accessAnalyzer needs it), ram.amazonaws.com (landingzone:network.sharing needs it), ipam.amazonaws.com (landingzone:network.addressManagement needs it), backup.amazonaws.com (landingzone:backup needs it); add what is missing, or switch off what needs it",
				`landingzone:organization.trustedAccess[2]: "config.amazonaws.com": is a duplicate of landingzone:organization.trustedAccess[1]; remove one`,
			},
		},
		"an unknown service principal": {
			[]string{"  landingzone:quotas:\n", "  landingzone:baseline: {enabled: false}\n  logging:sources: []\n  landingzone:quotas:\n", "    namePrefix: meridian-gxp\n", "    namePrefix: meridian-gxp\n    activateStackSets: false\n    delegatedAdministrators: [access-analyzer.amazonaws.com]\n    trustedAccess: [account.amazonaws.com, cloudtrail.amazonaws.com, config.amazonaws.com, config-multiaccountsetup.amazonaws.com, servicecatalog.amazonaws.com, guardduty.aws.com, backup.amazonaws.com, ram.amazonaws.com, ipam.amazonaws.com, sso.amazonaws.com, iam.amazonaws.com, access-analyzer.amazonaws.com]\n"},
			[]string{
				`landingzone:organization.trustedAccess[5]: "guardduty.aws.com": is unknown; did you mean guardduty.amazonaws.com? allowed: ` + allowedPrincipals,
			},
		},
		"an adopted organization with a malformed id": {
			[]string{"    namePrefix: meridian-gxp\n", "    namePrefix: meridian-gxp\n    adopt: {organizationId: o-ABC}\n"},
			[]string{
				`landingzone:organization.adopt.organizationId: "o-ABC": want the id of an organization: o- and 10 to 32 characters of a-z and 0-9`,
			},
		},
		"adoption without an organization": {
			[]string{"    namePrefix: meridian-gxp\n", "    namePrefix: meridian-gxp\n    adopt: {organizationalUnits: {Security: ou-abcd-12345678}}\n"},
			[]string{
				"landingzone:organization.adopt.organizationId: is required",
			},
		},
		"adopted units that are malformed, unknown, repeated or without their parent": {
			[]string{"    namePrefix: meridian-gxp\n", "    namePrefix: meridian-gxp\n    adopt:\n      organizationId: o-abcdefghij\n      organizationalUnits:\n        Security: ou-1\n        Sandboxes: ou-abcd-12345678\n        Sandbox: ou-abcd-12345678\n        Suspended: ou-abcd-12345678\n        Workloads/NonGxP: ou-abcd-22345678\n"},
			[]string{
				`landingzone:organization.adopt.organizationalUnits.Security: "ou-1": want the id of an organizational unit: ou-, the root's id, a hyphen and 8 to 32 characters`,
				`landingzone:organization.adopt.organizationalUnits.Sandboxes: "ou-abcd-12345678": is not a unit of the design; did you mean Sandbox? allowed: Security, Infrastructure, Workloads, Workloads/GxP-Prod, Workloads/GxP-Validation, Workloads/Sensitive, Workloads/NonGxP, Workloads/Quarantine, Sandbox, PolicyStaging, Suspended`,
				`landingzone:organization.adopt.organizationalUnits.Suspended: "ou-abcd-12345678": is the id of Sandbox too; each unit has its own`,
				`landingzone:organization.adopt.organizationalUnits.Workloads/NonGxP: "ou-abcd-22345678": lies in Workloads, which therefore exists: adopt it too`,
			},
		},
		"Control Tower in a new organization": {
			[]string{"    namePrefix: meridian-gxp\n", "    namePrefix: meridian-gxp\n    controlTower: true\n"},
			[]string{
				"landingzone:organization.adopt: is required with controlTower, with the id of the organization: Control Tower has made it already",
				"landingzone:coreAccounts.logArchive.id: is required with controlTower, the id of the account: Control Tower has made it already",
				"landingzone:coreAccounts.audit.id: is required with controlTower, the id of the account: Control Tower has made it already",
			},
		},
		"Control Tower without its Security unit": {
			[]string{"    namePrefix: meridian-gxp\n", "    namePrefix: meridian-gxp\n    controlTower: true\n    adopt: {organizationId: o-abcdefghij}\n"},
			[]string{
				"landingzone:organization.adopt.organizationalUnits.Security: is required with controlTower, the id of the Security unit: Control Tower has made it already",
				"landingzone:coreAccounts.logArchive.id: is required with controlTower, the id of the account: Control Tower has made it already",
				"landingzone:coreAccounts.audit.id: is required with controlTower, the id of the account: Control Tower has made it already",
			},
		},
		"a region that does not exist": {
			[]string{"    home: eu-central-1", "    home: eu-centrl-1"},
			[]string{
				`landingzone:regions.home: "eu-centrl-1": is unknown; did you mean eu-central-1? allowed: ` + allowedRegions,
			},
		},
		"a home region that is not governed": {
			[]string{"    home: eu-central-1", "    home: eu-north-1"},
			[]string{
				`landingzone:regions.home: "eu-north-1": is not governed; add it to landingzone:regions.governed`,
			},
		},
		"a region governed twice": {
			[]string{"      - eu-west-1\n\n", "      - eu-west-1\n      - eu-west-1\n\n"},
			[]string{
				`landingzone:regions.governed[2]: "eu-west-1": is a duplicate of landingzone:regions.governed[1]; remove one`,
			},
		},
		"no governed region": {
			[]string{"    governed:\n      - eu-central-1\n      - eu-west-1\n", "    governed: []\n"},
			[]string{
				"landingzone:regions.governed: must list at least the home region",
			},
		},
		"more accounts than AWS has granted": {
			[]string{"    accounts: 50", "    accounts: 20"},
			[]string{
				"landingzone:quotas.accounts: 20: the configuration has 21 accounts with management and the core accounts, more than AWS has granted; request an increase of the organization's accounts in Service Quotas, then raise this value",
			},
		},
		"six accounts created at once": {
			[]string{"    accounts: 50", "    accounts: 50\n    accountCreations: 6"},
			[]string{
				"landingzone:quotas.accountCreations: 6: want 1 to 5: AWS refuses a sixth account in creation",
			},
		},
		"an endpoint that is not a URL": {
			[]string{"  landingzone:platform:\n", "  gxp:endpoint: localhost:5555\n\n  landingzone:platform:\n"},
			[]string{
				`gxp:endpoint: "localhost:5555": is not the URL of an emulator; want http://host:port or https://host:port`,
			},
		},
	})
}
