package rehearsal

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/auto/events"
	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
)

// event is one step of the engine, as progress shows it.
type event struct {
	// done is true when the step has ended, false when it begins.
	done bool
	op   apitype.OpType
	urn  string
}

// outcome is what the engine did in one operation, and what it said.
type outcome struct {
	elapsed time.Duration // of the whole operation
	engine  time.Duration // of the engine's process alone
	changes map[apitype.OpType]int
	steps   map[apitype.OpType][]string // URNs in the order of completion
	failed  []string                    // URNs
	errors  []string
	err     error
}

// collect gathers the events of one operation until the stream or the
// operation ends.
func collect(stream <-chan events.EngineEvent, ended <-chan struct{}, watch func(event)) *outcome {
	o := &outcome{changes: map[apitype.OpType]int{}, steps: map[apitype.OpType][]string{}}
	for {
		select {
		case e, open := <-stream:
			if !open {
				return o
			}
			o.add(e, watch)
		case <-ended:
			return o
		}
	}
}

func (o *outcome) add(e events.EngineEvent, watch func(event)) {
	switch {
	case e.Error != nil:
		o.errors = append(o.errors, "event stream: "+e.Error.Error())
	case e.ResourcePreEvent != nil:
		m := e.ResourcePreEvent.Metadata
		watch(event{op: m.Op, urn: m.URN})
	case e.ResOutputsEvent != nil:
		m := e.ResOutputsEvent.Metadata
		o.steps[m.Op] = append(o.steps[m.Op], m.URN)
		watch(event{done: true, op: m.Op, urn: m.URN})
	case e.ResOpFailedEvent != nil:
		m := e.ResOpFailedEvent.Metadata
		o.failed = append(o.failed, m.URN)
		watch(event{done: true, op: m.Op, urn: m.URN})
	case e.DiagnosticEvent != nil && e.DiagnosticEvent.Severity == "error":
		o.errors = append(o.errors, plain(e.DiagnosticEvent.Message))
	case e.SummaryEvent != nil:
		for op, n := range e.SummaryEvent.ResourceChanges {
			o.changes[op] = n
		}
	}
}

// count returns how many steps of the operation changed something.
func (o *outcome) count() int {
	n := 0
	for op, times := range o.changes {
		if planned(op) {
			n += times
		}
	}
	return n
}

// counts returns the number of steps by operation, without those of none.
func (o *outcome) counts() map[string]int {
	counts := map[string]int{}
	for op, n := range o.changes {
		if n > 0 {
			counts[string(op)] = n
		}
	}
	return counts
}

// changed lists what was changed, or would be, as "operation URN".
func (o *outcome) changed() []string {
	var list []string
	for _, op := range slices.Sorted(maps.Keys(o.steps)) {
		if !planned(op) {
			continue
		}
		for _, urn := range o.steps[op] {
			list = append(list, string(op)+" "+urn)
		}
	}
	return list
}

// reason says why the operation failed, in the engine's own words where there
// are any. It is empty when the operation succeeded.
func (o *outcome) reason() string {
	if o.err == nil {
		return ""
	}
	if len(o.errors) == 0 {
		return strings.TrimSpace(o.err.Error())
	}
	seen := map[string]bool{}
	var said []string
	for _, message := range o.errors {
		message = strings.TrimSpace(message)
		if message != "" && !seen[message] {
			seen[message] = true
			said = append(said, message)
		}
	}
	return strings.Join(said, "\n")
}

// plain removes the engine's own colour marks, such as <{%reset%}>.
func plain(message string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(message, "<{%")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		_, after, closed := strings.Cut(rest, "%}>")
		if !closed {
			b.WriteString("<{%" + rest)
			return b.String()
		}
		message = after
	}
}
