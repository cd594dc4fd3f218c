package stack

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/deployment"
	"github.com/gxp-landing-zone/gxp-landing-zone/landingzone"
)

// RetentionOutput is the stack output that holds how long records are kept. It
// is also the memory of what was promised for them.
const RetentionOutput = "retention"

// compliance is the mode of the archive that nobody can lift.
const compliance = "COMPLIANCE"

// retention is how long a deployment keeps records.
type retention struct {
	// ArchiveMode is the Object Lock mode of the archive.
	ArchiveMode string `json:"archiveMode"`

	// ArchiveYears is how long audit records are locked.
	ArchiveYears int `json:"archiveYears"`

	// RecordClasses is how many years each class of records is kept.
	RecordClasses map[string]int `json:"recordClasses"`
}

func retentionOf(c *config.Config) retention {
	r := retention{
		ArchiveMode:   c.Logging.Archive.Mode,
		ArchiveYears:  c.Logging.Archive.RetentionYears,
		RecordClasses: map[string]int{},
	}
	for name, class := range c.Logging.RecordClasses {
		r.RecordClasses[name] = class.RetentionYears
	}
	return r
}

// output is the retention as a stack output.
func (r retention) output() pulumi.Map {
	return pulumi.Map{
		"archiveMode":   pulumi.String(r.ArchiveMode),
		"archiveYears":  pulumi.Int(r.ArchiveYears),
		"recordClasses": pulumi.ToIntMap(r.RecordClasses),
	}
}

// refuseLoss fails, before anything is touched, when the configuration takes
// back what the last deployment promised: an account, or how long records are
// kept. AWS would refuse the first and let the second happen to every record
// from then on.
func refuseLoss(ctx *pulumi.Context, c *config.Config) error {
	last, err := deployment.Read(ctx)
	if err != nil {
		return err
	}
	var deployed retention
	if err := last.Output(RetentionOutput, &deployed); err != nil {
		return err
	}
	return errors.Join(landingzone.RefuseRemoval(last, &c.LandingZone), shortened(deployed, retentionOf(c)))
}

// shortened reports everything that is kept shorter, or less surely, than it was
// deployed.
func shortened(deployed, configured retention) error {
	var problems []error
	add := func(path, format string, args ...any) {
		problems = append(problems, fmt.Errorf(path+": "+format, args...))
	}
	const path = "logging:archive"
	if deployed.ArchiveMode == compliance && configured.ArchiveMode != compliance {
		add(path+".mode", "%q: the archive is deployed in mode %s, so that nobody can delete a record, and in no other mode "+
			"can that be said of what is written next: set it to %[2]s", configured.ArchiveMode, compliance)
	}
	if was, is := deployed.ArchiveYears, configured.ArchiveYears; is < was {
		add(path+".retentionYears", "%d: the archive is deployed with %d years, and retention is prolonged but never shortened: "+
			"set it to %[2]d or more", is, was)
	}
	for _, name := range slices.Sorted(maps.Keys(deployed.RecordClasses)) {
		was := deployed.RecordClasses[name]
		path := "logging:recordClasses." + name
		is, there := configured.RecordClasses[name]
		switch {
		case !there:
			add(path, "is missing: the class is deployed with %d years, and records may be kept under it: "+
				"put it back with retentionYears: %[1]d or more", was)
		case is < was:
			add(path+".retentionYears", "%d: the class is deployed with %d years, and retention is prolonged but never shortened: "+
				"set it to %[2]d or more, and give records that need less another class", is, was)
		}
	}
	return errors.Join(problems...)
}
