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
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/logging/integrity"
	"github.com/gxp-landing-zone/gxp-landing-zone/logging/integrity/integritytest"
)

var testNow = time.Date(2026, time.November, 23, 4, 30, 0, 0, time.UTC)

// locked is a copy on disk with the configuration of a bucket.
type locked struct {
	integrity.Store
	state integrity.BucketState
}

func (l locked) State(context.Context) (integrity.BucketState, error) { return l.state, nil }

type shelf map[string][]byte

func (s shelf) Create(_ context.Context, key string, content []byte) error {
	if s[key] != nil {
		return fmt.Errorf("%s is there", key)
	}
	s[key] = content
	return nil
}

// pen signs as a KMS key does.
type pen struct {
	key *ecdsa.PrivateKey
	err error
}

func (p pen) KeyID() string     { return "key" }
func (p pen) Algorithm() string { return integrity.ECDSA }
func (p pen) Sign(_ context.Context, sum []byte) ([]byte, error) {
	if p.err != nil {
		return nil, p.err
	}
	return ecdsa.SignASN1(rand.Reader, p.key, sum)
}

// values is a complete environment.
func values() map[string]string {
	return map[string]string{
		"ARCHIVE_BUCKET": integritytest.Bucket, "EVIDENCE_BUCKET": "evidence", "SIGNING_KEY_ID": "key",
		"ORGANIZATION_ID": integritytest.Organization, "MANAGEMENT_ACCOUNT_ID": integritytest.Management,
		"RETENTION_YEARS": "7", "REPLICA_BUCKET": integritytest.Replica, "EXPECTED_REGIONS": integritytest.Region,
	}
}

func read(values map[string]string) (settings, error) {
	return readSettings(func(name string) string { return values[name] })
}

// newHandler is a handler over a sample that covers the default interval.
func newHandler(t *testing.T) (*handler, *integritytest.Sample, shelf, *bytes.Buffer) {
	t.Helper()
	sample := integritytest.New(t, testNow.Truncate(time.Hour).Add(-31*time.Hour), 31)
	store, err := integrity.NewFolder(integritytest.Bucket, sample.Folder)
	require.NoError(t, err)
	keys, err := integrity.ParseKeys(sample.Keys)
	require.NoError(t, err)
	s, err := read(values())
	require.NoError(t, err)
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	kept, out := shelf{}, &bytes.Buffer{}
	return &handler{
		settings: s, keys: keys, signer: pen{key: key}, evidence: kept, out: out, now: func() time.Time { return testNow },
		store: locked{store, integrity.BucketState{
			Versioning: true, LockMode: "COMPLIANCE", LockDays: 7 * 365, Replicas: []string{integritytest.Replica},
		}},
	}, sample, kept, out
}

func TestHandle_KeepsASignedPass(t *testing.T) {
	h, _, kept, out := newHandler(t)
	got, err := h.Handle(t.Context(), json.RawMessage(`{"source":"aws.scheduler","detail-type":"Scheduled Event"}`))
	require.NoError(t, err)
	assert.Equal(t, integrity.Pass, got.Verdict)

	der, err := x509.MarshalPKIXPublicKey(h.signer.(pen).key.Public())
	require.NoError(t, err)
	public := pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
	manifest, ok := integrity.ManifestKey(got.Report)
	require.True(t, ok, got.Report)
	report, _, err := integrity.VerifyReport(kept[got.Report], kept[manifest], public)
	require.NoError(t, err)
	assert.Equal(t, "2026-11-23T01:00:00Z", report.To.Format(time.RFC3339), "digests have settled")
	assert.Equal(t, 25*time.Hour, report.To.Sub(report.From))
	assert.Equal(t, 27, report.Summary.DigestsVerified)
	assert.NotNil(t, report.Scope.Lock)
	assert.Equal(t, integritytest.Replica, report.Scope.Replication.Destination)

	var metric map[string]any
	require.NoError(t, json.Unmarshal(out.Bytes(), &metric))
	assert.Equal(t, 0.0, metric["IntegrityFindings"])
	assert.Equal(t, 54.0, metric["IntegrityVerified"])
	declared := metric["_aws"].(map[string]any)["CloudWatchMetrics"].([]any)[0].(map[string]any)
	assert.Equal(t, "GxP/LogIntegrity", declared["Namespace"])
	assert.Equal(t, []any{[]any{}}, declared["Dimensions"])
}

func TestHandle_KeepsTheResultOfAFailureAndFails(t *testing.T) {
	h, sample, kept, out := newHandler(t)
	require.NoError(t, os.Remove(sample.Path(sample.Logs[20])))
	_, err := h.Handle(t.Context(), nil)
	assert.ErrorContains(t, err, "verdict fail: 1 findings from 2026-11-22T00:00:00Z to 2026-11-23T01:00:00Z, see s3://evidence/integrity/records/2026/11/23/")
	assert.Len(t, kept, 2)
	assert.Contains(t, out.String(), `"IntegrityFindings":1`)
}

func TestHandle_FailsOverAWeakenedBucket(t *testing.T) {
	h, _, kept, _ := newHandler(t)
	weak := h.store.(locked)
	weak.state.LockDays = 30
	h.store = weak
	_, err := h.Handle(t.Context(), nil)
	assert.ErrorContains(t, err, "verdict fail: 1 findings")
	for key, content := range kept {
		if !strings.HasSuffix(key, ".sig.json") {
			assert.Contains(t, string(content), "lock-configuration")
		}
	}
}

func TestHandle_FailsWithoutASignature(t *testing.T) {
	h, _, kept, _ := newHandler(t)
	h.signer = pen{err: errors.New("denied")}
	_, err := h.Handle(t.Context(), nil)
	assert.ErrorContains(t, err, "sign the report: denied")
	assert.Empty(t, kept)
}

func TestHandle_SaysThatItWasTooSlow(t *testing.T) {
	h, _, kept, _ := newHandler(t)
	ctx, cancel := context.WithTimeout(t.Context(), reserve)
	defer cancel()
	_, err := h.Handle(ctx, nil)
	assert.ErrorContains(t, err, "cut short")
	assert.Empty(t, kept)
}

func TestHandle_ExpectsTheAccountsOfTheEvent(t *testing.T) {
	h, _, kept, _ := newHandler(t)
	h.settings.options.Accounts = []string{"999999999999"}
	h.settings.options.Retired = []string{"999999999999"}
	_, err := h.Handle(t.Context(), json.RawMessage(`{"hours":25,"accounts":["888888888888","777777777777"],"retired":["777777777777"]}`))
	assert.ErrorContains(t, err, "verdict fail: 1 findings", "an account that never logged is missed, unless it is retired")
	require.Len(t, kept, 2)
	for key, content := range kept {
		if strings.HasPrefix(key, integrity.Reports) {
			assert.Contains(t, string(content), `"accounts":["777777777777","888888888888","999999999999"]`)
			assert.Contains(t, string(content), `"retired":["777777777777","999999999999"]`)
			assert.Contains(t, string(content), `"kind":"quiet"`)
		}
	}
}

func TestHandle_RefusesWhatIsNoAccount(t *testing.T) {
	h, _, kept, _ := newHandler(t)
	_, err := h.Handle(t.Context(), json.RawMessage(`{"accounts":["log-archive"]}`))
	assert.ErrorContains(t, err, `account "log-archive" is no account id`)
	assert.Empty(t, kept)
}

func TestInterval(t *testing.T) {
	h := &handler{now: func() time.Time { return testNow }}
	for name, tt := range map[string]struct{ event, from, to string }{
		"by default":           {``, "2026-11-22T00:00:00Z", "2026-11-23T01:00:00Z"},
		"as long as asked for": {`{"hours":2}`, "2026-11-22T23:00:00Z", "2026-11-23T01:00:00Z"},
		"up to the given end":  {`{"hours":1,"to":"2026-10-01T12:00:00+02:00"}`, "2026-10-01T09:00:00Z", "2026-10-01T10:00:00Z"},
	} {
		t.Run(name, func(t *testing.T) {
			e, err := readEvent(json.RawMessage(tt.event))
			require.NoError(t, err)
			from, to, err := h.interval(e)
			require.NoError(t, err)
			assert.Equal(t, tt.from, from.Format(time.RFC3339))
			assert.Equal(t, tt.to, to.Format(time.RFC3339))
		})
	}
	for event, want := range map[string]string{
		`{"hours":0}`: "hours is 0, must be 1 to 744", `{"hours":745}`: "hours is 745", `[]`: "read the event", `{"to":"now"}`: "read the event",
		`{"accounts":"111111111111"}`: "read the event",
	} {
		_, err := h.Handle(t.Context(), json.RawMessage(event))
		assert.ErrorContains(t, err, want)
	}
}

func TestSettings_AreReadFromTheEnvironment(t *testing.T) {
	v := values()
	v["EXPECTED_REGIONS"] = "eu-central-1, eu-west-1"
	v["RETIRED_ACCOUNTS"] = "444444444444"
	v["CODE_DIGEST"] = "abc"
	s, err := read(v)
	require.NoError(t, err)
	assert.Equal(t, []string{"eu-central-1", "eu-west-1"}, s.options.Regions)
	assert.Equal(t, []string{"444444444444"}, s.options.Retired)
	assert.Equal(t, &integrity.Lock{Mode: "COMPLIANCE", Years: 7}, s.options.Lock)
	assert.Equal(t, &integrity.Replication{Destination: integritytest.Replica, Lag: 60}, s.options.Replication)
	assert.Equal(t, integrity.ECDSA, s.algorithm)
	assert.Equal(t, 32, s.options.Concurrency)
	assert.Equal(t, "log-integrity abc", s.options.Tool)

	delete(v, "REPLICA_BUCKET")
	s, err = read(v)
	require.NoError(t, err)
	assert.Nil(t, s.options.Replication, "an archive may have no second copy")
}

func TestSettings_SayEverythingThatIsWrong(t *testing.T) {
	_, err := read(map[string]string{"SIGNING_ALGORITHM": "MD5", "LOCK_MODE": "NONE", "CONCURRENCY": "-1", "RETENTION_YEARS": "seven"})
	for _, want := range []string{
		"ARCHIVE_BUCKET is not set", "EVIDENCE_BUCKET is not set", "SIGNING_KEY_ID is not set", "ORGANIZATION_ID is not set",
		"MANAGEMENT_ACCOUNT_ID is not set", `SIGNING_ALGORITHM is "MD5"`, `LOCK_MODE is "NONE"`, `CONCURRENCY is "-1"`,
		`RETENTION_YEARS is "seven"`,
	} {
		assert.ErrorContains(t, err, want)
	}
	_, err = read(map[string]string{})
	assert.ErrorContains(t, err, `RETENTION_YEARS is "", must be a number from 1`, "a retention has no default")
}
