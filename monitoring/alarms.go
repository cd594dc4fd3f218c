package monitoring

import (
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/control"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/duty"
)

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
	{
		Control: control.Control{
			ID:        "GXP-MON-002",
			Title:     "Use of emergency rights raises an alarm",
			Rationale: "Rights that allow everything bypass what keeps duties apart, so each use has to be known and reviewed.",
			Requirements: []string{
				"ARCH-P10", "ARCH-S11", "ARCH-S13", "CFR-11.10(g)", "CFR-11.300", "A11-12",
			},
			Kind:         control.Detective,
			Verification: control.Alarm,
		},
		key: "break-glass-use",
		// What is done in a session names who issued it; signing in to one
		// names the role. The name of the role is the end of its ARN: others may
		// continue it.
		pattern: `{ ($.userIdentity.sessionContext.sessionIssuer.userName = "AWSReservedSSO_` + duty.BreakGlass + `_*") || ` +
			`($.userIdentity.sessionContext.sessionIssuer.userName = "` + duty.BreakGlassRole + `") || ` +
			`($.requestParameters.roleArn = "*AWSReservedSSO_` + duty.BreakGlass + `_*") || ` +
			`($.requestParameters.roleArn = "*:role/` + duty.BreakGlassRole + `") }`,
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
