package analytics_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/logging/analytics"
)

// What an auditor opens in the console runs as it is.
func TestConsole_IsValidAsItOpens(t *testing.T) {
	t.Parallel()
	e := sampled(t)
	for _, q := range analytics.Queries() {
		t.Run(q.Name, func(t *testing.T) {
			sql, err := q.Console(workload)
			require.NoError(t, err)
			var got answer
			require.NoError(t, e.ask(map[string]any{"op": "run", "sql": sql}, &got), sql)
			assert.Equal(t, q.Columns, got.Columns)
			assert.NotContains(t, sql, "${")

			comments, _, _ := strings.Cut(sql, "\nSELECT")
			for _, p := range q.Parameters {
				assert.Contains(t, comments, "-- "+p.Name+": ", "says what may be changed")
			}
		})
	}
}

func TestConsole_RefusesWhatIsNoAccount(t *testing.T) {
	t.Parallel()
	query, err := analytics.Find("root-use")
	require.NoError(t, err)
	_, err = query.Console("everyone")
	require.ErrorContains(t, err, "account")
}
