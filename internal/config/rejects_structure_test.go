package config

import "testing"

func TestDecode_RejectsStructure(t *testing.T) {
	rejects(t, map[string]rejection{
		"an unknown setting": {
			[]string{"  landingzone:platform:\n", "  landingzone:platfrom:\n"},
			[]string{
				"landingzone:platfrom: is unknown; did you mean landingzone:platform? allowed: " + allowedSettings,
			},
		},
		"a setting without a namespace": {
			[]string{"  monitoring:notificationEmails:\n", "  notificationEmails:\n"},
			[]string{
				"notificationEmails: is unknown; allowed: " + allowedSettings,
			},
		},
		"an unknown key in a map": {
			[]string{"    managementAccountId:", "    managementAccount:"},
			[]string{
				"landingzone:organization.managementAccount: is unknown; did you mean managementAccountId? allowed: managementAccountId, namePrefix, adopt, controlTower, accessRole, trustedAccess, policyTypes, delegatedAdministrators, activateStackSets",
			},
		},
		"an unknown key in a list of maps": {
			[]string{"      owner: Supply Chain\n", "      ownr: Supply Chain\n"},
			[]string{
				"landingzone:accounts[8].ownr: is unknown; did you mean owner? allowed: name, email, id, owner, environment, gxp, ou, recordClass, dataClassification, costCentre, segment, quarantined, retired",
			},
		},
		"an unknown key at the top": {
			[]string{"config:\n  # A resource", "configs: {}\nconfig:\n  # A resource"},
			[]string{
				"configs: is unknown; did you mean config? allowed: config, encryptedkey, encryptionsalt, environment, secretsprovider",
			},
		},
		"a required section missing": {
			[]string{"  landingzone:regions:\n    home: eu-central-1\n    governed:\n      - eu-central-1\n      - eu-west-1\n", ""},
			[]string{
				"landingzone:regions: is required",
			},
		},
		"a required key missing": {
			[]string{"      owner: Supply Chain\n", ""},
			[]string{
				"landingzone:accounts[8].owner: is required",
			},
		},
		"a required key empty": {
			[]string{"      owner: Supply Chain\n", "      owner: ''\n"},
			[]string{
				`landingzone:accounts[8].owner: "": is required and must not be empty`,
			},
		},
		"a required key null": {
			[]string{"      owner: Supply Chain\n", "      owner:\n"},
			[]string{
				"landingzone:accounts[8].owner: is required",
			},
		},
		"text where a list belongs": {
			[]string{"    governed:\n      - eu-central-1\n      - eu-west-1\n", "    governed: eu-central-1\n"},
			[]string{
				`landingzone:regions.governed: "eu-central-1": is text, want a list`,
			},
		},
		"a list where a map belongs": {
			[]string{"    audit: {email: aws+audit@example.com}", "    audit: [aws+audit@example.com]"},
			[]string{
				"landingzone:coreAccounts.audit: is a list, want a map",
			},
		},
		"text where a number belongs": {
			[]string{"    accounts: 50", `    accounts: "50"`},
			[]string{
				`landingzone:quotas.accounts: "50": is text, want a number`,
			},
		},
		"a fraction where a whole number belongs": {
			[]string{"    accounts: 50", "    accounts: 50.5"},
			[]string{
				"landingzone:quotas.accounts: 50.5: is not a plain whole number; want digits such as 10",
			},
		},
		"a number in another notation": {
			[]string{"    accounts: 50", "    accounts: 0x32"},
			[]string{
				"landingzone:quotas.accounts: 0x32: is not a plain whole number; want digits such as 10",
			},
		},
		"text where a boolean belongs": {
			[]string{"    acceptIrreversible: true\n    # The trail", "    acceptIrreversible: yes\n    # The trail"},
			[]string{
				`logging:archive.acceptIrreversible: "yes": is text, want a boolean, true or false without quotes`,
			},
		},
		"a number where text belongs": {
			[]string{`managementAccountId: "111122223333"`, "managementAccountId: 011122223333"},
			[]string{
				`landingzone:organization.managementAccountId: 011122223333: is a number, want text; put it in quotes, "011122223333", so that YAML changes nothing in it, such as leading zeros`,
			},
		},
		"a date where text belongs": {
			[]string{"      owner: Supply Chain\n", "      owner: 2026-01-01\n"},
			[]string{
				`landingzone:accounts[8].owner: 2026-01-01: is a date, want text; put it in quotes, "2026-01-01", so that YAML changes nothing in it, such as leading zeros`,
			},
		},
		"an empty element of a list": {
			[]string{"      - eu-west-1\n\n", "      - eu-west-1\n      -\n\n"},
			[]string{
				"landingzone:regions.governed[2]: is empty; remove it or fill it in",
			},
		},
		"a secret": {
			[]string{"    accounts: 50", "    secure: v1:abc"},
			[]string{
				"landingzone:quotas.accounts: 10: the configuration has 21 accounts with management and the core accounts, more than AWS has granted; request an increase of the organization's accounts in Service Quotas, then raise this value",
				"landingzone:quotas.secure: is a secret, and the landing zone has none: its configuration is reviewed as it is deployed; set the value without --secret",
			},
		},
		"a duplicate key": {
			[]string{"    accounts: 50", "    accounts: 50\n    accounts: 60"},
			[]string{
				"landingzone:quotas.accounts: is a duplicate of the key on line " + lineOf(t, "    accounts: 50") + "; remove one",
			},
		},
		"a duplicate setting": {
			[]string{"  catalog:supportEmail: cloud-platform@example.com", "  catalog:supportEmail: a@example.com\n  catalog:supportEmail: b@example.com"},
			[]string{
				"catalog:supportEmail: is a duplicate of the key on line " + lineOf(t, "  catalog:supportEmail:") + "; remove one",
			},
		},
		"default providers left on": {
			[]string{"  pulumi:disable-default-providers: [aws]\n", ""},
			[]string{
				"pulumi:disable-default-providers: is required and must list aws: a resource whose provider was forgotten would otherwise be created in the management account",
			},
		},
		"default providers of another package switched off": {
			[]string{"  pulumi:disable-default-providers: [aws]\n", "  pulumi:disable-default-providers: [awsx]\n"},
			[]string{
				"pulumi:disable-default-providers: must be a list that contains aws: a resource whose provider was forgotten would otherwise be created in the management account",
			},
		},
	})
}
