package offline

import (
	"fmt"
	"iter"
	"slices"
	"sync"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal/offline/rules"
)

// store is what exists. Its lock is held while the rules look at the world, so
// that two resources that exclude each other are never both admitted.
type store struct {
	rules rules.Rules

	mu   sync.Mutex
	all  map[string][]*entry            // by type, in order of creation
	byID map[string]map[string][]*entry // by type and id
}

// entry is one resource that exists.
type entry struct {
	question Question // with its id
	outputs  resource.PropertyMap
	rule     rules.Resource
}

func newStore(r rules.Rules) *store {
	return &store{rules: r, all: map[string][]*entry{}, byID: map[string]map[string][]*entry{}}
}

func newEntry(q Question, id string, outputs resource.PropertyMap) *entry {
	q.ID = id
	merged := q
	merged.Inputs = outputs.Copy()
	merged.Inputs["id"] = resource.NewProperty(id)
	return &entry{question: q, outputs: outputs, rule: merged.rule()}
}

// collides says whether AWS would take the two for one: the same id where ids
// are unique.
func (e *entry) collides(other *entry) bool {
	r, a, b := table[e.question.Type], e.question, other.question
	if a.ID != b.ID || a.Provider.AccountID != b.Provider.AccountID ||
		!r.global && a.Provider.Region != b.Provider.Region {
		return false
	}
	within := resource.PropertyKey(r.within)
	return within == "" || plain(a.Inputs[within]).DeepEquals(plain(b.Inputs[within]))
}

// create admits a resource unless it exists or the rules object.
func (s *store) create(e *entry, q Question) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if slices.ContainsFunc(s.byID[q.Type][e.question.ID], e.collides) {
		return fmt.Errorf("EntityAlreadyExists: %s %s exists already in account %s: "+
			"give it another name, or import it", q.Type, e.question.ID, q.Provider.AccountID)
	}
	if err := refusal(s.rules.Against(q.rule(), world{s, q.Provider})); err != nil {
		return err
	}
	s.put(e)
	return nil
}

// update replaces a resource unless the rules object.
func (s *store) update(before, e *entry, q Question) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := refusal(s.rules.Against(q.rule(), world{s, q.Provider})); err != nil {
		return err
	}
	s.remove(before)
	s.put(e)
	return nil
}

func (s *store) put(e *entry) {
	typ, id := e.question.Type, e.question.ID
	if s.byID[typ] == nil {
		s.byID[typ] = map[string][]*entry{}
	}
	s.all[typ] = append(s.all[typ], e)
	s.byID[typ][id] = append(s.byID[typ][id], e)
}

func (s *store) remove(e *entry) {
	typ, id := e.question.Type, e.question.ID
	same := func(other *entry) bool { return other == e }
	s.all[typ] = slices.DeleteFunc(s.all[typ], same)
	s.byID[typ][id] = slices.DeleteFunc(s.byID[typ][id], same)
	if len(s.byID[typ][id]) == 0 {
		delete(s.byID[typ], id)
	}
}

func (s *store) delete(e *entry) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.remove(e)
}

// get returns the resource that a question with an id is about: that of its URN
// or, for an import under a new URN, the only one of that id in reach of the
// provider.
func (s *store) get(q Question) (*entry, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var other *entry
	for _, e := range s.byID[q.Type][q.ID] {
		switch {
		case e.question.Provider.AccountID != q.Provider.AccountID:
		case !table[q.Type].global && e.question.Provider.Region != q.Provider.Region:
		case e.question.URN == q.URN:
			return e, true
		default:
			other = e
		}
	}
	return other, other != nil
}

// outputs are those of a resource, wherever it is.
func (s *store) outputs(typ, id string) (resource.PropertyMap, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	entries := s.byID[typ][id]
	if len(entries) == 0 {
		return nil, false
	}
	return entries[0].outputs, true
}

func (s *store) size() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, entries := range s.all {
		n += len(entries)
	}
	return n
}

// hasAccount says whether an account of that id exists.
func (s *store) hasAccount(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.byID[accountType][id]) > 0
}

// world is the store as the rules see it from one account and region. Its
// methods are called with the store's lock held.
type world struct {
	store    *store
	provider Provider
}

// Find prefers the resource in the caller's own account and region, since an id
// may be unique only there.
func (w world) Find(typ, id string) (rules.Resource, bool) {
	entries := w.store.byID[typ][id]
	for _, e := range entries {
		if e.question.Provider.AccountID == w.provider.AccountID && e.question.Provider.Region == w.provider.Region {
			return e.rule, true
		}
	}
	if len(entries) > 0 {
		return entries[0].rule, true
	}
	return rules.Resource{}, false
}

// All yields the resources of a type in order of creation.
func (w world) All(typ string) iter.Seq[rules.Resource] {
	return func(yield func(rules.Resource) bool) {
		for _, e := range w.store.all[typ] {
			if !yield(e.rule) {
				return
			}
		}
	}
}
