package integrity

import (
	"bytes"
	"context"
	"crypto/x509"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestVerify_PassesAnUntouchedArchive(t *testing.T) {
	a := newArchive(t)
	r := a.verify(t, testOptions())
	assert.Equal(t, Pass, r.Verdict)
	assert.Empty(t, r.Findings)
	require.Len(t, r.Chains, 4)
	for _, c := range r.Chains {
		// Five hours and the parts of two around them, then the two after.
		assert.Equal(t, 7, c.Digests, "%s %s", c.Account, c.Region)
		assert.Equal(t, 7, c.DigestsVerified)
		assert.Equal(t, 12, c.LogFiles, "one of the hours has none")
		assert.Equal(t, 12, c.LogFilesVerified)
		assert.Positive(t, c.LogBytes)
		assert.False(t, c.CoveredFrom.After(testFrom))
		assert.False(t, c.CoveredTo.Before(testTo))
	}
	assert.Equal(t, 2, r.Summary.Accounts)
	assert.Equal(t, 48, r.Summary.LogFilesVerified)
}

// tampering is one way to spoil an archive, and what must be found, with the
// number of times. Nothing else may be found.
type tampering struct {
	name    string
	tamper  func(*testing.T, *archive)
	options func(*Options)
	want    map[Kind]int
	verdict Verdict // Fail unless it is set
	detail  string  // in one of the findings
}

func found(kinds ...Kind) map[Kind]int {
	counts := map[Kind]int{}
	for _, k := range kinds {
		counts[k]++
	}
	return counts
}

var tamperings = []tampering{
	{name: "a log file has another byte", tamper: func(t *testing.T, a *archive) {
		a.alter(t, workload.logKey(2, 0), "PutObject", "GetObject")
	}, want: found(LogAltered)},
	{name: "a log file's compressed bytes are damaged", tamper: func(t *testing.T, a *archive) {
		o := a.objects[workload.logKey(2, 0)]
		o.body[len(o.body)/2] ^= 1
	}, want: found(LogAltered)},
	{name: "a log file is cut short", tamper: func(t *testing.T, a *archive) {
		o := a.objects[workload.logKey(2, 0)]
		o.body = o.body[:len(o.body)-9]
	}, want: found(LogAltered), detail: "no complete gzip file"},
	{name: "a log file is empty", tamper: func(t *testing.T, a *archive) {
		a.objects[workload.logKey(2, 0)].body = nil
	}, want: found(LogAltered)},
	{name: "something is appended to a log file", tamper: func(t *testing.T, a *archive) {
		o := a.objects[workload.logKey(2, 0)]
		o.body = append(o.body, zipped(nil)...)
	}, want: found(LogAltered), detail: "something follows"},
	{name: "a log file is removed", tamper: func(t *testing.T, a *archive) {
		a.remove(t, workload.logKey(2, 1))
	}, want: found(LogMissing)},
	{name: "a log file is added", tamper: func(t *testing.T, a *archive) {
		at := workload.delivered(2, 0).Add(time.Minute)
		a.put(workload.logKeyAt(at, "forged"), []byte(`{"Records":[]}`), at, nil)
	}, want: found(LogUnlisted)},
	{name: "a log file is added later, under a name of the interval", tamper: func(t *testing.T, a *archive) {
		a.put(workload.logKeyAt(workload.delivered(2, 0), "forged"), []byte(`{"Records":[]}`), testTo.Add(10*time.Hour), nil)
	}, options: func(o *Options) { o.Now = func() time.Time { return testTo.Add(48 * time.Hour) } }, want: found(LogUnlisted)},
	{name: "a file that is no log file is added", tamper: func(t *testing.T, a *archive) {
		key := workload.logKey(2, 0)
		a.put(key[:strings.LastIndex(key, "/")]+"/readme.txt", []byte("hello"), testTo.Add(10*time.Hour), nil)
	}, want: found(LogUnlisted)},
	{name: "a digest is altered", tamper: func(t *testing.T, a *archive) {
		a.alter(t, workload.digestKey(3), `"logFiles":[]`, `"logFiles": []`)
	}, want: found(DigestAltered)},
	{name: "a log file is altered and the digest with it", tamper: func(t *testing.T, a *archive) {
		key := workload.logKey(2, 0)
		before := hexSum(unzipped(t, a.objects[key].body))
		a.alter(t, key, "PutObject", "GetObject")
		a.alter(t, workload.digestKey(2), before, hexSum(unzipped(t, a.objects[key].body)))
	}, want: found(DigestAltered)},
	{name: "the last digest is altered", tamper: func(t *testing.T, a *archive) {
		a.alter(t, workload.digestKey(7), `"logFiles"`, `"logFiles" `)
	}, want: found(SignatureInvalid)},
	{name: "a digest is cut short", tamper: func(t *testing.T, a *archive) {
		o := a.objects[workload.digestKey(3)]
		o.body = o.body[:len(o.body)/2]
	}, want: found(DigestAltered), detail: "no complete gzip file"},
	{name: "a digest is no digest", tamper: func(t *testing.T, a *archive) {
		a.objects[workload.digestKey(3)].body = zipped([]byte(`{"awsAccountId":7}`))
	}, want: found(DigestAltered)},
	{name: "two digests are swapped", tamper: func(t *testing.T, a *archive) {
		one, other := a.objects[workload.digestKey(3)], a.objects[workload.digestKey(4)]
		one.body, other.body = other.body, one.body
		one.info.Metadata, other.info.Metadata = other.info.Metadata, one.info.Metadata
	}, want: found(DigestReordered, DigestReordered)},
	{name: "a digest in the middle is removed", tamper: func(t *testing.T, a *archive) {
		a.remove(t, workload.digestKey(3))
	}, want: found(DigestMissing), detail: workload.digestKey(4)},
	{name: "two digests in the middle are removed", tamper: func(t *testing.T, a *archive) {
		a.remove(t, workload.digestKey(3))
		a.remove(t, workload.digestKey(4))
	}, want: found(DigestMissing)},
	{name: "the first digest is removed", tamper: func(t *testing.T, a *archive) {
		a.remove(t, workload.digestKey(1))
	}, want: found(DigestMissing)},
	{name: "the last digests are removed", tamper: func(t *testing.T, a *archive) {
		for hour := 5; hour < testHours; hour++ {
			a.remove(t, workload.digestKey(hour))
		}
	}, want: found(DigestGap)},
	{name: "the last digest of the interval is removed", tamper: func(t *testing.T, a *archive) {
		a.remove(t, workload.digestKey(6))
	}, want: found(DigestMissing)},
	{name: "CloudTrail's public key is replaced", tamper: func(t *testing.T, a *archive) {
		a.keys["eu-west-1"][1].Value = x509.MarshalPKCS1PublicKey(&testKeys()["other"].PublicKey)
	}, want: map[Kind]int{SignatureInvalid: 14}},
	{name: "CloudTrail does not know the public key", tamper: func(t *testing.T, a *archive) {
		a.keys["eu-west-1"] = a.keys["eu-west-1"][:1]
	}, want: map[Kind]int{KeyUnknown: 14}},
	{name: "a signature is another", tamper: func(t *testing.T, a *archive) {
		a.objects[workload.digestKey(3)].info.Metadata["signature"] = strings.Repeat("ab", 256)
	}, want: found(SignatureInvalid)},
	{name: "a signature is no hexadecimal", tamper: func(t *testing.T, a *archive) {
		a.objects[workload.digestKey(3)].info.Metadata["signature"] = "genuine"
	}, want: found(SignatureInvalid)},
	{name: "the metadata is missing", tamper: func(t *testing.T, a *archive) {
		a.objects[workload.digestKey(3)].info.Metadata = map[string]string{}
	}, want: found(SignatureMissing)},
	{name: "the metadata of the last digest is missing", tamper: func(t *testing.T, a *archive) {
		a.objects[workload.digestKey(7)].info.Metadata = map[string]string{}
	}, want: found(SignatureMissing)},
	{name: "a previous signature is altered", tamper: func(t *testing.T, a *archive) {
		a.alter(t, workload.digestKey(4), `"previousDigestSignature":"`, `"previousDigestSignature":"00`)
	}, want: found(DigestAltered)},
	{name: "a genuine digest continues another signature", tamper: func(t *testing.T, a *archive) {
		a.sign(t, workload, 4, func(hour int, d map[string]any) {
			if hour == 4 {
				d["previousDigestSignature"] = strings.Repeat("ab", 256)
			}
		})
	}, want: found(LinkBroken), detail: "another signature"},
	{name: "a genuine digest continues another content", tamper: func(t *testing.T, a *archive) {
		a.sign(t, workload, 4, func(hour int, d map[string]any) {
			if hour == 4 {
				d["previousDigestHashValue"] = strings.Repeat("ab", 32)
			}
		})
	}, want: found(LinkBroken), detail: "another SHA-256"},
	{name: "a genuine digest passes over another", tamper: func(t *testing.T, a *archive) {
		a.sign(t, workload, 4, func(hour int, d map[string]any) {
			if hour == 4 {
				d["previousDigestS3Object"] = workload.digestKey(2)
			}
		})
	}, want: found(LinkBroken), detail: "passes over"},
	{name: "a genuine digest continues one before the interval", tamper: func(t *testing.T, a *archive) {
		a.sign(t, workload, 4, func(hour int, d map[string]any) {
			if hour == 4 {
				d["previousDigestS3Object"] = workload.digestKey(0)
			}
		})
	}, want: found(LinkBroken), detail: "passes over"},
	{name: "a digest of another account is copied over one", tamper: func(t *testing.T, a *archive) {
		other := *a.objects[testChains[0].digestKey(3)]
		a.objects[workload.digestKey(3)] = &other
	}, want: found(DigestForeign)},
	{name: "a digest of another account is copied in", tamper: func(t *testing.T, a *archive) {
		key := testChains[0].digestKey(3)
		folder := workload.digestKey(3)
		a.objects[folder[:strings.LastIndex(folder, "/")]+key[strings.LastIndex(key, "/"):]] = a.objects[key]
	}, want: found(DigestForeign)},
	{name: "a genuine digest says that it is of another account", tamper: func(t *testing.T, a *archive) {
		a.sign(t, workload, 3, func(hour int, d map[string]any) {
			if hour == 3 {
				d["awsAccountId"] = testManagement
			}
		})
	}, want: found(DigestForeign), detail: "of the account " + testManagement},
	{name: "a genuine digest continues one of another trail", tamper: func(t *testing.T, a *archive) {
		a.sign(t, workload, 4, func(hour int, d map[string]any) {
			if hour == 4 {
				d["previousDigestS3Object"] = strings.Replace(workload.digestKey(3), testTrail, "acme-trail", 1)
			}
		})
	}, want: found(LinkBroken), detail: "of another chain"},
	{name: "an altered digest says nothing about the one before it", tamper: func(t *testing.T, a *archive) {
		a.objects[workload.digestKey(3)].info.Metadata["signature"] = strings.Repeat("ab", 256)
		a.alter(t, workload.digestKey(4), `"previousDigestHashValue":"`+hexSum(unzipped(t, a.objects[workload.digestKey(3)].body)),
			`"previousDigestHashValue":"`+strings.Repeat("ab", 32))
	}, want: found(SignatureInvalid, DigestAltered)},
	{name: "a digest ends at another time than its name says", tamper: func(t *testing.T, a *archive) {
		a.sign(t, workload, 4, func(hour int, d map[string]any) {
			if hour == 4 {
				d["digestEndTime"] = clock(testStart.Add(5*time.Hour + time.Minute))
			}
		})
	}, want: found(ClockReversed), detail: "its name says"},
	{name: "a digest without a lock is read again for a file that came late", tamper: func(t *testing.T, a *archive) {
		a.objects[workload.digestKey(7)].info.LockMode = ""
		late := testStart.Add(8*time.Hour + 20*time.Minute)
		a.put(workload.logKeyAt(workload.delivered(2, 0), "forged"), []byte(`{"Records":[]}`), late, nil)
	}, options: func(o *Options) { o.Now = func() time.Time { return testTo.Add(48 * time.Hour) } }, want: found(LogUnlisted, LockMissing)},
	{name: "a digest runs backwards", tamper: func(t *testing.T, a *archive) {
		a.sign(t, workload, 4, func(hour int, d map[string]any) {
			if hour == 4 {
				d["digestStartTime"] = clock(testStart.Add(6 * time.Hour))
			}
		})
	}, want: found(ClockReversed), detail: "starts at"},
	{name: "a digest overlaps the one before it", tamper: func(t *testing.T, a *archive) {
		a.sign(t, workload, 4, func(hour int, d map[string]any) {
			if hour == 4 {
				d["digestStartTime"] = clock(testStart.Add(3 * time.Hour))
			}
		})
	}, want: found(ClockReversed), detail: "the one before it ends"},
	{name: "an unbroken chain leaves an hour out", tamper: func(t *testing.T, a *archive) {
		a.remove(t, workload.digestKey(3))
		a.sign(t, workload, 4, func(hour int, d map[string]any) {
			if hour == 4 {
				before := a.objects[workload.digestKey(2)]
				d["previousDigestS3Bucket"], d["previousDigestS3Object"] = testBucket, workload.digestKey(2)
				d["previousDigestHashValue"], d["previousDigestHashAlgorithm"] = hexSum(unzipped(t, before.body)), "SHA-256"
				d["previousDigestSignature"] = before.info.Metadata["signature"]
			}
		})
	}, want: found(DigestGap)},
	{name: "a digest names another bucket", tamper: func(t *testing.T, a *archive) {
		a.sign(t, workload, 3, func(hour int, d map[string]any) {
			if hour == 3 {
				d["digestS3Bucket"] = "elsewhere"
			}
		})
	}, want: found(OtherBucket)},
	{name: "a log file is said to be in another bucket", tamper: func(t *testing.T, a *archive) {
		a.sign(t, workload, 2, func(hour int, d map[string]any) {
			if hour == 2 {
				d["logFiles"].([]any)[0].(map[string]any)["s3Bucket"] = "elsewhere"
			}
		})
	}, want: found(OtherBucket)},
	{name: "the digest before is said to be in another bucket", tamper: func(t *testing.T, a *archive) {
		a.sign(t, workload, 4, func(hour int, d map[string]any) {
			if hour == 4 {
				d["previousDigestS3Bucket"] = "elsewhere"
			}
		})
	}, want: found(OtherBucket)},
	{name: "the trail was stopped and started again", tamper: func(t *testing.T, a *archive) {
		a.remove(t, workload.digestKey(3))
		a.sign(t, workload, 4, nil)
	}, want: found(ChainRestart), verdict: Attention},
	{name: "the trail was restarted before the interval's first digest", tamper: func(t *testing.T, a *archive) {
		a.remove(t, workload.digestKey(1))
		a.sign(t, workload, 2, nil)
	}, want: found(ChainRestart), verdict: Attention},
	{name: "an account is new", tamper: func(t *testing.T, a *archive) {
		for hour := range 3 {
			a.remove(t, workload.digestKey(hour))
			for file := range 2 {
				delete(a.objects, workload.logKey(hour, file))
			}
		}
		a.sign(t, workload, 3, nil)
	}, want: found(ChainStart), verdict: Pass},
	{name: "an account is quiet in a region", tamper: func(t *testing.T, a *archive) {
		for hour := range testHours {
			a.remove(t, workload.digestKey(hour))
		}
	}, want: found(Quiet)},
	{name: "an account left and is known to be retired", tamper: func(t *testing.T, a *archive) {
		for hour := range testHours {
			a.remove(t, workload.digestKey(hour))
		}
	}, options: func(o *Options) { o.Retired = []string{testWorkload} }, want: found(), verdict: Pass},
	{name: "an account left in the interval and is known to be retired there", tamper: func(t *testing.T, a *archive) {
		for hour := 4; hour < testHours; hour++ {
			a.remove(t, workload.digestKey(hour))
			for file := range 2 {
				a.remove(t, workload.logKey(hour, file))
			}
		}
	}, options: func(o *Options) { o.Retired = []string{testWorkload + "/eu-central-1"} }, want: found(), verdict: Pass},
	{name: "an account left, and another region is retired", tamper: func(t *testing.T, a *archive) {
		for hour := range testHours {
			a.remove(t, workload.digestKey(hour))
		}
	}, options: func(o *Options) { o.Retired = []string{testWorkload + "/eu-west-1"} }, want: found(Quiet)},
	{name: "another trail hides that this one was stopped", tamper: func(*testing.T, *archive) {},
		options: func(o *Options) { o.Trail = "acme-trail" }, want: map[Kind]int{DigestForeign: 4 * testHours, Quiet: 4},
		detail: "it is of the trail " + testTrail},
	{name: "an expected account was never seen", tamper: func(*testing.T, *archive) {},
		options: func(o *Options) { o.Accounts = []string{"333333333333"} }, want: found(Quiet, Quiet)},
	{name: "an expected region was never seen", tamper: func(*testing.T, *archive) {},
		options: func(o *Options) { o.Regions = []string{"eu-north-1"} }, want: found(Quiet, Quiet)},
	{name: "there is nothing", tamper: func(t *testing.T, a *archive) { clear(a.objects) }, want: found(NothingFound)},
	{name: "the lock of a log file is removed", tamper: func(t *testing.T, a *archive) {
		o := a.objects[workload.logKey(2, 0)]
		o.info.LockMode, o.info.RetainUntil = "", time.Time{}
	}, want: found(LockMissing)},
	{name: "the lock of a digest is less firm", tamper: func(t *testing.T, a *archive) {
		a.objects[workload.digestKey(2)].info.LockMode = "GOVERNANCE"
	}, want: found(LockShort), detail: "mode is GOVERNANCE"},
	{name: "the retention of a log file is shortened", tamper: func(t *testing.T, a *archive) {
		o := a.objects[workload.logKey(2, 0)]
		o.info.RetainUntil = o.info.RetainUntil.Add(-24 * time.Hour)
	}, want: found(LockShort), detail: "kept until"},
	{name: "the bucket has no lock", tamper: func(t *testing.T, a *archive) { a.state.LockMode, a.state.LockDays = "", 0 },
		want: found(LockConfiguration)},
	{name: "the bucket's retention is shorter", tamper: func(t *testing.T, a *archive) { a.state.LockDays = 365 },
		want: found(LockConfiguration), detail: "365 days"},
	{name: "the bucket's mode is weaker", tamper: func(t *testing.T, a *archive) { a.state.LockMode = "GOVERNANCE" },
		want: found(LockConfiguration)},
	{name: "the bucket's versioning is suspended", tamper: func(t *testing.T, a *archive) { a.state.Versioning = false },
		want: found(LockConfiguration)},
	{name: "a copy failed", tamper: func(t *testing.T, a *archive) {
		a.objects[workload.logKey(2, 0)].info.ReplicationStatus = "FAILED"
	}, want: found(ReplicationFailed)},
	{name: "a copy is overdue", tamper: func(t *testing.T, a *archive) {
		a.objects[workload.logKey(2, 0)].info.ReplicationStatus = "PENDING"
	}, want: found(ReplicationLate)},
	{name: "a copy is under way", tamper: func(t *testing.T, a *archive) {
		a.objects[workload.logKey(2, 0)].info.ReplicationStatus = "PENDING"
	}, options: func(o *Options) { o.Replication.Lag = 24 * 60 }, want: found(), verdict: Pass},
	{name: "an object has no copy", tamper: func(t *testing.T, a *archive) {
		a.objects[workload.digestKey(2)].info.ReplicationStatus = ""
	}, want: found(ReplicationMissing)},
	{name: "the bucket copies nothing", tamper: func(t *testing.T, a *archive) { a.state.Replicas = nil },
		want: found(ReplicationConfiguration)},
	{name: "the bucket copies elsewhere", tamper: func(t *testing.T, a *archive) { a.state.Replicas = []string{"elsewhere"} },
		want: found(ReplicationConfiguration), detail: "elsewhere"},
	{name: "a log file cannot be read", tamper: func(t *testing.T, a *archive) {
		a.fail[workload.logKey(2, 0)] = errors.New("access denied")
	}, want: found(Unreadable), detail: "access denied"},
	{name: "a digest cannot be read", tamper: func(t *testing.T, a *archive) {
		a.fail[workload.digestKey(3)] = errors.New("access denied")
	}, want: found(Unreadable)},
	{name: "the digests cannot be listed", tamper: func(t *testing.T, a *archive) {
		key := workload.digestKey(1)
		a.fail[key[:strings.LastIndex(key, "/")+1]] = errors.New("access denied")
	}, want: found(Unreadable)},
	{name: "the accounts cannot be listed", tamper: func(t *testing.T, a *archive) {
		a.fail["AWSLogs/"+testOrg+"/"] = errors.New("access denied")
	}, want: found(Unreadable)},
	{name: "the bucket's configuration cannot be read", tamper: func(t *testing.T, a *archive) {
		a.fail["state"] = errors.New("access denied")
	}, want: found(Unreadable)},
}

func TestVerify_FindsEveryTamperingAndNothingElse(t *testing.T) {
	for _, tt := range tamperings {
		t.Run(tt.name, func(t *testing.T) {
			a := newArchive(t)
			o := testOptions()
			if tt.options != nil {
				tt.options(&o)
			}
			tt.tamper(t, a)
			r := a.verify(t, o)
			assert.Equal(t, tt.want, r.Summary.ByKind, "%+v", r.Findings)
			want := tt.verdict
			if want == "" {
				want = Fail
			}
			assert.Equal(t, want, r.Verdict)
			var details []string
			for _, f := range r.Findings {
				assert.NotEmpty(t, f.Meaning)
				details = append(details, f.Detail)
			}
			assert.Contains(t, strings.Join(details, "\n"), tt.detail)
		})
	}
}

func TestVerify_EveryKindIsFoundByATampering(t *testing.T) {
	tried := map[Kind]bool{}
	for _, tt := range tamperings {
		for kind := range tt.want {
			tried[kind] = true
		}
	}
	assert.Equal(t, slices.Sorted(maps.Keys(meanings)), slices.Sorted(maps.Keys(tried)))
}

func TestVerify_NamesWhoseAndWhichAndWhen(t *testing.T) {
	a := newArchive(t)
	a.remove(t, workload.digestKey(3))
	a.remove(t, workload.digestKey(4))
	r := a.verify(t, testOptions())
	require.Len(t, r.Findings, 1)
	f := r.Findings[0]
	assert.Equal(t, testWorkload, f.Account)
	assert.Equal(t, "eu-central-1", f.Region)
	assert.Equal(t, workload.digestKey(4), f.Key)
	assert.Equal(t, testStart.Add(3*time.Hour), *f.From, "both hours are missing")
	assert.Equal(t, testStart.Add(5*time.Hour), *f.To)
	assert.Equal(t, Error, f.Severity)
}

func TestVerify_FindsWhatTheTrailDeliveredBesideTheOrganization(t *testing.T) {
	a := newArchive(t)
	beside := chainOf{testManagement, "eu-central-1", "AWSLogs/"}
	for key, o := range a.objects {
		if strings.HasPrefix(key, "AWSLogs/"+testOrg+"/"+testManagement+"/CloudTrail/eu-central-1/") {
			a.objects[strings.Replace(key, testOrg+"/", "", 1)] = o
			delete(a.objects, key)
		}
	}
	for hour := range testHours {
		a.remove(t, testChains[0].digestKey(hour))
	}
	a.sign(t, beside, 0, nil)
	r := a.verify(t, testOptions())
	assert.Equal(t, Pass, r.Verdict, "%+v", r.Findings)

	o := testOptions()
	o.ManagementAccount = ""
	assert.Equal(t, found(Quiet), a.verify(t, o).Summary.ByKind)
}

func TestVerify_ReadsBackfillDigests(t *testing.T) {
	late := workload.delivered(2, 0).Add(3 * time.Minute)
	prepare := func(t *testing.T) (*archive, string) {
		a := newArchive(t)
		key := workload.logKeyAt(late, "late")
		a.put(key, []byte(`{"Records":[]}`), late, nil)
		backfill := strings.Replace(workload.digestKey(2), ".json.gz", "_backfill.json.gz", 1)
		d := a.document(t, workload, 2)
		for _, field := range []string{"S3Bucket", "S3Object", "HashValue", "HashAlgorithm", "Signature"} {
			d["previousDigest"+field] = nil
		}
		d["digestS3Object"] = backfill
		d["logFiles"] = []any{map[string]any{
			"s3Bucket": testBucket, "s3Object": key, "hashValue": hexSum([]byte(`{"Records":[]}`)), "hashAlgorithm": "SHA-256",
		}}
		a.signOne(t, workload, backfill, d, testTo)
		a.objects[backfill].info.Metadata["backfill-generation-timestamp"] = clock(testTo)
		return a, backfill
	}
	t.Run("for what they list", func(t *testing.T) {
		a, _ := prepare(t)
		assert.Equal(t, found(), a.verify(t, testOptions()).Summary.ByKind)
	})
	t.Run("unless their signature is another", func(t *testing.T) {
		a, backfill := prepare(t)
		a.alter(t, backfill, `"logFiles"`, `"logFiles" `)
		assert.Equal(t, found(SignatureInvalid, LogUnlisted), a.verify(t, testOptions()).Summary.ByKind)
	})
	t.Run("which do not replace those of the hours", func(t *testing.T) {
		a, _ := prepare(t)
		for hour := range testHours {
			a.remove(t, workload.digestKey(hour))
		}
		assert.Equal(t, found(Quiet), a.verify(t, testOptions()).Summary.ByKind)
	})
}

func TestVerify_WaitsForTheDigestOfAFileThatCameLate(t *testing.T) {
	a := newArchive(t)
	named := workload.delivered(2, 0)
	late := testStart.Add(20*time.Hour + 15*time.Minute)
	key := workload.logKeyAt(named, "late")
	a.put(key, []byte(`{"Records":[]}`), late, nil)
	o := testOptions()
	o.Now = func() time.Time { return late.Add(time.Hour) }
	assert.Equal(t, found(), a.verify(t, o).Summary.ByKind, "its digest is still to come")

	o.Now = func() time.Time { return late.Add(24 * time.Hour) }
	assert.Equal(t, found(LogUnlisted), a.verify(t, o).Summary.ByKind)

	d := a.document(t, workload, 20)
	d["logFiles"] = []any{map[string]any{
		"s3Bucket": testBucket, "s3Object": key, "hashValue": hexSum([]byte(`{"Records":[]}`)), "hashAlgorithm": "SHA-256",
	}}
	a.signOne(t, workload, workload.digestKey(20), d, late.Add(time.Hour))
	assert.Equal(t, found(), a.verify(t, o).Summary.ByKind, "a genuine digest lists it")

	a.objects[workload.digestKey(20)].info.Metadata["signature"] = "00"
	assert.Equal(t, found(LogUnlisted), a.verify(t, o).Summary.ByKind, "a forged one does not")
}

func TestVerify_ChecksOnlyWhatItIsToldTo(t *testing.T) {
	a := newArchive(t)
	for _, o := range a.objects {
		o.info.LockMode, o.info.ReplicationStatus = "", ""
	}
	a.state = BucketState{}
	o := testOptions()
	o.Lock, o.Replication = nil, nil
	r := a.verify(t, o)
	assert.Equal(t, Pass, r.Verdict)
	assert.Nil(t, r.Scope.Lock, "and the report says so")
	assert.Nil(t, r.Scope.Replication)
}

func TestVerify_CountsWhatItDoesNotKeep(t *testing.T) {
	a := newArchive(t)
	for range mostOfChain + 50 {
		at := workload.delivered(2, 0)
		a.put(workload.logKeyAt(at, "forged"+at.Format("150405")+strings.Repeat("x", len(a.objects)%900)+time.Duration(len(a.objects)).String()),
			[]byte("{}"), at, nil)
	}
	r := a.verify(t, testOptions())
	assert.Equal(t, map[Kind]int{LogUnlisted: mostOfChain + 50}, r.Summary.ByKind)
	assert.Len(t, r.Findings, mostOfChain)
	assert.Equal(t, 50, r.FindingsOmitted)
}

func TestVerify_ReportsWithoutKeysAreFindings(t *testing.T) {
	a := newArchive(t)
	r, err := Verify(t.Context(), a, brokenKeys{}, testOptions())
	require.NoError(t, err)
	assert.Equal(t, Fail, r.Verdict)
	assert.Equal(t, map[Kind]int{Unreadable: 28}, r.Summary.ByKind)
	assert.Zero(t, r.Summary.DigestsVerified)
}

type brokenKeys struct{}

func (brokenKeys) PublicKeys(context.Context, string, time.Time, time.Time) ([]PublicKey, error) {
	return nil, errors.New("throttled")
}

func TestVerify_StopsWithItsContext(t *testing.T) {
	a := newArchive(t)
	ctx, cancel := context.WithCancel(t.Context())
	o := testOptions()
	o.Concurrency = 1
	o.Progress = func(done, total int, _, _ string) {
		assert.Equal(t, 4, total)
		if done == 1 {
			cancel()
		}
	}
	_, err := Verify(ctx, a, a.keys, o)
	assert.ErrorIs(t, err, context.Canceled)
	assert.Less(t, a.reads, 2*19+1, "the rest is left alone")
}

func TestVerify_IsTheSameWithAnyConcurrency(t *testing.T) {
	a := newArchive(t)
	a.remove(t, workload.digestKey(3))
	a.remove(t, testChains[1].logKey(2, 0))
	var reports [][]byte
	for _, n := range []int{1, 16} {
		o := testOptions()
		o.Concurrency = n
		content, err := a.verify(t, o).Encode()
		require.NoError(t, err)
		reports = append(reports, content)
	}
	assert.True(t, bytes.Equal(reports[0], reports[1]))
}

func TestVerify_RefusesOptions(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*Options)
		want   string
	}{
		"no interval":             {func(o *Options) { o.From = time.Time{} }, "needs a start and an end"},
		"an end before its start": {func(o *Options) { o.From, o.To = o.To, o.From }, "which is not after its start at 2026-11-22T02:11:31Z"},
		"an empty interval":       {func(o *Options) { o.To = o.From }, "which is not after its start"},
		"an end in the future":    {func(o *Options) { o.To = testNow.Add(time.Second) }, "in the future"},
		"an organization":         {func(o *Options) { o.Organization = "acme" }, `"acme" is no id of one`},
		"a management account":    {func(o *Options) { o.ManagementAccount = "1" }, `management account "1" is no account id`},
		"an account":              {func(o *Options) { o.Accounts = []string{"x"} }, `account "x" is no account id`},
		"a mode":                  {func(o *Options) { o.Lock.Mode = "compliance" }, "is not COMPLIANCE or GOVERNANCE"},
		"a retention":             {func(o *Options) { o.Lock.Years = 0 }, "a retention of 0 years is none"},
		"a lag":                   {func(o *Options) { o.Replication.Lag = 0 }, "a replication lag of 0 minutes is none"},
		"a negative concurrency":  {func(o *Options) { o.Concurrency = -1 }, "is negative"},
	} {
		t.Run(name, func(t *testing.T) {
			o := testOptions()
			tt.change(&o)
			_, err := Verify(t.Context(), newArchive(t), StaticKeys{}, o)
			assert.ErrorContains(t, err, tt.want)
		})
	}
}
