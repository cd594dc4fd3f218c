package analytics_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/csvexport"
	"github.com/gxp-landing-zone/gxp-landing-zone/logging/analytics"
)

var update = flag.Bool("update", false, "write the golden files and the generated part of the documentation")

// everyone are the accounts of the samples.
var everyone = []string{management, archive, workload, shared, network}

// ask is how a query is asked of the samples, and what must not be in the
// answer: records that are near to what the question is about.
type ask struct {
	values analytics.Values
	absent []string
}

func of(name, value string) analytics.Values { return analytics.Values{name: {value}} }

// asks has at least one entry for each query; the part of a key after a slash
// tells several apart.
var asks = map[string]ask{
	"account-changes":           {absent: []string{"guardrail", "organization-read"}},
	"activity-summary":          {absent: []string{"2026-11-08", "2026-11-11"}},
	"archive-verification":      {absent: []string{"v3"}},
	"break-glass-use":           {absent: []string{"not-emergency", "gxp-break-glass-reader"}},
	"compliance-history":        {values: of("resource", "acme-batch-records"), absent: []string{"acme-other"}},
	"credential-changes":        {absent: []string{"iam-read", "AttachRolePolicy"}},
	"data-access":               {values: of("bucket", "acme-batch-records"), absent: []string{"data-management", "scratch"}},
	"data-access/key":           {values: analytics.Values{"bucket": {"acme-batch-records"}, "key": {"lots/"}}, absent: []string{"drafts"}},
	"denied-calls":              {absent: []string{"done", "sign-in-failed"}},
	"denied-calls/person":       {values: of("person", "alice@example.com"), absent: []string{"malice"}},
	"failed-sign-ins":           {absent: []string{"Success", "proof-accepted", "alice"}},
	"firewall-alerts":           {absent: []string{"2026-11-08"}},
	"log-messages/account":      {values: analytics.Values{"log_group": {"/gxp/sessions"}, "about_account": {shared}}, absent: []string{"lots"}},
	"product-qualification/one": {values: of("product", "Database"), absent: []string{"s3-bucket"}},
	"release-approvals/one":     {values: of("pipeline", "another"), absent: []string{"landing-zone"}},
	"security-findings/account": {values: of("about_account", shared), absent: []string{"finding-1"}},
	"firewall-alerts/address":   {values: of("address", "203.0.113.8"), absent: []string{"203.0.113.9"}},
	"guardrail-changes":         {absent: []string{"organization-read", "assign"}},
	"instance-connections":      {values: of("instance", "i-0aaa"), absent: []string{"10.0.9.90", "2026-11-11"}},
	"instance-sessions":         {absent: []string{"StopInstances"}},
	"instance-sessions/one":     {values: of("instance", "i-0123456789abcdef0"), absent: []string{"malice"}},
	"key-changes":               {absent: []string{"Decrypt"}},
	"key-use":                   {values: of("key", "0a1b2c3d-0000-4000-8000-000000000001"), absent: []string{"decrypt-other"}},
	"log-messages":              {values: of("log_group", "/gxp/sessions"), absent: []string{"nothing", "2026-11-11", "CONTROL"}},
	"log-messages/text":         {values: analytics.Values{"log_group": {"/gxp/sessions"}, "contains": {"'lots'"}, "about_account": {workload}}, absent: []string{"other"}},
	"logging-changes":           {absent: []string{"DeleteConfigRule"}},
	"logging-gaps":              {values: analytics.Values{"account": {workload, silent}, "hours": {"8"}}, absent: []string{archive}},
	"logging-gaps/any":          {values: analytics.Values{"account": {shared}, "hours": {"0"}}, absent: []string{workload}},
	"role-sessions/other":       {values: of("role", "arn:aws:iam::333333333333:role/batch"), absent: []string{"near-"}},
	"name-lookups":              {values: of("vpc", "vpc-0a1b2c3d"), absent: []string{"elsewhere", "rslvr-in-1"}},
	"name-lookups/domain":       {values: analytics.Values{"vpc": {"vpc-0a1b2c3d"}, "domain": {"example.com"}}, absent: []string{"notexample"}},
	"network-changes":           {absent: []string{"StopInstances", "StartSession"}},
	"permission-changes":        {absent: []string{"iam-read", "GetRole"}},
	"permission-changes/one":    {values: of("person", "robot"), absent: []string{"AttachRolePolicy"}},
	"permission-set-changes":    {absent: []string{"AttachRolePolicy"}},
	"person-activity":           {values: of("person", "alice@example.com"), absent: []string{"malice", "before", "after"}},
	"product-launches":          {absent: []string{"products-read", "DescribeProduct"}},
	"product-launches/one":      {values: of("product", "prod-s3"), absent: []string{"database"}},
	"product-qualification":     {absent: []string{"iq-3"}},
	"rejected-connections":      {values: of("address", "10.0.2.20"), absent: []string{"203.0.113.9", "5432"}},
	"release-approvals":         {absent: []string{"UpdateStack"}},
	"resource-changes":          {values: of("resource", "i-0123456789abcdef0"), absent: []string{"before", "after", "i-0fedcba9876543210"}},
	"resource-history":          {values: of("resource", "acme-batch-records"), absent: []string{"acme-other", "Snapshotted", "2026-11-08", "ResourceCompliance"}},
	"role-sessions":             {values: of("role", "gxp-break-glass"), absent: []string{"gxp-break-glass-reader"}},
	"root-use":                  {absent: []string{"root-service", "root-event", "support.amazonaws.com"}},
	"security-findings":         {absent: []string{"RESOLVED"}},
	"security-findings/region":  {values: of("region", "us-east-1"), absent: []string{"finding-"}},
	"sign-ins":                  {absent: []string{"sign-in-failed", "carol"}},
	"record-deletions":          {absent: []string{"data-write", "GetObject"}},
	"record-deletions/archive":  {values: of("bucket", "acme-archive-eu-central-1"), absent: []string{"scratch"}},
	"unapproved-changes": {values: analytics.Values{"pipeline_account": {shared}, "release_role": {"gxp-release"}},
		absent: []string{",release\r", "by-service", "approved\r", "data-write", "root-service"}},
}

// answer is a result of the engine.
type answer struct {
	Columns   []string
	Rows      [][]string
	Functions []string
	Order     bool
}

func (a answer) csv(t *testing.T) string {
	t.Helper()
	var out bytes.Buffer
	w, err := csvexport.NewWriter(&out, a.Columns)
	require.NoError(t, err)
	for _, row := range a.Rows {
		require.NoError(t, w.Write(row))
	}
	require.NoError(t, w.Flush())
	return out.String()
}

// sampled is an engine with the samples loaded.
func sampled(t *testing.T) *engine {
	t.Helper()
	e := startEngine(t)
	var loaded struct {
		Strays []string
		Rows   map[string]int
		Unseen map[string][]string
	}
	require.NoError(t, e.ask(map[string]any{"op": "load", "tables": definitions(), "folder": writeSamples(t)}, &loaded))
	assert.Empty(t, loaded.Strays, "each file is found by the projection of exactly one table")
	for table, missing := range loaded.Unseen {
		assert.Empty(t, missing, "no sample of %s has these parts of the definition", table)
		assert.Positive(t, loaded.Rows[table])
	}
	return e
}

// athenaFunctions are the functions that the queries may call: documented for
// Athena, and so for Trino. The engine of the tests has others too.
// Source: Athena user guide, "Functions in Amazon Athena", and Trino's
// documentation of functions and operators.
var athenaFunctions = []string{
	"cardinality", "cast", "coalesce", "count", "count_if", "date_add", "date_diff", "date_format", "element_at", "filter", "floor",
	"from_iso8601_timestamp", "from_unixtime", "greatest", "json_extract", "json_extract_scalar", "json_format", "lag", "least", "lower",
	"max", "min", "regexp_like", "regexp_replace", "row_number", "sequence", "strpos", "substr", "sum", "to_unixtime", "unnest",
}

// syntaxWords stand before a parenthesis and are no functions.
var syntaxWords = []string{"and", "as", "in", "or", "over", "on", "not", "by", "from", "where", "array", "accounts", "r", "t"}

func TestQueries_CallWhatAthenaHas(t *testing.T) {
	call := regexp.MustCompile(`([A-Za-z_0-9]+) ?\(`)
	literal := regexp.MustCompile(`'[^']*'`)
	called := map[string]bool{}
	for _, q := range analytics.Queries() {
		for _, m := range call.FindAllStringSubmatch(literal.ReplaceAllString(q.SQL, "''"), -1) {
			name := strings.ToLower(m[1])
			if slices.Contains(syntaxWords, name) {
				continue
			}
			called[name] = true
			assert.Contains(t, athenaFunctions, name, "query %s", q.Name)
		}
	}
	for _, name := range athenaFunctions {
		assert.True(t, called[name], "no query calls %s", name)
	}
}

var isoTime = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$`)

func TestQueries_GoldenAnswers(t *testing.T) {
	t.Parallel()
	e := sampled(t)
	period, err := analytics.Days("2026-11-09", "2026-11-10")
	require.NoError(t, err)

	asked := map[string]bool{}
	for key, a := range asks {
		t.Run(key, func(t *testing.T) {
			name, _, _ := strings.Cut(key, "/")
			asked[name] = true
			query, err := analytics.Find(name)
			require.NoError(t, err)
			values := analytics.Values{}
			if _, has := query.Parameter("account"); has {
				values["account"] = everyone
			}
			for parameter, given := range a.values {
				values[parameter] = given
			}
			sql, err := query.Render(values, period)
			require.NoError(t, err)

			var got answer
			require.NoError(t, e.ask(map[string]any{"op": "run", "sql": sql}, &got), sql)
			assert.True(t, got.Order, "the rows have an order")
			assert.Empty(t, got.Functions, "functions that the translator does not know")
			assert.Equal(t, query.Columns, got.Columns, "the header of the query names the columns")
			requireReadable(t, got)
			golden(t, filepath.Join("testdata", "answers", strings.ReplaceAll(key, "/", ".")+".csv"), got.csv(t))
			for _, text := range a.absent {
				assert.NotContains(t, got.csv(t), text)
			}
		})
	}
	for _, q := range analytics.Queries() {
		assert.True(t, asked[q.Name], "query %s is asked", q.Name)
	}
	requireNoOrphans(t)
}

// requireReadable says that columns have names and times are ISO 8601 in UTC.
func requireReadable(t *testing.T, a answer) {
	t.Helper()
	for i, c := range a.Columns {
		assert.Regexp(t, `^[a-z][a-z0-9_]*$`, c)
		for _, row := range a.Rows {
			if strings.HasSuffix(c, "_utc") {
				assert.Regexp(t, isoTime, row[i], "column %s", c)
			}
		}
	}
	assert.Len(t, slices.Compact(slices.Sorted(slices.Values(a.Columns))), len(a.Columns), "no name twice")
}

// golden compares with a file, or writes it.
func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o750))
		require.NoError(t, os.WriteFile(path, []byte(got), 0o600))
		return
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err, "go test ./logging/analytics -update writes it")
	assert.Equal(t, string(want), got, "go test ./logging/analytics -update accepts it")
}

// requireNoOrphans fails on an answer that nobody asks for.
func requireNoOrphans(t *testing.T) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", "answers", "*.csv"))
	require.NoError(t, err)
	for _, file := range files {
		key := strings.Replace(strings.TrimSuffix(filepath.Base(file), ".csv"), ".", "/", 1)
		assert.Contains(t, asks, key)
	}
}
