package live

import (
	"compress/gzip"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/logging/integrity"
)

func configOn(t *testing.T, h http.HandlerFunc) aws.Config {
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return aws.Config{
		Region: "eu-test-1", BaseEndpoint: aws.String(server.URL),
		Credentials: credentials.NewStaticCredentialsProvider("a", "b", ""),
	}
}

func storeOn(t *testing.T, h http.HandlerFunc) *Store {
	return NewStore(s3.NewFromConfig(configOn(t, h), func(o *s3.Options) { o.UsePathStyle = true }), "archive")
}

func fail(w http.ResponseWriter, status int, code string) {
	w.WriteHeader(status)
	fmt.Fprintf(w, "<Error><Code>%s</Code><Message>no</Message></Error>", code)
}

func TestStore_ListsEveryPage(t *testing.T) {
	s := storeOn(t, func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		assert.Equal(t, "a/", q.Get("prefix"))
		body := `<Contents><Key>a/1</Key><LastModified>2026-11-21T20:01:31.000Z</LastModified></Contents>` +
			`<CommonPrefixes><Prefix>a/x/</Prefix></CommonPrefixes><IsTruncated>true</IsTruncated><NextContinuationToken>n</NextContinuationToken>`
		if q.Get("continuation-token") == "n" {
			body = `<Contents><Key>a/2</Key></Contents><CommonPrefixes><Prefix>a/y/</Prefix></CommonPrefixes>`
		}
		fmt.Fprintf(w, "<ListBucketResult>%s</ListBucketResult>", body)
	})
	folders, err := s.Folders(t.Context(), "a/")
	require.NoError(t, err)
	assert.Equal(t, []string{"x/", "y/"}, folders)
	var items []integrity.Item
	require.NoError(t, s.List(t.Context(), "a/", func(i integrity.Item) error { items = append(items, i); return nil }))
	require.Len(t, items, 2)
	assert.Equal(t, "a/2", items[1].Key)
	assert.Equal(t, time.Date(2026, 11, 21, 20, 1, 31, 0, time.UTC), items[0].Modified)
}

func TestStore_OpensObjectsAsTheyAreStored(t *testing.T) {
	s := storeOn(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/archive/a.json.gz" {
			fail(w, http.StatusNotFound, "NoSuchKey")
			return
		}
		for name, value := range map[string]string{
			"Content-Encoding": "gzip", "Last-Modified": "Sat, 21 Nov 2026 20:01:31 GMT",
			"x-amz-meta-signature": "ab", "x-amz-object-lock-mode": "COMPLIANCE",
			"x-amz-object-lock-retain-until-date": "2033-11-21T20:01:31Z", "x-amz-replication-status": "COMPLETED",
		} {
			w.Header().Set(name, value)
		}
		z := gzip.NewWriter(w)
		fmt.Fprint(z, "content")
		assert.NoError(t, z.Close())
	})
	o, err := s.Open(t.Context(), "a.json.gz")
	require.NoError(t, err)
	defer o.Body.Close()
	z, err := gzip.NewReader(o.Body)
	require.NoError(t, err, "the body is still compressed, although CloudTrail sets its encoding")
	content, err := io.ReadAll(z)
	require.NoError(t, err)
	assert.Equal(t, "content", string(content))
	assert.Equal(t, integrity.Info{
		Metadata: map[string]string{"signature": "ab"}, Modified: time.Date(2026, 11, 21, 20, 1, 31, 0, time.UTC),
		LockMode: "COMPLIANCE", RetainUntil: time.Date(2033, 11, 21, 20, 1, 31, 0, time.UTC), ReplicationStatus: "COMPLETED",
	}, o.Info)

	_, err = s.Open(t.Context(), "absent")
	assert.ErrorIs(t, err, integrity.ErrNotFound)
}

func TestStore_TellsARefusalFromAnAbsence(t *testing.T) {
	s := storeOn(t, func(w http.ResponseWriter, _ *http.Request) { fail(w, http.StatusForbidden, "AccessDenied") })
	_, err := s.Open(t.Context(), "a")
	assert.ErrorContains(t, err, "AccessDenied")
	assert.NotErrorIs(t, err, integrity.ErrNotFound)
	_, err = s.Folders(t.Context(), "a/")
	assert.ErrorContains(t, err, "AccessDenied")
	assert.ErrorContains(t, s.List(t.Context(), "a/", func(integrity.Item) error { return nil }), "AccessDenied")
	_, err = s.State(t.Context())
	assert.ErrorContains(t, err, "AccessDenied")
}

// bucketState answers for the configuration of a bucket; an empty part is
// absent.
func bucketState(versioning, lock, replication string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		switch {
		case q.Has("versioning"):
			fmt.Fprintf(w, "<VersioningConfiguration>%s</VersioningConfiguration>", versioning)
		case q.Has("object-lock") && lock == "":
			fail(w, http.StatusNotFound, "ObjectLockConfigurationNotFoundError")
		case q.Has("object-lock"):
			fmt.Fprintf(w, "<ObjectLockConfiguration><Rule><DefaultRetention>%s</DefaultRetention></Rule></ObjectLockConfiguration>", lock)
		case replication == "":
			fail(w, http.StatusNotFound, "ReplicationConfigurationNotFoundError")
		default:
			fmt.Fprintf(w, "<ReplicationConfiguration>%s</ReplicationConfiguration>", replication)
		}
	}
}

func rule(status, filter string) string {
	return "<Rule><Status>" + status + "</Status>" + filter + "<Destination><Bucket>arn:aws:s3:::copy</Bucket></Destination></Rule>"
}

func TestStore_KnowsHowTheBucketProtects(t *testing.T) {
	const enabled = "<Status>Enabled</Status>"
	for name, tt := range map[string]struct {
		versioning, lock, replication string
		want                          integrity.BucketState
	}{
		"in years": {enabled, "<Mode>COMPLIANCE</Mode><Years>7</Years>", rule("Enabled", "<Filter><Prefix></Prefix></Filter>"),
			integrity.BucketState{Versioning: true, LockMode: "COMPLIANCE", LockDays: 2555, Replicas: []string{"copy"}}},
		"in days": {enabled, "<Mode>GOVERNANCE</Mode><Days>30</Days>", rule("Enabled", ""),
			integrity.BucketState{Versioning: true, LockMode: "GOVERNANCE", LockDays: 30, Replicas: []string{"copy"}}},
		"not at all": {"<Status>Suspended</Status>", "", "", integrity.BucketState{}},
		"by rules that leave something out": {enabled, "", rule("Disabled", "") + rule("Enabled", "<Filter><Prefix>a/</Prefix></Filter>"),
			integrity.BucketState{Versioning: true}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := storeOn(t, bucketState(tt.versioning, tt.lock, tt.replication)).State(t.Context())
			require.NoError(t, err)
			assert.Equal(t, tt.want, got)
		})
	}
}

func TestKeys_AreThoseOfTheRegion(t *testing.T) {
	from := time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)
	c := configOn(t, func(w http.ResponseWriter, r *http.Request) {
		assert.Contains(t, r.Header.Get("Authorization"), "/eu-west-1/cloudtrail/", "the call is made in the region")
		body, _ := io.ReadAll(r.Body)
		w.Header().Set("Content-Type", r.Header.Get("Content-Type"))
		assert.True(t, strings.Contains(r.Header.Get("X-Amz-Target"), "ListPublicKeys"), "%s", body)
		fmt.Fprintf(w, `{"PublicKeyList":[{"Fingerprint":"f","Value":%q,"ValidityStartTime":1.7e9}]}`, base64.StdEncoding.EncodeToString([]byte("der")))
	})
	keys, err := NewKeys(cloudtrail.NewFromConfig(c)).PublicKeys(t.Context(), "eu-west-1", from, from.Add(time.Hour))
	require.NoError(t, err)
	assert.Equal(t, []integrity.PublicKey{{Fingerprint: "f", Value: []byte("der")}}, keys)
}
