// Package integrity proves that the audit trail in the archive is what
// CloudTrail delivered: complete, in order, unaltered, locked and copied. It
// follows the chain of digests that CloudTrail signs every hour, and it takes
// what it cannot read for a finding.
//
// It knows the archive as a [Store] and CloudTrail's public keys as [Keys], so
// that it runs over S3 and over a copy on disk alike.
package integrity

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
)

// Options say what is verified, and what is expected to be there.
type Options struct {
	// Organization is the id of the organization whose trail it is. Empty for
	// the trail of one account.
	Organization string

	// ManagementAccount owns the organization's trail. Optional: what the trail
	// delivered beside the organization's folder is found by it.
	ManagementAccount string

	// Prefix is the trail's own prefix of keys. Optional.
	Prefix string

	// From and To are the interval: every moment in it must be covered by a
	// digest. CloudTrail delivers a digest up to an hour or two after its hour,
	// so To should lie at least [Settle] in the past.
	From, To time.Time

	// Accounts must have digests even if the archive has never seen them.
	// Optional: every account that the archive has a folder of must, anyway.
	Accounts []string

	// Regions must have digests of every account. Optional: every region that
	// the archive has seen an account in must, anyway.
	Regions []string

	// Trail is the trail's name. Optional: digests of another trail, which
	// would hide that this one was stopped, are then foreign.
	Trail string

	// Retired accounts need no digests; what they have is verified. An entry
	// such as 222222222222/eu-west-1 is of one region.
	Retired []string

	// Lock is the retention that every object must have. Nil where there is
	// none to be seen, as in a copy on disk.
	Lock *Lock

	// Replication is the second copy that every object must have. Nil for none.
	Replication *Replication

	// Concurrency is how many accounts and regions are verified at the same
	// time. Optional: 8.
	Concurrency int

	// Tool is the name and version of the program, for the report.
	Tool string

	// Now is the clock. Optional.
	Now func() time.Time

	// Progress is called, one call at a time, after each account and region.
	// Optional.
	Progress func(done, total int, account, region string)
}

// Lock is the retention that the rules demand.
type Lock struct {
	// Mode is COMPLIANCE, or GOVERNANCE, which COMPLIANCE satisfies too.
	Mode string `json:"mode"`

	// Years is how long every object is kept: at least 1.
	Years int `json:"years"`
}

// Replication is the second copy that the rules demand.
type Replication struct {
	// Destination is the name of the bucket that has the copies. Empty for any.
	Destination string `json:"destination"`

	// Lag is after how many minutes a copy that is not made is overdue.
	// S3 commits to 15.
	Lag int `json:"lagMinutes"`
}

const (
	// Settle is how long after an hour its digests, and those that list what was
	// delivered at its end, can be relied on to be there.
	Settle = 3 * time.Hour

	// after is how far beyond the interval digests are read: they list what was
	// delivered at its end.
	after = 2 * time.Hour

	// slack is the hole between two digests that is none: their times are in
	// seconds.
	slack = 5 * time.Minute

	defaultConcurrency = 8
)

var organizationSyntax = regexp.MustCompile(`^o-[a-z0-9]{10,32}$`)

func (o *Options) validate() error {
	switch {
	case o.Organization != "" && !organizationSyntax.MatchString(o.Organization):
		return fmt.Errorf("organization %q is no id of one, such as o-a1b2c3d4e5", o.Organization)
	case o.ManagementAccount != "" && !accountSyntax.MatchString(o.ManagementAccount):
		return fmt.Errorf("management account %q is no account id", o.ManagementAccount)
	case o.From.IsZero() || o.To.IsZero():
		return errors.New("an interval needs a start and an end")
	case !o.From.Before(o.To):
		return fmt.Errorf("the interval ends at %s, which is not after its start at %s", clock(o.To), clock(o.From))
	case o.To.After(o.now()):
		return fmt.Errorf("the interval ends at %s, which is in the future", clock(o.To))
	case o.Concurrency < 0:
		return fmt.Errorf("concurrency %d is negative", o.Concurrency)
	}
	if l := o.Lock; l != nil {
		if l.Mode != "COMPLIANCE" && l.Mode != "GOVERNANCE" {
			return fmt.Errorf("lock mode %q is not COMPLIANCE or GOVERNANCE", l.Mode)
		}
		if l.Years < 1 {
			return fmt.Errorf("a retention of %d years is none", l.Years)
		}
	}
	if o.Replication != nil && o.Replication.Lag < 1 {
		return fmt.Errorf("a replication lag of %d minutes is none", o.Replication.Lag)
	}
	return o.validateAccounts()
}

func (o *Options) validateAccounts() error {
	for _, account := range o.Accounts {
		if !accountSyntax.MatchString(account) {
			return fmt.Errorf("account %q is no account id", account)
		}
	}
	for _, retired := range o.Retired {
		if account, _, _ := strings.Cut(retired, "/"); !accountSyntax.MatchString(account) {
			return fmt.Errorf("retired account %q is no account id, alone or with a region", retired)
		}
	}
	return nil
}

func (o *Options) now() time.Time {
	if o.Now == nil {
		return time.Now().UTC()
	}
	return o.Now().UTC()
}

func clock(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// verifier is one verification.
type verifier struct {
	Options
	store   Store
	keyring *keyring
}

// Verify verifies the archive. An error says that the options are wrong or the
// context ended; everything else that goes wrong is a finding of the report.
func Verify(ctx context.Context, store Store, keys Keys, o Options) (*Report, error) {
	if err := o.validate(); err != nil {
		return nil, err
	}
	o.From, o.To = o.From.UTC(), o.To.UTC()
	v := &verifier{
		Options: o, store: store,
		keyring: &keyring{keys: keys, from: o.From.Add(-after), to: o.To.Add(2 * after)},
	}
	report := &Report{
		Schema: Schema, Tool: o.Tool, Bucket: store.Bucket(), Organization: o.Organization,
		From: o.From, To: o.To, StartedAt: o.now(), Chains: []Chain{},
		Scope: Scope{
			Accounts: sorted(o.Accounts), Regions: sorted(o.Regions), Retired: sorted(o.Retired),
			Lock: o.Lock, Replication: o.Replication,
		},
	}
	report.ID = identify(report)
	findings := v.bucket(ctx)
	scopes, problems := v.scopes(ctx)
	findings = append(findings, problems...)
	omitted := map[Kind]int{}
	for _, r := range v.all(ctx, scopes) {
		report.Chains = append(report.Chains, r.chain)
		findings = append(findings, r.findings...)
		for kind, n := range r.omitted {
			omitted[kind] += n
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("the verification was cut short: %w", err)
	}
	report.FinishedAt = o.now()
	report.conclude(findings, omitted)
	return report, nil
}

// sorted returns a sorted copy that is a list in JSON even when it is empty.
func sorted(list []string) []string {
	list = append([]string{}, list...)
	slices.Sort(list)
	return list
}

// identify derives the report's id from what distinguishes one run from every
// other.
func identify(r *Report) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{
		r.Bucket, r.Organization, clock(r.From), clock(r.To), r.StartedAt.Format(time.RFC3339Nano),
	}, "\n")))
	return hex.EncodeToString(sum[:8])
}

// scope is an account in a region, and the folders that its files are in.
type scope struct {
	account, region string
	folders         []string

	// expected says that it must have digests.
	expected bool
}

// scopes finds the accounts and regions of the archive and adds those that are
// expected.
func (v *verifier) scopes(ctx context.Context) ([]scope, []Finding) {
	folders := map[string][]string{}
	var findings []Finding
	for _, r := range v.roots() {
		names, err := v.store.Folders(ctx, r.prefix)
		if err != nil {
			findings = append(findings, newFinding(Unreadable, r.prefix, err.Error()))
			continue
		}
		for _, name := range names {
			account := strings.TrimSuffix(name, "/")
			if accountSyntax.MatchString(account) && (r.only == "" || r.only == account) {
				folders[account] = append(folders[account], r.prefix+name)
			}
		}
	}
	if len(folders) == 0 && len(findings) == 0 {
		findings = append(findings, newFinding(NothingFound, v.roots()[0].prefix, ""))
	}
	for _, account := range v.Accounts {
		if folders[account] == nil {
			folders[account] = []string{v.roots()[0].prefix + account + "/"}
		}
	}
	var all []scope
	for _, account := range slices.Sorted(maps.Keys(folders)) {
		regions, problems := v.regions(ctx, account, folders[account])
		findings = append(findings, problems...)
		for _, region := range regions {
			all = append(all, scope{
				account: account, region: region, folders: folders[account],
				expected: !slices.Contains(v.Retired, account) && !slices.Contains(v.Retired, account+"/"+region),
			})
		}
	}
	return all, findings
}

// regions are those that the account has logged in, and those that it is
// expected to. An account without any, and that nobody expects, has none.
func (v *verifier) regions(ctx context.Context, account string, folders []string) ([]string, []Finding) {
	seen := map[string]bool{}
	var findings []Finding
	for _, folder := range folders {
		for _, kind := range []string{"CloudTrail-Digest/", "CloudTrail/"} {
			names, err := v.store.Folders(ctx, folder+kind)
			if err != nil {
				f := newFinding(Unreadable, folder+kind, err.Error())
				f.Account = account
				findings = append(findings, f)
				continue
			}
			for _, name := range names {
				seen[strings.TrimSuffix(name, "/")] = true
			}
		}
	}
	if len(seen) > 0 || slices.Contains(v.Accounts, account) {
		for _, region := range v.Regions {
			seen[region] = true
		}
	}
	return slices.Sorted(maps.Keys(seen)), findings
}

// result is what the verification of a scope found.
type result struct {
	chain    Chain
	findings []Finding

	// omitted counts the findings that were not kept.
	omitted map[Kind]int
}

// all verifies the scopes, a few at a time, and returns the results in their
// order.
func (v *verifier) all(ctx context.Context, scopes []scope) []result {
	results := make([]result, len(scopes))
	next := make(chan int)
	var workers sync.WaitGroup
	var mu sync.Mutex
	done := 0
	for range min(cmp.Or(v.Concurrency, defaultConcurrency), len(scopes)) {
		workers.Go(func() {
			for i := range next {
				results[i] = v.scope(ctx, scopes[i])
				mu.Lock()
				done++
				if v.Progress != nil {
					v.Progress(done, len(scopes), scopes[i].account, scopes[i].region)
				}
				mu.Unlock()
			}
		})
	}
feed:
	for i := range scopes {
		select {
		case next <- i:
		case <-ctx.Done():
			break feed
		}
	}
	close(next)
	workers.Wait()
	return results
}
