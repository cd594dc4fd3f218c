package analytics_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/csvexport"
	"github.com/gxp-landing-zone/gxp-landing-zone/logging/analytics"
)

// An export has the rows of the query, and its cells are those that gxp audit
// writes.
func TestExport_HasTheAnswerWithSafeCells(t *testing.T) {
	t.Parallel()
	e := sampled(t)
	period, err := analytics.Days("2026-11-09", "2026-11-10")
	require.NoError(t, err)
	escaped := 0
	for key, a := range asks {
		t.Run(key, func(t *testing.T) {
			name, _, _ := strings.Cut(key, "/")
			query, err := analytics.Find(name)
			require.NoError(t, err)
			values := analytics.Values{}
			if _, has := query.Parameter("account"); has {
				values["account"] = everyone
			}
			for parameter, given := range a.values {
				values[parameter] = given
			}
			plain, err := query.Render(values, period)
			require.NoError(t, err)
			export, err := query.Export(values, period)
			require.NoError(t, err)

			var want, got answer
			require.NoError(t, e.ask(map[string]any{"op": "run", "sql": plain}, &want))
			require.NoError(t, e.ask(map[string]any{"op": "run", "sql": export}, &got), export)
			assert.Equal(t, want.Columns, got.Columns)
			assert.True(t, got.Order)
			var safe [][]string
			for _, row := range want.Rows {
				cells := make([]string, len(row))
				for i, c := range row {
					if cells[i] = csvexport.Cell(c); cells[i] != c {
						escaped++
					}
				}
				safe = append(safe, cells)
			}
			assert.ElementsMatch(t, safe, got.Rows)
		})
	}
	assert.Positive(t, escaped, "some cell of the samples is a formula")
}

func TestReviews_RunWithTheAccountsAlone(t *testing.T) {
	t.Parallel()
	e := sampled(t)
	reviews := analytics.Reviews()
	require.Len(t, reviews, 15)
	for _, r := range reviews {
		t.Run(r.Query.Name, func(t *testing.T) {
			sql, err := r.SQL(everyone)
			require.NoError(t, err)
			assert.Contains(t, sql, "current_date", "the period moves with the day of the run")
			var got answer
			require.NoError(t, e.ask(map[string]any{"op": "run", "sql": sql}, &got), sql)
			assert.Equal(t, r.Query.Columns, got.Columns)
		})
	}
}

// A period that moves means the same days as one between two days.
func TestLastDays_IsThePeriodBeforeToday(t *testing.T) {
	t.Parallel()
	e := startEngine(t)
	period, err := analytics.LastDays(2)
	require.NoError(t, err)
	query, err := analytics.Parse("days", header+"SELECT ${from_day} AS a, ${to_day} AS b, ${from_time} AS c, ${until_time} AS d, ${lead_day} AS e\nORDER BY a")
	require.NoError(t, err)
	sql, err := query.Render(nil, period)
	require.NoError(t, err)
	sql = strings.ReplaceAll(sql, "current_date", "date '2026-11-11'")
	var got answer
	require.NoError(t, e.ask(map[string]any{"op": "run", "sql": sql}, &got))
	assert.Equal(t, [][]string{{"2026/11/09", "2026/11/11", "2026-11-09T00:00:00Z", "2026-11-11T00:00:00Z", "2026/11/02"}}, got.Rows)

	query, err = analytics.Parse("days", header+"SELECT ARRAY[${config_days}] AS a\nORDER BY a")
	require.NoError(t, err)
	sql, err = query.Render(nil, period)
	require.NoError(t, err)
	sql = strings.ReplaceAll(sql, "current_date", "date '2026-03-02'")
	require.NoError(t, e.ask(map[string]any{"op": "run", "sql": sql}, &got))
	assert.Equal(t, [][]string{{"['2026/2/28', '2026/3/1', '2026/3/2']"}}, got.Rows)
}
