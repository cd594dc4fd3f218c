package landingzone

import (
	"slices"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/control"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
)

// guardrail is something that no account of a unit can do.
type guardrail struct {
	control.Control

	// sid names the statement in the policy and in AWS's messages.
	sid string

	// units are the paths of the organizational units that the statement is
	// attached to. A unit inherits those of the units it lies in.
	units []string

	// deny builds the statement for one unit, without its Sid, effect and, in a
	// resource control policy, principal, which are the same for all.
	deny func(l Limits, unit string) policy.Statement

	// unless says for which limits there is no such statement. Optional.
	unless func(l Limits, unit string) bool
}

// Where guardrails are attached. PolicyStaging has all that any workload has,
// so that what is tried there is what spreads. Suspended needs none: nothing is
// allowed there.
var (
	everywhere = []string{
		config.UnitSecurity, config.UnitInfrastructure, config.UnitWorkloads, config.UnitSandbox, config.UnitPolicyStaging,
	}
	outsideSandbox = []string{
		config.UnitSecurity, config.UnitInfrastructure, config.UnitWorkloads, config.UnitPolicyStaging,
	}
	workloads = []string{config.UnitWorkloads, config.UnitPolicyStaging}
	gxp       = []string{config.UnitGxPProd, config.UnitSensitive, config.UnitGxPValidation, config.UnitPolicyStaging}
	gxpProd   = []string{config.UnitGxPProd, config.UnitSensitive, config.UnitPolicyStaging}
)

// serviceControls are the guardrails on principals, by subject. New rows go to
// the end of a table and new tables to the end of the list: the order decides
// which statements share a policy.
func serviceControls() []guardrail {
	return slices.Concat(
		organizationGuardrails, recordGuardrails, configGuardrails, securityGuardrails, keyGuardrails,
		detectionGuardrails, baselineGuardrails, backupGuardrails, regionGuardrails, identityGuardrails,
		encryptionGuardrails, exposureGuardrails, networkGuardrails, serviceGuardrails, catalogGuardrails,
		tagGuardrails, hubGuardrails, logGuardrails,
	)
}

// resourceControls are the guardrails on access to resources.
func resourceControls() []guardrail { return slices.Concat(perimeterGuardrails, resourceGuardrails) }

// The kinds of guardrail.
const (
	// ServiceControl binds the principals of the accounts.
	ServiceControl = "SCP"
	// ResourceControl binds access to the resources of the accounts.
	ResourceControl = "RCP"
)

// GuardrailInfo identifies one guardrail statement.
type GuardrailInfo struct {
	// ID is the id of its control; Sid names the statement.
	ID, Sid string

	// Units are the paths of the units that it is attached to; [RootUnit]
	// stands for the root.
	Units []string

	// Kind is [ServiceControl] or [ResourceControl].
	Kind string
}

// Guardrails returns every guardrail statement, in the order of the policies.
func Guardrails() []GuardrailInfo {
	var all []GuardrailInfo
	for _, g := range serviceControls() {
		all = append(all, GuardrailInfo{g.ID, g.sid, slices.Clone(g.units), ServiceControl})
	}
	for _, g := range resourceControls() {
		all = append(all, GuardrailInfo{g.ID, g.sid, slices.Clone(g.units), ResourceControl})
	}
	return all
}

// GuardrailControls returns the metadata of the guardrail statements and of the
// settings that organization policies declare. Policy evaluation shows that
// they are in force.
func GuardrailControls() []control.Control {
	var all []control.Control
	for _, g := range slices.Concat(serviceControls(), resourceControls()) {
		all = append(all, g.Control)
	}
	return all
}

// prevents begins the row of a guardrail.
func prevents(id, title, rationale string, requirements ...string) control.Control {
	return control.Control{
		ID: id, Title: title, Rationale: rationale, Requirements: requirements,
		Kind: control.Preventive, Verification: control.PolicyEvaluation,
	}
}

var anything = policy.Strings{"*"}
