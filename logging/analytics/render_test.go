package analytics_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/logging/analytics"
)

// every is a query with a parameter of each kind.
func every(t *testing.T) *analytics.Query {
	t.Helper()
	parameters, used := "", ""
	for _, kind := range []string{"accounts", "regions", "vpcs", "arn", "resource", "principal", "bucket", "domain", "ip", "port", "hours", "text"} {
		otherwise := ""
		if kind == "port" || kind == "hours" {
			otherwise = "0"
		}
		parameters += "-- parameter: " + kind + " (" + kind + ", default '" + otherwise + "'): Some " + kind + "\n"
		used += " OR x IN (${" + kind + "})"
	}
	q, err := analytics.Parse("every", strings.Replace(header, "\n\n", "\n"+parameters+"\n", 1)+
		"SELECT x AS a FROM cloudtrail WHERE d > ${from_day} AND (x = 1"+used+")\nORDER BY a")
	require.NoError(t, err)
	return q
}

func someDays(t *testing.T) analytics.Period {
	t.Helper()
	p, err := analytics.Days("2026-11-09", "2026-11-10")
	require.NoError(t, err)
	return p
}

func TestRender_ChecksEachKind(t *testing.T) {
	query, period := every(t), someDays(t)
	tests := map[string]struct{ good, bad []string }{
		"accounts":  {[]string{"111111111111"}, []string{"1111", "11111111111a", "111111111111'", "1111111111111", "111111111111\n"}},
		"regions":   {[]string{"eu-central-1", "us-gov-west-1", "ap-southeast-2"}, []string{"Frankfurt", "eu-central-1 ", "eu-central-1'--", "all regions"}},
		"vpcs":      {[]string{"vpc-0a1b2c3d4e5f60718"}, []string{"vpc-", "vpc-xyz", "subnet-0a1b2c3d"}},
		"arn":       {[]string{"arn:aws:iam::111111111111:role/a", "arn:aws-cn:s3:::bucket/key"}, []string{"role/a", "arn:aws:iam::1:role/a", "arn:aws:s3:::a'b", "arn:aws:s3:::a b"}},
		"resource":  {[]string{"i-0123456789abcdef0", "arn:aws:s3:::a/b", "a@b+c=d,e"}, []string{"a b", "a'b", "a;b", `a"b`, "a\\b", "ä", strings.Repeat("x", 513)}},
		"principal": {[]string{"alice@example.com"}, []string{"alice bob", "alice'", "alice\x00"}},
		"bucket":    {[]string{"acme-records"}, []string{"Acme", "a", "acme_records", "-acme"}},
		"domain":    {[]string{"example.com", "example.com.", "_sip._tcp.example.com"}, []string{"example..com", "example.com/", "%", strings.Repeat("a", 64) + ".com"}},
		"ip":        {[]string{"10.0.0.1", "2001:db8::1"}, []string{"10.0.0", "10.0.0.0/8", "fe80::1%eth0", "10.0.0.1'"}},
		"port":      {[]string{"0", "65535"}, []string{"65536", "-1", "0443", "1 OR 1=1", "+1", "1e3"}},
		"hours":     {[]string{"0", "168"}, []string{"169", "-1", "24h", "24)--"}},
		"text":      {[]string{"it's", "'; DROP TABLE t; --", "日本", "${account}", `\'`, strings.Repeat("ä", 256)}, []string{"a\nb", "a\x00", "a\u202eb", "a\x7f", "\xff", strings.Repeat("ä", 257)}},
	}
	for kind, tt := range tests {
		for _, value := range tt.good {
			t.Run(kind+" "+value, func(t *testing.T) {
				sql, err := query.Render(analytics.Values{kind: {value}}, period)
				require.NoError(t, err)
				if kind == "port" || kind == "hours" {
					assert.Contains(t, sql, "x IN ("+value+")")
				} else {
					assert.Contains(t, sql, "x IN ('"+strings.ReplaceAll(value, "'", "''")+"')")
				}
			})
		}
		for _, value := range append([]string{"'", "' OR '1'='1' --\n"}, tt.bad...) {
			if kind == "text" && value == "'" {
				continue // a quote is text
			}
			t.Run(kind+" not "+value, func(t *testing.T) {
				_, err := query.Render(analytics.Values{kind: {value}}, period)
				var wrong *analytics.ParameterError
				require.ErrorAs(t, err, &wrong)
				assert.Equal(t, kind, wrong.Parameter)
				assert.Contains(t, wrong.Problem, "want ")
			})
		}
	}
}

func TestRender_NamesEveryProblem(t *testing.T) {
	query, err := analytics.Find("unapproved-changes")
	require.NoError(t, err)
	_, err = query.Render(analytics.Values{"account": {"12"}, "hour": {"3"}, "hours": {"1", "2"}, "frobnicate": {"x"}}, someDays(t))
	require.Error(t, err)
	for _, want := range []string{
		`parameter account: "12" is not of this form; want ids of 12 digits`,
		`parameter hour: the query has none of this name; did you mean hours?`,
		`parameter frobnicate: the query has none of this name; it has account, region, pipeline_account, release_role, hours`,
		`parameter hours: takes one value, got 2`,
		`parameter pipeline_account: is required: Accounts that the pipelines run in`,
		`parameter release_role: is required`,
	} {
		assert.Contains(t, err.Error(), want)
	}
}

func TestRender_RefusesWhatAthenaWould(t *testing.T) {
	query, err := analytics.Find("root-use")
	require.NoError(t, err)
	many := func(n int) []string {
		all := make([]string, n)
		for i := range all {
			all[i] = everyone[0]
		}
		return all
	}
	_, err = query.Render(analytics.Values{"account": many(1001)}, someDays(t))
	assert.ErrorContains(t, err, "has 1001 values, more than 1000")

	year, err := analytics.Days("2026-01-01", "2026-12-31")
	require.NoError(t, err)
	_, err = query.Render(analytics.Values{"account": many(1000)}, year)
	assert.ErrorContains(t, err, "ask for fewer accounts or regions, or a shorter period")
	_, err = query.Render(analytics.Values{"account": many(1000), "region": {"us-east-1"}}, year)
	assert.NoError(t, err)
	_, err = query.Render(analytics.Values{"account": many(1)}, analytics.Period{})
	assert.ErrorContains(t, err, "a period is required")
}

func TestDays_RefusesWhatIsNoPeriod(t *testing.T) {
	tests := map[string]struct{ from, to, want string }{
		"the end before the beginning": {"2026-11-10", "2026-11-09", "the period ends on 2026-11-09, before it begins on 2026-11-10"},
		"a day that is not":            {"2026-02-30", "2026-03-01", `from "2026-02-30": want a day as YYYY-MM-DD`},
		"a moment":                     {"2026-11-09", "2026-11-09T08:00:00Z", `to "2026-11-09T08:00:00Z": want a day`},
		"another order":                {"09.11.2026", "2026-11-10", `from "09.11.2026"`},
		"too long":                     {"2025-01-01", "2026-11-10", "has 679 days, more than 400"},
		"before there were records":    {"0001-01-01", "0001-01-02", `from "0001-01-01"`},
		"after anybody asks":           {"9998-01-01", "9999-01-02", `from "9998-01-01"`},
		"nothing":                      {"", "", `from ""`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := analytics.Days(tt.from, tt.to)
			var wrong *analytics.PeriodError
			require.ErrorAs(t, err, &wrong)
			assert.Contains(t, wrong.Problem, tt.want)
		})
	}
	for _, days := range []int{0, -1, 401} {
		_, err := analytics.LastDays(days)
		assert.ErrorContains(t, err, "want 1 to 400")
	}
}

// FuzzRender renders values of every kind and has a parser of Athena's dialect
// read the SQL: whatever the value, the statement is the same but for one
// literal, and that literal is the value.
func FuzzRender(f *testing.F) {
	for _, seed := range []string{
		"", "'", "''", "' OR '1'='1", "'; DROP TABLE cloudtrail; --", "\\'", "\\", "${account}", "*/", "\"", "it's", "a'b''c'''",
		"\u02bc", "\uff07", "%27", "1 OR 1=1", "111111111111", "eu-central-1", "10.0.0.1", "\x00", "\n--", "N'x'", "U&'\\0027'", "{fn now()}", "?", ":a", "@a",
	} {
		for kind := range uint8(12) {
			f.Add(kind, seed)
		}
	}
	kinds := []string{"accounts", "regions", "vpcs", "arn", "resource", "principal", "bucket", "domain", "ip", "port", "hours", "text"}
	var query *analytics.Query
	var period analytics.Period
	var e *engine
	stop := func() error { return nil }
	f.Cleanup(func() { assert.NoError(f, stop()) })
	type shape struct {
		Shape    string
		Literals []string
	}
	usual := map[string]shape{} // the shape with an ordinary value
	f.Fuzz(func(t *testing.T, which uint8, value string) {
		if e == nil {
			e, stop = launch(t)
			query, period = every(t), someDays(t)
			for kind, ordinary := range map[string]string{"accounts": "111111111111", "regions": "eu-central-1", "vpcs": "vpc-0a1b2c3d", "arn": "arn:aws:s3:::b",
				"resource": "r", "principal": "p", "bucket": "bucket", "domain": "d", "ip": "10.0.0.1", "port": "1", "hours": "1", "text": "t"} {
				sql, err := query.Render(analytics.Values{kind: {ordinary}}, period)
				require.NoError(t, err)
				var s shape
				require.NoError(t, e.ask(map[string]any{"op": "shape", "sql": sql}, &s))
				usual[kind] = s
			}
		}
		kind := kinds[int(which)%len(kinds)]
		sql, err := query.Render(analytics.Values{kind: {value}}, period)
		if err != nil {
			return
		}
		var got shape
		require.NoError(t, e.ask(map[string]any{"op": "shape", "sql": sql}, &got), sql)
		assert.Equal(t, usual[kind].Shape, got.Shape, sql)
		assert.Contains(t, got.Literals, value)
		assert.Len(t, got.Literals, len(usual[kind].Literals))
	})
}
