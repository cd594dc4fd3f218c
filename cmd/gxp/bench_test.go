package main

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal"
)

func benchSample() []benchRow {
	row := func(accounts, resources int, wall, ratio float64) benchRow {
		return benchRow{
			Accounts: accounts, RenderWallSeconds: wall, Ratio: ratio,
			rendered: rendered{Resources: resources, Providers: 8, PeakMemoryMB: 120},
			Engine:   rehearsal.Measurement{PreviewSeconds: ratio, PlainPreviewSeconds: 1, UpSeconds: 2, PeakMemoryMB: 400},
		}
	}
	return []benchRow{row(0, 150, 0.5, 1.2), row(10, 190, 0.6, 1.2), row(1000, 4150, 2.4, 1.1)}
}

func exceeded(list []budget) []string {
	var names []string
	for _, b := range list {
		if !b.OK {
			names = append(names, b.Name)
		}
	}
	return names
}

func TestBudgets_AreComparedOneByOne(t *testing.T) {
	tests := map[string]struct {
		change func([]benchRow)
		want   []string
	}{
		"all met":             {func([]benchRow) {}, nil},
		"slow render":         {func(r []benchRow) { r[0].RenderWallSeconds = 1.1 }, []string{"render and controls, configuration as it is"}},
		"hungry render":       {func(r []benchRow) { r[0].PeakMemoryMB = 301 }, []string{"memory of render and controls, configuration as it is"}},
		"slow large render":   {func(r []benchRow) { r[2].RenderWallSeconds = 3.1 }, []string{"render and controls, 1000 accounts added"}},
		"slow preview":        {func(r []benchRow) { r[1].Ratio = 1.6 }, []string{"preview against plain resources, 10 accounts added"}},
		"costly accounts":     {func(r []benchRow) { r[1].Resources = 211 }, []string{"resources per account, 0 to 10 accounts added"}},
		"a provider per some": {func(r []benchRow) { r[2].Providers = 9 }, []string{"provider instances with 1000 accounts added, against 8"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			rows := benchSample()
			tt.change(rows)
			list := budgets(rows)
			require.Len(t, list, 10)
			assert.Equal(t, tt.want, exceeded(list))
		})
	}
}

func TestBudgets_NeedNoRows(t *testing.T) {
	assert.Empty(t, budgets(nil))
	assert.Len(t, budgets(benchSample()[1:2]), 1, "one size alone has its preview and nothing to compare with")
}

func TestBenchResult_PrintsFiguresAndRatios(t *testing.T) {
	rows := benchSample()
	rows[0].RenderWallSeconds = 1.5
	var out bytes.Buffer
	require.NoError(t, benchResult{Rows: rows, Budgets: budgets(rows)}.writeText(&out))
	assert.Contains(t, out.String(), "offline test double")
	assert.Regexp(t, `(?m)^ +1000 +4150 +`, out.String())
	assert.Regexp(t, `(?m)^render and controls, configuration as it is +1\.5 s +1 s +1\.50 +EXCEEDED$`, out.String())
	assert.Regexp(t, `(?m)^memory of render .* 120 MB +300 MB +0\.40 +ok$`, out.String())
}
