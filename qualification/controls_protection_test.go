package qualification_test

import (
	"strings"
	"testing"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/mutation"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

func TestProtectionControls_NoticeWhatIsMissing(t *testing.T) {
	tests := map[string]struct {
		control string
		drop    mutation.Where
	}{
		"a region where volumes are not encrypted": {"GXP-DAT-001",
			mutation.Named("aws:ebs/encryptionByDefault:EncryptionByDefault", "log-archive-replica")},
		"an account whose buckets can be public": {"GXP-DAT-002", onBlock},
		"a certificate that nobody proves":       {"GXP-CRT-001", mutation.OfType("aws:acm/certificateValidation:CertificateValidation")},
		"a vault without lock":                   {"GXP-BKP-001", onVaultLock},
		"a vault without policy":                 {"GXP-BKP-004", onVaultPolicy},
		"no copies between accounts":             {"GXP-BKP-005", mutation.OfType("aws:backup/globalSettings:GlobalSettings")},
		"no central vault to copy into":          {"GXP-BKP-006", mutation.OfType("aws:backup/vault:Vault")},
		"a plan that is attached to nothing":     {"GXP-BKP-008", mutation.OfType("aws:organizations/policyAttachment:PolicyAttachment")},
		"restoring that nobody tests":            {"GXP-BKP-009", onRestoring},
		"a test of nothing":                      {"GXP-BKP-009", mutation.OfType("aws:backup/restoreTestingSelection:RestoreTestingSelection")},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			broken, _, err := mutation.Drop(sample(), tt.drop)
			if err != nil {
				t.Fatal(err)
			}
			if result, _ := check(broken).Result(tt.control); result.Verdict != qualification.Fail {
				t.Errorf("%s: %s, want fail", tt.control, result.Verdict)
			}
		})
	}
}

func TestBackupControls_ReadThePlans(t *testing.T) {
	tests := map[string]struct{ old, new, control, problem string }{
		"no copy to another account": {`"` + vaultARN + `":{},`, "", "GXP-BKP-006",
			"has the plan gmp that copies into no central vault of this stack"},
		"no copy to another region": {"eu-test-2:$account", "eu-test-1:$account", "GXP-BKP-006",
			"has the plan gmp that copies to no other region"},
		"backups that end before the records": {"2192", "2189", "GXP-BKP-007",
			"has the plan gmp that keeps backups for 2189 days, and records of the class gmp-batch are kept 6 years"},
		"backups of what nobody knows": {"gxp:record-class", "class", "GXP-BKP-007",
			"has the plan gmp that does not say of which record class its backups are"},
		"no JSON": {"{", "[", "GXP-BKP-006", "cannot be read"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			document := strings.Replace(backupDocument, tt.old, tt.new, 1)
			broken, _, err := mutation.Apply(sample(), onBackup, mutation.Set("content", document))
			if err != nil {
				t.Fatal(err)
			}
			result, _ := check(broken).Result(tt.control)
			if result.Verdict != qualification.Fail || !strings.HasPrefix(result.Findings[0].Problem, tt.problem) {
				t.Errorf("%s: %s: %+v, want %q", tt.control, result.Verdict, result.Findings, tt.problem)
			}
		})
	}
}

func TestBackupControls_WantNoDeletionOnAnyCondition(t *testing.T) {
	conditional := strings.Replace(vaultAdmits, `"Resource":"*"}]}`,
		`"Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalAccount":"444455556666"}}}]}`, 1)
	broken, _, err := mutation.Apply(sample(), onVaultPolicy, mutation.Set("policy", conditional))
	if err != nil {
		t.Fatal(err)
	}
	if result, _ := check(broken).Result("GXP-BKP-004"); result.Verdict != qualification.Fail {
		t.Errorf("%s, want fail", result.Verdict)
	}
}
