package analytics

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// LongestPeriod is how many days a query may ask about. A review of a year fits.
const LongestPeriod = 400

// late is how many days after an event its record may be delivered: a record of
// an event before midnight is in the next day's folder.
const late = 1

// lead is how many days before the period a query may look for what preceded an
// event: an approval.
const lead = 7

// Period is the days that a query asks about, both included, in UTC.
type Period struct {
	from, to time.Time

	// days is not 0 for a period that ends yesterday, whenever that is.
	days int
}

// PeriodError says what is wrong with a period.
type PeriodError struct{ Problem string }

func (e *PeriodError) Error() string { return e.Problem }

// Days returns the period between two days, both included, each as 2006-01-02.
func Days(from, to string) (Period, error) {
	var p Period
	var err error
	if p.from, err = day(from); err != nil {
		return Period{}, &PeriodError{fmt.Sprintf("from %q: want a day as YYYY-MM-DD", from)}
	}
	if p.to, err = day(to); err != nil {
		return Period{}, &PeriodError{fmt.Sprintf("to %q: want a day as YYYY-MM-DD", to)}
	}
	if p.to.Before(p.from) {
		return Period{}, &PeriodError{fmt.Sprintf("the period ends on %s, before it begins on %s", to, from)}
	}
	if n := p.length(); n > LongestPeriod {
		return Period{}, &PeriodError{fmt.Sprintf("the period from %s to %s has %d days, more than %d: ask in parts", from, to, n, LongestPeriod)}
	}
	return p, nil
}

var errDay = errors.New("no day")

// day reads a day of a year with four digits. Earlier ones have no records, and
// AWS nothing to deliver.
func day(text string) (time.Time, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil || t.Year() < 2006 || t.Year() > 9000 {
		return time.Time{}, errDay
	}
	return t, nil
}

// LastDays returns the period of the last days before the one on which the
// query runs, for a schedule: the SQL does not change from day to day.
func LastDays(days int) (Period, error) {
	if days < 1 || days > LongestPeriod {
		return Period{}, &PeriodError{fmt.Sprintf("a period of %d days: want 1 to %d", days, LongestPeriod)}
	}
	return Period{days: days}, nil
}

func (p Period) length() int {
	if p.days > 0 {
		return p.days
	}
	return int(p.to.Sub(p.from).Hours()/24) + 1
}

// periodNames are the references to the period that SQL may have.
//
//   - lead_day: the folder a week before the first, for what precedes an event
//   - from_day, to_day: first and last folder, padded, as literals
//   - config_days: all folders, not padded, as a list; such names have no order
//   - from_time, until_time: first moment and the first one after the end, as
//     text in ISO 8601
var periodNames = []string{"lead_day", "from_day", "to_day", "config_days", "from_time", "until_time"}

func (p Period) sql(name string) string {
	n := p.length()
	switch name {
	case "lead_day":
		return p.at(-lead, PaddedDay)
	case "from_day":
		return p.at(0, PaddedDay)
	case "to_day":
		return p.at(n-1+late, PaddedDay)
	case "config_days":
		folders := make([]string, 0, n+late)
		for i := range n + late {
			folders = append(folders, p.at(i, UnpaddedDay))
		}
		return strings.Join(folders, ", ")
	case "from_time":
		return p.at(0, "")
	default:
		return p.at(n, "")
	}
}

// trinoLayouts are formats of days as Trino writes them. The empty one is the
// beginning of a day in ISO 8601.
var trinoLayouts = map[string]string{PaddedDay: "%Y/%m/%d", UnpaddedDay: "%Y/%c/%e", "": "%Y-%m-%dT00:00:00Z"}

// at is the day a number of days after the first.
func (p Period) at(after int, format string) string {
	if p.days > 0 {
		return fmt.Sprintf("date_format(date_add('day', %d, current_date), '%s')", after-p.days, trinoLayouts[format])
	}
	t := p.from.AddDate(0, 0, after)
	if format == "" {
		return quote(t.Format(time.RFC3339))
	}
	return quote(t.Format(goLayout(format)))
}

// folders is how many daily partitions the period touches.
func (p Period) folders() int { return p.length() + late }

// isPeriod says whether a reference is the period's.
func isPeriod(name string) bool { return slices.Contains(periodNames, name) }
