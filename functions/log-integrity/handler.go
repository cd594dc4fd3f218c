package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/gxp-landing-zone/gxp-landing-zone/logging/integrity"
)

// handler verifies an interval when it is called.
type handler struct {
	settings settings
	store    integrity.Store
	keys     integrity.Keys
	signer   integrity.Signer
	evidence integrity.Evidence

	// out is the function's log, from which CloudWatch takes the metrics.
	out io.Writer
	now func() time.Time
}

// event is what the schedule says, and what a person may say by hand. An event
// of EventBridge has none of the fields and means the defaults.
type event struct {
	// Hours is the length of the interval that ends when digests have settled:
	// 1 to 744. Optional: 25, an hour more than a day, so that runs overlap.
	Hours *int `json:"hours"`

	// To is another end, in RFC 3339. Optional.
	To *time.Time `json:"to"`

	// Accounts must log, and Retired need not any more, beside those of the
	// environment, where a thousand would not fit. Optional.
	Accounts []string `json:"accounts"`
	Retired  []string `json:"retired"`
}

// answer is what the function returns.
type answer struct {
	Verdict integrity.Verdict `json:"verdict"`
	Report  string            `json:"report"`
}

const (
	defaultHours = 25
	mostHours    = 31 * 24

	// reserve is the time, before Lambda ends the function, in which it can
	// still say that it was too slow.
	reserve = 10 * time.Second
)

// Handle verifies, keeps the result, and fails unless the verdict is a pass:
// failures of the function raise an alarm.
func (h *handler) Handle(ctx context.Context, raw json.RawMessage) (*answer, error) {
	e, err := readEvent(raw)
	if err != nil {
		return nil, err
	}
	from, to, err := h.interval(e)
	if err != nil {
		return nil, err
	}
	if deadline, ok := ctx.Deadline(); ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithDeadline(ctx, deadline.Add(-reserve))
		defer cancel()
	}
	options := h.settings.options
	options.From, options.To, options.Now = from, to, h.now
	options.Accounts = union(options.Accounts, e.Accounts)
	options.Retired = union(options.Retired, e.Retired)
	report, err := integrity.Verify(ctx, h.store, h.keys, options)
	if err != nil {
		return nil, err
	}
	if err := h.measure(report); err != nil {
		return nil, err
	}
	key, err := integrity.Publish(ctx, report, h.signer, h.evidence, h.now())
	if err != nil {
		return nil, err
	}
	if report.Verdict != integrity.Pass {
		return nil, fmt.Errorf("verdict %s: %d findings from %s to %s, see s3://%s/%s", report.Verdict,
			report.Problems(), from.Format(time.RFC3339), to.Format(time.RFC3339), h.settings.evidence, key)
	}
	return &answer{Verdict: report.Verdict, Report: key}, nil
}

func readEvent(raw json.RawMessage) (event, error) {
	e := event{}
	if len(raw) > 0 {
		if err := json.Unmarshal(raw, &e); err != nil {
			return e, fmt.Errorf("read the event: %w", err)
		}
	}
	return e, nil
}

// union is what is in either list, once each and sorted.
func union(a, b []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(slices.Concat(a, b))))
}

// interval is what the event asks for.
func (h *handler) interval(e event) (from, to time.Time, err error) {
	hours := defaultHours
	if e.Hours != nil {
		hours = *e.Hours
	}
	if hours < 1 || hours > mostHours {
		return from, to, fmt.Errorf("hours is %d, must be 1 to %d", hours, mostHours)
	}
	to = h.now().UTC().Add(-integrity.Settle).Truncate(time.Hour)
	if e.To != nil {
		to = e.To.UTC()
	}
	return to.Add(-time.Duration(hours) * time.Hour), to, nil
}

// measure writes the metrics, in the form that CloudWatch reads from logs.
func (h *handler) measure(r *integrity.Report) error {
	type metric struct {
		Name string
		Unit string
	}
	line, err := json.Marshal(map[string]any{
		"_aws": map[string]any{
			"Timestamp": r.FinishedAt.UnixMilli(),
			"CloudWatchMetrics": []any{map[string]any{
				"Namespace":  h.settings.namespace,
				"Dimensions": [][]string{{}},
				"Metrics":    []metric{{"IntegrityFindings", "Count"}, {"IntegrityVerified", "Count"}},
			}},
		},
		"IntegrityFindings": r.Problems(),
		"IntegrityVerified": r.Summary.DigestsVerified + r.Summary.LogFilesVerified,
		"verdict":           r.Verdict,
		"report":            r.Key(),
	})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(h.out, "%s\n", line)
	return err
}
