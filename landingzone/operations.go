package landingzone

import "context"

// Operations is what no resource can do: the calls to AWS that must happen
// between the creation of one resource and the next. The program makes them
// with the AWS SDK, a rehearsal records them.
type Operations interface {
	// AccountReady returns when the new account can be worked in: its access
	// role can be assumed and IAM and EC2 answer. It returns an error when ctx
	// ends first.
	AccountReady(ctx context.Context, accountID, accessRole string) error

	// ActivateStackSets lets CloudFormation StackSets work across the
	// organization. Activating twice is not an error.
	ActivateStackSets(ctx context.Context) error
}
