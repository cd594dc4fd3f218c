package rules

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	// Time zones are named in configuration; whether they exist must not depend
	// on the machine.
	_ "time/tzdata"
)

// rateSyntax is how EventBridge says that something repeats.
var rateSyntax = regexp.MustCompile(`^rate\(([0-9]+) (minute|minutes|hour|hours|day|days)\)$`)

// badRate says what is wrong with a rate, or returns "". A strict reader, as
// that of rules, tells one hour from two hours.
func badRate(text string, strict bool) string {
	match := rateSyntax.FindStringSubmatch(text)
	if match == nil {
		return "a rate is a number and a unit, such as rate(1 hour) or rate(5 minutes)"
	}
	n, err := strconv.Atoi(match[1])
	switch {
	case err != nil || n < 1:
		return "a rate is at least 1"
	case strict && (n == 1) == strings.HasSuffix(match[2], "s"):
		return "the unit of a rate is singular for 1 and plural for more"
	}
	return ""
}

// cronField is one of the six fields of a cron expression.
type cronField struct {
	name        string
	least, most int
	words       []string

	// special are what else may stand there, as a pattern.
	special string
}

var cronFields = []cronField{
	{name: "minutes", least: 0, most: 59},
	{name: "hours", least: 0, most: 23},
	{name: "day of month", least: 1, most: 31, special: `\?|L|LW|[0-9]{1,2}W`},
	{name: "month", least: 1, most: 12, words: strings.Fields("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC")},
	{name: "day of week", least: 1, most: 7, words: strings.Fields("SUN MON TUE WED THU FRI SAT"), special: `\?|L|[1-7]L|[1-7A-Z]+#[1-5]`},
	{name: "year", least: 1970, most: 2199},
}

// badCron says what is wrong with a cron expression of AWS, or returns "".
func badCron(text string) string {
	inner, begun := strings.CutPrefix(text, "cron(")
	inner, ended := strings.CutSuffix(inner, ")")
	if !begun || !ended {
		return "a cron expression is written cron(minutes hours day-of-month month day-of-week year)"
	}
	fields := strings.Fields(inner)
	if len(fields) != len(cronFields) {
		return fmt.Sprintf("a cron expression has six fields, this has %d", len(fields))
	}
	for i, field := range cronFields {
		if !field.accepts(fields[i]) {
			return fmt.Sprintf("%q is no %s", fields[i], field.name)
		}
	}
	if (fields[2] == "?") == (fields[4] == "?") {
		return "exactly one of day of month and day of week must be ?"
	}
	return ""
}

func (f cronField) accepts(text string) bool {
	if f.special != "" && regexp.MustCompile(`^(?:`+f.special+`)$`).MatchString(text) {
		return true
	}
	for part := range strings.SplitSeq(text, ",") {
		from, step, stepped := strings.Cut(part, "/")
		if n, err := strconv.Atoi(step); stepped && (err != nil || n < 1) {
			return false
		}
		if from == "*" {
			continue
		}
		first, last, ranged := strings.Cut(from, "-")
		if !f.value(first) || ranged && !f.value(last) {
			return false
		}
	}
	return true
}

func (f cronField) value(text string) bool {
	if slices.Contains(f.words, strings.ToUpper(text)) {
		return true
	}
	n, err := strconv.Atoi(text)
	return err == nil && n >= f.least && n <= f.most
}

// badTime says what is wrong with a single moment, or returns "".
func badTime(text string) string {
	inner, ok := strings.CutSuffix(strings.TrimPrefix(text, "at("), ")")
	if _, err := time.Parse("2006-01-02T15:04:05", inner); !ok || err != nil {
		return "a moment is written at(yyyy-mm-ddThh:mm:ss)"
	}
	return ""
}

// timezone checks the time zone at path.
func timezone(path string) check {
	return func(s *scope) {
		for at, name := range s.texts(path) {
			if _, err := time.LoadLocation(name); err != nil || name == "Local" {
				s.reject(at, "%s is %q, which is no time zone; name one such as UTC or Europe/Berlin", at, shorten(name))
			}
		}
	}
}
