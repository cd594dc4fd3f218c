package account

import (
	"errors"
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// sessionName is the name under which the program appears in audit trails.
const sessionName = "gxp-landing-zone"

// maxRetries suits the slow, shared request quotas of Organizations, the
// Account API and Identity Center, which the SDK's default of 3 does not.
const maxRetries = 25

// Connection says which account a provider reaches, where, and how.
type Connection struct {
	// Key is the account's role in the landing zone, such as log-archive.
	Key string

	// Region is the AWS region the provider works in.
	Region string

	// ID is the account's id. The provider refuses to work in any other,
	// whatever credentials it is given.
	ID pulumi.StringInput

	// AccessRole is the name of the role that the provider assumes in the
	// account. Empty for the management account alone, whose credentials run
	// the program.
	AccessRole string

	// Endpoint is the URL of an AWS emulator. Empty: AWS itself.
	Endpoint string

	// Tags are put on every taggable resource of the provider.
	Tags Tags
}

// Connect creates the provider for one account and region and returns the
// handle to deploy with. Providers are long-lived identities: changing the key
// or region of one replaces every resource under it.
func Connect(ctx *pulumi.Context, c Connection, opts ...pulumi.ResourceOption) (Account, error) {
	if err := c.validate(); err != nil {
		return Account{}, fmt.Errorf("connect to account %s: %w", c.Key, err)
	}
	args := &aws.ProviderArgs{
		Region:                         pulumi.String(c.Region),
		AllowedAccountIds:              pulumi.StringArray{c.ID},
		MaxRetries:                     pulumi.Int(maxRetries),
		RetryMode:                      pulumi.String("adaptive"),
		TokenBucketRateLimiterCapacity: pulumi.Int(10000),
		DefaultTags:                    aws.ProviderDefaultTagsArgs{Tags: c.Tags.Inputs()},
	}
	if c.AccessRole != "" {
		args.AssumeRole = aws.ProviderAssumeRoleArgs{
			RoleArn:     RoleARN(c.ID, c.AccessRole),
			SessionName: pulumi.String(sessionName),
		}
	}
	if c.Endpoint != "" {
		useEmulator(args, c.Endpoint)
	}
	provider, err := aws.NewProvider(ctx, c.Key+"-"+c.Region, args, opts...)
	if err != nil {
		return Account{}, fmt.Errorf("connect to account %s in %s: %w", c.Key, c.Region, err)
	}
	return Account{Key: c.Key, ID: c.ID.ToStringOutput(), Region: c.Region, Provider: provider}, nil
}

func (c Connection) validate() error {
	switch {
	case c.Key == "":
		return errors.New("key is required")
	case c.Region == "":
		return errors.New("region is required")
	case c.ID == nil:
		return errors.New("id is required")
	}
	return nil
}

// RoleARN is the ARN of the named role in the account with the given id.
func RoleARN(id pulumi.StringInput, role string) pulumi.StringOutput {
	return pulumi.Sprintf("arn:aws:iam::%s:role/%s", id, role)
}
