package landingzone

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/pulumitest"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal/offline/rules/policydoc"
)

var (
	raised   = PolicyQuota{PerTarget: 10, Characters: 10240, Reserved: 1}
	original = PolicyQuota{PerTarget: 5, Characters: 5120, Reserved: 1}
)

// composers are the two kinds of guardrail policy.
var composers = map[string]struct {
	kind    policydoc.Kind
	compose func(Limits, PolicyQuota, ...string) ([]UnitPolicy, error)
	rows    []guardrail
}{
	ServiceControl:  {policydoc.SCP, ServiceControlPolicies, serviceControls()},
	ResourceControl: {policydoc.RCP, ResourceControlPolicies, resourceControls()},
}

// testLimits switches every guardrail on.
func testLimits() Limits {
	core := func(key, unit, id string) CoreRole {
		return CoreRole{Key: key, Unit: unit, AccountID: id, Role: "OrganizationAccountAccessRole"}
	}
	return Limits{
		OrganizationID: "o-exampleorgid", RootID: "r-exam", NamePrefix: "acme",
		Home: pulumitest.Region, Regions: []string{pulumitest.Region, "eu-test-2"},
		AccessRole: "OrganizationAccountAccessRole",
		Core: []CoreRole{
			core(config.KeyLogArchive, config.UnitSecurity, "222233334444"),
			core(config.KeyAudit, config.UnitSecurity, "333344445555"),
			core(config.KeyNetwork, config.UnitInfrastructure, "444455556666"),
			core(config.KeySharedServices, config.UnitInfrastructure, "555566667777"),
			core(config.KeyBackup, config.UnitInfrastructure, "666677778888"),
		},
		QuarantineUnplaced: true,
		GxPServices:        []string{"ec2", "kms", "s3", "sts"},
		NonGxPServices:     []string{"ec2", "iam", "kms", "s3", "sts"},
		RequiredTags:       account.Keys(),
		ResourceServices:   []string{"kms", "s3", "secretsmanager", "sqs"},
		TrustedAccounts:    []string{"777788889999"},
	}
}

// realistic returns limits of the usual length: the default lists and tags, and
// the longest prefix.
func realistic(t *testing.T) Limits {
	t.Helper()
	c, err := config.Load("../Pulumi.prod.yaml")
	require.NoError(t, err)
	l := testLimits()
	g := c.LandingZone.Guardrails
	l.NamePrefix = "a-prefix-of-twenty-c"
	l.GxPServices, l.ResourceServices = g.GxPServices, g.ResourceServices
	l.RequiredTags = []string{"gxp:classification", "gxp:owner", "gxp:record-class"}
	return l
}

func TestCompose_MeetsBothQuotas(t *testing.T) {
	for kind, c := range composers {
		for _, q := range []PolicyQuota{raised, original} {
			t.Run(fmt.Sprintf("%s %d of %d", kind, q.PerTarget, q.Characters), func(t *testing.T) {
				l := realistic(t).longest()
				policies, err := c.compose(l, q)
				require.NoError(t, err)
				require.NotEmpty(t, policies)
				perUnit := map[string]int{}
				for _, p := range policies {
					perUnit[p.Unit]++
					assert.LessOrEqual(t, len(p.Document), q.Characters, p.Key)
					assert.Equal(t, p.size, len(p.Document), "%s is as long as it was thought to be", p.Key)
					assert.Empty(t, policydoc.Check(c.kind, p.Document, q.Characters), p.Key)
					t.Logf("%s %s: %d", p.Unit, p.Key, len(p.Document))
				}
				for unit, n := range perUnit {
					assert.LessOrEqual(t, n, q.PerTarget-1, "%s keeps room for the policy that AWS attaches", unit)
				}
			})
		}
	}
}

func TestCompose_KeepsPoliciesWhenAStatementIsAddedAtTheEnd(t *testing.T) {
	l := realistic(t)
	before, err := compose(serviceControls(), l, raised, scpStatement, nil)
	require.NoError(t, err)
	late := guardrail{
		Control: prevents("GXP-SCP-999", "Late", "Late.", "ARCH-P1"), sid: "Late", units: []string{config.UnitWorkloads},
		deny: func(Limits, string) policy.Statement {
			return policy.Statement{Action: policy.Strings{"freetier:GetFreeTierUsage"}, Resource: anything}
		},
	}
	after, err := compose(append(serviceControls(), late), l, raised, scpStatement, nil)
	require.NoError(t, err)
	require.Len(t, after, len(before))
	changed := 0
	for i := range after {
		assert.Equal(t, before[i].Key, after[i].Key, "logical names stay")
		if before[i].Document != after[i].Document {
			changed++
			assert.Equal(t, config.UnitWorkloads, after[i].Unit)
		}
	}
	assert.Equal(t, 1, changed, "one policy changes")
}

func TestCompose_KeepsTheNamesOfOtherPoliciesWhenAStatementGoes(t *testing.T) {
	before, err := ServiceControlPolicies(realistic(t), raised)
	require.NoError(t, err)
	after, err := ServiceControlPolicies(realistic(t), raised, "GXP-SCP-051")
	require.NoError(t, err)
	firsts := func(policies []UnitPolicy) map[string]string {
		first := map[string]string{}
		for _, p := range policies {
			if _, ok := first[p.Unit]; !ok {
				first[p.Unit] = p.Key
			}
		}
		return first
	}
	assert.Equal(t, firsts(before), firsts(after))
	for _, p := range after {
		assert.NotContains(t, p.Sids, "DetectionStays")
	}
}

func TestCompose_RefusesWhatCannotBe(t *testing.T) {
	row := func(units []string, deny func(Limits, string) policy.Statement) []guardrail {
		return append(serviceControls(), guardrail{
			Control: prevents("GXP-SCP-999", "Bad", "Bad.", "ARCH-P1"), sid: "Bad", units: units, deny: deny,
		})
	}
	sandbox := []string{config.UnitSandbox}
	tests := map[string]struct {
		rows  []guardrail
		quota PolicyQuota
		want  string
	}{
		"a statement that no policy can hold": {
			row(sandbox, func(Limits, string) policy.Statement {
				return policy.Statement{Action: policy.Strings{"ec2:" + strings.Repeat("A", 10240)}, Resource: anything}
			}), raised,
			"guardrail GXP-SCP-999: statement Bad for Sandbox needs a policy of 10339 characters, and the limit is 10240",
		},
		"an exemption of a role that nothing makes": {
			row(sandbox, func(Limits, string) policy.Statement {
				return policy.Statement{Action: anything, Resource: anything, Condition: except([]string{anyAccount("aws*")})}
			}), raised,
			"guardrail GXP-SCP-999: statement Bad for Sandbox exempts arn:aws:iam::*:role/aws*, a role that nothing in the landing zone makes",
		},
		"more policies than the quota": {
			serviceControls(), PolicyQuota{PerTarget: 5, Characters: 5120, Reserved: 4},
			"Sandbox needs 3 policies for its guardrails, and 1 are left of the 5 that AWS grants per unit",
		},
		"a unit without guardrails": {
			slices.DeleteFunc(serviceControls(), func(g guardrail) bool { return g.ID == "GXP-SCP-003" }), raised,
			"Suspended has no guardrails; add it to the units of some",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := compose(tt.rows, realistic(t), tt.quota, scpStatement, nil)
			assert.ErrorContains(t, err, tt.want)
		})
	}
}

func TestCompose_HasRoomForControlTower(t *testing.T) {
	c := organizationArgs(nil).Config
	c.Quotas = config.Quotas{PoliciesPerTarget: 10, PolicyCharacters: 10240}
	c.Organization.ControlTower = true
	assert.Equal(t, PolicyQuota{PerTarget: 10, Characters: 10240, Reserved: 4}, ServiceControlQuota(c))
	l := realistic(t)
	l.ControlTower = true
	policies, err := ServiceControlPolicies(l, ServiceControlQuota(c))
	require.NoError(t, err)
	assert.Contains(t, policies[1].Document, "arn:aws:iam::*:role/AWSControlTowerExecution")
}

func TestGuardrails_AreKnownByTheirIDs(t *testing.T) {
	seen := map[string]bool{}
	for _, g := range Guardrails() {
		assert.False(t, seen[g.ID] || seen[g.Sid], "%s %s is used twice", g.ID, g.Sid)
		seen[g.ID], seen[g.Sid] = true, true
		assert.NotEmpty(t, g.Units, g.ID)
		assert.Contains(t, []string{ServiceControl, ResourceControl}, g.Kind)
	}
	assert.Len(t, GuardrailControls(), len(Guardrails()))
	assert.Greater(t, len(seen), 100)
}

func TestGuardrails_CanEachBeLeftOut(t *testing.T) {
	l := testLimits()
	for kind, c := range composers {
		for _, row := range c.rows {
			policies, err := c.compose(l, raised, row.ID)
			if row.ID == "GXP-SCP-003" {
				assert.ErrorContains(t, err, "Suspended has no guardrails")
				continue
			}
			require.NoError(t, err, row.ID)
			for _, p := range policies {
				assert.NotContains(t, p.Sids, row.sid, "%s %s", kind, p.Key)
				assert.NotContains(t, p.Document, fmt.Sprintf("%q", row.sid))
			}
		}
	}
}

func TestGuardrails_ExemptTheAccessRoleOfNoWorkloadAccount(t *testing.T) {
	policies, err := ServiceControlPolicies(testLimits(), raised)
	require.NoError(t, err)
	role := anyAccount(testLimits().AccessRole)
	for _, p := range policies {
		var document struct {
			Statement []struct {
				Sid       string
				Condition map[string]map[string]any
			}
		}
		require.NoError(t, json.Unmarshal([]byte(p.Document), &document))
		for _, s := range document.Statement {
			exempt := fmt.Sprint(s.Condition["ArnNotLike"])
			if s.Sid != "QuarantineUntilBaseline" && s.Sid != "UnplacedIsShut" {
				assert.NotContains(t, exempt, role, "%s in %s", s.Sid, p.Unit)
			}
			assert.NotContains(t, exempt, "role/aws*", "%s in %s", s.Sid, p.Unit)
		}
	}
}

func TestGuardrails_SayWhatTheyDeny(t *testing.T) {
	for _, c := range composers {
		policies, err := c.compose(testLimits(), raised)
		require.NoError(t, err)
		for _, p := range policies {
			pulumitest.Golden(t, "guardrail-"+p.Key+".json", pulumitest.Indented(t, p.Document))
		}
	}
}
