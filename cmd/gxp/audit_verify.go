package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/spf13/cobra"

	"github.com/gxp-landing-zone/gxp-landing-zone/logging/integrity"
	"github.com/gxp-landing-zone/gxp-landing-zone/logging/integrity/live"
)

// auditVerify is what `gxp audit verify` is told.
type auditVerify struct {
	bucket, region        string
	organization          string
	managementAccount     string
	prefix, trail         string
	from, to              string
	accounts, regions     []string
	retired               []string
	lockMode              string
	retentionYears        int
	replica               string
	replicationLag        int
	directory, publicKeys string
	concurrency           int
	asJSON                bool
}

func newAuditVerify(a *app) *cobra.Command {
	v := &auditVerify{}
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Prove that the audit trail in the archive is what CloudTrail delivered",
		Long: `Follows the chain of digests that CloudTrail signs every hour, and compares every log
file with its digest. Finds what is missing, altered, reordered or added, accounts and
regions without digests and, when told what to expect, objects that are not locked for
long enough or not copied. What cannot be read is a finding.

With --directory a copy on disk is verified without AWS: its files lie as in the bucket.
A copy has no metadata, so the signature of a digest is taken from the next one; for the
last digest of each account and region save what "aws s3api head-object" prints beside
it, in a file of its name and ` + integrity.HeadSuffix + `.

CloudTrail takes up to three hours to deliver the last digest of an interval. Without
--to the interval ends before that. Exits with 1 unless everything was verified.`,
		Example: `  gxp audit verify --bucket acme-archive-eu-central-1 --organization o-a1b2c3d4e5 \
    --management-account 111111111111 --from 2026-11-01 --to 2026-11-08 --retention-years 7
  aws cloudtrail list-public-keys --start-time 2026-11-01 --end-time 2026-11-08 > keys.json
  gxp audit verify --bucket acme-archive-eu-central-1 --organization o-a1b2c3d4e5 \
    --from 2026-11-01 --to 2026-11-08 --directory copy --public-keys keys.json --json`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return v.run(cmd.Context(), a, time.Now().UTC()) },
	}
	f := cmd.Flags()
	f.StringVar(&v.bucket, "bucket", "", "bucket of the archive; digests name it, so a copy needs it too (required)")
	f.StringVar(&v.region, "region", "", "region of the bucket; by default that of the AWS configuration")
	f.StringVar(&v.organization, "organization", "", "id of the organization; without it the trail of single accounts is verified")
	f.StringVar(&v.managementAccount, "management-account", "", "id of the account that owns the trail; finds what lies beside the organization's folder")
	f.StringVar(&v.prefix, "prefix", "", "the trail's own prefix of keys")
	f.StringVar(&v.trail, "trail", "", "name of the trail; digests of any other are findings")
	f.StringVar(&v.from, "from", "", "start of the interval: a date, or a time such as 2026-11-01T00:00:00Z (required)")
	f.StringVar(&v.to, "to", "", "end of the interval; by default three hours ago")
	f.StringSliceVar(&v.accounts, "account", nil, "account that must have digests even if the archive never saw it; may be repeated")
	f.StringSliceVar(&v.regions, "expect-region", nil, "region that every account must have digests of; may be repeated")
	f.StringSliceVar(&v.retired, "retired", nil, "account, or account/region, that needs no digests any more; may be repeated")
	f.StringVar(&v.lockMode, "lock-mode", "COMPLIANCE", "retention mode that every object must have: COMPLIANCE or GOVERNANCE")
	f.IntVar(&v.retentionYears, "retention-years", 0, "years that every object must be kept for; 0 does not look")
	f.StringVar(&v.replica, "replica", "", "bucket that every object must be copied to; empty does not look")
	f.IntVar(&v.replicationLag, "replication-lag", 60, "minutes after which a copy that is not made is overdue")
	f.StringVar(&v.directory, "directory", "", "folder with a copy of the bucket, to verify instead of the bucket")
	f.StringVar(&v.publicKeys, "public-keys", "", "file with CloudTrail's public keys, as \"aws cloudtrail list-public-keys\" prints them")
	f.IntVar(&v.concurrency, "concurrency", 8, "accounts and regions that are verified at a time")
	f.BoolVar(&v.asJSON, "json", false, "print the report as JSON")
	return cmd
}

func (v *auditVerify) run(ctx context.Context, a *app, now time.Time) error {
	options, err := v.options(now)
	if err != nil {
		return err
	}
	store, keys, err := v.sources(ctx)
	if err != nil {
		return err
	}
	options.Progress = progressLines(a.err)
	if options.To.After(now.Add(-integrity.Settle)) {
		fmt.Fprintln(a.err, "the interval ends less than three hours ago: its last digests may not be there yet")
	}
	report, err := integrity.Verify(ctx, store, keys, options)
	if err != nil {
		return err
	}
	if report.Summary.Chains == 0 {
		return v.nothing(report)
	}
	if v.asJSON {
		err = writeJSON(a.out, report)
	} else {
		err = writeIntegrity(a.out, report)
	}
	if err == nil && report.Verdict != integrity.Pass {
		err = errFindings
	}
	return err
}

// nothing is the error of a report without a single account: more probably a
// flag is wrong than the archive gone.
func (v *auditVerify) nothing(r *integrity.Report) error {
	where := "s3://" + v.bucket
	if v.directory != "" {
		where = v.directory
	}
	var problems []error
	for _, f := range r.Findings {
		if f.Kind == integrity.NothingFound {
			return fmt.Errorf("no digests in %s/%s: no account has a folder there; see --bucket, --organization and --prefix", where, f.Key)
		}
		if f.Kind == integrity.Unreadable {
			problems = append(problems, errors.New(f.Detail))
		}
	}
	return fmt.Errorf("no digests in %s: %w", where, errors.Join(problems...))
}

// options are what the flags ask for.
func (v *auditVerify) options(now time.Time) (integrity.Options, error) {
	o := integrity.Options{
		Organization: v.organization, ManagementAccount: v.managementAccount, Prefix: v.prefix, Trail: v.trail,
		Accounts: v.accounts, Regions: v.regions, Retired: v.retired, Concurrency: v.concurrency,
		Tool: "gxp audit verify " + moduleVersion(), To: now.Add(-integrity.Settle).Truncate(time.Hour),
	}
	if v.bucket == "" {
		return o, errors.New("--bucket is required: the name of the archive's bucket")
	}
	if v.from == "" {
		return o, errors.New("--from is required: the start of the interval, such as " + now.AddDate(0, 0, -7).Format(time.DateOnly))
	}
	var err error
	if o.From, err = parseMoment(v.from); err != nil {
		return o, fmt.Errorf("--from: %w", err)
	}
	if v.to != "" {
		if o.To, err = parseMoment(v.to); err != nil {
			return o, fmt.Errorf("--to: %w", err)
		}
	}
	if v.concurrency < 1 {
		return o, fmt.Errorf("--concurrency is %d, must be at least 1", v.concurrency)
	}
	if v.retentionYears < 0 {
		return o, fmt.Errorf("--retention-years is %d, must not be negative", v.retentionYears)
	}
	if v.directory != "" && (v.retentionYears > 0 || v.replica != "") {
		return o, errors.New("--retention-years and --replica need the bucket: a copy on disk is neither locked nor replicated")
	}
	if v.directory != "" && v.publicKeys == "" {
		return o, errors.New("--directory needs --public-keys, so that AWS is not asked")
	}
	if v.retentionYears > 0 {
		o.Lock = &integrity.Lock{Mode: v.lockMode, Years: v.retentionYears}
	}
	if v.replica != "" {
		o.Replication = &integrity.Replication{Destination: v.replica, Lag: v.replicationLag}
	}
	return o, nil
}

// parseMoment reads a time, or a date, which means its start in UTC.
func parseMoment(text string) (time.Time, error) {
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, text); err == nil {
			return t.UTC(), nil
		}
	}
	return time.Time{}, fmt.Errorf("%q is neither a date such as 2026-11-01 nor a time such as 2026-11-01T00:00:00Z", text)
}

// sources are the archive and the keys: in AWS, or on disk.
func (v *auditVerify) sources(ctx context.Context) (store integrity.Store, keys integrity.Keys, err error) {
	if v.publicKeys != "" {
		data, err := os.ReadFile(v.publicKeys)
		if err != nil {
			return nil, nil, fmt.Errorf("--public-keys: %w", err)
		}
		if keys, err = integrity.ParseKeys(data); err != nil {
			return nil, nil, fmt.Errorf("--public-keys %s: %w", v.publicKeys, err)
		}
	}
	if v.directory != "" {
		if store, err = integrity.NewFolder(v.bucket, v.directory); err != nil {
			return nil, nil, fmt.Errorf("--directory: %w", err)
		}
		return store, keys, nil
	}
	c, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("load the AWS configuration: %w", err)
	}
	c.Region = cmp.Or(v.region, c.Region)
	if c.Region == "" {
		return nil, nil, errors.New("--region is required: the AWS configuration has no region")
	}
	if _, err := c.Credentials.Retrieve(ctx); err != nil {
		return nil, nil, fmt.Errorf("there are no AWS credentials: %w", err)
	}
	if keys == nil {
		keys = live.NewKeys(cloudtrail.NewFromConfig(c))
	}
	return live.NewStore(s3.NewFromConfig(c, addressing), v.bucket), keys, nil
}

// addressing reaches the buckets of an emulator, which has no name for each.
func addressing(o *s3.Options) { o.UsePathStyle = aws.ToString(o.BaseEndpoint) != "" }

// moduleVersion is that of gxp, where the build knows it.
func moduleVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "unknown"
}

// progressLines says how far a verification is, in at most twenty lines.
func progressLines(w io.Writer) func(done, total int, account, region string) {
	return func(done, total int, account, region string) {
		if step := max(1, total/20); done%step == 0 || done == total {
			fmt.Fprintf(w, "verified %d of %d accounts and regions, %s %s\n", done, total, account, region)
		}
	}
}

// writeIntegrity prints a report for a person: what each kind of finding means
// once, and below it what was found.
func writeIntegrity(w io.Writer, r *integrity.Report) error {
	var b strings.Builder
	byKind := map[integrity.Kind][]integrity.Finding{}
	for _, f := range r.Findings {
		byKind[f.Kind] = append(byKind[f.Kind], f)
	}
	for _, kind := range slices.Sorted(maps.Keys(byKind)) {
		first := byKind[kind][0]
		fmt.Fprintf(&b, "%s %s: %s\n", strings.ToUpper(string(first.Severity)), kind, first.Meaning)
		for _, f := range byKind[kind] {
			parts := []string{strings.TrimSpace(f.Account + " " + f.Region), f.Key, period(f), f.Detail}
			parts = slices.DeleteFunc(parts, func(part string) bool { return part == "" })
			fmt.Fprintf(&b, "  %s\n", strings.Join(parts, "; "))
		}
	}
	if r.FindingsOmitted > 0 {
		fmt.Fprintf(&b, "and %d more findings\n", r.FindingsOmitted)
	}
	if r.Scope.Lock == nil {
		b.WriteString("not checked: the retention of objects\n")
	}
	if r.Scope.Replication == nil {
		b.WriteString("not checked: the second copy of objects\n")
	}
	s := r.Summary
	fmt.Fprintf(&b, "%s: %s to %s, %d accounts, %d of %d digests and %d of %d log files verified, %d findings\n",
		strings.ToUpper(string(r.Verdict)), r.From.Format(time.RFC3339), r.To.Format(time.RFC3339), s.Accounts,
		s.DigestsVerified, s.Digests, s.LogFilesVerified, s.LogFiles, s.Findings)
	_, err := io.WriteString(w, b.String())
	return err
}

// period is the time that a finding is about.
func period(f integrity.Finding) string {
	switch {
	case f.From != nil && f.To != nil:
		return f.From.Format(time.RFC3339) + " to " + f.To.Format(time.RFC3339)
	case f.From != nil:
		return f.From.Format(time.RFC3339)
	case f.To != nil:
		return "until " + f.To.Format(time.RFC3339)
	}
	return ""
}
