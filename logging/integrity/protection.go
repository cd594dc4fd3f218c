package integrity

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// bucket checks the configuration that protects new objects.
func (v *verifier) bucket(ctx context.Context) []Finding {
	if v.Lock == nil && v.Replication == nil {
		return nil
	}
	state, err := v.store.State(ctx)
	if err != nil {
		return []Finding{newFinding(Unreadable, "", "the configuration of the bucket: "+err.Error())}
	}
	var findings []Finding
	if v.Lock != nil {
		for _, problem := range v.Lock.problems(state) {
			findings = append(findings, newFinding(LockConfiguration, "", problem))
		}
	}
	if r := v.Replication; r != nil {
		switch {
		case len(state.Replicas) == 0:
			findings = append(findings, newFinding(ReplicationConfiguration, "", "no enabled rule copies every object"))
		case r.Destination != "" && !slices.Contains(state.Replicas, r.Destination):
			findings = append(findings, newFinding(ReplicationConfiguration, "",
				fmt.Sprintf("objects are copied to %v, not to %s", state.Replicas, r.Destination)))
		}
	}
	return findings
}

const daysPerYear = 365

func (l *Lock) problems(s BucketState) []string {
	var problems []string
	if !s.Versioning {
		problems = append(problems, "it does not keep every version")
	}
	switch {
	case s.LockMode == "" || s.LockDays == 0:
		problems = append(problems, "new objects get no retention")
	case !l.firm(s.LockMode):
		problems = append(problems, fmt.Sprintf("new objects are kept in mode %s, not %s", s.LockMode, l.Mode))
	case s.LockDays < l.Years*daysPerYear:
		problems = append(problems, fmt.Sprintf("new objects are kept for %d days, not %d years", s.LockDays, l.Years))
	}
	return problems
}

// firm says whether a mode is at least as firm as the rules demand.
func (l *Lock) firm(mode string) bool { return mode == "COMPLIANCE" || mode == l.Mode }

// protection checks the retention and the second copy of an object.
func (r *chainRun) protection(key string, info Info) {
	if r.Lock != nil {
		r.retention(key, info)
	}
	if r.Replication != nil {
		r.copied(key, info)
	}
}

func (r *chainRun) retention(key string, info Info) {
	// The retention counts from the moment that S3 took the object, which its
	// time of modification has in whole seconds.
	needed := info.Modified.Add(time.Duration(r.Lock.Years) * daysPerYear * 24 * time.Hour).Add(-time.Minute)
	switch {
	case info.LockMode == "" || info.RetainUntil.IsZero():
		r.add(newFinding(LockMissing, key, ""))
	case !r.Lock.firm(info.LockMode):
		r.add(newFinding(LockShort, key, fmt.Sprintf("its mode is %s, must be %s", info.LockMode, r.Lock.Mode)))
	case info.RetainUntil.Before(needed):
		r.add(newFinding(LockShort, key, fmt.Sprintf("it is kept until %s, must be until %s", clock(info.RetainUntil), clock(needed))))
	}
}

func (r *chainRun) copied(key string, info Info) {
	age := r.now().Sub(info.Modified)
	lag := time.Duration(r.Replication.Lag) * time.Minute
	switch info.ReplicationStatus {
	case "COMPLETED", "REPLICA":
	case "FAILED":
		r.add(newFinding(ReplicationFailed, key, "").during(info.Modified, time.Time{}))
	case "PENDING":
		if age > lag {
			r.add(newFinding(ReplicationLate, key, fmt.Sprintf("it waits for %s, allowed are %s", age.Round(time.Minute), lag)).
				during(info.Modified, time.Time{}))
		}
	default:
		r.add(newFinding(ReplicationMissing, key, fmt.Sprintf("its replication status is %q", info.ReplicationStatus)))
	}
}
