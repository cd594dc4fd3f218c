package config

import (
	"slices"
	"strings"
)

// maxFailureTolerance bounds how much may go wrong in silence.
const maxFailureTolerance = 100

func defaultBaseline() Baseline {
	return Baseline{
		// Accounts without it are neither recorded nor backed up.
		Enabled: true,
		// A history of the configuration is part of every qualified state.
		Recorder: true,
		// Its subnets are public, and nobody has designed it.
		RemoveDefaultVPC: true,
		// A year, as for the searchable copy of the trail.
		LogRetentionDays: 365,
		// A handful of suspended or new accounts, and not a mistake in the
		// template.
		FailureTolerance: 5,
	}
}

// completeBaseline adds the defaults that follow from other settings.
func (c *Config) completeBaseline(has func(path string) bool) {
	if c.LandingZone.Organization.ControlTower && !has("landingzone:baseline.recorder") {
		c.LandingZone.Baseline.Recorder = false
	}
}

// BaselineUnits returns the units that the baseline is stamped into: the
// topmost of those that hold workload accounts. What lies in them is included.
// Core accounts have units of their own and get the baseline one by one.
func BaselineUnits() []Unit {
	var top []Unit
	for _, u := range units {
		if u.Parent() == "" && slices.ContainsFunc(units, func(inner Unit) bool {
			return inner.Workloads && (inner.Path == u.Path || strings.HasPrefix(inner.Path, u.Path+"/"))
		}) && !holdsCore(u) {
			top = append(top, u)
		}
	}
	return top
}

func holdsCore(u Unit) bool {
	return slices.ContainsFunc(CoreAccounts{}.All(), func(a NamedCoreAccount) bool { return a.Unit == u.Path })
}

// VaultRetention returns the shortest and the longest retention, in days, that
// the vaults of workload accounts take. They keep what is never copied too.
func (c *Config) VaultRetention() (shortest, longest int) {
	shortest, _ = c.BackupRetention()
	return max(shortest, 1), c.LandingZone.Backup.MaxRetentionDays
}
