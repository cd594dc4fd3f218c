package config

import (
	"slices"
	"strings"
	"testing"
)

// estate is a small organization with one assignment.
func estate(a Assignment) *LandingZone {
	a.Group, a.PermissionSet = "people", "GxpAuditor"
	return &LandingZone{
		Accounts: []Account{
			{Name: "mes-prod", Environment: "production", GxP: "GMP"},
			{Name: "mes-val", Environment: "validation", GxP: "GMP"},
			{Name: "intranet", Environment: "production", GxP: "none"},
			{Name: "old", Environment: "production", GxP: "GMP", Retired: true},
		},
		Identity: Identity{Assignments: []Assignment{a, a}},
	}
}

func TestAccessRights_CoverWhatTheAssignmentNames(t *testing.T) {
	tests := map[string]struct {
		assignment Assignment
		want       string
	}{
		"nothing":                        {Assignment{}, ""},
		"accounts by name":               {Assignment{Accounts: []string{"intranet", "management", "audit"}}, "management audit intranet"},
		"a unit":                         {Assignment{Units: []string{UnitGxPProd}}, "mes-prod"},
		"the units below one":            {Assignment{Units: []string{UnitWorkloads}}, "mes-prod mes-val intranet"},
		"core accounts by unit":          {Assignment{Units: []string{UnitSecurity}}, "log-archive audit"},
		"an environment":                 {Assignment{Environments: []string{"production"}}, "mes-prod intranet"},
		"an environment within a unit":   {Assignment{Units: []string{UnitGxPProd}, Environments: []string{"validation"}}, ""},
		"an account beside a unit":       {Assignment{Units: []string{UnitGxPProd}, Accounts: []string{"intranet"}}, "mes-prod intranet"},
		"an account that is both":        {Assignment{Units: []string{UnitGxPProd}, Accounts: []string{"mes-prod"}}, "mes-prod"},
		"a retired account":              {Assignment{Accounts: []string{"old"}}, ""},
		"a unit whose name begins alike": {Assignment{Units: []string{"Workloads/GxP"}}, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, r := range estate(tt.assignment).AccessRights() {
				if r.Group != "people" || r.PermissionSet != "GxpAuditor" {
					t.Errorf("%+v is no right of the assignment", r)
				}
				got = append(got, r.Account)
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("AccessRights() are in %q, want %q", got, tt.want)
			}
		})
	}
}

func TestIdentity_NamesEveryPermissionSetThatCanBeAssigned(t *testing.T) {
	id := decodeOK(t, prod(t)).LandingZone.Identity
	for _, name := range []string{"GxpDeveloper", "GxpBreakGlass", "MarketAnalyst"} {
		if !slices.Contains(id.permissionSetNames(), name) {
			t.Errorf("%s is missing", name)
		}
	}
}

func TestIdentityDefaults_FollowFromOtherSettings(t *testing.T) {
	const after = "    mfaClaim: true\n"
	text := replace(t, prod(t), after, after+"    directory: {type: microsoftAD, domain: corp.example.com, vpcId: vpc-12345678,"+
		" subnetIds: [subnet-12345678, subnet-87654321], passwordSecret: gxp/directory}\n")
	text = replace(t, text, "        sessionHours: 4\n", "")
	id := decodeOK(t, text).LandingZone.Identity
	if id.Directory.ShortName != "CORP" || id.Directory.Edition != "Standard" || id.PermissionSets[0].SessionHours != 4 {
		t.Errorf("directory %+v, session of %d hours", id.Directory, id.PermissionSets[0].SessionHours)
	}
}

func TestProductionExample_GivesEveryDutyToSomebody(t *testing.T) {
	cfg := decodeOK(t, prod(t))
	given := map[string]bool{}
	for _, r := range cfg.LandingZone.AccessRights() {
		given[r.PermissionSet] = true
	}
	for _, name := range cfg.LandingZone.Identity.permissionSetNames() {
		if !given[name] {
			t.Errorf("nobody has %s", name)
		}
	}
}
