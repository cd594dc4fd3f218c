package stack

import (
	"slices"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/control"
	"github.com/gxp-landing-zone/gxp-landing-zone/landingzone"
	"github.com/gxp-landing-zone/gxp-landing-zone/logging"
	"github.com/gxp-landing-zone/gxp-landing-zone/monitoring"
)

// Controls returns the controls that operate in AWS, from the tables that
// deploy them. Design controls are in package qualification.
func Controls() []control.Control {
	return slices.Concat(monitoring.Controls(), logging.Controls(), landingzone.GuardrailControls())
}
