package config

import (
	"maps"
	"slices"
)

// knownClasses are the record classes that the program knows. A minimum is what
// the rule asks in the usual case. Where the rule counts from an event that may
// come late, such as the end of a trial, the company prolongs.
var knownClasses = map[string]RecordClass{
	"gmp-batch": {
		MinimumYears: 6,
		Source: "EU GMP Part I, 4.11 and 4.12: one year after expiry of the batch, or five years after its certification, " +
			"whichever is longer; six years cover a shelf life of up to five",
	},
	"gcp-essential": {
		MinimumYears: 25,
		Source:       "Regulation (EU) No 536/2014, Article 58: 25 years after the end of the clinical trial",
	},
	"glp-study": {
		MinimumYears: 5,
		Source: "21 CFR 58.195: five years after submission in the usual case; " +
			"the OECD GLP principles leave the period to the authority, so the company decides",
	},
	"gdp-distribution": {
		MinimumYears: 5,
		Source:       "EU GDP guidelines 2013/C 343/01, 4.2: as national law says, at least five years",
	},
	"gvp-safety": {
		MinimumYears: 10,
		Source: "Commission Implementing Regulation (EU) No 520/2012, Article 12: " +
			"as long as the product is authorised and ten years more",
	},
	"operational": {
		MinimumYears: 1,
		Source:       "no rule; one year of records to investigate incidents with",
	},
}

// fillClasses completes the record classes: those of the program that are not
// configured, and what configuration leaves to the program. A zero that somebody
// wrote stays, to be refused.
func (l *Logging) fillClasses(has func(path string) bool) {
	classes := maps.Clone(knownClasses)
	maps.Copy(classes, l.RecordClasses)
	for name, class := range classes {
		known, path := knownClasses[name], "logging:recordClasses."+name
		if !has(path + ".minimumYears") {
			class.MinimumYears = known.MinimumYears
		}
		if !has(path + ".source") {
			class.Source = known.Source
		}
		if !has(path + ".retentionYears") {
			class.RetentionYears = class.MinimumYears
		}
		classes[name] = class
	}
	l.RecordClasses = classes
}

func (l Logging) classNames() []string { return slices.Sorted(maps.Keys(l.RecordClasses)) }

// RetentionYears returns how long records of a class are kept, or 0 where there
// is no such class.
func (c *Config) RetentionYears(class string) int {
	return c.Logging.RecordClasses[class].RetentionYears
}

// LongestRetention returns the longest retention of the record classes in use,
// and the class it comes from: the first in the order of the accounts where
// several are as long. Retired accounts count, since their records stay. Where
// there is no account, it is that of the operational class.
func (c *Config) LongestRetention() (years int, class string) {
	class = "operational"
	years = c.RetentionYears(class)
	for _, a := range c.LandingZone.Accounts {
		if y := c.RetentionYears(a.RecordClass); y > years {
			years, class = y, a.RecordClass
		}
	}
	return years, class
}
