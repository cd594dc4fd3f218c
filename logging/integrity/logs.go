package integrity

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"time"
)

// largestLog is the size of the largest log file that is hashed, uncompressed.
// CloudTrail's have some tens of megabytes.
const largestLog = 4 << 30

// logs verifies the log files that a digest lists.
func (r *chainRun) logs(ctx context.Context, e *entry) {
	for _, l := range e.digest.Logs {
		if ctx.Err() != nil {
			return
		}
		r.chain.LogFiles++
		r.listed[l.Key] = true
		if l.Bucket != r.store.Bucket() {
			r.add(newFinding(OtherBucket, l.Key, "the digest "+e.key+" says that it is in the bucket "+l.Bucket).
				during(e.digest.Start, e.digest.End))
			continue
		}
		r.log(ctx, e, l)
	}
}

func (r *chainRun) log(ctx context.Context, e *entry, l LogFile) {
	object, err := r.store.Open(ctx, l.Key)
	if errors.Is(err, ErrNotFound) {
		r.add(newFinding(LogMissing, l.Key, "listed by "+e.key).during(e.digest.Start, e.digest.End))
		return
	}
	if err != nil {
		r.unreadable(ctx, l.Key, err)
		return
	}
	defer object.Body.Close()
	r.protection(l.Key, object.Info)
	h := sha256.New()
	size, err := inflate(h, object.Body, largestLog)
	sum := hex.EncodeToString(h.Sum(nil))
	switch {
	case errors.Is(err, errNoGzip):
		r.add(newFinding(LogAltered, l.Key, err.Error()).during(e.digest.Start, e.digest.End))
	case err != nil:
		r.unreadable(ctx, l.Key, err)
	case sum != l.Sum:
		r.add(newFinding(LogAltered, l.Key, "its SHA-256 is "+sum+", and the digest has "+l.Sum).
			during(e.digest.Start, e.digest.End))
	default:
		r.chain.LogFilesVerified++
		r.chain.LogBytes += size
	}
}

// interval is a time that a digest covers.
type interval struct{ from, to time.Time }

// errEnough ends a listing.
var errEnough = errors.New("enough")

const (
	// A file is delivered within minutes of the time in its name, and a digest
	// lists by the time of delivery. So near a hole in what verified digests
	// cover, nobody can tell which digest would list a file.
	deliveredMargin = 10 * time.Minute
	namedMargin     = 30 * time.Minute
)

// unlisted reports log files that lie in the archive where digests cover the
// time, and that none of them lists.
func (r *chainRun) unlisted(ctx context.Context) {
	r.covered = merge(r.covered)
	if len(r.covered) == 0 {
		return
	}
	for _, folder := range r.folders {
		base := folder + "CloudTrail/" + r.region + "/"
		for _, day := range days(r.From, r.To) {
			err := r.store.List(ctx, base+day, func(item Item) error {
				if !r.listed[item.Key] {
					r.suspect(ctx, item, day)
				}
				return nil
			})
			if err != nil {
				r.unreadable(ctx, base+day, err)
			}
		}
	}
}

// suspect reports a file that no digest lists, unless a digest that was not
// read may list it.
func (r *chainRun) suspect(ctx context.Context, item Item, day string) {
	named := logTime(item.Key)
	if !ofDay(named, day) {
		r.add(newFinding(LogUnlisted, item.Key, "its name is not that of a log file of this day"))
		return
	}
	at, margin := item.Modified, deliveredMargin
	if at.IsZero() {
		at, margin = named, namedMargin
	}
	last := r.covered[len(r.covered)-1].to
	switch {
	case r.covers(at, margin):
	case r.covers(named, 0) && item.Modified.After(last):
		if item.Modified.After(r.now().Add(-Settle)) {
			return // its digest is still to come, and the next run will see both
		}
		r.readLate(ctx, item.Modified)
		if r.listed[item.Key] {
			return
		}
	default:
		return
	}
	r.add(newFinding(LogUnlisted, item.Key, "").during(at, time.Time{}))
}

// covers says whether verified digests cover a time and the margin around it.
func (r *chainRun) covers(t time.Time, margin time.Duration) bool {
	return slices.ContainsFunc(r.covered, func(i interval) bool {
		return !t.Add(-margin).Before(i.from) && !t.Add(margin).After(i.to)
	})
}

// readLate reads the digests of the time at which a file was delivered late,
// and remembers what they list.
func (r *chainRun) readLate(ctx context.Context, delivered time.Time) {
	hour := delivered.UTC().Truncate(time.Hour)
	if r.late[hour] {
		return
	}
	r.late[hour] = true
	names, _ := r.digests(ctx, hour.Add(-time.Hour), hour.Add(after+time.Hour))
	for _, n := range names {
		e := r.read(ctx, n)
		if e.digest == nil {
			continue
		}
		key, err := r.key(ctx, e)
		if key == nil && err == nil {
			key, err = r.keyring.findAt(ctx, r.region, e.digest.Fingerprint, n.end)
		}
		if err != nil {
			r.unreadable(ctx, n.key, err)
			continue
		}
		if key != nil && genuine(e.digest, key, e.info.Metadata["signature"]) {
			for _, l := range e.digest.Logs {
				r.listed[l.Key] = true
			}
		}
	}
}

// merge joins intervals that touch.
func merge(all []interval) []interval {
	slices.SortFunc(all, func(a, b interval) int { return a.from.Compare(b.from) })
	var merged []interval
	for _, i := range all {
		if n := len(merged); n > 0 && !i.from.After(merged[n-1].to.Add(slack)) {
			if i.to.After(merged[n-1].to) {
				merged[n-1].to = i.to
			}
			continue
		}
		merged = append(merged, i)
	}
	return merged
}
