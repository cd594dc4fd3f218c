package analytics_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The engine of the tests is worth as much as what it refuses.
func TestEngine_RefusesWhatAthenaWould(t *testing.T) {
	t.Parallel()
	e := sampled(t)
	const days = " AND day BETWEEN '2026/11/09' AND '2026/11/10'"
	tests := map[string]struct{ sql, want string }{
		"no account":               {"SELECT eventid FROM cloudtrail WHERE day BETWEEN '2026/11/09' AND '2026/11/10'", "does not name its account"},
		"an account or something":  {"SELECT eventid FROM cloudtrail WHERE (account = '1' OR eventid = 'x')" + days, "does not name its account"},
		"an account by likeness":   {"SELECT eventid FROM cloudtrail WHERE account LIKE '1%'" + days, "does not name its account"},
		"no days":                  {"SELECT eventid FROM cloudtrail WHERE account = '1'", "does not bound its day"},
		"no condition at all":      {"SELECT eventid FROM cloudtrail", "does not name its account"},
		"a scan inside another":    {"WITH x AS (SELECT eventid FROM cloudtrail WHERE account = '1') SELECT eventid FROM x", "does not bound its day"},
		"no VPC":                   {"SELECT query_name FROM resolver_queries WHERE account = '1'" + days, "does not name its vpc"},
		"a function that is not":   {"SELECT frobnicate(eventid) FROM cloudtrail WHERE account = '1'" + days, "frobnicate"},
		"what is not translatable": {"SELECT reduce(ARRAY[1], 0, (s, x) -> s + x, s -> s * 2) AS a", "Unsupported"},
		"a column that is not":     {"SELECT frobnicated FROM cloudtrail WHERE account = '1'" + days, "frobnicated"},
		"a part that is not":       {"SELECT useridentity.frobnicated FROM cloudtrail WHERE account = '1'" + days, "frobnicated"},
		"two statements":           {"SELECT 1 AS a; SELECT 2 AS b", ""},
		"no SQL":                   {"SELECT FROM WHERE", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var got answer
			err := e.ask(map[string]any{"op": "run", "sql": tt.sql}, &got)
			require.Error(t, err)
			assert.Contains(t, err.Error(), tt.want)
		})
	}
}

// A sample that does not have the form of its table is refused.
func TestEngine_RefusesRecordsOfAnotherForm(t *testing.T) {
	t.Parallel()
	iq := func(change func(object)) object {
		record := object{"schema": "gxp/iq-record/v1", "id": "iq-1", "counts": object{"passed": 1, "failed": 0, "unread": 0}}
		change(record)
		return record
	}
	e := startEngine(t)
	const key = "iq/records/333333333333/eu-central-1/2026/11/09/iq-1.json"
	tests := map[string]struct {
		key    string
		record object
		want   string
	}{
		"an unknown member":       {key, iq(func(r object) { r["colour"] = "red" }), "colour"},
		"an unknown part":         {key, iq(func(r object) { r["counts"] = object{"skipped": 1} }), "skipped"},
		"text for a number":       {key, iq(func(r object) { r["counts"] = object{"passed": "1"} }), "counts.passed"},
		"a value for a structure": {key, iq(func(r object) { r["counts"] = 3 }), "counts"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			write(t, folder, place.EvidenceBucket, tt.key, tt.record)
			err := e.ask(map[string]any{"op": "load", "tables": definitions(), "folder": folder}, &struct{}{})
			require.Error(t, err)
			assert.Contains(t, err.Error(), tt.want)
		})
	}
}

// A file that no table finds, or a record that lacks a part, is told.
func TestEngine_TellsWhatWasNotFound(t *testing.T) {
	t.Parallel()
	folder := writeSamples(t)
	write(t, folder, place.RecordsBucket, "AWSLogs/333333333333/Config/eu-central-1/2026/01/09/ConfigHistory/padded.json", object{})
	var loaded struct{ Strays []string }
	require.NoError(t, startEngine(t).ask(map[string]any{"op": "load", "tables": definitions(), "folder": folder}, &loaded))
	assert.Equal(t, []string{"acme-archive-eu-central-1/AWSLogs/333333333333/Config/eu-central-1/2026/01/09/ConfigHistory/padded.json"}, loaded.Strays)
}
