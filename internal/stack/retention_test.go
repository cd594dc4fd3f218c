package stack

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
)

func TestShortened_NamesEverythingThatIsTakenBackAtOnce(t *testing.T) {
	deployed := retentionOf(load(t, "prod"))
	c := load(t, "prod")
	c.Logging.Archive.Mode = "GOVERNANCE"
	c.Logging.Archive.RetentionYears = 10
	class := c.Logging.RecordClasses["gmp-batch"]
	class.RetentionYears = 6
	c.Logging.RecordClasses["gmp-batch"] = class
	delete(c.Logging.RecordClasses, "validation-evidence")

	err := shortened(deployed, retentionOf(c))
	require.Error(t, err)
	assert.Equal(t, []string{
		`logging:archive.mode: "GOVERNANCE": the archive is deployed in mode COMPLIANCE, so that nobody can delete a record, ` +
			"and in no other mode can that be said of what is written next: set it to COMPLIANCE",
		"logging:archive.retentionYears: 10: the archive is deployed with 25 years, and retention is prolonged but never shortened: " +
			"set it to 25 or more",
		"logging:recordClasses.gmp-batch.retentionYears: 6: the class is deployed with 8 years, and retention is prolonged but " +
			"never shortened: set it to 8 or more, and give records that need less another class",
		"logging:recordClasses.validation-evidence: is missing: the class is deployed with 10 years, and records may be kept " +
			"under it: put it back with retentionYears: 10 or more",
	}, strings.Split(err.Error(), "\n"))
}

func TestShortened_LetsPassWhatTakesNothingBack(t *testing.T) {
	prod := retentionOf(load(t, "prod"))
	tests := map[string]struct {
		deployed retention
		change   func(*config.Config)
	}{
		"the same":              {prod, func(*config.Config) {}},
		"the first deployment":  {retention{}, func(*config.Config) {}},
		"a longer retention":    {prod, func(c *config.Config) { c.Logging.Archive.RetentionYears = 30 }},
		"a longer class":        {prod, func(c *config.Config) { c.Logging.RecordClasses["gmp-batch"] = config.RecordClass{RetentionYears: 9} }},
		"another class":         {prod, func(c *config.Config) { c.Logging.RecordClasses["new"] = config.RecordClass{RetentionYears: 1} }},
		"a mode nobody lifts":   {retention{ArchiveMode: "GOVERNANCE", ArchiveYears: 1}, func(*config.Config) {}},
		"a mode that stays off": {retention{ArchiveMode: "GOVERNANCE"}, func(c *config.Config) { c.Logging.Archive.Mode = "GOVERNANCE" }},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			c := load(t, "prod")
			tt.change(c)
			assert.NoError(t, shortened(tt.deployed, retentionOf(c)))
		})
	}
}

func TestRetentionOf_HoldsEveryClassAndTheArchive(t *testing.T) {
	c := load(t, "prod")
	r := retentionOf(c)
	assert.Equal(t, "COMPLIANCE", r.ArchiveMode)
	assert.Equal(t, 25, r.ArchiveYears)
	assert.Equal(t, 8, r.RecordClasses["gmp-batch"])
	assert.Len(t, r.RecordClasses, len(c.Logging.RecordClasses))
}
