// Package offline is an AWS that runs in this process and keeps everything in
// memory: providers aws and awsx that the real Pulumi engine attaches to. It is
// a test double. It gives ids and ARNs of the right form, remembers what was
// created, computes diffs and refuses what package rules knows AWS would
// refuse. It does not simulate what AWS does with the resources.
package offline

import (
	"errors"
	"sync"
	"time"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal/offline/rules"
)

// AWS is one offline AWS. What is created in it stays until it is deleted, over
// any number of engine runs. It is safe for concurrent use.
type AWS struct {
	options  Options
	store    *store
	calls    calls
	pace     pace
	creating *rules.AccountCreations

	faultsLock sync.Mutex
	faults     []Fault

	server *servers
	broken error // why it cannot be served
}

// Options say how the offline AWS behaves. The zero value answers at once and
// without faults.
type Options struct {
	// Latency is how long operations take.
	Latency Latency

	// Scale divides the durations of the latency. Default: 60, so that two
	// minutes are two seconds.
	Scale int

	// Faults are injected from the start; see Inject.
	Faults []Fault

	// Quotas are the limits that AWS has granted. A zero field is AWS's
	// default.
	Quotas rules.Quotas

	// Existing is what is there before the first run, for a program that
	// imports it.
	Existing []Existing
}

// Existing is a resource that somebody else created.
type Existing struct {
	// Type and URN are those under which the program will import it.
	Type, URN string

	// ID is AWS's id of it.
	ID string

	// Inputs are its properties, as a program would have to write them.
	Inputs map[string]any

	// Provider says in which account and region it is.
	Provider Provider
}

// New returns an offline AWS. Nothing listens before Serve.
func New(options Options) *AWS {
	if options.Scale <= 0 {
		options.Scale = 60
	}
	aws := &AWS{
		options:  options,
		store:    newStore(rules.New(options.Quotas)),
		calls:    calls{counts: map[Call]int{}},
		pace:     pace{latency: options.Latency, scale: time.Duration(options.Scale)},
		creating: rules.NewAccountCreations(options.Quotas.AccountCreations),
		faults:   append([]Fault(nil), options.Faults...),
	}
	for _, existing := range options.Existing {
		aws.broken = errors.Join(aws.broken, aws.adopt(existing))
	}
	return aws
}
