package policydoc

import "testing"

const trail = "arn:aws:cloudtrail:eu-test-1:111122223333:trail/records"

func TestAllows_DecidesAsAWSWould(t *testing.T) {
	put := Request{
		Service: "cloudtrail.amazonaws.com", Action: "s3:PutObject", Resource: "arn:aws:s3:::records/AWSLogs/111122223333/a",
		Context: map[string]string{"aws:SourceArn": trail, "aws:SecureTransport": "true"},
	}
	const (
		grant = `{"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:Put*",
			"Resource":"arn:aws:s3:::records/*"`
		deny = `{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":`
	)
	tests := map[string]struct {
		statements string
		want       bool
	}{
		"a statement without conditions allows":            {grant + `}`, true},
		"a met condition allows":                           {grant + `,"Condition":{"StringEquals":{"AWS:SourceArn":"` + trail + `"}}}`, true},
		"another trail's ARN does not":                     {grant + `,"Condition":{"StringEquals":{"aws:SourceArn":"arn:aws:cloudtrail:eu-test-1:111122223333:trail/x"}}}`, false},
		"a pattern of ARNs allows":                         {grant + `,"Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:cloudtrail:*:111122223333:trail/*"}}}`, true},
		"a key that is not sent does not":                  {grant + `,"Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-1"}}}`, false},
		"unless the operator says if it exists":            {grant + `,"Condition":{"StringEqualsIfExists":{"aws:PrincipalOrgID":"o-1"}}}`, true},
		"a condition on time is taken to be met":           {grant + `,"Condition":{"DateLessThan":{"aws:CurrentTime":"2030-01-01"}}}`, true},
		"another service's statement does not":             {`{"Effect":"Allow","Principal":{"Service":"config.amazonaws.com"},"Action":"s3:*","Resource":"*"}`, false},
		"another action's statement does not":              {`{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"*"}`, false},
		"another resource's statement does not":            {`{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::other/*"}`, false},
		"everything but something else allows":             {`{"Effect":"Allow","Principal":"*","NotAction":"s3:GetObject","NotResource":"arn:aws:s3:::x"}`, true},
		"everybody but the service does not":               {`{"Effect":"Allow","NotPrincipal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:*","Resource":"*"}`, false},
		"a denial whose condition is not met is no denial": {grant + `},` + deny + `{"Bool":{"aws:SecureTransport":"false"}}}`, true},
		"a denial outweighs":                               {grant + `},` + deny + `{"Bool":{"aws:SecureTransport":"true"}}}`, false},
		"a denial on a missing key outweighs":              {grant + `},` + deny + `{"StringNotEquals":{"aws:PrincipalOrgID":"o-1"}}}`, false},
		"a denial on a null key outweighs":                 {grant + `},` + deny + `{"Null":{"s3:x-amz-server-side-encryption":"true"}}}`, false},
		"a denial that cannot be evaluated is no denial":   {grant + `},` + deny + `{"NumericLessThan":{"s3:TlsVersion":"1.2"}}}`, true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			doc, found := Parse(`{"Version":"2012-10-17","Statement":[` + tt.statements + `]}`)
			if len(found) > 0 {
				t.Fatal(found)
			}
			if got := doc.Allows(put); got != tt.want {
				t.Errorf("Allows() = %v, want %v", got, tt.want)
			}
		})
	}
}

func TestAllows_KnowsAnAccountByItsIDAndItsARNs(t *testing.T) {
	doc, _ := Parse(`{"Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"*","Resource":"*"}}`)
	for account, want := range map[string]bool{"111122223333": true, "444455556666": false} {
		if got := doc.Allows(Request{Account: account, Action: "kms:Encrypt", Resource: "x"}); got != want {
			t.Errorf("Allows(%s) = %v, want %v", account, got, want)
		}
	}
}

func TestMatch_ReadsWildcards(t *testing.T) {
	tests := map[string]struct {
		pattern, text string
		want          bool
	}{
		"equal text":                   {"abc", "abc", true},
		"other text":                   {"abc", "abd", false},
		"a star for nothing":           {"abc*", "abc", true},
		"a star in the middle":         {"a*c", "abbbc", true},
		"a star that must try again":   {"a*bc", "abcbbc", true},
		"a question mark for one":      {"a?c", "abc", true},
		"a question mark is not empty": {"a?c", "ac", false},
		"a rest":                       {"ab", "abc", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := Match(tt.pattern, tt.text); got != tt.want {
				t.Errorf("Match(%q, %q) = %v, want %v", tt.pattern, tt.text, got, tt.want)
			}
		})
	}
}
