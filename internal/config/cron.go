package config

import (
	"slices"
	"strconv"
	"strings"
)

// cronField is one field of a schedule and what may stand in it.
type cronField struct {
	name        string
	least, most int

	// words may stand for numbers, the first for the least.
	words []string

	// single is true where AWS Backup takes a number alone: it backs up at most
	// once an hour.
	single bool

	// open is true where ? may leave the field to the other kind of day.
	open bool
}

var cronFields = []cronField{
	{name: "minute", most: 59, single: true},
	{name: "hour", most: 23},
	{name: "day", least: 1, most: 31, open: true},
	{name: "month", least: 1, most: 12, words: []string{
		"JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"}},
	{name: "weekday", least: 1, most: 7, words: []string{"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"}, open: true},
	{name: "year", least: 1970, most: 2199},
}

// accepts reports whether the field may hold the text: a number or word, *,
// a range, steps of either, or a list of these; for days also L, W and #.
func (f cronField) accepts(text string) bool {
	if f.single {
		return f.number(text)
	}
	if text == "*" || text == "?" {
		return text == "*" || f.open
	}
	return !slices.ContainsFunc(strings.Split(text, ","), func(part string) bool { return !f.part(part) })
}

func (f cronField) part(text string) bool {
	if f.open && f.special(text) {
		return true
	}
	span, step, stepped := strings.Cut(text, "/")
	if stepped {
		if n, err := strconv.Atoi(step); err != nil || n < 1 || n > f.most {
			return false
		}
		if span == "*" {
			return true
		}
	}
	from, to, ranged := strings.Cut(span, "-")
	return f.number(from) && (!ranged || f.number(to))
}

// special accepts the last day, the nearest weekday, and the nth of a weekday.
func (f cronField) special(text string) bool {
	if len(f.words) == 0 {
		day, nearest := strings.CutSuffix(text, "W")
		return text == "L" || text == "LW" || nearest && f.number(day)
	}
	if day, last := strings.CutSuffix(text, "L"); last {
		return day == "" || f.number(day)
	}
	day, nth, ok := strings.Cut(text, "#")
	n, err := strconv.Atoi(nth)
	return ok && f.number(day) && err == nil && n >= 1 && n <= 5
}

func (f cronField) number(text string) bool {
	if slices.Contains(f.words, text) {
		return true
	}
	n, err := strconv.Atoi(text)
	return err == nil && strconv.Itoa(n) == text && n >= f.least && n <= f.most
}
