package config

import (
	"slices"
	"testing"
)

func TestDecode_RejectsBaseline(t *testing.T) {
	const before = "  landingzone:quotas:\n"
	with := func(settings string) []string {
		return []string{before, "  landingzone:baseline:\n" + settings + before}
	}
	rejects(t, map[string]rejection{
		"a retention that CloudWatch Logs does not have": {
			with("    logRetentionDays: 100\n"),
			[]string{
				"landingzone:baseline.logRetentionDays: 100: is not a period of CloudWatch Logs; allowed: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
			},
		},
		"no tolerance": {
			with("    failureTolerance: 0\n"),
			[]string{
				"landingzone:baseline.failureTolerance: 0: want 1 to 100 accounts: with none, one suspended account stops all others",
			},
		},
		"an account that the baseline does not reach": {
			[]string{"      costCentre: CC-2200\n", "      costCentre: CC-2200\n      ou: Infrastructure\n"},
			[]string{
				`landingzone:accounts[12].ou: "Infrastructure": is a unit of core accounts, into which the baseline is not stamped; want one of Workloads/GxP-Prod, Workloads/GxP-Validation, Workloads/Sensitive, Workloads/NonGxP, Sandbox, PolicyStaging`,
			},
		},
	})
}

func TestBaselineUnits_AreTheTopmostOfThoseThatHoldWorkloads(t *testing.T) {
	var paths []string
	for _, u := range BaselineUnits() {
		paths = append(paths, u.Path)
	}
	if want := []string{"Workloads", "Sandbox", "PolicyStaging"}; !slices.Equal(paths, want) {
		t.Errorf("got %v, want %v", paths, want)
	}
}

func TestBaseline_LeavesRecordingToControlTower(t *testing.T) {
	c := defaults()
	c.LandingZone.Organization.ControlTower = true
	c.completeBaseline(func(string) bool { return false })
	if c.LandingZone.Baseline.Recorder {
		t.Error("an account would get a second recorder, which Config refuses")
	}
	c.LandingZone.Baseline.Recorder = true
	c.completeBaseline(func(path string) bool { return path == "landingzone:baseline.recorder" })
	if !c.LandingZone.Baseline.Recorder {
		t.Error("what configuration says is overridden")
	}
}

func TestVaultRetention_TakesEverythingThatPlansKeep(t *testing.T) {
	c, err := Decode("p", []byte(prod(t)))
	if err != nil {
		t.Fatal(err)
	}
	shortest, longest := c.VaultRetention()
	planned, most := c.BackupRetention()
	if shortest < 1 || shortest > planned || longest < most {
		t.Errorf("the vaults take %d to %d days, and plans keep %d to %d", shortest, longest, planned, most)
	}
}
