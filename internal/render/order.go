package render

import (
	"container/heap"
	"errors"
	"strings"

	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

// graph puts each resource after what it needs, and resources that may come in
// any order by URN. The order in which the program registered them depends on
// the scheduling of goroutines.
func (r *recorder) graph() (*qualification.Graph, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	waiting := make(map[string]int, len(r.resources))
	dependents := make(map[string][]string, len(r.resources))
	ready := &urns{}
	for _, urn := range sortedKeys(r.resources) {
		needs := map[string]bool{}
		for _, need := range r.needs(r.resources[urn]) {
			if _, exists := r.resources[need]; exists && need != urn && !needs[need] {
				needs[need] = true
				dependents[need] = append(dependents[need], urn)
			}
		}
		if waiting[urn] = len(needs); waiting[urn] == 0 {
			heap.Push(ready, urn)
		}
	}
	graph := &qualification.Graph{Resources: make([]*qualification.Resource, 0, len(r.resources))}
	for ready.Len() > 0 {
		urn := heap.Pop(ready).(string)
		graph.Resources = append(graph.Resources, r.resources[urn])
		for _, dependent := range dependents[urn] {
			if waiting[dependent]--; waiting[dependent] == 0 {
				heap.Push(ready, dependent)
			}
		}
	}
	if len(graph.Resources) < len(r.resources) {
		return nil, errors.New("resources depend on each other in a circle")
	}
	return graph, nil
}

// needs are the URNs that must be registered before a resource. Everything
// comes after the stack.
func (r *recorder) needs(of *qualification.Resource) []string {
	needs := append([]string{of.Parent}, of.Dependencies...)
	if end := strings.LastIndex(of.Provider, "::"); end > 0 {
		needs = append(needs, of.Provider[:end])
	}
	if of.Type != stackType {
		needs = append(needs, r.urn("", stackType, r.project+"-"+r.stack))
	}
	return needs
}

// urns is a heap: the smallest URN comes first.
type urns []string

func (u urns) Len() int           { return len(u) }
func (u urns) Less(i, j int) bool { return u[i] < u[j] }
func (u urns) Swap(i, j int)      { u[i], u[j] = u[j], u[i] }
func (u *urns) Push(urn any)      { *u = append(*u, urn.(string)) }
func (u *urns) Pop() any {
	last := (*u)[len(*u)-1]
	*u = (*u)[:len(*u)-1]
	return last
}
