package segmentation

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestFromPlan_DescribesThePlaces(t *testing.T) {
	m := sample(t, network())
	assert.Equal(t, []Place{
		{"gxp-prod", "eu-test-1", "gxp", "10.64.0.0/17 10.66.0.0/17"},
		{"sensitive", "eu-test-1", "gxp", "10.65.0.0/18"},
		{"nongxp", "eu-test-1", "nongxp", "10.65.128.0/17"},
		{"shared", "eu-test-1", "shared", "10.65.64.0/18"},
		{"gxp-prod", "eu-test-2", "gxp", "10.68.0.0/17"},
		{"nongxp", "eu-test-2", "nongxp", "10.69.128.0/17"},
		{"shared", "eu-test-2", "shared", "10.69.64.0/18"},
		{"internet", "", "", ""},
		{"on-premises", "", "", "172.20.0.0/14"},
	}, m.Places)
	assert.Empty(t, m.mixed())
}

func TestFromPlan_SaysWhoMayReachWhom(t *testing.T) {
	m := sample(t, network())
	type at struct{ name, region string }
	prod, sensitive, nongxp, shared := at{"gxp-prod", "eu-test-1"}, at{"sensitive", "eu-test-1"}, at{"nongxp", "eu-test-1"}, at{"shared", "eu-test-1"}
	prod2, shared2 := at{"gxp-prod", "eu-test-2"}, at{"shared", "eu-test-2"}
	internet, premises := at{name: "internet"}, at{name: "on-premises"}
	for _, tt := range []struct {
		from, to at
		want     way
	}{
		{prod, shared, inspected},
		{shared, prod, inspected},
		{prod, sensitive, closed},
		{prod, nongxp, closed},
		{nongxp, prod, closed},
		{prod, prod2, direct},
		{prod2, prod, direct},
		{prod, shared2, closed},
		{prod2, shared2, direct},
		{prod, internet, inspected},
		{prod2, internet, direct},
		{sensitive, internet, closed},
		{internet, prod, closed},
		{prod, premises, inspected},
		{premises, prod, inspected},
		{prod2, premises, closed},
		{nongxp, premises, closed},
		{premises, internet, closed},
	} {
		i, j := m.find(tt.from.name, tt.from.region), m.find(tt.to.name, tt.to.region)
		require.GreaterOrEqual(t, i, 0, tt.from)
		require.GreaterOrEqual(t, j, 0, tt.to)
		assert.Equal(t, tt.want, m.way(i, j), "%s to %s", m.Places[i], m.Places[j])
	}
}

func TestMatrix_SurvivesJSON(t *testing.T) {
	m := sample(t, network())
	data, err := json.Marshal(m)
	require.NoError(t, err)
	var back Matrix
	require.NoError(t, json.Unmarshal(data, &back))
	assert.Equal(t, m, back)
}

// copied is a matrix that can be changed without the other.
func copied(m Matrix) Matrix {
	c := Matrix{Places: slices.Clone(m.Places)}
	for i := range m.Allowed {
		c.Allowed = append(c.Allowed, slices.Clone(m.Allowed[i]))
		c.Inspected = append(c.Inspected, slices.Clone(m.Inspected[i]))
	}
	return c
}

// reversed is a matrix with its places the other way round.
func reversed(m Matrix) Matrix {
	r := copied(m)
	slices.Reverse(r.Places)
	for _, rows := range [][][]bool{r.Allowed, r.Inspected} {
		slices.Reverse(rows)
		for _, row := range rows {
			slices.Reverse(row)
		}
	}
	return r
}

func TestDifferences_AreNoneWhateverTheOrder(t *testing.T) {
	m := sample(t, network())
	assert.True(t, m.Equal(copied(m)))
	assert.Empty(t, m.Differences(reversed(m)))
	assert.True(t, reversed(m).Equal(m))
}

func TestDifferences_NameEveryOne(t *testing.T) {
	m := sample(t, network())
	prod, nongxp, shared := m.find("gxp-prod", "eu-test-1"), m.find("nongxp", "eu-test-1"), m.find("shared", "eu-test-1")
	for name, tt := range map[string]struct {
		change func(*Matrix)
		want   []string
	}{
		"a way too many": {
			func(m *Matrix) { m.Allowed[nongxp][prod] = true },
			[]string{"nongxp in eu-test-1 to gxp-prod in eu-test-1 is allowed, want not allowed"},
		},
		"a way too few": {
			func(m *Matrix) { m.Allowed[prod][shared] = false },
			[]string{"gxp-prod in eu-test-1 to shared in eu-test-1 is not allowed, want allowed with inspection"},
		},
		"a way around the firewall": {
			func(m *Matrix) { m.Inspected[prod][shared] = false },
			[]string{"gxp-prod in eu-test-1 to shared in eu-test-1 is allowed, want allowed with inspection"},
		},
		"another range": {
			func(m *Matrix) { m.Places[nongxp].Range = "10.0.0.0/8" },
			[]string{`nongxp in eu-test-1: range is "10.0.0.0/8", want "10.65.128.0/17"`},
		},
		"another classification": {
			func(m *Matrix) { m.Places[nongxp].Classification = "gxp" },
			[]string{`nongxp in eu-test-1: classification is "gxp", want "nongxp"`},
		},
		"another place": {
			func(m *Matrix) { m.Places[nongxp].Name = "intruder" },
			[]string{"nongxp in eu-test-1 is missing", "intruder in eu-test-1 is not expected"},
		},
		"nothing said about inspection of what is closed": {
			func(m *Matrix) { m.Inspected[nongxp][prod] = true }, nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			changed := copied(m)
			tt.change(&changed)
			assert.Equal(t, tt.want, m.Differences(changed))
			assert.Equal(t, tt.want == nil, m.Equal(changed))
		})
	}
	t.Run("rows that are missing allow nothing", func(t *testing.T) {
		found := m.Differences(Matrix{Places: m.Places})
		assert.Contains(t, found, "gxp-prod in eu-test-1 to internet is not allowed, want allowed with inspection")
	})
}
