package analytics_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/logging/analytics"
)

// prunes are the beginnings of conditions that bound what is read. Those that
// say the same of the event decide about the rows.
var prunes = []string{"day ", "f.day ", "l.day ", "i.day ", "c.day ", "account IN", "f.account IN", "c.account IN", "'all' IN"}

// spare are conditions that could be left out of a query, on records as AWS
// writes them: they say of what the query speaks.
var spare = map[string][]string{
	"sign-ins":           {"eventname = 'ConsoleLogin'"},
	"compliance-history": {"item.resourcetype = 'AWS::Config::ResourceCompliance'", "c.kind = 'ConfigHistory'"},
	"resource-history":   {"item.resourcetype <> 'AWS::Config::ResourceCompliance'"},
}

// Of every condition of every query there is a record of the samples that it
// keeps out, so a condition that is lost or wrong changes an answer.
func TestQueries_EachConditionDecides(t *testing.T) {
	t.Parallel()
	e := sampled(t)
	period := someDays(t)
	left := map[string]map[string]string{} // by query and number
	for key, a := range asks {
		name, _, _ := strings.Cut(key, "/")
		query, err := analytics.Find(name)
		require.NoError(t, err)
		values := analytics.Values{}
		if _, has := query.Parameter("account"); has {
			values["account"] = everyone
		}
		maps.Copy(values, a.values)
		sql, err := query.Render(values, period)
		require.NoError(t, err)
		var got struct{ Survivors map[string]string }
		require.NoError(t, e.ask(map[string]any{"op": "survivors", "sql": sql}, &got), key)
		if left[name] == nil {
			left[name] = got.Survivors
		}
		maps.DeleteFunc(left[name], func(number, _ string) bool { return got.Survivors[number] == "" })
	}
	for name, conditions := range left {
		for _, condition := range conditions {
			bounds := slices.ContainsFunc(prunes, func(p string) bool { return strings.HasPrefix(condition, p) })
			if !bounds && !slices.Contains(spare[name], condition) {
				assert.Fail(t, "no sample shows that this condition matters", "query %s: %s", name, condition)
			}
		}
	}
}
