package policy

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestJSON_RendersAsAWSWritesIt(t *testing.T) {
	tests := map[string]struct {
		statement Statement
		want      string
	}{
		"a service principal with one action": {
			Statement{Sid: "S", Effect: Allow, Principal: Service("cloudtrail.amazonaws.com"), Action: Strings{"s3:PutObject"}, Resource: Strings{"*"}},
			`{"Sid":"S","Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:PutObject","Resource":"*"}`,
		},
		"everyone is a bare star": {
			Statement{Sid: "S", Effect: Deny, Principal: Everyone, Action: Strings{"a:B", "a:C"}, Resource: Strings{"*"}},
			`{"Sid":"S","Effect":"Deny","Principal":"*","Action":["a:B","a:C"],"Resource":"*"}`,
		},
		"an identity policy has no principal": {
			Statement{Sid: "S", Effect: Allow, NotAction: Strings{"a:B"}, Resource: Strings{"*"}},
			`{"Sid":"S","Effect":"Allow","NotAction":"a:B","Resource":"*"}`,
		},
		"condition operators and keys are sorted": {
			Statement{Sid: "S", Effect: Allow, Action: Strings{"a:B"}, Resource: Strings{"*"}, Condition: Condition{
				"StringEquals": {"b:y": {"1"}, "a:x": {"2", "3"}}, "Bool": {"c:z": {"true"}}}},
			`{"Sid":"S","Effect":"Allow","Action":"a:B","Resource":"*","Condition":{"Bool":{"c:z":"true"},"StringEquals":{"a:x":["2","3"],"b:y":"1"}}}`,
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := JSON(tt.statement)
			require.NoError(t, err)
			assert.Equal(t, `{"Version":"2012-10-17","Statement":[`+tt.want+`]}`, got)
		})
	}
}

func TestJSON_RefusesWhatAWSWouldRefuse(t *testing.T) {
	_, err := JSON()
	require.ErrorContains(t, err, "no statements")

	_, err = JSON(Statement{Principal: Principal{Everyone: true, AWS: Strings{"x"}}})
	require.ErrorContains(t, err, "either everyone or named")
}

func TestRequireTLS_DeniesOnlyPlainConnections(t *testing.T) {
	got, err := JSON(RequireTLS(Strings{"s3:*"}, "arn:aws:s3:::b", "arn:aws:s3:::b/*"))
	require.NoError(t, err)
	assert.True(t, strings.Contains(got, `"Condition":{"Bool":{"aws:SecureTransport":"false"}}`), got)
}
