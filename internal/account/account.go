// Package account says where the program deploys: one handle for each core
// account and region.
package account

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// Account is one AWS account in one region, reached through one provider. Code
// that holds an Account cannot deploy anywhere else.
type Account struct {
	// Key is the account's role in the landing zone, such as log-archive. It
	// is part of logical names and never changes.
	Key string

	// ID is the twelve-digit account id. It is an output because this very
	// stack creates the account.
	ID pulumi.StringOutput

	// Region is where regional resources are created.
	Region string

	// Provider assumes the access role in the account.
	Provider *aws.Provider
}
