package analytics_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/logging/analytics"
)

func TestReadDirectory(t *testing.T) {
	tests := map[string]string{
		"an output of the stack":  `{"audit": "222222222222", "management": "111111111111"}`,
		"all outputs":             `{"archiveBucket": "b", "accountIds": {"audit": "222222222222", "management": "111111111111"}}`,
		"a listing by AWS":        `{"Accounts": [{"Id": "222222222222", "Name": "audit", "Email": "a@b"}, {"Id": "111111111111", "Name": "management"}]}`,
		"lines":                   "# accounts\n222222222222 audit\n\n111111111111\tmanagement\r\n",
		"lines with a byte order": "\ufeff222222222222 audit\n111111111111 management",
	}
	for name, data := range tests {
		t.Run(name, func(t *testing.T) {
			d, err := analytics.ReadDirectory([]byte(data))
			require.NoError(t, err)
			ids, err := d.Resolve([]string{"all"})
			require.NoError(t, err)
			assert.Equal(t, []string{"111111111111", "222222222222"}, ids)
			ids, err = d.Resolve([]string{"audit", "222222222222"})
			require.NoError(t, err)
			assert.Equal(t, []string{"222222222222"}, ids, "each account once")
			_, err = d.Resolve([]string{"adit"})
			assert.EqualError(t, err, `account "adit" is not one of the organization's 2; did you mean audit?`)
			_, err = d.Resolve([]string{"333333333333"})
			assert.EqualError(t, err, `account "333333333333" is not one of the organization's 2`)
		})
	}
}

func TestReadDirectory_RefusesWhatIsNoList(t *testing.T) {
	for data, want := range map[string]string{
		"":                               "no accounts in it",
		"{}":                             "no accounts in it",
		"{":                              "neither a list of accounts nor JSON",
		"audit 222222222222":             `"audit" is not the id of an account`,
		`{"audit": 222222222222}`:        "want ids of accounts by name",
		`{"audit": "2"}`:                 `"2" is not the id of an account`,
		`{"Accounts": "none"}`:           "Accounts",
		"111111111111 a\n222222222222 a": `two accounts have the name "a"`,
	} {
		_, err := analytics.ReadDirectory([]byte(data))
		assert.ErrorContains(t, err, want, data)
	}
}
