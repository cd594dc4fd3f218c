package landingzone

import (
	"context"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// readinessDeadline is how long a new account may take before it can be worked
// in. IAM and EC2 have been seen to refuse a new account for seven minutes.
const readinessDeadline = 15 * time.Minute

// activationDeadline is how long the activation of StackSets may take,
// including the time until a new organization has reached all of AWS.
const activationDeadline = 5 * time.Minute

// hooks run between the creation of a resource and of what depends on it. They
// run in updates only, never in previews or under mocks.
type hooks struct {
	organization *pulumi.ResourceHookBinding
	stackSet     *pulumi.ResourceHookBinding
	account      *pulumi.ResourceHookBinding
}

func registerHooks(ctx *pulumi.Context, operations Operations, accessRole string) (*hooks, error) {
	activate, err := ctx.RegisterResourceHook("activate-stack-sets", func(*pulumi.ResourceHookArgs) error {
		deadline, cancel := context.WithTimeout(ctx.Context(), activationDeadline)
		defer cancel()
		return operations.ActivateStackSets(deadline)
	}, nil)
	if err != nil {
		return nil, err
	}
	// A provider that cannot assume its role when it is configured stays
	// unusable for the whole run, so an account is not done before it is ready.
	ready, err := ctx.RegisterResourceHook("account-ready", func(a *pulumi.ResourceHookArgs) error {
		deadline, cancel := context.WithTimeout(ctx.Context(), readinessDeadline)
		defer cancel()
		return operations.AccountReady(deadline, string(a.ID), accessRole)
	}, nil)
	if err != nil {
		return nil, err
	}
	return &hooks{
		organization: &pulumi.ResourceHookBinding{
			AfterCreate: []*pulumi.ResourceHook{activate},
			AfterUpdate: []*pulumi.ResourceHook{activate},
		},
		// An organization that was imported was neither created nor updated here.
		stackSet: &pulumi.ResourceHookBinding{BeforeCreate: []*pulumi.ResourceHook{activate}},
		account:  &pulumi.ResourceHookBinding{AfterCreate: []*pulumi.ResourceHook{ready}},
	}, nil
}
