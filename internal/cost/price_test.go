package cost

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPrices_CanBeReadAndAreAllUsed(t *testing.T) {
	read, err := readPrices(bytes.NewReader(pricesFile))
	require.NoError(t, err)
	used := map[string]bool{}
	use := func(id string, fixed bool) {
		require.Contains(t, read, id)
		assert.Equal(t, fixed, read[id].Hours > 0, "%s: hours are set for what is charged by existing, and only for that", id)
		used[id] = true
	}
	for _, row := range fixedRows {
		use(row.price, true)
	}
	for _, row := range usageRows {
		use(row.price, false)
	}
	for _, row := range templateRows {
		assert.NotEqual(t, row.fixed+row.usage, "", row.kind)
		if row.fixed != "" {
			use(row.fixed, true)
		}
		if row.usage != "" {
			use(row.usage, false)
		}
	}
	for id, p := range read {
		assert.True(t, used[id], "nothing is counted by price %s", id)
		assert.Equal(t, "us-east-1", p.Region, "an estimate names one region for all prices")
	}
}

func TestReadPrices_RefusesWhatIsNoPrice(t *testing.T) {
	const header = "id,service,unit,usd,hours,region,date,confidence,note\n"
	for name, tt := range map[string]struct{ file, want string }{
		"nothing":           {"", "the first line is not id,"},
		"other columns":     {"id,price\n", "the first line is not id,"},
		"a missing column":  {header + "a,A,hour,1\n", "wrong number of fields"},
		"no service":        {header + "a,,hour,1,1,r,2026-01-31,high,\n", "a: id, service, unit and region must be set"},
		"no amount":         {header + "a,A,hour,much,1,r,2026-01-31,high,\n", `a: usd "much" is no price`},
		"a negative amount": {header + "a,A,hour,-1,1,r,2026-01-31,high,\n", `a: usd "-1" is no price`},
		"no number at all":  {header + "a,A,hour,NaN,1,r,2026-01-31,high,\n", `a: usd "NaN" is no price`},
		"no hours":          {header + "a,A,hour,1,0,r,2026-01-31,high,\n", `a: hours "0"`},
		"another date":      {header + "a,A,hour,1,1,r,31.1.2026,high,\n", `a: date "31.1.2026"`},
		"another word":      {header + "a,A,hour,1,1,r,2026-01-31,sure,\n", `a: confidence "sure"`},
		"one price twice": {
			header + strings.Repeat("a,A,hour,1,1,r,2026-01-31,high,\n", 2), "a: is there twice",
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := readPrices(strings.NewReader(tt.file))
			assert.ErrorContains(t, err, tt.want)
		})
	}
}

func TestDollars_ReadAsPeopleWriteThem(t *testing.T) {
	for want, d := range map[string]Dollars{
		"$0.00": 0, "$0.10": 100_000, "$1.00": dollar, "$0.045": 45_000, "$0.00027": 270, "$999.90": 999_900_000,
		"$1,000.00": 1000 * dollar, "$12,345,678.50": 12_345_678_500_000, "-$1.50": -1_500_000,
	} {
		assert.Equal(t, want, d.String())
	}
}

func TestDollars_AreNumbersInJSON(t *testing.T) {
	for want, d := range map[string]Dollars{"0": 0, "0.1": 100_000, "0.00027": 270, "1234.5": 1_234_500_000} {
		data, err := json.Marshal(d)
		require.NoError(t, err)
		assert.Equal(t, want, string(data))
		var back Dollars
		require.NoError(t, json.Unmarshal(data, &back))
		assert.Equal(t, d, back)
	}
	var d Dollars
	assert.Error(t, json.Unmarshal([]byte(`"much"`), &d))
}
