package logging

import (
	"maps"
	"slices"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/control"
)

// alarmControls are the controls that are alarms of this package, by the key of
// the alarm.
var alarmControls = map[string]control.Control{
	"failed": raises("GXP-INT-101", "A verification of the audit trail that fails raises an alarm",
		"A trail that was altered, or could not be read, is no record until somebody has looked into it.",
		"ARCH-P9", "ARCH-S13", "CFR-11.10(a)", "A11-9", "A11-13"),
	"findings": raises("GXP-INT-102", "A finding of the verification of the audit trail raises an alarm",
		"What only needs an explanation today is what nobody can explain in ten years.",
		"ARCH-P9", "ARCH-S13", "CFR-11.10(a)", "A11-9", "A11-13"),
	"silent": raises("GXP-INT-103", "A day without a verification of the audit trail raises an alarm",
		"A check that has stopped finds nothing, like one that finds nothing wrong.",
		"ARCH-P9", "ARCH-S13", "CFR-11.10(a)", "A11-9", "A11-13"),
	"review-failed": raises("GXP-ANA-101", "A query of the periodic review that fails raises an alarm",
		"A review without its lists is not done, and nobody misses a file that was never there.", "CFR-11.10(e)", "A11-9", "A11-13"),
	"review-canceled": raises("GXP-ANA-102", "A query of the periodic review that is stopped raises an alarm",
		"A query that reads too much is stopped, and its list is missing.", "CFR-11.10(e)", "A11-9", "A11-13"),
	"review-not-started": raises("GXP-ANA-103", "A query of the periodic review that cannot be started raises an alarm",
		"What was not asked has no answer to miss.", "CFR-11.10(e)", "A11-9", "A11-13"),
	"review-not-copied": raises("GXP-ANA-104", "An answer of the periodic review that does not reach the evidence raises an alarm",
		"Where the answers are written they expire.", "CFR-11.10(c)", "CFR-11.10(e)", "A11-9"),
}

// Controls returns the controls that this package puts in force by operating, not
// by design alone.
func Controls() []control.Control {
	var all []control.Control
	for _, key := range slices.Sorted(maps.Keys(alarmControls)) {
		all = append(all, alarmControls[key])
	}
	return all
}

func raises(id, title, rationale string, requirements ...string) control.Control {
	return control.Control{
		ID: id, Title: title, Rationale: rationale, Requirements: requirements,
		Kind: control.Detective, Verification: control.Alarm,
	}
}

// alarmDescription is what an alarm says of itself: its control.
func alarmDescription(key string) string {
	c := alarmControls[key]
	return c.ID + ": " + c.Title + "."
}
