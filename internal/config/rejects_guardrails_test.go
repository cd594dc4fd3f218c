package config

import "testing"

func TestDecode_RejectsGuardrails(t *testing.T) {
	const before = "    # The company's inventory is built from all tags of the landing zone.\n"
	with := func(settings string) []string { return []string{before, settings + before} }
	rejects(t, map[string]rejection{
		"kinds that are not enabled": {
			[]string{"    namePrefix: meridian-gxp\n",
				"    namePrefix: meridian-gxp\n    policyTypes: [SERVICE_CONTROL_POLICY, TAG_POLICY, BACKUP_POLICY]\n"},
			[]string{
				"landingzone:organization.policyTypes: lacks RESOURCE_CONTROL_POLICY (landingzone:guardrails.resourceControlPolicies needs it), DECLARATIVE_POLICY_EC2 (landingzone:guardrails.declarativePolicies needs it), AISERVICES_OPT_OUT_POLICY (landingzone:guardrails.aiOptOut needs it); add what is missing, or switch off what needs it",
			},
		},
		"a service that AWS does not have": {
			with("    nonGxpServices: [macie, cloudformation, cloudtrail, cloudwatch, config, ec2, events, iam, kms, logs, s3, servicecatalog, sts, tag]\n"),
			[]string{
				`landingzone:guardrails.nonGxpServices[0]: "macie": is the prefix of no AWS service; want one of the service authorization reference, such as s3`,
			},
		},
		"services without which nothing works": {
			with("    gxpServices: [cloudformation, cloudtrail, cloudwatch, config, ec2, ec2, events, iam, kms, logs, s3, servicecatalog]\n"),
			[]string{
				"landingzone:guardrails.gxpServices: lacks sts, tag, without which accounts can be neither used nor watched; add what is missing",
				`landingzone:guardrails.gxpServices[5]: "ec2": is a duplicate of landingzone:guardrails.gxpServices[4]; remove one`,
			},
		},
		"a tag that the landing zone does not have": {
			[]string{"      - gxp:cost-centre\n", "      - gxp:cost-center\n"},
			[]string{
				`landingzone:guardrails.requiredTags[1]: "gxp:cost-center": is unknown; did you mean gxp:cost-centre? allowed: gxp:classification, gxp:cost-centre, gxp:data-classification, gxp:environment, gxp:owner, gxp:record-class, gxp:requirement-set`,
			},
		},
		"a service that resource control policies do not cover": {
			with("    resourceServices: [s3, sns]\n"),
			[]string{
				`landingzone:guardrails.resourceServices[1]: "sns": is unknown; did you mean sqs? allowed: aoss, cognito-identity, cognito-idp, dynamodb, ecr, kms, logs, s3, secretsmanager, sqs`,
			},
		},
		"no service for resource control policies": {
			with("    resourceServices: []\n"),
			[]string{"landingzone:guardrails.resourceServices: must name at least one service with resourceControlPolicies"},
		},
		"partners that are no accounts": {
			with("    trustedAccounts: [\"127311923021\", \"127311923021\", partner]\n"),
			[]string{
				`landingzone:guardrails.trustedAccounts[1]: "127311923021": is a duplicate of landingzone:guardrails.trustedAccounts[0]; remove one`,
				`landingzone:guardrails.trustedAccounts[2]: "partner": want an account id: twelve digits, in quotes`,
			},
		},
		"quotas that AWS does not grant": {
			[]string{"    accounts: 50\n", "    accounts: 50\n    policiesPerTarget: 11\n    policyCharacters: 5119\n    resourcePoliciesPerTarget: 4\n    resourcePolicyCharacters: 20480\n"},
			[]string{
				"landingzone:quotas.policiesPerTarget: 11: want 5 to 10, what AWS grants",
				"landingzone:quotas.policyCharacters: 5119: want 5120 to 10240, what AWS grants",
				"landingzone:quotas.resourcePoliciesPerTarget: 4: want 5 to 10, what AWS grants",
				"landingzone:quotas.resourcePolicyCharacters: 20480: want 5120 to 10240, what AWS grants",
			},
		},
		"an account that is retired and in quarantine": {
			[]string{"      retired: true\n", "      retired: true\n      quarantined: true\n"},
			[]string{"landingzone:accounts[14].quarantined: true: cannot be set with retired: true; remove one of them"},
		},
		"an account placed in quarantine by its unit": {
			[]string{"      costCentre: CC-3100\n", "      costCentre: CC-3100\n      ou: Workloads/Quarantine\n"},
			[]string{`landingzone:accounts[13].ou: "Workloads/Quarantine": is where new accounts are; set quarantined: true instead`},
		},
	})
}

func TestAccount_IsInQuarantineUntilItsBaselineIsInPlace(t *testing.T) {
	a := Account{Environment: "production", GxP: "GMP", Quarantined: true}
	if a.Unit() != UnitQuarantine {
		t.Errorf("Unit() = %s, want %s", a.Unit(), UnitQuarantine)
	}
	a.Quarantined = false
	if a.Unit() != UnitGxPProd {
		t.Errorf("Unit() = %s after its release, want %s", a.Unit(), UnitGxPProd)
	}
}

func TestComplete_LeavesTheAccountsInAnAdoptedRootAlone(t *testing.T) {
	c := defaults()
	c.completeGuardrails(func(string) bool { return false })
	if !c.LandingZone.Guardrails.QuarantineUnplaced {
		t.Error("a new organization does not shut accounts that are in no unit")
	}
	c.LandingZone.Organization.Adopt = &Adoption{OrganizationID: "o-exampleorgid"}
	c.completeGuardrails(func(string) bool { return false })
	if c.LandingZone.Guardrails.QuarantineUnplaced {
		t.Error("an adopted organization shuts the accounts in its root")
	}
}
