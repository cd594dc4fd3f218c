package offline

import (
	"context"
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// admitted returns the error that every operation may meet: an injected fault,
// or an account that cannot be entered.
func (a *AWS) admitted(operation Operation, q Question) error {
	if err := a.fault(operation, q.Type, q.URN); err != nil {
		return err
	}
	if q.Provider.AssumesRole && !a.store.hasAccount(q.Provider.AccountID) {
		return fmt.Errorf("AccessDenied: not authorized to perform: sts:AssumeRole on resource: %s: "+
			"account %s does not exist; let the provider depend on the account", q.Provider.RoleARN, q.Provider.AccountID)
	}
	return nil
}

// create makes the resource. Others see it as soon as AWS has accepted the
// request, not only when it is done.
func (a *AWS) create(ctx context.Context, q Question, id string, outputs resource.PropertyMap) error {
	if q.Type == accountType {
		end, err := a.creating.Begin()
		if err != nil {
			return err
		}
		defer end()
	}
	if err := a.admitted(Create, q); err != nil {
		return err
	}
	e := newEntry(q, id, outputs)
	if err := a.store.create(e, q); err != nil {
		return err
	}
	if err := a.pace.wait(ctx, q.Type, Create); err != nil {
		a.store.delete(e)
		return fmt.Errorf("creation of %s was given up: %w", q.Name, err)
	}
	return nil
}

func (a *AWS) update(ctx context.Context, q Question, outputs resource.PropertyMap) error {
	if err := a.admitted(Update, q); err != nil {
		return err
	}
	before, exists := a.store.get(q)
	if !exists {
		return fmt.Errorf("ResourceNotFoundException: %s %s does not exist in account %s: "+
			"refresh the state", q.Type, q.ID, q.Provider.AccountID)
	}
	if err := a.store.update(before, newEntry(q, q.ID, outputs), q); err != nil {
		return err
	}
	return a.pace.wait(ctx, q.Type, Update)
}

// read returns nil when the resource does not exist.
func (a *AWS) read(ctx context.Context, q Question) (*entry, error) {
	if err := a.admitted(Read, q); err != nil {
		return nil, err
	}
	if err := a.pace.wait(ctx, q.Type, Read); err != nil {
		return nil, err
	}
	e, _ := a.store.get(q)
	return e, nil
}

// remove deletes the resource. It is no error when it is gone already.
func (a *AWS) remove(ctx context.Context, q Question) error {
	if err := a.admitted(Delete, q); err != nil {
		return err
	}
	if err := a.pace.wait(ctx, q.Type, Delete); err != nil {
		return err
	}
	if e, exists := a.store.get(q); exists {
		a.store.delete(e)
	}
	return nil
}

// adopt puts a resource there that somebody else created.
func (a *AWS) adopt(existing Existing) error {
	q := Question{
		Type: existing.Type, Name: resource.URN(existing.URN).Name(), URN: existing.URN, ID: existing.ID,
		Inputs: resource.NewPropertyMapFromMap(existing.Inputs), Provider: existing.Provider,
	}
	_, outputs, err := Answer(q)
	if err != nil {
		return err
	}
	a.store.mu.Lock()
	defer a.store.mu.Unlock()
	a.store.put(newEntry(q, q.ID, outputs))
	return nil
}
