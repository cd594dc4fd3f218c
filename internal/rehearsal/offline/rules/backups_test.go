package rules

import (
	"strings"
	"testing"
)

// backupPlanText is a backup policy that AWS accepts.
const backupPlanText = `{"plans":{"daily":{
	"regions":{"@@assign":["eu-test-1"]},
	"rules":{"night":{
		"schedule_expression":{"@@assign":"cron(0 1 * * ? *)"},
		"start_backup_window_minutes":{"@@assign":"60"},
		"complete_backup_window_minutes":{"@@assign":"480"},
		"target_backup_vault_name":{"@@assign":"gxp-vault"},
		"lifecycle":{"move_to_cold_storage_after_days":{"@@assign":"30"},"delete_after_days":{"@@assign":"120"}},
		"copy_actions":{"arn:aws:backup:eu-test-1:222222222222:backup-vault:central":{
			"target_backup_vault_arn":{"@@assign":"arn:aws:backup:eu-test-1:222222222222:backup-vault:central"},
			"lifecycle":{"delete_after_days":{"@@assign":"120"}}}}}},
	"selections":{"tags":{"by-tag":{
		"iam_role_arn":{"@@assign":"arn:aws:iam::$account:role/gxp-backup"},
		"tag_key":{"@@assign":"gxp:backup"},"tag_value":{"@@assign":["daily"]}}}}}}}`

func TestBackups_Refuse(t *testing.T) {
	policy := func(pairs ...string) func(*Resource) {
		return both(set("type", backupPolicyKind), set("content", strings.NewReplacer(pairs...).Replace(backupPlanText)))
	}
	const document = "content | MalformedPolicyDocumentException: "
	missing := func(property, code, word, ref string) string {
		return property + " | " + code + ": the " + word + ` "` + ref + `" does not exist; create it first and pass its output, so that it is created before this`
	}
	refuses(t, map[string]refusal{
		"a vault with spaces": {vaultType, set("name", "my vault"), nil,
			`name | InvalidParameterValueException: name is "my vault"; it must be 2 to 50 letters, digits, hyphens and underscores`},
		"a vault that exists": {vaultType, set("name", centralVault), nil,
			`name | AlreadyExistsException: a vault named "central" exists already; choose another name`},
		"a vault under no key": {vaultType, set("kmsKeyArn", logKeyARN+"9"), nil,
			missing("kmsKeyArn", "NotFoundException", "key", logKeyARN+"9")},
		"a lock that is final at once": {vaultLockType, set("changeableForDays", 2.0), nil,
			"changeableForDays | InvalidParameterValueException: changeableForDays is 2; it must be 3 to 36500"},
		"a lock of contrary retentions": {vaultLockType, set("maxRetentionDays", 34.0), nil,
			"minRetentionDays | InvalidParameterValueException: the shortest retention, 35 days, is longer than the longest, 34; exchange them"},
		"a lock of no vault": {vaultLockType, set("backupVaultName", "other"), nil,
			missing("backupVaultName", "ResourceNotFoundException", "backup vault", "other")},
		"a second lock": {vaultLockType, nil, has(vaultLockType),
			`backupVaultName | InvalidRequestException: vault "central" has such a setting from another resource, and each would overwrite the other; keep one`},
		"a vault policy without principal": {vaultPolicyType, set("policy", strings.Replace(vaultDocument, `"Principal":{"AWS":"*"},`, "", 1)), nil,
			"policy | InvalidParameterValueException: Statement[0].Principal: is missing; a resource policy says whom each statement is about"},
		"a setting of the organization that there is not": {backupGlobalType, set("globalSettings", object{"isCrossAccountEnabled": "true"}), nil,
			"globalSettings | InvalidParameterValueException: there is no setting isCrossAccountEnabled; there are isCrossAccountBackupEnabled, isDelegatedAdministratorEnabled, isMpaEnabled"},
		"a setting that is neither on nor off": {backupGlobalType, set("globalSettings", object{"isMpaEnabled": "yes"}), nil,
			"globalSettings.isMpaEnabled | InvalidParameterValueException: isMpaEnabled is yes; it must be true or false"},
		"settings of the organization in a member": {backupGlobalType, in(archive, home), nil,
			" | InvalidRequestException: account 222222222222 does not own the organization; make the settings in the management account"},
		"settings without trusted access": {backupGlobalType, nil, where(organizationType, orgID, set("awsServiceAccessPrincipals", []any{trailService})),
			"globalSettings | ConstraintViolationException: SERVICE_ACCESS_NOT_ENABLED: backup.amazonaws.com has no trusted access; add it to the organization's awsServiceAccessPrincipals"},
		"a service without backups": {backupRegionType, set("resourceTypeOptInPreference", object{"Lambda": true}), nil,
			"resourceTypeOptInPreference | InvalidParameterValueException: AWS Backup does not know Lambda; it knows " + strings.Join(backupServiceNames, ", ")},
		"a test at any time": {restorePlanType, set("scheduleExpression", "monthly"), nil,
			`scheduleExpression | InvalidParameterValueException: scheduleExpression is "monthly"; it must be a cron expression`},
		"a test of copies of any age": {restorePlanType, set("recoveryPointSelection.selectionWindowDays", 366.0), nil,
			"recoveryPointSelection.selectionWindowDays | InvalidParameterValueException: recoveryPointSelection.selectionWindowDays is 366; it must be 1 to 365"},
		"a test of no vault": {restorePlanType, set("recoveryPointSelection.includeVaults", []any{centralVaultARN + "2"}), nil,
			missing("recoveryPointSelection.includeVaults[0]", "ResourceNotFoundException", "backup vault", centralVaultARN+"2")},
		"a test with hyphens": {restoreSelectionType, set("name", "gxp-EBS"), nil,
			`name | InvalidParameterValueException: name is "gxp-EBS"; it must be 1 to 50 letters, digits and underscores`},
		"a test of what cannot be restored": {restoreSelectionType, set("protectedResourceType", "Lambda"), nil,
			"protectedResourceType | InvalidParameterValueException: protectedResourceType is Lambda; it must be one of Aurora, DocumentDB, DynamoDB, EBS, EC2, EFS, FSx, Neptune, RDS, S3"},
		"a test of everything and something": {restoreSelectionType, set("protectedResourceArns", []any{"*", logKeyARN}), nil,
			"protectedResourceArns | InvalidParameterValueException: protectedResourceArns has * and names; keep one"},
		"a test under the role of another account": {restoreSelectionType, in(archive, home), func(m memory) memory {
			return has(restorePlanType, set("name", "tests"), in(archive, home))(m)
		}, `iamRoleArn | InvalidParameterValueException: "arn:aws:iam::111122223333:role/worker" is a role of another account; pass one of account 222222222222`},
		"a test of no plan": {restoreSelectionType, set("restoreTestingPlanName", "other"), nil,
			missing("restoreTestingPlanName", "ResourceNotFoundException", "restore testing plan", "other")},

		"a backup policy without plans": {organizationPolicyType, policy(`"plans"`, `"plan"`), nil,
			document + "a backup policy is an object of plans, each an object; write plans"},
		"a plan without regions": {organizationPolicyType, policy(`["eu-test-1"]`, `[]`), nil, document + "plan daily has no regions"},
		"a plan without rules":   {organizationPolicyType, policy(`"rules"`, `"rule"`), nil, document + "plan daily has no rules"},
		"a plan of nothing":      {organizationPolicyType, policy(`"selections"`, `"selection"`), nil, document + "plan daily selects nothing"},
		"a plan at any time": {organizationPolicyType, policy("cron(0 1 * * ? *)", "daily"), nil,
			document + "plan daily has the rule night without a cron expression"},
		"a plan into no vault": {organizationPolicyType, policy(`"gxp-vault"`, `""`), nil,
			document + "plan daily has the rule night without a vault"},
		"a plan in a hurry": {organizationPolicyType, policy(`"60"`, `"59"`), nil,
			document + "plan daily has the rule night with 59 minutes to start in; it must be at least 60"},
		"a plan that never completes": {organizationPolicyType, policy(`"480"`, `"60"`), nil,
			document + "plan daily has the rule night with 60 minutes to complete in, not more than the 60 to start in"},
		"cold storage for less than 90 days": {organizationPolicyType, policy(`"30"`, `"31"`), nil,
			document + "plan daily has the rule night that deletes after 120 days, less than 90 after the move to cold storage"},
		"a copy to no vault": {organizationPolicyType, policy(`{"arn:aws:backup:eu-test-1:222222222222:backup-vault:central"`, `{"central"`), nil,
			document + `plan daily has the rule night with a copy to "central", which is not the ARN of its vault`},
		"a selection without role": {organizationPolicyType, policy("arn:aws:iam::$account:role/gxp-backup", "gxp-backup"), nil,
			document + "plan daily has the selection by-tag without the ARN of a role"},
		"a selection of no value": {organizationPolicyType, policy(`["daily"]`, `[]`), nil,
			document + "plan daily has the selection by-tag without tag_value"},
	})
}

func TestBackups_AcceptABackupPolicy(t *testing.T) {
	r := valid(organizationPolicyType)
	r.Inputs["type"], r.Inputs["content"] = backupPolicyKind, backupPlanText
	if got := Static(r); len(got) > 0 {
		t.Errorf("refused: %v", got)
	}
}

func TestProtections_Refuse(t *testing.T) {
	refuses(t, map[string]refusal{
		"volumes under no key": {volumeKeyType, set("keyArn", logKeyARN+"9"), nil,
			`keyArn | NotFoundException: the key "` + logKeyARN + `9" does not exist; create it first and pass its output, so that it is created before this`},
		"a second default of volumes": {volumeEncryptionType, nil, has(volumeEncryptionType),
			" | OperationNotPermitted: this setting of the account and region has another resource, and each would overwrite the other; keep one"},
		"the buckets of another account": {accountBlockType, in(archive, home), nil,
			"accountId | AccessDenied: 111122223333 is not the account 222222222222 that the provider works in"},
		"a second block of an account": {accountBlockType, nil, has(accountBlockType, in(management, away)),
			`accountId | OperationAborted: account "111122223333" has such a setting from another resource, and each would overwrite the other; keep one`},
		"a certificate in capitals": {certificateType, set("domainName", "Example.com"), nil,
			`domainName | ValidationException: domainName is "Example.com"; it must be a domain in lower case`},
		"a certificate proven by telephone": {certificateType, set("validationMethod", "PHONE"), nil,
			"validationMethod | ValidationException: validationMethod is PHONE; it must be one of DNS, EMAIL"},
		"a certificate that nobody proves": {certificateProofType, nil, lacks(dnsRecordType),
			"certificateArn | ResourceNotReady: the certificate stays unproven for example.com; publish the record _a.example.com first"},
		"a proof of no certificate": {certificateProofType, set("certificateArn", certificateARN+"2"), nil,
			`certificateArn | ResourceNotFoundException: the certificate "` + certificateARN + `2" does not exist; create it first and pass its output, so that it is created before this`},
		"a record of no type": {dnsRecordType, set("type", "CERT"), nil,
			"type | InvalidInput: type is CERT; it must be one of A, AAAA, CAA, CNAME, DS, HTTPS, MX, NAPTR, NS, PTR, SOA, SPF, SRV, SSHFP, SVCB, TLSA, TXT"},
		"a record without a lifetime": {dnsRecordType, set("ttl", nil), nil,
			"ttl | InvalidInput: records needs ttl; set both or neither"},
	})
}
