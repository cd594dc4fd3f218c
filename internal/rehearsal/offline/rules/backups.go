package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal/offline/rules/policydoc"
)

const (
	vaultType            = "aws:backup/vault:Vault"
	vaultLockType        = "aws:backup/vaultLockConfiguration:VaultLockConfiguration"
	vaultPolicyType      = "aws:backup/vaultPolicy:VaultPolicy"
	backupGlobalType     = "aws:backup/globalSettings:GlobalSettings"
	backupRegionType     = "aws:backup/regionSettings:RegionSettings"
	restorePlanType      = "aws:backup/restoreTestingPlan:RestoreTestingPlan"
	restoreSelectionType = "aws:backup/restoreTestingSelection:RestoreTestingSelection"
)

// maxBackupDays is the longest retention of AWS Backup.
const maxBackupDays = 36500

var (
	vaults = target{
		typ: vaultType, word: "backup vault", code: "ResourceNotFoundException", reach: inRegion, tail: ":backup-vault:",
		given: func(ref string) bool { return ref == "*" },
	}
	restorePlans = target{
		typ: restorePlanType, word: "restore testing plan", code: "ResourceNotFoundException", reach: inRegion,
	}
)

// onlyOnePerVault finds the second resource that sets the same thing of a vault.
var onlyOnePerVault = free(inRegion, "InvalidRequestException", "vault %q has such a setting from another resource, and each "+
	"would overwrite the other; keep one", "backupVaultName")

var backupRows = map[string]row{
	vaultType: {
		static: []check{pattern("name", `[a-zA-Z0-9_-]{2,50}`, "2 to 50 letters, digits, hyphens and underscores")},
		against: []check{
			refersKey("kmsKeyArn"),
			free(inRegion, "AlreadyExistsException", "a vault named %q exists already; choose another name", "name"),
		},
	},
	vaultLockType: {
		static: []check{
			between("changeableForDays", 3, maxBackupDays), between("minRetentionDays", 1, maxBackupDays),
			between("maxRetentionDays", 1, maxBackupDays), retentionsAgree,
		},
		against: []check{refers("backupVaultName", vaults), onlyOnePerVault},
	},
	vaultPolicyType: {
		static:  []check{document("policy", policydoc.Resource, "InvalidParameterValueException", func(Quotas) int { return 0 })},
		against: []check{refers("backupVaultName", vaults), onlyOnePerVault},
	},
	backupGlobalType: {
		static: []check{backupSettings},
		against: []check{
			organizationExists, managementAlone,
			func(s *scope) { s.trusted("globalSettings", "backup.amazonaws.com") },
		},
	},
	backupRegionType: {static: []check{backupServices}},
	restorePlanType: {
		static: []check{
			testName, pattern("scheduleExpression", `cron\([^()]+\)`, "a cron expression"), between("startWindowHours", 1, 168),
			oneOf("recoveryPointSelection.algorithm", "LATEST_WITHIN_WINDOW", "RANDOM_WITHIN_WINDOW"),
			oneOf("recoveryPointSelection.recoveryPointTypes[]", "CONTINUOUS", "SNAPSHOT"),
			between("recoveryPointSelection.selectionWindowDays", 1, 365),
			count("recoveryPointSelection.includeVaults", 1, 50), count("recoveryPointSelection.recoveryPointTypes", 1, 2),
		},
		against: []check{
			refers("recoveryPointSelection.includeVaults[]", vaults),
			free(inRegion, "AlreadyExistsException", "a restore testing plan named %q exists already; choose another name", "name"),
		},
	},
	restoreSelectionType: {
		static: []check{
			testName, exactlyOne("protectedResourceArns", "protectedResourceConditions"), between("validationWindowHours", 1, 168),
			oneOf("protectedResourceType", "Aurora", "DocumentDB", "DynamoDB", "EBS", "EC2", "EFS", "FSx", "Neptune", "RDS", "S3"),
			pattern("iamRoleArn", `arn:aws:iam::[0-9]{12}:role/.+`, "the ARN of a role"), allOrNamed,
		},
		against: []check{
			refers("restoreTestingPlanName", restorePlans), restoresInOwnAccount,
			free(inRegion, "AlreadyExistsException", "a selection named %q exists already; choose another name", "name"),
		},
	},
}

var testName = pattern("name", `[a-zA-Z0-9_]{1,50}`, "1 to 50 letters, digits and underscores")

func retentionsAgree(s *scope) {
	least, hasLeast := s.number("minRetentionDays")
	most, hasMost := s.number("maxRetentionDays")
	if hasLeast && hasMost && least > most {
		s.reject("minRetentionDays", "the shortest retention, %v days, is longer than the longest, %v; exchange them", least, most)
	}
}

// managementAlone: settings of the organization are those of the account that
// owns it.
func managementAlone(s *scope) {
	o, ok := s.organization()
	if ok && o.AccountID != "" && s.AccountID != "" && o.AccountID != s.AccountID {
		s.fail("", "InvalidRequestException", "account %s does not own the organization; make the settings in the management "+
			"account", s.AccountID)
	}
}

var backupSettingNames = []string{"isCrossAccountBackupEnabled", "isDelegatedAdministratorEnabled", "isMpaEnabled"}

func backupSettings(s *scope) {
	for at, list := range typed[map[string]any](s.Inputs, "globalSettings") {
		for name, v := range ordered(list) {
			if !slices.Contains(backupSettingNames, name) {
				s.reject(at, "there is no setting %s; there are %s", name, strings.Join(backupSettingNames, ", "))
			}
			if settled(v) && v != "true" && v != "false" {
				s.reject(at+"."+name, "%s is %v; it must be true or false", name, v)
			}
		}
	}
}

// backupServiceNames are the services as AWS Backup writes them.
var backupServiceNames = []string{
	"Aurora", "Aurora DSQL", "CloudFormation", "DocumentDB", "DynamoDB", "EBS", "EC2", "EFS", "EKS", "FSx", "Neptune", "RDS",
	"Redshift", "Redshift Serverless", "S3", "SAP HANA on Amazon EC2", "Storage Gateway", "Timestream", "VirtualMachine",
}

func backupServices(s *scope) {
	for at, list := range typed[map[string]any](s.Inputs, "resourceTypeOptInPreference") {
		for name := range ordered(list) {
			if !slices.Contains(backupServiceNames, name) {
				s.reject(at, "AWS Backup does not know %s; it knows %s", name, strings.Join(backupServiceNames, ", "))
			}
		}
	}
}

// allOrNamed: AWS takes either everything or a list of names.
func allOrNamed(s *scope) {
	for at, list := range typed[[]any](s.Inputs, "protectedResourceArns") {
		if len(list) > 1 && slices.Contains(list, any("*")) {
			s.reject(at, "%s has * and names; keep one", at)
		}
	}
}

func restoresInOwnAccount(s *scope) {
	role := s.text("iamRoleArn")
	if role != "" && s.AccountID != "" && !strings.HasPrefix(role, fmt.Sprintf("arn:aws:iam::%s:", s.AccountID)) {
		s.reject("iamRoleArn", "%q is a role of another account; pass one of account %s", role, s.AccountID)
	}
}
