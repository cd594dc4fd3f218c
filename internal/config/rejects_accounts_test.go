package config

import "testing"

func TestDecode_RejectsAccounts(t *testing.T) {
	rejects(t, map[string]rejection{
		"a duplicate account name": {
			[]string{"    - name: market-analytics\n", "    - name: website-prod\n"},
			[]string{
				`landingzone:accounts[12].name: "website-prod": is taken by landingzone:accounts[11].name on line 131; each account needs its own name`,
			},
		},
		"the name of a core account": {
			[]string{"    - name: market-analytics\n", "    - name: log-archive\n"},
			[]string{
				`landingzone:accounts[12].name: "log-archive": is taken by landingzone:coreAccounts.logArchive.name; each account needs its own name`,
			},
		},
		"the name of the management account": {
			[]string{"    - name: market-analytics\n", "    - name: management\n"},
			[]string{
				`landingzone:accounts[12].name: "management": is taken by the management account; each account needs its own name`,
			},
		},
		"an account name over AWS's limit": {
			[]string{"    - name: market-analytics\n", "    - name: market-analytics-for-the-commercial-organization-of-the-company\n"},
			[]string{
				`landingzone:accounts[12].name: "market-analytics-for-the-commercial-organization-of-the-comp…": want 1 to 50 characters of a-z, 0-9 and hyphen`,
			},
		},
		"an account name in capitals": {
			[]string{"    - name: market-analytics\n", "    - name: Market Analytics\n"},
			[]string{
				`landingzone:accounts[12].name: "Market Analytics": want 1 to 50 characters of a-z, 0-9 and hyphen`,
			},
		},
		"a core account name over AWS's limit": {
			[]string{"{email: aws+audit@example.com}", "{email: aws+audit@example.com, name: the audit account of the commercial organization and more}"},
			[]string{
				`landingzone:coreAccounts.audit.name: "the audit account of the commercial organization and more": want 1 to 50 printable ASCII characters`,
			},
		},
		"the key of a renamed core account": {
			[]string{"    - name: market-analytics\n", "    - name: audit\n", "{email: aws+audit@example.com}", "{email: aws+audit@example.com, name: Security Tooling}"},
			[]string{
				`landingzone:accounts[12].name: "audit": is taken by the key of a core account; each account needs its own name`,
			},
		},
		"a duplicate address in other letters": {
			[]string{"aws+market-analytics@example.com", "AWS+Website-Prod@example.com"},
			[]string{
				`landingzone:accounts[12].email: "AWS+Website-Prod@example.com": is taken by landingzone:accounts[11].email on line 132; each account needs its own address`,
			},
		},
		"an address that is not one": {
			[]string{"aws+market-analytics@example.com", "x@"},
			[]string{
				`landingzone:accounts[12].email: "x@": is not an e-mail address; want name@domain, 6 to 64 characters`,
			},
		},
		"an address that is too long": {
			[]string{"aws+market-analytics@example.com", "aws+market-analytics-for-the-commercial-organization-of-us@example.com"},
			[]string{
				`landingzone:accounts[12].email: "aws+market-analytics-for-the-commercial-organization-of-us@e…": is not an e-mail address; want name@domain, 6 to 64 characters`,
			},
		},
		"an account id that is not quoted": {
			[]string{"      owner: Supply Chain\n", "      owner: Supply Chain\n      id: 222233334444\n"},
			[]string{
				`landingzone:accounts[8].id: 222233334444: is a number, want text; put it in quotes, "222233334444", so that YAML changes nothing in it, such as leading zeros`,
			},
		},
		"an account adopted into a new organization": {
			[]string{"      owner: Supply Chain\n", "      owner: Supply Chain\n      id: \"222233334444\"\n"},
			[]string{
				`landingzone:accounts[8].id: "222233334444": an account can be adopted only with its organization; set landingzone:organization.adopt, or remove the id`,
			},
		},
		"an account id of eleven digits": {
			[]string{"      owner: Supply Chain\n", "      owner: Supply Chain\n      id: \"11112222333\"\n"},
			[]string{
				`landingzone:accounts[8].id: "11112222333": want an account id: twelve digits, in quotes`,
			},
		},
		"an account in an unknown unit": {
			[]string{"      owner: Supply Chain\n", "      owner: Supply Chain\n      ou: Workloads/GxP-Pord\n"},
			[]string{
				`landingzone:accounts[8].ou: "Workloads/GxP-Pord": is unknown; did you mean Workloads/GxP-Prod? allowed: Infrastructure, Workloads/GxP-Prod, Workloads/GxP-Validation, Workloads/Sensitive, Workloads/NonGxP, Sandbox, PolicyStaging`,
			},
		},
		"a workload in the Security unit": {
			[]string{"      owner: Supply Chain\n", "      owner: Supply Chain\n      ou: Security\n"},
			[]string{
				`landingzone:accounts[8].ou: "Security": takes no workload accounts; allowed: Infrastructure, Workloads/GxP-Prod, Workloads/GxP-Validation, Workloads/Sensitive, Workloads/NonGxP, Sandbox, PolicyStaging`,
			},
		},
		"an account in Suspended that is not retired": {
			[]string{"      owner: Supply Chain\n", "      owner: Supply Chain\n      ou: Suspended\n"},
			[]string{
				`landingzone:accounts[8].ou: "Suspended": is where retired accounts are; set retired: true instead`,
			},
		},
		"the id of the management account in an adopted organization": {
			[]string{"      owner: Supply Chain\n", "      owner: Supply Chain\n      id: \"111122223333\"\n", "    namePrefix: meridian-gxp\n", "    namePrefix: meridian-gxp\n    adopt: {organizationId: o-abcdefghij}\n"},
			[]string{
				`landingzone:accounts[8].id: "111122223333": is taken by landingzone:organization.managementAccountId on line 12; each account needs its own id`,
			},
		},
		"production in PolicyStaging": {
			[]string{"      owner: Corporate Communications\n", "      owner: Corporate Communications\n      ou: PolicyStaging\n"},
			[]string{
				`landingzone:accounts[11].ou: "PolicyStaging": environment production cannot be in PolicyStaging: guardrails are tried out there, which neither GxP records nor production survive; allowed there: validation, development, sandbox`,
			},
		},
		"a GxP account in NonGxP": {
			[]string{"      owner: Supply Chain\n", "      owner: Supply Chain\n      ou: Workloads/NonGxP\n"},
			[]string{
				`landingzone:accounts[8].ou: "Workloads/NonGxP": gxp GDP cannot be in Workloads/NonGxP: its guardrails do not protect GxP records, and experiments belong in Sandbox`,
			},
		},
		"a GxP account in Sandbox": {
			[]string{"      owner: Supply Chain\n", "      owner: Supply Chain\n      ou: Sandbox\n"},
			[]string{
				`landingzone:accounts[8].ou: "Sandbox": gxp GDP cannot be in Sandbox: it is for experiments without GxP records or production`,
			},
		},
		"a production account among those being validated": {
			[]string{"      owner: Supply Chain\n", "      owner: Supply Chain\n      ou: Workloads/GxP-Validation\n"},
			[]string{
				`landingzone:accounts[8].ou: "Workloads/GxP-Validation": environment production cannot be in Workloads/GxP-Validation: it is for GxP systems before production; allowed there: validation, development`,
			},
		},
		"an account without GxP in GxP-Prod": {
			[]string{"      owner: Corporate Communications\n", "      owner: Corporate Communications\n      ou: Workloads/GxP-Prod\n"},
			[]string{
				`landingzone:accounts[11].ou: "Workloads/GxP-Prod": gxp none cannot be in Workloads/GxP-Prod: it is for GxP systems in production`,
			},
		},
		"a validation account in GxP-Prod": {
			[]string{"    - name: safety-validation\n", "    - name: safety-validation\n      ou: Workloads/GxP-Prod\n"},
			[]string{
				`landingzone:accounts[10].ou: "Workloads/GxP-Prod": environment validation cannot be in Workloads/GxP-Prod: it is for GxP systems in production; allowed there: production`,
			},
		},
		"a development account in Sensitive": {
			[]string{"    - name: clinical-data-development\n", "    - name: clinical-data-development\n      ou: Workloads/Sensitive\n"},
			[]string{
				`landingzone:accounts[5].ou: "Workloads/Sensitive": environment development cannot be in Workloads/Sensitive: it is for GxP systems in production with restricted data; allowed there: production`,
			},
		},
		"an account without restricted data in Sensitive": {
			[]string{"      owner: Supply Chain\n", "      owner: Supply Chain\n      ou: Workloads/Sensitive\n"},
			[]string{
				`landingzone:accounts[8].dataClassification: "internal": must be restricted for an account in Workloads/Sensitive: it is for GxP systems in production with restricted data`,
			},
		},
		"a sandbox with GxP records": {
			[]string{"      environment: sandbox\n      gxp: none\n", "      environment: sandbox\n      gxp: GMP\n"},
			[]string{
				`landingzone:accounts[13].environment: "sandbox": gxp GMP cannot be in Sandbox: it is for experiments without GxP records or production`,
			},
		},
		"an unknown environment": {
			[]string{"      environment: sandbox\n", "      environment: test\n"},
			[]string{
				`landingzone:accounts[13].environment: "test": is unknown; allowed: production, validation, development, sandbox`,
			},
		},
		"an unknown practice": {
			[]string{"      gxp: GDP\n", "      gxp: GXP\n"},
			[]string{
				`landingzone:accounts[8].gxp: "GXP": is unknown; did you mean GMP? allowed: GMP, GCP, GLP, GDP, GVP, none`,
			},
		},
		"an unknown classification": {
			[]string{"      dataClassification: public\n", "      dataClassification: secret\n"},
			[]string{
				`landingzone:accounts[11].dataClassification: "secret": is unknown; allowed: public, internal, confidential, restricted`,
			},
		},
		"an unknown record class": {
			[]string{"      recordClass: gdp-distribution\n", "      recordClass: gdp-distributions\n"},
			[]string{
				`landingzone:accounts[8].recordClass: "gdp-distributions": is unknown; did you mean gdp-distribution? allowed: gcp-essential, gdp-distribution, glp-study, gmp-batch, gvp-safety, operational, validation-evidence`,
			},
		},
		"an owner that cannot be a tag": {
			[]string{"      owner: Supply Chain\n", "      owner: Supply & Chain\n"},
			[]string{
				`landingzone:accounts[8].owner: "Supply & Chain": want what a tag can hold: 1 to 256 letters, digits, spaces and _ . : / = + - @`,
			},
		},
		"a contact whose telephone number is a word": {
			[]string{"      phone: +49 30 5550 300\n", "      phone: ext. three\n"},
			[]string{
				`landingzone:contacts.security.phone: "ext. three": want a telephone number of digits, spaces, hyphens, parentheses and plus signs, at most 25 characters`,
			},
		},
		"a contact with a title over AWS's limit": {
			[]string{"      title: Information Security\n", "      title: Information Security and Data Protection Department\n"},
			[]string{
				`landingzone:contacts.security.title: "Information Security and Data Protection Department": has 51 characters, and AWS takes 50`,
			},
		},
		"a contact without a name": {
			[]string{"      name: Accounts Payable\n", ""},
			[]string{
				"landingzone:contacts.billing.name: is required",
			},
		},
		"a cost centre that cannot be a tag": {
			[]string{"    costCentre: CC-1000\n", "    costCentre: '#1000'\n"},
			[]string{
				`landingzone:platform.costCentre: "#1000": want what a tag can hold: 1 to 256 letters, digits, spaces and _ . : / = + - @`,
			},
		},
	})
}
