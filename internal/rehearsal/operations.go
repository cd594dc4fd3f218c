package rehearsal

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/gxp-landing-zone/gxp-landing-zone/landingzone"
)

// Recorder stands in for the calls that the program makes to AWS beside its
// resources. It makes none and remembers each. Its methods may be called from
// several goroutines at once.
type Recorder struct {
	mu          sync.Mutex
	ready       map[string]int
	activations int
}

var _ landingzone.Operations = (*Recorder)(nil)

// AccountReady records that the program waited for the account. It fails when
// ctx has ended or an argument is missing, as the real call would.
func (r *Recorder) AccountReady(ctx context.Context, accountID, accessRole string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if accountID == "" || accessRole == "" {
		return fmt.Errorf("wait for account %q with role %q: both are needed", accountID, accessRole)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.ready == nil {
		r.ready = map[string]int{}
	}
	r.ready[accountID]++
	return nil
}

// ActivateStackSets records the activation.
func (r *Recorder) ActivateStackSets(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.activations++
	return nil
}

// Ready returns how often each account, by id, was waited for.
func (r *Recorder) Ready() map[string]int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return maps.Clone(r.ready)
}

// Activations returns how often StackSets were activated.
func (r *Recorder) Activations() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.activations
}

// problems compares what was recorded with the accounts, by id, that were
// created: each must have been waited for once, and no other at all.
func (r *Recorder) problems(created map[string]string) []string {
	ready := r.Ready()
	var list []string
	for _, id := range slices.Sorted(maps.Keys(created)) {
		if n := ready[id]; n != 1 {
			list = append(list, fmt.Sprintf("account %s (%s) was waited for %d times, not once", id, created[id], n))
		}
		delete(ready, id)
	}
	for _, id := range slices.Sorted(maps.Keys(ready)) {
		list = append(list, fmt.Sprintf("account %s was waited for, but was not created", id))
	}
	return list
}
