package offline

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// Latency names a profile of durations.
type Latency string

const (
	// Instant answers at once.
	Instant Latency = ""

	// Typical takes as long as AWS typically does, divided by Options.Scale.
	Typical Latency = "aws"
)

// Profiles are the latencies there are.
var Profiles = []Latency{Instant, Typical}

// ParseLatency returns the profile of that name: empty or aws.
func ParseLatency(name string) (Latency, error) {
	if !slices.Contains(Profiles, Latency(name)) {
		return Instant, fmt.Errorf("%q is not a latency profile: use %q or leave it out", name, Typical)
	}
	return Latency(name), nil
}

// creationFloor is what the creation of an account takes at least, so that
// accounts that are created at once overlap even without latency.
const creationFloor = 10 * time.Millisecond

// pace lets operations take their time.
type pace struct {
	latency Latency
	scale   time.Duration
}

// wait returns when the operation would be done, or with an error when ctx ends
// first.
func (p pace) wait(ctx context.Context, typ string, operation Operation) error {
	var takes time.Duration
	if p.latency == Typical {
		takes = table[typ].takes / p.scale
		if operation != Create {
			takes /= 4
		}
	}
	if typ == accountType && operation == Create {
		takes = max(takes, creationFloor)
	}
	if takes <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(takes)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
