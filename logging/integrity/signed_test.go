package integrity

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// shelf is evidence that is written once.
type shelf map[string][]byte

func (s shelf) Create(_ context.Context, key string, content []byte) error {
	if _, there := s[key]; there {
		return fmt.Errorf("%s is there", key)
	}
	s[key] = content
	return nil
}

// pen signs with a key of the test.
type pen struct {
	key       crypto.Signer
	algorithm string
	err       error
}

func (p pen) KeyID() string     { return "arn:aws:kms:eu-central-1:333333333333:key/1" }
func (p pen) Algorithm() string { return p.algorithm }

func (p pen) Sign(_ context.Context, sum []byte) ([]byte, error) {
	if p.err != nil {
		return nil, p.err
	}
	var options crypto.SignerOpts = crypto.SHA256
	if p.algorithm == PSS {
		options = &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash, Hash: crypto.SHA256}
	}
	return p.key.Sign(rand.Reader, sum, options)
}

func (p pen) public(t *testing.T) []byte {
	der, err := x509.MarshalPKIXPublicKey(p.key.Public())
	require.NoError(t, err)
	return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
}

func pens(t *testing.T) []pen {
	curve, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	return []pen{{key: curve, algorithm: ECDSA}, {key: testKeys()["other"], algorithm: PSS}}
}

// manifestOf is where the manifest of a kept report is.
func manifestOf(t *testing.T, key string) string {
	t.Helper()
	manifest, ok := ManifestKey(key)
	require.True(t, ok, "%s is the key of a report", key)
	return manifest
}

func TestManifestKey_IsFoundInACopyToo(t *testing.T) {
	for report, want := range map[string]string{
		"integrity/records/2026/11/22/a-1.json":      "integrity/manifests/2026/11/22/a-1.sig.json",
		"/copy/integrity/records/2026/11/22/a.json":  "/copy/integrity/manifests/2026/11/22/a.sig.json",
		"integrity/records/integrity/records/a.json": "integrity/records/integrity/manifests/a.sig.json",
		"a-1.json":                         "",
		"integrity/records/2026/11/22/a-1": "",
	} {
		got, ok := ManifestKey(report)
		assert.Equal(t, want, got, report)
		assert.Equal(t, want != "", ok, report)
	}
}

func TestPublish_KeepsEachResultOnALineOfItsOwn(t *testing.T) {
	a := newArchive(t)
	a.remove(t, workload.logKey(2, 0))
	kept := shelf{}
	_, err := Publish(t.Context(), a.verify(t, testOptions()), pens(t)[0], kept, testNow)
	require.NoError(t, err)
	require.Len(t, kept, 2)
	for key, content := range kept {
		assert.Equal(t, 1, strings.Count(string(content), "\n"), "%s is read line by line", key)
		assert.True(t, strings.HasSuffix(string(content), "}\n"), key)
	}
}

func TestReport_LiesInTheFolderOfTheDayThatItWasFinished(t *testing.T) {
	r := &Report{ID: "1", To: time.Date(2026, 11, 22, 23, 0, 0, 0, time.UTC), FinishedAt: time.Date(2026, 11, 23, 2, 5, 0, 0, time.UTC)}
	assert.Equal(t, "integrity/records/2026/11/23/20261122T230000Z-1.json", r.Key(), "a reader of a day looks in the folder of the day")
}

func TestPublish_KeepsWhatCanBeVerifiedOffline(t *testing.T) {
	a := newArchive(t)
	a.remove(t, workload.logKey(2, 0))
	report := a.verify(t, testOptions())
	for _, p := range pens(t) {
		t.Run(p.algorithm, func(t *testing.T) {
			kept := shelf{}
			key, err := Publish(t.Context(), report, p, kept, testNow)
			require.NoError(t, err)
			assert.Regexp(t, `^integrity/records/2026/11/22/20261122T021131Z-[0-9a-f]{16}\.json$`, key)
			manifestKey := manifestOf(t, key)
			assert.Regexp(t, `^integrity/manifests/2026/11/22/20261122T021131Z-[0-9a-f]{16}\.sig\.json$`, manifestKey)
			require.Contains(t, kept, manifestKey)
			require.Len(t, kept, 2)

			r, m, err := VerifyReport(kept[key], kept[manifestKey], p.public(t))
			require.NoError(t, err)
			assert.Equal(t, Fail, r.Verdict)
			assert.Equal(t, report.Findings, r.Findings)
			assert.Equal(t, p.KeyID(), m.KeyID)

			_, err = Publish(t.Context(), report, p, kept, testNow)
			assert.ErrorContains(t, err, "is there", "nothing is overwritten")
		})
	}
}

func TestPublish_KeepsNothingUnsigned(t *testing.T) {
	kept := shelf{}
	_, err := Publish(t.Context(), newArchive(t).verify(t, testOptions()), pen{err: errors.New("denied")}, kept, testNow)
	assert.ErrorContains(t, err, "sign the report: denied")
	assert.Empty(t, kept)
}

func TestVerifyReport_NoticesEveryChange(t *testing.T) {
	both := pens(t)
	p, other := both[0], both[1]
	kept := shelf{}
	key, err := Publish(t.Context(), newArchive(t).verify(t, testOptions()), p, kept, testNow)
	require.NoError(t, err)
	report, manifest := kept[key], kept[manifestOf(t, key)]
	edit := func(old, replacement string) func([]byte) []byte {
		return func(b []byte) []byte {
			require.Contains(t, string(b), old)
			return []byte(strings.Replace(string(b), old, replacement, 1))
		}
	}
	same := func(b []byte) []byte { return b }
	for name, tt := range map[string]struct {
		report, manifest func([]byte) []byte
		key              []byte
		want             string
	}{
		"the verdict":              {edit(`"pass"`, `"fail"`), same, p.public(t), "is not the one that was signed"},
		"a space":                  {func(b []byte) []byte { return append(b, ' ') }, same, p.public(t), "is not the one that was signed"},
		"the manifest's place":     {same, edit(`"integrity/records/2026`, `"integrity/records/2025`), p.public(t), "the signature of the manifest"},
		"the manifest's time":      {same, edit(`"signedAt":"2026`, `"signedAt":"2025`), p.public(t), "the signature of the manifest"},
		"the manifest's hash":      {same, edit(`"sha256":"`, `"sha256":"0`), p.public(t), "the signature of the manifest"},
		"the manifest's algorithm": {same, edit(ECDSA, PSS), p.public(t), "the signature of the manifest"},
		"the manifest's schema":    {same, edit(ManifestSchema, "x"), p.public(t), "has the schema"},
		"a manifest of no JSON":    {same, func([]byte) []byte { return nil }, p.public(t), "the manifest"},
		"the key":                  {same, same, other.public(t), "the signature of the manifest"},
		"a key that is none":       {same, same, []byte("key"), "is no PEM"},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := VerifyReport(tt.report(append([]byte{}, report...)), tt.manifest(append([]byte{}, manifest...)), tt.key)
			assert.ErrorContains(t, err, tt.want)
		})
	}
}

func TestVerifyReport_HoldsReportsToTheirPlace(t *testing.T) {
	p := pens(t)[0]
	kept := shelf{}
	key, err := Publish(t.Context(), newArchive(t).verify(t, testOptions()), p, kept, testNow)
	require.NoError(t, err)
	var m Manifest
	require.NoError(t, json.Unmarshal(kept[manifestOf(t, key)], &m))
	m.Report = "integrity/records/2026/11/23/another.json"
	sum := sha256.Sum256(m.signedText())
	m.Signature, err = p.Sign(t.Context(), sum[:])
	require.NoError(t, err)
	manifest, err := json.Marshal(m)
	require.NoError(t, err)
	_, _, err = VerifyReport(kept[key], manifest, p.public(t))
	assert.ErrorContains(t, err, "the manifest is of integrity/records/2026/11/23/another.json, and the report belongs at "+key)
}

func TestReport_HasAStableForm(t *testing.T) {
	a := newArchive(t)
	a.remove(t, workload.digestKey(3))
	content, err := a.verify(t, testOptions()).Encode()
	require.NoError(t, err)
	var fields map[string]any
	require.NoError(t, json.Unmarshal(content, &fields))
	assert.Equal(t, "gxp/log-integrity/v1", fields["schema"])
	assert.Equal(t, "2026-11-21T21:11:31Z", fields["from"])
	assert.Equal(t, "2026-11-22T02:11:31Z", fields["to"])
	assert.Equal(t, "2026-11-22T07:11:31Z", fields["startedAt"])
	assert.Equal(t, "test", fields["tool"])
	finding := fields["findings"].([]any)[0].(map[string]any)
	assert.Equal(t, "digest-missing", finding["kind"])
	assert.Equal(t, "error", finding["severity"])
	assert.Equal(t, "2026-11-21T23:01:31Z", finding["from"])
	assert.NotEmpty(t, finding["meaning"])
	for _, list := range []string{"accounts", "retired"} {
		assert.Equal(t, []any{}, fields["scope"].(map[string]any)[list], "%s is a list, since null is what was not checked", list)
	}
	for _, field := range []string{"id", "verdict", "bucket", "organization", "scope", "summary", "chains", "findingsOmitted"} {
		assert.Contains(t, fields, field)
	}
}

func TestDocument_ExplainsEveryKind(t *testing.T) {
	document, err := os.ReadFile("../../docs/audit-integrity.md")
	require.NoError(t, err)
	for kind := range meanings {
		assert.Contains(t, string(document), "`"+string(kind)+"`")
	}
	for _, schema := range []string{Schema, ManifestSchema} {
		assert.Contains(t, string(document), schema)
	}
}
