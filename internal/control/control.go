// Package control says what a control is: the metadata that every row of every
// table of the landing zone carries, in the words an inspector reads.
package control

// Kind is what a control does about an undesired event.
type Kind string

// The kinds of control.
const (
	Preventive Kind = "preventive"
	Detective  Kind = "detective"
	Corrective Kind = "corrective"
)

// Verification is how it is shown that a control is in force.
type Verification string

// The ways of verifying a control.
const (
	DesignCheck      Verification = "design check"
	ConfigRule       Verification = "Config rule"
	Alarm            Verification = "alarm"
	EventRule        Verification = "event rule"
	IQTest           Verification = "IQ test"
	PolicyEvaluation Verification = "policy evaluation"
)

// Control is one guarantee and the requirements it answers.
type Control struct {
	// ID identifies the control in findings, reports and logical names. IDs
	// never change and are never reused.
	ID string

	// Title states, as a fact, what is true while the control is in force.
	Title string

	// Rationale says what goes wrong without it.
	Rationale string

	// Requirements are the ids, in requirements.yaml, that the control answers.
	Requirements []string

	// Kind is what the control does.
	Kind Kind

	// Verification is how the control is shown to be in force.
	Verification Verification

	// Withdrawn says since when and why the control is no longer in force. A
	// withdrawn control keeps its row.
	Withdrawn string
}
