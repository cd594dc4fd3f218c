package integrity

import (
	"context"
	"crypto/rsa"
	"fmt"
	"slices"
	"time"
)

// key returns the public key of a digest. A backfill digest is signed long
// after the hour in its name, and its metadata says when.
func (r *chainRun) key(ctx context.Context, e *entry) (*rsa.PublicKey, error) {
	key, err := r.keyring.find(ctx, r.region, e.digest.Fingerprint)
	if key != nil || err != nil || !e.backfill {
		return key, err
	}
	at, err := time.Parse(time.RFC3339, e.info.Metadata["backfill-generation-timestamp"])
	if err != nil {
		return nil, nil
	}
	return r.keyring.findAt(ctx, r.region, e.digest.Fingerprint, at)
}

// links checks that each verified digest continues the one before it, and that
// together they cover the interval. What is found to be wrong with a digest is
// not found again in its neighbours.
func (r *chainRun) links(ctx context.Context, entries []*entry, backfill bool) {
	for i, e := range entries {
		var before *entry
		if i > 0 {
			before = entries[i-1]
		}
		if !e.verified {
			continue
		}
		r.times(e, before, backfill)
		switch {
		case e.digest.Previous != nil:
			r.link(e, before, entries[:i], backfill)
		case !backfill:
			r.start(ctx, e, before)
		}
	}
	if !backfill {
		r.end(entries[len(entries)-1])
	}
}

// times checks the clock of a digest. Backfill digests overlap the others and
// each other by their nature.
func (r *chainRun) times(e, before *entry, backfill bool) {
	d := e.digest
	detail := ""
	switch {
	case !d.Start.Before(d.End):
		detail = fmt.Sprintf("it starts at %s and ends at %s", clock(d.Start), clock(d.End))
	case !d.End.Equal(e.end):
		detail = fmt.Sprintf("it ends at %s, and its name says %s", clock(d.End), clock(e.end))
	case !backfill && before != nil && d.Start.Before(before.end.Add(-slack)):
		detail = fmt.Sprintf("it starts at %s, and the one before it ends at %s", clock(d.Start), clock(before.end))
	}
	if detail != "" {
		e.unsettled = true
		r.add(newFinding(ClockReversed, e.key, detail).during(d.Start, d.End))
	}
}

// link checks that a digest continues the one before it.
func (r *chainRun) link(e, before *entry, earlier []*entry, backfill bool) {
	d, link := e.digest, e.digest.Previous
	if link.Bucket != r.store.Bucket() {
		r.add(newFinding(OtherBucket, e.key, "the digest before it is in the bucket "+link.Bucket).during(d.Start, d.End))
		return
	}
	n, ok := parseDigestKey(link.Key)
	if !ok || n.account != r.account || n.region != r.region || n.trail != e.trail || n.backfill != backfill {
		r.add(newFinding(LinkBroken, e.key, "it continues "+link.Key+", which is of another chain").during(d.Start, d.End))
		return
	}
	at := slices.IndexFunc(earlier, func(x *entry) bool { return x.key == link.Key })
	switch {
	case at < 0 && before != nil && !n.end.After(before.end):
		r.add(newFinding(LinkBroken, e.key, "it continues "+link.Key+" and passes over "+before.key).during(d.Start, d.End))
	case at < 0 && n.end.After(r.From):
		f := newFinding(DigestMissing, link.Key, "named by "+e.key)
		r.add(f.during(hole(before, n.end.Add(-time.Hour), r.From), d.Start))
	case at < 0:
		// Before the interval: the run for that time verifies it.
		r.gap(e, n.end)
	case !backfill && at != len(earlier)-1:
		r.add(newFinding(LinkBroken, e.key, "it continues "+link.Key+" and passes over "+before.key).during(d.Start, d.End))
	default:
		r.compare(e, earlier[at])
	}
}

// hole is the start of a hole after a digest; without one the given time, but
// not before the interval.
func hole(before *entry, otherwise, from time.Time) time.Time {
	if before != nil {
		return before.end
	}
	if otherwise.Before(from) {
		return from
	}
	return otherwise
}

// compare checks a link against the digest that it names.
func (r *chainRun) compare(e, before *entry) {
	d, link := e.digest, e.digest.Previous
	if before.verified {
		switch signature := before.info.Metadata["signature"]; {
		case link.Sum != before.digest.sum:
			r.add(newFinding(LinkBroken, e.key, "the digest before it has another SHA-256 than it says").during(d.Start, d.End))
		case signature != "" && link.Signature != signature:
			r.add(newFinding(LinkBroken, e.key, "the digest before it has another signature than it says").during(d.Start, d.End))
		}
	}
	if !e.backfill && !before.unsettled {
		r.gap(e, before.end)
	}
}

// gap reports time without a digest although the chain is unbroken.
func (r *chainRun) gap(e *entry, end time.Time) {
	if d := e.digest; !e.unsettled && d.Start.Sub(end) > slack {
		r.add(newFinding(DigestGap, "", "the chain goes on with "+e.key).during(end, d.Start))
	}
}

// start tells a chain that starts from one that was started again: that one has
// something before it.
func (r *chainRun) start(ctx context.Context, e, before *entry) {
	from := e.digest.Start
	if before != nil {
		r.add(newFinding(ChainRestart, e.key, "it continues no digest").during(before.end, from))
		return
	}
	earlier, err := r.earlier(ctx, e)
	switch {
	case err != nil:
		r.unreadable(ctx, e.key, err)
	case earlier:
		r.add(newFinding(ChainRestart, e.key, "it continues no digest, and there are earlier ones").during(r.From, from))
	default:
		r.add(newFinding(ChainStart, e.key, "").during(from, from))
	}
}

// earlier says whether the archive has a digest of the account and region from
// before the given digest. Listings are sorted, so the first
// digest is enough.
func (r *chainRun) earlier(ctx context.Context, e *entry) (bool, error) {
	for _, folder := range r.folders {
		first := ""
		err := r.store.List(ctx, folder+"CloudTrail-Digest/"+r.region+"/", func(item Item) error {
			if n, ok := parseDigestKey(item.Key); ok && n.trail == e.trail {
				first = item.Key
				return errEnough
			}
			return nil
		})
		if first != "" && first != e.key {
			return true, nil
		}
		if err != nil && first == "" {
			return false, err
		}
	}
	return false, nil
}

// end reports what the last digest of a chain leaves uncovered. The chain of a
// retired account ends some day.
func (r *chainRun) end(last *entry) {
	if r.expected && last.end.Before(r.To.Add(-slack)) {
		r.add(newFinding(DigestGap, "", "the last digest is "+last.key).during(last.end, r.To))
	}
}
