package qualification_test

import (
	"strings"
	"testing"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/mutation"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

func TestIdentityControls_NoticeWhatIsMissing(t *testing.T) {
	tests := map[string]struct {
		control string
		drop    mutation.Where
	}{
		"no boundary":                          {"GXP-IAM-005", mutation.OfType("aws:ssoadmin/permissionsBoundaryAttachment:PermissionsBoundaryAttachment")},
		"no inline policy, so no claim":        {"GXP-IAM-007", onInline},
		"an account without a password policy": {"GXP-IAM-008", onPasswords},
		"no analyzer":                          {"GXP-IAM-009", mutation.Named("aws:accessanalyzer/analyzer:Analyzer", "external")},
		"root users on their own":              {"GXP-IAM-011", mutation.OfType("aws:iam/organizationsFeatures:OrganizationsFeatures")},
		"no filter":                            {"GXP-IAM-012", onEmergencyFilter},
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

func TestIdentityControls_DoNotAskAnEmulatorForWhatItLacks(t *testing.T) {
	lacks := []string{
		"aws:ssoadmin/permissionsBoundaryAttachment:PermissionsBoundaryAttachment", "aws:accessanalyzer/analyzer:Analyzer",
		"aws:iam/organizationsFeatures:OrganizationsFeatures",
	}
	graph, _, err := mutation.Drop(sample(), func(r *qualification.Resource) bool { return strings.Contains(strings.Join(lacks, " "), r.Type) })
	if err != nil {
		t.Fatal(err)
	}
	graph, _, err = mutation.Apply(graph, mutation.OfType("pulumi:providers:aws"),
		mutation.Set("endpoints", `[{"iam":"http://127.0.0.1:5555"}]`))
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"GXP-IAM-005", "GXP-IAM-009", "GXP-IAM-011"} {
		if result, _ := check(graph).Result(id); result.Verdict != qualification.NotApplicable {
			t.Errorf("%s on an emulator: %s", id, result.Verdict)
		}
	}
}

func TestIdentityControls_SayWhichDutiesMeetWhere(t *testing.T) {
	broken, urns, err := mutation.Apply(sample(), onApprover, mutation.Set("principalId", "developers"))
	if err != nil {
		t.Fatal(err)
	}
	result, _ := check(broken).Result("GXP-IAM-003")
	for _, f := range result.Findings {
		if f.Resource == urns[0] && strings.Contains(f.Problem, "GxpQAApprover") && strings.Contains(f.Problem, "GxpDeveloper") {
			return
		}
	}
	t.Errorf("no finding about %s names both duties: %+v", urns[0], result.Findings)
}
