package integrity

import (
	"regexp"
	"strings"
	"time"
)

// digestName is what the key of a digest file says.
type digestName struct {
	key     string
	account string
	region  string

	// trail is the trail's name and home region. Two trails may deliver into
	// one folder; each has a chain of its own.
	trail string

	// end is the end of the interval that the digest lists.
	end time.Time

	// backfill marks a digest that lists files which were missed at first.
	backfill bool
}

// trailName is the trail's name without its home region.
func (n digestName) trailName() string { return n.trail[:strings.LastIndexByte(n.trail, '_')] }

var (
	digestKey = regexp.MustCompile(`^(?:.*/)?([0-9]{12})/CloudTrail-Digest/([a-z0-9-]+)/([0-9/]{10})/` +
		`([0-9]{12})_CloudTrail-Digest_([a-z0-9-]+)_(.+_[a-z0-9-]+)_([0-9]{8}T[0-9]{6}Z)(_backfill)?\.json\.gz$`)
	logKey = regexp.MustCompile(`_([0-9]{8}T[0-9]{4}Z)_[^/]*$`)
)

const (
	dayLayout    = "2006/01/02"
	digestLayout = "20060102T150405Z"
	logLayout    = "20060102T1504Z"
)

// parseDigestKey returns what a key says, and whether it is the key of a digest
// whose parts agree.
func parseDigestKey(key string) (digestName, bool) {
	m := digestKey.FindStringSubmatch(key)
	if m == nil || m[1] != m[4] || m[2] != m[5] {
		return digestName{}, false
	}
	end, err := time.Parse(digestLayout, m[7])
	if err != nil || end.Format(dayLayout) != m[3] {
		return digestName{}, false
	}
	return digestName{key: key, account: m[1], region: m[2], trail: m[6], end: end, backfill: m[8] != ""}, true
}

// logTime is the time in the name of a log file; zero where there is none.
func logTime(key string) time.Time {
	m := logKey.FindStringSubmatch(key)
	if m == nil {
		return time.Time{}
	}
	t, err := time.Parse(logLayout, m[1])
	if err != nil {
		return time.Time{}
	}
	return t
}

// days are the folders of every day from one time to another.
func days(from, to time.Time) []string {
	var all []string
	for day := from.UTC().Truncate(24 * time.Hour); !day.After(to); day = day.Add(24 * time.Hour) {
		all = append(all, day.Format(dayLayout)+"/")
	}
	return all
}

// ofDay says whether a time is of the day of a folder, or next to it.
func ofDay(t time.Time, folder string) bool {
	const day = 24 * time.Hour
	start, err := time.Parse(dayLayout+"/", folder)
	return err == nil && !t.Before(start.Add(-day)) && t.Before(start.Add(2*day))
}

// root is a folder whose folders are accounts.
type root struct {
	prefix string

	// only is the one account below that counts; empty for all.
	only string
}

// roots are where the trail delivers. An organization trail has a folder of the
// organization; what the trail delivered for the management account before it
// was the organization's lies beside it.
func (o *Options) roots() []root {
	prefix := o.Prefix
	if prefix != "" && !strings.HasSuffix(prefix, "/") {
		prefix += "/"
	}
	prefix += "AWSLogs/"
	if o.Organization == "" {
		return []root{{prefix: prefix}}
	}
	roots := []root{{prefix: prefix + o.Organization + "/"}}
	if o.ManagementAccount != "" {
		roots = append(roots, root{prefix: prefix, only: o.ManagementAccount})
	}
	return roots
}
