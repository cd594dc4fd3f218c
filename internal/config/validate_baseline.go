package config

import (
	"slices"
	"strings"
)

func (v *validator) baseline() {
	b := v.cfg.LandingZone.Baseline
	const path = "landingzone:baseline"
	if !slices.Contains(logRetentionDays, b.LogRetentionDays) {
		var allowed []string
		for _, days := range logRetentionDays {
			allowed = append(allowed, number10(days))
		}
		v.problem(path+".logRetentionDays", number10(b.LogRetentionDays),
			"is not a period of CloudWatch Logs; allowed: %s", strings.Join(allowed, ", "))
	}
	if b.FailureTolerance < 1 || b.FailureTolerance > maxFailureTolerance {
		v.problem(path+".failureTolerance", number10(b.FailureTolerance),
			"want 1 to %d accounts: with none, one suspended account stops all others", maxFailureTolerance)
	}
	if !b.Enabled {
		return
	}
	v.baselineReaches()
	org := v.cfg.LandingZone.Organization
	if org.ControlTower && b.Recorder {
		v.problem(path+".recorder", "true", "must be false with %s.controlTower: "+
			"Control Tower records the configuration, and an account has one recorder at most", orgPath)
	}
}

// baselineReaches checks that every workload account is in a unit that the
// baseline is stamped into.
func (v *validator) baselineReaches() {
	var reached []string
	for _, u := range units {
		if u.Workloads && !holdsCore(u) {
			reached = append(reached, u.Path)
		}
	}
	for i, a := range v.cfg.LandingZone.Accounts {
		unit, known := UnitAt(a.Unit())
		if known && unit.Workloads && holdsCore(unit) {
			v.problem(index("landingzone:accounts", i)+".ou", quoted(a.OU),
				"is a unit of core accounts, into which the baseline is not stamped; want one of %s", strings.Join(reached, ", "))
		}
	}
}
