package integrity

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const (
	testBucket     = "gxp-archive-eu-central-1"
	testReplica    = "gxp-archive-eu-west-1"
	testOrg        = "o-a1b2c3d4e5"
	testManagement = "111111111111"
	testWorkload   = "222222222222"
	testTrail      = "gxp-organization-trail"
	testHome       = "eu-central-1"
	testYears      = 7
)

// The archive of the tests has these hours; the interval leaves one before and
// two after, as in life.
var (
	testStart = time.Date(2026, time.November, 21, 20, 1, 31, 0, time.UTC)
	testFrom  = testStart.Add(70 * time.Minute)
	testTo    = testStart.Add(6*time.Hour + 10*time.Minute)
	testNow   = testTo.Add(5 * time.Hour)
)

const testHours = 9

// stored is an object of the archive in memory.
type stored struct {
	body []byte
	info Info
}

// memory is an archive in memory.
type memory struct {
	mu      sync.Mutex
	objects map[string]*stored
	state   BucketState
	fail    map[string]error // by key or prefix
	reads   int
}

func (m *memory) Bucket() string { return testBucket }

func (m *memory) keys(prefix string) []string {
	keys := slices.Sorted(maps.Keys(m.objects))
	return slices.DeleteFunc(keys, func(k string) bool { return !strings.HasPrefix(k, prefix) })
}

func (m *memory) Folders(_ context.Context, prefix string) ([]string, error) {
	var names []string
	for _, key := range m.keys(prefix) {
		name, _, below := strings.Cut(strings.TrimPrefix(key, prefix), "/")
		if below && !slices.Contains(names, name+"/") {
			names = append(names, name+"/")
		}
	}
	return names, m.fail[prefix]
}

func (m *memory) List(_ context.Context, prefix string, visit func(Item) error) error {
	for _, key := range m.keys(prefix) {
		if err := visit(Item{Key: key, Modified: m.objects[key].info.Modified}); err != nil {
			return err
		}
	}
	return m.fail[prefix]
}

func (m *memory) Open(_ context.Context, key string) (*Object, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.reads++
	if err := m.fail[key]; err != nil {
		return nil, err
	}
	o := m.objects[key]
	if o == nil {
		return nil, fmt.Errorf("%s: %w", key, ErrNotFound)
	}
	return &Object{Info: o.info, Body: io.NopCloser(bytes.NewReader(o.body))}, nil
}

func (m *memory) State(context.Context) (BucketState, error) { return m.state, m.fail["state"] }

// testKeys are CloudTrail's keys of two regions. Making them takes time.
var testKeys = sync.OnceValue(func() map[string]*rsa.PrivateKey {
	keys := map[string]*rsa.PrivateKey{}
	for _, region := range []string{"eu-central-1", "eu-west-1", "other"} {
		key, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			panic(err)
		}
		keys[region] = key
	}
	return keys
})

func fingerprint(region string) string {
	sum := sha256.Sum256(x509.MarshalPKCS1PublicKey(&testKeys()[region].PublicKey))
	return hex.EncodeToString(sum[:16])
}

// archive is an archive and the keys that it was signed with.
type archive struct {
	*memory
	keys StaticKeys
}

// chainOf is a chain that the tests make.
type chainOf struct {
	account, region, base string
}

var testChains = []chainOf{
	{testManagement, "eu-central-1", "AWSLogs/" + testOrg + "/"},
	{testManagement, "eu-west-1", "AWSLogs/" + testOrg + "/"},
	{testWorkload, "eu-central-1", "AWSLogs/" + testOrg + "/"},
	{testWorkload, "eu-west-1", "AWSLogs/" + testOrg + "/"},
}

// workload is the chain that most tests tamper with.
var workload = testChains[2]

func (c chainOf) digestKey(hour int) string {
	end := testStart.Add(time.Duration(hour+1) * time.Hour)
	return fmt.Sprintf("%s%s/CloudTrail-Digest/%s/%s/%s_CloudTrail-Digest_%s_%s_%s_%s.json.gz", c.base, c.account, c.region,
		end.Format("2006/01/02"), c.account, c.region, testTrail, testHome, end.Format(digestLayout))
}

// logKey is the second or first file of an hour.
func (c chainOf) logKey(hour, file int) string {
	return c.logKeyAt(c.delivered(hour, file), fmt.Sprintf("a%db%d", hour, file))
}

func (c chainOf) logKeyAt(t time.Time, unique string) string {
	return fmt.Sprintf("%s%s/CloudTrail/%s/%s/%s_CloudTrail_%s_%s_%s.json.gz", c.base, c.account, c.region,
		t.Format("2006/01/02"), c.account, c.region, t.Format(logLayout), unique)
}

func (c chainOf) delivered(hour, file int) time.Time {
	return testStart.Add(time.Duration(hour)*time.Hour + time.Duration(file*20+15)*time.Minute)
}

func zipped(content []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(content)
	_ = w.Close()
	return b.Bytes()
}

func unzipped(t *testing.T, body []byte) []byte {
	r, err := gzip.NewReader(bytes.NewReader(body))
	require.NoError(t, err)
	content, err := io.ReadAll(r)
	require.NoError(t, err)
	return content
}

func hexSum(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// put stores an object as the locked and copied bucket would.
func (a *archive) put(key string, content []byte, at time.Time, metadata map[string]string) {
	if metadata == nil {
		metadata = map[string]string{}
	}
	a.objects[key] = &stored{body: zipped(content), info: Info{
		Metadata: metadata, Modified: at, LockMode: "COMPLIANCE", RetainUntil: at.Add(testYears * 365 * 24 * time.Hour),
		ReplicationStatus: "COMPLETED",
	}}
}

// pristine is made once: thousands of signatures take their time.
var pristine struct {
	once    sync.Once
	archive *archive
}

// newArchive returns an archive that the test may spoil.
func newArchive(t *testing.T) *archive {
	t.Helper()
	pristine.once.Do(func() { pristine.archive = makeArchive(t) })
	made := pristine.archive
	a := &archive{memory: &memory{objects: map[string]*stored{}, fail: map[string]error{}, state: made.state}, keys: StaticKeys{}}
	a.state.Replicas = slices.Clone(made.state.Replicas)
	for region, keys := range made.keys {
		a.keys[region] = slices.Clone(keys)
	}
	for key, o := range made.objects {
		spoilable := &stored{body: slices.Clone(o.body), info: o.info}
		spoilable.info.Metadata = maps.Clone(o.info.Metadata)
		a.objects[key] = spoilable
	}
	return a
}

// makeArchive makes an archive of realistic shape: every hour of every chain
// has two log files, but for one that has none.
func makeArchive(t *testing.T) *archive {
	t.Helper()
	a := &archive{memory: &memory{
		objects: map[string]*stored{}, fail: map[string]error{},
		state: BucketState{Versioning: true, LockMode: "COMPLIANCE", LockDays: testYears * 365, Replicas: []string{testReplica}},
	}, keys: StaticKeys{}}
	for region, key := range testKeys() {
		a.keys[region] = []PublicKey{
			{Fingerprint: "0123456789abcdef0123456789abcdef", Value: x509.MarshalPKCS1PublicKey(&testKeys()["other"].PublicKey)},
			{Fingerprint: fingerprint(region), Value: x509.MarshalPKCS1PublicKey(&key.PublicKey)},
		}
	}
	for _, c := range testChains {
		for hour := range testHours {
			for file := range 2 {
				if hour == 3 {
					continue
				}
				at := c.delivered(hour, file)
				content := fmt.Sprintf(`{"Records":[{"eventVersion":"1.11","eventTime":%q,"eventSource":"s3.amazonaws.com",`+
					`"eventName":"PutObject","awsRegion":%q,"recipientAccountId":%q,"eventID":"%d-%d"}]}`,
					clock(at.Add(-5*time.Minute)), c.region, c.account, hour, file)
				a.put(c.logKey(hour, file), []byte(content), at, nil)
			}
		}
		a.sign(t, c, 0, nil)
	}
	return a
}

// document is what a digest of an hour says, before it is changed by a test.
func (a *archive) document(t *testing.T, c chainOf, hour int) map[string]any {
	start := testStart.Add(time.Duration(hour) * time.Hour)
	logs := []any{}
	for file := range 2 {
		key := c.logKey(hour, file)
		if o := a.objects[key]; o != nil {
			logs = append(logs, map[string]any{
				"s3Bucket": testBucket, "s3Object": key, "hashValue": hexSum(unzipped(t, o.body)), "hashAlgorithm": "SHA-256",
				"newestEventTime": clock(c.delivered(hour, file)), "oldestEventTime": clock(c.delivered(hour, file).Add(-10 * time.Minute)),
			})
		}
	}
	d := map[string]any{
		"awsAccountId": c.account, "digestStartTime": clock(start), "digestEndTime": clock(start.Add(time.Hour)),
		"digestS3Bucket": testBucket, "digestS3Object": c.digestKey(hour),
		"digestPublicKeyFingerprint": fingerprint(c.region), "digestSignatureAlgorithm": "SHA256withRSA",
		"newestEventTime": nil, "oldestEventTime": nil,
		"previousDigestS3Bucket": nil, "previousDigestS3Object": nil, "previousDigestHashValue": nil,
		"previousDigestHashAlgorithm": nil, "previousDigestSignature": nil, "logFiles": logs,
	}
	if before := a.objects[c.digestKey(hour-1)]; before != nil {
		d["previousDigestS3Bucket"] = testBucket
		d["previousDigestS3Object"] = c.digestKey(hour - 1)
		d["previousDigestHashValue"] = hexSum(unzipped(t, before.body))
		d["previousDigestHashAlgorithm"] = "SHA-256"
		d["previousDigestSignature"] = before.info.Metadata["signature"]
	}
	return d
}

// sign writes the digests of a chain from an hour on, as CloudTrail does.
// change may alter what a digest says before it is signed.
func (a *archive) sign(t *testing.T, c chainOf, from int, change func(hour int, d map[string]any)) {
	t.Helper()
	for hour := from; hour < testHours; hour++ {
		d := a.document(t, c, hour)
		if change != nil {
			change(hour, d)
		}
		a.signOne(t, c, c.digestKey(hour), d, testStart.Add(time.Duration(hour+1)*time.Hour).Add(7*time.Minute))
	}
}

func (a *archive) signOne(t *testing.T, c chainOf, key string, d map[string]any, at time.Time) {
	t.Helper()
	content, err := json.Marshal(d)
	require.NoError(t, err)
	previous, ok := d["previousDigestSignature"].(string)
	if !ok {
		previous = "null"
	}
	text := fmt.Sprintf("%s\n%s/%s\n%s\n%s", d["digestEndTime"], d["digestS3Bucket"], d["digestS3Object"], hexSum(content), previous)
	sum := sha256.Sum256([]byte(text))
	signature, err := rsa.SignPKCS1v15(nil, testKeys()[c.region], crypto.SHA256, sum[:])
	require.NoError(t, err)
	a.put(key, content, at, map[string]string{"signature": hex.EncodeToString(signature), "signature-algorithm": "SHA256withRSA"})
}

// alter changes the content of an object and leaves everything else as it is.
func (a *archive) alter(t *testing.T, key, old, replacement string) {
	t.Helper()
	require.Contains(t, a.objects, key)
	content := unzipped(t, a.objects[key].body)
	require.Contains(t, string(content), old)
	a.objects[key].body = zipped(bytes.Replace(content, []byte(old), []byte(replacement), 1))
}

func (a *archive) remove(t *testing.T, key string) {
	t.Helper()
	require.Contains(t, a.objects, key)
	delete(a.objects, key)
}

func testOptions() Options {
	return Options{
		Organization: testOrg, ManagementAccount: testManagement, Trail: testTrail, From: testFrom, To: testTo,
		Lock: &Lock{Mode: "COMPLIANCE", Years: testYears}, Replication: &Replication{Destination: testReplica, Lag: 60},
		Regions: []string{"eu-central-1", "eu-west-1"}, Tool: "test", Now: func() time.Time { return testNow },
	}
}

func (a *archive) verify(t *testing.T, o Options) *Report {
	t.Helper()
	report, err := Verify(t.Context(), a, a.keys, o)
	require.NoError(t, err)
	return report
}
