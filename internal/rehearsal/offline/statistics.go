package offline

import (
	"maps"
	"sync"
)

// Call is one kind of call to the offline AWS.
type Call struct {
	// Type is the resource type, the function, or the provider type.
	Type string

	// Operation is what was asked of it.
	Operation Operation

	// Preview says that nothing was to be changed.
	Preview bool
}

type calls struct {
	sync.Mutex
	counts    map[Call]int
	providers int
}

func (c *calls) count(call Call) {
	c.Lock()
	defer c.Unlock()
	c.counts[call]++
}

func (c *calls) configured() {
	c.Lock()
	defer c.Unlock()
	c.providers++
}

// Statistics are what the offline AWS was asked so far.
type Statistics struct {
	// Calls counts calls by kind.
	Calls map[Call]int

	// Configured is how many provider instances engines have configured. An
	// engine configures each provider once in each run.
	Configured int

	// AccountsAtOnce is the largest number of accounts that were in creation
	// at the same time.
	AccountsAtOnce int

	// Resources is how many resources exist now.
	Resources int
}

// Statistics returns what the offline AWS was asked so far.
func (a *AWS) Statistics() Statistics {
	a.calls.Lock()
	defer a.calls.Unlock()
	return Statistics{Calls: maps.Clone(a.calls.counts), Configured: a.calls.providers, AccountsAtOnce: a.creating.Peak(), Resources: a.store.size()}
}
