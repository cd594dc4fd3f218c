package offline

import (
	"errors"
	"strings"
)

// Operation is what the engine asks of a resource.
type Operation string

// The operations.
const (
	Check  Operation = "check"
	Diff   Operation = "diff"
	Create Operation = "create"
	Read   Operation = "read"
	Update Operation = "update"
	Delete Operation = "delete"
	Invoke Operation = "invoke"
)

// Fault makes operations fail. Nothing changes in the offline AWS when they do.
type Fault struct {
	// Match is part of the URN or of the type of the resources it hits.
	Match string

	// Operation is what fails: create, read, update or delete. A preview is
	// never hit.
	Operation Operation

	// Times is how many operations fail before the fault is gone.
	Times int

	// Message is the error.
	Message string
}

// Inject adds a fault.
func (a *AWS) Inject(f Fault) {
	a.faultsLock.Lock()
	defer a.faultsLock.Unlock()
	a.faults = append(a.faults, f)
}

// fault returns the error that an injected fault asks for.
func (a *AWS) fault(operation Operation, typ, urn string) error {
	a.faultsLock.Lock()
	defer a.faultsLock.Unlock()
	for i := range a.faults {
		f := &a.faults[i]
		if f.Times > 0 && f.Operation == operation && (strings.Contains(urn, f.Match) || strings.Contains(typ, f.Match)) {
			f.Times--
			return errors.New(f.Message)
		}
	}
	return nil
}
