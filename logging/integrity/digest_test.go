package integrity

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestParseDigest_ReadsWhatCloudTrailWrites(t *testing.T) {
	a := newArchive(t)
	d, err := ParseDigest(unzipped(t, a.objects[workload.digestKey(2)].body))
	require.NoError(t, err)
	assert.Equal(t, testWorkload, d.Account)
	assert.Equal(t, testStart.Add(2*time.Hour), d.Start)
	assert.Equal(t, testStart.Add(3*time.Hour), d.End)
	assert.Equal(t, workload.digestKey(1), d.Previous.Key)
	require.Len(t, d.Logs, 2)
	assert.Equal(t, workload.logKey(2, 0), d.Logs[0].Key)

	first, err := ParseDigest(unzipped(t, a.objects[workload.digestKey(0)].body))
	require.NoError(t, err)
	assert.Nil(t, first.Previous, "the chain starts here")
	assert.True(t, strings.HasSuffix(string(first.signedText()), "\nnull"))
}

func TestParseDigest_Rejects(t *testing.T) {
	base := func() map[string]any {
		d := newArchive(t).document(t, workload, 2)
		return d
	}
	for name, tt := range map[string]struct {
		change func(map[string]any)
		want   string
	}{
		"no account":            {func(d map[string]any) { d["awsAccountId"] = "12" }, `awsAccountId "12"`},
		"a start in local time": {func(d map[string]any) { d["digestStartTime"] = "2026-11-21T20:01:31+01:00" }, "is no time in UTC"},
		"no end":                {func(d map[string]any) { d["digestEndTime"] = "" }, "digestEndTime"},
		"no bucket":             {func(d map[string]any) { d["digestS3Bucket"] = "" }, "digestS3Bucket"},
		"a key of two lines":    {func(d map[string]any) { d["digestS3Object"] = "a\nb" }, "digestS3Object"},
		"a key that is too long": {func(d map[string]any) { d["digestS3Object"] = strings.Repeat("a", 1025) },
			"digestS3Object"},
		"no fingerprint":                {func(d map[string]any) { delete(d, "digestPublicKeyFingerprint") }, "Fingerprint"},
		"another signature algorithm":   {func(d map[string]any) { d["digestSignatureAlgorithm"] = "none" }, `is "none"`},
		"half a link":                   {func(d map[string]any) { d["previousDigestSignature"] = nil }, "4 of the 5 fields"},
		"a link without a hash":         {func(d map[string]any) { d["previousDigestHashValue"] = "" }, "is no SHA-256"},
		"a link with another algorithm": {func(d map[string]any) { d["previousDigestHashAlgorithm"] = "MD5" }, `is "MD5"`},
		"a link without a signature":    {func(d map[string]any) { d["previousDigestSignature"] = "" }, "is no signature"},
		"a link to nowhere":             {func(d map[string]any) { d["previousDigestS3Object"] = "" }, "is none"},
		"no list of log files":          {func(d map[string]any) { delete(d, "logFiles") }, "no list of log files"},
		"a log file without a place": {func(d map[string]any) { d["logFiles"].([]any)[1].(map[string]any)["s3Object"] = "" },
			"logFiles[1]"},
		"a log file without a hash": {func(d map[string]any) { d["logFiles"].([]any)[0].(map[string]any)["hashValue"] = "x" },
			"logFiles[0].hashValue"},
		"a log file with another algorithm": {func(d map[string]any) { d["logFiles"].([]any)[0].(map[string]any)["hashAlgorithm"] = "MD5" },
			"logFiles[0].hashAlgorithm"},
	} {
		t.Run(name, func(t *testing.T) {
			d := base()
			tt.change(d)
			content, err := json.Marshal(d)
			require.NoError(t, err)
			_, err = ParseDigest(content)
			assert.ErrorContains(t, err, tt.want)
		})
	}
	for _, content := range []string{"", "[]", "{", "null", `{"awsAccountId":1}`} {
		_, err := ParseDigest([]byte(content))
		assert.Error(t, err, content)
	}
	content, err := json.Marshal(base())
	require.NoError(t, err)
	_, err = ParseDigest(append(content, "{}"...))
	assert.ErrorContains(t, err, "something follows")
}

func TestParseDigestKey(t *testing.T) {
	n, ok := parseDigestKey(workload.digestKey(2))
	require.True(t, ok)
	assert.Equal(t, testWorkload, n.account)
	assert.Equal(t, "eu-central-1", n.region)
	assert.Equal(t, testTrail+"_"+testHome, n.trail)
	assert.Equal(t, testStart.Add(3*time.Hour), n.end)
	for name, key := range map[string]string{
		"another account in the name": strings.Replace(workload.digestKey(2), testWorkload+"_", testManagement+"_", 1),
		"another region in the name":  strings.Replace(workload.digestKey(2), "Digest_eu-central-1", "Digest_eu-west-1", 1),
		"another day":                 strings.Replace(workload.digestKey(2), "/21/", "/20/", 1),
		"an impossible time":          strings.Replace(workload.digestKey(2), "T23", "T25", 1),
		"something after it":          workload.digestKey(2) + "x",
		"a log file":                  workload.logKey(2, 0),
	} {
		_, ok := parseDigestKey(key)
		assert.NotEqual(t, workload.digestKey(2), key)
		assert.False(t, ok, name)
	}
}

func TestParseKeys(t *testing.T) {
	// A key as AWS's documentation shows it, in the form of PKCS #1.
	const example = `MIIBCgKCAQEAn11L2YZ9h7onug2ILi1MWyHiMRsTQjfWE+pHVRLk1QjfWhirG+lpOa8NrwQ/r7Ah5bNL6HepznOU9XTDSfmmnP97mqyc7z/upfZdS/` +
		`AHhYcGaz7n6Wc/RRBU6VmiPCrAUojuSk6/GjvA8iOPFsYDuBtviXarvuLPlrT9kAd4Lb+rFfR5peEgBEkhlzc5HuWO7S0y+KunqxX6jQBnXGMtxmPBPP0FylgWGNdFtks/` +
		`4YSKcgqwH0YDcawP9GGGDAeCIqPWIXDLG1jOjRRzWfCmD0iJUkz8vTsn4hq/5ZxRFE7UBAUiVcGbdnDdvVfhF9C3dQiDq3k7adQIziLT0cShgQIDAQAB`
	list := `{"PublicKeyList":[{"Fingerprint":"8eba5db5bea9b640d1c96a77256fe7f2","Value":"` + example + `"}]}`
	for name, data := range map[string]string{"one answer": list, "an answer by region": `{"eu-west-1":` + list + `}`} {
		keys, err := ParseKeys([]byte(data))
		require.NoError(t, err, name)
		got, err := keys.PublicKeys(t.Context(), "eu-west-1", time.Time{}, time.Time{})
		require.NoError(t, err)
		require.Len(t, got, 1, name)
		assert.Equal(t, example, base64.StdEncoding.EncodeToString(got[0].Value))
	}
	for want, data := range map[string]string{
		"it is no JSON object":         "[]",
		"it has no public key":         "{}",
		"is no key in PKCS #1 or PKIX": `{"PublicKeyList":[{"Fingerprint":"a","Value":"AAAA"}]}`,
		`the keys of "eu-west-1"`:      `{"eu-west-1":7}`,
	} {
		_, err := ParseKeys([]byte(data))
		assert.ErrorContains(t, err, want)
	}
}

func FuzzParseDigest(f *testing.F) {
	f.Add([]byte(`{"awsAccountId":"222222222222","digestStartTime":"2026-11-21T20:01:31Z","digestEndTime":"2026-11-21T21:01:31Z",` +
		`"digestS3Bucket":"b","digestS3Object":"k","digestPublicKeyFingerprint":"f","digestSignatureAlgorithm":"SHA256withRSA","logFiles":[]}`))
	f.Add([]byte(`{"logFiles":[{"s3Bucket":"b"}]}`))
	f.Add([]byte(`null`))
	f.Fuzz(func(t *testing.T, content []byte) {
		d, err := ParseDigest(content)
		if err != nil {
			assert.Nil(t, d)
			return
		}
		text := string(d.signedText())
		assert.Equal(t, 3, strings.Count(text, "\n"), "what is signed has four lines, whatever the digest holds")
		assert.Regexp(t, accountSyntax, d.Account)
		for _, l := range d.Logs {
			assert.Regexp(t, sumSyntax, l.Sum)
			assert.NotEmpty(t, l.Key)
		}
	})
}

func FuzzParseDigestKey(f *testing.F) {
	f.Add("AWSLogs/o-a1b2c3d4e5/222222222222/CloudTrail-Digest/eu-west-1/2026/11/21/" +
		"222222222222_CloudTrail-Digest_eu-west-1_trail_eu-central-1_20261121T230131Z.json.gz")
	f.Fuzz(func(t *testing.T, key string) {
		n, ok := parseDigestKey(key)
		if !ok {
			return
		}
		assert.Equal(t, key, n.key)
		assert.Contains(t, key, "/"+n.end.Format(dayLayout)+"/")
		assert.Equal(t, n.backfill, strings.HasSuffix(key, "_backfill.json.gz"))
	})
}
