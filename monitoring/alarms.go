package monitoring

import "github.com/gxp-landing-zone/gxp-landing-zone/internal/control"

// alarm is something in the audit trail that somebody must be told of.
type alarm struct {
	control.Control

	// key is the alarm's part of logical names and its metric's name. It never
	// changes.
	key string

	// pattern selects the events, in the syntax of CloudWatch Logs filters.
	pattern string
}

var alarms = []alarm{
	{
		Control: control.Control{
			ID:        "GXP-MON-001",
			Title:     "Use of a root user raises an alarm",
			Rationale: "A root user cannot be limited by policies of its account and belongs to no single person, so its actions cannot be attributed.",
			Requirements: []string{
				"ARCH-S11", "ARCH-S13", "CFR-11.300", "A11-12",
			},
			Kind:         control.Detective,
			Verification: control.Alarm,
		},
		key: "root-use",
		// Events that a service causes under the root identity are left out, as
		// in CIS AWS Foundations.
		pattern: `{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }`,
	},
}

// Controls returns the controls that this package puts in force by operating,
// not by design alone.
func Controls() []control.Control {
	var all []control.Control
	for _, a := range alarms {
		all = append(all, a.Control)
	}
	for _, r := range rules {
		all = append(all, r.Control)
	}
	return all
}
