package analytics

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Limits of a query on Athena's side. Beyond either it fails, after minutes in
// the second case, with a message that helps nobody.
const (
	// MostValues is how many accounts or VPCs a query may name.
	MostValues = 1000

	// MostPartitions is how many folders a query may touch.
	MostPartitions = 1_000_000

	// assumedRegions stands for the regions where a query asks about all.
	assumedRegions = 20
)

// ParameterError says what is wrong with a parameter.
type ParameterError struct {
	Query, Parameter, Problem string
}

func (e *ParameterError) Error() string {
	return fmt.Sprintf("query %s: parameter %s: %s", e.Query, e.Parameter, e.Problem)
}

// Values are the values of parameters by name. All but those of lists have one.
type Values map[string][]string

// Render returns the SQL for values and a period. Every value is checked against
// the kind of its parameter and becomes a literal; none reaches the SQL in
// another way. The error names everything that is wrong.
func (q *Query) Render(values Values, period Period) (string, error) {
	if period == (Period{}) {
		return "", &PeriodError{"a period is required"}
	}
	literals, err := q.literals(values)
	if err != nil {
		return "", err
	}
	if err := q.affordable(values, period); err != nil {
		return "", err
	}
	var sql strings.Builder
	for _, p := range q.pieces {
		switch {
		case p.reference == "":
			sql.WriteString(p.text)
		case isPeriod(p.reference):
			sql.WriteString(period.sql(p.reference))
		default:
			sql.WriteString(literals[p.reference])
		}
	}
	return sql.String(), nil
}

func (q *Query) literals(values Values) (map[string]string, error) {
	var problems []error
	complain := func(parameter, format string, args ...any) {
		problems = append(problems, &ParameterError{q.Name, parameter, fmt.Sprintf(format, args...)})
	}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if _, known := q.Parameter(name); !known {
			complain(name, "the query has none of this name%s", q.has(name))
		}
	}
	literals := map[string]string{}
	for _, p := range q.Parameters {
		given := values[p.Name]
		switch {
		case len(given) == 0 && p.Required:
			complain(p.Name, "is required: %s", p.Meaning)
			continue
		case len(given) == 0:
			given = []string{p.Default}
		}
		literal, err := p.literal(given)
		if err != nil {
			complain(p.Name, "%v", err)
		}
		literals[p.Name] = literal
	}
	return literals, errors.Join(problems...)
}

func (q *Query) has(name string) string {
	names := make([]string, len(q.Parameters))
	for i, p := range q.Parameters {
		names[i] = p.Name
	}
	if near := nearest(name, names); near != "" {
		return "; did you mean " + near + "?"
	}
	if len(names) == 0 {
		return "; it has none"
	}
	return "; it has " + strings.Join(names, ", ")
}

// literal is what stands in the SQL for the values of a parameter.
func (p Parameter) literal(values []string) (string, error) {
	k := kinds[p.Kind]
	switch {
	case len(values) > 1 && !k.list:
		return "", fmt.Errorf("takes one value, got %d", len(values))
	case len(values) > MostValues:
		return "", fmt.Errorf("has %d values, more than %d: ask in parts", len(values), MostValues)
	}
	literals := make([]string, len(values))
	for i, v := range values {
		if !p.stands(v) {
			if err := k.test(v); err != nil {
				return "", refused(p, v, err)
			}
		}
		literals[i] = k.literal(v)
	}
	return strings.Join(literals, ", "), nil
}

// stands says whether a value stands for any: the default of a parameter that
// may be left out.
func (p Parameter) stands(value string) bool {
	return !p.Required && value == p.Default
}

func refused(p Parameter, value string, err error) error {
	if errors.Is(err, errSyntax) {
		return fmt.Errorf("%q is not of this form; want %s", shorten(value), p.Kind.Want())
	}
	return fmt.Errorf("%q %w; want %s", shorten(value), err, p.Kind.Want())
}

// shorten keeps a message readable, whatever somebody passed.
func shorten(value string) string {
	const most = 60
	runes := []rune(value)
	if len(runes) <= most {
		return value
	}
	return string(runes[:most]) + "..."
}

// affordable refuses what Athena would refuse after minutes.
func (q *Query) affordable(values Values, period Period) error {
	partitions := period.folders()
	for _, p := range q.Parameters {
		switch p.Kind {
		case "accounts":
			partitions *= max(1, len(values[p.Name])) * 2 // two layouts or kinds of each account
		case "regions":
			regions := len(values[p.Name])
			if regions == 0 || slices.Contains(values[p.Name], All) {
				regions = assumedRegions
			}
			partitions *= regions
		case "vpcs":
			partitions *= max(1, len(values[p.Name]))
		}
	}
	if partitions > MostPartitions {
		return &PeriodError{fmt.Sprintf("query %s: accounts, regions and %d days are about %d folders, more than the %d that Athena looks into: "+
			"ask for fewer accounts or regions, or a shorter period", q.Name, period.length(), partitions, MostPartitions)}
	}
	return nil
}
