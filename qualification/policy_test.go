package qualification_test

import (
	"strings"
	"testing"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/mutation"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

// withPolicy checks the sample with other statements in the policy of one
// resource.
func withPolicy(t *testing.T, where mutation.Where, statements string) qualification.Report {
	t.Helper()
	g, _, err := mutation.Apply(sample(), where, mutation.Set("policy", `{"Statement":[`+statements+`]}`))
	if err != nil {
		t.Fatal(err)
	}
	return check(g)
}

func TestPolicies_AreJudgedByWhatTheyMean(t *testing.T) {
	const (
		bucket   = `"arn:aws:s3:::b-archive"`
		objects  = `"arn:aws:s3:::b-archive/*"`
		both     = `"Resource":[` + bucket + `,` + objects + `]`
		insecure = `"Condition":{"Bool":{"aws:SecureTransport":"false"}}`
		own      = `"aws:PrincipalOrgID":"o-abcdefghij"`
	)
	tests := map[string]struct {
		control    string
		statements string
		want       qualification.Verdict
	}{
		"plaintext is denied by a list, a wildcard and a boolean": {"GXP-S3-001",
			`{"Effect":"Deny","Principal":{"AWS":["*"]},"Action":["S3:*"],"Resource":"*","Condition":{"BoolIfExists":{"AWS:securetransport":false}}}`,
			qualification.Pass},
		"plaintext is denied on objects alone": {"GXP-S3-001",
			`{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":` + objects + `,` + insecure + `}`, qualification.Fail},
		"plaintext is denied on another bucket": {"GXP-S3-001",
			`{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::b","arn:aws:s3:::b/*"],` + insecure + `}`, qualification.Fail},
		"plaintext is denied for some actions": {"GXP-S3-001",
			`{"Effect":"Deny","Principal":"*","Action":["s3:Get*","s3:Put*"],` + both + `,` + insecure + `}`, qualification.Fail},
		"plaintext is denied for all actions but some": {"GXP-S3-001",
			`{"Effect":"Deny","Principal":"*","NotAction":"s3:GetObject",` + both + `,` + insecure + `}`, qualification.Fail},
		"plaintext is denied to some": {"GXP-S3-001",
			`{"Effect":"Deny","Principal":{"AWS":"111122223333"},"Action":"s3:*",` + both + `,` + insecure + `}`, qualification.Fail},
		"plaintext is denied on a further condition": {"GXP-S3-001",
			`{"Effect":"Deny","Principal":"*","Action":"s3:*",` + both +
				`,"Condition":{"Bool":{"aws:SecureTransport":"false"},"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}`, qualification.Fail},
		"plaintext is denied in secret": {"GXP-S3-001",
			`{"Effect":"Deny","Principal":"*","Action":"s3:*",` + both + `,"Condition":{"Bool":{"aws:SecureTransport":"true"}}}`, qualification.Fail},
		"plaintext is allowed": {"GXP-S3-001",
			`{"Effect":"Allow","Principal":"*","Action":"s3:*",` + both + `,` + insecure + `}`, qualification.Fail},
		"strangers are denied": {"GXP-LOG-004",
			`{"Effect":"Deny","Principal":"*","Action":"*",` + both + `,"Condition":{"StringNotEquals":{` + own + `}}}`, qualification.Pass},
		"members of another organization are let in": {"GXP-LOG-004",
			`{"Effect":"Deny","Principal":"*","Action":"*",` + both + `,"Condition":{"StringNotEquals":{"aws:PrincipalOrgID":"o-zzzzzzzzzz"}}}`,
			qualification.Fail},
		"strangers are denied but for one": {"GXP-LOG-004",
			`{"Effect":"Deny","Principal":"*","Action":"*",` + both + `,"Condition":{"StringNotEquals":{` + own + `,"aws:PrincipalAccount":"999"}}}`,
			qualification.Fail},
		"a service is bound to a pattern that anyone matches": {"GXP-LOG-005",
			`{"Effect":"Allow","Principal":{"Service":"logging.s3.amazonaws.com"},"Action":"s3:PutObject",` + both +
				`,"Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:logs:*:*:*"}}}`, qualification.Fail},
		"a service is bound to a bucket": {"GXP-LOG-005",
			`{"Effect":"Allow","Principal":{"Service":"logging.s3.amazonaws.com"},"Action":"s3:PutObject",` + both +
				`,"Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:s3:::b-archive"}}}`, qualification.Pass},
		"a service is unbound where the source is missing": {"GXP-LOG-005",
			`{"Effect":"Allow","Principal":{"Service":"logging.s3.amazonaws.com"},"Action":"s3:PutObject",` + both +
				`,"Condition":{"StringEqualsIfExists":{"aws:SourceAccount":"111122223333"}}}`, qualification.Fail},
		"a service may look whose the bucket is": {"GXP-LOG-005",
			`{"Effect":"Allow","Principal":{"Service":"logging.s3.amazonaws.com"},"Action":"s3:GetBucketAcl",` + both + `}`, qualification.Pass},
		"a service may look around": {"GXP-LOG-005",
			`{"Effect":"Allow","Principal":{"Service":"logging.s3.amazonaws.com"},"Action":["s3:GetBucketAcl","s3:ListBucket"],` + both + `}`,
			qualification.Fail},
		"a service may do all but look": {"GXP-LOG-005",
			`{"Effect":"Allow","Principal":{"Service":"logging.s3.amazonaws.com"},"NotAction":"s3:GetBucketAcl",` + both + `}`, qualification.Fail},
		"the effect is misspelled": {"GXP-S3-001", `{"Effect":"deny","Principal":"*","Action":"s3:*"}`, qualification.Fail},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			result, _ := withPolicy(t, onArchive(policies), tt.statements).Result(tt.control)
			if result.Verdict != tt.want {
				t.Errorf("%s, want %s: %+v", result.Verdict, tt.want, result.Findings)
			}
		})
	}
}

func TestKeyPolicies_SeparateAdministrationFromUse(t *testing.T) {
	const root = `"Principal":{"AWS":"arn:aws:iam::111122223333:root"}`
	tests := map[string]struct {
		statements string
		want       qualification.Verdict
	}{
		"apart": {
			`{"Effect":"Allow",` + root + `,"Action":"kms:Put*","Resource":"*"},
			 {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/user"},"Action":"kms:Decrypt","Resource":"*"}`,
			qualification.Pass},
		"one of the account's roles uses": {
			`{"Effect":"Allow",` + root + `,"Action":"kms:Put*","Resource":"*"},
			 {"Effect":"Allow",` + root + `,"Action":"kms:Decrypt","Resource":"*","Condition":{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/user"}}}`,
			qualification.Pass},
		"everything in one statement": {`{"Effect":"Allow",` + root + `,"Action":"kms:*","Resource":"*"}`, qualification.Fail},
		"one principal in two statements": {
			`{"Effect":"Allow",` + root + `,"Action":"kms:Put*","Resource":"*"},{"Effect":"Allow",` + root + `,"Action":"kms:Decrypt","Resource":"*"}`,
			qualification.Fail},
		"everything but one action": {`{"Effect":"Allow",` + root + `,"NotAction":"kms:Sign","Resource":"*"}`, qualification.Fail},
		"a user who hands out grants": {
			`{"Effect":"Allow",` + root + `,"Action":["kms:Put*","kms:CreateGrant"],"Resource":"*"}`, qualification.Fail},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			result, _ := withPolicy(t, onKey, tt.statements).Result("GXP-KEY-004")
			if result.Verdict != tt.want {
				t.Errorf("%s, want %s: %+v", result.Verdict, tt.want, result.Findings)
			}
		})
	}
}

func TestKeyPolicies_MayBeAResourceOfTheirOwn(t *testing.T) {
	g, _, err := mutation.Apply(sample(), onKey, mutation.Remove("policy"))
	if err != nil {
		t.Fatal(err)
	}
	const typ = "aws:kms/keyPolicy:KeyPolicy"
	apart := &qualification.Resource{URN: urnStart + typ + "::trail", Type: typ, Custom: true, Inputs: map[string]any{
		"keyId": "trail-key-id", "policy": allowsAll,
	}}
	result, _ := check(qualification.NewGraph(append(g.Resources, apart))).Result("GXP-KEY-004")
	if result.Verdict != qualification.Fail || result.Findings[0].Resource != apart.URN {
		t.Errorf("%s, want a finding about the KeyPolicy: %+v", result.Verdict, result.Findings)
	}
}

func TestParseDocument_Rejects(t *testing.T) {
	for name, tt := range map[string]struct{ text, want string }{
		"no JSON":                  {"allow all", "invalid character"},
		"a statement that is text": {`{"Statement":"Allow"}`, "statements"},
		"no effect":                {`{"Statement":{"Action":"*"}}`, `effect "" must be Allow or Deny`},
		"an action of a number":    {`{"Statement":{"Effect":"Allow","Action":1}}`, "statement 1"},
		"a principal of a number":  {`{"Statement":{"Effect":"Allow","Principal":1}}`, "principal"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := qualification.ParseDocument(tt.text); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("ParseDocument() = %v, want %q", err, tt.want)
			}
		})
	}
}

func TestStatement_MatchesWildcards(t *testing.T) {
	for _, tt := range []struct {
		pattern, action string
		want            bool
	}{
		{"*", "s3:GetObject", true}, {"s3:Get*", "s3:GetObject", true}, {"S3:get*", "s3:GetObject", true},
		{"s3:Get?bject", "s3:GetObject", true}, {"s3:*Object", "s3:GetObject", true}, {"s3:*t*t", "s3:GetObject", true},
		{"s3:Get", "s3:GetObject", false}, {"s3:*Objects", "s3:GetObject", false}, {"", "s3:GetObject", false},
		{"s3:GetObject?", "s3:GetObject", false}, {"s3:*a*b", "s3:xaxbxc", false},
	} {
		if got := (qualification.Statement{Actions: []string{tt.pattern}}).Covers(tt.action); got != tt.want {
			t.Errorf("%q covers %q: %v, want %v", tt.pattern, tt.action, got, tt.want)
		}
	}
}
