package integrity

import (
	"cmp"
	"slices"
	"time"
)

// Kind is what kind of thing is wrong.
type Kind string

// The kinds of findings.
const (
	DigestMissing            Kind = "digest-missing"
	DigestGap                Kind = "digest-gap"
	DigestAltered            Kind = "digest-altered"
	DigestReordered          Kind = "digest-reordered"
	DigestForeign            Kind = "digest-foreign"
	SignatureInvalid         Kind = "signature-invalid"
	SignatureMissing         Kind = "signature-missing"
	KeyUnknown               Kind = "key-unknown"
	LinkBroken               Kind = "link-broken"
	ClockReversed            Kind = "clock-reversed"
	OtherBucket              Kind = "other-bucket"
	ChainRestart             Kind = "chain-restart"
	ChainStart               Kind = "chain-start"
	LogMissing               Kind = "log-missing"
	LogAltered               Kind = "log-altered"
	LogUnlisted              Kind = "log-unlisted"
	Quiet                    Kind = "quiet"
	LockMissing              Kind = "lock-missing"
	LockShort                Kind = "lock-short"
	LockConfiguration        Kind = "lock-configuration"
	ReplicationFailed        Kind = "replication-failed"
	ReplicationLate          Kind = "replication-late"
	ReplicationMissing       Kind = "replication-missing"
	ReplicationConfiguration Kind = "replication-configuration"
	Unreadable               Kind = "unreadable"
	NothingFound             Kind = "nothing-found"
)

// Severity is what a finding does to the verdict.
type Severity string

// The severities.
const (
	// Error is evidence that cannot be relied on, or could not be verified.
	Error Severity = "error"

	// Warning is something that people must explain: the evidence is genuine,
	// and it shows that recording was interrupted.
	Warning Severity = "warning"

	// Note is what a reader should know and nobody has to act on.
	Note Severity = "note"
)

// meanings say, for every kind, how bad it is and what it means in words for a
// reader who did not write the verifier.
var meanings = map[Kind]struct {
	severity Severity
	meaning  string
}{
	DigestMissing:            {Error, "A later digest names this digest, and it is not in the archive: it was removed, and what it listed cannot be verified."},
	DigestGap:                {Error, "No digest covers this time: what was delivered then is not proven complete."},
	DigestAltered:            {Error, "The digest is not what CloudTrail delivered. Versions that the lock keeps show what it was."},
	DigestReordered:          {Error, "The digest lies where another digest of the same account and region belongs."},
	DigestForeign:            {Error, "What lies here is no digest of this account and region."},
	SignatureInvalid:         {Error, "The signature of the digest does not verify: the digest, its signature or the public key is not CloudTrail's."},
	SignatureMissing:         {Error, "The digest has no signature in its metadata: it was written again by somebody other than CloudTrail."},
	KeyUnknown:               {Error, "CloudTrail has no public key with the fingerprint that the digest names."},
	LinkBroken:               {Error, "The digest does not continue the digest before it: one of the two was exchanged."},
	ClockReversed:            {Error, "The times of the digest run backwards or overlap those of the digest before it."},
	OtherBucket:              {Error, "The evidence names another bucket: it was copied here, or the trail delivers elsewhere too."},
	ChainRestart:             {Warning, "Logging or its validation was stopped and started again: nothing proves what happened in between."},
	ChainStart:               {Note, "The chain starts here and the archive has nothing earlier: a new account or region."},
	LogMissing:               {Error, "A digest lists this log file, and it is not in the archive: it was removed."},
	LogAltered:               {Error, "The log file is not what CloudTrail delivered. Versions that the lock keeps show what it was."},
	LogUnlisted:              {Error, "No digest lists this log file: CloudTrail did not deliver it, or will list it in a backfill digest; verify again in a day."},
	Quiet:                    {Error, "The account is expected to log in this region, and there is no digest at all: logging was stopped, or the account has left."},
	LockMissing:              {Error, "The object has no retention: it can be deleted and overwritten."},
	LockShort:                {Error, "The object is kept shorter or less firmly than the rules demand."},
	LockConfiguration:        {Error, "The bucket no longer protects new objects as it must."},
	ReplicationFailed:        {Error, "The second copy of the object could not be made."},
	ReplicationLate:          {Error, "The second copy of the object is overdue."},
	ReplicationMissing:       {Error, "The object is not subject to replication: there is no second copy."},
	ReplicationConfiguration: {Error, "The bucket no longer copies every object to where it must."},
	Unreadable:               {Error, "This could not be read, so it is not verified."},
	NothingFound:             {Error, "The archive has no account below the trail's prefix."},
}

// Finding is one thing that is not as it must be.
type Finding struct {
	Kind     Kind     `json:"kind"`
	Severity Severity `json:"severity"`
	Account  string   `json:"account,omitempty"`
	Region   string   `json:"region,omitempty"`

	// Key is the object that it is about.
	Key string `json:"key,omitempty"`

	// From and To are the time that it is about. From alone is a moment.
	From *time.Time `json:"from,omitempty"`
	To   *time.Time `json:"to,omitempty"`

	// Detail is what was found, and Meaning what that means.
	Detail  string `json:"detail,omitempty"`
	Meaning string `json:"meaning"`
}

func newFinding(kind Kind, key, detail string) Finding {
	m := meanings[kind]
	return Finding{Kind: kind, Severity: m.severity, Key: key, Detail: detail, Meaning: m.meaning}
}

// during says when the finding is about.
func (f Finding) during(from, to time.Time) Finding {
	f.From, f.To = moment(from), moment(to)
	return f
}

func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

// sortFindings orders findings so that the same archive gives the same report.
func sortFindings(all []Finding) {
	slices.SortStableFunc(all, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Account, b.Account), cmp.Compare(a.Region, b.Region),
			cmp.Compare(a.Key, b.Key), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Detail, b.Detail))
	})
}
