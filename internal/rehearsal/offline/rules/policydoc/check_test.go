package policydoc

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// one statement of each kind that AWS accepts.
var accepted = map[Kind]string{
	SCP: `{"Version":"2012-10-17","Statement":[{"Sid":"TrailsKeepRecording","Effect":"Deny",
		"Action":["cloudtrail:StopLogging","cloudtrail:Delete*"],"Resource":"*",
		"Condition":{"ArnNotLike":{"aws:PrincipalArn":["arn:aws:iam::*:role/stacksets-exec-*"]}}}]}`,
	RCP: `{"Version":"2012-10-17","Statement":[{"Sid":"OrganizationOnly","Effect":"Deny","Principal":"*",
		"Action":["s3:*","sqs:*"],"Resource":"*",
		"Condition":{"StringNotEqualsIfExists":{"aws:PrincipalOrgID":"o-exampleorg1"},
		"BoolIfExists":{"aws:PrincipalIsAWSService":"false"}}}]}`,
	Trust: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow",
		"Principal":{"Service":"cloudtrail.amazonaws.com","AWS":["111122223333","arn:aws:iam::111122223333:root"]},
		"Action":["sts:AssumeRole","sts:TagSession"]}]}`,
	Identity: `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"logs:PutLogEvents",
		"Resource":"arn:aws:logs:eu-test-1:111122223333:log-group:trail:log-stream:${aws:username}*"}}`,
	Bucket: `{"Version":"2012-10-17","Statement":[{"Sid":"TLS only","Effect":"Deny","Principal":"*","Action":"s3:*",
		"Resource":["arn:aws:s3:::records","arn:aws:s3:::records/*"],"Condition":{"Bool":{"aws:SecureTransport":false}}}]}`,
	Key: `{"Version":"2012-10-17","Statement":[{"Sid":"Enable IAM User Permissions","Effect":"Allow",
		"Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:*","Resource":"*"},
		{"Effect":"Allow","Principal":{"Service":"logs.eu-test-1.amazonaws.com"},"Action":"kms:Encrypt*","Resource":"*",
		"Condition":{"ArnLike":{"kms:EncryptionContext:aws:logs:arn":"arn:aws:logs:*:*:*"}}}]}`,
	Topic: `{"Version":"2008-10-17","Id":"owner","Statement":[{"Sid":"__default_statement_ID","Effect":"Allow",
		"Principal":{"AWS":"*"},"Action":["SNS:Publish","SNS:Subscribe"],"Resource":"arn:aws:sns:eu-test-1:111122223333:alerts",
		"Condition":{"StringEquals":{"AWS:SourceAccount":"111122223333"},"ForAnyValue:StringLike":{"aws:TagKeys":"a*"}}}]}`,
	Resource: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/a/b"},
		"NotAction":"events:PutEvents","NotResource":"*"}]}`,
}

func TestCheck_AcceptsWhatAWSAccepts(t *testing.T) {
	for kind, text := range accepted {
		t.Run(kind.String(), func(t *testing.T) {
			if found := Check(kind, text, 0); len(found) > 0 {
				t.Errorf("Check(%s) = %v, want no problem", kind, found)
			}
		})
	}
	if len(accepted) != len(kinds) {
		t.Errorf("%d kinds are tried, there are %d", len(accepted), len(kinds))
	}
}

// document returns a policy of one statement with the given elements.
func document(elements string) string {
	return `{"Version":"2012-10-17","Statement":[{` + elements + `}]}`
}

const (
	allow      = `"Effect":"Allow"`
	everybody  = `,"Principal":"*"`
	read       = `,"Action":"s3:GetObject"`
	everything = `,"Resource":"*"`
	records    = `,"Resource":"arn:aws:s3:::records/*"`
)

func TestCheck_RefusesWhatAWSRefuses(t *testing.T) {
	condition := func(c string) string { return document(allow + read + everything + `,"Condition":` + c) }
	principal := func(p string) string { return document(allow + read + records + `,"Principal":` + p) }
	tests := map[string]struct {
		kind Kind
		text string
		want string
	}{
		"no JSON":                                     {SCP, `{`, "the policy is not valid JSON: the text ends too early"},
		"two documents":                               {SCP, `{} {}`, "the policy is not valid JSON: there is more text after the end of the document"},
		"a key twice":                                 {SCP, `{"Version":"a","Version":"b"}`, `the policy is not valid JSON: the key "Version" occurs twice in one object`},
		"very deep nesting":                           {SCP, strings.Repeat("[", 40), "the policy is not valid JSON: it nests deeper than 32 levels"},
		"a list":                                      {SCP, `[]`, "the policy is a list; it must be a JSON object"},
		"an unknown element":                          {SCP, `{"Statements":[],` + document(allow + read + everything)[1:], "Statements: is not an element of a policy; the elements are Version, Id and Statement"},
		"no statement":                                {SCP, `{"Version":"2012-10-17"}`, "Statement: is missing; a policy has at least one statement"},
		"an empty list of statements":                 {SCP, `{"Version":"2012-10-17","Statement":[]}`, "Statement: is empty; a policy has at least one statement"},
		"a statement that is text":                    {SCP, `{"Version":"2012-10-17","Statement":["Deny"]}`, "Statement[0]: is a string; a statement is a JSON object"},
		"no version":                                  {Identity, `{"Statement":{` + allow + read + everything + `}}`, `Version: is ""; it must be 2012-10-17 or 2008-10-17`},
		"the old version in an SCP":                   {SCP, strings.Replace(document(allow+read+everything), "2012", "2008", 1), `Version: is "2008-10-17"; it must be 2012-10-17`},
		"a misspelled element":                        {Identity, document(allow + read + everything + `,"Conditions":{}`), "Statement[0].Conditions: is not an element of a statement; the elements are Sid, Effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource and Condition"},
		"an effect in lower case":                     {Identity, document(`"Effect":"allow"` + read + everything), `Statement[0].Effect: is "allow"; it must be Allow or Deny`},
		"an RCP that allows":                          {RCP, document(allow + everybody + read + everything), "Statement[0].Effect: is Allow; a resource control policy takes only Deny"},
		"a Sid with a space":                          {Identity, document(allow + read + everything + `,"Sid":"a b"`), `Statement[0].Sid: "a b" has characters that AWS refuses; use A-Z, a-z and 0-9`},
		"a Sid with a dot in a bucket policy":         {Bucket, document(allow + everybody + read + records + `,"Sid":"a.b"`), `Statement[0].Sid: "a.b" has characters that AWS refuses; use A-Z, a-z, 0-9, space, hyphen and underscore`},
		"a Sid twice":                                 {Identity, `{"Version":"2012-10-17","Statement":[{"Sid":"A",` + allow + read + everything + `},{"Sid":"A",` + allow + read + everything + `}]}`, `Statement[1].Sid: "A" is the Sid of another statement; make it unique`},
		"Action and NotAction":                        {Identity, document(allow + read + everything + `,"NotAction":"s3:PutObject"`), "Statement[0]: has both Action and NotAction; keep one"},
		"no action":                                   {Identity, document(allow + everything), "Statement[0].Action: is missing; write Action or NotAction"},
		"an empty list of actions":                    {Identity, document(allow + everything + `,"Action":[]`), "Statement[0].Action: is an empty list; give at least one value"},
		"a number for an action":                      {Identity, document(allow + everything + `,"Action":7`), "Statement[0].Action: holds a number; it takes strings"},
		"an action without service":                   {Identity, document(allow + everything + `,"Action":"GetObject"`), `Statement[0].Action: "GetObject" is not an action; write * or service:Action, such as s3:GetObject`},
		"an action of no service":                     {Identity, document(allow + everything + `,"Action":"cloudtrial:StopLogging"`), `Statement[0].Action: "cloudtrial:StopLogging" is of no service that AWS knows: "cloudtrial"; check the prefix`},
		"another service's action in a bucket policy": {Bucket, document(allow + everybody + records + `,"Action":"kms:Decrypt"`), `Statement[0].Action: "kms:Decrypt" has no place in a bucket policy; its actions are of s3`},
		"every SNS action in a topic policy":          {Topic, document(allow + everybody + `,"Action":"sns:*","Resource":"arn:aws:sns:eu-test-1:111122223333:alerts"`), `Statement[0].Action: "sns:*" is out of service scope; a topic policy takes sns:Publish, sns:Subscribe and the other actions on a topic by their full names, without wildcards`},
		"every action in an RCP":                      {RCP, document(`"Effect":"Deny","Action":"*"` + everybody + everything), "Statement[0].Action: * is too wide for a resource control policy; name the actions"},
		"NotAction in an RCP":                         {RCP, document(`"Effect":"Deny","NotAction":"s3:GetObject"` + everybody + everything), "Statement[0].NotAction: a resource control policy takes only Action"},
		"an RCP about one principal":                  {RCP, document(`"Effect":"Deny","Principal":{"AWS":"111122223333"}` + read + everything), `Statement[0].Principal: a resource control policy takes only "*"; narrow it with a condition`},
		"a resource in a trust policy":                {Trust, document(allow + `,"Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"` + everything), "Statement[0].Resource: a role trust policy has no resource; leave the element out"},
		"no resource":                                 {Bucket, document(allow + everybody + read), "Statement[0].Resource: is missing; write Resource or NotResource"},
		"a principal in an SCP":                       {SCP, document(allow + everybody + read + everything), "Statement[0].Principal: a service control policy has no principal; leave the element out"},
		"no principal":                                {Bucket, document(allow + read + records), "Statement[0].Principal: is missing; a bucket policy says whom each statement is about"},
		"both principals":                             {Bucket, document(allow + read + records + everybody + `,"NotPrincipal":"*"`), "Statement[0]: has both Principal and NotPrincipal; keep one"},
		"a principal as bare text":                    {Bucket, principal(`"111122223333"`), `Statement[0].Principal: is the string "111122223333"; only * may stand alone, write {"AWS": "111122223333"} or {"Service": ...}`},
		"a list of principals":                        {Bucket, principal(`["*"]`), `Statement[0].Principal: is a list; it must be "*" or an object of AWS, Service, Federated or CanonicalUser`},
		"an empty principal":                          {Bucket, principal(`{}`), "Statement[0].Principal: is empty; name at least one principal"},
		"an unknown kind of principal":                {Bucket, principal(`{"Role":"a"}`), "Statement[0].Principal.Role: is not a kind of principal; use AWS, Service, Federated or CanonicalUser"},
		"a wildcard in a principal":                   {Bucket, principal(`{"AWS":"arn:aws:iam::*:role/reader"}`), `Statement[0].Principal.AWS: invalid principal "arn:aws:iam::*:role/reader"; no wildcard may stand in a principal: use * and a condition on aws:PrincipalArn`},
		"a malformed principal":                       {Bucket, principal(`{"AWS":"reader"}`), `Statement[0].Principal.AWS: invalid principal "reader"; write *, an account id or the ARN of an account's root, role, user or session`},
		"a malformed service principal":               {Bucket, principal(`{"Service":"cloudtrail"}`), `Statement[0].Principal.Service: invalid principal "cloudtrail"; a service principal is written like cloudtrail.amazonaws.com`},
		"a malformed federated principal":             {Trust, document(allow + `,"Action":"sts:AssumeRoleWithSAML","Principal":{"Federated":"x"}`), `Statement[0].Principal.Federated: invalid principal "x"; write a provider's ARN or a name such as cognito-identity.amazonaws.com`},
		"a malformed canonical user":                  {Bucket, principal(`{"CanonicalUser":"x"}`), `Statement[0].Principal.CanonicalUser: invalid principal "x"; a canonical user is 64 hexadecimal digits`},
		"a resource that is a name":                   {Identity, document(allow + read + `,"Resource":"records"`), `Statement[0].Resource: "records" is not a resource: write * or an ARN arn:aws:service:region:account:resource`},
		"another partition":                           {Identity, document(allow + read + `,"Resource":"arn:aws-cn:s3:::records"`), `Statement[0].Resource: "arn:aws-cn:s3:::records" is not a resource: the partition is "aws-cn", it must be aws`},
		"a wildcard for the service":                  {Identity, document(allow + read + `,"Resource":"arn:aws:*:::records"`), `Statement[0].Resource: "arn:aws:*:::records" is not a resource: the service is "*", it must be named without wildcards`},
		"a short account id":                          {Identity, document(allow + read + `,"Resource":"arn:aws:iam::123:role/a"`), `Statement[0].Resource: "arn:aws:iam::123:role/a" is not a resource: "123" is not an account id of 12 digits`},
		"a region in capitals":                        {Identity, document(allow + read + `,"Resource":"arn:aws:iam:EU:111122223333:role/a"`), `Statement[0].Resource: "arn:aws:iam:EU:111122223333:role/a" is not a resource: "EU" is not a region`},
		"an ARN of nothing":                           {Identity, document(allow + read + `,"Resource":"arn:aws:s3:::"`), `Statement[0].Resource: "arn:aws:s3:::" is not a resource: the resource part after the fifth colon is empty`},
		"an open policy variable":                     {Identity, document(allow + read + `,"Resource":"arn:aws:s3:::a/${aws:username"`), `Statement[0].Resource: "arn:aws:s3:::a/${aws:username" is not a resource: a policy variable ${...} is not closed`},
		"a table in a bucket policy":                  {Bucket, document(allow + everybody + read + `,"Resource":"arn:aws:dynamodb:eu-test-1:111122223333:table/a"`), `Statement[0].Resource: "arn:aws:dynamodb:eu-test-1:111122223333:table/a" has no place in a bucket policy; its resources begin with arn:aws:s3:::`},
		"a condition that is a list":                  {Identity, condition(`[]`), "Statement[0].Condition: is a list; it must be an object of operators"},
		"an operator of text":                         {Identity, condition(`{"Bool":"true"}`), "Statement[0].Condition.Bool: is a string; it must be an object of condition keys"},
		"an operator of nothing":                      {Identity, condition(`{"Bool":{}}`), "Statement[0].Condition.Bool: is empty; name at least one condition key or leave the operator out"},
		"an unknown operator":                         {Identity, condition(`{"StringIs":{"aws:PrincipalOrgID":"o"}}`), "Statement[0].Condition.StringIs: is not a condition operator; AWS knows StringEquals, StringLike, ArnLike, Bool, Null and so on, with ForAllValues: or ForAnyValue: before and IfExists after it"},
		"an unknown quantifier":                       {Identity, condition(`{"ForNoValue:StringLike":{"aws:TagKeys":"o"}}`), "Statement[0].Condition.ForNoValue:StringLike: is not a condition operator; AWS knows StringEquals, StringLike, ArnLike, Bool, Null and so on, with ForAllValues: or ForAnyValue: before and IfExists after it"},
		"NullIfExists":                                {Identity, condition(`{"NullIfExists":{"aws:TagKeys":"true"}}`), "Statement[0].Condition.NullIfExists: is not a condition operator; AWS knows StringEquals, StringLike, ArnLike, Bool, Null and so on, with ForAllValues: or ForAnyValue: before and IfExists after it"},
		"a key without prefix":                        {Identity, condition(`{"StringLike":{"PrincipalOrgID":"o"}}`), `Statement[0].Condition.StringLike: "PrincipalOrgID" is not a condition key; write prefix:name, such as aws:SourceArn`},
		"a misspelled global key":                     {Identity, condition(`{"StringLike":{"aws:PrincipleOrgID":"o"}}`), `Statement[0].Condition.StringLike: "aws:PrincipleOrgID" is not a global condition key; check its spelling`},
		"a tag key without tag":                       {Identity, condition(`{"StringLike":{"aws:PrincipalTag/":"o"}}`), `Statement[0].Condition.StringLike: "aws:PrincipalTag/" is not a global condition key; check its spelling`},
		"a key of no service":                         {Identity, condition(`{"StringLike":{"s4:prefix":"o"}}`), `Statement[0].Condition.StringLike: "s4:prefix" is a key of no service that AWS knows; check the prefix`},
		"a null condition value":                      {Identity, condition(`{"StringLike":{"s3:prefix":null}}`), "Statement[0].Condition.StringLike.s3:prefix: holds null; it takes strings, numbers or booleans"},
		"Bool of yes":                                 {Identity, condition(`{"Bool":{"aws:SecureTransport":"yes"}}`), `Statement[0].Condition.Bool.aws:SecureTransport: "yes" is not true or false`},
		"a number of letters":                         {Identity, condition(`{"NumericLessThan":{"aws:MultiFactorAuthAge":"old"}}`), `Statement[0].Condition.NumericLessThan.aws:MultiFactorAuthAge: "old" is not a number`},
		"a date of letters":                           {Identity, condition(`{"DateLessThan":{"aws:CurrentTime":"soon"}}`), `Statement[0].Condition.DateLessThan.aws:CurrentTime: "soon" is not a date such as 2030-01-31T00:00:00Z`},
		"an address of letters":                       {Identity, condition(`{"NotIpAddress":{"aws:SourceIp":"home"}}`), `Statement[0].Condition.NotIpAddress.aws:SourceIp: "home" is not an IP address or a range such as 203.0.113.0/24`},
		"an ARN of letters":                           {Identity, condition(`{"ArnLike":{"aws:SourceArn":"trail*"}}`), `Statement[0].Condition.ArnLike.aws:SourceArn: "trail*" is not an ARN of the partition aws; ARN operators compare the six parts between colons`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			found := Check(tt.kind, tt.text, 0)
			var got []string
			for _, p := range found {
				got = append(got, p.String())
			}
			if diff := cmp.Diff([]string{tt.want}, got); diff != "" {
				t.Errorf("Check() of %s (-want +got):\n%s", tt.text, diff)
			}
		})
	}
}

func TestCheck_MeasuresAsTheServiceDoes(t *testing.T) {
	text := func(kind Kind, pad string) string { return pad + accepted[kind] }
	tests := map[string]struct {
		kind  Kind
		text  string
		limit int
		want  string
	}{
		"Organizations counts white space": {
			SCP, text(SCP, strings.Repeat(" ", 5120)), 0,
			fmt.Sprintf("[the service control policy is %d characters long, the limit is 5120; shorten it or split it]", 5120+len(accepted[SCP])),
		},
		"IAM does not":                   {Trust, text(Trust, strings.Repeat(" ", 5120)), 0, "[]"},
		"a raised quota is used":         {SCP, text(SCP, strings.Repeat(" ", 5120)), 10240, "[]"},
		"a lowered quota is used":        {Bucket, accepted[Bucket], 10, fmt.Sprintf("[the bucket policy is %d characters long, the limit is 10; shorten it or split it]", len(accepted[Bucket]))},
		"bucket policies may have 20 KB": {Bucket, text(Bucket, strings.Repeat(" ", 20<<10-len(accepted[Bucket]))), 0, "[]"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := fmt.Sprint(Check(tt.kind, tt.text, tt.limit)); got != tt.want {
				t.Errorf("Check() = %s, want %s", got, tt.want)
			}
		})
	}
}

func TestCheck_ReportsEveryProblemAtOnce(t *testing.T) {
	found := Check(Bucket, `{"Statement":[{"Sid":"a.b","Action":"GetObject"}]}`, 0)
	if len(found) != 6 {
		t.Errorf("Check() found %d problems, want 6 (version, Sid, effect, principal, action, resource): %v", len(found), found)
	}
}

func TestServices_AreSortedSoThatTheyAreFound(t *testing.T) {
	if len(services) < 400 {
		t.Fatalf("%d services are known, want the whole list", len(services))
	}
	for _, service := range services {
		if !KnownService(service) {
			t.Errorf("%s is listed but not found; sort services.txt", service)
		}
	}
}

func FuzzCheck_NeverPanics(f *testing.F) {
	for _, text := range accepted {
		f.Add(text)
	}
	f.Add(`{"Statement":[{"Principal":{"AWS":[{}]},"Condition":{"Bool":{"a":[[]]}}}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		for kind := range kinds {
			Check(kind, text, 0)
		}
		if doc, _ := Parse(text); doc != nil {
			doc.Allows(Request{Service: "s3.amazonaws.com", Action: "s3:GetObject", Resource: "arn:aws:s3:::a/b"})
		}
	})
}
