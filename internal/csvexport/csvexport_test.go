package csvexport_test

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/csvexport"
)

func TestCell_IsNoFormula(t *testing.T) {
	tests := map[string]struct{ value, want string }{
		"text":                      {"alice", "alice"},
		"nothing":                   {"", ""},
		"a formula":                 {`=HYPERLINK("http://x")`, `'=HYPERLINK("http://x")`},
		"a formula with a plus":     {"+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"},
		"a formula with a minus":    {"-1+cmd", "'-1+cmd"},
		"a function":                {"@SUM(A1)", "'@SUM(A1)"},
		"a tab before a formula":    {"\t=1", "'\t=1"},
		"a return before a formula": {"\r=1", "'\r=1"},
		"a negative number":         {"-12.50", "-12.50"},
		"a number with an exponent": {"-1e-3", "-1e-3"},
		"a number with a sign":      {"+49", "+49"},
		"a lone minus":              {"-", "'-"},
		"a number and a line":       {"-1\n=2", "'-1\n=2"},
		"an address":                {"a=b", "a=b"},
		"what is not UTF-8":         {"a\xffb", "a\ufffdb"},
		"a null character":          {"\x00=1", "\ufffd=1"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) { assert.Equal(t, tt.want, csvexport.Cell(tt.value)) })
	}
}

func TestWriter_FollowsRFC4180(t *testing.T) {
	var out bytes.Buffer
	w, err := csvexport.NewWriter(&out, []string{"time_utc", "who"})
	require.NoError(t, err)
	require.NoError(t, w.Write([]string{"2026-11-09T08:00:00Z", `a "quoted", name`}))
	require.NoError(t, w.Write([]string{"", "ärztin"}))
	require.NoError(t, w.Flush())
	assert.Equal(t, "time_utc,who\r\n2026-11-09T08:00:00Z,\"a \"\"quoted\"\", name\"\r\n,ärztin\r\n", out.String())
	assert.Equal(t, 2, w.Rows())
}

func TestWriter_OfNothingHasAHeader(t *testing.T) {
	var out bytes.Buffer
	w, err := csvexport.NewWriter(&out, []string{"time_utc"})
	require.NoError(t, err)
	require.NoError(t, w.Flush())
	assert.Equal(t, "time_utc\r\n", out.String())
	assert.Zero(t, w.Rows())
}

func TestWriter_RefusesWhatIsNoTable(t *testing.T) {
	_, err := csvexport.NewWriter(&bytes.Buffer{}, nil)
	require.ErrorIs(t, err, csvexport.ErrNoColumns)
	w, err := csvexport.NewWriter(&bytes.Buffer{}, []string{"a", "b"})
	require.NoError(t, err)
	assert.EqualError(t, w.Write([]string{"1"}), "row 1 has 1 cells, the header has 2")
}

func FuzzWriter(f *testing.F) {
	for _, seed := range []string{"", "=1", "a,b", "a\r\nb", "\"", "'", "\t", "-5", "-", "\xff", "\x00", "\n"} {
		f.Add(seed, "x"+seed)
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		var out bytes.Buffer
		w, err := csvexport.NewWriter(&out, []string{"first", "second"})
		require.NoError(t, err)
		require.NoError(t, w.Write([]string{a, b}))
		require.NoError(t, w.Flush())
		require.True(t, utf8.Valid(out.Bytes()))

		rows, err := csv.NewReader(bytes.NewReader(out.Bytes())).ReadAll()
		require.NoError(t, err)
		require.Len(t, rows, 2)
		// A reader of CSV makes one line end of the two that there are.
		for i, value := range []string{a, b} {
			want := strings.ReplaceAll(strings.ReplaceAll(csvexport.Cell(value), "\r\n", "\n"), "\r", "")
			assert.Equal(t, want, strings.ReplaceAll(rows[1][i], "\r", ""))
			if cell := rows[1][i]; cell != "" && strings.ContainsRune("=@\t\r", rune(cell[0])) {
				t.Errorf("%q begins like a formula", cell)
			}
		}
	})
}
