package config

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestUnits_FormATreeWithStableKeys(t *testing.T) {
	want := []string{
		"security", "infrastructure", "workloads", "workloads-gxp-prod", "workloads-gxp-validation",
		"workloads-sensitive",
		"workloads-nongxp", "workloads-quarantine", "sandbox", "policystaging", "suspended",
	}
	var keys []string
	seen := map[string]bool{"": true}
	for _, u := range Units() {
		keys = append(keys, u.Key)
		if !seen[u.Parent()] {
			t.Errorf("%s comes before its parent %s", u.Path, u.Parent())
		}
		seen[u.Path] = true
		if u.Key != strings.ToLower(strings.ReplaceAll(u.Path, "/", "-")) {
			t.Errorf("the key of %s is %s", u.Path, u.Key)
		}
		if u.Purpose == "" || u.Name() == "" || strings.Contains(u.Name(), "/") {
			t.Errorf("%s has purpose %q and name %q", u.Path, u.Purpose, u.Name())
		}
		if _, ok := placements[u.Path]; ok != u.Workloads {
			t.Errorf("%s takes workloads: %t, and says what may live there: %t", u.Path, u.Workloads, ok)
		}
	}
	if !slices.Equal(keys, want) {
		t.Errorf("keys %q, want %q: keys are part of logical names and never change", keys, want)
	}
}

func TestAccountUnit_IsImpliedWhereItIsNotGiven(t *testing.T) {
	for name, tt := range map[string]struct {
		account Account
		want    string
	}{
		"GxP in production":         {Account{Environment: "production", GxP: "GMP"}, UnitGxPProd},
		"restricted GxP data":       {Account{Environment: "production", GxP: "GMP", DataClassification: "restricted"}, UnitGxPProd},
		"GxP being validated":       {Account{Environment: "validation", GxP: "GMP"}, UnitGxPValidation},
		"GxP in development":        {Account{Environment: "development", GxP: "GLP"}, UnitGxPValidation},
		"no GxP":                    {Account{Environment: "production", GxP: "none"}, UnitNonGxP},
		"a sandbox":                 {Account{Environment: "sandbox", GxP: "none"}, UnitSandbox},
		"a unit that is given":      {Account{Environment: "validation", GxP: "none", OU: UnitPolicyStaging}, UnitPolicyStaging},
		"a retired account":         {Account{Environment: "production", GxP: "GMP", Retired: true}, UnitSuspended},
		"a retired one with a unit": {Account{OU: UnitNonGxP, Retired: true}, UnitSuspended},
	} {
		t.Run(name, func(t *testing.T) {
			if got := tt.account.Unit(); got != tt.want {
				t.Errorf("Unit() = %s, want %s", got, tt.want)
			}
		})
	}
}

func TestCoreAccounts_ComeInAFixedOrder(t *testing.T) {
	var got []string
	for _, a := range decodeOK(t, prod(t)).LandingZone.CoreAccounts.All() {
		got = append(got, a.Key+" "+a.Unit+" "+a.Email)
	}
	want := []string{
		"log-archive Security aws+log-archive@example.com",
		"audit Security aws+audit@example.com",
		"network Infrastructure aws+network@example.com",
		"shared-services Infrastructure aws+shared-services@example.com",
		"backup Infrastructure aws+backup@example.com",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestOrganization_DelegatesWhatIsAskedForInAFixedOrder(t *testing.T) {
	org := Organization{DelegatedAdministrators: []string{"servicecatalog.amazonaws.com", "access-analyzer.amazonaws.com"}}
	want := []Delegation{{"access-analyzer.amazonaws.com", "audit"}, {"servicecatalog.amazonaws.com", "shared-services"}}
	if got := org.Delegations(); !slices.Equal(got, want) {
		t.Errorf("Delegations() = %v", got)
	}
}

func TestOrganization_PrefersTheRoleOfAnAccount(t *testing.T) {
	org := Organization{AccessRole: "Everywhere"}
	if got := org.RoleIn(CoreAccount{}); got != "Everywhere" {
		t.Errorf("without one of its own: %s", got)
	}
	if got := org.RoleIn(CoreAccount{AccessRole: "Here"}); got != "Here" {
		t.Errorf("with one of its own: %s", got)
	}
}

func TestDefaults_FollowFromOtherSettings(t *testing.T) {
	text := replace(t, prod(t), "    retentionYears: 25\n    replicaRegion: eu-west-1\n", "")
	cfg := decodeOK(t, text)
	if got := cfg.Logging.Archive.RetentionYears; got != 25 {
		t.Errorf("the archive keeps %d years, want the 25 of the clinical trials", got)
	}
	if got := cfg.Logging.Archive.ReplicaRegion; got != "eu-west-1" {
		t.Errorf("the replica is in %q", got)
	}

	oneRegion := replace(t, withoutNetwork(t, text), "      - eu-west-1\n\n", "\n")
	if got := decodeOK(t, oneRegion).Logging.Archive.ReplicaRegion; got != "" {
		t.Errorf("with one region the replica is in %q", got)
	}

	tower := replace(t, text, "    namePrefix: meridian-gxp\n", `    namePrefix: meridian-gxp
    controlTower: true
    adopt:
      organizationId: o-abcdefghij
      organizationalUnits: {Security: ou-abcd-12345678}
`)
	tower = replace(t, tower, "logArchive: {email:", `logArchive: {id: "222233334444", email:`)
	tower = replace(t, tower, "audit: {email:", `audit: {id: "333344445555", email:`)
	if got := decodeOK(t, tower).LandingZone.Organization.TrustedAccess; !slices.Contains(got, principalControlTower) {
		t.Error("Control Tower loses its trusted access")
	}
}

func TestDefaults_AreReplacedAndNotExtended(t *testing.T) {
	text := replace(t, prod(t), "      - gxp-data-\n      - meridian-gxp-data-\n", "      - other-\n    insights: []\n")
	trail := decodeOK(t, text).Logging.Trail
	if !slices.Equal(trail.DataEventBuckets, []string{"other-"}) || len(trail.Insights) != 0 {
		t.Errorf("data events %q, insights %q", trail.DataEventBuckets, trail.Insights)
	}
	off := replace(t, prod(t), "  catalog:supportEmail: cloud-platform@example.com", "  catalog:enabled: false\n  monitoring:aggregator: false")
	if cfg := decodeOK(t, off); cfg.Catalog.Enabled || cfg.Monitoring.Aggregator {
		t.Error("what is switched off is on")
	}
}

func TestDefaults_AreNotSharedBetweenConfigurations(t *testing.T) {
	first := decodeOK(t, prod(t))
	first.LandingZone.Organization.PolicyTypes[0] = "changed"
	first.Logging.Trail.Insights[0] = "changed"
	first.Logging.RecordClasses["operational"] = RecordClass{}
	second := decodeOK(t, prod(t))
	if second.LandingZone.Organization.PolicyTypes[0] == "changed" || second.Logging.Trail.Insights[0] == "changed" ||
		second.RetentionYears("operational") != 1 {
		t.Error("changing one configuration changes the next")
	}
}

func TestRecordClasses_AreCompleteAfterLoading(t *testing.T) {
	cfg := decodeOK(t, prod(t))
	for class, want := range map[string]int{
		"gmp-batch": 8, "gcp-essential": 25, "glp-study": 5, "gdp-distribution": 5, "gvp-safety": 10,
		"operational": 1, "validation-evidence": 10, "no-such-class": 0,
	} {
		if got := cfg.RetentionYears(class); got != want {
			t.Errorf("%s is kept %d years, want %d", class, got, want)
		}
	}
	for name, class := range cfg.Logging.RecordClasses {
		if class.MinimumYears < 1 || class.Source == "" {
			t.Errorf("%s has minimum %d and source %q", name, class.MinimumYears, class.Source)
		}
	}
}

func TestLongestRetention_IsThatOfTheClassesInUse(t *testing.T) {
	cfg := decodeOK(t, prod(t))
	if years, class := cfg.LongestRetention(); years != 25 || class != "gcp-essential" {
		t.Errorf("got %d, %s", years, class)
	}
	cfg.LandingZone.Accounts = nil
	if years, class := cfg.LongestRetention(); years != 1 || class != "operational" {
		t.Errorf("without accounts: %d, %s", years, class)
	}
	cfg.LandingZone.Accounts = []Account{{RecordClass: "gvp-safety", Retired: true}}
	if years, class := cfg.LongestRetention(); years != 10 || class != "gvp-safety" {
		t.Errorf("with a retired account: %d, %s", years, class)
	}
}

func TestTables_AreSortedUniqueAndWellFormed(t *testing.T) {
	principalSyntax := regexp.MustCompile(`^[a-z0-9.-]+\.amazonaws\.com$`)
	for _, p := range principals {
		if !principalSyntax.MatchString(p.name) {
			t.Errorf("%s is not a service principal", p.name)
		}
	}
	regionSyntax := regexp.MustCompile(`^[a-z]{2}-[a-z]+-[1-9]$`)
	for _, r := range regions {
		if !regionSyntax.MatchString(r) {
			t.Errorf("%s is not a region", r)
		}
	}
	all := principalNames(func(principal) bool { return true })
	for name, list := range map[string][]string{"principals": all, "regions": regions} {
		if len(list) < 30 || !slices.IsSorted(list) || len(slices.Compact(slices.Clone(list))) != len(list) {
			t.Errorf("%s: %d entries, not sorted or not unique", name, len(list))
		}
	}
	for _, d := range delegations {
		if !slices.Contains(all, d.Principal) {
			t.Errorf("%s is delegated and unknown", d.Principal)
		}
	}
}

func TestProductionExample_ShowsTheWholeRange(t *testing.T) {
	cfg := decodeOK(t, prod(t))
	units, classes, practices, owners := map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}
	active := 0
	for _, a := range cfg.LandingZone.Accounts {
		units[a.Unit()], classes[a.RecordClass], practices[a.GxP], owners[a.Owner] = true, true, true, true
		if !a.Retired {
			active++
		}
	}
	for _, unit := range []string{UnitGxPProd, UnitGxPValidation, UnitNonGxP, UnitSandbox, UnitSuspended} {
		if !units[unit] {
			t.Errorf("no account is in %s", unit)
		}
	}
	if active < 12 || len(classes) < 6 || len(practices) < 6 || len(owners) < 8 || len(cfg.LandingZone.Regions.Governed) != 2 {
		t.Errorf("%d active accounts, %d classes, %d practices, %d owners", active, len(classes), len(practices), len(owners))
	}
}

func TestEmulatorExample_LeavesNothingBehind(t *testing.T) {
	cfg, err := Load(emulatorFile)
	if err != nil {
		t.Fatal(err)
	}
	if cfg.GxP.Endpoint == "" || cfg.Logging.Archive.Mode != "GOVERNANCE" || cfg.Logging.Archive.RetentionYears != 1 {
		t.Errorf("endpoint %q, archive %+v", cfg.GxP.Endpoint, cfg.Logging.Archive)
	}
	if cfg.LandingZone.Organization.ActivateStackSets || cfg.Monitoring.ConformancePacks || cfg.Catalog.Enabled {
		t.Error("something that moto lacks is on")
	}
}
