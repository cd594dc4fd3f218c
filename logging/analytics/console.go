package analytics

import (
	"fmt"
	"strings"
)

// consoleDays is how many days a query looks at that is opened in Athena's
// console, until the auditor writes another period.
const consoleDays = 7

// examples are values that queries have in Athena's console until the auditor
// writes others. They are of the form of their kind, so the SQL is valid as it
// opens. An account is not among them: the caller knows one that exists.
var examples = map[Kind]string{
	"regions":   All,
	"vpcs":      "vpc-0a1b2c3d4e5f60718",
	"arn":       "arn:aws:s3:::example-bucket",
	"resource":  "example-resource",
	"principal": "someone@example.com",
	"bucket":    "example-bucket",
	"domain":    "example.com",
	"ip":        "192.0.2.1",
	"port":      "443",
	"hours":     "24",
	"text":      "example",
}

// Console returns the query as an auditor opens it in Athena's console: what it
// answers and which values are examples, as comments, and SQL that runs as it
// is, about the account and the last seven days. Values are literals, not
// Athena's parameters: these have no names in the console, one stands for one
// value, and a period needs several.
func (q *Query) Console(account string) (string, error) {
	period, err := LastDays(consoleDays)
	if err != nil {
		return "", err
	}
	values := Values{}
	for _, p := range q.Parameters {
		switch {
		case p.Kind == "accounts":
			values[p.Name] = []string{account}
		case p.Required:
			values[p.Name] = []string{examples[p.Kind]}
		}
	}
	sql, err := q.Render(values, period)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	comment := func(format string, args ...any) { fmt.Fprintf(&b, "-- "+format+"\n", args...) }
	comment("%s", q.Question)
	comment("The period is the last %d days, reckoned from current_date; days in UTC.", consoleDays)
	for _, p := range q.Parameters {
		literal, err := p.literal(p.given(values))
		if err != nil {
			return "", &ParameterError{q.Name, p.Name, err.Error()}
		}
		verb := "replace"
		if !p.Required {
			verb = "may stay"
		}
		comment("%s: %s (%s). %s", p.Name, literal, verb, p.Meaning)
	}
	return b.String() + sql, nil
}

// given are the values of a parameter, or its default.
func (p Parameter) given(values Values) []string {
	if given := values[p.Name]; len(given) > 0 {
		return given
	}
	return []string{p.Default}
}
