package integrity

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"
)

// entry is a digest file of a chain and what is known about it.
type entry struct {
	digestName
	info Info

	// digest is nil where the file could not be read.
	digest *Digest

	// verified says that the signature is CloudTrail's and the digest is where
	// it belongs.
	verified bool

	// unsettled says that the digest's times cannot be used.
	unsettled bool
}

// chainRun is the verification of one account in one region.
type chainRun struct {
	*verifier
	scope
	result

	// listed are the keys of log files that verified digests list.
	listed map[string]bool

	// covered are the intervals of verified digests, sorted.
	covered []interval

	// found identifies the findings that are kept.
	found map[string]bool

	// late are the hours beyond the interval whose digests were read too.
	late map[time.Time]bool
}

// scope verifies one account in one region.
func (v *verifier) scope(ctx context.Context, s scope) result {
	r := &chainRun{
		verifier: v, scope: s, listed: map[string]bool{}, found: map[string]bool{}, late: map[time.Time]bool{},
		result: result{omitted: map[Kind]int{}},
	}
	r.chain.Account, r.chain.Region = s.account, s.region
	names, complete := r.digests(ctx, v.From, v.To.Add(after))
	hourly := slices.ContainsFunc(names, func(n digestName) bool { return !n.backfill })
	if !hourly && complete && s.expected {
		r.add(newFinding(Quiet, "", "there is no digest").during(v.From, v.To))
	}
	trails := map[string][]*entry{}
	for _, name := range names {
		e := r.read(ctx, name)
		id := name.trail
		if name.backfill {
			id += backfillSuffix
		}
		trails[id] = append(trails[id], e)
	}
	for id, entries := range trails {
		slices.SortFunc(entries, func(a, b *entry) int { return cmp.Or(a.end.Compare(b.end), strings.Compare(a.key, b.key)) })
		r.signatures(ctx, entries)
		r.links(ctx, entries, strings.HasSuffix(id, backfillSuffix))
		r.count(entries)
		for _, e := range entries {
			if e.verified {
				r.logs(ctx, e)
			}
		}
	}
	r.unlisted(ctx)
	return r.result
}

// backfillSuffix distinguishes the chain of a trail's backfill digests from
// that of its others.
const backfillSuffix = "\nbackfill"

// mostOfChain is how many findings are kept of one account and region. More
// are counted: somebody who ruins an archive must not exhaust the verifier.
const mostOfChain = 1000

// add keeps a finding. A file that is looked at twice is found once.
func (r *chainRun) add(f Finding) {
	f.Account, f.Region = r.account, r.region
	id := string(f.Kind) + "\n" + f.Key + "\n" + f.Detail
	if r.found[id] {
		return
	}
	if len(r.findings) >= mostOfChain {
		r.omitted[f.Kind]++
		return
	}
	r.found[id] = true
	r.findings = append(r.findings, f)
}

// unreadable reports what the store refused. An end of the context is no
// finding: the verification as a whole fails with it.
func (r *chainRun) unreadable(ctx context.Context, key string, err error) {
	if ctx.Err() == nil {
		r.add(newFinding(Unreadable, key, err.Error()))
	}
}

// digests lists the digests whose end is after one time and not after another,
// and says whether the listing is complete.
func (r *chainRun) digests(ctx context.Context, from, to time.Time) ([]digestName, bool) {
	var names []digestName
	complete := true
	for _, folder := range r.folders {
		base := folder + "CloudTrail-Digest/" + r.region + "/"
		for _, day := range days(from, to) {
			err := r.store.List(ctx, base+day, func(item Item) error {
				n, ok := parseDigestKey(item.Key)
				switch {
				case !ok || n.account != r.account || n.region != r.region:
					r.add(newFinding(DigestForeign, item.Key, "the key is not that of a digest of "+r.account+" in "+r.region))
				case r.Trail != "" && n.trailName() != r.Trail:
					r.add(newFinding(DigestForeign, item.Key, "it is of the trail "+n.trailName()+", not of "+r.Trail))
				case n.end.After(from) && !n.end.After(to):
					names = append(names, n)
				}
				return nil
			})
			if err != nil {
				complete = false
				r.unreadable(ctx, base+day, err)
			}
		}
	}
	return names, complete
}

// largestDigest is the size of the largest digest that is read, uncompressed:
// one that lists a hundred thousand files.
const largestDigest = 64 << 20

// read reads a digest and checks its place, its retention and its copy.
func (r *chainRun) read(ctx context.Context, n digestName) *entry {
	e := &entry{digestName: n}
	object, err := r.store.Open(ctx, n.key)
	if err != nil {
		r.unreadable(ctx, n.key, err)
		return e
	}
	defer object.Body.Close()
	e.info = object.Info
	r.protection(n.key, e.info)
	var content bytes.Buffer
	if _, err := inflate(&content, object.Body, largestDigest); err != nil && !errors.Is(err, errNoGzip) {
		r.unreadable(ctx, n.key, err)
		return e
	} else if err != nil {
		r.add(newFinding(DigestAltered, n.key, err.Error()).during(time.Time{}, n.end))
		return e
	}
	d, err := ParseDigest(content.Bytes())
	if err != nil {
		r.add(newFinding(DigestAltered, n.key, err.Error()).during(time.Time{}, n.end))
		return e
	}
	if !r.place(e, d) {
		return e
	}
	e.digest = d
	return e
}

// place says whether the digest is where it says that it is.
func (r *chainRun) place(e *entry, d *Digest) bool {
	if d.Key != e.key {
		kind := DigestForeign
		if n, ok := parseDigestKey(d.Key); ok && n.account == r.account && n.region == r.region {
			kind = DigestReordered
		}
		r.add(newFinding(kind, e.key, "it says that it is "+d.Key).during(d.Start, d.End))
		return false
	}
	if d.Bucket != r.store.Bucket() {
		r.add(newFinding(OtherBucket, e.key, "it says that it is in the bucket "+d.Bucket).during(d.Start, d.End))
		return false
	}
	if d.Account != r.account {
		r.add(newFinding(DigestForeign, e.key, "it says that it is of the account "+d.Account).during(d.Start, d.End))
		return false
	}
	return true
}

// signatures verifies the digests, the newest first: each holds the signature
// and the hash of the one before it, which tell what was altered there.
func (r *chainRun) signatures(ctx context.Context, entries []*entry) {
	var successor *entry
	for _, e := range slices.Backward(entries) {
		if e.digest != nil {
			r.signature(ctx, e, successor)
		}
		successor = e
	}
}

func (r *chainRun) signature(ctx context.Context, e, successor *entry) {
	// A signature proves itself, so it may come from a digest that is not
	// verified; a hash may not.
	var link *Link
	if successor != nil && successor.digest != nil {
		if l := successor.digest.Previous; l != nil && l.Key == e.key {
			link = l
		}
	}
	signature := e.info.Metadata["signature"]
	if signature == "" {
		if e.info.Metadata != nil || link == nil {
			r.add(newFinding(SignatureMissing, e.key, "").during(e.digest.Start, e.digest.End))
		}
		if link == nil {
			return
		}
		signature = link.Signature
	}
	key, err := r.key(ctx, e)
	switch {
	case err != nil:
		r.unreadable(ctx, e.key, err)
	case key == nil:
		r.add(newFinding(KeyUnknown, e.key, "fingerprint "+e.digest.Fingerprint).during(e.digest.Start, e.digest.End))
	case genuine(e.digest, key, signature):
		e.verified = true
	case link != nil && successor.verified && link.Sum != e.digest.sum:
		r.add(newFinding(DigestAltered, e.key, "its SHA-256 is "+e.digest.sum+", and the next digest has "+link.Sum).
			during(e.digest.Start, e.digest.End))
	default:
		r.add(newFinding(SignatureInvalid, e.key, "").during(e.digest.Start, e.digest.End))
	}
}

// count adds the digests of a chain to the result.
func (r *chainRun) count(entries []*entry) {
	for _, e := range entries {
		r.chain.Digests++
		if !e.verified {
			continue
		}
		r.chain.DigestsVerified++
		d := e.digest
		if e.backfill || e.unsettled {
			continue
		}
		r.covered = append(r.covered, interval{d.Start, d.End})
		if r.chain.CoveredFrom == nil || d.Start.Before(*r.chain.CoveredFrom) {
			r.chain.CoveredFrom = moment(d.Start)
		}
		if r.chain.CoveredTo == nil || d.End.After(*r.chain.CoveredTo) {
			r.chain.CoveredTo = moment(d.End)
		}
	}
}
