package integrity

import (
	"maps"
	"time"
)

// Schema names the form of a report. Readers of reports refuse others.
const Schema = "gxp/log-integrity/v1"

// Verdict is what a report concludes.
type Verdict string

// The verdicts. A report passes only if everything that was expected is there
// and was verified.
const (
	Pass Verdict = "pass"

	// Attention: the evidence is genuine and shows an interruption.
	Attention Verdict = "attention"

	Fail Verdict = "fail"
)

// Report is the result of a verification. Its JSON form is a contract; times
// are in UTC.
type Report struct {
	Schema  string  `json:"schema"`
	ID      string  `json:"id"`
	Tool    string  `json:"tool"`
	Verdict Verdict `json:"verdict"`

	Bucket       string    `json:"bucket"`
	Organization string    `json:"organization,omitempty"`
	From         time.Time `json:"from"`
	To           time.Time `json:"to"`
	StartedAt    time.Time `json:"startedAt"`
	FinishedAt   time.Time `json:"finishedAt"`

	Scope   Scope   `json:"scope"`
	Summary Summary `json:"summary"`

	// Chains are the accounts and regions, sorted.
	Chains []Chain `json:"chains"`

	Findings []Finding `json:"findings"`

	// FindingsOmitted is how many further findings there were. A report holds
	// at most ten thousand; the summary counts all.
	FindingsOmitted int `json:"findingsOmitted"`
}

// Scope is what was expected, and which checks were made. What is null was not
// checked.
type Scope struct {
	Accounts    []string     `json:"accounts"`
	Regions     []string     `json:"regions"`
	Retired     []string     `json:"retired"`
	Lock        *Lock        `json:"lock"`
	Replication *Replication `json:"replication"`
}

// Summary adds up the chains.
type Summary struct {
	Accounts         int          `json:"accounts"`
	Chains           int          `json:"chains"`
	Digests          int          `json:"digests"`
	DigestsVerified  int          `json:"digestsVerified"`
	LogFiles         int          `json:"logFiles"`
	LogFilesVerified int          `json:"logFilesVerified"`
	LogBytes         int64        `json:"logBytes"`
	Findings         int          `json:"findings"`
	ByKind           map[Kind]int `json:"findingsByKind"`
}

// Chain is what was seen of one account in one region.
type Chain struct {
	Account string `json:"account"`
	Region  string `json:"region"`

	Digests         int `json:"digests"`
	DigestsVerified int `json:"digestsVerified"`

	// LogFiles counts those that verified digests list.
	LogFiles         int `json:"logFiles"`
	LogFilesVerified int `json:"logFilesVerified"`

	// LogBytes is the size of the verified log files, uncompressed.
	LogBytes int64 `json:"logBytes"`

	// CoveredFrom and CoveredTo are the start of the first and the end of the
	// last verified digest; null where none was.
	CoveredFrom *time.Time `json:"coveredFrom"`
	CoveredTo   *time.Time `json:"coveredTo"`
}

// most is how many findings a report holds.
const most = 10_000

// conclude adds up the chains and findings and reaches the verdict. Omitted
// findings count as much as those that are kept.
func (r *Report) conclude(findings []Finding, omitted map[Kind]int) {
	accounts := map[string]bool{}
	r.Summary = Summary{Chains: len(r.Chains), ByKind: maps.Clone(omitted)}
	for _, c := range r.Chains {
		accounts[c.Account] = true
		r.Summary.Digests += c.Digests
		r.Summary.DigestsVerified += c.DigestsVerified
		r.Summary.LogFiles += c.LogFiles
		r.Summary.LogFilesVerified += c.LogFilesVerified
		r.Summary.LogBytes += c.LogBytes
	}
	r.Summary.Accounts = len(accounts)
	for _, f := range findings {
		r.Summary.ByKind[f.Kind]++
	}
	r.Verdict = Pass
	for kind, n := range r.Summary.ByKind {
		r.Summary.Findings += n
		switch meanings[kind].severity {
		case Error:
			r.Verdict = Fail
		case Warning:
			if r.Verdict == Pass {
				r.Verdict = Attention
			}
		}
	}
	sortFindings(findings)
	kept := min(len(findings), most)
	r.Findings = append([]Finding{}, findings[:kept]...)
	r.FindingsOmitted = r.Summary.Findings - kept
}

// Problems is how many findings somebody has to act on: all but notes.
func (r *Report) Problems() int {
	n := 0
	for kind, count := range r.Summary.ByKind {
		if meanings[kind].severity != Note {
			n += count
		}
	}
	return n
}
