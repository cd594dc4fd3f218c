package account

import (
	"maps"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// Tags says, on the resource itself, who answers for it and what rules it is
// under. Every taggable resource of the landing zone carries all of them.
type Tags struct {
	// Owner is the team or person that answers for the resource.
	Owner string

	// Environment is production, validation, development or sandbox.
	Environment string

	// GxP is the good practice the system is subject to, or none.
	GxP string

	// DataClassification is the confidentiality of the data.
	DataClassification string

	// RecordClass is the retention class of the records.
	RecordClass string

	// CostCentre is who pays.
	CostCentre string

	// RequirementSet is the version of the requirements that the resource was
	// built to.
	RequirementSet string
}

// Map returns the tags under their keys in AWS. The keys are part of guardrails
// and reports: they never change.
func (t Tags) Map() map[string]string {
	return map[string]string{
		"gxp:owner":               t.Owner,
		"gxp:environment":         t.Environment,
		"gxp:classification":      t.GxP,
		"gxp:data-classification": t.DataClassification,
		"gxp:record-class":        t.RecordClass,
		"gxp:cost-centre":         t.CostCentre,
		"gxp:requirement-set":     t.RequirementSet,
	}
}

// Keys returns the keys of the tags in AWS, sorted.
func Keys() []string { return slices.Sorted(maps.Keys(Tags{}.Map())) }

// Inputs returns the tags as Pulumi takes them.
func (t Tags) Inputs() pulumi.StringMap {
	inputs := pulumi.StringMap{}
	for key, value := range t.Map() {
		inputs[key] = pulumi.String(value)
	}
	return inputs
}
