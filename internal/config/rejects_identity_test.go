package config

import (
	"strings"
	"testing"
)

const (
	prodSet   = "      - name: MarketAnalyst\n"
	firstRule = "      - {group: gxp-platform, permissionSet: GxpPlatformEngineer, accounts: [management], units: [Infrastructure, PolicyStaging]}\n"
)

func TestDecode_RejectsRights(t *testing.T) {
	rejects(t, map[string]rejection{
		"author and approver in one group": {
			[]string{"{group: gxp-quality, permissionSet: GxpQAApprover, accounts: [shared-services], units: [Workloads/GxP-Prod, Workloads/GxP-Validation, Workloads/Sensitive]}",
				"{group: gxp-developers, permissionSet: GxpQAApprover, accounts: [mes-validation]}"},
			[]string{
				"landingzone:identity.assignments[5]: group gxp-developers would hold GxpQAApprover and GxpDeveloper in account mes-validation: " +
					"who makes a change must not approve it; give one of them to another group",
			},
		},
		"emergency rights beside others": {
			[]string{"{group: gxp-finance, permissionSet: GxpBilling", "{group: gxp-break-glass, permissionSet: GxpBilling"},
			[]string{
				"landingzone:identity.assignments[9]: group gxp-break-glass would hold GxpBilling and GxpBreakGlass in account management: " +
					"emergency rights belong to a group of their own, whose every use is an event; give one of them to another group",
			},
		},
		"more rights in an account than the budget": {
			[]string{"{group: commercial-analytics, permissionSet: MarketAnalyst, units: [Workloads/NonGxP], environments: [development]}",
				"{group: commercial-analytics, permissionSet: MarketAnalyst, accounts: [mes-prod]}"},
			[]string{
				"landingzone:identity.assignments[7]: gives account mes-prod its 6th right of 6, and 5 is the most: each is a resource for " +
					"every such account; let a group hold fewer permission sets, or give rights to fewer groups",
			},
		},
		"a group that nobody listed": {
			[]string{"{group: gxp-finance,", "{group: gxp-finances,"},
			[]string{
				`landingzone:identity.assignments[8].group: "gxp-finances": is unknown; did you mean gxp-finance? allowed: gxp-platform, ` +
					"gxp-security, gxp-auditors, gxp-quality, gxp-operators, gxp-developers, gxp-data-stewards, commercial-analytics, gxp-finance, gxp-break-glass",
			},
		},
		"a permission set that there is not": {
			[]string{"permissionSet: GxpBilling,", "permissionSet: Billing,"},
			[]string{
				`landingzone:identity.assignments[8].permissionSet: "Billing": is unknown; did you mean GxpBilling? allowed: GxpPlatformEngineer, GxpSecurityAdministrator, ` +
					"GxpAuditor, GxpQAApprover, GxpOperator, GxpDeveloper, GxpDataSteward, GxpBilling, GxpBreakGlass, MarketAnalyst",
			},
		},
		"rights nowhere": {
			[]string{"{group: gxp-finance, permissionSet: GxpBilling, accounts: [management]}", "{group: gxp-finance, permissionSet: GxpBilling}"},
			[]string{"landingzone:identity.assignments[8]: names no accounts; set accounts, units or environments"},
		},
		"rights where nothing is allowed": {
			[]string{"units: [Infrastructure, PolicyStaging]", "units: [Suspended], environments: [test]"},
			[]string{
				`landingzone:identity.assignments[0].units[0]: "Suspended": is unknown; allowed: ` +
					strings.Join(unitPaths(func(u Unit) bool { return u.Path != UnitSuspended }), ", "),
				`landingzone:identity.assignments[0].environments[0]: "test": is unknown; allowed: production, validation, development, sandbox`,
			},
		},
		"two groups of one name": {
			[]string{"      - name: gxp-security\n", "      - name: gxp-security\n      - name: gxp-security\n"},
			[]string{`landingzone:identity.groups[2].name: "gxp-security": is a duplicate of landingzone:identity.groups[1].name; remove one`},
		},
		"a claim that nobody makes": {
			[]string{"    externalIdentities: true\n", ""},
			[]string{"landingzone:identity.mfaClaim: true: needs externalIdentities: only an external identity provider can attest a second factor"},
		},
		"an emergency user given by its ARN": {
			[]string{"[break-glass-1, break-glass-2]", "[break-glass-1, break-glass-1, user/x]"},
			[]string{
				`landingzone:identity.breakGlassUsers[1]: "break-glass-1": is a duplicate of landingzone:identity.breakGlassUsers[0]; remove one`,
				`landingzone:identity.breakGlassUsers[2]: "user/x": want the name of an IAM user, without its ARN: 1 to 64 letters, digits and +=,.@-_`,
			},
		},
		"an analyzer without its administrator": {
			[]string{"    namePrefix: meridian-gxp\n", "    namePrefix: meridian-gxp\n    delegatedAdministrators: [config.amazonaws.com, backup.amazonaws.com]\n"},
			[]string{
				"landingzone:identity.accessAnalyzer: needs the audit account to administer Access Analyzer; add access-analyzer.amazonaws.com " +
					"to landingzone:organization.delegatedAdministrators, or switch off externalAccess and unusedAccess",
			},
		},
	})
}

func TestDecode_RejectsPermissionSets(t *testing.T) {
	rejects(t, map[string]rejection{
		"everything": {
			[]string{"              - s3:GetObject\n", "              - \"*:*\"\n              - \"*\"\n"},
			[]string{
				`landingzone:identity.permissionSets[0].statements[0].actions[0]: "*:*": allows everything, and only GxpBreakGlass may; name what statement ReadsResults of permission set MarketAnalyst needs`,
				`landingzone:identity.permissionSets[0].statements[0].actions[1]: "*": allows everything, and only GxpBreakGlass may; name what statement ReadsResults of permission set MarketAnalyst needs`,
			},
		},
		"everything by a managed policy": {
			[]string{"        sessionHours: 4\n", "        sessionHours: 4\n        managedPolicies: [AdministratorAccess]\n"},
			[]string{
				`landingzone:identity.permissionSets[0].managedPolicies[0]: "AdministratorAccess": allows everything, or to give oneself everything, and only GxpBreakGlass may; name what permission set MarketAnalyst needs`,
			},
		},
		"what is no action and no ARN": {
			[]string{"              - s3:GetObject\n", "              - GetObject\n", "              - arn:aws:s3:::meridian-gxp-data-market\n", "              - meridian-gxp-data-market\n"},
			[]string{
				`landingzone:identity.permissionSets[0].statements[0].actions[0]: "GetObject": want an action of a service, such as s3:GetObject`,
				`landingzone:identity.permissionSets[0].statements[0].resources[0]: "meridian-gxp-data-market": want an ARN, or *`,
			},
		},
		"a description that AWS cannot hold": {
			[]string{"        description: Reads the results of market analyses\n", "        description: Читает\n"},
			[]string{`landingzone:identity.permissionSets[0].description: "Читает": want letters of Western European languages, digits and punctuation`},
		},
		"a session of a day": {
			[]string{"        sessionHours: 4\n", "        sessionHours: 12\n"},
			[]string{"landingzone:identity.permissionSets[0].sessionHours: 12: want 1 to 8: a session ends with the working day"},
		},
		"a name of the program's": {
			[]string{prodSet, "      - name: GXPAnalyst\n", "permissionSet: MarketAnalyst", "permissionSet: GXPAnalyst"},
			[]string{`landingzone:identity.permissionSets[0].name: "GXPAnalyst": begins like the program's own permission sets; choose another name`},
		},
		"a name twice, and nothing allowed": {
			[]string{prodSet, "      - {name: marketanalyst, description: d}\n" + prodSet},
			[]string{
				"landingzone:identity.permissionSets[0].statements: permission set marketanalyst allows nothing; add statements or managedPolicies",
				`landingzone:identity.permissionSets[1].name: "MarketAnalyst": is a duplicate of landingzone:identity.permissionSets[0].name; remove one`,
			},
		},
	})
}

func TestDecode_RejectsWaysInBesideIdentityCenter(t *testing.T) {
	const after = "    mfaClaim: true\n"
	directory := func(settings string) string { return after + "    directory: {" + settings + "}\n" }
	rejects(t, map[string]rejection{
		"a weak password policy": {
			[]string{after, after + "    passwordPolicy: {minimumLength: 8, maxAgeDays: 0, reusePrevention: 30}\n"},
			[]string{
				"landingzone:identity.passwordPolicy.minimumLength: 8: want 14 to 128: shorter ones are guessed, longer ones IAM refuses",
				"landingzone:identity.passwordPolicy.maxAgeDays: 0: want 1 to 365: passwords are revised periodically (21 CFR 11.300(b))",
				"landingzone:identity.passwordPolicy.reusePrevention: 30: want 12 to 24: fewer are gone through in a day, more IAM does not remember",
			},
		},
		"unused for years": {
			[]string{"      unusedAccess: true\n", "      unusedAccess: true\n      unusedAfterDays: 400\n"},
			[]string{"landingzone:identity.accessAnalyzer.unusedAfterDays: 400: want 1 to 180: a right that lay unused for longer is no finding of the year any more"},
		},
		"an unknown directory": {
			[]string{after, directory("type: openLDAP")},
			[]string{`landingzone:identity.directory.type: "openLDAP": is unknown; allowed: none, microsoftAD, adConnector`},
		},
		"a directory without a network": {
			[]string{after, directory("type: microsoftAD, domain: corp.example.com, edition: Huge, passwordSecret: gxp/directory, subnetIds: [subnet-1]")},
			[]string{
				`landingzone:identity.directory.vpcId: "": want the id of a VPC in the shared-services account, vpc-...`,
				`landingzone:identity.directory.edition: "Huge": is unknown; allowed: Standard, Enterprise`,
				"landingzone:identity.directory.subnetIds: has 1 subnets, want 2 in different availability zones",
			},
		},
		"a connector without its other end": {
			[]string{after, directory("type: adConnector, domain: corp, vpcId: vpc-12345678, subnetIds: [subnet-12345678, subnet-12345678], dnsAddresses: [dc1]")},
			[]string{
				`landingzone:identity.directory.passwordSecret: "": want the name of a secret in Secrets Manager of the shared-services account: 1 to 512 letters, digits and /_+=.@-`,
				`landingzone:identity.directory.username: "": want the service account in the company's directory: 1 to 256 letters, digits and ._@-`,
				`landingzone:identity.directory.domain: "corp": want a fully qualified domain name, such as corp.example.com`,
				`landingzone:identity.directory.subnetIds[1]: "subnet-12345678": is a duplicate of landingzone:identity.directory.subnetIds[0]; remove one`,
				`landingzone:identity.directory.dnsAddresses[0]: "dc1": want an IPv4 address, such as 10.0.0.10`,
			},
		},
		"metadata that is none": {
			[]string{after, after + "    saml: {name: IdP, metadata: <html/>}\n"},
			[]string{"landingzone:identity.saml.metadata: has 7 characters, and IAM takes 1000 to 10000000"},
		},
		"a page instead of metadata": {
			[]string{after, after + "    saml: {name: IdP, metadata: <html>" + strings.Repeat("x", 1000) + "</html>}\n"},
			[]string{"landingzone:identity.saml.metadata: is a document of html, want the EntityDescriptor that the identity provider publishes"},
		},
	})
}
