package main

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/logging/integrity"
	"github.com/gxp-landing-zone/gxp-landing-zone/logging/integrity/integritytest"
)

// audited runs gxp in this process.
func audited(t *testing.T, args ...string) result {
	t.Helper()
	var out, errs bytes.Buffer
	code := run(t.Context(), nil, append([]string{"audit"}, args...), streams{in: strings.NewReader(""), out: &out, err: &errs})
	return result{code: code, out: out.String(), err: errs.String()}
}

// copied is a sample on disk and the arguments that verify it.
func copied(t *testing.T) (*integritytest.Sample, []string) {
	t.Helper()
	sample := integritytest.New(t, time.Date(2026, time.October, 1, 0, 1, 31, 0, time.UTC), 8)
	keys := filepath.Join(t.TempDir(), "keys.json")
	require.NoError(t, os.WriteFile(keys, sample.Keys, 0o644))
	return sample, []string{
		"verify", "--bucket", integritytest.Bucket, "--organization", integritytest.Organization,
		"--from", "2026-10-01T02:00:00Z", "--to", "2026-10-01T06:00:00Z", "--directory", sample.Folder, "--public-keys", keys,
	}
}

func TestAuditVerify_PassesAnUntouchedCopy(t *testing.T) {
	_, args := copied(t)
	got := audited(t, args...)
	assert.Equal(t, exitDone, got.code, got.err)
	assert.Contains(t, got.out, "PASS: 2026-10-01T02:00:00Z to 2026-10-01T06:00:00Z, 1 accounts, 6 of 6 digests and 6 of 6 log files verified, 0 findings")
	assert.Contains(t, got.out, "not checked: the retention of objects")
	assert.Contains(t, got.err, "verified 1 of 1 accounts and regions, 222222222222 eu-central-1")
}

func TestAuditVerify_FindsTampering(t *testing.T) {
	sample, args := copied(t)
	require.NoError(t, os.Remove(sample.Path(sample.Logs[3])))
	got := audited(t, args...)
	assert.Equal(t, exitFindings, got.code)
	assert.Contains(t, got.out, "ERROR log-missing: ")
	assert.Contains(t, got.out, sample.Logs[3])
	assert.Contains(t, got.out, "2026-10-01T03:01:31Z to 2026-10-01T04:01:31Z")
	assert.Contains(t, got.out, "FAIL: ")

	got = audited(t, append(args, "--json")...)
	assert.Equal(t, exitFindings, got.code)
	var report integrity.Report
	require.NoError(t, json.Unmarshal([]byte(got.out), &report))
	assert.Equal(t, integrity.Fail, report.Verdict)
	require.Len(t, report.Findings, 1)
	assert.Equal(t, integrity.LogMissing, report.Findings[0].Kind)
}

func TestAuditVerify_SaysWhatIsWrongWithItsUse(t *testing.T) {
	sample, args := copied(t)
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, []byte("{}"), 0o644))
	for name, tt := range map[string]struct {
		args []string // after the working ones: the last of a flag counts
		want string
	}{
		"no bucket":               {[]string{"--bucket", ""}, "--bucket is required"},
		"no start":                {[]string{"--from", ""}, "--from is required"},
		"a start in words":        {[]string{"--from", "yesterday"}, `--from: "yesterday" is neither a date such as`},
		"an end in words":         {[]string{"--to", "now"}, `--to: "now" is neither a date such as`},
		"an end before its start": {[]string{"--to", "2026-09-01"}, "the interval ends at 2026-09-01T00:00:00Z, which is not after its start at 2026-10-01T02:00:00Z"},
		"an end in the future":    {[]string{"--to", "2999-01-01"}, "which is in the future"},
		"an organization":         {[]string{"--organization", "acme"}, `organization "acme" is no id of one`},
		"another organization":    {[]string{"--organization", "o-zzzzzzzzzz"}, "no digests in " + sample.Folder + "/AWSLogs/o-zzzzzzzzzz/: no account has a folder there; see --bucket"},
		"an absent folder":        {[]string{"--directory", filepath.Join(sample.Folder, "absent")}, "--directory: "},
		"a file for a folder":     {[]string{"--directory", file}, "is not a folder"},
		"no keys":                 {[]string{"--public-keys", ""}, "--directory needs --public-keys"},
		"absent keys":             {[]string{"--public-keys", filepath.Join(sample.Folder, "absent")}, "--public-keys: "},
		"keys that are none":      {[]string{"--public-keys", file}, "it has no public key"},
		"a retention of a copy":   {[]string{"--retention-years", "7"}, "a copy on disk is neither locked nor replicated"},
		"a negative retention":    {[]string{"--retention-years", "-7"}, "must not be negative"},
		"a concurrency":           {[]string{"--concurrency", "0"}, "--concurrency is 0, must be at least 1"},
		"an argument":             {[]string{"now"}, `takes no arguments, got "now"`},
		"a misspelled flag":       {[]string{"--directry", "x"}, "did you mean --directory?"},
	} {
		t.Run(name, func(t *testing.T) {
			got := audited(t, append(append([]string{}, args...), tt.args...)...)
			assert.Equal(t, exitUse, got.code)
			assert.Contains(t, got.err, tt.want)
			assert.Empty(t, got.out)
		})
	}
}

func TestAuditVerify_IsInterrupted(t *testing.T) {
	_, args := copied(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var out, errs bytes.Buffer
	code := run(ctx, nil, append([]string{"audit"}, args...), streams{out: &out, err: &errs})
	assert.Equal(t, exitInterrupted, code)
	assert.Empty(t, out.String())
}

func TestAudit_NamesItsCommands(t *testing.T) {
	got := audited(t)
	assert.Equal(t, exitUse, got.code)
	assert.Contains(t, got.err, "verify-report")
	got = audited(t, "verfy")
	assert.Equal(t, exitUse, got.code)
	assert.Contains(t, got.err, "did you mean verify")
}

// pen signs with a key of the test.
type pen struct{ *ecdsa.PrivateKey }

func (p pen) KeyID() string     { return "arn:aws:kms:eu-central-1:333333333333:key/1" }
func (p pen) Algorithm() string { return integrity.ECDSA }
func (p pen) Sign(_ context.Context, sum []byte) ([]byte, error) {
	return ecdsa.SignASN1(rand.Reader, p.PrivateKey, sum)
}

// shelf keeps evidence in a folder.
type shelf string

func (s shelf) Create(_ context.Context, key string, content []byte) error {
	return os.WriteFile(filepath.Join(string(s), filepath.Base(key)), content, 0o644)
}

func TestAuditVerifyReport_ChecksTheSignature(t *testing.T) {
	sample, _ := copied(t)
	store, err := integrity.NewFolder(integritytest.Bucket, sample.Folder)
	require.NoError(t, err)
	keys, err := integrity.ParseKeys(sample.Keys)
	require.NoError(t, err)
	to := time.Date(2026, time.October, 1, 6, 0, 0, 0, time.UTC)
	report, err := integrity.Verify(t.Context(), store, keys, integrity.Options{
		Organization: integritytest.Organization, From: to.Add(-3 * time.Hour), To: to,
	})
	require.NoError(t, err)
	signing, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	folder := t.TempDir()
	key, err := integrity.Publish(t.Context(), report, pen{signing}, shelf(folder), to)
	require.NoError(t, err)
	file := filepath.Join(folder, filepath.Base(key))
	der, err := x509.MarshalPKIXPublicKey(signing.Public())
	require.NoError(t, err)
	public := filepath.Join(folder, "key.pem")
	require.NoError(t, os.WriteFile(public, pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}), 0o644))

	got := audited(t, "verify-report", file, "--public-key", public)
	assert.Equal(t, exitDone, got.code, got.err)
	assert.Contains(t, got.out, "genuine: "+key+", signed 2026-10-01T06:00:00Z with arn:aws:kms:")
	assert.Contains(t, got.out, "PASS: ")

	// A copy of the bucket has the manifest in a folder of its own.
	manifestKey, ok := integrity.ManifestKey(key)
	require.True(t, ok)
	copied := filepath.Join(folder, "copy", filepath.FromSlash(key))
	for from, to := range map[string]string{
		file: copied, filepath.Join(folder, filepath.Base(manifestKey)): filepath.Join(folder, "copy", filepath.FromSlash(manifestKey)),
	} {
		content, err := os.ReadFile(from)
		require.NoError(t, err)
		require.NoError(t, os.MkdirAll(filepath.Dir(to), 0o755))
		require.NoError(t, os.WriteFile(to, content, 0o644))
	}
	got = audited(t, "verify-report", copied, "--public-key", public)
	assert.Equal(t, exitDone, got.code, got.err)

	content, err := os.ReadFile(file)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(file, bytes.Replace(content, []byte(`"pass"`), []byte(`"PASS"`), 1), 0o644))
	got = audited(t, "verify-report", file, "--public-key", public)
	assert.Equal(t, exitFindings, got.code)
	assert.Contains(t, got.err, "is not the one that was signed")
	assert.Empty(t, got.out)

	assert.Equal(t, exitUse, audited(t, "verify-report", file).code)
	assert.Equal(t, exitUse, audited(t, "verify-report").code)
	assert.Equal(t, exitUse, audited(t, "verify-report", filepath.Join(folder, "absent.json"), "--public-key", public).code)
}
