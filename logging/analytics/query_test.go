package analytics_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/logging/analytics"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

// header is that of a query without parameters.
const header = "-- title: A title\n-- question: A question?\n-- requirements: CFR-11.10(e)\n-- explanation: What it\n--   means.\n-- columns: a\n\n"

func TestQueries_AreTracedToRequirements(t *testing.T) {
	known := map[string]bool{}
	for _, r := range qualification.Requirements().Requirements {
		known[r.ID] = true
	}
	require.GreaterOrEqual(t, len(analytics.Queries()), 22)
	titles := map[string]bool{}
	for _, q := range analytics.Queries() {
		for _, id := range q.Requirements {
			assert.True(t, known[id], "query %s names %s, which is no requirement", q.Name, id)
		}
		assert.Contains(t, q.Requirements, "ARCH-S14", "query %s is part of what can be asked of the trail", q.Name)
		assert.True(t, strings.HasSuffix(q.Question, "?"), "query %s asks", q.Name)
		assert.False(t, titles[q.Title], "title %q twice", q.Title)
		assert.LessOrEqual(t, len(q.Name), 40)
		titles[q.Title] = true
	}
}

func TestParse_ReadsTheHeader(t *testing.T) {
	q, err := analytics.Parse("a-question", strings.Replace(header, "a\n\n",
		"a, b\n-- parameter: key (resource, required): Which\n--   key\n-- parameter: hours (hours, default '24'): How long\n\n", 1)+
		"SELECT '$.x' AS a FROM t WHERE k = ${key} AND h > ${hours} AND d > ${from_day}\nORDER BY a\n")
	require.NoError(t, err)
	assert.Equal(t, "What it means.", q.Explanation)
	assert.Equal(t, []string{"a", "b"}, q.Columns)
	assert.True(t, strings.HasPrefix(q.SQL, "SELECT"))
	assert.True(t, strings.HasPrefix(q.Source, "-- title: A title\n"), "the source has the header")
	assert.Equal(t, []analytics.Parameter{
		{Name: "key", Kind: "resource", Required: true, Meaning: "Which key"},
		{Name: "hours", Kind: "hours", Default: "24", Meaning: "How long"},
	}, q.Parameters)
}

func TestParse_RefusesWhatIsNotStrict(t *testing.T) {
	const sql = "SELECT 1 AS a FROM t WHERE d > ${from_day}\nORDER BY a\n"
	with := func(line string) string { return strings.Replace(header, "\n\n", "\n"+line+"\n\n", 1) }
	tests := map[string]struct{ name, text, want string }{
		"no header":                  {"q", sql, "header has no title"},
		"an entry missing":           {"q", strings.Replace(header, "-- columns: a\n", "", 1) + sql, "header has no columns"},
		"an unknown entry":           {"q", with("-- author: me") + sql, "want one of title"},
		"an entry twice":             {"q", with("-- columns: b") + sql, "columns: out of order or twice"},
		"entries out of order":       {"q", with("-- title: b") + sql, "title: out of order or twice"},
		"a name with capitals":       {"Query", header + sql, `name "Query"`},
		"a parameter of no kind":     {"q", with("-- parameter: a (date, required): x") + sql, `there is no kind "date"`},
		"a parameter without a form": {"q", with("-- parameter: a required: x") + sql, "want name (kind, required): meaning"},
		"a parameter of the period":  {"q", with("-- parameter: from_day (text, required): x") + sql, "is the period's"},
		"a wrong default":            {"q", with("-- parameter: hours (hours, default 'x'): x") + sql, "parameter hours: default"},
		"a number without one":       {"q", with("-- parameter: hours (hours, default ''): x") + sql, "parameter hours: default"},
		"all of a single value":      {"q", with("-- parameter: a (ip, default 'all'): x") + sql, "parameter a: default"},
		"a parameter without use":    {"q", with("-- parameter: a (text, required): x") + sql, "parameter a is not used"},
		"a reference not declared":   {"q", header + "SELECT ${b} AS a, ${from_day}\nORDER BY a", "${b} is not declared"},
		"a reference in quotes":      {"q", header + "SELECT '${from_day}' AS a\nORDER BY a", "${from_day} is inside quotes"},
		"a quote that stays open":    {"q", header + "SELECT 'a, ${from_day}\nORDER BY a", "a quote is not closed"},
		"no period":                  {"q", header + "SELECT 1 AS a\nORDER BY a", "the query has no period"},
		"no order":                   {"q", header + "SELECT ${from_day} AS a", "no order"},
		"two statements":             {"q", header + sql + "; DROP TABLE t", "one statement"},
		"a comment":                  {"q", header + "SELECT 1 AS a -- ${from_day}\n" + "ORDER BY a", "one statement"},
		"a block comment":            {"q", header + "SELECT 1 /* x */ AS a, ${from_day}\nORDER BY a", "one statement"},
		"a stray reference":          {"q", header + "SELECT ${From} AS a, ${from_day}\nORDER BY a", "one statement"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := analytics.Parse(tt.name, tt.text)
			require.Error(t, err)
			assert.Contains(t, err.Error(), tt.want)
		})
	}
}

func TestFind_SuggestsWhatWasMeant(t *testing.T) {
	_, err := analytics.Find("failed-signins")
	assert.EqualError(t, err, `there is no query "failed-signins"; did you mean failed-sign-ins?`)
	_, err = analytics.Find("frobnicate-everything")
	assert.EqualError(t, err, `there is no query "frobnicate-everything"`)
	_, err = analytics.Find("")
	assert.EqualError(t, err, `there is no query ""`)
}
