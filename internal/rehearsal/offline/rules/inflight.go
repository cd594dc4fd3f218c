package rules

import (
	"fmt"
	"sync"
)

// AccountCreations counts the accounts that are in creation, as AWS does. It
// may be used from many goroutines.
type AccountCreations struct {
	limit int

	mu      sync.Mutex
	running int
	peak    int
}

// NewAccountCreations returns a counter that allows limit creations at once; 0
// means AWS's own limit.
func NewAccountCreations(limit int) *AccountCreations {
	return &AccountCreations{limit: Quotas{AccountCreations: limit}.orDefault().AccountCreations}
}

// Begin starts the creation of an account, or refuses as AWS does when too many
// are running. The caller calls end when the creation has ended; calling it
// again does nothing.
func (a *AccountCreations) Begin() (end func(), err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.running >= a.limit {
		return nil, fmt.Errorf("ConcurrentModificationException: AWS Organizations can't complete your request because it "+
			"conflicts with another attempt to modify the same entity: %d accounts are being created and AWS allows %d at "+
			"once; let each account depend on one created before", a.running, a.limit)
	}
	a.running++
	a.peak = max(a.peak, a.running)
	return sync.OnceFunc(func() {
		a.mu.Lock()
		defer a.mu.Unlock()
		a.running--
	}), nil
}

// Peak returns the largest number of accounts that were in creation at once.
func (a *AccountCreations) Peak() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.peak
}
