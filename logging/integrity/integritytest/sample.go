// Package integritytest makes copies of an archive on disk as CloudTrail and a
// locked, replicated bucket would have left them, for tests of what verifies
// archives.
package integritytest

import (
	"bytes"
	"compress/gzip"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// What every sample is of.
const (
	Bucket       = "gxp-archive-eu-central-1"
	Replica      = "gxp-archive-eu-west-1"
	Organization = "o-a1b2c3d4e5"
	Management   = "111111111111"
	Account      = "222222222222"
	Region       = "eu-central-1"
	Years        = 7
)

// Sample is a copy of an archive on disk.
type Sample struct {
	// Folder is the root of the copy.
	Folder string

	// Keys are the public keys, as `aws cloudtrail list-public-keys` prints them.
	Keys []byte

	// Digests and Logs are the keys of the objects, by hour.
	Digests, Logs []string

	t   *testing.T
	key *rsa.PrivateKey
}

// New makes a sample that has a digest and a log file for each of a number of
// hours from start on.
func New(t *testing.T, start time.Time, hours int) *Sample {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(t, err)
	s := &Sample{Folder: t.TempDir(), t: t, key: key}
	value := x509.MarshalPKCS1PublicKey(&key.PublicKey)
	s.Keys, err = json.Marshal(map[string]any{"PublicKeyList": []any{map[string]any{"Fingerprint": "f0", "Value": value}}})
	require.NoError(t, err)
	var previous map[string]any
	for hour := range hours {
		previous = s.hour(start.Add(time.Duration(hour)*time.Hour).UTC(), previous)
	}
	return s
}

// hour writes the log file and the digest of an hour, and returns what the next
// digest says about this one.
func (s *Sample) hour(start time.Time, previous map[string]any) map[string]any {
	end, delivered := start.Add(time.Hour), start.Add(30*time.Minute)
	base := "AWSLogs/" + Organization + "/" + Account + "/"
	log := fmt.Sprintf("%sCloudTrail/%s/%s/%s_CloudTrail_%s_%s_x.json.gz", base, Region,
		delivered.Format("2006/01/02"), Account, Region, delivered.Format("20060102T1504Z"))
	content := []byte(`{"Records":[{"eventName":"PutObject","eventTime":"` + delivered.Format(time.RFC3339) + `"}]}`)
	s.Write(log, content, delivered, map[string]string{})
	digest := fmt.Sprintf("%sCloudTrail-Digest/%s/%s/%s_CloudTrail-Digest_%s_trail_%s_%s.json.gz", base, Region,
		end.Format("2006/01/02"), Account, Region, Region, end.Format("20060102T150405Z"))
	document := map[string]any{
		"awsAccountId": Account, "digestStartTime": start.Format(time.RFC3339), "digestEndTime": end.Format(time.RFC3339),
		"digestS3Bucket": Bucket, "digestS3Object": digest, "digestPublicKeyFingerprint": "f0",
		"digestSignatureAlgorithm": "SHA256withRSA",
		"logFiles": []any{map[string]any{
			"s3Bucket": Bucket, "s3Object": log, "hashValue": sum(content), "hashAlgorithm": "SHA-256",
		}},
	}
	last := "null"
	for field, value := range previous {
		document[field] = value
		if field == "previousDigestSignature" {
			last = value.(string)
		}
	}
	text, err := json.Marshal(document)
	require.NoError(s.t, err)
	signed := sha256.Sum256([]byte(end.Format(time.RFC3339) + "\n" + Bucket + "/" + digest + "\n" + sum(text) + "\n" + last))
	signature, err := rsa.SignPKCS1v15(nil, s.key, crypto.SHA256, signed[:])
	require.NoError(s.t, err)
	s.Write(digest, text, end.Add(10*time.Minute), map[string]string{"signature": hex.EncodeToString(signature)})
	s.Digests, s.Logs = append(s.Digests, digest), append(s.Logs, log)
	return map[string]any{
		"previousDigestS3Bucket": Bucket, "previousDigestS3Object": digest, "previousDigestHashValue": sum(text),
		"previousDigestHashAlgorithm": "SHA-256", "previousDigestSignature": hex.EncodeToString(signature),
	}
}

// Write writes an object, compressed, and beside it what S3 knows about it.
func (s *Sample) Write(key string, content []byte, at time.Time, metadata map[string]string) {
	s.t.Helper()
	var compressed bytes.Buffer
	w := gzip.NewWriter(&compressed)
	_, err := w.Write(content)
	require.NoError(s.t, err)
	require.NoError(s.t, w.Close())
	head, err := json.Marshal(map[string]any{
		"LastModified": at, "Metadata": metadata, "ObjectLockMode": "COMPLIANCE",
		"ObjectLockRetainUntilDate": at.AddDate(0, 0, 365*Years), "ReplicationStatus": "COMPLETED",
	})
	require.NoError(s.t, err)
	file := s.Path(key)
	require.NoError(s.t, os.MkdirAll(filepath.Dir(file), 0o755))
	require.NoError(s.t, os.WriteFile(file, compressed.Bytes(), 0o644))
	require.NoError(s.t, os.WriteFile(file+".head.json", head, 0o644))
}

// Path is where an object is on disk.
func (s *Sample) Path(key string) string { return filepath.Join(s.Folder, filepath.FromSlash(key)) }

func sum(content []byte) string {
	s := sha256.Sum256(content)
	return hex.EncodeToString(s[:])
}
