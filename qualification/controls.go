package qualification

import (
	"slices"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/control"
)

// DesignControls returns the controls that are verified on the graph, in the
// order of reports. The caller may change what it gets.
func DesignControls() []DesignControl {
	return slices.Concat(
		organizationControls, accountControls, placementControls,
		recordControls, landingControls, streamControls, analyticsControls, dashboardControls, bucketControls, trailControls,
		integrityControls, keyControls,
		baselineControls, monitoringControls, catalogControls, identityControls,
		protectionControls, backupControls, guardrailControls, networkControls,
	)
}

// Controls returns the metadata of [DesignControls].
func Controls() []control.Control {
	var all []control.Control
	for _, c := range DesignControls() {
		all = append(all, c.Control)
	}
	return all
}

// preventive begins the row of a design control that keeps something from
// happening.
func preventive(id, title, rationale string, requirements ...string) control.Control {
	return control.Control{
		ID: id, Title: title, Rationale: rationale, Requirements: requirements,
		Kind: control.Preventive, Verification: control.DesignCheck,
	}
}

// detective begins the row of a design control that finds out what happened.
func detective(id, title, rationale string, requirements ...string) control.Control {
	c := preventive(id, title, rationale, requirements...)
	c.Kind = control.Detective
	return c
}

// corrective begins the row of a design control that undoes what happened.
func corrective(id, title, rationale string, requirements ...string) control.Control {
	c := preventive(id, title, rationale, requirements...)
	c.Kind = control.Corrective
	return c
}
